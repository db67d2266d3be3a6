"""The whole model: order kept, no row lost, nothing depends on the neighbours."""

from dataclasses import replace
from itertools import pairwise

import pytest

from nlp.classify import router as module
from nlp.classify.decide import CurvePoint
from nlp.classify.suggest import Options
from nlp.corpus.rows import load_rows
from nlp.errors import UsageError
from nlp.taxonomy import Duty, Function
from nlp.types import Decision, Proposal, RowError, RowRef

TITLES = [
    "关于增加山区校车班次的建议",
    "水库下游河道淤积",
    "危桥什么时候修",
    "苹果滞销，合作社贷款难",
    "小学门口公交站太远",
    "农村饮水管网冬天冻裂",
    "Fresh bread in forty minutes",
]


@pytest.fixture(scope="module")
def proposals(small_corpus):
    rows = load_rows([small_corpus])
    return [Proposal(r.id, r.title, r.body) for r in rows[::3]]


@pytest.fixture(scope="module")
def options(generic):
    return Options(generic)


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_order_is_kept_and_no_row_is_lost(monkeypatch, small_router, options, chunk):
    monkeypatch.setattr(module, "CHUNK", chunk)
    items = []
    for number, title in enumerate(TITLES):
        source = RowRef("表.xlsx", "一", number)
        items.append(Proposal(f"p{number}", title, source=source, given={"编号": str(number)}))
        if number % 2:
            items.append(RowError(f"e{number}", "坏行", "读不出来", source, {"原文": "?"}))
    results = list(small_router.classify(iter(items), options))
    assert [r.id for r in results] == [i.id for i in items]
    for item, result in zip(items, results, strict=True):
        assert (result.title, result.source, result.given) == (item.title, item.source, item.given)
        assert result.model == small_router.name
        if isinstance(item, RowError):
            assert result.error == "读不出来"
            assert not (result.topics or result.lead or result.co or result.evidence)
            assert result.decision is Decision.ABSTAIN
        else:
            assert result.error is None
            assert result.topics
            assert result.lead


def test_nothing_in_nothing_out(small_router, options):
    assert list(small_router.classify([], options)) == []


def test_results_come_before_the_input_ends(monkeypatch, small_router, options):
    monkeypatch.setattr(module, "CHUNK", 2)
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield "关于修桥的建议"

    results = small_router.classify(endless(), options)
    assert [next(results).id for _ in range(4)] == ["1", "2", "3", "4"]
    assert len(taken) <= 6


def test_strings_are_titles_and_get_numbers(small_router, options):
    results = list(small_router.classify(TITLES[:2], options))
    assert [(r.id, r.title) for r in results] == [("1", TITLES[0]), ("2", TITLES[1])]


@pytest.mark.parametrize("title", ["", "  ", "\u3000\n", "\ufeff"])
def test_blank_rows_become_errors(small_router, options, title):
    first, second = small_router.classify([title, "修桥"], options)
    assert "都是空的" in first.error
    assert first.id == "1"
    assert not first.topics
    assert second.error is None


def test_a_body_alone_is_enough(small_router, options):
    body = "村里的小学缺老师，一个班主任带两个年级。建议给小学补充代课教师。"
    (result,) = small_router.classify([Proposal("1", "", body)], options)
    assert result.error is None
    assert result.lead[0].function == "education"


@pytest.mark.parametrize("text", ["半个字\ud800修路", "\0", "😀" * 50, "修" * 20_000, "１２３"])
def test_odd_texts_do_not_stop_a_batch(small_router, options, text):
    results = list(small_router.classify([text, Proposal("2", "修路", text)], options))
    assert [r.id for r in results] == ["1", "2"]


def test_every_suggestion_keeps_the_contract(small_router, options, proposals):
    labels = set(small_router.topics.labels)
    for result in small_router.classify(proposals, options):
        chances = [t.probability for t in result.topics]
        assert {t.label for t in result.topics} == labels
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) == pytest.approx(1.0, abs=1e-3)
        assert result.accepted_topics[0] == result.topics[0].label
        assert 1 <= len(result.lead) <= 5
        assert len({u.unit for u in result.lead}) == len(result.lead)
        assert sum(u.probability for u in result.lead) <= 1.0003
        assert result.lead[0].unit not in {u.unit for u in result.co}
        assert all(u.function in small_router.function_keys for u in (*result.lead, *result.co))
        kinds = {e.kind for e in result.evidence}
        assert kinds <= {"words", "duty", "precedent", "place"}


