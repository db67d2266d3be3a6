"""What can be told of a clause without knowing its words: place, figures, set phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nlp.summarize.letter.clauses import Clause
from nlp.summarize.letter.reply import Letter
from nlp.text.figures import Figure
from nlp.text.pairs import pairs

CUES = {
    "done": (
        r"已(?:于|经|将|对|在|全部|由|向)?|完成|建成|落实到位|启用|投入使用|开通|整改到位|修复"
        r"|更换|处罚|退还|退回|拆除|取缔|办结|办理完毕|恢复"
    ),
    "ordered": r"责令|要求|督促|约谈|下达|立案|查处|罚款|关停|停业|停工|限期",
    "next": (
        r"下一步|下步|下阶段|今后|将(?!近)|拟|预计|计划|争取|力争|待|届时|后续|适时|尽快"
        r"|纳入|列入"
    ),
    "refused": (
        r"不能|无法|不符合|未能|难以|暂不|暂未|暂无|不予|不得|不具备|没有|无权|不属于|尚未|不宜"
        r"|未纳入"
    ),
    "found": r"经(?:查|核|调查|现场)|属实|不属实|系|原因|由于|因(?!此)|发现|情况为|反映的",
    "result": r"因此|故|所以|目前|现已|截至|达到|增至|降至|共|累计|合计",
    "can": r"可(?:以|凭|持|到|在|向|通过|申请)|须|需|凭|应当|应(?!急)|请|建议您|办理",
    "law": r"根据|按照|依据|《|规定|办法|条例|通知|文件|精神",
    "restated": (
        r"您(?:反映|提出|所|在|咨询|的)|你(?:反映|提出|所|的)|来信|留言|来电"
        r"|关于.{0,30}(?:问题|情况)|问题[一二三四\d]|提案|建议中"
    ),
    "padding": (
        r"高度重视|认真|进一步|切实|加强|积极|大力|不断|努力|确保|营造|树立|提高|完善|深入"
        r"|强化|全力|充分"
    ),
    "thanks": r"感谢|谢谢|欢迎|理解|支持|监督|谅解|请您|电话|联系",
    "background": r"位于|成立于|始建|面积|人口|是指|近年来|随着|自.{0,8}以来|基本情况",
    "unit": r"局|镇|街道|办事处|委员会|公司|部门|中心|大队|派出所|法院|学校|医院",
    "quoted": r"“|”",
    "question": r"[？?]|是否|为什么|怎么|如何",
    "person": r"(?:先生|女士|某|同志|业主|居民|群众|学生|家长|老人)",
}
_PATTERNS = tuple(re.compile(pattern) for pattern in CUES.values())
_KINDS = ("money", "share", "count", "measure", "duration", "date", "time")
_WHOLE_SENTENCE = ("done", "next", "refused", "found", "restated", "padding", "law", "can")
"""Cues that are also counted over the clause's sentence."""
_PLACE = (
    *("length", "position", "from_end", "first", "last", "sentence_length", "sentences"),
    *("level", "opens_point", "in_point", "clauses", "ends_colon", "heading"),
    *("title_overlap", "repeated"),
)
NAMES = (
    *_PLACE,
    *(f"n_{kind}" for kind in _KINDS),
    *("deadline", "figures_before", "point_position"),
    *CUES,
    *(f"{name}_sentence" for name in _WHOLE_SENTENCE),
)
_SENTENCE_CUES = [list(CUES).index(name) for name in _WHOLE_SENTENCE]


def describe(
    letter: Letter, clauses: Sequence[Clause], title: str, found: Sequence[Figure]
) -> npt.NDArray[np.float32]:
    """Return one row a clause, (clauses, len(NAMES)).

    :param found: the figures of the letter's text, in order.
    """
    size = len(clauses)
    if not size:
        return np.zeros((0, len(NAMES)), np.float32)
    words = [clause.span.of(letter.text) for clause in clauses]
    kinds, deadlines = _figure_counts(clauses, found)
    counted = kinds.sum(axis=1)
    cues = _cues(letter.text, clauses)
    sentence = np.array([clause.sentence for clause in clauses])
    spoken = [np.minimum(np.bincount(sentence, cues[:, c]), 3)[sentence] for c in _SENTENCE_CUES]
    columns = (
        _places(clauses, words, title, sentence),
        kinds,
        deadlines[:, None],
        (np.cumsum(counted) - counted)[:, None],
        np.array(_within_point(clauses))[:, None],
        cues,
        np.array(spoken).T,
    )
    return np.hstack(columns).astype(np.float32)


def _cues(text: str, clauses: Sequence[Clause]) -> npt.NDArray[np.float32]:
    """Tell which cues each clause holds, (clauses, cues): those that begin in it."""
    starts = np.array([clause.span.start for clause in clauses])
    first, last = clauses[0].span.start, clauses[-1].span.end
    held = np.zeros((len(clauses), len(_PATTERNS)), np.float32)
    found = [
        (match.start(), column)
        for column, pattern in enumerate(_PATTERNS)
        for match in pattern.finditer(text, first, last)
    ]
    if found:
        places, columns = np.array(found).T
        held[np.searchsorted(starts, places, side="right") - 1, columns] = 1.0
    return held


def _places(
    clauses: Sequence[Clause], words: Sequence[str], title: str, sentence: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return where clauses stand, and what they share with the title and what came before."""
    lengths = np.array([len(each) for each in words], np.float64)
    before = (np.cumsum(lengths) - lengths) / (lengths.sum() or 1.0)
    sentence_lengths = np.bincount(sentence, lengths)
    asked, seen = pairs(title), set[str]()
    rows = []
    for at, (clause, text) in enumerate(zip(clauses, words, strict=True)):
        own = pairs(text)
        ending = text.rstrip()[-1:]
        rows.append(
            (
                *(lengths[at], before[at], sentence[-1] - clause.sentence),
                *(clause.first, clause.last, sentence_lengths[clause.sentence], sentence[-1] + 1),
                *(clause.level, at == 0 or clauses[at - 1].point != clause.point),
                *(bool(clause.level), len(clauses), ending in "：:"),
                clause.first and clause.last and ending not in "。！；，",
                *(len(own & known) / (len(own) or 1) for known in (asked, seen)),
            )
        )
        seen |= own
    return np.array(rows, np.float64)


def _figure_counts(
    clauses: Sequence[Clause], found: Sequence[Figure]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Count each clause's figures by kind, (clauses, kinds), and its deadlines."""
    kinds = np.zeros((len(clauses), len(_KINDS)), np.float32)
    deadlines = np.zeros(len(clauses), np.float32)
    at = 0
    for figure in found:
        while at < len(clauses) and clauses[at].span.end <= figure.span.start:
            at += 1
        if at == len(clauses):
            break
        if figure.span.start >= clauses[at].span.start:
            kinds[at, _KINDS.index(figure.kind)] += 1
            deadlines[at] += figure.deadline
    return kinds, deadlines


def _within_point(clauses: Sequence[Clause]) -> list[int]:
    """Count each clause's place in its enumerated point, from 0."""
    places, count = [], 0
    for at, clause in enumerate(clauses):
        count = count + 1 if at and clauses[at - 1].point == clause.point else 0
        places.append(count)
    return places
