"""Near-duplicates: copies found, titles that share only a frame left apart."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.corpus.duplicates import alike, duplicate_groups, strip_frame


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("关于整治沿河路夜市油烟污染问题的建议", "整治沿河路夜市油烟污染问题"),
        ("关于加快整治沿河路夜市油烟污染的提案", "关于尽快整治沿河路夜市油烟污染的建议"),
        ("整治 沿河路“夜市”油烟污染！", "整治沿河路夜市油烟污染"),
        (
            "关于在县城东部新建一所公办寄宿制初级中学的建议",
            "关于在县城东部新建一所公办寄宿制初级中学校的建议",
        ),
    ],
)
def test_copies_are_grouped(first, second):
    assert duplicate_groups([first, "关于保护古戏台的建议", second]) == [0, 1, 0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("关于加强河道管理的建议", "关于加强路灯管理的建议"),
        ("关于解决高山村群众出行难的建议", "关于解决柳林村群众吃水难的建议"),
        ("关于进一步加强学前教育工作的提案", "关于进一步加强安全生产工作的提案"),
    ],
)
def test_titles_that_share_only_a_frame_stay_apart(first, second):
    assert duplicate_groups([first, second]) == [0, 1]


def test_groups_are_transitive():
    chain = [
        "在三路公交沿线增设带座椅的遮阳避雨候车亭十座",
        "在三路公交沿线增设带座椅的遮阳避雨候车亭",
        "三路公交沿线增设带座椅的遮阳避雨候车亭",
        "三路公交沿线增设遮阳避雨候车亭",
    ]
    bare = [strip_frame(t) for t in chain]
    assert all(alike(a, b) for a, b in pairwise(bare))
    assert not alike(bare[0], bare[3])
    assert duplicate_groups(chain) == [0, 0, 0, 0]
    assert duplicate_groups(chain[::-1]) == [0, 0, 0, 0]


def test_odd_texts_do_no_harm():
    assert duplicate_groups([]) == []
    assert duplicate_groups(["。", "\ud800", "水", "水"]) == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("关于进一步修缮戏台的建议", "修缮戏台"),
        (" 关于修缮戏台的提案\n", "修缮戏台"),
        ("修缮 “戏台”", "修缮戏台"),
        ("关于修缮戏台的建议。", "修缮戏台"),
        ("？！", "？！"),
    ],
)
def test_frames_are_stripped(text, bare):
    assert strip_frame(text) == bare


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("水利路灯学校河", min_size=1, max_size=8), max_size=12))
def test_group_is_named_by_its_first_member_and_exact_copies_share_it(texts):
    groups = duplicate_groups(texts)
    assert all(groups[g] == g <= i for i, g in enumerate(groups))
    for i, text in enumerate(texts):
        assert groups[i] == groups[texts.index(text)]
