"""`fenban train`: labelled rows in, a model directory out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from nlp.cli.adapting import adapt_base, check_base
from nlp.cli.options import PlaceOption, QuietOption, given_options, say
from nlp.errors import UsageError
from nlp.hf.training.options import FineTuning
from nlp.shipped import DEFAULT_PLACE

if TYPE_CHECKING:
    from nlp.train.replies.run import TrainedDigester
    from nlp.train.run import Trained

DEFAULTS = FineTuning()
TUNING = ("passes", "batch", "learning_rate")


def train(
    context: typer.Context,
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
    fine_tune: Annotated[
        bool,
        typer.Option(
            "--fine-tune", help="连预训练编码器一起训练（如 --encoder e5），CPU 上约一小时。"
        ),
    ] = False,
    passes: Annotated[
        int, typer.Option("--passes", min=1, metavar="遍数", help="微调时语料最多看几遍。")
    ] = DEFAULTS.passes,
    batch: Annotated[
        int, typer.Option("--batch", min=1, metavar="件数", help="微调时一批几件；内存不够就调小。")
    ] = DEFAULTS.batch,
    learning_rate: Annotated[
        float, typer.Option("--learning-rate", metavar="数", help="微调的学习率。")
    ] = DEFAULTS.learning_rate,
    teacher: Annotated[
        Path | None,
        typer.Option("--teacher", metavar="目录", help="让小模型向这个模型学（蒸馏）。"),
    ] = None,
    unlabelled: Annotated[
        list[Path] | None,
        typer.Option("--unlabelled", metavar="文件", help="没有标注的文字，蒸馏时也问教师。"),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(
            "--base", metavar="目录", help="用本单位历史（20 行以上）适配这个模型，不从头训练。"
        ),
    ] = None,
    audit: Annotated[
        Path | None,
        typer.Option("--audit", metavar="文件", help="适配时把可疑的标注写成 CSV。"),
    ] = None,
    place: PlaceOption = DEFAULT_PLACE,
    quiet: QuietOption = False,
) -> None:
    """Train a model and print its validation line."""
    if base or audit:
        check_base(context, base)
    _check(task, encoder, fine_tune=fine_tune, teacher=teacher, unlabelled=unlabelled)
    _check_tuning(context, fine_tune=fine_tune, learning_rate=learning_rate)

    def on_step(text: str) -> None:
        say(text, quiet=quiet)

    result: Trained | TrainedDigester
    if base:
        result = adapt_base(corpus, out, base, seed, place, audit, on_step)
    elif task == "replies":
        from nlp.train.replies.run import DigestTraining, train_digester

        result = train_digester(corpus, out, DigestTraining(encoder, seed), on_step=on_step)
    else:
        from nlp.train.run import TrainOptions
        from nlp.train.run import train as run

        options = TrainOptions(encoder, seed, scheme, functions, others, place)
        if fine_tune:
            tuning = FineTuning(passes=passes, batch=batch, learning_rate=learning_rate, seed=seed)
            options = replace(options, fine_tuning=tuning)
        if teacher:
            options = replace(options, teacher=teacher, unlabelled=tuple(unlabelled or ()))
        result = run(corpus, out, options, on_step=on_step)
    typer.echo(result.line)
    say(f"模型已写到 {out}（{result.stored.name}）。", quiet=quiet)


def _check(
    task: str, encoder: str, *, fine_tune: bool, teacher: Path | None, unlabelled: object
) -> None:
    """Raise UsageError for options that contradict each other."""
    if task != "proposals" and (fine_tune or teacher):
        raise UsageError(
            "--fine-tune 和 --teacher 只用于分办模型。", "请去掉它们，或去掉 --task replies。"
        )
    if fine_tune and teacher:
        raise UsageError(
            "--fine-tune 和 --teacher 不能一起用。",
            "请先用 --fine-tune 训练教师，再用 --teacher 训练小模型。",
        )
    if fine_tune and not encoder.startswith(("e5", "hf:")):
        raise UsageError(
            f"编码器“{encoder}”没有可以微调的网络。", "请用 --encoder e5 --fine-tune。"
        )
    if unlabelled and not teacher:
        raise UsageError("--unlabelled 要和 --teacher 一起用。", "请加 --teacher models/teacher。")


def _check_tuning(context: typer.Context, *, fine_tune: bool, learning_rate: float) -> None:
    """Raise UsageError for settings of fine-tuning that nothing would use, or that can't be."""
    given = given_options(context, TUNING)
    if given and not fine_tune:
        raise UsageError(
            f"{'、'.join(given)} 只用于微调。", "请加 --encoder e5 --fine-tune，或去掉它。"
        )
    if not 0 < learning_rate <= 1:
        raise UsageError(
            f"--learning-rate 要大于 0、不超过 1，给的是 {learning_rate}。",
            f"一般用 {DEFAULTS.learning_rate}。",
        )
