"""Lanes for a terminal: a line per partnership on one axis of years, clusters of events as their counts."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.text.cells import pad, truncate, width
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.views.drawings import LaneRow, Lanes
from sisterline.views.style import Glyphs

CELLS_PER_YEAR = 2  # in a pipe
REPEAT_AXIS = 30  # the axis is drawn again after this many lanes
LEAST_CELLS = 10  # of a lane
YEAR = 4  # digits


class Axis:
    """Which cell a year has.

    Args:
        first: the first year.
        last: the last year.
        cells: how many there are.
    """

    def __init__(self, first: int, last: int, cells: int) -> None:
        self.first = first
        self.last = last
        self.cells = max(1, cells)
        self._span = max(1, last - first)

    @property
    def decades(self) -> list[int]:
        """The first years of the decades."""
        return list(range(-(-self.first // 10) * 10, self.last + 1, 10))

    def cell(self, year: int) -> int:
        """The cell of a year; everything earlier than the axis is in the first one."""
        return max(0, round((year - self.first) * (self.cells - 1) / self._span))

    def labels(self) -> str:
        """The years of the decades, as many as there is room for."""
        line = [" "] * (self.cells + 5)
        free = 0
        for year in sorted({self.first, *self.decades}):
            at = self.cell(year)
            crowded = year == self.first and self.decades and self.cell(self.decades[0]) - at < YEAR + 2
            # Further right it would run into the next heading, and out of the screen.
            if at < free or crowded or at + YEAR > self.cells + 1:
                continue
            line[at : at + YEAR] = f"{year:04}"
            free = at + YEAR + 2
        return "".join(line).rstrip()


class _Widths(NamedTuple):
    label: int
    cells: int
    digits: int


def lane_lines(lanes: Lanes, viewport: Viewport) -> Iterator[StyledLine]:
    """The axis and a line per lane."""
    glyphs = viewport.glyphs
    widths = _widths(lanes, viewport)
    axis = Axis(lanes.first, lanes.last, widths.cells)
    head: StyledLine = (
        (" " * (widths.label + 2), ""),
        (pad(axis.labels(), axis.cells + 2), "dim"),
        (pad(lanes.count_heading, widths.digits, "right"), "dim"),
    )
    for number, lane in enumerate(lanes.lanes):
        if number % REPEAT_AXIS == 0:
            yield head
        label = pad(truncate(printable(lane.label), widths.label, glyphs.ellipsis), widths.label + 2)
        count = pad(str(lane.count), widths.digits + 1, "right")
        yield ((label, ""), *_joined(_cells(lane, axis, glyphs)), (count, "number"))


def legend_of(lanes: Lanes, viewport: Viewport) -> tuple[str, ...]:
    """What the signs of the lanes mean; with a remark where years share a cell, and so their events."""
    if _widths(lanes, viewport).cells > lanes.last - lanes.first:
        return lanes.legend
    return (*lanes.legend, _("a column may be several years"))


def _widths(lanes: Lanes, viewport: Viewport) -> _Widths:
    label = max(width(printable(lane.label)) for lane in lanes.lanes)
    digits = max(width(lanes.count_heading), *(len(str(lane.count)) for lane in lanes.lanes))
    if viewport.width is None:
        return _Widths(label, (lanes.last - lanes.first) * CELLS_PER_YEAR + 1, digits)
    label = min(label, max(8, viewport.width * 3 // 10))
    cells = viewport.width - label - digits - 4
    if cells < LEAST_CELLS:
        label = max(4, viewport.width - digits - LEAST_CELLS - 4)
        cells = max(4, viewport.width - label - digits - 4)
    return _Widths(label, cells, digits)


def _cells(lane: LaneRow, axis: Axis, glyphs: Glyphs) -> list[StyledText]:
    """A lane, one character per cell, `axis.cells` + 1 in all; later layers cover earlier ones."""
    cells: list[StyledText] = [(" ", "")] * (axis.cells + 1)
    if lane.founded is not None:
        _draw_line(cells, lane, lane.founded, axis, glyphs)
    for year, _count in lane.announced:
        cells[axis.cell(year)] = (glyphs.announced, "dim")
    counts: Counter[int] = Counter()
    for year, count in lane.years:
        counts[axis.cell(year)] += count
    for at, count in counts.items():
        cells[at] = (_event_sign(count, glyphs), "mark")
    if lane.founded is not None:
        cells[axis.cell(lane.founded)] = (glyphs.founding, "round")
    for year, status in lane.changes:
        if status != "active":
            cells[axis.cell(year)] = (glyphs.cut, "warn")
    return cells


def _draw_line(cells: list[StyledText], lane: LaneRow, founded: int, axis: Axis, glyphs: Glyphs) -> None:
    """Draw the line from the founding to today, or to the dissolution."""
    decades = {axis.cell(year) for year in axis.decades}
    changes = {axis.cell(year): status for year, status in lane.changes}
    start = axis.cell(founded)
    unknown_end = lane.status == "dissolved" and not lane.changes
    end = start + 1 if unknown_end else axis.cells
    status = "active"
    for at in range(start, end):
        status = changes.get(at, status)
        if status == "dissolved":
            break
        sign = glyphs.tick if at in decades else glyphs.line
        if status == "suspended":
            sign = glyphs.suspended
        cells[at] = (sign, "dim")
    if lane.status == "active" and status == "active":
        cells[axis.cells] = (glyphs.arrow, "dim")


def _event_sign(count: int, glyphs: Glyphs) -> str:
    if count == 1:
        return glyphs.event
    return str(count) if count < 10 else "#"


def _joined(cells: list[StyledText]) -> Iterator[StyledText]:
    """Neighbouring cells of one style as one text."""
    text, style = "", cells[0][1]
    for sign, each in cells:
        if each != style:
            yield text, style
            text, style = "", each
        text += sign
    yield text, style
