"""Spec strings: which module stands behind a name, and what is said of a wrong one."""

import subprocess
import sys

import pytest

from nlp.encode import BACKENDS, backend, fit_encoder, gpu_runs, read_encoder
from nlp.errors import UsageError
from nlp.hf.audit import INT8

TEXTS = ["修建乡村小学", "修建乡村公路", "清理河道垃圾", "清理村口垃圾"]


@pytest.mark.parametrize("name", ["ngrams", "words"])
def test_every_learned_backend_keeps_the_same_contract(name, tmp_path):
    encoder = fit_encoder(name, TEXTS)
    matrix = encoder.encode([*TEXTS, "", "zzz"])
    assert encoder.spec == name
    assert matrix.shape[0] == 6
    assert matrix.dtype == "float32"
    lengths = matrix.multiply(matrix).sum(axis=1)
    assert lengths.tolist() == pytest.approx([1, 1, 1, 1, 0, 0], abs=1e-5)
    encoder.write(tmp_path)
    again = read_encoder(name, tmp_path)
    assert (again.encode(TEXTS) != encoder.encode(TEXTS)).nnz == 0
    assert [again.feature(i) for i in range(matrix.shape[1])] == [
        encoder.feature(i) for i in range(matrix.shape[1])
    ]


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(UsageError, match="没有名为“nosuch”的编码器") as caught:
        backend("nosuch:1-2")
    assert all(name in caught.value.hint for name in BACKENDS)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("ngrams:0-2", "1 到 4 之间"),
        ("ngrams:3-1", "1 到 4 之间"),
        ("ngrams:1-5", "1 到 4 之间"),
        ("ngrams:x", "看不懂"),
        ("ngrams:1-x", "看不懂"),
        ("ngrams:-2", "看不懂"),
        ("ngrams:1-2-3", "看不懂"),
        ("ngrams:²", "看不懂"),
    ],
)
def test_bad_orders_are_refused_with_the_spec_and_an_example(spec, message):
    with pytest.raises(UsageError, match=message) as caught:
        fit_encoder(spec, TEXTS)
    assert f"“{spec}”" in caught.value.message
    assert "ngrams:1-3" in caught.value.hint


def test_naming_an_encoder_imports_no_other():
    code = (
        "import sys; from nlp.encode import backend; backend('ngrams');"
        "print([m for m in ('jieba', 'sklearn', 'scipy', 'torch') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("spec", "runs"),
    [("ngrams:1-3", False), ("words", False), ("e5", True), ("ngrams:1-2+hf:some/model", True)],
)
def test_a_graphics_card_runs_what_is_pretrained(tmp_path, spec, runs):
    assert gpu_runs(spec, tmp_path) is runs


def test_a_graphics_card_does_not_run_8_bit_integers(tmp_path):
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / INT8).touch()
    assert not gpu_runs("e5", tmp_path)
