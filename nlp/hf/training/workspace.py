"""The folder in which a run keeps its checkpoints until its result is written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import numpy as np

from nlp.errors import ModelError
from nlp.hf.training.options import FineTuning
from nlp.hf.training.tasks import Example, Task
from nlp.io.system import reason

PLAN, STATE = "plan.json", "trainer_state.json"


def claim(folder: Path, run: str) -> Path | None:
    """Make a folder this run's and return its newest checkpoint; those of another are dropped.

    Raises ModelError if the folder can't be written.
    """
    note, plan = folder / PLAN, {"run": run}
    try:
        if _decoded(note) != plan:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            note.write_text(json.dumps(plan) + "\n", encoding="utf-8")
        return _newest(folder)
    except OSError as error:
        raise ModelError(
            f"训练用的临时文件夹 {folder} 写不了：{reason(error)}。", "请用 --out 另指一个位置。"
        ) from error


def _newest(folder: Path) -> Path | None:
    """Return the newest checkpoint that a run can go on from; drop what a crash cut off."""
    found = sorted(folder.glob("checkpoint-*"), key=lambda p: int(p.name.rpartition("-")[2]))
    for checkpoint in found:
        if not _is_whole(checkpoint):
            shutil.rmtree(checkpoint, ignore_errors=True)
    return next((p for p in reversed(found) if p.is_dir() and _knows_its_best(p)), None)


def _is_whole(checkpoint: Path) -> bool:
    """Tell whether every file that going on needs is there to its end."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(checkpoint / "model.safetensors", "np"):  # compares length and header
            pass
    except (OSError, SafetensorError):
        return False
    arrays = [checkpoint / name for name in ("optimizer.pt", "scheduler.pt", "rng_state.pth")]
    return isinstance(_decoded(checkpoint / STATE), dict) and all(map(is_zipfile, arrays))


def _knows_its_best(checkpoint: Path) -> bool:
    """Point a checkpoint to the best one, whose path is noted as it was called at that time.

    The trainer passes over a path that it does not find, and would end with other weights.
    """
    state = _decoded(checkpoint / STATE)
    noted = state.get("best_model_checkpoint")
    if noted is None:
        return True
    best = checkpoint.parent / Path(noted).name
    if str(best) != noted:
        text = json.dumps(state | {"best_model_checkpoint": str(best)})
        (checkpoint / STATE).write_text(text, encoding="utf-8")
    return best.is_dir()


def _decoded(file: Path) -> Any:  # noqa: ANN401 - our own note, or the trainer's
    """Return what a JSON file holds, None if it is missing or cut off."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


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
