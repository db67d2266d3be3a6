"""The workbook of a run over replies: 摘要, 待核 (most doubtful first), 出错, 说明."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.batch.columns import DIGESTED
from nlp.batch.digest_tally import DigestTally
from nlp.batch.digests import (
    UNSURE,
    basis_text,
    doubt,
    figures_text,
    needs_check,
    outcome_name,
    sureness,
    unit_names,
    warnings,
)
from nlp.batch.ordering import sorted_rows
from nlp.batch.outputs import write_any
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
from nlp.io.write import Sheet, Written, write_workbook
from nlp.summarize.digest import OUTCOME_NAMES, Digest

DIGEST_HEAD = (
    "编号", "标题", "摘要", "办理结果", "把握", "依据", "数字", "涉及单位", "提示", "来源",
)  # fmt: skip
DIGEST_WIDTHS = (10, 36, 70, 18, 7, 30, 30, 24, 40, 24)
CHECK_HEAD = (
    "编号", "标题", "摘要", "办理结果", "确认结果", "把握", "依据", "提示", "备注", "来源",
)  # fmt: skip
CHECK_WIDTHS = (10, 36, 70, 18, 18, 7, 30, 40, 20, 24)
METHODS = {"extractive": "摘自原文", "abstractive": "模型改写（数字和名称与原文核对过）"}


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What the 说明 sheet tells about a run, beside its figures."""

    source: str
    model: str
    method: str
    max_chars: int
    scheme: str
    columns: Sequence[str]
    notes: Sequence[str]


def write_digests(
    path: Path, results: Results[Digest], tally: DigestTally, facts: Callable[[], DigestFacts]
) -> Written:
    """Write digests to `path`; `facts` is asked only for what needs them."""
    return write_any(
        path,
        results,
        DIGESTS,
        DIGESTED,
        lambda: _write_workbook(path, results, tally, facts()),
    )


def digest_cells(item: Digest) -> list[str]:
    """Return the cells under DIGEST_HEAD."""
    return [
        item.id,
        item.title,
        item.summary,
        outcome_name(item),
        sureness(item),
        basis_text(item),
        figures_text(item),
        SEPARATOR.join(unit_names(item)),
        warnings(item),
        str(item.source),
    ]


def _write_workbook(
    path: Path, results: Results[Digest], tally: DigestTally, facts: DigestFacts
) -> Written:
    doubtful = sorted_rows((doubt(i), _check_row(i)) for i in results if needs_check(i))
    choices = {CHECK_HEAD.index("确认结果"): tuple(OUTCOME_NAMES.values())}
    sheets = [
        DIGESTS.sheet("摘要", results),
        Sheet("待核", CHECK_HEAD, doubtful, CHECK_WIDTHS, choices),
        error_sheet(results if tally.failed else ()),
        facts_sheet(_facts_rows(tally, facts)),
    ]
    return write_workbook(path, sheets, flat_memory=tally.rows > MANY_ROWS)


def _check_row(item: Digest) -> list[str]:
    return [
        item.id,
        item.title,
        item.summary,
        outcome_name(item),
        "",
        sureness(item),
        basis_text(item),
        warnings(item),
        "",
        str(item.source),
    ]


def _facts_rows(tally: DigestTally, facts: DigestFacts) -> Iterator[list[str]]:
    yield ["输入", facts.source]
    yield ["模型", facts.model]
    yield ["摘要写法", f"{METHODS[facts.method]}，每件不超过 {facts.max_chars} 字"]
    yield ["办理结果分类", facts.scheme]
    yield from count_rows(tally)
    for name, count in tally.by_outcome():
        yield [f"其中：{name}", tally.share(count)]
    yield ["有提示", tally.share(tally.flagged)]
    for code, count in tally.flags.most_common():
        yield [f"提示：{tally.messages[code]}", tally.share(count)]
    yield ["待核", f"{tally.share(tally.to_check)}：有提示，或办理结果的把握不到 {UNSURE:.0%}"]
    yield from reading_rows(facts.columns, facts.notes)
    yield ["怎么用", "在“待核”表的“确认结果”列里选定后保存；把握低的排在前面。"]


DIGESTS = Layout(DIGEST_HEAD, digest_cells, DIGEST_WIDTHS)
