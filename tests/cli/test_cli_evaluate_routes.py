"""`fenban evaluate` of routing: comparisons, baselines, leaks and gates, from files to files."""

from __future__ import annotations

import json
import shutil

import pytest

GOLD = """\
案由,类别,主办单位,会办单位
关于增建公办幼儿园的建议,民生福祉,县教育局,
关于整治河道排污的提案,生态环境,县生态环境局,县水利局
关于打通断头路的议案,民生福祉,县交通运输局,
关于修建农村公路的建议,民生福祉,县交通运输局,
关于解决山区吃水困难的提案,民生福祉,县水利局,
"""


@pytest.fixture
def gold(tmp_path):
    file = tmp_path / "标注.csv"
    file.write_text(GOLD, encoding="utf-8")
    return file


@pytest.fixture
def twin(small_model, tmp_path):
    """Return a copy of the model under another name: the manifest alone is different."""
    folder = tmp_path / "另一个"
    shutil.copytree(small_model, folder)
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(manifest | {"seed": 99}), encoding="utf-8")
    return folder


@pytest.fixture
def measure(fenban, gold, small_model, tmp_path):
    """Measure the small model with further options; return what ran, and the numbers."""

    def run(*options, at=gold):
        numbers = tmp_path / "数.json"
        asked = ("evaluate", at, "--model", small_model, "--place", "county")
        ran = fenban(*asked, *options, "--json", numbers)
        return ran, json.loads(numbers.read_text("utf-8")) if numbers.is_file() else None

    return run


def test_every_figure_has_an_interval(measure):
    ran, found = measure()
    assert ran.code == 0, ran
    assert "95% 区间" in ran.out
    interval = found["intervals"]["lead.top1"]
    assert interval["low"] <= found["lead"]["top1"] == interval["value"] <= interval["high"]


def test_two_models_are_compared_on_the_same_rows(measure, twin):
    ran, found = measure("--model", twin)
    assert ran.code == 0, ran
    (comparison,) = found["comparisons"]
    assert comparison["disagreements"] == []
    assert {each["verdict"] for each in comparison["differences"]} == {"open"}
    assert "看不出差别" in ran.out
    assert len(found["models"]) == 2


def test_the_same_model_twice_is_no_comparison(measure, small_model):
    ran, found = measure("--model", small_model)
    assert "给了两次" in ran.refused(2)
    assert found is None


def test_baselines_stand_beside_the_model(measure):
    _, found = measure("--baseline")
    names = ["baseline:majority", "baseline:rules", "baseline:nearest"]
    assert [each["model"] for each in found["baselines"]] == names
    assert [each["second"] for each in found["comparisons"]] == names


def test_errors_are_analysed(measure):
    _, found = measure()
    tasks = {each["task"]: each for each in found["analysis"]["tasks"]}
    assert tasks.keys() == {"topics", "lead"}
    wrong = tasks["lead"]["wrong"]
    assert len(tasks["lead"]["mistakes"]) == wrong
    assert found["analysis"]["model"].startswith(f"{found['model_name'].split('@')[0]}@")


def test_rows_that_the_model_has_learned_are_named_and_left_out(measure, small_corpus, gold):
    rows = [json.loads(line) for line in small_corpus.read_text("utf-8").splitlines()[:12]]
    known = "".join(f"{row['title']},民生福祉,县教育局,\n" for row in rows)
    gold.write_text(GOLD + known, encoding="utf-8")
    _, found = measure("--trained-on", small_corpus)
    leaks = found["analysis"]["leakage"]["pairs"]
    assert leaks
    assert {leak["title"] for leak in leaks} <= {row["title"] for row in rows}
    ran, rest = measure("--trained-on", small_corpus, "--drop-leaked")
    assert rest["rows"] == found["rows"] - len(leaks)
    assert f"去掉了 {len(leaks)} 件" in ran.err


def test_a_gate_that_is_passed_and_one_that_is_missed(measure, tmp_path):
    gate = tmp_path / "门槛.yaml"
    gate.write_text("floors: {lead.top3: 0.0}\n", encoding="utf-8")
    ran, found = measure("--gate", gate)
    assert (ran.code, found["gate"]["passed"]) == (0, True)
    gate.write_text("floors: {lead.top3: 0.0}\nceilings: {decision.auto: -1}\n", encoding="utf-8")
    assert measure("--gate", gate)[0].code == 1
    gate.write_text("floors: {topics.accuracy: 1.0, lead.top1: 1.0}\n", encoding="utf-8")
    ran, found = measure("--gate", gate)
    assert (ran.code, found["gate"]["passed"]) == (4, False)
    assert "不要换用" in ran.err


