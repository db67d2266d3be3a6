"""Text that is safe in a spreadsheet cell, and the account of what had to change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nlp.io.cells import clean_text

EXCEL_LIMIT = 32_767
CUT_MARK = "…【超过 Excel 单元格上限，已截断，全文见 jsonl】"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Characters that start a formula in a spreadsheet, full-width forms included."""
_SUSPECT = re.compile(
    r"^\s*[" + re.escape("".join(_FORMULA)) + "]"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
"""What might have to change; almost no cell has any of it, and there are many cells."""


@dataclass(frozen=True, slots=True)
class Written:
    """What writing had to change: cells cut at Excel's limit, control characters removed."""

    path: Path
    cut: int = 0
    removed: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Chinese remarks for the user."""
        said = []
        if self.cut:
            said.append(
                f"“{self.path.name}”有 {self.cut} 格超过 Excel 的 {EXCEL_LIMIT} 字上限，"
                "已截断并标出；全文见原来的文件，或输出为 jsonl。"
            )
        if self.removed:
            said.append(f"“{self.path.name}”里去掉了 {self.removed} 个看不见的控制字符。")
        return tuple(said)


@dataclass(slots=True)
class Changes:
    """Counts what `safe_cell` had to change; passed along while writing one file."""

    cut: int = 0
    removed: int = 0


def safe_cell(text: str, changes: Changes | None = None) -> str:
    """Make text safe in a spreadsheet cell.

    A leading = + - @ tab or CR would run as a formula, so ' goes before it, and before
    blanks that hide one; control characters go; text over Excel's limit is cut with a
    visible mark.
    """
    if len(text) * 2 <= EXCEL_LIMIT and not _SUSPECT.search(text):
        return text
    clean = clean_text(text)
    risky = _runs(text) or _runs(clean.text)
    safe = f"'{clean.text}" if risky else clean.text
    cut = _units(safe) > EXCEL_LIMIT
    if cut:
        safe = _cut(safe, EXCEL_LIMIT - len(CUT_MARK)) + CUT_MARK
    if changes is not None:
        changes.cut += cut
        changes.removed += clean.removed
    return safe


def _runs(text: str) -> bool:
    """Tell a formula from text and from plain figures such as -3.5."""
    if text[:1] not in ("\t", "\r"):
        text = text.lstrip()
    if not text.startswith(_FORMULA) or text in ("-", "+"):
        return False
    digits = text[1:].replace(".", "", 1)
    return text[0] not in "+-" or not (digits.isascii() and digits.isdigit())


def _units(text: str) -> int:
    """Count UTF-16 units, as Excel does."""
    if len(text) * 2 <= EXCEL_LIMIT:
        return len(text)
    return len(text) + sum(char > "\uffff" for char in text)


def _cut(text: str, units: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")[: units * 2]
    return raw.decode("utf-16-le", "ignore")
