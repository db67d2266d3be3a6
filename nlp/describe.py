"""A model directory in words: what it knows, from what, how well, and is it whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nlp.store import StoredModel, open_model


def describe(folder: Path) -> Iterator[str]:
    """Audit a model and yield Chinese lines about it. Raises ModelError if it is damaged."""
    stored = open_model(folder)
    manifest = stored.manifest
    size = sum((folder / name).stat().st_size for name in manifest["files"])
    yield f"模型：{stored.name}（{folder}）"
    count = len(manifest["files"])
    yield f"完好：{count} 个文件都在，内容与清单的 sha256 相符，共 {size / 1e6:.1f} MB"
    yield f"编码器：{manifest['encoder']}；随机种子：{manifest['seed']}"
    yield f"语料指纹：{manifest['corpus'][:16]}…（{manifest['rows']} 行）"
    if base := manifest.get("base"):
        yield f"由 {base} 适配而来"
    versions = "，".join(f"{name} {version}" for name, version in manifest["versions"].items())
    yield f"训练时的软件：{versions}"
    yield from _digests(stored) if manifest.get("task") == "digest" else _routes(stored)
    yield from _validation(stored.json("metrics.json"))


def _digests(stored: StoredModel) -> Iterator[str]:
    """Say what a digest model judges by; reading it whole tells that its parts fit."""
    from nlp.summarize.files import load_digester

    digester = load_digester(stored.folder)
    trust = digester.outcomes.trust
    yield f"用途：答复摘要；另学了 {stored.manifest['passages']} 段短文"
    yield f"  结果语句可信 {trust['phrase']:.0%}，类别字母可信 {trust['letter']:.0%}"


def _routes(stored: StoredModel) -> Iterator[str]:
    from nlp.classify.files import load_router

    router = load_router(stored.folder)
    if router.topics:
        yield f"主题 {len(router.topics.labels)} 个：{'、'.join(router.topics.names)}"
        if router.topics.thresholds is None:
            yield "  每件恰有一个主题，没有门槛"
        else:
            pairs = zip(router.topics.names, router.topics.thresholds, strict=True)
            yield f"  兼类门槛：{'，'.join(f'{name} {value:.2f}' for name, value in pairs)}"
    if router.units:
        duties = sum(len(f.duties) for f in router.functions)
        words = len(router.duties.words)
        yield f"职能 {len(router.functions)} 个，职责 {duties} 条，职责用词 {words} 个"
        own, past = router.units.duty_weight, router.units.precedent_weight
        yield f"  证据权重：职责 {own:g}，先例 {past:g}"


def _validation(metrics: dict[str, object]) -> Iterator[str]:
    line = metrics.get("line")
    if line:
        yield f"留出测试：{line}"
