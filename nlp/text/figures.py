"""Finds the figures of a text — money, shares, counts, measures, dates — and normalises them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from string import ascii_letters
from typing import Literal

from nlp.text import numerals as num
from nlp.text.dates import CLOCK, DATE, STARTS, is_due, is_limit, read_date
from nlp.text.spans import Span

Kind = Literal["money", "share", "count", "measure", "duration", "date", "time"]
_KINDS: dict[str, Kind] = {"money": "money", "share": "share", "duration": "duration"}
_KINDS |= {"measure": "measure", "count": "count"}


def _any(*words: str) -> str:
    """Join word lists into alternatives, longest first; 家!庭长 is 家 unless 庭 or 长 follows."""
    units = sorted(" ".join(words).split(), key=lambda word: -len(word.partition("!")[0]))
    parts = (word.partition("!") for word in units)
    return "|".join(re.escape(unit) + (f"(?![{no}])" if no else "") for unit, _, no in parts)


_LATIN = _any(
    "km² km2 KM² km KM Km m² m2 M² m³ m3 M³ m cm CM mm MM μm kg KG Kg kV KV kv kVA KVA kva kW",
    "KW kw kWh kwh MW MWh GW mg μg ml mL t dB DB db MB GB TB M Mbps MPa Mpa mpa",
)
_UNITS = {
    "money": _any(
        "元人民币 元钱 块钱 元!旦月素件器宵朝首宝帅老谋氏化 美元 欧元 港元 港币 日元 英镑",
        "角!度落钢色逐",
    ),
    "share": (
        r"个百分点|百分点|[%％‰]|成(?=\Z|[，。；、）以左的多是])|折(?![旧算叠合腾])|倍(?![数增感速])"
    ),
    "duration": _any(
        "个工作日 个自然日 个学期 个季度 个星期 个小时 个半小时 个多小时 个月 个半月 个多月",
        "个年度 个钟头 工作日 自然日 周年 小时 分钟 分半钟 学年 天!然津河府台气池堂 秒",
        "周!岁边围期穗 年半 年!级轻龄代 日!元均常志记光程用",
    ),
    "measure": _any(
        "平方公里 平方千米 平方米 平方厘米 平米 平方 立方米 立方 公顷 公里 千米 公分 厘米 毫米",
        "微米 海里 英寸 公斤 千克 毫克 微克 千瓦时 兆瓦时 千瓦 兆瓦 吉瓦 千伏安 兆伏安 千伏",
        "毫升 分贝 摄氏度 兆帕 亩 吨 克!服难 斤 升!级学至到降为旗 瓦!斯房 伏!羲 米!粉饭线面",
        "方!面案向式法位可便主责联代针 度!假过地量数 兆 ㎡ ㎥ ℃ °C",
    )
    + f"|(?:{_LATIN})(?![A-Za-z])",
    "count": _any(
        "个!一体性税百 人次 人天 车次 班次 架次 批次 户次 台次 件次 家次 场次 吨次 亩次 门次",
        "周岁 张床位 床位 学位 泊位 车位 课时 学时 车道 人!民社大均行才力武事防工类为生身体",
        "名!单称额义录校牌优师 户!籍外主型政均 家!庭长属人用电禽装具族 位!于置居列 间!隔距断",
        "所!有以在需属得述反示占涉致 处!理置罚分于在方长境女 座!谈落位椅 幢 套!路取餐",
        "台!账湾风阶山县 辆 部!分门署长队位委件级落属局联 艘 架!构设 只!有要能是需为得限",
        "头!部 羽!毛 尾!矿气 株 棵 盏 块 根!据本 条!件例款规 口!岸径味罩 件 项!目 篇 份!额",
        "册 卷!烟入 档!案次位 片!区段警 批!准复评示改 次!日年数序要生 场!地所馆内站景镇均",
        "起!来到草点因诉始 宗!旨教地 例!如外会行 类!似型别区 种!植子类苗养粮",
        "支!持付出部行撑援教一渠 对!夫 张!贴家 封!闭堵 笔!试 门!诊面口店前禁 节!约能日点",
        "岁!末 床!铺 趟 轮!车汽椅胎岗换流 颗 幅!度面 段!时落 期!间 字!路头架样号体形",
        "分!钟别公局院厂管期类级区流布配设为成析之贝米半 本!科市县区院局级地案部人次 道!路",
        "站!点台长 栋 层!次面级 组!织长成合建 班!级子主 队!伍员长 省!级内外 市!级民场",
        "县!级城 区!域级间政 镇!级区政 乡!级镇村 街道!办 社区 村!民委级庄小 校!区园",
    ),
}
_UNIT = "|".join(f"(?P<{kind}>{words})" for kind, words in _UNITS.items())
_PER = _any(
    "人 户 辆 车 套 台 件 个 家 名 位 处 座 株 头 只 盏 间 栋 张 份 场 篇 班 次 期 条 瓶 艘 公里",
    "千米 平方米 平方 立方米 平米 公顷 亩 吨 斤 公斤 升 米 度 千瓦时 千瓦 年 学年 学期 季度 季",
    "月 周 天 日 小时 分钟 时 秒 生 床 村 校 趟 m² m2 m³ m3 ㎡ kWh km kg L m h s",
)
_RATE = rf"(?:{num.SPACE}[/／]{num.SPACE}(?:{_PER})(?:[·•.．](?:{_PER}))?){{0,3}}"
_ODDS = rf"{num.RATIO}(?![{num.DIGITS}.．、:：]|{num.SPACE}[年月日号个户家人元万亿%])"
_SKIP = (
    rf"[A-Za-z][{num.DIGITS}A-Za-z_.:/?=&%#@+\-]*"
    rf"|第{num.SPACE}{num.NUMBER}(?:{num.TO}第?{num.NUMBER}"
    rf"|[、和及或]第?{num.NUMBER}(?=[条款项章])){{0,9}}"
    rf"|{num.NUMBER}届(?:[^{num.DIGITS}，。；\n]{{0,6}}?{num.NUMBER}次)?"
    rf"|(?<![开了共织过])[{num.HAN_NUMERALS}]{{1,3}}次(?=会议|全会|常委|党代|大会|全体)"
    rf"|{num.DIGIT}{{1,15}}[.．](?=20{num.DIGIT}{{2}}{num.SPACE}年)"
    rf"|(?<![^\n。；：]){num.DIGIT}{{1,2}}[.．](?={num.DIGIT}{{1,4}}{num.SPACE}"
    "(?:[月日户家名所条项座]|个(?![百月半小工学季])))"
    "|九年(?=一贯|制|义务)|十二年(?=一贯|制)|一年(?:一度|四季)|三天两头|一天到晚|百分百"
    "|(?<=[高初])[一二三](?=年级|学生|家长|班|毕业)"
)
_FIGURE = re.compile(
    rf"(?P<date>{DATE})|(?P<skip>{_SKIP})"
    rf"|(?=.{{0,20}}[:：/分时点半])(?:(?P<ratio>(?:(?<=比)|(?<=比例)|(?<=[比例][为是约达])){_ODDS})"
    rf"|(?P<time>{CLOCK})|(?P<fraction>{num.FRACTION})|(?P<odds>{_ODDS}))"
    rf"|(?<!{num.DIGIT}[-–—.:：/+])(?<!{num.DIGIT} )(?<!{num.DIGIT}  )"
    rf"(?P<amount>{num.RANGE}){num.SPACE}(?P<rough>{num.ROUGH}?){num.SPACE}"
    rf"(?:{_UNIT}|(?<=[万亿])(?![达{num.HAN_NUMERALS}])|(?<=[万亿][多余])){_RATE}"
)
_STARTS = ["0123456789", num.HAN_NUMERALS, "半±-−０１２３４５６７８９", ascii_letters]
_START = re.compile("|".join([*"".join(_STARTS), *STARTS]))
_RUN = re.compile(rf"{num.DIGIT}+(?:[.．]{num.DIGIT}+)*|[{num.HAN_NUMERALS}]+|.", re.DOTALL)
_TO = re.compile(num.TO)
_DIGITS_ONLY = {*"角度方分头尾封字本道站对张克升斤瓦伏兆期组省市县区镇乡村校M", "街道", "社区"}
_NEEDS_CONTEXT = {*"栋幢层组班队期"}
_COUNTED = re.compile(
    r"[房楼屋宅筑共计有建除等约近超达为余含设置办续成增剩上下各每用换购新到加仅了布分]\s?$"
)
_COUNTED_NOUN = re.compile(
    "[栋幢](?:房|住宅|居民楼|建筑|宿舍|别墅|厂房|商品)|班(?:公办|民办|小学|初中|幼儿|规|制)"
    r"|层(?:楼房|住宅|建筑|高|商|写字)|期(?:\Z|[，。；、])"
)
_UNIT_NAMES = {
    **{"％": ("%", 1.0), "‰": ("%", 0.1), "成": ("%", 10.0), "百分点": ("个百分点", 1.0)},
    **dict.fromkeys(("元钱", "块钱", "元人民币"), ("元", 1.0)),
    "角": ("元", 0.1),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as written and as a number.

    `value` is in `unit`: yuan for money (1.2亿元 → 120000000), per cent for shares
    (三分之二, 七成, 7折, 0.35‰ too; 3:1 is 3 with unit 比), the written unit otherwise, ""
    where none is written (10万). `upper` is the other end of a range (1-2公里). Dates have
    `date` instead: as much of YYYY-MM-DD as is said (2025-09, --09-18 without a year),
    `start/end` for a stretch. `deadline` tells that something must or shall be done by then.
    """

    kind: Kind
    text: str
    span: Span
    value: float | None = None
    upper: float | None = None
    unit: str = ""
    date: str = ""
    deadline: bool = False


