"""Cases in a table of proposals: 序号｜案由｜提案人｜承办单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.bulletin.document import CELL
from nlp.bulletin.folding import folded_outcome
from nlp.bulletin.labels import topic_key, topic_of
from nlp.bulletin.proposers import proposer_cell
from nlp.bulletin.sections import lines
from nlp.bulletin.types import Case, Kind, Span
from nlp.bulletin.units import named_units
from nlp.bulletin.verdicts import stated_class

_COLUMNS = (
    ("title", re.compile("案由|标题|题目|(?:提案|建议)(?:名称|内容)|名称")),
    ("proposer", re.compile("提案者|提案人|建议人|提出人|代表|委员|领衔|提出者")),
    ("outcome", re.compile("结果|办理情况|状态")),
    ("topic", re.compile("类别|分类|主题|领域|类型")),
)

_UNITS = re.compile("承办|主办|会办|协办|牵头|配合|参与|(?:办理|责任|落实)(?:单位|部门)")


def table_cases(text: str, kind: Kind, place: str) -> Iterator[Case]:
    """Read the rows below a head that names a column of titles."""
    columns: dict[str, int] = {}
    acting: Sequence[int] = ()
    size = 0
    for line in lines(text):
        cells = line.of(text).split(CELL)
        if len(cells) < 2:
            columns = {}
            continue
        head = _columns(cells)
        if head:
            columns, size = head, len(cells)
            acting = [at for at, cell in enumerate(cells) if _UNITS.search(cell)]
        elif columns and len(cells) == size:
            yield _case(cells, columns, acting, line.start, kind, place)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS:
        at = next((i for i, c in enumerate(cells) if len(c) <= 8 and pattern.search(c)), None)
        if at is not None and at not in found.values():
            found[name] = at
    if any(re.search("件数|条数|占比|数量", cell) for cell in cells):
        return {}
    return found if "title" in found and not any(c.isdigit() for c in cells) else {}


def _case(
    cells: Sequence[str],
    columns: dict[str, int],
    acting: Sequence[int],
    start: int,
    kind: Kind,
    place: str,
) -> Case:
    at = columns["title"]
    units = "、".join(cells[i] for i in acting)
    begin = start + sum(len(cell) + 1 for cell in cells[:at])
    result = cells[columns["outcome"]] if "outcome" in columns else ""
    outcome = stated_class(result)
    topic = topic_of(cells[columns["topic"]], listed=True) if "topic" in columns else None
    return Case(
        title=cells[at].strip("《》 "),
        proposer=proposer_cell(cells[columns["proposer"]]) if "proposer" in columns else None,
        topics=tuple(filter(None, [topic_key(topic)])),
        units=named_units(units, place),
        outcome=folded_outcome(outcome),
        reply="",
        points=None,
        span=Span(begin, begin + len(cells[at])),
        kind=kind,
    )
