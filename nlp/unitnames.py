"""How a unit's written name is reduced to a form that can be looked up.

The same unit is written 泽州县人民政府办公室, 县政府办公室, 县政府办 or 县水务局（县河长办）;
places, levels and brackets vary, the core does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

Held = TypeVar("Held")
Stems = Mapping[str, tuple[str, ...]]

_USUAL = 6  # a function's first aliases are its usual names, safe to read out of merged ones

_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_SEPARATORS = re.compile(r"[、，,;；:：/|()\[\]【】]+")
_ADMINISTRATIVE = "省市县区旗州盟委镇乡"
_LEADING = re.compile(r"^(?:中共|中国共产党|国家)")
_ENDINGS = (
    (
        re.compile(r"(?:[一-龥]{1,10}(?:镇|乡|街道|苏木)|街道办事处)(?:政府|党委|办事处)?$"),
        "township",
    ),
    (
        re.compile(r"(?:开发区|高新区|经开区|园区|新区|示范区)(?:管委会|管理委员会|管理局)?$"),
        "park_committee",
    ),
    (re.compile(r"(?:县|市|区|旗|州)(?:委)?政府$"), "district_government"),
)
_TOWN_TAIL = re.compile(r"(镇|乡|街道)(?:人民政府|政府|办事处)?$")
_PARK_TAIL = re.compile(r"(?:党工委)?(?:管委会|管理委员会)$")
_PARK_SHORT = {"高新技术产业开发区": "高新区", "经济技术开发区": "经开区", "经济开发区": "经开区"}
_ENDING = re.compile(r"(?:委员会|办公室|管理局|事务局|服务局|局|厅|委|办|部)$")
_ABBREVIATED = {
    "教": "education",
    "科": "science_technology",
    "体": "sports",
    "卫": "health",
    "文": "culture_tourism",
    "广": "culture_tourism",
    "广电": "culture_tourism",
    "旅": "culture_tourism",
    "商": "commerce",
    "经": "industry_it",
    "工": "industry_it",
    "信": "industry_it",
    "水": "water",
    "住": "housing_construction",
    "建": "housing_construction",
    "农": "agriculture_rural",
    "林": "forestry_parks",
}

_NEVER_MERGED = {*(function for _, function in _ENDINGS), "government_office"}


def clean_name(name: str) -> str:
    """Make half-width, drop blanks and quotes, shorten 人民政府 to 政府."""
    half = unicodedata.normalize("NFKC", name)
    return re.sub(r"[\s\"'“”‘’·。]+", "", half).replace("人民政府", "政府")


def written_parts(name: str) -> tuple[str, ...]:
    """Split a cell: the whole, the names outside brackets in order, what brackets hold."""
    clean = clean_name(name)
    outside = _SEPARATORS.split(_BRACKETS.sub("", clean))
    return tuple(part for part in (clean, *outside, *_BRACKETS.findall(clean)) if part)


def bodies(name: str) -> Iterator[str]:
    """Yield a clean name, then the name without ever longer place prefixes.

    A list of names (县教育局、县财政局) has no body but itself: it is split before.
    A cut may also fall inside a core (城市|管理局), so callers look up whole bodies,
    longest first, and never guess from a fragment.
    """
    yield name
    if _SEPARATORS.search(name):
        return
    led = _LEADING.sub("", name)
    if led != name:
        yield led
    for at, char in enumerate(led[:-2], start=1):
        if char in _ADMINISTRATIVE:
            yield led[at:]


def look_up(name: str, forms: Mapping[str, Held]) -> Held | None:
    """Find what `forms` holds for the longest body of a written name; None when unknown."""
    for part in written_parts(name):
        for body in bodies(part):
            if body in forms:
                return forms[body]
    return None


class AliasTable:
    """Written unit names of any place → functions, built once from (alias, function) pairs."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        written: dict[str, list[str]] = {}
        for alias, function in pairs:
            written.setdefault(function, []).append(clean_name(alias))
        self._known = set(written)
        self._forms = _holders((a, f) for f, names in written.items() for a in names)
        merging = {f: names for f, names in written.items() if f not in _NEVER_MERGED}
        usual = _holders((a, f) for f, names in merging.items() for a in names[:_USUAL])
        stems = _holders((a, f) for f, names in merging.items() for a in names)
        self._stems = {**_cores(stems), **self._abbreviations()}
        certain = {
            **_cores(usual),
            **{k: v for k, v in self._abbreviations().items() if len(k) > 1},
        }
        self._forms = {alias: self._completed(alias, certain) for alias in self._forms}
        self._longest = sorted(self._forms, key=lambda alias: (-len(alias), alias))

    def _abbreviations(self) -> dict[str, tuple[str, ...]]:
        return {stem: (f,) for stem, f in _ABBREVIATED.items() if f in self._known}

    def _completed(self, alias: str, stems: Stems) -> tuple[str, ...]:
        """Add what a merged name says itself, if only one of its functions lists it."""
        said = _split(_core(alias), {k: v for k, v in stems.items() if k != _core(alias)})
        return tuple(dict.fromkeys((*self._forms[alias], *said)))

    def functions(self, name: str) -> tuple[str, ...]:
        """List the functions of a written unit name, () when nothing fits.

        Order: a town, park or government by its ending (下村镇政府 is not “政府”); a
        whole alias; a merged bureau read piece by piece (发改科技局); last the longest
        alias inside.
        """
        parts = written_parts(name)
        for read in (self._by_ending, self._whole, self._by_pieces, self._inside):
            for part in parts:
                if found := read(part):
                    return found
        return ()

    def _whole(self, part: str) -> tuple[str, ...]:
        return next((self._forms[body] for body in bodies(part) if body in self._forms), ())

    def _by_ending(self, part: str) -> tuple[str, ...]:
        for pattern, function in _ENDINGS:
            if function in self._known and pattern.search(part):
                return (function,)
        return ()

    def _by_pieces(self, part: str) -> tuple[str, ...]:
        for body in bodies(part):
            if _ENDING.search(body) and (found := _split(_core(body), self._stems)):
                return found
        return ()

    def _inside(self, part: str) -> tuple[str, ...]:
        for alias in self._longest:
            if len(alias) > 2 and alias in part:
                return self._forms[alias]
        return ()


