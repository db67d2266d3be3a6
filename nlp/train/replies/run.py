"""Training a digest model from files to a model directory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.corpus.replies import reply_fingerprint
from nlp.encode import fit_encoder
from nlp.io.write import write_json
from nlp.store import StoredModel, check_target, write_model
from nlp.summarize.digester import Digester, read_clauses
from nlp.summarize.files import TASK, write_digester
from nlp.summarize.profile import Profiled, profiled
from nlp.train.replies.card import digest_card, digest_line
from nlp.train.replies.fit import (
    Encoded,
    Floats,
    encode,
    fit_flags,
    fit_outcomes,
    fit_roles,
    fit_scorer,
    folds,
)
from nlp.train.replies.material import Material, load_material
from nlp.train.replies.measure import measure_digester
from nlp.train.replies.tune import tune_flags, tune_outcomes
from nlp.train.versions import library_versions


@dataclass(frozen=True, slots=True)
class DigestTraining:
    """How to train; paths replace the shipped roles and passages."""

    encoder: str = "ngrams:1-2"
    seed: int = 0
    roles: Path | None = None
    passages: Path | None = None


@dataclass(frozen=True, slots=True)
class TrainedDigester:
    """The model as written, and its line of validation figures."""

    stored: StoredModel
    line: str


def train_digester(
    corpora: Sequence[Path], out: Path, options: DigestTraining, *, on_step: Callable[[str], None]
) -> TrainedDigester:
    """Train on annotated replies and write a model directory to `out`.

    Every stage that learns from an earlier one's answers gets answers on rows that the
    earlier one had not seen. Raises InputError, DataError, UsageError or ModelError.
    """
    check_target(out)
    material = load_material(corpora, options.roles, options.passages)
    counts = f"答复 {len(material.samples)} 件，短文 {len(material.passages)} 段"
    on_step(f"语料：{counts}，测试 {len(material.test)} 件。")
    digester = fit_digester(material, options, on_step)
    stored = write_model(
        out, _manifest(material, options), lambda folder: _fill(folder, digester, material)
    )
    return TrainedDigester(stored, stored.json("metrics.json")["line"])


def fit_digester(
    material: Material, options: DigestTraining, on_step: Callable[[str], None]
) -> Digester:
    """Fit all parts on the samples and passages."""
    samples, passages = material.samples, material.passages
    encoded = encode(options.encoder, [sample.reading for sample in samples])
    short = encode(options.encoder, [p.reading for p in passages], encoded.encoder)
    on_step("正在学认各句的作用…")
    labels = [sample.roles for sample in samples]
    held_roles = _held_out_roles(encoded, labels)
    roles = fit_roles(encoded, labels)
    on_step("正在学挑句子…")
    targets = [sample.targets for sample in samples]
    held_values = _held_out_values(encoded, held_roles, targets, options.seed)
    scorer = fit_scorer(encoded, held_roles, targets, seed=options.seed)
    on_step("正在学判断结果…")
    read = [profiled(*each) for each in zip(encoded.readings, held_roles, held_values, strict=True)]
    read_short = read_clauses(short.words, short.readings, roles, scorer)
    answers = fit_encoder(options.encoder, [t for r in (*read, *read_short) for t in _texts(r)])
    everything, of = [*read, *read_short], [*samples, *passages]
    outcomes = fit_outcomes(everything, of, answers)
    return Digester(
        name="",
        encoder=encoded.encoder,
        roles=roles,
        scorer=scorer,
        outcomes=tune_outcomes(outcomes, everything, of),
        # passages say something by their making: without them whatever is short looks vague
        doubts=tune_flags(fit_flags(everything, of), everything, of),
    )


def _texts(reply: Profiled) -> tuple[str, str]:
    return reply.weightiest, "".join(reply.reading.words)


def _held_out_roles(encoded: Encoded, labels: Sequence[Any]) -> list[Floats]:
    """Return each reply's roles as read by a model that didn't learn from that reply."""
    found: list[Floats] = [np.zeros((0, 0), np.float32)] * len(labels)
    for held in folds(len(labels)):
        kept = [label for label, out in zip(labels, held, strict=True) if not out]
        reader = fit_roles(encoded.part(~held), kept)
        part = encoded.part(held)
        for at, roles in zip(
            np.flatnonzero(held), reader.read(part.words, part.readings), strict=True
        ):
            found[at] = roles
    return found


def _held_out_values(
    encoded: Encoded, roles: Sequence[Floats], targets: Sequence[Any], seed: int
) -> list[Floats]:
    """Return each reply's clause values, scored by a model that didn't learn from that reply."""
    found: list[Floats] = [np.zeros(0, np.float32)] * len(targets)
    for held in folds(len(targets)):
        kept = np.flatnonzero(~held).tolist()
        part, rest = encoded.part(held), encoded.part(~held)
        scorer = fit_scorer(rest, [roles[i] for i in kept], [targets[i] for i in kept], seed=seed)
        out = np.flatnonzero(held).tolist()
        values = scorer.score(part.words, part.readings, [roles[i] for i in out])
        for at, value in zip(out, values, strict=True):
            found[at] = value
    return found


def _manifest(material: Material, options: DigestTraining) -> dict[str, Any]:
    learned = [sample.row for sample in (*material.samples, *material.passages)]
    return {
        "task": TASK,
        "encoder": options.encoder,
        "seed": options.seed,
        "corpus": reply_fingerprint(learned),
        "rows": len(material.samples),
        "passages": len(material.passages),
        "versions": library_versions(),
    }


def _fill(folder: Path, digester: Digester, material: Material) -> None:
    """Write the files; figures are taken from the model as written, not as fitted."""
    write_digester(digester, folder)
    metrics = measure_digester(digester, material)
    metrics["line"] = digest_line(metrics)
    write_json(folder / "metrics.json", metrics)
    (folder / "README.md").write_text(digest_card(metrics), encoding="utf-8")
