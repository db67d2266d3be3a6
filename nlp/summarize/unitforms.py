"""The words that unit names end in, stand behind, or only seem to stand behind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum

from nlp.text.anyof import any_of


class Role(Enum):
    """What a word says about names: it ends one (or part of one), or stands before one.

    A place may stand before any other word (长龙街道 + 司法所), an office only before its
    branches (城管局 + 渣土中队).
    """

    PLACE = 1
    OFFICE = 2
    BRANCH = 3
    BEFORE = 4


_PLACE = """
    街道(?![上边两旁]) 镇(?<![乡村城市集本全各]镇)(?![镇乡村区级里街域上])
    乡(?<![城家下老回入故本全各]乡)(?![镇村亲土情里]) 社区(?![级里]) 村(?=[村支委]) 园区 高新区
    经开区 新区 示范区 集团 大学(?!生)
"""
"""Names of places, which act or stand before what is theirs. Assertions follow the letters."""
_OFFICE = """
    政府 党委政府 党委、政府 人民政府 县委县政府 市委市政府 区委区政府 办事处 街道办事处
    街道办(?!理) 街办(?!理) 委(?<=[省市县区州]委)(?![员托办书常]) 管委会 管理委员会 委员会 村委会
    村民委员会 村委(?!会) 村支两委 村两委 居委会 居民委员会 业委会 业主委员会 卫健委 卫计委 发改委
    国资委 经信委 工信委 民宗委 政法委 农委 建委(?!托) 教委 住建委 监委 纪委 团委 团市委 团县委
    团区委 团省委 工委 党委 残联 妇联 文联 工商联 侨联 总工会 慈善会 慈善总会 联合会 协会 商会
    基金会 红十字会 供销社 联社 合作社 人大(?!代) 政协 法院 检察院
    局(?<![布格结全破僵开大定邮当时]局)(?![面部限势长内属域]) 部门 交警部门 经办机构 建设单位
    施工单位 设计单位 监理单位 产权单位 代建单位 物业公司 物业企业 物业服务企业 物业服务公司
    物业服务有限公司 财政(?<=[省市县区镇乡]财政)(?![局部厅所收支拨补资投预经评])
    厅(?<=[社育输利政法业技信村建设源境安理]厅)(?!堂) 公司 有限公司 有限责任公司 股份有限公司
    集团公司 集团有限公司 集团股份有限公司 集团有限责任公司 银行 农商行 信用社 电网(?!络) 医院
    卫生院 卫生室 保健院 中医院 敬老院 福利院 科学院 研究院 设计院 勘测院 规划院 检测院 特检院 学院
    学校 小学(?!生) 中学(?!生) 职中 职专 中专(?!生) 幼儿园 图书馆 文化馆 博物馆 档案馆 体育馆 殡仪馆
    养殖场 自来水厂 水厂 电厂 污水处理厂
"""
"""What has a name of its own: governments, bureaus, firms, schools."""
_BRANCH = """
    分公司 分局 支局 分行 支行 大队(?!长) 中队(?!长) 支队(?!长) 总队(?!长)
    队(?<=[法程工洁援急卫]队)(?![长员伍])
    所(?<=[出电法土政务商管督划建林试验绘卫保机察水究疫障量灯]所)(?![有在属需谓以反述提示涉])
    站(?<=[理务督作管监测业牧卫技机援助经利检防化水路修安易障]站)(?![点位台长])
    处(?<=[理务记卫工守]处)(?![理置罚于在长]) 组(?<=[查家修检守导作小]组)(?![织建成长])
    室(?<=[公查访]室)(?!主) 班(?<=[修险检专]班)(?![长次])
    办(?<![创举开兴代帮补申会停试筹联已未]办)(?![理法公案学事结好件实证电完园班厂有了税]) 党工委
    党支部 工会 关工委 安委会 消委会 仲裁委(?!员) 指挥部 项目部 组织部 宣传部 统战部 武装部 工作部
    营业部 检修部 中心(?![校小城区点的思任内地线路医市组村]) 中心小学 中心学校 中心校 中心医院
    中心卫生院 科(?<=[一-龥]{3}科)(?![学技目级普研室东份权民员长教协创医])
    股(?<=[一-龥]{3}股)(?![东份权民]) 指导中心 指导站 指导组 协调中心 协调小组 检查站 检查大队
    检查中队 巡查大队 巡查中队 巡查组 调查大队 调查队 调查组 调查中心 投诉中心 举报中心 交警
    物业(?![费服管用]) 疾控 城投(?!资) 运管 价监局 质监局
