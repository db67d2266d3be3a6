"""Labelled replies (答复): outcome, key spans, facts and a digest, read from JSONL or folders.

A missing field means "not labelled": None, never an empty answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.corpus.rows import corpus_files, labels, parse_lines, shape
from nlp.errors import InputError
from nlp.types import Outcome

_TABLES = frozenset({".xlsx", ".xls", ".et", ".csv", ".tsv", ".docx", ".doc", ".pdf", ".html"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that a digest must keep, proved by short pieces of the reply."""

    text: str
    must_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One labelled reply; `kind` says what it answers: proposal, suggestion or message."""

    id: str
    title: str
    reply: str
    outcome: Outcome | None = None
    summary: str | None = None
    key_spans: tuple[str, ...] | None = None
    facts: tuple[Fact, ...] | None = None
    units: tuple[str, ...] | None = None
    flags: tuple[str, ...] | None = None
    kind: str = ""
    lead: str = ""


def load_replies(paths: Sequence[Path]) -> list[ReplyRow]:
    """Read every JSONL file named, or found in a folder named, in sorted order.

    Raises InputError for a missing or empty input, DataError with line numbers for bad rows.
    """
    rows = [row for file in corpus_files(paths) for row in _read(file)]
    if not rows:
        named = "、".join(str(p) for p in paths)
        raise InputError(f"{named} 里没有一件答复。", "应为 JSONL，每行一件，含 reply 字段。")
    return rows


def _read(file: Path) -> list[ReplyRow]:
    if file.suffix.lower() in _TABLES:
        raise InputError(
            f"“{file.name}”不是 JSONL：标注过的答复要用 JSONL，每行一件，含 reply 字段。",
            "写法见 docs/data-files.md；没有标注的答复表用 fenban summarize。",
        )
    return parse_lines(file, parse_reply)


def parse_reply(value: Any, default_id: str) -> ReplyRow:  # noqa: ANN401 - audited here
    """Check one decoded line and build a ReplyRow. Raises ValueError saying what is wrong."""
    if not isinstance(value, Mapping):
        raise ValueError(f"应为 {{…}} 形式的一件，实为{shape(value)}")
    reply = _text(value, "reply") or ""
    if not reply.strip():
        found = "、".join(list(value)[:6]) or "什么也没有"
        raise ValueError(f"reply 没有内容（有的键：{found}）")
    return ReplyRow(
        id=str(value.get("id") or default_id),
        title=_text(value, "proposal_title") or _text(value, "title") or "",
        reply=reply,
        outcome=_outcome(value.get("outcome")),
        summary=_text(value, "summary"),
        key_spans=labels(value, "key_spans"),
        facts=_facts(value.get("facts")),
        units=labels(value, "units"),
        flags=labels(value, "flags"),
        kind=_text(value, "kind") or "",
        lead=_text(value, "lead") or "",
    )


def _text(value: Mapping[str, Any], key: str) -> str | None:
    text = value.get(key)
    if text is not None and not isinstance(text, str):
        raise ValueError(f"{key} 应为文字")
    return text


def _outcome(value: object) -> Outcome | None:
    if value is None:
        return None
    known = [outcome.value for outcome in Outcome]
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"outcome 应为 {'、'.join(known)} 之一，实为 {value}")
    return Outcome(value)


def _facts(value: object) -> tuple[Fact, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(x, Mapping) for x in value):
        raise ValueError("facts 应为 {text, must_match} 的列表")
    return tuple(Fact(_text(x, "text") or "", labels(x, "must_match") or ()) for x in value)


def reply_fingerprint(rows: Iterable[ReplyRow]) -> str:
    """Return a sha256 over everything training sees, independent of ids and file names."""
    digest = hashlib.sha256()
    for row in rows:
        facts = row.facts and [[fact.text, fact.must_match] for fact in row.facts]
        value = [row.title, row.reply, row.outcome, row.summary, row.key_spans, facts]
        value += [row.units, row.flags, row.kind, row.lead]
        digest.update(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()
