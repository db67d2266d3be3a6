"""Adapting the shipped model to an office: own labels, few rows, nothing promised too early."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from nlp.classify.decide import threshold_for
from nlp.classify.dispatch import open_directory
from nlp.classify.features import clean_pair, encode_texts
from nlp.classify.files import load_router, write_router
from nlp.classify.suggest import Options
from nlp.corpus.rows import Row, load_rows
from nlp.errors import InputError
from nlp.shipped import shipped
from nlp.store import write_model
from nlp.train.adapt import adapt, study
from nlp.train.office.plan import FEWEST
from nlp.train.office.seen import FOLDS, deal
from nlp.train.office.words import span

CATEGORIES = {
    "科教文卫": ("education", "health", "culture_tourism", "sports", "science_technology"),
    "城建交通": ("housing_construction", "urban_management", "transport", "natural_resources"),
    "农林水利": ("agriculture_rural", "water", "forestry_parks", "ecology_environment"),
    "财贸经济": ("commerce", "industry_it", "finance", "market_regulation", "development_reform"),
}
OF_LEAD = {lead: category for category, leads in CATEGORIES.items() for lead in leads}
UNIT = "银龄事务中心"
TEST = shipped("others").parent / "proposals" / "test.jsonl"


@pytest.fixture(scope="module")
def base():
    return load_router(shipped("models") / "default")


@pytest.fixture(scope="module")
def history():
    """Rows that the shipped model has not learned from, each with a category of an office."""
    rows = [row for row in load_rows([TEST]) if row.lead]
    return [replace(r, topics=(OF_LEAD[r.lead],)) for r in rows if r.lead in OF_LEAD][::3]


@pytest.fixture(scope="module")
def categories(base, history):
    rows = [replace(row, lead=None, co=None) for row in history[:100]]
    return study(base, rows)


def scores(router, rows):
    return router.score([clean_pair(row.title, row.body) for row in rows])


def accuracy(router, rows):
    best = scores(router, rows).topics.argmax(axis=1)
    said = [router.topics.labels[i] for i in best]
    return np.mean([label == row.primary for label, row in zip(said, rows, strict=True)])


def units_moved(history):
    """Let a unit of the office's own lead what schools are about."""
    own = {"education": UNIT}
    return [replace(row, topics=None, lead=own.get(row.lead, row.lead)) for row in history]


def test_own_categories_are_learned_from_a_hundred_rows(categories, history):
    assert categories.router.topics.labels == tuple(sorted(CATEGORIES))
    asked = history[100:]
    right = accuracy(categories.router, asked)
    most = Counter(row.primary for row in asked).most_common(1)[0][1] / len(asked)
    assert right > 0.8 > most + 0.2
    compared = categories.topics.compared
    assert (compared.rows, compared.labels, compared.before_is) == (100, 4, "scratch")
    assert compared.after.top1 > compared.before.top1
    assert categories.lead is None


def test_what_was_not_labelled_stays_the_bases(categories, base, history):
    router = categories.router
    assert router.units is base.units
    assert router.curve == base.curve
    assert router.functions == base.functions
    assert np.array_equal(scores(router, history[:9]).leads, scores(base, history[:9]).leads)


def test_the_bases_topics_are_corrected_not_replaced(base):
    rows = load_rows([TEST])[:60]
    adapted = study(base, [replace(row, lead=None) for row in rows])
    topics = adapted.router.topics
    assert topics.labels == base.topics.labels
    assert topics.by_function is base.topics.by_function
    assert len(topics.thresholds) == 5
    compared = adapted.topics.compared
    assert compared.before_is == "base"
    assert compared.after.top1 >= compared.before.top1 - 0.05


def test_own_units_lead_under_their_own_name(base, history):
    adapted = study(base, units_moved(history))
    router = adapted.router
    assert adapted.plan.own_units == (UNIT,)
    assert router.function_keys == (*base.function_keys, UNIT)
    assert router.topics.by_function.shape == (len(router.functions), 5)
    options = Options(open_directory("county", router.function_keys), precision=0.9)
    (school,) = router.classify(["关于增加乡村小学教师编制的建议"], options)
    assert (school.lead[0].function, school.lead[0].unit) == (UNIT, UNIT)
    (well,) = router.classify(["关于疏浚河道、加固堤防的建议"], options)
    assert well.lead[0].function == "water"
    before, after = adapted.lead.compared.before, adapted.lead.compared.after
    assert after.top1 > before.top1 + 0.05


def test_functions_that_the_office_never_had_stay_possible(base, history):
    router = adapt(base, [replace(row, topics=None) for row in history[:60]])
    (found,) = router.classify(["关于加强消防通道整治和火灾隐患排查的建议"])
    assert all(row.lead not in ("fire_rescue", "emergency") for row in history[:60])
    assert found.lead[0].function in ("fire_rescue", "emergency")
    assert router.units.duty_weight == pytest.approx(
        base.units.duty_weight / base.units.lead_temperature, abs=1e-4
    )


def test_pairs_of_the_office_are_counted_in(base, history):
    rows = [replace(r, topics=None, co=("court",)) if r.lead == "water" else r for r in history]
    units = adapt(base, [replace(r, topics=None) for r in rows]).units
    at = [units.functions.index(key) for key in ("water", "court")]
    assert units.co_given_lead[at[0], at[1]] > base.units.co_given_lead[at[0], at[1]] + 0.3
    assert units.co_given_lead[at[1]] == pytest.approx(base.units.co_given_lead[at[1]], abs=1e-4)


