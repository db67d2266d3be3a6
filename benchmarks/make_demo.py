"""Rebuild the demo workbook from its rows: `python -m benchmarks.make_demo`.

It looks like a real export on purpose: a merged title above the header, numbers kept as
text with leading zeros, a line break inside a title, one row that is empty.
"""

import json
from datetime import datetime
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parents[1] / "corpora" / "demo"
HEAD = ("编号", "案由", "内容", "提案人", "类别")
CREATED = datetime(2026, 1, 5)
"""A fixed date in the file's properties, so that the same rows give the same bytes."""


def main() -> None:
    lines = (FOLDER / "proposals.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    book = xlsxwriter.Workbook(FOLDER / "proposals.xlsx")
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
    print(f"{len(rows)} rows -> {FOLDER / 'proposals.xlsx'}")


if __name__ == "__main__":
    main()
