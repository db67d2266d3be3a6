from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.errors import DataError, InputError, UsageError
from nlp.evaluate.load import Vocabulary, load_gold
from nlp.taxonomy import Function, Scheme, Topic

FUNCTIONS = (
    Function("education", "教育", ("教育局",)),
    Function("health", "卫生健康", ("卫健局",)),
    Function("finance", "财政", ("财政局",)),
    Function("water", "水利", ("水务局",)),
)
SCHEME = Scheme("三类", (Topic("livelihood", "民生福祉"), Topic("ecology", "生态环境")))
HEAD = "案号,提案标题,类别,主办单位,会办单位\n"


@pytest.fixture
def words(toy) -> Vocabulary:
    return Vocabulary(toy.directory, FUNCTIONS, SCHEME)


def table(folder, *lines: str, head: str = HEAD):
    file = folder / "去年分办表.csv"
    file.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_table_is_mapped_by_directory_and_scheme(tmp_path, words):
    file = table(
        tmp_path,
        "1,关于改善学校食堂的建议,民生福祉,县教育局,县财政局、县水务局",
        "2,关于清理河道垃圾的建议,ecology,水务局,",
        "3,关于乡村医生的提案,生态环境类、民生福祉,县卫体局,县教育局 县财政局",
    )
    gold = load_gold(file, words)
    assert [(r.id, r.topics, r.lead, r.co) for r in gold.rows] == [
        ("1", ("livelihood",), "education", ("finance", "water")),
        ("2", ("ecology",), "water", ()),
        ("3", ("ecology", "livelihood"), "health", ("education", "finance")),
    ]
    assert gold.rows[0].title == "关于改善学校食堂的建议"
    assert gold.rows[0].place == "试县"


def test_a_unit_of_several_functions_is_its_first_and_noted(tmp_path, words):
    gold = load_gold(table(tmp_path, "1,关于乡村医生的提案,民生福祉,县卫体局,"), words)
    assert gold.rows[0].lead == "health"
    assert any("县卫体局×1" in note and "第一项职能" in note for note in gold.notes)


def test_what_cannot_be_mapped_is_unlabelled_and_noted(tmp_path, words):
    file = table(
        tmp_path,
        "1,关于改善学校食堂的建议,民生福祉,县教育局,火星局、县财政局",
        "2,关于城市路灯的建议,城乡建设,月球局,",
        "3,关于城市公厕的建议,城乡建设,,",
    )
    gold = load_gold(file, words)
    assert [(r.topics, r.lead, r.co) for r in gold.rows] == [
        (("livelihood",), "education", None),
        (None, None, ()),
        (None, None, ()),
    ]
    assert any("城乡建设×2" in note for note in gold.notes)
    assert any("火星局×1" in note and "月球局×1" in note for note in gold.notes)


def test_brackets_and_blanks_stay_in_a_name(tmp_path, words):
    file = table(
        tmp_path,
        "1,关于清理河道的建议,生态环境,县水务局（河长办、防汛办）,",
        "2,关于学校食堂的建议,民生福祉,县 教育局,",
    )
    assert [row.lead for row in load_gold(file, words).rows] == ["water", "education"]


def test_columns_that_are_absent_are_not_labelled(tmp_path, words):
    file = table(tmp_path, "关于改善学校食堂的建议,县教育局", head="案由,主办单位\n")
    row = load_gold(file, words).rows[0]
    assert (row.topics, row.lead, row.co) == (None, "education", None)


def test_a_workbook(tmp_path, words):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    file = tmp_path / "分办表.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("2023")
        sheet.write_row(0, 0, ["案号", "案由", "主办单位"])
        sheet.write_row(1, 0, ["7", "关于改善学校食堂的建议", "县教育局"])
    row = load_gold(file, words).rows[0]
    assert (row.id, row.lead) == ("7", "education")


