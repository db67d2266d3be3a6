"""What the digest model learns from: annotated replies, clauses with roles, short passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlp.corpus.clauses import load_roles
from nlp.corpus.replies import ReplyRow, load_replies
from nlp.errors import InputError
from nlp.shipped import shipped
from nlp.summarize.reading import Reading, read_reply
from nlp.summarize.roles import ROLES
from nlp.train.replies.targets import clause_targets
from nlp.types import Reply

PARTS = ("train", "dev", "test")
FEWEST = 100
"""Below so many replies with digests and outcomes there is nothing to learn."""
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Sample:
    """A row, its reading, what each clause is worth, and each clause's role (or UNKNOWN)."""

    row: ReplyRow
    reading: Reading
    targets: npt.NDArray[np.float64]
    roles: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Material:
    """Samples to learn from, the rows to measure on, and passages, which have outcomes only."""

    samples: tuple[Sample, ...]
    test: tuple[ReplyRow, ...]
    passages: tuple[Sample, ...]


def load_material(corpora: Sequence[Path], roles: Path | None, passages: Path | None) -> Material:
    """Read a corpus folder with train, dev and test; roles and passages are the shipped ones.

    Train and dev are both learned from: what is tuned is tuned on rows held out in turn.
    Raises InputError or DataError for unusable files, for a missing part, too few rows.
    """
    learned, test = _split(corpora)
    if len(learned) < FEWEST:
        raise InputError(
            f"语料里有摘要、事实和结果标注的答复只有 {len(learned)} 件，至少要 {FEWEST} 件。",
            "请补充语料；每行要有 reply、outcome、summary、key_spans、facts。",
        )
    known = {row.id: row.clauses for row in load_roles([roles or shipped("roles")])}
    samples = tuple(_sample(row, known.get(row.id, ())) for row in learned)
    labelled = sum(int((sample.roles != UNKNOWN).sum()) for sample in samples)
    if labelled < FEWEST:
        raise InputError(
            f"语料的句子里标了作用的只有 {labelled} 句，至少要 {FEWEST} 句。",
            "作用按编号对应 corpora/roles：请把自己的答复加进 corpora/replies 的副本再训练。",
        )
    short = load_replies([passages or shipped("passages")])
    return Material(
        samples,
        tuple(test),
        tuple(_sample(row, ()) for row in short if row.outcome),
    )


def _split(corpora: Sequence[Path]) -> tuple[list[ReplyRow], list[ReplyRow]]:
    if len(corpora) != 1 or not all((corpora[0] / f"{part}.jsonl").is_file() for part in PARTS):
        raise InputError(
            "训练摘要模型要一个放着 train.jsonl、dev.jsonl、test.jsonl 的文件夹。",
            "例：python train.py corpora/replies --task replies。",
        )
    train, dev, test = (load_replies([corpora[0] / f"{part}.jsonl"]) for part in PARTS)
    return [row for row in (*train, *dev) if row.facts and row.outcome], test


def _sample(row: ReplyRow, clauses: Sequence[tuple[str, str]]) -> Sample:
    reading = read_reply(Reply(row.id, row.reply, row.title))
    return Sample(row, reading, clause_targets(row, reading), _roles(reading, clauses))


def _roles(reading: Reading, clauses: Sequence[tuple[str, str]]) -> npt.NDArray[np.int64]:
    """Find each clause's role by its text; one that was cut differently stays UNKNOWN."""
    left: dict[str, list[str]] = {}
    for text, role in clauses:
        left.setdefault(_bare(text), []).append(role)
    found = [left[key].pop(0) if left.get(key := _bare(w)) else "" for w in reading.words]
    return np.array([ROLES.index(r) if r in ROLES else UNKNOWN for r in found], np.int64)


def _bare(text: str) -> str:
    return "".join(text.split())
