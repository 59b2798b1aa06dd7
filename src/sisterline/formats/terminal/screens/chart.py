"""The screen of `timeline --chart`: a lane a partnership on one axis, clusters of events as their counts."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import Glyphs, StyledLine, StyledText, Viewport
from sisterline.formats.terminal.screens.parts import listed, note, pair_name
from sisterline.language import plural
from sisterline.reports.chart import ChartReport, Lane
from sisterline.text.cells import pad, truncate, width
from sisterline.text.escape import printable

NATURAL = 2  # cells a year in a pipe
AGAIN = 30  # the axis is drawn again below so many lanes


class _Axis:
    """Which cell a year has."""

    def __init__(self, first: int, last: int, cells: int) -> None:
        self.first, self.last, self.cells = first, last, max(1, cells)
        self.span = max(1, last - first)

    def cell(self, year: int) -> int:
        """The cell of a year; all that is earlier than the axis stands in the first one."""
        return max(0, round((year - self.first) * (self.cells - 1) / self.span))

    def labels(self) -> str:
        """The years of the decades, as many as there is room for."""
        years = list(range(-(-self.first // 10) * 10, self.last + 1, 10))
        line = [" "] * (self.cells + 5)
        free = 0
        for year in sorted({self.first, *years}):
            at = self.cell(year)
            if at < free or (year == self.first and years and self.cell(years[0]) - at < 6):
                continue
            if at + 4 > self.cells + 1:
                continue  # it would run into the next heading, and out of the screen
            line[at : at + 4] = f"{year:04}"
            free = at + 6
        return "".join(line).rstrip()


def lines(report: ChartReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
    if not report.lanes:
        return
    marks = view.marks
    names = [printable(pair_name(lane.partnership, marks)) for lane in report.lanes]
    wide = max(map(width, names))
    digits = max(6, *(len(str(lane.events)) for lane in report.lanes))
    if view.width is None:
        cells = (report.last - report.first) * NATURAL + 1
    else:
        wide = min(wide, max(8, view.width * 3 // 10))
        cells = view.width - wide - digits - 4
    if cells < 10 and view.width is not None:
        wide = max(4, view.width - digits - 14)
        cells = max(4, view.width - wide - digits - 4)
    axis = _Axis(report.first, report.last, cells)
    head: StyledLine = (
        (" " * (wide + 2), ""),
        (pad(axis.labels(), axis.cells + 2), "dim"),
        (pad("events", digits, "right"), "dim"),
    )
    for number, (lane, name) in enumerate(zip(report.lanes, names, strict=True)):
        if number % AGAIN == 0:
            yield head
        yield (
            (pad(truncate(name, wide, marks.ellipsis), wide + 2), ""),
            *_lane(lane, axis, marks),
            (pad(str(lane.events), digits + 1, "right"), "number"),
        )
    yield ()
    yield from _legend(report, view)


def _lane(lane: Lane, axis: _Axis, marks: Glyphs) -> Iterator[StyledText]:
    """A lane as spans of one style each, `axis.cells` + 1 cells in all."""
    cells: list[StyledText] = [(" ", "")] * (axis.cells + 1)
    decades = {axis.cell(year) for year in range(-(-axis.first // 10) * 10, axis.last + 1, 10)}
    if lane.founded is not None:
        start = axis.cell(lane.founded)
        states = {axis.cell(turn.year): turn.status for turn in lane.turns}
        status, end = (
            "active",
            axis.cells if lane.partnership.status != "dissolved" or lane.turns else start + 1,
        )
        for at in range(start, end):
            status = states.get(at, status)
            if status == "dissolved":
                break
            dead = status == "suspended"
            cells[at] = (
                (marks.asleep, "dim") if dead else (marks.tick if at in decades else marks.line, "dim")
            )
        if lane.partnership.status == "active" and status == "active":
            cells[axis.cells] = (marks.arrow, "dim")
    counts: dict[int, int] = {}
    for year, count in lane.years:
        counts[axis.cell(year)] = counts.get(axis.cell(year), 0) + count
    for at, count in counts.items():
        cells[at] = (marks.event if count == 1 else str(count) if count < 10 else "#", "mark")
    if lane.founded is not None:
        cells[axis.cell(lane.founded)] = (marks.founding, "round")
    for turn in lane.turns:
        if turn.status != "active":
            cells[axis.cell(turn.year)] = (marks.cut, "warn")
    text, style = "", cells[0][1]
    for char, each in cells:
        if each != style:
            yield text, style
            text, style = "", each
        text += char
    yield text, style


def _legend(report: ChartReport, view: Viewport) -> Iterator[StyledLine]:
    marks = view.marks
    parts = [
        f"{marks.founding} founded",
        f"{marks.event} an event",
        "2-9 so many",
        "# ten or more",
    ]
    if any(year < report.first for lane in report.lanes for year, _ in lane.years):
        parts.append(f"first column: {report.first} and before")
    if any(lane.turns for lane in report.lanes):
        parts.append(f"{marks.cut} suspended or dissolved")
    parts.append(f"{marks.arrow} goes on")
    yield from listed(parts, view)
    if report.empty:
        what = plural(report.empty, "partnership")
        verb = "is" if report.empty == 1 else "are"
        yield from note(f"{what} without a date or an event {verb} not drawn", view)
