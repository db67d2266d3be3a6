"""The rows that a model learned from, if the corpus that its manifest names is still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from nlp.corpus.rows import Row, fingerprint, load_rows
from nlp.corpus.split import read_split, split_rows, with_labels
from nlp.errors import FenbanError
from nlp.shipped import shipped
from nlp.types import Proposal

UNNAMED = "模型没有记下训练语料的位置，没有检查标准答案是否与训练语料重复。"


class CorpusState(StrEnum):
    """Whether what was found is what the model learned from."""

    SAME = "same"
    CHANGED = "changed"
    UNCHECKED = "unchecked"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class TrainingRows:
    """What a model learned from, as far as it is found.

    `named` are the corpora as the manifest names them, `missing` the ones that can't be found or
    read. `rows` are the training and dev parts; all rows where it can't be told which were.
    """

    named: tuple[str, ...]
    missing: tuple[str, ...]
    state: CorpusState
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        return "、".join(self.named)

    @property
    def note(self) -> str:
        """Say in Chinese what a check against these rows is worth."""
        named, lost = f"训练语料“{self.name}”", "、".join(self.missing)
        if self.state is CorpusState.SAME:
            return f"{named}（{len(self.rows)} 行）与模型训练时一致。"
        if self.state is CorpusState.CHANGED:
            return f"{named}在训练之后改动过，是否重复只能按现在的 {len(self.rows)} 行检查。"
        if self.state is CorpusState.MISSING:
            return f"找不到或读不了{named}，没有检查标准答案是否与训练语料重复。"
        if lost:
            return f"训练语料里的“{lost}”找不到或读不了，是否重复只按其余 {len(self.rows)} 行检查。"
        return f"{named}是表格或经过适配，无法核对是否改动过，按现有 {len(self.rows)} 行检查。"


def search_roots(model: Path) -> tuple[Path, ...]:
    """Return where a model's corpora are looked for.

    Under the working directory, beside the model, beside the folder of models, and among the
    corpora that come with the software.
    """
    own = model.resolve()
    corpora = shipped("functions").parent
    return Path(), own.parent, own.parent.parent, corpora.parent, corpora


def training_rows(manifest: Mapping[str, Any], search: Sequence[Path]) -> TrainingRows | None:
    """Find a model's training rows again by the `corpora` of its manifest, None if it has none.

    Names are looked for under each folder of `search`, first as they stand, then by their last
    part. A corpus is the same if the rows that training would take from it give the manifest's
    fingerprint; that can't be told of tables, of which only texts are read, and of a model
    adapted from another, which learned from a selection.
    """
    named = manifest.get("corpora")
    if not isinstance(named, list) or not named or not all(isinstance(n, str) for n in named):
        return None
    alone = len(named) == 1
    read = {name: own for name in named if (own := _found(name, search, alone=alone))}
    missing = tuple(name for name in named if name not in read)
    if not read:
        return TrainingRows(tuple(named), missing, CorpusState.MISSING, ())
    if missing or "base" in manifest or any(each.table for each in read.values()):
        rows = tuple(row for name in read for row in read[name].rows)
        return TrainingRows(tuple(named), missing, CorpusState.UNCHECKED, rows)
    learned = _learned([read[name] for name in named], manifest.get("seed"))
    if learned and fingerprint(learned) == manifest.get("corpus"):
        return TrainingRows(tuple(named), (), CorpusState.SAME, learned)
    rows = tuple(row for name in named for row in read[name].rows)
    return TrainingRows(tuple(named), (), CorpusState.CHANGED, rows)


@dataclass(frozen=True, slots=True)
class _Corpus:
    """One corpus; `parted` says that `rows` are without the test part that it comes with."""

    rows: tuple[Row, ...]
    parted: bool = False
    table: bool = False


def _learned(corpora: Sequence[_Corpus], seed: object) -> tuple[Row, ...]:
    """Return what training takes of corpora: their own parts, or ones drawn with the seed."""
    if corpora[0].parted:
        return corpora[0].rows
    split = split_rows(
        with_labels(row for corpus in corpora for row in corpus.rows),
        seed if isinstance(seed, int) else 0,
    )
    return (*split.train, *split.dev)


def _found(name: str, search: Sequence[Path], *, alone: bool) -> _Corpus | None:
    """Return the first corpus of that name that can be read."""
    for path in _candidates(name, search):
        try:
            return _read(path, alone=alone)
        except (FenbanError, OSError):
            continue  # damaged since: as good as missing, and said so
    return None


def _candidates(name: str, search: Sequence[Path]) -> Iterator[Path]:
    if name.startswith(("//", "\\\\")):
        return  # a model from elsewhere must not make this machine ask another one
    for own in dict.fromkeys((name, Path(name).name)):
        yield from (path for root in search if own and (path := root / own).exists())


def _read(path: Path, *, alone: bool) -> _Corpus:
    """Read what training reads: the parts of a corpus count only if it was the only one.

    Raises FenbanError or OSError for unusable files.
    """
    if alone and path.is_dir() and (split := read_split(path)):
        return _Corpus((*split.train, *split.dev), parted=True)
    if path.is_dir() or path.suffix.lower() == ".jsonl":
        return _Corpus(tuple(load_rows([path])))
    from nlp.io.read import read_proposals

    items = [item for item in read_proposals(str(path)).items if isinstance(item, Proposal)]
    return _Corpus(tuple(Row(item.id, item.title, item.body) for item in items), table=True)
