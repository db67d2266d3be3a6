"""One row of an office's table, by what its columns are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.corpus.blanks import is_blank
from nlp.io.names import matches
from nlp.types import Proposal

if TYPE_CHECKING:
    from nlp.io.columns import ColumnMap

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_KINDS = {"提案": "proposal", "建议": "suggestion"}


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row by what their columns mean."""

    item: Proposal
    columns: ColumnMap | None

    def of(self, role: str) -> str | None:
        """Return the cell of a role; None where the table has no such column."""
        head = self.columns.head(role) if self.columns else None
        return None if head is None else self.item.given.get(head, "")

    def first(self, role: str) -> str | None:
        """Return the role's own cell, or where it is blank another column's of that name."""
        own = self.of(role)
        if own is None or not is_blank(own):
            return own
        return next((cell for cell in self.all(role) if not is_blank(cell)), own)

    def all(self, role: str) -> list[str]:
        """Return the cells of every column that is named for a role (会办单位, 协办单位)."""
        if not self.columns or role not in self.columns.roles:
            return []
        taken = {at for each, own in self.columns.roles.items() if each != role for at in own}
        heads = [
            head
            for at, head in enumerate(self.columns.header)
            if at in self.columns.roles[role] or (at not in taken and _is_named(head, role))
        ]
        return [self.item.given.get(head, "") for head in heads]

    @property
    def year(self) -> int | None:
        """Return the year of the row's own column, else of the sheet, else of the file."""
        source = self.item.source
        for text in (self.of("year"), source.sheet, source.file):
            if found := _YEAR.search(text or ""):
                return int(found[1])
        return None

    @property
    def kind(self) -> str:
        """Return proposal or suggestion by the row's own column, else by the title's head."""
        head = self.columns.head("title") if self.columns else None
        for text in (self.of("kind"), head):
            named = [kind for word, kind in _KINDS.items() if word in (text or "")]
            if len(named) == 1:
                return named[0]
        return ""


def _is_named(head: str, role: str) -> bool:
    return any(match.exact and match.role == role for match in matches(head))
