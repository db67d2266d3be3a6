"""What has been done is told from what comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.summarize.letter.measure_time import measure_time

DONE = [
    "一是新建垃圾中转站2座，购置清运车6辆，已投入使用。",
    "二是累计培训护林员340人次。",
    "（一）管网改造。投资860万元，更换老旧管道11公里，漏损率由18%降到9%。",
    "三是制定了巡查办法，明确了责任人。",
    "2.退费。多收的260元已于4月2日退还。",
    "督促施工方6月15日前整改，现已整改到位。",
    "四是积极争取上级资金，到位1200万元。",
    "截至9月底，12个村全部通水。",
    "我局已将停车费收入全部上缴财政。",
    "为下一步工作打下了良好基础。",
    "一是巡查。每日两次。",
]
NEXT = [
    "一是将新建公厕3座，年底前投入使用。",
    "二是力争明年上半年开工。",
    "（三）完善制度。下一步，我局将出台管理细则。",
    "3.计划投资90万元，拟对北门便道进行改造。",
    "四是适时调整公交线路。",
    "剩余4处10月15日前全部修好。",
    "已列入明年建设计划，预计8月竣工。",
    "待资金到位后再行实施。",
    "一要进一步加强监管，二要严格考核。",
    "今后将逐步增加班次。",
    "目前已完成设计，正在报批，预计9月招标，年底前建成。",
]


@pytest.mark.parametrize("text", DONE)
def test_done(text):
    assert measure_time(text) == "done"


@pytest.mark.parametrize("text", NEXT)
def test_next(text):
    assert measure_time(text) == "next"


@pytest.mark.parametrize(
    ("text", "lead", "time"),
    [
        ("一是强化宣传引导；", "下一步，我们将做好以下工作：", "next"),
        ("一是强化宣传引导；", "近年来，我局主要做了以下工作：", "done"),
        ("一是强化宣传引导；", "", "done"),
        ("一是已完成摸底；", "下一步，我们将：", "done"),
        ("一是拟开展摸底；", "近年来，我局主要做了以下工作：", "next"),
        ("一是强化宣传引导；", "现将有关情况答复如下：", "done"),
    ],
)
def test_the_lead_decides_what_the_words_leave_open(text, lead, time):
    assert measure_time(text, lead) == time


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_has_a_time(text, lead):
    assert measure_time(text, lead) in {"done", "next"}
