"""A tiny workplace: a corpus of eight rows, a data folder, and a system that knows the answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from benchmarks.encoders.rows import MESSAGES, PROVINCIAL, REAL
from benchmarks.encoders.system import Cores, Entry, Target
from benchmarks.encoders.workplace import Workplace

OWN = (
    ("学校食堂", "livelihood", "education"),
    ("河道垃圾", "ecology", "water"),
    ("宽带资费", "industry", "telecom"),
    ("企业用工", "industry", "industry_it"),
)


def write_rows(file: Path, rows) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_csv(file: Path, head, rows) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [",".join(head), *(",".join(row) for row in rows)]
    file.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    own = [
        {"id": f"A-{i}", "title": f"{title}问题", "topics": [topic], "lead": lead, "weight": 0.5}
        for i, (title, topic, lead) in enumerate(OWN)
    ]
    own[0]["body"] = "食堂太小。"
    write_rows(tmp_path / "corpus/train/a.jsonl", own)
    write_rows(tmp_path / "corpus/test.jsonl", own)
    real = [
        {"title": "学校食堂", "topics": ["livelihood"], "lead": "education"},
        {"title": "河道垃圾", "topics": ["ecology"], "lead": "telecom"},
        {"title": "宽带资费", "topics": ["industry"], "lead": "industry_it"},
        {"title": "企业用工", "topics": ["livelihood"], "ambiguous": True},
    ]
    write_rows(tmp_path / "data" / REAL, real)
    labels = ("甲", "乙")
    subjects = ("路灯", "水管")
    messages = [
        (f"{subjects[i % 2]}{chr(0x4E00 + 97 * i)}" * 4, "很久了", labels[i % 2]) for i in range(30)
    ]
    write_csv(tmp_path / "data" / MESSAGES, ("title", "detail", "label"), messages)
    proposals = [(str(i), f"第{chr(0x5000 + i)}件", "正文", labels[i % 2]) for i in range(16)]
    head = ("id", "title", "body", "category")
    write_csv(tmp_path / "data" / PROVINCIAL, head, proposals)
    return Workplace(
        tmp_path / "data", bench=tmp_path / "bench", corpus=tmp_path / "corpus", models=tmp_path
    )


@dataclass
class Oracle:
    """Gives every text the label of the first training text that shares its first two characters.

    Counts what it was shown, so that tests see how often it learned and of what.
    """

    remark: str = ""
    known: dict[str, str] = field(default_factory=dict)
    fits: list[tuple[int, float]] = field(default_factory=list)

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.known.values())))

    def fit(self, texts, labels, weights) -> None:
        self.fits.append((len(texts), float(weights.sum())))
        for text, label in zip(texts, labels, strict=True):
            self.known.setdefault(text.whole[:2], label)

    def predict_scores(self, texts):
        found = [self.known.get(text.whole[:2], self.classes[0]) for text in texts]
        return np.array([[float(one == label) for label in self.classes] for one in found])

    def size(self) -> int:
        return 2_500_000


@dataclass
class Peers:
    """An entry named `oracle`, and every system that it built."""

    built: list[tuple[Target, Oracle]] = field(default_factory=list)

    def entry(self, **changes) -> Entry:
        settings = {"name": "oracle", "about": "knows", "cores": Cores.THREADS} | changes
        return Entry(build=self._build, **settings)

    def _build(self, place, target) -> Oracle:
        self.built.append((target, Oracle()))
        return self.built[-1][1]


@pytest.fixture
def peers() -> Peers:
    return Peers()
