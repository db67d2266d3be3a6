"""What the models can say: topics of a scheme, and functions that any place's units hold.

Both are data (`corpora/topics.yaml`, `corpora/functions/*.yaml`), checked on loading so
that a slip is reported with its file and line instead of surfacing as a wrong label.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nlp.errors import DataError, InputError
from nlp.shipped import shipped
from nlp.unitnames import AliasTable
from nlp.yamlfile import Audit, Node, did_you_mean, read_yaml

_FIELDS = ("key", "name", "aliases", "topics", "co_handlers", "fold", "duties")
_HINT = "请按行号改好后重试。"
_MIN_WORD = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject area; `scope` is one Chinese line that says what belongs to it.

    `aliases` are other words by which registers call it; models don't keep them.
    """

    key: str
    name: str
    scope: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """An ordered set of topics, such as the five of the Yangquan and Changzhi reports."""

    name: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty phrase (三定职责) and the words by which proposals speak of it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """What a unit may be responsible for, independent of place.

    `fold` names the function that takes over where a place has no such unit.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    co_handlers: tuple[str, ...] = ()
    fold: str | None = None
    duties: tuple[Duty, ...] = ()

    @property
    def is_unit(self) -> bool:
        """Tell an office's own unit, which a model learned under its written name."""
        return self.key == self.name and not self.key.isascii()


def load_scheme(path: Path | None = None) -> Scheme:
    """Read the topic scheme of a file, or the shipped one. Raises InputError, DataError."""
    node, audit = read_yaml(path or shipped("topics.yaml"))
    fields = audit.fields(node, "主题方案", ("name", "topics"))
    name = audit.text(fields.get("name"), "方案名称（name）", node)
    topics: dict[str, Topic] = {}
    for item in _items(fields.get("topics"), "topics", node, audit):
        topic = audit.fields(item, "主题", ("key", "name", "scope", "aliases"))
        key = audit.text(topic.get("key"), "主题代号（key）", item)
        title = audit.text(topic.get("name"), "主题名称（name）", item)
        scope = audit.text(topic["scope"], "主题范围（scope）", item) if "scope" in topic else ""
        if key in topics:
            audit.add(topic["key"].line, f"主题“{key}”重复，请删去一个")
        aliases = _words(topic.get("aliases"), "别称（aliases）", audit)
        topics[key] = Topic(key, title, scope, aliases)
    _apart(topics.values(), node, audit)
    audit.finish(_HINT)
    return Scheme(name, tuple(topics.values()))


def _apart(topics: Iterable[Topic], node: Node, audit: Audit) -> None:
    """Refuse a word for two topics."""
    taken: dict[str, str] = {}
    for topic in topics:
        for word in {topic.name, *topic.aliases}:
            if taken.setdefault(word, topic.key) != topic.key:
                audit.add(node.line, f"“{word}”同时是主题“{taken[word]}”和“{topic.key}”的写法")


def _items(node: Node | None, field: str, owner: Node, audit: Audit) -> list[Node]:
    if node is not None and isinstance(node.value, list):
        return node.value
    audit.add((node or owner).line, f"{field} 应是列表，每项以“- ”开头，至少一项")
    return []


def load_functions(path: Path | None = None, scheme: Scheme | None = None) -> tuple[Function, ...]:
    """Read functions of a folder (one YAML a function), of one file (a list), or shipped.

    Topics are checked against `scheme`, or the shipped one. Raises InputError when
    there is nothing to read, DataError with every fault of every file.
    """
    source = path or shipped("functions")
    files = sorted(source.glob("*.yaml")) if source.is_dir() else [source]
    if not files:
        raise InputError(f"文件夹 {source} 里没有职能文件（*.yaml）。", "请检查路径。")
    read = [(file, *read_yaml(file)) for file in files]
    items = [
        (item, audit)
        for _, node, audit in read
        for item in (node.value if isinstance(node.value, list) else [node])
    ]
    keys = _declared_keys(items)
    topics = {topic.key for topic in (scheme or load_scheme()).topics}
    functions = tuple(_function(item, audit, keys, topics) for item, audit in items)
    _finish(source, [(file, audit) for file, _, audit in read])
    return functions


def shipped_function_keys() -> tuple[str, ...]:
    """List the keys of the shipped functions without reading them: a file is named by its key."""
    return tuple(sorted(file.stem for file in shipped("functions").glob("*.yaml")))


