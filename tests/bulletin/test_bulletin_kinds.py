"""Reports on suggestions and proposals together, and whose proposals are counted."""

from __future__ import annotations

import pytest

from nlp.bulletin.document import clean_report
from nlp.bulletin.names import statistic_name
from nlp.bulletin.read import read_source
from nlp.bulletin.scoping import paragraph_matter

BOTH = "云汐县人民政府关于2024年人大代表建议和政协提案办理情况的报告"
APART = (
    "代表建议36件，已经解决24件，列入计划12件。代表满意率99%。\n"
    "政协提案84件，其中委员提案60件，集体提案24件，已经解决60件，列入计划24件。委员满意率98%。"
)


def stats(text, title=BOTH):
    return read_source(clean_report(f"{title}\n{text}")).stats


def test_of_both_kinds_only_what_is_said_of_both_is_the_reports():
    found = stats(f"今年共承办建议提案120件，办复率100%。\n{APART}")
    assert {k: v for k, v in found.items() if k != "other"} == {
        "handled": 120,
        "rates": {"replied": 100},
    }
    other = found["other"]
    assert other["outcome_solved_of_suggestions"] == 24
    assert other["outcome_solved_of_proposals"] == 60
    assert other["by_members_of_proposals"] == 60
    assert (other["rate_satisfied_of_suggestions"], other["rate_satisfied_of_proposals"]) == (
        99,
        98,
    )


def test_without_a_total_of_both_the_reports_kind_is_taken():
    found = stats(f"今年共承办政协提案84件。\n{APART}")
    assert found["handled"] == 84
    assert found["outcomes"] == {"solved": 60, "planned": 24}
    assert found["rates"] == {"satisfied": 98}


def test_a_report_on_one_kind_has_no_paragraphs_of_one():
    line = "政协提案84件，其中委员提案60件。"
    assert paragraph_matter(BOTH, line) == "proposal"
    assert paragraph_matter(BOTH, "办理代表建议和政协提案120件。") == ""
    assert paragraph_matter("云汐县政协提案办理情况的报告", line) == ""


def test_figures_of_one_kind_have_chinese_names():
    assert statistic_name("other.outcome_solved_of_proposals") == "其他：已解决或采纳（政协提案）"
    assert statistic_name("other.share_planned") == "其他：占比：列入计划、正在解决"


def test_what_the_title_names_is_counted():
    text = "我厅共承办省政协提案64件，其中被确定为省政协重点提案的2件。"
    own = stats(text, "渚江省水利厅关于2024年省政协提案办理情况的报告")
    assert (own["handled"], own["key"]) == (64, 2)
    assert "handled" not in stats(text, "云汐县水利局关于2024年政协提案办理情况的报告")


@pytest.mark.parametrize(
    ("passed_on", "name"),
    [
        ("另有12件内容较为原则，转作社情民意信息。", "transferred"),
        ("另有12件因属个别诉求，转有关部门参考。", "transferred"),
        ("另有12件内容较为原则，正在核对。", None),
    ],
)
def test_what_became_of_them_stands_behind_the_reason(passed_on, name):
    found = stats(f"共收到提案120件，立案108件。{passed_on}", BOTH.replace("人大代表建议和", ""))
    assert found.get("transferred") == (12 if name else None)


def test_short_news_behind_the_report_are_cut():
    text = (
        "共办理提案120件。\n"
        + "各承办单位高度重视提案办理工作。" * 30
        + "\n云汐快讯\n○县图书馆收到读者建议205条，采纳率达68%。"
    )
    assert stats(text, "云汐县政协提案办理情况的报告") == {"handled": 120}


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("碧澜经济开发区管理委员会\n2024年度政协提案办理工作总结", "碧澜经济开发区"),
        ("碧澜新区管委会政协提案办理情况的报告", "碧澜新区"),
        ("青禾大学2023年度承办渚江省政协提案工作情况", "渚江省"),
        ("青禾大学2023年度承办省政协提案工作情况", ""),
    ],
)
def test_a_zone_is_a_place_and_words_of_the_work_are_none(title, place):
    assert read_source(clean_report(f"{title}\n共办理提案12件。")).place == place
