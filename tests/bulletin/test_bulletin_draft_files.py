"""The files of a draft, and the command: docx, Markdown, appendix, refusals."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from nlp.bulletin.draft.appendix import _ids
from nlp.bulletin.draft.records import Record
from nlp.bulletin.draft.year import Item
from nlp.types import RowRef

ROWS = """\
编号,案由,提案人类别,立案情况,承办单位,主题,办理结果,摘要,满意度
1,关于修复北渡石桥的提案,委员提案,立案,交通局,民生福祉,A,已修好3座石桥,满意
2,=HYPERLINK("x")的提案,集体提案,立案,水利局,生态环境,B,@计划明年完成12公里,满意
3,关于*增设*公交站的建议,委员提案,不予立案,,民生福祉,,,
4,关于晨光路照明的建议,委员提案,立案,交通局,民生福祉,再看,,基本满意
"""


@pytest.fixture
def write(capsys, monkeypatch):
    """Run `fenban bulletin write ARGUMENTS`; returns exit code and what was said."""
    from nlp.cli import app, bulletin_write
    from nlp.cli.wording import Command

    single = app.new_app("")
    single.command(cls=Command, help=bulletin_write.ABOUT)(bulletin_write.write)

    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["fenban", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b""), encoding="utf-8"))
        capsys.readouterr()
        code = app.run(single)
        return code, capsys.readouterr().err

    return run


@pytest.fixture
def year(tmp_path) -> Path:
    path = tmp_path / "year.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_all_files_say_the_same_and_the_closing_line_counts_the_gaps(write, year, tmp_path):
    out = tmp_path / "new" / "通报.docx"
    code, err = write(year, "--out", out, "--place", "county", "--as-of", "2025-09-30")
    assert code == 0
    markdown = out.with_suffix(".md").read_text(encoding="utf-8")
    plain = [re.sub(r"^#+ |\\", "", line) for line in markdown.split("\n\n")]
    assert paragraphs(out) == [line.rstrip("\n") for line in plain]
    gaps = markdown.count("【待补充")
    closing = f"共 4 件。已写 {out}、{out.with_suffix('.md')}、{out.with_name('通报_附表.xlsx')}"
    assert f"{closing}；还有 {gaps} 处【待补充】。" in err
    assert "立案情况 ← “立案情况”（列名）" in err
    assert "有 1 处要核对，见附表“待核”。" in err


def test_the_document_looks_like_an_office_paper(write, year, tmp_path):
    out = tmp_path / "b.docx"
    write(year, "--out", out)
    document = Document(str(out))
    title, body = document.paragraphs[0], document.paragraphs[4]
    assert title.alignment == 1
    assert (title.runs[0].font.size.pt, title.runs[0].bold) == (22, True)
    assert title.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    assert body.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    heads = [p for p in document.paragraphs if p._p.pPr.find(qn("w:outlineLvl")) is not None]
    assert [head.text[:2] for head in heads] == [f"{n}、" for n in "一二三四五六"]
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            gap = "【待补充" in run.text
            assert (run.font.highlight_color is not None) == gap
    assert "PAGE" in document.sections[0].footer._element.xml


def test_the_appendix_leads_from_each_mark_to_rows(write, year, tmp_path):
    out = tmp_path / "b.md"
    write(year, "--out", out)
    assert not out.with_suffix(".docx").exists()
    book = load_workbook(tmp_path / "b_附表.xlsx")
    assert book.sheetnames == ["指标", "主题分布", "办理结果", "记录", "待核", "说明"]
    figures = list(book["指标"].iter_rows(min_row=2, values_only=True))
    marks = re.findall(r"〔(表\d+)〕", out.read_text(encoding="utf-8"))
    assert list(dict.fromkeys(row[0] for row in figures)) == marks
    by_name = {row[1]: row for row in figures}
    assert by_name["立案"][2:4] == (3, "件")
    assert by_name["立案"][7] == "1、2、4"
    assert by_name["占比：立案"][2:6] == (75, "%", 3, 4)
    assert [len(book[name]._charts) for name in ("主题分布", "办理结果")] == [1, 1]
    assert [c.value for c in book["主题分布"]["B"][1:]] == [2, 1]
    rows = list(book["记录"].iter_rows(values_only=True))
    head = rows[0]
    assert len(rows) == 5
    assert rows[4][head.index("办理结果")] == "再看"
    assert rows[4][head.index("办理结果（归类）")] == "认不出"
    assert rows[3][0] == "只计入收到"
    checks = [row[:3] for row in book["待核"].iter_rows(min_row=2, values_only=True)]
    assert ("4", "办理结果用语认不出", "再看") in checks


def test_no_cell_runs_as_a_formula(write, year, tmp_path):
    write(year, "--out", tmp_path / "b.md")
    for sheet in load_workbook(tmp_path / "b_附表.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(("=", "@", "+"))


def test_marks_can_be_left_out(write, year, tmp_path):
    out = tmp_path / "b.docx"
    write(year, "--out", out, "--no-marks")
    assert "〔表" not in "".join(paragraphs(out))
    assert "〔表" not in out.with_suffix(".md").read_text(encoding="utf-8")


def test_ids_that_do_not_fit_a_cell_are_cut_with_a_word():
    def item(number: int) -> Item:
        return Item(Record(f"提案第{number:05}号", "", {}, RowRef("f"), {}), {}, "", {})

    few, many = [item(n) for n in range(3)], [item(n) for n in range(5000)]
    assert _ids(few) == "提案第00000号、提案第00001号、提案第00002号"
    assert len(_ids(many)) < 32_000
    assert _ids(many).endswith("…（共 5000 件，其余在“记录”表里按“怎么算”筛选）")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--out", "b.xlsx"], 2, "--out 的结尾应是 .docx、.md 之一"),
        (["--out", "b.docx", "--as-of", "月底"], 2, "--as-of 的“月底”不是日期"),
        (["--out", "b.docx", "--scheme", "没有"], 2, "没有名为“没有”的结果分类"),
        (["--out", "b.docx", "--place", "没有县"], 2, "没有单位目录“没有县”"),
        (["--out", "b.docx", "--column", "结局=x"], 2, "--column 的“结局=x”看不懂"),
        (["--out", "b.docx", "--column", "重点=x"], 1, "找不到“x”这一列"),
        ([], 2, "--out"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_written(
    write, year, tmp_path, monkeypatch, arguments, code, said
):
    monkeypatch.chdir(tmp_path)
    found, err = write(year, *arguments)
    assert found == code
    assert said in err
    assert [path.name for path in tmp_path.iterdir()] == ["year.csv"]


def test_an_input_is_never_overwritten(write, year, tmp_path):
    taken = year.rename(tmp_path / "b.md")
    code, err = write(taken, "--out", tmp_path / "b.docx")
    assert code == 2
    assert "就是输入文件" in err
    assert taken.read_text(encoding="utf-8") == ROWS


def test_an_empty_or_foreign_file_is_a_sentence(write, tmp_path):
    (tmp_path / "空.csv").write_text("", encoding="utf-8")
    (tmp_path / "x.csv").write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    for name, said in (("空.csv", "空文件"), ("x.csv", "没有可用的表"), ("无.xlsx", "找不到文件")):
        code, err = write(tmp_path / name, "--out", tmp_path / "b.docx")
        assert code == 1
        assert said in err
        assert err.count("\n") == 1
    assert not (tmp_path / "b.docx").exists()


def test_what_classify_wrote_can_be_drafted_as_it_is(write, tmp_path, small_router, generic):
    from nlp.batch.outputs import write_out
    from nlp.batch.records import to_record
    from nlp.batch.result import Listed
    from nlp.batch.tally import Tally
    from nlp.batch.workbook import RunFacts
    from nlp.classify.suggest import Options
    from nlp.io.read import read_proposals

    source = tmp_path / "p.csv"
    source.write_text("编号,案由,主办单位\n1,关于增建幼儿园的建议,教育局\n2,,\n", encoding="utf-8")
    tally: Tally = Tally()
    items = small_router.classify(read_proposals(source).items, Options(generic))
    results = Listed(list(tally.watch(items)), to_record)
    facts = RunFacts("p.csv", "m", "", 0.95, (), (), (), ())
    write_out(tmp_path / "year.xlsx", results, tally, lambda: facts)
    code, err = write(tmp_path / "year.xlsx", "--out", tmp_path / "b.docx")
    text = (tmp_path / "b.md").read_text(encoding="utf-8")
    assert code == 0
    assert "共收到提案2件，立案【待补充】件〔表1〕。" in text
    assert "由1个单位承办" in text, "the office's own column, not the model's suggestion"
    assert "1 件的主题是模型判断的，发文前请核对。" in err
