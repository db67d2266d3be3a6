"""`fenban summarize` around a digester that is not a model: options, contract, files, faults."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from nlp.cli import summarize as command
from nlp.errors import ModelError
from nlp.outcomes import DEFAULT_SCHEME, load_outcomes
from nlp.summarize.digest import Digest, Flag
from nlp.text.spans import Span
from nlp.types import Outcome, Reply, RowError

LETTER = "张三委员：您的建议收悉，现答复如下：县住建局已修复路灯36盏。感谢您的关心和支持！"
OTHER = "您好！您反映的公园厕所问题，县住建局尽快维修，感谢您的来信。"
TABLE = f"""\
编号,案由,答复内容,联系电话
001,关于修路灯的建议,{LETTER},013800001111
002,关于修公园厕所的建议,{OTHER},
003,关于修桥的建议,,
004,,同意,3
"""
FIELDS = [
    "id", "title", "summary", "spans", "outcome", "outcome_probability", "basis", "figures",
    "units", "unit_spans", "measures", "flags", "method", "note", "model", "error",
]  # fmt: skip


@dataclass
class FakeDigester:
    """Says the first characters of a reply back, and remembers what it was asked."""

    name: str = "fake@12345678"
    options: list = field(default_factory=list)
    folder: str = ""
    encoder: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(spec="ngrams:1-2"))

    def summarize(self, replies: Iterable[Reply | RowError], options) -> Iterator[Digest]:
        # reads ahead, as the real one does
        return self.within(list(replies), options, None)

    def within(self, items: Sequence[Reply | RowError], options, repeats) -> Iterator[Digest]:
        self.options.append(options)
        for item in items:
            yield self._digest(item, options.max_chars)

    def _digest(self, item: Reply | RowError, room: int) -> Digest:
        known = Digest(item.id, item.title, model=self.name, source=item.source, given=item.given)
        if isinstance(item, RowError):
            return replace(known, error=item.message)
        hurried = item.text.find("尽快") >= 0
        return replace(
            known,
            summary=item.text[:room],
            spans=(Span(0, min(room, len(item.text))),),
            outcome=Outcome.PLANNED if hurried else Outcome.SOLVED,
            outcome_probability=0.9,
            flags=(Flag("vague", "只说“尽快”，没有时限。"),) if hurried else (),
        )


@dataclass
class FakeWriter:
    """Writes what it is told for every reply."""

    words: str = "县住建局已修复路灯36盏"
    name: str = "writer"
    asked: list[str] = field(default_factory=list)

    def write(self, replies: Sequence[str], max_chars: int) -> list[str]:
        self.asked.extend(replies)
        return [self.words for _ in replies]


@pytest.fixture
def digester(monkeypatch) -> FakeDigester:
    made = FakeDigester()

    def opened(folder: Path) -> FakeDigester:
        made.folder = folder.name
        return made

    monkeypatch.setattr(command, "open_digester", opened)
    return made


@pytest.fixture
def summarize(fenban, digester):
    """Run `fenban summarize` with the fake."""

    def run(*arguments: object, stdin: bytes = b""):
        return fenban("summarize", *arguments, stdin=stdin)

    return run


@pytest.fixture
def table(tmp_path) -> Path:
    """Four rows, one of them without a reply, one without a title."""
    path = tmp_path / "答复.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_contract(summarize, table):
    ran = summarize(table)
    assert ran.code == 3
    assert [list(record) for record in ran.records] == [FIELDS] * 4
    assert [record["id"] for record in ran.records] == ["001", "002", "003", "004"]
    first, second, bad, short = ran.records
    assert (first["title"], first["outcome"]) == ("关于修路灯的建议", "solved")
    (span,) = first["spans"]
    assert LETTER[span["start"] : span["end"]] == first["summary"]
    assert second["flags"] == [{"code": "vague", "message": "只说“尽快”，没有时限。"}]
    assert bad["error"].startswith("答复是空的（“答复内容”列没有内容）")
    assert (bad["title"], bad["outcome"], bad["summary"]) == ("关于修桥的建议", None, "")
    assert (short["title"], short["summary"], short["error"]) == ("", "同意", None)


def test_talk_on_stderr(summarize, table):
    ran = summarize(table)
    assert "答复 ← “答复内容”（列名）" in ran.err
    assert ran.err.splitlines()[-1] == (
        "共 4 件，完成 3 件，出错 1 件，已解决或基本解决 2 件，列入计划逐步解决 1 件，有提示 1 件。"
    )
    assert summarize(table, "--quiet").err == ""


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_every_form_holds_every_row(summarize, table, tmp_path, ending):
    out = tmp_path / "新" / f"摘要.{ending}"
    ran = summarize(table, "--out", out)
    assert (ran.code, ran.out) == (3, "")
    assert f"结果已写到 {out}" in ran.err
    if ending == "jsonl":
        assert out.read_text("utf-8") == summarize(table).out
        return
    if ending == "csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            ids = [row["编号"] for row in csv.DictReader(file)]
    else:
        book = load_workbook(out)
        assert book.sheetnames[:4] == ["摘要", "待核", "出错", "说明"]
        told = dict(book["说明"].iter_rows(2, max_col=2, values_only=True))
        assert (told["模型"], told["办理结果分类"]) == (
            "fake@12345678",
            load_outcomes(DEFAULT_SCHEME).name,
        )
        ids = [row[0] for row in book["摘要"].iter_rows(2, values_only=True)]
    assert ids == ["001", "002", "003", "004"]


def test_table_on_request(summarize, table):
    ran = summarize(table, "--table")
    for word in ("编号", "摘要", "结果", "提示", "已解决或基本解决", "没有时限", "出错"):
        assert word in ran.out
    assert max(map(len, ran.out.splitlines())) <= 140


def test_options_reach_the_digester(summarize, table, digester):
    summarize(table, "--max-chars", 60, "--numbered", "--scheme", DEFAULT_SCHEME, "--model", "甲")
    (options,) = digester.options
    assert (options.max_chars, options.numbered) == (60, True)
    assert options.scheme == load_outcomes(DEFAULT_SCHEME)
    assert digester.folder == "甲"
    summarize(table)
    assert (digester.options[1].max_chars, digester.options[1].scheme) == (120, None)
    assert digester.folder == "replies"


@pytest.mark.parametrize("value", ["29", "1001", "0", "-5"])
def test_impossible_length(summarize, table, value):
    said = summarize(table, "--max-chars", value).refused(2)
    assert f"--max-chars 是 {value}，应在 30 到 1000 之间" in said


def test_length_that_is_no_number(summarize, table):
    assert "应是整数" in summarize(table, "--max-chars", "多").refused(2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--method", "abstractive"], "--endpoint http"),
        (["--method", "magic"], "extractive、abstractive"),
        (["--method", "abstractive", "--model", "hf:a", "--endpoint", "http://x"], "只能给一个"),
        (["--model", "hf:google/mt5-small"], "--method abstractive"),
        (["--endpoint", "http://127.0.0.1:1"], "--method abstractive"),
        (["--endpoint-model", "qwen"], "--endpoint-model 只和 --endpoint 一起用"),
        (["--allow-remote"], "--allow-remote 只和 --endpoint 一起用"),
        (["--method", "abstractive", "--endpoint", "http://8.8.8.8"], "--allow-remote"),
        (["--scheme", "火星"], "没有名为“火星”的结果分类"),
        (["--reply", "不存在"], "--reply"),
        (["--sheet", "甲", "--encoding", "没有"], "没有"),
        (["--out", "a.doc"], ".xlsx、.csv、.jsonl"),
    ],
)
def test_options_that_make_no_sense(summarize, table, arguments, words):
    assert words in summarize(table, *arguments).refused(2)


def test_missing_digest_model(fenban, table, tmp_path):
    pytest.importorskip("nlp.summarize.files")
    assert fenban("summarize", table, "--model", tmp_path / "没有").refused()


def test_missing_writer(fenban, table, tmp_path):
    arguments = ("--method", "abstractive", "--model", tmp_path / "没有")
    assert fenban("summarize", table, *arguments).refused()


def test_rewriting_keeps_each_text_with_its_digest(summarize, table, monkeypatch):
    writer = FakeWriter()
    monkeypatch.setattr("nlp.summarize.rewrite.writers.open_writer", lambda *_, **__: writer)
    ran = summarize(table, "--method", "abstractive", "--model", "hf:x/y")
    assert ran.code == 3
    assert writer.asked == [LETTER, OTHER, "同意"]
    assert [record["id"] for record in ran.records] == ["001", "002", "003", "004"]
    first, second, bad, _ = ran.records
    assert (first["method"], first["model"]) == ("abstractive", "fake@12345678+writer")
    assert first["summary"].startswith("县住建局已修复路灯36盏")
    assert "36盏" not in second["summary"]  # that reply says nothing of the kind
    assert second["note"]
    assert bad["error"]


def test_which_writer_is_opened(summarize, table, monkeypatch):
    seen: list[tuple] = []

    def opened(model: str = "", *, endpoint: str = "", allow_remote: bool = False) -> FakeWriter:
        seen.append((model, endpoint, allow_remote))
        return FakeWriter()

    monkeypatch.setattr("nlp.summarize.rewrite.writers.open_writer", opened)
    method = ("--method", "abstractive")
    summarize(table, *method, "--model", "hf:x/y")
    summarize(table, *method, "--endpoint", "http://e", "--endpoint-model", "m", "--allow-remote")
    assert seen == [("hf:x/y", "", False), ("m", "http://e", True)]


def test_a_writer_that_fails_is_one_line(summarize, table, monkeypatch, tmp_path):
    class Failing(FakeWriter):
        def write(self, replies, max_chars):
            raise ModelError("连不上。", "请启动。")

    monkeypatch.setattr("nlp.summarize.rewrite.writers.open_writer", lambda *_, **__: Failing())
    out = tmp_path / "果.xlsx"
    ran = summarize(table, "--method", "abstractive", "--endpoint", "http://e", "--out", out)
    assert (ran.code, ran.out) == (1, "")
    assert "错误：连不上。 请启动。" in ran.err
    assert not out.exists()


def test_no_reply_column(summarize, tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("编号,案由\n1,关于修桥的建议\n", encoding="utf-8")
    said = summarize(path).refused()
    assert "认不出答复列。表头有：编号、案由。" in said
    assert "--reply" in said


def test_chosen_columns(summarize, tmp_path):
    path = tmp_path / "表.csv"
    path.write_text(f"甲,乙,丙,丁\n7,同意,关于修桥的建议,{LETTER}\n", encoding="utf-8")
    (record,) = summarize(path, "--reply", "乙", "--title", "C", "--id", "1").records
    assert (record["id"], record["title"], record["summary"]) == ("7", "关于修桥的建议", "同意")


def test_gbk_without_titles(summarize, tmp_path):
    path = tmp_path / "表.csv"
    path.write_bytes(f"编号,回复\n1,{OTHER}\n".encode("gbk"))
    ran = summarize(path)
    assert (ran.code, ran.records[0]["title"]) == (0, "")


def test_a_huge_cell(summarize, tmp_path):
    path = tmp_path / "大.csv"
    path.write_text(f"编号,答复\n1,{'已修好。' * 50_000}\n", encoding="utf-8")
    out = tmp_path / "大.xlsx"
    ran = summarize(path, "--out", out)
    assert ran.code == 0
    assert "已截断" in ran.err


def test_folder_of_letters(summarize, tmp_path):
    import docx

    folder = tmp_path / "信"
    folder.mkdir()
    document = docx.Document()
    document.add_paragraph(LETTER)
    document.save(str(folder / "甲.docx"))
    (folder / "乙.txt").write_text(OTHER, encoding="gbk")
    (folder / "图.png").write_bytes(b"\x89PNG\r\n")
    ran = summarize(folder)
    found = {record["id"]: record for record in ran.records}
    assert ran.code == 3
    assert set(found) == {"甲", "乙", "图"}
    assert found["甲"]["summary"] == LETTER
    assert found["乙"]["title"] == ""
    assert found["图"]["error"]


@pytest.mark.parametrize(
    "data", [LETTER.encode(), LETTER.encode("gbk"), b"\xef\xbb\xbf" + LETTER.encode()]
)
def test_standard_input(summarize, data):
    ran = summarize("-", stdin=data)
    assert (ran.code, [record["summary"] for record in ran.records]) == (0, [LETTER])


def test_jsonl_on_standard_input(summarize):
    lines = [json.dumps({"id": "7", "reply": LETTER}), "{", json.dumps({"reply": ""})]
    ran = summarize("-", stdin="\n".join(lines).encode())
    assert [(r["id"], bool(r["error"])) for r in ran.records] == [
        ("7", False),
        ("r2", True),
        ("r3", True),
    ]


def test_formulas_are_neutralised(summarize, tmp_path):
    path, out = tmp_path / "险.csv", tmp_path / "险出.csv"
    path.write_text("编号,案由,答复\n=1+1,@SUM(A1),-2+3\n", encoding="utf-8")
    summarize(path, "--out", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file)
    assert [cell for cell in row if cell.startswith(("=", "@", "-2"))] == []


@pytest.mark.parametrize("name", ["", "没有.csv"])
def test_inputs_that_are_not_there(summarize, name):
    assert summarize(name).refused(2 if not name else 1)


def test_the_input_is_never_the_output(summarize, table):
    before = table.read_bytes()
    assert "就是输入文件" in summarize(table, "--out", table).refused(2)
    assert table.read_bytes() == before
