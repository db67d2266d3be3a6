"""Who brought a proposal forward, by the words around its title."""

from __future__ import annotations

import re

_ORG = re.compile(
    r"(?:委|委员会|工委|共青团|青联|专委会|民革|民盟|民建|民进|农工党|致公党|九三学社|"
    r"台盟|工商联|支部|总支|支社|基层委|界|界别|小组|活动组|组|代表团|团|联合会|协会|"
    r"商会|妇联|团市委|团县委|总工会|科协|侨联|台联|文联|党派)[^，。]{0,2}$"
)
_BEFORE = re.compile(
    r"(?P<who>[^，。；：《》“”｜\n]{2,40}?)(?:[（(][^（）()]{0,12}[）)])?"
    r"(?:联名|联合|共同|集体|牵头|领衔|分别|在会上)*(?:提出|提交|撰写|反映)(?:的|"
    r"了)?(?:关于)?(?:第?[\d-]+号)?(?:重点)?(?:集体|联名|委员|代表)?(?:提案|建议|"
    r"议案)?[：:]?$"
)
_TITLED = re.compile(
    r"(?P<who>[一-龥·、]{2,24}?)(?:等\d*[名位]?)?(?:委员|"
    r"代表)(?:等[\d一二三四五六七八九十]+[名位人])?(?:联名|联合|集体|共同)?(?:的)?(?:重点)?(?:提案|"
    r"建议)?[：:]?$"
)
_GROUPED = re.compile(
    r"(?P<who>(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|[省市县区]?工商联|"
    r"[省市县区州]政协|共青团|团[省市县区州]委|[省市县区州](?:妇联|总工会|科协|侨联|青联|台联|"
    r"文联|残联))[一-龥]{0,14}?|[一-龥、]{2,12}(?:界别|"
    r"界))(?:的)?(?:集体)?(?:提案|建议)?[：:]?$"
)
_FORMS = (
    (_BEFORE, re.compile("提出|提交|撰写|反映")),
    (_TITLED, re.compile("委员|代表")),
    (_GROUPED, re.compile("[革盟建进社联]|农工|致公|政协|界|团|总工会|科协")),
)
"""Each form with words that it cannot do without, which are found sooner."""
_TAIL = 45
_FARTHEST = 120
"""Characters before a title that may name its proposer."""
_FRONT = re.compile(
    r"^(?:由|关于|对于|对|如|比如|例如|其中|针对|结合|根据|办理|落实|督办|领办|和|及|"
    r"与|在|采纳|吸纳|按照|围绕|以|将|把|有|了|的|对照"
    r"|(?:住)?(?:[省市县区])?(?:政协|人大)?(?:委员|代表)(?!会|团)|"
    r"[省市县区]政协(?=[一-龥]{2,3}(?:委员|代表))|\d+[.．、]|"
    r"[（(]?[一二三四五六七八九十]+[）)、]|[一二三四五六七八九十]是)+"
)
_BACK = re.compile(
    r"(?:等?(?:\d+|[一二三四五六七八九十]+)?[名位]?(?:政协)?(?:委员|代表)(?!会|团)|"
    r"等(?:\d+|[一二三四五六七八九十]+)?[人名位]?|[两二三四五几]位|同志|们)+$"
)
_AFTER = re.compile(
    r"[》”\"]?(?:的?(?:提案|建议))?[（(](?:第?[\d-]+号[，、]?)?(?:提案者|提案人|"
    r"建议人|提出人|领衔代表|领衔人|提出者|代表|委员|由)?[：:]?"
    r"(?P<who>[^（）()：，；]{2,24}?)(?:提出|提交)?(?:[，；][^（）()]{0,40})?[）)]"
)
_THEN = re.compile(
    r"[》”\"]?(?:的?(?:提案|建议))?，?(?:该?(?:提案|建议|件))?(?:由|系|"
    r"是)(?P<who>[^，。；：《》“”]{2,30}?)(?:联名|联合|共同|集体|牵头|领衔)*(?:提出|"
    r"提交)"
)
_OPENS = re.compile(
    r"[》”\"]?(?:[（(]第?[\d-]+号[^（）()]{0,12}[）)])?\s*(?:[（(]?由)?(?P<who>[^，。；：《》“”\n（）]{2,24}?)"
    r"(?:联名|联合|共同|集体|牵头|领衔)*(?:提出|提交)(?:的)?(?=[。；，）])"
)
"""The first words under a heading: 张三代表提出。"""
_ROLE = (
    "(?:(?:第一)?提案(?:者|人|单位|委员)|(?:第一)?建议(?:者|人)|提出(?:人|者|单位|代表|委员)|"
    "领衔(?:代表|人|委员)|提议人|领衔提[案出]人|案首)"
)
_LABEL = re.compile(rf"{_ROLE}(?:[：:]|[为是系])(?P<who>[^，。；\n（）]{{2,30}})")
_LATER = re.compile(
    r"(?:提出|提交|领衔|撰写)(?:的)?(?:了)?(?:[该此本]|这[一件条份]*)?(?:提案|建议|议案)?的"
    rf"(?P<who>[一-龥·、]{{2,16}}?)(?:委员|代表)(?!会|团|们)|{_ROLE}(?P<named>[一-龥·]{{2,8}}?)(?:委员|代表)(?!会|团|们)"
)
"""Told of after the work: 请提出建议的张三代表参加验收."""
_VERB = re.compile(
    "办理|答复|回应|研究|承办|办好|推进|吸收|采纳|吸纳|结合|落实|根据|针对|参考|借鉴|督办|领办|听取|按照"
)
_COUNTED = re.compile(r"^.*[\d一二三四五六七八九十]件(?:提案|建议)?(?:分别)?[为是系由]")
"""独办的1件为张三委员提出的."""
_PERSON = re.compile(r"[一-龥]{2,4}|[一-龥]{1,8}·[一-龥]{1,8}")
_UNITS = re.compile(r"(?:局|厅|政府|部门|公司|中心|办|主办|承办|办理)$")
_NO_NAME = re.compile(
    r"^(?:委员|代表|政协(?![一-龥]+(?:委员会|委|界|组)$)|人大|提案|建议|广大|部分|多名|有的|各|我|他|群众|有关|"
    r"[省市县区]政府|他们|企业(?!家)|市民|居民|村民|职工|家长|专家|商户|业主|患者|农户|网友|"
    r"去年|今年|该|此|这|提出|认真|社会|各界)"
)


