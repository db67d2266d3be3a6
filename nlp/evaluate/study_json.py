"""A study as JSON: stable names, everything that the page shows and the rows it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from nlp.evaluate.lines import rounded
from nlp.evaluate.report import Origin
from nlp.evaluate.study import Study
from nlp.evaluate.tables import SCHEMA, to_json

Values = dict[str, Any]


def study_json(study: Study, paths: Sequence[str], origin: Origin) -> Values:
    """Return one model's numbers at the top, several ones' under `models`.

    Beside them stand `baselines`, `comparisons`, `gate` and `notes`; each model has its
    `analysis`. `schema` rises when a name changes, not when one is added.

    :param paths: how each model was given.
    """
    models = []
    for model, analysis, path in zip(study.models, study.analyses, paths, strict=True):
        numbers = to_json(model.evaluation, model=path, gold=origin.gold, command=origin.command)
        models.append(numbers | {"analysis": rounded(asdict(analysis))})
    whole: Mapping[str, Any] = models[0] if len(models) == 1 else {"models": models}
    beside = {
        "baselines": [_baseline(study, i, origin) for i in range(len(study.baselines))],
        "comparisons": [rounded(asdict(each)) for each in study.comparisons],
        "gate": _gate(study),
        "notes": list(study.notes),
    }
    return {"schema": SCHEMA, **whole, **beside}


def _baseline(study: Study, number: int, origin: Origin) -> Values:
    found = study.baselines[number].evaluation
    return to_json(found, model=found.model, gold=origin.gold, command=origin.command)


def _gate(study: Study) -> Values | None:
    if study.gate is None:
        return None
    return {"passed": study.gate.passed, **rounded(asdict(study.gate))}
