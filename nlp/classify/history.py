"""An office's past decisions as precedents: any file with titles and lead units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.classify.similar import Precedent, Precedents, build_precedents
from nlp.errors import InputError
from nlp.types import Proposal

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.places import Directory


def open_precedents(
    path: Path, router: Router, directory: Directory, on_note: Callable[[str], None]
) -> Precedents:
    """Read a table whose 主办单位 column tells who handled each past proposal.

    Unit names are mapped to functions by the directory, else by the functions' aliases;
    `on_note` is told how many rows were used and how many units were not recognised.
    Raises InputError if no row has both a title and a known unit.
    """
    from nlp.io.read import read_proposals
    from nlp.taxonomy import unit_reader

    source = read_proposals(path)
    aliases = unit_reader(router.functions)
    items: list[Precedent] = []
    strange: Counter[str] = Counter()
    for item in source.items:
        columns = source.map_for(item)
        head = columns.head("lead") if columns else None
        if not isinstance(item, Proposal) or head is None or not item.title:
            continue
        unit = item.given.get(head, "").strip()
        known = (unit,) if unit in router.function_keys else ()
        held = known or directory.functions_of(unit) or aliases.functions(unit)
        if held:
            items.append(Precedent(item.title, held[0], unit))
        else:
            strange[unit or "空白"] += 1
    built = build_precedents(items, router.encoder, router.function_keys)
    if built is None:
        raise InputError(
            f"先例文件 {path} 里没有一行可用：要有标题列，和认得出的主办单位列。",
            "请检查列名（标题、主办单位），或换一个 --place。",
        )
    on_note(f"先例用了 {len(items)} 件{_left_out(strange)}。")
    return built


def _left_out(strange: Counter[str]) -> str:
    if not strange:
        return ""
    shown = "、".join(unit for unit, _ in strange.most_common(3))
    return f"，另有 {strange.total()} 件的主办单位认不出（如 {shown}），没有用"
