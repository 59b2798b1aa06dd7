"""The topics of `sisterline help`: the shared options, dates and marks, each on one screen of 80 x 24.

The documents and the man page are made from these texts as well.
"""

import shutil
import sys
from collections.abc import Iterator
from typing import get_args

import typer
from msgspec import Struct

from sisterline.cli.help import NARROWEST, TOPICS, WIDEST, Row, definition_lines, encodable, topic_of
from sisterline.cli.options import takes
from sisterline.cli.request import Request
from sisterline.formats import FORMATS
from sisterline.formats.options import supports_unicode
from sisterline.text.cells import wrap
from sisterline.views.style import ASCII, UNICODE, Glyphs
from sisterline.vocabulary import EventType


class Topic(Struct, frozen=True):
    """What `sisterline help TOPIC` shows.

    Attributes:
        summary: what it is about, in one line.
        rows: terms and their descriptions, in order.
        remark: a paragraph below them; may be empty.
    """

    summary: str
    rows: tuple[Row, ...]
    remark: str = ""


REPEATABLE = "Repeat an option for alternatives; different options narrow each other."
DATES: tuple[Row, ...] = (
    ("1996, 1996-03, 1996-03-05", "A year, a month, a day."),
    ("1996~, 1996?", "Approximate, uncertain (EDTF, ISO 8601-2)."),
    ("1973..1979, 1973/1979", "From the start of 1973 to the end of 1979."),
    ("1973.., ..1979", "From 1973 on, up to the end of 1979."),
    ("1980s, 80s", "1980 to 1989; of two digits, the last decade that has begun."),
    ("today, last year, next week", "Also yesterday, tomorrow, this month, last decade."),
    ("5y, 6m, 10w, 90d, 5 years", "Years, months, weeks or days up to today."),
    ("3y, 10w, 10 weeks", "The same from today on (--within)."),
    ("10 years ago, in 2 years", "The year then; as --from or --to, the day."),
    ("昭和54年5月1日, S54.5.1", "A date of a Japanese era."),
    ("1979年5月, 5 March 1996", "Other notations that can mean only one date."),
)
DATES_REMARK = (
    "A date is found if it may lie in the range: 1996 by --from 1996-06. --from begins with the first day of "
    "what it names, --to ends with the last; anniversaries counts their years forwards. Data files hold EDTF "
    "only, with intervals such as 1996/2001 and 1996/.. (still going on)."
)


def topic(name: str, glyphs: Glyphs = UNICODE) -> Topic:
    """A topic of TOPICS.

    Args:
        name: of the topic.
        glyphs: the marks that it explains.
    """
    if name == "marks":
        return Topic(TOPICS[name], tuple(mark_rows(glyphs)))
    if name == "dates":
        return Topic(TOPICS[name], DATES, DATES_REMARK)
    if name == "selection":
        return Topic(TOPICS[name], tuple(_option_rows(name)), REPEATABLE)
    formats = f"{', '.join(FORMATS)}; no command has all of them."
    return Topic(TOPICS[name], (("-f, --format FORMAT", formats), *_option_rows(name)))


def topic_text(name: str) -> str:
    """A topic as one text, as wide as the terminal, with the marks that standard output can encode."""
    columns = max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))
    glyphs = ASCII
    if supports_unicode(sys.stdout):
        glyphs = UNICODE
    return encodable("\n".join(_lines(topic(name, glyphs), columns)))


def _lines(content: Topic, columns: int) -> Iterator[str]:
    yield from wrap(content.summary, columns)
    yield ""
    yield from (f"  {line}" for line in definition_lines(list(content.rows), columns - 2))
    if content.remark:
        yield ""
        yield from wrap(content.remark, columns)


@takes("timeline", places=False, sort=("date",))
def _shared_options(request: Request) -> None:
    """A command that has the shared options and no others."""


def _option_rows(name: str) -> Iterator[Row]:
    """The shared options of a topic, in the order in which commands have them."""
    program = typer.Typer(add_completion=False, rich_markup_mode=None)
    program.command()(_shared_options)
    command = typer.main.get_command(program)
    context = command.make_context("", [], resilient_parsing=True)
    for parameter in command.get_params(context):
        row = parameter.get_help_record(context)
        if row is not None and topic_of(parameter) == name:
            yield row


def mark_rows(glyphs: Glyphs) -> Iterator[Row]:
    """The marks of a timeline and of a chart, and what they mean."""
    types: dict[str, list[str]] = {}
    for event_type, sign in glyphs.types.items():
        types.setdefault(sign, []).append(event_type)
    founding = types.pop(glyphs.founding)
    others = [event_type for event_type in get_args(EventType) if event_type not in glyphs.types]
    yield glyphs.founding, f"The founding, or another event of type {', '.join(founding)}."
    yield glyphs.due, "An anniversary, computed from the founding date."
    for sign, names in types.items():
        yield sign, f"An event of type {', '.join(names)}."
    yield glyphs.event, f"An event of type {', '.join(others)}."
    yield glyphs.gap, "Years without an event or an anniversary."
    yield "1996~, 1996?", "An approximate date, an uncertain date."
    yield "[1]", "The number of a source, listed below."
    yield f"{glyphs.line} {glyphs.suspended}", "In a chart: the partnership is active, suspended."
    yield f"{glyphs.tick} {glyphs.arrow}", "In a chart: a decade begins, the partnership continues."
    yield "2-9, #", "In a chart: the number of events in that year, ten or more."
