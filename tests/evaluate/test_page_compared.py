"""Systems side by side: whose verdict it is, and what is not compared."""

from __future__ import annotations

from dataclasses import replace

from page_samples import OPTIONS, Skill, answered, content

from nlp.evaluate.compare import compare_models
from nlp.evaluate.page.compared import charts, differences, remarks, systems
from nlp.evaluate.page.labels import disagreements, lead_labels, topic_labels, unit_labels, wins
from nlp.evaluate.run import examine


def by_name(table):
    heads = [column.head for column in table.columns]
    return {row[0].text: dict(zip(heads, row, strict=True)) for row in table.rows}


def test_the_verdict_is_the_others():
    rows = by_name(systems(content()))
    assert list(rows) == ["甲@1", "乙@22", "按职责词"]
    cells = [rows[name]["主办前 1 命中"] for name in rows]
    assert [(cell.verdict, cell.mark) for cell in cells] == [
        ("", ""),
        ("更差", "bad"),
        ("更差", "bad"),
    ]
    assert rows["按职责词"]["会办 F1"].text == "—"


def test_a_comparison_serves_whichever_model_was_named_first():
    good, bad = content().models
    turned = replace(content(), comparisons=[compare_models(bad, good)])
    cell = by_name(systems(turned))["乙@22"]["主办前 1 命中"]
    assert (cell.verdict, cell.mark) == ("更差", "bad")
    assert by_name(systems(turned))["按职责词"]["主办前 1 命中"].verdict == ""
    first = replace(content(), examined=[bad, good])
    assert by_name(systems(first))["甲@1"]["主办前 1 命中"].verdict == "更好"


def test_bars_have_whiskers_and_baselines_are_grey():
    topics = charts(content())[0]
    assert [bar.ours for bar in topics.bars] == [True, True, False]
    assert all(bar.low < bar.width < bar.high for bar in topics.bars)


def test_one_system_has_nothing_to_be_compared_with():
    alone = replace(content(), examined=content().examined[:1], comparisons=())
    assert systems(alone) is None
    assert charts(alone) == ()
    assert remarks(alone, alone.models[0]) == ()


def test_remarks_on_the_best_baseline_and_on_other_models():
    good, bad = content().models
    first, second = remarks(content(), good)
    assert (first.grading, second.grading) == ("good", "good")
    assert "比不用模型的最好办法（按职责词）更好" in first.text
    assert "比模型 乙@22 更好，相差 +" in second.text
    (only,) = remarks(content(), bad)  # the baselines were compared with the first model alone
    assert (only.grading, "比模型 甲@1 更差，相差 -" in only.text) == ("bad", True)


def test_the_same_answers_leave_it_open():
    one = content().models[0]
    twin = examine(answered("丙@1", Skill(88, 90)), OPTIONS)
    both = replace(content(), examined=[one, twin], comparisons=[compare_models(one, twin)])
    (remark,) = remarks(both, one)
    assert remark.grading == "open"
    assert "与模型 丙@1 看不出差别" in remark.text


def test_shares_of_decisions_are_neither_better_nor_worse():
    table = by_name(differences(content().comparisons[0]))
    assert "可自动分办" in table
    assert not {"需要复核", "不作判断"} & set(table)
    assert table["主办前 1 命中"]["甲@1 是"].text == "更好"
    assert table["主办前 1 命中"]["相差"].text.endswith("个百分点")


def test_labels_of_each_model():
    topics = topic_labels(content())
    assert [column.head for column in topics.columns] == ["主题", "标注件数", "甲@1 F1", "乙@22 F1"]
    assert {row[0].text for row in topics.rows} == {"民生福祉", "生态环境", "产业经济"}
    leads = lead_labels(content())
    assert [row[1].by for row in leads.rows] == sorted((r[1].by for r in leads.rows), reverse=True)
    assert all(0 <= cell.width <= 100 for row in leads.rows for cell in row[2:])
    assert [row[0].text for row in unit_labels(content()).rows] == ["试县某局"]
    bare = replace(content(), examined=content().baselines)
    assert (topic_labels(bare), lead_labels(bare), unit_labels(bare)) == (None, None, None)


def test_only_labels_with_a_winner_are_listed():
    comparison = content().comparisons[0]
    table = wins(comparison)
    assert len(table.rows) == sum(w.first_only + w.second_only > 0 for w in comparison.wins)
    gaps = [abs(row[3].by - row[4].by) for row in table.rows]
    assert gaps == sorted(gaps, reverse=True)
    assert wins(replace(comparison, wins=())) is None


def test_rows_that_one_model_gets_right_come_first():
    comparison = content().comparisons[0]
    table = disagreements(comparison, content().names)
    assert len(table.rows) + table.left == len(comparison.disagreements)
    ranks = [row[-1].by for row in table.rows]
    assert ranks == sorted(ranks)
    assert table.rows[0][-1].text == "甲@1 对"
    assert (table.rows[0][3].text, table.rows[0][3].mark) == (table.rows[0][2].text, "good")
    nobody = [row for row in table.rows if row[-1].by == 3]
    assert all(row[2].text == "—" for row in nobody)
    assert disagreements(replace(comparison, disagreements=()), {}) is None
