"""The workbook staff work on: 结果, 待复核 (most doubtful first), 出错, 说明."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.batch.ordering import sorted_rows
from nlp.batch.records import DECISIONS, confidence, decision_name, percent, topic_names
from nlp.batch.result import Results
from nlp.batch.sheets import (
    MANY_ROWS,
    SEPARATOR,
    Layout,
    count_rows,
    error_sheet,
    facts_sheet,
    reading_rows,
)
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
    path: Path, results: Results[Suggestion], tally: Tally, facts: RunFacts
) -> Written:
    """Write the four sheets; original columns follow the results, nothing is dropped."""
    doubtful = (i for i in results if not i.error and i.decision is not Decision.AUTO)
    review = sorted_rows((confidence(i), _review_row(i)) for i in doubtful)
    choices = {3: facts.topic_names, 6: facts.unit_names}
    sheets = [
        RESULTS.sheet("结果", results),
        Sheet("待复核", REVIEW_HEAD, review, REVIEW_WIDTHS, choices),
        error_sheet(results if tally.failed else ()),
        facts_sheet(_facts_rows(tally, facts)),
    ]
    return write_workbook(path, sheets, flat_memory=tally.rows > MANY_ROWS)


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


def _facts_rows(tally: Tally, facts: RunFacts) -> Iterator[list[str]]:
    yield ["输入", facts.source]
    yield ["模型", facts.model]
    yield ["单位目录", facts.place]
    yield ["要求的准确率", f"{facts.precision:.0%}（达到这一把握的才建议自动分办）"]
    yield from count_rows(tally)
    for decision, count in sorted(tally.decisions.items()):
        yield [f"其中：{DECISIONS[decision]}", tally.share(count)]
    for name, count in tally.topics.most_common():
        yield [f"主题 {name}", tally.share(count)]
    for name, count in tally.units.most_common():
        yield [f"主办 {name}", tally.share(count)]
    yield from reading_rows(facts.columns, facts.notes)
    yield ["怎么用", "在“待复核”表的“确认…”列里改正后保存；把握低的排在前面。"]


RESULTS = Layout(RESULT_HEAD, result_cells, RESULT_WIDTHS)
