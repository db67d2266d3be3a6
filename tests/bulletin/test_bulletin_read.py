"""Whole reports: the invented ones beside this file, and the real ones where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.bulletin.document import CELL, clean_report
from nlp.bulletin.gold import load_gold
from nlp.bulletin.measure import measure
from nlp.bulletin.read import read_bulletin, read_source
from nlp.bulletin.topics import model_topics
from nlp.errors import InputError

HERE = Path(__file__).parent
REPORTS, HELD = HERE / "reports", HERE / "held_out"
EXAM, EXAM_A, EXAM_B = HERE / "exam", HERE / "exam_a", HERE / "exam_b"
SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = {
    "kind": 1.0,
    "place": 0.95,
    "statistics": 0.98,
    "titles": 0.98,
    "units": 0.97,
    "proposer": 0.97,
    "points": 0.97,
    "outcome": 0.97,
    "topics": 0.97,
}


def tallies(folder, golds, topics=None):
    read = [read_bulletin(gold.report(folder), topics) for gold in golds]
    return measure(zip(golds, read, strict=True))


@pytest.mark.parametrize("folder", [REPORTS, HELD, EXAM, EXAM_A, EXAM_B], ids=lambda f: f.name)
def test_invented_reports_are_read(folder):
    found = tallies(folder, load_gold(folder / "gold.jsonl"))
    for name, floor in FLOORS.items():
        assert found[name].f1 >= floor, (name, found[name].wrong)


@pytest.mark.skipif(
    not (SHARED / "seeds").is_dir() or not (SHARED / "gold" / "statistics.jsonl").exists(),
    reason="需要 ../shared/seeds 和 ../shared/gold/statistics.jsonl",
)
def test_real_reports_are_read():
    gold = SHARED / "gold"
    golds = load_gold(gold)
    found = tallies(SHARED / "seeds", golds, model_topics())
    assert found["statistics"].wrong == []
    assert found["kind"].wrong == found["place"].wrong == found["outcome"].wrong == []
    assert min(found["titles"].precision, found["titles"].recall) >= 0.95
    assert found["topics"].recall >= 0.9
    assert found["units"].recall >= 0.95
    assert found["units"].precision >= 0.95


def spans_of(bulletin):
    yield from (figure.span for figure in bulletin.figures)
    yield from (case.span for case in bulletin.cases)
    yield from (case.reply_span for case in bulletin.cases if case.reply_span)


@pytest.mark.parametrize(
    "file",
    [
        *sorted(REPORTS.glob("0[1-8]*")),
        *sorted(HELD.glob("?.*")),
        *sorted(EXAM.glob("0*")),
        *sorted(EXAM_A.glob("[01]*")),
        *sorted(EXAM_B.glob("[01]*")),
    ],
    ids=lambda f: f"{f.parent.name}-{f.stem}",
)
def test_every_field_carries_its_span(file):
    bulletin = read_bulletin(file)
    assert all(0 <= s.start <= s.end <= len(bulletin.text) for s in spans_of(bulletin))
    for figure in bulletin.figures:
        assert any(c in "0123456789零一二三四五六七八九十百" for c in figure.span.of(bulletin.text))
        assert all(part in bulletin.text for part in figure.sentence.split(CELL))
    for case in bulletin.cases:
        assert "".join(case.title.split()) == "".join(case.span.of(bulletin.text).split())


REPORT = "云汐县人民政府关于政协提案办理情况的通报\n今年共承办提案120件。"


def test_a_budget_report_is_refused():
    text = "云汐县2024年预算执行情况的报告\n一般公共预算收入12亿元，项目36件。"
    with pytest.raises(InputError, match="不是提案或建议办理"):
        read_source(clean_report(text))


def test_a_report_without_figures_says_so():
    text = "云汐县人民政府关于政协提案办理情况的通报\n提案已全部办复，委员满意。"
    bulletin = read_source(clean_report(text))
    assert bulletin.stats == {}
    assert "没有读到统计数字" in bulletin.notes[0]


def test_a_second_report_is_cut_and_named():
    text = (
        REPORT
        + "\n各承办单位高度重视提案办理工作。" * 30
        + ("\n云汐县人民政府关于代表建议办理情况的报告\n今年共承办代表建议88件。")
    )
    bulletin = read_source(clean_report(text))
    assert bulletin.stats == {"handled": 120}
    assert "另有一份报告" in bulletin.cuts[0].reason
    assert bulletin.cuts[0].head == "云汐县人民政府关于代表建议办理情况的报告"


def test_news_behind_the_report_are_cut():
    text = (
        REPORT
        + "\n各承办单位高度重视提案办理工作。" * 30
        + "\n让我们为做好提案工作、建设美丽云汐作出更大贡献！"
        + "\n云汐县开展清明祭扫\n本报讯 4月3日，各校师生到烈士陵园祭扫。\n查处提案件12件。"
    )
    bulletin = read_source(clean_report(text))
    assert bulletin.cuts[0].head == "云汐县开展清明祭扫"
    assert bulletin.stats == {"handled": 120}


def test_contradicting_totals_keep_the_first_and_name_the_other():
    bulletin = read_source(clean_report(f"{REPORT}\n从结果看，承办的提案共承办118件。"))
    assert bulletin.stats == {"handled": 120}
    assert [each.value for each in bulletin.contradictions] == [118]


def test_misread_digits_are_mended_and_said():
    bulletin = read_source(clean_report(REPORT.replace("120件", "12O件，办复率1O0%")))
    assert bulletin.stats == {"handled": 120, "rates": {"replied": 100}}
    assert any("12O→120" in note for note in bulletin.notes)


def test_a_day_without_year_takes_the_reports_own():
    text = f"{REPORT.replace('关于', '关于2023年', 1)}\n截至9月28日，提案全部办复。"
    assert read_source(clean_report(text)).as_of == "2023-09-28"


@pytest.mark.parametrize(
    ("title", "said", "day"),
    [
        ("二〇二三年", "至十月八日", "2023-10-08"),
        ("", "截至9月28日", "2023-09-28"),  # the year of the date line
        ("", "截至12月20日", "2022-12-20"),  # later than the report is: the year before
        ("", "到去年12月底", "2022-12-31"),
        ("", "截至2023年9月8曰", "2023-09-08"),
        ("", "9月1日至10月8日", None),
        ("", "到9月底", None),
        ("", "截至2月30日", None),
    ],
)
def test_the_cut_off_day(title, said, day):
    head = f"云汐县人民政府关于{title}政协提案办理情况的通报\n（2023年10月9日）"
    assert read_source(clean_report(f"{head}\n{said}，提案全部办复。")).as_of == day


def test_what_the_reporting_unit_handled_is_the_reports_own():
    text = "云汐县水利局政协提案办理情况的报告\n{}承办县政协提案64件（主办件28件，协办件36件）。"
    own = read_source(clean_report(text.format("2023年，县水利局")))
    assert own.stats == {"handled": 64, "other": {"led": 28, "co_handled": 36}}
    assert "handled" not in read_source(clean_report(text.format("县教育局"))).stats


def test_a_table_of_units_gives_no_totals():
    text = (
        f"{REPORT}\n承办单位|主办件|协办件|办结件\n县水利局|34|12|33\n县教育局|29|9|29\n"
        "各单位都很重视。"
    )
    assert read_source(clean_report(text)).stats == {"handled": 120}


def test_a_hospital_and_a_street_tell_their_place():
    for title, place in (
        ("湖城市第二人民医院2023年度政协提案办理工作小结", "湖城市"),
        ("石桥街道2024年区人大代表建议办理情况", "石桥街道"),
        ("关于智慧城市建设的政协提案办理情况的报告", ""),
    ):
        assert read_source(clean_report(f"{title}\n共办理提案12件。")).place == place


def test_a_case_with_labelled_lines():
    text = (
        "云汐县人民政府关于代表建议办理情况的报告\n共办理代表建议12件。\n"
        "★第8号建议：关于修缮乡村桥梁的建议\n领衔代表：陆见山\n办理结果：列入计划\n"
        "县交通局已完成设计。\n县政府将继续努力。"
    )
    (case,) = read_source(clean_report(text)).cases
    assert (case.proposer, case.outcome, case.units) == ("陆见山", "planned", ("县交通局",))
    assert case.reply_span is not None
    assert not case.reply.endswith("努力")


def test_the_subject_of_a_clause_without_one_heads_its_line():
    text = (
        "云汐县人民政府关于政协提案办理情况的通报\n共办理提案12件。\n"
        "县水利局“上门办”。承办陆见山委员《关于疏浚渠道的提案》时，先走访后施工。"
    )
    (case,) = read_source(clean_report(text)).cases
    assert (case.proposer, case.units) == ("陆见山", ("县水利局",))


PIECES = st.sampled_from(
    "共收到提案 立案 一百二十件 204件 占 67.5% （ ） ， 。 ； 、 《关于修桥的提案》 “ ” 其中 "
    "委员提案 分别为 和 已经解决的 面商率 均为 100% \n 一、 （一） 1. —— 经济类 ｜ "
    "截至2024年9月28日 县水利局 由 "
    "张三委员提出的 一是 二是 重点提案 12件 关于 的建议 合计".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_order_of_words_can_be_read(pieces):
    text = "云汐县政协提案工作情况的报告\n" + "".join(pieces)
    bulletin = read_source(clean_report(text))
    assert all(0 <= s.start <= s.end <= len(bulletin.text) for s in spans_of(bulletin))
    assert all(figure.span.of(bulletin.text) for figure in bulletin.figures)
