"""An office's own words: learned from many rows, weighed against the base, stored in one head."""

from dataclasses import replace

import numpy as np
import pytest

from nlp.classify.features import Text, encode_texts
from nlp.classify.files import load_router, write_router
from nlp.corpus.rows import Row
from nlp.encode.joined import JoinedEncoder
from nlp.shipped import shipped
from nlp.store import write_model
from nlp.train.adapt import adapt, study
from nlp.train.office import own, seen
from nlp.train.office.own import WRONG, beside, own_encoder, own_words, reading
from nlp.train.office.problem import Problem, Setting, Validated, _with_own

SUBJECTS = {"甲类": "咕噜咕噜的泡泡机", "乙类": "叮叮当当的铃铛车", "丙类": "哗啦哗啦的纸风筝"}
"""Words that no proposal has: only an office's own n-grams can tell them apart."""


def history(copies: int) -> list[Row]:
    rows = []
    for i in range(copies):
        for j, (label, word) in enumerate(SUBJECTS.items()):
            name = f"{chr(0x4E00 + 97 * i)}{chr(0x5000 + 89 * i + j)}" * 5
            body = f"{word}又坏了。" if i % 2 else ""
            rows.append(Row(f"{i}-{j}", f"{name}的{word}", body, topics=(label,)))
    return rows


def texts_of(rows) -> list[Text]:
    return [Text(row.title, row.body) for row in rows]


@pytest.fixture(scope="module")
def base():
    return load_router(shipped("models") / "default")


@pytest.fixture(scope="module")
def rows():
    return history(20)


@pytest.fixture
def enough(monkeypatch):
    monkeypatch.setattr(seen, "ENOUGH", 60)


def test_few_rows_leave_the_encoder_alone(base, rows, monkeypatch):
    monkeypatch.setattr(seen, "ENOUGH", 61)
    assert adapt(base, rows).encoder is base.encoder


def test_many_rows_bring_their_own_words(base, rows, enough, tmp_path):
    adapted = study(base, rows)
    router, compared = adapted.router, adapted.topics.compared
    assert router.encoder.spec == f"{base.encoder.spec}+{own.SPEC}"
    assert compared.after.top1 >= compared.before.top1 == 1.0
    asked = [Text(f"某处{word}") for word in SUBJECTS.values()]
    wanted = router.score(asked).topics
    assert [router.topics.labels[i] for i in wanted.argmax(axis=1)] == list(SUBJECTS)
    manifest = {"task": "route", "encoder": router.encoder.spec}
    write_model(tmp_path / "m", manifest, lambda folder: write_router(router, folder))
    again = load_router(tmp_path / "m").score(asked).topics
    assert again == pytest.approx(wanted, abs=1e-5)


def test_what_was_not_labelled_hardly_moves(base, rows, enough):
    asked = [
        Text("关于增加乡村小学教师编制的建议"),
        Text("关于疏浚河道的建议", "河道多年没有清淤，汛期积水严重。"),
    ]
    router = adapt(base, rows)
    one, other = base.score(asked), router.score(asked)
    assert other.leads == pytest.approx(one.leads, abs=0.02)
    assert other.leads[0] == pytest.approx(one.leads[0], abs=1e-3)  # a title alone: nothing
    assert other.known.tolist() == one.known.tolist()


def test_the_head_says_what_logits_and_machine_say(base, rows):
    """Scores of the machine, freed of what joining multiplies by, are in the one head."""
    encoder = beside(base.encoder, own_encoder(texts_of(rows)))
    wider = reading(base, encoder)
    matrix = encode_texts(encoder, texts_of(rows))
    words = own_words(encoder, texts_of(rows), matrix)
    gold = np.array([i % 3 for i in range(len(rows))])
    machine = words.machine(tuple(SUBJECTS), gold, np.ones(len(rows)))
    head = replace(wider.topics.head, classes_=("一", "二", "三"))
    head = replace(head, weights=head.weights[:, :3], bias=head.bias[:3])
    wanted = head.decision(matrix) + 2.0 * machine.decision(words.matrix)
    assert words.added(head, machine, 2.0).decision(matrix) == pytest.approx(wanted, abs=1e-4)


def test_a_joined_base_gets_a_third_part(base, rows):
    once = reading(base, beside(base.encoder, own_encoder(texts_of(rows))))
    twice = reading(once, beside(once.encoder, own_encoder(texts_of(rows)[:30])))
    assert isinstance(twice.encoder, JoinedEncoder)
    assert len(twice.encoder.parts) == 3
    titles = [Text("关于增加乡村小学教师编制的建议")]
    one, other = base.score(titles), twice.score(titles)
    assert other.leads == pytest.approx(one.leads, abs=1e-3)


def test_labels_without_a_row_are_thought_wrong_not_impossible(rows):
    texts = texts_of(rows)
    encoder = own_encoder(texts)
    words = own_words(encoder, texts, encode_texts(encoder, texts))
    labels = ("没有的", *SUBJECTS)
    gold = np.array([1 + i % 3 for i in range(len(rows))])
    head = words.machine(labels, gold, np.ones(len(rows)))
    assert head.bias[0] == WRONG
    assert not head.weights[:, 0].any()


def test_parts_follow_their_rows(rows):
    texts = texts_of(rows)
    encoder = own_encoder(texts)
    words = own_words(encoder, texts, encode_texts(encoder, texts))
    with_body = [i for i, row in enumerate(rows) if row.body]
    assert words.parts.shape[0] == 2 * len(with_body)
    picked = np.array([with_body[1], 0, with_body[0]])
    some = words.at(picked)
    assert sorted(some.owner.tolist()) == [0, 0, 2, 2]
    title = encoder.encode([rows[with_body[0]].title])
    at = np.flatnonzero(some.owner == 2)[0]
    assert (some.parts[[at]] != title).nnz == 0


@pytest.mark.parametrize("told", ["all", "nothing"])
def test_words_count_as_much_as_the_logits_leave_to_tell(rows, told):
    texts = texts_of(rows)
    encoder = own_encoder(texts)
    gold = np.array([i % 3 for i in range(len(rows))])
    words = own_words(encoder, texts, encode_texts(encoder, texts))
    logits = np.eye(3)[gold] * (10.0 if told == "all" else 0.0)
    zeros = np.zeros((len(rows), 0))
    problem = Problem(
        labels=tuple(SUBJECTS),
        rows=np.arange(len(rows)),
        opinions=zeros,
        words=zeros,
        anchor=np.zeros((len(rows), 3)),
        gold=gold,
        weights=np.ones(len(rows)),
        fold=np.arange(len(rows)) // 3 % 5,
        bias_penalty=np.ones(3),
        usual=0.05,
        own=words,
    )
    found = _with_own(words, Validated(Setting(0.0, 0.05), logits, 1.0), problem)
    assert (found.own == 0.0) == (told == "all")
    assert found.chances.argmax(axis=1).tolist() == gold.tolist()
    assert np.array_equal(found.logits, logits + found.own * found.alone)


def test_a_fold_with_one_label_left_says_nothing(rows):
    texts = texts_of(rows)[:4]
    encoder = own_encoder(texts)
    words = own_words(encoder, texts, encode_texts(encoder, texts))
    fold = np.array([0, 0, 1, 1])
    scores = words.held_out(("甲", "乙"), np.array([0, 0, 0, 1]), np.ones(4), fold)
    assert not scores[fold == 1].any()  # the other fold has one label only
    assert scores[fold == 0].any()
