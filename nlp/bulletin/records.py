"""A report as JSON, in the form of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nlp.bulletin.types import Bulletin, Case, Figure, Finding, Span

Record = dict[str, Any]


def bulletin_record(bulletin: Bulletin, errors: Sequence[Finding] = ()) -> Record:
    """Return the JSON of a report: the contract's keys, then where each figure stands.

    Spans are `[start, end]` offsets into `text`, the report as cleaned.

    :param errors: what the check of the figures found.
    """
    return {
        "kind": bulletin.kind,
        "place": bulletin.place,
        "stats": bulletin.stats,
        "cases": [_case(case) for case in bulletin.cases],
        "figure_errors": [_error(each) for each in errors],
        "genre": bulletin.genre,
        "title": bulletin.title,
        "figures": [_figure(each) for each in bulletin.figures],
        "contradictions": [_figure(each) for each in bulletin.contradictions],
        "as_of_span": _span(bulletin.as_of_span),
        "cut": [
            {"reason": cut.reason, "head": cut.head, "characters": cut.characters}
            for cut in bulletin.cuts
        ],
        "notes": list(bulletin.notes),
        "text": bulletin.text,
    }


def _case(case: Case) -> Record:
    return {
        "title": case.title,
        "proposer": case.proposer,
        "topics": list(case.topics),
        "units": list(case.units),
        "outcome": case.outcome,
        "reply": case.reply,
        "points": case.points,
        "kind": case.kind,
        "topic_source": case.topic_source,
        "span": _span(case.span),
        "reply_span": _span(case.reply_span),
    }


def _error(finding: Finding) -> Record:
    return {
        "code": finding.code,
        "message": finding.message,
        "sentence": finding.sentence,
        "arithmetic": finding.arithmetic,
    }


def _figure(figure: Figure) -> Record:
    value = int(figure.value) if float(figure.value).is_integer() else figure.value
    return {
        "name": figure.name,
        "value": value,
        "span": _span(figure.span),
        "sentence": figure.sentence,
    }


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
