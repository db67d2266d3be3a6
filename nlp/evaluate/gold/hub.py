"""Folders of the Hugging Face `datasets` library, read without network and without their code.

Two forms: a dataset repository (its README.md says which files make which split), and what
`save_to_disk` writes. Data files on the net or outside the folder are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nlp.errors import FenbanError, InputError, UsageError
from nlp.evaluate.gold.splits import Choice, choose

README = "README.md"
_HEAD = re.compile(r"\A\s*---\r?\n(.*?)\r?\n---\s*(?:\n|\Z)", re.DOTALL)
_TABULAR = ("json", "csv", "parquet", "arrow")
"""Builders of the library that read tables; others open images, archives and the like."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One split: the files it is made of, and a way to read its records.

    `files` are empty where the library alone knows them.
    """

    name: str
    files: tuple[Path, ...]
    records: Callable[[], list[Record]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The splits that are to be measured, out of how many, and why these."""

    parts: tuple[Part, ...]
    names: tuple[str, ...]
    reason: str


def is_saved(folder: Path) -> bool:
    """Tell what `Dataset.save_to_disk` or `DatasetDict.save_to_disk` wrote."""
    single = all((folder / name).is_file() for name in ("state.json", "dataset_info.json"))
    return single or (folder / "dataset_dict.json").is_file()


def is_repository(folder: Path) -> bool:
    """Tell a dataset repository: the head of its README.md describes data files."""
    head = _head(folder)
    return "configs" in head or "dataset_info" in head


def open_repository(folder: Path, split: str | None) -> Chosen:
    """Open a dataset repository. Raises InputError, and UsageError for a split it lacks."""
    if any("://" in text for text in _texts(_head(folder).get("configs"))):
        raise InputError(
            f"“{folder.name}”的数据文件在网上，评测不联网。", "请先把数据下载到文件夹里再试。"
        )
    with _explained(folder), TemporaryDirectory() as locks:  # records are streamed, never cached
        builder = _library().load_dataset_builder(str(folder.resolve()), cache_dir=locks)
        kind = type(builder).__module__.rsplit(".", 1)[-1]
        files = {name: tuple(map(_plain, own)) for name, own in builder.config.data_files.items()}
    if kind not in _TABULAR:
        raise InputError(
            f"“{folder.name}”里的数据文件不是表格（{kind}）。",
            "应为 jsonl、csv、parquet 或 arrow。",
        )
    outside = [f for own in files.values() for f in own if not f.is_relative_to(folder.resolve())]
    if outside:
        raise InputError(
            f"“{folder.name}”指到了文件夹外面的文件（{outside[0]}）。", "请放进来再试。"
        )

    def reading(name: str) -> Callable[[], list[Record]]:
        return lambda: _read(folder, builder.as_streaming_dataset(split=name))

    choice = choose(tuple(files), split)
    return _chosen(choice, files, reading)


def open_saved(folder: Path, split: str | None) -> Chosen:
    """Open what `save_to_disk` wrote. Raises InputError, and UsageError for a split it lacks."""
    with _explained(folder):
        found = _library().load_from_disk(str(folder.resolve()))
        parts = dict(found) if isinstance(found, dict) else {}
    if parts:
        choice = choose(tuple(parts), split)
        return _chosen(choice, parts, lambda name: lambda: _read(folder, parts[name]))
    if split is not None:
        raise UsageError(f"“{folder.name}”只有一份数据，没有“{split}”。", "请去掉 --split。")
    whole = Part("", (), lambda: _read(folder, found))
    return Chosen((whole,), (), "")


def _chosen(
    choice: Choice,
    splits: Mapping[str, Any],
    reading: Callable[[str], Callable[[], list[Record]]],
) -> Chosen:
    parts = tuple(
        Part(name, splits[name] if isinstance(splits[name], tuple) else (), reading(name))
        for name in choice.splits
    )
    return Chosen(parts, tuple(splits), choice.reason)


def _read(folder: Path, data: Any) -> list[Record]:  # noqa: ANN401 - the library's data sets
    """Return all records, classes by their names instead of their numbers."""
    with _explained(folder):
        decoders = {
            name: decoder
            for name, feature in (data.features or {}).items()
            if (decoder := _decoder(feature))
        }
        plain = data.with_format(None)
        return [
            {k: decoders[k](v) if k in decoders else v for k, v in record.items()}
            for record in plain
        ]


def _decoder(feature: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401
    """Return what makes names of a class's numbers, alone or in a list; None for other features."""
    from datasets import ClassLabel

    def name(value: int | None) -> str | None:
        return None if value is None or value < 0 else str(each.int2str(value))

    if isinstance(feature, ClassLabel):
        each = feature
        return name
    if isinstance(inner := getattr(feature, "feature", None), ClassLabel):
        each = inner
        return lambda values: None if values is None else [name(value) for value in values]
    return None


def _plain(file: str) -> Path:
    """Take .. out of a path; links stay, for the hub's cache keeps its files behind them."""
    return Path(normpath(file))


def _head(folder: Path) -> Mapping[str, Any]:
    """Return the YAML head of the README; empty where there is none that can be read."""
    import yaml

    file = folder / README
    found = _HEAD.match(file.read_text("utf-8", errors="replace")) if file.is_file() else None
    try:
        head = yaml.safe_load(found[1]) if found else None
    except yaml.YAMLError:
        return {}
    return head if isinstance(head, dict) else {}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def _library() -> Any:  # noqa: ANN401 - it comes without types
    import datasets

    datasets.logging.set_verbosity_error()  # its English warnings help no clerk
    datasets.disable_progress_bars()
    return datasets


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Say what the library could not read; it raises errors of any type."""
    try:
        yield
    except FenbanError:
        raise
    except Exception as fault:
        why = " ".join(str(fault).split())[:200]
        raise InputError(
            f"“{folder.name}”作为 Hugging Face 数据集读不出来（{type(fault).__name__}：{why}）。",
            "请检查 README.md 里的 configs 和数据文件；也可以直接给出其中的 jsonl 或表格文件。",
        ) from fault
