"""Rows to learn from and to be asked: the project's own, and those of the data folder."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Floats
from nlp.classify.features import Text, clean_pair
from nlp.corpus.rows import Row, corpus_files, load_rows
from nlp.train.material import Material, views

T = TypeVar("T")
REAL = "real-titles-dev.jsonl"
MESSAGES = "messages-7class/train.csv"
PROVINCIAL = "provincial-proposals-2019/dev.csv"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Parallel sequences: a text, its one label, what it counts for in training."""

    texts: tuple[Text, ...]
    labels: tuple[str, ...]
    weights: Floats

    def part(self, index: Sequence[int]) -> Labelled:
        return Labelled(
            tuple(self.texts[i] for i in index),
            tuple(self.labels[i] for i in index),
            self.weights[list(index)],
        )


def training(place: Workplace) -> Material:
    """Return the training part in the views that the shipped model learns from, without duties.

    A row with a body is shown whole, as a title alone and as a body alone.
    """
    return views(thinned(load_rows([place.train]), place.sample))


def of_leads(material: Material) -> Labelled:
    return _labelled(material, [row.lead for row in material.rows])


def of_topics(material: Material) -> Labelled:
    return _labelled(material, [row.primary for row in material.rows])


def _labelled(material: Material, labels: Sequence[str | None]) -> Labelled:
    index = [i for i, label in enumerate(labels) if label]
    texts = tuple(material.texts[i] for i in index)
    return Labelled(texts, tuple(labels[i] or "" for i in index), material.weights[index])


def own_test(place: Workplace) -> list[Row]:
    return thinned(load_rows([place.test]), place.sample)


def real_titles(place: Workplace) -> list[Row] | None:
    """Return real titles with labels; None where the data folder lacks them."""
    file = place.data / REAL
    return thinned(load_rows([file]), place.sample) if file.is_file() else None


def messages(place: Workplace) -> Labelled:
    """Return citizens' messages, each with one of seven official categories."""
    return _table(place.data / MESSAGES, ("title", "detail", "label"), place.sample)


def provincial(place: Workplace) -> Labelled:
    """Return provincial proposals, each with one of fourteen official categories."""
    return _table(place.data / PROVINCIAL, ("title", "body", "category"), place.sample)


def _table(file: Path, columns: tuple[str, str, str], sample: int | None) -> Labelled:
    csv.field_size_limit(sys.maxsize)  # full texts are longer than the reader's default allows
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = thinned([tuple(row[c] for c in columns) for row in csv.DictReader(opened)], sample)
    texts = tuple(clean_pair(title, body) for title, body, _ in rows)
    return Labelled(texts, tuple(label for _, _, label in rows), np.ones(len(rows)))


def thinned(items: Sequence[T], most: int | None) -> list[T]:
    """Return about `most` items, spread over all; all of them for None."""
    return list(items[:: max(1, len(items) // most)]) if most else list(items)


def corpus_parts(place: Workplace) -> tuple[Path, ...]:
    """List the files of the training and the test part."""
    return tuple(corpus_files([place.train, place.test]))
