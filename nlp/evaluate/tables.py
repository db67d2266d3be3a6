"""An evaluation for people (a Chinese table, each number explained) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from nlp.evaluate.decision import DecisionScores
from nlp.evaluate.lines import Line, number, percent, rounded
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
    for head in ("指标", "结果", "说明"):
        table.add_column(head, justify="right" if head == "结果" else "left", overflow="fold")
    for line in summary(evaluation, task):
        table.add_row(line.name, line.value, line.meaning)
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
    empty = len(evaluation.empty)
    without = f"；其中 {empty} 件没有可读的文字，不计" if empty else ""
    yield Line("评测件数", str(evaluation.rows), f"按“{evaluation.place}”的单位目录{without}")
    if evaluation.topics and task is not Task.UNITS:
        yield from _topic_lines(evaluation.topics)
    if task is Task.TOPICS:
        return
    if evaluation.lead:
        yield from _lead_lines(evaluation.lead)
    if evaluation.co:
        yield from _co_lines(evaluation.co)
    if evaluation.decision:
        yield from _decision_lines(evaluation.decision)


def _topic_lines(scores: TopicScores) -> Iterator[Line]:
    yield Line("主题准确率", percent(scores.accuracy), f"{scores.rows} 件中，首选主题判对的比例")
    if scores.ambiguous_rows:
        clear, unclear = scores.unambiguous_rows, scores.ambiguous_rows
        yield Line(
            "　无争议的件", percent(scores.unambiguous_accuracy), f"{clear} 件，人工看法一致"
        )
        yield Line(
            "　有争议的件", percent(scores.ambiguous_accuracy), f"{unclear} 件，归两类都说得通"
        )
    yield Line("首选属于任一标注主题", percent(scores.any_gold), "一件标了几个主题时，判中一个就算")
    yield Line(
        "首选主题宏平均 F1",
        number(scores.primary_macro_f1),
        "各主题同等看待，冷门主题判不好会拉低它",
    )
    yield Line("　无争议的件 F1", number(scores.unambiguous_macro_f1), "同上，只看无争议的件")
    yield Line(
        "兼类宏平均 F1", number(scores.macro_f1), "采纳的全部主题与全部标注相比，各主题同等看待"
    )
    yield Line("兼类微平均 F1", number(scores.micro_f1), "同上，按件次合计")
    yield _calibration("主题校准误差", scores.ece)
    yield from _unknown("主题", scores.unknown_labels)


def _lead_lines(scores: LeadScores) -> Iterator[Line]:
    yield Line("主办前 1 命中", percent(scores.top1), f"{scores.rows} 件中，第一个建议就对的比例")
    yield Line("主办前 3 命中", percent(scores.top3), "正确的主办在前三个建议里的比例")
    yield Line("主办前 5 命中", percent(scores.top5), "正确的主办在前五个建议里的比例")
    yield Line("主办宏平均 F1", number(scores.macro_f1), "各职能同等看待，件数少的职能同样算一份")
    yield _calibration("主办校准误差", scores.ece)
    yield from _unknown("主办职能", scores.unknown_labels)


def _co_lines(scores: CoScores) -> Iterator[Line]:
    unsaid = f"，另有 {scores.skipped_empty} 件未写会办，不计" if scores.skipped_empty else ""
    yield Line("会办准确率", percent(scores.precision), f"建议的会办中，标注里确有的比例{unsaid}")
    yield Line("会办召回率", percent(scores.recall), f"{scores.rows} 件标注的会办中，建议到的比例")
    yield Line("会办 F1", number(scores.f1), "准确率与召回率的调和平均")
    if scores.ndcg5 is not None:
        yield Line("会办排序 nDCG@5", number(scores.ndcg5), "正确的会办排得越靠前越接近 1")
    yield from _unknown("会办职能", scores.unknown_labels)


def _decision_lines(scores: DecisionScores) -> Iterator[Line]:
    wanted = percent(scores.requested)
    yield Line(
        "可自动分办", percent(scores.auto), f"要求准确率 {wanted} 时，不必人工看的件所占比例"
    )
    reached = (
        f"这 {scores.auto_rows} 件实际判对的比例" if scores.auto_rows else "没有可自动分办的件"
    )
    yield Line("自动分办准确率", percent(scores.precision), reached)
    yield Line("需要复核", percent(scores.review), "把握不够，列出建议由人定")
    yield Line("不作判断", percent(scores.abstain), "不像提案，或模型没见过这类文字")
    yield Line("风险覆盖面积", number(scores.aurc), "把握大的先办时的平均出错率，越小越好")


def _calibration(name: str, error: float) -> Line:
    return Line(name, number(error), "所报把握与实际对错平均相差多少，0 为完全相符")


def _unknown(what: str, labels: dict[str, int]) -> Iterator[Line]:
    if labels:
        shown = "、".join(f"{label}×{count}" for label, count in labels.items())
        yield Line(f"模型没有的{what}", str(sum(labels.values())), f"一律算错：{shown}")
