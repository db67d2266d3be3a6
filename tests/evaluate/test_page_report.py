"""The routing report as a file: what it says, what it holds, that it is safe."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html
from page_samples import OPTIONS, Skill, answered, content

from nlp.evaluate.page.report import routing_report
from nlp.evaluate.page.sheets import SHOWN
from nlp.evaluate.run import examine


@pytest.fixture(scope="module")
def page():
    return routing_report(content())


@pytest.fixture(scope="module")
def tree(page):
    return html.fromstring(page)


def flat(element):
    return " ".join(element.text_content().split())


def section(tree, name):
    (found,) = tree.xpath(f"//section[h2[@id='{name}']]")
    return found


def test_the_first_screen_says_what_was_measured_and_whether_it_is_good_enough(tree):
    assert tree.get("lang") == "zh-CN"
    assert tree.xpath("//h1")[0].text == "分办评测"
    opening = flat(tree.xpath("//h1/following-sibling::p")[0])
    assert opening.startswith("拿 256 件有标准答案的提案建议考模型 甲@1、乙@22")
    assert "与不用模型的 1 种简单办法比较" in opening
    counts = [[flat(cell) for cell in row] for row in tree.xpath("(//table)[1]/tbody/tr")]
    assert [row[:3] for row in counts] == [
        ["主题", "204", "52"],
        ["主办", "224", "32"],
        ["会办", "224", "32"],
    ]
    assert "件有争议" in counts[0][3]
    good, bad = (flat(box) for box in tree.xpath("//div[contains(@class, 'answer')]"))
    assert "还说不准" in good
    assert "要求准确率 95% 时，每 100 件里约 82 件可以不看就分出去" in good
    assert "每 100 件里约 96 件主办单位是对的（95% 区间 92–99）" in good
    assert bad.startswith("✗不够好：不要自动分办")


def test_headlines_are_sentences_with_intervals(tree):
    first = tree.xpath("(//div[@class='headlines'])[1]")[0]
    assert first.xpath("div/h4/text()") == ["主题", "主办", "会办"]
    texts = [flat(line) for line in first.xpath(".//li/span")]
    assert all(re.search(r"约 \d+ [件个].*（95% 区间 \d+–\d+）。", text) for text in texts)
    assert any("只看有争议的件" in text for text in texts)


def test_warnings_stand_on_the_first_screen(tree):
    remarks = [flat(item) for item in tree.xpath("(//ul[@class='verdict'])[1]/li")]
    assert remarks[0].startswith("✗不合格：甲@1 没有达到门槛")
    assert "有 1 件与模型的训练语料相同或几乎相同" in remarks[1]
    other = [flat(item) for item in tree.xpath("(//ul[@class='verdict'])[2]/li")]
    assert not any("门槛" in text for text in other)  # the gate is the first model's
    assert "最常见：<i>某站×2" in flat(tree.xpath("//ul[@class='notes']")[0])


def test_every_part_has_a_section_that_the_contents_name(tree):
    linked = [link.get("href")[1:] for link in tree.xpath("//nav/a")]
    assert linked == tree.xpath("//section/h2/@id")
    assert set(linked) >= {
        "gate",
        "compared",
        "curves",
        "labels",
        "pairs",
        "errors",
        "confusion",
        "slices",
        "mistakes",
        "doubts",
        "leakage",
        "numbers",
    }


def test_curves_can_be_read_without_seeing_them(tree):
    plots = section(tree, "curves").xpath(".//figure/svg")
    assert len(plots) == 3
    assert all(len(plot.xpath("g[polyline]")) == 2 for plot in plots)
    assert "全办时错" in plots[0].get("aria-label")
    for picture in tree.xpath("//svg"):
        assert picture.get("aria-label") or picture.get("aria-hidden") == "true"


def test_confusions_count_every_row(tree):
    grids = section(tree, "confusion").xpath(".//table[contains(@class, 'grid')]")
    totals = [sum(int(cell.text) for cell in grid.xpath("tbody/tr/td")) for grid in grids]
    assert totals == [204, 224, 204, 224]
    heads = grids[1].xpath("thead/tr/th")
    assert flat(heads[-1]) == "其他"
    assert "标注和所判都在其中的" in flat(section(tree, "confusion"))
    shade = re.search(r"([\d.]+)\)$", grids[0].xpath("tbody/tr/td")[0].get("style"))
    assert 0.4 < float(shade[1]) <= 0.55


def test_errors_with_evidence_doubts_and_leaks(tree):
    row = flat(section(tree, "mistakes").xpath(".//tbody/tr")[0])
    assert "r0，有争议" in row
    assert "97.0%" in row
    assert "用词：“<b>河道”；职责：水利" in row
    doubts = section(tree, "doubts")
    assert [flat(h) for h in doubts.xpath("h3")] == [
        f"{task}，甲@1：{what}"
        for task in ("主题", "主办")
        for what in ("可能标错的", "标得不一样的")
    ]
    assert "关于修路的提案（r3）：公安" in flat(doubts)
    assert "88.9%" not in flat(section(tree, "leakage"))
    assert "t9" in flat(section(tree, "leakage"))


def test_the_gate_line_by_line(tree):
    rows = [flat(row) for row in section(tree, "gate").xpath(".//tbody/tr")]
    assert len(rows) == 2
    assert "✓ 合格" in rows[0]
    assert "✗ 不合格" in rows[1]
    assert "topics.accuracy" in rows[1]


def test_every_head_has_a_scope_and_every_column_its_cells(tree):
    assert all(head.get("scope") in ("col", "row") for head in tree.xpath("//th"))
    for table in tree.xpath("//table[contains(@class, 'sheet')]"):
        width = len(table.xpath("thead/tr/th"))
        assert {len(row) for row in table.xpath("tbody/tr")} == {width}


def test_texts_cannot_become_markup(page, tree):
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//i[text()] | //td/b | //th/b")
    assert "gold&lt;1&gt;.jsonl" in page


def test_nothing_is_fetched(page):
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<link|<img|\ssrc=", page)


def test_one_model_without_anything_else():
    alone = replace(
        content(),
        examined=content().examined[:1],
        comparisons=(),
        analyses=(),
        notes=(),
        gate=None,
    )
    tree = html.fromstring(routing_report(alone))
    assert tree.xpath("//section/h2/@id") == ["curves", "labels", "numbers"]
    assert not tree.xpath("//ul[@class='notes']")
    assert "None" not in tree.text_content()


def test_topics_alone_and_three_rows():
    given = answered("小@1", Skill(50, 50), content().examined[0].given.found.rows[1:4])
    found = replace(given.found, leads=None, cos=None, routed=())
    topics = replace(given, functions=(), co_threshold=None, found=found)
    few = replace(content(), examined=[examine(topics, OPTIONS)], comparisons=(), analyses=())
    tree = html.fromstring(routing_report(few))
    assert "量不了能不能自动分办" in flat(tree.xpath("//div[contains(@class, 'answer')]")[0])
    assert [flat(row[0]) for row in tree.xpath("(//table)[1]/tbody/tr")] == ["主题"]


def test_what_an_empty_list_of_co_handlers_was_taken_for():
    def said(co):
        given = content().examined[0].given
        rows = tuple(
            replace(row, co=co if row.id in ("r1", "r2") else row.co) for row in given.found.rows
        )
        given = replace(given, found=replace(given.found, rows=rows))
        options = [replace(OPTIONS, empty_co_means_unknown=flag) for flag in (False, True)]
        return [flat(measured_co(examine(given, each))) for each in options]

    def measured_co(model):
        alone = replace(content(), examined=[model], comparisons=(), analyses=())
        return html.fromstring(routing_report(alone)).xpath("(//table)[1]/tbody/tr[3]/td[3]")[0]

    counted, skipped = said(())
    assert counted.startswith("请哪些单位会办；其中 2 件没写，按不需会办算")
    assert skipped == "请哪些单位会办；另有 2 件没写会办，也不计"
    assert said(("f3",)) == ["请哪些单位会办"] * 2


def test_baselines_alone():
    simple = replace(content(), examined=content().baselines, comparisons=(), analyses=())
    tree = html.fromstring(routing_report(simple))
    assert not tree.xpath("//h2[@id='answer']")
    assert "考不用模型的 1 种简单办法，看" in flat(tree.xpath("//h1/following-sibling::p")[0])


def test_nothing_examined_is_a_fault():
    with pytest.raises(ValueError):
        routing_report(replace(content(), examined=()))


def test_many_rows_are_cut_and_the_rest_is_named():
    page = routing_report(content(1200))
    (table,) = html.fromstring(page).xpath("//table[contains(@aria-label, '判得不同的件')]")
    assert len(table.xpath("tbody/tr")) == SHOWN
    left = len(content(1200).comparisons[0].disagreements) - SHOWN
    assert f"另有 {left} 行，见 JSON" in page
    assert len(page.encode()) < 2_000_000
