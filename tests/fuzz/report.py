"""The table of a run, and the faulty cases as files with the command that repeats each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.fuzz.targets import find
from tests.fuzz.watch import Fault, Tally

_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of fault of a target: how often it came, and its smallest case as a file."""

    fault: Fault
    times: int
    path: Path
    target: str

    @property
    def command(self) -> str:
        return f"python -m tests.fuzz --target {self.target} --file {self.path}"


def keep(tallies: Iterable[Tally], seed: int, folder: Path) -> list[Kept]:
    """Write the smallest case of every kind of fault."""
    kept = []
    for tally in tallies:
        kinds: dict[str, list[Fault]] = {}
        for fault in tally.faults:
            kinds.setdefault(fault.trouble.signature, []).append(fault)
        for number, faults in enumerate(kinds.values()):
            chosen, data = _smallest(tally.target, faults, seed)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{tally.target}-{seed}-{number}.bin"
            path.write_bytes(data)
            kept.append(Kept(chosen, len(faults), path, tally.target))
    return kept


def _smallest(target: str, faults: Sequence[Fault], seed: int) -> tuple[Fault, bytes]:
    made = [
        (each, find(target).case(seed, each.number) if each.data is None else each.data)
        for each in faults[:_LOOKED_AT] + faults[-1:]
    ]
    return min(made, key=lambda pair: len(pair[1]))


def show(tallies: Iterable[Tally], kept: Iterable[Kept], console: Console) -> None:
    """Print the table and, below it, what was found."""
    table = Table("target", "cases", "faults", "slowest (s)", "slowest case")
    for tally in tallies:
        cells = (tally.cases, len(tally.faults), f"{tally.slowest:.2f}", tally.slowest_case)
        table.add_row(tally.target, *map(str, cells), style="red" if tally.faults else "")
    console.print(table)
    for each in kept:
        told = f"{each.target}: {each.fault.trouble.what} ({each.fault.trouble.where})"
        console.print(f"{told}, {each.times} times, case {each.fault.number}", markup=False)
        console.print(f"    {each.command}", markup=False, soft_wrap=True)
