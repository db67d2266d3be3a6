"""What was found, said in sentences and held against what a long run should reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from benchmarks.batch.curve import Cost, fit
from benchmarks.batch.killed import PHASES
from benchmarks.batch.run import JSONL, PARQUET, Measured, Sizes, Whole

GB = 1_000_000_000
MEMORY = 1.5 * GB
FLAT = 0.10
SPEED = 0.60
OVERHEAD = 0.03
FROM = 100_000
"""From this size on memory should be flat."""
FAULTS = ("lost", "doubled", "changed")


def notes(found: Measured, sizes: Sizes) -> str:
    """Return a list in Markdown."""
    said = chain(
        _speed(found, sizes),
        _memory(found, sizes),
        _resumed(found, sizes),
        _killed(found, sizes),
        _cost(found, sizes),
    )
    return "\n".join(f"- {line}" for line in said)


def cost(found: Measured, ending: str, cores: int) -> Cost | None:
    """Fit what rows cost on so many cores, to one kind of output."""
    return fit(
        {
            one.rows: kept.result.figures["seconds"].value
            for one, kept in found.wholes.items()
            if (one.ending, one.cores) == (ending, cores)
        }
    )


def _speed(found: Measured, sizes: Sizes) -> Iterator[str]:
    rows, cores = max(sizes.rows), max(sizes.cores)
    memory = {name: one.value for name, one in found.memory.result.figures.items()}
    alone = rows / memory["seconds"]
    for ending in (PARQUET, JSONL):
        one = Whole(rows, ending, cores)
        speed, cpu = rows / _figure(found, one, "seconds"), _figure(found, one, "cpu")
        yield (
            f"Throughput, {rows:,} rows to {ending} on {cores} cores: {speed:,.0f} rows/s, "
            f"{speed / alone:.1%} of the {alone:,.0f} in memory (by CPU seconds "
            f"{memory['cpu'] / cpu:.1%}; wanted: {SPEED:.0%}): "
            f"{_verdict(speed / alone >= SPEED)}."
        )


def _memory(found: Measured, sizes: Sizes) -> Iterator[str]:
    """Compare the largest input with the smallest one of FROM rows or more."""
    ordered, cores = sorted(sizes.rows), max(sizes.cores)
    first = next((rows for rows in ordered if rows >= FROM), ordered[0])
    for ending in (PARQUET, JSONL):
        peak = _figure(found, Whole(ordered[-1], ending, cores), "pss")
        change = peak / _figure(found, Whole(first, ending, cores), "pss") - 1
        yield (
            f"Peak memory, {ordered[-1]:,} rows to {ending} on {cores} cores: "
            f"{peak / GB:.2f} GB (wanted: below {MEMORY / GB:.1f}): {_verdict(peak < MEMORY)}; "
            f"{change:+.1%} against {first:,} rows (wanted: within {FLAT:.0%}): "
            f"{_verdict(abs(change) <= FLAT)}."
        )


def _resumed(found: Measured, sizes: Sizes) -> Iterator[str]:
    figures = {name: one.value for name, one in found.resumed.result.figures.items()}
    overhead = figures["seconds"] / figures["whole"] - 1
    yield (
        f"Resuming, {sizes.resume_rows:,} rows, killed half way: {figures['seconds']:.1f} s for "
        f"both parts against {figures['whole']:.1f} s uninterrupted, {overhead:+.1%} (pair by "
        f"pair {figures['least']:+.1%} to {figures['most']:+.1%}; wanted: below "
        f"{OVERHEAD:.0%}): {_verdict(overhead < OVERHEAD)}."
    )


def _killed(found: Measured, sizes: Sizes) -> Iterator[str]:
    for about, kept in (
        ("one kill each", found.singles),
        ("one chain of kills", [found.chain] if found.chain else []),
    ):
        if not kept:
            continue
        sums = {
            name: sum(one.result.figures[name].value for one in kept)
            for name in ("kills", "seconds", "left", *FAULTS, *PHASES)
        }
        phases = ", ".join(f"{name} {sums[name]:.0f}" for name in PHASES if sums[name])
        yield (
            f"`kill -9`, {sizes.kill_rows:,} rows, {about}: {sums['kills']:.0f} kills ({phases}), "
            f"rows lost {sums['lost']:.0f}, doubled {sums['doubled']:.0f}, outputs that differ "
            f"{sums['changed']:.0f} (wanted: none): {_verdict(not any(sums[n] for n in FAULTS))}; "
            f"temporary files left behind {sums['left']:.0f}; {sums['seconds'] / 60:.1f} minutes."
        )


def _cost(found: Measured, sizes: Sizes) -> Iterator[str]:
    cores = max(sizes.cores)
    for ending in (PARQUET, JSONL):
        if fitted := cost(found, ending, cores):
            yield (
                f"Cost to {ending} on {cores} cores: {fitted.fixed:.1f} s and "
                f"{fitted.per_row * 1e6:.0f} s a million rows, within {fitted.off:.1%} of the "
                f"{fitted.sizes} sizes it was fitted to; lines with ~ are extrapolated from it, "
                "not measured."
            )


def _figure(found: Measured, one: Whole, name: str) -> float:
    return found.wholes[one].result.figures[name].value


def _verdict(met: bool) -> str:
    return "met" if met else "missed"
