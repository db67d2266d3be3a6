"""Where a unit's name begins and ends, in running text and in a table's column."""

from __future__ import annotations

import pytest

from nlp.bulletin.document import clean_report
from nlp.bulletin.read import read_source
from nlp.bulletin.units import acting_units, named_units, own_unit_acts


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("经济发展局牵头组建联盟。", ("经济发展局",)),  # 经 is no preposition here
        ("经县水利局研究，已经动工。", ("县水利局",)),
        ("没想到县民政局一口答应。", ("县民政局",)),
        ("加压费属政府定价范围。", ()),
        ("办理工作占部门年度绩效2分。", ()),
        ("明年局里要立两条规矩。", ()),
        ("办好县工商联提案，县财政局拿出补助。", ("县财政局",)),
        ("县住房公积金管理部试行按季缴存。", ("县住房公积金管理部",)),
        ("县供销合作社开设门店四家。", ("县供销合作社",)),
        ("县住建局印发管理办法，逐户上墙。", ("县住建局",)),
        ("县住建局印发的管理办法很细。", ()),
        ("县商务局的答复没有绕弯子。", ("县商务局",)),
        ("县商务局的大楼很新。", ()),
        ("县交通运输局完成勘察，与交通部门共同立牌。", ("县交通运输局",)),
    ],
)
def test_names_in_running_text(text, units):
    assert acting_units(text) == units


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("科学技术研究院、实验室与设备管理处", ("科学技术研究院", "实验室与设备管理处")),
        ("教务处和学生处", ("教务处", "学生处")),
        ("县教育局、县财政局", ("县教育局", "县财政局")),
        ("公共卫生学院", ("公共卫生学院",)),
        ("各部门", ()),
        ("—", ()),
    ],
)
def test_a_column_of_units_names_offices_of_any_kind(cell, units):
    assert named_units(cell) == units


def test_the_unit_that_reports_acts_without_being_a_unit_of_the_case():
    assert own_unit_acts("我厅举办讲解员大赛，评选五十名。")
    assert not own_unit_acts("县水利局举办大赛，请我厅的同志观摩。")


REPORT = "云汐县水利局关于政协提案办理情况的报告\n共办理提案12件。\n{}\n"


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("《关于加强河道清淤的提案》提出后，渠水变清了。", None),
        ("《关于加强河道清淤的提案》提出后，县农业局清淤三公里。", 0),
        ("《关于加强河道清淤的提案》提出后，我局清淤三公里。", 0),
        ("针对加强河道清淤的建议，县农业局清淤三公里。", None),  # in passing
        ("针对加强河道清淤的建议，我局一是清淤三公里，二是设站两处。", 2),
    ],
)
def test_measures_are_counted_where_a_proposal_is_told_of(line, points):
    (case,) = read_source(clean_report(REPORT.format(line))).cases
    assert case.points == points


def test_a_title_may_hold_a_word_that_looks_like_a_bureau():
    (case,) = read_source(clean_report(REPORT.format("结合完善村镇布局的建议，我局修路。"))).cases
    assert case.title == "完善村镇布局"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("1.关于疏浚渠道的提案（第8号）\n陆见山委员提出。县农业局办理。", "陆见山"),
        ("1.关于疏浚渠道的提案\n宋晚等5名委员联名提出。县农业局办理。", "宋晚"),
        ("一是吸纳共青团县委“关于疏浚渠道的提案”，县农业局办理。", "共青团县委"),
        ("一是吸纳县妇联“关于疏浚渠道的提案”，县农业局办理。", "县妇联"),
    ],
)
def test_proposers_behind_a_heading_and_without_a_verb(line, who):
    (case,) = read_source(clean_report(REPORT.format(line))).cases
    assert case.proposer == who


def test_a_sentence_names_the_class_of_its_cases():
    line = (
        "生态类中，县农业局办理《关于疏浚渠道的提案》。"
        "民生保障类提案中，县教育局办理《关于修缮校舍的提案》。"
    )
    first, second = read_source(clean_report(REPORT.format(line))).cases
    assert (first.topics, second.topics) == (("ecology",), ("livelihood",))
