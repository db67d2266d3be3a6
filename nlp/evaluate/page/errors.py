"""Tables of what the analysis of errors found, a model and a task at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from nlp.evaluate.charts import Cell as Count
from nlp.evaluate.charts import Grid, plain, shaded
from nlp.evaluate.errors.confusion import OTHER
from nlp.evaluate.errors.slices import SliceKind
from nlp.evaluate.lines import NONE
from nlp.evaluate.page.sheets import (
    Cell,
    Column,
    Shape,
    Sheet,
    count,
    estimated,
    share,
    sheet,
    shortened,
    words,
)
from nlp.evaluate.words import margin, margin_span

if TYPE_CHECKING:
    from nlp.corpus.audit import Contradiction, Doubt
    from nlp.evaluate.errors.analysis import TaskAnalysis
    from nlp.evaluate.errors.confusion import Confusion
    from nlp.evaluate.errors.leakage import Leak, Leakage
    from nlp.evaluate.errors.mistakes import Mistake
    from nlp.evaluate.errors.slices import Slice

_ACCURACY = "topics.accuracy"
"""Any figure that is a share: margins of slices are written like its."""
_TOGETHER = 6
"""Rows of one contradiction that are shown."""
_KINDS: Mapping[SliceKind, str] = {
    SliceKind.LENGTH: "文字长短",
    SliceKind.DAMAGE: "格式",
    SliceKind.PLACE: "地方",
    SliceKind.YEAR: "年份",
    SliceKind.KIND: "种类",
}


def confusion_grid(found: Confusion) -> Grid:
    """Shade a confusion; of labels that are counted together, right and wrong can't be told."""
    rows = tuple((name, tuple(_counts(found, number))) for number, name in enumerate(found.names))
    return Grid(found.names, rows)


def _counts(found: Confusion, gold: int) -> Iterator[Count]:
    counts = found.counts[gold]
    for said, value in enumerate(counts):
        if gold == said and found.labels[gold] == OTHER:
            yield plain(value)
        else:
            yield shaded(value, sum(counts), right=gold == said)


def other_note(found: Confusion) -> str:
    """Say what the corner of labels that are counted together holds; empty without them."""
    if OTHER not in found.labels:
        return ""
    both = found.counts[-1][-1]
    inside = f"标注和所判都在其中的 {both} 件里，判对 {found.other_right} 件"
    return f"“其他”是件数少或很少混的各类；{inside}。"


def confused(label: str, found: TaskAnalysis) -> Sheet:
    """List the pairs that are confused most often."""
    rows = [
        (words(each.gold_name), words(each.said_name), count(each.count)) for each in found.confused
    ]
    columns = (Column("应是"), Column("判成"), Column("件数", True))
    return sheet(f"{label}：最常混的", columns, rows)


def slices(label: str, found: TaskAnalysis) -> Sheet:
    """List how well each part of the rows is answered."""
    heads = ("件数", "判对", "与其余各件相差", "相差的区间")
    columns = (Column("按"), Column("哪些件"), *(Column(head, True) for head in heads))
    rows = [_slice(each) for each in found.slices]
    return sheet(f"{label}：分组看", (*columns, Column("判断")), rows)


def _slice(each: Slice) -> tuple[Cell, ...]:
    name = f"{each.name}（{each.pooled} 组合计）" if each.pooled else each.name
    apart = gap = Cell(NONE, -9.0)
    if each.margin:
        apart = Cell(margin(_ACCURACY, each.margin), round(each.margin.value, 4))
        gap = Cell(margin_span(_ACCURACY, each.margin), round(each.margin.low, 4))
    judged = words("明显较差", mark="bad") if each.worse else words("")
    right = estimated(_ACCURACY, each.figure)
    return words(_KINDS[each.kind]), words(name), count(each.rows), right, apart, gap, judged


def mistakes(label: str, found: TaskAnalysis) -> Sheet:
    """List the wrong answers that the model was surest of, and why it gave them."""
    columns = [
        Column("件"),
        Column("标准答案"),
        Column("判为"),
        Column("把握", True),
        Column("依据"),
    ]
    rows = [_mistake(each) for each in found.mistakes]
    return sheet(f"{label}：把握最大却判错的", columns, rows, shape=Shape.FOLDS)


def _mistake(each: Mistake) -> tuple[Cell, ...]:
    below = f"{each.id}，有争议" if each.ambiguous else each.id
    reasons = "；".join(shortened(line) for line in each.evidence)
    return (
        words(each.title, below),
        words(each.gold),
        words(each.said, mark="bad"),
        share(each.confidence),
        Cell(reasons or NONE, reasons),
    )


def doubts(label: str, found: TaskAnalysis) -> Sheet:
    """List gold labels that may be wrong, the most doubtful first."""
    heads = (Column("件"), Column("标准答案"), Column("可能应是"), Column("可能性", True))
    rows = [_doubt(each) for each in found.doubts.doubts]
    return sheet(f"{label}：可能标错的", heads, rows, shape=Shape.FOLDS)


def _doubt(each: Doubt) -> tuple[Cell, ...]:
    return (
        words(each.title, each.id),
        words(each.given),
        words(each.suggested),
        share(each.confidence),
    )


def contradictions(label: str, found: TaskAnalysis) -> Sheet:
    """List near-duplicates that are labelled differently, a group a row."""
    rows = [_contradiction(each) for each in found.doubts.contradictions]
    columns = (Column("几乎相同的件"), Column("各标为"), Column("件数", True))
    return sheet(f"{label}：标得不一样的", columns, rows, shape=Shape.FOLDS)


def _contradiction(each: Contradiction) -> tuple[Cell, ...]:
    shown = [f"{shortened(title)}（{id_}）：{label}" for id_, title, label in each.rows[:_TOGETHER]]
    left = len(each.rows) - len(shown)
    more = (f"另有 {left} 件",) if left else ()
    labels = "、".join(dict.fromkeys(label for _, _, label in each.rows))
    return words(each.rows[0][1], *shown, *more), words(labels), count(len(each.rows))


def leaks(label: str, found: Leakage) -> Sheet:
    """List gold rows that the model has learned from."""
    columns = (Column("评测的件"), Column("训练语料里的件"), Column("相似度", True))
    rows = [_leak(each) for each in found.pairs]
    return sheet(f"{label}：与训练语料重复的件", columns, rows, shape=Shape.FOLDS)


def _leak(each: Leak) -> tuple[Cell, ...]:
    return (
        words(each.title, each.id),
        words(each.training_title, each.training_id),
        Cell(f"{each.similarity:.0f}%", each.similarity),
    )
