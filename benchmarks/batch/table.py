"""One Markdown table of all runs, and below it what the figures are held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.batch.checks import cost, notes
from benchmarks.batch.curve import beyond
from benchmarks.batch.run import MANY, PACKAGES, Measured, Sizes
from benchmarks.shared.cache import Kept
from benchmarks.shared.figure import Figure
from benchmarks.shared.table import GAP, measured_on

MB = 1_000_000
HEADS = (
    "run",
    "rows",
    "cores",
    "seconds",
    "CPU seconds",
    "rows/s",
    "rows/s a core",
    "memory, MB",
    "sum of RSS, MB",
    "largest process, MB",
    "disk, MB",
)
SIZES = ("pss", "rss", "largest", "disk")


@dataclass(frozen=True, slots=True)
class Line:
    """A run of the table; `figures` has seconds and, where measured, sizes in bytes."""

    name: str
    rows: int
    cores: int
    figures: Mapping[str, Figure]
    measured: bool = True


def lines(found: Measured, sizes: Sizes) -> Iterator[Line]:
    """Yield what was measured, then what follows from it for larger inputs."""
    for one, kept in found.wholes.items():
        yield Line(f"to {one.ending}", one.rows, one.cores, kept.result.figures)
    most, last = max(sizes.cores), max(sizes.rows)
    yield Line("`Router.classify` in memory", last, most, found.memory.result.figures)
    yield Line("killed half way, resumed", sizes.resume_rows, most, found.resumed.result.figures)
    for ending in dict.fromkeys(one.ending for one in found.wholes):
        fitted = cost(found, ending, most)
        for rows in beyond(last) if fitted else ():
            seconds = Figure(fitted.seconds(rows)) if fitted else Figure(0.0)
            yield Line(f"to {ending}, extrapolated", rows, most, {"seconds": seconds}, False)


def markdown(rows: Sequence[Line]) -> str:
    """Return the table; a tilde marks what was not measured."""
    cells = [_joined(HEADS), _joined(["---", *["---:"] * (len(HEADS) - 1)])]
    return "\n".join([*cells, *map(_shown, rows)])


def _shown(line: Line) -> str:
    seconds = line.figures["seconds"].value
    mark = "" if line.measured else "~"
    speeds = (line.rows / seconds, line.rows / seconds / line.cores)
    sizes = (line.figures.get(name) for name in SIZES)
    return _joined(
        [
            line.name,
            f"{line.rows:,}",
            str(line.cores),
            mark + _seconds(line.figures["seconds"]),
            _seconds(line.figures["cpu"]) if "cpu" in line.figures else GAP,
            *(f"{mark}{speed:,.0f}" for speed in speeds),
            *(f"{size.value / MB:,.0f}" if size else GAP for size in sizes),
        ]
    )


def _seconds(figure: Figure) -> str:
    return f"{figure.value:,.1f}" if figure.value < 1000 else f"{figure.value:,.0f}"


def block(found: Measured, sizes: Sizes, command: str) -> str:
    """Return all that is printed, and put into the page: table, origin, checks, method."""
    kept: list[Kept] = [*found.wholes.values(), found.memory, found.resumed, *found.singles]
    kept += [found.chain] if found.chain else []
    parts = (
        markdown(list(lines(found, sizes))),
        measured_on(command, kept, PACKAGES),
        notes(found, sizes),
        _about(sizes),
    )
    return "\n\n".join(parts)


def _joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _about(sizes: Sizes) -> str:
    return (
        "Rows are titles of `corpora/proposals` with 300 characters of its bodies, in Parquet. A "
        "run is `classify.py FILE --out OUT --workers CORES` on so many cores, everything from the "
        "start of Python to the finished output included; of inputs up to "
        f"{MANY:,} rows the median of {sizes.runs}. CPU seconds are what all "
        "processes computed together. Memory is the largest sum over all processes "
        "of a run of their proportional set size (PSS: a page that n processes share counts as an "
        "nth in each), looked at five times a second in `/proc/PID/smaps_rollup`; RSS counts "
        "shared pages in each. The largest process is `ru_maxrss`. Disk is journal and output "
        "together at their largest. In memory: the rows in a list, one forked process a core, "
        "timed together on their shares after a warm-up of 1,000 rows; suggestions are counted "
        "and dropped, nothing is read, sent, made a record, kept or written."
    )
