"""`list`: which partnerships, one a line."""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from sisterline.model import Dataset
from sisterline.query.selection import SelectionResult
from sisterline.reports.refs import SCHEMA_VERSION, PartnershipRef, RefBuilder
from sisterline.text.matching import fold


class ListReport(Struct, frozen=True, tag_field="report", tag="list"):
    """Partnerships, one a line.

    Attributes:
        schema: of the JSON form.
        today: the day that years and anniversaries are counted from.
        partnerships: those that were selected, sorted and limited.
        matched: how many there were before the limit.
    """

    schema: int
    today: str
    partnerships: tuple[PartnershipRef, ...]
    matched: int


def _in_time(when: str | None) -> tuple[str, str] | None:
    """A sort key of EDTF in the order of `Date`: by its digits first, so that 1996~ stands before 1996-03."""
    return (when.rstrip("~?"), when) if when else None


# None where it is not known: those rows stand last, whichever way the others are sorted.
SORTS: dict[str, Callable[[PartnershipRef], Any]] = {
    "since": lambda row: _in_time(row.since),
    "id": lambda row: row.id,
    "place": lambda row: fold(row.place.name),
    "partner": lambda row: fold(row.partner.name),
    "next": lambda row: _in_time(row.next.date) if row.next else None,
    "years": lambda row: row.years,
    "events": lambda row: row.events,
    "exchanges": lambda row: row.exchanges,
    "sources": lambda row: row.sources,
    "kind": lambda row: row.kind,
    "status": lambda row: row.status,
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
    """The selected partnerships, sorted by one of `SORTS`; equal ones stay in the order of founding."""
    refs = RefBuilder(dataset, today, language)
    rows = [refs.pair(partnership) for partnership in selected.partnerships]
    key = SORTS[sort]
    known = sorted((row for row in rows if key(row) is not None), key=key, reverse=reverse)
    rows = known + [row for row in rows if key(row) is None]
    return ListReport(SCHEMA_VERSION, today.isoformat(), tuple(rows[:limit]), len(rows))
