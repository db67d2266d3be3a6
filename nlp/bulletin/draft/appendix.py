"""The appendix to a draft: every figure with its rows, tables with charts, the rows themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nlp.bulletin.draft.facts import Fact
from nlp.bulletin.draft.parts import Draft
from nlp.bulletin.draft.words import CLASS_NAMES, CLOSED, CONFIRMED, ROLE_NAMES
from nlp.bulletin.draft.year import Item, Year
from nlp.bulletin.names import is_share
from nlp.io.atomic import write_atomic
from nlp.io.safe import Changes, Written, safe_cell

FIGURES, TOPICS, RESULTS, ROWS, CHECK, ABOUT = (
    "指标", "主题分布", "办理结果", "记录", "待核", "说明",
)  # fmt: skip
_FIGURES_HEAD = ("标记", "指标", "数值", "单位", "分子", "分母", "怎么算", "计入的编号")
_CHECK_HEAD = ("编号", "事项", "内容", "怎么处理的", "位置")
_SHARES_HEAD = ("类别", "件数", "占比（%）", "标记")
_IDS_MOST = 30_000
"""Characters of row ids in one cell; Excel takes 32,767."""
_SEPARATOR = "、"

Cell = str | float
Workbook = Any
Worksheet = Any
"""XlsxWriter carries no types."""


def write_appendix(path: Path, draft: Draft, year: Year, about: Sequence[str]) -> Written:
    """Write the workbook: figures, topics and results with charts, rows, doubts, notes.

    :raises InputError: the file cannot be written.
    """
    changes = Changes()

    def fill(temporary: Path) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(temporary), options) as book:
            _fill(_Pages(book, changes), draft, year, about)

    write_atomic(path, fill)
    return Written(path, changes.cut, changes.removed)


class _Pages:
    """Adds sheets whose texts are made safe."""

    def __init__(self, book: Workbook, changes: Changes) -> None:
        self.book = book
        self.changes = changes
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0"}
        )
        self.body = book.add_format({"text_wrap": True, "valign": "top"})

    def add(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[int],
    ) -> Worksheet:
        page = self.book.add_worksheet(name)
        for column, head in enumerate(header):
            width = widths[column] if column < len(widths) else 16
            page.set_column(column, column, width, self.body)
            page.write_string(0, column, safe_cell(head, self.changes), self.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(last, column, safe_cell(cell, self.changes), self.body)
                else:
                    page.write_number(last, column, cell, self.body)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(last, 1), len(header) - 1)
        return page


def _fill(pages: _Pages, draft: Draft, year: Year, about: Sequence[str]) -> None:
    figures = list(draft.facts())
    widths = (8, 22, 12, 6, 8, 8, 40, 80)
    pages.add(FIGURES, _FIGURES_HEAD, map(_figure_row, figures), widths)
    _shares(pages, TOPICS, _pairs(figures, "topics", "topic_shares"), "bar")
    _shares(pages, RESULTS, _pairs(figures, "outcomes", "shares"), "pie")
    _add_rows(pages, year)
    doubts = ((d.key, d.about, d.found, d.done, d.where) for d in year.doubts)
    pages.add(CHECK, _CHECK_HEAD, doubts, (14, 20, 50, 24, 40))
    pages.add(ABOUT, ("说明",), ((line,) for line in about), (110,))


def _figure_row(figure: tuple[int, Fact]) -> list[Cell]:
    mark, fact = figure
    share = is_share(fact.name)
    unit = "%" if share else "" if isinstance(fact.value, str) else "件"
    unit = "个" if fact.name == "handling_units" else unit
    return [
        f"表{mark}",
        fact.label,
        fact.value,
        unit,
        float(len(fact.items)) if share else "",
        float(fact.base) if fact.base is not None else "",
        fact.how,
        _ids(fact.items),
    ]


def _ids(items: Sequence[Item]) -> str:
    """List row ids; where they do not fit, say how many and where the rest stands."""
    listed = _SEPARATOR.join(item.key for item in items)
    if len(listed) <= _IDS_MOST:
        return listed
    kept = listed[:_IDS_MOST].rpartition(_SEPARATOR)[0]
    return f"{kept}…（共 {len(items)} 件，其余在“{ROWS}”表里按“怎么算”筛选）"


def _pairs(
    figures: Sequence[tuple[int, Fact]], counts: str, shares: str
) -> list[tuple[str, float, float, str]]:
    """Return each class's name, count, share and mark."""
    by_name = {fact.name: fact for _, fact in figures}
    found = []
    for mark, fact in figures:
        group, _, name = fact.name.partition(".")
        if group == counts:
            part = by_name[f"{shares}.{name}"]
            label = fact.label.partition("：")[2] or fact.label
            found.append((label, float(fact.value), float(part.value), f"表{mark}"))
    return found


def _shares(
    pages: _Pages, name: str, rows: Sequence[tuple[str, float, float, str]], kind: str
) -> None:
    """Add a table of classes with a chart of its counts beside it."""
    page = pages.add(name, _SHARES_HEAD, rows, (28, 10, 12, 8))
    if not rows:
        page.write_string(1, 0, "记录里没有这一项，待补充。", pages.body)
        return
    chart = pages.book.add_chart({"type": kind})
    labels = {"value": True, "percentage": kind == "pie"}
    chart.add_series(
        {
            "name": [name, 0, 1],
            "categories": [name, 1, 0, len(rows), 0],
            "values": [name, 1, 1, len(rows), 1],
            "data_labels": labels,
        }
    )
    chart.set_title({"name": f"{name}（件）"})
    if kind == "bar":
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 560, "height": max(300, 28 * len(rows) + 100)})
    page.insert_chart("F2", chart)


def _add_rows(pages: _Pages, year: Year) -> None:
    """Add every row: what was read from it, as what it counts, and its cells as given."""
    shown = [r for r in ROLE_NAMES if r in year.present and r not in ("id", *CONFIRMED)]
    heads = list(dict.fromkeys(head for item in year.items for head in item.record.given))
    named = [name for role in shown for name in _role_heads(role)]
    header = ("计入", "编号", *named, "位置", *(f"原表：{head}" for head in heads))
    counted = frozenset(item.key for item in year.scope)
    rows = (
        [
            "全部" if item.key in counted else "只计入收到",
            item.key,
            *(cell for role in shown for cell in _role_cells(item, role)),
            str(item.record.source),
            *(item.record.given.get(head, "") for head in heads),
        ]
        for item in year.items
    )
    pages.add(ROWS, header, rows, (12, 10, 40))


def _role_heads(role: str) -> tuple[str, ...]:
    name = ROLE_NAMES[role]
    return (name, f"{name}（归类）") if role in (*CLOSED, "topic") else (name,)


def _role_cells(item: Item, role: str) -> tuple[str, ...]:
    cell = item.record.cell(role)
    if role == "topic":
        return cell, item.topic
    if role in CLOSED:
        return cell, CLASS_NAMES.get(item.classes[role], "认不出")
    return (cell,)
