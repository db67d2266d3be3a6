"""Where the lines of the curves run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_samples import OPTIONS, Skill, answered, content

from nlp.evaluate.page.curves import POINTS, routed_risk
from nlp.evaluate.page.plots import HEIGHT, LEFT, TOP, WIDTH, reliability_plots, risk_plot
from nlp.evaluate.run import examine


def places(line):
    return [tuple(map(float, pair.split(","))) for pair in line.points.split()]


def test_risk_over_coverage():
    found = risk_plot(content())
    assert [line.name for line in found.series] == ["甲@1", "乙@22"]
    assert [line.style for line in found.series] == [0, 1]
    for line, model in zip(found.series, content().models, strict=True):
        drawn, points = places(line), routed_risk(model.given.found.routed)
        assert len(drawn) == len(points) <= POINTS
        assert drawn[-1][0] == LEFT + WIDTH
        assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)
        assert all(TOP <= y <= TOP + HEIGHT for _, y in drawn)
        scores = model.evaluation.decision
        assert line.dots[0].x == pytest.approx(LEFT + WIDTH * scores.auto, abs=0.06)
    top = float(found.y_ticks[-1].text.rstrip("%")) / 100
    assert found.guide[1] == pytest.approx(TOP + HEIGHT * (1 - 0.05 / top), abs=0.06)
    assert "要求准确率 95%，即最多错 5%" in found.guide_text
    assert "甲@1：办 50" in found.label


def test_a_worse_model_runs_higher():
    good, bad = (places(line) for line in risk_plot(content()).series)
    assert bad[-1][1] < good[-1][1]  # SVG counts downwards


def test_reliability_of_each_task():
    topics, leads = reliability_plots(content())
    assert (topics.title, leads.title) == ("主题：所报的把握可信吗", "主办：所报的把握可信吗")
    assert topics.guide == (LEFT, TOP + HEIGHT, LEFT + WIDTH, TOP)
    for line in (*topics.series, *leads.series):
        assert line.dots
        assert all(LEFT <= dot.x <= LEFT + WIDTH for dot in line.dots)
        marked = {(dot.x, dot.y) for dot in line.dots}
        assert set(places(line)) <= marked


def test_bins_of_few_rows_are_dots_beside_the_line():
    own = content().examined[0].given.found.rows[:12]
    few = examine(answered("少@1", Skill(50, 50), own), OPTIONS)
    (plot, *_) = reliability_plots(replace(content(), examined=[few]))
    assert len(plot.series[0].dots) > len(places(plot.series[0]))


def test_nothing_to_draw():
    baselines = replace(content(), examined=content().baselines)
    assert risk_plot(baselines) is None
    assert reliability_plots(baselines) == ()
