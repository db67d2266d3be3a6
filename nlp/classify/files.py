"""A router as files of a model directory, and back (the folder is audited by `nlp.store`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlp.classify.decide import CurvePoint, Detector
from nlp.classify.duties import DutyIndex
from nlp.classify.router import Router
from nlp.classify.topics import TopicModel
from nlp.classify.units import UnitModel
from nlp.encode import read_encoder
from nlp.errors import ModelError
from nlp.heads.linear import from_arrays
from nlp.io.write import write_json
from nlp.store import RETRAIN, UNFIT, StoredModel, open_model
from nlp.taxonomy import Duty, Function

LABELS, CALIBRATION, HEADS = "labels.json", "calibration.json", "heads.safetensors"


def load_router(folder: Path) -> Router:
    """Audit and read a model directory. Raises ModelError."""
    from safetensors import SafetensorError

    stored = open_model(folder)
    if stored.manifest.get("task") == "digest":
        raise ModelError(
            f"{folder} 是给答复写摘要的模型，不能分办。",
            "请换一个分办模型，如 models/default；评测摘要用 --task replies。",
        )
    try:
        return _construct(stored)
    except (*UNFIT, SafetensorError) as error:
        raise ModelError(f"模型 {folder} 的内容前后不一致（{error}）。", RETRAIN) from error


def _construct(stored: StoredModel) -> Router:
    from safetensors.numpy import load_file

    labels, settings = stored.json(LABELS), stored.json(CALIBRATION)
    arrays = load_file(stored.folder / HEADS)
    encoder = read_encoder(stored.manifest["encoder"], stored.folder / "encoder")
    functions = tuple(_function(item) for item in labels["functions"])
    keys = tuple(f.key for f in functions)
    curve = tuple(CurvePoint(c, n, r) for c, n, r in settings["curve"])
    return Router(
        name=stored.name,
        encoder=encoder,
        functions=functions,
        topics=_topics(labels["topics"], settings.get("topics"), arrays),
        units=_units(keys, settings.get("units"), arrays),
        detector=_detector(settings.get("detector"), arrays),
        curve=curve,
        duties=DutyIndex(functions),
    )


def _topics(labels: Any, settings: Any, arrays: Mapping[str, Any]) -> TopicModel | None:  # noqa: ANN401
    if settings is None:
        return None
    keys = tuple(t["key"] for t in labels)
    thresholds = settings["thresholds"]
    return TopicModel(
        labels=keys,
        names=tuple(t["name"] for t in labels),
        head=from_arrays(keys, arrays, "topics."),
        temperature=settings["temperature"],
        thresholds=None if thresholds is None else tuple(thresholds),
        by_function=_optional(arrays, "topics.by_function"),
        function_weight=settings["function_weight"],
        function_logits=_optional(arrays, "topics.function_logits"),
    )


def _optional(arrays: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - an array or None
    return arrays[name].astype(np.float64) if name in arrays else None


def _units(keys: tuple[str, ...], settings: Any, arrays: Mapping[str, Any]) -> UnitModel | None:  # noqa: ANN401
    if settings is None:
        return None
    return UnitModel(
        functions=keys,
        lead=from_arrays(keys, arrays, "lead."),
        co=from_arrays(keys, arrays, "co."),
        co_given_lead=arrays["co.given_lead"].astype(np.float64),
        **settings,
    )


def _detector(settings: Any, arrays: Mapping[str, Any]) -> Detector | None:  # noqa: ANN401
    if settings is None:
        return None
    head = from_arrays(("proposal",), arrays, "detector.")
    charset = frozenset(settings["charset"])
    return Detector(head, settings["threshold"], settings["coverage"], charset)


def _function(item: Mapping[str, Any]) -> Function:
    return Function(
        key=item["key"],
        name=item["name"],
        aliases=tuple(item["aliases"]),
        topics=tuple(item["topics"]),
        co_handlers=tuple(item["co_handlers"]),
        fold=item["fold"],
        duties=tuple(Duty(name, tuple(words)) for name, words in item["duties"].items()),
    )


def write_router(router: Router, folder: Path) -> None:
    """Write a router's own files into an empty folder; `nlp.store` adds the manifest."""
    from safetensors.numpy import save_file

    (folder / "encoder").mkdir()
    router.encoder.write(folder / "encoder")
    arrays = _arrays(router)
    save_file(dict(sorted(arrays.items())), folder / HEADS)
    write_json(folder / LABELS, _labels(router))
    write_json(folder / CALIBRATION, _settings(router))


def _arrays(router: Router) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    if router.topics:
        arrays |= router.topics.head.arrays("topics.")
        if router.topics.by_function is not None:
            arrays["topics.by_function"] = router.topics.by_function.astype(np.float32)
        if router.topics.function_logits is not None:
            table = router.topics.function_logits.astype(np.float32)
            arrays["topics.function_logits"] = np.ascontiguousarray(table)
    if router.units:
        arrays |= router.units.lead.arrays("lead.") | router.units.co.arrays("co.")
        arrays["co.given_lead"] = router.units.co_given_lead.astype(np.float32)
    if router.detector:
        arrays |= router.detector.head.arrays("detector.")
    return arrays


def _labels(router: Router) -> dict[str, Any]:
    topics: Sequence[tuple[str, str]] = ()
    if router.topics:
        topics = list(zip(router.topics.labels, router.topics.names, strict=True))
    return {
        "topics": [{"key": key, "name": name} for key, name in topics],
        "functions": [
            {
                "key": f.key,
                "name": f.name,
                "aliases": f.aliases,
                "topics": f.topics,
                "co_handlers": f.co_handlers,
                "fold": f.fold,
                "duties": {d.name: d.words for d in f.duties},
            }
            for f in router.functions
        ],
    }


def _settings(router: Router) -> dict[str, Any]:
    settings: dict[str, Any] = {"curve": [[p.confidence, p.rows, p.right] for p in router.curve]}
    if topics := router.topics:
        settings["topics"] = {
            "temperature": topics.temperature,
            "thresholds": topics.thresholds,
            "function_weight": topics.function_weight,
        }
    if units := router.units:
        names = (
            "duty_weight",
            "precedent_weight",
            "pair_weight",
            "lead_temperature",
            "co_temperature",
            "co_threshold",
        )
        settings["units"] = {name: getattr(units, name) for name in names}
    if detector := router.detector:
        settings["detector"] = {
            "threshold": detector.threshold,
            "coverage": detector.coverage,
            "charset": "".join(sorted(detector.charset)),
        }
    return settings
