"""Cases of a report as gold rows, for training or measuring on an office's own past."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.bulletin.types import Bulletin, Case
from nlp.bulletin.vocabulary import vocabulary

if TYPE_CHECKING:
    from nlp.places import Directory

RowValue = str | list[str] | None


def corpus_rows(
    bulletin: Bulletin, name: str, directory: Directory
) -> Iterator[dict[str, RowValue]]:
    """Yield one row of the gold contract a case; what the report does not tell is left out.

    The first unit named is taken for the lead, others for co-handlers; a unit of no or of
    several functions in the directory names none. Topics count only where the report's section
    gives one of our keys: a model's guess is no label. 社情民意 are no proposals and left out.
    """
    number = 0
    for case in bulletin.cases:
        if case.kind == "opinion":
            continue
        number += 1
        row: dict[str, RowValue] = {"id": f"{name}-{number}", "title": case.title, "body": ""}
        topics = [each for each in case.topics if each in vocabulary().topic_words]
        if topics and case.topic_source == "section":
            row["topics"] = topics
        row |= _functions(case, directory)
        row |= {"place": bulletin.place, "units": list(case.units)}
        row |= {key: value for key, value in _given(case).items() if value}
        yield row


def _given(case: Case) -> dict[str, str | None]:
    return {"proposer": case.proposer, "outcome": case.outcome, "reply": case.reply}


def _functions(case: Case, directory: Directory) -> dict[str, RowValue]:
    found = [directory.functions_of(unit) for unit in case.units]
    if not found or len(found[0]) != 1:
        return {}
    lead = found[0][0]
    co = dict.fromkeys(f[0] for f in found[1:] if len(f) == 1 and f[0] != lead)
    return {"lead": lead, "co": list(co)} if co else {"lead": lead}


def write_corpus(path: Path, bulletin: Bulletin, name: str, directory: Directory) -> int:
    """Write the rows as JSONL, whole or not at all; return how many. Raises InputError."""
    from nlp.io.write import write_jsonl

    rows = list(corpus_rows(bulletin, name, directory))
    write_jsonl(path, rows)
    return len(rows)
