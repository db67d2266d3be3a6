"""Names around a title: who brought it, who acted, and a title without marks; all invented."""

from __future__ import annotations

import pytest

from nlp.bulletin.proposers import proposer_after, proposer_before
from nlp.bulletin.titles import titles
from nlp.bulletin.units import acting_units


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("陆见山代表在《", "陆见山"),
        ("九三学社云汐县委在《", "九三学社云汐县委"),
        ("独办的1件为陆见山委员提出的“", "陆见山"),
        ("主办的二件分别由陆见山、苏照野委员提出的“", "陆见山、苏照野"),
        ("县教育局在《", None),
    ],
)
def test_who_brought_it(words, who):
    assert proposer_before(words) == who


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("促成县水利局、县教育局联合整治", ("县水利局", "县教育局")),
        ("承办民建云汐县委", ()),
        ("根据致公党云汐县委", ()),
        ("根据县水利局的测算", ()),
        ("街道城建科重新划线", ("街道城建科",)),
        ("街道科技服务队上门", ()),
        ("乡村振兴工作稳步推进", ()),
    ],
)
def test_who_acted(text, units):
    assert acting_units(text) == units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("针对陆见山委员提出的加强集市规范管理的提案，县市场监管局划定摊位。", "加强集市规范管理"),
        ("结合县政协社会法制委提出的推进坡道改造的提案，县残联改造坡道。", "推进坡道改造"),
        ("针对各承办单位提出的进一步做好办理工作的建议，办公室作了研究。", ""),
        ("针对企业提出的降低用电成本的建议，县发改局作了测算。", ""),
    ],
)
def test_a_title_without_marks_behind_its_proposer(text, found):
    assert [each.title for each in titles(text) if each.brought] == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("”，提案者为县工商联。县发改局牵头", "县工商联"),
        ("》，县教育局一次装齐，并请提出建议的陆见山代表参加验收", "陆见山"),
        ("》（代表：陆见山）", "陆见山"),
        ("》，县教育局一次装齐", None),
    ],
)
def test_who_brought_it_is_told_later(text, who):
    assert proposer_after(text) == who


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("陆见山委员提出“推动冷库共建共享”，县商务局拟定名录。", ["推动冷库共建共享"]),
        ("如陆见山代表提出的“调整农田保护范围”，县局作了说明。", ["调整农田保护范围"]),
        ("县政府提出“办前先沟通”的要求。", []),
        ("会上提出“件件有回音”，各单位照办。", []),
    ],
)
def test_a_quotation_behind_its_proposer(text, found):
    assert [each.title for each in titles(text)] == found


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("并与县消防救援大队实行夜间联巡", ("县消防救援大队",)),
        ("我局会商县财政局、县住建局", ("县财政局", "县住建局")),
        ("收到提案后县水利局立即勘查", ("县水利局",)),
        ("分管副县长召集县水利局、县住建局现场办公", ("县水利局", "县住建局")),
        ("在县发改局的协调下项目落地", ("县发改局",)),
        ("县卫健局批复床位40张", ("县卫健局",)),
        ("省发改委批复立项", ()),
        ("决定权在铁路部门", ()),
        ("与省农科院签订协议", ()),
        ("镇综合行政执法队定人定岗", ("镇综合行政执法队",)),
        ("甲坊街道会同区城管局整治", ("区城管局", "甲坊街道")),
        ("甲坊镇新建广场", ()),
        ("县残联同县民政局协商", ("县残联", "县民政局")),
        ("报县发改局审批", ()),
        ("镇党委会研究三次", ()),
    ],
)
def test_who_acted_in_many_positions(text, units):
    assert acting_units(text) == units
