"""The HTML reports: whole, self-contained, and safe whatever titles hold."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from jinja2 import UndefinedError
from lxml import html
from reply_samples import ROWS, contender

from nlp.errors import InputError
from nlp.evaluate.lines import Line
from nlp.evaluate.replies.report import replies_report
from nlp.evaluate.replies.run import evaluate_replies
from nlp.evaluate.report import LineTable, Origin, lines_report, render, write_report

ORIGIN = Origin("gold<1>.jsonl", "fenban evaluate gold --task replies")


@pytest.fixture(scope="module")
def page():
    return replies_report(evaluate_replies([contender()], ROWS, 120), ORIGIN)


def test_the_first_screen_says_what_was_measured_and_how_good_it_is(page):
    tree = html.fromstring(page)
    assert tree.get("lang") == "zh-CN"
    assert tree.xpath("//h1")[0].text == "答复摘要评测"
    assert "5 件" in tree.xpath("//h1/following-sibling::p")[0].text
    marks = [item.text_content().strip()[0] for item in tree.xpath("//ul[@class='verdict']/li")]
    assert set(marks) <= {"✓", "✗", "？"}
    assert len(marks) >= 4


def test_bars_of_the_model_the_baselines_and_the_reference(page):
    tree = html.fromstring(page)
    recall, likeness = tree.xpath("//div[@class='charts']/div")
    names = [bar.xpath("span")[0].text for bar in recall.xpath("div")]
    assert names == [
        "本模型",
        "开头截取",
        "去套话后的开头",
        "TextRank",
        "LexRank",
        "人写的参考摘要",
    ]
    assert len(likeness.xpath("div")) == 5
    ours = recall.xpath("div[@class='bar ours']/svg")[0]
    assert ours.xpath("rect")[0].get("width") == "50.0"
    assert len(ours.xpath("line")) == 3


def test_every_row_is_there(page):
    tree = html.fromstring(page)
    rows = tree.xpath("//table[@class='rows']/tbody/tr")
    assert [row[0].get("data-sort") for row in rows] == ["1", "2", "3", "4", "5"]
    texts = [" ".join(row.text_content().split()) for row in rows]
    assert "✓ 已解决或基本解决" in texts[0]
    assert "缺：长度" in texts[1]
    assert "原文里没有：4公里" in texts[1]
    assert "应为：解释说明或留作参考" in texts[2]
    assert "出错：模型读不了这件答复" in texts[3]
    assert "没有标题" in texts[4]
    assert rows[0][3].get("data-sort") == "1.0"
    assert rows[4][5].get("data-sort") == "9.0"


def test_confusion_and_warnings(page):
    tables = html.fromstring(page).xpath("//table[@class='grid']")
    heads = [th.text for th in tables[0].xpath("thead/tr/th")]
    assert heads[1:] == [
        "已解决或基本解决",
        "列入计划逐步解决",
        "受限暂不能解决",
        "解释说明或留作参考",
        "没有判断",
    ]
    assert [td.text for td in tables[0].xpath("tbody/tr[2]/td")] == ["0", "1", "0", "0", "1"]
    assert "没有时限（no_deadline）" in tables[1].text_content()


def test_texts_cannot_become_markup(page):
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "gold&lt;1&gt;.jsonl" in page
    assert len(html.fromstring(page).xpath("//script")) == 1


def test_nothing_is_fetched(page):
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<link|<img|\ssrc=", page)


def test_several_models_and_few_labels():
    bare = [replace(row, facts=None, summary=None, units=None, flags=None) for row in ROWS]
    two = evaluate_replies([contender("甲@1"), contender("乙@2")], bare, 120)
    page = replies_report(two, ORIGIN)
    assert page.count('<table class="rows">') == 2
    assert "甲@1" in page
    assert "None" not in page
    assert not html.fromstring(page).xpath("//div[@class='charts']/div")


def test_lines_of_several_models():
    tables = [LineTable(f"m{i}", [Line("准确率<b>", "93.1%", "判对的")]) for i in range(2)]
    page = lines_report("主题评测", tables, ORIGIN)
    tree = html.fromstring(page)
    assert [h.text for h in tree.xpath("//h2")][:2] == ["模型 m0", "模型 m1"]
    assert "准确率&lt;b&gt;" in page
    assert tree.xpath("//title")[0].text == "主题评测"


def test_a_missing_value_is_a_fault():
    with pytest.raises(UndefinedError):
        render("lines.html", ORIGIN, title="无表")


def test_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "报告.html"
    write_report(path, "好\udcff")
    assert path.read_text("utf-8") == "好?"
    with pytest.raises(InputError):
        write_report(tmp_path / "没有" / "报告.html", "好")
