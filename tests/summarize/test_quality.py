"""Every warning can be raised, has a message, and is silent where it has no ground."""

from dataclasses import replace

import numpy as np
import pytest

from nlp.heads.linear import LinearHead
from nlp.summarize.profile import COLUMNS, profiled
from nlp.summarize.quality import LEARNED, MESSAGES, FlagModel, excused, flag, flags
from nlp.summarize.reading import LONGEST, read_reply
from nlp.summarize.roles import ROLES
from nlp.types import Outcome, Reply

ASKED = (
    "关于在老旧小区加装电梯并配套解决飞线充电隐患的建议",
    "城西片区老旧小区楼龄大多超过三十年，居民以老年人为主，上下楼十分不便；楼道内私拉电线给电动"
    "自行车充电，火灾隐患突出。建议由住建部门牵头加装电梯，增设集中充电棚。",
)
ANSWER = (
    "经与县住建局会商，城西片区老旧小区已加装电梯6部，增设集中充电棚11处，私拉电线现象明显减少。"
)
ELSEWHERE = "我县博物馆自去年起实行免票参观，馆藏青铜器、陶俑共计四百余件，周一闭馆检修。" * 2
FORMAL = (
    "青禾县住房和城乡建设局\n青建提复〔2023〕12号\n关于第45号提案的答复\n范立委员：\n"
    "您的提案收悉，现答复如下：\n{body}\n{end}"
)
SIGNED = "青禾县住房和城乡建设局\n2023年6月9日\n"
CONTACT = "联系人：王工 联系电话：0310-1234567\n"


def read(text, title="", body=""):
    return read_reply(Reply("1", text, title, body))


def codes(reading, outcome=Outcome.SOLVED, coming=()):
    """Return the codes of the rules' flags; clauses of the numbers given are pending."""
    roles = np.zeros((len(reading.clauses), len(ROLES)), np.float32)
    roles[list(coming), ROLES.index("pending")] = 1
    return [each.code for each in flags(reading, roles, outcome)]


def test_every_code_has_a_message():
    assert set(LEARNED) <= set(MESSAGES)
    assert len(set(MESSAGES.values())) == len(MESSAGES)
    for code, message in MESSAGES.items():
        assert flag(code).code == code
        assert flag(code).message == message.strip()
        assert all("一" <= char <= "龥" for char in message[:4])


def test_a_good_answer_has_no_flag():
    assert codes(read(ANSWER, *ASKED)) == []
    assert codes(read(FORMAL.format(body=ANSWER, end=SIGNED + CONTACT))) == []


@pytest.mark.parametrize("text", ["同意", "您好！路灯已修好。感谢您的监督！"])
def test_too_short(text):
    assert codes(read(text)) == ["too_short"]


def test_only_forwarded():
    note = "您好！您的留言已转县水利局办理。"
    assert codes(read(note)) == ["forwarded"]
    assert "forwarded" not in codes(read(note + ANSWER))


