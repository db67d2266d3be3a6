"""The field's words, read from `vocabulary.yaml` beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.yamlfile import Audit, Node, read_yaml

FILE = Path(__file__).with_name("vocabulary.yaml")
_TABLES = ("outcomes", "letters", "rates", "topics", "topic_words")
_HINT = "请按行号改好后重试。"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Outcome phrases in order of precedence, class letters, names of rates and topics."""

    outcomes: Mapping[str, re.Pattern[str]]
    letters: Mapping[str, str]
    rates: Mapping[str, str]
    topics: Mapping[str, str]
    other_topics: frozenset[str]
    topic_words: Mapping[str, re.Pattern[str]]


@cache
def vocabulary() -> Vocabulary:
    """Read the shipped words once. Raises DataError with line numbers for a faulty file."""
    return load_vocabulary(FILE)


def load_vocabulary(path: Path) -> Vocabulary:
    """Read a file of words. Raises InputError, or DataError with every fault's line."""
    node, audit = read_yaml(path)
    fields = audit.fields(node, "用语", (*_TABLES, "other_topics"))
    tables = {name: dict(_lists(fields.get(name), name, audit)) for name in _TABLES}
    others = audit.text(fields.get("other_topics"), "other_topics", node).split()
    outcomes = {key: _compiled(key, words, audit) for key, words in tables["outcomes"].items()}
    hints = {key: _compiled(key, words, audit) for key, words in tables["topic_words"].items()}
    audit.finish(_HINT)
    return Vocabulary(
        outcomes=outcomes,
        letters=_inverted(tables["letters"]),
        rates=_inverted(tables["rates"]),
        topics=_inverted(tables["topics"]),
        other_topics=frozenset(others),
        topic_words=hints,
    )


def _lists(node: Node | None, what: str, audit: Audit) -> Iterator[tuple[str, tuple[str, ...]]]:
    if node is None or not isinstance(node.value, dict):
        audit.add(node.line if node else 1, f"{what} 应是“键: 写法”的表")
        return
    for key, child in node.value.items():
        yield key, tuple(audit.text(child, f"{what}.{key}", node).split())


def _compiled(key: str, words: tuple[str, ...], audit: Audit) -> re.Pattern[str]:
    try:
        return re.compile("|".join(words) or "(?!)")
    except re.error as error:
        audit.add(1, f"{key} 的写法不是完好的正则表达式（{error}）")
        return re.compile("(?!)")


def _inverted(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: key for key, words in table.items() for word in words}
