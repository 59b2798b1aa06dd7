"""Where the history of a partnership lies on an axis of time, to be drawn at any width."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from sisterline.dates import Date, Period
from sisterline.model import Event, Partnership
from sisterline.query.history import happened
from sisterline.reports.chart import status_changes
from sisterline.reports.entries import is_founding
from sisterline.reports.refs import living_since
from sisterline.vocabulary import EventType

LENGTH = 1000  # units from one end of the axis to the other
YEARS_BEFORE_FIRST = 10  # of the axis, before the first founding; earlier events lie at its edge

# What a mark says: visits and exchange, agreements and anniversaries, gifts and monuments and aid; two or
# three, and more events in one year; an event that is only announced.
Form = Literal["people", "paper", "thing", "some", "many", "planned"]
_FORMS: dict[EventType, Form] = {
    **dict.fromkeys(("agreement", "renewal", "anniversary", "award", "merger", "resumption"), "paper"),
    **dict.fromkeys(("gift", "monument", "animals", "aid"), "thing"),
}
_INTERRUPTIONS = frozenset({"suspension", "dissolution"})
_MANY = 4  # events of one year that make the largest mark


class Stretch(Struct, frozen=True, array_like=True):
    """A part of a lane: from, to."""

    start: int
    end: int


class PageLane(Struct, frozen=True, kw_only=True, array_like=True):
    """What is drawn of one partnership, in units of the axis.

    Attributes:
        founded: where its founding lies; None where no source says when it was.
        active: the stretches in which it existed and was not suspended, in order.
        suspended: those in which it was suspended, in order.
        stops: where it was suspended or dissolved.
        marks: where its other events lie, by form; those of one year are one mark.
    """

    founded: int | None
    active: tuple[Stretch, ...]
    suspended: tuple[Stretch, ...]
    stops: tuple[int, ...]
    marks: dict[Form, tuple[int, ...]]


class Axis(Struct, frozen=True):
    """The years from the beginning of `first` to the end of `last`."""

    first: int
    last: int

    def position(self, ordinal: float) -> int:
        """Where a day lies, by its ordinal (`datetime.date.toordinal`); what is outside lies at the edge."""
        start = date(self.first, 1, 1).toordinal()
        end = date(self.last, 12, 31).toordinal() + 1
        share = (ordinal - start) / (end - start)
        return round(min(max(share, 0.0), 1.0) * LENGTH)

    def middle(self, when: Date) -> int:
        """Where the middle of the days lies that a date may be."""
        return self.position((when.first_day + when.day_after) / 2)

    def span(self, period: Period) -> tuple[int, int]:
        """Where a period begins and ends; an end that is open lies at the edge."""
        start, end = 0, LENGTH
        if period.start is not None:
            start = self.position(period.start.first_day)
        if period.end is not None:
            end = self.position(period.end.day_after)
        return start, end


def axis_of(partnerships: Iterable[Partnership], today: date) -> Axis:
    """The years of some partnerships, from a little before the first founding to this year."""
    foundings, events = [], []
    for partnership in partnerships:
        events += [event.date.anchor.year for event in partnership.events]
        if partnership.since is not None:
            foundings.append(partnership.since.year)
    first = min([*foundings, *events], default=today.year - YEARS_BEFORE_FIRST)
    if foundings:
        first = max(first, min(foundings) - YEARS_BEFORE_FIRST)
    return Axis(max(1, first), max([today.year, *foundings, *events]))


def lane_of(partnership: Partnership, history: tuple[Event, ...], axis: Axis, today: date) -> PageLane:
    """The lane of a partnership.

    Args:
        partnership: whose lane it is, with the events that are drawn.
        history: all of its events, also those that are not drawn.
        axis: on which it lies.
        today: where a partnership that still exists ends.
    """
    since = partnership.since
    stops = [event for event in happened(partnership.events) if event.type in _INTERRUPTIONS]
    stretches = list(_stretches(partnership, history, axis, today))
    return PageLane(
        founded=None if since is None else axis.middle(since),
        active=tuple(stretch for stretch, suspended in stretches if not suspended),
        suspended=tuple(stretch for stretch, suspended in stretches if suspended),
        stops=tuple(axis.middle(event.date.anchor) for event in stops),
        marks=_marks(partnership, axis),
    )


def form_of(event: Event) -> Form:
    """The form of the mark of an event that is alone in its year."""
    if event.announced:
        return "planned"
    return _FORMS.get(event.type, "people")


def _stretches(
    partnership: Partnership, history: tuple[Event, ...], axis: Axis, today: date
) -> Iterator[tuple[Stretch, bool]]:
    """The stretches of a lane, each with whether the partnership was suspended in it."""
    since = partnership.since
    if since is None or since.first_day > today.toordinal():
        return
    start, suspended = axis.middle(since), False
    for when, status in status_changes(history):
        at = axis.middle(when)
        if at > start:
            yield Stretch(start, at), suspended
        if status == "dissolved":
            return
        start, suspended = at, status == "suspended"
    now = axis.position(today.toordinal())
    if living_since(partnership, today) is not None and now > start:
        yield Stretch(start, now), suspended


def _marks(partnership: Partnership, axis: Axis) -> dict[Form, tuple[int, ...]]:
    years: dict[int, list[Event]] = {}
    marks: dict[Form, list[int]] = {}
    for event in partnership.events:
        if event.announced:
            marks.setdefault("planned", []).append(axis.middle(event.date.anchor))
        elif event.type not in _INTERRUPTIONS and not is_founding(event, partnership):
            years.setdefault(event.date.anchor.year, []).append(event)
    for events in years.values():
        middle = sum(axis.middle(event.date.anchor) for event in events) / len(events)
        marks.setdefault(_form_of_year(events), []).append(round(middle))
    return {form: tuple(places) for form, places in sorted(marks.items())}


def _form_of_year(events: list[Event]) -> Form:
    if len(events) == 1:
        return form_of(events[0])
    if len(events) < _MANY:
        return "some"
    return "many"
