"""The words of an office's records: heads, statuses, outcomes by scheme."""

from __future__ import annotations

import pytest

from nlp.bulletin.draft.status import UNKNOWN, Status
from nlp.bulletin.draft.words import CLASS_NAMES, CLOSED, ROLE_NAMES, load_words, parts, words
from nlp.errors import DataError
from nlp.outcomes import load_outcomes


@pytest.fixture(scope="module")
def status() -> Status:
    return Status(words(), load_outcomes())


def test_every_role_has_heads_and_every_class_a_name():
    assert set(words().columns) == set(ROLE_NAMES)
    assert set(words().classes) == set(CLOSED)
    classes = {name for role in words().classes.values() for name in role.values()}
    assert classes - {"none"} <= set(CLASS_NAMES)


@pytest.mark.parametrize(
    ("role", "cell", "found"),
    [
        ("filing", " 立案 ", "filed"),
        ("filing", "不予立案", "refused"),
        ("filing", "转社情民意", "transferred_opinions"),
        ("filing", "另行研究", UNKNOWN),
        ("source", "集体提案", "group"),
        ("source", "委员", "individual"),
        ("key", "√", "yes"),
        ("met", "电话沟通", "no"),
        ("feedback", "非常满意", "satisfied"),
        ("feedback", "未反馈", ""),
        ("state", "已办结", "closed"),
        ("outcome", "A", "solved"),
        ("outcome", "Ｂ类", "planned"),
        ("outcome", "丙", "limited"),
        ("outcome", "C.受条件限制", "limited"),
        ("outcome", "已解决或基本解决", "solved"),
        ("outcome", "列入计划逐步解决", "planned"),
        ("outcome", "受限暂不能解决", "limited"),
        ("outcome", "解释说明或留作参考", "explained"),
        ("outcome", "采纳类", "solved"),
        ("outcome", "办理中", "pending"),
        ("outcome", "判断不了", ""),
        ("outcome", "转下一年度再议", UNKNOWN),
        ("outcome", "  ", ""),
    ],
)
def test_status_words(status, role, cell, found):
    assert status.read(role, cell) == found


def test_a_scheme_decides_before_our_words():
    ongoing = Status(words(), load_outcomes("solving-is-solved"))
    three = Status(words(), load_outcomes("three-classes"))
    assert ongoing.read("outcome", "正在解决") == "solved"
    assert three.read("outcome", "留作参考") == "limited"
    assert three.read("outcome", "D") == "limited"


def test_cells_that_list_several():
    assert parts("财政局、水利局，教育局") == ("财政局", "水利局", "教育局")
    assert parts(" 、") == ()


def test_faults_of_the_file_are_named_by_line(tmp_path):
    path = tmp_path / "w.yaml"
    path.write_text("columns:\n  ident: 编号\nfiling:\n  filed: 立案\n  refused: 立案\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_words(path)
    said = str(caught.value)
    assert "第2行：没有“ident”这种列" in said
    assert "“立案”写了两次" in said