"""
"""What belongs to an office or a place."""
_BEFORE = """
    由 与 和 及 以及 跟 同 会同 向 对 到 在 为 经 将 从 按 把 被 让 给 请 至 以 于 就 因 据 凭 持 如
    若 或 或者 是 有 无 未 不 没 其 该 我 本 贵 您 你 各 此 这 那 某 每 另 的 了 着 等 并 且 但 而
    则 也 都 均 仍 已 曾 又 再 还 须 需 应 可 民办 公办 农村(?!商|信|能|供|经|集|公) 乡镇
    县城(?!投|管|市) 城区(?!分) 定点 三甲 出生 接收 托管 中小学 一院 两局
    内科 专科 外科 学科 省级 市级 区级 县级 镇级 村级 进一步 下一步 建成 整合 强化 加强 健全
    完善 改造 推进 注重 发挥 拨付 实行 实施 执行 开设 罢免 招标 推荐 普通 参加 赴 待 随 距 得到 列入
    纳入 覆盖 推出 拖欠 转入 取消 利用 今年 去年 明年 当时 当初 不少 地方政府 各级 各地 全市 全县
    全区 全镇 全省 全国 根据 依据 按照 依照 由于 鉴于 关于 对于 通过 经过 随着 作为 属于 隶属 归
    包括 包含 其中 位于 来自 所属 相关 有关 当地 属地 辖区 所在地 附近 周边 上级 下级 其他 其它
    原(?!则|自) 部分 个别 一家 两家 多家 联合 联系 联动 协调 协同 协助 配合 督促 敦促 督办 要求 责成
    责令 指导 指派 指定 安排 组织 委托 依托 邀请 召集 约谈 约见 走访 商请 会商 函告 致函 去函 发函
    通知 通报 告知 提醒 建议 报 报告 汇报 申报 申请 请示 反映 反馈 移交 移送 转交 转办 交 交办 批转
    派 拨打 致电 来电 电话 咨询 询问 查询 调取 对接 沟通 衔接 协商 磋商 商讨 提请 提交 递交 送 送达
    前往 前去 来到 赶到 到达 进入 入驻 租 聘请 聘用 引进 引入 支持 帮助 鼓励 动员 发动 推动 争取
    选定 选择 确定 成立 设立 组建 建立 抽调 调集 增派 选派 出动 牵头 负责 承办 协办 主办 办理 答复
    回复 说明 表示 认为 明确 发现 查明 了解 核实 核查 调查 检查 排查 巡查 处理 处置 处罚 立案 涉及
    投诉 举报 代表 共同 一起 一同 统一 同时 目前 现场 当场 立即 随即 使用 购买 采购 提供 出具 开具
    公布 发布 印发 签订 授权 核准 批准 同意
"""
"""What names begin behind."""
_KEPT = """
    农业农村 到彼岸 和平 和谐 和顺 和静 和田 和硕 和政 和睦 祥和 太和 泰和 平和 广和 仁和 安和
    政和 同安 同江 同仁 同德 同乐 同兴 大同 向阳 向东 向荣 向群 将军 将乐 为民 成都 都江 都匀 于都
    于洪 从江 从化 应城 都市 宁都 丰都 新都 大为 和城乡 和规划 和旅游 和社会 和综合 和行政 和信息
    和改革 和计划 和草原 和体育 和科技 和水利 和林业 和版权 和统计 与规划 与旅游 对外 对口 对台 经信
    经开 经济 经营 经侦 经管 经贸 经办 经发 财经 就业 应急 应用 供应 响应 就近 同步 数据 证据 无害
    资本 成本 基本 本溪 归口 全科 儿科 妇科 眼科 骨科 牙科 参股 入股 随州 待遇 期待 接待 赴任 同城
    在线 在职 合同 胡同 给水 给排 供给 都会 首都 交通 交警 交易 交投 交运 交管 交巡 交建 交委 公交
    外交 成交 报社 日报 晚报 情报 派出 派驻 有限 国有 有色 有线 不动 组织科 组织室 组织办 联合社
    联合公司 看守 检察 监督检查 安排部 无线 无锡 可再生 未成年 如皋 如东 送变电 因公 以工代赈
