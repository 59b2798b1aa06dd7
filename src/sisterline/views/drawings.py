"""Blocks that the terminal draws and other formats write as lists and tables."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from sisterline.errors import Problem
from sisterline.views.roles import Role

if TYPE_CHECKING:
    from sisterline.reports.chart import ChartEra, Lane


class Bars(Struct, frozen=True, kw_only=True):
    """Labels with counts, drawn as bars in proportion.

    Attributes:
        title: above them.
        aside: a quiet remark after the title.
        rows: label and count.
    """

    title: str
    aside: str = ""
    rows: tuple[tuple[str, int], ...]


class LogEntry(Struct, frozen=True, kw_only=True):
    """One line of a history.

    Attributes:
        date: when, as EDTF, shortened for people.
        group: the heading that it belongs under; empty for none.
        gap: years of silence before it, in words; empty where they are few.
        mark: the sign before it.
        style: the role of the sign.
        type: what sort of thing happened; empty for what is computed.
        about: the partnership, where there are several.
        text: what happened.
        text_style: the role of the text.
        cites: footnotes.
        future: whether it lies after today.
    """

    date: str
    group: str = ""
    gap: str = ""
    mark: str
    style: Role
    type: str = ""
    about: str = ""
    text: str
    text_style: Role = ""
    cites: tuple[int, ...] = ()
    future: bool = False


class Colophon(Struct, frozen=True, kw_only=True):
    """The last line of a document: how its dates are written, of which day it is, and whose data it holds.

    Formats that make no documents leave it out.

    Attributes:
        today: as ISO 8601.
        signs: what the signs in its dates mean; none where no date has one.
    """

    today: str
    signs: tuple[str, ...] = ()


class Log(Struct, frozen=True, kw_only=True):
    """A history: dated lines under headings, with a line for today.

    Attributes:
        title: for documents; a terminal shows the lines without it.
        entries: in order.
        today: the line of today, in words.
        today_first: whether what comes first lies after today, so that the line is due only below it.
        today_last: whether the line of today follows the last entry, if it was not due before.
    """

    title: str
    entries: tuple[LogEntry, ...]
    today: str
    today_first: bool
    today_last: bool


class Lanes(Struct, frozen=True, kw_only=True):
    """A lane per row on one axis of years.

    Attributes:
        first: the first year of the axis.
        last: the last year of it.
        eras: what is shaded behind the lanes, in order.
        lanes: in order.
        count_heading: above the counts at the end of the lanes.
        legend: what the signs of the lanes mean, for formats that draw them.
    """

    first: int
    last: int
    eras: "tuple[ChartEra, ...]" = ()
    lanes: "tuple[Lane, ...]"
    count_heading: str
    legend: tuple[str, ...]


class Diagnostic(Struct, frozen=True, kw_only=True):
    """A problem or a warning of a data file, one line of any length.

    Attributes:
        level: `problem` or `warning`.
        problem: what is wrong, and where.
        excerpt: the line of the file; empty where it is not shown.
    """

    level: Literal["problem", "warning"]
    problem: Problem
    excerpt: str = ""


class ProblemList(Struct, frozen=True):
    """Problems and warnings."""

    rows: tuple[Diagnostic, ...]
