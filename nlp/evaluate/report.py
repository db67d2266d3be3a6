"""Evaluations as one self-contained HTML file: nothing is fetched, every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.evaluate.lines import Line, number, percent

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report's numbers come from: the gold file and the command line."""

    gold: str
    command: str


@dataclass(frozen=True, slots=True)
class LineTable:
    """The numbers of one model, as the terminal shows them."""

    name: str
    lines: Sequence[Line]


def lines_report(title: str, tables: Sequence[LineTable], origin: Origin) -> str:
    """Lay out numbers with their meanings, a table a model."""
    return render("lines.html", origin, title=title, tables=tables)


def render(template: str, origin: Origin, **values: object) -> str:
    """Fill a template of the package in. Raises jinja2.UndefinedError for a missing value."""
    from nlp import __version__

    page = environment().get_template(template)
    return page.render(version=__version__, gold=origin.gold, command=origin.command, **values)


def environment() -> Environment:
    """Return the templates, with escaping on whatever a file is called."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    found.filters |= {"percent": percent, "number": number}
    return found


def write_report(path: Path, page: str) -> None:
    """Write a report whole or not at all. Raises InputError if that is impossible."""
    from nlp.io.atomic import write_atomic

    data = page.encode("utf-8", "replace")
    write_atomic(path, lambda temporary: _fill(temporary, data))


def _fill(path: Path, data: bytes) -> None:
    path.write_bytes(data)
