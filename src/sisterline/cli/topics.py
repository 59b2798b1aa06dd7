"""The topics of `sisterline help`: the shared options, dates and marks, each on one screen of 80 x 24.

The documents and the man page are made from these texts as well.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import get_args

import typer
from msgspec import Struct

from sisterline.cli.help import TOPICS, Row, definition_lines, encodable, help_row, help_width, topic_of
from sisterline.cli.options import takes
from sisterline.cli.request import Request
from sisterline.formats import FORMATS
from sisterline.formats.options import supports_unicode
from sisterline.text.cells import wrap
from sisterline.translation import active_language, listed, marked, pgettext
from sisterline.translation import gettext as _
from sisterline.views.labels import label
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


REPEATABLE = marked("Repeat an option for alternatives; different options narrow each other.")
DATES: tuple[Row, ...] = (
    ("1996, 1996-03, 1996-03-05", marked("A year, a month, a day.")),
    ("1996~, 1996?", marked("Approximate, uncertain (EDTF, ISO 8601-2).")),
    ("1973..1979, 1973/1979", marked("From the start of 1973 to the end of 1979.")),
    ("1973.., ..1979", marked("From 1973 on, up to the end of 1979.")),
    ("1980s, 80s", marked("1980 to 1989; of two digits, the last decade that has begun.")),
    ("today, last year, next week", marked("Also yesterday, tomorrow, this month, last decade.")),
    ("5y, 6m, 10w, 90d, 5 years", marked("Years, months, weeks or days up to today.")),
    ("3y, 10w, 10 weeks", marked("The same from today on (--within).")),
    ("10 years ago, in 2 years", marked("The year then; as --from or --to, the day.")),
    ("昭和54年5月1日, S54.5.1", marked("A date of a Japanese era.")),
    ("1979年5月, 5 March 1996", marked("Other notations that can mean only one date.")),
)
DATES_REMARK = marked(
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
        return Topic(_(TOPICS[name]), tuple(mark_rows(glyphs)))
    if name == "dates":
        rows = tuple((term, _(description)) for term, description in DATES)
        return Topic(_(TOPICS[name]), rows, _(DATES_REMARK))
    if name == "selection":
        return Topic(_(TOPICS[name]), tuple(_option_rows(name)), _(REPEATABLE))
    formats = _("{list}; no command has all of them.").format(list=listed(FORMATS))
    return Topic(_(TOPICS[name]), (("-f, --format FORMAT", formats), *_option_rows(name)))


def topic_text(name: str) -> str:
    """A topic as one text, as wide as the terminal, with the marks that standard output can encode."""
    glyphs = ASCII
    if supports_unicode(sys.stdout):
        glyphs = UNICODE
    return encodable("\n".join(_lines(topic(name, glyphs), help_width())))


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
        row = help_row(parameter, context)
        if row is not None and topic_of(parameter) == name:
            yield row


def mark_rows(glyphs: Glyphs) -> Iterator[Row]:
    """The marks of a timeline and of a chart, and what they mean."""
    types: dict[str, list[str]] = {}
    for event_type, sign in glyphs.types.items():
        types.setdefault(sign, []).append(event_type)
    founding = types.pop(glyphs.founding)
    others = [event_type for event_type in get_args(EventType) if event_type not in glyphs.types]
    of_type = _("An event of type {list}.")
    founded = _("The founding, or another event of type {list}.")
    yield glyphs.founding, founded.format(list=_typed_and_meant(founding))
    yield glyphs.due, _("An anniversary, computed from the founding date.")
    for sign, names in types.items():
        yield sign, of_type.format(list=_typed_and_meant(names))
    yield glyphs.event, of_type.format(list=_typed_and_meant(others))
    yield glyphs.gap, _("Years without an event or an anniversary.")
    yield "1996~, 1996?", _("An approximate date, an uncertain date.")
    yield "[1]", _("The number of a source, listed below.")
    yield f"{glyphs.line} {glyphs.suspended}", _("In a chart: the partnership is active, suspended.")
    yield f"{glyphs.tick} {glyphs.arrow}", _("In a chart: a decade begins, the partnership continues.")
    yield glyphs.shade, _("In a chart: an era of the data, which is named above the years.")
    yield "2-9, #", _("In a chart: the number of events in that year, ten or more.")


def _typed_and_meant(types: Iterable[str]) -> str:
    """The types of events as options take them, in other languages than English with their words."""
    if active_language() == "en":
        return listed(types)
    both = pgettext("a code and what it means", "{code} ({meaning})")
    return listed(both.format(code=code, meaning=label("event type", code)) for code in types)
