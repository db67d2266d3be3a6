"""Rebuild the demo tables from their rows: `python -m benchmarks.make_demo`.

The workbook of proposals looks like a real export on purpose: a merged title above the
header, numbers kept as text with leading zeros, a line break inside a title, one row that is
empty. The replies are rows of the test part, one of them with its reply left out.
"""

import csv
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import xlsxwriter

CORPORA = Path(__file__).parents[1] / "corpora"
FOLDER = CORPORA / "demo"
HEAD = ("编号", "案由", "内容", "提案人", "类别")
REPLY_HEAD = ("编号", "案由", "答复内容")
CREATED = datetime(2026, 1, 5)
"""A fixed date in the file's properties, so that the same rows give the same bytes."""
REPLIES = (
    "P1-041",  # solved, prints its class letter
    "R1-020",  # solved, tells it in words only
    "M6-048",  # solved, with a note of forwarding before it
    "P1-045",  # planned, prints its class letter
    "R1-104",  # planned, hard-wrapped lines
    "M6-072",  # planned, damaged: blanks and misread characters as from a scan
    "P1-030",  # refused, but prints 留作参考: statement and text contradict each other
    "R1-080",  # limited, tells it in words only
    "R2-055",  # limited, prints its class letter
    "R2-066",  # explained, long
    "R1-054",  # explained
    "R2-007",  # vague, without a deadline
    "R2-093",  # vague, says it was adopted
    "R1-022",  # EMPTY
)
EMPTY = "R1-022"
"""This row's reply is left out, to show how a failed row is reported."""


def main() -> None:
    rows = _read(FOLDER / "proposals.jsonl")
    write_proposals(rows, FOLDER / "proposals.xlsx")
    print(f"{len(rows)} rows -> {FOLDER / 'proposals.xlsx'}")
    write_replies(FOLDER / "replies.csv")
    print(f"{len(REPLIES)} rows -> {FOLDER / 'replies.csv'}")


def write_proposals(rows: list[Mapping[str, str]], file: Path) -> None:
    book = xlsxwriter.Workbook(file)
    book.set_properties({"created": CREATED, "title": "云溪县政协提案登记表（虚构）"})
    sheet = book.add_worksheet("提案登记")
    bold = book.add_format({"bold": True, "align": "center"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.merge_range(0, 0, 0, len(HEAD) - 1, "云溪县政协提案登记表（虚构）", bold)
    sheet.write_row(1, 0, HEAD, bold)
    for number, row in enumerate(rows, 2):
        for column, head in enumerate(HEAD):
            sheet.write_string(number, column, row.get(head, ""), wrap)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2, 80)
    book.close()


def write_replies(file: Path) -> None:
    known = {row["id"]: row for row in _read(CORPORA / "replies" / "test.jsonl")}
    with file.open("w", encoding="utf-8-sig", newline="") as out:  # the mark is for Excel
        table = csv.writer(out, lineterminator="\n")
        table.writerow(REPLY_HEAD)
        for key in REPLIES:
            row = known[key]
            table.writerow((key, row["proposal_title"], "" if key == EMPTY else row["reply"]))


def _read(file: Path) -> list[Mapping[str, str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    main()