def figures(text: str) -> list[Figure]:
    """Find the figures of a text, in order, without overlaps.

    Left out: document numbers, telephone numbers, articles of laws, ordinals, numbers of
    houses and roads, and 一个, 一些 and the like, which are words rather than figures.
    """
    return list(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    at = 0
    while start := _START.search(text, at):
        at = start.start()
        match = _FIGURE.match(text, at)
        if match is None:
            run = _RUN.match(text, at)
            at = run.end() if run else at + 1
            continue
        at = match.end()
        if figure := _figure(match):
            figure = _joined(figure, text)
            at = figure.span.end
            yield figure


def _figure(match: re.Match[str]) -> Figure | None:
    name, span, written = match.lastgroup, Span(*match.span()), match.group()
    if name == "date":
        said = read_date(written)
        due = bool(said) and is_due(match.string, span.start, span.end)
        return Figure("date", written, span, date=said, deadline=due) if said else None
    if name == "time":
        return Figure("time", written, span)
    if name in ("ratio", "odds"):
        value, _ = num.read_fraction(written)
        return None if value is None else Figure("share", written, span, value, unit="比")
    if name == "fraction":
        low, high = (None if n is None else round(n * 100, 6) for n in num.read_fraction(written))
        return None if low is None else Figure("share", written, span, low, high, "%")
    return None if name == "skip" or not _is_said(match) else _quantity(match)


def _is_said(match: re.Match[str]) -> bool:
    """Tell figures from words: 二次供水, 百家, 小区3栋 and slogans in quotation marks."""
    text, number, start = match.string, match["amount"], match.start()
    kind = match.lastgroup or ""
    unit = match[kind] if kind in _UNITS else ""
    if unit in _NEEDS_CONTEXT and not (
        _COUNTED.search(text, max(0, start - 2), start)
        or _COUNTED_NOUN.match(text, match.end() - 1)
    ):
        return False
    if number[0] not in num.HAN_NUMERALS:
        return True
    before = text[max(0, start - 2) : start].rstrip()[-1:]
    if before in ("几", "数") or unit in _DIGITS_ONLY or number in ("零", "〇"):
        return False
    if not number.strip("百千万亿"):
        return bool(match["rough"]) or before in tuple("近约超逾上达过")
    if kind == "duration":
        real = unit != "日" or is_limit(text, start, match.end())
        return real and not (number == "一" and before in tuple("同这每某那任"))
    if kind == "count":
        after = text[match.end() : match.end() + 1]
        name = number in tuple("一二壹贰叁肆伍陆柒捌玖") or before in tuple("“‘「《")
        return not name and after != "》"
    return not (number in ("一", "二", "三") and unit == "元") and before + number != "后一"


def _quantity(match: re.Match[str]) -> Figure | None:
    kind = _KINDS.get(match.lastgroup or "", "count")
    written, amount, span = match[kind] or "", match["amount"], Span(*match.span())
    unit, factor = _UNIT_NAMES.get(written, (written, 1.0))
    low, high = num.read_range(amount)
    half, due = 0.0, False
    if written == "折":
        low, unit = num.read_number(amount), "%"  # 八五折, like 85折, is 85 per cent
        factor = 10.0 if low is not None and low <= 10 else 1.0
    if kind == "duration":
        half = 0.5 if "半" in unit else 0.0
        unit = unit.replace("多", "").replace("半", "")
        due = is_limit(match.string, span.start, span.end)
    if low is None:
        return None
    value = round(low * factor + half, 8)
    upper = None if high is None else round(high * factor + half, 8)
    return Figure(kind, match.group(), span, value, upper, unit, deadline=due)


def _joined(first: Figure, text: str) -> Figure:
    """Make one figure of 30%至50% and 3个月-6个月, but not of the sum 1000元-200元."""
    link = _TO.match(text, first.span.end) if first.value is not None else None
    match = _FIGURE.match(text, link.end()) if link else None
    last = _figure(match) if match else None
    if link is None or last is None or first.value is None or last.value is None:
        return first
    if (first.kind, first.unit, None, None) != (last.kind, last.unit, first.upper, last.upper):
        return first
    if last.value < first.value and link.group().strip() not in ("至", "到"):
        return first
    span = Span(first.span.start, last.span.end)
    due = last.deadline
    return replace(first, text=span.of(text), span=span, upper=last.value, deadline=due)
