"""Lanes for a terminal: a line per partnership on one axis of years, clusters of events as their counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.reports.chart import ChartEra, Lane
from sisterline.text.cells import pad, truncate, width
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.views.drawings import Lanes
from sisterline.views.style import Glyphs
from sisterline.views.words import pair_name

CELLS_PER_YEAR = 2  # in a pipe
REPEAT_AXIS = 30  # the axis is drawn again after this many lanes
LEAST_CELLS = 10  # of a lane
YEAR = 4  # digits
GAP = 2  # cells after a name and after the axis
LEAST_DIGITS = 6  # of the counts, below their heading


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

    def band(self, era: ChartEra) -> range:
        """The cells of the years of an era; at least one."""
        start = self.cell(era.first)
        after = self.cells
        if era.last < self.last:
            after = self.cell(era.last + 1)
        return range(start, max(start + 1, after))

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


class LaneLayout(NamedTuple):
    """Where things are in the lines of lanes.

    Attributes:
        label: cells of the names.
        digits: cells of the counts.
        axis: where the years are.
        glyphs: to draw with.
        eras: what is shaded.
        shaded: the cells of a lane that are shaded; none where there are no colours, and only the line of
            eras shows them.
    """

    label: int
    digits: int
    axis: Axis
    glyphs: Glyphs
    eras: tuple[ChartEra, ...] = ()
    shaded: tuple[int, ...] = ()

    @property
    def start(self) -> int:
        """The cells before the first year."""
        return self.label + GAP

    def head(self, count_heading: str) -> StyledLine:
        """The line of years above the lanes."""
        return (
            (" " * self.start, ""),
            (pad(self.axis.labels(), self.axis.cells + GAP), "minor"),
            (pad(count_heading, self.digits, "right"), "minor"),
        )

    def line(self, lane: Lane) -> StyledLine:
        """The line of a lane."""
        label = truncate(_name(lane, self.glyphs), self.label, self.glyphs.ellipsis)
        count = pad(str(lane.events), self.digits + 1, "right")
        cells = _cells(lane, self.axis, self.glyphs)
        _shade(cells, self.shaded, self.glyphs.shade)
        return (
            (pad(label, self.start), ""),
            *_joined(cells),
            (count, "number"),
        )


def lane_lines(lanes: Lanes, viewport: Viewport) -> Iterator[StyledLine]:
    """The axis and a line per lane."""
    layout = _layout(lanes, viewport)
    for number, lane in enumerate(lanes.lanes):
        if number % REPEAT_AXIS == 0:
            if layout.eras:
                yield era_line(layout)
            yield layout.head(lanes.count_heading)
        yield layout.line(lane)


def legend_of(lanes: Lanes, viewport: Viewport) -> tuple[str, ...]:
    """What the signs of the lanes mean; with a remark where years share a cell, and so their events."""
    if _layout(lanes, viewport).axis.cells > lanes.last - lanes.first:
        return lanes.legend
    return (*lanes.legend, _("a column may be several years"))


def _name(lane: Lane, glyphs: Glyphs) -> str:
    return printable(pair_name(lane.partnership, glyphs))


def _layout(lanes: Lanes, viewport: Viewport) -> LaneLayout:
    label = max(width(_name(lane, viewport.glyphs)) for lane in lanes.lanes)
    digits = max(width(lanes.count_heading), *(len(str(lane.events)) for lane in lanes.lanes))
    return lane_layout((lanes.first, lanes.last), viewport, label=label, digits=digits, eras=lanes.eras)


def lane_layout(
    years: tuple[int, int], viewport: Viewport, *, label: int, digits: int, eras: Sequence[ChartEra] = ()
) -> LaneLayout:
    """The layout of lanes that fits a viewport.

    Args:
        years: the first and the last of the axis.
        viewport: how much room there is.
        label: cells of the longest name, which is cut where there is less room.
        digits: cells of the longest count.
        eras: what is shaded.
    """
    first, last = years
    if viewport.width is None:
        cells = (last - first) * CELLS_PER_YEAR + 1
    else:
        label = min(label, max(8, viewport.width * 3 // 10))
        cells = viewport.width - label - digits - 4
        if cells < LEAST_CELLS:
            label = max(4, viewport.width - digits - LEAST_CELLS - 4)
            cells = max(4, viewport.width - label - digits - 4)
    axis = Axis(first, last, cells)
    layout = LaneLayout(label, digits, axis, viewport.glyphs, tuple(eras))
    if not viewport.colors:
        return layout
    shaded = {at for era in eras for at in axis.band(era)}
    return layout._replace(shaded=tuple(sorted(shaded)))


def era_line(layout: LaneLayout) -> StyledLine:
    """The line above the years: the cells of each era, and its name beside them where there is room."""
    room = layout.axis.cells + GAP + layout.digits
    bands = [layout.axis.band(era) for era in layout.eras]
    line: list[StyledText] = [(" " * layout.start, "")]
    free = 0
    for number, (era, band) in enumerate(zip(layout.eras, bands, strict=True)):
        start, end = max(free, band.start), max(free, band.stop)
        following = [each.start - GAP for each in bands[number + 1 :] if each.start > start]
        name = printable(era.label)
        after = end + 1 + width(name) <= min([room, *following])
        before = not after and start - 1 - width(name) >= (free + GAP if free else 0)
        if before:
            line += [(" " * (start - 1 - width(name) - free), ""), (f"{name} ", "minor")]
        else:
            line.append((" " * (start - free), ""))
        line.append((layout.glyphs.shade * (end - start), "era"))
        free = end
        if after:
            line.append((f" {name}", "minor"))
            free = end + 1 + width(name)
    return tuple(line)


def _cells(lane: Lane, axis: Axis, glyphs: Glyphs) -> list[StyledText]:
    """A lane, one character per cell, `axis.cells` + 1 in all; later layers cover earlier ones."""
    cells: list[StyledText] = [(" ", "")] * (axis.cells + 1)
    if lane.founded is not None:
        _draw_line(cells, lane, lane.founded, axis, glyphs)
    for year, _count in lane.announced:
        cells[axis.cell(year)] = (glyphs.announced, "sign")
    counts: Counter[int] = Counter()
    for year, count in lane.years:
        counts[axis.cell(year)] += count
    for at, count in counts.items():
        cells[at] = (_event_sign(count, glyphs), "sign")
    if lane.founded is not None:
        cells[axis.cell(lane.founded)] = (glyphs.founding, "founding")
    for change in lane.changes:
        # A change that the selection left out may be later than the axis.
        if change.status != "active" and change.year <= axis.last:
            cells[axis.cell(change.year)] = (glyphs.cut, "ended")
    return cells


def _draw_line(cells: list[StyledText], lane: Lane, founded: int, axis: Axis, glyphs: Glyphs) -> None:
    """Draw the line from the founding to today, or to the dissolution."""
    decades = {axis.cell(year) for year in axis.decades}
    changes = {axis.cell(change.year): change.status for change in lane.changes}
    start = axis.cell(founded)
    unknown_end = lane.partnership.status == "dissolved" and not lane.changes
    end = start + 1 if unknown_end else axis.cells
    status: str = "active"
    for at in range(start, end):
        status = changes.get(at, status)
        if status == "dissolved":
            break
        sign = glyphs.tick if at in decades else glyphs.line
        if status == "suspended":
            sign = glyphs.suspended
        cells[at] = (sign, "lane")
    if lane.partnership.status == "active" and status == "active":
        cells[axis.cells] = (glyphs.arrow, "lane")


def _shade(cells: list[StyledText], shaded: Sequence[int], shade: str) -> None:
    """Shade what is empty, and draw its line in the colour of the shade; marks stay as they are."""
    for at in shaded:
        sign, style = cells[at]
        if sign == " ":
            cells[at] = (shade, "era")
        elif style == "lane":
            cells[at] = (sign, "era")


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
