"""A run's folder: claimed by its data and settings, and by nothing else."""

import json
from dataclasses import replace

import numpy as np
import pytest
from tuning_samples import DEV, SETTINGS, TASKS, TRAIN

from nlp.errors import ModelError
from nlp.hf.training.tasks import Segment
from nlp.hf.training.workspace import claim, fingerprint


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "models" / ".new.training"


def test_a_new_folder_has_no_checkpoint(folder):
    assert claim(folder, "run") is None
    assert folder.is_dir()


def test_a_folder_of_the_same_run_keeps_its_files(folder):
    claim(folder, "run")
    (folder / "kept").touch()
    claim(folder, "run")
    assert (folder / "kept").exists()


def test_a_folder_of_another_run_is_emptied(folder):
    claim(folder, "run")
    (folder / "checkpoint-4").mkdir()
    assert claim(folder, "other") is None
    assert not (folder / "checkpoint-4").exists()
    (folder / "kept").touch()
    claim(folder, "other")
    assert (folder / "kept").exists()


@pytest.mark.parametrize("note", ["", "{", '{"run": "ru', "[]"])
def test_a_note_that_was_cut_off_means_another_run(folder, note):
    claim(folder, "run")
    (folder / "plan.json").write_text(note, encoding="utf-8")
    (folder / "left").touch()
    assert claim(folder, "run") is None
    assert not (folder / "left").exists()
    assert json.loads((folder / "plan.json").read_text(encoding="utf-8")) == {"run": "run"}


@pytest.mark.parametrize("place", ["taken", "taken/inside"])
def test_a_folder_that_can_not_be_made(tmp_path, place):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(ModelError, match="写不了") as caught:
        claim(tmp_path / place, "run")
    assert "--out" in caught.value.hint
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_an_empty_checkpoint_is_dropped(folder):
    claim(folder, "run")
    (folder / "checkpoint-4").mkdir()
    assert claim(folder, "run") is None
    assert not (folder / "checkpoint-4").exists()


def of(base="weights", tasks=TASKS, train=TRAIN, dev=DEV, settings=SETTINGS):
    return fingerprint(base, tasks, train, dev, settings)


def test_the_same_run_has_the_same_fingerprint():
    copies = [replace(x, targets={n: t.copy() for n, t in x.targets.items()}) for x in TRAIN]
    assert of(train=copies) == of()


def test_whatever_decides_the_result_changes_the_fingerprint():
    first = TRAIN[0]
    changed = [
        of(base="others"),
        of(tasks=(replace(TASKS[0], smoothing=0.1), TASKS[1])),
        of(tasks=(TASKS[1], TASKS[0])),
        of(train=TRAIN[1:]),
        of(train=TRAIN[::-1]),
        of(train=[replace(first, weight=2.0), *TRAIN[1:]]),
        of(train=[replace(first, segments=(Segment("村"),)), *TRAIN[1:]]),
        of(train=[replace(first, segments=(replace(first.segments[0], share=0.6),)), *TRAIN[1:]]),
        of(train=[replace(first, targets=TRAIN[-1].targets), *TRAIN[1:]]),
        of(dev=DEV[1:]),
        of(settings=replace(SETTINGS, seed=1)),
        of(settings=replace(SETTINGS, batch=8)),
        of(settings=replace(SETTINGS, learning_rate=2e-3)),
    ]
    assert len({of(), *changed}) == 1 + len(changed)


def test_lone_surrogates_are_survived():
    broken = replace(TRAIN[0], segments=(Segment("半\ud800个"),))
    assert of(train=[broken]) != of(train=[TRAIN[0]])


def test_targets_are_told_apart_by_their_values_alone():
    moved = {name: np.asfortranarray(t) for name, t in TRAIN[0].targets.items()}
    assert of(train=[replace(TRAIN[0], targets=moved)]) == of(train=[TRAIN[0]])
