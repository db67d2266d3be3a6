"""What a letter declares of its result: phrase first, letter second, and never a part's."""

import pytest

from nlp.outcomes import load_outcomes
from nlp.summarize.digest import Basis
from nlp.summarize.letter.reply import parse_reply
from nlp.summarize.statement import Statement, declared
from nlp.types import Outcome

SOLVED, PLANNED, LIMITED, EXPLAINED = Outcome


def said(text, scheme="general"):
    return declared(parse_reply(text), load_outcomes(scheme))


def letter(mark, body="您提出的增设公交站亭一事，我局已在梧桐路安装站亭6座。", title=""):
    return (
        f"青禾县交通运输局\n青交提复〔2023〕8号\n{mark}\n{title or '关于第31号提案的答复'}\n"
        f"高明远委员：\n您的提案收悉，现答复如下：\n{body}\n青禾县交通运输局\n2023年6月9日\n"
    )


def test_a_class_letter_in_the_head():
    assert said(letter("办理结果：B")) == Statement(PLANNED, Basis("letter", "B"))
    assert said(letter("（A类）")).basis == Basis("letter", "A")
    assert said(letter("办理类别：丙")) == Statement(LIMITED, Basis("letter", "丙"))
    assert said(letter("办理结果：Ｄ")).outcome is EXPLAINED


def test_a_set_phrase_in_the_head():
    found = said(letter("（列入计划逐步解决）"))
    assert found == Statement(PLANNED, Basis("phrase", "列入计划逐步解决"))


def test_a_phrase_beats_a_letter():
    body = "您所提的问题目前已经得到重视，您提出的建议已列入计划，明年实施。"
    assert said(letter("办理结果：A", body)) == Statement(PLANNED, Basis("phrase", "已列入计划"))
    found = said(letter("办理结果：A（因资金条件限制暂时不能解决）"))
    assert found == Statement(LIMITED, Basis("phrase", "因资金条件限制"))


def test_the_head_beats_the_answer():
    body = "您所提的问题已经解决。"
    assert said(letter("（留作参考）", body)).outcome is EXPLAINED
    assert said(letter("", body)) == Statement(SOLVED, Basis("phrase", "已经解决"))


def test_the_last_sentence_counts():
    body = "您反映的排水问题已列入计划。今年9月完工后，该问题已经解决。"
    assert said(body).outcome is SOLVED


@pytest.mark.parametrize(
    "body",
    [
        "全县共收到来件60件，已经解决46条，其余正在办理。",
        "对暂时不能解决的，我局逐户上门说明情况。",
        "施工图已报审，资金缺口已经解决，5月开工。",
        "该问题去年已经解决一次，今年汛期又有反复。",
        "您提出的问题若已经解决，请告知我局。",
        "您反映的问题未列入计划解决。",
        "村民曾就此件留作参考一事来访。",
        "我局对热线逐件登记，正在解决的有7件。",
    ],
)
def test_what_is_said_of_a_part_or_of_the_past_does_not_count(body):
    assert said(body) is None


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("您反映的路面破损问题已经解决。", SOLVED),
        ("该提案所提意见予以采纳。", SOLVED),
        ("贵支部的建议已列入计划。", PLANNED),
        ("上述问题正在解决，请放心。", PLANNED),
        ("该建议受用地条件限制，难以实施。", LIMITED),
        ("本提案建议留作参考。", EXPLAINED),
        ("提案办理结果：正在解决。", PLANNED),
    ],
)
def test_what_is_said_of_the_whole_matter_counts(body, outcome):
    assert said(body).outcome is outcome
    assert said(body).basis.kind == "phrase"
    assert said(body).basis.text in body


def test_most_letters_declare_nothing():
    assert said("您好！经查，梧桐路积水系雨水口堵塞，3月2日已疏通。") is None
    assert said("") is None


@pytest.mark.parametrize(
    "body",
    [
        "去年我局承办提案12件，其中A类9件、B类3件。今年已在梧桐路安装站亭6座。",
        "2022年度办理的3件建议中，A类2件，C类1件。站亭将于9月安装。",
    ],
)
def test_last_years_classes_are_not_this_letters(body):
    assert said(letter("", body)) is None


def test_letters_mean_what_the_scheme_says():
    text = letter("办理结果：C")
    schemes = ("general", "three-classes", "solving-is-solved", "reference-is-c", "four-phrases")
    assert [said(text, name).outcome for name in schemes] == [
        *(LIMITED, LIMITED, LIMITED, EXPLAINED, PLANNED),
    ]
    text = letter("（正在解决）")
    assert [said(text, name).outcome for name in schemes] == [
        *(PLANNED, PLANNED, SOLVED, PLANNED, PLANNED),
    ]
    text = letter("（留作参考）")
    assert [said(text, name).outcome for name in schemes] == [
        *(EXPLAINED, LIMITED, LIMITED, EXPLAINED, EXPLAINED),
    ]


def test_a_letter_that_the_scheme_lacks_declares_nothing(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("name: 本县\nletters:\n  solved: [A]\n", encoding="utf-8")
    assert declared(parse_reply(letter("办理结果：B")), load_outcomes(own)) is None
    assert declared(parse_reply(letter("办理结果：A")), load_outcomes(own)).outcome is SOLVED
