"""Families of phrasings: classes of results, lists of subjects, verdicts, units; all invented."""

from __future__ import annotations

import pytest

from nlp.bulletin.casepoints import counted_points
from nlp.bulletin.casetopics import class_in
from nlp.bulletin.document import clean_report
from nlp.bulletin.labels import outcome_of
from nlp.bulletin.read import read_source
from nlp.bulletin.sections import sections
from nlp.bulletin.verdicts import stated_class, verdict_in_line, verdict_in_prose

HEAD = "云汐县人民政府\n关于县政协十届三次会议提案办理情况的报告\n"


def read(text):
    return read_source(clean_report(HEAD + text))


def stats(text):
    return read(text).stats


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("办成了的", "solved"),
        ("问题解决或建议采纳的", "solved"),
        ("所提问题已获解决或者当年可以解决的", "solved"),
        ("落实到位的", "solved"),
        ("排进2025年投资计划", "planned"),
        ("今年动工、明年能完成的", "planned"),
        ("列入计划慢慢办的", "planned"),
        ("拟采纳落实", "planned"),
        ("正照时间表推进", "solving"),
        ("有序推进的", "solving"),
        ("眼下没有条件办、向委员说清楚了的", "limited"),
        ("受事权、政策等制约暂时办不了、已向委员讲清原因的", "limited"),
        ("待条件成熟后解决", "limited"),
        ("已向委员讲清原因的", "explained"),
        ("已完成立案审查", None),
        ("没有办成", None),
    ],
)
def test_classes_of_results_in_many_words(words, outcome):
    assert outcome_of(words) == outcome


@pytest.mark.parametrize(
    "sentence",
    [
        "已经解决的，共80件；正在解决的，30件；暂难解决的，10件。",
        "——A类，即已获解决的，80件。\n——B类，即正在推进的，30件。\n——C类，即条件不具备的，10件。",
        "解决或采纳：80件；列入计划：30件；办不了的：10件。",
        "“A”类80件，“B”类30件，“C”类10件。",
        "80件的问题已经解决，30件已列入工作计划，10件因客观条件暂时无法落实。",
    ],
)
def test_a_label_and_its_number_parted_by_marks(sentence):
    assert stats(sentence)["outcomes"] == {"solved": 80, "planned": 30, "limited": 10}


def test_subjects_that_no_scheme_knows():
    found = stats("主办的12件中，学前教育5件，占41.7%，义务教育4件，师资培养3件。")
    assert found["topics"] == {"学前教育": 5, "义务教育": 4, "师资培养": 3}
    assert found["shares"] == {"学前教育": 41.7}


@pytest.mark.parametrize(
    "sentence",
    [
        "今年承办提案22件，县水利局12件，县教育局6件，县住建局4件。",
        "今年承办提案22件，评出优秀案例12件，印发简报6件，报送信息4件。",
        "县领导阅批12件，召开协调会6次，走访4件。",
    ],
)
def test_lists_of_other_things_are_no_subjects(sentence):
    assert "topics" not in stats(sentence)


def test_parts_that_are_summed_up_in_words():
    found = stats("会议期间收到提案149件，闭会后又收到17件，两项合在一起共166件。")
    assert found["submitted"] == 166


def test_what_is_merged_and_passed_on():
    found = stats("立案187件，与他案雷同、并入主案的26件；作为社情民意信息转送有关方面的18件。")
    assert (found["filed"], found["merged"], found["transferred"]) == (187, 26, 18)
    assert "merged" not in stats("立案187件，其余24件作并案处理或转为来信。")


def test_rates_of_parts_are_not_the_rate_of_all():
    assert "rates" not in stats("提案120件。主办件满意率100%，会办件满意率98%。")
    assert stats("主办件、会办件办复率均为100%。")["rates"] == {"replied": 100}


def test_rates_that_rose_in_a_row():
    text = "办复率、面商率由去年的95%、96%提高到100%、98%。"
    assert stats(text)["rates"] == {"replied": 100, "consulted": 98}


def test_who_was_content_has_a_share():
    assert stats("委员满意的119件，占99.2%。")["rates"] == {"satisfied": 99.2}
    assert "rates" not in stats("填“满意”的140份，填“基本满意”的2份。")


