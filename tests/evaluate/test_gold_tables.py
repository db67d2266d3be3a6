"""Tables as offices have them: title rows, merged heads, sheets of years, several units a cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
import xlsxwriter

from nlp.evaluate.gold.office import Vocabulary
from nlp.evaluate.load import load_gold
from nlp.places import Directory, Unit
from nlp.taxonomy import Function, Scheme, Topic

FUNCTIONS = (
    Function("education", "教育", ("教育局",)),
    Function("health", "卫生健康", ("卫健局",)),
    Function("finance", "财政", ("财政局",)),
    Function("water", "水利", ("水务局",)),
)
SCHEME = Scheme(
    "三类",
    (
        Topic("livelihood", "民生福祉"),
        Topic("ecology", "生态环境"),
        Topic("governance", "社会治理"),
    ),
)


@pytest.fixture
def words() -> Vocabulary:
    units = (Unit("县教育局", (), ("education",)), Unit("县水务局", (), ("water",)))
    return Vocabulary(Directory("试县", "county", units), FUNCTIONS, SCHEME)


def book(folder, *sheets, name="分办表.xlsx"):
    """Write sheets given as (name, function of the sheet)."""
    file = folder / name
    with xlsxwriter.Workbook(str(file)) as out:
        for title, write in sheets:
            write(out.add_worksheet(title))
    return file


def printed(sheet):
    """A printed list: a title over all columns, heads of two rows, a total at its foot."""
    sheet.merge_range(0, 0, 0, 5, "试县政协提案分办一览表")
    for column, head in enumerate(("序号", "提案标题", "类别")):
        sheet.merge_range(1, column, 2, column, head)
    sheet.merge_range(1, 3, 1, 5, "办理单位")
    sheet.write_row(2, 3, ["主办单位", "会办单位", "协办单位"])
    sheet.write_row(3, 0, [1, "关于改善学校食堂的提案", "民生福祉", "县教育局", "卫健局、财政局"])
    sheet.write_row(4, 0, [2, "关于清理河道的提案", "生态环境类", "县水务局", "无", "县教育局"])
    sheet.write_row(5, 0, ["合计", "", "", "", "", ""])


def plain(sheet):
    sheet.write_row(0, 0, ["案号", "案由", "提案类别", "承办单位"])
    sheet.write_row(1, 0, ["1", "关于农村饮水的建议", "民生福祉", "主办：水务局；会办：财政局"])
    sheet.write_row(2, 0, ["9", "关于乡村医生的建议", "民生福祉", "卫健局"])


def test_a_printed_list_with_merged_heads(tmp_path, words):
    gold = load_gold(book(tmp_path, ("2022年", printed)), words)
    assert [(r.id, r.topics, r.lead, r.co, r.year, r.kind) for r in gold.rows] == [
        ("1", ("livelihood",), "education", ("health", "finance"), 2022, "proposal"),
        ("2", ("ecology",), "water", ("education",), 2022, "proposal"),
    ]
    assert gold.where == ("分办表.xlsx 表“2022年” 第4行", "分办表.xlsx 表“2022年” 第5行")


def test_sheets_of_several_years_are_read_together(tmp_path, words):
    gold = load_gold(book(tmp_path, ("2022年", printed), ("2023年", plain)), words)
    assert [(r.id, r.year) for r in gold.rows] == [
        ("1", 2022),
        ("2", 2022),
        ("1#2", 2023),
        ("9", 2023),
    ]
    (note,) = [note for note in gold.notes if "编号重复" in note]
    assert "1×2（分办表.xlsx 表“2022年” 第4行，分办表.xlsx 表“2023年” 第2行）" in note


def test_one_cell_may_hold_lead_and_co_handlers(tmp_path, words):
    rows = load_gold(book(tmp_path, ("表", plain)), words).rows
    assert [(row.lead, row.co) for row in rows] == [("water", ("finance",)), ("health", None)]


def test_years_come_from_the_column_the_sheet_or_the_file(tmp_path, words):
    def sheet(one):
        one.write_row(0, 0, ["案由", "类别", "年度", "提案类型"])
        one.write_row(1, 0, ["关于农村饮水的提案", "民生福祉", "2019年度", "集体提案"])
        one.write_row(2, 0, ["关于河道清淤的建议", "生态环境", "", "代表建议"])

    rows = load_gold(book(tmp_path, ("表", sheet), name="2021年分办.xlsx"), words).rows
    assert [(r.year, r.kind) for r in rows] == [(2019, "proposal"), (2021, "suggestion")]


def written(folder, *lines, name="表.csv", encoding="utf-8"):
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding=encoding)
    return file


@pytest.mark.parametrize("mark", ["", "nan", "NaN", "无", "-", "/", "——", "（无）"])
def test_marks_for_nothing_are_not_labelled_and_counted(tmp_path, words, mark):
    file = written(
        tmp_path,
        "案由,类别,主办单位,会办单位",
        f"关于学校食堂的提案,{mark},{mark},{mark}",
        "关于河道清淤的提案,生态环境,县水务局,",
    )
    gold = load_gold(file, words)
    assert (gold.rows[0].topics, gold.rows[0].lead, gold.rows[0].co) == (None, None, ())
    said = [note for note in gold.notes if "按没有标注计" in note]
    assert [note.split("是空的")[0] for note in said] == ["有 1 行的类别", "有 1 行的主办单位"]
    assert all("表.csv 第2行" in note for note in said)


def test_strange_words_are_named_with_rows_and_the_closest_known_one(tmp_path, words):
    file = written(
        tmp_path,
        "案由,类别,主办单位",
        "关于学校食堂的提案,民生福利,县教肓局",
        "关于路灯的提案,城乡建设,县水务局",
        "关于公厕的提案,城乡建设,县水务局",
    )
    gold = load_gold(file, words)
    (topics,) = [note for note in gold.notes if "主题方案" in note]
    assert "城乡建设×2（表.csv 第3、4行）" in topics
    assert "民生福利×1（表.csv 第2行）（是否 民生福祉？）" in topics
    (units,) = [note for note in gold.notes if "认不出职能" in note]
    assert "县教肓局×1（表.csv 第2行）（是否 县教育局？）" in units


def test_usual_other_words_for_topics_are_taken_and_told(tmp_path, words):
    lines = ("民生", "民生类", "生态；民生", "民生福祉", "livelihood", "治理", "农业")
    rows = [f"关于第{n}件事的提案,{word}" for n, word in enumerate(lines)]
    gold = load_gold(written(tmp_path, "案由,类别", *rows), words)
    assert [row.topics for row in gold.rows] == [
        ("livelihood",),
        ("livelihood",),
        ("ecology", "livelihood"),
        ("livelihood",),
        ("livelihood",),
        ("governance",),
        None,
    ]
    (told,) = [note for note in gold.notes if "按别称计" in note]
    assert told.startswith("有 3 种类别写法按别称计（民生×3（表.csv 第2、3、4行）→民生福祉、")


def test_a_scheme_of_one_s_own_has_its_own_words(tmp_path, words):
    topics = (
        Topic("people", "民生改善", aliases=("群众", "群众类", "产业")),
        Topic("industry", "产业经济"),
    )
    rows = [
        f"关于第{n}件事的提案,{w}" for n, w in enumerate(("群众", "群众类", "民生", "产业", "经济"))
    ]
    file = written(tmp_path, "案由,类别", *rows)
    for ordered in (topics, topics[::-1]):
        gold = load_gold(file, replace(words, scheme=Scheme("两类", ordered)))
        found = [row.topics and row.topics[0] for row in gold.rows]
        assert found == ["people", "people", None, "people", "industry"]


def test_further_units_of_a_lead_cell_are_noted(tmp_path, words):
    gold = load_gold(written(tmp_path, "案由,主办单位", "关于水厂的提案,县水务局、县教育局"), words)
    assert (gold.rows[0].lead, gold.rows[0].co) == ("water", None)
    assert any("不止一个" in note and "表.csv 第2行" in note for note in gold.notes)


def test_a_second_column_of_leads_fills_the_gaps(tmp_path, words):
    file = written(
        tmp_path,
        "案由,主办单位,承办单位",
        "关于水厂的提案,,县水务局",
        "关于学校的提案,县教育局,县水务局",
    )
    assert [row.lead for row in load_gold(file, words).rows] == ["water", "education"]


def test_the_contract_as_a_data_frame_writes_it(tmp_path, words):
    file = written(
        tmp_path,
        "id,title,topics,lead,co",
        "a,关于食堂,\"['livelihood', 'governance']\",education,\"['finance']\"",
        "b,关于河道,nan,nan,nan",
    )
    assert [(r.id, r.topics, r.lead, r.co) for r in load_gold(file, words).rows] == [
        ("a", ("livelihood", "governance"), "education", ("finance",)),
        ("b", None, None, ()),
    ]


def test_unreadable_rows_are_named(tmp_path, words):
    gold = load_gold(written(tmp_path, "案由,类别,案号", ",民生福祉,7", "关于水,生态环境,8"), words)
    (note,) = [note for note in gold.notes if "读不出来" in note]
    assert "表.csv 第2行：标题和正文都是空的" in note
    assert "。；" not in note
    assert "。）" not in note
    assert (gold.unread, len(gold.rows)) == (1, 1)


def test_foreign_categories_are_set_against_the_schemes(tmp_path, words):
    from nlp.errors import InputError

    file = written(tmp_path, "案由,类别", "关于水,农林水", "关于学校,科教文卫")
    with pytest.raises(InputError, match="没有认得出的标注") as caught:
        load_gold(file, words)
    assert "农林水×1（表.csv 第2行）" in caught.value.message
    assert "主题方案里有：民生福祉、生态环境、社会治理" in caught.value.message
    assert "--base" in caught.value.hint


def test_objects_under_chinese_heads_are_a_table(tmp_path, words):
    file = written(
        tmp_path,
        '{"编号": "1", "案由": "关于食堂", "类别": "民生福祉", "会办单位": ["财政局", "卫健局"]}',
        '{"编号": "2", "案由": "关于河道的提案", "类别": NaN}',
        name="表.jsonl",
    )
    gold = load_gold(file, words)
    assert [(r.id, r.topics, r.co) for r in gold.rows] == [
        ("1", ("livelihood",), ("finance", "health")),
        ("2", None, ()),
    ]
    assert gold.where == ("表.jsonl 第1行", "表.jsonl 第2行")


def test_a_unit_that_a_model_has_learned_is_its_own_function(tmp_path, words):
    learned = replace(words, functions=(*words.functions, Function("县河长办", "县河长办")))
    file = written(tmp_path, "案由,主办单位,会办单位", "关于河道巡查,县 河长办,县河长办")
    row = load_gold(file, learned).rows[0]
    assert (row.lead, row.co) == ("县河长办", ("县河长办",))
