"""Directories: which unit of a place holds which function.

Models know functions only; a directory turns them into a place's units, towns and parks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nlp.errors import UsageError
from nlp.shipped import shipped
from nlp.unitnames import clean_name, look_up, park_forms, park_unit, town_forms, town_unit
from nlp.yamlfile import Audit, Node, did_you_mean, read_yaml

LEVELS = {"province": "省", "city": "市", "district": "区", "county": "县", "generic": ""}
TOWNSHIP, PARK, DISTRICT = "township", "park_committee", "district_government"

_LISTS = {
    "aliases": "地名别称（aliases）",
    "towns": "乡镇（towns）",
    "parks": "园区（parks）",
    "districts": "县区（districts）",
}
_FIELDS = ("place", "level", "units", "default", *_LISTS)
_UNIT_FIELDS = ("name", "short", "functions", "old_names")
_COMPASS = frozenset(
    "云南 河南 湖南 海南 西南 东南 河北 湖北 山东 广东 山西 陕西 广西 江西".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A department of a place; `short` holds its other written forms and old names."""

    name: str
    short: tuple[str, ...]
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """What a form stands for: bare ones lack a level, unspoken ones count as whole cells only."""

    unit: str
    functions: tuple[str, ...]
    bare: bool = False
    spoken: bool = True


