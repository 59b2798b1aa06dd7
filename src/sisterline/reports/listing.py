"""`list`: which partnerships, one per line."""

from datetime import date

from sisterline.model import Dataset, Identifiers
from sisterline.query.selection import SelectionResult, TextlessResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.order import Sort, SortColumn, SortKey, in_order, name_of, time_key, time_of, value_of
from sisterline.reports.refs import PartnershipRef, RefBuilder


class ListReport(Report, frozen=True, kw_only=True, tag="list"):
    """Partnerships, one per line.

    Attributes:
        partnerships: those that were selected, sorted and limited.
        matched: how many there were before the limit.
    """

    partnerships: tuple[PartnershipRef, ...]
    matched: int


def _last_event(row: PartnershipRef) -> tuple[str, str] | None:
    if row.last_event and row.last_event.endswith("/.."):
        return "9999-12-31", row.last_event  # it still continues
    return time_key(row.last_event)


def _place_keys(side: str) -> dict[str, SortKey]:
    """The keys of the columns of one side, `place` or `partner`."""
    return {
        side: name_of(f"{side}.name"),
        f"{side}_native": name_of(f"{side}.native"),
        f"{side}_level": value_of(f"{side}.level"),
        f"{side}_region": name_of(f"{side}.region"),
        f"{side}_country": value_of(f"{side}.country"),
    }


def _identity_keys(side: str) -> dict[str, SortKey]:
    """The keys of what a place is joined to other data by."""
    paths = ("reading", "location.lat", "location.lon")
    identifiers = tuple(f"identifiers.{scheme}" for scheme in Identifiers.__struct_fields__)
    return {f"{side}_{path.rpartition('.')[2]}": value_of(f"{side}.{path}") for path in paths + identifiers}


SORT_KEYS: dict[str, SortKey] = {
    "id": value_of("id"),
    "since": time_of("since"),
    **_place_keys("place"),
    **_place_keys("partner"),
    "kind": value_of("kind"),
    "status": value_of("status"),
    "years": value_of("years"),
    "next": time_of("next.date"),
    "next_ordinal": value_of("next.ordinal"),
    "events": value_of("events"),
    "last_event": _last_event,
    "exchanges": value_of("exchanges"),
    "sources": value_of("sources"),
    "distance": value_of("distance"),
    **_identity_keys("place"),
    **_identity_keys("partner"),
}
_BY_FOUNDING = (SortColumn("since"),)


def list_report(
    dataset: Dataset,
    selected: SelectionResult | TextlessResult,
    today: date,
    *,
    language: str = "en",
    sort: Sort = (),
    reverse: bool = False,
    limit: int | None = None,
) -> ListReport:
    """The selected partnerships, sorted by columns of SORT_KEYS; equal ones stay in the order of founding."""
    refs = RefBuilder(dataset, today, language)
    rows = [refs.partnership(partnership) for partnership in selected.partnerships]
    rows = in_order(rows, sort, SORT_KEYS, usual=_BY_FOUNDING, reverse=reverse)
    return ListReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        partnerships=tuple(rows[:limit]),
        matched=len(rows),
    )
