"""A fine-tuned router: a pretrained encoder and character n-grams, each with its heads.

The two are right about different titles: n-grams know exact words, the pretrained encoder
their neighbours. Their scores are added, weighted as fits the dev rows; since both are linear
over their own features, the sum is one head over both (`ngrams:1-2+e5`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.features import encode_texts
from nlp.classify.router import Router
from nlp.encode import read_encoder
from nlp.encode.joined import MARK, JoinedEncoder
from nlp.heads.blend import best_blend
from nlp.heads.linear import LinearHead
from nlp.hf.encoder import Runtime, open_encoder
from nlp.hf.export import export_int8
from nlp.hf.runtime import has
from nlp.hf.training.finetune import RESULT, fine_tune
from nlp.hf.training.options import FineTuning
from nlp.hf.training.tasks import TaskHead
from nlp.train.examples import examples, tasks_of
from nlp.train.fit import co_targets, fit_router
from nlp.train.material import duty_rows, whole

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.corpus.rows import Row
    from nlp.corpus.split import Split
    from nlp.train.fit import Plan

Ints = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float32]
NGRAMS = "ngrams:1-2"


def fit_fine_tuned(
    split: Split,
    others: Split,
    plan: Plan,
    settings: FineTuning,
    workspace: Path,
    on_step: Callable[[str], None],
) -> Router:
    """Fine-tune the plan's encoder and join it with n-grams.

    :param workspace: folder for checkpoints and the fine-tuned encoder, which must stay until
        the router is written.

    Raises ModelError as `open_encoder` and `fine_tune` do.
    """
    base = open_encoder(plan.encoder, runtime=Runtime.TORCH)
    quick = fit_router(split.train, others.train, replace(plan, encoder=NGRAMS))
    tasks = tasks_of(plan)
    material = whole(split.train).joined(whole(duty_rows(plan.functions)))
    shown = [
        example
        for turn in range(settings.passes)
        for example in examples(material, tasks, settings.seed + turn, alter=True)
    ]
    held_out = examples(whole(split.dev), tasks, settings.seed, alter=False)
    heads = fine_tune(base, tasks, shown, held_out, settings, workspace, on_step)
    if has("onnx") and has("onnxruntime"):
        on_step("正在导出 int8…")
        export_int8(workspace / RESULT)
    # what is tuned and measured from here on is what will run
    tuned = read_encoder(plan.encoder, workspace / RESULT)
    encoder = JoinedEncoder(f"{NGRAMS}{MARK}{plan.encoder}", [quick.encoder, tuned])
    return _joined(quick, {head.task.name: head for head in heads}, encoder, split.dev)


def _joined(
    quick: Router, heads: Mapping[str, TaskHead], encoder: JoinedEncoder, dev: Sequence[Row]
) -> Router:
    """Return a router over both encoders, its heads blended on dev rows."""
    material = whole(dev)
    parts = Parts(encoder, encode_texts(encoder, material.texts), material.rows)
    topics, units, detector = quick.topics, quick.units, quick.detector
    if topics:
        gold = [row.primary for row in material.rows]
        topics = replace(topics, head=parts.blended(topics.head, heads["topic"], gold))
    if units:
        gold = [row.lead for row in material.rows]
        lead = parts.blended(units.lead, heads["lead"], gold)
        units = replace(units, lead=lead, co=parts.blended_co(units.co, heads["co"]))
    if detector:
        detector = replace(detector, head=parts.alone(detector.head).quantised())
    return replace(quick, encoder=encoder, topics=topics, units=units, detector=detector)


@dataclass(frozen=True, slots=True)
class Parts:
    """Dev rows encoded by two joined encoders, to weigh two heads against each other."""

    encoder: JoinedEncoder
    matrix: csr_array
    rows: Sequence[Row]

    def alone(self, head: LinearHead) -> LinearHead:
        """Widen the first encoder's head: the second's features count nothing."""
        more = self.encoder.parts[1].columns
        wide = np.pad(head.weights, ((0, more), (0, 0)))
        return LinearHead(head.classes_, self._unshared(wide), head.bias)

    def second(self, head: TaskHead) -> LinearHead:
        """Widen the second encoder's head."""
        more = self.encoder.parts[0].columns
        wide = np.pad(head.weights, ((more, 0), (0, 0)))
        return LinearHead(head.task.labels, self._unshared(wide), head.bias)

    def _unshared(self, weights: Floats) -> Floats:
        """Undo what joining multiplies a part's rows by."""
        return np.asarray(weights / self.encoder.share, np.float32)

    def blended(
        self, first: LinearHead, second: TaskHead, gold: Sequence[str | None]
    ) -> LinearHead:
        """Add two heads of single labels, as fits the gold labels best."""
        known = [i for i, label in enumerate(gold) if label in first.classes_]
        numbers = np.array([first.classes_.index(gold[i] or "") for i in known], np.int64)
        return self._sum(self.alone(first), self.second(second), known, numbers)

    def blended_co(self, first: LinearHead, second: TaskHead) -> LinearHead:
        known = [i for i, row in enumerate(self.rows) if row.co is not None]
        targets = co_targets([self.rows[i] for i in known], first.classes_)
        return self._sum(self.alone(first), self.second(second), known, targets)

    def _sum(
        self, one: LinearHead, two: LinearHead, known: Sequence[int], gold: Ints
    ) -> LinearHead:
        matrix = self.matrix[known]
        share = best_blend(one.decision(matrix), two.decision(matrix), gold)
        weights = share.first * one.weights + share.second * two.weights
        bias = share.first * one.bias + share.second * two.bias
        return LinearHead(one.classes_, weights, bias).quantised()
