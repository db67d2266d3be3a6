"""One rate given twice: of the same items, or of others."""

from __future__ import annotations

import pytest

FIRST = "今年承办提案{handled 120件}，满意率{rates.satisfied 98%}。\n"


@pytest.mark.parametrize(
    "again",
    [
        "一、办理情况\n委员满意率{rates.satisfied 96.5%}。",
        "从反馈看，满意率达{rates.satisfied 96.5%}。",
        "各承办单位认真办理，提案满意率{rates.satisfied 96.5%}。",
    ],
)
def test_a_rate_of_the_whole_said_twice(only, again):
    fault = only(FIRST + again)
    assert (fault.code, fault.arithmetic) == ("stated_twice", "98%≠96.5%，相差1.5")


@pytest.mark.parametrize(
    "again",
    [
        "建议满意率{rates.satisfied 96.5%}。",
        "二次办理满意率{rates.satisfied 96.5%}。",
        "初次满意率{rates.satisfied 96.5%}。",
        "2021年满意率{rates.satisfied 96.5%}。",
        "去年满意率{rates.satisfied 96.5%}。",
        "满意率由{rates.satisfied 96.5%}提高到现在的水平。",
        "县水利局承办30件；满意率{rates.satisfied 96.5%}。",
        "重点提案9件，满意率{rates.satisfied 96.5%}。",
        "满意率{rates.satisfied 98%}。",
    ],
)
def test_rates_of_other_items_do_not_contradict(found, again):
    again = again.replace("由{", "从上年的{")
    assert found(FIRST + again) == []
