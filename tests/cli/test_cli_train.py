"""`fenban train --fine-tune` and `--teacher`: what goes together, and what is handed on."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from nlp.hf.training.options import FineTuning
from nlp.train import run


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--fine-tune", "--task", "replies"), ["--fine-tune", "分办模型"]),
        (("--teacher", "models/default", "--task", "replies"), ["--teacher", "分办模型"]),
        (("--fine-tune", "--teacher", "models/default"), ["不能一起用", "再用 --teacher"]),
        (("--fine-tune",), ["ngrams:1-2", "没有可以微调的网络", "--encoder e5 --fine-tune"]),
        (("--fine-tune", "--encoder", "words"), ["words", "--encoder e5"]),
        (("--fine-tune", "--encoder", "ngrams:1-2+e5"), ["ngrams:1-2+e5", "--encoder e5"]),
        (("--unlabelled", "a.csv"), ["--unlabelled", "请加 --teacher"]),
        (("--unlabelled", "a.csv", "--task", "replies"), ["--unlabelled", "--teacher"]),
        (("--passes", "3"), ["--passes 只用于微调", "--encoder e5 --fine-tune"]),
        (("--batch", "8", "--learning-rate", "1e-5"), ["--batch、--learning-rate", "微调"]),
    ],
)
def test_contradictions_are_refused_before_any_work(fenban, tmp_path, options, words):
    said = fenban("train", tmp_path / "nowhere.jsonl", *options).refused(2)
    assert all(word in said for word in words)


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--passes", "0", "--passes"),
        ("--batch", "0", "--batch"),
        ("--batch", "many", "整数"),
        ("--learning-rate", "fast", "一个数"),
        ("--learning-rate", "0", "大于 0"),
        ("--learning-rate", "-1e-5", "大于 0"),
        ("--learning-rate", "nan", "给的是 nan"),
        ("--learning-rate", "inf", "不超过 1"),
    ],
)
def test_impossible_values_are_refused(fenban, tmp_path, option, value, word):
    said = fenban("train", tmp_path, "--fine-tune", "--encoder", "e5", option, value).refused(2)
    assert word in said


@pytest.fixture
def asked(monkeypatch):
    """Let nothing be trained; return the options that training was asked for."""
    taken = []

    def train(corpora, out, options, *, on_step):
        taken.append(options)
        return SimpleNamespace(line="主办前1 1.000", stored=SimpleNamespace(name="new@0"))

    monkeypatch.setattr(run, "train", train)
    return taken


def test_settings_of_fine_tuning_are_handed_on(fenban, tmp_path, asked):
    settings = ("--passes", "2", "--batch", "8", "--learning-rate", "3e-5", "--seed", "4")
    ran = fenban("train", tmp_path, "--fine-tune", "--encoder", "e5", *settings, "--quiet")
    assert (ran.code, ran.out) == (0, "主办前1 1.000\n")
    (options,) = asked
    assert options.fine_tuning == FineTuning(passes=2, batch=8, learning_rate=3e-5, seed=4)
    assert (options.encoder, options.teacher) == ("e5", None)


def test_the_usual_settings_are_those_of_the_library(fenban, tmp_path, asked):
    fenban("train", tmp_path, "--fine-tune", "--encoder", "hf:some/model", "--quiet")
    assert asked[0].fine_tuning == FineTuning()


def test_a_teacher_and_unlabelled_files_are_handed_on(fenban, tmp_path, asked):
    files = ("--unlabelled", "a.csv", "--unlabelled", "b.xlsx")
    fenban("train", tmp_path, "--teacher", "models/teacher", *files, "--quiet")
    (options,) = asked
    assert options.teacher == Path("models/teacher")
    assert options.unlabelled == (Path("a.csv"), Path("b.xlsx"))
    assert (options.encoder, options.fine_tuning) == ("ngrams:1-2", None)


def test_without_either_a_model_is_trained_from_nothing(fenban, tmp_path, asked):
    fenban("train", tmp_path, "--quiet")
    assert (asked[0].fine_tuning, asked[0].teacher, asked[0].unlabelled) == (None, None, ())


def test_a_teacher_that_is_not_there_is_told(fenban, small_corpus, functions_file, tmp_path):
    ran = fenban(
        *("train", small_corpus, "--functions", functions_file, "--out", tmp_path / "out"),
        *("--teacher", tmp_path / "none", "--quiet"),
    )
    assert "找不到模型目录" in ran.refused(1)
    assert not (tmp_path / "out").exists()


def test_an_encoder_that_is_not_there_is_told(fenban, small_corpus, functions_file, tmp_path):
    ran = fenban(
        *("train", small_corpus, "--functions", functions_file, "--out", tmp_path / "out"),
        *("--fine-tune", "--encoder", f"hf:{tmp_path}/none", "--quiet"),
    )
    assert "none" in ran.refused(1)
    assert not (tmp_path / "out").exists()
