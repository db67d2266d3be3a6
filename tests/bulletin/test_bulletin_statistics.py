"""Figures by the words around them, in phrasings of many offices; all invented."""

from __future__ import annotations

import pytest

from nlp.bulletin.sections import sections
from nlp.bulletin.statistics import statistics
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.types import Span, stats_of

NONE = Stretches()
PHRASES = {
    "共收到提案434件，经审查，立案391件，占总数的90.1%，不予立案17件，转为意见建议26件。": {
        "submitted": 434,
        "filed": 391,
        "refused": 17,
        "transferred": 26,
        "shares": {"filed": 90.1},
    },
    "大会期间，共征集到提案二百零四件，审查立案一百八十六件，立案率百分之九十一点二。": {
        "submitted": 204,
        "filed": 186,
        "shares": {"filed": 91.2},
    },
    "其中，委员提案317件、集体提案74件。": {"by_members": 317, "by_groups": 74},
    "其中委员个人提案102件，占78%，党派团体提案29件，占22%。": {
        "by_members": 102,
        "by_groups": 29,
        "shares": {"by_members": 78, "by_groups": 22},
    },
    "界别提案8件，专委会提案12件，联名提案35件。": {
        "other": {"by_sectors": 8, "by_committees": 12, "by_joint": 35}
    },
    "已经解决或基本解决的118件，占办结总数的67.8%；列入计划正在逐步解决的52件，占29.9%；"
    "因条件限制暂时不能解决的4件，占2.3%。": {
        "outcomes": {"solved": 118, "planned": 52, "limited": 4},
        "shares": {"solved": 67.8, "planned": 29.9, "limited": 2.3},
    },
    "A类（已解决或采纳）54件，B类（列入计划）33件，C类（受限暂难解决）2件，D类（留作参考）4件。": {
        "outcomes": {"solved": 54, "planned": 33, "limited": 2, "explained": 4}
    },
    "办理结果为A类的33件，B类14件，C类5件。": {
        "outcomes": {"solved": 33, "planned": 14, "limited": 5}
    },
    "甲类43件（75.4%），乙类13件（22.8%），丙类1件（1.8%）。": {
        "outcomes": {"solved": 43, "planned": 13, "limited": 1},
        "shares": {"solved": 75.4, "planned": 22.8, "limited": 1.8},
    },
    "A、B、C类分别为33件、14件、5件，分别占63.5%、26.9%、9.6%。": {
        "outcomes": {"solved": 33, "planned": 14, "limited": 5},
        "shares": {"solved": 63.5, "planned": 26.9, "limited": 9.6},
    },
    "所提问题得到解决或采纳的有165件，正在解决或列入规划逐步解决的132件，留作参考的32件。": {
        "outcomes": {"solved": 165, "planned": 132, "limited": 32}
    },
    "已经解决80件，正在解决30件，列入计划20件，因客观条件所限暂不能解决3件。": {
        "outcomes": {"solved": 80, "planned": 20, "limited": 3},
        "other": {"outcome_solving": 30},
    },
    "面商率、办复率均达100%，满意率为98.5%。": {
        "rates": {"consulted": 100, "replied": 100, "satisfied": 98.5}
    },
    "办复率、面商率、满意率分别为100%、100%和96.7%。": {
        "rates": {"replied": 100, "consulted": 100, "satisfied": 96.7}
    },
    "提案面商率、按期办复率和委员满意率均为百分之百。": {
        "rates": {"consulted": 100, "replied": 100, "satisfied": 100}
    },
    "实现了见面率、办结率、满意率三个100%。": {
        "rates": {"consulted": 100, "closed": 100, "satisfied": 100}
    },
    "委员满意和基本满意率达到百分之九十九点二。": {"rates": {"satisfied": 99.2}},
    "对办理态度的满意率98.8%，对办理结果的满意率98.1%。": {
        "rates": {"satisfied": 98.1},
        "other": {"rate_satisfied_attitude": 98.8},
    },
    "以100%的办复率完成了全年任务。": {"rates": {"replied": 100}},
    "经济类137件，占24.68%；政治类18件，占3.24%；文化类146件，占26.31%；社会类243件，占43.78%；"
    "生态文明类11件，占1.99%。": {
        "topics": {"industry": 137, "政治": 18, "文化": 146, "社会": 243, "ecology": 11},
        "shares": {
            "industry": 24.68,
            "政治": 3.24,
            "文化": 26.31,
            "社会": 43.78,
            "ecology": 1.99,
        },
    },
    "涉及经济建设方面的提案66件、农业农村方面的34件、科教文卫体方面的35件。": {
        "topics": {"industry": 66, "农业农村": 34, "科教文卫体": 35}
    },
    "经济、文化、社会类提案分别为201件、219件和243件。": {
        "topics": {"industry": 201, "文化": 219, "社会": 243}
    },
    "市政府系统共承办人大代表建议174件，其中主办120件，会办54件。": {
        "handled": 174,
        "other": {"led": 120, "co_handled": 54},
    },
    "将387件提案交由59个承办单位办理，已全部办结。": {
        "handled": 387,
        "other": {"handling_units": 59},
    },
    "共提出意见建议54条，整理立案48条。": {"submitted": 54, "filed": 48},
    "共收到代表10人以上联名提出的议案2件、建议52件。": {"submitted": 52, "other": {"motions": 2}},
    "确定重点提案12件，由主席会议成员领衔督办。": {"key": 12},
    "遴选15件重点督办提案。": {"key": 15},
    "重点建议12件，其中已经解决或基本解决的8件，正在解决的4件。": {
        "key": 12,
        "key_outcomes": {"solved": 8, "planned": 4},
    },
    "对内容相近的22件提案予以并案处理，并案后为326件。": {
        "merged": 22,
        "other": {"merged_into": 326},
    },
    "合并同类提案后立案369件。": {"filed": 369},
    "会议期间提出建议98件，闭会期间提出建议16件。": {
        "other": {"in_session": 98, "out_of_session": 16}
    },
    "提案总数615件，其中555件予以立案，60件作为委员来信转有关部门参考。": {
        "submitted": 615,
        "filed": 555,
        "transferred": 60,
    },
    "内容相近的12份，并案为5份，实际交办179份。": {
        "merged": 12,
        "handled": 179,
        "other": {"merged_into": 5},
    },
    "立案提案中，委员个人和联名提案169件，党派、团体、专委会等集体提案38件。": {
        "by_members": 169,
        "by_groups": 38,
    },
    "解决或采纳的88件，部分采纳的23件，列入计划拟解决的14件，留作参考的6件，"
    "其中部分采纳和列入计划拟解决的合计37件。": {
        "outcomes": {"solved": 88, "planned": 37, "explained": 6},
        "other": {"outcome_in_plan": 14, "outcome_partly": 23},
    },
    "全年共办结提案152件。": {"handled": 152},
    "对办理结果表示满意和基本满意的占98.9%。": {"rates": {"satisfied": 98.9}},
    "重点提案9件；已经解决的120件，列入计划的20件。": {
        "key": 9,
        "outcomes": {"solved": 120, "planned": 20},
    },
    "各类提案数量为：产业经济66件（28.8%）、文化旅游31件（13.5%）。": {
        "topics": {"industry": 66, "culture_tourism": 31},
        "shares": {"industry": 28.8, "culture_tourism": 13.5},
    },
    "承办单位主要负责人参加面商的提案达到94件。": {},
    "从提案者看，委员提出的214件，占83%，民主党派、工商联和专门委员会提出的44件，占17%。": {
        "by_members": 214,
        "by_groups": 44,
        "shares": {"by_members": 83, "by_groups": 17},
    },
    "会议期间提出建议183件，闭会期间收到21件，合计204件。": {
        "submitted": 204,
        "other": {"in_session": 183, "out_of_session": 21},
    },
    "经济类81件、文化类32件、生态文明类21件，分别占立案总数的60.4%、23.9%和15.7%。": {
        "topics": {"industry": 81, "文化": 32, "ecology": 21},
        "shares": {"industry": 60.4, "文化": 23.9, "ecology": 15.7},
    },
    "县政府收到交办提案145件，实际办理142件。": {"handled": 142, "other": {"assigned": 145}},
    "办理人大代表建议186件、政协提案241件。": {
        "handled": 241,
        "other": {"handled_of_suggestions": 186},
    },
    "另有21件因不符合立案要求，不予立案。": {"refused": 21},
    "去年12月以来，共收到各类提案306件。": {"submitted": 306},
    "会议期间，代表提出建议90件，闭会期间又提出4件，合计94件。": {
        "submitted": 94,
        "other": {"part_submitted": 90, "out_of_session": 4},
    },
    "除由县法院办理的6件外，其余88件交由21个部门承办。": {
        "handled": 88,
        "other": {"handling_units": 21},
    },
    "除收到提案120件外，还收到信息30条。": {"submitted": 120},
    "其中6件交由县委部门办理，88件交由县政府部门办理。": {},
    "县政府系统领办政协提案75件，已办结71件。": {"handled": 75, "other": {"closed": 71}},
    "共收到提案75件，立案70件，已办结66件。": {
        "submitted": 75,
        "filed": 70,
        "other": {"closed": 66},
    },
    "共立案提案70件，已办结70件。": {"filed": 70, "handled": 70},
    "立案提案80件，从中挑出七件作为重点督办提案。": {"filed": 80, "key": 7},
    "立案提案80件，其中9件列为年度重点。": {"filed": 80, "key": 9},
    "立案提案80件，从中选出7件作为优秀提案。": {"filed": 80},
    "委员个人提交的有61件，占76.3%，各党派、团体和界别提交的有19件，占23.8%。": {
        "by_members": 61,
        "by_groups": 19,
        "shares": {"by_members": 76.3, "by_groups": 23.8},
    },
    "收到委员、各党派和界别提交的提案80件。": {"submitted": 80},
    "改作委员来信转送有关部门研究的13件。": {"transferred": 13},
    "农业农村41件，教科文卫22件，林草畜牧9件，城建环保15件。": {
        "topics": {"农业农村": 41, "教科文卫": 22, "林草畜牧": 9, "城建环保": 15}
    },
    "农业农村41件，教科文卫22件，林草畜牧9件。": {
        "topics": {"农业农村": 41, "教科文卫": 22, "林草畜牧": 9}
    },
    "农业农村41件，水产养殖22件，林草畜牧9件。": {"topics": {"农业农村": 41}},
    "得到采纳落实的占多数，共55件（70.5%）；列入计划的23件（29.5%）。": {
        "outcomes": {"solved": 55, "planned": 23},
        "shares": {"solved": 70.5, "planned": 29.5},
    },
    "主席督办的重点提案2件、副主席督办的重点提案5件。": {"other": {"part_key": 2}},
    "重点提案7件，其中主席督办重点提案2件。": {"key": 7, "other": {"part_key": 2}},
    # none of these is a statistic of the report
    "县领导领办提案8件。": {},
    "与去年相比，提案增加20件。": {},
    "去年提案立案300件。": {},
    "《晚报》刊发委员提案10件，长河电视台报道12次。": {},
    "市教育局承办提案58件，市水利局承办提案33件。": {},
    "征集提案线索123条，编印《提案选登》6期。": {},
    "查处违法案件36件，办好民生实事10件，新建泊位200个。": {},
    "每一件提案都凝结着委员的心血，这件事要一件一件抓落实。": {},
    "全部提案均已按时办复。": {},
}


