"""Units of a place: functions of one unit are added, co-handling leaves out the lead."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.classify.dispatch import TOP, Dispatch
from nlp.places import Directory, Unit
from nlp.taxonomy import Function

KEYS = ("education", "sports", "industry_it", "telecom", "water", "court", "township")
FUNCTIONS = tuple(Function(k, k, fold="industry_it" if k == "telecom" else None) for k in KEYS)
PLACE = Directory(
    "试县",
    "county",
    (
        Unit("县教体局", (), ("education", "sports")),
        Unit("县工信局", (), ("industry_it",)),
        Unit("县水务局", (), ("water",)),
        Unit("乡镇政府", (), ("township",)),
    ),
    towns=("柳林镇",),
    default="县政府办",
)
WITH_TELECOM = replace(PLACE, units=(*PLACE.units, Unit("县通信办", (), ("telecom",))))


@pytest.fixture(scope="module")
def dispatch():
    return Dispatch(PLACE, FUNCTIONS)


def named(units):
    return [(u.unit, u.function, u.probability) for u in units]


def lead(dispatch, row, text=""):
    chances = np.array(row)
    return dispatch.ranked(dispatch.summed(chances[None])[0], chances, text)


def co(dispatch, row, threshold, without=""):
    chances = np.array(row)
    joined = dispatch.joined(chances[None])[0]
    column = dispatch.units.index(without) if without else -1
    return dispatch.accepted(joined, chances, "", threshold=threshold, without=column)


def test_functions_of_a_unit_are_summed_to_one_row(dispatch):
    assert named(lead(dispatch, [0.2, 0.25, 0.15, 0.2, 0.11, 0.09, 0.0])) == [
        ("县教体局", "sports", 0.45),
        ("县工信局", "telecom", 0.35),
        ("县水务局", "water", 0.11),
        ("县政府办", "court", 0.09),
        ("乡镇政府", "township", 0.0),
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.floats(0.001, 1), min_size=7, max_size=7), st.sampled_from([PLACE, WITH_TELECOM])
)
def test_rows_are_ranked_units_that_sum_to_one_at_most(values, place):
    dispatch = Dispatch(place, FUNCTIONS)
    units = lead(dispatch, np.array(values) / sum(values))
    chances = [u.probability for u in units]
    assert chances == sorted(chances, reverse=True)
    assert len({u.unit for u in units}) == len(units) == TOP
    assert sum(chances) <= 1.0 + 5e-5 * len(units)
    if place is PLACE:
        assert sum(chances) == pytest.approx(1.0, abs=3e-4)


def test_a_function_without_unit_goes_where_it_folds(dispatch):
    telecom = [0, 0, 0, 1.0, 0, 0, 0]
    assert lead(dispatch, telecom)[0].unit == "县工信局"
    assert lead(Dispatch(WITH_TELECOM, FUNCTIONS), telecom)[0].unit == "县通信办"


def test_what_nobody_holds_goes_to_the_default(dispatch):
    assert lead(dispatch, [0, 0, 0, 0, 0, 1.0, 0])[0].unit == "县政府办"


def test_functions_of_a_unit_are_told(dispatch):
    held = {unit: dispatch.functions_of(i) for i, unit in enumerate(dispatch.units)}
    assert held == {
        "县教体局": [0, 1],
        "县工信局": [2, 3],
        "县水务局": [4],
        "县政府办": [5],
        "乡镇政府": [6],
    }


def test_the_text_tells_which_town(dispatch):
    town = [0, 0, 0, 0, 0, 0, 1.0]
    assert lead(dispatch, town, "柳林镇集市太乱")[0].unit == "柳林镇政府"
    assert lead(dispatch, town, "集市太乱")[0].unit == "乡镇政府"


def test_towns_are_named_where_no_unit_holds_township():
    units = tuple(u for u in PLACE.units if "township" not in u.functions)
    dispatch = Dispatch(replace(PLACE, units=units), FUNCTIONS)
    assert lead(dispatch, [0, 0, 0, 0, 0, 0, 1.0], "柳林镇集市太乱")[0].unit == "柳林镇政府"


def test_co_units_leave_out_the_lead(dispatch):
    row = [0.9, 0.1, 0.1, 0.1, 0.6, 0.0, 0.0]
    assert named(co(dispatch, row, 0.5, "县教体局")) == [("县水务局", "water", 0.6)]
    assert named(co(dispatch, row, 0.5, "县水务局")) == [("县教体局", "education", 0.91)]


def test_co_chances_of_one_unit_are_joined(dispatch):
    row = [0.3, 0.4, 0.2, 0.2, 0.0, 0.0, 0.0]
    assert named(co(dispatch, row, 0.5)) == [("县教体局", "sports", 0.58)]
    assert named(co(dispatch, row, 0.35)) == [
        ("县教体局", "sports", 0.58),
        ("县工信局", "industry_it", 0.36),
    ]


def test_certain_partners_stay_finite(dispatch):
    assert named(co(dispatch, [1.0, 0.5, 0, 0, 0, 0, 0], 0.5)) == [("县教体局", "education", 1.0)]


def test_nobody_co_handles_below_the_threshold(dispatch):
    assert co(dispatch, [0.05] * 7, 0.5) == ()


def test_the_cheap_look_misses_no_named_unit():
    """Every written form that the directory reads in a sentence passes the quick test."""
    from nlp.classify.dispatch import open_directory
    from nlp.taxonomy import load_functions

    functions = load_functions()
    for place in ("generic", "county", "泽州县", "长治市"):
        directory = open_directory(place, [f.key for f in functions])
        dispatch = Dispatch(directory, functions)
        forms = [form for unit in directory.units for form in (unit.name, *unit.short)]
        texts = [f"请{prefix}{form}牵头办理。" for form in forms for prefix in ("", place)]
        named = [(unit, text) for text in texts for unit in directory.mentioned(text)]
        assert len(named) > len(forms) / 2
        assert all(dispatch.may_be_named(unit, text) for unit, text in named)


def test_an_offices_own_unit_is_named_as_it_is_written():
    own = Dispatch(PLACE, (*FUNCTIONS, Function("县河长办", "县河长办"), Function("zoo", "zoo")))
    assert own.owner("县河长办", "") == "县河长办"
    assert own.owner("zoo", "") == PLACE.default
    assert own.settled[own.units.index("县河长办")]
