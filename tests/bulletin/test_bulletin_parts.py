"""The steps of reading a report, each by itself; all texts invented."""

from __future__ import annotations

import pytest

from nlp.bulletin.cases import Report, cases, told_cases
from nlp.bulletin.casetables import table_cases
from nlp.bulletin.document import clean_report, open_report
from nlp.bulletin.genre import find_extent
from nlp.bulletin.labels import outcome_of, topic_of, topic_of_heading
from nlp.bulletin.names import is_share, statistic_name
from nlp.bulletin.numbers import numbers, read_cell
from nlp.bulletin.place import find_place
from nlp.bulletin.proposers import proposer_after, proposer_before
from nlp.bulletin.sections import role_at, sections
from nlp.bulletin.statistics import statistics
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.titles import titles
from nlp.bulletin.types import Figure, Span, stats_of
from nlp.bulletin.units import acting_units, named_units
from nlp.bulletin.vocabulary import load_vocabulary
from nlp.errors import DataError, InputError

NONE = Stretches()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("立案204件", [204]),
        ("立案二百零四件", [204]),
        ("占百分之九十六点七", [96.7]),
        ("达到百分之百", [100]),
        ("面商率100%", [100]),
        ("这一件件提案，每一件都办好", []),
        ("30余件提案", []),
        ("退回11件次", []),
        ("第12件", []),
        ("提高4.2个百分点", []),
    ],
)
def test_numbers(text, values):
    assert [token.value for token in numbers(text)] == values


def test_a_cell_is_a_number_or_not():
    cell = read_cell(" 137 ")
    assert cell is not None
    assert cell.value == 137
    assert read_cell("24.68%").kind == "percent"
    assert read_cell("县教育局2024年") is None


@pytest.mark.parametrize(
    ("phrase", "outcome"),
    [
        ("已经解决或基本解决的", "solved"),
        ("已经解决和正在解决的", "solved"),
        ("正在解决或列入计划逐步解决的", "planned"),
        ("受政策规定或资金等条件限制，短期内不能解决，但已向委员说明解释的", "limited"),
        ("因客观原因暂时难以落实的", "limited"),
        ("留作参考的", "explained"),
        ("部分采纳的", "partly"),
        ("A类", "solved"),
        ("C类（列入计划）", "planned"),
        ("丁类", "explained"),
        ("县政府高度重视", None),
    ],
)
def test_outcome_of_a_phrase(phrase, outcome):
    assert outcome_of(phrase) == outcome


def test_topics_of_labels_and_headings():
    assert topic_of("涉及经济建设方面的提案") == "经济建设"
    assert topic_of("交通水利方面的") is None
    assert topic_of("交通水利方面的", listed=True) == "交通水利"
    assert topic_of("收到各类提案") is None
    assert topic_of_heading("围绕打造文旅名城、讲好历史文化故事献良策") == "culture_tourism"
    assert topic_of_heading("强化办理协商，提升提案质量") is None


def test_page_numbers_within_titles_and_bold_marks_are_taken_out():
    text = (
        "**1.林知夏委员提出的《关于建设乡村图书\n\n-4-\n\n室的建议》办理情况。**\n县文旅局建成9处。"
    )
    assert "《关于建设乡村图书室的建议》" in clean_report(text).text


def test_rows_of_tables_stay_rows():
    source = clean_report("分类情况如下：\n类别\t件数\n经济\t41\n文化\t12\n以上为立案提案。")
    assert "经济｜41\n文化｜12" in source.text


def test_a_number_that_a_line_end_broke_is_joined():
    text = clean_report("共收到提案，经审查立案的委员提案共有1\n17件，占总数的9\n2.5%。").text
    assert "117件，占总数的92.5%" in text


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(InputError, match="是文件夹"):
        open_report(tmp_path)
    with pytest.raises(InputError, match="找不到"):
        open_report(tmp_path / "none.txt")


@pytest.mark.parametrize(
    "table",
    [
        "类别｜件数｜占比\n经济建设｜41｜67.2%\n文化旅游｜20｜32.8%\n合计｜61",
        "类别\t经济建设\t文化旅游\t其他\n件数\t41\t20\t5",
    ],
)
def test_tables_by_rows_and_by_columns(table):
    text = clean_report(table).text
    found = stats_of(statistics(text, sections(text), NONE).figures)
    assert found["topics"]["industry"] == 41
    assert found["topics"]["culture_tourism"] == 20


