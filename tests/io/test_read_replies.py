"""Replies in every guise: tables by name, content or word, documents, forms, standard input."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.errors import InputError, UsageError
from nlp.io.columns import REPLY_ROLES, guess_columns
from nlp.io.letters import is_letter
from nlp.io.read import ReadOptions, Source, read_proposals, read_replies
from nlp.types import Reply, RowError, RowRef

Make = Callable[..., Path]
SHARED = Path(__file__).parents[3] / "shared"
LETTER = (
    "张三委员：您提出的《关于修路灯的建议》收悉，现答复如下：一是已修复路灯36盏。二是下一步将"
    "加强巡查。感谢您对我县工作的关心和支持！"
)
OTHER = "您好！您反映的公园厕所问题，县住建局已于9月修好，感谢您的来信。"
ASKED = "我们小区门口的路灯坏了半年，晚上黑漆漆的，老人孩子都不敢出门，请尽快派人来修一修。"
HEADER = ("案号", "案由", "答复内容", "联系电话")
ROWS = (
    ("001", "关于修路灯的建议", LETTER, "013800001111"),
    ("002", "关于修公园厕所的建议", OTHER, ""),
)


def _good(source: Source[Reply]) -> list[Reply]:
    items = list(source.items)
    assert all(isinstance(item, Reply) for item in items), items
    return [item for item in items if isinstance(item, Reply)]


def _only_error(source: Source[Reply]) -> RowError:
    (error,) = (item for item in source.items if isinstance(item, RowError))
    return error


def _stdin(text: str | bytes) -> Source[Reply]:
    data = text if isinstance(text, bytes) else text.encode()
    return read_replies("-", stdin=io.BytesIO(data))


def test_workbook(make_xlsx: Make) -> None:
    source = read_replies(make_xlsx((HEADER, *ROWS)))
    first, second = _good(source)
    assert (first.id, first.title, first.body, first.text) == ("001", ROWS[0][1], "", LETTER)
    assert first.source == RowRef("提案.xlsx", "提案", 2)
    assert first.given == dict(zip(HEADER, ROWS[0], strict=True))
    assert second.text == OTHER
    assert "答复 ← “答复内容”（列名）" in source.columns


@pytest.mark.parametrize(
    "head",
    ["答复", "答复内容", "回复", "办理答复", "reply", "Reply", "*答复意见（必填）", "办理情况",
     "承办单位答复", "提案答复", "办理复文"],
)  # fmt: skip
def test_heads_that_say_reply(head: str) -> None:
    assert guess_columns([head], [["甲"]], needed=REPLY_ROLES).roles == {"reply": (0,)}


@pytest.mark.parametrize(
    "head", ["答复时间", "答复单位", "回复人", "是否答复", "答复文号", "回复方式", "回复单位电话"]
)
def test_heads_about_a_reply_are_not_the_reply(head: str) -> None:
    assert "reply" not in guess_columns([head], [["甲"]], needed=REPLY_ROLES).roles


def test_the_text_is_preferred_to_a_class_called_result() -> None:
    rows = [["已解决", LETTER], ["列入计划", OTHER]] * 5
    assert guess_columns(["办理结果", "答复内容"], rows, needed=REPLY_ROLES).roles["reply"] == (1,)
    assert guess_columns(["办理结果", "说明"], rows, needed=REPLY_ROLES).roles["reply"] == (1,)


@pytest.mark.parametrize(
    ("header", "reply", "body"),
    [
        (("a", "b", "c"), 2, None),
        (("编号", "留言", "内容"), 2, (1,)),
        (("编号", "内容", "text"), 2, (1,)),
        (("编号", "留言", "备注"), 2, (1,)),
    ],
)
def test_by_content_when_no_head_says_so(
    header: tuple[str, ...], reply: int, body: tuple[int] | None
) -> None:
    rows = [[f"{n:03d}", f"{n}号：{ASKED}", LETTER if n % 2 else OTHER] for n in range(9)]
    columns = guess_columns(header, rows, needed=REPLY_ROLES)
    assert columns.roles["reply"] == (reply,)
    assert columns.reasons["reply"] == "按内容判断"
    assert columns.roles.get("body") == body
    assert columns.roles["id"] == (0,)


def test_columns_named_by_the_user_are_never_taken() -> None:
    rows = [["1", LETTER], ["2", OTHER]]
    columns = guess_columns(["编号", "内容"], rows, {"body": "内容"}, needed=REPLY_ROLES)
    assert not columns.usable


def test_proposals_never_look_for_replies_by_content() -> None:
    rows = [["关于修路灯的建议", LETTER]]
    assert guess_columns(["案由", "内容"], rows).roles == {"title": (0,), "body": (1,)}


def test_summaries_and_facts_are_no_title_and_no_body(tmp_path: Path) -> None:
    row = {"id": "1", "reply": LETTER, "summary": "已修复路灯36盏，将加强巡查，确保常亮。" * 3}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    (item,) = _good(read_replies(tmp_path / "a.jsonl"))
    assert (item.title, item.body) == ("", "")
    assert item.given["summary"] == row["summary"]


def test_no_reply_column_names_the_heads_and_the_option(make_xlsx: Make) -> None:
    path = make_xlsx([("案号", "案由", "材料"), ("1", "关于修路灯的建议", "同意")])
    with pytest.raises(InputError, match="认不出答复列。表头有：案号、案由、材料") as caught:
        read_replies(path)
    assert "--reply" in caught.value.hint
    (item,) = _good(read_replies(path, ReadOptions({"reply": "C"})))
    assert (item.text, item.title) == ("同意", "关于修路灯的建议")


def test_unknown_override(make_xlsx: Make) -> None:
    with pytest.raises(UsageError, match="--reply"):
        read_replies(make_xlsx((HEADER, *ROWS)), ReadOptions({"reply": "没有"}))


@pytest.mark.parametrize("key", ["title", "proposal_title"])
def test_gold_rows(tmp_path: Path, key: str) -> None:
    row = {"id": "7", key: "关于修路灯的建议", "reply": LETTER, "key_spans": ["a"], "units": []}
    (tmp_path / "a.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    (item,) = _good(read_replies(tmp_path / "a.jsonl"))
    assert (item.id, item.title, item.text) == ("7", "关于修路灯的建议", LETTER)


def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table({"id": ["1"], "message": [ASKED], "reply": [LETTER]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    (item,) = _good(read_replies(tmp_path / "a.parquet"))
    assert (item.id, item.title, item.body, item.text) == ("1", "", ASKED, LETTER)


def test_csv_in_gbk_without_titles(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"编号,回复\n1,{OTHER}\n".encode("gbk"))
    (item,) = _good(read_replies(tmp_path / "a.csv"))
    assert (item.id, item.title, item.text) == ("1", "", OTHER)


def test_empty_reply_is_an_error_in_its_place(make_xlsx: Make) -> None:
    rows = (HEADER, ROWS[0], ("003", "关于修桥的建议", " \n", "1"), ROWS[1])
    items = list(read_replies(make_xlsx(rows)).items)
    assert [type(item).__name__ for item in items] == ["Reply", "RowError", "Reply"]
    error = items[1]
    assert isinstance(error, RowError)
    assert error.message.startswith("答复是空的（“答复内容”列没有内容）")
    assert (error.id, error.title, error.source.row) == ("003", "关于修桥的建议", 3)
    assert error.given["联系电话"] == "1"


def test_short_and_huge_replies_are_replies(tmp_path: Path) -> None:
    huge = "经核实，情况属实。" * 22_222
    (tmp_path / "a.csv").write_text(f"编号,答复\n1,同意\n2,{huge}\n", "utf-8")
    assert [item.text for item in _good(read_replies(tmp_path / "a.csv"))] == ["同意", huge]


def test_beyond_the_largest_cell_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"编号,答复\n1,{'长' * 1_000_001}\n2,{OTHER}\n", "utf-8")
    assert "1000001 个字符" in _only_error(read_replies(tmp_path / "a.csv")).message


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("  一、\r\n二\r\n", "  一、\r\n二\r\n"),
        ("一\r二\u2028三", "一\n二\n三"),
        ("一\x00二\ud800三\r\n", "一\ufeff二\ufeff三\r\n"),
    ],
)
def test_every_character_stays_where_the_file_has_it(tmp_path: Path, given: str, read: str) -> None:
    """Spans of a digest are offsets into the reply as the user's own programs read it."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"reply": given}), "utf-8")
    (item,) = _good(read_replies(tmp_path / "a.jsonl"))
    assert item.text == read
    assert len(item.text) == len(given)


