"""The learning curve: whole places are drawn, and the picture shows every curve."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from benchmarks.encoders.curve_svg import LABEL_GAP, Curve, drawn
from benchmarks.encoders.learning_curve import (
    SHARES,
    Point,
    drawn_rows,
    markdown,
    picture,
    section,
)
from nlp.corpus.rows import Row

ROWS = [Row(f"L-{i}", f"题{i}", place=f"县{i // 10}") for i in range(100)]
ROWS += [Row(f"T{i // 50}-{i}", f"题{i}") for i in range(100)]
NAMES = ("test_topic", "test1", "test3", "real_topic", "real1", "real3")
POINTS = [
    Point(share, share * 100, {name: 0.5 + share / 250 + i / 100 for i, name in enumerate(NAMES)})
    for share in SHARES
]


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("share", SHARES)
def test_places_and_files_are_drawn_whole(share, seed):
    taken = drawn_rows(ROWS, share, seed)
    names = {row.place or row.id[:2] for row in taken}
    assert len(taken) == sum((row.place or row.id[:2]) in names for row in ROWS)
    assert 0.5 * share < 100 * len(taken) / len(ROWS) <= share
    assert taken == drawn_rows(ROWS, share, seed)


def test_all_rows_are_the_whole_and_seeds_differ():
    assert len(drawn_rows(ROWS, 100, 0)) == len(ROWS)
    assert drawn_rows(ROWS, 20, 0) != drawn_rows(ROWS, 20, 1)


def test_the_table_has_a_row_a_share():
    lines = markdown(POINTS).splitlines()
    assert len(lines) == 2 + len(SHARES)
    assert lines[2].startswith("| 5 % | 500 | 52.0 | 53.0 |")


def test_without_real_titles_their_columns_are_left_out():
    own = [Point(p.share, p.rows, {n: p.figures[n] for n in NAMES[:3]}) for p in POINTS]
    assert "real" not in markdown(own)
    assert "real" not in picture(own)


def test_the_picture_is_svg_with_every_curve_named():
    root = ElementTree.fromstring(picture(POINTS))
    shapes = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert shapes.count("polyline") == len(NAMES)
    assert shapes.count("circle") == len(NAMES) * len(SHARES)
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
    assert "lead @1, real titles 94.0" in texts
    dashed = [e for e in root.iter() if "dashed" in e.get("class", "")]
    assert len(dashed) == 3
    assert "learning-curve.svg" in section(POINTS)


def test_names_at_the_ends_keep_apart_and_inside():
    curves = [Curve(f"c{i}", ((100, 60.0), (1000, 90.0 + i / 10))) for i in range(6)]
    found = re.findall(r'y="([\d.]+)" text-anchor="start"', drawn(curves, "x", "y"))
    places = sorted(map(float, found))
    gaps = [b - a for a, b in pairwise(places)]
    assert min(gaps) >= LABEL_GAP - 0.2
    assert places[0] > 0


def test_names_are_escaped():
    assert "a&lt;b" in drawn([Curve("a<b", ((1, 50.0), (2, 60.0)))], "x", "y")
