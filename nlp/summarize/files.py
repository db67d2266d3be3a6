"""A digester as files of a model directory, and back (the folder is audited by `nlp.store`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from nlp.encode import read_encoder
from nlp.errors import ModelError
from nlp.heads.linear import from_arrays
from nlp.heads.trees import trees_from_arrays
from nlp.io.write import write_json
from nlp.store import RETRAIN, UNFIT, StoredModel, open_model
from nlp.summarize.digester import Digester
from nlp.summarize.features import NAMES
from nlp.summarize.outcome import OUTCOMES, OutcomeModel
from nlp.summarize.profile import COLUMNS as PROFILE_COLUMNS
from nlp.summarize.quality import LEARNED, FlagModel
from nlp.summarize.roles import ROLES, RoleReader
from nlp.summarize.scorer import COLUMNS, ClauseScorer

TASK = "digest"
"""What the manifest of such a model says it is for."""
LABELS, CALIBRATION, HEADS = "labels.json", "calibration.json", "heads.safetensors"
_LABELS = {"roles": list(ROLES), "outcomes": list(OUTCOMES), "flags": list(LEARNED)}
_SCALED = {"roles": len(NAMES), "outcomes": PROFILE_COLUMNS, "flags": PROFILE_COLUMNS}
"""How many described features each head has brought to one size."""


def load_digester(folder: Path) -> Digester:
    """Audit and read a model directory. Raises ModelError."""
    from safetensors import SafetensorError

    stored = open_model(folder)
    if stored.manifest.get("task") != TASK:
        raise ModelError(
            f"{folder} 不是摘要模型。",
            "请用 python train.py corpora/replies --task replies 训练出来的目录。",
        )
    try:
        return _construct(stored)
    except (*UNFIT, SafetensorError) as error:
        raise ModelError(f"模型 {folder} 的内容前后不一致（{error}）。", RETRAIN) from error


def _construct(stored: StoredModel) -> Digester:
    from safetensors.numpy import load_file

    if stored.json(LABELS) != _LABELS:
        raise ValueError("labels differ from this version's")
    settings = stored.json(CALIBRATION)
    arrays = load_file(stored.folder / HEADS)
    for name, columns in _SCALED.items():
        mean, scale = arrays[f"{name}.plain.mean"], arrays[f"{name}.plain.scale"]
        if not mean.shape == scale.shape == (columns,) or scale.min() <= 0:
            raise ValueError(f"{name}: sizes for {columns} features expected")
    spec = stored.manifest["encoder"]
    trees = trees_from_arrays(arrays, "scorer.trees.", COLUMNS)
    return Digester(
        name=stored.name,
        encoder=read_encoder(spec, stored.folder / "clauses"),
        roles=RoleReader(
            from_arrays(ROLES, arrays, "roles."),
            arrays["roles.plain.mean"],
            arrays["roles.plain.scale"],
        ),
        scorer=ClauseScorer(from_arrays(("value",), arrays, "scorer.words."), trees),
        outcomes=OutcomeModel(
            encoder=read_encoder(spec, stored.folder / "answers"),
            head=from_arrays(OUTCOMES, arrays, "outcomes."),
            mean=arrays["outcomes.plain.mean"],
            scale=arrays["outcomes.plain.scale"],
            temperature=float(settings["temperature"]),
            trust={kind: float(settings["trust"][kind]) for kind in ("phrase", "letter")},
        ),
        doubts=FlagModel(
            head=from_arrays(LEARNED, arrays, "flags."),
            mean=arrays["flags.plain.mean"],
            scale=arrays["flags.plain.scale"],
            thresholds=tuple(settings["thresholds"][code] for code in LEARNED),
        ),
    )


def write_digester(digester: Digester, folder: Path) -> None:
    """Write a digester's own files into an empty folder; `nlp.store` adds the manifest."""
    from safetensors.numpy import save_file

    for name, encoder in (("clauses", digester.encoder), ("answers", digester.outcomes.encoder)):
        (folder / name).mkdir()
        encoder.write(folder / name)
    save_file(dict(sorted(_arrays(digester).items())), folder / HEADS)
    write_json(folder / LABELS, _LABELS)
    write_json(
        folder / CALIBRATION,
        {
            "temperature": digester.outcomes.temperature,
            "trust": dict(digester.outcomes.trust),
            "thresholds": dict(zip(LEARNED, digester.doubts.thresholds, strict=True)),
        },
    )


def _arrays(digester: Digester) -> dict[str, Any]:
    scaled: dict[str, RoleReader | OutcomeModel | FlagModel] = {
        "roles": digester.roles,
        "outcomes": digester.outcomes,
        "flags": digester.doubts,
    }
    arrays: dict[str, Any] = {}
    for name, model in scaled.items():
        arrays |= model.head.arrays(f"{name}.")
        arrays[f"{name}.plain.mean"] = model.mean.astype(np.float32)
        arrays[f"{name}.plain.scale"] = model.scale.astype(np.float32)
    arrays |= digester.scorer.words.arrays("scorer.words.")
    return arrays | digester.scorer.trees.arrays("scorer.trees.")
