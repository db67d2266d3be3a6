"""Replies in, digests out: in order, none lost, no word that isn't the reply's."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.corpus.replies import load_replies
from nlp.outcomes import load_outcomes
from nlp.summarize import digester as module
from nlp.summarize.digest import Digest
from nlp.summarize.digester import EMPTY_REPLY, MAX_CHARS, NO_TEXT, DigestOptions
from nlp.summarize.quality import MESSAGES
from nlp.text.figures import figures
from nlp.types import Outcome, Reply, RowError, RowRef

TEST = Path(__file__).resolve().parents[2] / "corpora" / "replies" / "test.jsonl"
ANSWER = (
    "经查，北街护栏已于3月12日修复，共更换护栏42米，费用1.6万元。"
    "下一步，我局将加强巡查，6月底前完成全线排查。"
)
FORMAL = (
    "青禾县水利局\n青水提复〔2023〕12号\n办理结果：B\n关于第45号提案的答复\n范立委员：\n"
    "您的提案收悉，现答复如下：\n一是会同县财政局筹资80万元，衬砌渠道2公里；二是将于2024年5月"
    "更换闸门3扇。\n青禾县水利局\n2023年6月9日\n联系人：王工 联系电话：0310-1234567\n"
)
PROPOSAL = "城西片区老旧小区楼龄大多超过三十年，上下楼十分不便；建议由住建部门牵头加装电梯。"
MARKS = re.compile(r"[，。；、：！,;:\s]")


@pytest.fixture(scope="module")
def digest(small_digester):
    def one(reply, options=None):
        (found,) = small_digester.summarize([reply], options)
        return found

    return one


def bare(text):
    return MARKS.sub("", text)


def assert_quotes(found, text):
    """Every character of a digest stands in the reply, in order, within its spans."""
    edges = [edge for span in found.spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert not edges or 0 <= edges[0] <= edges[-1] <= len(text)
    assert all(span.of(text).strip() for span in found.spans)
    left = iter("".join(span.of(text) for span in found.spans))
    missing = [char for char in found.summary if char not in "；。" and char not in left]
    assert not missing, (found.summary, missing)


def assert_digest_or_reason(found, text):
    assert isinstance(found, Digest)
    if found.error is not None:
        assert re.search(r"[一-龥]{4}", found.error)
        assert (found.summary, found.outcome, found.flags) == ("", None, ())
        return
    assert 0 < len(found.summary) <= MAX_CHARS
    assert found.outcome in Outcome
    assert 0 <= found.outcome_probability <= 1
    assert found.basis is not None
    assert all(each.message == MESSAGES[each.code] for each in found.flags)
    assert len({each.code for each in found.flags}) == len(found.flags)
    for part in (*found.figures, *found.units, *found.measures):
        assert 0 <= part.span.start < part.span.end <= len(text)


def test_a_letter_taken_apart(digest):
    found = digest(Reply("17", FORMAL, "关于修缮东干渠的提案"))
    assert (found.id, found.title, found.error) == ("17", "关于修缮东干渠的提案", None)
    assert found.outcome is Outcome.PLANNED
    assert (found.basis.kind, found.basis.text) == ("letter", "B")
    assert found.method == "extractive"
    assert [unit.name for unit in found.units] == ["县财政局"]
    assert [unit.span.of(FORMAL) for unit in found.units] == ["县财政局"]
    assert [m.span.of(FORMAL).strip()[:2] for m in found.measures] == ["一是", "二是"]
    assert found.measures[1].time == "next"
    said = [figure.text for figure in found.figures]
    assert {"80万元", "2公里", "2024年5月"} <= set(said)
    assert [figure.span.of(FORMAL) for figure in found.figures] == said
    assert_quotes(found, FORMAL)


def test_order_is_kept_and_nothing_is_lost(small_digester):
    source, given_cells = RowRef("表.xlsx", "一", 7), {"编号": "9"}
    items = [
        Reply("a", ANSWER, "标题甲", source=source, given=given_cells),
        RowError("b", "标题乙", "这一行读不出来。", source, given_cells),
        ANSWER,
        Reply("d", "", "标题丁", source=source, given=given_cells),
        Reply("a", ANSWER),
        RowError("f", "", "又一行。"),
    ]
    found = list(small_digester.summarize(iter(items)))
    assert [(each.id, each.title) for each in found] == [
        *(("a", "标题甲"), ("b", "标题乙"), ("3", ""), ("d", "标题丁"), ("a", ""), ("f", "")),
    ]
    errors = [None, "这一行读不出来。", None, EMPTY_REPLY, None, "又一行。"]
    assert [each.error for each in found] == errors
    for each in (found[0], found[1], found[3]):
        assert (each.source, each.given) == (source, given_cells)
    assert found[0].summary == found[2].summary == found[4].summary != ""
    assert {each.model for each in found} == {small_digester.name}


def test_the_same_in_chunks_of_any_size(small_digester, monkeypatch):
    texts = [f"{'东西南北'[at % 4]}街路灯已更换{at}盏，{ANSWER}" for at in range(9)]
    items = [RowError("e", "", "坏行") if at == 4 else Reply(str(at), texts[at]) for at in range(9)]
    whole = list(small_digester.summarize(items))
    monkeypatch.setattr(module, "CHUNK", 2)
    assert list(small_digester.summarize(items)) == whole


def test_nothing_and_only_errors(small_digester):
    assert list(small_digester.summarize([])) == []
    found = list(small_digester.summarize([RowError("1", "", "坏行"), Reply("2", "…")]))
    assert [each.error for each in found] == ["坏行", NO_TEXT]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t"])
def test_empty_replies_are_said_to_be(digest, text):
    assert digest(text).error == EMPTY_REPLY


@pytest.mark.parametrize(
    "text",
    ["……", "！！！", "※※★", "\x00\x01", "\ufeff", "😀👍", "<p></p>", "&nbsp;&nbsp;", "<br/>"],
)
def test_replies_without_words_are_said_to_be(digest, text):
    assert digest(text).error == NO_TEXT


LONG = "经查，该处井盖已更换1套，费用320元。"
ODD = {
    "one word": "同意",
    "one letter": "甲",
    "a refusal": "不同意。",
    "a connective": "同时，",
    "a marker": "一是",
    "a table": "项目｜责任单位｜时限\n排水｜城建股｜6月\n绿化｜园林所｜9月",
    "English": "The lamp at the east gate was repaired on 3 May, and two more will follow.",
    "digits": "12345",
    "a page number": "- 3 -",
    "only thanks": "您好！感谢您的来信。",
    "only a date": "2024年5月1日",
    "in brackets": "（以上意见供参考）",
    "two letters": "网友：您好！一是清淤3公里；二是护坡。2023年4月1日\n网友：您好！一是补栽80株，"
    "二是修剪。2023年3月9日",
    "unclosed quotes": "“甲‘乙“丙《丁（戊【己" * 40 + ANSWER,
    "brackets": "（" * 500 + ANSWER,
    "one long clause": "已在" + "、".join("甲乙丙丁戊己庚辛壬癸" * 30) + "设点",
    "long words": "w" * 3_000,
    "200,000 characters": LONG * (200_000 // len(LONG)),
    "200,000 blanks": " " * 200_000 + ANSWER,
    "bad OCR": "经査，该路 段护 栏巳于３月l2日修 复 ，共更換护栏４2米 。 下-步，我局将加強巡查 ,"
    "6月厎前完成 全线 排查 。",
    "hard-wrapped": "\n".join(ANSWER[at : at + 11] for at in range(0, len(ANSWER), 11)),
    "markup": f"<div><p>{ANSWER}</p><script>x</script>&nbsp;</div>",
    "a lone surrogate": "\ud800路已修好，共3公里。",
    "control characters": "路已\x00修\x07好，共3公里。\x1b",
}


@pytest.mark.parametrize("name", ODD)
def test_a_digest_or_a_clear_reason_never_an_exception(digest, name):
    text = ODD[name]
    for options in (DigestOptions(), DigestOptions(numbered=True)):
        found = digest(Reply("1", text, "关于修复北街护栏的建议", PROPOSAL), options)
        assert_digest_or_reason(found, text)
        if not options.numbered:
            assert_quotes(found, text)


def test_what_little_there_is_is_said(digest):
    assert digest("同意").summary == "同意。"
    assert digest("（以上意见供参考）").summary == "（以上意见供参考）。"
    assert len(digest(ODD["one long clause"]).summary) == MAX_CHARS


def test_letters_of_two_persons_in_one_cell_are_both_read(digest):
    text = ODD["two letters"]
    assert [measure.span.of(text) for measure in digest(text).measures] == [
        *("一是清淤3公里；", "二是护坡。", "一是补栽80株，", "二是修剪。"),
    ]


TEMPLATE = (
    "您好！您反映的{}村路灯问题已收悉。经核查，该处路灯损坏{}盏，已安排电工全部更换完毕并恢复照明。"
    "下一步我镇将建立定期巡查制度，发现损坏及时安排人员维修。感谢您的监督！"
)


def test_a_batch_of_near_identical_letters(small_digester):
    letters = [TEMPLATE.format(town, at + 3) for at, town in enumerate("甲乙丙丁戊")]
    found = list(small_digester.summarize([*letters[:3], ANSWER, *letters[3:]]))
    flagged = ["template" in {flag.code for flag in each.flags} for each in found]
    assert flagged == [True, True, True, False, True, True]
    (alone,) = small_digester.summarize(letters[:1])
    assert "template" not in {flag.code for flag in alone.flags}


FLAGGED = {
    "too_short": Reply("1", "同意"),
    "forwarded": Reply("1", "您好！您的留言已转县水利局办理。"),
    "copied": Reply("1", PROPOSAL, "关于加装电梯的建议", PROPOSAL),
    "off_topic": Reply("1", ANSWER, "关于引进幼师补足乡村幼儿园缺口的提案"),
    "no_deadline": Reply("1", FORMAL.replace("将于2024年5月", "将").replace("2公里", "渠段")),
    "no_contact": Reply("1", FORMAL.partition("联系人")[0]),
    "no_signature": Reply("1", FORMAL.replace("青禾县水利局\n", "")),
    "truncated": Reply("1", ODD["200,000 characters"]),
    "not_chinese": Reply("1", ODD["English"]),
}


@pytest.mark.parametrize("code", FLAGGED)
def test_flags_of_rules_reach_the_digest(digest, code):
    assert code in {flag.code for flag in digest(FLAGGED[code]).flags}


def test_no_flag_is_left_untested():
    assert {*FLAGGED, "template", "vague", "policy_only"} == set(MESSAGES)


def test_learned_flags_reach_the_digest_unless_excused(small_digester):
    always = replace(small_digester.doubts, thresholds=(0.0, 0.0))
    model = replace(small_digester, doubts=always)
    found = [{f.code for f in each.flags} for each in model.summarize(["将加强管理。", ANSWER])]
    assert {"vague", "policy_only"} <= found[0]
    assert "policy_only" in found[1]
    assert "vague" not in found[1]  # it has figures
    never = replace(small_digester, doubts=replace(always, thresholds=(1.1, 1.1)))
    (found,) = never.summarize(["将加强管理。"])
    assert [flag.code for flag in found.flags] == ["too_short"]


def test_options_are_followed(digest):
    for most in (20, 40, 60):
        assert 0 < len(digest(FORMAL, DigestOptions(most)).summary) <= most
    scheme = load_outcomes("solving-is-solved")
    letter = FORMAL.replace("办理结果：B", "（正在解决）")
    assert digest(letter).outcome is Outcome.PLANNED
    assert digest(letter, DigestOptions(scheme=scheme)).outcome is Outcome.SOLVED
    apart = (
        "北街护栏已于3月12日修复，共更换护栏42米。感谢关心。"
        "东门车站新建候车亭6座，投资18万元，现已投入使用。"
    )
    plain, numbered = digest(apart), digest(apart, DigestOptions(numbered=True))
    assert "一是" not in plain.summary
    assert bool(re.match("一是", numbered.summary)) is ("；" in numbered.summary)


@pytest.fixture(scope="module")
def gold():
    rows = load_replies([TEST])
    assert len(rows) > 100
    return rows


def test_no_word_of_a_digest_is_made_up(small_digester, gold):
    replies = [Reply(row.id, row.reply, row.title) for row in gold]
    found = list(small_digester.summarize(replies))
    assert [each.id for each in found] == [row.id for row in gold]
    for each, row in zip(found, gold, strict=True):
        assert each.error is None
        assert_digest_or_reason(each, row.reply)
        assert_quotes(each, row.reply)
        written = "".join(row.reply.split())
        for figure in figures(each.summary):
            assert "".join(figure.text.split()) in written, (row.id, figure.text)
        for unit in each.units:
            assert bare(unit.span.of(row.reply)) == bare(unit.name)
        for figure in each.figures:
            assert bare(figure.span.of(row.reply)) == bare(figure.text)


def test_the_clause_that_spoke_is_the_replys(small_digester, gold):
    for row in gold[::10]:
        (found,) = small_digester.summarize([Reply(row.id, row.reply)])
        assert bare(found.basis.text) in bare(row.reply)


PIECES = [
    *(
        "您好！",
        "现答复如下：",
        "一是",
        "二是",
        "经查，",
        "北街护栏已于3月12日修复，",
        "用款１２万元,",
    ),
    *(
        "感谢您的监督。",
        "县水利局\n",
        "2023年6月9日\n",
        "办理结果：B\n",
        "该问题已经解决。",
        "同时，",
    ),
    *("（", "”", "“", "《", "\n", " ", "\n- 3 -\n", "&nbsp;", "<br>", "?", "……", "1.", "①"),
    *("您的留言已转县财政局办理。", "将于明年实施。", "abc ", "联系人：王工 0310-1234567", "\x00"),
]


@settings(
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), max_size=6))
def test_any_batch_comes_back_whole(small_digester, texts):
    found = list(small_digester.summarize(texts))
    assert [each.id for each in found] == [str(at) for at in range(1, len(texts) + 1)]
    for each, text in zip(found, texts, strict=True):
        assert_digest_or_reason(each, text)
        if "&" not in text and "<" not in text:
            assert_quotes(each, text)
