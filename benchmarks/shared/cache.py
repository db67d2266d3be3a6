"""Results kept as JSON, so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.shared.figure import Result, from_json, to_json
from benchmarks.shared.machine import machine
from nlp.io.write import write_json


@dataclass(frozen=True, slots=True)
class Kept:
    """A result, the day it was measured and on what."""

    result: Result
    day: str
    machine: str


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of results; `redo` reads none of them, and writes the new ones all the same."""

    folder: Path
    redo: bool = False

    def get(self, name: str) -> Kept | None:
        file = self.folder / f"{name}.json"
        if self.redo or not file.is_file():
            return None
        value = json.loads(file.read_text(encoding="utf-8"))
        return Kept(from_json(value), value["day"], value["machine"])

    def put(self, name: str, result: Result) -> Kept:
        kept = Kept(result, datetime.now(UTC).date().isoformat(), machine())
        self.folder.mkdir(parents=True, exist_ok=True)
        about = {"day": kept.day, "machine": kept.machine}
        write_json(self.folder / f"{name}.json", {**to_json(result), **about})
        return kept
