"""A table's row seen through its columns: the text of a role, the id, the cells as given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.io.cells import TableRow
from nlp.io.columns import ColumnMap
from nlp.types import RowError, RowRef

_TOTAL = re.compile(r"^\s*(?:合\s*计|总\s*计|小\s*计|共\s*\d+\s*件)")
_TITLE_SHOWN = 200


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a table; `prefix` goes before ids that are made up from row numbers."""

    row: TableRow
    columns: ColumnMap
    source: RowRef
    prefix: str = ""

    @property
    def id(self) -> str:
        return self.cell("id").strip() or f"{self.prefix}r{self.row.number}"

    @property
    def title(self) -> str:
        return self.cell("title").strip()

    @property
    def body(self) -> str:
        """Join the body columns by a blank line; a part that another repeats is left out."""
        positions = self.columns.roles.get("body", ())
        if len(positions) < 2:
            return self.cell("body").strip()
        parts: list[str] = []
        for position in positions:
            text = self.row.cells[position].strip() if position < len(self.row.cells) else ""
            if text and not any(text in part for part in parts):
                parts = [part for part in parts if part not in text] + [text]
        return "\n\n".join(parts)

    @property
    def given(self) -> dict[str, str]:
        """Keep the cells under their heads; unnamed columns only where they hold something."""
        header, cells = self.columns.header, self.row.cells
        if len(cells) <= len(header) and _all_named(header):
            return dict(zip(header, cells, strict=False))
        given: dict[str, str] = {}
        for position, cell in enumerate(cells):
            head = header[position] if position < len(header) else f"列{position + 1}"
            if cell or head != f"列{position + 1}":
                given[head] = cell
        return given

    def cell(self, role: str) -> str:
        """Return the text of the (first) column of a role, "" where there is none."""
        found, cells = self.columns.roles.get(role), self.row.cells
        return cells[found[0]] if found and found[0] < len(cells) else ""

    def aligned(self, role: str) -> str:
        """Return the same text with every character where the file has it."""
        position = self.columns.roles.get(role, (-1,))[0]
        return self.row.aligned.get(position) or self.cell(role)

    def error(self, message: str) -> RowError:
        title = self.title[:_TITLE_SHOWN]
        return RowError(self.id, title, message, self.source, self.given)


@lru_cache(maxsize=64)
def _all_named(header: tuple[str, ...]) -> bool:
    """Tell whether every column has a head of the file's own."""
    return all(head != f"列{n}" for n, head in enumerate(header, 1))


def named_width(header: tuple[str, ...]) -> int:
    """Tell how far the file's own heads reach; the whole width of a headerless table."""
    named = [n for n, head in enumerate(header, 1) if head != f"列{n}"]
    return named[-1] if named else len(header)


def is_total(row: TableRow) -> bool:
    """Tell a total at the foot of a printed list."""
    filled = [cell for cell in row.cells if cell.strip()]
    return bool(filled) and bool(_TOTAL.match(filled[0]))