def test_both_kinds_in_one_sentence():
    found = stats(
        "共收到代表建议、政协提案210件，其中代表建议98件，政协提案112件。"
        "提案中已解决80件，暂不能解决32件；建议中已解决60件，暂不能解决38件。"
    )
    assert found["submitted"] == 112
    assert found["outcomes"] == {"solved": 80, "limited": 32}


def test_shares_of_two_classes_together_are_no_ones():
    assert "shares" not in stats("共120件提案。已经解决和正在解决的占91.7%。")


def test_a_column_of_shares_without_signs():
    found = stats(
        "项目\t件数\t占比（%）\n承办总数\t208\t100\n委员提案\t163\t78.4\n已经解决\t139\t66.8"
    )
    assert found["shares"] == {"by_members": 78.4, "solved": 66.8}


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("已办好。镇规划办铺设路面。", "solved"),
        ("镇规划办铺设路面。【已落实】", "solved"),
        ("（B类）。县水利局完成设计。", "planned"),
        ("，A类，由县教育局承办。", "solved"),
        ("县水利局完成设计。\n办理结果：纳入明年实事计划", "planned"),
        ("县水利局完成设计。", None),
        ("资金已落实。县水利局开工。", None),
    ],
)
def test_a_cases_own_line(reply, outcome):
    assert {"solving": "planned"}.get(found := verdict_in_line(reply), found) == outcome


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("县水利局完成设计，该建议已列入明年计划。", "planned"),
        ("县水利局清淤3公里，问题已基本解决。", "solved"),
        ("因用地指标不足，暂不具备条件。", "limited"),
        ("该建议被列入B类，由县民政局跟进。", "planned"),
        ("的建议得到县林业局采纳，全县新增面积六千亩。", None),
        ("已落实，县交通局开通线路5条。", "solved"),
        ("已完成设计，县交通局选定厂家。", None),
        ("县水利局筹集资金，完成了可研报告。", None),
    ],
)
def test_a_verdict_in_prose(reply, outcome):
    assert verdict_in_prose(reply) == outcome


def test_a_cell_that_holds_a_class():
    assert [stated_class(each) for each in ("B", "Ｃ类", "已解决", "—")] == [
        "planned",
        "limited",
        "solved",
        None,
    ]


def test_an_explanation_is_limited_where_that_class_is_counted():
    case = "案由\t主办单位\t协办单位\t办理结果\n关于护鸟的提案\t县林业局\t县水利局\t作出解释"
    (found,) = read(f"已解决80件，列入计划30件，暂不能解决10件。\n{case}").cases
    assert (found.outcome, found.units) == ("limited", ("县林业局", "县水利局"))
    assert read(f"今年承办提案3件。\n{case}").cases[0].outcome == "explained"


@pytest.mark.parametrize(
    ("reply", "points"),
    [
        ("县局作了三件事：其一，编图；其二，增容；其三，补助。", 3),
        ("县局首先编图，其次增容，最后补助。", 3),
        ("县局①编图；②增容。", 2),
        ("县局一手抓编图，一手抓增容。", 2),
        ("县局一抓苗种、二抓养殖、三抓销售。", 3),
        ("其一是编图，其二是增容。", 2),
        ("县局首先编图。", 0),
        ("第二次上门。", 0),
    ],
)
def test_measures_counted_out_in_other_words(reply, points):
    assert counted_points(reply) == points


CLASSES = {"城乡建设": "城乡建设", "产业发展": "industry", "教科文卫": "教科文卫", "交通": "交通"}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("为城乡建设出实招", "城乡建设"),
        ("产业发展类建议的办理", "产业发展"),
        ("交通方面", "交通"),
        ("让城乡更宜居", "城乡建设"),
        ("办好群众的事", None),
        ("城乡建设与产业发展并重", None),
    ],
)
def test_headings_that_name_a_counted_class(heading, name):
    assert class_in(heading, CLASSES) == name


def test_a_subject_that_goes_well_is_no_class_of_results():
    (found,) = sections("（一）一批产业提案落地见效\n县工信局引进企业6家。")
    assert (found.outcome, found.topic) == (None, "industry")
    (found,) = sections("（一）已经解决的提案\n县工信局引进企业6家。")
    assert found.outcome == "solved"


def test_a_whole_title_in_the_chapter_on_problems_is_a_mention():
    (case,) = read(
        "今年承办提案120件。\n三、存在问题\n县城管局承办的《关于建中转站的提案》，至今未办结；"
        "县数据局两次未报进度。"
    ).cases
    assert (case.units, case.points) == (("县城管局",), None)
