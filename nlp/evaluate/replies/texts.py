"""How good digests are as texts: what they keep, how close they are, whether they can be
trusted. The same for our digester and for any baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp.corpus.replies import Fact, ReplyRow
from nlp.evaluate.bootstrap import Estimate, Sample, estimate
from nlp.evaluate.replies.faithful import KINDS, Claim, ClaimReader, plain
from nlp.evaluate.replies.rouge import Rouge, rouge, squeeze


@dataclass(frozen=True, slots=True)
class Grade:
    """One digest held against its row; None where the row is not labelled for it."""

    id: str
    digest: str
    source_chars: int
    facts: int
    missed: tuple[Fact, ...]
    rouge: Rouge | None
    claims: tuple[Claim, ...]

    @property
    def kept(self) -> int:
        return self.facts - len(self.missed)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims of one kind the digests make, and how many of them the replies do."""

    said: int
    found: int


@dataclass(frozen=True, slots=True)
class Violation:
    """A claim that does not stand in the reply of the row `id`."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """`share` of all claims that the replies make too; None where nothing is claimed."""

    share: float | None
    figure: Tally
    date: Tally
    unit: Tally
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class TextScores:
    """One system's digests over all rows.

    Fact recall is micro: over the `facts` of the `fact_rows` that have any. ROUGE is the
    mean over the `rouge_rows` that have a reference. `chars` is the mean length,
    `compression` all digests' characters per replies' character (white space ignored in
    both), `over_budget` the share of digests longer than was allowed, `empty` how many
    rows have no digest.
    """

    name: str
    title: str
    rows: int
    empty: int
    fact_rows: int
    facts: int
    fact_recall: Estimate | None
    rouge_rows: int
    rouge_1: float | None
    rouge_2: float | None
    rouge_l: Estimate | None
    chars: float
    compression: float
    over_budget: float
    faithfulness: Faithfulness


def grade(row: ReplyRow, digest: str, reader: ClaimReader) -> Grade:
    """Hold one digest against its row; facts without anything to match are left out."""
    said = plain(digest)
    facts = [fact for fact in row.facts or () if fact.must_match]
    return Grade(
        id=row.id,
        digest=digest,
        source_chars=len(squeeze(row.reply)),
        facts=len(facts),
        missed=tuple(f for f in facts if not all(plain(m) in said for m in f.must_match)),
        rouge=rouge(row.summary, digest) if row.summary else None,
        claims=tuple(reader.claims(digest, row.reply)),
    )


def score_texts(
    name: str, title: str, grades: Sequence[Grade], max_chars: int, groups: Sequence[int]
) -> TextScores:
    """Sum the grades of one system up; rows of one group are drawn together for intervals.

    Raises ValueError without grades.
    """
    if not grades:
        raise ValueError("no rows")
    lengths = [len(squeeze(each.digest)) for each in grades]
    return TextScores(
        name=name,
        title=title,
        rows=len(grades),
        empty=lengths.count(0),
        fact_rows=sum(each.facts > 0 for each in grades),
        facts=sum(each.facts for each in grades),
        fact_recall=estimate(fact_sample(grades), groups),
        rouge_rows=sum(each.rouge is not None for each in grades),
        rouge_1=_mean(grades, lambda found: found.one),
        rouge_2=_mean(grades, lambda found: found.two),
        rouge_l=estimate(rouge_sample(grades), groups),
        chars=sum(lengths) / len(grades),
        compression=sum(lengths) / max(1, sum(each.source_chars for each in grades)),
        over_budget=sum(len(each.digest) > max_chars for each in grades) / len(grades),
        faithfulness=_faithfulness(grades),
    )


def fact_sample(grades: Sequence[Grade]) -> Sample:
    """Return kept facts a row and facts a row, for intervals."""
    return Sample([each.kept for each in grades], [each.facts for each in grades])


def rouge_sample(grades: Sequence[Grade]) -> Sample:
    """Return ROUGE-L a row, for intervals of its mean."""
    found = [each.rouge for each in grades]
    return Sample([r.lcs if r else 0.0 for r in found], [float(r is not None) for r in found])


def _mean(grades: Sequence[Grade], measure: Callable[[Rouge], float]) -> float | None:
    found = [measure(each.rouge) for each in grades if each.rouge is not None]
    return sum(found) / len(found) if found else None


def _faithfulness(grades: Sequence[Grade]) -> Faithfulness:
    made = [(each.id, claim) for each in grades for claim in each.claims]
    figure, date, unit = (
        Tally(
            said=sum(claim.kind == kind for _, claim in made),
            found=sum(claim.kind == kind and claim.found for _, claim in made),
        )
        for kind in KINDS
    )
    return Faithfulness(
        share=sum(claim.found for _, claim in made) / len(made) if made else None,
        figure=figure,
        date=date,
        unit=unit,
        violations=tuple(Violation(i, c.kind, c.text) for i, c in made if not c.found),
    )
