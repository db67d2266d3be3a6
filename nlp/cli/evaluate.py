"""`fenban evaluate`: measure models on labelled rows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from nlp.cli.measuring import ReplyJob, RouteJob
from nlp.cli.options import DEFAULT_PRECISION, PlaceOption, QuietOption
from nlp.errors import UsageError
from nlp.shipped import DEFAULT_PLACE

TaskName = Literal["all", "topics", "units", "replies", "bulletins"]
"""The values of nlp.evaluate.tables.Task, spelt out so that `--help` need not import numpy,
`replies`: another kind of gold, another kind of model, and `bulletins`: labelled reports."""
MAX_CHARS = 120
_FOREIGN = frozenset({".xlsx", ".xls", ".et", ".csv", ".docx", ".doc", ".pdf", ".json", ".jsonl"})
"""Endings whose programs could not open a page."""


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="标准答案", help="JSONL、文件夹，或有类别和主办单位列的表。")
    ],
    model: Annotated[
        list[Path] | None, typer.Option("--model", metavar="目录", help="模型目录，可给几个。")
    ] = None,
    task: Annotated[
        TaskName,
        typer.Option("--task", help="只看主题或单位；replies 量答复摘要，bulletins 量读报告。"),
    ] = "all",
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="文件", help="把全部数字写成 JSON。")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="写成一份可打印的 HTML 报告。")
    ] = None,
    max_chars: Annotated[
        int | None,
        typer.Option("--max-chars", metavar="字数", help=f"摘要最多几个字，默认 {MAX_CHARS}。"),
    ] = None,
    reports: Annotated[
        Path | None,
        typer.Option("--reports", metavar="文件夹", help="报告不在标准答案旁边时，在哪里。"),
    ] = None,
    place: PlaceOption = DEFAULT_PLACE,
    precision: Annotated[
        float | None,
        typer.Option("--precision", metavar="0.5-1", help="自动分办要达到的准确率，默认 0.95。"),
    ] = None,
    empty_co_unknown: Annotated[
        bool, typer.Option("--empty-co-unknown", help="会办为空表示来源没写，不表示没有会办。")
    ] = False,
    split: Annotated[
        str | None, typer.Option("--split", metavar="名称", help="数据集文件夹里的哪一份。")
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="加上三种不用模型的办法，看模型值不值。")
    ] = False,
    drop_leaked: Annotated[
        bool, typer.Option("--drop-leaked", help="去掉与模型的训练语料重复或近似的件。")
    ] = False,
    trained_on: Annotated[
        Path | None,
        typer.Option("--trained-on", metavar="路径", help="训练语料现在在哪里（自己找不到时）。"),
    ] = None,
    gate: Annotated[
        Path | None,
        typer.Option("--gate", metavar="文件", help="门槛（YAML）；模型不合格时退出码是 4。"),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Evaluate one or several models on the same rows."""
    from nlp.evaluate.report import Origin

    _check_outputs(gold, json_file, out, [path for path in (gate, trained_on) if path])
    origin = Origin(str(gold), " ".join(["fenban", *sys.argv[1:]]))
    folders = model or (None,)
    if task in ("replies", "bulletins"):
        _refuse_for(
            "答复摘要" if task == "replies" else "读报告",
            split=split,
            baseline=baseline,
            drop_leaked=drop_leaked,
            trained_on=trained_on,
            gate=gate,
        )
    if task != "replies" and max_chars is not None:
        raise UsageError("--max-chars 只用于答复摘要。", "请加 --task replies，或去掉它。")
    if task != "bulletins" and reports is not None:
        raise UsageError("--reports 只用于读报告。", "请加 --task bulletins，或去掉它。")
    if task == "bulletins":
        from nlp.cli.measuring_bulletins import BulletinJob

        measured = BulletinJob(gold, reports, quiet).measure(folders, origin)
    elif task == "replies":
        measured = ReplyJob(gold, _budget(max_chars), quiet).measure(folders, origin)
    else:
        job = RouteJob(
            gold,
            task,
            place,
            precision,
            DEFAULT_PRECISION,
            empty_co_unknown,
            split,
            baseline,
            drop_leaked,
            trained_on,
            gate,
            quiet,
        )
        measured = job.measure(folders, origin)
    measured.save(json_file, out, quiet=quiet)
    raise typer.Exit(measured.exit_code)


def _refuse_for(task: str, **given: object) -> None:
    for name, value in given.items():
        if value:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} 只用于分办，不用于{task}。", "请去掉它。")


def _budget(max_chars: int | None) -> int:
    from nlp.cli.summarize import LONGEST, SHORTEST

    if max_chars is not None and not SHORTEST <= max_chars <= LONGEST:
        raise UsageError(
            f"--max-chars 是 {max_chars}，应在 {SHORTEST} 到 {LONGEST} 之间。",
            f"例：--max-chars {MAX_CHARS}。",
        )
    return MAX_CHARS if max_chars is None else max_chars


def _check_outputs(
    gold: Path, json_file: Path | None, out: Path | None, others: Sequence[Path]
) -> None:
    """Refuse before long work what could not be written after it, or would overwrite an input.

    :param others: files that are read beside the gold rows.
    """
    from nlp.io.atomic import check_writable

    named = [(path, option) for path, option in ((json_file, "--json"), (out, "--out")) if path]
    for path, option in named:
        if gold.is_dir() and path.resolve().is_relative_to(gold.resolve()):
            raise UsageError(
                f"{option} 的“{path}”在标准答案的文件夹里，下次评测会把它也当作标准答案读。",
                f"请写到别处，如 {option} out/{path.name}。",
            )
        for source in (gold, *others):
            check_writable(path, source, option=option)
    if out and out.suffix.lower() in _FOREIGN:
        raise UsageError(
            f"报告是网页，“{out.name}”的结尾却是 {out.suffix}，打不开。",
            f"请把 --out 改成 {out.stem}.html；要全部数字，用 --json 文件。",
        )
    if json_file and out and json_file.resolve() == out.resolve():
        raise UsageError(f"--json 和 --out 都是“{out}”。", "请给两个文件名。")
