"""Builders of real input files; everything is made in tmp_path."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from office_samples import HEADER, ROWS

from tests.fuzz.nasty_documents import filled

Grid = Sequence[Sequence[object]]


@pytest.fixture
def make_xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Write rows with openpyxl; keyword arguments are more sheets."""
    import openpyxl

    def make(rows: Grid = (HEADER, *ROWS), name: str = "提案.xlsx", **sheets: Grid) -> Path:
        book = openpyxl.Workbook()
        book.active.title = "提案"
        for row in rows:
            book.active.append(list(row))
        for title, more in sheets.items():
            sheet = book.create_sheet(title)
            for row in more:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def make_docx(tmp_path: Path) -> Callable[..., Path]:
    """Write paragraphs (str) and tables (lists of rows) in order."""

    def make(*blocks: str | list[list[str]], name: str = "提案.docx") -> Path:
        path = tmp_path / name
        filled(*blocks).save(str(path))
        return path

    return make


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Write lines of text with a Chinese font; none makes a page of only a picture."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    def make(*lines: str, name: str = "提案.pdf", **options: object) -> Path:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        path = tmp_path / name
        canvas = Canvas(str(path), **options)
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 20 * number, line)
        if not lines:
            canvas.rect(100, 100, 300, 300, fill=1)
        canvas.save()
        return path

    return make


@pytest.fixture
def repack(tmp_path: Path) -> Callable[..., Path]:
    """Copy a zip container with some members replaced or added."""

    def make(path: Path, name: str, **members: bytes) -> Path:
        target = tmp_path / name
        named = {key.replace("__", "/"): value for key, value in members.items()}
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", 8) as new:
            for member in old.namelist():
                if member not in named:
                    new.writestr(member, old.read(member))
            for member, data in named.items():
                new.writestr(member, data)
        return target

    return make