def test_the_head_says_what_the_correction_says(base, history):
    """Anchor, opinions and words are one linear head: nothing is lost but rounding."""
    from nlp.train.office.lead import adapted_units, lead_problem
    from nlp.train.office.plan import make_office_plan
    from nlp.train.office.problem import Setting, Validated
    from nlp.train.office.seen import see

    plan = make_office_plan(base, units_moved(history)[:80])
    seen = see(base, plan.rows, 0)
    problem = lead_problem(base.units, plan.own_units, seen)
    found = Validated(Setting(6.0, 0.2), problem.anchor, 1.0)
    correction = problem.fit(found.setting)
    wanted = correction.applied(problem.features(6.0), problem.anchor)
    duties = np.pad(seen.duties, ((0, 0), (0, 1)))
    units = adapted_units(base.units, problem, found, seen)
    stored = units.lead_logits(seen.matrix, duties, None)
    assert np.abs(stored - wanted).mean() < 0.05  # eight bits a weight
    assert np.abs(stored - wanted).max() < 0.4


def test_unlabelled_rows_change_nothing(base, history):
    rows = [replace(row, lead=None, co=None) for row in history[:40]]
    mixed = [x for i, row in enumerate(rows) for x in (row, Row(f"u{i}", f"没有标注的第{i}件"))]
    one, other = (adapt(base, each).topics for each in (rows, mixed))
    assert np.array_equal(one.head.weights, other.head.weights)
    assert one.temperature == other.temperature


def test_twenty_rows_are_enough_and_promise_nothing(base, history):
    rows = [replace(row, lead=None) for row in history[:FEWEST]]
    adapted = study(base, rows)
    assert "只有 20 行" in adapted.plan.remarks[0]
    lead = adapt(base, [replace(row, topics=None) for row in history[:FEWEST]])
    assert threshold_for(lead.curve, 0.9) > 1


def test_nineteen_rows_are_refused_with_the_next_step(base, history):
    rows = [*history[: FEWEST - 1], *(Row(f"u{i}", f"没有标注{i}") for i in range(50))]
    with pytest.raises(InputError, match="只有 19 行，至少要 20 行") as error:
        adapt(base, rows)
    assert error.value.hint


def test_one_label_alone_teaches_nothing(base, history):
    alike = [replace(row, topics=("综合",)) for row in history[:30]]
    with pytest.raises(InputError, match="类别只有“综合”一种"):
        adapt(base, [replace(row, lead=None) for row in alike])
    adapted = study(base, alike)
    assert adapted.topics is None
    assert adapted.router.topics.labels == base.topics.labels
    assert any("类别只有“综合”一种" in remark for remark in adapted.plan.remarks)


def test_rare_labels_are_named(base, history):
    rows = [replace(row, lead=None) for row in history[:40]]
    rows[3] = replace(rows[3], topics=("统战综合",))
    adapted = study(base, rows)
    assert adapted.plan.rare == ("统战综合（1 行）",)
    assert "统战综合（1 行）" in adapted.plan.remarks[-1]
    assert "统战综合" in adapted.router.topics.labels


def test_planted_errors_and_twins_are_reported(base, history):
    rows = [replace(row, lead=None, co=None) for row in history[:110]]
    planted = list(range(5, 105, 10))
    names = sorted(CATEGORIES)
    for i in planted:
        other = names[(names.index(rows[i].primary) + 1 + i % 3) % 4]
        rows[i] = replace(rows[i], topics=(other,))
    other = "科教文卫" if rows[0].primary != "科教文卫" else "财贸经济"
    twin = replace(rows[0], id="twin", topics=(other,))
    found = study(base, [*rows, twin]).topics.audit
    suspects = {doubt.id for doubt in found.doubts}
    assert len(suspects & {rows[i].id for i in planted}) >= 7
    assert len(suspects) <= 35
    (pair,) = found.contradictions
    assert {name for name, _, _ in pair.rows} == {rows[0].id, "twin"}


def test_files_say_the_same(categories, history, tmp_path):
    router = categories.router
    manifest = {"task": "route", "encoder": router.encoder.spec}
    write_model(tmp_path / "m", manifest, lambda folder: write_router(router, folder))
    read = load_router(tmp_path / "m")
    one, other = scores(router, history[:20]), scores(read, history[:20])
    assert one.topics == pytest.approx(other.topics, abs=1e-5)
    assert np.array_equal(one.leads, other.leads)


def test_an_adapted_model_can_be_adapted_again(categories, history):
    rows = [replace(row, lead=None) for row in history[100:160]]
    again = study(categories.router, rows)
    assert again.topics.compared.before_is == "base"
    assert again.router.topics.labels == categories.router.topics.labels
    assert accuracy(again.router, rows) > 0.8


def test_folds_keep_groups_and_spread_labels():
    groups = [0, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    folds = deal(groups, ["甲"] * 7 + ["乙"] * 5, 3)
    assert folds[0] == folds[1]
    assert set(folds.tolist()) == set(range(FOLDS))
    assert len(set(folds[7:].tolist())) == 5
    assert deal(groups, ["甲"] * 7 + ["乙"] * 5, 3).tolist() == folds.tolist()


def test_projected_rows_keep_their_cosines(base, history):
    matrix = encode_texts(base.encoder, [clean_pair(r.title, r.body) for r in history[:50]])
    words = span(matrix, 0)
    projected = words.project(matrix)
    assert projected @ projected.T == pytest.approx((matrix @ matrix.T).todense(), abs=1e-4)
    weights = np.random.default_rng(0).normal(size=(projected.shape[1], 3))
    wide = matrix @ words.unprojected(weights)
    assert wide == pytest.approx(projected @ weights, abs=1e-3)
