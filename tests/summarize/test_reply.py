"""Letters are taken apart without loss, and no answer is taken for a rim."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.summarize.letter.reply import parse_reply

FORMAL = """柳河县水利局文件
柳水提复〔2024〕17号
办理结果：B
关于对县政协十一届三次会议第52号提案的答复
冯秀兰、苗建军等3名委员：
你们提出的《关于修缮东干渠的提案》收悉。经会同县财政局现场踏勘，现答复如下：
东干渠全长14公里，渗漏点37处。我局已修补21处，其余16处10月底前完成。
感谢你们对水利工作的关心，欢迎继续监督！
柳河县水利局
2024年6月3日
联系人：高源 联系电话：0351-2200×××
抄送：县政协提案委，县政府督查室，
县财政局、县农业农村局
"""


def outline(text):
    letter = parse_reply(text)
    return [(part.kind, part.span.of(text).strip()) for part in letter.parts]


def kind_of(piece, text):
    letter = parse_reply(text)
    at = text.index(piece)
    return next(p.kind for p in letter.parts if p.span.start <= at < p.span.end)


def body(text):
    letter = parse_reply(text)
    return "".join(span.of(text) for span in letter.spans("body")).strip()


def test_a_formal_letter():
    assert [kind for kind, _ in outline(FORMAL)] == [
        *("signature", "number", "class", "title", "salutation", "opening", "body"),
        *("closing", "signature", "date", "contact", "copies"),
    ]
    letter = parse_reply(FORMAL)
    assert letter.class_letter == "B"
    assert letter.formal
    assert letter.signed
    assert letter.has_contact
    assert letter.first("title") == "关于对县政协十一届三次会议第52号提案的答复"
    assert letter.first("copies").endswith("县农业农村局")
    assert body(FORMAL).startswith("东干渠")
    assert body(FORMAL).endswith("10月底前完成。")


def test_a_web_letter_in_one_paragraph():
    text = (
        "网友“南门老李”：您好！您反映的公厕夜间关门问题已收悉，区环卫中心立即派人核查。"
        "经查，该公厕因水管冻裂停用5天，2月6日已修好，现24小时开放。"
        "感谢您对环卫工作的监督。区环卫中心2025年2月8日"
    )
    assert outline(text) == [
        ("salutation", "网友“南门老李”：您好！"),
        ("opening", "您反映的公厕夜间关门问题已收悉，区环卫中心立即派人核查。"),
        ("body", "经查，该公厕因水管冻裂停用5天，2月6日已修好，现24小时开放。"),
        ("closing", "感谢您对环卫工作的监督。"),
        ("signature", "区环卫中心"),
        ("date", "2025年2月8日"),
    ]
    letter = parse_reply(text)
    assert not letter.formal
    assert letter.signed
    assert not letter.has_contact


@pytest.mark.parametrize(
    "text",
    [
        "同意",
        "不同意。",
        "经核查，路灯已修复。",
        "下一步，我局将加快审批，力争年底前开工。",
        "项目｜责任单位｜时限\n排水｜城建股｜6月\n绿化｜园林所｜9月",
        "The lamp at the east gate was repaired on 3 May. Two more will follow.",
        "“这条路修了三年还没修好，群众意见很大。",
        "请携带身份证、户口簿到镇便民服务中心办理，材料齐全的当场办结。",
        "您家的低保已从本月起恢复，每月480元。",
        "感谢支持不能代替整改：该店已停业，罚款3000元。",
    ],
)
def test_what_is_only_an_answer(text):
    assert outline(text) == [("body", text)]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "您好！目前，南坝已除险加固，汛期限水位降低1米。工作安排如下：5月清淤，6月验收。",
            "目前，南坝已除险加固，汛期限水位降低1米。工作安排如下：5月清淤，6月验收。",
        ),
        (
            "来信收悉，您家自来水发黄系管道锈蚀，已更换80米。",
            "您家自来水发黄系管道锈蚀，已更换80米。",
        ),
        (
            "我局高度重视，立即组织人员检查，发现该摊点无证经营，已责令停业。",
            "我局高度重视，立即组织人员检查，发现该摊点无证经营，已责令停业。",
        ),
        (
            "关于噪声问题，该厂属实存在夜间施工，现答复如下：已停工。",
            "关于噪声问题，该厂属实存在夜间施工，已停工。",
        ),
        (
            "您好！请咨询区教育局基础教育科：0310-666××××。谢谢！",
            "请咨询区教育局基础教育科：0310-666××××。",
        ),
        (
            "您好，学校午休室已开放。在此期间给您带来不便，敬请谅解，可先到阅览室休息，有座位60个。",
            "学校午休室已开放。在此期间给您带来不便，敬请谅解，可先到阅览室休息，有座位60个。",
        ),
        (
            "网友：您的卡已补发，请在9月30日前到镇上领取。",
            "您的卡已补发，请在9月30日前到镇上领取。",
        ),
    ],
)
def test_an_answer_is_not_swallowed(text, answer):
    assert body(text) == answer


@pytest.mark.parametrize(
    ("salutation", "formal"),
    [
        ("尊敬的网友：", False),
        ("张三、李四、王五等3名委员：", True),
        ("民盟青川县总支：", True),
        ("市住房和城乡建设局：", False),
        ("贵公司：", False),
        ("贵委：", False),
        ("“老街坊”：", False),
        ("崔先生，您好！", False),
        ("各位代表：", True),
        ("县政协经济委员会：", True),
    ],
)
def test_salutations(salutation, formal):
    text = f"{salutation}\n路面已修补12处。"
    assert outline(text) == [("salutation", salutation), ("body", "路面已修补12处。")]
    assert parse_reply(text).formal is formal


@pytest.mark.parametrize(
    "opening",
    [
        "你们提出的《关于保护古井的提案》（第8号）收悉，经与县文物所会商，现答复如下：",
        "您反映南桥夜市噪音扰民、商户占道不听劝阻的问题，我局组织人员到场核实，现将情况回复如下：",
        "留言收悉。",
        "首先感谢您对医保工作的关心。",
        "现就有关问题作如下说明：",
        "区民政局回复：",
        "贵局转来的第31号建议，现提出协办意见如下，供贵局统一答复时参考：",
        "收到您的来信后，局领导高度重视，安排专人调查核实。",
    ],
)
def test_openings(opening):
    text = f"您好！{opening}\n井台已围护，新装护栏24米。"
    assert kind_of(opening, text) == "opening"
    assert body(text) == "井台已围护，新装护栏24米。"


@pytest.mark.parametrize(
    "note",
    [
        "您反映的问题已转交区城管局核处。",
        "您的留言已于2024年3月8日转县交通运输局办理。",
        "我办已将您反映的情况转相关部门，处理情况会及时回复给您。",
        "您好！您的来信收悉，已转有关部门答复反馈，谢谢！",
    ],
)
def test_forwarding_notes(note):
    assert outline(note)[-1][0] == "forwarding"
    assert body(f"{note}\n经查，井盖已更换。") == "经查，井盖已更换。"


def test_a_referral_with_findings_is_an_answer():
    text = "经核实，您反映的路段由经开区建设，没有移交我局，已将诉求转经开区办理。"
    assert outline(text) == [("body", text)]


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("特此答复。", "closing"),
        ("专此函复，诚挚感谢贵委的支持！", "closing"),
        ("再次感谢您的来信，祝您生活愉快！", "closing"),
        ("由此给您带来的不便，敬请谅解。", "closing"),
        ("欢迎您继续对我们的工作提出宝贵意见。", "closing"),
        ("如您还有其他疑问，请与我局联系。", "closing"),
        ("如您仍有疑问，请拨打0310-12345咨询。", "contact"),
        ("咨询电话：0310-222××××。", "contact"),
        ("承办：林场股 周默", "contact"),
        ("（此件主动公开）", "contact"),
        ("此件公开发布", "contact"),
        ("签发人：石磊", "contact"),
        ("（办理结果：A类）", "class"),
        ("此件办理类别为C类。", "class"),
        ("二〇二四年十月九日", "date"),
        ("（2024-10-09）", "date"),
        ("10月9日", "date"),
        ("青川县林业局", "signature"),
        ("青川县林业局（代章）", "signature"),
        ("镇长何平（签字）", "signature"),
        ("附件：古树名录", "copies"),
        ("抄送：县政协提案委、县政府督查室", "copies"),
        ("（附：提案办理征询意见表）", "copies"),
    ],
)
def test_endings(ending, kind):
    text = f"古树均已挂牌，新建围栏6处。\n{ending}"
    assert outline(text) == [("body", "古树均已挂牌，新建围栏6处。"), (kind, ending)]


@pytest.mark.parametrize(
    "ending",
    [
        "请您于5月10日前到窗口领取。",
        "您留下的电话明天会有工作人员联系。",
        "以上12处均已接通，电话回访三户，都说满意。",
        "如需办理，请携带身份证到大厅咨询窗口提出申请。",
        "今后将逐月公布水质。",
        "三、态度问题，您可向纪检组反映，电话0310-222××××。",
        "请关注县教育局网站的公告。",
        "验收时间为2024年10月9日",
    ],
)
def test_endings_that_answer(ending):
    text = f"古树均已挂牌，新建围栏6处。{ending}"
    assert outline(text) == [("body", text)]


def test_a_date_is_cut_from_what_it_was_glued_to():
    text = "您好！水管已接通。敬请谅解2024年7月2日"
    assert outline(text)[-1] == ("date", "2024年7月2日")
    assert outline("水管将于2024年7月2日") == [("body", "水管将于2024年7月2日")]
    text = "水管已接通。\n青川县水务局2024.7.2（联系人：李工 0310-222××××）"
    assert [kind for kind, _ in outline(text)] == ["body", "signature", "date", "contact"]


def test_several_letters_in_one_cell():
    text = (
        "网友：您好！您的留言收悉。下水道已疏通。感谢您的关注！2023年4月1日"
        "网友：您好，您反映的问题我镇已收悉。因地下管网老化，今年安排更换300米。2023年3月9日"
        "您好！您反映的问题已转交城关镇调查处理。"
    )
    assert [kind for kind, _ in outline(text)] == [
        *("salutation", "opening", "body", "closing", "date"),
        *("salutation", "opening", "body", "date", "salutation", "forwarding"),
    ]
    assert body(text) == "下水道已疏通。因地下管网老化，今年安排更换300米。"


def test_first_and_second_reply():
    text = (
        "初次答复：\n家长您好，来信收悉，正在摸底，待方案确定后另行答复。\n区教育局3月2日\n"
        "二次答复：\n家长您好，今年计划招生225人，报名已超出36人。\n区教育局4月6日"
    )
    letter = parse_reply(text)
    assert [span.of(text).strip() for span in letter.spans("body")] == [
        "正在摸底，待方案确定后另行答复。",
        "今年计划招生225人，报名已超出36人。",
    ]
    assert len(letter.spans("signature")) == len(letter.spans("date")) == 2


def test_a_pasted_proposal():
    text = "关于建设城北公园的提案\n城北片区居民3万人，没有一处公园。建议尽快选址。"
    assert outline(text)[0] == ("title", "关于建设城北公园的提案")
    assert body(text).startswith("城北片区")


def test_lost_line_breaks_of_a_scan():
    text = (
        "青川县林业局\n青林复〔2024〕9号办理结果：A\n"
        "对政协青川县第九届委员会第三次会议第6号提案的答复农业界别各位委员：\n提案收悉。"
        "造林1200亩，成活率92%。\n青川县林业局2024年9月1日"
    )
    assert [kind for kind, _ in outline(text)] == [
        *("signature", "number", "class", "title", "salutation", "opening"),
        *("body", "signature", "date"),
    ]


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("办理结果：A\n路已修好。", "A"),
        ("路已修好。\n（办理结果分类：B类）", "B"),
        ("青林复〔2024〕9号（C类）\n林场已移交。", "C"),
        ("答复类别：丙\n目前不具备条件。", "丙"),
        ("办理类别：Ｄ\n仅作参考。", "D"),
        ("（建议所提问题已解决 类别A1）\n管廊已贯通。", "A"),
        ("综上，提案建议已全部办结，类别为A。", "A"),
        ("A区的路灯已修好，B类企业已停产。", ""),
        ("路已修好。", ""),
    ],
)
def test_class_letter(text, letter):
    assert parse_reply(text).class_letter == letter


def test_an_answer_that_names_its_class_stays_body():
    text = "综上，提案建议已全部办结，类别为A。"
    assert outline(text) == [("body", text)]


def test_flags_of_a_bare_letter():
    letter = parse_reply("尊敬的代表：\n您提出的建议收悉。目前财力不足，暂不实施。")
    assert letter.formal
    assert not letter.signed
    assert not letter.has_contact
    assert parse_reply("").parts == ()
    assert parse_reply(" \n ").class_letter == ""


PIECES = [
    *"我县加强建设的了，。；：！？、（）“”《》\n \u3000.1",
    *("您好！", "网友：", "各位委员：", "提案收悉，", "现答复如下：", "作如下说明。", "供参考："),
    *("经查，", "已转交城管局办理。", "感谢您的支持！", "如有疑问，请联系。", "特此答复。"),
    *(
        "青川县水务局",
        "2024年5月1日",
        "5月1日",
        "联系电话：0310-222××××",
        "（A类）",
        "抄送：县委办",
    ),
    *(
        "附件：1.清单",
        "青水复〔2024〕3号",
        "关于第9号提案的答复",
        "一是修路；",
        "二是架桥。",
        "此件公开发布",
    ),
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@settings(deadline=None, max_examples=300)
@given(texts)
def test_parts_are_lossless(text):
    letter = parse_reply(text)
    assert "".join(part.span.of(text) for part in letter.parts) == text
    assert all(part.span.start < part.span.end for part in letter.parts)
    assert letter.class_letter in {"", *"ABCD甲乙丙丁"}
    assert letter.signed in {True, False}
    assert letter.formal in {True, False}
    assert letter.has_contact in {True, False}


@pytest.mark.parametrize(
    "unit",
    [
        "您好！",
        "感谢您，",
        "答复如下：\n",
        "2024年5月1日",
        "“",
        "（",
        "已转交",
        "\n ",
        "市局、",
        "甲，",
    ],
)
def test_long_letters_take_linear_time(unit):
    text = unit * (40_000 // len(unit))
    assert sum(len(part.span) for part in parse_reply(text).parts) == len(text)
