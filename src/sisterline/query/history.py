"""What has happened between two places: the events of a partnership without those only announced."""

from collections.abc import Iterable, Iterator

from sisterline.model import Event


def happened(events: Iterable[Event]) -> Iterator[Event]:
    """The events that took place; a plan is none, also when its day is past."""
    return (event for event in events if not event.announced)


def number_of_events(events: Iterable[Event]) -> int:
    """How many events took place: what every report means by a number of events."""
    return sum(1 for _ in happened(events))
