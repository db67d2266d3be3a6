"""Names around a title: who brought it, who acted, and a title without marks; all invented."""

from __future__ import annotations

import pytest

from nlp.bulletin.proposers import proposer_before
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
