"""`fenban summarize`: units' replies as digests."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from nlp.cli.options import (
    BodyColumn,
    EncodingOption,
    IdColumn,
    InputArgument,
    OutOption,
    QuietOption,
    ReplyColumn,
    SheetOption,
    TableOption,
    TitleColumn,
    as_text,
    read_options,
)
from nlp.errors import UsageError

if TYPE_CHECKING:
    from nlp.batch.digest_workbook import DigestFacts
    from nlp.io.read import Source
    from nlp.io.write import Written
    from nlp.summarize.digest import Digest
    from nlp.summarize.digester import Digester, DigestOptions
    from nlp.summarize.rewrite.writers import Writer
    from nlp.types import Reply

Method = Literal["extractive", "abstractive"]
SHORTEST, LONGEST = 30, 1000
HEADS = ("编号", "摘要", "结果", "提示")
WIDTHS = (4, 60, 16, 30)
_HUB = "hf:"

MaxCharsOption = Annotated[
    int, typer.Option("--max-chars", metavar="字数", help=f"摘要最多几个字，{SHORTEST}–{LONGEST}。")
]
MethodOption = Annotated[
    Method, typer.Option("--method", help="摘自原文（extractive）或由模型改写（abstractive）。")
]
WriterOption = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="模型", help="摘要模型目录；改写时是 hf:名称或 transformers 模型文件夹。"
    ),
]
EndpointOption = Annotated[
    str | None,
    typer.Option(
        "--endpoint", metavar="网址", help="改写时用的本机或内网模型服务（OpenAI 接口）。"
    ),
]
EndpointModelOption = Annotated[
    str | None, typer.Option("--endpoint-model", metavar="名称", help="模型服务里的模型名称。")
]
RemoteOption = Annotated[
    bool, typer.Option("--allow-remote", help="允许把答复发到内网以外的模型服务。")
]
SchemeOption = Annotated[
    str | None,
    typer.Option("--scheme", metavar="分类", help="办理结果的分类：自带的名字或 YAML 文件。"),
]
NumberedOption = Annotated[bool, typer.Option("--numbered", help="摘要分点写成“一是…；二是…”。")]


def summarize(
    source: InputArgument,
    out: OutOption = None,
    max_chars: MaxCharsOption = 120,
    method: MethodOption = "extractive",
    model: WriterOption = None,
    endpoint: EndpointOption = None,
    endpoint_model: EndpointModelOption = None,
    allow_remote: RemoteOption = False,
    scheme: SchemeOption = None,
    numbered: NumberedOption = False,
    title: TitleColumn = None,
    body: BodyColumn = None,
    reply: ReplyColumn = None,
    id_column: IdColumn = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    table: TableOption = False,
    quiet: QuietOption = False,
) -> None:
    """Digest every reply of an input; the contract is in the README."""
    from nlp.batch.digest_tally import DigestTally
    from nlp.batch.digest_workbook import write_digests
    from nlp.batch.digests import to_digest_record
    from nlp.batch.outputs import check_out
    from nlp.cli.job import Job
    from nlp.io.read import read_replies

    if not SHORTEST <= max_chars <= LONGEST:
        raise UsageError(
            f"--max-chars 是 {max_chars}，应在 {SHORTEST} 到 {LONGEST} 之间。",
            "例：--max-chars 120。",
        )
    wanted = Wanted(method, _text(model), _text(endpoint), _text(endpoint_model), allow_remote)
    wanted.check()
    if out:
        check_out(out, source)
    options = _options(max_chars, scheme, numbered)
    overrides = {"title": title, "body": body, "reply": reply, "id": id_column}
    opened = read_replies(source, read_options(overrides, encoding, sheet, out))
    maker = wanted.open(options)
    tally = DigestTally()

    def write(path: Path, items: Iterable[Digest]) -> Written:
        return write_digests(path, items, tally, lambda: maker.facts(source, opened))

    job = Job(opened, tally, to_digest_record, _print_table, write, quiet)
    as_table = table or sys.stdout.isatty()
    raise typer.Exit(job.run(maker.digests(opened), out, as_table=as_table))


def _text(value: str | None) -> str:
    return as_text(value) if value else ""


def _options(max_chars: int, scheme: str | None, numbered: bool) -> DigestOptions:
    from nlp.outcomes import load_outcomes
    from nlp.summarize.digester import DigestOptions

    return DigestOptions(max_chars, load_outcomes(as_text(scheme)) if scheme else None, numbered)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which models the user wants; "" where nothing was said."""

    method: Method
    model: str
    endpoint: str
    endpoint_model: str
    allow_remote: bool

    def check(self) -> None:
        """Raise UsageError for options that contradict each other."""
        if (self.endpoint_model or self.allow_remote) and not self.endpoint:
            given = "--endpoint-model" if self.endpoint_model else "--allow-remote"
            raise UsageError(
                f"{given} 只和 --endpoint 一起用。", "请加 --endpoint 网址，或去掉它。"
            )
        if self.method == "extractive":
            self._check_extractive()
        elif self.endpoint and self.model:
            raise UsageError(
                "--model 和 --endpoint 只能给一个。",
                "模型服务里的模型名称请用 --endpoint-model。",
            )

    def _check_extractive(self) -> None:
        hub = self.model.startswith(_HUB)
        if hub or self.endpoint:
            given = f"--model {self.model}" if hub else "--endpoint"
            raise UsageError(
                f"{given} 只在改写时用，现在的 --method 是 extractive（摘自原文）。",
                "要由模型改写，请加 --method abstractive。",
            )

    def open(self, options: DigestOptions) -> Maker:
        """Load the models; raises UsageError, ModelError."""
        if self.method == "extractive":
            return Maker(open_digester(self.model), None, options)
        from nlp.summarize.rewrite.writers import open_writer

        name, remote = self.endpoint_model if self.endpoint else self.model, self.allow_remote
        writer = open_writer(name, endpoint=self.endpoint, allow_remote=remote)
        return Maker(open_digester(), writer, options)


def open_digester(model: str = "") -> Digester:
    """Load a digest model, the shipped one by default."""
    from nlp.shipped import shipped
    from nlp.summarize.files import load_digester

    return load_digester(Path(model) if model else shipped("models") / "replies")


@dataclass(frozen=True, slots=True)
class Maker:
    """Opened models and what is asked of them."""

    digester: Digester
    writer: Writer | None
    options: DigestOptions

    def digests(self, opened: Source[Reply]) -> Iterator[Digest]:
        if self.writer is None:
            return self.digester.summarize(opened.items, self.options)
        from nlp.batch.rewrite import rewritten

        return rewritten(opened.items, self.digester, self.options, self.writer)

    def facts(self, name: str, opened: Source[Reply]) -> DigestFacts:
        from nlp.batch.digest_workbook import DigestFacts
        from nlp.outcomes import load_outcomes

        models = [self.digester.name, self.writer.name if self.writer else ""]
        return DigestFacts(
            source=name,
            model="、".join(filter(None, models)),
            method="abstractive" if self.writer else "extractive",
            max_chars=self.options.max_chars,
            scheme=(self.options.scheme or load_outcomes()).name,
            columns=opened.columns,
            notes=opened.notes,
        )


def _print_table(items: Iterable[Digest]) -> None:
    from nlp.cli.screen import print_table

    print_table(HEADS, WIDTHS, map(_cells, items))


def _cells(item: Digest) -> tuple[str, ...]:
    from nlp.batch.digests import outcome_name, warnings

    return item.id, item.summary, outcome_name(item), warnings(item)
