"""Suggestions as a model would make them, without one."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.batch.records import to_record
from nlp.batch.result import Listed
from nlp.batch.workbook import RunFacts
from nlp.types import Decision, Evidence, RowRef, Suggestion, TopicScore, UnitScore

TOPICS = ("民生福祉", "产业经济", "生态环境")
UNITS = tuple(f"云溪县第{number}局（含挂牌机构）" for number in range(60))


def suggestion(number: int, chance: float, decision: Decision, **more: object) -> Suggestion:
    first, second = UNITS[number % 5], UNITS[number % 5 + 1]
    values: dict = {
        "id": f"{number:03d}",
        "title": f"关于修建第{number}小学的建议",
        "topics": (
            TopicScore("livelihood", "民生福祉", chance),
            TopicScore("industry", "产业经济", 1 - chance),
        ),
        "accepted_topics": ("livelihood",),
        "lead": (UnitScore("education", first, chance), UnitScore("finance", second, 1 - chance)),
        "co": (UnitScore("finance", second, 0.4),),
        "decision": decision,
        "evidence": (Evidence("words", "用词：“小学”", 1.0),),
        "model": "small@12345678",
        "source": RowRef("提案.xlsx", "第一批", number + 1),
        "given": {"编号": f"{number:03d}", "案由": "原样", "联系电话": "013800001111"},
        **more,
    }
    return Suggestion(**values)


def failed(number: int) -> Suggestion:
    return Suggestion(
        f"{number:03d}",
        "",
        model="small@12345678",
        error="标题和正文都是空的。",
        source=RowRef("提案.xlsx", "第一批", number + 1),
        given={"编号": f"{number:03d}", "案由": "", "联系电话": "1"},
    )


MIXED = [
    suggestion(1, 0.97, Decision.AUTO),
    suggestion(2, 0.61, Decision.REVIEW),
    failed(3),
    suggestion(4, 0.12, Decision.ABSTAIN),
    suggestion(5, 0.83, Decision.REVIEW),
    suggestion(6, 0.99, Decision.AUTO),
]


def results(items: Sequence[Suggestion]) -> Listed[Suggestion]:
    return Listed(items, to_record)


def facts(**more: object) -> RunFacts:
    values: dict = {
        "source": "提案.xlsx",
        "model": "small@12345678",
        "place": "云溪县",
        "precision": 0.95,
        "columns": ("标题 ← “案由”（列名）",),
        "notes": ("有 1 个编号重复。",),
        "topic_names": TOPICS,
        "unit_names": UNITS,
        **more,
    }
    return RunFacts(**values)
