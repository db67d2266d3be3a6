"""How far a run is, in words."""

from __future__ import annotations

import pytest

from nlp.batch.stream.run import Advance
from nlp.cli.screen import pace


@pytest.mark.parametrize(
    ("now", "seconds", "expected", "said"),
    [
        (Advance(), 0.0, None, "已处理 0 件"),
        (Advance(500, 0, 0), 3.0, 1000, "已处理 0 件"),
        (Advance(2000, 1000, 0), 2.0, None, "已处理 1000 件，每秒 500 件"),
        (Advance(2000, 1000, 0), 0.0, 9000, "已处理 1000 件"),
        (Advance(2000, 1000, 0), -5.0, 9000, "已处理 1000 件"),
        (Advance(2000, 1000, 0), 2.0, 61_000, "已处理 1000 件，每秒 500 件，约剩 2 分钟"),
        (Advance(2000, 1000, 0), 2.0, 61_001, "已处理 1000 件，每秒 500 件，约剩 3 分钟"),
        (Advance(2000, 1000, 0), 2.0, 30_000, "已处理 1000 件，每秒 500 件，剩下不到 1 分钟"),
        # what an earlier run had done took no time, and is not left
        (
            Advance(50_000, 1000, 40_000),
            2.0,
            41_500,
            "已处理 41000 件，每秒 500 件，剩下不到 1 分钟",
        ),
        # estimates may be too low
        (Advance(2000, 2000, 0), 2.0, 1900, "已处理 2000 件，每秒 1,000 件"),
        (Advance(40, 20, 0), 60.0, 80, "已处理 20 件，每分钟 20 件，约剩 3 分钟"),
    ],
)
def test_pace(now, seconds, expected, said):
    assert pace(now, seconds, expected) == said
