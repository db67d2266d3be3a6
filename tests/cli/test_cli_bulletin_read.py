"""`fenban bulletin read`, called as a user calls it; the report is invented."""

from __future__ import annotations

import json

import pytest

from nlp.cli.app import app
from nlp.corpus.rows import load_rows

REPORT = """云汐县人民政府关于2024年政协提案办理情况的通报
今年共承办提案120件，面商率、办复率均达100%。
——围绕产业转型升级建言献策。此类提案42件。林知夏委员提出的《关于支持陶瓷企业技改的提案》，县工信局安排资金300万元。
——围绕保护碧水蓝天建言献策。此类提案9件。沈南星委员提出的《关于治理西岭河垃圾的提案》，县水利局清理河道12公里。
"""


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_json_has_the_contracts_keys(fenban, report):
    ran = fenban("bulletin", "read", str(report), "--json", "--model", "none")
    assert ran.code == 0
    record = json.loads(ran.out)
    assert list(record)[:5] == ["kind", "place", "stats", "cases", "figure_errors"]
    assert record["stats"] == {
        "handled": 120,
        "rates": {"consulted": 100, "replied": 100},
        "topics": {"industry": 42, "ecology": 9},
    }
    assert {"title", "proposer", "topics", "units", "outcome", "reply", "points"} <= set(
        record["cases"][0]
    )
    for figure in record["figures"]:
        start, end = figure["span"]
        assert record["text"][start:end] in figure["sentence"]


def test_the_screen_shows_figures_with_their_sentence_and_what_was_cut(fenban, report):
    text = REPORT + "感谢各位委员对提案工作的支持，我们将作出新的贡献！\n" * 9
    report.write_text(text + "云汐县举办龙舟赛\n12支队伍参赛。\n", encoding="utf-8")
    ran = fenban("bulletin", "read", str(report), "--model", "none")
    assert ran.code == 0
    for words in (
        "政协提案",
        "云汐县",
        "面商率",
        "100%",
        "关于治理西岭河垃圾的提案",
        "没有读的内容",
    ):
        assert words in ran.out


def test_cases_become_rows_that_training_reads(fenban, report, tmp_path):
    corpus = tmp_path / "past.jsonl"
    ran = fenban("bulletin", "read", str(report), "--corpus", str(corpus), "--model", "none")
    assert (ran.code, "2 件案例" in ran.err) == (0, True)
    rows = load_rows([corpus])
    assert [row.topics for row in rows] == [("industry",), ("ecology",)]
    assert rows[1].lead == "water"


def test_a_models_topics_are_no_labels(fenban, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(
        "云汐县人民政府关于提案办理情况的通报\n林知夏委员提出的《关于增建幼儿园的提案》，县教育局新建2所。",
        encoding="utf-8",
    )
    corpus = tmp_path / "past.jsonl"
    ran = fenban("bulletin", "read", str(file), "--json", "--corpus", str(corpus))
    case = json.loads(ran.out)["cases"][0]
    assert (case["topics"], case["topic_source"]) == (["livelihood"], "model")
    assert load_rows([corpus])[0].topics is None


def test_a_scheme_of_its_own_gives_no_label(fenban, report, tmp_path):
    text = REPORT.replace("围绕产业转型升级建言献策", "城乡建设方面")
    report.write_text(text, encoding="utf-8")
    corpus = tmp_path / "past.jsonl"
    ran = fenban("bulletin", "read", str(report), "--json", "--corpus", str(corpus))
    assert json.loads(ran.out)["cases"][0]["topics"] == ["城乡建设"]
    assert [row.topics for row in load_rows([corpus])] == [None, ("ecology",)]


def test_a_folder_and_another_genre_are_refused(fenban, tmp_path):
    assert "文件夹" in fenban("bulletin", "read", str(tmp_path)).refused()
    file = tmp_path / "budget.txt"
    file.write_text("云汐县2024年财政预算执行情况的报告\n收入12亿元。", encoding="utf-8")
    assert "不是提案或建议办理" in fenban("bulletin", "read", str(file)).refused()


def test_the_corpus_may_not_overwrite_the_report(fenban, report):
    assert "盖掉" in fenban("bulletin", "read", str(report), "--corpus", str(report)).refused(2)
    assert report.read_text(encoding="utf-8") == REPORT


def test_the_corpus_is_jsonl_and_a_table_no_report(fenban, report, tmp_path):
    assert ".jsonl" in fenban("bulletin", "read", report, "--corpus", tmp_path / "a.csv").refused(2)
    assert not (tmp_path / "a.csv").exists()
    table = tmp_path / "登记.csv"
    table.write_text("编号,案由\n1,关于路的建议\n", "utf-8")
    assert "bulletin write" in fenban("bulletin", "read", table).refused()


def test_the_commands_are_in_the_table():
    assert "bulletin" in {group.name for group in app.registered_groups}
