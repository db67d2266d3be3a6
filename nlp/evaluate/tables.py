"""An evaluation for people (a Chinese table, each number explained) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.decision import DecisionScores
from nlp.evaluate.lines import Line, number, percent, rounded, spread
from nlp.evaluate.run import Evaluation
from nlp.evaluate.topics import TopicScores
from nlp.evaluate.units import CoScores, LeadScores

if TYPE_CHECKING:
    from rich.table import Table

SCHEMA = 1


class Task(StrEnum):
    """Which part of an evaluation to show; everything labelled is measured in any case."""

    ALL = "all"
    TOPICS = "topics"
    UNITS = "units"


def summary(evaluation: Evaluation, task: Task = Task.ALL) -> tuple[Line, ...]:
    """Say in Chinese what was measured and how well it went, a line a number."""
    return tuple(_lines(evaluation, task))


def as_table(evaluation: Evaluation, task: Task = Task.ALL) -> Table:
    """Lay the summary out for a terminal."""
    from rich.table import Table

    table = Table(title=f"模型 {evaluation.model} 的评测", title_justify="left")
    for head in ("指标", "结果", "95% 区间", "说明"):
        table.add_column(head, justify="right" if head == "结果" else "left", overflow="fold")
    for line in summary(evaluation, task):
        table.add_row(line.name, line.value, line.interval, line.meaning)
    return table


def to_json(evaluation: Evaluation, *, model: str, gold: str, command: str) -> dict[str, Any]:
    """Return every number under stable names (`schema` rises when one changes).

    :param model: how the model was given, such as a path; its `name@hash` is beside it.
    :param gold: path of the labelled rows.
    :param command: the line that gets the same numbers again.
    """
    content: dict[str, Any] = rounded(asdict(evaluation))
    name = content.pop("model")
    head = {"schema": SCHEMA, "model": model, "model_name": name, "gold": gold, "command": command}
    return head | content


def _lines(evaluation: Evaluation, task: Task) -> Iterator[Line]:
    said = _Said(evaluation.intervals)
    empty = len(evaluation.empty)
    without = f"；其中 {empty} 件没有可读的文字，不计" if empty else ""
    yield Line("评测件数", str(evaluation.rows), f"按“{evaluation.place}”的单位目录{without}")
    if evaluation.topics and task is not Task.UNITS:
        yield from _topic_lines(evaluation.topics, said)
    if task is Task.TOPICS:
        return
    if evaluation.lead:
        yield from _lead_lines(evaluation.lead, said)
    if evaluation.co:
        yield from _co_lines(evaluation.co, said)
    if evaluation.decision:
        yield from _decision_lines(evaluation.decision, said)


@dataclass(frozen=True, slots=True)
class _Said:
    """Lines of figures, with the intervals that belong to their names in the JSON."""

    intervals: Mapping[str, Estimate]

    def share(self, figure: str, name: str, value: float | None, meaning: str) -> Line:
        interval = spread(self.intervals.get(figure), percent)
        return Line(name, percent(value), meaning, interval)

    def measure(self, figure: str, name: str, value: float | None, meaning: str) -> Line:
        return Line(name, number(value), meaning, spread(self.intervals.get(figure), number))

    def calibration(self, figure: str, name: str, error: float) -> Line:
        meaning = "所报把握与实际对错平均相差多少，0 为完全相符"
        return self.measure(figure, name, error, meaning)


def _topic_lines(s: TopicScores, said: _Said) -> Iterator[Line]:
    meaning = f"{s.rows} 件中，首选主题判对的比例"
    yield said.share("topics.accuracy", "主题准确率", s.accuracy, meaning)
    if s.ambiguous_rows:
        clear = f"{s.unambiguous_rows} 件，人工看法一致"
        unclear = f"{s.ambiguous_rows} 件，归两类都说得通"
        names = "topics.unambiguous_accuracy", "topics.ambiguous_accuracy"
        yield said.share(names[0], "　无争议的件", s.unambiguous_accuracy, clear)
        yield said.share(names[1], "　有争议的件", s.ambiguous_accuracy, unclear)
    meaning = "一件标了几个主题时，判中一个就算"
    yield said.share("topics.any_gold", "首选属于任一标注主题", s.any_gold, meaning)
    meaning = "各主题同等看待，冷门主题判不好会拉低它"
    name = "topics.primary_macro_f1"
    yield said.measure(name, "首选主题宏平均 F1", s.primary_macro_f1, meaning)
    name = "topics.unambiguous_macro_f1"
    yield said.measure(name, "　无争议的件 F1", s.unambiguous_macro_f1, "同上，只看无争议的件")
    meaning = "采纳的全部主题与全部标注相比，各主题同等看待"
    yield said.measure("topics.macro_f1", "兼类宏平均 F1", s.macro_f1, meaning)
    yield said.measure("topics.micro_f1", "兼类微平均 F1", s.micro_f1, "同上，按件次合计")
    yield said.calibration("topics.ece", "主题校准误差", s.ece)
    yield from _unknown("主题", s.unknown_labels)


def _lead_lines(s: LeadScores, said: _Said) -> Iterator[Line]:
    meaning = f"{s.rows} 件中，第一个建议就对的比例"
    yield said.share("lead.top1", "主办前 1 命中", s.top1, meaning)
    yield said.share("lead.top3", "主办前 3 命中", s.top3, "正确的主办在前三个建议里的比例")
    yield said.share("lead.top5", "主办前 5 命中", s.top5, "正确的主办在前五个建议里的比例")
    meaning = "各职能同等看待，件数少的职能同样算一份"
    yield said.measure("lead.macro_f1", "主办宏平均 F1", s.macro_f1, meaning)
    yield said.calibration("lead.ece", "主办校准误差", s.ece)
    yield from _unknown("主办职能", s.unknown_labels)


def _co_lines(s: CoScores, said: _Said) -> Iterator[Line]:
    unsaid = f"，另有 {s.skipped_empty} 件未写会办，不计" if s.skipped_empty else ""
    counted = "建议的会办中，标注里确有的比例" if s.precision is not None else "没有建议会办"
    meaning = f"{counted}{unsaid}"
    yield said.share("co.precision", "会办准确率", s.precision, meaning)
    found = f"{s.rows} 件标注的会办中，建议到的比例"
    meaning = found if s.recall is not None else f"这 {s.rows} 件都标着没有会办，无从计算"
    yield said.share("co.recall", "会办召回率", s.recall, meaning)
    yield said.measure("co.f1", "会办 F1", s.f1, "准确率与召回率的调和平均")
    if s.ndcg5 is not None:
        yield said.measure("co.ndcg5", "会办排序 nDCG@5", s.ndcg5, "正确的会办排得越靠前越接近 1")
    yield from _unknown("会办职能", s.unknown_labels)


def _decision_lines(s: DecisionScores, said: _Said) -> Iterator[Line]:
    meaning = f"要求准确率 {percent(s.requested)} 时，不必人工看的件所占比例"
    yield said.share("decision.auto", "可自动分办", s.auto, meaning)
    reached = f"这 {s.auto_rows} 件实际判对的比例" if s.auto_rows else "没有可自动分办的件"
    yield said.share("decision.precision", "自动分办准确率", s.precision, reached)
    meaning = "把握不够，列出建议由人定"
    yield said.share("decision.review", "需要复核", s.review, meaning)
    meaning = "不像提案，或模型没见过这类文字"
    yield said.share("decision.abstain", "不作判断", s.abstain, meaning)
    meaning = "把握大的先办时的平均出错率，越小越好"
    yield said.measure("decision.aurc", "风险覆盖面积", s.aurc, meaning)


def _unknown(what: str, labels: dict[str, int]) -> Iterator[Line]:
    if labels:
        shown = "、".join(f"{label}×{count}" for label, count in labels.items())
        yield Line(f"模型没有的{what}", str(sum(labels.values())), f"一律算错：{shown}")
