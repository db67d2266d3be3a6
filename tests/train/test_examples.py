"""Examples for a network: a view of each row, and targets that say what is not labelled."""

import numpy as np
import pytest

from nlp.classify.features import BODY_WEIGHT
from nlp.corpus.rows import Row
from nlp.hf.training.tasks import Kind, Segment
from nlp.taxonomy import Duty, Function, Topic
from nlp.train.examples import BODY_SHOWN, examples, target, tasks_of
from nlp.train.fit import ALSO_VOTE, Plan
from nlp.train.material import duty_rows, whole

FUNCTIONS = (
    Function("water", "水利", duties=(Duty("农村供水", ("吃水",)),)),
    Function("health", "卫健"),
    Function("road", "交通"),
)
TOPICS = (Topic("life", "民生"), Topic("land", "生态"))
PLAN = Plan(TOPICS, FUNCTIONS, several_topics=True, encoder="e5", seed=0)
TASKS = {task.name: task for task in tasks_of(PLAN)}
BODY = "".join(chr(0x4E00 + i) for i in range(400))
FULL = Row("1", "修建农村公路", BODY, ("land", "life"), "road", ("water",), weight=2.0)


def one(row, seed=0, *, alter=False):
    (found,) = examples(whole([row]), tuple(TASKS.values()), seed, alter=alter)
    return found


def plan(**changes):
    known = {name: getattr(PLAN, name) for name in Plan.__slots__}
    return Plan(**known | changes)


def test_topics_and_functions_make_four_tasks():
    assert {name: (task.kind, len(task.labels)) for name, task in TASKS.items()} == {
        "lead": (Kind.SINGLE, 3),
        "topic": (Kind.SINGLE, 2),
        "topics": (Kind.MULTI, 2),
        "co": (Kind.MULTI, 3),
    }


def test_what_the_plan_lacks_is_not_learned():
    assert [task.name for task in tasks_of(plan(functions=()))] == ["topic", "topics"]
    assert [task.name for task in tasks_of(plan(topics=()))] == ["lead", "co"]


def test_targets_of_a_row_with_all_labels():
    found = one(FULL).targets
    assert found["topic"].tolist() == [0, 1]
    assert found["topics"].tolist() == [1, 1]
    assert found["co"].tolist() == [1, 0, 0]
    assert found["lead"].argmax() == 2


def test_the_leads_chances_sum_to_one_and_keep_their_proportions():
    row = Row("1", "修井", lead="water", also=("health",), co=())
    found = target(row, TASKS["lead"])
    assert found.sum() == pytest.approx(1)
    assert found[1] / found[0] == pytest.approx(ALSO_VOTE)
    assert found[2] == 0


def test_what_is_not_labelled_is_told_from_no_label():
    bare = Row("1", "修井")
    assert all(target(bare, task).tolist() == [-1] * len(task.labels) for task in TASKS.values())
    nobody_helps = Row("1", "修井", topics=(), co=())
    assert target(nobody_helps, TASKS["co"]).tolist() == [0, 0, 0]
    assert target(nobody_helps, TASKS["topics"]).tolist() == [0, 0]
    assert target(nobody_helps, TASKS["topic"]).tolist() == [-1, -1]


def test_labels_that_the_task_does_not_know():
    strange = Row("1", "修井", topics=("moon",), lead="moon", co=("moon", "road"))
    assert target(strange, TASKS["lead"]).tolist() == pytest.approx([0, 0, 1])
    assert target(strange, TASKS["topic"]).tolist() == [-1, -1]
    assert target(strange, TASKS["co"]).tolist() == [0, 0, 1]


def test_unaltered_a_row_is_shown_as_it_is():
    found = one(FULL, seed=3)
    title, body = found.segments
    assert title == Segment("修建农村公路", 1.0)
    assert body.share == BODY_WEIGHT
    assert len(body.text) == BODY_SHOWN
    assert body.text in BODY
    assert found.weight == 2.0


def test_a_body_alone_counts_whole():
    (segment,) = one(Row("1", "", "井水发黄。")).segments
    assert segment == Segment("井水发黄。", 1.0)


def test_altered_each_row_is_seen_from_all_sides():
    seen = [one(FULL, seed, alter=True).segments for seed in range(100)]
    sides = ["both" if len(s) == 2 else "body" if s[0].text in BODY else "title" for s in seen]
    assert set(sides) == {"both", "title", "body"}
    assert len({s[-1].text for s, side in zip(seen, sides, strict=True) if side == "body"}) > 10
    assert len({s[0].text for s in seen if s[0].text not in BODY}) > 5


def test_duty_phrases_are_never_altered():
    material = whole(duty_rows(FUNCTIONS))
    for seed in range(30):
        found = examples(material, tuple(TASKS.values()), seed, alter=True)
        assert [e.segments for e in found] == [(Segment("农村供水"),), (Segment("吃水"),)]


def test_the_seed_alone_decides():
    def shown(seed):
        material = whole([FULL] * 20)
        return [e.segments for e in examples(material, tuple(TASKS.values()), seed, alter=True)]

    assert shown(5) == shown(5)
    assert shown(5) != shown(6)


def test_altering_leaves_labels_and_weights():
    for seed in range(10):
        found = one(FULL, seed, alter=True)
        assert found.weight == 2.0
        assert all(np.array_equal(found.targets[n], target(FULL, t)) for n, t in TASKS.items())
