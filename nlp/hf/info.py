"""What an encoder is, in lines for its user."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nlp.hf.audit import INT8, has_weights, weight_files
from nlp.hf.encoder import open_encoder
from nlp.hf.locate import OFFLINE, Sources
from nlp.io.hashes import file_digest

_POOLINGS = {"mean": "各词元的平均（mean）", "cls": "开头的词元（cls）"}
_SAMPLE = "关于修缮村小学教室的建议"


def describe_encoder(spec: str, sources: Sources = OFFLINE) -> list[str]:
    """Open an encoder, let it read one title, and describe it. Raises ModelError."""
    encoder = open_encoder(spec, sources)
    encoder.embed([_SAMPLE])
    settings = encoder.settings
    prefix = f"“{settings.prefix}”" if settings.prefix else "无"
    return [
        f"编码器：{spec}",
        f"位置：{encoder.folder}",
        f"向量：{encoder.dimension} 维，{_POOLINGS[settings.pooling]}，前缀{prefix}",
        f"窗口：{settings.window} 个词元（更长的文字分段读，再按长短平均）",
        f"由谁运行：{encoder.network.name}",
        *_files(encoder.folder, spec),
    ]


def _files(folder: Path, spec: str) -> Iterator[str]:
    files = [folder / INT8] if (folder / INT8).is_file() else []
    if has_weights(folder):
        files = [*weight_files(folder, spec), *files]
    for file in files:
        size = file.stat().st_size / 1e6
        yield f"{file.name}：{size:.1f} MB，sha256 {file_digest(file)}"
