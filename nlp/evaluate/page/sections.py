"""What follows the first screen: one section a question, left out where nothing was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.evaluate.charts import Chart, Grid
from nlp.evaluate.page.compared import charts, differences, systems
from nlp.evaluate.page.content import PageContent, is_baseline
from nlp.evaluate.page.labels import disagreements, lead_labels, topic_labels, unit_labels, wins
from nlp.evaluate.page.plots import Plot, reliability_plots, risk_plot
from nlp.evaluate.page.sheets import Sheet
from nlp.evaluate.report import LineTable
from nlp.evaluate.tables import summary
from nlp.evaluate.words import system_name


@dataclass(frozen=True, slots=True)
class TitledGrid:
    """A confusion, whose it is, and what to know when reading it."""

    title: str
    grid: Grid
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what to know when reading it, and whatever is shown below, in this order."""

    id: str
    title: str
    note: str = ""
    points: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    plots: tuple[Plot, ...] = ()
    grids: tuple[TitledGrid, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    lines: tuple[LineTable, ...] = ()

    @property
    def filled(self) -> bool:
        return any((self.points, self.charts, self.plots, self.grids, self.sheets, self.lines))


def filled(tables: Iterable[Sheet | None]) -> tuple[Sheet, ...]:
    """Return the tables that have rows."""
    return tuple(table for table in tables if table and table.rows)


def figure_sections(content: PageContent) -> Iterator[Section]:
    """Yield what is told by figures and curves."""
    first = system_name(content.first.evaluation.model)
    yield Section(
        "compared",
        "与别的模型和简单办法比",
        f"“更好”“更差”是与 {first} 相比：换一批件来量，多半还是这样；否则写“看不出差别”。"
        "条上的细线是 95% 区间：换一批件来量，多半落在里面。",
        charts=charts(content),
        sheets=filled([systems(content)]),
    )
    risk = risk_plot(content)
    yield Section(
        "curves",
        "可以放手到什么程度，把握可不可信",
        plots=((risk,) if risk else ()) + reliability_plots(content),
    )
    yield Section(
        "labels",
        "哪些主题、哪些单位判得好",
        "件数少的几类，数字只能看个大概。F1 兼顾“判成这类的对不对”和“这类的有没有漏”，1 为全对。",
        sheets=filled([topic_labels(content), lead_labels(content), unit_labels(content)]),
    )


def pair_section(content: PageContent) -> Section:
    """Return where two models differ; baselines are compared by their figures only."""
    pairs = [
        each
        for each in content.comparisons
        if not is_baseline(each.first) and not is_baseline(each.second)
    ]
    found = [(differences(each), wins(each), disagreements(each, content.names)) for each in pairs]
    tables = filled(table for tables in found for table in tables)
    return Section("pairs", "两个模型差在哪里", sheets=tables)


def closing_section(content: PageContent) -> Section:
    """Return every number of every model."""
    tables = [
        LineTable(system_name(each.evaluation.model), summary(each.evaluation))
        for each in content.models
    ]
    return Section("numbers", "全部数字", lines=tuple(tables))
