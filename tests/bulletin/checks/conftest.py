"""Bulletins made by hand: figures are marked in the text as {name 118件}."""

from __future__ import annotations

import re

import pytest

from nlp.bulletin.check import review
from nlp.bulletin.numbers import read_cell
from nlp.bulletin.types import Bulletin, Figure, Span
from nlp.text.split import sentences

_MARK = re.compile(r"\{(\S+) ([^}]+)\}")


def _bulletin(marked: str) -> Bulletin:
    """Take the marks out; a second value of a name is a contradiction, as the reader has it."""
    text, places, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        places.append((mark[1], Span(len(text), len(text) + len(mark[2])), mark[2]))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    kept: dict[str, Figure] = {}
    others: list[Figure] = []
    for name, span, written in places:
        token = read_cell(written)
        assert token is not None, written
        sentence = next(s for s in sentences(text) if s.start <= span.start < s.end)
        figure = Figure(name, token.value, span, sentence.of(text).strip())
        if kept.setdefault(name, figure).value != figure.value:
            others.append(figure)
    return Bulletin(
        kind="proposal",
        genre="handling",
        title="关于提案办理情况的报告",
        place="云溪县",
        figures=tuple(kept.values()),
        as_of=None,
        cases=(),
        text=text,
        contradictions=tuple(others),
    )


@pytest.fixture(scope="session")
def bulletin():
    return _bulletin


@pytest.fixture(scope="session")
def found():
    """Check a marked text and return the codes found, in the order of the text."""
    return lambda marked: [each.finding.code for each in review(_bulletin(marked))]


@pytest.fixture(scope="session")
def only():
    """Check a marked text that has one fault, and return it."""

    def check(marked: str):
        remarks = review(_bulletin(marked))
        assert len(remarks) == 1, remarks
        return remarks[0].finding

    return check
