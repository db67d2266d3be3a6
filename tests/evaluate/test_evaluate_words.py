"""How numbers are written in sentences: nothing is rounded to certainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.compare import Verdict
from nlp.evaluate.words import (
    FIGURES,
    TURNED,
    asked_for,
    figure_name,
    margin,
    margin_span,
    of_hundred,
    points,
    span,
    span_of_hundred,
    system_name,
    written,
)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0"), (0.001, "不到 1"), (0.2, "20"), (0.784, "78"), (0.999, "99 多"), (1.0, "100")],
)
def test_so_many_of_a_hundred(share, said):
    assert of_hundred(share) == said


def test_by_hand():
    found = Estimate(0.78, 0.7512, 0.8101)
    assert span_of_hundred(found) == "95% 区间 75–82"
    assert span("lead.top1", found) == "75.1–81.0"
    assert span("lead.macro_f1", found) == "0.751–0.810"
    assert (written("lead.top1", 0.5), written("lead.ece", 0.5)) == ("50.0%", "0.500")
    assert (asked_for(0.95), asked_for(0.975)) == ("95%", "97.5%")


def test_differences_have_a_sign():
    apart = Estimate(0.021, -0.003, 0.045)
    assert margin("lead.top1", apart) == "+2.1 个百分点"
    assert margin_span("lead.top1", apart) == "-0.3 至 +4.5"
    assert (margin("co.f1", apart), margin_span("co.f1", apart)) == ("+0.021", "-0.003 至 +0.045")
    assert points(apart) == "+2.1 个百分点（95% 区间 -0.3 至 +4.5）"


@given(st.floats(0, 1), st.floats(0, 1))
def test_intervals_are_rounded_outwards(one, other):
    low, high = sorted((one, other))
    said = span_of_hundred(Estimate(low, low, high)).removeprefix("95% 区间 ").split("–")
    assert int(said[0]) / 100 <= low + 1e-6
    assert int(said[1]) / 100 >= high - 1e-6
    assert 0 <= int(said[0]) <= int(said[1]) <= 100


def test_names():
    assert figure_name("lead.top1") == FIGURES["lead.top1"]
    assert figure_name("next.year") == "next.year"
    assert system_name("baseline:rules") == "按职责词"
    assert system_name("default@1a2b") == "default@1a2b"
    assert {TURNED[TURNED[each]] is each for each in Verdict} == {True}