def _holders(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    held: dict[str, dict[str, None]] = {}
    for alias, function in pairs:
        held.setdefault(alias, {})[function] = None
    return {alias: tuple(functions) for alias, functions in held.items()}


def _core(name: str) -> str:
    """教育和体育局 → 教育体育."""
    return _ENDING.sub("", name).replace("和", "")


def _cores(forms: Stems) -> dict[str, tuple[str, ...]]:
    """Map the cores of names with an office's ending, two characters at least."""
    endless = (
        (_core(alias), functions) for alias, functions in forms.items() if _ENDING.search(alias)
    )
    return {core: functions for core, functions in endless if len(core) > 1}


def _split(core: str, stems: Stems) -> tuple[str, ...]:
    """List functions when stems cover the whole core, longest stem first; else ()."""
    found: dict[str, None] = {}
    while core:
        size = next((n for n in range(len(core), 0, -1) if core[:n] in stems), 0)
        if not size:
            return ()
        found.update(dict.fromkeys(stems[core[:size]]))
        core = core[size:]
    return tuple(found)


def town_unit(town: str) -> str:
    """下村镇 → 下村镇政府, 潞华街道 → 潞华街道办事处; a name without an ending is a 镇."""
    stem, kind = _split_town(town)
    return f"{stem}{kind}办事处" if kind == "街道" else f"{stem}{kind or '镇'}政府"


def town_forms(town: str) -> Iterator[tuple[str, str]]:
    """Pair its written forms with its unit: any of the three endings, never the bare stem.

    Towns are upgraded (乡 → 镇 → 街道) and old texts keep the old ending.
    """
    stem, own = _split_town(town)
    for kind in ("镇", "乡", "街道"):
        unit = town_unit(stem + (own or kind))
        yield stem + kind, unit
        yield f"{stem}{kind}{'办事处' if kind == '街道' else '政府'}", unit


def _split_town(town: str) -> tuple[str, str]:
    tail = _TOWN_TAIL.search(town)
    return (town[: tail.start()], tail[1]) if tail else (town, "")


def park_unit(park: str) -> str:
    """巴公工业园区 → 巴公工业园区管委会."""
    return park if _PARK_TAIL.search(park) else f"{park}管委会"


def park_forms(park: str, places: Iterable[str]) -> Iterator[str]:
    """Give its full name and the usual short one (经开区), with and without the place."""
    full = _PARK_TAIL.sub("", park)
    short = next((full.replace(k, v) for k, v in _PARK_SHORT.items() if k in full), full)
    for form in (full, short):
        place = max((p for p in places if form.startswith(p)), key=len, default="")
        for name in (form.removeprefix(place), form):
            yield name
            yield f"{name}管委会"
