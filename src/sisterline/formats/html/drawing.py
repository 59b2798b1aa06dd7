"""What is drawn of lanes and their axis. script/list.js draws the rows that the template leaves out alike."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sisterline.reports.lanes import LENGTH, Axis, Form, PageLane
from sisterline.reports.page import PageReport
from sisterline.text.cells import width

_MOST_TICKS = 8
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_ORDER: tuple[Form, ...] = ("people", "thing", "planned", "paper", "some", "many")  # later ones on top
# Upright strokes. A dot is a line of no length with round ends; PDF does not draw one with square ends.
_SHAPES: dict[Form, str] = {"paper": "9v6", "thing": "8.75v6.5"}
_LABEL_WIDTH = 1.25  # per cent of the axis that a cell of a label takes where the page is narrowest
_LABEL_GAP = 1.5  # per cent of the axis between two labels


class Tick(NamedTuple):
    """A year on the axis, and where it begins in per cent."""

    year: int
    percent: float


def lane_paths(lane: PageLane) -> Iterator[tuple[str, str]]:
    """The parts of a lane in the order in which they are drawn: class, and data of an SVG path.

    A dot is a line of no length, which a round end makes a dot in a picture of any width.
    """
    for form, stretches in (("line", lane.active), ("off", lane.suspended)):
        for stretch in stretches:
            yield form, f"M{stretch.start} 12H{stretch.end}"
    for mark in _ORDER:
        if mark in lane.marks:
            shape = _SHAPES.get(mark, "12h0")
            yield mark, "".join(f"M{at} {shape}" for at in lane.marks[mark])
    for at in lane.stops:
        yield "stop", f"M{at} 5v14"
    if lane.founded is not None:
        yield "founded", f"M{lane.founded} 12h0"
        yield "hole", f"M{lane.founded} 12h0"


def ticks(axis: Axis) -> list[Tick]:
    """Round years on the axis, at most 8; none so late that its label would leave it."""
    years = axis.last - axis.first + 1
    step = next(step for step in _STEPS if years / step <= _MOST_TICKS)
    first = -(-axis.first // step) * step
    found = [Tick(year, _percent(axis, year)) for year in range(first, axis.last + 1, step)]
    return [tick for tick in found if tick.percent < 97]


def era_labels(report: PageReport, labels: list[str]) -> list[dict[str, Any]]:
    """The eras with the middle of their labels in per cent; those that would touch are moved apart."""
    halves = [width(label) * _LABEL_WIDTH / 2 for label in labels]
    middles = [(era.start + era.end) / 2 / LENGTH * 100 for era in report.eras]
    limit = 100.0
    for number, half in reversed(list(enumerate(halves))):
        middles[number] = min(middles[number], limit - half)
        limit = middles[number] - half - _LABEL_GAP
    after = 0.0
    for number, half in enumerate(halves):
        middles[number] = max(middles[number], after + half)
        after = middles[number] + half + _LABEL_GAP
    return [
        {"middle": round(middle, 2), "label": label} for middle, label in zip(middles, labels, strict=True)
    ]


def axis_style(report: PageReport) -> str:
    """The axis behind the lanes as a background: today, the years, the eras."""
    layers = [_layer("--blue", report.now / LENGTH * 100, "1px")]
    layers += [_layer("--rule", tick.percent, "1px") for tick in ticks(report.axis)]
    layers += [_band(era.start / LENGTH * 100, era.end / LENGTH * 100) for era in report.eras]
    return f":root{{--years:{','.join(layers)}}}"


def _band(start: float, end: float) -> str:
    # In CSS a position is a share of what the image leaves free: at 100 % its end is at the end.
    width = end - start
    free = max(100 - width, 0.01)
    return _layer("--era", start / free * 100, f"{width:.4g}%")


def _layer(color: str, position: float, width: str) -> str:
    # One colour all over, because Firefox prints transparent parts of a gradient as if they were not.
    return f"linear-gradient(var({color}) 0 0) {position:.4g}% 0/{width} 100%"


def _percent(axis: Axis, year: int) -> float:
    return axis.position(date(year, 1, 1).toordinal()) / LENGTH * 100
