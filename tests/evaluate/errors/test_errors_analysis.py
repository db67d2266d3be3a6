"""The whole analysis on a hand-made router: few rows, one class, all right, all wrong."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from nlp.corpus.rows import Row
from nlp.evaluate.answers import AnswerTask
from nlp.evaluate.errors.analysis import analyse
from nlp.evaluate.errors.training import UNNAMED, CorpusState, TrainingRows
from nlp.evaluate.run import EvaluationOptions, evaluate


def analysed(toy, rows, training=None, router=None):
    router, options = router or toy.router, EvaluationOptions(toy.directory)
    return analyse(router, evaluate(router, rows, options), options, training)


def learned(*rows: Row, state=CorpusState.SAME) -> TrainingRows:
    return TrainingRows(("corpora/own",), (), state, rows)


def test_the_toy_by_hand(toy):
    found = analysed(toy, toy.rows)
    assert (found.model, found.leakage) == ("toy@0", None)
    assert found.notes[0] == UNNAMED
    topics, lead = found.tasks
    assert (topics.task, topics.rows, topics.wrong, topics.sure_wrong) == (
        AnswerTask.TOPIC,
        4,
        2,
        0,
    )
    assert (lead.task, lead.rows, lead.wrong) == (AnswerTask.LEAD, 4, 2)
    assert [one.id for one in lead.mistakes] == ["d", "c"]
    assert topics.confusion.labels == ("livelihood", "industry", "ecology", "governance")
    assert {(one.gold, one.said) for one in lead.confused} == {
        ("court", "industry_it"),
        ("water", "health"),
    }
    assert (lead.unleaked_accuracy, lead.slices, lead.doubts.fitted) == (None, (), False)
    assert any("主办只有 4 件有标注" in note for note in found.notes)
    assert any("主题有 1 件的标注是模型没有的" in note for note in found.notes)
    assert any("把“water”答成“health”（1 件）" in note for note in found.notes)


def test_it_can_be_written_as_json(toy):
    found = analysed(toy, toy.rows, learned(*toy.rows))
    text = json.dumps(asdict(found), ensure_ascii=False, allow_nan=False)
    assert json.loads(text)["tasks"][1]["task"] == "lead"


def test_leaked_rows_are_counted_and_left_out(toy):
    copy = Row("t", toy.rows[0].title)
    found = analysed(toy, toy.rows, learned(copy))
    assert [leak.position for leak in found.leakage.pairs] == [0, 4]
    assert found.notes[0].startswith("标准答案里有 2 件（40.0%）")
    assert "一致" in found.notes[1]
    topics, lead = found.tasks
    # a was right, and of b, c, d one is
    assert topics.unleaked_accuracy == pytest.approx(1 / 3)
    assert lead.unleaked_accuracy == pytest.approx(1 / 3)
    assert "主办准确率 50.0%，剔除与训练语料重复的件以后是 33.3%。" in found.notes


def test_nothing_leaked(toy):
    found = analysed(toy, toy.rows, learned(Row("t", "别处的一件完全不同的事")))
    assert found.leakage.pairs == ()
    assert found.notes[0] == "标准答案的 5 件里没有与训练语料重复的。"
    assert found.tasks[0].unleaked_accuracy is None


def test_a_corpus_that_is_gone_is_not_called_clean(toy):
    gone = learned(state=CorpusState.MISSING)
    found = analysed(toy, toy.rows, gone)
    assert found.notes[0] == gone.note
    assert not any("没有与训练语料重复" in note for note in found.notes)


def test_everything_leaked(toy):
    found = analysed(toy, toy.rows, learned(*toy.rows))
    assert len(found.leakage.pairs) == 5
    assert found.tasks[0].unleaked_accuracy is None


def test_a_task_without_labels(toy):
    rows = [replace(row, lead=None, co=None) for row in toy.rows]
    found = analysed(toy, rows)
    assert [task.task for task in found.tasks] == [AnswerTask.TOPIC]
    assert "没有一件标了主办，主办的错误无从分析。" in found.notes


def test_a_model_without_units_is_not_asked_for_them(toy):
    found = analysed(toy, toy.rows, router=toy.topics_only)
    assert [task.task for task in found.tasks] == [AnswerTask.TOPIC]
    assert not any("主办" in note for note in found.notes)


def test_co_handlers_alone_leave_nothing_to_analyse(toy):
    rows = [replace(row, topics=None, lead=None) for row in toy.rows]
    found = analysed(toy, rows)
    assert found.tasks == ()
    assert len(found.notes) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_few_rows_of_one_class_all_right(toy, rows):
    own = [replace(toy.rows[0], id=str(i)) for i in range(rows)]
    found = analysed(toy, own)
    for task in found.tasks:
        assert (task.rows, task.wrong, task.mistakes, task.confused) == (rows, 0, (), ())
        assert task.confusion.counts == ((rows,),)
        assert (task.doubts.doubts, task.slices) == ((), ())
    assert f"主办标了的 {rows} 件全部答对，没有错误可分析。" in found.notes


def test_all_wrong(toy):
    own = [replace(row, topics=("ecology",), lead="water") for row in toy.rows[:2]]
    found = analysed(toy, own)
    assert [(task.rows, task.wrong) for task in found.tasks] == [(2, 2), (2, 2)]
    assert any("全部答错" in note and "主题" in note for note in found.notes)


def test_copies_of_one_title_say_nothing_of_a_place(toy):
    rows = [
        Row(
            str(i),
            toy.rows[3].title,
            topics=("ecology" if i < 30 else "industry",),
            place="东塬县" if i < 30 else "西塬县",
        )
        for i in range(90)
    ]
    found = analysed(toy, rows)
    assert found.tasks[0].wrong == 30
    assert not any("明显低于" in note for note in found.notes)
