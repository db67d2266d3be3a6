"""Hard-wrapped lines are joined, page furniture goes, paragraphs stay."""

import pytest

from nlp.text.clean import clean_text


@pytest.mark.parametrize(
    "number",
    ["-4-", "— 4 —", "－４－", "第3页", "第 3 页 共 8 页", "第3页/共8页", "Page 3 of 8", "12"],
)
@pytest.mark.parametrize("blank", ["\n", "\n\n\n"])
def test_page_number_within_a_sentence(number, blank):
    text = f"我们会同三个乡镇对全县水库逐座排查隐患，建立台账并限期整{blank}{number}{blank}改到位。"
    assert clean_text(text) == "我们会同三个乡镇对全县水库逐座排查隐患，建立台账并限期整改到位。"


def test_figures_on_their_own_lines_stay():
    table = "提交件数\n434\n立案件数\n391"
    assert clean_text(table) == table


@pytest.mark.parametrize(
    "furniture",
    [
        "首页 > 政务公开 > 提案办理",
        "当前位置： 首页 > 公开",
        "【打印】 【关闭】",
        "分享到：",
        "上一篇：关于供水的答复",
        "下一篇：没有了",
        "字号：大 中 小",
        "（责编：赵甲、钱乙）",
        "责任编辑：孙丙",
        "来源：某县日报 浏览次数：87",
        "发布时间：2024-05-06 08:30 来源：办公室",
        "某新闻网>>地市>>要闻",
    ],
)
def test_furniture_goes(furniture):
    text = f"{furniture}\n关于供暖提案的答复\n您提出的建议收悉。\n{furniture}"
    assert clean_text(text) == "关于供暖提案的答复\n您提出的建议收悉。"


@pytest.mark.parametrize(
    "content", ["来源：某县日报", "资金来源：县财政专项。", "第3页", "分享经验", "编辑出版县志"]
)
def test_a_lone_line_is_content(content):
    assert clean_text(content) == content


PARAGRAPHS = [
    "关于改善山区群众饮水条件提案的答复",
    "您提出的提案收悉，经与县水利局、县财政局共同研究，现将有关办理情况答复如下，请予审阅指正。",
    "一、加快工程建设",
    "今年以来，全县累计投入资金2300万元，新打机井15眼，改造老旧管网86公里，解决了42个自然村的饮水困难。",
    "二、健全管护机制",
    "一是落实县乡村三级责任，明确专人巡查；二是建立水费收缴与维修基金制度，做到小修不出村、大修不过夜。",
]


@pytest.mark.parametrize("width", [18, 24, 27, 33])
@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n", "\n\n "])
def test_hard_wrapped_lines_are_joined(width, end):
    wrapped = end.join(p[i : i + width] for p in PARAGRAPHS for i in range(0, len(p), width))
    assert clean_text(wrapped) == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("关于完善乡村公\n路养护的建议", "关于完善乡村公路养护的建议"),
        ("面商率 100％，办复\n\n率 100％，满意率 96％。", "面商率100%，办复率100%，满意率96%。"),
        ("出台了《山区供水管\n理办法》，共六章。", "出台了《山区供水管理办法》，共六章。"),
        ("涉及教育、\n卫生两个部门。", "涉及教育、卫生两个部门。"),
        ("推广 machine\nlearning。", "推广machine learning。"),
    ],
)
def test_sentences_broken_across_two_lines(broken, whole):
    assert clean_text(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "县交通局\n2024年5月6日",
        "关于停车的建议\n张三委员",
        "强化领导，压实责任\n一年来，我们做了三件事。",
        "联系人：李四，电话：123\n地址：东街1号，二楼。",
        "各位委员：\n现将情况报告如下。",
    ],
)
def test_paragraphs_stay_apart(text):
    assert clean_text(text) == text