def test_a_gate_against_the_model_in_use(measure, twin, tmp_path):
    gate = tmp_path / "门槛.yaml"
    gate.write_text(f"not_worse_than: {twin.name}\nfigures: [lead.top1]\n", encoding="utf-8")
    ran, found = measure("--gate", gate)
    assert ran.code == 0, ran
    assert [line["rule"] for line in found["gate"]["lines"]] == ["not_worse"]


def test_the_page_holds_everything(measure, twin, tmp_path):
    page = tmp_path / "报告.html"
    ran, _ = measure("--model", twin, "--baseline", "--out", page)
    assert ran.code == 0, ran
    text = page.read_text("utf-8")
    assert "找最相似的旧件" in text
    assert "标注.csv" in text


@pytest.mark.parametrize("option", [("--baseline",), ("--drop-leaked",), ("--split", "test")])
def test_options_that_replies_have_not(fenban, option, tmp_path):
    said = fenban("evaluate", tmp_path / "x.jsonl", "--task", "replies", *option).refused(2)
    assert option[0] in said


def test_a_split_is_for_data_sets(measure):
    ran, _ = measure("--split", "test")
    assert "数据集" in ran.refused(2)


def test_labels_that_look_like_markup_are_printed_as_they_stand(measure, gold):
    rows = [
        {"title": f"关于修建农村公路的建议{n}", "topics": [label], "lead": label}
        for n, label in enumerate(["livelihood", "[/red]", "[bold]x"])
    ]
    file = gold.with_suffix(".jsonl")
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    ran, found = measure("--baseline", at=file)
    assert ran.code == 0, ran
    assert "[/red]" in ran.out
    assert found["topics"]["rows"] == 3


def test_rows_that_cannot_be_read_make_it_a_partial_success(measure, gold, tmp_path):
    gold.write_text(GOLD + ",民生福祉,县教育局,\n", encoding="utf-8")
    ran, found = measure()
    assert (ran.code, found["rows"]) == (3, 5)
    assert "第7行" in ran.err
    gate = tmp_path / "门槛.yaml"
    gate.write_text("floors: {topics.accuracy: 1.0, lead.top1: 1.0}\n", encoding="utf-8")
    assert measure("--gate", gate)[0].code == 4


def test_a_report_overwrites_no_gate_and_is_no_workbook(measure, tmp_path):
    gate = tmp_path / "门槛.yaml"
    gate.write_text("floors: {lead.top3: 0.0}\n", encoding="utf-8")
    assert "输入文件" in measure("--gate", gate, "--out", gate)[0].refused(2)
    assert gate.read_text("utf-8") == "floors: {lead.top3: 0.0}\n"
    ran, _ = measure("--out", tmp_path / "报告.xlsx")
    assert "报告.html" in ran.refused(2)
    assert not (tmp_path / "报告.xlsx").exists()


def test_what_is_known_of_the_training_rows_is_said(measure, tmp_path):
    assert "找不到" in measure("--trained-on", tmp_path / "没有")[0].refused()
    ran, _ = measure("--drop-leaked")
    assert "去掉了 0 件" in ran.err
    assert "没有检查标准答案是否与训练语料重复" in ran.err


def test_baselines_need_topics_or_leads(measure, gold):
    gold.write_text("案由,会办单位\n关于河道的提案,县水利局\n", encoding="utf-8")
    ran, found = measure("--baseline")
    assert (ran.code, found["baselines"]) == (0, [])
    assert "没有可比的" in ran.err


def test_a_model_for_digests_is_named(fenban, gold):
    from nlp.shipped import shipped

    said = fenban("evaluate", gold, "--model", shipped("models") / "replies").refused()
    assert "写摘要的模型" in said
    assert "No such file" not in said


def test_hints_name_no_option_that_the_command_lacks(fenban, gold):
    gold.write_text("编号,类别\n1,生态环境\n", encoding="utf-8")
    said = fenban("evaluate", gold).refused()
    assert "请把列名改成" in said


@pytest.mark.parametrize("option", ["--out", "--json"])
def test_nothing_is_written_among_the_gold_files(fenban, gold, option):
    gold.with_name("旧.html").write_text("", "utf-8")
    before = gold.read_bytes()
    for name in (gold.name, "旧.html", "报告.html"):
        said = fenban("evaluate", gold.parent, option, gold.parent / name).refused(2)
        assert "标准答案的文件夹里" in said
    assert gold.read_bytes() == before
    assert not gold.with_name("报告.html").exists()
