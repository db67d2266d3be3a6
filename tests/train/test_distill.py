"""A student says what its teacher says, of texts that nobody labelled too."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

import nlp
from nlp.classify.features import Text
from nlp.corpus.rows import Row, load_rows
from nlp.corpus.split import Split
from nlp.errors import ModelError
from nlp.heads import soft
from nlp.taxonomy import load_functions, load_scheme
from nlp.train import distill, lessons
from nlp.train.distill import Lesson, ask, course, learn, teach
from nlp.train.run import TrainOptions, make_plan, train
from nlp.train.tune import tune_router

NEW = [
    "小学门口缺老师值守",
    "水库大坝渗漏多年",
    "公交班次太少",
    "农机补贴发得晚",
    "河道采砂要管",
    "客车不进村",
    "初中学位不够",
    "蔬菜大棚缺种子",
]


@pytest.fixture(scope="module", autouse=True)
def quick():
    """Ask about few common words, and end the fits early: the corpus is small."""
    words = list(lessons.common_words())[:300]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lessons, "common_words", lambda: iter(words))
        patch.setattr(soft, "ROUNDS", 40)
        yield


@pytest.fixture(scope="module")
def rows(small_corpus):
    return load_rows([small_corpus])


@pytest.fixture(scope="module")
def plan(rows, functions_file):
    functions = load_functions(functions_file, load_scheme(None))
    options = TrainOptions(functions=functions_file)
    return make_plan(Split(tuple(rows), (), ()), load_scheme(None), functions, options)


@pytest.fixture(scope="module")
def student(rows, plan, small_router):
    return taught(rows, (), plan, Lesson(small_router))


@pytest.fixture(scope="module")
def well_read(rows, plan, small_router):
    """Return a student that heard of 犇羴 too, and of texts that are no proposals."""
    own = tuple(Text(f"犇羴{kind}") for kind in ("桥", "路"))
    others = [Row(str(i), f"lorem ipsum {i} dolor") for i in range(20)]
    return taught(rows, others, plan, Lesson(small_router, own))


def silent(_step):
    """Hear what is being done, and don't care."""


def taught(rows, others, plan, lesson):
    return learn(course(rows, plan, lesson, silent), others, plan, silent)


def agreement(one, other):
    return float((one.argmax(axis=1) == other.argmax(axis=1)).mean())


def test_the_student_agrees_on_labelled_titles(rows, student, small_router):
    texts = [Text(row.title) for row in rows]
    asked, told = small_router.score(texts), student.score(texts)
    assert agreement(told.leads, asked.leads) > 0.95
    assert agreement(told.topics, asked.topics) > 0.95


def test_the_student_agrees_on_new_titles(student, small_router):
    texts = [Text(title) for title in NEW]
    asked, told = small_router.score(texts), student.score(texts)
    assert agreement(told.leads, asked.leads) >= 7 / 8
    assert agreement(told.topics, asked.topics) >= 7 / 8


def test_the_student_has_the_teachers_labels_and_no_encoder_of_its(student, small_router, plan):
    assert student.topics.labels == small_router.topics.labels
    assert student.function_keys == small_router.function_keys
    assert student.encoder.spec == plan.encoder == "ngrams:1-2"


def test_teaching_twice_gives_the_same_student(rows, plan, small_router, monkeypatch):
    monkeypatch.setattr(soft, "ROUNDS", 5)
    one, two = (taught(rows, (), plan, Lesson(small_router)) for _ in range(2))
    assert one.units.lead.weights.tobytes() == two.units.lead.weights.tobytes()
    assert one.topics.head.weights.tobytes() == two.topics.head.weights.tobytes()


def test_the_students_words_come_from_unlabelled_texts_too(student, well_read):
    assert student.encoder.encode(["犇羴"]).nnz == 0
    assert well_read.encoder.encode(["犇羴"]).nnz == 3


def test_other_texts_give_a_detector(student, well_read):
    assert student.detector is None
    texts = [Text("lorem ipsum amet"), Text(NEW[0])]
    assert well_read.score(texts).known.tolist() == [False, True]


