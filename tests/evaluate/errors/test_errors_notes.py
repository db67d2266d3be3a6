"""What a clerk is told of errors: every sentence from numbers made for it."""

from __future__ import annotations

import numpy as np
import pytest
from error_samples import answers
from scipy.sparse import csr_array

from nlp.corpus.audit import Doubt
from nlp.corpus.rows import Row
from nlp.evaluate.errors.analysis import TaskAnalysis
from nlp.evaluate.errors.confusion import confusion, top_confusions
from nlp.evaluate.errors.doubts import Doubts, doubts
from nlp.evaluate.errors.notes import task_notes
from nlp.evaluate.errors.slices import slices


def noted(given, *, sure_wrong=0, groups=None, suspects=None) -> list[str]:
    groups = groups or range(len(given.rows))
    found = TaskAnalysis(
        given.task,
        int(given.labelled.sum()),
        int((given.labelled & ~given.right).sum()),
        sure_wrong,
        None,
        confusion(given, 12),
        top_confusions(given),
        (),
        suspects or doubts(given, csr_array((len(given.rows), 2), dtype=np.float32), groups),
        slices(given, groups),
    )
    return list(task_notes(found))


def by_place(right_in_the_south: int):
    rows = [Row(str(i), f"第{i}件", place="南塬县" if i < 60 else "北塬县") for i in range(200)]
    said = [0] * right_in_the_south + [1] * (60 - right_in_the_south) + [0] * 130 + [1] * 10
    return answers([0] * 200, said, rows=rows)


def test_a_bad_place_is_named():
    assert "“南塬县”的 60 件主办准确率 40.0%，明显低于其余各件。" in noted(by_place(24))
    assert not any("明显低于" in note for note in noted(by_place(57)))


def test_what_is_confused_most_and_how_surely():
    notes = noted(answers([0] * 100, [1] * 3 + [0] * 97), sure_wrong=2)
    assert notes[0] == "主办答错 3 件，最多的是把“水利”答成“道路”（3 件）。"
    assert notes[1] == "主办答错的件里有 2 件把握在九成以上，最容易被直接采用。"


def test_few_rows_are_called_few():
    assert "主办只有 3 件有标注，以下只是个例，看不出规律。" in noted(answers([0] * 3, [0, 0, 1]))


def test_contradictions_are_counted():
    given = answers([0, 1, 2, 2], [0, 1, 2, 2])
    notes = noted(given, groups=[0, 0, 2, 3])
    assert notes[-1] == "有 1 组标题几乎相同的件，主办标得不一样。"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, None),
        (15, "主办有 15 件（15.0%）的标准答案可疑，建议先核对。"),
        (16, "主办有 16 件（16.0%）的标准答案可疑，标注口径可能不统一。"),
    ],
)
def test_doubts_are_a_matter_of_rows_or_of_rules(count, said):
    doubted = tuple(Doubt(str(i), f"第{i}件", "水利", "道路", 0.9) for i in range(count))
    given = answers([0] * 100, [0] * 100)
    notes = noted(given, suspects=Doubts(given.task, 100, 0, True, doubted, ()))
    assert [note for note in notes if "可疑" in note] == ([said] if said else [])


def test_labels_that_nobody_could_judge_are_counted():
    given = answers([2, 2, 0], [0, 1, 0])
    given.chances[:, 2] = 0.0
    assert noted(given)[-1] == "主办有 2 件的标注是模型没有的，没有判断它们是否标错。"
