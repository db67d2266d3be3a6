"""Units that acted on a proposal: subjects of the clauses that tell of its handling."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = (
    r"(?:委员会|管委会|管理局|(?<![布格结大全当破僵开])局(?!面|限|势|部|域|长)|厅|"
    r"(?:组织|宣传|统战|政法|社会工作|武装)部|政法委|委(?!员|托|任|派|书|常|(?:组织|"
    r"宣传|统战|政法|社会工作|老干部?|改革|网信|巡察|机要|政研|政策研究|外事|台湾工作|"
    r"农村?工作|农)(?:部|局|委|办|室)|办|编办|党校|市政府|区政府|县政府)"
    r"|领导小组|指挥部|专班|办公室|中心(?!城|医|小|校|思|任|工|区)|部门|政府办(?!理)|"
    r"政府(?!办)|编办|信访办|工商联|残联|妇联|团委|文联|科协|总工会|红十字会|供销社|"
    r"联社"
    r"|支队(?!长)|大队(?!长)|分局|法院|检察院|街道办事处|街道办(?!理)|街道(?!办)|"
    r"管理处|服务站)(?:[一-龥]{2,4}(?:大队|支队|分局|中队)(?!长))?"
)
_SMALL = (
    r"[省市县区州](?:(?![局委部厅办心由与和在等处])[一-龥]){2,6}?"
    r"(?:(?<![主会承协领督举开公交创申])办(?!理|公|法|好|结|复|事|学|案|件|会|成|起|"
    r"得)|公司|银行|(?<!场)所(?!有|在|属|需|以)|站(?!点|位|在)|馆(?!长)|台(?!账)|"
    r"社(?!区|会)|(?<![医学])院(?!长|校))"
    r"|(?:街道|镇(?!区)|乡(?![村镇]))(?:(?![局委部厅办心由与和在等处])[一-龥]){2,6}?"
    r"(?:(?<![主会承协领督举开公交创申])办(?!理|公|法|好|结|复|事|学|案|件|会)|科(?!技|学|普|研|教|创))"
)
"""Small bodies that only a level before them makes a name: 县文物所, 市邮政公司."""
_NAME = rf"(?:{_SMALL}|[一-龥]{{1,14}}?{_END})"
_LIST = re.compile(
    rf"(?P<first>{_NAME})(?P<more>(?:(?:、|和|与|及|以及|会同|联合|协同){_NAME})*)(?P<etc>等)?"
)
_LINK = re.compile("、|和(?!谐|平)|与|以及|及|会同|联合|协同")
_CLAUSE = re.compile(r"[^，。；：！？\n（）《》“”｜…—]+")
_LEAD = re.compile(
    r"^(?:其中|同时|目前|今年(?:以来)?|去年|近年来|随后|此外|为此|对此|截至目前|"
    r"20\d\d年(?:\d+月(?:\d+日)?)?(?:以来)?|\d+月(?:\d+日|份|底|初)?|由|被|得到|获得|"
    r"获|经|据|经过|责成|交由|会同|联合"
    r"|办理|如|又如|再如|比如|例如|日前|最终|当前|现已|全年|年内|一年来|"
    r"[一二三四五六七八九十]是|第[一二三四]|承办单位|主办单位|会办单位|办理单位|"
    r"我[省市县区])+"
)
_INNER = re.compile(
    rf"(?:交由|责成|会同|联合|推动|促成|促使|协调|得到|被|由)(?P<names>{_NAME}(?:(?:、|"
    rf"和|与|及){_NAME})*)"
)
_CO = re.compile(
    rf"(?<=[、，])(?P<names>{_NAME}(?:、{_NAME})*)(?=会办|协办|参办|参与|配合|共同|分办)"
)
_NOT_ACTS = re.compile(
    r"的|《|印发的?|发布的|组织的|举办的|主办的|颁发|认定|批复|评为|提出的|反映|门口|大楼|工作人员"
)
_BARE = re.compile(
    r"^(?:[省市县区州旗镇乡]|[省市县区]级)?(?:委|人民政府|政府|委员会|办公室|中心|"
    r"部门|政府办公?室?|领导小组|专班|指挥部|街道|街道办)$"
    r"|(?:各|有关|相关|职能|主管|承办|上级|多|两|三|等|责任|牵头|党政|市直|县直|一些|"
    r"我|本|这些|地方|乡镇|基层)(?:级|个|家)?(?:部门|政府|局|委|街道)"
    r"|^(?:各|全|我|等|这|那|共|其|的|本|该|每|相关|有关)|提案委|^(?:民革|民盟|民建|"
    r"民进|农工党|致公党|九三学社|台盟)|专委会|专门委员会|代表工委|人大|政协|"
    r"常务委员会|居民委员会|村民委员会|村委会|业主委员会|居委会"
)
_VERBS = re.compile(
    r"^(?:成立|组建|建立|推动|推进|协调|督促|组织|要求|由于|通过|依托|搭建|打造|建成|"
    r"新建|投资|完善|加大|加快|积极|主动|支持|配合|向|对|与|为|将|把|从|在|按|实现|"
    r"引导|鼓励|开展|落实|强化|深化"
    r"|优化|设立|发挥|启动|依法|认真|坚持|加强|着力|努力|全力|充分|邀请|联系|召开|"
    r"召集|赴|到|前往|争取|请|并|已|正在|拟|将|逐步|持续|进一步|重点|不断|全面|统筹|"
    r"促成|促使|敦促|根据|依据|按照|对照|参照|参考|借鉴|承办|会商|答复|回应|感谢|"
    r"结合|针对|围绕|采纳|吸纳|选择|邀约|引起|带动|受到|赢得|使|让|给|就|以)"
)
_WEAK = "(?:中心|办公室|专班|领导小组|指挥部|委员会|管委会|服务站|管理处|街道|公司)"
"""Ends of names that name a unit only behind a level or a place (市…中心)."""
_LONGEST = 20


def acting_units(text: str, place: str = "") -> tuple[str, ...]:
    """Return the units that act in a passage of a report, in order, each once.

    The government as a whole (县政府, or `place` + 政府), its parties and nameless 有关部门
    are none; nor are firms, schools and other parties to the matter.
    """
    found: dict[str, None] = {}
    for clause in _CLAUSE.finditer(text):
        for name in _of_clause(clause.group()):
            if _is_unit(name, place):
                found.setdefault(name)
    return tuple(name for name in found if not _short_form(name, found))


def named_units(cell: str, place: str = "") -> tuple[str, ...]:
    """Return the units of a list (县教育局、县财政局), as in a table's cell."""
    names = (name.strip() for name in re.split(r"[、，；,;\s（）]|和|与", cell))
    return tuple(dict.fromkeys(name for name in names if name and _is_unit(name, place)))