def _finish(source: Path, audits: Sequence[tuple[Path, Audit]]) -> None:
    """Raise one DataError for all files, its faults prefixed with the file's name in a folder."""
    faulty = [(file, audit) for file, audit in audits if audit.faults]
    if len(faulty) == 1:
        faulty[0][1].finish(_HINT)
    faults = [f"{file.name} {fault}" for file, audit in faulty for fault in audit.faults]
    if faults:
        raise DataError(str(source), faults, _HINT)


def _declared_keys(items: Iterable[tuple[Node, Audit]]) -> set[str]:
    """Collect the keys of all functions; a second holder of a key is a fault of its file."""
    seen: set[str] = set()
    for item, audit in items:
        node = item.value.get("key") if isinstance(item.value, dict) else None
        if node is None or not isinstance(node.value, str):
            continue
        if node.value in seen:
            audit.add(node.line, f"职能“{node.value}”重复，请合并成一个")
        seen.add(node.value)
    return seen


def _function(item: Node, audit: Audit, keys: Collection[str], topics: Collection[str]) -> Function:
    fields = audit.fields(item, "职能", _FIELDS)
    key = audit.text(fields.get("key"), "职能代号（key）", item)
    fold = audit.text(fields["fold"], "合并去向（fold）", item) if "fold" in fields else None
    if fold == key and fold:
        audit.add(fields["fold"].line, "fold 不能指向自己，请改成别的职能或删去")
    elif fold and fold not in keys:
        audit.add(fields["fold"].line, f"职能“{fold}”不存在{did_you_mean(fold, keys)}")
    return Function(
        key=key,
        name=audit.text(fields.get("name"), "职能名称（name）", item),
        aliases=_words(fields.get("aliases"), "别称（aliases）", audit),
        topics=_known(fields.get("topics"), "主题", topics, audit),
        co_handlers=_known(fields.get("co_handlers"), "职能", keys, audit),
        fold=fold or None,
        duties=_duties(fields.get("duties"), audit),
    )


def _known(node: Node | None, what: str, keys: Collection[str], audit: Audit) -> tuple[str, ...]:
    """Read a list of keys, each of which must exist."""
    texts = audit.texts(node, f"{what}列表")
    for text, line in texts:
        if text not in keys:
            audit.add(line, f"{what}“{text}”不存在{did_you_mean(text, keys)}")
    return tuple(text for text, _ in texts)


def _words(node: Node | None, what: str, audit: Audit) -> tuple[str, ...]:
    texts = audit.texts(node, what)
    for text, line in texts:
        if len(text) < _MIN_WORD:
            audit.add(line, f"{what}里的“{text}”太短，至少 {_MIN_WORD} 个字，否则会到处误中")
    return tuple(dict.fromkeys(text for text, _ in texts))


def _duties(node: Node | None, audit: Audit) -> tuple[Duty, ...]:
    """Read duties from a mapping phrase → words; a phrase written twice is a fault of reading."""
    if node is None:
        return ()
    if not isinstance(node.value, dict):
        audit.add(node.line, "duties 应写成“职责: [词, 词]”")
        return ()
    for name, child in node.value.items():
        if len(name.strip()) < _MIN_WORD:
            audit.add(child.line, f"职责名“{name}”太短，至少 {_MIN_WORD} 个字")
        if child.value == "" or child.value == []:
            audit.add(child.line, f"职责“{name}”没有词，请补上或删去")
    filled = {name: child for name, child in node.value.items() if child.value != ""}
    return tuple(
        Duty(name.strip(), _words(child, f"职责“{name}”", audit)) for name, child in filled.items()
    )


def folds(functions: Iterable[Function]) -> dict[str, str]:
    """Map a function to the one that takes over where a place has no such unit."""
    return {function.key: function.fold for function in functions if function.fold}


def function_of_unit(name: str, functions: Sequence[Function]) -> tuple[str, ...]:
    """List the functions of a written unit name of any place: 县卫体局 → health, sports.

    For many names, call `unit_reader` once: here most of the time goes into finding it.
    """
    return _reader(_spoken(functions)).functions(name)


def unit_reader(functions: Sequence[Function]) -> AliasTable:
    """Build the table whose `.functions(name)` reads a written unit name."""
    return _reader(_spoken(functions))


_Spoken = tuple[tuple[str, tuple[str, ...]], ...]


def _spoken(functions: Sequence[Function]) -> _Spoken:
    return tuple((each.key, (each.name, *each.aliases)) for each in functions)


@lru_cache(maxsize=4)
def _reader(spoken: _Spoken) -> AliasTable:
    return AliasTable((alias, key) for key, aliases in spoken for alias in aliases)