@pytest.mark.parametrize("sentence", PHRASES)
def test_a_sentence_gives_its_figures(sentence):
    found = statistics(sentence, sections(sentence), NONE)
    assert stats_of(found.figures) == PHRASES[sentence]


@pytest.mark.parametrize("sentence", PHRASES)
def test_every_figure_carries_its_number(sentence):
    for figure in statistics(sentence, sections(sentence), NONE).figures:
        written = figure.span.of(sentence)
        assert written
        assert figure.sentence in sentence
        assert written in figure.sentence


def test_a_later_sentence_that_says_otherwise_is_a_contradiction():
    text = "一、基本情况\n共立案提案120件。\n从答复情况看，立案的提案共立案118件。"
    found = statistics(text, sections(text), NONE)
    assert [(each.name, each.value) for each in found.figures] == [("filed", 120.0)]
    assert [each.value for each in found.contradictions] == [118.0]


def test_this_kind_of_proposals_counts_the_theme_of_its_section():
    text = "——围绕产业转型升级建言献策。此类提案42件。\n——围绕保护碧水蓝天建言献策。此类提案9件。"
    found = statistics(text, sections(text), NONE)
    assert stats_of(found.figures) == {"topics": {"industry": 42, "ecology": 9}}


def test_plans_are_no_figures():
    text = "一、基本情况\n共立案提案120件。\n三、下一步打算\n力争提案立案150件，满意率达到99%。"
    found = statistics(text, sections(text), NONE)
    assert stats_of(found.figures) == {"filed": 120}
    assert found.contradictions == ()


def test_what_is_skipped_gives_no_figures():
    text = "共立案提案120件。市场监管部门立案查处36件。"
    found = statistics(text, sections(text), Stretches([Span(9, len(text))]))
    assert stats_of(found.figures) == {"filed": 120}
