"""Labelled rows in the gold contract, read from JSONL, folders of it, or an office's table.

A missing field means "not labelled": None, never an empty answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, TypeVar

from nlp.errors import DataError, InputError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled proposal.

    `topics` has the primary one first; `also` are other leads that a second reader found
    defensible; `weight` is what the row counts for in training (rows written function by
    function are weighted to the proportions of life).
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
    rows: list[T] = []
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
            rows.append(parse(json.loads(line), f"{file.stem}-{number}"))
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
        raise ValueError(f"应为 {{…}} 形式的一件，实为 {type(value).__name__}")
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
        topics=labels(value, "topics"),
        lead=lead or None,
        co=labels(value, "co"),
        ambiguous=bool(value.get("ambiguous", False)),
        weight=_weight(value),
        place=str(value.get("place") or ""),
        also=labels(value, "also") or (),
    )


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


def fingerprint(rows: Iterable[Row]) -> str:
    """Return a sha256 over everything training sees, independent of file names."""
    digest = hashlib.sha256()
    for row in rows:
        value = [row.title, row.body, row.topics, row.lead, row.also, row.co, row.weight]
        digest.update(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()
