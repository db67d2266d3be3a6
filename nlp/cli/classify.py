"""`fenban classify`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import typer

from nlp.cli.options import (
    DEFAULT_PRECISION,
    AddressOption,
    BodyColumn,
    EncodingOption,
    EngineOption,
    FunctionsOption,
    IdColumn,
    InputArgument,
    MaskOption,
    ModelOption,
    OutOption,
    PlaceOption,
    PrecedentsOption,
    PrecisionOption,
    QuietOption,
    SheetOption,
    TableOption,
    TitleColumn,
    Where,
    WorkersOption,
    read_options,
    routing,
    say,
)
from nlp.shipped import DEFAULT_PLACE

if TYPE_CHECKING:
    from nlp.batch.destination import Destination
    from nlp.batch.routing import Routing
    from nlp.batch.workbook import RunFacts
    from nlp.classify.router import Router
    from nlp.classify.suggest import Options
    from nlp.cli.saving import Saving
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
    mask: MaskOption = False,
    engine: EngineOption = "local",
    address: AddressOption = "",
    workers: WorkersOption = 0,
    table: TableOption = False,
    quiet: QuietOption = False,
) -> None:
    """Classify every proposal of an input; the contract is in the README."""
    from nlp.batch.destination import Destination
    from nlp.batch.stream.work import Keep
    from nlp.encode import gpu_runs
    from nlp.io.read import read_proposals

    where = Where(engine, address, workers)
    where.check(source, out)
    wanted = Destination.of(out) if out else None
    if wanted:
        wanted.check(source)
    keep = Keep(mask, wanted is not None and wanted.cells)
    task = routing(model, place, precision, functions, precedents, keep)
    router = task.router()
    options = task.options(router, partial(say, quiet=quiet))
    overrides = {"title": title, "body": body, "id": id_column}
    opened = read_proposals(source, read_options(overrides, encoding, sheet, out))
    used = Used(source, task, router, options, opened)
    if wanted:
        with where.open(neural=gpu_runs(router.encoder.spec, task.model)) as workplace:
            raise typer.Exit(used.save(wanted, quiet).run(workplace))
    raise typer.Exit(used.show(quiet, as_table=table or sys.stdout.isatty()))


@dataclass(frozen=True, slots=True)
class Used:
    """What a run uses: the input's name, the opened model and place, the opened input."""

    name: str
    task: Routing
    router: Router
    options: Options
    opened: Source[Proposal]

    def show(self, quiet: bool, *, as_table: bool) -> int:
        """Print results as they come."""
        from nlp.batch.records import to_record
        from nlp.batch.tally import Tally
        from nlp.cli.job import Job

        job = Job(self.opened, Tally(), self.task.keep.shown(to_record), _print_table, quiet)
        return job.run(self.router.classify(self.opened.items, self.options), as_table=as_table)

    def save(self, out: Destination, quiet: bool) -> Saving[Suggestion]:
        from nlp.batch.outputs import write_out
        from nlp.batch.records import from_record
        from nlp.batch.stream.files import Settled
        from nlp.batch.tally import Tally
        from nlp.cli.saving import Saving
        from nlp.engines.opened import Opened

        def writer() -> Callable[..., Written]:
            return partial(write_out, facts=Settled(self.facts()))

        task = Opened(self.task, self.task.worker(self.router, self.options))
        salt = self.task.salt(self.router, self.options)
        return Saving(self.opened, out, task, salt, from_record, Tally, writer, quiet)

    def facts(self) -> RunFacts:
        from nlp.batch.workbook import RunFacts

        router, place = self.router, self.options.directory
        return RunFacts(
            source=self.name,
            model=router.name,
            place=place.place,
            precision=self.options.precision,
            columns=self.opened.columns,
            notes=self.opened.notes,
            topic_names=router.topics.names if router.topics else (),
            unit_names=place.unit_names if router.units else (),
        )


def _print_table(items: Iterable[Suggestion]) -> None:
    from nlp.cli.screen import HEADS, WIDTHS, cells, print_table

    print_table(HEADS, WIDTHS, map(cells, items))
