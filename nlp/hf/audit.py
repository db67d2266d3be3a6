"""A checkpoint's files before any library opens them: all there, whole, and no pickle.

Half a download and a git-LFS pointer look like a model until a library fails on them with
words that help no clerk; a safetensors file states its own length, so both are told here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from nlp.errors import ModelError

WEIGHTS, INDEX = "model.safetensors", "model.safetensors.index.json"
INT8 = "model-int8.onnx"
TOKENIZER, VOCABULARIES = "tokenizer.json", ("vocab.txt", "vocab.json", "sentencepiece.bpe.model")
_POINTER = b"version https://git-lfs"
_LONGEST_HEADER = 100_000_000
_AGAIN = "请重新下载或重新复制这个模型，再运行一次。"


def audit_checkpoint(folder: Path, spec: str, *, onnx: bool = False) -> None:
    """Check config and weights.

    :param onnx: weights as ONNX alone will do.

    Raises ModelError saying what is missing, cut off, or no weights at all.
    """
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"“{spec}”不是 transformers 模型文件夹：里面没有 config.json。",
            "应是 save_pretrained 写出或 hf download 下载的文件夹。",
        )
    _check_pointer(folder / "config.json", spec)
    if onnx and (folder / INT8).is_file():
        _check_pointer(folder / INT8, spec)
        return
    for file in weight_files(folder, spec):
        _check_pointer(file, spec)
        _check_length(file, spec)


def has_weights(folder: Path) -> bool:
    """Tell whether there are safetensors, whole or not."""
    return any((folder / name).is_file() for name in (WEIGHTS, INDEX))


def weight_files(folder: Path, spec: str) -> list[Path]:
    """Return the safetensors files, one or the index's. Raises ModelError if any is missing."""
    if (folder / WEIGHTS).is_file():
        return [folder / WEIGHTS]
    if not (folder / INDEX).is_file():
        raise ModelError(
            f"“{spec}”里没有 {WEIGHTS}；pickle 文件（pytorch_model.bin）会执行代码，不读。",
            "请在可信的环境里用 save_pretrained 另存为 safetensors，或换一个模型。",
        )
    files = sorted({folder / name for name in _shards(folder / INDEX, spec)})
    if missing := [file.name for file in files if not file.is_file()]:
        raise _unreadable(spec, f"少了 {len(missing)} 个权重文件，例如 {missing[0]}")
    return files


def audit_tokenizer(folder: Path, spec: str) -> None:
    """Check that there is a vocabulary. Raises ModelError."""
    names = [name for name in (TOKENIZER, *VOCABULARIES) if (folder / name).is_file()]
    if not names:
        raise _unreadable(spec, f"里面没有词表（{TOKENIZER} 或 vocab.txt）")
    _check_pointer(folder / names[0], spec)


def _shards(index: Path, spec: str) -> Iterator[str]:
    _check_pointer(index, spec)
    try:
        names = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _unreadable(spec, f"{index.name} 不是权重清单") from error
    for name in names:
        if not isinstance(name, str) or Path(name).name != name:
            raise _unreadable(spec, f"{index.name} 指向文件夹之外的“{name}”")
        yield name


def _check_pointer(file: Path, spec: str) -> None:
    with file.open("rb") as opened:
        start = opened.read(len(_POINTER))
    if start == _POINTER:
        found = f"{file.name} 只是 git-LFS 的指针，没有内容"
        raise _unreadable(spec, found, "请在那个仓库里运行 git lfs pull，或用 hf download 下载。")


def _check_length(file: Path, spec: str) -> None:
    """Compare a safetensors file's length with what its header says of the last tensor."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        if size < 8 or not 2 <= length <= _LONGEST_HEADER:
            raise _unreadable(spec, f"{file.name}（{size} 字节）不是 safetensors 文件")
        header = opened.read(length)
    if len(header) < length:
        raise _unreadable(spec, f"{file.name} 只有 {size} 字节，连文件头都不完整")
    try:
        tensors = {k: v for k, v in json.loads(header).items() if k != "__metadata__"}
        wanted = 8 + length + max((int(t["data_offsets"][1]) for t in tensors.values()), default=0)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _unreadable(spec, f"{file.name} 的文件头看不懂") from error
    if size != wanted:
        found = f"{file.name} 有 {size:,} 字节，应有 {wanted:,} 字节"
        raise _unreadable(spec, found + ("，下载没有完成" if size < wanted else ""))


def _unreadable(spec: str, found: str, hint: str = _AGAIN) -> ModelError:
    return ModelError(f"“{spec}”读不出来：{found}。", hint)