"""
"""What looks like one of `_BEFORE` but belongs to names."""
_CALLED = """
    由 会同 联合 与 和 同 经 请 向 报 移交 移送 转交 转办 交 委托 派 协调 督促 责令 责成 要求 约谈
    组织 召集 走访 函告 商请 给 到 通过 报告 申请 指导 协同 安排 指派 联系 配合 对接 跟 商 敦促 提请
    报请 汇报 通知 提醒 拨打 会商 支持
"""
"""Words before a unit that is to act."""
_CITED = """
    根据 依据 按照 依照 据 凭 持 反映 投诉 举报 关于 位于 或 或者 每 某 此 非 “ 在 原 以 有 不 无 没
    其中 附近 周边
"""
"""Words before a unit that is only spoken of."""
_BARE = """
    人民法院 主管部门 监管部门 职能部门 三部门 多部门
    政府 局 委 办 委员会 管理委员会 部门 单位 机构 机关 企业 公司 有限公司 分公司 集团 集团公司 中心
    学校 医院 卫生室 银行 园区 新区 示范区 高新区 经开区 大队 支队 总队 中队 分局 支局 小学 中学
    大学 学院 幼儿园 办公室 办事处 管理处 管理所 管理站 服务站 工作站 协会 商会 合作社 党委 工委
    领导小组 小组 工作组 调查组 检查组 专班 工作专班 指挥部 项目部 施工队 工程队 工会 党支部 电网
"""
"""What names nobody by itself."""
_WEAK = """
    政府 部门 单位 医院 卫生院 卫生室 小学 中学 学校 大学 幼儿园 社区 街道 镇 乡 村 园区 新区 高新区
    示范区 银行 企业 机构 法院 协会 村委会 委员会 水厂 物馆 书馆 人大 物业 财政 省委 市委 县委 区委
    办
"""
"""Ends of names that mostly are a place or a party to the matter."""
_ACTS = r"""
    [会已将于先到派组联协牵负承签答表接收代商调进现按对拟正自提核立在与、今当再及共开：每都严列]
    \d{1,4}[年月日] (?<=[司会业])[，。] 意见 申请 党委 据此 统一
"""
"""What follows a unit that acts."""
_CITES = r"""
    门[前口] 的(?!意见|要求|支持|配合|高度) 《 网站 公众号 规定 文件 关于 常务 会议 印发 发布 应当
    专[家业] ” 工作人员 常委
"""
"""What follows a unit that is only spoken of."""
_LEADING = "和与及同向由对到在为经将从以就并应可是"
_NO_TOWN = (
    f"{_LEADING}的了请让给被把省市县区州镇乡村街全各本该我贵原此外两多某"
    "社小园片辖景校城老新库矿林灾郊近农"
)
"""Letters of which none, alone before 区 or 镇, is a town's: 与社区, 由本县."""


def _roles() -> dict[str, Role]:
    words = zip((_PLACE, _OFFICE, _BRANCH, _BEFORE), Role, strict=True)
    return {_bare(word): role for listed, role in words for word in listed.split()}


def _bare(word: str) -> str:
    return word.partition("(?")[0]


def _pattern(words: Iterable[str]) -> str:
    """Join words by their first letter, the longest first, so that they are found fast."""
    by_letter = defaultdict(list)
    for word in sorted(words, key=lambda word: -len(_bare(word))):
        by_letter[word[0]].append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


def _towns() -> Iterator[str]:
    """Yield patterns of a town's name that begins with a word of `_BEFORE`: 和平区, 向阳镇."""
    level = "(?:[区县镇乡](?![乡镇村级城])|街道|村[村支委])"
    return (rf"{first}[一-龥](?<![{_NO_TOWN}])(?={level})" for first in _LEADING)


ROLES = _roles()
_LAST = " ".join((_PLACE, _OFFICE, _BRANCH)).split()
LAST_WORD = re.compile(_pattern(_LAST))
WORD = re.compile(_pattern((*_towns(), *_LAST, *_BEFORE.split(), *_KEPT.split())))
"""Finds the words; one that `ROLES` doesn't have is part of a name."""
CALLED = frozenset(_CALLED.split())
CITED = frozenset(_CITED.split())
BARE = frozenset(_BARE.split())
WEAK = re.compile(f"{any_of(_WEAK)}$")
ACTS = re.compile(any_of(_ACTS))
CITES = re.compile(any_of(_CITES))
