"""Totals that a report states twice differently, and steps that keep more than they were given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from nlp.bulletin.checks.bases import Base, bases
from nlp.bulletin.checks.facts import TOTALS, Facts, Number, chinese
from nlp.bulletin.checks.remarks import Remark
from nlp.bulletin.checks.scopes import one_rate_twice
from nlp.bulletin.types import Figure, Finding

_GROUPS = ("outcomes.", "topics.", "by_")
_SCOPE = re.compile(
    r"其中|单独|独办|单办|共同|会同|联名|会议期间|闭会|会间|会后|平时|[局厅院]|委(?!员)|乡镇|街道|部门|单位|党群|党委|法检|重点|平均|人均"
    r"|各|每|有的|去年|上年|往年|历年|同比|比|较|意见建议|社情|座谈|发言|征求|走访|议案|合计|累计|五年|届以来|超过|以上|首批|第[一二三四]批"
    r"|初次|首次|二次|回访|态度|问卷|测评|评议|主办|会办|协办|领办|督办|条件|改"
)
_BODY = re.compile(r"(?:省|市|县|区|州|旗)?(?:人民)?政府(?:系统)?|政府系统")
_BODY_WORKED = re.compile(rf"(?:(?:{_BODY.pattern})?(?:共)?(?:承办|办理|交办|立案|收到|提交)?的?)?")
_WHOLE = re.compile(
    r"(?:共|总共|一共|共计|全年|今年|本年度|本次|一年来|以来|总数|全部|所有|上述|以上)[^，。；]{0,16}$"
    r"|^(?:立案|收到|办理|承办|提交|交办)(?:提案|建议)?(?:共|总数)?$"
)
_POINTS_BACK = re.compile(r"(?:上述|以上|前述|全部|所有|这|该)(?:的)?$")
_ALL_DONE = re.compile(
    r"^(?:政协|委员|代表|人大)*(?:提案|建议)(?:已|均|都|全部|的办理|办理(?:工作|情况)|[^，。；\d]{0,4}率)"
)
_NEAR = 0.5
_CLOSE = 0.3
_EXTRA = ("refused", "transferred", "transferred_opinions", "withdrawn", "merged")


def totals(facts: Facts) -> Iterator[Remark]:
    """Check statements of one figure against each other, and the steps of the work."""
    yield from _restated(facts)
    yield from _pointed_back(facts)
    yield from _steps(facts)


def _restated(facts: Facts) -> Iterator[Remark]:
    """Report the second statements that mean the same whole; other scopes are no contradiction."""
    known = bases(facts) if facts.contradictions else []
    for other in facts.contradictions:
        first = facts.figure(other.name)
        if first is None or _in_one_list(facts, first, other):
            continue
        if other.name.startswith("rates."):
            if one_rate_twice(facts, first, other):
                yield _twice(facts, first, other)
            continue
        if other.name in TOTALS:
            clash = _close(first, other, _NEAR) and not _accounted(facts, other, known)
            clash = clash and _whole(facts, first) and _whole(facts, other)
        else:
            clash = other.name.startswith(_GROUPS) and _close(first, other, _CLOSE)
        if clash and _same_scope(facts.clause(first), facts.clause(other)):
            yield _twice(facts, first, other)


def _in_one_list(facts: Facts, first: Figure, other: Figure) -> bool:
    """Tell counts that stand side by side: 建议73件、提案74件."""
    return facts.sentence(first.span.start) == facts.sentence(other.span.start)


def _whole(facts: Facts, figure: Figure) -> bool:
    number = Number(figure.value, figure.span, False)
    return bool(_WHOLE.search(facts.clause(figure))) or _refers(facts, number)


def _same_scope(one: str, two: str) -> bool:
    """Tell whether neither clause narrows down what it counts, and both name the same body."""
    if any(_SCOPE.search(_BODY.sub("", each)) for each in (one, two)):
        return False
    same_body = bool(_BODY.search(one)) == bool(_BODY.search(two))
    return same_body and not ("提案" in one + two and "建议" in one + two)


def _close(first: Figure, other: Figure, most: float) -> bool:
    return abs(first.value - other.value) <= most * max(first.value, other.value)


def _accounted(facts: Facts, other: Figure, known: Sequence[Base]) -> bool:
    """Tell whether a value is another total, or a total less a count that the text states."""
    elsewhere = {base.value for base in known if other.name not in base.names}
    wholes = [each.value for name in TOTALS for each in facts.stated(name)]
    beside = facts.numbers_in(facts.sentence(other.span.start))
    rests = {whole - n.value for whole in wholes for n in beside if not n.percent}
    sums = {other.value + n.value for n in beside if not n.percent and n.value != other.value}
    return other.value in elsewhere or other.value in rests or bool(sums & set(wholes))


def _pointed_back(facts: Facts) -> Iterator[Remark]:
    """上述165件提案, where 156 were handled and 165 stands nowhere else."""
    wholes = [
        each for name in ("handled", "filed", "submitted", "closed") for each in facts.stated(name)
    ]
    wholes += facts.stated("in_session")
    seen = {each.value for each in facts.figures}
    known = {base.value for base in bases(facts)} | seen
    taken = {each.span.start for each in facts.contradictions}
    met = Counter(each.value for each in facts.numbers if not each.percent)
    for number in facts.numbers:
        if number.percent or number.value in known or number.span.start in taken:
            continue
        if met[number.value] == 1 and _refers(facts, number):
            near = [each for each in wholes if _distance(each, number) <= _CLOSE]
            if near:
                first = min(near, key=lambda each: _distance(each, number))
                sentence = facts.sentence(number.span.start).of(facts.text).strip()
                yield _twice(facts, first, Figure(first.name, number.value, number.span, sentence))


def _refers(facts: Facts, number: Number) -> bool:
    sentence = facts.sentence(number.span.start)
    before = re.split("[，。；：（]", facts.text[sentence.start : number.span.start])[-1]
    after = facts.text[number.span.end : sentence.end]
    if re.search("重点|[局委厅院]|领办|督办|其中|单位|部门", before):
        return False
    matter = re.match(r"(?:政协|委员|代表|人大)*(?:提案|建议)", after)
    plain = _BODY_WORKED.fullmatch(before.strip("　 ")) and _ALL_DONE.match(after)
    return bool((matter and _POINTS_BACK.search(before)) or plain)


def _distance(figure: Figure, number: Number) -> float:
    return abs(figure.value - number.value) / max(figure.value, number.value)


def _twice(facts: Facts, first: Figure, other: Figure) -> Remark:
    one, two = facts.printed(first), other.span.of(facts.text).strip()
    label = chinese(first.name)
    message = f"{label}前后不一：前面是{one}，后面是{two}。"
    gap = abs(first.value - other.value)
    arithmetic = f"{one}≠{two}，相差{round(gap, 4):g}"
    finding = Finding("stated_twice", message, other.sentence, arithmetic)
    return Remark(finding, (first.name,), other.span.start)


def _steps(facts: Facts) -> Iterator[Remark]:
    """Filed, refused and passed on together cannot be more than received."""
    received, filed = facts.stated("submitted"), facts.stated("filed")
    if not received or not filed:
        return
    if all(f.value > r.value for f in filed for r in received):
        one, two = filed[0], received[0]
        message = f"立案数{one.value:g}件大于收到数{two.value:g}件。"
        finding = Finding("filed_exceeds", message, one.sentence, f"{one.value:g}＞{two.value:g}")
        yield Remark(finding, ("filed", "submitted"), one.span.start)
        return
    extra = [
        each for name in _EXTRA if (each := facts.figure(name)) and _together(facts, each, filed[0])
    ]
    yield from _left_over(received[0], filed[0], extra)


def _together(facts: Facts, extra: Figure, filed: Figure) -> bool:
    sentence = facts.sentence(filed.span.start)
    return sentence.start <= extra.span.start < sentence.end


def _left_over(received: Figure, filed: Figure, extra: Sequence[Figure]) -> Iterator[Remark]:
    left = received.value - filed.value
    made = {
        sum(each.value for each in chosen)
        for size in range(1, len(extra) + 1)
        for chosen in combinations(extra, size)
    }
    if not extra or left in made or left < 0:
        return
    plain = [each for each in extra if each.name != "merged"]
    most = max((each.value for each in plain), default=0.0)
    spent = sum(each.value for each in plain)
    code = "flow_exceeds" if most > left else "flow_rest" if len(plain) > 1 else ""
    if code:
        listed = "、".join(f"{chinese(each.name)}{each.value:g}件" for each in (filed, *plain))
        total = filed.value + spent
        message = f"{listed}合计{total:g}件，与收到的{received.value:g}件不符。"
        added = "＋".join(f"{each.value:g}" for each in (filed, *plain))
        finding = Finding(
            code, message, filed.sentence, f"{added}＝{total:g}，收到{received.value:g}件"
        )
        yield Remark(
            finding, tuple(each.name for each in (received, filed, *plain)), filed.span.start
        )
