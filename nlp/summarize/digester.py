"""The digester: replies in, digests out, in order, none lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nlp.encode import Encoder
from nlp.outcomes import OutcomeScheme, load_outcomes
from nlp.summarize.digest import Digest, Flag, Measure, UnitMention
from nlp.summarize.extract import extract
from nlp.summarize.letter.lettermarks import PartKind
from nlp.summarize.letter.measures import timed_measures
from nlp.summarize.outcome import Judged, OutcomeModel, judge
from nlp.summarize.profile import Profiled, profiled
from nlp.summarize.quality import FlagModel, excused, flag, flags
from nlp.summarize.reading import Reading, all_words, read_reply
from nlp.summarize.repeats import Repeats
from nlp.summarize.roles import RoleReader
from nlp.summarize.scorer import ClauseScorer
from nlp.summarize.units import unit_mentions
from nlp.text.figures import Figure
from nlp.types import Reply, RowError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHUNK = 200
MAX_CHARS = 120
_NAMING: tuple[PartKind, ...] = ("opening", "forwarding", "body")
EMPTY_REPLY = "答复是空的，没有可以摘要的文字。请补上答复内容后重试。"
NO_TEXT = "答复里没有文字（只有标点、符号、网页标记或控制字符），无法摘要。请核对原文。"


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """How to digest: how long, by which scheme of results, with or without 一是…二是….

    `scheme` None is the shipped general one.
    """

    max_chars: int = MAX_CHARS
    scheme: OutcomeScheme | None = None
    numbered: bool = False


def read_clauses(
    words: csr_array, readings: Sequence[Reading], roles: RoleReader, scorer: ClauseScorer
) -> list[Profiled]:
    """Read roles, then values, of all clauses; `words` are their encodings, one row each."""
    found = roles.read(words, readings)
    values = scorer.score(words, readings, found)
    return [profiled(*each) for each in zip(readings, found, values, strict=True)]


@dataclass(frozen=True)
class Digester:
    """A digest model: reads roles, scores clauses, judges outcomes and flags."""

    name: str
    encoder: Encoder
    roles: RoleReader
    scorer: ClauseScorer
    outcomes: OutcomeModel
    doubts: FlagModel

    def read(self, readings: Sequence[Reading]) -> list[Profiled]:
        """Return what the model makes of each reply's clauses."""
        if not readings:
            return []
        words = self.encoder.encode(all_words(readings))
        return read_clauses(words, readings, self.roles, self.scorer)

    def summarize(
        self, replies: Iterable[Reply | RowError | str], options: DigestOptions | None = None
    ) -> Iterator[Digest]:
        """Yield one digest a reply, in input order; a bad row keeps its place.

        A plain string is taken as a reply's text. What is repeated across the batch can
        only be told at its end, so all texts are read before the first digest comes.
        """
        items = [
            Reply(str(number), item) if isinstance(item, str) else item
            for number, item in enumerate(replies, 1)
        ]
        return self.within(items, options or DigestOptions(), Repeats.of(items))

    def within(
        self, items: Sequence[Reply | RowError], options: DigestOptions, repeats: Repeats
    ) -> Iterator[Digest]:
        """Yield the digests of some of a batch's replies; `repeats` is what the batch shares."""
        batch = _Batch(self, options, repeats)
        for start in range(0, len(items), CHUNK):
            yield from batch.chunk(items[start : start + CHUNK])


@dataclass(frozen=True)
class _Batch:
    """One run: a model, its options, and what its replies have in common."""

    model: Digester
    options: DigestOptions
    repeats: Repeats

    @cached_property
    def scheme(self) -> OutcomeScheme:
        return self.options.scheme or load_outcomes()

    def chunk(self, items: Sequence[Reply | RowError]) -> Iterator[Digest]:
        read = self.model.read([read_reply(item) for item in items if isinstance(item, Reply)])
        chances = self.model.outcomes.probabilities(read)
        doubts = self.model.doubts.codes(read)
        known = iter(zip(read, chances, doubts, strict=True))
        for item in items:
            if isinstance(item, RowError):
                yield self._failed(item, item.message)
                continue
            one, chance, codes = next(known)
            if reason := _unreadable(one.reading):
                yield self._failed(item, reason)
            else:
                judged = judge(self.model.outcomes, self.scheme, one, chance)
                yield self._digest(one, judged, codes)

    def _digest(self, one: Profiled, judged: Judged, codes: Sequence[str]) -> Digest:
        reading, options = one.reading, self.options
        made = extract(reading, one.values, options.max_chars, numbered=options.numbered)
        found = list(flags(reading, one.roles, judged.outcome))
        found += [flag(code) for code in codes if not excused(code, reading, found)]
        if self.repeats.templated(reading):
            found.append(flag("template"))
        return Digest(
            id=reading.reply.id,
            title=reading.reply.title,
            summary=made.text,
            spans=tuple(reading.given(span) for span in made.spans),
            outcome=judged.outcome,
            outcome_probability=round(judged.probability, 4),
            basis=judged.basis,
            figures=_figures(reading),
            units=_units(reading),
            measures=_measures(reading),
            flags=_distinct(found),
            model=self.model.name,
            source=reading.reply.source,
            given=reading.reply.given,
        )

    def _failed(self, item: Reply | RowError, message: str) -> Digest:
        return Digest(
            item.id,
            item.title,
            model=self.model.name,
            error=message,
            source=item.source,
            given=item.given,
        )


def _unreadable(reading: Reading) -> str:
    """Say why a reply can't be digested, "" when it can: markup alone (<br>) is no text."""
    if not reading.reply.text.strip():
        return EMPTY_REPLY
    return "" if any(char.isalnum() for char in reading.text) else NO_TEXT


def _figures(reading: Reading) -> tuple[Figure, ...]:
    """Return the answer's figures, their spans in the reply as given."""
    return tuple(replace(each, span=reading.given(each.span)) for each in reading.figures)


def _units(reading: Reading) -> tuple[UnitMention, ...]:
    """Return the units named where a letter says who acts; addressees and copies don't act."""
    named = (s for kind in _NAMING for s in reading.letter.spans(kind))
    found = unit_mentions(reading.text, sorted(named))
    return tuple(replace(each, span=reading.given(each.span)) for each in found)


def _measures(reading: Reading) -> tuple[Measure, ...]:
    return tuple(
        Measure(reading.given(timed.point.span), timed.time)
        for timed in timed_measures(reading.letter)
    )


def _distinct(found: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple({each.code: each for each in found}.values())
