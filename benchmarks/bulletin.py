"""Reads labelled reports and prints precision, recall and F1 per field.

python -m benchmarks.bulletin --seeds FOLDER --gold FOLDER [--model none] [--verbose]

FOLDER of reports has SOURCE.txt (or .docx, .pdf, .html). Gold is a folder with statistics.jsonl
and cases.jsonl, whose rows name their report in `source`, or one file whose rows have `cases`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from nlp.bulletin.gold import load_gold
from nlp.bulletin.measure import measure
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
    golds = load_gold(given.gold)
    pairs = [(gold, read_bulletin(gold.report(given.seeds), topics)) for gold in golds]
    print(f"{len(pairs)} reports\n{'field':12} right missed extra      P      R     F1")
    for name, tally in measure(pairs).items():
        shares = f"{tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
        print(f"{name:12} {tally.right:5} {tally.missed:6} {tally.extra:5} {shares}")
        if given.verbose:
            print(*(f"    {each}" for each in tally.wrong), sep="\n")


if __name__ == "__main__":
    main()
