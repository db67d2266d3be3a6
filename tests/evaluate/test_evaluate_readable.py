"""Rows that nobody can be asked about are the same for every model and baseline."""

from nlp.classify.features import Text
from nlp.corpus.rows import Row
from nlp.evaluate.baselines.ask import baselines
from nlp.evaluate.baselines.labels import labels_of
from nlp.evaluate.predict import predict
from nlp.evaluate.readable import readable


def test_blank_rows_are_put_aside_and_the_others_keep_their_order():
    found = readable([Row("a", " "), Row("b", " 路灯 "), Row("c", "\u3000"), Row("d", "", "桥")])
    assert [row.id for row in found.rows] == ["b", "d"]
    assert found.texts == (Text("路灯"), Text("", "桥"))
    assert found.empty == ("a", "c")


def test_models_and_baselines_answer_the_same_rows(toy):
    rows = [Row("x", "\n"), *toy.rows, Row("y", " \u3000")]
    asked = predict(toy.router, rows, toy.directory)
    assert asked.empty == ("x", "y")
    for each in baselines(rows, labels_of(toy.router)):
        assert (each.found.rows, each.found.empty) == (asked.rows, asked.empty)
