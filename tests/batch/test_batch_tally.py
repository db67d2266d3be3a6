"""Counts of a run, and of a dry run."""

from __future__ import annotations

import pytest
from batch_samples import MIXED

from nlp.batch.survey import LONG_BODY, SHOWN, survey
from nlp.batch.tally import Tally
from nlp.io.read import Source
from nlp.types import Proposal, RowError, RowRef


def test_closing_line_and_exit_code():
    tally = Tally()
    assert list(tally.watch(MIXED)) == MIXED
    assert tally.exit_code == 3
    assert tally.closing_line() == (
        "共 6 件，完成 5 件，出错 1 件，可自动分办 2 件，请复核 2 件，不像提案 1 件。"
    )


def test_a_clean_run_mentions_no_errors():
    tally = Tally()
    list(tally.watch(MIXED[:2]))
    assert tally.exit_code == 0
    assert tally.closing_line() == "共 2 件，完成 2 件，可自动分办 1 件，请复核 1 件。"


@pytest.mark.parametrize("errors", [0, 1, SHOWN + 3])
def test_survey(errors):
    fine = [
        Proposal("1", "关于甲的建议", "", RowRef("a.csv", None, 2)),
        Proposal("2", "关于甲的建议", "长" * (LONG_BODY + 1), RowRef("a.csv", None, 3)),
    ]
    broken = [RowError(str(n), "", f"坏{n}", RowRef("a.csv", None, n + 4)) for n in range(errors)]
    found = survey(Source(iter([*fine, *broken]), ("a.csv",), ["注意"]))
    told = list(found.lines())
    assert found.exit_code == (3 if errors else 0)
    assert f"可用提案：2 件；出错：{errors} 件" in told
    assert "没有正文的：1 件（只按标题判断）" in told
    assert "标题重复的：1 组，例如“关于甲的建议”出现 2 次" in told
    assert f"正文超过 {LONG_BODY} 字的：1 件，例如 a.csv 第3行" in told
    assert "提示：注意" in told
    assert sum(line.startswith("出错：") for line in told) == min(errors, SHOWN)
    assert any("另有 3 处出错" in line for line in told) == (errors > SHOWN)
