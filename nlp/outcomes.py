"""How a place says what became of a proposal: class letters and set phrases, kept as data.

Places share the letters A to D and a few phrases but draw the borders differently
(正在解决 stands on either side), so the scheme is a file that an office can replace.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import UsageError
from nlp.shipped import shipped
from nlp.types import Outcome
from nlp.yamlfile import Audit, Node, did_you_mean, read_yaml

DEFAULT_SCHEME = "general"
GAP = "…"
"""Stands for up to so many characters within a phrase (列入计划…解决)."""
_WIDEST_GAP, _MOST_GAPS = 8, 3
_SHORTEST = 3
_SHOWN = 40
_HINT = "请改正后重试；写法见 docs/data-files.md。"
_KEYS = tuple(str(outcome) for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class OutcomeScheme:
    """Letters and phrases of one place, each mapped to an outcome."""

    name: str
    letters: Mapping[str, Outcome]
    phrases: Mapping[str, Outcome]
    _pattern: re.Pattern[str]
    _pieces: tuple[str, ...]

    def may_hold(self, text: str) -> bool:
        """Tell quickly whether a text can hold a phrase at all; most hold none."""
        return any(piece in text for piece in self._pieces)

    def find(self, text: str) -> tuple[str, Outcome] | None:
        """Return the first set phrase in a text, as it stands there, and its outcome."""
        found = self._pattern.search(text)
        if found is None or found.lastgroup is None:
            return None
        return found.group(), list(self.phrases.values())[int(found.lastgroup[1:])]


def load_outcomes(scheme: str | Path = DEFAULT_SCHEME) -> OutcomeScheme:
    """Read a shipped scheme by name, or a file.

    A scheme with a `base` adds to that shipped one; what both have, the scheme decides.
    Raises UsageError for an unknown name, InputError or DataError for an unusable file.
    """
    letters, phrases, name = _read(_locate(scheme), depth=0)
    # of two phrases that begin together the longer one is meant
    ordered = dict(sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])))
    pieces = tuple(dict.fromkeys(max(phrase.split(GAP), key=len) for phrase in ordered))
    return OutcomeScheme(name, letters, ordered, _compile(ordered), pieces)


def scheme_names() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in shipped("outcomes").glob("*.yaml")))


def _locate(scheme: str | Path) -> Path:
    path = Path(scheme)
    if path.suffix in (".yaml", ".yml"):
        return path
    if str(scheme) not in scheme_names():
        known = "、".join(scheme_names())
        raise UsageError(
            f"没有名为“{scheme}”的结果分类{did_you_mean(str(scheme), scheme_names())}。",
            f"自带的有：{known}；也可以给一个 YAML 文件。",
        )
    return shipped("outcomes") / f"{scheme}.yaml"


def _read(path: Path, depth: int) -> tuple[dict[str, Outcome], dict[str, Outcome], str]:
    node, audit = read_yaml(path)
    fields = audit.fields(node, "结果分类", ("name", "base", "letters", "phrases"))
    name = audit.text(fields.get("name"), "名称（name）", node)
    letters: dict[str, Outcome] = {}
    phrases: dict[str, Outcome] = {}
    if base := fields.get("base"):
        known = audit.text(base, "base", node)
        if known not in scheme_names() or depth > len(scheme_names()):
            audit.add(base.line, f"base 应是自带分类的名字：{'、'.join(scheme_names())}")
        else:
            letters, phrases, _ = _read(_locate(known), depth + 1)
    letters |= _table(fields.get("letters"), "letters", audit)
    phrases |= _table(fields.get("phrases"), "phrases", audit)
    audit.finish(_HINT)
    return letters, phrases, name


def _table(node: Node | None, what: str, audit: Audit) -> dict[str, Outcome]:
    if node is None:
        return {}
    found: dict[str, Outcome] = {}
    for key, child in audit.fields(node, what, _KEYS).items():
        for written, line in audit.texts(child, f"{what}.{key}"):
            text = _phrase(written, line, audit) if what == "phrases" else written
            if text in found:
                audit.add(line, f"“{text}”写了两次，只能属于一类")
            found[text] = Outcome(key)
    return found


def _phrase(written: str, line: int, audit: Audit) -> str:
    """Take …… for one gap, and none at the rims; each gap multiplies the ways to search."""
    pieces = [piece for piece in written.split(GAP) if piece]
    if sum(map(len, pieces)) < _SHORTEST:
        audit.add(line, f"语句“{written}”太短，至少 {_SHORTEST} 个字，否则会到处误中")
    if len(pieces) > _MOST_GAPS + 1:
        shown = written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
        audit.add(line, f"语句“{shown}”的省略号太多，至多 {_MOST_GAPS} 处")
    return GAP.join(pieces)


def _compile(phrases: Mapping[str, Outcome]) -> re.Pattern[str]:
    gap = rf"[^。；！\n]{{0,{_WIDEST_GAP}}}?"
    patterns = (
        f"(?P<p{at}>{gap.join(map(re.escape, phrase.split(GAP)))})"
        for at, phrase in enumerate(phrases)
    )
    return re.compile("|".join(patterns) or "(?!)")
