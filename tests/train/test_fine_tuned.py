"""A fine-tuned router: n-grams and a tiny BERT, each with its heads, written and read back."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nlp
from nlp.classify.features import Text, encode_texts
from nlp.classify.files import load_router, write_router
from nlp.corpus.rows import Row, load_rows
from nlp.corpus.split import Split
from nlp.encode import fit_encoder
from nlp.encode.joined import JoinedEncoder
from nlp.heads import soft
from nlp.heads.linear import LinearHead
from nlp.hf.training.options import FineTuning
from nlp.hf.training.tasks import Kind, Task, TaskHead
from nlp.store import write_model
from nlp.taxonomy import load_functions, load_scheme
from nlp.train import lessons
from nlp.train.distill import Lesson, course, learn
from nlp.train.finetune import Parts, fit_fine_tuned
from nlp.train.run import TrainOptions, make_plan, train, workspace_of
from nlp.train.tune import tune_router

SETTINGS = FineTuning(passes=1, batch=16, frozen=1, learning_rate=1e-3)
FUNCTIONS = Path(__file__).parent / "small_functions.yaml"
TEXTS = [
    Text("小学门口缺老师"),
    Text("水库渗漏", "河道采砂。" * 30),
    Text("", "公交太少。"),
    Text(""),
]


@pytest.fixture(scope="module", autouse=True)
def one_core():
    """Small networks gain nothing from a second thread, and the machine may be busy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        yield


@pytest.fixture(scope="module")
def split(small_corpus):
    rows = load_rows([small_corpus])
    return Split(tuple(rows[::3]), tuple(rows[1::6]), ())


@pytest.fixture(scope="module")
def plan(split, tiny_encoder):
    options = TrainOptions(f"hf:{tiny_encoder}", functions=FUNCTIONS)
    return make_plan(split, load_scheme(None), load_functions(FUNCTIONS), options)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("fine") / "workspace"


@pytest.fixture(scope="module")
def router(split, plan, workspace):
    """Return a router fine-tuned on 40 rows, its heads weighed on 20."""
    others = Split(tuple(Row(str(i), f"lorem ipsum {i} dolor") for i in range(20)), (), ())
    fitted = fit_fine_tuned(split, others, plan, SETTINGS, workspace, lambda _: None)
    return tune_router(fitted, split.dev)


@pytest.fixture(scope="module")
def stored(router, workspace, tmp_path_factory):
    """Return the router as a model directory, and what it said before its workspace was gone."""
    before = router.score(TEXTS)
    out = tmp_path_factory.mktemp("fine") / "teacher"
    manifest = {"task": "route", "encoder": router.encoder.spec}
    write_model(out, manifest, lambda folder: write_router(router, folder))
    shutil.rmtree(workspace)
    return out, before


def test_its_heads_look_at_ngrams_and_at_the_network(router, plan):
    ngrams, network = router.encoder.parts
    assert router.encoder.spec == f"ngrams:1-2+{plan.encoder}"
    assert network.columns == 32
    heads = [router.units.lead, router.units.co, router.topics.head]
    assert {head.weights.shape[0] for head in heads} == {ngrams.columns + 32}
    assert all(head.weights[: ngrams.columns].any() for head in heads)
    assert router.units.functions == tuple(function.key for function in plan.functions)


def test_the_detector_looks_at_ngrams_alone(router):
    ngrams, _ = router.encoder.parts
    assert router.detector.head.weights[: ngrams.columns].any()
    assert not router.detector.head.weights[ngrams.columns :].any()


def test_it_knows_the_rows_that_it_learned(router, split):
    leads = router.score([Text(row.title, row.body) for row in split.train]).leads
    right = [
        router.function_keys[i] == row.lead
        for i, row in zip(leads.argmax(1), split.train, strict=True)
    ]
    assert np.mean(right) > 0.9


def test_what_is_read_back_scores_the_same(stored):
    folder, before = stored
    after = load_router(folder).score(TEXTS)
    for name in ("leads", "cos", "topics"):
        assert getattr(after, name) == pytest.approx(getattr(before, name), abs=1e-6)
    assert after.known.tolist() == before.known.tolist()


