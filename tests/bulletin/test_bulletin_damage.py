"""Numbers that cannot be, damaged layouts, letters taken for reports; all texts invented."""

from __future__ import annotations

import pytest

from nlp.bulletin.document import clean_report
from nlp.bulletin.read import read_source
from nlp.errors import InputError

TITLE = "云汐县人民政府关于政协提案办理情况的通报\n"


def stats(text, title=TITLE):
    return read_source(clean_report(title + text)).stats


@pytest.mark.parametrize(
    "said",
    [
        "满意率1000%",
        "满意率12000%",
        "满意率1,000%",
        "满意率100.5%",
        "满意率百分之1000",
        "满意率百分之一百零五",
        "满意率-5%",
        "满意率－5%",
        "满意率负5%",
        "已解决的占-5%",
        "满意率98%-99%",
        "满意率98-99%",
        "满意率98 . 123456 %",
        "已解决-5件",
        "收到提案负12件",
        "收到提案3至5件",
    ],
)
def test_what_cannot_be_a_share_or_a_count_is_no_figure(said):
    assert stats(f"今年共承办提案120件，{said}。") == {"handled": 120}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("收到提案廿五件", {"submitted": 25}),
        ("收到提案卅二件", {"submitted": 32}),
        ("满意率——98%", {"rates": {"satisfied": 98}}),
        ("满意率百分之百", {"rates": {"satisfied": 100}}),
        ("收到提案1,234件", {"submitted": 1234}),
        ("办复率0%", {"rates": {"replied": 0}}),
    ],
)
def test_what_can_be_is_read(said, expected):
    assert stats(f"{said}。") == expected


LISTED = (
    "共收到提案120件，{0}立案110件，{0}立案率91.7%，{0}满意率98%。\n"
    "已解决的80件，{0}列入计划的30件。"
)
READ = {
    "submitted": 120,
    "filed": 110,
    "shares": {"filed": 91.7},
    "rates": {"satisfied": 98},
    "outcomes": {"solved": 80, "planned": 30},
}


@pytest.mark.parametrize("gap", ["\t", " \t", "　", "　　", " ", "\u00a0", "\u200b", "\t\t"])
def test_gaps_behind_commas_lose_nothing(gap):
    assert stats(LISTED.format(gap)) == READ


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "·", "➢ ", "　　• "])
def test_bullets_hide_no_headings_and_no_figures(bullet):
    lines = ("一、基本情况", "共收到提案120件。", "二、下一步打算", "力争满意率达到99%。")
    assert stats("\n".join(bullet + line for line in lines)) == {"submitted": 120}


@pytest.mark.parametrize("end", ["\n", "\n\n", "<br/>\n", "\r\n"])
@pytest.mark.parametrize("gap", [" ", ""])
def test_a_table_stays_one_between_empty_lines(end, gap):
    rows = ("类别\t件数\t占比", f"经济类\t12{gap}件\t20{gap}%", f"文化类\t48{gap}件\t80{gap}%")
    assert stats(end.join(rows)) == {
        "topics": {"industry": 12, "文化": 48},
        "shares": {"industry": 20, "文化": 80},
    }


@pytest.mark.parametrize("dash", ["——", "--", "－－", "──"])
def test_any_dashes_begin_a_theme(dash):
    text = f"{dash}围绕产业转型升级建言献策。此类提案42件。"
    assert stats(text) == {"topics": {"industry": 42}}


@pytest.mark.parametrize(
    "told", ["转为社情民意12件", "转为社情民意信息12件", "12件转为社情民意信息"]
)
@pytest.mark.parametrize("also", ["", "，转为意见建议8件"])
def test_opinions_are_one_field_with_information_or_without(told, also):
    found = stats(f"共收到提案120件，立案100件，{told}{also}。")
    kept = (
        {"transferred": 8, "other": {"transferred_opinions": 12}} if also else {"transferred": 12}
    )
    assert found == {"submitted": 120, "filed": 100, **kept}


def test_what_one_party_brought_is_not_the_total():
    assert stats("民盟云溪县支部提交提案12件，共收到提案120件。") == {"submitted": 120}


def test_what_is_not_done_is_not_done():
    assert stats("尚未答复的17件将抓紧办理。") == {}


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        (
            "政协提案办理情况的通报\n",
            "民盟云溪县支部、民盟云溪县支部积极建言。云汐县、云汐县。",
            "云汐县",
        ),
        ("民盟云溪县支部关于提案工作情况的报告\n", "", "云溪县"),
        ("政协提案办理情况的通报\n", "农工党沧浪市委在政协云汐县委员会会议上发言。", "云汐县"),
    ],
)
def test_a_partys_branch_is_no_place(title, text, place):
    assert read_source(clean_report(f"{title}{text}共收到提案120件。")).place == place


def test_rates_of_the_other_kind_and_of_another_year_are_not_the_reports():
    both = "办理代表建议36件，满意率100%；办理政协提案120件，满意率98%。"
    assert stats(both)["rates"] == {"satisfied": 98}
    assert stats(both)["other"]["rate_satisfied_of_suggestions"] == 100
    years = "共办理提案120件。2022年满意率97%，2023年满意率98%。"
    assert stats(years, TITLE.replace("关于", "关于2023年"))["rates"] == {"satisfied": 98}


LETTERS = [
    "关于对县政协第12号提案的答复\n陆见山委员：\n您提出的《关于整修集市的提案》收悉，现答复如下：\n办理提案12件。",
    "云汐县交通局关于第12号提案的答复函\n民盟云溪县支部：\n你支部提出的关于修桥的建议，"
    "我局高度重视，现将办理情况答复如下：\n一、加强养护，办理提案3件。",
    "陆见山代表：您好！关于整修道路的建议收悉。经研究，现答复如下：建议很好，办理建议3件。",
]


@pytest.mark.parametrize("letter", LETTERS)
def test_a_reply_letter_is_refused_and_the_next_command_named(letter):
    with pytest.raises(InputError, match="答复函") as refused:
        read_source(clean_report(letter))
    assert "fenban summarize" in refused.value.hint


@pytest.mark.parametrize(
    "opening",
    [
        "各位委员：\n现将提案办理情况通报如下。",
        "各位代表：\n现将代表建议办理答复情况报告如下。",
        "政协云汐县委员会：\n你委《关于报送提案办理情况的通知》收悉，现将有关情况报告如下：",
        "县政协提案委员会：\n现将提案答复情况报告如下：",
    ],
)
def test_a_report_with_a_salutation_is_no_letter(opening):
    assert stats(f"{opening}\n共收到提案120件。") == {"submitted": 120}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("满意率由初次的95%提升到98%", {"rates": {"satisfied": 98}}),
        ("共收到委员提案120件，立案110件", {"submitted": 120, "filed": 110}),
        ("共收到委员提案102件、集体提案29件", {"by_members": 102, "by_groups": 29}),
        (
            "大会期间收到提案118件，平时提案2件，共120件",
            {"other": {"in_session": 118, "out_of_session": 2}, "submitted": 120},
        ),
        (
            "办复120件，其中当年办结80件",
            {"other": {"replied": 120, "closed": 80}},
        ),
    ],
)
def test_the_whole_is_told_from_its_parts_and_from_before(said, expected):
    assert stats(f"{said}。") == expected
