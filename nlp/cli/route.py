"""`fenban route`: one proposal, explained."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nlp.cli.options import (
    DEFAULT_PRECISION,
    FunctionsOption,
    ModelOption,
    PlaceOption,
    PrecedentsOption,
    PrecisionOption,
    as_text,
    routing,
    say,
)
from nlp.shipped import DEFAULT_PLACE


def route(
    text: Annotated[str, typer.Argument(metavar="标题", help="提案标题，或 - 从标准输入读全文。")],
    body: Annotated[str, typer.Option("--body", metavar="正文", help="提案正文。")] = "",
    model: ModelOption = None,
    place: PlaceOption = DEFAULT_PLACE,
    precision: PrecisionOption = DEFAULT_PRECISION,
    functions: FunctionsOption = None,
    precedents: PrecedentsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """Route one text and show every reason."""
    from nlp.batch.explanation import explanation
    from nlp.batch.records import to_record
    from nlp.io.read import read_proposals
    from nlp.io.write import json_line
    from nlp.types import Proposal

    task = routing(model, place, precision, functions, precedents)
    router = task.router()
    options = task.options(router, say)
    items = (
        read_proposals("-").items if text == "-" else [Proposal("1", as_text(text), as_text(body))]
    )
    failed = False
    for suggestion in router.classify(items, options):
        failed = failed or suggestion.error is not None
        if as_json:
            sys.stdout.write(json_line(to_record(suggestion)))
        else:
            for line in explanation(suggestion, router, options):
                typer.echo(line)
    raise typer.Exit(3 if failed else 0)
