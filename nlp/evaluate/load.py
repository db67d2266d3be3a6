"""Gold rows from what people have: JSONL of the contract, an office's tables, or a data set."""

from __future__ import annotations

from pathlib import Path

from nlp.errors import InputError, UsageError
from nlp.evaluate.gold.lines import SUFFIXES, is_contract, read_lines
from nlp.evaluate.gold.office import Vocabulary
from nlp.evaluate.gold.records import is_data_set, read_data_set
from nlp.evaluate.gold.repeats import with_unique_ids
from nlp.evaluate.gold.rows import Gold, joined
from nlp.evaluate.gold.tables import read_tables
from nlp.io.kinds import Kind, expected_kind
from nlp.io.read import ReadOptions

__all__ = ["Gold", "Vocabulary", "load_gold"]

_BOOKS = frozenset({Kind.XLSX, Kind.XLS, Kind.CSV, Kind.TSV, Kind.JSONL, Kind.JSON, Kind.PARQUET})
"""What is read beside JSONL of the contract; a README or a letter is no list of rows."""


def load_gold(
    path: Path,
    vocabulary: Vocabulary,
    read_options: ReadOptions | None = None,
    *,
    split: str | None = None,
) -> Gold:
    """Read gold rows from a file or folder, each with its source, ids unique.

    JSONL with the contract's names is read strictly; so is a folder of it, together with
    the tables that stand beside. A folder of the Hugging Face `datasets` library gives one
    split. Anything else is read as `classify` reads it: labels are its 类别, 主办单位 and
    会办单位 columns, written as the office writes them.

    :param split: the part of a data set to read; without it test, else validation, else all.

    Raises InputError, DataError for unusable files and for a table without any label,
    UsageError for a split that is not there.
    """
    if is_data_set(path):
        return with_unique_ids(read_data_set(path, vocabulary, split))
    if split is not None:
        raise UsageError(
            f"--split 只用于 Hugging Face 数据集文件夹，“{path.name}”不是。", "请去掉 --split。"
        )
    return with_unique_ids(_files(path, vocabulary, read_options))


def _files(path: Path, vocabulary: Vocabulary, options: ReadOptions | None) -> Gold:
    lines = _contract_files(path)
    if not lines:
        return _tables(path, vocabulary, options)
    found = read_lines(lines, path)
    beside = [] if path.is_file() else _beside(path, set(lines))
    tables = [file for file in beside if expected_kind(file) in _BOOKS]
    if not tables:
        return found
    names = "、".join(file.relative_to(path).as_posix() for file in tables)
    note = f"文件夹里既有 JSONL（{len(found.rows)} 行）又有表格（{names}），都读了。"
    parts = [found, Gold((), (note,)), *(_beside_table(file, path, vocabulary) for file in tables)]
    return joined(parts)


def _contract_files(path: Path) -> list[Path]:
    """Return the JSONL files of the contract that are named, or that stand in the folder named."""
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
        return [f for f in found if f.is_file() and not f.is_symlink() and is_contract(f)]
    if path.suffix.lower() not in SUFFIXES:
        return []
    if not path.exists():
        folder = path.with_suffix("")
        beside = f"是不是文件夹 {folder}？" if folder.is_dir() else ""
        raise InputError(f"找不到 {path}。", f"请检查路径。{beside}")
    return [path] if is_contract(path) else []


def _beside(folder: Path, lines: set[Path]) -> list[Path]:
    """Return the folder's other files, without hidden ones, lock files and links."""
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and not file.is_symlink()
        and file not in lines
        and not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
    ]


def _beside_table(file: Path, folder: Path, vocabulary: Vocabulary) -> Gold:
    """Read one table of a mixed folder; one that can't be read is noted, not fatal."""
    try:
        return read_tables(file, vocabulary)
    except InputError as fault:
        return Gold((), (f"没有读 {file.relative_to(folder).as_posix()}：{fault.message}",))


def _tables(path: Path, vocabulary: Vocabulary, options: ReadOptions | None) -> Gold:
    found = read_tables(path, vocabulary, options)
    if not found.labelled:
        scheme = vocabulary.scheme.topics if vocabulary.scheme else ()
        known = f"（主题方案里有：{'、'.join(topic.name for topic in scheme)}）" if scheme else ""
        why = "；".join(note.rstrip("。") for note in found.notes) or "没有相应的列"
        raise InputError(
            f"{path.name} 里没有认得出的标注：{why}{known}。",
            "要有正确答案：类别、主办单位、会办单位中至少一列，写法与主题方案、单位目录相符。"
            "类别是本单位自己的，先用 fenban train 历史表 --base models/default 适配再评测；"
            "单位认不出，用 --place 指定本地的单位目录。",
        )
    return found
