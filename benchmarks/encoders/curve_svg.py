"""Curves as SVG, written by hand: no plotting library, no font trap, small enough to review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 56, 170, 18, 52
COLOURS = ("#0072b2", "#d55e00", "#009e73")
"""Three of Okabe and Ito's, which colour-blind readers tell apart; real titles repeat them."""
LABEL_GAP, TICK_GAP = 15, 56
STYLE = (
    "text{font:12px sans-serif;fill:#222}.grid{stroke:#ddd}.curve{fill:none;stroke-width:2}"
    ".dashed{stroke-dasharray:6 4}"
)


@dataclass(frozen=True, slots=True)
class Curve:
    """A named line through (x, y); x grows, y is in per cent."""

    name: str
    points: tuple[tuple[float, float], ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns values into places: x by its logarithm, y from `low` to 100."""

    first: float
    last: float
    low: float

    def x(self, value: float) -> float:
        share = log(value / self.first) / log(self.last / self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (100 - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def drawn(curves: Sequence[Curve], below: str, beside: str) -> str:
    """Return an SVG of the curves, with the names of both axes."""
    points = [point for curve in curves for point in curve.points]
    xs = sorted({x for x, _ in points})
    lowest = min(y for _, y in points)
    frame = Frame(xs[0], max(xs[-1], xs[0] + 1), min(90.0, floor(lowest / 10) * 10.0))
    parts = (*_grid(frame, xs), *_names(below, beside), *_lines(frame, curves))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img">'
    )
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", paper, *parts, "</svg>"]) + "\n"


def _grid(frame: Frame, xs: Sequence[float]) -> Iterator[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for level in range(int(frame.low), 101, 10):
        y = frame.y(level)
        yield f'<path class="grid" d="M{LEFT} {y}H{right}"/>'
        yield _text(LEFT - 8, y + 4, str(level), "end")
    named = float(WIDTH)
    for value in reversed(xs):
        x = frame.x(value)
        yield f'<path class="grid" d="M{x} {TOP}V{bottom}"/>'
        if named - x >= TICK_GAP:  # the last ones stand close on a logarithmic axis
            named = x
            yield _text(x, bottom + 18, f"{value:,.0f}", "middle")


def _names(below: str, beside: str) -> Iterator[str]:
    middle = (TOP + HEIGHT - BOTTOM) / 2
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, below, "middle")
    turned = f'text-anchor="middle" transform="translate(16 {middle}) rotate(-90)"'
    yield f"<text {turned}>{escape(beside)}</text>"


def _lines(frame: Frame, curves: Sequence[Curve]) -> Iterator[str]:
    """Draw the curves and name each at its end, names pushed apart where ends are close."""
    free = float(HEIGHT - BOTTOM)
    for number, curve in sorted(enumerate(curves), key=lambda one: one[1].points[-1][1]):
        colour, kind = COLOURS[number % len(COLOURS)], " dashed" if curve.dashed else ""
        places = " ".join(f"{frame.x(x)},{frame.y(y)}" for x, y in curve.points)
        yield f'<polyline class="curve{kind}" stroke="{colour}" points="{places}"/>'
        for x, y in curve.points:
            yield f'<circle cx="{frame.x(x)}" cy="{frame.y(y)}" r="2.5" fill="{colour}"/>'
        x, y = curve.points[-1]
        free = min(free - LABEL_GAP, frame.y(y))
        yield _text(frame.x(x) + 10, free + 4, f"{curve.name} {y:.1f}", "start", colour)


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#222") -> str:
    style = f'style="fill:{colour}"' if colour != "#222" else ""
    place = f'x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}"'
    return f"<text {' '.join(filter(None, (place, style)))}>{escape(text)}</text>"
