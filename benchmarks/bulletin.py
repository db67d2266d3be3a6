"""Reads labelled reports and prints precision, recall and F1 per field.

python -m benchmarks.bulletin --seeds FOLDER --gold FOLDER [--model none] [--verbose]

FOLDER of reports has SOURCE.txt (or .docx, .pdf, .html). Gold is a folder with statistics.jsonl
and cases.jsonl, whose rows name their report in `source`, or one file whose rows have `cases`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from nlp.bulletin.measure import Gold, load_gold, measure
from nlp.bulletin.read import read_bulletin
from nlp.bulletin.topics import model_topics


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--model", default="")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    topics = None if given.model == "none" else model_topics(given.model or None)
    if given.gold.is_dir():
        golds = load_gold(given.gold / "statistics.jsonl", given.gold / "cases.jsonl")
    else:
        golds = load_gold(given.gold)
    pairs = [(gold, read_bulletin(report(given.seeds, gold), topics)) for gold in golds]
    print(f"{len(pairs)} reports\n{'field':12} right missed extra      P      R     F1")
    for name, tally in measure(pairs).items():
        shares = f"{tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
        print(f"{name:12} {tally.right:5} {tally.missed:6} {tally.extra:5} {shares}")
        if given.verbose:
            print(*(f"    {each}" for each in tally.wrong), sep="\n")


def report(folder: Path, gold: Gold) -> Path:
    """Return the file of a labelled report."""
    found = sorted(folder.glob(f"{Path(gold.source).stem}.*"))
    if not found:
        raise SystemExit(f"{folder} has no report {gold.source}")
    return found[0]


if __name__ == "__main__":
    main()
