"""The routing report as one page: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.evaluate.page.answer import Answer, answer
from nlp.evaluate.page.compared import remarks
from nlp.evaluate.page.content import PageContent
from nlp.evaluate.page.error_sections import error_sections, gate_section, warnings
from nlp.evaluate.page.headlines import Group, headlines, measured, opening
from nlp.evaluate.page.sections import Section, closing_section, figure_sections, pair_section
from nlp.evaluate.remarks import MARKS, Remark
from nlp.evaluate.report import render
from nlp.evaluate.run import Examined
from nlp.evaluate.words import system_name


@dataclass(frozen=True, slots=True)
class ModelView:
    """What the first screen says of one model."""

    name: str
    answer: Answer
    headlines: tuple[Group, ...]
    remarks: tuple[Remark, ...]


def routing_report(content: PageContent) -> str:
    """Return a self-contained page; titles, labels and evidence are escaped.

    Raises ValueError if nothing was examined.
    """
    if not content.examined:
        raise ValueError("nothing was examined")
    return render(
        "routing.html",
        content.origin,
        opening=opening(content),
        measured=measured(content),
        marks=MARKS,
        models=tuple(_model(content, each) for each in content.models),
        notes=tuple(content.notes),
        sections=tuple(section for section in _sections(content) if section.filled),
    )


def _model(content: PageContent, examined: Examined) -> ModelView:
    name = examined.evaluation.model
    return ModelView(
        system_name(name),
        answer(examined),
        headlines(examined),
        (*warnings(content, name), *remarks(content, examined)),
    )


def _sections(content: PageContent) -> Iterator[Section]:
    if content.gate:
        yield gate_section(content.gate)
    yield from figure_sections(content)
    yield pair_section(content)
    yield from error_sections(content)
    yield closing_section(content)
