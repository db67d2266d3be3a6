"""Precedents: past cases raise their function, from a list or from an office's own table."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from nlp.classify.features import Text
from nlp.classify.history import open_precedents
from nlp.classify.similar import FLOOR, Precedent, build_precedents
from nlp.classify.suggest import Options
from nlp.errors import InputError

PAST = "关于在滨河路安装声屏障的建议"
ASKED = "滨河路安装声屏障的问题"


@pytest.fixture(scope="module")
def build(small_router):
    def build(*items):
        return build_precedents(
            [Precedent(*item) for item in items], small_router.encoder, small_router.function_keys
        )

    return build


@pytest.mark.parametrize("function", ["education", "water", "culture_tourism"])
def test_a_precedent_raises_its_function(small_router, build, function):
    past = build((PAST, function, "某某局"))
    column = small_router.function_keys.index(function)
    (before,) = small_router.score([Text(ASKED)]).leads
    (after,) = small_router.score([Text(ASKED)], past).leads
    assert after[column] > before[column]
    assert after.sum() == pytest.approx(1.0)
    assert np.delete(after, column).max() <= before.max()


def test_a_strong_precedent_changes_the_lead(small_router, generic, build):
    (before,) = small_router.classify([ASKED], Options(generic))
    for function in {"education", "transport"} - {before.lead[0].function}:
        options = Options(generic, precedents=build((ASKED, function)))
        router = replace(small_router, units=replace(small_router.units, precedent_weight=80.0))
        assert next(router.classify([ASKED], options)).lead[0].function == function


def test_the_precedent_is_shown_where_its_unit_is_suggested(small_router, generic, build):
    past = build(("关于增加公交班次的建议", "transport", "市交通局"))
    options = Options(generic, precedents=past)
    (result,) = small_router.classify(["请增加公交班次"], options)
    assert result.lead[0].function == "transport"
    shown = [e.text for e in result.evidence if e.kind == "precedent"]
    assert len(shown) == 1
    assert shown[0].startswith("先例：《关于增加公交班次的建议》由市交通局办理（相似度 0.")
    (other,) = small_router.classify(["小学教师待遇"], options)
    assert not [e for e in other.evidence if e.kind == "precedent"]


def test_unlike_precedents_say_nothing(small_router, generic, build):
    past = build(("推广旱地谷子新品种", "sports"))
    plain = next(small_router.classify(["公交末班车太早"], Options(generic)))
    asked = next(small_router.classify(["公交末班车太早"], Options(generic, precedents=past)))
    assert asked == plain


def test_nearest_precedent_of_each_function_counts(build, small_router):
    past = build((PAST, "water"), ("关于增加公交班次的建议", "water"), (PAST, "education"))
    keys = small_router.function_keys
    similarities = past.similarities(small_router.encoder.encode([PAST, "玉米"]))
    assert similarities.shape == (2, 3)
    assert similarities[0, [0, 2]] == pytest.approx([1.0, 1.0], abs=1e-5)
    scores = past.scores(similarities, len(keys))
    assert scores.shape == (2, len(keys))
    assert scores[0, keys.index("water")] == pytest.approx(1 - FLOOR, abs=1e-5)
    assert np.count_nonzero(scores[0]) == 2
    assert not scores[1].any()


def test_unknown_functions_are_dropped(build):
    past = build((PAST, "space_travel"), (PAST, "water"))
    assert [p.function for p in past.items] == ["water"]
    assert past.matrix.shape[0] == 1
    assert build((PAST, "space_travel")) is None
    assert build() is None


@pytest.fixture
def table(tmp_path):
    def write(*rows, heads=("编号", "标题", "主办单位")):
        path = tmp_path / "往年.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([heads, *rows])
        return path

    return write


def test_history_from_a_table(table, small_router, generic):
    path = table(
        ("1", "关于修缮危桥的建议", "县交通运输局"),
        ("2", "关于新建公办幼儿园的建议", "教育局"),
        ("3", "关于疏浚河道的建议", "water"),
        ("4", "关于发射卫星的建议", "星际航行署"),
        ("5", "关于修补校舍的建议", ""),
        ("6", "", "教育局"),
    )
    said: list[str] = []
    past = open_precedents(path, small_router, generic, said.append)
    assert [(p.title, p.function, p.unit) for p in past.items] == [
        ("关于修缮危桥的建议", "transport", "县交通运输局"),
        ("关于新建公办幼儿园的建议", "education", "教育局"),
        ("关于疏浚河道的建议", "water", "water"),
    ]
    (line,) = said
    assert "用了 3 件" in line and "2 件的主办单位认不出" in line and "星际航行署" in line


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([("1", "关于发射卫星的建议", "星际航行署")], ("编号", "标题", "主办单位")),
        ([("1", "关于修缮危桥的建议", "张三")], ("编号", "标题", "委员")),
    ],
)
def test_a_table_without_any_known_unit_is_refused(table, small_router, generic, rows, heads):
    with pytest.raises(InputError, match="没有一行可用") as caught:
        open_precedents(table(*rows, heads=heads), small_router, generic, [].append)
    assert "主办单位" in caught.value.hint
