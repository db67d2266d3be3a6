"""A whole routing report: two models, a baseline, analyses and a gate, over made-up rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from nlp.classify.decide import CurvePoint
from nlp.corpus.audit import Contradiction, Doubt
from nlp.corpus.rows import Row
from nlp.evaluate.answers import Answered
from nlp.evaluate.compare import compare_models
from nlp.evaluate.errors.analysis import Analysis, TaskAnalysis
from nlp.evaluate.errors.confusion import confusion, top_confusions
from nlp.evaluate.errors.doubts import Doubts
from nlp.evaluate.errors.leakage import Leak, Leakage
from nlp.evaluate.errors.mistakes import Mistake
from nlp.evaluate.errors.slices import slices
from nlp.evaluate.errors.training import CorpusState
from nlp.evaluate.gate import Gate, Limit
from nlp.evaluate.page.content import PageContent
from nlp.evaluate.predict import Predictions, Routed
from nlp.evaluate.report import Origin
from nlp.evaluate.run import EvaluationOptions, examine, row_groups
from nlp.places import Directory
from nlp.taxonomy import Function

NASTY = "关于<script>alert(1)</script>的提案"
TOPICS = {"livelihood": "民生福祉", "ecology": "生态环境", "industry": "产业经济"}
NAMES = "教育 水利水务 交通运输 人力资源社会保障 林业园林湿地 公安 文化旅游 城市管理 民政 体育"
FUNCTIONS = tuple(Function(f"f{n}", name) for n, name in enumerate(NAMES.split()))
SUBJECTS = "食堂 河道 路灯 公厕 车站 学位 药房 渡口 菜场 球场 古树 水库 桥梁 文庙 粮仓 茶园".split()
DIRECTORY = Directory("试县", "county", ())
OPTIONS = EvaluationOptions(DIRECTORY)
CURVE = (CurvePoint(0.6, 1000, 990), CurvePoint(0.1, 2000, 1000))
"""Asks for a confidence of 0.6 where a precision of 0.95 is wanted."""
ORIGIN = Origin("gold<1>.jsonl", "fenban evaluate gold --baseline --out out/report.html")


@dataclass(frozen=True)
class Skill:
    """How often a made-up system is right, of 100, and whether it decides anything."""

    topics: int
    leads: int
    decides: bool = True


@cache
def rows(count: int = 256) -> tuple[Row, ...]:
    """Titles that are no near-duplicates; some rows are ambiguous, some not labelled."""
    made = []
    for n in range(count):
        one, other = SUBJECTS[n % 16], SUBJECTS[n // 16 % 16]
        title = NASTY if n == 0 else f"关于{one}旁边{other}{other}的{one}{n}的建议"
        lead = FUNCTIONS[n % 10].key if n % 8 else None
        topics = (tuple(TOPICS)[n % 3],) if n % 5 else None
        co = (FUNCTIONS[(n + 1) % 10].key,) if lead else None
        place = ("甲区", "乙县")[n % 2]
        made.append(
            Row(f"r{n}", title, "", topics, lead, co, ambiguous=n % 16 == 1, place=place, year=2024)
        )
    return tuple(made)


def answered(name: str, skill: Skill, own: tuple[Row, ...] | None = None) -> Answered:
    """Answer rows: every hundred rows the first so many rightly, the surest among them."""
    own = rows() if own is None else own
    random = np.random.default_rng(len(name))
    place = random.permutation(len(own)) % 100
    topics = _chances([n % 3 for n in range(len(own))], place >= skill.topics, 3, random)
    leads = _chances([n % 10 for n in range(len(own))], place >= skill.leads, 10, random)
    cos = _chances([(n + 1) % 10 for n in range(len(own))], place >= 50, 10, random)
    routed = tuple(
        Routed(float(chances.max()), True, bool(at < skill.leads) if row.lead else None, "试县某局")
        for row, chances, at in zip(own, leads, place, strict=True)
    )
    accepted = tuple((tuple(TOPICS)[code],) for code in topics.argmax(axis=1))
    found = Predictions(
        own, (), topics, leads, cos if skill.decides else None, accepted, routed * skill.decides
    )
    if not skill.decides:
        return Answered(name, TOPICS, FUNCTIONS, found)
    return Answered(name, TOPICS, FUNCTIONS, found, 0.3, CURVE)


def _chances(gold, wrong, size, random):
    """Put a chance of 0.4 to 1 on gold or on the label behind it, more where it is right."""
    said = (np.array(gold) + wrong) % size
    best = np.where(wrong, random.uniform(0.4, 0.75, len(said)), random.uniform(0.5, 1, len(said)))
    rest = ((1 - best) / (size - 1))[:, None]
    return np.where(np.arange(size) == said[:, None], best[:, None], rest)


def analysis(given: Answered) -> Analysis:
    """Analyse answers, with hand-made parts where a router would be needed."""
    groups = row_groups(given.found.rows)
    tasks = tuple(_task(each, groups) for each in given.answers)
    leak = Leak(2, "r2", "关于修桥的建议", "t9", "关于修桥的提案", 88.9)
    leakage = Leakage("corpora/own", CorpusState.SAME, 900, len(given.found.rows), (leak,))
    return Analysis(given.name, tasks, leakage, ("标准答案里有 1 件与训练语料相同或几乎相同。",))


def _task(each, groups) -> TaskAnalysis:
    mistake = Mistake(
        "r0",
        NASTY,
        each.task,
        "民生福祉",
        "生态环境",
        0.97,
        True,
        ("用词：“<b>河道”", "职责：水利"),
    )
    doubt = Doubt("r7", "关于渡口的建议", "民生福祉", "产业经济", 0.91)
    twins = Contradiction((("r1", "关于修路的建议", "教育"), ("r3", "关于修路的提案", "公安")))
    return TaskAnalysis(
        each.task,
        int(each.labelled.sum()),
        int((each.labelled & ~each.right).sum()),
        1,
        None,
        confusion(each, 6),
        top_confusions(each),
        (mistake,),
        Doubts(each.task, 200, 0, True, (doubt, replace(doubt, id="r9", confidence=0.5)), (twins,)),
        slices(each, groups),
    )


@cache
def content(count: int = 256) -> PageContent:
    """Return everything that a report can hold."""
    own = rows(count)
    given = [
        answered("甲@1", Skill(88, 90), own),
        answered("乙@22", Skill(70, 60), own),
        answered("baseline:rules", Skill(60, 40, decides=False), own),
    ]
    examined = [examine(each, OPTIONS) for each in given]
    comparisons = [compare_models(examined[0], each) for each in examined[1:]]
    gate = Gate(Path("门槛.yaml"), (Limit("lead.top1", 0.8), Limit("topics.accuracy", 0.99)))
    return PageContent(
        examined,
        comparisons,
        [analysis(each) for each in given[:2]],
        ORIGIN,
        ("有 2 种单位写法认不出职能（最常见：<i>某站×2）。",),
        gate.check(examined[0]),
    )
