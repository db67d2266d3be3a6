"""Tells what each piece of a letter is, from its wording and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from nlp.summarize.letter.closeforms import is_closing
from nlp.summarize.letter.contactforms import (
    goes_on_with,
    is_contact,
    is_contact_line,
    is_copies,
    is_rule,
)
from nlp.summarize.letter.headforms import (
    is_class_line,
    is_number,
    is_outcome_line,
    is_salutation,
    is_title,
)
from nlp.summarize.letter.openforms import (
    has_substance,
    is_announcement,
    is_another_reply,
    is_forwarding,
    is_opening,
    is_weak_opening,
    opens_inside,
)
from nlp.summarize.letter.signforms import is_dated, is_letterhead, is_signature

PartKind = Literal[
    "number",
    "class",
    "title",
    "salutation",
    "opening",
    "forwarding",
    "body",
    "closing",
    "signature",
    "date",
    "contact",
    "copies",
]
_REACH = 400
"""An “…答复如下：” within so many characters makes what precedes it opening."""
_Form = Callable[[str], bool]
_HEAD_FORMS: tuple[tuple[PartKind, _Form], ...] = (
    ("title", is_title),
    ("number", is_number),
    ("class", is_class_line),
    ("class", is_outcome_line),
    ("opening", is_opening),
    ("salutation", is_salutation),
    ("forwarding", is_forwarding),
    ("contact", is_contact_line),
)
_TAIL_FORMS: tuple[tuple[PartKind, _Form], ...] = (
    ("date", is_dated),
    ("class", is_class_line),
    ("contact", is_contact),
    ("copies", is_copies),
    ("closing", is_closing),
    ("signature", is_signature),
)
_INSIDE_FORMS: tuple[tuple[PartKind, _Form], ...] = (
    ("date", is_dated),
    ("closing", is_closing),
    ("opening", opens_inside),
    ("class", is_class_line),
    ("contact", is_contact_line),
)
_LINE = 40
_CUE = re.compile(r"[谢祝歉谅悉此类若望迎系请]|如[有果您你对下仍还]|以上|^[（(二\d]")
"""What every form of `_INSIDE_FORMS` holds one of."""


def mark(written: Sequence[str]) -> list[PartKind]:
    """Return each stripped piece's kind; a cell may hold several letters."""
    kinds: list[PartKind] = ["body"] * len(written)
    for start, end in _letters(written):
        head = _mark_head(written, kinds, start, end)
        _mark_copies(written, kinds, head, end)
        _mark_tail(written, kinds, head, end)
        _mark_inside(written, kinds, head, end)
        _rescue(written, kinds, start, end)
    return kinds


def _letters(written: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each letter of the cell begins and ends: a new one greets anew."""
    start = known = 0
    for at, piece in enumerate(written):
        if at == start or not (is_another_reply(piece) or _greets(piece, written[at - 1])):
            continue
        while known < at and (is_rule(written[known]) or _kind_of(written[known], _HEAD_FORMS)):
            known += 1
        if known < at:
            named = _is_line(written[at - 1]) and written[at - 1].endswith(("：", ":"))
            at -= named and at - 1 > start
            yield start, at
            start = known = at
    if start < len(written):
        yield start, len(written)


def _greets(piece: str, before: str) -> bool:
    if is_dated(before):
        return is_salutation(piece) or opens_inside(piece)
    return ("好" in piece or piece.startswith("尊敬的")) and is_salutation(piece)


def _kind_of(piece: str, forms: Sequence[tuple[PartKind, _Form]]) -> PartKind | None:
    for kind, form in forms:
        if form(piece):
            return kind
    return None


def _mark_head(written: Sequence[str], kinds: list[PartKind], start: int, end: int) -> int:
    """Mark the head's pieces and return where the answer begins.

    Pieces of no known form wait: they are opening if an announcement follows, and lines
    without a stop also if a number, title or salutation does.
    """
    at = done = start
    length = 0
    announced = False
    while at < end and length <= _REACH:
        piece = written[at]
        length += len(piece)
        kind = _head_kind(piece, first=at < start + 3, waiting=at > done)
        if kind is None and (announced or has_substance(piece)):
            break
        if kind is not None:
            announces = kind == "opening" and is_announcement(piece)
            thanks = kind == "opening" and not announces and "谢" in piece
            if announced and kind not in ("opening", "salutation"):
                break
            if thanks and kinds[start:done][-1:] == ["forwarding"]:
                break
            if not (announces or all(map(_is_line, written[done:at]))):
                break
            for waiting in range(done, at):
                kinds[waiting] = "opening"
            kinds[at] = kind
            announced = announced or announces
            done = at + 1
        at += 1
    return done


def _head_kind(piece: str, *, first: bool, waiting: bool) -> PartKind | None:
    kind = _kind_of(piece, _HEAD_FORMS)
    if kind is None and not waiting and is_weak_opening(piece):
        return "opening"
    if kind is None and first and is_letterhead(piece):
        return "signature"
    return kind


def _is_line(piece: str) -> bool:
    return len(piece) < _LINE and not piece.endswith(("。", "！", "；", "，", "？"))


def _mark_copies(written: Sequence[str], kinds: list[PartKind], head: int, end: int) -> None:
    """Mark 抄送 and 附件 with the lines that go on with them."""
    copies = ""
    for at in range(head, end):
        piece = written[at]
        if is_copies(piece):
            copies = piece
        elif copies and not goes_on_with(copies, piece):
            copies = ""
        if copies:
            kinds[at] = "copies"


def _mark_tail(written: Sequence[str], kinds: list[PartKind], head: int, end: int) -> None:
    after: PartKind = "closing"
    for at in range(end - 1, head - 1, -1):
        if kinds[at] == "body":
            kind = after if is_rule(written[at]) else _kind_of(written[at], _TAIL_FORMS)
            if kind is None:
                return
            kinds[at] = kind
        after = kinds[at]


def _mark_inside(written: Sequence[str], kinds: list[PartKind], head: int, end: int) -> None:
    """Mark what no answer says, wherever it stands."""
    for at in range(head, end):
        piece = written[at]
        if kinds[at] == "body" and len(piece) < 200 and _CUE.search(piece):
            kinds[at] = _kind_of(piece, _INSIDE_FORMS) or "body"


def _rescue(written: Sequence[str], kinds: list[PartKind], start: int, end: int) -> None:
    """Give a letter without an answer back what was taken for its rims on weak grounds."""
    whole = start == 0 and end == len(written)
    if not whole and not is_salutation(written[start]):
        return
    if any(kind in ("body", "forwarding") for kind in kinds[start:end]):
        return
    for at in range(start, end):
        piece = written[at]
        weak_opening = kinds[at] == "opening" and not is_opening(piece)
        weak_contact = kinds[at] == "contact" and not is_contact_line(piece)
        if (weak_opening or weak_contact) and not is_rule(piece):
            kinds[at] = "body"