def test_it_teaches_ngrams_what_it_knows(stored, split, plan, monkeypatch):
    words = list(lessons.common_words())[:200]
    monkeypatch.setattr(lessons, "common_words", lambda: iter(words))
    monkeypatch.setattr(soft, "ROUNDS", 40)
    teacher = load_router(stored[0])
    alone = replace(plan, encoder="ngrams:1-2")
    taken = course(split.train, alone, Lesson(teacher), print)
    student = learn(taken, (), alone, print)
    assert student.encoder.spec == "ngrams:1-2"
    asked = [Text(row.title) for row in (*split.train, *split.dev)]
    told = student.score(asked).leads.argmax(axis=1)
    assert (told == teacher.score(asked).leads.argmax(axis=1)).mean() > 0.9


def test_from_files_to_a_model_directory(small_corpus, tiny_encoder, tmp_path):
    options = TrainOptions(f"hf:{tiny_encoder}", functions=FUNCTIONS, fine_tuning=SETTINGS)
    said = []
    trained = train([small_corpus], tmp_path / "out", options, on_step=said.append)
    assert any("调参部分的损失" in line for line in said)
    assert not workspace_of(tmp_path / "out").exists()
    again = nlp.load(trained.stored.folder)
    assert next(again.classify(["水库大坝渗漏"])).lead[0].function == "water"


ROWS = [
    Row("1", "修桥", lead="road", co=("water",)),
    Row("2", "修井", lead="water", co=()),
    Row("3", "修桥修井", lead="moon"),
]
LABELS = ("road", "water")


@pytest.fixture
def parts():
    """Return rows seen by two encoders of n-grams, as `Parts` sees them."""
    encoders = [fit_encoder(f"ngrams:{n}-{n}", ["修桥修井"] * 2) for n in (1, 2)]
    encoder = JoinedEncoder("ngrams:1-1+ngrams:2-2", encoders)
    return Parts(encoder, encode_texts(encoder, [Text(row.title) for row in ROWS]), ROWS)


def heads(parts):
    """Return a head for each of the two encoders."""
    random = np.random.default_rng(0)
    sizes = [part.columns for part in parts.encoder.parts]
    weights = [random.normal(size=(size, 2)).astype(np.float32) for size in sizes]
    bias = np.array([0.5, -0.5], np.float32)
    task = Task("lead", Kind.SINGLE, LABELS)
    return LinearHead(LABELS, weights[0], bias), TaskHead(task, weights[1], bias)


def test_a_widened_head_decides_as_it_did_alone(parts):
    first, second = heads(parts)
    titles = [row.title for row in ROWS]
    one, two = (part.encode(titles) for part in parts.encoder.parts)
    assert parts.alone(first).decision(parts.matrix) == pytest.approx(first.decision(one), abs=1e-5)
    wide = parts.second(second)
    expected = two @ second.weights + second.bias
    assert wide.decision(parts.matrix) == pytest.approx(expected, abs=1e-5)


def test_the_head_that_is_right_counts(parts):
    first, second = heads(parts)
    knows = np.array([[9.0, -9], [-9, 9], [0, 0]], np.float32)[: first.weights.shape[0]]
    letters = [parts.encoder.parts[0].feature(i) for i in range(3)]
    right = np.array([knows["桥井".index(c)] if c in "桥井" else knows[2] for c in letters])
    blended = parts.blended(
        LinearHead(LABELS, right, np.zeros(2, np.float32)), second, ["road", "water", "moon"]
    )
    assert blended.decision(parts.matrix[:2]).argmax(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize("gold", [[None] * 3, ["moon"] * 3])
def test_without_labelled_rows_both_heads_count_the_same(parts, gold):
    first, second = heads(parts)
    blended = parts.blended(first, second, gold)
    even = parts.alone(first).weights + parts.second(second).weights
    assert blended.weights == pytest.approx(even / 2, abs=float(np.abs(even).max()) / 100)


def test_co_handlers_are_weighed_on_the_rows_that_name_them(parts):
    first, second = heads(parts)
    bare = replace(parts, rows=[replace(row, co=None) for row in ROWS])
    assert parts.blended_co(first, second).weights.shape == (parts.encoder.columns, 2)
    even = parts.alone(first).weights + parts.second(second).weights
    found = bare.blended_co(first, second).weights
    assert found == pytest.approx(even / 2, abs=float(np.abs(even).max()) / 100)
