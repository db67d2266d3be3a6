"""The private tokenizer and its user dictionary."""

import logging
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import DataError, InputError
from nlp.text import segment
from nlp.text.segment import Segmenter
from nlp.text.userdict import read_userdict

PLAIN = Segmenter()
TAUGHT = Segmenter(Path(__file__).with_name("userdict.txt"))


@pytest.fixture
def write(tmp_path):
    def _write(data):
        path = tmp_path / "userdict.txt"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return _write


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=60), st.text("我县修建农村公路5G。\r\n a", max_size=60)))
def test_words_are_lossless(text):
    assert "".join(PLAIN.words(text)) == text


@settings(deadline=None, max_examples=100)
@given(text=st.text("乡村振兴·“双减”局5G和", max_size=40))
def test_words_are_lossless_with_a_dictionary(text):
    assert "".join(TAUGHT.words(text)) == text


def test_dictionary_words_come_out_whole(write):
    path = write(
        "\ufeff县卫体局\r\n河长制办 3 nt\r\n“双减”政策\r\n三·八节\r\n5G基站\t20\r\n\r\n# 注释\r\n"
    )
    words = Segmenter(path).words("县卫体局会同河长制办落实“双减”政策，三·八节前建5G基站。")
    assert {"县卫体局", "河长制办", "“双减”政策", "三·八节", "5G基站"} <= set(words)


def test_dictionaries_do_not_leak(write):
    text = "请县卫体局办理"
    before = PLAIN.words(text)
    assert "县卫体局" in Segmenter(write("县卫体局")).words(text)
    assert PLAIN.words(text) == before
    import jieba

    assert "县卫体局" not in jieba.dt.FREQ


def test_gbk_and_utf16(write):
    assert read_userdict(write("县教体局 5 nt".encode("gbk")))[0].word == "县教体局"
    assert read_userdict(write("县教体局".encode("utf-16")))[0].word == "县教体局"


def test_entries(write):
    entries = read_userdict(write("甲局\n乙局 7\n丙局 n\n丁局 7 nt\n甲局\n"))
    assert [(e.line, e.word, e.frequency, e.tag) for e in entries] == [
        (1, "甲局", None, None),
        (2, "乙局", 7, None),
        (3, "丙局", None, "n"),
        (4, "丁局", 7, "nt"),
    ]


def test_every_bad_line_is_named(write):
    path = write("好词\n坏 词 三\n词 0\n好词 5\n零 99999999999\n")
    with pytest.raises(DataError) as caught:
        Segmenter(path).words("任意")
    assert [fault[:3] for fault in caught.value.faults] == ["第2行", "第3行", "第4行", "第5行"]


def test_undecodable_bytes_are_named(write):
    with pytest.raises(DataError, match="第2行有无法解码的字节"):
        read_userdict(write("县局".encode("gbk") + b"\n\xff\xff\xff\n"))


def test_missing_file(tmp_path):
    segmenter = Segmenter(tmp_path / "none.txt")
    with pytest.raises(InputError, match="打不开用户词典"):
        segmenter.words("文")


def test_a_word_that_stays_in_pieces_is_reported(write, monkeypatch):
    monkeypatch.setattr(segment, "_teach", lambda tokenizer, entries: list(entries))
    with pytest.raises(DataError, match="第1行“县卫体局”仍被切开"):
        Segmenter(write("县卫体局")).words("文")


def test_crowded_words_are_all_settled(write):
    words = ["乡村", "乡村振", "乡村振兴", "振兴局", "乡村振兴局", "县乡村振兴局"]
    segmenter = Segmenter(write("\n".join(f"{word} 1" for word in words)))
    assert [segmenter.words(word) for word in words] == [[word] for word in words]


def test_travels_as_its_recipe(write):
    segmenter = Segmenter(write("县卫体局"))
    segmenter.words("文")
    assert "县卫体局" in pickle.loads(pickle.dumps(segmenter)).words("找县卫体局")


def test_cache_is_private(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    folder = segment._cache_folder()
    assert folder == tmp_path / "fenban" / "jieba"
    assert folder.is_dir()


def test_cache_falls_back_where_home_cannot_be_written(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("LOCALAPPDATA", str(blocked))
    assert segment._cache_folder().name.startswith("fenban-jieba-")


def test_quiet_and_lazy():
    code = (
        "import sys; from nlp.text.segment import Segmenter; s = Segmenter();"
        "assert 'jieba' not in sys.modules; s.words('修路');"
        "import logging; assert logging.getLogger().level == logging.WARNING"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert logging.getLogger().level == logging.WARNING
