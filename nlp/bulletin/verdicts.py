"""What the lines of one case say became of it: 已解决。, 该建议已列入计划, （A类）."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nlp.bulletin.labels import outcome_of

_LABELLED = re.compile(
    r"(?:^|[\n，。；（(【])\s*(?:目前)?(?:办理|答复|落实|回复)?(?:结果|情况|类别|类型|状态|进展|结论)[：:]\s*"
    r"(?P<is>[^\n，。；）)】]{1,24})"
)
_LETTER = re.compile(
    r"(?:列为|定为|归为|归入|属于?|按|作为|答复为|办理结果为|结果为|以|评为|转为)[“\"]?"
    r"(?P<is>[A-DＡ-Ｄ甲乙丙丁])[”\"]?[类级]"
)
_OWN_LETTER = re.compile(
    r"(?:^|[，。；\n])\s*[“\"]?(?P<is>[A-DＡ-Ｄ甲乙丙丁])[”\"]?类(?:件)?(?=[，。；\n]|$)"
)
_AT_END = re.compile(
    r"，(?:目前|现|已经?|均|都|得到|得以)*(?P<is>(?:基本|圆满|全部|有效|彻底|妥善|得到)?(?:解决|落实(?:到位)?|办成|办好|办妥))了?$"
)
_BRACKETS = re.compile(r"[（(【\[〔](?P<is>[^（）()【】\[\]〔〕。]{1,16})[）)】\]〕]")
_SHORT = 14
_SHORT_VERDICT = re.compile(
    r"(?:目前|现在?|均|都|该件|本件|结果|属|为)?(?:已经?|业已|基本|全部|部分|正在?|列入|纳入|拟|将|逐步|明年|今年|"
    r"来年|年内|暂|目前|因|受|留作|供|作为?|作出|解释|不予|未|办|解决|采纳|落实|眼下|条件|[A-D甲乙丙丁]类)"
)
_SUBJECT = re.compile(
    r"^(?:(?:目前|现在?|如今|至此|截至目前|到目前(?:为止)?|日前|经过努力|通过努力|由此|总的看)，?)*"
    r"(?:(?:该|此|这|本|上述|其)[一]?(?:件|项|条|类|些)?(?:提案|建议|问题|事项|诉求|意见|件|事|项目|工程|工作)|"
    r"(?:(?:提案|建议)(?:所提|反映|涉及)?的?)?(?:所提|所反映|反映)?的?(?:问题|诉求|事项|建议|提案|意见)|(?:困扰|多年)[^，。；]{2,14}问题)"
    r"(?:目前|现|均|都|也|随之|由此|就此)*(?=已|基本|得到了?(?:及时|有效|圆满|彻底|基本|初步|妥善|较好)?(?:地)?(?:解决|落实)|得以|圆满|全部|正|列入|纳入|被|暂|因|受|留作|获|将|拟|部分|年内|当年|解决)"
)
_PLANNED = re.compile(
    r"(?:^|，)(?:该项目|项目|此项工作|该工作|工程|这项工作|该路|该工程)?(?:目前)?(?:已经?|现已|均已|正式|被|将其|一并)+(?:列入|纳入|编入|排入|写入)"
    r"[^，。；]{0,24}(?:计划|规划|项目库|储备库|实施方案|日程|盘子)"
)
_LIMITED = re.compile(
    r"(?:^|，)(?:但|由于|因|因为|受|鉴于|限于)[^。；]{2,40}?(?:暂|目前|眼下|尚|短期内|一时|近期|现阶段)[^，。；]{0,6}"
    r"(?:不具备|无法|不能|难以|办不了|没有条件|不宜|未能)"
)
_PREDICATE = re.compile(r"^[》”）]*的?(?:提案|建议)?，?(?=已|基本|全部|正在|得到|列入|纳入)")
"""What stands between a title and what is said of it: 《…》已落实."""
_KEPT = re.compile(r"留作[^，。；]{0,8}参考")


def verdict_in_line(reply: str) -> str | None:
    """Return the raw class of results (`labels.outcome_of`) that a case's own line is for.

    A label decides, then brackets, then a sentence that says nothing else.
    """
    return _by_label(reply) or _in_brackets(reply) or _alone(reply)


def verdict_in_prose(reply: str) -> str | None:
    """Return the raw class that a sentence on the proposal states: 该建议已列入明年计划."""
    return _by_letter(reply) or _of_itself(reply)


def stated_class(words: str) -> str | None:
    """Read a cell or label that holds a class, by letter (B) or in words."""
    plain = words.strip(' “”"')
    if re.fullmatch("[A-DＡ-Ｄ甲乙丙丁](?:类|级)?件?", plain):
        return outcome_of(f"{plain[0]}类")
    return outcome_of(plain)


def _by_label(reply: str) -> str | None:
    letter = _OWN_LETTER.search(reply)
    return _first(found["is"] for found in _LABELLED.finditer(reply)) or (
        stated_class(letter["is"]) if letter else None
    )


def _by_letter(reply: str) -> str | None:
    found = _LETTER.search(reply)
    return stated_class(found["is"]) if found else None


def _in_brackets(reply: str) -> str | None:
    return _first(
        found["is"] for found in _BRACKETS.finditer(reply) if _SHORT_VERDICT.match(found["is"])
    )


def _alone(reply: str) -> str | None:
    """Read a sentence or the last clause that is a class and nothing else (已办好)."""
    pieces = [each.strip("，、：:— \n") for each in re.split("[。！\n]", reply)]
    short = [p for p in pieces if 2 < len(p) <= _SHORT and "，" not in p]
    return _first(p for p in short if _SHORT_VERDICT.match(p))


def _of_itself(reply: str) -> str | None:
    """Read 该建议已列入明年计划, 问题得到解决, 因资金所限暂不具备条件; the last one counts."""
    told: str | None = None
    whole = _PREDICATE.sub("该提案", reply)
    for sentence in re.split("[。；！\n]", whole):
        told = _clause_verdict(sentence) or told
    return told


def _clause_verdict(sentence: str) -> str | None:
    if _LIMITED.search(sentence):
        return "limited"
    if _PLANNED.search(sentence):
        return "planned"
    if _KEPT.search(sentence):
        return "explained"
    if _AT_END.search(sentence):
        return "solved"
    tails = [sentence, *re.split("，", sentence)[1:]]
    for each in tails:
        if subject := _SUBJECT.match(each.strip()):
            rest = each.strip()[subject.end() :].split("，")[0]
            if (found := outcome_of(rest)) and len(rest) <= 24:
                return found
    return None


def _first(words: Iterator[str], read: Callable[[str], str | None] = stated_class) -> str | None:
    return next((found for each in words if (found := read(each))), None)
