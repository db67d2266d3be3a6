"""Model directories: plain files, no pickle, every byte accounted for.

Reading is parse -> audit -> construct: the manifest is parsed, its schema checked, the
folder compared with the list of files in it (none missing, none foreign, no link, every
sha256 right), and only then may anyone open an array. Writing fills a temporary folder,
flushes it to disk and renames it, so that a model is there whole or not at all.

To change the format: raise SCHEMA, keep a reader for the old number here with a test that
loads a directory of that age, and say in CHANGELOG what changes for those who have one.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.errors import ModelError, UsageError
from nlp.io.hashes import file_digest

SCHEMA = 1
MANIFEST = "manifest.json"
ALLOWED_SUFFIXES = frozenset({".json", ".safetensors", ".onnx", ".md", ".txt"})
RETRAIN = "请重新复制该模型，或用 python train.py 重新训练。"
UNFIT = (
    *(LookupError, TypeError, ValueError, AttributeError, ArithmeticError),
    *(OSError, RecursionError, UsageError),
)
"""What building from a model's parts raises where they hold something else than was written."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """An audited model directory."""

    folder: Path
    manifest: Mapping[str, Any]
    digest: str

    @property
    def name(self) -> str:
        """Return `name@hash`, the form in which results cite the model."""
        return f"{self.folder.resolve().name}@{self.digest[:8]}"

    def json(self, file: str) -> Any:  # noqa: ANN401 - the caller audits its own part
        """Return a decoded JSON file. Raises ModelError if it cannot be decoded."""
        return _decode(self.folder / file)


def open_model(folder: Path) -> StoredModel:
    """Audit a model directory.

    Raises ModelError saying what was found, what was expected and what to do.
    """
    if not folder.is_dir():
        raise ModelError(
            f"找不到模型目录 {folder}。", "请检查 --model，或用 python train.py 训练一个。"
        )
    if not (folder / MANIFEST).is_file():
        raise ModelError(f"{folder} 不是模型目录：里面没有 {MANIFEST}。", RETRAIN)
    manifest = _decode(folder / MANIFEST)
    files = _listed_files(folder, manifest)
    _audit_names(folder, files)
    for name, expected in files.items():
        if file_digest(folder / name) != expected:
            raise ModelError(f"模型文件 {folder / name} 的内容与清单不符（sha256 不同）。", RETRAIN)
    return StoredModel(folder, manifest, file_digest(folder / MANIFEST))


def _decode(file: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"模型文件 {file} 读不出来：不是完整的 JSON。", RETRAIN) from error


def _listed_files(folder: Path, manifest: Any) -> dict[str, str]:  # noqa: ANN401
    schema = manifest.get("schema") if isinstance(manifest, dict) else None
    if schema != SCHEMA:
        raise ModelError(
            f"{folder} 的格式版本是 {schema!r}，本程序能读的是 {SCHEMA}。",
            "请升级程序或重新训练模型。",
        )
    files = manifest.get("files")
    if not isinstance(files, dict) or not all(isinstance(v, str) for v in files.values()):
        raise ModelError(f"{folder}/{MANIFEST} 缺少文件清单。", RETRAIN)
    return files


def _audit_names(folder: Path, files: Mapping[str, str]) -> None:
    found = set()
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise ModelError(f"模型目录里有链接文件 {name}，不予读取。", RETRAIN)
        if not path.is_file():  # reading a pipe would wait for ever
            raise ModelError(f"模型目录里的 {name} 不是普通文件，不予读取。", RETRAIN)
        if path.suffix not in ALLOWED_SUFFIXES:
            raise ModelError(
                f"模型目录里有不认识的文件 {name}，不予读取。", "请删去它，或" + RETRAIN[1:]
            )
        found.add(name)
    found.discard(MANIFEST)
    if missing := sorted(files.keys() - found):
        raise ModelError(f"模型目录 {folder} 缺少文件：{'、'.join(missing)}。", RETRAIN)
    if foreign := sorted(found - files.keys()):
        hint = "请删去它们，或" + RETRAIN[1:]
        raise ModelError(f"模型目录 {folder} 里有清单之外的文件：{'、'.join(foreign)}。", hint)


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def write_model(
    folder: Path, manifest: Mapping[str, Any], fill: Callable[[Path], None]
) -> StoredModel:
    """Write a model directory: `fill` puts the files in, the manifest lists their hashes.

    An existing model of that name is replaced only when the new one is complete.
    Raises ModelError if something else than a model stands there or it can't be written.
    """
    check_target(folder)
    try:
        _write(folder, manifest, fill)
    except OSError as error:
        raise ModelError(
            f"写不了 {folder}：{error.strerror or error}。",
            "原来的模型没有动；请腾出空间，或用 --out 另指一个位置。",
        ) from error
    return open_model(folder)


def _write(folder: Path, manifest: Mapping[str, Any], fill: Callable[[Path], None]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        fill(temporary)
        names = [p.relative_to(temporary).as_posix() for p in _walk(temporary)]
        files = {name: file_digest(temporary / name) for name in names}
        content = {"schema": SCHEMA, **manifest, "files": files}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (temporary / MANIFEST).write_text(text + "\n", encoding="utf-8")
        temporary.chmod(0o755)
        _flush(temporary)
        _replace(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def check_target(folder: Path) -> None:
    """Raise ModelError if a model written here would replace something else."""
    parent = next(p for p in folder.absolute().parents if p.exists())
    if not os.access(parent, os.W_OK):
        raise ModelError(f"写不了 {folder}：对 {parent} 没有权限。", "请用 --out 另指一个位置。")
    taken = folder.exists() and not (folder / MANIFEST).is_file()
    if taken and not (folder.is_dir() and not any(folder.iterdir())):
        raise ModelError(f"{folder} 已存在，而且不是模型目录。", "请用 --out 另指一个位置。")


def _flush(folder: Path) -> None:
    for path in _walk(folder):
        path.chmod(0o644)  # safetensors writes files that only their owner may read
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _replace(temporary: Path, folder: Path) -> None:
    """Put the new folder in place; the old one is moved aside first and restored on failure."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        temporary.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
