"""The topic of a case by the headings above it and the classes that its report counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from nlp.bulletin.labels import topic_key, topic_name, topic_of
from nlp.bulletin.sections import Section, within
from nlp.bulletin.vocabulary import vocabulary

_CLAUSE = re.compile(r"[。；：\n]")
_WITHIN_CLASS = re.compile(
    "(?:^|[。；：，\n])(?P<is>[一-龥]{2,8})类(?:的)?(?:提案|建议)?(?:中|里|方面)，"
)
_SHORT = 2
"""Characters of a class's name that is met inside too many words."""


def section_topics(
    found: Sequence[Section], position: int, classes: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the topic of a position, () where no heading around it tells one.

    :param classes: the classes that the report counts, as it names them, with our keys.
    """
    met = [
        (section.level, topic)
        for section in reversed(within(found, position))
        if (topic := _topic(section, classes))
    ]
    ours = next((topic for _, topic in met if topic in vocabulary().topic_words), None)
    narrow = met and met[0][0] == 4 and met[0][1] not in classes.values()
    topic = (ours if narrow else None) or (met[0][1] if met else None)  # ——关于就业 under 民生
    return (topic,) if topic else ()


def told_topic(line: str, classes: Mapping[str, str]) -> tuple[str, ...]:
    """Return the class that a line says last before a title (民生类中，…《), () for none.

    :param line: the title's line up to the title.
    """
    met = _WITHIN_CLASS.findall(line)
    named = met[-1] if met else ""
    own = classes.get(named) or (topic_of(f"{named}类") if named else None)
    key = topic_key(own)
    return (key,) if key else ()


def _topic(section: Section, classes: Mapping[str, str]) -> str | None:
    if section.outcome or section.key or section.role not in ("results", "practice"):
        return section.topic
    named = class_in(section.heading, classes)
    if named is None:
        return section.topic
    return classes[named]


def class_in(heading: str, classes: Mapping[str, str]) -> str | None:
    """Return the counted class that a heading names (为城乡建设出实招), None in doubt.

    Where no name stands in it whole, two letters of just one class may (让城乡更宜居), if our
    words for topics tell none.
    """
    words = _CLAUSE.split(heading, maxsplit=1)[0]
    own = topic_name(re.split("[，（]", words, maxsplit=1)[0])
    if own in classes:
        return own
    whole = [name for name in classes if len(name) > _SHORT and name in words]
    longest = [name for name in whole if not any(name != o and name in o for o in whole)]
    if longest:
        return longest[0] if len({classes[name] for name in longest}) == 1 else None
    if any(pattern.search(words) for pattern in vocabulary().topic_words.values()):
        return None
    partly = [name for name in classes if any(pair in words for pair in _pairs(name))]
    return partly[0] if len(partly) == 1 else None


def _pairs(name: str) -> set[str]:
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    return pairs - {"建设", "发展", "管理", "工作", "服务", "保障", "社会", "其他"}
