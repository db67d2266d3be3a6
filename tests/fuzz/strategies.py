"""hypothesis writes the texts; a fault is shrunk before it is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.tokens import MARKS
from tests.fuzz.words import TEXTS

if TYPE_CHECKING:
    from tests.fuzz.targets import Target
    from tests.fuzz.worker import Job, Runner

_PHASES = (Phase.generate, Phase.target, Phase.shrink)


def texts(tokens: tuple[bytes, ...]) -> st.SearchStrategy[str]:
    """Texts of marks, tokens of a syntax, letters of every kind and stretches of letters."""
    words = [*MARKS, *(token.decode("utf-8", "ignore") for token in tokens)]
    lines = [line for text in TEXTS for line in text.split("\n")]
    piece = st.one_of(st.sampled_from(words), st.sampled_from(lines), st.text(max_size=12))
    return st.one_of(st.lists(piece, max_size=60).map("".join), st.text(max_size=200))


class Found(Exception):
    """A new fault, raised for hypothesis to shrink."""


def drive(runner: Runner, target: Target, job: Job) -> None:
    """Run texts from hypothesis until the job's cases are used up.

    A fault that was shrunk once is passed over when it comes again, so that others are found.
    """
    known: set[str] = set()
    number = job.start
    while number < job.stop:
        left, begun = job.stop - number, number

        @seed(job.seed + number)
        @settings(
            max_examples=left,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=_PHASES,
            suppress_health_check=list(HealthCheck),
        )
        @given(texts(target.style.tokens))
        def one(text: str) -> None:
            nonlocal number
            found = runner.run(number, text.encode("utf-8", "surrogateescape"), told=True)
            number += 1
            if found and found.signature not in known:
                raise Found(found.signature)

        try:
            one()
        except Found as fault:
            known.add(str(fault))
        if number == begun:
            break
