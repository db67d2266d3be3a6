"""What an office gets that fine-tunes the encoder on its own rows (`--encoder e5 --fine-tune`)."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.dense import files_size
from benchmarks.encoders.systems.fenban import Fitted, Routing, code_hash, office_rows
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Floats
from benchmarks.shared.hashes import digest
from nlp.classify.features import Text
from nlp.corpus.split import Split, split_rows
from nlp.hf.training.options import FineTuning

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.corpus.rows import Row

SETTINGS = FineTuning(passes=2, window=128)
"""An example is a title and 160 characters of a body at most, which 128 tokens hold."""
HELD_OUT = 0.12
"""The share of training rows, in whole groups of near-duplicates, by which two heads are weighed:
as `fenban train` takes."""


class FineTuned(Fitted):
    """multilingual-e5-small, fine-tuned for an office's categories, joined with n-grams."""

    def __init__(self, encoder: str, workspace: Path) -> None:
        super().__init__()
        self._encoder = encoder
        self._workspace = workspace

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        start = time.monotonic()
        router = fine_tuned(office_rows(texts, labels, weights), self._encoder, self._workspace)
        self._routing = Routing(router, Target.OFFICE, files_size(self._workspace.rglob("*")))
        self.remark = f"learned in {(time.monotonic() - start) / 60:.0f} min"


def fine_tuned(rows: Sequence[Row], encoder: str, workspace: Path) -> Router:
    """Do what `fenban train --fine-tune` does, keeping no rows for a test of its own.

    A run that was interrupted goes on from the checkpoints in `workspace`.
    """
    from nlp.taxonomy import load_scheme
    from nlp.train.finetune import fit_fine_tuned
    from nlp.train.run import TrainOptions, make_plan
    from nlp.train.tune import tune_router

    split = split_rows(rows, SETTINGS.seed, dev_share=HELD_OUT, test_share=0.0)
    plan = make_plan(split, load_scheme(None), (), TrainOptions(encoder))
    others = Split((), (), ())
    router = fit_fine_tuned(split, others, plan, SETTINGS, workspace, _say)
    return tune_router(router, split.dev)


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def build(place: Workplace, target: Target) -> System:
    """Raise ValueError for anything but an office's categories."""
    if target is not Target.OFFICE:
        raise ValueError("answers an office's categories only; leads and topics: fenban_teacher")
    encoder = f"hf:{place.e5}" if place.e5 else "e5"
    return FineTuned(encoder, place.bench / "fine-tuned")


ENTRY = Entry(
    name="fenban_fine_tuned",
    about=(
        "this project's `fenban train --encoder e5 --fine-tune` on the office's rows alone: "
        f"{SETTINGS.passes} passes, {SETTINGS.window} tokens an example, joined with character "
        f"n-grams as fits {HELD_OUT:.0%} of the training rows, held out by near-duplicate; one "
        "run; leads and topics: `fenban_teacher`"
    ),
    cores=Cores.THREADS,
    build=build,
    packages=("torch", "transformers"),
    fingerprint=lambda place: digest([place.checkpoint_hash, code_hash()]),
    single=True,
    only=("messages", "provincial"),
)
