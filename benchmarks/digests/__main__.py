"""The command: `python -m benchmarks.digests --out docs/benchmarks-digests.md`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.digests.measure import Question
from benchmarks.digests.run import run
from benchmarks.digests.system import ROOT
from benchmarks.digests.systems import ENTRIES
from benchmarks.digests.table import markdown, notes, page
from benchmarks.shared.cache import Cache
from nlp.corpus.replies import load_replies

TEST = ROOT / "corpora" / "replies" / "test.jsonl"
MAX_CHARS = 120


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    question = Question.of(load_replies([options.data]), options.max_chars)
    lines = run(ENTRIES, question, Cache(options.bench / "results", options.redo), _say)
    print(f"{markdown(lines)}\n\n{notes(lines)}")
    if options.out:
        options.out.write_text(page(lines, question, _command(options)), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digests", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=TEST, help="labelled replies, JSONL or a folder of it"
    )
    parser.add_argument("--max-chars", type=int, default=MAX_CHARS, help="how long digests may be")
    parser.add_argument("--redo", action="store_true", help="measure afresh what is kept")
    parser.add_argument("--out", type=Path, help="page to write: docs/benchmarks-digests.md")
    parser.add_argument("--bench", type=Path, default=ROOT / ".bench", help="where results lie")
    return parser


def _command(options: argparse.Namespace) -> str:
    """Return the command without the folders of this machine."""
    own = options.data.resolve() == TEST
    parts = ["python -m benchmarks.digests", "" if own else "--data FOLDER"]
    parts.append("" if options.max_chars == MAX_CHARS else f"--max-chars {options.max_chars}")
    return " ".join(part for part in parts if part)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
