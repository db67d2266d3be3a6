"""The command: `python -m benchmarks.batch --out docs/scaling.md`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.batch.run import Bench, Sizes, run
from benchmarks.batch.table import block
from benchmarks.figures import replace_block
from benchmarks.shared.cache import Cache
from benchmarks.speed import ROOT

NAME = "batch"
"""The block of the page between <!-- batch:begin --> and <!-- batch:end -->."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.out and (fault := _fault(options.out)):
        parser.error(fault)
    if max(options.cores) > len(os.sched_getaffinity(0)):
        parser.error("--cores: this machine has fewer")
    sizes = Sizes(
        options.rows,
        options.cores,
        options.kills,
        options.kill_rows,
        options.resume_rows,
        options.runs,
        options.seed,
    )
    cache = Cache(options.bench / "results", options.redo)
    found = run(Bench(options.bench / "batch", cache, _say), sizes)
    content = block(found, sizes, _command(parser, options))
    print(content)
    if options.out:
        text = options.out.read_text(encoding="utf-8")
        options.out.write_text(replace_block(text, NAME, content), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    add = parser.add_argument
    sizes = (1_000, 10_000, 100_000, 1_000_000)
    add("--rows", type=_numbers, default=sizes, help="sizes of the inputs, with commas")
    add("--cores", type=_numbers, default=(1, 2), help="cores of the runs, with commas")
    add("--kills", type=int, default=20, help="how often runs are killed, either way")
    add("--kill-rows", type=int, default=50_000, help="size of the input of killed runs")
    add("--resume-rows", type=int, default=100_000, help="size of the input of resumed runs")
    add("--runs", type=int, default=3, help="repetitions; 1 above 100,000 rows")
    add("--seed", type=int, default=0, help="decides the moments of the kills")
    add("--redo", action="store_true", help="measure afresh what is kept")
    add("--out", type=Path, help="page with a block to fill: docs/scaling.md")
    add("--bench", type=Path, default=ROOT / ".bench", help="where rows and results lie")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in text.split(",")}))


def _fault(page: Path) -> str:
    """Say before hours of measuring why a page can't be filled, "" if it can."""
    try:
        replace_block(page.read_text(encoding="utf-8"), NAME, "")
    except (OSError, ValueError) as fault:
        return f"--out: {fault}"
    return ""


def _command(parser: argparse.ArgumentParser, options: argparse.Namespace) -> str:
    """Return the command without the folders of this machine."""
    parts = ["python -m benchmarks.batch"]
    for name in ("rows", "cores", "kills", "kill_rows", "resume_rows", "runs", "seed"):
        value = getattr(options, name)
        if value != parser.get_default(name):
            shown = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            parts.append(f"--{name.replace('_', '-')} {shown}")
    return " ".join(parts)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
