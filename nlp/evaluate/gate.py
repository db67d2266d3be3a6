"""A gate: what a model must reach before an office, or CI, lets it in.

A figure is held against its floor as it stands; that its interval reaches below the floor is
said, not punished, for else few rows would refuse every model. A comparison, on the other
hand, refuses only what the rows make certain (paired bootstrap, `compare.judged`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import EXIT_GATE, EXIT_OK, UsageError
from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.compare import Comparison, Verdict, compare_models
from nlp.evaluate.lines import DIGITS
from nlp.evaluate.run import Examined
from nlp.evaluate.words import figure_name

if TYPE_CHECKING:
    from rich.table import Table


class Rule(StrEnum):
    """What a line of a gate asks."""

    FLOOR = "floor"
    CEILING = "ceiling"
    NOT_WORSE = "not_worse"


_ASKED = {
    Rule.FLOOR: "不低于 {}",
    Rule.CEILING: "不高于 {}",
    Rule.NOT_WORSE: "不显著差于现用模型的 {}",
}
_UNMEASURED = "没有量出来：标准答案里没有相应标注，模型没有这一部分，或没有一件可算"


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure by its JSON name, and the value that it must not fall below, or rise above."""

    figure: str
    value: float


@dataclass(frozen=True, slots=True)
class GateLine:
    """One rule and whether it is kept; `value` is None where the figure could not be measured.

    `asked` is the limit, or the other model's figure, None if it has none. `why` is Chinese,
    and so is `note`, which is empty unless few rows make the outcome a matter of chance.
    """

    rule: Rule
    figure: str
    name: str
    value: Estimate | None
    asked: float | None
    passed: bool
    why: str
    note: str = ""

    @property
    def wanted(self) -> str:
        return _ASKED[self.rule].format("—" if self.asked is None else _written(self.asked))

    @property
    def found(self) -> str:
        if self.value is None:
            return "—"
        low, high = _written(self.value.low), _written(self.value.high)
        return f"{_written(self.value.value)}（95% 区间 {low}–{high}）"

    @property
    def reason(self) -> str:
        return f"{self.why}；{self.note}" if self.note else self.why

    @property
    def text(self) -> str:
        """Say all of it in one Chinese line."""
        mark = "合格" if self.passed else "不合格"
        return f"{mark}　{self.name}（{self.figure}）{self.found}，要求{self.wanted}：{self.reason}"


