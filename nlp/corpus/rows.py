"""Labelled rows in the gold contract, read from JSONL, folders of it, or an office's table.

A missing field means "not labelled": None, never an empty answer. So does a mark for nothing,
as programs and people write it (NaN, "nan", "无"); in a list of co-handlers it means none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, Generic, TypeVar

from nlp.corpus.blanks import is_blank
from nlp.errors import DataError, InputError

T = TypeVar("T")
_SHAPES: Mapping[type, str] = {
    list: "列表 […]",
    str: "一段文字",
    bool: " true 或 false",
    type(None): " null",
}


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """What one line of a file became; `number` is 1-based, blank lines count."""

    number: int
    value: T


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled proposal.

    `topics` has the primary one first; `also` are other leads that a second reader found
    defensible; `weight` is what the row counts for in training (rows written function by
    function are weighted to the proportions of life). `place`, `year` and `kind` (proposal or
    suggestion) say where a row is from; nothing is learned from them.
    """

    id: str
    title: str
    body: str = ""
    topics: tuple[str, ...] | None = None
    lead: str | None = None
    co: tuple[str, ...] | None = None
    ambiguous: bool = False
    weight: float = 1.0
    place: str = ""
    also: tuple[str, ...] = ()
    year: int | None = None
    kind: str = ""

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.body}" if self.body else self.title

    @property
    def primary(self) -> str | None:
        return self.topics[0] if self.topics else None


def load_rows(paths: Sequence[Path]) -> list[Row]:
    """Read every JSONL file named, or found in a folder named, in sorted order.

    Raises InputError for a missing or empty input, DataError with line numbers for bad rows.
    """
    rows = [row for file in corpus_files(paths) for row in read_jsonl(file)]
    if not rows:
        named = "、".join(str(p) for p in paths)
        raise InputError(f"{named} 里没有一行可用的数据。", "应为 JSONL，每行一件，含 title 字段。")
    return rows


def corpus_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files named and the JSONL files in the folders named; InputError for none."""
    for path in paths:
        if not path.exists():
            raise InputError(
                f"找不到 {path}。", "请检查路径；语料是 JSONL 文件或放着它们的文件夹。"
            )
        if path.is_file():
            yield path
            continue
        inside = sorted(p for p in path.rglob("*.jsonl") if p.is_file() and not p.is_symlink())
        if not inside:
            raise InputError(f"文件夹 {path} 里没有 .jsonl 文件。", "请指定语料文件。")
        yield from inside


def read_jsonl(file: Path) -> list[Row]:
    """Read one file of proposals; all faulty lines are reported together."""
    return parse_lines(file, parse_row)


def parse_lines(file: Path, parse: Callable[[Any, str], T]) -> list[T]:
    """Parse every line with (decoded value, default id); all faulty lines in one DataError."""
    return [line.value for line in numbered_lines(file, parse)]


def numbered_lines(file: Path, parse: Callable[[Any, str], T]) -> list[Line[T]]:
    """Do the same, and keep each line's number."""
    rows: list[Line[T]] = []
    faults: list[str] = []
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        hint = "请另存为 UTF-8 后再试。"
        raise InputError(f"{file} 第 {error.start} 字节起不是 UTF-8 文本。", hint) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = parse(json.loads(line), f"{file.stem}-{number}")
            rows.append(Line(number, value))
        except (ValueError, TypeError, RecursionError) as error:
            faults.append(f"第{number}行：{_explain(error)}")
    if faults:
        raise DataError(str(file), faults, "请改正这些行后重试。")
    return rows


def _explain(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"不是完整的 JSON（第{error.colno}列）"
    if isinstance(error, RecursionError):
        return "括号套得太深"
    return str(error)


def parse_row(value: Any, default_id: str) -> Row:  # noqa: ANN401 - audited here, line by line
    """Check one decoded line and build a Row. Raises ValueError saying what is wrong."""
    if not isinstance(value, Mapping):
        raise ValueError(f"应为 {{…}} 形式的一件，实为{shape(value)}")
    value = {key: None if _is_nan(each, key) else each for key, each in value.items()}
    title, body = value.get("title") or "", value.get("body") or ""
    if not isinstance(title, str) or not isinstance(body, str):
        raise ValueError("title 和 body 应为文字")
    if not title.strip() and not body.strip():
        found = "、".join(list(value)[:6]) or "什么也没有"
        raise ValueError(f"title 和 body 都没有内容（有的键：{found}）")
    lead = value.get("lead")
    if lead is not None and not isinstance(lead, str):
        raise ValueError("lead 应为一个职能的键")
    return Row(
        id=str(value.get("id") or default_id),
        title=title,
        body=body,
        topics=_told(value, "topics"),
        lead=None if is_blank(lead) else lead,
        co=_told(value, "co"),
        ambiguous=bool(value.get("ambiguous", False)),
        weight=_weight(value),
        place=str(value.get("place") or value.get("region") or ""),
        also=_told(value, "also") or (),
        year=_year(value),
        kind=str(value.get("kind") or ""),
    )


def shape(value: object) -> str:
    """Say in Chinese what a decoded value is that should have been an object."""
    return _SHAPES.get(type(value), "数字")


def _is_nan(value: object, key: str) -> bool:
    """Tell a field that a data frame had nothing in; a weight must be a number."""
    return isinstance(value, float) and value != value and key != "weight"


def _told(value: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    """Return the labels under a key without marks for nothing; an empty text is a fault."""
    found = value.get(key)
    if is_blank(found):
        return None
    if isinstance(found, list):
        found = [each for each in found if each == "" or not is_blank(each)]
    return labels({key: found}, key)


def labels(value: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    """Return the list of texts under a key, each once; None where it is not labelled."""
    found = value.get(key)
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(x, str) and x for x in found):
        raise ValueError(f"{key} 应为文字的列表")
    return tuple(dict.fromkeys(found))


def _weight(value: Mapping[str, Any]) -> float:
    weight = value.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight < inf:
        raise ValueError("weight 应为不小于零的数")
    return float(weight)


def _year(value: Mapping[str, Any]) -> int | None:
    """Return the year, written as a number or as digits; anything else is no year."""
    year = value.get("year")
    if isinstance(year, bool) or not isinstance(year, (int, str)) or not str(year).isdecimal():
        return None
    return int(year)


def fingerprint(rows: Iterable[Row]) -> str:
    """Return a sha256 over everything training sees, independent of file names."""
    digest = hashlib.sha256()
    for row in rows:
        value = [row.title, row.body, row.topics, row.lead, row.also, row.co, row.weight]
        digest.update(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()
