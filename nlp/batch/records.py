"""Suggestions as the JSON objects of the contract and back, and as words for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nlp.types import Decision, Evidence, RowRef, Suggestion, TopicScore, UnitScore

DECISIONS = {
    Decision.AUTO: "可自动分办",
    Decision.REVIEW: "请人工复核",
    Decision.ABSTAIN: "不像提案，请政府办定",
}


def to_record(item: Suggestion) -> dict[str, object]:
    """Return one object of the contract; field order is fixed."""
    return {
        "id": item.id,
        "title": item.title,
        "topics": [
            {"label": t.label, "name": t.name, "probability": t.probability} for t in item.topics
        ],
        "accepted_topics": list(item.accepted_topics),
        "lead": [_unit(u) for u in item.lead],
        "co": [_unit(u) for u in item.co],
        "decision": str(item.decision),
        "evidence": [{"kind": e.kind, "text": e.text, "weight": e.weight} for e in item.evidence],
        "model": item.model,
        "error": item.error,
    }


def from_record(record: Mapping[str, Any], source: RowRef, given: Mapping[str, str]) -> Suggestion:
    """Return the suggestion that `to_record` wrote; a record holds neither place nor cells."""
    return Suggestion(
        id=record["id"],
        title=record["title"],
        topics=tuple(TopicScore(**each) for each in record["topics"]),
        accepted_topics=tuple(record["accepted_topics"]),
        lead=tuple(UnitScore(**each) for each in record["lead"]),
        co=tuple(UnitScore(**each) for each in record["co"]),
        decision=Decision(record["decision"]),
        evidence=tuple(Evidence(**each) for each in record["evidence"]),
        model=record["model"],
        error=record["error"],
        source=source,
        given=given,
    )


def _unit(unit: UnitScore) -> dict[str, object]:
    return {"function": unit.function, "unit": unit.unit, "probability": unit.probability}


def confidence(item: Suggestion) -> float:
    """Return the chance that the first suggestion is right: the unit's, else the topic's."""
    if item.lead:
        return item.lead[0].probability
    return item.topics[0].probability if item.topics else 0.0


def topic_names(item: Suggestion) -> list[str]:
    """Return the names of the accepted topics, primary first."""
    names = {t.label: t.name for t in item.topics}
    return [names[label] for label in item.accepted_topics]


def decision_name(item: Suggestion) -> str:
    return "出错" if item.error else DECISIONS[item.decision]


def percent(value: float) -> str:
    return f"{value:.0%}"
