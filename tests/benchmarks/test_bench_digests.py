"""Digests compared: systems on two letters, figures that can be told by hand, and the page."""

import json

import pytest

from benchmarks.digests.__main__ import main
from benchmarks.digests.measure import Question, measure
from benchmarks.digests.run import name_of, run
from benchmarks.digests.system import Entry
from benchmarks.digests.systems import ENTRIES, by_hand, fenban, plain, sumy
from benchmarks.digests.table import markdown, page
from benchmarks.shared.cache import Cache
from nlp.corpus.replies import Fact, ReplyRow

LETTER = (
    "陈明委员：\n您提出的《关于修缮松林桥的提案》收悉，现答复如下：\n"
    "松林桥建于1986年，桥面破损。我局已投入85万元完成桥面重铺。"
    "下一步将在2027年6月底前加装护栏。\n感谢您的关心。\n松林县交通运输局\n"
)
ROWS = [
    ReplyRow(
        "1",
        "关于修缮松林桥的提案",
        LETTER,
        summary="已投入85万元完成桥面重铺；2027年6月底前加装护栏。",
        facts=(
            Fact("投入85万元", ("85万元", "桥面重铺")),
            Fact("2027年6月底前加装护栏", ("2027年6月底前", "护栏")),
        ),
    ),
    ReplyRow("2", "", "关于路灯的来信收悉。路灯已于上周修复，共更换12盏。感谢您的来信。"),
]


@pytest.fixture
def question() -> Question:
    return Question.of(ROWS, 120)


def says(*texts, **changes) -> Entry:
    settings = {"name": "said", "about": "says it"} | changes
    return Entry(open=lambda: lambda rows, max_chars: texts, **settings)


def test_figures_are_those_of_the_digests(question):
    figures = measure(says("我局已投入85万元完成桥面重铺。", "花了99元。"), question).figures
    assert (figures["facts"].value, figures["facts"].rows) == (0.5, 2)
    assert figures["rougeL"].rows == 1  # the second letter has no digest of its own
    assert figures["rougeL"].value > figures["rouge2"].value > 0.4
    assert figures["claims"].value == 0.5  # 99元 stands in no letter
    assert figures["chars"].value == pytest.approx(11.0)
    assert figures["over"].value == 0.0
    assert figures["speed"].value > 0


def test_digests_beyond_the_limit_are_counted(question):
    assert measure(says("长" * 121, ""), question).figures["over"].value == 0.5


def test_digests_by_hand_are_not_compared_with_themselves(question):
    figures = measure(by_hand.ENTRY, question).figures
    assert figures["facts"].value == 1.0
    assert not figures.keys() & {"rouge1", "rougeL", "speed"}


@pytest.mark.parametrize("entry", (*plain.ENTRIES, fenban.ENTRY), ids=lambda entry: entry.name)
def test_every_system_keeps_to_the_limit(entry):
    digests = list(entry.open()(ROWS, 40))
    assert len(digests) == 2
    assert all(0 < len(text) <= 40 for text in digests)


@pytest.mark.parametrize("name", sumy.KINDS)
def test_sumy_ranks_and_we_fill(name):
    pytest.importorskip("sumy", reason="sumy is not installed")
    digests = list(sumy.open_sumy(name)([*ROWS, ReplyRow("3", "", "")], 60))
    assert [len(text) <= 60 for text in digests] == [True] * 3
    assert digests[2] == ""
    whole = sumy.open_sumy(name)(ROWS[1:], 200)
    assert list(whole) == [ROWS[1].reply]  # all sentences, in the order of the letter


def test_a_missing_or_failing_peer_costs_its_own_row(question, tmp_path):
    def broken(rows, max_chars):
        raise OSError("nothing at /home/someone/secret/model.bin")

    entries = [
        says(packages=("no-such-package",), name="missing"),
        Entry("broken", "fails", open=lambda: broken),
        says("甲", "乙"),
    ]
    lines = run(entries, question, Cache(tmp_path), lambda text: None)
    assert "requirements-peers.txt" in lines[0].fault
    assert lines[1].fault == "OSError: nothing at …"
    assert lines[2].kept and not lines[2].fault
    text = page(lines, question, "command")
    assert "| `missing` | — |" in text
    assert "  - not measured: OSError" in text


def test_what_is_kept_is_not_measured_again(question, tmp_path):
    opened = []

    def entry_for(**changes):
        def digests():
            opened.append(1)
            return lambda rows, max_chars: ["甲"] * len(rows)

        return Entry(**({"name": "one", "about": "it", "open": digests} | changes))

    for redo in (False, False, True):
        run([entry_for()], question, Cache(tmp_path, redo), lambda text: None)
    assert len(opened) == 2
    names = {
        name_of(entry_for(), question),
        name_of(entry_for(version=2), question),
        name_of(entry_for(model=tmp_path), question),
        name_of(entry_for(), Question.of(ROWS, 60)),
        name_of(entry_for(), Question.of(ROWS[:1], 120)),
    }
    assert len(names) == 5


def test_systems_have_names_of_their_own_and_say_what_they_are():
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES) == 8
    assert all(entry.about for entry in ENTRIES)
    assert {"lead", "textrank", "lexrank", "sumy_textrank", "sumy_lexrank"} <= {
        entry.name for entry in ENTRIES
    }


def test_the_command_writes_a_page_without_folders(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("benchmarks.digests.__main__.ENTRIES", plain.ENTRIES[:1])
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps({"reply": LETTER, "summary": "桥已修好。"}, ensure_ascii=False))
    out = tmp_path / "page.md"
    main(["--data", str(file), "--bench", str(tmp_path), "--out", str(out), "--max-chars", "50"])
    text = out.read_text("utf-8")
    assert markdown([]) not in capsys.readouterr().err
    assert "`python -m benchmarks.digests --data FOLDER --max-chars 50`" in text
    assert "1 replies in at most 50 characters" in text
    assert str(tmp_path) not in text
