"""The state of an installation: what is there, what is missing, and how to get it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from nlp.errors import FenbanError

CORE = (
    "numpy", "scipy", "scikit-learn", "safetensors", "ahocorasick-rs", "jieba", "typer", "rich",
    "python-calamine", "XlsxWriter", "python-docx", "pypdfium2", "lxml", "pyyaml", "rapidfuzz",
    "datasketch", "datasets",
)  # fmt: skip
OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination; the main job depends on every one but the optional."""

    text: str
    fine: bool
    optional: bool = False


def examine() -> list[Finding]:
    """Return all findings."""
    return [*_python(), *_core(), *_model(), *_places(), *_options()]


def _python() -> Iterator[Finding]:
    version = platform.python_version()
    fine = sys.version_info >= OLDEST
    advice = "" if fine else "；需要 3.11 或更新，请从 python.org 安装"
    yield Finding(f"Python {version}（{platform.system()} {platform.machine()}）{advice}", fine)


def _core() -> Iterator[Finding]:
    for name in CORE:
        try:
            yield Finding(f"{name} {metadata.version(name)}", True)
        except metadata.PackageNotFoundError:
            yield Finding(f"缺少 {name}；请运行 pip install fenban", False)


def _model() -> Iterator[Finding]:
    from nlp import load
    from nlp.types import Proposal

    try:
        kit = load()
        list(kit.classify([Proposal("1", "关于修缮村小学教室的建议")]))
        yield Finding(f"自带模型 {kit.name} 完好，能分类", True)
        list(kit.summarize(["村小学教室已于八月修缮完毕。"]))
        yield Finding(f"自带模型 {kit.digester.name} 完好，能摘要", True)
    except FenbanError as error:
        yield Finding(f"自带模型用不了：{error}", False)


def _places() -> Iterator[Finding]:
    from nlp.places import load_directory
    from nlp.shipped import shipped
    from nlp.taxonomy import load_functions

    try:
        keys = [f.key for f in load_functions()]
        files = sorted(shipped("places").glob("*.yaml"))
        names = "、".join(load_directory(f, keys).place for f in files)
        yield Finding(f"单位目录 {len(files)} 个：{names}", True)
    except FenbanError as error:
        yield Finding(f"单位目录用不了：{error}", False)


def _options() -> Iterator[Finding]:
    """Tell what pretrained encoders, writers and clusters need; most offices have none."""
    from nlp.engines.cluster import INSTALL
    from nlp.hf.runtime import Part, optional_parts

    ray = Part("ray", _installed("ray"), "--engine ray，用几台机器", INSTALL)
    for part in (*optional_parts(), ray):
        if part.version:
            yield Finding(f"{part.name} {part.version}（{part.purpose}）", True, optional=True)
        else:
            text = f"没有可选的 {part.name}（{part.purpose}）；要用就运行 {part.command}"
            yield Finding(text, False, optional=True)


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
