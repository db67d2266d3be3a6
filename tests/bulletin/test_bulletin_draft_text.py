"""The words of a draft: sentences, gaps, rates, examples; every number has its rows."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from nlp.bulletin.draft.markdown import to_markdown
from nlp.bulletin.draft.write import DraftOptions, Made, make_draft
from nlp.bulletin.draft.year import Rows, read_day
from nlp.outcomes import load_outcomes
from nlp.places import load_directory
from nlp.taxonomy import shipped_function_keys

PLACE = "place: 云溪县\nlevel: county\nunits:\n  - name: 县水利局\n    functions: [water]\n"
TITLE = "关于修复第{}座石桥的提案"
NUMBER = re.compile(r"\d+(?:\.\d+)?(?=件|%|个)")


@pytest.fixture
def draft(tmp_path):
    """Make a draft of rows, given as one mapping each; numbers and titles are added."""

    def make(items: list[dict[str, str]], **options: object) -> Made:
        path = Path(tmp_path / "year.csv")
        heads = list(dict.fromkeys(head for row in items for head in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["编号", "案由", *heads])
            writer.writeheader()
            for at, row in enumerate(items, 1):
                writer.writerow({"编号": str(at), "案由": TITLE.format(at), **row})
        return make_draft([path], DraftOptions(load_outcomes(), **options))

    return make


def said(made: Made, *, marks: bool = False) -> str:
    return to_markdown(made.draft, marks=marks)


def test_the_basic_sentence_of_such_reports(draft):
    rows = [{"立案情况": "立案", "提案人类别": "委员提案"}] * 334
    rows += [{"立案情况": "立案", "提案人类别": "集体提案"}] * 53
    rows += [{"立案情况": "不予立案", "提案人类别": "委员提案"}] * 31
    text = said(draft(rows))
    assert "共收到提案418件，立案387件，立案率92.6%。其中，委员提案334件、集体提案53件。" in text
    assert "未单独立案的，不予立案31件。" in text


def test_results_have_counts_shares_and_one_example(draft):
    rows = [{"办理结果": "A", "摘要": "", "重点": ""}] * 190
    rows += [
        {"办理结果": "A", "摘要": "已修好3座", "重点": "", "案由": "石桥太旧", "提案人": "民盟支部"}
    ]
    rows += [{"办理结果": "B", "摘要": "拟改造12公里，2026年完工", "重点": ""}]
    rows += [{"办理结果": "B", "摘要": "已列入计划", "重点": "是"}] * 10
    rows += [{"办理结果": "C", "摘要": "", "重点": ""}] * 2
    text = said(draft(rows, rows=Rows.HANDLED))
    assert "共承办提案204件。" in text
    assert "（一）提案所提问题已经解决或基本解决的191件，占已有结果提案的93.6%。" in text
    assert "例如，民盟支部提出的《石桥太旧》的提案，已修好3座。" in text
    assert "（二）提案所提问题列入计划、逐步解决的11件，占已有结果提案的5.4%。" in text
    assert f"例如，《{TITLE.format(193)}》，已列入计划。" in text, "key ones go first"
    assert "（三）提案所提问题受条件限制、暂时难以解决的2件，占已有结果提案的1%。" in text
    assert "（四）重点提案办理情况。重点提案中，列入计划逐步解决的10件，均已计入以上各类。" in text
    assert text.count("【待补充：这一类的例子") == 1


def test_a_person_is_a_member_only_if_the_data_say_so(draft):
    base = {"办理结果": "A", "摘要": "已修好"}
    one = said(draft([base | {"提案人": "林向禾", "提案人类别": "委员提案"}]))
    assert "例如，林向禾委员提出的《" in one
    assert "例如，林向禾提出的《" in said(draft([base | {"提案人": "林向禾"}]))
    party = {"提案人": "民盟云溪县支部", "提案人类别": "个人"}
    assert "例如，民盟云溪县支部提出的《" in said(draft([base | party]))


def test_nothing_known_means_gaps_only(draft):
    made = draft([{"备注": "x"}] * 3)
    text = said(made)
    assert "共收到提案3件，立案【待补充】件。" in text
    assert "截至【待补充：日期】，已办理提案【待补充】件，面商率【待补充】" in text
    assert made.draft.gaps == text.count("【待补充") == 20
    assert [fact.text for _, fact in made.draft.facts()] == ["3"]
    assert any("没有立案情况，全部 3 件按收到的计" in note for note in made.notes)


def test_rates_are_given_only_where_every_row_says_so(draft):
    full = [{"面商": "是", "满意度": "满意"}] * 2 + [{"面商": "否", "满意度": "不满意"}]
    assert "面商率66.7%，办复率【待补充】，满意率66.7%。" in said(draft(full))
    assert "面商率【待补充】" in said(draft([*full, {"面商": "", "满意度": ""}]))
    strange = said(draft([*full, {"面商": "是", "满意度": "一般般"}]))
    assert "面商率75%" in strange
    assert "满意率【待补充】" in strange
    assert "满意和基本满意率75%" in said(draft([*full, {"面商": "是", "满意度": "基本满意"}]))


def test_replies_count_up_to_the_day(draft):
    rows = [{"答复日期": day} for day in ("2025-08-01", "2025/9/30", "2025年10月8日", "", "尽快")]
    made = draft(rows, as_of="2025-09-30")
    assert "截至2025年9月30日，" in said(made)
    assert "办复率40%" in said(made)
    assert [(d.key, d.done) for d in made.year.doubts] == [("3", "按未答复计"), ("5", "按没有填计")]


def test_problems_are_counted_facts(draft):
    rows = [
        {
            "办理时限": "2025-07-31",
            "答复日期": "2025-08-02",
            "反馈": "不满意",
            "办理状态": "已办结",
        },
        {"办理时限": "2025-07-31", "答复日期": "", "反馈": "", "办理状态": "办理中"},
        {"办理时限": "2025-12-31", "答复日期": "", "反馈": "", "办理状态": "办理中"},
    ]
    text = said(draft(rows, as_of="2025-09-30"))
    assert "答复超过办理时限的1件、到期没有答复的1件、尚在办理的2件、委员反馈不满意的1件。" in text
    assert "到期没有答复" not in said(draft(rows)), "without a day nothing is overdue yet"


def test_unknown_words_are_kept_listed_and_never_put_into_a_class(draft):
    rows = [{"立案情况": "立案", "办理结果": "A"}, {"立案情况": "立案", "办理结果": "另案处理"}]
    rows += [{"立案情况": "再议", "办理结果": ""}]
    made = draft(rows)
    text = said(made)
    assert "共收到提案3件，立案2件" in text
    assert "已经解决或基本解决的1件，占已办理提案的50%" in text
    assert "有的没有填立案情况或认不出" in text
    assert "有的办理结果认不出" in text
    listed = [(doubt.key, doubt.about, doubt.found) for doubt in made.year.doubts]
    assert listed == [("2", "办理结果用语认不出", "另案处理"), ("3", "立案情况用语认不出", "再议")]


def test_topics_are_counted_once_by_the_first_and_the_largest_first(draft):
    topics = ["民生福祉、产业经济", "民生福祉", "ecology", "", "文教类"]
    text = said(draft([{"主题": topic} for topic in topics]))
    assert (
        "按主题分，民生福祉类提案2件，占40%；生态环境类提案1件，占20%；文教类提案1件，占20%。"
        "【待补充：有的没有标主题，见附表“待核”】"
    ) in text


def test_units_are_named_in_one_form_by_the_directory(draft):
    rows = [{"承办单位": name} for name in ("县教育局", "教育局", "水利局、县教育局")]
    county = load_directory("county", shipped_function_keys())
    assert "由2个单位承办。" in said(draft(rows, directory=county))
    assert "由3个单位承办。" in said(draft(rows))
    assert said(draft(rows, directory=county)).startswith("# 【待补充：地名】"), "县级通用 is none"


def test_the_title_names_place_and_year(draft, tmp_path):
    file = tmp_path / "place.yaml"
    file.write_text(PLACE, encoding="utf-8")
    place = load_directory(file, shipped_function_keys())
    rows = [{"年度": "2025"}, {"年度": "2025年度"}]
    made = draft(rows, directory=place, kind="suggestion")
    assert said(made).startswith("# 云溪县2025年人大代表建议办理情况的报告\n")
    mixed = said(draft([*rows, {"年度": "2024"}], directory=place))
    assert mixed.startswith("# 云溪县【待补充：年度】政协提案办理情况的通报\n")


def test_suggestions_of_deputies(draft):
    kinds = ("个人", "代表联名", "代表团", "个人")
    text = said(draft([{"提出形式": kind, "办理结果": "A"} for kind in kinds], kind="suggestion"))
    assert "共收到建议4件。其中，代表个人提出的2件、代表联名提出的1件、代表团提出的1件。" in text
    assert "（一）建议所提问题已经解决或基本解决的4件，占已办理建议的100%。" in text
    assert "提案" not in text


def test_every_number_of_a_sentence_is_a_fact_with_its_rows(draft):
    rows = [
        {
            "立案情况": ("立案", "立案", "并案", "立案")[n % 4],
            "提案类型": ("委员提案", "集体提案")[n % 2],
            "办理结果": ("A", "B", "C", "D")[n % 5 % 4],
            "面商": ("是", "否")[n % 2],
            "承办单位": ("教育局", "水利局")[n % 2],
            "主题": ("产业经济", "民生福祉")[n % 2],
            "重点": ("", "是")[n % 7 == 0],
            "满意度": "满意",
        }
        for n in range(50)
    ]
    made = draft(rows)
    keys = {item.key for item in made.year.items}
    for sentence in made.draft.sentences():
        values = [fact.text.rstrip("%") for fact in sentence.facts]
        assert NUMBER.findall(sentence.text) == values, sentence.text
        assert bool(sentence.mark) == bool(sentence.facts)
        for fact in sentence.facts:
            rows_of = [item.key for item in fact.items]
            assert len(set(rows_of)) == len(rows_of)
            assert set(rows_of) <= keys
            if fact.base is not None:
                assert fact.value == pytest.approx(100 * len(rows_of) / fact.base, abs=0.0501)
            elif fact.name != "handling_units":
                assert fact.value == len(rows_of)
    marks = [sentence.mark for sentence in made.draft.sentences() if sentence.mark]
    assert marks == list(range(1, len(marks) + 1))
    assert "立案率76%〔表1〕。" in said(made, marks=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025.9.30", "2025-09-30"),
        ("2025年9月30日", "2025-09-30"),
        ("今年底", ""),
        ("2025-13-1", ""),
    ],
)
def test_days_that_users_write(text, day):
    assert read_day(text) == day
