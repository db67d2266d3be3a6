"""A draft as a Word document that looks like an office's: fonts and measures of GB/T 9704."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.bulletin.draft.parts import GAP, Block, Draft

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_TITLE, _HEAD, _LEAD, _BODY, _FOOT = "宋体", "黑体", "楷体", "仿宋", "宋体"
_TITLE_SIZE, _BODY_SIZE, _FOOT_SIZE, _LINE = 22, 16, 14, 28.5
"""Points: 二号, 三号, 四号, and the distance of lines."""
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_PIECES = re.compile(rf"({GAP.pattern}|〔表\d+〕)")

Element = Any
"""An lxml element; lxml carries no types."""


def write_docx(path: Path, draft: Draft, *, marks: bool = True) -> None:
    """Write a draft as docx; gaps are highlighted, marks are small and grey."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in _MARGINS.items():
        setattr(section, name, Mm(millimetres))
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = draft.blocks[0].sentences[0].text
    for block in draft.blocks:
        _paragraph(document, block, marks=marks)
    _page_number(section.footer.paragraphs[0])
    document.save(str(path))


def _paragraph(document: Document, block: Block, *, marks: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(_LINE)
    if block.kind in ("title", "note"):
        paragraph.alignment = ALIGN.CENTER
        form.line_spacing = Pt(_LINE + 4) if block.kind == "title" else Pt(_LINE)
        form.space_after = Pt(_LINE / 2)
    elif block.kind == "signature":
        paragraph.alignment = ALIGN.RIGHT
    else:
        paragraph.alignment = ALIGN.JUSTIFY
        _indent(paragraph)
    if block.kind == "heading":
        form.keep_with_next = True
        _outline(paragraph)
    if block.lead:
        _run(paragraph, block.lead, _LEAD)
    for sentence in block.sentences:
        _runs(paragraph, block, sentence.marked() if marks else sentence.text)


def _runs(paragraph: Paragraph, block: Block, words: str) -> None:
    """Add a sentence, its gaps and marks in runs of their own."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt, RGBColor

    font = {"title": _TITLE, "heading": _HEAD}.get(block.kind, _BODY)
    for piece in filter(None, _PIECES.split(words)):
        run = _run(paragraph, piece, font)
        if block.kind == "title":
            run.font.size, run.bold = Pt(_TITLE_SIZE), True
        if GAP.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif piece.startswith("〔表"):
            run.font.size, run.font.color.rgb = Pt(_BODY_SIZE * 0.6), RGBColor(0x80, 0x80, 0x80)


def _run(paragraph: Paragraph, words: str, font: str, size: float = _BODY_SIZE) -> Run:
    """Add words in a Chinese font; Latin letters and digits get Times New Roman."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # else “ ” are taken for Latin quotation marks
    return run


def _indent(paragraph: Paragraph) -> None:
    """Indent the first line by two characters, whatever their size."""
    from docx.oxml.ns import qn

    indent: Element = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(_BODY_SIZE * 2 * 20))


def _outline(paragraph: Paragraph) -> None:
    """Let a heading stand in Word's navigation without the look of its heading styles."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    level: Element = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)


def _page_number(paragraph: Paragraph) -> None:
    """Put — 1 — into the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = ALIGN.CENTER
    _run(paragraph, "— ", _FOOT, _FOOT_SIZE)
    field: Element = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number = _run(paragraph, "1", _FOOT, _FOOT_SIZE)
    field.append(number._element)
    paragraph._p.append(field)
    _run(paragraph, " —", _FOOT, _FOOT_SIZE)
