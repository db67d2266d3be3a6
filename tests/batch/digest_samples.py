"""Digests as a model would make them, without one."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.batch.digest_workbook import DigestFacts
from nlp.batch.digests import to_digest_record
from nlp.batch.result import Listed
from nlp.summarize.digest import Basis, Digest, Flag, Measure, UnitMention
from nlp.text.figures import Figure
from nlp.text.spans import Span
from nlp.types import Outcome, RowRef

REPLY = "一是县住建局已修复路灯36盏，投资12.5万元；二是2025年9月18日前县住建局再查一遍。"
FIGURES = (
    Figure("count", "36盏", Span(12, 15), 36.0, unit="盏"),
    Figure("money", "12.5万元", Span(18, 24), 125000.0, unit="元"),
    Figure("date", "2025年9月18日前", Span(27, 38), date="2025-09-18", deadline=True),
    Figure("count", "36盏", Span(12, 15), 36.0, unit="盏"),
)
LATE = Flag("deadline_unclear", "只说“尽快”，没有时限。")
VAGUE = Flag("no_figures", "通篇没有数字。")


def digest(number: int, chance: float, outcome: Outcome | None, **more: object) -> Digest:
    values: dict = {
        "id": f"{number:03d}",
        "title": f"关于修第{number}条路路灯的建议",
        "summary": "县住建局已修复路灯36盏；2025年9月18日前再查一遍。",
        "spans": (Span(2, 15), Span(27, 43)),
        "outcome": outcome,
        "outcome_probability": chance,
        "basis": Basis("phrase", "已修复") if outcome else None,
        "figures": FIGURES,
        "units": (
            UnitMention("县住建局", Span(2, 6)),
            UnitMention("城关镇", Span(38, 41)),
            UnitMention("县住建局", Span(38, 42)),
        ),
        "measures": (Measure(Span(0, 25), "done"), Measure(Span(25, 45), "next")),
        "model": "replies@12345678",
        "source": RowRef("答复.xlsx", "第一批", number + 1),
        "given": {"编号": f"{number:03d}", "答复": REPLY, "联系电话": "013800001111"},
        **more,
    }
    return Digest(**values)


def broken(number: int) -> Digest:
    return Digest(
        f"{number:03d}",
        "关于修桥的建议",
        model="replies@12345678",
        error="答复是空的。",
        source=RowRef("答复.xlsx", "第一批", number + 1),
        given={"编号": f"{number:03d}", "答复": "", "联系电话": "1"},
    )


MIXED = [
    digest(1, 1.0, Outcome.SOLVED),
    digest(2, 0.95, Outcome.PLANNED, flags=(LATE, VAGUE)),
    broken(3),
    digest(4, 0.41, Outcome.EXPLAINED, basis=Basis("model", "请您理解")),
    digest(5, 0.95, Outcome.SOLVED, flags=(LATE,), basis=Basis("letter", "A")),
    digest(6, 0.0, None, figures=(), units=(), note="模型没有写出内容，摘要用原文。"),
]


def results(items: Sequence[Digest]) -> Listed[Digest]:
    return Listed(items, to_digest_record)


def facts(**more: object) -> DigestFacts:
    values: dict = {
        "source": "答复.xlsx",
        "model": "replies@12345678",
        "method": "extractive",
        "max_chars": 120,
        "scheme": "通用",
        "columns": ("答复 ← “答复”（列名）",),
        "notes": ("有 1 个编号重复。",),
        **more,
    }
    return DigestFacts(**values)
