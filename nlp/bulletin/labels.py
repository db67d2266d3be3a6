"""What the words beside a number say that it counts."""

from __future__ import annotations

import re
from functools import cache

from nlp.bulletin.vocabulary import vocabulary

_MATTER = r"(?:提案|建议|议案|意见)"
_TAIL = re.compile(
    r"(?:(?:的|有|共有?|共计|总共|合计|总计|计|为|达到?|约|即|是|(?<!不)了|数量?|总数|件数|"
    r"数|分别|各|占|：|:|“|”|（|）)+)$"
)
_LETTER = re.compile(r"([A-DＡ-Ｄ甲乙丙丁])[”\"’]?\s*[类级件等]")
_WIDE = str.maketrans("ＡＢＣＤ", "ABCD")
_FILLER = re.compile(
    r"(?:提案|建议|议案|意见|方面|领域|类别?|的|所提|反映|有关|内容|涉及|属于?|关于|"
    r"问题|事关|其中|按|共|为|占|"
    r"有|计|是|在|等|主要|此类|：|（|）|[“”、，和及与])+"
)
_FRONT = re.compile(
    r"^(?:其中|涉及|关于|属于?|反映|事关|有关|主要|包括|[，、；：:“”（）]|和|及|与|"
    r"以及|其余|另有?|还有|有)+"
)
_BACK = re.compile(
    r"(?:(?:方面|领域|类别?)?(?:的)?(?:提案|建议|议案|意见)?(?:有|共|为|计|是|各|分别|"
    r"占|数|：)*|[”“）：])+$"
)
_NO_CLASS = re.compile(
    "各$|^(?:此|这|该|各|同|几|两|一|二|三|四|上述|前|后|重点|疑难|难点|普通|其余|"
    "满意|每|本|哪|某)|承办|委员|代表|提出"
)
_CLASSED = re.compile(r"(?:类|方面|领域)")
_MOVES = "(?:提案|建议)的?办理(?:工作)?(?=(?:有[力效])?(?:推动|促进|助力|助推|服务|赋能))"
_PRACTICE = re.compile(
    r"提案|办理|督办|答复|承办|机制|质量|责任|沟通|协商|制度|领导|审查|立案|宣传|基础|"
    r"培训|队伍|考核"
)


def bare(text: str) -> str:
    """Take off what stands between a label and its number (共, 为, 的, ：)."""
    return _TAIL.sub("", text.strip(" 　"))


def outcome_of(text: str) -> str | None:
    """Return the raw class of results that a phrase names, by phrase first, by letter second.

    Raw classes are the keys of `outcomes` in the vocabulary: besides those of the contract
    `solving`, `partly` and `explained`, which `merged` folds.
    """
    words = vocabulary()
    plain = bare(text)
    for key, pattern in words.outcomes.items():
        if pattern.search(plain):
            return key
    letter = _LETTER.search(text)
    return words.letters[letter[1].translate(_WIDE)] if letter else None


def ends_in_outcome(text: str) -> bool:
    """Tell whether the phrase right before a number names a class of results."""
    plain = bare(re.sub(rf"(?:的)?{_MATTER}?{_TAIL.pattern}|{_MATTER}$", "", text))
    tail = plain[-22:]
    if _LETTER.search(text[-8:]):
        return True
    return any(
        any(len(tail) - found.end() <= 10 for found in pattern.finditer(tail))
        for pattern in vocabulary().outcomes.values()
    )


def topic_of(label: str, *, listed: bool = False) -> str | None:
    """Return the topic that a label names: a key of ours, or a scheme's own name.

    :param listed: it stands in a list of classes, so that any 甲类, 乙方面 is one.
    """
    core = topic_name(label)
    if not core or len(core) > 16:
        return None
    if known_topic(core):
        return core
    behind = label[label.find(core) + len(core) :]
    if not (behind.startswith("类") or (listed and _CLASSED.match(behind))):
        return None
    if _PRACTICE.search(core) or _NO_CLASS.search(core) or outcome_of(label):
        return None
    return core if re.fullmatch("[一-龥、]{2,14}", core) else None


def topic_name(label: str) -> str:
    """Return a class's own name: 经济类提案 is 经济, 涉及社会民生方面的 is 社会民生."""
    plain = re.sub(r"[（(][^（）()]*[）)]$", "", label.strip())
    return _BACK.sub("", _FRONT.sub("", plain)).strip("、，和及与的")


def topic_key(name: str | None) -> str | None:
    """Return our key for a class's name where it has one, else the name."""
    return vocabulary().topics.get(name, name) if name else None


@cache
def known_topic(core: str) -> bool:
    """Tell whether a name, or each part of it (教育、卫生), is a known class of some scheme."""
    words = vocabulary()
    parts = [part for part in re.split("[、和与及]", core) if part]
    known = core in words.topics or core in words.other_topics
    return known or (
        bool(parts) and all(p in words.topics or p in words.other_topics for p in parts)
    )


def topic_of_heading(heading: str) -> str | None:
    """Return which of our topics a theme's heading speaks of, None in doubt.

    A named class (经济建设方面) decides; else the words of the first clauses vote, those in
    front counting most.
    """
    words = vocabulary()
    front = re.sub(r"^(?:——|[一二三四五六七八九十]是)", "", heading)
    name = topic_name(re.split("[，。（]", front, maxsplit=1)[0])
    if name in words.topics:
        return words.topics[name]
    if _PRACTICE.search(
        re.sub(f"{_MOVES}|提案|建议|建言|献计|高质量|[抓促推]好?办理", "", front[:40])
    ):
        return None
    votes = {
        key: sum(max(1.0, 3.0 - found.start() / 12) for found in pattern.finditer(front[:70]))
        for key, pattern in words.topic_words.items()
    }
    best, second = sorted(votes.values(), reverse=True)[:2]
    if best == 0 or best < second * 1.25:
        return None
    return max(votes, key=lambda key: votes[key])
