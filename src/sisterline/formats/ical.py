"""iCalendar (RFC 5545): dated items as all-day events; those whose day is not known are left out.

An anniversary is one event, not a rule: its ordinal stands in the title, and a recurring event could not
count.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, cast

from sisterline.dates import Period
from sisterline.language import ordinal, plural
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Timezone
    from msgspec import Struct

    from sisterline.reports.anniversaries import AnniversariesReport
    from sisterline.reports.refs import PartnershipRef, SourceRef
    from sisterline.reports.timeline import Item, TimelineReport


class _Entry(NamedTuple):
    key: str  # what makes it the same event in the next export
    when: str
    title: str
    notes: str
    sources: tuple[int, ...]
    category: str


def text(report: "Struct") -> str:
    """A calendar of a timeline or of anniversaries."""
    from icalendar import Calendar, Event, vText

    class Text(vText):
        """A text as RFC 5545 escapes it (3.3.11): icalendar itself makes a line break of a written \\N."""

        def to_ical(self) -> bytes:
            return re.sub(r"[\\\\;,]", r"\\\g<0>", str(self)).replace("\n", r"\n").encode()

    dated = cast("AnniversariesReport | TimelineReport", report)
    sources = {source.number: source for source in dated.sources}
    stamp = datetime.combine(date.fromisoformat(dated.today), time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//Sisterline//sisterline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Sister-city partnerships")
    for entry in _entries(report):
        days = _days(entry.when)
        if days is None:
            continue
        event = Event()
        digest = blake2b(entry.key.encode("utf-8", "replace"), digest_size=12).hexdigest()
        event.add("uid", f"{digest}@sisterline")
        event.add("dtstamp", stamp)
        event.add("dtstart", days[0])
        event.add("dtend", days[1])
        event.add("summary", Text(printable(entry.title)))
        event.add("description", Text(_description(entry, sources)))
        event.add("categories", [entry.category])
        event.add("transp", "TRANSPARENT")  # it takes nobody's time
        if url := next((sources[n].url for n in entry.sources if sources[n].url), ""):
            event.add("url", url)
        calendar.add_component(event)
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    return cast("str", calendar.to_ical().decode())


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


def omitted_note(report: "Struct") -> str:
    """What is not in the calendar, in a line; empty where all is."""
    count = sum(1 for entry in _entries(report) if _days(entry.when) is None)
    verb = "is" if count == 1 else "are"
    return f"{plural(count, 'item')} without a known day {verb} not in the calendar" if count else ""


def _entries(report: "Struct") -> "Iterator[_Entry]":
    if report.__struct_config__.tag == "anniversaries":
        for row in cast("AnniversariesReport", report).rows:
            title = f"{ordinal(row.ordinal)} anniversary of {_name(row.partnership)}"
            if row.partnership.status != "active":
                title += f" ({row.partnership.status})"
            key = f"{row.partnership.id} anniversary {row.ordinal}"
            yield _Entry(key, row.date, title, _since(row.partnership), row.sources, "anniversary")
        return
    timeline = cast("TimelineReport", report)
    pairs = {pair.id: pair for pair in timeline.partnerships}
    for item in timeline.items:
        pair = pairs[item.partnership]
        if item.ordinal:
            key = f"{item.partnership} anniversary {item.ordinal}"
            yield _Entry(
                key, item.date, f"{item.title} of {_name(pair)}", _since(pair), item.sources, item.type
            )
            continue
        title = f"{_name(pair)}: {item.title}"
        yield _Entry(_key(item), item.date, title, item.notes, item.sources, item.type)


def _key(item: "Item") -> str:
    """What identifies an event (RFC 5545, 3.8.4.7) also after a correction.

    Neither the title nor the date is part of it: whichever of them is corrected, the calendar that imports
    the next export updates its event instead of getting a second one.
    """
    if item.kind == "founding":
        return f"{item.partnership} founding"
    return f"{item.partnership} event {item.type} {item.number}"


def _name(pair: "PartnershipRef") -> str:
    return f"{pair.place.name} – {pair.partner.name}"


def _since(pair: "PartnershipRef") -> str:
    return f"{(pair.kind or 'partnership').replace('-', ' ')} since {pair.since}"


def _days(when: str) -> tuple[date, date] | None:
    """The first day and the day after the last one (RFC 5545, 3.6.1); None where one is not known."""
    period = Period.parse(when)
    if period.start is None or period.end is None or not period.start.day or not period.end.day:
        return None
    if period.end.day_after > date.max.toordinal():
        return None
    return date.fromordinal(period.start.first_day), date.fromordinal(period.end.day_after)


def _description(entry: _Entry, sources: "dict[int, SourceRef]") -> str:
    lines = [printable(entry.notes)] if entry.notes else []
    lines += [
        word
        for mark, word in (("~", "The day is approximate."), ("?", "The day is uncertain."))
        if mark in entry.when
    ]
    for number in entry.sources:
        source = sources[number]
        told = ", ".join(part for part in (source.publisher, source.title, source.url) if part)
        lines.append(printable(f"Source: {told}"))
    return "\n".join(lines)
