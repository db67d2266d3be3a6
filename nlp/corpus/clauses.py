"""Clauses of replies with their roles, and short passages with their outcomes: what the
digest model learns from beside whole annotated replies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.corpus.rows import corpus_files, parse_lines


@dataclass(frozen=True, slots=True)
class RoleRow:
    """The clauses of one reply, in order, as (text, role)."""

    id: str
    clauses: tuple[tuple[str, str], ...]


def load_roles(paths: Sequence[Path]) -> list[RoleRow]:
    """Read JSONL rows {"id", "clauses": [{"text", "role"}]}.

    Raises InputError for a missing input, DataError with line numbers for bad rows.
    """
    return [row for file in corpus_files(paths) for row in parse_lines(file, _role_row)]


def _role_row(value: Any, default_id: str) -> RoleRow:  # noqa: ANN401 - audited here
    clauses = value.get("clauses") if isinstance(value, Mapping) else None
    if not isinstance(clauses, list) or not all(isinstance(each, Mapping) for each in clauses):
        raise ValueError("应为 {id, clauses: [{text, role}]}")
    read = tuple((str(each.get("text", "")), str(each.get("role", ""))) for each in clauses)
    return RoleRow(str(value.get("id") or default_id), read)