def test_total_rows_are_noted(make_xlsx: Make) -> None:
    source = read_replies(make_xlsx((HEADER, *ROWS, ("合计", "", "", ""))))
    assert len(_good(source)) == 2
    assert any("合计行" in note for note in source.notes)


def test_jsonl_on_standard_input_and_its_bad_lines() -> None:
    line = json.dumps({"id": "1", "reply": LETTER})
    items = list(_stdin(f"\n{line}\nbad\n").items)
    assert [(type(item).__name__, item.id) for item in items] == [
        ("Reply", "1"),
        ("RowError", "r3"),
    ]


def test_text_on_standard_input_is_one_reply_as_given() -> None:
    text = f"\n关于修路灯的建议\n关于修桥的建议\n{LETTER}\n"
    (item,) = _good(_stdin(text))
    assert (item.id, item.title, item.text) == ("r1", "", text)


def test_standard_input_in_gbk_and_empty() -> None:
    assert _good(_stdin(LETTER.encode("gbk")))[0].text == LETTER
    with pytest.raises(InputError, match="fenban summarize"):
        _stdin(b" \n")


def test_documents_are_one_reply_each(make_docx: Make, make_pdf: Make, tmp_path: Path) -> None:
    make_docx("关于《修路灯的建议》的答复", LETTER, name="甲.docx")
    make_pdf(OTHER, name="乙.pdf")
    (tmp_path / "丙.html").write_text(f"<html><p>{OTHER}</p></html>", "utf-8")
    (tmp_path / "丁.txt").write_text(LETTER, "gbk")
    (tmp_path / "空.txt").write_text(" \n", "utf-8")
    items = list(read_replies(tmp_path).items)
    found = {item.id: item for item in items if isinstance(item, Reply)}
    assert set(found) == {"甲", "乙", "丙", "丁"}
    assert {item.title for item in found.values()} == {""}
    assert LETTER in found["甲"].text
    assert found["丁"].text == LETTER
    assert [item.id for item in items if isinstance(item, RowError)] == ["空"]


