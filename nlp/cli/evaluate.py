"""`fenban evaluate`: measure models on labelled rows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from nlp.cli.options import (
    DEFAULT_PRECISION,
    PlaceOption,
    PrecisionOption,
    QuietOption,
    open_place,
    open_router,
    say,
)
from nlp.errors import UsageError
from nlp.shipped import DEFAULT_PLACE

if TYPE_CHECKING:
    from rich.table import Table

    from nlp.evaluate.replies.run import Contender
    from nlp.evaluate.report import LineTable, Origin

TaskName = Literal["all", "topics", "units", "replies"]
"""The values of nlp.evaluate.tables.Task, spelt out so that `--help` need not import numpy,
and `replies`: another kind of gold, another kind of model."""
MAX_CHARS = 120
TITLES = {"all": "分办评测", "topics": "主题评测", "units": "单位评测"}


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="标准答案", help="JSONL、文件夹，或有类别和主办单位列的表。")
    ],
    model: Annotated[
        list[Path] | None, typer.Option("--model", metavar="目录", help="模型目录，可给几个。")
    ] = None,
    task: Annotated[
        TaskName, typer.Option("--task", help="只看主题或单位；replies 量答复摘要。")
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
    place: PlaceOption = DEFAULT_PLACE,
    precision: PrecisionOption = DEFAULT_PRECISION,
    empty_co_unknown: Annotated[
        bool, typer.Option("--empty-co-unknown", help="会办为空表示来源没写，不表示没有会办。")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Evaluate one or several models on the same rows."""
    from nlp.evaluate.report import Origin

    _check_outputs(gold, json_file, out)
    origin = Origin(str(gold), " ".join(["fenban", *sys.argv[1:]]))
    if task == "replies":
        measured = ReplyJob(gold, _budget(max_chars), quiet).measure(model or (None,), origin)
    elif max_chars is not None:
        raise UsageError("--max-chars 只用于答复摘要。", "请加 --task replies，或去掉它。")
    else:
        job = Job(gold, task, place, precision, empty_co_unknown, quiet)
        measured = job.measure(model or (None,), origin)
    measured.save(json_file, out, quiet=quiet)


def _budget(max_chars: int | None) -> int:
    from nlp.cli.summarize import LONGEST, SHORTEST

    if max_chars is not None and not SHORTEST <= max_chars <= LONGEST:
        raise UsageError(
            f"--max-chars 是 {max_chars}，应在 {SHORTEST} 到 {LONGEST} 之间。",
            f"例：--max-chars {MAX_CHARS}。",
        )
    return MAX_CHARS if max_chars is None else max_chars


def _check_outputs(gold: Path, json_file: Path | None, out: Path | None) -> None:
    """Refuse before long work what could not be written after it."""
    from nlp.io.atomic import check_writable

    for path, option in ((json_file, "--json"), (out, "--out")):
        if path:
            check_writable(path, gold, option=option)
    if json_file and out and json_file.resolve() == out.resolve():
        raise UsageError(f"--json 和 --out 都是“{out}”。", "请给两个文件名。")


@dataclass(frozen=True, slots=True)
class Measured:
    """An evaluation in the two forms that files take: numbers and a page."""

    numbers: dict[str, Any]
    page: Callable[[], str]

    def save(self, json_file: Path | None, out: Path | None, *, quiet: bool) -> None:
        from nlp.evaluate.report import write_report
        from nlp.io.write import write_json

        if json_file:
            write_json(json_file, self.numbers)
            say(f"数字已写到 {json_file}。", quiet=quiet)
        if out:
            write_report(out, self.page())
            say(f"报告已写到 {out}，用浏览器打开，可以打印。", quiet=quiet)


@dataclass(frozen=True, slots=True)
class Job:
    """Gold rows and how to hold models against them."""

    gold: Path
    task: Literal["all", "topics", "units"]
    place: str
    precision: float
    empty_co_unknown: bool
    quiet: bool

    def measure(self, folders: Sequence[Path | None], origin: Origin) -> Measured:
        """Measure models one by one, printing each one's table as soon as it is known."""
        from nlp.evaluate.report import lines_report

        found = [self._measure(folder, origin) for folder in folders]
        numbers = [content for content, _ in found]
        whole = numbers[0] if len(numbers) == 1 else {"schema": 1, "models": numbers}
        tables = [table for _, table in found]
        return Measured(whole, partial(lines_report, TITLES[self.task], tables, origin))

    def _measure(self, folder: Path | None, origin: Origin) -> tuple[dict[str, Any], LineTable]:
        from nlp.evaluate.load import Vocabulary, load_gold
        from nlp.evaluate.report import LineTable
        from nlp.evaluate.run import EvaluationOptions, evaluate
        from nlp.evaluate.tables import Task, as_table, summary, to_json

        router = open_router(folder)
        directory = open_place(self.place, router)
        found = load_gold(self.gold, Vocabulary(directory, router.functions, router.scheme))
        for note in found.notes:
            say(f"提示：{note}", quiet=self.quiet)
        options = EvaluationOptions(directory, self.precision, self.empty_co_unknown)
        result = evaluate(router, found.rows, options)
        task = Task(self.task)
        _print(as_table(result, task), quiet=self.quiet)
        name = str(folder or "default")
        numbers = to_json(result, model=name, gold=origin.gold, command=origin.command)
        return numbers, LineTable(result.model, summary(result, task))


@dataclass(frozen=True, slots=True)
class ReplyJob:
    """Labelled replies and how long a digest of them may be."""

    gold: Path
    max_chars: int
    quiet: bool

    def measure(self, folders: Sequence[Path | None], origin: Origin) -> Measured:
        """Measure digesters together with the baselines, and print the tables."""
        from nlp.cli.screen import progress
        from nlp.corpus.replies import load_replies
        from nlp.evaluate.replies.report import replies_report
        from nlp.evaluate.replies.run import evaluate_replies
        from nlp.evaluate.replies.tables import as_tables, to_json

        rows = load_replies([self.gold])
        contenders = [self._open(folder) for folder in folders]
        with progress(self.quiet) as on_progress:
            result = evaluate_replies(contenders, rows, self.max_chars, on_progress)
        for table in as_tables(result):
            _print(table, quiet=self.quiet)
        numbers = to_json(result, gold=origin.gold, command=origin.command)
        return Measured(numbers, partial(replies_report, result, origin))

    def _open(self, folder: Path | None) -> Contender:
        from nlp.evaluate.replies.run import Contender
        from nlp.shipped import shipped
        from nlp.summarize.digester import DigestOptions
        from nlp.summarize.files import load_digester

        options = DigestOptions(max_chars=self.max_chars)
        digester = load_digester(folder or shipped("models") / "replies")
        path = str(folder or "replies")
        return Contender(path, digester.name, lambda items: digester.summarize(items, options))


def _print(table: Table, *, quiet: bool) -> None:
    if not quiet:
        from rich.console import Console

        Console().print(table)
