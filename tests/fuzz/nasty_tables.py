"""Tables to begin with: workbooks, delimited text, JSON, Parquet, XML spreadsheets."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from tests.fuzz.words import HEADER, REPLY, REPLY_HEADER, ROWS
from tests.fuzz.zips import Member, pack, repacked, traps, unpack

Grid = Sequence[Sequence[object]]
REPLIES: Grid = (REPLY_HEADER, ("001", ROWS[0][1], REPLY), ("002", ROWS[1][1], "  "))
PROPOSALS: Grid = (HEADER, *ROWS)
FORM: Grid = (("案由", ROWS[0][1]), ("提案人", "甲委员"), ("内容", ROWS[0][2]))


def workbook(*sheets: Grid, merged: bool = False, formula: bool = False) -> bytes:
    """Write sheets with XlsxWriter."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1)})
    zeros = book.add_format({"num_format": "0000"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(f"表{number + 1}")
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(at, column, value, zeros if isinstance(value, int) else None)
        if merged:
            sheet.merge_range(len(rows), 0, len(rows) + 3, 1, "合并")
            sheet.merge_range(len(rows) + 5, 0, len(rows) + 5, 4, "横幅")
        if formula:
            sheet.write_formula(len(rows), 1, "=A1&B1", None, "")
            sheet.write_datetime(len(rows), 2, datetime(2024, 3, 1))
    book.close()
    return repacked(out.getvalue())


def xlsx(rng: Random) -> dict[str, bytes]:
    plain = workbook(PROPOSALS)
    members = list(unpack(plain))
    sheet = next(each for each in members if each.name.endswith("sheet1.xml"))
    others = [each for each in members if each is not sheet]

    def with_sheet(xml: bytes) -> bytes:
        return pack([*others, Member(sheet.name, xml)])

    far = sheet.data.replace(b'r="B2"', b'r="XFD1048576"')
    deep = sheet.data.replace(b"<v>", b"<v>" + b"<x>" * 5000, 1)
    found = {
        "plain": plain,
        "replies": workbook(REPLIES),
        "form": workbook(FORM),
        "merged": workbook(PROPOSALS, REPLIES, merged=True, formula=True),
        "zeros": workbook([HEADER, *((7, *row[1:]) for row in ROWS)]),
        "one-cell": workbook([["甲"]]),
        "nothing": workbook([]),
        "wide": workbook([[f"列{n}" for n in range(300)], [str(n) for n in range(300)]]),
        "far-cell": with_sheet(far),
        "far-row": with_sheet(sheet.data.replace(b'r="2"', b'r="1048576"', 1)),
        "deep": with_sheet(deep),
        "no-sheet": pack(others),
        "cut": plain[: rng.randrange(len(plain) // 2, len(plain))],
    }
    return found | {f"trap-{name}": data for name, data in traps(members).items()}


def xls(rng: Random) -> dict[str, bytes]:
    """Write BIFF workbooks with xlwt, {} where it is not installed."""
    try:
        import xlwt  # type: ignore[import-untyped]
    except ImportError:
        return {}

    def written(*sheets: Grid) -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        for number, rows in enumerate(sheets):
            sheet = book.add_sheet(f"表{number + 1}")
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(at, column, value)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    plain = written(PROPOSALS)
    return {
        "plain": plain,
        "replies": written(REPLIES),
        "dates": written([HEADER, (date(2024, 3, 1), 0.5, True, 1e300, "")]),
        "two": written(PROPOSALS, [["甲"]]),
        "html-inside": "<table><tr><td>案由</td><td>内容</td></tr></table>".encode(),
        "cut": plain[: rng.randrange(600, len(plain))],
        "wheel": plain[:44] + (1).to_bytes(4, "little") * 8 + plain[76:],
    }


def _joined(rows: Grid, mark: str) -> str:
    def cell(value: object) -> str:
        text = str(value)
        odd = any(char in text for char in f'{mark}"\n')
        return '"' + text.replace('"', '""') + '"' if odd else text

    return "".join(mark.join(map(cell, row)) + "\r\n" for row in rows)


def csv(rng: Random) -> dict[str, bytes]:
    plain, replies = _joined(PROPOSALS, ","), _joined(REPLIES, ",")
    encodings = ("utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "big5hkscs")
    found = {name: plain.encode(name, "replace") for name in encodings}
    return found | {
        "plain": plain.encode(),
        "replies": replies.encode(),
        "tabs": _joined(PROPOSALS, "\t").encode(),
        "semicolons": _joined(PROPOSALS, ";").encode(),
        "sep": f"sep=|\r\n{_joined(PROPOSALS, '|')}".encode(),
        "sep-quote": f'sep="\r\n{plain}'.encode(),
        "unclosed": plain.replace('"', '"""', 1).encode(),
        "quotes": (plain + '"' * 3001).encode(),
        "nul": plain.replace("，", "\x00").encode(),
        "lone-cr": plain.replace("\r\n", "\r").encode(),
        "breaks": plain.replace("，", "\u2028\x85").encode(),
        "mixed": plain.encode() + plain.encode("gb18030"),
        "commas": b"," * 20_000 + b"\n" + b"," * 20_000,
        "headless": _joined(ROWS, ",").encode(),
        "same-heads": _joined([("案由",) * 40, ("甲",) * 40], ",").encode(),
        "cut": plain.encode()[: rng.randrange(20, 300)],
        "empty": b"",
    }


def jsons(rng: Random) -> dict[str, bytes]:
    items = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in items)
    own = [{"id": 1, "title": ROWS[0][1], "body": None, "reply": REPLY, "topics": ["a", ["b"]]}]
    return {
        "lines": lines.encode(),
        "list": json.dumps(items, ensure_ascii=False, indent=1).encode(),
        "own": json.dumps(own).encode(),
        "inside": json.dumps({"data": items, "total": 4}).encode(),
        "one": json.dumps(own[0]).encode(),
        "surrogates": b'{"title": "\\ud800", "\\udfff": "x", "body": "\\ud83d"}\n',
        "numbers": b'{"title": 1e999, "body": -0, "reply": NaN, "id": ' + b"9" * 5000 + b"}",
        "deep": b"[" * 100_000,
        "deep-object": b'{"title":' * 3000 + b"1" + b"}" * 3000,
        "same-keys": b'{"title": "a", "title": "b", "": ""}\n[]\n3\n"x"\nnull\n{}\n',
        "many-keys": json.dumps({f"k{n}": n for n in range(2000)}).encode(),
        "utf-16": lines.encode("utf-16"),
        "gbk": lines.encode("gb18030"),
        "cut": lines.encode()[: rng.randrange(20, 400)],
    }


def parquet(rng: Random) -> dict[str, bytes]:
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow.parquet import write_table  # type: ignore[import-untyped]

    def written(columns: dict[str, object], compression: str = "none") -> bytes:
        out = io.BytesIO()
        write_table(pyarrow.table(columns), out, compression=compression)
        return out.getvalue()

    columns: dict[str, object] = {
        head: [str(row[n]) for row in PROPOSALS[1:]] for n, head in enumerate(HEADER)
    }
    plain = written(columns)
    odd = {
        "title": [None, ROWS[0][1]],
        "id": [2**62, -1],
        "day": [date(2024, 1, 1), date(9999, 12, 31)],
        "list": [["a"], []],
        "raw": [b"\xff\x00", b""],
        "share": [float("nan"), 1e300],
        "when": pyarrow.array([2**62, -(2**62)], pyarrow.timestamp("us")),
    }
    return {
        "plain": plain,
        "snappy": written(columns, "snappy"),
        "replies": written({"案由": ["甲"], "答复": [REPLY]}),
        "odd": written(odd),
        "no-rows": written({"title": pyarrow.array([], pyarrow.string())}),
        "cut": plain[: rng.randrange(100, len(plain))],
        "footer-lies": plain[:-8] + b"\xff\xff\xff\x7fPAR1",
    }


_SHEETML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="表1"><Table>{rows}</Table></Worksheet></Workbook>'
)


def sheetml(rng: Random) -> dict[str, bytes]:
    def cells(row: Sequence[object], extra: str = "") -> str:
        inside = "".join(
            f'<Cell{extra}><Data ss:Type="String">{str(v).replace("<", "&lt;")}</Data></Cell>'
            for v in row
        )
        return f"<Row>{inside}</Row>"

    plain = _SHEETML.format(rows="".join(cells(row) for row in PROPOSALS))
    merged = _SHEETML.format(
        rows=cells(HEADER) + cells(ROWS[0], ' ss:MergeDown="2"') + cells(ROWS[1], ' ss:Index="3"')
    )
    entity = plain.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1)
    return {
        "plain": plain.encode(),
        "replies": _SHEETML.format(rows="".join(cells(row) for row in REPLIES)).encode(),
        "merged": merged.encode(),
        "index-word": plain.replace("<Cell>", '<Cell ss:Index="x">', 1).encode(),
        "index-far": plain.replace("<Cell>", '<Cell ss:Index="999999999">').encode(),
        "across": plain.replace("<Cell>", '<Cell ss:MergeAcross="-3">').encode(),
        "entity": entity.replace("青石", "&b;").encode(),
        "utf-16": plain.replace("UTF-8", "UTF-16").encode("utf-16"),
        "gbk": plain.replace("UTF-8", "GB18030").encode("gb18030"),
        "cut": plain.encode()[: rng.randrange(300, 1200)],
    }
