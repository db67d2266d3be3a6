"""`fenban bulletin`: its commands, of which `read` takes a report apart."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.cli import bulletin_check, bulletin_write
from nlp.cli.options import PlaceOption, QuietOption, as_text, say
from nlp.errors import UsageError
from nlp.shipped import DEFAULT_PLACE

if TYPE_CHECKING:
    from nlp.bulletin.types import Bulletin, Case
    from nlp.places import Directory

NO_MODEL = "none"
_KINDS = {"proposal": "政协提案", "suggestion": "代表建议", "opinion": "社情民意"}
_GENRES = {"handling": "办理（工作）报告", "general": "综合工作报告中的一段"}
_STAT_HEADS, _STAT_WIDTHS = ("项目", "数值", "原句"), (20, 8, 90)
_CASE_HEADS = ("标题", "提出者", "主题", "办理单位", "结果", "措施数")
_CASE_WIDTHS = (44, 14, 10, 20, 16, 6)

ReportArgument = Annotated[
    str, typer.Argument(metavar="报告", help="一份通报或报告：txt、pdf、docx 或 html。")
]
JsonOption = Annotated[bool, typer.Option("--json", help="打印 JSON，给程序用。")]
CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", metavar="文件", help="把案例写成语料（.jsonl），可训练或评测。"),
]
TopicModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="目录",
        help="给没有主题段落的案例定主题的模型；不给就用自带的，none 表示不定。",
    ),
]


def read(
    report: ReportArgument,
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    place: PlaceOption = DEFAULT_PLACE,
    model: TopicModelOption = None,
    quiet: QuietOption = False,
) -> None:
    """Read a report into statistics and cases."""
    path = Path(as_text(report))
    if corpus:
        from nlp.io.atomic import check_writable

        check_writable(corpus, path, option="--corpus")
        if corpus.suffix.lower() != ".jsonl":
            raise UsageError(f"语料是 JSONL，不会写“{corpus.name}”。", "请把结尾改成 .jsonl。")
    bulletin = open_bulletin(path, model)
    directory = _directory(place) if corpus else None
    if as_json:
        _print_json(bulletin)
    else:
        _print_tables(bulletin)
    for note in bulletin.notes:
        say(f"提示：{note}", quiet=quiet)
    if corpus and directory:
        from nlp.bulletin.to_corpus import write_corpus

        count = write_corpus(corpus, bulletin, path.stem, directory)
        say(f"{count} 件案例已写到 {corpus}。", quiet=quiet)


def open_bulletin(path: Path, model: str | None) -> Bulletin:
    """Read a report; topics of cases come from a model unless it is named none."""
    from nlp.bulletin.read import read_bulletin
    from nlp.bulletin.topics import model_topics

    topics = None if model == NO_MODEL else model_topics(as_text(model) if model else None)
    return read_bulletin(path, topics)


def _directory(place: str) -> Directory:
    from nlp.places import load_directory
    from nlp.taxonomy import shipped_function_keys

    return load_directory(as_text(place), shipped_function_keys())


def _print_json(bulletin: Bulletin) -> None:
    from nlp.bulletin.check import check
    from nlp.bulletin.records import bulletin_record

    json.dump(bulletin_record(bulletin, check(bulletin)), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _print_tables(bulletin: Bulletin) -> None:
    from nlp.cli.screen import print_table

    kind, genre = _KINDS[bulletin.kind], _GENRES[bulletin.genre]
    typer.echo(f"{bulletin.title or '（没有标题）'}")
    typer.echo(f"地方：{bulletin.place or '不明'}　种类：{kind}　体裁：{genre}")
    typer.echo(f"\n统计数字 {len(bulletin.figures) + bool(bulletin.as_of)} 项")
    if bulletin.figures or bulletin.as_of:
        print_table(_STAT_HEADS, _STAT_WIDTHS, _statistics(bulletin))
    for figure in bulletin.contradictions:
        typer.echo(f"前后不一：{_shown(figure.name, figure.value)} 见“{figure.sentence[:80]}”")
    typer.echo(f"\n案例 {len(bulletin.cases)} 件")
    if bulletin.cases:
        print_table(_CASE_HEADS, _CASE_WIDTHS, map(_case, bulletin.cases))
    for cut in bulletin.cuts:
        head = f"（“{cut.head}…”起）" if cut.head else ""
        typer.echo(f"没有读的内容：{cut.reason}{head}，{cut.characters} 字")


def _statistics(bulletin: Bulletin) -> Iterable[tuple[str, str, str]]:
    from nlp.bulletin.names import statistic_name

    for figure in bulletin.figures:
        name, value = statistic_name(figure.name), _value(figure.name, figure.value)
        yield name, value, _near(figure.sentence, bulletin.text, figure.span.start)
    if bulletin.as_of and bulletin.as_of_span:
        yield statistic_name("as_of"), bulletin.as_of, bulletin.as_of_span.of(bulletin.text)


def _shown(name: str, value: float) -> str:
    from nlp.bulletin.names import statistic_name

    return f"{statistic_name(name)} {_value(name, value)}"


def _value(name: str, value: float) -> str:
    from nlp.bulletin.names import is_share

    return f"{value:g}%" if is_share(name) else f"{value:g}"


def _near(sentence: str, text: str, at: int) -> str:
    """Return the sentence, or of a long one what stands around the number."""
    if len(sentence) <= 90:
        return sentence
    start = max(text.rfind("\n", 0, at) + 1, at - 50)
    return f"…{text[start : at + 40]}…".replace("\n", " ")


def _case(case: Case) -> tuple[str, ...]:
    from nlp.bulletin.names import statistic_name

    topics = "\n".join(statistic_name(f"topics.{t}").removeprefix("主题：") for t in case.topics)
    outcome = statistic_name(f"outcomes.{case.outcome}") if case.outcome else ""
    points = "" if case.points is None else str(case.points)
    note = "（社情民意）" if case.kind == "opinion" else ""
    return case.title + note, case.proposer or "", topics, "\n".join(case.units), outcome, points


COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "read": (read, "读取：从通报、报告里取出统计数字和案例，每个数字附原句。"),
    "check": (bulletin_check.check, bulletin_check.ABOUT),
    "write": (bulletin_write.write, bulletin_write.ABOUT),
}
