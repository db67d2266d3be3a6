"""Every number of one digester, a line each, with what it means to a clerk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.lines import Line, number, percent
from nlp.evaluate.replies.labels import FlagScores, MentionScores
from nlp.evaluate.replies.outcomes import OutcomeScores
from nlp.evaluate.replies.run import ModelResult, ReplyEvaluation
from nlp.evaluate.replies.texts import TextScores

SHOWN = 5
"""How many rows or claims a line or remark names."""
BASES = {
    "phrase": "按答复里的固定语句",
    "letter": "按类别字母",
    "model": "由模型判断",
    "none": "没有依据",
}
FLAGS = {
    "vague": "空泛",
    "policy_only": "只讲政策",
    "off_topic": "答非所问",
    "no_deadline": "没有时限",
    "no_contact": "没有联系人",
    "no_signature": "没有落款",
    "too_short": "过短",
    "forwarded": "只转办",
    "template": "套用模板",
    "copied": "照抄来件",
    "truncated": "没有读完",
    "not_chinese": "不是中文",
}
"""Short names of warnings, for tables; a code without one shows as it is."""


def summary(evaluation: ReplyEvaluation, model: ModelResult) -> tuple[Line, ...]:
    """Say in Chinese how well one model did, a line a number."""
    return tuple(_lines(evaluation, model))


def _lines(evaluation: ReplyEvaluation, model: ModelResult) -> Iterator[Line]:
    budget = f"每份摘要最多 {evaluation.max_chars} 字"
    failed = f"；其中 {len(model.failed)} 件没有摘出来，按空摘要算" if model.failed else ""
    yield Line("评测件数", str(len(evaluation.rows)), f"{budget}{failed}")
    yield from _kept_lines(model.text.scores)
    yield from _text_lines(evaluation, model.text.scores)
    if model.outcome:
        yield from _outcome_lines(model.outcome)
    if model.units:
        yield from _unit_lines(model.units)
    if model.flags:
        yield from _flag_lines(model.flags)
    speed = f"{model.replies_per_second:.0f}"
    yield Line("速度（件/秒）", speed, "在这台机器上，摘要、结果、警示一起算")


def _kept_lines(scores: TextScores) -> Iterator[Line]:
    if scores.fact_recall:
        meaning = f"人工标的 {scores.facts} 个要点中，摘要里原样写着的比例"
        yield Line("要点保全率", percent(scores.fact_recall.value), meaning)
        yield _interval(scores.fact_recall, percent)
    if scores.rouge_l:
        yield Line("ROUGE-1", number(scores.rouge_1), f"{scores.rouge_rows} 件与人写摘要同字的程度")
        yield Line("ROUGE-2", number(scores.rouge_2), "与人写摘要连续两字相同的程度")
        yield Line(
            "ROUGE-L", number(scores.rouge_l.value), "字和先后次序都与人写摘要相同的程度，1 为全同"
        )
        yield _interval(scores.rouge_l, number)


def _interval(found: Estimate, write: Callable[[float], str]) -> Line:
    return Line(
        "　95% 区间", f"{write(found.low)}–{write(found.high)}", "换一批答复来量，多半落在这里"
    )


def _text_lines(evaluation: ReplyEvaluation, scores: TextScores) -> Iterator[Line]:
    written = evaluation.reference
    beside = f"；人写的参考摘要平均 {written.scores.chars:.0f} 字" if written else ""
    yield Line("平均字数", f"{scores.chars:.0f}", f"不计空白{beside}")
    yield Line("压缩比", percent(scores.compression), "摘要的字数占答复字数的比例")
    yield Line("超长的摘要", percent(scores.over_budget), f"超过 {evaluation.max_chars} 字的比例")
    found = scores.faithfulness
    if found.share is None:
        return
    said = found.figure.said + found.date.said + found.unit.said
    meaning = f"摘要里 {said} 处数字、日期、单位名中，答复原文里有的比例"
    yield Line("数字单位有据", percent(found.share), meaning)
    if found.violations:
        shown = "；".join(f"{v.id}：{v.text}" for v in found.violations[:SHOWN])
        more = "…" if len(found.violations) > SHOWN else ""
        yield Line("　原文里没有的", str(len(found.violations)), f"{shown}{more}")


def _outcome_lines(scores: OutcomeScores) -> Iterator[Line]:
    yield Line(
        "办理结果准确率",
        percent(scores.accuracy),
        f"{scores.rows} 件；一律判成最多的一类可对 {percent(scores.majority)}",
    )
    yield Line("办理结果宏平均 F1", number(scores.macro_f1), "四类同等看待，少见的一类同样算一份")
    for basis in scores.by_basis:
        yield Line(
            f"　{BASES.get(basis.kind, basis.kind)}", percent(basis.accuracy), f"{basis.rows} 件"
        )
    yield Line(
        "办理结果校准误差", number(scores.ece), "所报把握与实际对错平均相差多少，0 为完全相符"
    )


def _unit_lines(scores: MentionScores) -> Iterator[Line]:
    yield Line(
        "单位准确率", percent(scores.precision), f"找出的 {scores.said} 个单位中，标注里确有的比例"
    )
    yield Line("单位召回率", percent(scores.recall), f"标注的 {scores.gold} 个单位中，找到的比例")
    yield Line("单位 F1", number(scores.f1), "准确率与召回率的调和平均")


def _flag_lines(scores: FlagScores) -> Iterator[Line]:
    yield Line("警示 F1", number(scores.micro.f1), f"{scores.rows} 件，各种警示按件次合计")
    for code in scores.codes:
        both = f"准确率 {percent(code.precision)}，召回率 {percent(code.recall)}"
        meaning = f"{both}；标了 {code.support} 件"
        yield Line(f"　{flag_name(code.label)}", number(code.f1), meaning)
    if scores.unlabelled:
        shown = "、".join(f"{flag_name(c)}×{n}" for c, n in scores.unlabelled.items())
        yield Line("　标注里没有的警示", str(sum(scores.unlabelled.values())), f"对错不知：{shown}")


def flag_name(code: str) -> str:
    """Return what a warning is called, with its stable code."""
    return f"{FLAGS[code]}（{code}）" if code in FLAGS else code
