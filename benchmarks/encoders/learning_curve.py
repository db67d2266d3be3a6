"""What more rows would bring: `python -m benchmarks.encoders.learning_curve --data FOLDER`.

The plain heads on character n-grams, with duties and without tuning, learn from growing shares
of the training part; whole places and files are drawn, since a further place is what an office
or a writer would add. Prints a table, draws `docs/learning-curve.svg`, and puts both on the
page of benchmarks where there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.encoders.curve_block import put_curve
from benchmarks.encoders.curve_svg import Curve, drawn
from benchmarks.encoders.rows import own_test, real_titles, thinned
from benchmarks.encoders.system import Target
from benchmarks.encoders.systems.fenban import Routing, fingerprint
from benchmarks.encoders.tasks.titles import lead_figures, topic_figure
from benchmarks.encoders.workplace import ROOT, Workplace
from benchmarks.shared.cache import Cache
from benchmarks.shared.figure import Figure, Result
from benchmarks.shared.hashes import digest
from nlp.corpus.rows import Row, load_rows
from nlp.corpus.rows import fingerprint as rows_hash
from nlp.corpus.split import Split
from nlp.taxonomy import load_functions, load_scheme
from nlp.train.fit import fit_router
from nlp.train.run import TrainOptions, make_plan

ENCODER = "ngrams:1-2"
SHARES = (5, 10, 20, 40, 60, 80, 100)
SEEDS = (0, 1)
HEADS = {
    "test_topic": "topic, own test",
    "test1": "lead @1, own test",
    "test3": "lead @3, own test",
    "real_topic": "topic, real titles",
    "real1": "lead @1, real titles",
    "real3": "lead @3, real titles",
}
PICTURE = ROOT / "docs" / "learning-curve.svg"
PAGE = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Point:
    """Figures at a share of the rows, averaged over the draws."""

    share: int
    rows: int
    figures: Mapping[str, float]


def drawn_rows(rows: Sequence[Row], share: int, seed: int) -> list[Row]:
    """Draw whole places and files, in their order of chance, as long as they fit the share."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.place or row.id.partition("-")[0], []).append(row)
    wanted, taken = len(rows) * share / 100, list[Row]()
    for name in np.random.default_rng(seed).permutation(sorted(groups)):
        if len(taken) + len(groups[str(name)]) <= wanted:
            taken += groups[str(name)]
    return taken


def points(place: Workplace, cache: Cache) -> list[Point]:
    """Measure every share, averaged over the seeds; all rows are drawn once only."""
    rows = thinned(load_rows([place.train]), place.sample)
    found = []
    for share in SHARES:
        seeds = SEEDS if share < 100 else SEEDS[:1]
        draws = [drawn_rows(rows, share, seed) for seed in seeds]
        results = [_measured(draw, place, cache) for draw in draws]
        names = [name for name in HEADS if name in results[0].figures]
        means = {n: float(np.mean([r.figures[n].value for r in results])) for n in names}
        found.append(Point(share, round(float(np.mean([len(d) for d in draws]))), means))
        print(f"{share} %: {found[-1].rows} rows", file=sys.stderr, flush=True)
    return found


def _measured(rows: Sequence[Row], place: Workplace, cache: Cache) -> Result:
    asked = {"test": own_test(place), "real": real_titles(place) or []}
    hashes = [rows_hash(part) for part in (rows, *asked.values())]
    name = f"curve-{digest([ENCODER, *hashes, fingerprint(place.corpus)])[:16]}"
    if kept := cache.get(name):
        return kept.result
    test = tuple(asked["test"])
    plan = make_plan(
        Split(tuple(rows), (), test), load_scheme(), load_functions(), TrainOptions(ENCODER)
    )
    router = fit_router(rows, (), plan)
    lead, topic = Routing(router, Target.LEAD, 0), Routing(router, Target.TOPIC, 0)
    figures: dict[str, Figure] = {}
    for part, gold in asked.items():
        if gold:
            figures |= topic_figure(topic, gold, f"{part}_topic")
            figures |= lead_figures(lead, gold, part)
    return cache.put(name, Result(figures)).result


def markdown(found: Sequence[Point]) -> str:
    names = [name for name in HEADS if name in found[-1].figures]
    lines = [["share", "rows", *(HEADS[name] for name in names)], ["---"] * (len(names) + 2)]
    for point in found:
        shares = [f"{point.figures[name] * 100:.1f}" for name in names]
        lines.append([f"{point.share} %", f"{point.rows:,}", *shares])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def picture(found: Sequence[Point]) -> str:
    """Draw one curve a figure; those of real titles are dashed."""
    names = [name for name in HEADS if name in found[-1].figures]
    curves = [
        Curve(
            HEADS[name],
            tuple((point.rows, point.figures[name] * 100) for point in found),
            dashed=name.startswith("real"),
        )
        for name in names
    ]
    return drawn(curves, "rows learned from (whole places and files)", "right, per cent")


def section(found: Sequence[Point]) -> str:
    """Return what the page of benchmarks holds of it."""
    about = (
        f"Plain heads on character n-grams (`{ENCODER}`) with duties, untuned, learned from shares "
        "of the training part: whole places and files are drawn; means of two draws. Topics of "
        "rows whose annotators agreed. `python -m benchmarks.encoders.learning_curve --data FOLDER`"
    )
    image = f"![Accuracy by number of rows learned from]({PICTURE.name})"
    return f"## Learning curve\n\n{about}\n\n{image}\n\n{markdown(found)}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoders.learning_curve")
    parser.add_argument("--data", type=Path, required=True, help="folder with the measuring rows")
    parser.add_argument("--redo", action="store_true", help="measure afresh what is kept")
    parser.add_argument("--bench", type=Path, default=Workplace.bench, help="where results lie")
    parser.add_argument("--sample", type=int, help="a trial: few rows, nothing written to docs")
    options = parser.parse_args(arguments)
    place = Workplace(options.data, bench=options.bench, sample=options.sample)
    found = points(place, Cache(place.bench / "results", options.redo))
    print(markdown(found))
    if options.sample:
        return
    PICTURE.write_text(picture(found), encoding="utf-8")
    if PAGE.is_file():
        put_curve(PAGE, section(found))


if __name__ == "__main__":
    main()
