"""Shared by several rooms: a small hand-written corpus and one model trained on it."""

from __future__ import annotations

import json
import shutil
import socket
from importlib import import_module
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


@pytest.fixture(scope="session")
def one_thread():
    """Keep scikit-learn's trees to one thread: two spin for a minute on a busy machine."""
    from threadpoolctl import threadpool_limits

    for module in ("scipy.optimize", "sklearn.ensemble", "sklearn.linear_model"):
        import_module(module)  # only what is loaded can be limited
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def replies_folder(tmp_path_factory) -> Path:
    """Return a corpus of 48 shipped replies in parts, beside their roles and 100 passages."""
    corpora, out = HERE.parent / "corpora", tmp_path_factory.mktemp("replies")
    (out / "corpus").mkdir()
    ids = set()
    for part, source, step, most in (
        ("train", "train", 13, 40),
        ("dev", "dev", 12, 8),
        ("test", "test", 30, 5),
    ):
        lines = (corpora / "replies" / f"{source}.jsonl").read_text("utf-8").splitlines()
        taken = lines[::step][:most]
        (out / "corpus" / f"{part}.jsonl").write_text("\n".join(taken), "utf-8")
        ids |= {json.loads(line)["id"] for line in taken}
    roles = [
        line
        for file in sorted((corpora / "roles").glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if json.loads(line)["id"] in ids
    ]
    passages = (corpora / "passages" / "train.jsonl").read_text("utf-8").splitlines()
    (out / "roles.jsonl").write_text("\n".join(roles), "utf-8")
    (out / "passages.jsonl").write_text("\n".join(passages[:: len(passages) // 100][:100]), "utf-8")
    return out


@pytest.fixture(scope="session")
def small_material(replies_folder):
    """Return what a digester learns from, of fewer rows than `load_material` lets pass."""
    from nlp.train.replies import material

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(material, "FEWEST", 40)
        return material.load_material(
            [replies_folder / "corpus"],
            replies_folder / "roles.jsonl",
            replies_folder / "passages.jsonl",
        )


@pytest.fixture(scope="session")
def small_digester(small_material, one_thread):
    from nlp.train.replies.run import DigestTraining, fit_digester

    return fit_digester(small_material, DigestTraining(), lambda _: None)


@pytest.fixture(scope="session")
def small_reply_model(small_digester, tmp_path_factory) -> Path:
    """Return the small digester as a model directory; copy it before changing it."""
    from nlp.store import write_model
    from nlp.summarize.files import TASK, write_digester

    out = tmp_path_factory.mktemp("digesters") / "small"
    manifest = {"task": TASK, "encoder": "ngrams:1-2"}
    write_model(out, manifest, lambda folder: write_digester(small_digester, folder))
    return out


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory) -> Path:
    """Return a small BERT as a checkpoint; copy it before changing it."""
    pytest.importorskip("torch", reason="needs the extra fenban[neural]")
    pytest.importorskip("transformers", reason="needs the extra fenban[neural]")
    from hf_samples import write_encoder

    return write_encoder(tmp_path_factory.mktemp("encoders") / "tiny")


@pytest.fixture
def own_encoder(tiny_encoder, tmp_path) -> Path:
    """Return a copy of the small BERT that a test may change."""
    return shutil.copytree(tiny_encoder, tmp_path / "own")


@pytest.fixture
def no_network(monkeypatch, tmp_path):
    """Let no socket be made, and find nothing in the hub's cache."""
    from huggingface_hub import constants

    asked = []

    def refuse(*arguments, **_):
        asked.append(arguments)
        raise OSError("the network was asked")

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield
    assert asked == []
