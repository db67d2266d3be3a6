"""`fenban encoder`: pretrained encoders as folders that can be carried from machine to machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import QuietOption, as_text, say

SpecArgument = Annotated[
    str, typer.Argument(metavar="编码器", help="e5、hf:机构/模型名、hf:文件夹或文件夹。")
]
DownloadOption = Annotated[
    bool, typer.Option("--download", help="本机没有时从 Hugging Face 下载；不加就不联网。")
]


def build(
    spec: SpecArgument,
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪里。")],
    download: DownloadOption = False,
    prefix: Annotated[
        str | None,
        typer.Option("--prefix", metavar="文字", help="每段文字前加什么，如 'query: '。"),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Make a folder of an encoder."""
    from nlp.hf.checkpoint import build_encoder
    from nlp.hf.locate import Sources

    say("正在取编码器…", quiet=quiet)
    folder = build_encoder(as_text(spec), out, Sources(download), prefix=prefix)
    say(f"编码器已写到 {folder}。训练时用 --encoder hf:{folder}。", quiet=quiet)


def export(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="编码器文件夹。")],
    quiet: QuietOption = False,
) -> None:
    """Add an int8 ONNX file to an encoder's folder."""
    from nlp.hf.export import export_int8

    say("正在导出 int8，约需半分钟…", quiet=quiet)
    file = export_int8(folder)
    say(f"已写 {file}（{file.stat().st_size / 1e6:.0f} MB）。", quiet=quiet)


def info(spec: SpecArgument, download: DownloadOption = False) -> None:
    """Describe an encoder."""
    from nlp.hf.info import describe_encoder
    from nlp.hf.locate import Sources

    for line in describe_encoder(as_text(spec), Sources(download)):
        typer.echo(line)


COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "build": (build, "取来：把编码器做成一个文件夹，可以拷到不能上网的机器。"),
    "export": (export, "导出：在文件夹里加一个 int8 文件，更小、更快、不用 torch。"),
    "info": (info, "查看：编码器的维数、窗口、大小，由谁运行。"),
}
