"""HTML, XML and Word parts that refer elsewhere, expand, or claim absurd numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.errors import InputError, UsageError
from nlp.io import guard
from nlp.io.documents import read_document
from nlp.io.encoding import decode, known_charset
from nlp.io.tables import read_tables
from nlp.io.tags import MAX_ATTRIBUTES

Make = Callable[..., Path]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "urn:schemas-microsoft-com:office:spreadsheet"
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 30}">' for n in range(1, 9))
BOMB = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "{"A" * 100}">{LAUGHS}]>'
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e8 "{"A" * 3000}">]>'


def word(body: str, head: str = "") -> dict[str, bytes]:
    xml = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return {"word__document.xml": xml.encode()}


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheetml(path: Path, cells: str, head: str = "") -> Path:
    path.write_text(
        f'{head}<Workbook xmlns="{S}" xmlns:ss="{S}"><Worksheet ss:Name="a"><Table>'
        '<Row><Cell><Data ss:Type="String">案由</Data></Cell><Cell><Data>内容</Data></Cell></Row>'
        f"{cells}</Table></Worksheet></Workbook>",
        "utf-8",
    )
    return path


@pytest.mark.parametrize("head", [BOMB, QUADRATIC])
def test_entities_do_not_expand_in_word(make_docx: Make, repack: Make, head: str) -> None:
    body = paragraph("关于路灯的建议" + "&e8;" * 2000)
    path = repack(make_docx("x"), "b.docx", **word(body, head))
    try:
        text = read_document(path).text
    except InputError:
        return
    assert text == "关于路灯的建议"


@pytest.mark.parametrize("head", [BOMB, QUADRATIC])
@pytest.mark.parametrize("part", ["xl__workbook.xml", "xl__styles.xml"])
def test_entities_do_not_expand_in_workbooks(
    make_xlsx: Make, repack: Make, head: str, part: str
) -> None:
    import zipfile

    path = make_xlsx()
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(part.replace("__", "/")).decode().split("?>")[-1]
    at = xml.rindex("</")
    bad = f"{head}{xml[:at]}<q>{'&e8;' * 2000}</q>{xml[at:]}".encode()
    try:
        (table,) = read_tables(repack(path, "b.xlsx", **{part: bad}))
    except InputError:
        return
    assert len(list(table.rows)) == 3


@pytest.mark.parametrize("head", [BOMB, QUADRATIC])
def test_entities_do_not_expand_in_xml_tables(tmp_path: Path, head: str) -> None:
    row = "<Row><Cell><Data>关于路灯的建议&e8;</Data></Cell></Row>"
    path = sheetml(tmp_path / "a.xls", row, head)
    try:
        (table,) = read_tables(path)
    except InputError:
        return
    assert "AAA" not in str([row.cells for row in table.rows])


def test_an_external_entity_of_an_xml_table_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密")
    head = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    path = sheetml(tmp_path / "a.xls", "<Row><Cell><Data>路灯&x;</Data></Cell></Row>", head)
    (table,) = read_tables(path)
    assert [row.cells for row in table.rows] == [("路灯&x;",)]


@pytest.mark.parametrize("number", ["x", "", "1e9", "-5", "３", "9" * 5000, "99999999999"])
@pytest.mark.parametrize("name", ["Index", "MergeDown", "MergeAcross"])
def test_absurd_numbers_in_xml_tables(tmp_path: Path, name: str, number: str) -> None:
    cells = f'<Row><Cell ss:{name}="{number}"><Data>关于路灯的建议</Data></Cell></Row>'
    (table,) = read_tables(sheetml(tmp_path / "a.xls", cells))
    assert "关于路灯的建议" in [cell for row in table.rows for cell in row.cells]


@pytest.mark.parametrize("number", ["x", "", "²", "-5", "9" * 5000])
def test_absurd_spans_in_pages_and_documents(
    tmp_path: Path, make_docx: Make, repack: Make, number: str
) -> None:
    page = f"<html><table><tr><td rowspan={number!r} colspan={number!r}>甲<td>乙<tr><td>丙</table>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert "丙" in read_document(tmp_path / "a.html").text
    span = f'<w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>'
    table = f"<w:tbl><w:tr><w:tc>{span}{paragraph('甲')}</w:tc></w:tr></w:tbl>"
    path = repack(make_docx("x"), "b.docx", **word(table + paragraph("丙")))
    assert "丙" in read_document(path).text


def test_spans_cannot_blow_a_small_file_up(tmp_path: Path, make_docx: Make, repack: Make) -> None:
    row = "<tr>" + "<td rowspan=1000 colspan=1000>甲</td>" * 30 + "</tr>"
    (tmp_path / "a.html").write_text(f"<html><table>{row * 500}</table></html>", "utf-8")
    with pytest.raises(InputError, match="合并单元格"):
        read_document(tmp_path / "a.html")
    across = '<Row><Cell ss:MergeAcross="1000"><Data>甲</Data></Cell></Row>' * 6000
    with pytest.raises(InputError, match="合并单元格"):
        read_tables(sheetml(tmp_path / "a.xls", across))
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr>{paragraph("甲")}</w:tc>'
    table = f"<w:tbl>{f'<w:tr>{cell * 20}</w:tr>' * 300}</w:tbl>"
    with pytest.raises(InputError, match="合并单元格"):
        read_document(repack(make_docx("x"), "b.docx", **word(table)))


def test_a_long_text_is_not_repeated_for_ever(
    make_docx: Make, repack: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_REPEATED", 100_000)
    top = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("长" * 2000)}</w:tc>'
    below = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
    table = f"<w:tbl><w:tr>{top}</w:tr>{below * 60}</w:tbl>"
    with pytest.raises(InputError, match="合并单元格"):
        read_document(repack(make_docx("x"), "b.docx", **word(table)))


def test_a_page_that_refers_elsewhere_gives_its_text_only(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("机密")
    (tmp_path / "a.html").write_text(
        '<html><head><base href="http://192.0.2.1/"><link rel=stylesheet href="a.css">'
        '<meta http-equiv="refresh" content="0;url=http://192.0.2.1/"></head><body>'
        '<img src="http://192.0.2.1/i.png" alt="图"><script src="x.js"></script>'
        f'<iframe src="file://{tmp_path}/secret.txt">框</iframe><h1>关于路灯的建议</h1>'
        f'<object data="file://{tmp_path}/secret.txt"></object></body></html>',
        "utf-8",
    )
    assert read_document(tmp_path / "a.html").text == "关于路灯的建议"


def test_macros_and_external_links_are_not_followed(
    make_docx: Make, make_xlsx: Make, repack: Make
) -> None:
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" TargetMode="External" Target="http://192.0.2.1/t.dotm" Type="http:'
        b'//schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b"</Relationships>"
    )
    extra = {"word__vbaProject.bin": b"macro", "word___rels__settings.xml.rels": link}
    path = repack(make_docx("关于路灯的建议"), "b.docx", **extra)
    assert read_document(path).text == "关于路灯的建议"
    links = {"xl__vbaProject.bin": b"macro", "xl__externalLinks___rels__e.xml.rels": link}
    assert len(list(read_tables(repack(make_xlsx(), "b.xlsm", **links))[0].rows)) == 3


@pytest.mark.parametrize("target", [b"../../../../etc/passwd", b"file:///etc/passwd"])
def test_a_document_part_outside_the_archive_is_not_read(
    make_docx: Make, repack: Make, target: bytes
) -> None:
    import zipfile

    path = make_docx("x")
    with zipfile.ZipFile(path) as archive:
        links = archive.read("_rels/.rels")
    changed = links.replace(b"word/document.xml", target)
    assert changed != links
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_name("b.docx"), "w") as new:
        for member in old.namelist():
            new.writestr(member, changed if member == "_rels/.rels" else old.read(member))
    with pytest.raises(InputError, match="不是完好的 Word 文档"):
        read_document(path.with_name("b.docx"))


@pytest.mark.parametrize("blank", [" ", "\n", "/"])
def test_a_tag_of_too_many_attributes(tmp_path: Path, blank: str) -> None:
    many = blank.join(f"a{n}" + ('=">"' if n % 2 else "") for n in range(MAX_ATTRIBUTES + 2))
    (tmp_path / "a.html").write_text(f"<html><body><p {many}>关于路灯的建议</p>", "utf-8")
    with pytest.raises(InputError, match="个属性"):
        read_document(tmp_path / "a.html")


def test_long_scripts_and_pictures_are_no_such_tag(tmp_path: Path) -> None:
    script = "if (a<b) c = d; " * 20_000
    picture = f'<img src="data:image/png;base64,{"A/b=" * 50_000}">'
    comment = f"<!-- <x {'a ' * 9000} -->"
    page = f"<html><script>{script}</script>{comment}{picture}<p>关于路灯的建议"
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert read_document(tmp_path / "a.html").text == "关于路灯的建议"


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<table><tr><td>"])
def test_tags_nested_too_deep_are_told(tmp_path: Path, opening: str) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{opening * 30_000}关于路灯的建议", "utf-8")
    with pytest.raises(InputError, match="套得太深"):
        read_document(tmp_path / "a.html")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE html [<!ENTITY a "x">]><html><body>关于&a;路灯',
        "<!-- 前 --><html><body>关于路灯<!-- 后 --></body></html><!-- 末 -->",
        "<svg><script>x</script></svg>关于路灯",
        "<html>" + "<!--" * 100_000,
        "<" * 100_000 + "关于路灯",
    ],
)
def test_odd_pages_are_read_or_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.html").write_text(text, "utf-8")
    try:
        assert read_document(tmp_path / "a.html").text
    except InputError as fault:
        assert "没有文字" in fault.message


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "unicode_escape", "hex", "zlib", "rot13", "？"]
)
def test_codecs_that_are_no_encodings(tmp_path: Path, charset: str) -> None:
    assert known_charset(charset) == ""
    page = f'<html><meta charset="{charset}"><p>关于路灯的建议'
    (tmp_path / "a.html").write_bytes(page.encode("gbk"))
    assert read_document(tmp_path / "a.html").text == "关于路灯的建议"
    with pytest.raises(UsageError, match="不认识的编码"):
        decode(b"abc", name="a", encoding=charset)


@pytest.mark.parametrize("charset", ["utf-8", "GBK", "big5", "utf-16", "hz", "latin-1", "cp1252"])
def test_encodings_are_encodings(charset: str) -> None:
    assert known_charset(charset)


def test_documents_without_their_main_element(make_docx: Make, repack: Make) -> None:
    for xml in (f'<w:document xmlns:w="{W}"/>', f'<w:hdr xmlns:w="{W}"/>', "<x/>"):
        path = repack(make_docx("x"), "b.docx", **{"word__document.xml": xml.encode()})
        with pytest.raises(InputError, match="不是完好的 Word 文档"):
            read_document(path)


def test_a_damaged_title_loses_no_document(make_docx: Make, repack: Make) -> None:
    path = repack(make_docx("关于路灯的建议"), "b.docx", **{"docProps__core.xml": b"<x/>"})
    assert read_document(path).text == "关于路灯的建议"
