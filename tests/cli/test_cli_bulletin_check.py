"""`fenban bulletin check`, called as the command calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.cli.bulletin_check import check
from nlp.errors import InputError

SOUND = """\
云溪县人民政府关于政协提案办理情况的报告

今年，县政府共承办提案163件。已经解决或基本解决的110件，占67.5%；列入计划逐步解决的43件，占26.4%；\
受条件限制暂时不能解决的10件，占6.1%。面商率、办复率均为100%。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(SOUND, encoding="utf-8")
    return file


def test_a_sound_report(report, capsys):
    check(str(report))
    assert "没有发现问题" in capsys.readouterr().out


def test_a_fault_with_sentence_and_arithmetic(report, capsys):
    report.write_text(SOUND.replace("26.4%", "24.6%"), encoding="utf-8")
    check(str(report))
    out = capsys.readouterr().out
    assert "错误 1 处，提示 0 处" in out
    assert "【错误】" in out
    assert "算式：43÷163＝26.4%，文中为24.6%" in out
    assert "原句：" in out


def test_json(report, capsys):
    report.write_text(SOUND.replace("26.4%", "24.6%"), encoding="utf-8")
    check(str(report), as_json=True)
    record = json.loads(capsys.readouterr().out)
    assert record["kind"] == "proposal"
    assert record["checked"] > 6
    (found,) = record["findings"]
    assert set(found) == {"severity", "code", "message", "arithmetic", "sentence", "figures"}
    assert (found["severity"], found["code"]) == ("错误", "share_wrong")
    assert found["figures"] == ["shares.planned"]


def test_a_report_without_figures_says_so(report, capsys):
    report.write_text(
        "云溪县人民政府关于政协提案办理情况的报告\n\n今年，提案办理工作取得新成绩。\n",
        encoding="utf-8",
    )
    check(str(report))
    captured = capsys.readouterr()
    assert "没有可核对的内容" in captured.out
    assert "提示：" in captured.err


def test_a_file_that_is_no_report_is_refused(tmp_path):
    file = tmp_path / "other.txt"
    file.write_text("关于2024年财政预算执行情况的报告\n\n财政收入增长5%。\n", encoding="utf-8")
    with pytest.raises(InputError):
        check(str(file))
