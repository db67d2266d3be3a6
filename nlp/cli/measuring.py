"""What `fenban evaluate` does with each kind of gold, in the two forms that files take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nlp.cli.options import open_place, say
from nlp.errors import EXIT_OK, EXIT_PARTIAL, InputError, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from nlp.evaluate.gate import Gate
    from nlp.evaluate.load import Gold
    from nlp.evaluate.replies.run import Contender as ReplyContender
    from nlp.evaluate.report import Origin
    from nlp.evaluate.study import Contender, Study


@dataclass(frozen=True, slots=True)
class Measured:
    """An evaluation as numbers and as a page; `exit_code` tells what a gate made of it."""

    numbers: dict[str, Any]
    page: Callable[[], str]
    exit_code: int = EXIT_OK

    def save(self, json_file: Path | None, out: Path | None, *, quiet: bool) -> None:
        from nlp.evaluate.report import write_report
        from nlp.io.write import write_json

        if json_file:
            write_json(json_file, self.numbers)
            say(f"数字已写到 {json_file}。", quiet=quiet)
        if out:
            write_report(out, self.page())
            say(f"报告已写到 {out}，用浏览器打开，可以打印。", quiet=quiet)


@dataclass(frozen=True, slots=True)
class RouteJob:
    """Gold rows and how to hold models against them."""

    gold: Path
    task: Literal["all", "topics", "units"]
    place: str
    precision: float | None
    default_precision: float
    empty_co_unknown: bool
    split: str | None
    baseline: bool
    drop_leaked: bool
    trained_on: Path | None
    gate: Path | None
    quiet: bool

    def measure(self, folders: Sequence[Path | None], origin: Origin) -> Measured:
        """Measure models together, print their tables, how they compare, and the gate."""
        from nlp.evaluate.page.content import PageContent
        from nlp.evaluate.page.report import routing_report
        from nlp.evaluate.study_json import study_json

        if self.trained_on and not self.trained_on.exists():
            raise InputError(f"找不到“{self.trained_on}”（--trained-on）。", "请检查路径。")
        contenders = [_open(folder, self.trained_on) for folder in folders]
        gold = self._same_gold(contenders)
        found = self._study(contenders, gold)
        self._print(found)
        content = PageContent(
            found.examined, found.comparisons, found.analyses, origin, found.notes, found.gate
        )
        numbers = study_json(found, [each.path for each in contenders], origin)
        code = found.gate.exit_code if found.gate else EXIT_OK
        unread = EXIT_PARTIAL if gold.unread else EXIT_OK
        return Measured(numbers, partial(routing_report, content), code or unread)

    def _study(self, contenders: Sequence[Contender], gold: Gold) -> Study:
        from nlp.evaluate.run import EvaluationOptions
        from nlp.evaluate.study import known_training, study, without_leaked

        gate = self._gate()
        notes = list(gold.notes)
        rows = gold.rows
        if self.drop_leaked:
            rows, dropped = without_leaked(rows, contenders)
            notes.append(
                f"去掉了 {dropped} 件与训练语料重复或近似的，其余 {len(rows)} 件参加评测。"
            )
        directory = open_place(self.place, contenders[0].router)
        options = EvaluationOptions(directory, self._precision(gate), self.empty_co_unknown)
        if self.drop_leaked or self.trained_on:
            notes += [known_training(each) for each in contenders]
        found = study(contenders, rows, options, with_baselines=self.baseline, gate=gate)
        if self.baseline and not found.baselines:
            notes.append("没有件标了主题或主办，不用模型的办法没有可比的。")
        for note in notes:
            say(f"提示：{note}", quiet=self.quiet)
        return replace(found, notes=tuple(notes))

    def _gate(self) -> Gate | None:
        from nlp.evaluate.gate_file import read_gate

        return read_gate(self.gate) if self.gate else None

    def _precision(self, gate: Gate | None) -> float:
        """Return what was asked on the command line, else in the gate file, else the default."""
        if self.precision is not None:
            return self.precision
        return gate.precision if gate and gate.precision else self.default_precision

    def _same_gold(self, contenders: Sequence[Contender]) -> Gold:
        """Read the gold rows in the labels of each model, which have to be the same rows."""
        from nlp.evaluate.gold.check import check_gold

        first, *others = [self._read(each) for each in contenders]
        if any(other.rows != first.rows for other in others):
            raise UsageError(
                "这几个模型的主题方案或职能不同，同一份标准答案读出来不一样，不能放在一起比。",
                "请逐个评测，或用 JSONL 的标准答案。",
            )
        said = list(first.notes)
        for each in contenders:
            topics = each.router.topics
            names = dict(zip(topics.labels, topics.names, strict=True)) if topics else {}
            functions = each.router.functions if each.router.units else ()
            said += check_gold(first, names, functions)
        return replace(first, notes=tuple(dict.fromkeys(said)))

    def _read(self, contender: Contender) -> Gold:
        from nlp.evaluate.load import Vocabulary, load_gold

        router = contender.router
        directory = open_place(self.place, router)
        words = Vocabulary(directory, router.functions, router.scheme)
        return load_gold(self.gold, words, split=self.split)

    def _print(self, found: Study) -> None:
        from nlp.evaluate.screen import screen_tables
        from nlp.evaluate.tables import Task

        for table in screen_tables(found, Task(self.task)):
            show(table, quiet=self.quiet)
        if found.gate:
            from nlp.evaluate.gate import as_table

            show(as_table(found.gate), quiet=self.quiet)
            say(found.gate.summary, quiet=False)


@dataclass(frozen=True, slots=True)
class ReplyJob:
    """Labelled replies and how long a digest of them may be."""

    gold: Path
    max_chars: int
    quiet: bool

    def measure(self, folders: Sequence[Path | None], origin: Origin) -> Measured:
        """Measure digesters together with the baselines, and print the tables."""
        from nlp.batch.stream.run import Advance
        from nlp.cli.screen import progress
        from nlp.corpus.replies import load_replies
        from nlp.evaluate.replies.report import replies_report
        from nlp.evaluate.replies.run import evaluate_replies
        from nlp.evaluate.replies.tables import as_tables, to_json

        rows = load_replies([self.gold])
        contenders = [self._open(folder) for folder in folders]
        with progress(self.quiet) as tell:
            result = evaluate_replies(
                contenders, rows, self.max_chars, lambda done: tell(Advance(done=done))
            )
        for table in as_tables(result):
            show(table, quiet=self.quiet)
        numbers = to_json(result, gold=origin.gold, command=origin.command)
        return Measured(numbers, partial(replies_report, result, origin))

    def _open(self, folder: Path | None) -> ReplyContender:
        from nlp.evaluate.replies.run import Contender
        from nlp.shipped import shipped
        from nlp.summarize.digester import DigestOptions
        from nlp.summarize.files import load_digester

        options = DigestOptions(max_chars=self.max_chars)
        digester = load_digester(folder or shipped("models") / "replies")
        path = str(folder or "replies")
        return Contender(path, digester.name, lambda items: digester.summarize(items, options))


def _open(folder: Path | None, corpus: Path | None) -> Contender:
    from nlp.evaluate.study import open_contender
    from nlp.shipped import shipped

    path = folder or shipped("models") / "default"
    return open_contender(str(folder or "default"), path, corpus)


def show(table: Table, *, quiet: bool) -> None:
    """Print a table as it stands: a label such as [/x] is no markup of rich's."""
    if not quiet:
        from rich.console import Console

        Console(markup=False, emoji=False).print(table)
