"""All measurements, each kept as soon as it is made, so that an interrupted run goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import product, starmap
from pathlib import Path

from benchmarks.batch import inmemory, killed, resumed, whole
from benchmarks.batch.command import Job
from benchmarks.batch.made import CORPUS, made_file
from benchmarks.batch.moments import moments
from benchmarks.shared.cache import Cache, Kept
from benchmarks.shared.figure import Result
from benchmarks.shared.hashes import digest, folder_hash
from benchmarks.shared.packages import installed
from benchmarks.speed import ROOT

VERSION = 1
"""Raised when a change of this package changes figures."""
ROOMS = ("batch", "classify", "cli", "encode", "engines", "heads", "io", "text")
"""Rooms of `nlp/` whose code a run executes."""
PACKAGES = ("numpy", "pyarrow", "scipy")
PARQUET, JSONL = "parquet", "jsonl"
MANY = 100_000
"""Above so many rows one run is enough: its seconds vary little."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: rows of the runs, on how many cores; kills; repetitions."""

    rows: tuple[int, ...]
    cores: tuple[int, ...]
    kills: int
    kill_rows: int
    resume_rows: int
    runs: int
    seed: int


@dataclass(frozen=True, slots=True)
class Whole:
    """Which uninterrupted run a result is of."""

    rows: int
    ending: str
    cores: int


@dataclass(frozen=True)
class Measured:
    """What was found; `singles` are the runs that were killed once each."""

    wholes: Mapping[Whole, Kept]
    memory: Kept
    resumed: Kept
    singles: Sequence[Kept]
    chain: Kept | None


@dataclass(frozen=True)
class Bench:
    """Where rows, outputs and results lie."""

    folder: Path
    cache: Cache
    say: Callable[[str], None] = field(default=print)

    @cached_property
    def code(self) -> str:
        """A hash of what all figures depend on."""
        rooms = [folder_hash(ROOT / "nlp" / room, "*.py") for room in ROOMS]
        model = folder_hash(ROOT / "models" / "default")
        packages = {name: installed(name) for name in PACKAGES}
        return digest([VERSION, rooms, model, packages, folder_hash(CORPUS)])

    def job(self, name: str, rows: int, ending: str, cores: int) -> Job:
        out = self.folder / "out" / name / f"out.{ending}"
        return Job(made_file(self.folder, rows), out, cores)

    def kept(self, name: str, settings: object, measure: Callable[[], Result]) -> Kept:
        """Return a result of this code and these settings, measured now if need be."""
        key = f"batch-{name}-{digest([self.code, name, settings])[:16]}"
        found = self.cache.get(key)
        if found is None:
            self.say(f"{name} …")
            found = self.cache.put(key, measure())
        return found


def run(bench: Bench, sizes: Sizes) -> Measured:
    """Measure what the cache lacks, small things first."""
    most, last = max(sizes.cores), max(sizes.rows)
    resume = _resumed(bench, sizes, most)
    singles, chain = _killed(bench, sizes, most)
    chosen = product(sorted(sizes.rows), (PARQUET, JSONL), sizes.cores)
    wholes = {one: _whole(bench, one, sizes.runs) for one in starmap(Whole, chosen)}
    memory = bench.kept(
        f"memory-{last}-{most}",
        [last, most],
        lambda: inmemory.measure(made_file(bench.folder, last), most),
    )
    return Measured(wholes, memory, resume, singles, chain)


def _whole(bench: Bench, one: Whole, runs: int) -> Kept:
    name = f"whole-{one.rows}-{one.ending}-{one.cores}"
    times = runs if one.rows <= MANY else 1

    def measure() -> Result:
        job = bench.job(name, one.rows, one.ending, one.cores)
        found = whole.measure(job, times)
        whole.empty(job.out.parent)
        return found

    return bench.kept(name, times, measure)


def _resumed(bench: Bench, sizes: Sizes, cores: int) -> Kept:
    job = bench.job("resumed", sizes.resume_rows, PARQUET, cores)
    name = f"resumed-{sizes.resume_rows}-{cores}"
    runs = sizes.runs if sizes.resume_rows <= MANY else 1
    return bench.kept(name, runs, lambda: resumed.measure(job, runs))


def _killed(bench: Bench, sizes: Sizes, cores: int) -> tuple[list[Kept], Kept | None]:
    """Kill runs once each, to Parquet and JSONL in turn, and one chain of runs."""
    known: dict[str, killed.Wanted] = {}

    def wanted(ending: str) -> killed.Wanted:
        if ending not in known:
            job = bench.job(f"wanted-{ending}", sizes.kill_rows, ending, cores)
            known[ending] = killed.observed(job)
        return known[ending]

    def once(number: int) -> Result:
        ending = (PARQUET, JSONL)[number % 2]
        job = bench.job("killed", sizes.kill_rows, ending, cores)
        return killed.single(job, drawn[number], wanted(ending))

    def often() -> Result:
        job = bench.job("chain", sizes.kill_rows, PARQUET, cores)
        return killed.chain(job, sizes.kills, sizes.seed, wanted(PARQUET))

    drawn = moments(sizes.kills, sizes.seed)
    settings = [sizes.kill_rows, cores, sizes.kills, sizes.seed]
    singles = [
        bench.kept(f"killed-{number}", settings, partial(once, number))
        for number in range(sizes.kills)
    ]
    return singles, bench.kept("chain", settings, often) if sizes.kills else None
