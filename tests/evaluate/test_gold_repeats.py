from __future__ import annotations

from nlp.corpus.rows import Row
from nlp.evaluate.gold.repeats import contradiction_notes, contradictions, with_unique_ids
from nlp.evaluate.gold.rows import Gold


def gold(*rows: Row) -> Gold:
    return Gold(rows, (), tuple(f"表.csv 第{n}行" for n in range(2, len(rows) + 2)))


def test_repeated_ids_get_numbers():
    found = with_unique_ids(gold(*(Row(name, "题") for name in ("a", "a", "b", "a#2", "a"))))
    assert [row.id for row in found.rows] == ["a", "a#3", "b", "a#2", "a#4"]
    (note,) = found.notes
    assert "有 1 个编号重复：a×3（表.csv 第2、3、6行）" in note


def test_single_ids_stay():
    single = gold(Row("a", "题"), Row("b", "题"))
    assert with_unique_ids(single) is single


ROWS = (
    Row("1", "关于学校食堂的建议", topics=("livelihood",), lead="education"),
    Row("2", "关于学校食堂的提案", topics=("ecology", "livelihood"), lead="education"),
    Row("3", "关于学校食堂的提案", topics=("industry",), lead="health", ambiguous=True),
    Row("4", "关于河道的提案", topics=("industry",), lead="water"),
    Row("5", "关于学校食堂的提案", lead="water", also=("education",)),
)


def test_near_duplicates_with_different_answers():
    topics, lead = contradictions(ROWS, (0, 0, 0, 3, 0))
    assert (topics.task, topics.rows, topics.labels) == ("主题", (0, 1), ("livelihood", "ecology"))
    assert (lead.task, lead.rows, lead.labels) == ("主办", (0, 1, 2), ("education", "health"))


def test_contradictions_are_named_with_rows():
    (note,) = contradiction_notes(gold(*ROWS), (0, 0, 0, 3, 0))
    assert "有 2 处" in note
    assert "“关于学校食堂的建议”的主题有 livelihood、ecology（表.csv 第2、3行）" in note
    assert contradiction_notes(gold(*ROWS), range(5)) == ()
