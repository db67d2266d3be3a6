"""`fenban evaluate`: measure models on labelled rows."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

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
from nlp.shipped import DEFAULT_PLACE

TaskName = Literal["all", "topics", "units"]
"""The values of nlp.evaluate.tables.Task, spelt out so that `--help` need not import numpy."""


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="标准答案", help="JSONL、文件夹，或有类别和主办单位列的表。")
    ],
    model: Annotated[
        list[Path] | None, typer.Option("--model", metavar="目录", help="模型目录，可给几个。")
    ] = None,
    task: Annotated[TaskName, typer.Option("--task", help="只看主题或单位。")] = "all",
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="文件", help="把全部数字写成 JSON。")
    ] = None,
    place: PlaceOption = DEFAULT_PLACE,
    precision: PrecisionOption = DEFAULT_PRECISION,
    empty_co_unknown: Annotated[
        bool, typer.Option("--empty-co-unknown", help="会办为空表示来源没写，不表示没有会办。")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Evaluate one or several models on the same rows."""
    from nlp.io.atomic import check_writable
    from nlp.io.write import write_json

    if json_file:
        check_writable(json_file, gold, option="--json")
    job = Job(gold, task, place, precision, empty_co_unknown, quiet)
    results = [job.measure(folder) for folder in model or (None,)]
    if json_file:
        write_json(json_file, results[0] if len(results) == 1 else {"schema": 1, "models": results})
        say(f"数字已写到 {json_file}。", quiet=quiet)


@dataclass(frozen=True, slots=True)
class Job:
    """Gold rows and how to hold models against them."""

    gold: Path
    task: TaskName
    place: str
    precision: float
    empty_co_unknown: bool
    quiet: bool

    def measure(self, folder: Path | None) -> dict[str, Any]:
        """Measure one model, print its table, and return its numbers."""
        from nlp.evaluate.load import Vocabulary, load_gold
        from nlp.evaluate.run import EvaluationOptions, evaluate
        from nlp.evaluate.tables import Task, as_table, to_json

        router = open_router(folder)
        directory = open_place(self.place, router)
        found = load_gold(self.gold, Vocabulary(directory, router.functions, router.scheme))
        for note in found.notes:
            say(f"提示：{note}", quiet=self.quiet)
        options = EvaluationOptions(directory, self.precision, self.empty_co_unknown)
        result = evaluate(router, found.rows, options)
        if not self.quiet:
            from rich.console import Console

            Console().print(as_table(result, Task(self.task)))
        name, command = str(folder or "default"), " ".join(["fenban", *sys.argv[1:]])
        return to_json(result, model=name, gold=str(self.gold), command=command)
