"""An outcome and its probability: what the letter states, weighed with what it says."""

from dataclasses import replace

import numpy as np
import pytest

from nlp.outcomes import load_outcomes
from nlp.summarize.digest import Basis
from nlp.summarize.outcome import OUTCOMES, judge, outcome_matrix
from nlp.summarize.profile import COLUMNS, profiled
from nlp.summarize.reading import read_reply
from nlp.summarize.roles import ROLES
from nlp.types import Outcome, Reply

SOLVED, PLANNED, LIMITED, EXPLAINED = Outcome
STATED = "您反映的渠道渗漏问题已经解决。我镇衬砌渠道2公里。"
LETTERED = "青禾县水利局\n办理结果：A\n关于第7号提案的答复\n范立委员：\n我局衬砌渠道2公里。\n"
SILENT = "北渠渗漏属实，已衬砌2公里，资金不足，余下部分待明年安排。"


@pytest.fixture(scope="module")
def model(small_digester):
    return replace(small_digester.outcomes, trust={"phrase": 0.9, "letter": 0.6})


def one(text, roles=()):
    reading = read_reply(Reply("1", text))
    told = np.zeros((len(reading.clauses), len(ROLES)), np.float32)
    for at, role in enumerate(roles):
        told[at, ROLES.index(role)] = 1
    return profiled(reading, told, np.full(len(reading.clauses), 0.5, np.float32))


def judged(model, text, chances, roles=(), scheme="general"):
    return judge(model, load_outcomes(scheme), one(text, roles), np.array(chances))


def test_a_phrase_decides_however_unlikely(model):
    found = judged(model, STATED, [0.1, 0.7, 0.1, 0.1])
    assert (found.outcome, found.basis) == (SOLVED, Basis("phrase", "已经解决"))
    assert found.probability == pytest.approx(0.5)


def test_a_letter_decides_where_no_phrase_does(model):
    found = judged(model, LETTERED, [0.5, 0.5, 0.0, 0.0])
    assert (found.outcome, found.basis) == (SOLVED, Basis("letter", "A"))
    assert found.probability == pytest.approx(0.6)


@pytest.mark.parametrize("text", [STATED, LETTERED])
def test_agreement_raises_and_contradiction_lowers_the_chance(model, text):
    chances = [judged(model, text, [p, 1 - p, 0, 0]).probability for p in (0, 0.2, 0.5, 0.8, 1)]
    assert chances == sorted(set(chances))
    assert (chances[0], chances[-1]) == (0, 1)
    assert chances[2] == pytest.approx(0.9 if text is STATED else 0.6)


def test_else_the_model_decides_and_names_the_clause_that_spoke(model):
    roles = ("verified", "done", "refusal", "pending")
    found = judged(model, SILENT, [0.6, 0.2, 0.1, 0.1], roles)
    assert (found.outcome, found.probability) == (SOLVED, 0.6)
    assert found.basis == Basis("model", "北渠渗漏属实")
    assert judged(model, SILENT, [0, 0.9, 0.1, 0], roles).basis.text == "余下部分待明年安排"
    assert judged(model, SILENT, [0, 0, 0.9, 0.1], roles).basis.text == "资金不足"


def test_the_scheme_is_asked(model):
    text = LETTERED.replace("：A", "：C")
    schemes = ("general", "reference-is-c", "four-phrases")
    found = [judged(model, text, [0.25] * 4, scheme=name).outcome for name in schemes]
    assert found == [LIMITED, EXPLAINED, PLANNED]


def test_nothing_to_go_by(model):
    found = judged(model, "", [0.1, 0.1, 0.1, 0.7])
    assert (found.outcome, found.basis) == (EXPLAINED, Basis("model", ""))


def test_probabilities_are_a_row_a_reply(small_digester):
    read = small_digester.read([read_reply(Reply("1", text)) for text in (STATED, "", SILENT)])
    found = small_digester.outcomes.probabilities(read)
    assert found.shape == (3, len(OUTCOMES))
    assert found.sum(axis=1) == pytest.approx(np.ones(3))
    alone = small_digester.outcomes.probabilities(read[2:])
    assert alone[0] == pytest.approx(found[2], abs=1e-6)
    assert small_digester.outcomes.probabilities([]).shape == (0, len(OUTCOMES))


def test_a_higher_temperature_is_less_sure_of_the_same(small_digester):
    read = small_digester.read([read_reply(Reply("1", SILENT))])
    model = small_digester.outcomes
    warm = replace(model, temperature=model.temperature * 4)
    sure, unsure = model.probabilities(read)[0], warm.probabilities(read)[0]
    assert sure.argmax() == unsure.argmax()
    assert 0.25 < unsure.max() < sure.max()


def test_far_numbers_are_cut_off(small_digester):
    model = small_digester.outcomes
    near, far = one(SILENT), one(SILENT)
    far.profile[:] = 1e6
    found = outcome_matrix(model.encoder, [near, far], model.mean, model.scale).toarray()
    assert found[1, :COLUMNS] == pytest.approx(np.full(COLUMNS, 0.09))
    assert np.array_equal(found[0, COLUMNS:], found[1, COLUMNS:])


def test_outcomes_were_learned(small_digester, small_material):
    read = small_digester.read([sample.reading for sample in small_material.samples])
    found = small_digester.outcomes.probabilities(read).argmax(axis=1)
    gold = [OUTCOMES.index(sample.row.outcome) for sample in small_material.samples]
    assert (found == gold).mean() > 0.75
