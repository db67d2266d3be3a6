"""Template text is told by sentences that recur in a batch, figures and blanks apart."""

import pytest

from nlp.summarize.reading import LONGEST, read_reply
from nlp.summarize.repeats import OTHERS, SENTENCE, Repeats
from nlp.types import Reply, RowError

TOWNS = "甲乙丙丁戊"


def letter(at, own=""):
    return (
        f"您好！您反映的{TOWNS[at]}村路灯问题已收悉。{own}经核查，该处路灯损坏{at + 3}盏，"
        "已安排电工全部更换完毕并恢复照明。下一步我镇将建立定期巡查制度，发现损坏及时安排人员维修。"
        "感谢您的监督！"
    )


def templated(texts, of=None):
    repeats = Repeats.of([Reply(str(at), text) for at, text in enumerate(texts)])
    return [repeats.templated(read_reply(Reply("1", text))) for text in (of or texts)]


def test_near_identical_letters_are_template():
    assert templated([letter(at) for at in range(5)]) == [True] * 5


def test_so_many_others_must_say_the_same():
    assert OTHERS == 2
    assert templated([letter(at) for at in range(2)]) == [False] * 2
    assert templated([letter(at) for at in range(3)]) == [True] * 3


def test_a_letter_of_its_own_is_none():
    own = "经查，南坝渗漏系闸门老化，已更换闸门2扇，蓄水恢复到汛限水位。管护经费由村集体承担。"
    texts = [*(letter(at) for at in range(4)), own]
    assert templated(texts) == [True] * 4 + [False]


def test_more_than_half_must_be_template():
    own = "该线路由村集体筹资架设，变压器容量不足，夏季用电高峰经常跳闸，已列入农网改造。" * 2
    texts = [*(letter(at) for at in range(3)), letter(3, own)]
    assert templated(texts) == [True, True, True, False]


def test_what_stands_twice_in_one_letter_counts_once():
    twice = "我局已安排专人对全县路灯逐盏检修登记造册。" * 5
    assert templated([twice, twice]) == [False, False]


def test_short_sentences_recur_by_themselves():
    short = "情况属实已整改完毕谢谢。"
    assert len(short) < SENTENCE
    assert templated([short] * 6) == [False] * 6
    assert templated([short[:-1] * 2] * 6) == [True] * 6


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("，", ","),
        lambda text: "\n".join(text[at : at + 30] for at in range(0, len(text), 30)),
        lambda text: text.replace("。", "。<br>"),
        lambda text: f"<p>{text}</p>",
        lambda text: text.replace("路灯", "路 灯"),
        lambda text: text.translate({ord("3"): "３", ord("4"): "４"}),
    ],
)
def test_damaged_letters_repeat_too(damage):
    assert templated([damage(letter(at)) for at in range(5)]) == [True] * 5


def test_rows_that_could_not_be_read_and_nothing_at_all():
    error = RowError("x", "", "坏行")
    repeats = Repeats.of([error, *(Reply(str(at), letter(at)) for at in range(3)), error])
    assert repeats.templated(read_reply(Reply("1", letter(0))))
    assert not repeats.templated(read_reply(Reply("1", "")))
    assert not Repeats.of([]).templated(read_reply(Reply("1", letter(0))))
    assert not Repeats.of([error]).keys


def test_what_is_not_read_is_not_compared():
    tail = "我局已安排专人对全县路灯逐盏检修登记造册。"
    texts = [chr(0x4E00 + at) * LONGEST + tail for at in range(4)]
    assert not Repeats.of([Reply(str(at), text) for at, text in enumerate(texts)]).keys


def test_only_what_recurs_is_remembered():
    texts = [letter(at, f"独有的一句话，第{TOWNS[at] * 9}段。") for at in range(5)]
    found = Repeats.of([Reply(str(at), text) for at, text in enumerate(texts)])
    assert len(found.keys) == 2
