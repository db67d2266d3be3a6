"""`route`, `check`, `evaluate`, `train`, `inspect` and `doctor` in use and misuse."""

from __future__ import annotations

import json

import pytest

LABELLED = """\
编号,案由,类别,主办单位,会办单位
1,关于增建公办幼儿园的建议,民生福祉,县教体局,县财政局
2,关于青石河清淤的建议,生态环境,县水利局,
3,关于修建图书馆的建议,文化旅游,火星局,
"""


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "标注.csv"
    path.write_text(LABELLED, encoding="utf-8")
    return path


def test_route_explains(fenban, small_model):
    ran = fenban("route", "关于增建公办幼儿园的建议", "--model", small_model, "--place", "county")
    assert (ran.code, ran.err) == (0, "")
    for word in ("标题：", "主题：", "主办（", "会办：", "处理："):
        assert word in ran.out


def test_route_and_classify_agree(fenban, classify, small_model):
    title = "关于增建公办幼儿园的建议"
    routed = fenban("route", title, "--json", "--model", small_model).records[0]
    listed = classify("-", stdin=title.encode()).records[0]
    assert {**listed, "id": routed["id"]} == routed


@pytest.mark.parametrize("title", ["", "   "])
def test_route_of_nothing(fenban, small_model, title):
    ran = fenban("route", title, "--model", small_model)
    assert ran.code == 3
    assert "标题和正文都是空的" in ran.out


@pytest.mark.parametrize("title", ["。。。", "😀", "x" * 100_000, "\u202eا", "\udcff关于"])
def test_route_of_odd_texts(fenban, small_model, title):
    ran = fenban("route", title, "--model", small_model)
    assert ran.code == 0
    assert "处理：" in ran.out


def test_route_reads_standard_input(fenban, small_model):
    ran = fenban("route", "-", "--model", small_model, stdin="关于修路的建议\n路坏了".encode())
    assert "标题：关于修路的建议" in ran.out
    assert "没有内容" in fenban("route", "-", "--model", small_model).refused()


def test_check_counts_without_classifying(fenban, table):
    ran = fenban("check", table)
    assert ran.code == 3
    assert "可用提案：3 件；出错：1 件" in ran.out
    assert "提案.csv 第4行" in ran.out


def test_evaluate_a_table_with_local_unit_names(fenban, small_model, gold, tmp_path):
    numbers = tmp_path / "新" / "数.json"
    ran = fenban("evaluate", gold, "--model", small_model, "--place", "county", "--json", numbers)
    assert ran.code == 0
    assert "火星局" in ran.err
    found = json.loads(numbers.read_text("utf-8"))
    assert found["rows"] == 3
    assert found["lead"]["rows"] == 2
    assert ran.out


def test_evaluate_never_overwrites_its_gold(fenban, small_model, gold, tmp_path):
    before = gold.read_bytes()
    said = fenban("evaluate", gold, "--model", small_model, "--json", gold).refused(2)
    assert "就是输入文件" in said
    assert gold.read_bytes() == before
    assert "是文件夹" in fenban("evaluate", gold, "--json", tmp_path).refused(2)


def test_evaluate_without_labels(fenban, small_model, table):
    assert "没有认得出的标注" in fenban("evaluate", table, "--model", small_model).refused()


def test_train_refuses_what_is_no_corpus_and_keeps_foreign_folders(fenban, tmp_path, small_corpus):
    empty = tmp_path / "空.jsonl"
    empty.write_bytes(b"")
    assert fenban("train", empty, "--out", tmp_path / "m", "--quiet").refused()
    own = tmp_path / "我的"
    own.mkdir()
    (own / "要紧.txt").write_text("x")
    said = fenban("train", small_corpus, "--out", own, "--quiet").refused()
    assert "不是模型目录" in said
    assert [p.name for p in own.iterdir()] == ["要紧.txt"]


@pytest.mark.parametrize("spec", ["foo", "ngrams:5-2", "ngrams:x", ""])
def test_train_refuses_unknown_encoders(fenban, small_corpus, tmp_path, spec):
    ran = fenban("train", small_corpus, "--out", tmp_path / "m", "--encoder", spec, "--quiet")
    assert ran.code in (1, 2)
    assert not ran.unforeseen
    assert not (tmp_path / "m").exists()


def test_inspect_tells_what_is_inside(fenban, small_model):
    ran = fenban("inspect", small_model)
    assert ran.code == 0
    assert "sha256 相符" in ran.out


def test_doctor_finds_this_installation_whole(fenban):
    ran = fenban("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert "✗" not in ran.out


def test_doctor_tells_what_is_missing(fenban, monkeypatch):
    from nlp import doctor

    monkeypatch.setattr(doctor, "CORE", ("没有这个包",))
    ran = fenban("doctor")
    assert ran.code == 1
    assert "✗ 缺少 没有这个包" in ran.out
