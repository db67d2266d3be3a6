"""`nlp.load`: one object that routes proposals and digests replies."""

import pytest

import nlp
from nlp.errors import ModelError
from nlp.shipped import shipped
from nlp.summarize.digester import DigestOptions
from nlp.toolkit import Toolkit
from nlp.types import Decision, Outcome, Reply, RowError

ANSWER = "经查，北街护栏已于3月12日修复，共更换护栏42米。下一步，我局将加强巡查。"
SHIPPED = shipped("models") / "replies"


@pytest.fixture(scope="module")
def kit(small_model, small_reply_model):
    return nlp.load(small_model, small_reply_model)


def test_one_object_does_both(kit, small_reply_model):
    assert isinstance(kit, Toolkit)
    (suggestion,) = kit.classify(["关于解决山区群众吃水困难问题的建议"])
    assert suggestion.lead
    assert suggestion.decision in Decision
    found = list(kit.summarize([ANSWER, RowError("2", "", "坏行"), Reply("7", ANSWER)]))
    assert [each.id for each in found] == ["1", "2", "7"]
    assert found[0].summary == found[2].summary != ""
    assert found[1].error == "坏行"
    assert found[0].model.startswith(f"{small_reply_model.name}@")
    (short,) = kit.summarize([ANSWER], DigestOptions(max_chars=20))
    assert 0 < len(short.summary) <= 20


def test_the_digester_is_opened_once_and_only_when_needed(kit, small_router, tmp_path):
    assert kit.digester is kit.digester
    without = Toolkit.of(small_router, tmp_path / "absent")
    assert next(without.classify(["关于修复水渠的建议"])).lead
    with pytest.raises(ModelError):
        list(without.summarize([ANSWER]))


def test_a_router_loses_nothing_by_it(small_router, kit):
    texts = ["关于解决山区群众吃水困难问题的建议", "关于增设公交站的提案"]
    assert list(small_router.classify(texts)) == list(kit.classify(texts))
    assert Toolkit.of(small_router).replies == shipped("models") / "replies"


@pytest.mark.skipif(not SHIPPED.is_dir(), reason="models/replies 还没有训练")
def test_the_shipped_models():
    kit = nlp.load()
    assert next(kit.classify(["关于解决山区群众吃水困难问题的建议"])).lead[0].unit == "水利局"
    found = next(kit.summarize([ANSWER]))
    assert found.error is None
    assert found.outcome is Outcome.SOLVED
    assert "修复" in found.summary
    assert found.model.startswith("replies@")
