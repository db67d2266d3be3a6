"""Shortened clauses keep their order, their figures and their meaning."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.summarize.compress import is_link, kept, length
from nlp.text.figures import figures
from nlp.text.spans import Span


def short(clause, place="opening"):
    return "".join(span.of(clause) for span in kept(clause, Span(0, len(clause)), place))


@pytest.mark.parametrize(
    ("clause", "left"),
    [
        # under whose guidance
        ("在县委、县政府的坚强领导下，建成泵站2座。", "建成泵站2座。"),
        ("我镇在社会各界的大力支持下完成改造。", "我镇完成改造。"),
        ("以创建卫生县城为契机，新建公厕3座。", "新建公厕3座。"),
        ("本着便民利民的原则，增设窗口。", "增设窗口。"),
        # how earnestly
        ("进一步完善制度，", "完善制度，"),
        ("切实加强巡查，", "加强巡查，"),
        ("扎扎实实做好清淤，", "做好清淤，"),
        ("大力推进雨污分流，", "推进雨污分流，"),
        ("积极争取资金，", "争取资金，"),
        ("牢固树立底线意识，", "树立底线意识，"),
        ("我局高度重视，派员查看，", "我局派员查看，"),
        # asides and document numbers
        ("南河段（以下简称该河段）已清淤。", "南河段已清淤。"),
        ("印发方案（云政办发〔2022〕14号），", "印发方案，"),
        # the office speaking of itself
        ("我们将在5月开工，", "将在5月开工，"),
        ("我局已安装路灯，", "已安装路灯，"),
        # verbs that carry no action, fuller forms
        ("对路面进行了修补，", "对路面修补，"),
        ("对商户予以处罚，", "对商户处罚，"),
        ("水管已经更换，", "水管已更换，"),
        ("居民可以申请，", "居民可申请，"),
        ("单位应当公示，", "单位应公示，"),
        ("年内能够完工，", "年内能完工，"),
        ("更换了井盖12套，", "更换井盖12套，"),
        ("相关部门已安排资金，", "部门已安排资金，"),
    ],
)
def test_what_most_writers_drop(clause, left):
    assert short(clause) == short(clause, "within") == left


@pytest.mark.parametrize(
    "clause",
    [
        *("该校已扩建，", "该路段未通车，", "本县没有此类企业，", "我局不同意拆除，"),
        *("已经营三年，", "已经过评审，", "可以免费领取，", "为了方便群众，", "了解情况后，"),
        *("对不了解的逐户说明，", "要进一步研究，", "双方不进行调解，"),
        # with a figure or a negation they say something
        *("在省财政500万元支持下，", "以3个专班为抓手，", "北门（尚未启用）已建成，"),
        *("（共两座桥）已加固，", "（市区12条）已修补，", "（不含运费）每吨80元，"),
        *("护栏不牢固，", "工作不扎实，", "未认真落实巡查，", "没有积极配合，", "未严格按图施工，"),
        # the same characters, other words
        *("故障电梯已停用，", "同时段车辆较多，", "并网发电项目已投产，", "经查阅档案，"),
        *("经调查组认定，", "适应当前形势，", "功能够用，", "找准着力点，", "-5℃以下停工，"),
        *("二、三层已封顶，", "3、4号楼已通水，", "1.5公里已铺油，"),
    ],
)
@pytest.mark.parametrize("place", ["opening", "within", "marked"])
def test_what_stays(clause, place):
    assert short(clause, place) == clause


@pytest.mark.parametrize(
    "marker",
    [
        *("一是", "二、", "（三）", "(四)、", "1.", "12、", "（3）", "①", "⑵", "第一，", "首先，"),
        *("其次是", "一方面，", "另一方面，", "●", "— ", "答："),
    ],
)
def test_markers_stay_only_where_they_count_on(marker):
    clause = f"{marker}修建桥涵8座，"
    assert short(clause, "opening") == short(clause, "within") == "修建桥涵8座，"
    assert short(clause, "marked") == clause


@pytest.mark.parametrize(
    "link",
    ["同时，", "此外，", "另外", "为此，", "因此", "故", "经查，", "经查实", "据了解，", "并"],
)
def test_connectives_stay_only_behind_a_neighbour(link):
    clause = f"{link}桥面已加固，"
    assert short(clause, "opening") == "桥面已加固，"
    assert short(clause, "within") == short(clause, "marked") == clause


@pytest.mark.parametrize(
    "clause", ["同时，", " 经查：", "综上所述，", "与此同时", "经调查核实，\n"]
)
@pytest.mark.parametrize("place", ["opening", "within", "marked"])
def test_mere_connectives_are_nothing(clause, place):
    assert is_link(clause)
    assert kept(clause, Span(0, len(clause)), place) == ()


def test_what_holds_more_is_no_connective():
    assert not is_link("同时修桥，")
    assert not is_link("")
    assert not is_link("经查，桥面已加固，路灯已更换。")


def test_nothing_left_is_nothing():
    for clause in ("", "，", "。；\n", "（以下简称该河段），", "高度重视，"):
        assert kept(clause, Span(0, len(clause)), "opening") == ()


def test_length_is_the_words_and_one_mark():
    text = "已修桥。  已切实通水！！"
    assert length(text, [Span(0, 4)]) == length(text, [Span(0, 3)]) == 4
    assert length(text, [Span(0, 4), Span(6, 7)]) == 6
    assert length(text, kept(text, Span(6, len(text)), "opening")) == 4
    assert length(text, []) == length(text, [Span(4, 6)]) == 0


def test_spans_count_from_the_text_not_from_the_clause():
    text = "前文。一是切实加强巡查，后文"
    spans = kept(text, Span(3, 12), "opening")
    assert [span.of(text) for span in spans] == ["加强巡查，"]
    assert kept(text, Span(3, 12), "marked") == (Span(3, 5), Span(7, 12))


NUMBERS = st.integers(0, 99_999).map(str) | st.sampled_from(
    ["1.5", "3,200", "１２", "0.08", "-3", "三", "两", "半", "二十"]
)
UNITS = st.sampled_from(
    ["万元", "公里", "%", "户", "平方米", "天", "个月", "年", "座", "盏", "号", "时", "℃", "月"]
)
WORDS = st.sampled_from(
    [
        *("在县委领导下，", "在", "支持下", "以", "为抓手，", "本着", "的原则，", "进一步", "切实"),
        *("牢固", "大力推进", "积极争取", "高度重视，", "（", "）", "(", ")", "以下简称"),
        *("我局将", "我们已", "进行", "予以", "已经", "可以", "应当", "能够", "或者", "了", "相关"),
        *("有关部门", "该校", "未", "不", "没有", "同时", "经查", "据了解", "并", "故", "其中"),
        *("投资", "完成", "改造", "共", "约", "，", "、", " ", "县水利局", "道路", "每", "第"),
    ]
)
HEADS = st.sampled_from(["", "", "一是", "（一）", "二、", "3.", "（4）", "⑤", "首先，", "同时，"])
BODIES = st.lists(WORDS | st.tuples(NUMBERS, UNITS).map("".join), max_size=14).map("".join)


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=3), HEADS, BODIES, st.sampled_from(["opening", "within", "marked"]))
@example("", "", "在三万元在县委领导下，", "opening")
@example("", "", "在三公里支持下", "opening")
@example("", "", "在三万元支持下", "within")
@example("", "", "以三万元为抓手，", "within")
def test_stretches_are_in_order_and_inside_and_keep_every_figure(before, head, body, place):
    # behind a word: a number that opens a clause may be taken for a marker
    text = f"{before}{head}共{body}"
    spans = kept(text, Span(len(before), len(text)), place)
    edges = [len(before), *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert edges == sorted(edges)
    assert all(span.start < span.end for span in spans)
    left = "".join(span.of(text) for span in spans)
    assert re.findall(r"\d", left.removeprefix(head)) == re.findall(r"\d", body)
    for figure in figures(f"共{body}"):
        assert figure.text in left, (figure.text, left)


@settings(deadline=None, max_examples=200)
@given(HEADS, BODIES, st.sampled_from(["opening", "within", "marked"]))
def test_length_is_never_more_in_a_shorter_place(head, body, place):
    text = head + body
    spans = kept(text, Span(0, len(text)), place)
    assert length(text, kept(text, Span(0, len(text)), "opening")) <= length(text, spans)
    assert length(text, spans) <= len(text) + 1
    assert bool(length(text, spans)) is bool(spans)
