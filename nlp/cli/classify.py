"""`fenban classify`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nlp.cli.options import (
    DEFAULT_PRECISION,
    BodyColumn,
    EncodingOption,
    FunctionsOption,
    IdColumn,
    InputArgument,
    ModelOption,
    OutOption,
    PlaceOption,
    PrecedentsOption,
    PrecisionOption,
    QuietOption,
    SheetOption,
    TableOption,
    TitleColumn,
    open_router,
    read_options,
    route_options,
)
from nlp.shipped import DEFAULT_PLACE

if TYPE_CHECKING:
    from nlp.batch.workbook import RunFacts
    from nlp.classify.router import Router
    from nlp.classify.suggest import Options
    from nlp.io.read import Source
    from nlp.io.write import Written
    from nlp.types import Proposal, Suggestion


def classify(
    source: InputArgument,
    out: OutOption = None,
    model: ModelOption = None,
    place: PlaceOption = DEFAULT_PLACE,
    precision: PrecisionOption = DEFAULT_PRECISION,
    functions: FunctionsOption = None,
    precedents: PrecedentsOption = None,
    title: TitleColumn = None,
    body: BodyColumn = None,
    id_column: IdColumn = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    table: TableOption = False,
    quiet: QuietOption = False,
) -> None:
    """Classify every proposal of an input; the contract is in the README."""
    from nlp.batch.outputs import check_out, write_out
    from nlp.batch.records import to_record
    from nlp.batch.tally import Tally
    from nlp.cli.job import Job
    from nlp.io.read import read_proposals

    if out:
        check_out(out, source)
    router = open_router(model, functions)
    options = route_options(router, place, precision, precedents, quiet=quiet)
    overrides = {"title": title, "body": body, "id": id_column}
    opened = read_proposals(source, read_options(overrides, encoding, sheet, out))
    tally = Tally()

    def write(path: Path, items: Iterable[Suggestion]) -> Written:
        return write_out(path, items, tally, lambda: _facts(source, router, options, opened))

    job = Job(opened, tally, to_record, _print_table, write, quiet)
    results = router.classify(opened.items, options)
    raise typer.Exit(job.run(results, out, as_table=table or sys.stdout.isatty()))


def _print_table(items: Iterable[Suggestion]) -> None:
    from nlp.cli.screen import HEADS, WIDTHS, cells, print_table

    print_table(HEADS, WIDTHS, map(cells, items))


def _facts(name: str, router: Router, options: Options, opened: Source[Proposal]) -> RunFacts:
    from nlp.batch.workbook import RunFacts

    place = options.directory
    return RunFacts(
        source=name,
        model=router.name,
        place=place.place,
        precision=options.precision,
        columns=opened.columns,
        notes=opened.notes,
        topic_names=router.topics.names if router.topics else (),
        unit_names=place.unit_names if router.units else (),
    )
