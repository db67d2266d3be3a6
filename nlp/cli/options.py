"""Options that several commands share, and what they open."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from nlp.errors import UsageError

if TYPE_CHECKING:
    from nlp.batch.routing import Routing
    from nlp.batch.stream.work import Keep
    from nlp.classify.router import Router
    from nlp.engines.task import Engine
    from nlp.io.read import ReadOptions
    from nlp.places import Directory

InputArgument = Annotated[
    str, typer.Argument(metavar="输入", help="文件、文件夹，或 - 表示标准输入。")
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="文件",
        help="结果写到 .xlsx、.csv、.jsonl 或 .parquet，给文件夹就每个输入各写一个；"
        "不给就打在屏幕上。",
    ),
]
MaskOption = Annotated[bool, typer.Option("--mask", help="结果里的电话号码和身份证号码用 * 遮住。")]
EngineName = Literal["local", "ray"]
EngineOption = Annotated[
    EngineName, typer.Option("--engine", help="在本机各核上做（local），或交给 Ray 集群（ray）。")
]
AddressOption = Annotated[
    str,
    typer.Option(
        "--address",
        metavar="地址",
        help="已在运行的 Ray 集群：auto 或 主机:端口；不给就用本机各核。",
    ),
]
WorkersOption = Annotated[
    int, typer.Option("--workers", min=0, metavar="个数", help="用几个进程；0 表示每核一个。")
]
TableOption = Annotated[bool, typer.Option("--table", help="总是打印表格，即使输出接到了管道。")]
ModelOption = Annotated[
    Path | None, typer.Option("--model", metavar="目录", help="模型目录；不给就用自带的。")
]
PlaceOption = Annotated[
    str,
    typer.Option(
        "--place", metavar="地方", help="单位目录：自带的名字（如 泽州县、county）或 YAML 文件。"
    ),
]
PrecisionOption = Annotated[
    float, typer.Option("--precision", metavar="0.5-1", help="自动分办要达到的准确率。")
]
FunctionsOption = Annotated[
    Path | None, typer.Option("--functions", metavar="文件", help="自己的职责词表（YAML）。")
]
PrecedentsOption = Annotated[
    Path | None,
    typer.Option("--precedents", metavar="文件", help="本地以往的分办结果（标题＋主办单位）。"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度和提示。")]
TitleColumn = Annotated[
    str | None, typer.Option("--title", metavar="列", help="标题列（列名、字母或序号）。")
]
BodyColumn = Annotated[
    str | None, typer.Option("--body", metavar="列", help="正文列；几列用 + 连。")
]
ReplyColumn = Annotated[
    str | None, typer.Option("--reply", metavar="列", help="答复列（列名、字母或序号）。")
]
IdColumn = Annotated[str | None, typer.Option("--id", metavar="列", help="编号列。")]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="编码", help="文本编码，如 gb18030、big5。")
]
SheetOption = Annotated[str | None, typer.Option("--sheet", metavar="表名", help="只读这一张表。")]
DEFAULT_PRECISION = 0.95


def read_options(
    overrides: Mapping[str, str | None],
    encoding: str | None,
    sheet: str | None,
    skip: Path | None = None,
) -> ReadOptions:
    from nlp.io.read import ReadOptions

    named = {role: as_text(value) for role, value in overrides.items() if value}
    return ReadOptions(named, encoding, as_text(sheet) if sheet else None, skip)


def routing(
    model: Path | None,
    place: str,
    precision: float,
    functions: Path | None,
    precedents: Path | None,
    keep: Keep | None = None,
) -> Routing:
    """Gather what a command was given for routing; the shipped model by default."""
    from nlp.batch.routing import Routing
    from nlp.batch.stream.work import Keep
    from nlp.shipped import shipped

    folder = model or shipped("models") / "default"
    return Routing(folder, as_text(place), precision, functions, precedents, keep or Keep())


def open_place(place: str, router: Router) -> Directory:
    from nlp.classify.dispatch import open_directory

    return open_directory(as_text(place), router.function_keys)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a run is done."""

    engine: EngineName
    address: str
    workers: int

    def check(self, source: str, out: Path | None) -> None:
        """Raise UsageError for options that contradict each other."""
        if self.engine == "local" and self.address:
            raise UsageError(
                "--address 只和 --engine ray 一起用。", "请加 --engine ray，或去掉 --address。"
            )
        if self.engine == "ray" and (out is None or source == "-"):
            lacking = "没有 --out" if out is None else "输入是标准输入"
            raise UsageError(
                f"--engine ray 把文件或文件夹做成文件，这里{lacking}。",
                "例：文件夹 --engine ray --out 结果/。",
            )

    @contextmanager
    def open(self, *, neural: bool = False) -> Iterator[Engine]:
        """Open the engine; `neural` says that a graphics card would run the model."""
        if self.engine == "ray":
            from nlp.engines.cluster import open_cluster

            with open_cluster(self.address, self.workers, neural=neural) as cluster:
                yield cluster
            return
        from nlp.engines.local import LocalEngine

        yield LocalEngine(self.workers)


def as_text(value: str) -> str:
    """Recover Chinese that was typed where the locale knows none (LC_ALL=C)."""
    if not any("\udc80" <= char <= "\udcff" for char in value):
        return value
    return os.fsencode(value).decode("utf-8", "replace")


def say(text: str, *, quiet: bool = False) -> None:
    """Tell the user something beside the results."""
    if not quiet:
        typer.echo(text, err=True)


def given_options(context: typer.Context, names: Iterable[str]) -> list[str]:
    """Return those parameters that the user gave, be it with their usual value, as options."""
    return [
        f"--{name.replace('_', '-')}"
        for name in names
        if (source := context.get_parameter_source(name)) is not None
        and source.name == "COMMANDLINE"
    ]
