"""Systems that need nothing but the project's own packages, on a handful of texts."""

import importlib.util
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.encoders import vectors
from benchmarks.encoders.system import Target
from benchmarks.encoders.systems import (
    fasttext,
    fenban,
    fenban_fine_tuned,
    fenban_teacher,
    setfit,
    tfidf_svm,
    tfidf_words,
)
from benchmarks.encoders.systems.dense import DenseRegression, files_size
from nlp.classify.features import Text
from nlp.corpus.rows import load_rows

SUBJECTS = ("学校食堂扩建", "河道垃圾清理", "公交线路延长")
LABELS = ("教育", "水利", "交通")


def material(classes: int, copies: int = 12):
    texts = [Text(f"关于第{i}村{SUBJECTS[c]}的建议") for i in range(copies) for c in range(classes)]
    return texts, [LABELS[c] for _ in range(copies) for c in range(classes)]


def check(system, classes: int) -> None:
    texts, labels = material(classes)
    system.fit(texts, labels, np.ones(len(texts)))
    scores = system.predict_scores([Text(SUBJECTS[c]) for c in range(classes)])
    assert scores.shape == (classes, classes)
    assert np.allclose(scores.sum(axis=1), 1.0)
    assert [system.classes[i] for i in scores.argmax(axis=1)] == list(LABELS[:classes])
    assert system.size() > 0


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("module", [tfidf_svm, tfidf_words], ids=lambda m: m.ENTRY.name)
def test_tfidf_learns_and_ranks(module, classes, place):
    check(module.build(place, Target.LEAD), classes)


@pytest.mark.skipif(not importlib.util.find_spec("floret"), reason="floret is not installed")
@pytest.mark.parametrize("classes", [2, 3])
def test_fasttext_learns_and_ranks(classes, place):
    system = fasttext.build(place, Target.LEAD)
    check(system, classes)
    assert system.remark in ("characters as tokens", "words as tokens")


class Letters:
    """An encoder: which of three characters stand in a text."""

    def encode(self, texts):
        return np.array([[c in t.whole for c in "校河交"] for t in texts], np.float32)

    remembered = encode


@pytest.mark.parametrize("classes", [2, 3])
def test_regression_on_vectors_learns_and_counts_the_encoder(classes, tmp_path):
    file = tmp_path / "weights"
    file.write_bytes(b"0" * 1000)
    system = DenseRegression(Letters(), [file, tmp_path / "missing"])
    check(system, classes)
    assert system.size() > 1000
    assert files_size([tmp_path]) == 0


def test_few_shots_are_drawn_by_weight_and_the_same_each_time():
    labels = ["甲"] * 40 + ["乙"] * 3
    weights = np.array([1.0] * 20 + [0.0] * 20 + [1.0] * 3)
    chosen = setfit.few(labels, weights, 16)
    assert chosen == setfit.few(labels, weights, 16)
    assert sorted(labels[i] for i in chosen) == ["乙"] * 3 + ["甲"] * 16
    assert all(weights[i] for i in chosen)


def test_an_office_adapts_a_model_to_its_own_categories(small_corpus, small_model):
    rows = load_rows([small_corpus])
    texts = [Text(row.title, row.body) for row in rows]
    labels = [f"{row.lead}类" for row in rows]
    office = fenban.Office(small_model)
    with pytest.raises(ValueError, match="not fitted"):
        office.predict_scores(texts)
    office.fit(texts, labels, np.ones(len(rows)))
    scores = office.predict_scores(texts)
    assert set(office.classes) == set(labels)
    assert np.allclose(scores.sum(axis=1), 1.0)
    right = [office.classes[i] == label for i, label in zip(scores.argmax(1), labels, strict=True)]
    assert np.mean(right) > 0.9
    assert office.size() > 0


def test_a_router_is_asked_for_leads_and_topics(small_model):
    lead, topic = (fenban.shipped(small_model, t) for t in (Target.LEAD, Target.TOPIC))
    texts = [Text("学校食堂扩建"), Text("河道清淤", "河道多年没有清淤。")]
    assert lead.predict_scores(texts).shape == (2, len(lead.classes))
    assert topic.predict_scores(texts).shape == (2, len(topic.classes))
    lead.fit([], [], np.zeros(0))
    assert lead.remark == topic.remark == f"small@{lead.remark[-8:]}"
    assert lead.size() == files_size(small_model.rglob("*"))


def test_the_teacher_says_how_it_is_made(place):
    assert "models/teacher" in fenban_teacher.ENTRY.hindrance(place) or "not installed" in (
        fenban_teacher.ENTRY.hindrance(place)
    )


def test_an_office_fine_tunes_an_encoder_for_its_categories(place, tiny_encoder, monkeypatch):
    pytest.importorskip("torch", reason="torch is not installed")
    pytest.importorskip("transformers", reason="transformers is not installed")
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    system = fenban_fine_tuned.build(replace(place, e5=tiny_encoder), Target.OFFICE)
    with pytest.raises(ValueError, match="not fitted"):
        system.predict_scores([Text("学校")])
    # names that differ: near-duplicates are held out together
    names = [chr(0x4E00 + 97 * i) + chr(0x5E00 + 89 * i) for i in range(48)]
    texts = [Text(f"{name * 4}{SUBJECTS[i % 3]}") for i, name in enumerate(names)]
    labels = [LABELS[i % 3] for i in range(48)]
    system.fit(texts, labels, np.ones(48))
    scores = system.predict_scores([Text(subject) for subject in SUBJECTS])
    assert [system.classes[i] for i in scores.argmax(axis=1)] == list(LABELS)
    assert np.allclose(scores.sum(axis=1), 1.0)
    assert system.size() > 0
    assert system.remark.startswith("learned in ")
    assert (place.bench / "fine-tuned" / "result").is_dir()


@pytest.mark.parametrize("target", [Target.LEAD, Target.TOPIC])
def test_what_is_fine_tuned_on_an_office_knows_its_categories_only(place, target):
    with pytest.raises(ValueError, match="fenban_teacher"):
        fenban_fine_tuned.build(place, target)
    assert fenban_fine_tuned.ENTRY.single
    assert fenban_fine_tuned.ENTRY.only == ("messages", "provincial")


def test_vectors_are_read_once_where_rows_come_again(monkeypatch):
    read = []

    class Encoder:
        def embed(self, texts):
            read.extend(texts)
            return np.array([[len(text)] for text in texts], np.float32)

    monkeypatch.setattr("nlp.hf.encoder.load_encoder", lambda folder, **_: Encoder())
    frozen = vectors.Vectors(None)
    long = Text("长" * 1000)
    assert frozen.encode([Text("一"), Text("一"), long]).tolist() == [[1], [1], [vectors.WINDOW]]
    frozen.remembered([Text("二二")])
    assert frozen.encode([Text("二二"), Text("一")]).tolist() == [[2], [1]]
    assert read.count("一") == 2  # asked twice, never learned from: read each time
    assert read.count("二二") == 1
