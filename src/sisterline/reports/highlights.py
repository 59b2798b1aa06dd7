"""The few events of a history that a page of one sheet has room for."""

from sisterline.model import source_ids
from sisterline.reports.entries import Entry
from sisterline.vocabulary import EventType

MOST = 8  # events on a page that is handed out

# What changes a partnership comes first, then what is remembered of it; all other types are equal.
_FIRST: tuple[EventType, ...] = (
    "agreement",
    "renewal",
    "suspension",
    "resumption",
    "dissolution",
    "merger",
)
_SECOND: tuple[EventType, ...] = ("award", "monument", "aid", "anniversary", "sister-school")


def highlights(entries: list[Entry], most: int = MOST) -> list[Entry]:
    """The most important entries and the latest one, in their order.

    The founding comes first; of several partnerships, which a table lists with their foundings, none is
    taken. Of equal types those with more sources come first, then the later ones.

    Args:
        entries: events and foundings, in the order of time.
        most: how many to take.
    """
    if len({entry.partnership.id for entry in entries}) > 1:
        entries = [entry for entry in entries if entry.kind != "founding"]
    ranked = sorted(range(len(entries) - 1), key=lambda n: _rank(entries[n], n))
    chosen = {*ranked[: most - 1], len(entries) - 1}
    return [entry for n, entry in enumerate(entries) if n in chosen]


def _rank(entry: Entry, place: int) -> tuple[int, int, int]:
    """The sort key of an entry: class of its type, number of sources, place in the order of time."""
    if entry.event is None or entry.kind == "founding":
        return 0, 0, 0
    group = 3
    if entry.event.type in _FIRST:
        group = 1
    elif entry.event.type in _SECOND:
        group = 2
    return group, -len(source_ids(entry.event.source)), -place
