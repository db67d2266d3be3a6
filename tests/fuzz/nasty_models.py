"""Model directories to begin with, their weights made up: each a zip container of its files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np

from tests.fuzz.nasty_data import KEYS, TOPICS
from tests.fuzz.words import TEXTS
from tests.fuzz.zips import Member, pack


def router(rng: Random) -> dict[str, bytes]:
    from nlp.classify.files import write_router

    made = _router(rng)
    return _damaged(_written("route", lambda folder: write_router(made, folder)))


def digester(rng: Random) -> dict[str, bytes]:
    from nlp.summarize.files import write_digester

    made = _digester(rng)
    return _damaged(_written("digest", lambda folder: write_digester(made, folder)))


def _written(task: str, fill: Callable[[Path], None]) -> list[Member]:
    from nlp.store import write_model

    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "small"
        write_model(folder, {"task": task, "encoder": "ngrams:1-2", "seed": 0}, fill)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return [Member(f.relative_to(folder).as_posix(), f.read_bytes()) for f in files]


def _damaged(members: list[Member]) -> dict[str, bytes]:
    found = {
        "plain": pack(members),
        "extra": pack([*members, Member("x.json", b"{}")]),
        "pickle": pack([*members, Member("x.pkl", b"\x80\x04.")]),
        "other-task": pack(
            [Member(m.name, m.data.replace(b'"route"', b'"digest"')) for m in members]
        ),
    }
    for each in members:
        name = each.name.replace("/", "-")
        found[f"without-{name}"] = pack(member for member in members if member is not each)
        for what, data in (("empty", b""), ("list", b"[]"), ("deep", b"[" * 20_000)):
            changed = (Member(m.name, data if m is each else m.data) for m in members)
            found[f"{what}-{name}"] = pack(changed)
    return found


class _Maker:
    """Makes encoders and heads with made-up weights."""

    def __init__(self, rng: Random) -> None:
        from nlp.encode.ngrams import fit

        self.made = np.random.default_rng(rng.randrange(2**32))
        self.encoder = fit("ngrams:1-2", TEXTS)

    def head(self, labels: tuple[str, ...]):
        from nlp.heads.linear import LinearHead

        weights = self.made.normal(size=(self.encoder.columns, len(labels))).astype(np.float32)
        return LinearHead(labels, weights, np.zeros(len(labels), np.float32))


def _router(rng: Random):
    from nlp.classify.decide import CurvePoint, Detector
    from nlp.classify.duties import DutyIndex
    from nlp.classify.router import Router
    from nlp.classify.topics import TopicModel
    from nlp.classify.units import UnitModel
    from nlp.taxonomy import Duty, Function

    maker = _Maker(rng)
    head = maker.head
    known = tuple(
        Function(key, key, duties=(Duty("河道治理", ("河道", "堤防")),) if key == "water" else ())
        for key in KEYS
    )
    shares = np.full((len(KEYS), len(KEYS)), 1 / len(KEYS))
    by_function = np.full((len(KEYS), len(TOPICS)), 1 / len(TOPICS))
    topics = TopicModel(TOPICS, TOPICS, head(TOPICS), 1.0, (0.3,) * 3, by_function, 0.5)
    return Router(
        name="small",
        encoder=maker.encoder,
        functions=known,
        topics=topics,
        units=UnitModel(KEYS, head(KEYS), head(KEYS), shares, 0.5, 0.5, 0.5),
        detector=Detector(head(("proposal",)), 0.1, 0.4, frozenset("".join(TEXTS))),
        curve=(CurvePoint(0.9, 100, 95), CurvePoint(0.5, 300, 250)),
        duties=DutyIndex(known),
    )


def _digester(rng: Random):
    from nlp.heads.trees import Trees
    from nlp.summarize import features, outcome, profile, quality, roles, scorer
    from nlp.summarize.digester import Digester

    maker = _Maker(rng)

    def size(columns: int) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros(columns, np.float32), np.ones(columns, np.float32)

    nodes = np.array([[0, -1, -1]], np.int16)
    left, right = np.array([[1, 0, 0]], np.int16), np.array([[2, 0, 0]], np.int16)
    values = np.array([[0, 0.2, 0.8]], np.float32)
    trees = Trees(0.1, nodes, np.zeros((1, 3), np.float32), left, right, values)
    described = size(profile.COLUMNS)
    return Digester(
        name="small",
        encoder=maker.encoder,
        roles=roles.RoleReader(maker.head(roles.ROLES), *size(len(features.NAMES))),
        scorer=scorer.ClauseScorer(maker.head(("value",)), trees),
        outcomes=outcome.OutcomeModel(
            maker.encoder,
            maker.head(outcome.OUTCOMES),
            *described,
            1.0,
            {"phrase": 0.9, "letter": 0.8},
        ),
        doubts=quality.FlagModel(
            maker.head(quality.LEARNED), *described, tuple(0.5 for _ in quality.LEARNED)
        ),
    )
