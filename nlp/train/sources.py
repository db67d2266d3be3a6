"""Where labelled rows come from: the project's JSONL, or an office's own tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from nlp.classify.dispatch import open_directory
from nlp.classify.features import Text, clean_pair
from nlp.corpus.rows import Row, load_rows
from nlp.corpus.split import Split, read_split, split_rows, with_labels
from nlp.errors import InputError
from nlp.evaluate.load import Gold, Vocabulary, load_gold
from nlp.taxonomy import Function, Scheme
from nlp.types import Proposal

FEWEST = 60
"""Below this many labelled rows nothing can be learned, tuned and measured."""


def load_split(
    corpora: Sequence[Path], seed: int, vocabulary: Vocabulary, on_note: Callable[[str], None]
) -> Split:
    """Return the split a corpus folder comes with, or a fresh one by near-duplicate group.

    Raises InputError or DataError for unusable files and for too few labelled rows.
    """
    if len(corpora) == 1 and (split := read_split(corpora[0])):
        return split
    labelled = with_labels(row for path in corpora for row in _rows(path, vocabulary, on_note))
    if len(labelled) < FEWEST:
        raise InputError(
            f"语料里标了主题或主办的只有 {len(labelled)} 行，至少要 {FEWEST} 行才能训练。",
            "请补充语料；每行要有 topics 或 lead，表格要有类别或主办单位列。",
        )
    split = split_rows(labelled, seed)
    if not (split.train and split.dev and split.test):
        raise InputError(
            "语料几乎全是近似重复的标题，分不出训练、调参和测试三份。", "请补充内容不同的提案。"
        )
    return split


def load_office_rows(
    history: Sequence[Path], vocabulary: Vocabulary, on_note: Callable[[str], None]
) -> list[Row]:
    """Return the rows of an office's tables, labelled or not."""
    return [row for path in history for row in _rows(path, vocabulary, on_note)]


def read_unlabelled(paths: Sequence[Path]) -> tuple[Text, ...]:
    """Return titles and bodies of any files that `classify` reads.

    Raises InputError for a file that can't be read.
    """
    from nlp.io.read import read_proposals

    items = (item for path in paths for item in read_proposals(str(path)).items)
    return tuple(clean_pair(i.title, i.body) for i in items if isinstance(i, Proposal))


def _rows(path: Path, vocabulary: Vocabulary, on_note: Callable[[str], None]) -> list[Row]:
    if path.suffix.lower() == ".jsonl" or path.is_dir() or not path.exists():
        return load_rows([path])
    gold = _read_table(path, vocabulary)
    for note in gold.notes:
        on_note(f"提示：{note}")
    return list(gold.rows)


def _read_table(path: Path, vocabulary: Vocabulary) -> Gold:
    """Read a table in the scheme's words if it keeps to them, else in its own categories."""
    own = load_gold(path, replace(vocabulary, scheme=None))
    used = {topic for row in own.rows for topic in row.topics or ()}
    scheme = vocabulary.scheme.topics if vocabulary.scheme else ()
    known = {word for topic in scheme for word in (topic.key, topic.name)}
    return load_gold(path, vocabulary) if used and used <= known else own


def vocabulary_for(place: str, functions: tuple[Function, ...], scheme: Scheme) -> Vocabulary:
    """Return what an office's written labels are mapped to in training."""
    return Vocabulary(open_directory(place, [f.key for f in functions]), functions, scheme)


def corpus_name(corpus: Path) -> str:
    """Return a path as it was given; of one outside the working folder its last two names.

    Where a user's files lie is nobody else's business.
    """
    return "/".join(corpus.parts[-2:]) if corpus.is_absolute() else corpus.as_posix()