def test_a_list_of_titles_is_not_split(tmp_path: Path) -> None:
    text = "".join(f"{n}. 关于第{n}条路路灯的建议\n" for n in range(1, 6))
    (tmp_path / "目录.txt").write_text(text, "utf-8")
    (item,) = _good(read_replies(tmp_path / "目录.txt"))
    assert (item.id, item.text) == ("目录", text)
    assert len(list(read_proposals(tmp_path / "目录.txt").items)) == 5


def test_an_exported_list_is_a_table_whatever_it_is_saved_as(
    make_docx: Make, tmp_path: Path
) -> None:
    cells = "".join(f"<tr><td>{a}<td>{b}<td>{c}</tr>" for a, b, c, _ in (HEADER, *ROWS))
    (tmp_path / "a.html").write_text(f"<html><table>{cells}</table></html>", "utf-8")
    make_docx("答复一览", [list(row) for row in (HEADER, *ROWS)], name="a.docx")
    (tmp_path / "a.txt").write_text(f"案号\t答复\n001\t{LETTER}\n002\t{OTHER}\n", "utf-16")
    for name in ("a.html", "a.docx", "a.txt"):
        assert [item.text for item in _good(read_replies(tmp_path / name))] == [LETTER, OTHER]


def test_a_table_enclosed_in_a_letter_stays_its_part(make_docx: Make) -> None:
    table = [["路段", "办理情况"], ["人民路", "已修复路灯36盏"], ["解放路", "月底前修复"]]
    (item,) = _good(read_replies(make_docx(LETTER, LETTER, table, name="信.docx")))
    assert item.id == "信"
    assert "解放路\t月底前修复" in item.text


def test_form_in_a_workbook(make_xlsx: Make) -> None:
    rows = [
        ("提案办理表",),
        ("案号", "12"),
        ("案由", "关于修路灯的建议"),
        ("承办单位", "县住建局"),
        ("答复内容", f"{LETTER}\n建议：常联系。"),
    ]
    (item,) = _good(read_replies(make_xlsx(rows)))
    assert (item.id, item.title) == ("12", "关于修路灯的建议")
    assert item.text == f"{LETTER}\n建议：常联系。"
    assert item.given["承办单位"] == "县住建局"


def test_form_without_a_reply(make_xlsx: Make) -> None:
    rows = [("案号", "12"), ("案由", "关于修路灯的建议"), ("内容", ASKED)]
    error = _only_error(read_replies(make_xlsx(rows)))
    assert (error.id, error.title) == ("12", "关于修路灯的建议")
    assert "没有填答复" in error.message


def test_sheets_without_replies_are_noted(make_xlsx: Make) -> None:
    source = read_replies(make_xlsx((HEADER, *ROWS), 统计=[("单位", "件数"), ("教育局", 3)]))
    assert len(_good(source)) == 2
    assert any("统计" in note and "认不出答复列" in note for note in source.notes)


@pytest.mark.parametrize("text", [LETTER, OTHER, "特此答复。", "留言已收悉，正在核实。"])
def test_letters(text: str) -> None:
    assert is_letter(text)


@pytest.mark.parametrize(
    "text", ["", ASKED, "关于修路灯的建议", "尊敬的领导您好，我家门前没路灯。"]
)
def test_no_letters(text: str) -> None:
    assert not is_letter(text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared data absent")
def test_real_replies_are_all_read() -> None:
    source = read_replies(SHARED / "data" / "replies.csv")
    items = _good(source)
    assert len(items) == 2756
    assert source.notes == []
    assert all(item.title and item.body and item.text for item in items)
