"""Inputs of many rows, and runs that are broken off."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "corpora" / "demo"
SIZE = 20
"""Rows of a chunk in runs that are broken off."""
SLOWLY = f"""
import sys, time
from pathlib import Path
from nlp.batch.stream import chunks, work
from nlp.batch.stream.journal import Journal
from nlp.cli.app import run_single
from nlp.cli.classify import classify

KEPT = Path(__file__).with_name("kept")
do, add = work.Worker.__call__, Journal.add


def told(self, done):
    add(self, done)
    with KEPT.open("a") as file:
        file.write("x")


# a process of the pool reads this file, too
chunks.SIZE = {SIZE}
work.Worker.__call__ = lambda self, chunk: (time.sleep(0.1), do(self, chunk))[1]
Journal.add = told

if __name__ == "__main__":
    KEPT.touch()
    run_single(classify)
"""


def titles() -> list[str]:
    lines = (DEMO / "proposals.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["案由"].replace("\n", "") for line in lines]


def write_proposals(path: Path, count: int, changed: Iterable[int] = ()) -> Path:
    """Write a table of proposals; one in a hundred has no title and can't be judged."""
    known, changed = titles(), set(changed)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["编号", "案由", "备注"])
        for n in range(count):
            title = known[n % len(known)]
            shown = f"{title[:2]}第{n}批{title[2:]}" + ("和道路" if n in changed else "")
            table.writerow([n, "" if n % 100 == 7 else shown, f"备注{n}"])
    return path


def write_replies(path: Path, times: int) -> Path:
    """Write the demo replies so many times, every time with numbers of its own."""
    with (DEMO / "replies.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(head)
        for time_ in range(times):
            table.writerows([f"{time_}-{own}", *rest] for own, *rest in rows)
    return path


@dataclass
class Command:
    """A command in a process of its own; `source` and `out` are its files."""

    program: Path
    source: Path
    out: Path
    options: tuple[object, ...] = ()
    running: subprocess.Popen | None = field(default=None, init=False)

    @property
    def journal(self) -> Path:
        return self.out.with_name(f".{self.out.name}.journal")

    def start(self) -> subprocess.Popen:
        words = [self.program, self.source, "--out", self.out, *self.options]
        paths = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            stderr=subprocess.PIPE,
            env=paths,
            text=True,
            start_new_session=True,
        )

    def finish(self) -> str:
        """Run to the end and return what was said."""
        running = self.start()
        said = running.communicate(timeout=300)[1]
        assert running.returncode == 3, said
        assert not self.journal.exists()
        return said

    def broken_off(self, grown: int, sent: signal.Signals = signal.SIGKILL) -> str:
        """Start, and send a signal as soon as so much more was kept."""
        before, running = self.kept(), self.start()
        while self.kept() < before + grown and running.poll() is None:
            time.sleep(0.01)
        assert running.poll() is None, running.communicate()
        if sent is signal.SIGKILL:
            running.kill()
        else:
            os.killpg(running.pid, sent)  # as a terminal does, to all its processes
        said = running.communicate(timeout=300)[1]
        while _any_left(running.pid):
            time.sleep(0.01)
        return said

    def kept(self) -> int:
        """Return how many chunks were kept, if the program tells, else the journal's bytes."""
        told = self.program.with_name("kept")
        beside = [self.journal, self.journal.with_name(f"{self.journal.name}-wal")]
        found = [told] if self.program.name == "slowly.py" else beside
        return sum(path.stat().st_size for path in found if path.exists())


def _any_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def moments(seed: int, count: int, most: int) -> list[int]:
    """Return how much more is kept before each end of a run, at random."""
    return [random.Random(seed + n).randint(1, most) for n in range(count)]
