"""The place that a report is of."""

from __future__ import annotations

import re
from collections import Counter

_LEVEL = "(?:自治[区州县]|[省市县区旗盟]|州(?=政|人|第|委))"
_NAME = rf"(?P<name>[一-龥]{{2,9}}?{_LEVEL})"
_FORMS = (
    re.compile(rf"(?:政治协商会议|政协)(?:第?[一二三四五六七八九十]+届)?{_NAME}委员会"),
    re.compile(rf"(?:人民)?政协(?:第[一二三四五六七八九十]+届)?{_NAME}委员会"),
    re.compile(rf"{_NAME}(?:人民政府|政协|人大|政府|人民代表大会|第?[一二三四五六七八九十]+届)"),
)
_TITLED = re.compile(rf"(?:^|关于){_NAME}(?:[^，。《]{{0,24}}(?:提案|建议)|\d{{4}}年|政府工作)")
_STREET = re.compile(
    r"^(?:关于)?(?P<name>[一-龥]{2,6}?(?:街道|镇|乡))(?=办事处|人民政府|党|人大|\d{4}年|关于)"
)
_ZONE = re.compile(
    r"^(?:关于)?(?P<name>(?![我本全各该])[一-龥]{2,5}?(?:(?:经济|高新|工业|技术|产业|旅游|生态|文化|国际|综合)+"
    r"(?:开发|试验|示范|度假|园|合作|保税)?|开发|新)区)(?=管理委员会|管委会|党工委)"
)
"""A zone that has a committee of its own: …经济开发区管理委员会."""
_PARTY = (
    r"(?:中国)?(?:国民党革命委员会|民主同盟|民主建国会|民主促进会|农工民主党|民革|民盟|民建|民进|"
    r"农工党?|致公党|九三学社|台盟|台湾民主自治同盟|中共)"
)
_BRANCH = re.compile(
    rf"{_PARTY}[一-龥]{{2,9}}?{_LEVEL}?(?:直)?[一-龥]{{0,4}}?(?:支部|总支|支社|基层委员会|委员会|委|工委)"
)
"""A branch of a party, which names a place but not whose report it is."""
_FRONT = re.compile(
    rf"^(?:.*(?:现将|[把就]|{_PARTY}|关于|我受|代表|届|受|在|向|中共|会议|对|由|和|与|及|政协|以来|办理|承办|主办|收到|做好|\d|年度?|的))"
)
_NO_PLACE = re.compile(
    r"^(?:我|全|各|本|该|两|外|省|市|县|区|[一二三四五六七八九十]|兄弟|相关|有关|所|乡镇)|"
    r"(?:社|园|小|地|景|新|辖|发|山|校|片|城|库|灾|示范|郊|矿|林|专|学|院|度|都|超|上|"
    r"门|开发|高新|保护|自治|县|市|全|我|各)[区市]$"
)
_COMMON = re.compile(r"(?=(?P<name>[一-龥]{2,4}[市县区州旗]))")
_MOST = 600


def find_place(text: str, title: str = "") -> str:
    """Name the place by the report's title and opening, else by the name it uses most."""
    for words, forms in ((title, (*_FORMS, _TITLED)), (text[:_MOST], _FORMS)):
        for form in forms:
            for found in form.finditer(words):
                name = _trimmed(found["name"], heads=form is _TITLED and not found.start())
                if name:
                    return name
        if words is title and (own := _STREET.match(title) or _ZONE.match(title)):
            return own["name"]
    return _commonest(text)


def _trimmed(name: str, *, heads: bool = False) -> str:
    """Return a place's name, "" for a common word; …城市 only where it `heads` a title."""
    name = _FRONT.sub("", name)
    if heads and re.fullmatch("[一-龥]城市", name):
        return name
    return name if len(name) >= 3 and len(name) <= 9 and not _NO_PLACE.search(name) else ""


def _commonest(text: str) -> str:
    """Return the name that stands before 市, 县… most often; letters before it vary."""
    text = _BRANCH.sub("，", text)
    level = Counter(re.findall("[全我]([省市县区州旗])", text)).most_common(1)
    counts: Counter[str] = Counter()
    for found in _COMMON.finditer(text):
        name = found["name"]
        for size in range(3, len(name) + 1):
            counts[name[-size:]] += 1
    # each occurrence is met once for every start within it
    best, most = "", 2
    for name, count in counts.items():
        count = text.count(name)
        if (level and name[-1] != level[0][0]) or not _trimmed(name):
            continue
        if count > most or (count == most and len(name) > len(best) and best in name):
            best, most = name, count
    return best