@dataclass(frozen=True, slots=True)
class Directory:
    """The units of one place, in the order of its file; level is a key of LEVELS."""

    place: str
    level: str
    units: tuple[Unit, ...]
    towns: tuple[str, ...] = ()
    parks: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    default: str = "政府办公室"
    aliases: tuple[str, ...] = ()
    _holder: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _forms: Mapping[str, _Mention] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms = dict(_forms(self))
        spoken = sorted((form for form, mention in forms.items() if mention.spoken), key=len)
        pattern = re.compile("|".join(map(re.escape, reversed(spoken))) or "(?!)")
        holder = {function: unit.name for unit in self.units for function in unit.functions}
        for name, value in (("_holder", holder), ("_forms", forms), ("_pattern", pattern)):
            object.__setattr__(self, name, value)

    @property
    def unit_names(self) -> tuple[str, ...]:
        """Give every unit's name, for drop-downs: departments, towns, parks, districts, default."""
        named = (*map(town_unit, self.towns), *map(park_unit, self.parks))
        others = (*named, *(f"{name}政府" for name in self.districts), self.default)
        return tuple(dict.fromkeys([*(unit.name for unit in self.units), *others]))

    def unit_of(self, function: str, text: str = "") -> str:
        """Name the unit that holds a function; `default` when none does.

        For towns, parks and districts the one that `text` names, the longest first.
        """
        if text and function in (TOWNSHIP, PARK, DISTRICT):
            general = self._holder.get(function)
            named = [
                (form, mention.unit)
                for form, mention in self._mentions(text)
                if function in mention.functions and mention.unit != general
            ]
            if named:
                return max(named, key=lambda each: len(each[0]))[1]
        return self._holder.get(function, self.default)

    def holds(self, function: str) -> bool:
        """Tell whether a unit of its own holds a function."""
        return function in self._holder

    def functions_of(self, unit_name: str) -> tuple[str, ...]:
        """List the functions of a unit written in any of its forms, () when it is unknown."""
        mention = look_up(unit_name, self._forms)
        return mention.functions if mention else ()

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Name the units, towns, parks and districts that a text names, in its order."""
        return tuple(dict.fromkeys(mention.unit for _, mention in self._mentions(text)))

    def _mentions(self, text: str) -> Iterator[tuple[str, _Mention]]:
        """Non-overlapping mentions, leaving out look-alikes (云南村镇银行, 省…, 另一县的局)."""
        for match in self._pattern.finditer(text):
            mention = self._forms[match[0]]
            before = text[max(0, match.start() - 1) : match.start()]
            foreign = mention.bare and before in tuple("省市县区")
            joined = TOWNSHIP in mention.functions and (
                before + match[0][0] in _COMPASS or text.startswith("银行", match.end())
            )
            if not (foreign or joined):
                yield match[0], mention


def _forms(directory: Directory) -> Iterator[tuple[str, _Mention]]:
    """Written forms; earlier ones give way to later ones, so exact names come last."""
    places = tuple(p for p in (directory.place, *directory.aliases) if p)
    level = LEVELS[directory.level]
    for town in directory.towns:
        yield from ((form, _Mention(unit, (TOWNSHIP,))) for form, unit in town_forms(town))
    for park in directory.parks:
        mention = _Mention(park_unit(park), (PARK,))
        yield from ((form, mention) for form in park_forms(park, places))
    for name in directory.districts:
        common = len(name) == 2 and name.endswith("区")
        mention = _Mention(f"{name}政府", (DISTRICT,))
        yield name, _Mention(f"{name}政府", (DISTRICT,), spoken=not common)
        yield from ((form, mention) for form in (f"{name}政府", *(p + name for p in places)))
    for unit in directory.units:
        for form in map(clean_name, (*unit.short, unit.name)):
            core = re.sub(f"^{level}(?:委(?!员))?", "", form) if level else form
            yield core, _Mention(unit.name, unit.functions, bool(level), spoken=len(core) > 2)
            for prefix in (level, *places):
                yield prefix + core, _Mention(unit.name, unit.functions, spoken=len(core) > 1)
    for unit in directory.units:
        yield clean_name(unit.name), _Mention(unit.name, unit.functions)


def load_directory(spec: str | Path, functions: Sequence[str]) -> Directory:
    """Read a directory: a YAML file, a shipped file's name, or a shipped place's name.

    `functions` are the keys that units may hold. Raises UsageError when there is no
    such file or place, DataError with every fault of the file.
    """
    path = _find(spec)
    node, audit = read_yaml(path)
    fields = audit.fields(node, "单位目录", _FIELDS)
    place = audit.text(fields.get("place"), "地名（place）", node)
    level = audit.text(fields["level"], "级别（level）", node) if "level" in fields else "generic"
    if level not in LEVELS:
        audit.add(fields["level"].line, f"级别“{level}”不存在，可用 {'、'.join(LEVELS)}")
    units = _units(fields.get("units"), node, audit, functions)
    lists = {
        name: _distinct(audit.texts(fields.get(name), what), what, audit)
        for name, what in _LISTS.items()
    }
    office = next((u.name for u in units if "government_office" in u.functions), "政府办公室")
    default = (
        audit.text(fields["default"], "默认单位（default）", node)
        if "default" in fields
        else office
    )
    audit.finish("请按行号改好后重试。")
    return Directory(place, level, units, default=default, **lists)


def _find(spec: str | Path) -> Path:
    path = Path(spec)
    if path.is_file():
        return path
    files = {file.stem: file for file in sorted(shipped("places").glob("*.yaml"))}
    name = str(spec).removesuffix(".yaml")
    if name in files:
        return files[name]
    titles: list[str] = []
    for stem, file in files.items():
        value = read_yaml(file)[0].plain()
        fields = value if isinstance(value, dict) else {}
        if name in (fields.get("place"), *fields.get("aliases", ())):
            return file
        titles.append(f"{stem}（{fields.get('place')}）")
    raise UsageError(
        f"没有单位目录“{spec}”：它既不是文件，也不是自带的地方。",
        f"自带的有 {'、'.join(titles)}；也可给出自己的 YAML 文件路径。",
    )


def _units(
    node: Node | None, owner: Node, audit: Audit, functions: Sequence[str]
) -> tuple[Unit, ...]:
    """Read the list of units; a function or a written form belongs to one unit only."""
    if node is None or not isinstance(node.value, list) or not node.value:
        audit.add((node or owner).line, "units 应是单位列表，每项以“- name: 单位名”开头，至少一项")
        return ()
    owners: dict[str, tuple[str, int]] = {}
    units = []
    for item in node.value:
        fields = audit.fields(item, "单位", _UNIT_FIELDS)
        name = audit.text(fields.get("name"), "单位名称（name）", item)
        others = audit.texts(fields.get("short"), "简称（short）")
        others += audit.texts(fields.get("old_names"), "旧称（old_names）")
        forms = {_key(text): (text, line) for text, line in [*others, (name, item.line)]}
        _claim([*forms.values()], "名称", name, owners, audit)
        duties = audit.texts(fields.get("functions"), "职能（functions）")
        for key, line in duties:
            if key not in functions:
                audit.add(line, f"职能“{key}”不存在{did_you_mean(key, functions)}")
        _claim(duties, "职能", name, owners, audit)
        units.append(Unit(name, tuple(t for t, _ in others), tuple(t for t, _ in duties)))
    return tuple(units)


def _key(form: str) -> str:
    """Fold forms that are looked up alike: 县教体局 and 教体局."""
    return re.sub("^[省市县区](?=..)", "", clean_name(form))


def _claim(
    texts: Sequence[tuple[str, int]],
    what: str,
    unit: str,
    owners: dict[str, tuple[str, int]],
    audit: Audit,
) -> None:
    """Note who uses a function or name; a second claim is a fault."""
    for text, line in filter(lambda each: each[0], texts):
        if held := owners.get(_key(text)):
            audit.add(line, f"{what}“{text}”已属“{held[0]}”（第{held[1]}行），请只留一处")
        owners.setdefault(_key(text), (unit, line))


def _distinct(texts: Sequence[tuple[str, int]], what: str, audit: Audit) -> tuple[str, ...]:
    """Read a list in which nothing may stand twice."""
    first: dict[str, int] = {}
    for text, line in texts:
        if text in first:
            audit.add(line, f"{what}里“{text}”重复（第{first[text]}行已有），请删去一个")
        first.setdefault(text, line)
    return tuple(first)
