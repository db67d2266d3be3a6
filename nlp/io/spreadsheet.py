"""xlsx, xls and ods through calamine: every visible sheet as a grid of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import InputError, UsageError
from nlp.io.cells import TableRow, make_row
from nlp.io.extents import MAX_CELLS
from nlp.io.guard import check_zip
from nlp.io.shape import Table, shape_table
from nlp.io.sheetxml import SheetFacts, scan_sheets

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


@dataclass(frozen=True, slots=True)
class Merge:
    """A region merged over rows: its column and its last row (0-based)."""

    column: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's rows as text, iterable anew; merged regions are filled down.

    `merges` has the regions by their top row, `banners` are rows (0-based) that one
    horizontally merged cell fills.
    """

    sheet: CalamineSheet
    facts: SheetFacts
    merges: Mapping[int, Sequence[Merge]] = field(default_factory=dict)
    banners: frozenset[int] = frozenset()

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows with a number each; blank ones may be missing."""
        start = self.sheet.start
        left = [""] * (start[1] if start else 0)
        opened: dict[int, tuple[int, object]] = {}
        for number, values in enumerate(self.sheet.iter_rows()):
            if not self.merges and not any(values) and all(value == "" for value in values):
                continue  # a stray cell far below makes a million of them
            cells: list[object] = [*left, *values]
            if self.facts.padded:
                self._pad(number, cells)
            if self.merges:
                self._fill(number, cells, opened)
            if number in self.banners and sum(cell != "" for cell in cells) <= 1:
                continue
            yield make_row(number + 1, cells)

    def _pad(self, number: int, cells: list[object]) -> None:
        for column, value in enumerate(cells):
            width = self.facts.padded.get((number, column))
            if width and isinstance(value, int | float) and float(value).is_integer():
                cells[column] = str(int(value)).zfill(width)

    def _fill(
        self, number: int, cells: list[object], opened: dict[int, tuple[int, object]]
    ) -> None:
        """Fill blanks with what the merged cell above holds; `opened` has its last row."""
        for column, (bottom, value) in list(opened.items()):
            if number > bottom:
                del opened[column]
            elif cells[column] == "":
                cells[column] = value
        for merge in self.merges.get(number, ()):
            if merge.column < len(cells):
                opened[merge.column] = (merge.bottom, cells[merge.column])


def read_workbook(path: Path, name: str, sheet: str | None = None) -> list[Table]:
    """Read every visible sheet, or only `sheet` (a name or a 1-based number).

    :raises InputError: damaged, protected by a password, or without any text.
    :raises UsageError: there is no such sheet.
    """
    facts = _facts(path, name)
    workbook = _open(path, name)
    hidden: list[str] = []
    tables: list[Table] = []
    cells = 0
    for chosen in _choose(workbook, name, sheet, hidden):
        page = _load(workbook, chosen, name)
        cells += page.total_height * page.total_width
        if cells > MAX_CELLS:
            raise InputError(
                f"“{name}”的工作表合起来超过能读的范围（{MAX_CELLS} 格）。",
                "请用 --sheet 指定要读的一个，或拆成几个文件。",
            )
        grid, notes = _grid(page, facts.get(chosen, SheetFacts()))
        table = shape_table(name, chosen, grid.rows, notes)
        if table is not None:
            tables.append(replace(table, expected=page.height))
    if not tables:
        also = f"（隐藏的工作表没有读：{'、'.join(hidden)}）" if hidden else ""
        raise InputError(f"“{name}”里没有任何内容{also}。", "请确认导出的是有数据的工作表。")
    if hidden:
        note = f"“{name}”里隐藏的工作表没有读：{'、'.join(hidden)}；需要时用 --sheet 指定。"
        first = tables[0]
        tables[0] = replace(first, notes=(note, *first.notes))
    return tables


def _facts(path: Path, name: str) -> Mapping[str, SheetFacts]:
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    if not zipped:
        return {}
    check_zip(path, name)
    from zipfile import BadZipFile
    from zlib import error as zlib_error

    try:
        return scan_sheets(path, name)
    except (BadZipFile, zlib_error, EOFError, OSError, RuntimeError, ValueError) as fault:
        raise _damaged(name, fault) from fault


def _open(path: Path, name: str) -> CalamineWorkbook:
    from python_calamine import PasswordError, load_workbook

    try:
        # From bytes, calamine looks at the content; from a path it believes the extension.
        return load_workbook(BytesIO(path.read_bytes()))
    except PasswordError as fault:
        raise InputError(
            f"“{name}”设有打开密码。", "请用 Excel/WPS 打开，在“文件-信息”里去掉密码另存后再试。"
        ) from fault
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic in Rust is no Exception
        raise _damaged(name, fault) from fault


def _load(workbook: CalamineWorkbook, sheet: str, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(sheet)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic in Rust is no Exception
        raise _damaged(name, fault) from fault


def _damaged(name: str, fault: BaseException) -> InputError:
    return InputError(
        f"“{name}”不是完好的 Excel 文件，读不出来（{str(fault)[:80]}）。",
        "文件可能没有传完整；请用 Excel/WPS 打开后另存为 xlsx 再试。",
    )


def _choose(
    workbook: CalamineWorkbook, name: str, sheet: str | None, hidden: list[str]
) -> list[str]:
    """Return the sheets to read; the names of hidden ones are added to `hidden`."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = [m.name for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    if sheet is not None:
        if sheet in names:
            return [sheet]
        if sheet.isdecimal() and 1 <= int(sheet) <= len(names):
            return [names[int(sheet) - 1]]
        raise UsageError(
            f"“{name}”里没有工作表“{sheet}”。", f"有：{'、'.join(names)}（也可以写序号 1、2…）。"
        )
    visible = {m.name for m in workbook.sheets_metadata if m.visible == SheetVisibleEnum.Visible}
    hidden.extend(each for each in names if each not in visible)
    return [each for each in names if each in visible]


def _grid(sheet: CalamineSheet, facts: SheetFacts) -> tuple[Grid, list[str]]:
    merges: dict[int, list[Merge]] = {}
    banners: set[int] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom > top:
            merges.setdefault(top, []).append(Merge(left, bottom))
        elif right > left:
            banners.add(top)
    if len(banners) * 2 > max(sheet.height, 4):  # merged for looks in every row
        banners.clear()
    return Grid(sheet, facts, merges, frozenset(banners)), _notes(sheet, facts)


def _notes(sheet: CalamineSheet, facts: SheetFacts) -> list[str]:
    if not facts.uncached:
        return []
    return [
        f"工作表“{sheet.name}”有 {len(facts.uncached)} 个公式单元格没有保存结果"
        f"（如 {_spot(facts.uncached[0])}），按空白处理；"
        "请用 Excel/WPS 打开该文件，保存一次再试。"
    ]


def _spot(position: tuple[int, int]) -> str:
    row, column = position
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