def test_outcomes_and_rates_in_a_table():
    text = clean_report("A类（已解决）\t72\t80%\nC类（暂不能解决）\t18\t20%\n委员满意率\t98%").text
    assert stats_of(statistics(text, sections(text), NONE).figures) == {
        "outcomes": {"solved": 72, "limited": 18},
        "shares": {"solved": 80, "limited": 20},
        "rates": {"satisfied": 98},
    }


def test_sections_nest_and_know_what_they_are_for():
    text = (
        "一、基本情况\n（一）列入计划逐步解决的11件。\n二、存在问题\n答复简单。\n"
        "三、下步打算\n抓落实。"
    )
    found = sections(text)
    assert [(each.level, each.outcome) for each in found[:2]] == [(1, None), (2, "planned")]
    assert role_at(found, text.index("答复")) == "problems"
    assert role_at(found, text.index("抓落实")) == "plans"
    assert role_at(found, text.index("列入")) == "results"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("采纳《关于修复古桥的建议》", ["关于修复古桥的建议"]),
        ("办理《完善停车管理》的提案", ["完善停车管理"]),
        ("把“增设路灯照亮夜路”“修好村口小桥”等民生提案办好", ["增设路灯照亮夜路", "修好村口小桥"]),
        ("结合加快修复湿地生态的建议，县林业局退渔还湿。", ["加快修复湿地生态"]),
        ("落实推进传统窑炉改造等建议，市工信局出台方案。", ["推进传统窑炉改造"]),
        ("林知夏委员提出的关于拓宽西岭公路的建议，已开工。", ["关于拓宽西岭公路的建议"]),
        ("出台《关于加强提案办理工作的意见》和《三年行动方案》", []),
        ("坚持“办前、办中、办后”三沟通，一批高质量建议转化为举措。", []),
        ("委员们认真提出意见建议，各单位积极采纳相关建议。", []),
    ],
)
def test_titles(text, found):
    assert [each.title for each in titles(text)] == found


def test_social_opinions_are_no_proposals():
    found = titles("《山区快递进村难亟待破解》等3篇信息被采用。")
    assert [(each.title, each.kind) for each in found] == [("山区快递进村难亟待破解", "opinion")]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("1.关于林知夏委员提出的", "林知夏"),
        ("比如，顾长宁、沈南星委员联名提出的", "顾长宁、沈南星"),
        ("宫羽代表等十二人提出的", "宫羽"),
        ("县政协经济委提出的", "县政协经济委"),
        ("市财政局办理民盟市委会《", "民盟市委会"),
        ("县水利局办理卓云深委员《", "卓云深"),
        ("各承办单位认真办理", None),
    ],
)
def test_proposers_before_a_title(words, who):
    assert proposer_before(words) == who


def test_proposers_behind_a_title():
    assert proposer_after("》（提案人：林知夏；主办单位：县公安局）") == "林知夏"
    assert proposer_after("”，由县政协农牧界提出，县农业农村局设点检测") == "县政协农牧界"
    assert proposer_after("》，县水利局投资40万元") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县水利局、县住建局等部门联合整治。", ("县水利局", "县住建局")),
        ("由市财政局主办、市发改委会办。", ("市财政局", "市发改委")),
        ("2024年，县发展和改革局争取资金。", ("县发展和改革局",)),
        ("县公安局交警大队优化信号灯，县文物所配合。", ("县公安局交警大队", "县文物所")),
        ("县政府高度重视，各部门积极配合，有关单位抓紧落实。", ()),
        ("先后参加省文旅厅组织的推介会。", ()),
        ("这种布局合理，成立由县长任组长的领导小组。", ()),
        ("被区商务局采纳", ("区商务局",)),
    ],
)
def test_units_that_act(text, found):
    assert acting_units(text) == found


def test_units_of_a_cell():
    assert named_units("县教育局、县财政局") == ("县教育局", "县财政局")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("政协云汐县委员会提案工作报告", "云汐县"),
        ("中国人民政治协商会议第三届澜江市委员会常务委员会报告", "澜江市"),
        ("关于区政协三届二次会议提案的通报\n澜江区人民政府副区长", "澜江区"),
        ("全县各单位。云汐县小学。建设云汐县医院。解决云汐县道路问题。", "云汐县"),
        ("本市提案工作", ""),
    ],
)
def test_place(text, place):
    assert find_place(text, text.split("\n")[0]) == place


