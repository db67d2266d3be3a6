"""Five labelled replies of invented places, and a digester whose answers are written down."""

from __future__ import annotations

from nlp.corpus.replies import Fact, ReplyRow
from nlp.evaluate.replies.run import Contender
from nlp.summarize.digest import Basis, Digest, Flag, UnitMention
from nlp.text.spans import Span
from nlp.types import Outcome

PARKING = """\
清河县住房和城乡建设局
关于对第12号提案的答复
李明委员：
您提出的关于增加老城区停车位的提案收悉，现答复如下：
2024年我局会同县交通局新建停车场3处，增加车位620个，投入资金1200万元。下一步，我们将加强管理。
感谢您对我们工作的关心支持！
清河县住房和城乡建设局
2024年9月18日"""
ROAD = (
    "网友您好：您反映的断头路问题，经县交通局现场核实，情况属实。该路全长2.4公里，已列入2025年建设计划，"
    "预计2025年6月底前开工，由城东镇政府负责征地。感谢您的留言。"
)
RULE = "根据《医保办法》规定，外地就诊须先备案，备案后报销比例为60%，未备案的为40%。"
EMPTY_TALK = "我们高度重视，将认真研究，进一步加强工作，切实提高水平。"
UNKNOWN = "此件已转县水务局办理。"

ROWS = (
    ReplyRow(
        "a",
        "关于增加停车位的提案",
        PARKING,
        outcome=Outcome.SOLVED,
        summary="新建停车场3处，增加车位620个，投入资金1200万元。",
        facts=(Fact("新建3处", ("3处",)), Fact("车位和资金", ("620个", "1200万元"))),
        units=("县交通局", "县住建局"),
        flags=(),
    ),
    ReplyRow(
        "b",
        "反映断头路<script>alert(1)</script>",
        ROAD,
        outcome=Outcome.PLANNED,
        summary="该路已列入2025年建设计划，预计2025年6月底前开工。",
        facts=(Fact("开工时间", ("2025年6月底前",)), Fact("长度", ("2.4公里",))),
        units=("城东镇政府",),
        flags=("no_deadline",),
    ),
    ReplyRow("c", "咨询医保", RULE, outcome=Outcome.EXPLAINED, facts=(), units=()),
    ReplyRow("d", "关于提高水平的建议", EMPTY_TALK, outcome=Outcome.PLANNED, flags=("vague",)),
    ReplyRow("e", "", UNKNOWN),
)
_NOWHERE = Span(0, 0)
DIGESTS = {
    "a": Digest(
        "a",
        summary="新建停车场3处，增加车位620个，投入资金1200万元。",
        outcome=Outcome.SOLVED,
        outcome_probability=0.9,
        basis=Basis("letter", "A"),
        units=(UnitMention("交通局", _NOWHERE), UnitMention("县财政局", _NOWHERE)),
    ),
    "b": Digest(
        "b",
        summary="该路全长4公里，已列入2025年建设计划，由城西镇政府负责征地。",
        outcome=Outcome.PLANNED,
        outcome_probability=0.7,
        basis=Basis("model", "已列入"),
        units=(UnitMention("城东镇政府", _NOWHERE), UnitMention("城东镇政府", _NOWHERE)),
        flags=(Flag("no_deadline", "没有时限"), Flag("vague", "空泛")),
    ),
    "c": Digest("c", summary=RULE, outcome=Outcome.LIMITED, outcome_probability=0.6),
    "d": Digest("d", error="模型读不了这件答复", flags=()),
    "e": Digest("e", summary=UNKNOWN * 12, flags=(Flag("class_mismatch", "类别不符"),)),
}


def contender(name: str = "replies@0") -> Contender:
    return Contender("models/replies", name, lambda items: (DIGESTS[item.id] for item in items))