def proposer_before(words: str) -> str | None:
    """Read 张三委员提出的 right before a title; `words` is the sentence up to the title."""
    plain = words.rstrip("《“\"'‘关于" if words.endswith("关于") else "《“\"'‘")
    plain = re.sub("在$", "", plain)  # 张三委员在《…》中反映
    for pattern, needed in _FORMS:
        if needed.search(plain[-_TAIL:]) and (found := pattern.search(plain[-_FARTHEST:])):
            return _checked(found["who"])
    return None


def proposer_after(words: str) -> str | None:
    """Read （张三委员提出） right behind a title, or a label 提案人：张三 that follows."""
    for pattern in (_AFTER, _THEN, _OPENS):
        if (found := pattern.match(words)) and (who := _checked(found["who"])):
            return who
    labelled = _LABEL.search(words[:80])
    if labelled and (who := _checked(labelled["who"])):
        return who
    later = _LATER.search(words)
    return _checked(later["who"] or later["named"]) if later else None


def proposer_cell(words: str) -> str | None:
    """Read a table's cell."""
    return _checked(words)


def _checked(words: str) -> str | None:
    """Return names of persons or bodies, joined by 、; None for anything else."""
    plain = _COUNTED.sub("", _VERB.split(words.strip("　 ，、"))[-1])
    for _ in range(4):
        plain = _BACK.sub("", _FRONT.sub("", plain)).strip("，、 ")
    names = [_BACK.sub("", part) for part in re.split(r"、|(?<=委员)和|(?<=代表)和", plain) if part]
    if not names or not all(_is_name(name) for name in names):
        last = plain.split("，")[-1]
        return last if _ORG.search(last) and len(last) <= 24 and not _NO_NAME.match(last) else None
    return "、".join(names)


def _is_name(name: str) -> bool:
    if _NO_NAME.match(name) or _UNITS.search(name):
        return False
    return bool(_PERSON.fullmatch(name) or (_ORG.search(name) and len(name) <= 24))
