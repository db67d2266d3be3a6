"""The workbook staff work on: 结果, 待复核 (most doubtful first), 出错, 说明."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.batch.records import DECISIONS, confidence, decision_name, percent, topic_names
from nlp.batch.tally import Tally
from nlp.io.write import Sheet, Written, write_workbook
from nlp.types import Decision, Suggestion

RESULT_HEAD = (
    "编号", "标题", "主题", "主题把握", "主办单位", "把握", "其他可能的主办单位",
    "会办单位", "处理建议", "理由", "来源",
)  # fmt: skip
RESULT_WIDTHS = (10, 44, 18, 9, 20, 7, 34, 26, 16, 50, 24)
REVIEW_HEAD = (
    "编号", "标题", "建议主题", "确认主题", "建议主办单位", "把握", "确认主办单位",
    "其他可能的主办单位", "建议会办单位", "确认会办单位", "处理建议", "理由", "备注", "来源",
)  # fmt: skip
REVIEW_WIDTHS = (10, 44, 18, 14, 20, 7, 20, 34, 26, 26, 16, 50, 20, 24)
ERROR_HEAD = ("编号", "标题", "原因", "文件", "表", "行")
SEPARATOR = "、"
MANY_ROWS = 50_000
"""Beyond this many rows memory counts for more than speed."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the 说明 sheet tells about a run, beside its figures."""

    source: str
    model: str
    place: str
    precision: float
    columns: Sequence[str]
    notes: Sequence[str]
    topic_names: Sequence[str]
    unit_names: Sequence[str]


def write_results(
    path: Path, items: Sequence[Suggestion], tally: Tally, facts: RunFacts
) -> Written:
    """Write the four sheets; original columns follow the results, nothing is dropped."""
    heads = own_heads(item.given for item in items)
    review = [i for i in items if not i.error and i.decision is not Decision.AUTO]
    review.sort(key=confidence)
    failed = [i for i in items if i.error]
    choices = {3: facts.topic_names, 6: facts.unit_names}
    sheets = [
        Sheet("结果", (*RESULT_HEAD, *own_names(heads)), result_rows(items, heads), RESULT_WIDTHS),
        Sheet("待复核", REVIEW_HEAD, (_review_row(i) for i in review), REVIEW_WIDTHS, choices),
        Sheet("出错", ERROR_HEAD, (_error_row(i) for i in failed), (10, 44, 60, 24, 14, 8)),
        Sheet("说明", ("项目", "内容"), _facts_rows(tally, facts), (26, 90)),
    ]
    return write_workbook(path, sheets, flat_memory=len(items) > MANY_ROWS)


def own_heads(given: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the heads of all original columns, in order of first appearance."""
    return list(dict.fromkeys(head for cells in given for head in cells))


def own_names(heads: Sequence[str]) -> list[str]:
    """Name the original columns behind the results: 原标题 where 标题 is taken."""
    taken = set(RESULT_HEAD)
    names = []
    for head in heads:
        name = head
        while name in taken:
            name = f"原{name}"
        taken.add(name)
        names.append(name)
    return names


def result_rows(items: Sequence[Suggestion], heads: Sequence[str]) -> Iterator[list[str]]:
    for item in items:
        yield result_cells(item) + [item.given.get(head, "") for head in heads]


def result_cells(item: Suggestion) -> list[str]:
    """Return the cells under RESULT_HEAD."""
    return [
        item.id,
        item.title,
        SEPARATOR.join(topic_names(item)),
        percent(item.topics[0].probability) if item.topics else "",
        item.lead[0].unit if item.lead else "",
        percent(item.lead[0].probability) if item.lead else "",
        _others(item),
        SEPARATOR.join(u.unit for u in item.co),
        decision_name(item),
        item.error or reasons(item),
        str(item.source),
    ]


def reasons(item: Suggestion) -> str:
    return "；".join(e.text for e in item.evidence)


def _others(item: Suggestion) -> str:
    return SEPARATOR.join(f"{u.unit} {percent(u.probability)}" for u in item.lead[1:4])


def _review_row(item: Suggestion) -> list[str]:
    """Return a row whose 确认 cells hold the suggestion, to be kept or corrected."""
    topics, lead = topic_names(item), item.lead[0].unit if item.lead else ""
    co = SEPARATOR.join(u.unit for u in item.co)
    known = item.decision is not Decision.ABSTAIN
    return [
        item.id,
        item.title,
        SEPARATOR.join(topics),
        topics[0] if topics and known else "",
        lead,
        percent(confidence(item)),
        lead if known else "",
        _others(item),
        co,
        co if known else "",
        decision_name(item),
        reasons(item),
        "",
        str(item.source),
    ]


def _error_row(item: Suggestion) -> list[str]:
    source = item.source
    row = str(source.row) if source.row is not None else ""
    return [item.id, item.title, item.error or "", source.file, source.sheet or "", row]


def _facts_rows(tally: Tally, facts: RunFacts) -> Iterator[list[str]]:
    yield ["输入", facts.source]
    yield ["模型", facts.model]
    yield ["单位目录", facts.place]
    yield ["要求的准确率", f"{facts.precision:.0%}（达到这一把握的才建议自动分办）"]
    yield ["总件数", str(tally.rows)]
    yield ["完成", str(tally.rows - tally.failed)]
    yield ["出错", str(tally.failed)]
    for decision, count in sorted(tally.decisions.items()):
        yield [f"其中：{DECISIONS[decision]}", f"{count}（{_share(count, tally)}）"]
    for name, count in tally.topics.most_common():
        yield [f"主题 {name}", f"{count}（{_share(count, tally)}）"]
    for name, count in tally.units.most_common():
        yield [f"主办 {name}", f"{count}（{_share(count, tally)}）"]
    for line in facts.columns:
        yield ["识别的列", line]
    for note in facts.notes:
        yield ["提示", note]
    yield ["怎么用", "在“待复核”表的“确认…”列里改正后保存；把握低的排在前面。"]


def _share(count: int, tally: Tally) -> str:
    done = tally.rows - tally.failed
    return percent(count / done) if done else "0%"
