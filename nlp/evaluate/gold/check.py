"""What gold and a model have to do with each other, said before anything is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import InputError
from nlp.evaluate.folding import folding
from nlp.evaluate.gold.repeats import contradiction_notes
from nlp.evaluate.gold.rows import Gold
from nlp.evaluate.gold.said import examples, listed, nearest, short, spots
from nlp.taxonomy import folds

if TYPE_CHECKING:
    from nlp.taxonomy import Function

FEWEST = 30
"""With fewer labelled rows an interval is about 35 points wide, whatever was measured."""
ADAPT = (
    "类别是本单位自己的，请先适配：fenban train 历史表 --base models/default --out models/本单位，"
    "再用 --model models/本单位 评测；按别的主题方案标的，"
    "要用 fenban train 语料 --scheme 方案.yaml 训练出的模型"
)
UNITS = (
    "主办要写模型职能的键（如 education），或者在表格里写单位名，并用 --place 指定本地的单位目录"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One task: each row's labels as the model would call them, and the names it knows.

    `names` maps the model's labels to Chinese names; `single` tasks have one answer a row,
    the first label.
    """

    what: str
    gold: tuple[tuple[str, ...], ...]
    names: Mapping[str, str]
    hint: str
    single: bool = True

    @property
    def labels(self) -> Counter[str]:
        return Counter(label for labels in self.gold for label in labels)

    @property
    def answers(self) -> Counter[str]:
        return Counter(labels[0] for labels in self.gold if labels)

    @property
    def foreign(self) -> bool:
        """Tell that not one gold label is the model's."""
        return not set(self.labels) & set(self.names)


def check_gold(
    gold: Gold, topics: Mapping[str, str], functions: Sequence[Function]
) -> tuple[str, ...]:
    """Say in Chinese what makes figures of these rows and this model doubtful.

    :param topics: Chinese names of the model's topics by key; empty if it tells none.
    :param functions: the functions that it tells; empty if it tells none.

    Raises InputError if no label of gold is one of the model's.
    """
    from nlp.evaluate.run import row_groups

    sides = [side for side in _sides(gold, topics, functions) if side.names and side.labels]
    lost = [side for side in sides if side.foreign]
    if sides and len(lost) == len(sides):
        apart = "；".join(_apart(side, gold.where) for side in lost)
        raise InputError(
            f"标准答案和模型没有一个标签相同，评测不了：{apart}。",
            "；".join(dict.fromkeys(side.hint for side in lost)) + "。",
        )
    notes = [note for side in sides for note in _notes(side, gold.where)]
    return (*notes, *contradiction_notes(gold, row_groups(gold.rows)))


def _sides(
    gold: Gold, topics: Mapping[str, str], functions: Sequence[Function]
) -> tuple[Side, ...]:
    columns = folding([each.key for each in functions], folds(functions))
    held = {each.key: each.name for each in functions}
    names = {key: held.get(key, key) for key in columns.labels}

    def folded(labels: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(columns.label, labels)))

    leads = tuple(folded((row.lead,) if row.lead else ()) for row in gold.rows)
    helpers = tuple(folded(row.co or ()) for row in gold.rows)
    return (
        Side("主题", tuple(row.topics or () for row in gold.rows), topics, ADAPT),
        Side("主办", leads, names, UNITS),
        Side("会办", helpers, names, UNITS, single=False),
    )


def _apart(side: Side, where: Sequence[str]) -> str:
    told = listed(_unknown(side, where), lambda label: nearest(label, side.names))
    return f"标的{side.what}是 {told}，模型的是 {examples(side.names)}"


def _notes(side: Side, where: Sequence[str]) -> Iterator[str]:
    if side.foreign:
        apart = _apart(side, where)
        yield f"{side.what}一项的数字没有意义，没有一个标签相同：{apart}。{side.hint}。"
    elif unknown := _unknown(side, where):
        shown = listed(unknown, lambda label: nearest(label, side.names))
        rows = sum(map(len, unknown.values()))
        yield f"有 {rows} 处{side.what}是模型没有的 {len(unknown)} 种标签，一律算错：{shown}。"
    if side.single:
        yield from _thin(side, where)


def _unknown(side: Side, where: Sequence[str]) -> dict[str, list[str]]:
    """Return the labels that the model lacks with the rows that have them."""
    found: dict[str, list[str]] = {}
    for labels, row in zip(side.gold, where, strict=True):
        for label in labels:
            if label not in side.names:
                found.setdefault(label, []).append(row)
    return found


def _thin(side: Side, where: Sequence[str]) -> Iterator[str]:
    """Say that the answers are too few, or all the same."""
    answers, rows = side.answers, side.answers.total()
    if rows < FEWEST:
        own = [row for labels, row in zip(side.gold, where, strict=True) if labels]
        yield (
            f"标了{side.what}的只有 {rows} 行（{spots(own)}），太少：区间会很宽，好坏都不能下结论；"
            f"至少要 {FEWEST} 行，几百行才稳。"
        )
    if len(answers) == 1:
        label = next(iter(answers))
        yield (
            f"{rows} 行的{side.what}全是“{short(side.names.get(label, label))}”：总这样答也全对，"
            "准确率说明不了模型会不会区分。"
        )
