"""Who learns from whom: never from itself or its copy."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.corpus.rows import Row
from nlp.evaluate.baselines.lessons import FOLDS, deal, lessons_from
from nlp.evaluate.readable import readable


@given(st.lists(st.integers(0, 30), max_size=60))
def test_groups_stay_whole_and_folds_are_even(groups):
    folds = deal(groups).tolist()
    assert len(folds) == len(groups)
    of_group = dict(zip(groups, folds, strict=True))
    assert [of_group[group] for group in groups] == folds
    sizes = [list(of_group.values()).count(fold) for fold in range(FOLDS)]
    assert max(sizes) - min(sizes) <= 1


def test_a_copy_is_in_its_originals_fold():
    titles = [f"{chr(0x4E00 + 31 * i) * 3}坏了" for i in range(20)]
    rows = [Row(f"{n}-{i}", title) for n in range(2) for i, title in enumerate(titles)]
    lessons = lessons_from(readable(rows), None)
    assert lessons.fold[:20].tolist() == lessons.fold[20:].tolist()
    assert set(lessons.fold.tolist()) == set(range(FOLDS))
    assert lessons.example_fold is lessons.fold


def test_training_rows_are_learned_from_instead():
    training = [Row("t", "路灯不亮"), Row("u", " ")]
    lessons = lessons_from(readable([Row("a", "路灯不亮"), Row("b", "", "桥断了")]), training)
    assert [row.id for row in lessons.examples] == ["t"]
    assert lessons.titles == ("路灯不亮", "桥断了")
    assert not set(lessons.fold.tolist()) & set(lessons.example_fold.tolist())
