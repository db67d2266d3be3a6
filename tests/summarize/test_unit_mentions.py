"""Units named in the answer: where their names begin and end, and who is named at all."""

import time

import pytest

from nlp.summarize.units import unit_mentions
from nlp.text.spans import Span


def names(text):
    found = unit_mentions(text, [Span(0, len(text))])
    assert all(each.span.of(text) == each.name for each in found)
    return [each.name for each in found]


@pytest.mark.parametrize(
    "name",
    "县教育局 A7县交通运输局 观音阁镇党委政府 岳峰街道办事处 交警大队 观音阁派出所 "
    "国家电网桥头河供电所 广福村村委会 市医保中心 A市轨道交通集团有限公司 城管局渣土中队 "
    "物业公司 交警部门 教育部门 镇政府 县政府 村委会 派出所 县发改委价监局 石期市镇党委、政府 "
    "县住房和城乡建设局 市人力资源和社会保障局 县委组织部 区残疾人联合会 区大数据局 "
    "运楚集团B市客运分公司 A市长城投资有限责任公司".split(),
)
@pytest.mark.parametrize("around", ["由{}牵头办理。", "我局已约谈{}，要求整改", "经与{}协商"])
def test_whole_name(name, around):
    assert names(around.format(name)) == [name]


@pytest.mark.parametrize(
    "name", ["和平区教育局", "向阳镇人民政府", "同心县水务局", "到彼岸村村委会", "和平区人民法院"]
)
@pytest.mark.parametrize("before", ["由", "与", "会同", "", "我局已联合"])
def test_place_with_a_letter_that_mostly_stands_before_names(name, before):
    assert names(f"{before}{name}已办理") == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A市实业公司向市城乡规划局申请", ["A市实业公司", "市城乡规划局"]),
        ("市住建局、市财政局已到场", ["市住建局", "市财政局"]),
        ("县教育局和县财政局、公安局及水利局", ["县教育局", "县财政局", "公安局", "水利局"]),
        ("县教育局联合县公安局开展检查", ["县教育局", "县公安局"]),
        ("会同县教育局办理", ["县教育局"]),
        ("我局执法人员联合四新岗镇政府调查", ["四新岗镇政府"]),
        ("2024年5月县水务局修复管道3处", ["县水务局"]),
    ],
)
def test_several_names(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "学校、公司、中心、部门都很重视",
        "由相关部门处理，我局、该局、各单位配合",
        "由我局和该公司负责，请贵单位支持",
        "优化布局，打破僵局，局长到场",
        "依照《A市物业管理局工作规定》办理",
        "根据县教育局规定，63所中小学已放假",
        "",
    ],
)
def test_nobody_named(text):
    assert names(text) == []


def test_short_form_is_not_repeated():
    assert names("县教育局牵头，教育局已部署，县教育局将检查。") == ["县教育局"]
    assert names("岳峰街道办事处已清理，岳峰街道将巡查") == ["岳峰街道办事处"]


def test_only_within():
    text = "县教育局。县水务局。县公安局。"
    found = unit_mentions(text, [Span(5, 10)])
    assert [(each.name, each.span) for each in found] == [("县水务局", Span(5, 9))]
    assert unit_mentions(text, []) == []


@pytest.mark.parametrize("unit", "由县教育局和 县教育局 县 《 A7 、政府党委 和 镇".split())
def test_long_texts_take_no_longer_per_character(unit):
    text = unit * (20_000 // len(unit))
    started = time.process_time()
    names(text)
    assert time.process_time() - started < 0.5
