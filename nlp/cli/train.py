"""`fenban train`: labelled rows in, a model directory out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from nlp.cli.options import PlaceOption, QuietOption, say
from nlp.shipped import DEFAULT_PLACE

if TYPE_CHECKING:
    from nlp.train.replies.run import TrainedDigester
    from nlp.train.run import Trained


def train(
    corpus: Annotated[
        list[Path],
        typer.Argument(metavar="语料", help="JSONL 文件或文件夹，或有类别、主办单位列的表。"),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="目录", help="模型写到哪里。")] = Path(
        "models/new"
    ),
    task: Annotated[
        Literal["proposals", "replies"],
        typer.Option("--task", help="学分办（proposals）还是学答复摘要（replies）。"),
    ] = "proposals",
    encoder: Annotated[
        str, typer.Option("--encoder", metavar="编码器", help="如 ngrams:1-2、words。")
    ] = "ngrams:1-2",
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="整数", help="随机种子；同样的输入和种子得到同样的模型。"),
    ] = 0,
    scheme: Annotated[
        Path | None, typer.Option("--scheme", metavar="文件", help="自己的主题方案（YAML）。")
    ] = None,
    functions: Annotated[
        Path | None,
        typer.Option("--functions", metavar="文件", help="自己的职能和职责（YAML 文件或文件夹）。"),
    ] = None,
    others: Annotated[
        Path | None,
        typer.Option("--others", metavar="文件夹", help="不是提案的文字，用来学会拒绝。"),
    ] = None,
    place: PlaceOption = DEFAULT_PLACE,
    quiet: QuietOption = False,
) -> None:
    """Train a model and print its validation line."""

    def on_step(text: str) -> None:
        say(text, quiet=quiet)

    result: Trained | TrainedDigester
    if task == "replies":
        from nlp.train.replies.run import DigestTraining, train_digester

        result = train_digester(corpus, out, DigestTraining(encoder, seed), on_step=on_step)
    else:
        from nlp.train.run import TrainOptions
        from nlp.train.run import train as run

        options = TrainOptions(encoder, seed, scheme, functions, others, place)
        result = run(corpus, out, options, on_step=on_step)
    typer.echo(result.line)
    say(f"模型已写到 {out}（{result.stored.name}）。", quiet=quiet)