def test_the_model_has_learned_its_corpus(small_router, options, small_corpus):
    rows = load_rows([small_corpus])
    asked = [Proposal(r.id, r.title, r.body) for r in rows]
    results = list(small_router.classify(asked, options))
    right = sum(r.lead == s.lead[0].function for r, s in zip(rows, results, strict=True))
    assert right > 0.85 * len(rows)


def alike(one, other):
    """Compare all but the last digit of what was computed."""

    def units(scores):
        return [(u.function, u.unit) for u in scores if u.probability > 0.01]

    assert one.decision == other.decision
    assert one.accepted_topics == other.accepted_topics
    assert units(one.lead) == units(other.lead)
    assert units(one.co) == units(other.co)
    assert one.lead[0].probability == pytest.approx(other.lead[0].probability, abs=2e-4)
    chances = {t.label: t.probability for t in one.topics}
    assert chances == pytest.approx({t.label: t.probability for t in other.topics}, abs=2e-4)


def test_a_row_does_not_depend_on_its_neighbours(small_router, options, proposals):
    together = list(small_router.classify(proposals, options))
    assert list(small_router.classify(proposals, options)) == together
    for proposal, result in zip(proposals, together, strict=True):
        (alone,) = small_router.classify([proposal], options)
        alike(alone, result)
    backwards = list(small_router.classify(proposals[::-1], options))[::-1]
    for one, other in zip(together, backwards, strict=True):
        alike(one, other)


def test_a_row_gives_the_same_bytes_alone_and_in_a_batch(small_router, options, proposals):
    together = list(small_router.classify(proposals, options))
    alone = [next(small_router.classify([p], options)) for p in proposals]
    assert alone == together


@pytest.mark.parametrize("precision", [1.0, 0.49, -1.0, float("nan"), 95])
def test_precision_has_a_range(generic, precision):
    assert Options(generic, 0.5).precision == 0.5
    with pytest.raises(UsageError, match="--precision") as caught:
        Options(generic, precision)
    assert caught.value.exit_code == 2


def test_more_precision_means_fewer_autos(small_router, generic, proposals):
    points = ((0.9, 400, 400), (0.7, 900, 880), (0.5, 1500, 1350), (0.3, 2000, 1620))
    router = replace(small_router, curve=tuple(CurvePoint(*p) for p in points))
    sets = []
    for precision in (0.7, 0.8, 0.9, 0.95, 0.99):
        results = router.classify(proposals, Options(generic, precision))
        sets.append({r.id for r in results if r.decision is Decision.AUTO})
    assert all(more >= fewer for more, fewer in pairwise(sets))
    assert sets[0] > sets[-1]


def test_without_held_out_rows_nothing_is_automatic(small_router, generic, proposals):
    router = replace(small_router, curve=())
    decisions = {r.decision for r in router.classify(proposals, Options(generic, 0.5))}
    assert Decision.AUTO not in decisions


def test_own_duties_replace_the_models(small_router, options):
    title = "关于配备太空舱的建议"
    own = (Function("education", "教育", duties=(Duty("课外设施", ("太空舱",)),)),)
    router = small_router.with_duties(own)
    (before,) = small_router.classify([title], options)
    (after,) = router.classify([title], options)
    assert "职责：课外设施 ← 文中“太空舱”" not in [e.text for e in before.evidence]
    weight = {u.function: u.probability for u in after.lead}
    assert weight["education"] > {u.function: u.probability for u in before.lead}["education"]
    assert router.function_keys == small_router.function_keys
    hits = {hit.word for text in ("小学", "水库") for hit in router.duties.find(text)}
    assert hits == {"水库"}  # a function that the own file lacks keeps its duties


def test_duties_of_unknown_functions_are_refused(small_router):
    own = (Function("moon", "月球"), Function("mars", "火星"), Function("water", "水"))
    with pytest.raises(UsageError, match="mars、moon"):
        small_router.with_duties(own)


def test_topics_alone_still_classify(small_router, options):
    router = replace(small_router, units=None)
    (result,) = router.classify(["公交末班车太早"], options)
    assert result.topics
    assert result.lead == result.co == ()
    assert result.decision is not Decision.ABSTAIN
    assert {e.kind for e in result.evidence} <= {"words"}


def test_units_alone_still_classify(small_router, options):
    router = replace(small_router, topics=None)
    (result,) = router.classify(["公交末班车太早"], options)
    assert result.topics == result.accepted_topics == ()
    assert result.lead[0].function == "transport"
