"""Digests as the JSON objects of the contract, and as words for staff."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nlp.batch.records import percent
from nlp.batch.sheets import SEPARATOR
from nlp.summarize.digest import OUTCOME_NAMES, Basis, Digest, Flag, Measure, UnitMention
from nlp.text.figures import Figure
from nlp.text.spans import Span
from nlp.types import Outcome, RowRef

if TYPE_CHECKING:
    from nlp.unitnames import AliasTable

UNSURE = 0.6
"""Below this probability a person should look at the outcome."""
UNKNOWN = "判断不了"
_BASIS = {
    "phrase": "答复写明“{}”",
    "letter": "答复标明“{}”类",
    "model": "模型按“{}”判断",
}


def to_digest_record(item: Digest) -> dict[str, object]:
    """Return one object of the contract; field order is fixed."""
    basis = item.basis
    return {
        "id": item.id,
        "title": item.title,
        "summary": item.summary,
        "spans": [_span(span) for span in item.spans],
        "outcome": str(item.outcome) if item.outcome else None,
        "outcome_probability": item.outcome_probability,
        "basis": {"kind": basis.kind, "text": basis.text} if basis else None,
        "figures": [_figure(figure) for figure in item.figures],
        "units": unit_names(item),
        "unit_spans": [_unit(unit) for unit in item.units],
        "measures": [{**_span(measure.span), "time": measure.time} for measure in item.measures],
        "flags": [{"code": flag.code, "message": flag.message} for flag in item.flags],
        "method": item.method,
        "note": item.note,
        "model": item.model,
        "error": item.error,
    }


def from_digest_record(
    record: Mapping[str, Any], source: RowRef, given: Mapping[str, str]
) -> Digest:
    """Return the digest that `to_digest_record` wrote."""
    basis = record["basis"]
    return Digest(
        id=record["id"],
        title=record["title"],
        summary=record["summary"],
        spans=tuple(Span(**each) for each in record["spans"]),
        outcome=Outcome(record["outcome"]) if record["outcome"] else None,
        outcome_probability=record["outcome_probability"],
        basis=Basis(**basis) if basis else None,
        figures=tuple(Figure(span=_placed(each), **_rest(each)) for each in record["figures"]),
        units=tuple(UnitMention(each["unit"], _placed(each)) for each in record["unit_spans"]),
        measures=tuple(Measure(_placed(each), each["time"]) for each in record["measures"]),
        flags=tuple(Flag(**each) for each in record["flags"]),
        method=record["method"],
        note=record["note"],
        model=record["model"],
        error=record["error"],
        source=source,
        given=given,
    )


def _placed(record: Mapping[str, Any]) -> Span:
    return Span(record["start"], record["end"])


def _rest(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in ("start", "end")}


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _unit(unit: UnitMention) -> dict[str, object]:
    return {"unit": unit.name, "functions": list(_functions(unit.name)), **_span(unit.span)}


@lru_cache(maxsize=10_000)
def _functions(unit: str) -> tuple[str, ...]:
    """Return what a unit is responsible for, place-independent; letters name few units often."""
    return _reader().functions(unit)


@lru_cache(maxsize=1)
def _reader() -> AliasTable:
    from nlp.taxonomy import load_functions, unit_reader

    return unit_reader(load_functions())


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "text": figure.text,
        "kind": figure.kind,
        "value": figure.value,
        "upper": figure.upper,
        "unit": figure.unit,
        "date": figure.date,
        "deadline": figure.deadline,
        **_span(figure.span),
    }


def unit_names(item: Digest) -> list[str]:
    """Return the units, each once, in order of first mention."""
    return list(dict.fromkeys(unit.name for unit in item.units))


def outcome_name(item: Digest) -> str:
    if item.error:
        return "出错"
    return OUTCOME_NAMES[item.outcome] if item.outcome else UNKNOWN


def sureness(item: Digest) -> str:
    return percent(item.outcome_probability) if item.outcome else ""


def basis_text(item: Digest) -> str:
    return _BASIS[item.basis.kind].format(item.basis.text) if item.basis else ""


def figures_text(item: Digest) -> str:
    """Return the figures, each once; dates and spans that bind are marked."""
    texts = (f"{f.text}（时限）" if f.deadline else f.text for f in item.figures)
    return SEPARATOR.join(dict.fromkeys(texts))


def warnings(item: Digest) -> str:
    """Say what to mind: the error, else the flags and what became of a model's own words."""
    if item.error:
        return item.error
    said = [flag.message for flag in item.flags] + ([item.note] if item.note else [])
    return "；".join(text.rstrip("。") for text in said)


def needs_check(item: Digest) -> bool:
    """Tell a digest that a person should look at: flagged, or its outcome is doubtful."""
    return not item.error and (bool(item.flags) or item.outcome_probability < UNSURE)


def doubt(item: Digest) -> float:
    """Sort key: least probable outcome first, then most flags."""
    return round(item.outcome_probability, 4) - 1e-6 * len(item.flags)
