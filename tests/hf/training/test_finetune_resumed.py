"""Interrupted runs go on where they were, and end with the weights of one that was not."""

import json
import shutil

import pytest
from tuning_samples import DEV, TRAIN, checkpoints, differing, interrupted, mistaken, tuned

from nlp.hf.training.workspace import claim

STOPPING = {"dev": mistaken(DEV), "train": TRAIN * 2, "passes": 3, "patience": 1}
"""48 steps, a look after every fifth; the first is the best, so the fourth ends the run."""


@pytest.fixture(scope="module")
def stopped(tiny_encoder, tmp_path_factory):
    """Return a run that ended early, and its workspace."""
    folder = tmp_path_factory.mktemp("runs") / "stopped"
    return tuned(tiny_encoder, folder, **STOPPING), folder


def test_an_interrupted_run_ends_with_the_same_weights(tiny_encoder, whole, left, tmp_path):
    """Bit for bit: checkpoints hold optimizer and random numbers, one thread adds in one order."""
    assert checkpoints(left) == [8, 16]
    shutil.copytree(left, tmp_path / "run")
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append)
    assert said[0] == "接着上次中断的训练（checkpoint-16）…"
    assert differing(again, whole) == []


def test_a_run_left_before_its_first_checkpoint_begins_anew(tiny_encoder, whole, tmp_path):
    interrupted(tiny_encoder, tmp_path / "run", 1)
    assert checkpoints(tmp_path / "run") == []
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append)
    assert not any("接着" in line for line in said)
    assert differing(again, whole) == []


def test_a_run_that_had_ended_is_not_trained_again(tiny_encoder, whole, workspace):
    said = []
    assert differing(tuned(tiny_encoder, workspace, said.append), whole) == []
    assert said == ["接着上次中断的训练（checkpoint-24）…"]


def test_a_run_ends_where_the_dev_examples_gain_no_more(stopped):
    assert checkpoints(stopped[1]) == [5, 20]  # the best and the last


def test_an_interruption_does_not_renew_the_patience(tiny_encoder, stopped, tmp_path):
    interrupted(tiny_encoder, tmp_path / "run", 4, **STOPPING)
    again = tuned(tiny_encoder, tmp_path / "run", **STOPPING)
    assert checkpoints(tmp_path / "run") == [5, 20]
    assert differing(again, stopped[0]) == []


def test_a_run_that_its_patience_ended_stays_ended(tiny_encoder, stopped):
    run, folder = stopped
    said = []
    assert differing(tuned(tiny_encoder, folder, said.append, **STOPPING), run) == []
    assert checkpoints(folder)[0] == 5
    assert not any("调参" in line for line in said)


def test_the_best_state_is_found_in_a_folder_that_was_moved(tiny_encoder, stopped, tmp_path):
    tuned(tiny_encoder, tmp_path / "run", **STOPPING)
    shutil.move(tmp_path / "run", tmp_path / "moved")
    assert differing(tuned(tiny_encoder, tmp_path / "moved", **STOPPING), stopped[0]) == []


FILES = ["model.safetensors", "optimizer.pt", "scheduler.pt", "rng_state.pth", "trainer_state.json"]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kept", ["missing", "empty", "half"])
def test_a_checkpoint_that_was_cut_off_is_passed_over(left, tmp_path, file, kept):
    shutil.copytree(left, tmp_path / "run")
    cut = tmp_path / "run" / "checkpoint-16" / file
    content = cut.read_bytes()
    cut.unlink() if kept == "missing" else cut.write_bytes(
        content[: len(content) // 2 * (kept == "half")]
    )
    run = json.loads((left / "plan.json").read_text(encoding="utf-8"))["run"]
    found = claim(tmp_path / "run", run)
    assert found is None or found.name == "checkpoint-8"
    assert checkpoints(tmp_path / "run") == [8]


def test_a_run_goes_on_from_the_checkpoint_before(tiny_encoder, whole, left, tmp_path):
    shutil.copytree(left, tmp_path / "run")
    (tmp_path / "run" / "checkpoint-16" / "trainer_state.json").write_text('{"global_step": 16,')
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append)
    assert said[0] == "接着上次中断的训练（checkpoint-8）…"
    assert differing(again, whole) == []


@pytest.fixture(scope="module")
def other(tiny_encoder, tmp_path_factory):
    return tuned(tiny_encoder, tmp_path_factory.mktemp("runs") / "other", seed=1)


def test_the_seed_decides(whole, other):
    assert "matter.weights" in differing(other, whole)


def test_another_run_begins_anew(tiny_encoder, left, other, tmp_path):
    shutil.copytree(left, tmp_path / "run")
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append, seed=1)
    assert not any("接着" in line for line in said)
    assert differing(again, other) == []
