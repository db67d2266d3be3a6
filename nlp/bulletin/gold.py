"""Labelled reports beside their files, checked before anything is read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp.errors import InputError

_HINT = "每行一份报告：source（文件名）、kind、place、stats、cases，写法见 docs/bulletins.md。"
STATISTICS, CASES = "statistics.jsonl", "cases.jsonl"


@dataclass(frozen=True, slots=True)
class Gold:
    """What a report says, as labelled: its statistics, and its cases as rows of JSON."""

    source: str
    kind: str | None
    place: str
    stats: Mapping[str, Any]
    cases: Sequence[Mapping[str, Any]]
    optional: Mapping[str, Any] = field(default_factory=dict)

    def report(self, folder: Path) -> Path:
        """Return the report's file, whatever form it has. Raises InputError if it isn't there."""
        stem = Path(self.source).stem
        found = sorted(path for path in folder.glob("*") if path.stem == stem and path.is_file())
        found = [path for path in found if path.suffix not in (".json", ".jsonl", ".md")]
        if not found:
            raise InputError(
                f"“{folder}”里没有报告“{self.source}”。", "请把报告和标准答案放在一个文件夹里。"
            )
        return found[0]


def load_gold(path: Path) -> list[Gold]:
    """Read labelled reports.

    A file has one row a report, each with its `cases`; a folder has `statistics.jsonl`, and
    `cases.jsonl` with one row a case, joined by `source`. Reports of another genre (`kind` and
    `genre` null) are left out; where only `kind` is null it cannot be told and is not counted.
    `stats_optional` are statistics that may be given or not.

    Raises InputError for a file that is missing, a line that is no such row, and no rows.
    """
    apart = path.is_dir()
    by_source: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for where, row in _rows(path / CASES) if apart else ():
        _check(row, where, {"source": str, "title": str})
        by_source[row["source"]].append(row)
    found = []
    for where, row in _rows(path / STATISTICS if apart else path):
        if not row.get("kind") and row.get("genre") not in ("handling", "general"):
            continue
        _check(row, where, {"source": str, "place": str, "stats": dict})
        cases = row.get("cases") or by_source[row["source"]]
        for case in cases:
            _check(case, where, {"title": str})
        told = row["source"], row.get("kind"), row["place"], row["stats"]
        found.append(Gold(*told, cases, row.get("stats_optional") or {}))
    if not found:
        raise InputError(f"“{path}”里没有标注过的报告。", _HINT)
    return found


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise InputError(f"找不到“{path}”。", _HINT) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"“{path}”读不了：{fault}。", _HINT) from fault
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{path.name} 第{number}行"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                raise InputError(f"{where}不是 JSON。", _HINT) from None
            if not isinstance(row, dict):
                raise InputError(f"{where}不是一个 JSON 对象。", _HINT)
            yield where, row


def _check(row: Mapping[str, Any], where: str, fields: Mapping[str, type]) -> None:
    wrong = [name for name, kind in fields.items() if not isinstance(row.get(name), kind)]
    if wrong:
        raise InputError(f"{where}缺少 {'、'.join(wrong)}，或写法不对。", _HINT)
