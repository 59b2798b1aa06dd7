"""`list`: which partnerships, one per line."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sisterline.model import Dataset
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report
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


def _place(row: PartnershipRef) -> str:
    return fold(row.place.name)


def _partner(row: PartnershipRef) -> str:
    return fold(row.partner.name)


def _field(name: str) -> SortKey:
    def key(row: PartnershipRef) -> Any:
        return getattr(row, name)

    return key


# A key is None where the value is unknown: those rows are last, whichever way the others are sorted.
SORT_KEYS: dict[str, SortKey] = {
    "since": _since,
    "id": _field("id"),
    "place": _place,
    "partner": _partner,
    "next": _next,
    "years": _field("years"),
    "events": _field("events"),
    "exchanges": _field("exchanges"),
    "sources": _field("sources"),
    "kind": _field("kind"),
    "status": _field("status"),
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
    key = SORT_KEYS[sort]
    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    known.sort(key=key, reverse=reverse)
    return ListReport(
        today=today.isoformat(), partnerships=tuple([*known, *unknown][:limit]), matched=len(rows)
    )
