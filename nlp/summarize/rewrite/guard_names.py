"""Which names of a sentence — units, places, 《titles》, “quotations” — are not in the reply.

Chinese sets no spaces, so where a name begins is unknown; where it ends is told by its last
word (局, 公司, 镇, 路). From there, what the reply also has is followed to the left. If it
reaches a word that is no part of names (由, 督促, 三个), the name is the reply's own; if
anything else stands before it (泽州 before 县教育局), the name is a new one. The lists hold
what mostly stands before and after, so that ordinary words (布局, 办理, 思路) raise no alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.summarize.rewrite.guard_figures import HAN

_HELD = re.compile(
    r"《([^《》]+)》|“([^“”]+)”|‘([^‘’]+)’|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\""
)
_NOUNS = (
    "政府|公司|集团|中小学|学校|医院|卫生院|银行|超市|幼儿园|派出所|法院|检察院|委员会|村委会|居委会|"
    "管委会|办公室|办事处|指挥部|领导小组|工作专班|分局|协会|商会|合作社|服务站|工作站|服务中心|中心|社区|小区|街道|"
    "园区|景区|校区|片区|街区|辖区|城区|保护区|安置区|停放区|集聚区|示范区|自助区|开发区|道路|公路|铁路|高速|"
    "大桥|公园|广场|水库|大厦|花园"
).split("|")
"""Common nouns that names end with: by themselves, behind an ordinary word, they name nothing."""
_LAST_WORDS = (
    r"大队|支队|总队|中队|小学(?!生)|中学(?!生)|大学(?!生)|学院|研究[院所]|监狱|管理[处所]|供电所|税务所|司法所|"
    r"财政所|事务所|联合会|学会|总工会|妇联|团委|工商联|残联|文联|政协|人大|高新区|大道|大街|街(?![头面景坊])|巷|桥(?!梁)|"
    r"(?<![格布结全破僵开大定])局(?![面部限势长内属域])|(?<![餐大客门舞展前议])厅(?!堂)|"
    r"(?<=[省市县区州镇乡党纪建健改教科信资编法农体经商工村支居])委(?![托员派任屈婉培])|"
    r"(?<=[府委街镇乡县市区省访卫城网综侨台编招贫急长案查明融汛])办(?![理法公案学事结好件实证电校]|[完成](?!成))|"
    r"(?<![节外跨全我本各])省(?![级内外道心力略钱去电油时])|(?<![城超上入都门股夜早菜集全我本各])市(?![场民容区政级直域县内外值面价])|"
    r"县(?![级里内外域城乡直道属])|(?<![地社小景园校山分灾林库牧辖城片街老新病禁市])区(?![域分别间级内外位])|"
    r"(?<![城乡村集全我本各])镇(?![区域村街上级])|(?<![城家下老返回入故])乡(?![村镇亲土情愁间])|"
    r"(?<![农乡驻新政然中庄进])村(?![民庄级里内容干屯居组委镇均医规])|"
    r"(?<![道公铁马线思出一水退支主辅电网让走过沿同套销半后\d])路(?![面灯段口径线网况由基边上政长权障域内])"
)
_ENDING = re.compile("|".join((*sorted(_NOUNS, key=len, reverse=True), _LAST_WORDS)))
_ORDINARY = re.compile(
    r"以[^，。；]{1,8}为中心|中心(?:城区|城市|任务|工作|思想)|背街小巷|沿街|(?:搭|架|铺|过|立交|天|人行)桥"
    r"|高速(?=[发增])|三区三线"
)
_PROVINCE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|"
    "四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_NO_NAME = (
    "的由经与向对将并请让给从到至被以按于及或把使令据受报是有无已等了且则因如即须需均也还再又就起除含邻我本全"
    "该各此贵其某每这那两"
)
_WORDS = (
    "督促|要求|责令|联合|会同|协调|协同|配合|商请|组织|安排|委托|依托|通过|约谈|指导|引导|支持|鼓励|动员|发动|加强|"
    "推动|推进|完善|改造|建成|修建|修复|整治|整改|治理|清理|排查|检查|巡查|调查|核查|走访|报送|报请|呈报|提请|"
    "上报|转交|移交|致函|函告|告知|通知|对接|联系|沟通|涉及|覆盖|开展|实施|启动|完成|打造|提升|优化|规范|保障|确保|解决|"
    "方便|进入|前往|位于|来自|包括|以及|设立|设置|建立|成立|组成|升级|扩建|拓宽|硬化|打通|增设|新增|开通|落实|"
    "争取|申请|迁入|邀请|走进|利用|结合|根据|按照|说明|表示|建议|执行|决定|发挥|研究|周边|沿线|附近|近期|现行|现存|"
    "原有|老旧|住宅|相关|有关|全部|所有|部分|其他|其它|主要|重点|大型|在建|施工|设计|监理|物业|民营|公办|民办|公立|私立|"
    "更换|切断|转达|评定|县级|市级|省级|区级|镇级|村级|上级|下级|主管|当地|属地|本地|各级|各地|个别|成员|责任|牵头|承办|协办|涉事|目前|同时|"
    "下步|已经|正在|计划|继续|学校|医院|小区|社区|政府|公司|企业|单位|群众|居民|村民|家长|学生|国家"
)
_BEFORE = re.compile(
    rf"(?:[{_NO_NAME}]|{_WORDS}|[\d一二三四五六七八九两十百千万余多几][个家座条处所名位项]|[\d年月日]|(?:^|[年月是已将拟])建"
    rf"|(?:^|[局委办厅会司院府镇乡村县市区站所队处部校门家])[和同为在])$"
)
_RUN = re.compile(rf"[{HAN}A-Za-z0-9·]*$")
_SHOWN = 8
_FAR = 40


def missing_names(sentence: str, reply: str) -> Iterator[str]:
    """Yield the names of a sentence that the reply does not have; both squeezed.

    Where a new name begins is a guess, but its last word is certain.
    """
    for match in _HELD.finditer(sentence):
        if next(group for group in match.groups() if group) not in reply:
            yield match.group()
    for match in _PROVINCE.finditer(sentence):
        if match.group() not in reply:
            yield match.group()
    plain = _ORDINARY.sub(lambda m: "，" * len(m.group()), sentence)
    for match in _ENDING.finditer(plain):
        start = _run_start(plain, match.start())
        if not _known(plain, start, match, reply):
            yield _shown(plain, start, match)


def _run_start(text: str, end: int) -> int:
    run = _RUN.search(text, max(0, end - _FAR), end)
    return run.start() if run else end


def _known(text: str, start: int, ending: re.Match[str], reply: str) -> bool:
    """Tell whether a name of the reply, or a bare common noun, ends here."""
    first = ending.start()
    if ending.group() in reply or ending.group() in _NOUNS:
        if first == start or _BEFORE.search(text[start:first]):
            return True
    while first > start and text[first - 1 : ending.end()] in reply:
        first -= 1
        if first == start or _BEFORE.search(text[start:first]):
            return True
    return False


def _shown(text: str, start: int, ending: re.Match[str]) -> str:
    """Return a new name from the nearest word on that is no part of names."""
    furthest = max(start, ending.start() - _SHOWN)
    for first in range(ending.start() - 1, furthest - 1, -1):
        if first == start or _BEFORE.search(text[start:first]):
            return text[first : ending.end()]
    return text[furthest : ending.end()]
