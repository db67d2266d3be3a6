"""From a year's records to the files of a draft bulletin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.bulletin.draft.basics import Units
from nlp.bulletin.draft.compose import compose
from nlp.bulletin.draft.examples import EXAMPLE_RULE
from nlp.bulletin.draft.markdown import to_markdown
from nlp.bulletin.draft.parts import Draft
from nlp.bulletin.draft.records import Records, read_records
from nlp.bulletin.draft.status import Status
from nlp.bulletin.draft.words import parts, words
from nlp.bulletin.draft.year import Rows, Year, build_year
from nlp.bulletin.types import Kind
from nlp.errors import UsageError
from nlp.io.atomic import check_writable, write_atomic

if TYPE_CHECKING:
    from nlp.outcomes import OutcomeScheme
    from nlp.places import Directory

ENDINGS = (".docx", ".md")
APPENDIX = "_附表.xlsx"
_ANY_PLACE = "通用"


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What the user says beside the records; `as_of` is an ISO day or ""."""

    scheme: OutcomeScheme
    kind: Kind = "proposal"
    rows: Rows = Rows.RECEIVED
    as_of: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    directory: Directory | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A draft with the year that it was counted from."""

    draft: Draft
    year: Year
    records: Records
    notes: tuple[str, ...]


def make_draft(paths: Sequence[Path], options: DraftOptions) -> Made:
    """Read records and write the draft's words. Raises InputError, UsageError."""
    status = Status(words(), options.scheme)
    records = read_records(paths, status, options.columns)
    year = build_year(records, status, options.kind, options.rows, options.as_of)
    draft = compose(year, _place(options.directory), _units(options.directory))
    return Made(draft, year, records, tuple(_notes(year, records)))


def _place(directory: Directory | None) -> str:
    """Name the place; the directories that fit any place (县级通用) name none."""
    named = directory is not None and not directory.place.endswith(_ANY_PLACE)
    return directory.place if directory and named else ""


def out_files(out: Path, paths: Sequence[Path]) -> tuple[Path, ...]:
    """Name the files that `out` stands for and find out whether they can be written.

    A docx comes with the same text as Markdown; the appendix stands beside either.

    :raises UsageError: another ending, or a file that is one of the inputs.
    :raises InputError: one cannot be written.
    """
    if out.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"不会写“{out.name}”这种文件。", f"--out 的结尾应是 {'、'.join(ENDINGS)} 之一。"
        )
    texts = (out,) if out.suffix.lower() == ".md" else (out, out.with_suffix(".md"))
    files = (*texts, out.with_name(f"{out.stem}{APPENDIX}"))
    for file in files:
        for path in paths:
            check_writable(file, path, option="--out")
    return files


def write_draft(files: Sequence[Path], made: Made, *, marks: bool) -> tuple[str, ...]:
    """Write the files of `out_files`; returns remarks. Raises InputError."""
    from nlp.bulletin.draft.appendix import write_appendix
    from nlp.bulletin.draft.worddoc import write_docx

    notes: tuple[str, ...] = ()
    for file in files:
        if file.suffix.lower() == ".md":
            _write_text(file, to_markdown(made.draft, marks=marks))
        elif file.suffix.lower() == ".docx":
            write_atomic(file, lambda temporary: write_docx(temporary, made.draft, marks=marks))
        else:
            about = (*made.records.columns, *made.notes, *_rules())
            notes = write_appendix(file, made.draft, made.year, about).notes
    return notes


def _write_text(path: Path, text: str) -> None:
    write_atomic(path, lambda temporary: _fill(temporary, text))


def _fill(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _units(directory: Directory | None) -> Units:
    """Return how the units of a cell are named: as the directory does, else as written."""

    def named(cell: str) -> tuple[str, ...]:
        found = []
        for part in parts(cell):
            known = directory.mentioned(part) if directory else ()
            found.append(known[0] if len(known) == 1 else part)
        return tuple(dict.fromkeys(found))

    return named


def _notes(year: Year, records: Records) -> Iterator[str]:
    """Say what a user should know of the numbers."""
    yield from records.notes
    if "filing" not in year.present and year.rows is Rows.RECEIVED:
        yield (
            f"记录里没有立案情况，全部 {len(year.items)} 件按收到的计；"
            "如果都是立案的或交办的，请加 --rows filed 或 --rows handled。"
        )
    for role, what in (("topic", "主题"), ("outcome", "办理结果")):
        judged = [item for item in year.scope if role in item.record.modelled]
        modelled = sum(role == "topic" or not item.is_(role, "") for item in judged)
        if modelled:
            yield f"{modelled} 件的{what}是模型判断的，发文前请核对。"
    left_out = sum(item.is_("filing", "merged") for item in year.items)
    if left_out:
        yield f"并案的 {left_out} 件只计入收到，不再计入主题和办理结果。"
    if year.doubts:
        yield f"有 {len(year.doubts)} 处要核对，见附表“待核”。"


def _rules() -> Iterator[str]:
    yield "通报里的〔表n〕对应“指标”表的“标记”列；定稿前请删去，或加 --no-marks 重写一次。"
    yield "占比四舍五入到一位小数，不为凑满100%而调整。"
    yield f"每类结果的例子这样选：{EXAMPLE_RULE}。"
    yield "同一编号、标题相近的几行算一件；标题不同的各算一件。有几个主题的，按第一个计。"
