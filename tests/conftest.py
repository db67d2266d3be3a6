"""Shared by several rooms: a small hand-written corpus and one model trained on it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
SMALL = HERE / "train" / "small_corpus.jsonl"
FOLDS = {"telecom": "industry_it", "sme_service": "industry_it", "energy": "development_reform"}


@pytest.fixture(scope="session")
def small_corpus() -> Path:
    """120 rows: 4 functions with 30 titles each, 3 topics, some bodies and co-handlers."""
    return SMALL


@pytest.fixture(scope="session")
def functions_file(tmp_path_factory) -> Path:
    """Every shipped function by key, but duties for the corpus's four only: quick to train."""
    own = yaml.safe_load((HERE / "train" / "small_functions.yaml").read_text(encoding="utf-8"))
    taken = {item["key"] for item in own}
    for file in sorted((HERE.parent / "corpora" / "functions").glob("*.yaml")):
        if file.stem not in taken:
            fold = {"fold": FOLDS[file.stem]} if file.stem in FOLDS else {}
            own.append({"key": file.stem, "name": file.stem, **fold})
    path = tmp_path_factory.mktemp("functions") / "functions.yaml"
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small_model(tmp_path_factory, small_corpus, functions_file) -> Path:
    """Return a model directory, trained once a run; copy it before changing it."""
    from nlp.train.run import TrainOptions, train

    out = tmp_path_factory.mktemp("models") / "small"
    train([small_corpus], out, TrainOptions(functions=functions_file), on_step=lambda _: None)
    return out


@pytest.fixture(scope="session")
def small_router(small_model):
    import nlp

    return nlp.load(small_model)


@pytest.fixture(scope="session")
def generic(small_router):
    from nlp.places import load_directory

    return load_directory("generic", small_router.function_keys)
