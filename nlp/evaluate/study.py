"""Several models, and baselines, on the same rows: all that one call of the command measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import UsageError
from nlp.evaluate.baselines.ask import baselines
from nlp.evaluate.baselines.labels import Labels, labels_of
from nlp.evaluate.compare import Comparison, compare_models
from nlp.evaluate.errors.analysis import Analysis, analyse
from nlp.evaluate.errors.leakage import find_leaks, without_leaks
from nlp.evaluate.errors.training import UNNAMED, TrainingRows, search_roots, training_rows
from nlp.evaluate.gate import Gate, GateResult
from nlp.evaluate.run import EvaluationOptions, Examined, evaluate, examine

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.corpus.rows import Row


@dataclass(frozen=True, slots=True)
class Contender:
    """A model that is measured; `path` is how it was given."""

    path: str
    router: Router
    training: TrainingRows | None


@dataclass(frozen=True, slots=True)
class Study:
    """Models in the order given and then baselines; the gate is held against the first model."""

    models: tuple[Examined, ...]
    baselines: tuple[Examined, ...]
    comparisons: tuple[Comparison, ...]
    analyses: tuple[Analysis, ...]
    gate: GateResult | None
    notes: tuple[str, ...]

    @property
    def examined(self) -> tuple[Examined, ...]:
        return (*self.models, *self.baselines)

    def concerning(self, model: Examined) -> tuple[Comparison, ...]:
        """Return the comparisons that have this model first."""
        return tuple(c for c in self.comparisons if c.first == model.evaluation.model)


def open_contender(path: str, folder: Path, corpus: Path | None = None) -> Contender:
    """Open a model directory, and its training rows if they can be found again.

    :param corpus: where they are now, a file or folder of the name that the model knows.

    Raises ModelError.
    """
    from nlp.classify.files import load_router
    from nlp.store import open_model

    given = (corpus.parent, corpus) if corpus else ()
    found = training_rows(open_model(folder).manifest, (*given, *search_roots(folder)))
    return Contender(path, load_router(folder), found)


def study(
    contenders: Sequence[Contender],
    rows: Sequence[Row],
    options: EvaluationOptions,
    *,
    with_baselines: bool = False,
    gate: Gate | None = None,
) -> Study:
    """Measure contenders on the same rows, compare them, and look at their errors.

    Raises UsageError if one is given twice, InputError if there is nothing to measure,
    ModelError if the gate's model can't be read.
    """
    _check_names([contender.router.name for contender in contenders])
    models = tuple(evaluate(contender.router, rows, options) for contender in contenders)
    simple: tuple[Examined, ...] = ()
    labels = labels_of(contenders[0].router)
    if with_baselines and _answerable(rows, labels):
        simple = tuple(examine(each, options) for each in baselines(rows, labels))
    return Study(
        models=models,
        baselines=simple,
        comparisons=tuple(_comparisons(models, simple)),
        analyses=tuple(
            analyse(contender.router, model, options, contender.training)
            for contender, model in zip(contenders, models, strict=True)
        ),
        gate=_gated(gate, models[0], rows, options) if gate else None,
        notes=(),
    )


def known_training(contender: Contender) -> str:
    """Say in Chinese what is known of the rows that a contender learned from."""
    known = contender.training.note if contender.training else UNNAMED
    return f"{contender.router.name}：{known}"


def without_leaked(
    rows: Sequence[Row], contenders: Sequence[Contender]
) -> tuple[tuple[Row, ...], int]:
    """Drop rows that any contender has learned from, or nearly; return the rest and how many.

    A contender whose training rows can't be found drops nothing.
    """
    kept = list(rows)
    for contender in contenders:
        if contender.training and contender.training.rows:
            kept = without_leaks(kept, find_leaks(kept, contender.training))
    return tuple(kept), len(rows) - len(kept)


def _answerable(rows: Sequence[Row], labels: Labels) -> bool:
    """Tell whether baselines, which name topics and leads only, have anything to answer."""
    topics, leads = bool(labels.topics), bool(labels.functions)
    return any((topics and row.topics) or (leads and row.lead) for row in rows)


def _check_names(names: Sequence[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"模型 {'、'.join(twice)} 给了两次。", "要比较，请给不同的 --model。")


def _comparisons(models: Sequence[Examined], simple: Sequence[Examined]) -> Iterator[Comparison]:
    """Compare every model with the ones behind it, and with the baselines."""
    for one, other in combinations(models, 2):
        yield compare_models(one, other)
    for model in models:
        for baseline in simple:
            yield compare_models(model, baseline)


def _gated(
    gate: Gate, model: Examined, rows: Sequence[Row], options: EvaluationOptions
) -> GateResult:
    from nlp.classify.files import load_router

    reference = None
    if gate.not_worse_than is not None:
        reference = evaluate(load_router(gate.not_worse_than), rows, options)
    return gate.check(model, reference)
