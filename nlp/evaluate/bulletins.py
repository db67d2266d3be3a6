"""How well reports were read, for people and for programs: counts by field over all reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from nlp.evaluate.bootstrap import Drawn, Sample, resample
from nlp.evaluate.lines import Line, percent, rounded, spread

if TYPE_CHECKING:
    from rich.table import Table

SCHEMA = 1
FIELDS = {
    "kind": "提案还是建议",
    "place": "地方",
    "statistics": "统计数字",
    "titles": "所举的件",
    "topics": "件的主题",
    "units": "件的单位",
    "outcome": "件的办理结果",
    "proposer": "件的提出人",
    "points": "件的措施条数",
}
"""Fields in the order of the tables, as staff call them."""
PARTS = ("right", "missed", "extra")


class Counts(Protocol):
    """What was read of one field of one report; `wrong` names what was missed or is extra."""

    right: int
    missed: int
    extra: int
    wrong: list[str]


@dataclass(frozen=True, slots=True)
class BulletinScores:
    """All reports as one reader read them: counts by field, a mapping a report."""

    name: str
    path: str
    reports: Sequence[Mapping[str, Counts]]

    def total(self, field: str) -> dict[str, int]:
        """Return a field's counts over all reports."""
        found = [report[field] for report in self.reports if field in report]
        return {
            part: sum(getattr(each, part) for each in found)
            for part in ("right", "missed", "extra")
        }

    def figures(self) -> dict[str, Drawn]:
        """Return precision, recall and F1 of every field, reports drawn anew for intervals."""
        samples: dict[str, Sample] = {}
        for field in FIELDS:
            right, missed, extra = (
                [getattr(report[field], part) if field in report else 0 for report in self.reports]
                for part in PARTS
            )
            known = list(zip(right, missed, extra, strict=True))
            samples[f"{field}.precision"] = Sample(right, [r + e for r, _, e in known])
            samples[f"{field}.recall"] = Sample(right, [r + m for r, m, _ in known])
            twice, both = [2 * r for r in right], [2 * r + m + e for r, m, e in known]
            samples[f"{field}.f1"] = Sample(twice, both)
        return resample(samples, range(len(self.reports)))


def summary(scores: BulletinScores) -> tuple[Line, ...]:
    """Say in Chinese how well each field was read, a line a field."""
    figures = scores.figures()
    lines = [Line("报告", f"{len(scores.reports)} 份", "区间按整份报告重新抽取，份数少就很宽")]
    for field, name in FIELDS.items():
        if f1 := figures.get(f"{field}.f1"):
            count = scores.total(field)
            meaning = f"对 {count['right']}，漏 {count['missed']}，多 {count['extra']}"
            interval = spread(f1.estimate, percent)
            lines.append(Line(f"{name}（F1）", percent(f1.value), meaning, interval))
    return tuple(lines)


def as_table(scores: BulletinScores) -> Table:
    """Lay the summary out for a terminal."""
    from rich.table import Table

    table = Table(title=f"读报告：{scores.name}", title_justify="left")
    for head in ("项目", "结果", "95% 区间", "说明"):
        table.add_column(head, justify="right" if head == "结果" else "left", overflow="fold")
    for line in summary(scores):
        table.add_row(line.name, line.value, line.interval, line.meaning)
    return table


def to_json(
    models: Sequence[BulletinScores], *, gold: str, command: str, unread: Sequence[str]
) -> dict[str, Any]:
    """Return every number under stable names (`schema` rises when one changes)."""
    found: dict[str, Any] = rounded(
        {
            "schema": SCHEMA,
            "task": "bulletins",
            "gold": gold,
            "command": command,
            "unread": unread,
            "models": [_model(scores) for scores in models],
        }
    )
    return found


def _model(scores: BulletinScores) -> dict[str, Any]:
    figures = scores.figures()
    fields: dict[str, Any] = {}
    for field in FIELDS:
        own = {part: figures.get(f"{field}.{part}") for part in ("precision", "recall", "f1")}
        f1 = own["f1"]
        fields[field] = {
            **scores.total(field),
            **{part: drawn.value if drawn else None for part, drawn in own.items()},
            "f1_interval": [f1.estimate.low, f1.estimate.high] if f1 else None,
            "wrong": [
                each for report in scores.reports if field in report for each in report[field].wrong
            ],
        }
    return {
        "model": scores.path,
        "model_name": scores.name,
        "reports": len(scores.reports),
        "fields": fields,
    }
