"""How notes name rows and labels: 分办表.csv 第3、5行; 城乡建设×2（…；是否 城乡？）."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

SHOWN = 5
"""How many labels, and how many rows of one, a note lists."""
_LONGEST = 40
_ALIKE = 60.0
"""Per cent, as `nlp.yamlfile.did_you_mean` asks for."""
_NUMBERED = re.compile(r"^(.*)第(\d+)行$")


def spots(where: Sequence[str], shown: int = SHOWN) -> str:
    """Name the first few rows, those of one sheet together."""
    sheets: dict[str, list[str]] = {}
    for each in where[:shown]:
        found = _NUMBERED.match(each)
        sheets.setdefault(found[1] if found else each, []).extend([found[2]] if found else [])
    named = [
        f"{sheet}第{'、'.join(numbers)}行" if numbers else sheet
        for sheet, numbers in sheets.items()
    ]
    more = f" 等 {len(where)} 行" if len(where) > shown else ""
    return "，".join(named) + more


def listed(words: Mapping[str, Sequence[str]], hint: Callable[[str], str] = lambda _: "") -> str:
    """List the commonest words with their rows.

    :param words: each word's rows, as `Gold.where` names them.
    :param hint: what to add about a word, such as the closest known one.
    """
    common = sorted(words, key=lambda word: -len(words[word]))[:SHOWN]
    return "、".join(
        f"{short(word)}×{len(words[word])}（{spots(words[word], 3)}）{hint(word)}"
        for word in common
    )


def short(label: str) -> str:
    """Cut what can be no label: a column taken for one may hold whole paragraphs."""
    return label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…"


def nearest(word: str, names: Mapping[str, str]) -> str:
    """Suggest the label whose key or name is closest; "" where none is close.

    :param names: Chinese names by key; a name by itself where there are no keys.
    """
    from rapidfuzz import fuzz, process

    written = {**{name: key for key, name in names.items()}, **{key: key for key in names}}
    near = process.extractOne(word, tuple(written), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if near is None:
        return ""
    key = written[near[0]]
    name = names[key]
    return f"（是否 {key}？）" if name == key else f"（是否 {key}（{name}）？）"


def examples(labels: Collection[str]) -> str:
    """Show some of the labels of one side."""
    some = sorted(labels)[:SHOWN]
    return "、".join(map(short, some)) + (
        f" 等 {len(labels)} 种" if len(labels) > len(some) else ""
    )