def _of_clause(clause: str) -> Iterator[str]:
    lead = _LEAD.match(clause)
    words = clause[lead.end() :] if lead else clause
    listed = _LIST.match(words)
    if listed and not _VERBS.match(words) and not _NOT_ACTS.match(words[listed.end() :]):
        yield from _split(listed["first"] + (listed["more"] or ""))
    for inner in (*_INNER.finditer(words), *_CO.finditer(words)):
        if not _NOT_ACTS.match(words[inner.end() :]):
            yield from _split(inner["names"])


def _split(names: str) -> Iterator[str]:
    """Split a list of names; one that holds 和 itself (发展和改革局) stays whole."""
    done = 0
    for link in _LINK.finditer(names):
        left, right = names[done : link.start()], names[link.end() :]
        if re.search(rf"{_END}$|^{_SMALL}$", left) and re.match(_NAME, right):
            yield left
            done = link.end()
    yield names[done:]


def _is_unit(name: str, place: str) -> bool:
    if not 3 <= len(name) <= _LONGEST or _BARE.search(name) or _VERBS.match(name):
        return False
    if re.search(rf"{_WEAK}$", name) and not re.match(r"[一-龥]{0,4}?[省市县区州旗镇乡]", name):
        return False
    if "的" in name or "任" in name:
        return False
    if place and name in (f"{place}政府", f"{place}人民政府", f"{place}委"):
        return False
    return re.search(rf"{_END}$", name) is not None or re.fullmatch(_SMALL, name) is not None


def _short_form(name: str, found: dict[str, None]) -> bool:
    """Tell a name that ends one met before it (住建局 after 县住建局)."""
    return any(other != name and other.endswith(name) for other in found)
