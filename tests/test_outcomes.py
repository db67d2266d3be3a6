"""Schemes of results: the shipped ones, what a file of one's own adds, and its faults."""

import pytest

from nlp.errors import DataError, InputError, UsageError
from nlp.outcomes import DEFAULT_SCHEME, load_outcomes, scheme_names
from nlp.types import Outcome

SOLVED, PLANNED, LIMITED, EXPLAINED = Outcome


@pytest.fixture
def scheme(tmp_path):
    """Load a scheme written in a test."""

    def load(text):
        path = tmp_path / "本县.yaml"
        path.write_text(text, encoding="utf-8")
        return load_outcomes(path)

    return load


@pytest.fixture
def faults(scheme):
    def found(text):
        with pytest.raises(DataError) as error:
            scheme(text)
        return error.value.faults

    return found


def test_five_schemes_are_shipped_and_load():
    assert len(scheme_names()) == 5
    for name in scheme_names():
        loaded = load_outcomes(name)
        assert loaded.name
        assert set(loaded.phrases.values()) <= set(Outcome)
        assert {"A", "B", "C", "D", "甲", "乙", "丙", "丁"} <= loaded.letters.keys()
        assert loaded.letters["A"] is loaded.letters["甲"] is SOLVED
        for phrase, outcome in loaded.phrases.items():
            written = phrase.replace("…", "资金等")
            assert loaded.find(f"贵县所提，{written}。") == (written, outcome), (name, phrase)
    assert load_outcomes() == load_outcomes(DEFAULT_SCHEME)
    assert load_outcomes().letters == {
        **{"A": SOLVED, "A1": SOLVED, "甲": SOLVED, "B": PLANNED, "乙": PLANNED},
        **{"C": LIMITED, "丙": LIMITED, "D": EXPLAINED, "丁": EXPLAINED},
    }


def test_the_schemes_differ_where_places_do():
    def of(letter_or_phrase):
        for name in ("general", "three-classes", "reference-is-c", "four-phrases"):
            loaded = load_outcomes(name)
            found = loaded.find(letter_or_phrase)
            yield found[1] if found else loaded.letters[letter_or_phrase]

    assert [*of("C")] == [LIMITED, LIMITED, EXPLAINED, PLANNED]
    assert [*of("D")] == [EXPLAINED, LIMITED, EXPLAINED, EXPLAINED]
    assert [*of("留作参考")] == [EXPLAINED, LIMITED, EXPLAINED, EXPLAINED]
    assert load_outcomes("general").find("正在解决") == ("正在解决", PLANNED)
    assert load_outcomes("solving-is-solved").find("正在解决") == ("正在解决", SOLVED)
    # through its base, three-classes
    assert load_outcomes("solving-is-solved").letters["D"] is LIMITED


def test_the_first_phrase_of_a_text_is_found_as_written():
    general = load_outcomes()
    assert general.find("雨水管网已列入计划，待明年解决采纳") == ("已列入计划", PLANNED)
    assert general.find("本件无须分类。") is None
    assert general.find("") is None


def test_of_phrases_that_begin_together_the_longest_is_meant(scheme):
    own = scheme(
        "name: 本县\nphrases:\n  solved: [已经解决]\n  planned: [已经解决一部分]\n"
        "  limited: [已经解决一部分还差]\n"
    )
    assert own.find("渗漏已经解决一部分还差资金") == ("已经解决一部分还差", LIMITED)
    assert own.find("渗漏已经解决一部分") == ("已经解决一部分", PLANNED)
    assert own.find("渗漏已经解决") == ("已经解决", SOLVED)


def test_a_gap_spans_a_few_characters_of_one_clause():
    general = load_outcomes()
    assert general.find("列入计划逐步解决") == ("列入计划逐步解决", PLANNED)
    assert general.find("列入计划解决")[0] == "列入计划解决"
    assert general.find("列入计划今明两年逐步解决")[0] == "列入计划今明两年逐步解决"
    assert general.find("列入计划今明两年内分批逐步解决") is None
    for mark in "。；！\n":
        assert general.find(f"列入计划{mark}解决") is None
    # the shortest stretch, not the farthest end
    assert general.find("列入计划拟解决再解决")[0] == "列入计划拟解决"