@dataclass(frozen=True, slots=True)
class GateResult:
    """Every rule of a gate file, in its order."""

    file: str
    model: str
    lines: tuple[GateLine, ...]

    @property
    def failed(self) -> tuple[GateLine, ...]:
        return tuple(line for line in self.lines if not line.passed)

    @property
    def passed(self) -> bool:
        return not self.failed

    @property
    def exit_code(self) -> int:
        return EXIT_OK if self.passed else EXIT_GATE

    @property
    def summary(self) -> str:
        """Return one Chinese sentence."""
        if self.passed:
            return f"合格：{self.model} 达到门槛 {self.file} 的全部 {len(self.lines)} 项要求。"
        names = "、".join(line.figure for line in self.failed)
        return (
            f"不合格：{self.model} 没有达到门槛 {self.file} 的 {len(self.lines)} 项要求中的"
            f" {len(self.failed)} 项（{names}），不要换用。"
        )


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate file. `figures` are what the model must not be significantly worse at.

    `not_worse_than` is a model directory or None; `precision` is what decisions were to be
    measured at, None where the caller may choose.
    """

    file: Path
    floors: tuple[Limit, ...] = ()
    ceilings: tuple[Limit, ...] = ()
    not_worse_than: Path | None = None
    figures: tuple[str, ...] = ()
    precision: float | None = None

    def check(self, examined: Examined, reference: Examined | None = None) -> GateResult:
        """Hold a measured model against every rule.

        :param reference: `not_worse_than`, measured on the same rows in the same way.

        Raises UsageError if the reference is missing or of other rows, or if decisions were
        measured at another precision than the file asks for.
        """
        self._check_precision(examined)
        lines = [_floor(examined, limit) for limit in self.floors]
        lines += [_ceiling(examined, limit) for limit in self.ceilings]
        if self.not_worse_than is not None:
            lines += self._compared(examined, reference)
        return GateResult(str(self.file), examined.evaluation.model, tuple(lines))

    def _check_precision(self, examined: Examined) -> None:
        made = examined.evaluation.decision
        if made and self.precision is not None and not isclose(made.requested, self.precision):
            raise UsageError(
                f"门槛 {self.file} 要按 precision: {self.precision:g} 量，"
                f"评测用的却是 {made.requested:g}。",
                "请把两处写成一样，或去掉 --precision。",
            )

    def _compared(self, examined: Examined, reference: Examined | None) -> Iterator[GateLine]:
        if reference is None:
            raise UsageError(
                f"门槛 {self.file} 要求不差于 {self.not_worse_than}，但没有量那个模型。",
                "请在同一份标准答案上一起评测。",
            )
        comparison = compare_models(examined, reference)
        return (_not_worse(figure, examined, reference, comparison) for figure in self.figures)


def as_table(result: GateResult) -> Table:
    """Lay a result out for a terminal, a rule a line, the summary above."""
    from rich.table import Table

    table = Table(title=result.summary, title_justify="left")
    for head in ("要求", "量出", "合格", "说明"):
        table.add_column(head, overflow="fold")
    for line in result.lines:
        asked = f"{line.name}（{line.figure}）{line.wanted}"
        table.add_row(asked, line.found, "✓" if line.passed else "✗", line.reason)
    return table


def _floor(examined: Examined, limit: Limit) -> GateLine:
    value = _measured(examined, limit.figure)
    if value is None:
        return _line(Rule.FLOOR, limit, None, passed=False, why=_UNMEASURED)
    gap = round(value.value, DIGITS) - limit.value
    why = "达到" if gap >= 0 else f"低了 {_written(-gap)}"
    note = "样本少，区间下端低于要求" if gap >= 0 and value.low < limit.value else ""
    return _line(Rule.FLOOR, limit, value, passed=gap >= 0, why=why, note=note)


def _ceiling(examined: Examined, limit: Limit) -> GateLine:
    value = _measured(examined, limit.figure)
    if value is None:
        return _line(Rule.CEILING, limit, None, passed=False, why=_UNMEASURED)
    gap = round(value.value, DIGITS) - limit.value
    why = "达到" if gap <= 0 else f"高了 {_written(gap)}"
    note = "样本少，区间上端高于要求" if gap <= 0 and value.high > limit.value else ""
    return _line(Rule.CEILING, limit, value, passed=gap <= 0, why=why, note=note)


def _not_worse(
    figure: str, examined: Examined, reference: Examined, comparison: Comparison
) -> GateLine:
    """Refuse only what is significantly worse; a figure that the other lacks can't be worse."""
    value, other = _measured(examined, figure), _measured(reference, figure)
    asked = other.value if other else None
    found = [each for each in comparison.differences if each.figure == figure]
    if value is None:
        passed, why = False, _UNMEASURED
    elif not found:
        passed, why = True, f"{comparison.second} 没有这项数字，无从比较"
    else:
        passed = found[0].verdict is not Verdict.WORSE
        said = "没有显著变差" if passed else "显著变差"
        why = f"与 {comparison.second} 相差 {_margin(found[0].margin)}，{said}"
    return GateLine(Rule.NOT_WORSE, figure, figure_name(figure), value, asked, passed, why)


def _line(
    rule: Rule, limit: Limit, value: Estimate | None, *, passed: bool, why: str, note: str = ""
) -> GateLine:
    name = figure_name(limit.figure)
    return GateLine(rule, limit.figure, name, value, limit.value, passed, why, note)


def _measured(examined: Examined, figure: str) -> Estimate | None:
    return examined.evaluation.intervals.get(figure)


def _margin(found: Estimate) -> str:
    value, low, high = (f"{each:+.{DIGITS}f}" for each in (found.value, found.low, found.high))
    return f"{value}（95% 区间 {low} 至 {high}）"


def _written(value: float) -> str:
    """Write a figure as it stands in the JSON and in gate files: 0.7815, not 78.2 %."""
    return f"{value:.{DIGITS}f}"
