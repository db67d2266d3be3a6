"""The gate: floors on values, comparisons on what the rows make certain."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp.errors import EXIT_GATE, EXIT_OK, UsageError
from nlp.evaluate.bootstrap import Drawn
from nlp.evaluate.figures import measures
from nlp.evaluate.gate import Gate, Limit, Rule, as_table
from nlp.evaluate.run import EvaluationOptions, evaluate
from nlp.evaluate.words import FIGURES

FILE = Path("门槛.yaml")


@pytest.fixture
def examined(toy):
    return evaluate(toy.router, toy.rows, EvaluationOptions(toy.directory))


def drawn(examined, model, **figures):
    """The same answers, but figures of these values whose resamples spread by `spread`."""
    spread = figures.pop("spread", 0.001)
    noise = np.random.default_rng(0).normal(0.0, spread, 500)
    made = {name.replace("_", ".", 1): Drawn(v, v + noise) for name, v in figures.items()}
    numbers = replace(
        examined.evaluation,
        model=model,
        intervals={name: each.estimate for name, each in made.items()},
    )
    return replace(examined, evaluation=numbers, figures=made)


def one(gate, examined, reference=None):
    (line,) = gate.check(examined, reference).lines
    return line


def floor(value, figure="lead.top1"):
    return Gate(FILE, floors=(Limit(figure, value),))


def ceiling(value, figure="lead.ece"):
    return Gate(FILE, ceilings=(Limit(figure, value),))


def test_every_figure_that_is_measured_has_a_name(examined, toy):
    measured = measures(examined.given, 0.95, empty_co_means_unknown=False)
    assert set(measured) == set(FIGURES)


def test_a_floor_is_held_against_the_value(examined):
    found = drawn(examined, "m", lead_top1=0.75, spread=0.01)
    line = one(floor(0.75), found)
    assert (line.passed, line.why, line.note) == (True, "达到", "样本少，区间下端低于要求")
    line = one(floor(0.7501), found)
    assert (line.passed, line.why, line.note) == (False, "低了 0.0001", "")
    assert one(floor(0.6), found).reason == "达到"


def test_a_ceiling_is_the_other_way_round(examined):
    found = drawn(examined, "m", lead_ece=0.06, spread=0.01)
    line = one(ceiling(0.06), found)
    assert (line.passed, line.note) == (True, "样本少，区间上端高于要求")
    line = one(ceiling(0.0588), found)
    assert (line.passed, line.why) == (False, "高了 0.0012")


def test_what_is_shown_as_equal_is_equal(examined):
    assert one(floor(0.75), drawn(examined, "m", lead_top1=0.75 - 1e-9)).passed
    assert one(ceiling(0.06), drawn(examined, "m", lead_ece=0.06 + 1e-9)).passed


@pytest.mark.parametrize("gate", [floor(0.0, "co.f1"), ceiling(1.0, "co.f1")])
def test_what_could_not_be_measured_fails(gate, examined):
    line = one(gate, drawn(examined, "m", lead_top1=1.0))
    assert not line.passed
    assert line.value is None
    assert line.found == "—"
    assert line.why.startswith("没有量出来")


def test_every_line_says_it_all(examined):
    found = drawn(examined, "m", lead_top1=0.7, lead_ece=0.05)
    gate = Gate(FILE, (Limit("lead.top1", 0.75),), (Limit("lead.ece", 0.06),))
    first, second = (line.text for line in gate.check(found).lines)
    assert first.startswith("不合格　主办前 1 命中（lead.top1）0.7000（95% 区间 0.69")
    assert first.endswith("，要求不低于 0.7500：低了 0.0500")
    assert second.startswith("合格　主办校准误差（lead.ece）0.0500")
    assert second.endswith("，要求不高于 0.0600：达到")


def test_the_result_tells_exit_code_and_summary(examined):
    good = floor(0.5).check(drawn(examined, "m", lead_top1=0.7))
    assert (good.passed, good.exit_code) == (True, EXIT_OK)
    assert good.summary == "合格：m 达到门槛 门槛.yaml 的全部 1 项要求。"
    bad = floor(0.8).check(drawn(examined, "m", lead_top1=0.7))
    assert (bad.passed, bad.exit_code) == (False, EXIT_GATE) == (False, 4)
    assert "1 项要求中的 1 项（lead.top1），不要换用" in bad.summary


def test_the_table_has_a_line_a_rule(examined):
    gate = Gate(FILE, (Limit("lead.top1", 0.75), Limit("co.f1", 0.1)))
    table = as_table(gate.check(drawn(examined, "m", lead_top1=0.8)))
    assert table.row_count == 2
    assert list(table.columns[2].cells) == ["✓", "✗"]


def test_a_whole_evaluation_passes_at_its_own_figures(examined):
    estimates = examined.evaluation.intervals
    assert len(estimates) == len(FIGURES)
    kept = tuple(Limit(name, round(each.value, 4)) for name, each in estimates.items())
    assert Gate(FILE, floors=kept, ceilings=kept).check(examined).passed
    raised = tuple(Limit(each.figure, each.value + 0.0002) for each in kept)
    assert len(Gate(FILE, floors=raised).check(examined).failed) == len(kept)


COMPARING = Gate(FILE, not_worse_than=Path("现用"), figures=("lead.top1",))


@pytest.mark.parametrize(
    ("value", "passed", "said"),
    [(0.7, False, "显著变差"), (0.795, True, "没有显著变差"), (0.9, True, "没有显著变差")],
)
def test_only_what_is_surely_worse_is_refused(value, passed, said, examined):
    noise = np.random.default_rng(1).normal(0.0, 0.02, 500)
    current = drawn(examined, "old", lead_top1=0.8)
    tried = drawn(examined, "new", lead_top1=value)
    tried.figures["lead.top1"] = Drawn(value, value + noise)
    line = one(COMPARING, tried, current)
    assert line.rule is Rule.NOT_WORSE
    assert line.passed is passed
    assert line.asked == 0.8
    assert line.why.startswith(f"与 old 相差 {value - 0.8:+.4f}（95% 区间 ")
    assert line.why.endswith(f"，{said}")


def test_less_error_is_not_worse(examined):
    gate = replace(COMPARING, figures=("lead.ece",))
    less, more = (drawn(examined, "m", lead_ece=value) for value in (0.04, 0.06))
    less.figures["lead.ece"] = Drawn(0.04, np.full(500, 0.04))
    assert one(gate, less, more).passed
    assert not one(gate, more, less).passed


def test_a_model_is_not_worse_than_itself(examined):
    gate = replace(COMPARING, figures=tuple(examined.figures))
    assert gate.check(examined, examined).passed


def test_a_figure_that_one_of_them_lacks(examined):
    full, poor = drawn(examined, "full", lead_top1=0.8), drawn(examined, "poor", co_f1=0.8)
    lost = one(COMPARING, poor, full)
    assert not lost.passed
    assert lost.why.startswith("没有量出来")
    new = one(COMPARING, full, poor)
    assert new.passed
    assert new.why == "poor 没有这项数字，无从比较"
    assert new.wanted.endswith("的 —")


def test_the_reference_must_be_there_and_of_the_same_rows(examined, toy):
    with pytest.raises(UsageError, match="没有量那个模型"):
        COMPARING.check(examined)
    other = evaluate(toy.router, toy.rows[:2], EvaluationOptions(toy.directory))
    with pytest.raises(UsageError, match="不是同一批件"):
        COMPARING.check(examined, other)


def test_decisions_must_be_measured_at_the_precision_asked(examined, toy):
    gate = replace(floor(0.0), precision=0.9)
    with pytest.raises(UsageError, match=r"要按 precision: 0\.9 量，评测用的却是 0\.95"):
        gate.check(examined)
    asked = evaluate(toy.router, toy.rows, EvaluationOptions(toy.directory, 0.9))
    assert gate.check(asked).passed
