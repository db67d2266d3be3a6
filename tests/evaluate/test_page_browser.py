"""The reports in a real browser: no error, no request, tables sort, no text is cut."""

from __future__ import annotations

import re

import pytest
from browser import CHROMIUM, opened
from page_samples import content
from reply_samples import ROWS, contender

from nlp.evaluate.page.report import routing_report
from nlp.evaluate.replies.report import replies_report
from nlp.evaluate.replies.run import evaluate_replies
from nlp.evaluate.report import Origin, write_report

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="需要 Debian 的 chromium（apt-get install chromium）"
)
SCREENS = (1280, 390)
PAPER = 688
"""Pixels of an A4 page between its margins."""
CUT = """
[...document.querySelectorAll("body *")].filter(e => {
  if (e.closest("script, style, title, svg") || !e.textContent.trim()) return false;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  if (!box.width || style.position === "sticky") return false;
  const inside = e.parentElement.closest(".wide");
  const width = document.documentElement.clientWidth;
  const scrolls = getComputedStyle(e).overflowX === "auto";
  const hidden = !scrolls && style.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1;
  return hidden || (!inside && box.right > width + 1) || box.left < -1;
}).map(e => e.outerHTML.slice(0, 120))
"""
CUT_IN_PICTURES = """
[...document.querySelectorAll("svg text")].filter(e => {
  const own = e.getBoundingClientRect(), all = e.closest("svg").getBoundingClientRect();
  return own.left < all.left - 1 || own.right > all.right + 1
      || own.top < all.top - 1 || own.bottom > all.bottom + 1;
}).map(e => e.textContent)
"""
DARK = """
[...document.querySelectorAll("body, body *")].map(e => getComputedStyle(e).backgroundColor)
  .map(c => c.match(/[\\d.]+/g).map(Number))
  .filter(([r, g, b, a = 1]) => a > 0 && (r + g + b) * a / 3 + 255 * (1 - a) < 90).length
"""
SORTED = """
(async () => {
  const found = [];
  for (const table of document.querySelectorAll("table")) {
    const buttons = [...table.querySelectorAll("th button")];
    for (const button of buttons) {
      const head = button.parentElement, rows = () => [...table.tBodies[0].rows];
      const keys = () => rows().map(row => row.cells[head.cellIndex].dataset.sort
                                         ?? row.cells[head.cellIndex].textContent.trim());
      const before = new Set(rows());
      button.click();
      const up = keys(), said = head.getAttribute("aria-sort");
      button.click();
      const down = keys();
      const whole = rows().length === before.size && rows().every(row => before.has(row));
      found.push({up, down, said: [said, head.getAttribute("aria-sort")], whole,
                  heads: table.querySelectorAll("th[aria-sort]").length});
    }
  }
  return found;
})()
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    replies = evaluate_replies([contender()], ROWS, 120)
    write_report(folder / "分办.html", routing_report(content()))
    write_report(folder / "答复.html", replies_report(replies, Origin("gold", "fenban evaluate")))
    return {path.stem: path for path in folder.iterdir()}


@pytest.mark.parametrize("width", SCREENS)
@pytest.mark.parametrize("name", ["分办", "答复"])
def test_shown_whole_and_quietly(page, reports, name, width):
    page.open(reports[name], width)
    assert page.run("innerWidth") == width
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run(CUT) == []
    assert page.run(CUT_IN_PICTURES) == []
    page.run(SORTED)
    assert page.said("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded") == []
    asked = [each["request"]["url"] for each in page.said("Network.requestWillBeSent")]
    assert asked == [reports[name].as_uri()]


@pytest.mark.parametrize("width", SCREENS)
def test_wide_tables_scroll_in_their_own_box(page, reports, width):
    page.open(reports["分办"], width)
    boxes = page.run(
        '[...document.querySelectorAll(".wide")].map(e => [e.scrollWidth, e.clientWidth,'
        " getComputedStyle(e).overflowX, e.tabIndex])"
    )
    assert boxes
    assert {(how, tab) for _, _, how, tab in boxes} == {("auto", 0)}
    assert any(scroll > shown for scroll, shown, _, _ in boxes) == (width < 600)


def numbers(keys):
    return [float(key) for key in keys]


@pytest.mark.parametrize("name", ["分办", "答复"])
def test_tables_sort_by_every_head(page, reports, name):
    page.open(reports[name], 1280)
    found = page.run(SORTED)
    assert len(found) > 3
    numeric = 0
    for each in found:
        assert each["whole"]
        assert each["heads"] == 1
        assert each["said"] == ["ascending", "descending"]
        assert sorted(each["up"]) == sorted(each["down"])
        if all(re.fullmatch(r"-?\d+(\.\d+)?", key) for key in each["up"]):
            numeric += 1
            assert numbers(each["up"]) == sorted(numbers(each["up"]))
            assert numbers(each["down"]) == sorted(numbers(each["up"]), reverse=True)
        else:  # equal texts stand together, whatever order the language gives them
            runs = [key for n, key in enumerate(each["up"]) if n == 0 or key != each["up"][n - 1]]
            assert len(runs) == len(set(runs))
    assert numeric > 2


def test_printed_on_white_paper_without_cut_tables(page, reports):
    page.open(reports["分办"], PAPER, media="print")
    assert page.run(DARK) == 0
    assert page.run(CUT) == []
    wider = page.run(
        '[...document.querySelectorAll(".wide")].filter(e => e.scrollWidth > e.clientWidth + 1)'
        ".map(e => e.getAttribute('aria-label'))"
    )
    assert wider == []


def test_long_lists_are_cut_on_paper_and_say_so(page, reports):
    shown = """[...document.querySelectorAll(".folding")].map(e => {
      const rows = [...e.querySelectorAll("tbody tr")];
      const note = getComputedStyle(document.querySelector(".paper")).display;
      return [rows.length, rows.filter(row => row.offsetHeight).length, note];
    })"""
    page.open(reports["分办"], PAPER, media="print")
    printed = page.run(shown)
    assert max(rows for rows, _, _ in printed) > 30
    assert all(seen == min(rows, 30) for rows, seen, _ in printed)
    assert {note for *_, note in printed} == {"block"}
    page.open(reports["分办"], 1280)
    assert all(rows == seen for rows, seen, _ in page.run(shown))
    assert {note for *_, note in page.run(shown)} == {"none"}
