"""A reply as a row of numbers: which roles its clauses play, how concrete it is, what was asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.summarize.features import NAMES
from nlp.summarize.reading import Reading
from nlp.summarize.roles import ROLES

Floats = npt.NDArray[np.float32]
ASKED = {
    "question": (
        r"^(?:咨询|询问|请问|想问|想咨询|关于.{0,30}(?:咨询|疑问))|[？?]"
        r"|怎么|如何|是否|能否|何时|什么时候"
    ),
    "complaint": r"投诉|举报|质疑|曝光|严查|乱|违规|违法|不满",
    "request": r"请求|希望|呼吁|恳请|恳求|要求|盼|求|请",
    "proposal": r"建议|提案|议案",
    "report": r"反映|问题",
}
_ASKED = tuple(re.compile(pattern) for pattern in ASKED.values())
_FIGURES = [NAMES.index(f"n_{kind}") for kind in ("money", "share", "count", "measure", "date")]
_DEADLINE = NAMES.index("deadline")
_PADDING, _LAW = NAMES.index("padding"), NAMES.index("law")
TOP = 4
"""So many of the most valuable clauses speak for the reply."""
_PLAIN = 8
COLUMNS = 4 * len(ROLES) + len(ASKED) + _PLAIN
WEIGHTIEST = 200
"""Characters of the most valuable clauses, whose words tell the outcome."""


@dataclass(frozen=True, slots=True)
class Profiled:
    """A reply with all that was read of it: `roles` (clauses, ROLES), `values` (clauses,),
    `profile` (COLUMNS,), and the words of the WEIGHTIEST characters.
    """

    reading: Reading
    roles: Floats
    values: Floats
    profile: Floats
    weightiest: str


def profiled(reading: Reading, roles: Floats, values: Floats) -> Profiled:
    """Put together what the outcome and the flags are told from."""
    return Profiled(
        reading, roles, values, _profile(reading, roles, values), _weightiest(reading, values)
    )


def _weightiest(reading: Reading, values: Floats) -> str:
    """Return the most valuable clauses of at most WEIGHTIEST characters, in their order."""
    chosen, room = [], WEIGHTIEST
    for at in np.argsort(-values, kind="stable"):
        room -= len(reading.clauses[at].span)
        if room < 0:
            break
        chosen.append(at)
    return "".join(reading.words[at] for at in sorted(chosen))


def _profile(reading: Reading, roles: Floats, values: Floats) -> Floats:
    """Return COLUMNS numbers: for each role its strongest clause, its share by value, its share
    of the TOP clauses and of the last third; what the title asks for; how concrete it is.
    """
    asked = [pattern.search(reading.reply.title) is not None for pattern in _ASKED]
    if not len(values):
        return np.array([*[0.0] * (4 * len(ROLES)), *asked, *[0.0] * _PLAIN], np.float32)
    weights = np.maximum(values, 0.02) ** 2
    best = np.argsort(-values, kind="stable")[:TOP]
    last = roles[-max(1, len(roles) // 3) :]
    shares = (roles * weights[:, None]).sum(axis=0) / weights.sum()
    told = (roles.max(axis=0), shares, roles[best].mean(axis=0), last.mean(axis=0))
    return np.concatenate([*told, asked, _plain(reading, values)]).astype(np.float32)


def _plain(reading: Reading, values: Floats) -> tuple[float, ...]:
    rows = reading.rows
    figures = rows[:, _FIGURES].sum()
    return (
        np.log1p(len(values)),
        np.log1p(len(reading.text)),
        np.log1p(figures),
        figures / len(values),
        np.log1p(rows[:, _DEADLINE].sum()),
        rows[:, _PADDING].mean(),
        rows[:, _LAW].mean(),
        float(values.max()),
    )
