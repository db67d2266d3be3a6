"""A small model that has learned a large one's answers: n-grams alone, no torch to run it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.bulk import chunked
from nlp.classify.duties import DutyIndex
from nlp.classify.features import Text, encode_texts
from nlp.classify.router import Router
from nlp.encode import fit_encoder
from nlp.errors import ModelError
from nlp.heads.soft import fit_soft_multi, fit_soft_single
from nlp.train.examples import target, tasks_of
from nlp.train.fit import fit_detector, topic_model, unit_model
from nlp.train.lessons import lessons, lessons_of_rows
from nlp.train.material import Material, views
from nlp.train.tune import transplant, tune_router

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.topics import TopicModel
    from nlp.classify.units import UnitModel
    from nlp.corpus.rows import Row
    from nlp.corpus.split import Split
    from nlp.train.fit import Plan

Floats = npt.NDArray[np.floating]
Say = Callable[[str], None]
HARD = 0.3
"""How much a row's own label counts beside the teacher's opinion of it."""
PENALTY = 10.0
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Lesson:
    """Who teaches, and texts of the user's that it is asked about too."""

    teacher: Router
    unlabelled: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """The teacher's chances for many texts, (texts, labels); None for parts it lacks."""

    topics: Floats | None
    leads: Floats | None
    cos: Floats | None

    def joined(self, other: Answers) -> Answers:
        """Return both, the other's behind. Both are one teacher's."""
        pairs = (
            (self.topics, other.topics),
            (self.leads, other.leads),
            (self.cos, other.cos),
        )
        return Answers(*(_stacked(one, two) for one, two in pairs))


def _stacked(one: Floats | None, two: Floats | None) -> Floats | None:
    return None if one is None or two is None else np.concatenate([one, two])


@dataclass(frozen=True, slots=True)
class Course:
    """What a student learns from: texts with their rows, and the teacher's answers to them."""

    rows: tuple[Row, ...]
    material: Material
    answers: Answers

    def extended(self, rows: Sequence[Row], lesson: Lesson, plan: Plan, on_step: Say) -> Course:
        """Return the course with further rows, of which alone the teacher is asked."""
        more = lessons_of_rows(rows, plan.seed + 1)
        answers = self.answers.joined(ask(lesson.teacher, more.texts, on_step))
        return Course((*self.rows, *rows), self.material.joined(more), answers)


def course(rows: Sequence[Row], plan: Plan, lesson: Lesson, on_step: Say) -> Course:
    """Ask the teacher about everything that can be made of rows, duties and unlabelled texts.

    Raises ModelError if the teacher's labels are not the plan's.
    """
    _check(lesson.teacher, plan)
    material = lessons(rows, plan.functions, lesson.unlabelled, plan.seed)
    on_step(f"教师模型要看 {len(material.texts)} 段文字…")
    return Course(tuple(rows), material, ask(lesson.teacher, material.texts, on_step))


def learn(taken: Course, others: Sequence[Row], plan: Plan, on_step: Say) -> Router:
    """Fit a student of the plan's encoder to its teacher's answers; it is not tuned yet."""
    on_step("学生模型正在学…")
    material, answers = taken.material, taken.answers
    encoder = fit_encoder(plan.encoder, [t for x in material.texts for t in (x.title, x.body) if t])
    matrix = encode_texts(encoder, material.texts)
    proposals, negatives = views(taken.rows), views(others)
    own = encode_texts(encoder, proposals.texts)
    return Router(
        name="",
        encoder=encoder,
        functions=plan.functions,
        topics=_topics(matrix, material, answers, plan),
        units=_units(matrix, material, answers, plan),
        detector=fit_detector(encoder, proposals, own, negatives) if others else None,
        curve=(),
        duties=DutyIndex(plan.functions),
    )


def teach(split: Split, others: Split, plan: Plan, lesson: Lesson, on_step: Say) -> Router:
    """Return a tuned student of the plan's encoder.

    As with any model, the dev part tunes a student that has not seen it; the student that is
    kept has then learned from both. Raises ModelError as `course` does.
    """
    taken = course(split.train, plan, lesson, on_step)
    tuned = tune_router(learn(taken, others.train, plan, on_step), split.dev)
    on_step("正在用训练和调参两份重新训练…")
    whole = taken.extended(split.dev, lesson, plan, on_step)
    return transplant(tuned, learn(whole, others.train, plan, on_step))


def _check(teacher: Router, plan: Plan) -> None:
    known = teacher.topics.labels if teacher.topics else ()
    wanted = tuple(topic.key for topic in plan.topics)
    functions = tuple(function.key for function in plan.functions)
    if known != wanted or teacher.function_keys != functions:
        raise ModelError(
            f"教师模型 {teacher.name} 的主题或职能与语料的不一样。",
            "请先用同一份语料训练教师：python train.py 语料 --encoder e5 --fine-tune。",
        )


def ask(teacher: Router, texts: Sequence[Text], on_step: Say) -> Answers:
    """Return the teacher's chances; texts are asked by length, so that little is padding."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i].whole))
    parts: list[tuple[Floats | None, ...]] = []
    for number, chunk in enumerate(chunked(order, CHUNK), 1):
        scores = teacher.score([texts[i] for i in chunk])
        parts.append((scores.topics, scores.leads, scores.cos))
        if number % 10 == 0:
            on_step(f"教师模型看过 {number * CHUNK / len(order):.0%}。")
    back = np.argsort(order)
    found = []
    for column in zip(*parts, strict=True):
        filled = [part for part in column if part is not None]
        found.append(np.concatenate(filled)[back].astype(np.float32) if filled else None)
    return Answers(*found)


def _targets(material: Material, chances: Floats, plan: Plan, name: str) -> Floats:
    """Mix the teacher's chances with the labels of rows that have any."""
    task = next(task for task in tasks_of(plan) if task.name == name)
    targets = np.array(chances, np.float32)
    for i, row in enumerate(material.rows):
        label = target(row, task)
        if label.min() >= 0:
            targets[i] = (1 - HARD) * targets[i] + HARD * label
    return targets


def _topics(
    matrix: csr_array, material: Material, answers: Answers, plan: Plan
) -> TopicModel | None:
    if answers.topics is None:
        return None
    labels = tuple(topic.key for topic in plan.topics)
    wanted = _targets(material, answers.topics, plan, "topic")
    head = fit_soft_single(matrix, wanted, labels, material.weights, inverse_penalty=PENALTY)
    return topic_model(head, material, plan)


def _units(matrix: csr_array, material: Material, answers: Answers, plan: Plan) -> UnitModel | None:
    if answers.leads is None or answers.cos is None:
        return None
    keys = tuple(function.key for function in plan.functions)
    leads = _targets(material, answers.leads, plan, "lead")
    cos = _targets(material, answers.cos, plan, "co")
    weights = material.weights
    lead = fit_soft_single(matrix, leads, keys, weights, inverse_penalty=PENALTY)
    co = fit_soft_multi(matrix, cos, keys, weights, inverse_penalty=PENALTY)
    return unit_model(lead, co, material, plan)
