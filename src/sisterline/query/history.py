"""What has happened between two places: the events of a partnership without those only announced."""

from collections.abc import Iterable
from datetime import date

from sisterline.dates import Period
from sisterline.model import AnyEvent
from sisterline.query.ranges import ALL_TIME, DayRange


def happened(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """The events that took place; a plan is none, also when its day is past."""
    return [event for event in events if not event.announced]


def number_of_events(events: Iterable[AnyEvent]) -> int:
    """How many events took place: what every report means by a number of events."""
    return len(happened(events))


def last_event(events: Iterable[AnyEvent]) -> Period | None:
    """When the last of some events was that took place; None where none did.

    It is the date on which that event ended, or the open interval (`1979/..`) of one that still continues.
    """
    dates = [event.date for event in events if not event.announced]
    if not dates:
        return None
    for when in dates:
        if when.end is None:
            return when
    return Period.single(max([when.end for when in dates if when.end is not None]))


def is_last_in(last: Period | None, days: DayRange) -> bool:
    """Whether a last event may lie in a range of days.

    A range without a start also holds what never had an event; one without an end also holds what continues.
    """
    if last is None:
        return days.first == ALL_TIME.first
    if last.end is None:
        return days.after == ALL_TIME.after
    return days.overlaps(last)


def is_quiet(last: Period | None, today: date, years: int) -> bool:
    """Whether no event is on record in the whole of some years up to today."""
    if last is None:
        return True
    # The 28th is in every month.
    limit = today.replace(year=max(1, today.year - years), day=min(today.day, 28))
    return last.end is not None and last.end.day_after <= limit.toordinal()
