from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.corpus.rows import Row
from nlp.errors import InputError
from nlp.evaluate.gold.check import FEWEST, check_gold
from nlp.evaluate.gold.rows import Gold

TOPICS = {"livelihood": "民生福祉", "ecology": "生态环境"}
PLACES = "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥".split()
SUBJECTS = ("学校食堂", "河道清淤", "村卫生室", "公交站台")


def gold(*rows: Row) -> Gold:
    return Gold(rows, (), tuple(f"gold.jsonl 第{n}行" for n in range(1, len(rows) + 1)))


def many(**fields) -> list[Row]:
    """Forty rows that are no near-duplicates, of two topics and two leads."""
    pairs = [(place, subject) for place in PLACES[:10] for subject in SUBJECTS]
    return [
        replace(
            Row(
                f"{n}",
                f"{place * 4}{subject}{place * 5}",
                topics=(("livelihood", "ecology")[n % 2],),
                lead=("education", "water")[n % 2],
            ),
            **fields,
        )
        for n, (place, subject) in enumerate(pairs)
    ]


@pytest.fixture
def functions(toy):
    return toy.router.functions


def test_nothing_to_say_of_enough_good_rows(functions):
    assert check_gold(gold(*many()), TOPICS, functions) == ()


def test_labels_that_the_model_lacks(functions):
    rows = many()
    rows[3] = replace(
        rows[3], topics=("ecologyy", "农林水"), lead="telecomm", co=("watter", "water")
    )
    topics, lead, co = check_gold(gold(*rows), TOPICS, functions)
    assert "有 2 处主题是模型没有的 2 种标签，一律算错" in topics
    assert "ecologyy×1（gold.jsonl 第4行）（是否 ecology（生态环境）？）" in topics
    assert topics.endswith("、农林水×1（gold.jsonl 第4行）。")
    assert "telecomm×1" in lead
    assert "watter×1（gold.jsonl 第4行）（是否 water？）" in co


def test_functions_of_one_unit_are_known(functions):
    assert check_gold(gold(*many(), Row("x", "宽带", lead="telecom")), TOPICS, functions) == ()


def test_no_label_in_common_is_refused(functions):
    rows = many(topics=("农林水",), lead="县水务局")
    with pytest.raises(InputError, match="没有一个标签相同") as caught:
        check_gold(gold(*rows), TOPICS, functions)
    message = caught.value.message
    rows = "gold.jsonl 第1、2、3行 等 40 行"
    assert f"标的主题是 农林水×40（{rows}），模型的是 ecology、livelihood" in message
    assert f"标的主办是 县水务局×40（{rows}），模型的是 education、health、" in message
    assert "--base" in caught.value.hint
    assert "--scheme" in caught.value.hint
    assert "--place" in caught.value.hint


def test_one_task_without_a_label_in_common_is_noted(functions):
    notes = check_gold(gold(*many(topics=("农林水",))), TOPICS, functions)
    assert any("主题一项的数字没有意义" in note for note in notes)
    assert not any("主办" in note for note in notes)


def test_tasks_that_the_model_lacks_are_not_held_against_it(functions):
    rows = many(topics=("农林水",))
    assert check_gold(gold(*rows), {}, functions) == ()
    with pytest.raises(InputError):
        check_gold(gold(*rows), TOPICS, ())


def test_three_rows_are_too_few(functions):
    topics, lead = check_gold(gold(*many()[:3]), TOPICS, functions)
    assert "标了主题的只有 3 行（gold.jsonl 第1、2、3行），太少" in topics
    assert "主办" in lead
    assert check_gold(gold(*many()[:FEWEST]), TOPICS, functions) == ()


def test_one_class_only(functions):
    (note,) = check_gold(gold(*many(topics=("ecology",))), TOPICS, functions)
    assert "40 行的主题全是“生态环境”" in note


def test_contradictions_are_noted(functions):
    rows = many()
    rows[1] = replace(rows[1], title=rows[0].title)
    notes = check_gold(gold(*rows), TOPICS, functions)
    assert len(notes) == 1
    assert "有 2 处标注互相矛盾" in notes[0]
    assert "gold.jsonl 第1、2行" in notes[0]


def test_nothing_labelled_is_left_to_the_evaluation(functions):
    assert check_gold(gold(Row("1", "题")), TOPICS, functions) == ()