def test_broken_rows_are_counted(tmp_path, words):
    file = table(tmp_path, "1,关于改善学校食堂的建议,民生福祉,县教育局,", "2,,民生福祉,县教育局,")
    gold = load_gold(file, words)
    assert len(gold.rows) == 1
    assert any("1 行读不出来" in note for note in gold.notes)


def test_a_table_without_labels_is_refused(tmp_path, words):
    file = table(tmp_path, "1,关于改善学校食堂的建议", head="案号,案由\n")
    with pytest.raises(InputError, match="没有认得出的标注"):
        load_gold(file, words)


def test_jsonl_is_read_as_it_is(tmp_path, words):
    line = '{"id": "x", "title": "关于清理河道的建议", "topics": ["ecology"], "lead": "water"}'
    file = tmp_path / "gold.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    gold = load_gold(file, words)
    assert (gold.rows[0].id, gold.rows[0].lead, gold.rows[0].co) == ("x", "water", None)
    assert gold.notes == ()
    assert load_gold(tmp_path, words).rows == gold.rows


def test_faulty_jsonl_is_reported(tmp_path, words):
    (tmp_path / "gold.jsonl").write_text('{"title": 3}\n', encoding="utf-8")
    with pytest.raises(DataError):
        load_gold(tmp_path, words)


def test_a_missing_file(tmp_path, words):
    with pytest.raises(InputError):
        load_gold(tmp_path / "没有.jsonl", words)


def test_an_offices_own_units_stay_as_they_are_written(tmp_path, words):
    file = table(
        tmp_path,
        "1,关于河道巡查的建议,,县河长办公室、县财政局,",
        "2,关于乡村医生的提案,,县卫体局,火星局",
        "3,关于改善学校食堂的建议,,,",
    )
    gold = load_gold(file, replace(words, own_units=True))
    assert [row.lead for row in gold.rows] == ["县河长办公室", "health", None]
    assert gold.rows[1].also == words.directory.functions_of("县卫体局")[1:]
    assert gold.rows[1].co is None


LINE = '{"id": "x", "title": "关于清理河道的建议", "topics": ["ecology"], "lead": "water"}\n'


def test_tables_beside_jsonl_are_read_too(tmp_path, words):
    (tmp_path / "2022.jsonl").write_text(LINE, encoding="utf-8")
    table(tmp_path, "x,关于改善学校食堂的建议,民生福祉,县教育局,")
    (tmp_path / "README.md").write_text("# 说明\n", encoding="utf-8")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    gold = load_gold(tmp_path, words)
    assert [(row.id, row.lead) for row in gold.rows] == [("x", "water"), ("x#2", "education")]
    assert gold.where == ("2022.jsonl 第1行", "去年分办表.csv 第2行")
    assert any("既有 JSONL（1 行）又有表格" in note for note in gold.notes)
    assert any(note.startswith("没有读 坏.xlsx：") for note in gold.notes)


def test_a_folder_of_tables_is_read_as_ever(tmp_path, words):
    table(tmp_path, "1,关于改善学校食堂的建议,民生福祉,县教育局,")
    gold = load_gold(tmp_path, words)
    assert gold.where == ("去年分办表.csv 第2行",)


def test_every_row_knows_where_it_is_from(tmp_path, words):
    file = table(tmp_path, "1,关于食堂,民生福祉,,", "", "2,关于河道,生态环境,,")
    assert load_gold(file, words).where == ("去年分办表.csv 第2行", "去年分办表.csv 第4行")


def test_a_split_of_what_has_none(tmp_path, words):
    (tmp_path / "gold.jsonl").write_text(LINE, encoding="utf-8")
    for path in (tmp_path, tmp_path / "gold.jsonl"):
        with pytest.raises(UsageError, match="--split"):
            load_gold(path, words, split="test")


def test_a_missing_file_whose_folder_is_there(tmp_path, words):
    (tmp_path / "test").mkdir()
    with pytest.raises(InputError, match="找不到") as caught:
        load_gold(tmp_path / "test.jsonl", words)
    assert f"是不是文件夹 {tmp_path / 'test'}" in caught.value.hint
