"""What the README promises of models/default, held against the model as committed."""

import json
from pathlib import Path

import pytest

import nlp
from nlp.classify.dispatch import open_directory
from nlp.corpus.rows import fingerprint, load_rows
from nlp.evaluate.gate_file import read_gate
from nlp.evaluate.run import EvaluationOptions, evaluate
from nlp.shipped import DEFAULT_PLACE
from nlp.types import Decision, Proposal

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "models" / "default"
NO_PROPOSALS = [
    Proposal(
        "recipe", "番茄炖牛腩的做法", "牛腩切块焯水，番茄去皮，小火炖一个半小时，出锅前撒盐。"
    ),
    Proposal("steps", "", "鸡蛋打散加少许温水，蒸锅水开后放入，中火八分钟，淋生抽和香油。"),
    Proposal("python", "def area(r):", "    return 3.14159 * r ** 2\n\nprint(area(5))"),
    Proposal("sql", "SELECT name, age FROM users WHERE age > 18 ORDER BY name;"),
    Proposal("english", "The quick brown fox jumps over the lazy dog near the river bank."),
    Proposal("numbers", "3.1415926 2.7182818 1.4142135 0.5772156"),
    Proposal("keys", "asdkjh qwoeiu zxmcnb 123 !!!"),
]
PROPOSALS = {
    "关于在村里修一条通往小学的水泥路的建议": {"transport", "agriculture_rural", "township"},
    "关于给独居老人配备一键呼叫设备的提案": {"civil_affairs"},
    "关于严查校门口三无零食的建议": {"market_regulation", "education"},
    "关于加快污水管网雨污分流改造的提案": {"housing_construction"},
}


@pytest.fixture(scope="module")
def router():
    return nlp.load()


def test_it_abstains_from_what_is_no_proposal(router):
    found = {s.id: s.decision for s in router.classify(NO_PROPOSALS)}
    assert found == dict.fromkeys((p.id for p in NO_PROPOSALS), Decision.ABSTAIN)


def test_empty_text_is_an_error_that_nobody_routes(router):
    (found,) = router.classify([Proposal("1", " \u3000\n", "")])
    assert found.error and found.decision is Decision.ABSTAIN and not found.lead


def test_it_knows_plain_proposals(router):
    for suggestion in router.classify(PROPOSALS):
        assert suggestion.decision is not Decision.ABSTAIN
        assert suggestion.lead[0].function in PROPOSALS[suggestion.title]


def test_evidence_quotes_the_text(router):
    (found,) = router.classify(["关于解决山区群众吃水困难问题的建议"])
    assert "职责：农村饮水安全 ← 文中“吃水困难”" in [e.text for e in found.evidence]


def test_a_higher_precision_routes_fewer_alone(router):
    from nlp.classify.decide import threshold_for

    asked = [threshold_for(router.curve, p) for p in (0.8, 0.9, 0.95, 0.99)]
    assert asked == sorted(asked)
    assert asked[2] <= 1.0


def test_it_passes_the_gate_on_the_test_part(router):
    """The project's floors stand in gate.yaml, the figures themselves in the README."""
    gate = read_gate(ROOT / "gate.yaml")
    rows = load_rows([ROOT / "corpora" / "proposals" / "test.jsonl"])
    directory = open_directory(DEFAULT_PLACE, router.function_keys)
    result = gate.check(evaluate(router, rows, EvaluationOptions(directory, gate.precision)))
    assert len(result.lines) >= 8
    assert [line.text for line in result.failed] == []


def test_it_is_small_and_belongs_to_the_committed_corpus():
    size = sum(f.stat().st_size for f in FOLDER.rglob("*") if f.is_file())
    assert size < 10_000_000
    corpus = ROOT / "corpora" / "proposals"
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["corpus"] == fingerprint(load_rows([corpus / "train", corpus / "dev"]))
