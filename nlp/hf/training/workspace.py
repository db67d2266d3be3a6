"""The folder in which a run keeps its checkpoints until its result is written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from nlp.errors import ModelError
from nlp.hf.training.tasks import Example, FineTuning, Task

PLAN = "plan.json"


def claim(folder: Path, run: str) -> Path | None:
    """Make a folder this run's and return its newest checkpoint; those of another are dropped.

    Raises ModelError if the folder can't be written.
    """
    note, plan = folder / PLAN, {"run": run}
    try:
        if not note.is_file() or json.loads(note.read_text(encoding="utf-8")) != plan:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            note.write_text(json.dumps(plan) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ModelError(
            f"训练用的临时文件夹 {folder} 写不了（{error}）。", "请用 --out 另指一个位置。"
        ) from error
    # a checkpoint's state is written last: one without it was cut off
    whole = [p for p in folder.glob("checkpoint-*") if (p / "trainer_state.json").is_file()]
    return max(whole, key=lambda p: int(p.name.rpartition("-")[2]), default=None)


def fingerprint(
    base: str,
    tasks: Sequence[Task],
    train: Sequence[Example],
    dev: Sequence[Example],
    settings: FineTuning,
) -> str:
    """Hash everything that decides a run's result; `base` stands for the first weights."""
    digest = hashlib.sha256(json.dumps([base, asdict(settings)], sort_keys=True).encode())
    for task in tasks:
        digest.update(repr(task).encode())
    for example in (*train, *dev):
        digest.update(repr((example.segments, example.weight)).encode(errors="replace"))
        for task in tasks:
            digest.update(np.ascontiguousarray(example.targets[task.name]).tobytes())
    return digest.hexdigest()


def weights_hash(folder: Path) -> str:
    """Return the sha256 of a checkpoint's weights."""
    with (folder / "model.safetensors").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
