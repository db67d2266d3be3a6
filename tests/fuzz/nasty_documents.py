"""Documents to begin with: Word, PDF, web pages, plain text in several encodings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from random import Random
from typing import Any

from tests.fuzz.words import BULLETIN, HEADER, PROPOSAL, REPLY, ROWS, TEXTS
from tests.fuzz.zips import Member, pack, traps, unpack

_CHARSETS = (
    *("utf-8", "gbk", "gb2312", "utf-16", "idna", "punycode", "undefined", "rot13", "utf-7"),
    *("unicode_escape", "hz", "mbcs", "iso-2022-kr", "x-user-defined", "utf_8_sig"),
)


_SPARED = ("thumbnail.jpeg", "theme1.xml", "stylesWithEffects.xml", "fontTable.xml", "item1.xml")
"""Members of python-docx's template that say nothing: shortened, as they cost every case time."""


def filled(*blocks: str | Sequence[Sequence[str]]) -> Any:
    """Return a document of python-docx with paragraphs (str) and tables in order."""
    import docx

    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(len(block), len(block[0]))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    return made


def document(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """Write such a document, without the parts that make it large."""
    out = io.BytesIO()
    filled(*blocks).save(out)
    return pack(
        Member(each.name, b"<x/>" if each.name.endswith(_SPARED) else each.data)
        for each in unpack(out.getvalue())
    )


def docx(rng: Random) -> dict[str, bytes]:
    plain = document(*PROPOSAL.split("\n"))
    members = list(unpack(plain))
    body = next(each for each in members if each.name == "word/document.xml")
    others = [each for each in members if each is not body]

    def with_body(xml: bytes) -> bytes:
        return pack([*others, Member(body.name, xml)])

    first = body.data.find(b"<w:p>")
    deep = body.data[:first] + b"<w:sdt><w:sdtContent>" * 120 + body.data[first:]
    table = document("通报", (HEADER, *ROWS), "完")
    found = {
        "plain": plain,
        "reply": document(*REPLY.split("\n")),
        "table": table,
        "form": document((("案由", ROWS[0][1]), ("提案人", "甲委员"), ("内容", ROWS[0][2]))),
        "titles": document(*(row[1] for row in ROWS[:3])),
        "empty": document(),
        "deep": with_body(deep),
        "nested-runs": with_body(body.data.replace(b"<w:r>", b"<w:ins>" * 250 + b"<w:r>", 1)),
        "no-body": with_body(body.data.replace(b"w:body", b"w:nobody")),
        "other-root": with_body(b"<html><body>x</body></html>"),
        "no-document": pack(others),
        "span": with_body(body.data.replace(b"<w:p>", b'<w:tbl><w:tr><w:tc><w:tcPr>'
                                            b'<w:gridSpan w:val="\xef\xbc\x93"/></w:tcPr>', 1)),
        "cut": plain[: rng.randrange(len(plain) // 2, len(plain))],
    }  # fmt: skip
    return found | {f"trap-{name}": data for name, data in traps(members).items()}


def pdf(rng: Random) -> dict[str, bytes]:
    """Write PDF files with reportlab, {} where it is not installed."""
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        return {}
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def written(text: str, pages: int = 1, **options: object) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1, **options)
        for _ in range(pages):
            canvas.setFont("STSong-Light", 12)
            for number, line in enumerate(text.split("\n")):
                canvas.drawString(60, 780 - 20 * number, line)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    plain = written(PROPOSAL, pageCompression=0)
    loop = plain.replace(
        b"/Kids [ ", b"/Kids [ 1 0 R 1 0 R 2 0 R 3 0 R 4 0 R 5 0 R 6 0 R 7 0 R ", 1
    )
    return {
        "plain": plain,
        "reply": written(REPLY, pageCompression=1),
        "pages": written(BULLETIN, 5, pageCompression=0),
        "no-text": written("", pageCompression=0),
        "locked": written(REPLY, encrypt="x"),
        "loop": loop,
        "count": plain.replace(b"/Count 1", b"/Count 99999999"),
        "late": b"\n" * 900 + plain,
        "cut": plain[: rng.randrange(200, len(plain))],
    }


def html(rng: Random) -> dict[str, bytes]:
    def page(inside: str, head: str = "") -> str:
        return f"<html><head><title>通报</title>{head}</head><body>{inside}</body></html>"

    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in (HEADER, *ROWS))
    table = f"<table border=1>{cells}</table>"
    prose = "".join(f"<p>{line}</p>" for line in REPLY.split("\n"))
    found = {
        f"charset-{name}": page(prose, f"<meta charset={name}>").encode() for name in _CHARSETS
    }
    return found | {
        "table": page(table).encode(),
        "prose": page(prose).encode(),
        "gbk": page(table, "<meta charset=gb2312>").encode("gb18030"),
        "utf-16": page(table).encode("utf-16"),
        "spans": page(table.replace("<td>", "<td rowspan=3 colspan=2>", 4)).encode(),
        "wide": page(table.replace("<td>", "<td rowspan=65535 colspan=65535>")).encode(),
        "nested": page("<table><tr><td>" * 200 + table).encode(),
        "deep": page("<div>" * 20_000 + "深").encode(),
        "only-comment": b"<html><!-- -->",
        "odd-entities": page("&#0;&#xD800;&#99999999;&nosuch;&#x1F600;" * 20).encode(),
        "form": page(
            "<table><tr><td>案由</td><td>甲</td></tr></table><select>乙</select>"
        ).encode(),
        "cut": page(table).encode()[: rng.randrange(60, 500)],
    }


def txt(rng: Random) -> dict[str, bytes]:
    found = {f"text-{n}": text.encode() for n, text in enumerate(TEXTS)}
    for encoding in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32", "big5hkscs"):
        found[f"reply-{encoding}"] = REPLY.encode(encoding, "replace")
    return found | {
        "tabbed": "\n".join("\t".join(row[:3]) for row in (HEADER, *ROWS[:3])).encode(),
        "broken-utf-8": REPLY.encode()[:400] + b"\xff\xfe" + REPLY.encode()[400:],
        "half-gbk": REPLY.encode("gb18030")[:301],
        "mixed": REPLY.encode() + PROPOSAL.encode("gb18030"),
        "controls": REPLY.replace("，", "\x1b").encode(),
        "lone-mark": b"\xef\xbb\xbf",
        "odd-utf-16": REPLY.encode("utf-16")[:-1],
        "one-line": (REPLY.replace("\n", "") * 40).encode(),
        "one-letter-lines": ("甲\n" * 4000).encode(),
        "digits": b"1" * 50_000,
        "brackets": ("（" * 8000 + "“" * 8000).encode(),
        "spaces": (" " * 20_000 + "甲").encode(),
        "rtf": b"{\\rtf1 x}",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "cut": REPLY.encode()[: rng.randrange(50, 700)],
    }
