"""`fenban bulletin write`: a draft of the yearly report from a year's records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from nlp.cli.options import QuietOption, as_text, say
from nlp.errors import EXIT_OK, EXIT_PARTIAL, UsageError

if TYPE_CHECKING:
    from nlp.bulletin.draft.write import Made
    from nlp.places import Directory

ABOUT = "起草：由全年的记录写出通报初稿（docx、md）和统计附表（xlsx），每个数字可查到行。"
DraftKind = Literal["proposal", "suggestion"]
RowsKind = Literal["received", "filed", "handled"]

RecordsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="记录…",
        help="第一个是全年登记表（如 classify 的结果），后面的按编号补充各件的情况。",
    ),
]
OutOption = Annotated[
    Path,
    typer.Option(
        "--out", metavar="文件", help="写到 .docx（同时写 .md）或 .md；附表写在旁边（_附表.xlsx）。"
    ),
]
PlaceOption = Annotated[
    str | None,
    typer.Option("--place", metavar="地方", help="单位目录（名字或 YAML 文件）：定地名和单位名。"),
]
KindOption = Annotated[
    DraftKind, typer.Option("--kind", help="政协提案（proposal）或人大代表建议（suggestion）。")
]
RowsOption = Annotated[
    RowsKind,
    typer.Option(
        "--rows",
        help="没有立案情况列时，各件算收到的（received）、立案的（filed）还是交办的（handled）。",
    ),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="日期", help="统计截至哪一天，如 2025-09-30。")
]
SchemeOption = Annotated[
    str, typer.Option("--scheme", metavar="分类", help="办理结果的分类：自带的名字或 YAML 文件。")
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="种类=列名", help="指定一列，如 办理结果=处理意见；可多次。"),
]
MarksOption = Annotated[
    bool, typer.Option("--marks/--no-marks", help="句末带不带附表的标记〔表1〕。")
]


def write(
    records: RecordsArgument,
    out: OutOption,
    place: PlaceOption = None,
    kind: KindOption = "proposal",
    rows: RowsOption = "received",
    as_of: AsOfOption = None,
    scheme: SchemeOption = "general",
    column: ColumnOption = None,
    marks: MarksOption = True,
    quiet: QuietOption = False,
) -> None:
    """Write a draft bulletin with its appendix."""
    from nlp.bulletin.draft.columns import user_columns
    from nlp.bulletin.draft.write import DraftOptions, make_draft, out_files, write_draft
    from nlp.bulletin.draft.year import Rows
    from nlp.outcomes import load_outcomes

    paths = [Path(as_text(name)) for name in records]
    options = DraftOptions(
        scheme=load_outcomes(as_text(scheme)),
        kind=kind,
        rows=Rows(rows),
        as_of=_day(as_of),
        columns=user_columns([as_text(each) for each in column or ()]),
        directory=_directory(place),
    )
    files = out_files(Path(as_text(str(out))), paths)
    made = make_draft(paths, options)
    for line in made.records.columns:
        say(line, quiet=quiet)
    notes = write_draft(files, made, marks=marks)
    for note in (*made.notes, *notes):
        say(f"提示：{note}", quiet=quiet)
    say(_closing(made, files), quiet=quiet)
    raise typer.Exit(EXIT_PARTIAL if made.records.failed else EXIT_OK)


def _day(text: str | None) -> str:
    from nlp.bulletin.draft.year import read_day

    if not text:
        return ""
    day = read_day(as_text(text))
    if not day:
        raise UsageError(f"--as-of 的“{as_text(text)}”不是日期。", "例：--as-of 2025-09-30。")
    return day


def _directory(place: str | None) -> Directory | None:
    if place is None:
        return None
    from nlp.places import load_directory
    from nlp.taxonomy import shipped_function_keys

    return load_directory(as_text(place), shipped_function_keys())


def _closing(made: Made, files: tuple[Path, ...]) -> str:
    left = f"还有 {made.draft.gaps} 处【待补充】" if made.draft.gaps else "没有要补充的地方"
    count, lost = len(made.year.items), made.records.failed
    failed = f"，另有 {lost} 行没有计入（见附表“待核”）" if lost else ""
    return f"共 {count} 件{failed}。已写 {'、'.join(map(str, files))}；{left}。"
