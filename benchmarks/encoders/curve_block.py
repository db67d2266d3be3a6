"""The learning curve's place on the page of benchmarks, kept when the page is written anew."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import replace_block

NAME = "curve"
BEGIN, END = f"<!-- {NAME}:begin -->", f"<!-- {NAME}:end -->"


def kept_curve(page: Path) -> str:
    """Return the block that a page holds, markers included; an empty block for none."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if BEGIN not in text or END not in text:
        return f"{BEGIN}\n{END}"
    return BEGIN + text.split(BEGIN)[1].split(END)[0] + END


def put_curve(page: Path, content: str) -> None:
    """Write the block of a page. Raises ValueError if the page has no place for it."""
    text = page.read_text(encoding="utf-8")
    page.write_text(replace_block(text, NAME, content), encoding="utf-8")
