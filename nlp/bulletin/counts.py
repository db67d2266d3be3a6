"""The grammar of counts: which statistic a number of proposals is, by the words around it."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.bulletin.around import Around
from nlp.bulletin.countforms import (
    AFTER,
    ALL_OF_MEMBERS,
    APART,
    BEFORE,
    BEGINS_CLASS,
    BOTH_FATES,
    BROUGHT,
    CLASS_COUNTED,
    FEELINGS,
    GROUPS,
    HANDED,
    KEY,
    KEY_AFTER,
    LISTED,
    MATTER,
    MATTER_END,
    MERGED_INTO,
    PASSED_ON,
    PROPOSE,
    REST_HANDED,
    SIMILAR,
    SOURCE_AFTER,
    SOURCE_BEFORE,
    SPLIT_BY,
    TOTALS,
    UNFIT,
    VERB,
    WITH_KEY,
    WITH_KEY_AFTER,
)
from nlp.bulletin.foreign import is_foreign
from nlp.bulletin.labels import bare, ends_in_outcome, known_topic, outcome_of, topic_name, topic_of
from nlp.bulletin.steps import last_verb


def count_name(place: Around, verb: str) -> str | None:
    """Name the statistic of a count, None where it is none of ours.

    :param verb: the last verb of the sentence before this count (`last_verb`), which a bare
        提案96件 belongs to.
    """
    if is_foreign(place):
        return None
    if place.token.unit in "家个项份" and place.token.unit:
        return _units(place)
    if name := _by_after(place):
        return name
    return _by_before(place, verb)


def _units(place: Around) -> str | None:
    if re.match(r"(?:承办)?(?:单位|部门|责任单位|地区和部门|承办)", place.after) or re.search(
        r"承办(?:单位|部门)(?:共|有|达|为|计)*$", place.narrow
    ):
        return "handling_units"
    if place.token.unit == "份" or re.match(r"(?:提案|建议)", place.after):
        return _by_after(place) or _by_before(place, "")
    return None


def _by_after(place: Around) -> str | None:
    """Name by what follows: 391件予以立案, 7件重点提案, 33件已经解决."""
    if HANDED.match(place.after) or _rest_handed(place):
        return "handled"
    if MERGED_INTO.match(place.after):
        return "merged"
    if UNFIT.match(place.sentence, place.token.span.end):
        return "refused"
    if passed := PASSED_ON.match(place.sentence, place.token.span.end):
        return next((name for name, form in AFTER if form.match(passed["to"])), None)
    if place.abuts and not re.search("[与和同及]|其中", place.after):
        return None
    if _beside_key(place):
        return "merged_with_key"
    return _by_deed(place) or _by_class(place)


def _rest_handed(place: Around) -> bool:
    """Tell 除…的9件外，其余119件交由各部门承办."""
    rest = re.search(r"(?:其余|余下|剩余|其他)(?:的)?$", place.narrow)
    before = place.sentence[: place.token.span.start]
    return bool(rest and re.search("除.*外，", before) and REST_HANDED.match(place.after))


def _beside_key(place: Around) -> bool:
    """Tell the ordinary proposals that are handled together with the key ones."""
    ordinary = WITH_KEY.search(place.narrow) and WITH_KEY_AFTER.match(place.after)
    return bool(ordinary) and "重点" in place.sentence


def _by_deed(place: Around) -> str | None:
    """Name by what was done with them: 予以立案, 转为意见建议, 列为重点提案."""
    if KEY_AFTER.match(place.after):
        return "key"
    after = _without_matter(place.after)
    if BOTH_FATES.search(after):
        return None
    for name, pattern in AFTER:
        if pattern.match(after):
            return name
    return next((name for name, source in SOURCE_AFTER if source.match(place.after)), None)


def _by_class(place: Around) -> str | None:
    """Name by the class of results or of topics that follows: 已经解决, 为经济类."""
    after = _without_matter(place.after)
    if BEGINS_CLASS.match(after) and (outcome := outcome_of(after)):
        return f"outcomes.{outcome}"
    if re.match(r"(?:为|是|属|属于|涉及)", after) and (topic := topic_of(after[1:])):
        return f"topics.{topic}"
    return None


def _without_matter(after: str) -> str:
    return re.sub(rf"^(?:的)?{MATTER}?(?:的)?(?:(?:所提|反映)?(?:的)?问题)?", "", after)


def _by_before(place: Around, verb: str) -> str | None:
    narrow = place.narrow
    if re.search(r"(?:中|里|其中)(?:共?有)?$", narrow) or not narrow.strip("，、；"):
        return _within_brackets(place)
    if KEY.search(narrow):
        return "key"
    if SIMILAR.search(narrow):
        behind = place.sentence[place.token.span.end :][:24]
        return "merged" if re.search("并案|合并|归并", behind) else None
    for name, pattern in BEFORE:
        if pattern.search(narrow):
            return name
    if ends_in_outcome(narrow) and (outcome := outcome_of(place.wide)):
        return f"outcomes.{outcome}"
    return _by_source(place) or _by_feeling(narrow) or _by_topic(place) or _by_verb(narrow, verb)


def _by_feeling(narrow: str) -> str | None:
    """Name how many were content (满意的119件，占99.2%), or were met (已面商119件)."""
    return next((name for name, form in FEELINGS if form.search(narrow)), None)


def _by_source(place: Around) -> str | None:
    """Name by who proposed, when, or in which part units handle."""
    patterns = (*SPLIT_BY, *SOURCE_BEFORE)
    words = place.narrow
    if re.search("(?:收到|征集到?|接到)[^，]*委员(?!会)", words) and GROUPS.search(words):
        return None  # everybody's
    if GROUPS.search(words) and not re.search("委员(?!会)|代表(?!团)|[收征接]", words):
        words = BROUGHT.sub("", words)
    name = next((name for name, form in patterns if form.search(words)), None)
    if name is None:
        return None
    if name == "by_members" and PROPOSE.search(place.narrow):
        return _members_or_all(place)
    if (all_of := ALL_OF_MEMBERS.search(words)) and not APART.search(place.sentence):
        return last_verb(all_of.group()) or "submitted"
    return "by_groups" if len(GROUPS.findall(place.wide)) > 1 else name


def _by_topic(place: Around) -> str | None:
    listed = _lists_classes(place.sentence)
    label = re.split("[，；：。]", place.wide)[-1]
    topic = topic_of(label, listed=listed)
    if not topic and re.fullmatch("[一-龥]{2,8}", bare(label)) and not last_verb(label):
        known = _lists_topics(place.sentence)
        topic = topic_of(f"{bare(label)}类", listed=True) if known else None
    return f"topics.{topic}" if topic else None


@lru_cache(maxsize=16)
def _lists_classes(sentence: str) -> bool:
    return len(CLASS_COUNTED.findall(sentence)) > 1


@lru_cache(maxsize=16)
def _lists_topics(sentence: str) -> bool:
    """Tell a list of topics that says neither 类 nor 方面: 农业41件，文教22件，城建15件."""
    return sum(known_topic(topic_name(each)) for each in LISTED.findall(sentence)) > 2


def _members_or_all(place: Around) -> str:
    """委员提出提案418件 counts all, unless groups are set against members in the sentence."""
    if re.search("集体|团体|党派|界别|专委", place.sentence):
        grouped = re.search(
            "其中|提案者|提案人|形式|来源|主体", place.sentence[: place.token.span.start]
        )
        return "by_members" if grouped else "submitted"
    return "submitted"


def _within_brackets(place: Around) -> str | None:
    """Name a number in brackets by the words before them: 已解决（33件）."""
    if not re.search(r"[（(]$", place.wide):
        return None
    words = re.split("[，；：。]", place.wide[:-1])[-1]
    if ends_in_outcome(words) and (outcome := outcome_of(words)):
        return f"outcomes.{outcome}"
    return f"topics.{topic}" if (topic := topic_of(words)) else None


def _by_verb(narrow: str, verb: str) -> str | None:
    """立案391件, 共收到提案434件; 提案96件 alone goes with the sentence's last verb."""
    step = last_verb(narrow)
    plain = bare(narrow)
    if re.search("实际(?:交办|办理|承办|分办)", narrow):
        return "handled_after_all"
    if step and (
        MATTER_END.search(narrow) or re.search(rf"(?:{VERB.pattern})(?:了|到|的)?$", plain)
    ):
        if step == "handled" and "立案" in narrow:
            return "filed"
        return step
    if MATTER_END.search(narrow) and len(plain) <= 12:
        return verb or ("submitted" if TOTALS.search(narrow) else None)
    return None
