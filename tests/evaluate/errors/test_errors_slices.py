"""Slices: who is in which, by hand; a bad slice is found, good and small ones are left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from error_samples import answers

from nlp.corpus.rows import Row
from nlp.evaluate.answers import UNLABELLED
from nlp.evaluate.bootstrap import Sample, estimate
from nlp.evaluate.errors.damage import damage, mended
from nlp.evaluate.errors.slices import SliceKind, slices


def placed(places: dict[str, tuple[int, int]]):
    """Return answers to rows of places, given as (rows, right ones)."""
    rows, said = [], []
    for place, (count, right) in places.items():
        rows += [Row(f"{place}{i}", f"{place}第{i}件", place=place) for i in range(count)]
        said += [0] * right + [1] * (count - right)
    return answers([0] * len(rows), said, rows=rows)


def of(kind: SliceKind, found):
    return {each.name: each for each in found if each.kind is kind}


def apart(given):
    return range(len(given.rows))


def test_a_bad_place_stands_out_and_no_other():
    given = placed({"东塬县": (80, 72), "西塬县": (80, 70), "南塬县": (60, 24)})
    found = of(SliceKind.PLACE, slices(given, apart(given)))
    assert {name: (one.rows, one.right) for name, one in found.items()} == {
        "东塬县": (80, 72),
        "西塬县": (80, 70),
        "南塬县": (60, 24),
    }
    assert [name for name, one in found.items() if one.worse] == ["南塬县"]
    bad = found["南塬县"]
    assert bad.figure.value == pytest.approx(0.4)
    assert bad.margin.value == pytest.approx(0.4 - 142 / 160)
    assert bad.margin.high < 0 < found["东塬县"].margin.low


def test_the_figure_and_its_interval_are_those_of_the_shares_bootstrap():
    given = placed({"东塬县": (40, 30), "西塬县": (25, 10)})
    inside = [row.place == "西塬县" for row in given.rows]
    expected = estimate(
        Sample(np.array(inside) & given.right, np.array(inside, float)), apart(given)
    )
    assert of(SliceKind.PLACE, slices(given, apart(given)))["西塬县"].figure == expected


def test_the_more_slices_the_wider_the_margin():
    two = placed({"甲": (60, 30), "乙": (300, 180)})
    many = placed({"甲": (60, 30)} | {f"乙{i}": (30, 18) for i in range(10)})
    narrow, wide = (
        of(SliceKind.PLACE, slices(given, apart(given)))["甲"].margin for given in (two, many)
    )
    assert narrow.value == pytest.approx(wide.value)
    assert wide.low < narrow.low
    assert wide.high > narrow.high


def test_small_places_are_pooled_and_counted():
    given = placed({"东塬县": (40, 30), "甲镇": (4, 4), "乙镇": (3, 0), "丙镇": (5, 5)})
    found = of(SliceKind.PLACE, slices(given, apart(given)))
    assert list(found) == ["东塬县", "其他"]
    assert (found["其他"].pooled, found["其他"].rows, found["其他"].right) == (3, 12, 9)
    assert found["其他"].figure is not None
    assert found["东塬县"].pooled == 0


def test_one_small_place_keeps_its_name_but_has_no_figure():
    given = placed({"东塬县": (40, 30), "甲镇": (4, 0)})
    small = of(SliceKind.PLACE, slices(given, apart(given)))["甲镇"]
    assert (small.pooled, small.rows, small.figure, small.margin, small.worse) == (
        0,
        4,
        None,
        None,
        False,
    )


def test_a_place_called_like_the_pool_stays_apart():
    given = placed({"其他": (20, 20), "甲镇": (6, 0), "乙镇": (6, 0)})
    found = [each for each in slices(given, apart(given)) if each.kind is SliceKind.PLACE]
    assert [(one.name, one.pooled, one.rows) for one in found] == [("其他", 0, 20), ("其他", 2, 12)]


def test_copies_of_few_texts_are_not_judged():
    given = placed({"东塬县": (40, 36), "西塬县": (20, 0)})
    copied = [i if i < 40 else 40 for i in range(60)]
    bad = of(SliceKind.PLACE, slices(given, copied))["西塬县"]
    assert bad.figure.value == 0.0
    assert (bad.margin, bad.worse) == (None, False)


def test_unlabelled_rows_are_in_no_slice():
    given = placed({"东塬县": (40, 30), "西塬县": (40, 30)})
    gold = given.gold.copy()
    gold[:35] = UNLABELLED
    found = of(SliceKind.PLACE, slices(replace(given, gold=gold), apart(given)))
    assert (found["东塬县"].rows, found["西塬县"].rows) == (5, 40)


def test_who_is_in_which_slice():
    bodies = ["", "修" * 300, "修" * 301, "修" * 1000, "修" * 1001]
    rows = [
        Row(
            f"{i}-{k}",
            f"第{i}组第{k}件",
            body=body,
            place=["东塬县（山区）", "东塬县(平川)", "", "", ""][i],
            year=[2019, 2020, None, 2020, 2021][i],
            kind=["proposal", "suggestion", "", "议案", "proposal"][i],
        )
        for i, body in enumerate(bodies)
        for k in range(10)
    ]
    found = slices(answers([0] * 50, [0] * 50, rows=rows), range(50))
    assert [(name, one.rows) for name, one in of(SliceKind.LENGTH, found).items()] == [
        ("只有标题", 10),
        ("正文300字以内", 10),
        ("正文301～1000字", 20),
        ("正文1000字以上", 10),
    ]
    assert [(name, one.rows) for name, one in of(SliceKind.PLACE, found).items()] == [
        ("东塬县", 20),
        ("未注明", 30),
    ]
    assert [(name, one.rows) for name, one in of(SliceKind.YEAR, found).items()] == [
        ("2019年", 10),
        ("2020年", 20),
        ("2021年", 10),
        ("未注明", 10),
    ]
    assert [(name, one.rows) for name, one in of(SliceKind.KIND, found).items()] == [
        ("提案", 20),
        ("建议", 10),
        ("议案", 10),
        ("未注明", 10),
    ]
    assert of(SliceKind.DAMAGE, found) == {}  # all are whole: nothing to compare
    assert not any(one.worse for one in found)  # all are right


def test_slices_by_damage():
    body = "本县东部几个村的道路年久失修，雨天难行。" * 6
    spoilt = {0: body, 1: body + "\u3000", 2: "\u3000".join(body)}
    rows = [
        Row(f"{i}-{k}", f"第{i}组第{k}件", body=text)
        for i, text in spoilt.items()
        for k in range(10)
    ]
    found = of(SliceKind.DAMAGE, slices(answers([0] * 30, [0] * 30, rows=rows), range(30)))
    assert [(name, one.rows) for name, one in found.items()] == [
        ("格式完好", 10),
        ("格式略有破损", 10),
        ("格式破损较多", 10),
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_rows_have_no_slices(count):
    assert slices(answers([0] * count, [1] * count), range(count)) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("修路", 0),
        ("２０２３年修路", 4),
        ("修 路", 1),
        ("<p>修路</p>", 7),
        ("修路\n", 1),
    ],
)
def test_mended_characters_by_hand(text, count):
    assert mended(text) == count


def test_damage_is_a_share_of_title_and_body():
    assert damage(Row("a", "修 路", body="修路修路修路修")) == pytest.approx(0.1)
