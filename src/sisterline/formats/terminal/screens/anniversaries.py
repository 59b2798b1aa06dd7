"""The screen of `anniversaries`."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.screens.parts import cite, footnotes, heading, note, place_name
from sisterline.formats.terminal.table import Column, table
from sisterline.language import ordinal, plural
from sisterline.reports.anniversaries import AnniversariesReport, DueRow

NARROW = 80  # below this width there is no room for dates in words
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def lines(report: AnniversariesReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
    marks = view.marks
    what = plural(report.matched, "anniversary", "anniversaries")
    yield from heading(f"{what} {marks.dot} {report.first} {marks.dash} {report.last}", view)
    yield ()
    # Where a date in words would be cut, and its year with it, it stands as it is written: 2027~.
    brief = view.width is not None and view.width < NARROW
    columns = [
        Column("When", lambda row: row.date if brief else told(row.date), "date", least=25),
        Column("", lambda row: marks.due, "mark", least=1),
        Column("", _nth, "round", "right", least=4),
        Column("Place", lambda row: place_name(row.partnership.place), least=5, yields=18),
        Column("Partner", lambda row: place_name(row.partnership.partner), least=5, yields=18),
        Column("Away", lambda row: row.away, weight=1),
        Column(
            "Status",
            lambda row: "" if row.partnership.status == "active" else row.partnership.status,
            "warn",
            least=9,
        ),
        Column("Kind", lambda row: (row.partnership.kind or "").replace("-", " "), "dim", weight=3),
        Column("Source", lambda row: cite(row.sources), "dim", weight=2),
    ]
    yield from table(columns, report.rows, view)
    if report.undated:
        yield ()
        undated = plural(report.undated, "partnership")
        verb = "has" if report.undated == 1 else "have"
        yield from note(f"{undated} without a founding date {verb} none", view, 0)
    yield from footnotes(report.sources, view)


def _nth(row: DueRow) -> str:
    return ordinal(row.ordinal)


def told(when: str) -> str:
    """A date in words where its day is not known: `in March 2027`, `in 2027`."""
    known, mark = when.rstrip("~?"), when[len(when.rstrip("~?")) :]
    about = {"": "", "~": "about ", "?": "perhaps "}[mark]
    if len(known) == 7:
        return f"{about}in {_MONTHS[int(known[5:]) - 1]} {known[:4]}"
    return f"{about}in {known}" if len(known) == 4 else f"{about}{known}"
