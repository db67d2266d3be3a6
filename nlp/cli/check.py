"""`fenban check`: read everything, say what was found, classify nothing."""

from __future__ import annotations

import typer

from nlp.cli.options import (
    BodyColumn,
    EncodingOption,
    IdColumn,
    InputArgument,
    SheetOption,
    TitleColumn,
    read_options,
)


def check(
    source: InputArgument,
    title: TitleColumn = None,
    body: BodyColumn = None,
    id_column: IdColumn = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
) -> None:
    """Dry run of reading."""
    from nlp.batch.survey import survey
    from nlp.io.read import read_proposals

    overrides = {"title": title, "body": body, "id": id_column}
    report = survey(read_proposals(source, read_options(overrides, encoding, sheet)))
    for line in report.lines():
        typer.echo(line)
    raise typer.Exit(report.exit_code)
