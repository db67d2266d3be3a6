"""`fenban summarize`: units' replies as digests."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from nlp.cli.digest_run import HUB, Given, Maker
from nlp.cli.options import (
    AddressOption,
    BodyColumn,
    EncodingOption,
    EngineOption,
    IdColumn,
    InputArgument,
    MaskOption,
    OutOption,
    QuietOption,
    ReplyColumn,
    SheetOption,
    TableOption,
    TitleColumn,
    Where,
    WorkersOption,
    as_text,
    read_options,
)
from nlp.errors import UsageError

if TYPE_CHECKING:
    from nlp.batch.stream.work import Keep
    from nlp.summarize.digester import Digester, DigestOptions

Method = Literal["extractive", "abstractive"]
SHORTEST, LONGEST = 30, 1000

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
    mask: MaskOption = False,
    engine: EngineOption = "local",
    address: AddressOption = "",
    workers: WorkersOption = 0,
    table: TableOption = False,
    quiet: QuietOption = False,
) -> None:
    """Digest every reply of an input; the contract is in the README."""
    from nlp.batch.destination import Destination
    from nlp.batch.stream.work import Keep
    from nlp.encode import gpu_runs

    if not SHORTEST <= max_chars <= LONGEST:
        raise UsageError(
            f"--max-chars 是 {max_chars}，应在 {SHORTEST} 到 {LONGEST} 之间。",
            "例：--max-chars 120。",
        )
    wanted = Wanted(method, _text(model), _text(endpoint), _text(endpoint_model), allow_remote)
    wanted.check()
    where = Where(engine, address, 1 if method == "abstractive" else workers)
    where.check(source, out)
    if engine == "ray" and method == "abstractive":
        raise UsageError("改写只在本机进行，不用 --engine ray。", "请去掉 --engine ray。")
    target = Destination.of(out) if out else None
    if target:
        target.check(source)
    options = _options(max_chars, scheme, numbered)
    overrides = {"title": title, "body": body, "reply": reply, "id": id_column}
    given = Given.of(source, read_options(overrides, encoding, sheet, out))
    opened = given.open()  # what can't be read is told before a model is loaded
    maker = wanted.open(options, Keep(mask, target is not None and target.cells))
    if target:
        neural = gpu_runs(maker.digester.encoder.spec, maker.model)
        with where.open(neural=neural) as workplace:
            raise typer.Exit(maker.save(given, opened, target, quiet, workplace))
    raise typer.Exit(maker.show(opened, quiet, as_table=table or sys.stdout.isatty()))


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
        hub = self.model.startswith(HUB)
        if hub or self.endpoint:
            given = f"--model {self.model}" if hub else "--endpoint"
            raise UsageError(
                f"{given} 只在改写时用，现在的 --method 是 extractive（摘自原文）。",
                "要由模型改写，请加 --method abstractive。",
            )

    def open(self, options: DigestOptions, keep: Keep) -> Maker:
        """Load the models; raises UsageError, ModelError."""
        if self.method == "extractive":
            folder = digest_folder(self.model)
            return Maker(open_digester(folder), None, options, folder, keep)
        from nlp.summarize.rewrite.writers import open_writer

        name, remote = self.endpoint_model if self.endpoint else self.model, self.allow_remote
        writer = open_writer(name, endpoint=self.endpoint, allow_remote=remote)
        folder = digest_folder()
        return Maker(open_digester(folder), writer, options, folder, keep)


def digest_folder(model: str = "") -> Path:
    """Return the folder of a digest model, the shipped one by default."""
    from nlp.shipped import shipped

    return Path(model) if model else shipped("models") / "replies"


def open_digester(folder: Path) -> Digester:
    from nlp.summarize.files import load_digester

    return load_digester(folder)
