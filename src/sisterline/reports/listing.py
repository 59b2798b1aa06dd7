"""`list`: which partnerships, one per line."""

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from sisterline.model import Dataset
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.refs import PartnershipRef, RefBuilder
from sisterline.text.matching import fold


class ListReport(Report, frozen=True, kw_only=True, tag="list"):
    """Partnerships, one per line.

    Attributes:
        partnerships: those that were selected, sorted and limited.
        matched: how many there were before the limit.
    """

    partnerships: tuple[PartnershipRef, ...]
    matched: int


SortKey = Callable[[PartnershipRef], Any]


def _time(when: str | None) -> tuple[str, str] | None:
    """A sort key of EDTF in the order of `Date`: by its digits first, so that 1996~ is before 1996-03."""
    if not when:
        return None
    return when.rstrip("~?"), when


def _since(row: PartnershipRef) -> tuple[str, str] | None:
    return _time(row.since)


def _next(row: PartnershipRef) -> tuple[str, str] | None:
    return _time(row.next.date) if row.next else None


def _last_event(row: PartnershipRef) -> tuple[str, str] | None:
    if row.last_event and row.last_event.endswith("/.."):
        return "9999-12-31", row.last_event  # it still continues
    return _time(row.last_event)


def _place(row: PartnershipRef) -> str:
    return fold(row.place.name)


def _partner(row: PartnershipRef) -> str:
    return fold(row.partner.name)


# A key is None where the value is unknown: those rows are last, whichever way the others are sorted.
SORT_KEYS: dict[str, SortKey] = {
    "since": _since,
    "id": attrgetter("id"),
    "place": _place,
    "partner": _partner,
    "next": _next,
    "years": attrgetter("years"),
    "events": attrgetter("events"),
    "last_event": _last_event,
    "exchanges": attrgetter("exchanges"),
    "sources": attrgetter("sources"),
    "distance": attrgetter("distance"),
    "kind": attrgetter("kind"),
    "status": attrgetter("status"),
}


def list_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    language: str = "en",
    sort: str = "since",
    reverse: bool = False,
    limit: int | None = None,
) -> ListReport:
    """The selected partnerships, sorted by one of `SORT_KEYS`; equal ones stay in the order of founding."""
    refs = RefBuilder(dataset, today, language)
    rows = [refs.partnership(partnership) for partnership in selected.partnerships]
    in_order = sort_rows(rows, sort, reverse=reverse)
    return ListReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        partnerships=tuple(in_order[:limit]),
        matched=len(rows),
    )


def sort_rows(rows: Iterable[PartnershipRef], sort: str, *, reverse: bool = False) -> list[PartnershipRef]:
    """Rows in the order of one of `SORT_KEYS`; those without it last, equal ones as they are given."""
    key = SORT_KEYS[sort]
    keyed = [(key(row), row) for row in rows]
    known = [pair for pair in keyed if pair[0] is not None]
    unknown = [pair for pair in keyed if pair[0] is None]
    known.sort(key=itemgetter(0), reverse=reverse)
    return [row for _, row in (*known, *unknown)]
