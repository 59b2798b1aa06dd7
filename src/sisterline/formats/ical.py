"""iCalendar (RFC 5545): dated items as all-day events; those whose day is unknown are left out.

An anniversary is one event, not a rule: its ordinal is in the title, and a recurring event could not count.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import blake2b
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from sisterline.dates import Period
from sisterline.formats.options import WriteOptions, write_text
from sisterline.language import ordinal
from sisterline.reports.anniversaries import AnniversariesReport
from sisterline.reports.timeline import Item, TimelineReport
from sisterline.text.escape import printable
from sisterline.translation import active_language, counted, listed, pgettext
from sisterline.translation import gettext as _
from sisterline.views.labels import label
from sisterline.views.style import UNICODE
from sisterline.views.timeline import item_title
from sisterline.views.words import data_words, founding_words, pair_name, unusual_status

if TYPE_CHECKING:
    from icalendar import Event, Timezone, vText

    from sisterline.reports.refs import PartnershipRef, SourceRef

Dated = AnniversariesReport | TimelineReport


class _Entry(NamedTuple):
    key: str  # what makes it the same event in the next export
    when: str
    title: str
    notes: str
    sources: tuple[int, ...]
    category: str
    announced: bool = False


def write(report: Dated, out: IO[str], _options: WriteOptions) -> str:
    """Write a calendar; the note counts what is not in it."""
    return write_text(out, text(report)) or omitted_note(report)


def text(report: Dated) -> str:
    """A calendar of a timeline or of anniversaries."""
    from icalendar import Calendar

    sources = {source.number: source for source in report.sources}
    stamp = datetime.combine(date.fromisoformat(report.today), time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", f"-//Sisterline//sisterline//{active_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Sister-city partnerships"))
    if report.data is not None:
        calendar.add("description", _text_type()(printable(data_words(report.data))))  # RFC 7986, 5.2
    for entry in _entries(report):
        days = _days(entry.when)
        if days is not None:
            calendar.add_component(_event(entry, days, stamp, sources))
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    return cast("str", calendar.to_ical().decode())


def omitted_note(report: Dated) -> str:
    """How many items are not in the calendar; empty where all are."""
    count = sum(1 for entry in _entries(report) if _days(entry.when) is None)
    if not count:
        return ""
    return counted(
        "{count} item without a known day is not in the calendar",
        "{count} items without a known day are not in the calendar",
        count,
    )


def _event(
    entry: _Entry, days: tuple[date, date], stamp: datetime, sources: "dict[int, SourceRef]"
) -> "Event":
    from icalendar import Event

    event = Event()
    digest = blake2b(entry.key.encode("utf-8", "replace"), digest_size=12).hexdigest()
    event.add("uid", f"{digest}@sisterline")
    event.add("dtstamp", stamp)
    event.add("dtstart", days[0])
    event.add("dtend", days[1])
    event.add("summary", _text_type()(printable(entry.title)))
    event.add("description", _text_type()(_description(entry, sources)))
    event.add("categories", [label("event type", entry.category)])
    if entry.announced:
        event.add("status", "TENTATIVE")  # RFC 5545, 3.8.1.11
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    if url := next((sources[number].url for number in entry.sources if sources[number].url), ""):
        event.add("url", url)
    return event


@cache
def _text_type() -> "type[vText]":
    from icalendar import vText

    class Text(vText):
        """A text as RFC 5545 escapes it (3.3.11): icalendar itself makes a line break of a written \\N."""

        def to_ical(self) -> bytes:
            return re.sub(r"[\\\\;,]", r"\\\g<0>", str(self)).replace("\n", r"\n").encode()

    return Text


def _utc() -> "Timezone":
    """The one component of a calendar without events: there must be at least one (RFC 5545, 3.6)."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # a local time (3.6.5)
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone


def _entries(report: Dated) -> Iterator[_Entry]:
    if isinstance(report, AnniversariesReport):
        yield from _anniversary_entries(report)
    else:
        yield from _timeline_entries(report)


def _anniversary_entries(report: AnniversariesReport) -> Iterator[_Entry]:
    for row in report.rows:
        partnership = row.partnership
        yield _Entry(
            key=f"{partnership.id} anniversary {row.ordinal}",
            when=row.date,
            title=_anniversary_title(row.ordinal, partnership),
            notes=founding_words(partnership),
            sources=row.sources,
            category="anniversary",
        )


def _anniversary_title(n: int, partnership: "PartnershipRef") -> str:
    """35th anniversary of Beihai – Yatsushiro, with the status of one that is not active."""
    pair, status = pair_name(partnership, UNICODE), unusual_status(partnership.status)
    if not status:
        return _("{nth} anniversary of {pair}").format(nth=ordinal(n), n=n, pair=pair)
    message = _("{nth} anniversary of {pair} ({status})")
    return message.format(nth=ordinal(n), n=n, pair=pair, status=status)


def _timeline_entries(report: TimelineReport) -> Iterator[_Entry]:
    partnerships = {partnership.id: partnership for partnership in report.partnerships}
    for item in report.items:
        partnership = partnerships[item.partnership]
        name = pair_name(partnership, UNICODE)
        title = pgettext("an event of a partnership", "{pair}: {title}").format(
            pair=name, title=item_title(item)
        )
        notes = item.notes
        if item.ordinal is not None:
            title, notes = _due_title(item, name), founding_words(partnership)
        yield _Entry(
            key=_key(item),
            when=item.date,
            title=title,
            notes=notes,
            sources=item.sources,
            category=item.type,
            announced=item.announced,
        )


def _due_title(item: Item, pair: str) -> str:
    """The title of a computed anniversary."""
    message = _("{nth} anniversary of {pair}")
    if item.suspended:
        message = _("{nth} anniversary (suspended) of {pair}")
    return message.format(nth=ordinal(item.ordinal or 0), n=item.ordinal, pair=pair)


def _key(item: Item) -> str:
    """What identifies an event (RFC 5545, 3.8.4.7) also after a correction.

    Neither the title nor the date is part of it: whichever of them is corrected, the calendar that imports
    the next export updates its event instead of getting a second one.
    """
    if item.ordinal is not None:
        return f"{item.partnership} anniversary {item.ordinal}"
    if item.kind == "founding":
        return f"{item.partnership} founding"
    return f"{item.partnership} event {item.type} {item.number}"


def _days(when: str) -> tuple[date, date] | None:
    """The first day and the day after the last one (RFC 5545, 3.6.1); None where one is unknown."""
    period = Period.parse(when)
    if period.start is None or period.end is None or not period.start.day or not period.end.day:
        return None
    if period.end.day_after > date.max.toordinal():
        return None
    return date.fromordinal(period.start.first_day), date.fromordinal(period.end.day_after)


def _description(entry: _Entry, sources: "dict[int, SourceRef]") -> str:
    lines = [printable(entry.notes)] if entry.notes else []
    if entry.announced:
        lines.append(_("Announced: no source says that it took place."))
    if "~" in entry.when:
        lines.append(_("The day is approximate."))
    if "?" in entry.when:
        lines.append(_("The day is uncertain."))
    for number in entry.sources:
        source = sources[number]
        parts = listed(filter(None, (source.publisher, source.title, source.url)))
        lines.append(printable(_("Source: {source}").format(source=parts)))
    return "\n".join(lines)