def test_a_general_report_gives_its_paragraph_only():
    text = (
        "云汐县政协常务委员会工作报告\n一、思想引领\n开展学习15次。\n二、履职为民\n"
        "全年立案提案158件，办复率100%。\n三、自身建设\n新聘委员20名，提交团体提案25件。"
    )
    extent = find_extent(text)
    assert extent.genre == "general"
    assert extent.span.of(text) == "全年立案提案158件，办复率100%。"


def read_cases(text):
    found = sections(text)
    return cases(text, told_cases(text, found), found, Report("proposal", "云汐县"))


def test_a_case_under_its_heading():
    text = (
        "（一）列入计划逐步解决的2件。\n1.关于林知夏委员提出的《关于修复古桥的建议》办理情况。\n"
        "一是县文旅局完成测绘；二是县财政局安排资金30万元。\n2.沈南星委员提出的《关于建停车场的提案》。\n已开工。"
    )
    first, second = read_cases(text)
    assert (first.proposer, first.outcome, first.points) == ("林知夏", "planned", 2)
    assert first.units == ("县文旅局", "县财政局")
    assert first.reply.startswith("一是县文旅局")
    assert (second.proposer, second.reply, second.points) == ("沈南星", "已开工", 0)


def test_an_example_behind_its_class():
    text = (
        "已解决的有118件，如《关于修桥的提案》，县交通局已修通；"
        "列入计划的9件，如《关于建桥的提案》，已立项。"
    )
    assert [each.outcome for each in read_cases(text)] == ["solved", "planned"]


def test_a_list_of_classes_gives_a_later_case_no_outcome():
    text = "已解决118件，列入计划9件，受限2件。办理的《关于修桥的提案》，县交通局已修通。"
    assert [each.outcome for each in read_cases(text)] == [None]


def test_cases_of_a_theme_have_its_topic():
    text = "——围绕守护绿水青山建言。针对“治理河道垃圾问题”的建议，市水利局开展清理。"
    (case,) = read_cases(text)
    assert (case.topics, case.units, case.points) == (("ecology",), ("市水利局",), None)


def test_cases_of_plans_and_phrases_in_problems_are_left_out():
    text = (
        "三、存在问题\n如针对“断头路未打通”的建议仍未解决。\n四、下步打算\n办好《关于修桥的提案》。"
    )
    assert read_cases(text) == []


def test_cases_of_a_table():
    text = (
        "案由｜提案人｜类别｜主办单位｜办理结果\n"
        "关于修复古桥的提案｜林知夏｜文化旅游｜县文旅局｜B\n关于建停车场的提案｜民盟县委｜民生｜县住建局｜A"
    )
    first, second = table_cases(text, "proposal", "")
    assert (first.title, first.proposer, first.outcome) == (
        "关于修复古桥的提案",
        "林知夏",
        "planned",
    )
    assert (second.topics, second.units) == (("livelihood",), ("县住建局",))
    assert first.span.of(text) == first.title


def test_names_and_numbers_of_statistics():
    assert statistic_name("outcomes.solved") == "已解决或采纳"
    assert statistic_name("topics.industry") == "主题：产业经济"
    assert statistic_name("topics.科教文卫") == "主题：科教文卫"
    assert statistic_name("other.rate_open") == "其他：公开率"
    assert statistic_name("other.handled_of_proposals") == "其他：交办（办理）（政协提案）"
    assert is_share("rates.closed")
    assert not is_share("outcomes.solved")


def test_stats_nest_and_whole_numbers_are_whole():
    figures = [Figure("filed", 12.0, Span(0, 1), ""), Figure("rates.closed", 99.5, Span(1, 2), "")]
    assert stats_of(figures) == {"filed": 12, "rates": {"closed": 99.5}}


def test_a_faulty_vocabulary_is_reported_with_its_line(tmp_path):
    file = tmp_path / "words.yaml"
    file.write_text("outcomes:\n  solved: '(已解决'\n", encoding="utf-8")
    with pytest.raises(DataError, match="正则"):
        load_vocabulary(file)


def test_stretches_join_and_cut():
    found = Stretches([Span(3, 6), Span(5, 9), Span(20, 25)])
    assert found.cover(Span(4, 9))
    assert not found.cover(Span(8, 10))
    assert found.visible(Span(12, 30)) == Span(12, 20)
    assert found.meeting(Span(9, 20)) is None