@dataclass
class Clueless:
    """A teacher that holds everything equally possible."""

    router: object
    name = "teacher@0"

    @property
    def topics(self):
        return self.router.topics

    @property
    def function_keys(self):
        return self.router.function_keys

    def score(self, texts):
        scores = self.router.score(texts)
        evenly = {
            name: np.full_like(getattr(scores, name), 0.2) for name in ("topics", "leads", "cos")
        }
        return replace(scores, **evenly)


def test_a_rows_own_label_counts_beside_the_teachers_opinion(rows, plan, small_router):
    student = taught(rows, (), plan, Lesson(Clueless(small_router)))
    found = student.score([Text(row.title, row.body) for row in rows]).leads.argmax(axis=1)
    right = [student.function_keys[i] == row.lead for i, row in zip(found, rows, strict=True)]
    assert np.mean(right) > 0.9


@pytest.mark.parametrize("part", ["topics", "functions"])
def test_a_teacher_with_other_labels_is_refused(rows, plan, small_router, part):
    other = replace(plan, **{part: getattr(plan, part)[1:]})
    with pytest.raises(ModelError, match="主题或职能与语料的不一样") as caught:
        course(rows, other, Lesson(small_router), silent)
    assert small_router.name in caught.value.message
    assert "python train.py" in caught.value.hint


def test_dev_rows_tune_a_student_and_teach_the_one_that_is_kept(rows, plan, small_router):
    parts = Split(
        tuple(rows[::2]),
        (*rows[1::2], Row("d", "犇羴桥要修", topics=("livelihood",), lead="transport")),
        (),
    )
    alone = Lesson(small_router)
    tuned = tune_router(taught(parts.train, (), plan, alone), parts.dev)
    kept = teach(parts, Split((), (), ()), plan, alone, silent)
    assert kept.units.lead_temperature == tuned.units.lead_temperature
    assert kept.curve == tuned.curve
    assert tuned.encoder.encode(["羴桥"]).nnz < kept.encoder.encode(["羴桥"]).nnz


def test_a_course_is_extended_by_what_the_new_rows_say(rows, plan, small_router):
    alone = Lesson(small_router)
    first = course(rows[:20], plan, alone, silent)
    more = first.extended(rows[20:30], alone, plan, silent)
    count = len(first.material.texts)
    assert more.material.texts[:count] == first.material.texts
    assert more.rows == tuple(rows[:30])
    assert {Text(row.title) for row in rows[20:30]} <= set(more.material.texts[count:])
    scores = small_router.score(more.material.texts[count:])
    assert more.answers.leads[count:] == pytest.approx(scores.leads, abs=1e-6)
    assert len(more.answers.topics) == len(more.answers.cos) == len(more.material.texts)


def test_answers_stand_in_the_order_of_the_texts(small_router, monkeypatch):
    monkeypatch.setattr(distill, "CHUNK", 3)
    texts = [Text(title * (1 + i % 3)) for i, title in enumerate(NEW)]
    answers, scores = ask(small_router, texts, lambda _: None), small_router.score(texts)
    assert answers.leads == pytest.approx(scores.leads, abs=1e-6)
    assert answers.topics == pytest.approx(scores.topics, abs=1e-6)
    assert answers.cos == pytest.approx(scores.cos, abs=1e-6)


def test_a_teacher_without_units_answers_topics_alone(small_router):
    answers = ask(replace(small_router, units=None), [Text(NEW[0])], lambda _: None)
    assert answers.leads is answers.cos is None
    assert answers.topics.shape == (1, 5)


def test_from_files_to_a_model_directory(small_corpus, small_model, functions_file, tmp_path):
    table = tmp_path / "台账.csv"
    table.write_text("案由,内容\n犇羴桥要修,船漏水。\n犇羴路要通,\n", encoding="utf-8")
    options = TrainOptions(functions=functions_file, teacher=small_model, unlabelled=(table,))
    said = []
    trained = train([small_corpus], tmp_path / "student", options, on_step=said.append)
    assert any("教师模型要看" in line for line in said)
    router = nlp.load(trained.stored.folder)
    assert next(router.classify(["水库大坝渗漏"])).lead[0].function == "water"
    assert router.encoder.encode(["犇羴"]).nnz == 3
