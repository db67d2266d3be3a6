"""`fenban train --base`: options that contradict it are refused before any work."""

import pytest

BASE = ("--base", "models/default")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ((*BASE, "--encoder", "ngrams:1-2"), "--encoder"),
        ((*BASE, "--scheme", "x.yaml", "--functions", "y.yaml"), "--scheme、--functions"),
        ((*BASE, "--others", "x"), "--others"),
        ((*BASE, "--fine-tune"), "--fine-tune"),
        ((*BASE, "--teacher", "models/default"), "--teacher"),
        ((*BASE, "--task", "replies"), "--task replies"),
        (("--audit", "x.csv"), "--audit"),
    ],
)
def test_contradictions_are_refused(fenban, options, named, tmp_path):
    said = fenban("train", tmp_path / "h.csv", *options).refused(2)
    assert named in said
    assert "--base" in said


def test_a_missing_base_is_told(fenban, tmp_path):
    said = fenban("train", tmp_path / "h.csv", "--base", tmp_path / "none").refused(1)
    assert "找不到模型目录" in said
