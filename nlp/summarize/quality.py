"""Warnings for whoever supervises replies: is this an answer, and can it be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.heads.calibrate import sigmoid
from nlp.heads.linear import LinearHead
from nlp.summarize.digest import Flag
from nlp.summarize.profile import Profiled
from nlp.summarize.reading import LONGEST, Reading
from nlp.summarize.roles import ROLES
from nlp.text.pairs import pairs
from nlp.types import Outcome

Floats = npt.NDArray[np.float32]
MESSAGES = {
    "vague": "内容空泛：没有可以核对的措施、数字或时间",
    "policy_only": "只复述政策规定，没有说这件事怎么办",
    "off_topic": "疑似答非所问：与来件所提的事关联很少",
    "no_deadline": "列入计划但没有说什么时候办",
    "no_contact": "正式复函没有联系人或电话",
    "no_signature": "正式复函没有落款单位",
    "too_short": "答复过短",
    "forwarded": "只说已转办，没有答复内容",
    "template": "与本批其他答复大段雷同，疑似套用模板",
    "copied": "答复与来件原文基本相同，可能贴错了",
    "truncated": f"答复过长，只读了前 {LONGEST} 字",
    "not_chinese": "答复基本不是中文，结果仅供参考",
}
"""Code and message of every flag."""
SHORT = 40
"""Characters of an answer below which it is too short to say what was done and by whom."""
LEAST_ALIKE, LEAST_ALIKE_TITLE = 0.04, 0.1
"""Share of character pairs that an answer has in common with the proposal, and with its title,
at least: of 563 real answers 1.8 % have less than both, of the same answers set against
another's question 73 %."""
FEWEST_PAIRS = 8
CHECKABLE = 2
"""Figures in an answer that make it one that can be checked."""
_COPIED = 0.85
_HAN = re.compile(r"[一-龥]")
_ENDING = re.compile(
    r"关于|对于|请求|希望|咨询|投诉|举报|反映|建议|提案|议案|呼吁|问题|情况|有关|相关|进一步|加强|加快|推进|推动|"
    r"[^一-龥]"
)
_STEP = [ROLES.index("pending"), ROLES.index("promise")]


LEARNED = ("vague", "policy_only")


@dataclass(frozen=True)
class FlagModel:
    """A head over profiles for the flags that no rule tells, one threshold each."""

    head: LinearHead
    mean: Floats
    scale: Floats
    thresholds: tuple[float, ...]

    def codes(self, replies: Sequence[Profiled]) -> list[tuple[str, ...]]:
        """Return for each reply the learned flags that it gets."""
        if not replies:
            return []
        chances = self.chances(np.array([each.profile for each in replies]))
        return [
            tuple(c for c, p, t in zip(LEARNED, row, self.thresholds, strict=True) if p >= t)
            for row in chances
        ]

    def chances(self, profiles: Floats) -> npt.NDArray[np.float64]:
        """Return the probability of each learned flag, (replies, LEARNED)."""
        from scipy.sparse import csr_array

        return sigmoid(
            self.head.decision(csr_array(((profiles - self.mean) / self.scale).astype(np.float32)))
        )


def flag(code: str) -> Flag:
    return Flag(code, MESSAGES[code])


def flags(reading: Reading, roles: Floats, outcome: Outcome) -> Iterator[Flag]:
    """Yield the flags that rules tell; what must be learned (vague) is added elsewhere."""
    answer = "".join(reading.words).strip()
    if len(reading.reply.text) > LONGEST:
        yield flag("truncated")
    if len(_HAN.findall(answer)) < 0.4 * len(answer):
        yield flag("not_chinese")
        return
    if not reading.letter.spans("body") and reading.letter.spans("forwarding"):
        yield flag("forwarded")
    elif len(answer) < SHORT:
        yield flag("too_short")
    elif _copies(reading):
        yield flag("copied")
    elif _off_topic(reading, answer):
        yield flag("off_topic")
    if outcome is Outcome.PLANNED and not _dated_step(reading, roles):
        yield flag("no_deadline")
    yield from _formal_lacks(reading)


def excused(code: str, reading: Reading, found: Sequence[Flag]) -> bool:
    """Tell whether a learned flag doesn't hold after all.

    An answer with two figures can be checked, whatever its words; of a letter that only
    passes the matter on, or that can't be read, nothing more need be said.
    """
    if any(each.code in ("forwarded", "not_chinese", "copied") for each in found):
        return True
    bodies = reading.letter.spans("body")
    figures = (f for f in reading.figures if any(b.start <= f.span.start < b.end for b in bodies))
    return code == "vague" and sum(1 for _ in figures) >= CHECKABLE


def _formal_lacks(reading: Reading) -> Iterator[Flag]:
    """Tell what a formal letter lacks; a web answer's system shows unit and telephone itself."""
    if reading.letter.formal and not reading.letter.signed:
        yield flag("no_signature")
    if reading.letter.formal and not reading.letter.has_contact:
        yield flag("no_contact")


def _dated_step(reading: Reading, roles: Floats) -> bool:
    """Tell whether a clause about what is to come, or its neighbour, names a time."""
    coming = roles[:, _STEP].sum(axis=1) >= 0.4
    near = coming.copy()
    near[1:] |= coming[:-1]
    near[:-1] |= coming[1:]
    for figure in reading.figures:
        if figure.kind in ("date", "duration"):
            at = reading.clause_at(figure.span.start)
            if at is not None and (near[at] or figure.deadline):
                return True
    return False


def _off_topic(reading: Reading, answer: str) -> bool:
    """Compare the answer with what the title, and the proposal if given, speak of.

    With the title alone only a letter that nowhere takes up any of its words is suspected.
    """
    title = _pairs(reading.reply.title)
    if len(title) < FEWEST_PAIRS:
        return False
    if not reading.reply.body:
        return not title & _pairs(reading.text)
    said, asked = _pairs(answer), title | _pairs(reading.reply.body)
    alike = len(said & asked) / max(1, min(len(said), len(asked)))
    return alike <= LEAST_ALIKE and len(said & title) <= LEAST_ALIKE_TITLE * len(title)


def _copies(reading: Reading) -> bool:
    """Tell a proposal that was pasted where the reply belongs."""
    if not reading.reply.body:
        return False
    asked, given = _pairs(reading.reply.body), _pairs(reading.text)
    own = given - asked - _pairs(reading.reply.title)
    return len(own) < (1 - _COPIED) * len(given) and len(given & asked) > 0.5 * len(asked)


def _pairs(text: str) -> set[str]:
    """Return the pairs of a text's content: set words and what is no Chinese part it."""
    return set().union(*map(pairs, _ENDING.split(text)))