def test_marks_of_regular_expressions_are_plain_text(scheme):
    own = scheme("name: 本县\nphrases:\n  solved: ['办结(A)+', '全.部.办结']\n")
    assert own.find("已办结(A)+。") == ("办结(A)+", SOLVED)
    assert own.find("办结AA") is None
    assert own.find("全一部二办结") is None


def test_may_hold_never_misses_a_phrase():
    for name in scheme_names():
        loaded = load_outcomes(name)
        for phrase in loaded.phrases:
            assert loaded.may_hold(f"路灯{phrase.replace('…', '经费')}了")
        assert not loaded.may_hold("路灯换了12盏，桥修好了。")


def test_a_file_adds_to_its_base_and_decides(scheme):
    own = scheme(
        "name: 本县\nbase: general\nletters:\n  limited: [B]\n  solved: [优]\n"
        "phrases:\n  limited: [正在解决]\n  explained: [转入调研]\n"
    )
    assert own.name == "本县"
    assert (own.letters["B"], own.letters["优"], own.letters["A"]) == (LIMITED, SOLVED, SOLVED)
    assert own.find("正在解决")[1] is LIMITED
    assert own.find("转入调研")[1] is EXPLAINED
    assert own.find("已经采纳")[1] is SOLVED


def test_without_a_base_nothing_is_inherited(scheme):
    own = scheme("name: 本县\nletters:\n  solved: [优]\n")
    assert own.letters == {"优": SOLVED}
    assert own.phrases == {}
    assert own.find("已经解决") is None
    assert not own.may_hold("已经解决")


def test_faults_are_told_together_with_their_lines(faults):
    found = faults(
        "name: 本县\nbase: nowhere\nletters:\n  solved: [A]\n  planed: [B]\n"
        "phrases:\n  solved:\n    - 已经办好\n    - 办好\n  planned: [已经办好]\nletter: 1\n"
    )
    assert [fault.partition("：")[0] for fault in found] == [
        *("第2行", "第5行", "第9行", "第10行", "第11行"),
    ]
    assert "general" in found[0]
    assert "planned" in found[1]
    assert "“办好”太短" in found[2]
    assert "“已经办好”写了两次" in found[3]
    assert "letters" in found[4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("letters:\n  solved: [A]\n", "第1行：缺少名称"),
        ("name: 本县\nletters: [A, B]\n", "第2行：letters应写成"),
        ("name: 本县\nletters:\n  solved: A\n", "第3行：letters.solved应是列表"),
        (
            "name: 本县\nphrases:\n  solved:\n    - 全部办结\n    - []\n",
            "第5行：phrases.solved里",
        ),
        ("name: 本县\nbase: [general]\n", "第2行：base应是一段文字"),
        ("name: 本县\nphrases:\n  solved: […好…]\n", "第3行：语句“…好…”太短"),
        (
            "name: 本县\nphrases:\n  solved: [已…经…办…好…了]\n",
            "第3行：语句“已…经…办…好…了”的省略号",
        ),
    ],
)
def test_each_fault_says_where_and_what(faults, text, said):
    assert any(fault.startswith(said) for fault in faults(text)), faults(text)


@pytest.mark.parametrize("gap", ["…", "……", "…" * 400])
def test_several_marks_are_one_gap(scheme, gap):
    own = scheme(f"name: 本县\nphrases:\n  solved: [{gap}列入{gap}解决{gap}]\n")
    assert own.phrases == {"列入…解决": SOLVED}
    assert own.find("已列入明年计划解决。" + "列入" * 200) == ("列入明年计划解决", SOLVED)


def test_letters_may_be_short(scheme):
    assert scheme("name: 本县\nletters:\n  solved: [A]\n").letters == {"A": SOLVED}


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(UsageError) as error:
        load_outcomes("four-phrase")
    assert "“four-phrase”" in error.value.message
    assert "是否 four-phrases？" in error.value.message
    assert "solving-is-solved" in error.value.hint
    with pytest.raises(UsageError) as error:
        load_outcomes("本县")
    assert "是否" not in error.value.message


def test_a_missing_or_unreadable_file(tmp_path):
    with pytest.raises(InputError):
        load_outcomes(tmp_path / "没有.yaml")
    bad = tmp_path / "坏.yml"
    bad.write_bytes(b"name: \xff\xfe")
    with pytest.raises((DataError, InputError)):
        load_outcomes(str(bad))
