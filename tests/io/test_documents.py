"""Documents as text and tables in reading order."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from office_samples import ole_container

from nlp.errors import InputError
from nlp.io.documents import read_document
from nlp.io.guard import RATIO_FROM

Make = Callable[..., Path]
BODY = "城东新区五年间交付了十一个小区，入住近两万人，公办园只有一所。"


def test_docx_paragraphs_and_tables_in_order(make_docx: Make) -> None:
    path = make_docx("关于幼儿园的建议", [["年份", "人数"], ["2023", "800"]], "现提出建议。")
    document = read_document(path)
    assert document.text.split("\n") == [
        "关于幼儿园的建议",
        "年份\t人数",
        "2023\t800",
        "现提出建议。",
    ]
    (table,) = document.tables
    assert table.header == ("年份", "人数")
    assert [row.cells for row in table.rows] == [("2023", "800")]


def test_docx_form_becomes_lines(make_docx: Make) -> None:
    path = make_docx([["案　由", "关于幼儿园的建议", "", ""], ["提案人", "张三", "界别", "教育"]])
    document = read_document(path)
    assert document.text.split("\n") == ["案由：关于幼儿园的建议", "提案人：张三", "界别：教育"]
    assert document.tables == ()


def test_docx_tracked_changes_and_content_controls(make_docx: Make, repack: Make) -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run = "<w:r><w:t>{}</w:t></w:r>"
    xml = (
        f"<w:document {w}><w:body><w:sdt><w:sdtContent><w:p>{run.format('控件里')}</w:p>"
        f"</w:sdtContent></w:sdt><w:p><w:ins>{run.format('插入')}</w:ins>"
        f"<w:del><w:r><w:delText>删除</w:delText></w:r></w:del>"
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p></w:body></w:document>"
    )
    path = repack(make_docx("x"), "a.docx", word__document_xml=b"")
    path = repack(path, "b.docx", **{"word__document.xml": xml.encode()})
    assert read_document(path).text == "控件里\n插入甲\t乙\n丙"


def test_docx_vertical_merge_repeats(tmp_path: Path) -> None:
    import docx

    opened = docx.Document()
    table = opened.add_table(3, 2)
    for cell, text in zip(table.rows[0].cells, ("类别", "案由"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "教育"
    table.cell(1, 1).text = "关于小学的建议"
    table.cell(2, 1).text = "关于中学的建议"
    opened.save(str(tmp_path / "a.docx"))
    (read,) = read_document(tmp_path / "a.docx").tables
    assert [row.cells[0] for row in read.rows] == ["教育", "教育"]


@pytest.mark.parametrize("name", ["旧.doc", "假.docx", "a.wps"])
def test_doc_whatever_its_extension(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ole_container("WordDocument"))
    with pytest.raises(InputError, match="旧版 Word 文档") as caught:
        read_document(tmp_path / name)
    assert "另存为 docx" in caught.value.hint


def test_docx_with_a_password(make_docx: Make, tmp_path: Path) -> None:
    from io import BytesIO

    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = BytesIO()
    OOXMLFile(BytesIO(make_docx("甲").read_bytes())).encrypt("secret", sealed)
    (tmp_path / "密.docx").write_bytes(sealed.getvalue())
    with pytest.raises(InputError, match="打开密码"):
        read_document(tmp_path / "密.docx")


def test_truncated_docx(make_docx: Make) -> None:
    path = make_docx("关于幼儿园的建议")
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(InputError, match="提案"):
        read_document(path)


def test_docx_with_broken_xml(make_docx: Make, repack: Make) -> None:
    path = repack(make_docx("x"), "坏.docx", **{"word__document.xml": b"<w:document"})
    with pytest.raises(InputError, match="不是完好的 Word 文档"):
        read_document(path)


def test_docx_bomb(make_docx: Make, repack: Make) -> None:
    path = repack(make_docx("x"), "弹.docx", **{"word__media": b"\0" * (RATIO_FROM + 1)})
    with pytest.raises(InputError, match="压缩炸弹"):
        read_document(path)


def test_docx_external_entity_is_not_fetched(make_docx: Make, repack: Make, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密")
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><w:document xmlns:w="{w}">'
        "<w:body><w:p><w:r><w:t>甲&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    path = repack(make_docx("x"), "外.docx", **{"word__document.xml": xml.encode()})
    assert "机密" not in read_document(path).text


def test_empty_docx(make_docx: Make) -> None:
    with pytest.raises(InputError, match="里没有文字"):
        read_document(make_docx(""))


def test_pdf_with_text(make_pdf: Make) -> None:
    document = read_document(make_pdf("关于增建公办幼儿园的建议", BODY))
    assert document.text.split("\n") == ["关于增建公办幼儿园的建议", BODY]


def test_scanned_pdf(make_pdf: Make) -> None:
    with pytest.raises(InputError, match="扫描件") as caught:
        read_document(make_pdf())
    assert "OCR" in caught.value.hint


def test_pdf_with_a_password(make_pdf: Make) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = make_pdf("甲", encrypt=StandardEncryption("secret"))
    with pytest.raises(InputError, match="打开密码"):
        read_document(path)


def test_damaged_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing here")
    with pytest.raises(InputError, match="不是完好的 PDF。 请重新下载"):
        read_document(tmp_path / "a.pdf")


def test_html_drops_scripts_and_menus(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(
        (
            '<html><head><meta charset="gbk"><title>县政协</title><style>p{}</style></head><body>'
            "<nav>首页 联系我们</nav><script>var x=1</script><h1>关于路灯的建议</h1>"
            "<p>路灯<b>坏了</b><br>请修。</p><!-- 注 --><footer>版权</footer></body></html>"
        ).encode("gbk")
    )
    document = read_document(tmp_path / "a.html")
    assert document.title == "县政协"
    assert document.text == "关于路灯的建议\n路灯坏了\n请修。"


def test_html_whose_declared_charset_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_bytes('<meta charset="utf-8"><p>关于路灯的建议'.encode("gbk"))
    assert read_document(tmp_path / "a.htm").text == "关于路灯的建议"


def test_html_data_table(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><table><tr><td><table><tr><th>案由<th>类别</tr><tr><td>关于路灯的建议<td>城建</tr>"
        "</table></td></tr></table></html>",
        "utf-8",
    )
    (table,) = read_document(tmp_path / "a.html").tables
    assert table.header == ("案由", "类别")


def test_text_in_gbk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("关于路灯的建议\r\n路灯坏了。".encode("gbk"))
    assert read_document(tmp_path / "a.txt").text == "关于路灯的建议\n路灯坏了。"


def test_blank_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n\t\n")
    with pytest.raises(InputError, match="没有文字"):
        read_document(tmp_path / "a.txt")


def test_ofd_and_odd_zips_are_named(tmp_path: Path) -> None:
    for inner, words in (("OFD.xml", "OFD"), ("a.txt", "压缩包")):
        with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
            archive.writestr(inner, "x")
        with pytest.raises(InputError, match=words):
            read_document(tmp_path / "a.docx")