def test_too_long_to_be_read():
    text = ANSWER * (LONGEST // len(ANSWER) + 1)
    assert codes(read(text[: LONGEST + 1])) == ["truncated"]
    assert codes(read(text[:LONGEST])) == []


@pytest.mark.parametrize(
    "text",
    [
        "The lamp at the east gate was repaired on 3 May, and two more will follow next week.",
        "12345",
        "Жалоба рассмотрена, освещение восстановлено 3 мая, работы завершены.",
    ],
)
def test_not_chinese_and_then_nothing_else(text):
    assert codes(read(text, *ASKED), Outcome.PLANNED) == ["not_chinese"]


def test_figures_do_not_make_a_chinese_answer_foreign():
    assert "not_chinese" not in codes(read("已于2024年5月修好路灯120盏，投资35.6万元。"))


def test_the_proposal_pasted_instead():
    assert codes(read(ASKED[1], *ASKED)) == ["copied"]
    assert "copied" in codes(read(f"{ASKED[0]}\n{ASKED[1]}", *ASKED))
    # a quotation before the answer is none
    assert codes(read(f"您提出“{ASKED[1][:40]}”。{ANSWER * 2}", *ASKED)) == []
    assert "copied" not in codes(read(ASKED[1], ASKED[0]))


def test_off_topic():
    assert codes(read(ELSEWHERE, *ASKED)) == ["off_topic"]
    assert codes(read(ELSEWHERE, ASKED[0])) == ["off_topic"]
    assert codes(read(ELSEWHERE)) == []
    assert codes(read(ELSEWHERE, "关于电梯的建议")) == []
    # with the title alone one word in common is enough
    assert codes(read(ELSEWHERE + "电梯正在维保。", ASKED[0])) == []
    assert codes(read(ELSEWHERE + "电梯正在维保。", *ASKED)) == ["off_topic"]


def test_what_is_copied_short_or_forwarded_is_not_off_topic_as_well():
    assert codes(read("展厅已开放。", *ASKED)) == ["too_short"]
    assert codes(read("您好！您的留言已转县博物馆办理。", *ASKED)) == ["forwarded"]


def test_a_plan_without_a_time():
    text = "我局已收集各社区意见，完成初步选址工作，将会同乡镇开展勘察设计，随后组织招标工作。"
    assert codes(read(text), Outcome.PLANNED, [2]) == ["no_deadline"]
    assert codes(read(text), Outcome.SOLVED, [2]) == []
    dated = text.replace("将会同", "2025年9月会同")
    assert codes(read(dated), Outcome.PLANNED, [2]) == []
    assert codes(read(dated), Outcome.PLANNED, [3]) == []
    assert codes(read(dated), Outcome.PLANNED, []) == ["no_deadline"]
    assert codes(read(text + "力争2026年底前完工。"), Outcome.PLANNED) == []


def test_a_date_at_the_other_end_is_not_near():
    """The first clause is no neighbour of the last."""
    text = "2021年6月我局收到来件，已收集各社区意见，完成初步选址工作，随后将组织勘察设计招标工作。"
    reading = read(text)
    assert len(reading.clauses) == 4
    assert codes(reading, Outcome.PLANNED, [3]) == ["no_deadline"]
    assert codes(reading, Outcome.PLANNED, [1]) == []


def test_a_formal_letter_names_its_unit_and_someone_to_ask():
    assert codes(read(FORMAL.format(body=ANSWER, end=SIGNED))) == ["no_contact"]
    unsigned = FORMAL.removeprefix("青禾县住房和城乡建设局\n").format(body=ANSWER, end=CONTACT)
    assert codes(read(unsigned)) == ["no_signature"]
    web = f"网友：您好！来信收悉。{ANSWER}感谢您的监督！"
    assert codes(read(web)) == []


def constant(*chances):
    """Return a flag model that gives every reply the same chances."""
    bias = np.log(np.array(chances) / (1 - np.array(chances))).astype(np.float32)
    head = LinearHead(LEARNED, np.zeros((COLUMNS, len(LEARNED)), np.float32), bias)
    return FlagModel(head, np.zeros(COLUMNS, np.float32), np.ones(COLUMNS, np.float32), (0.5, 0.5))


def profile_of(text):
    reading = read(text)
    roles = np.zeros((len(reading.clauses), len(ROLES)), np.float32)
    return profiled(reading, roles, np.zeros(len(reading.clauses), np.float32))


def test_learned_flags_come_from_their_thresholds_on():
    replies = [profile_of(ANSWER), profile_of("")]
    assert constant(0.8, 0.3).codes(replies) == [("vague",)] * 2
    assert constant(0.2, 0.7).codes(replies) == [("policy_only",)] * 2
    assert constant(0.8, 0.7).codes(replies) == [LEARNED] * 2
    assert constant(0.4, 0.4).codes(replies) == [()] * 2
    assert replace(constant(0.4, 0.3), thresholds=(0.39, 0.31)).codes(replies) == [("vague",)] * 2
    assert constant(0.8, 0.8).codes([]) == []


def test_chances_are_a_column_a_flag():
    found = constant(0.8, 0.3).chances(np.zeros((3, COLUMNS), np.float32))
    assert found == pytest.approx(np.array([[0.8, 0.3]] * 3), abs=1e-6)


@pytest.mark.parametrize("code", LEARNED)
@pytest.mark.parametrize("other", ["forwarded", "not_chinese", "copied"])
def test_no_doubt_of_what_is_no_answer(code, other):
    reading = read("将进一步加强管理，提高认识。")
    assert excused(code, reading, [flag("no_contact"), flag(other)])
    assert not excused(code, reading, [flag("no_contact")])
    assert not excused(code, reading, [])


def test_two_figures_can_be_checked():
    assert not excused("vague", read("将加强管理，巡查3次。"), [])
    assert excused("vague", read("将加强管理，巡查3次，整改12处。"), [])
    assert not excused("policy_only", read("将加强管理，巡查3次，整改12处。"), [])
    # the date below and the telephone number are not the answer's
    letter = FORMAL.format(body="我局将加强管理，巡查3次。", end=SIGNED + CONTACT)
    assert not excused("vague", read(letter), [])


def test_flags_were_learned(small_digester, small_material):
    samples = small_material.samples
    read_all = small_digester.read([sample.reading for sample in samples])
    found = small_digester.doubts.chances(np.array([one.profile for one in read_all]))[:, 0]
    vague = np.array(["vague" in (sample.row.flags or ()) for sample in samples])
    assert found[vague].mean() > found[~vague].mean() + 0.2
