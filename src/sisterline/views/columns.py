"""Columns that several views have."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sisterline.model import Identifiers
from sisterline.translation import pgettext
from sisterline.views.blocks import Cell, Column
from sisterline.views.words import ordinal_words, place_name, text_or_blank, unusual_status

if TYPE_CHECKING:
    from sisterline.reports.refs import PartnershipRef, SourceRef
    from sisterline.views.style import Glyphs


def source_ids_column(sources: Sequence["SourceRef"]) -> Column:
    """The sources that a row cites, as ids for programs."""
    ids = {source.number: source.id for source in sources}

    def cited_ids(row: Any) -> Cell:
        return " ".join(ids[number] for number in row.sources)

    return Column(name="sources", value=cited_ids)


def cited_numbers(row: Any) -> tuple[int, ...]:
    """The footnotes of a row."""
    numbers: tuple[int, ...] = row.sources
    return numbers


def _next(row: "PartnershipRef") -> str:
    if row.next is None:
        return ""
    return f"{ordinal_words(row.next.ordinal)} {row.next.date}"


def _years(row: "PartnershipRef") -> str:
    return "" if row.years is None else str(row.years)


def _years_or_status(row: "PartnershipRef") -> str:
    return unusual_status(row) or _years(row)


def _place(row: "PartnershipRef") -> str:
    return place_name(row.place)


def _partner(row: "PartnershipRef") -> str:
    return place_name(row.partner)


def _events(row: "PartnershipRef") -> str:
    return text_or_blank(row.events)


def _exchanges(row: "PartnershipRef") -> str:
    return text_or_blank(row.exchanges)


def _sources(row: "PartnershipRef") -> str:
    return text_or_blank(row.sources)


def _side_heading(names: set[str], word: str) -> str:
    """The country where all places of a side lie in one, else a word."""
    if len(names) == 1:
        return next(iter(names))
    return word


def partnership_columns(rows: Sequence["PartnershipRef"], glyphs: "Glyphs") -> tuple[Column, ...]:
    """The columns of partnerships, one per row."""
    place = _side_heading({row.place.country_name for row in rows}, pgettext("column", "Place"))
    partner = _side_heading({row.partner.country_name for row in rows}, pgettext("column", "Partner"))
    # Few are not active: their status takes the place of their age, and a column of its own only among
    # themselves.
    years, status_heading = _years_or_status, None
    if rows and all(row.status != "active" for row in rows):
        years, status_heading = _years, pgettext("column", "Status")

    def since(row: "PartnershipRef") -> str:
        return row.since or glyphs.dash

    return (
        Column(name="id"),
        Column(name="since", heading=pgettext("column", "Since"), text=since, style="date", min_width=0),
        Column(name="place", path="place.name", heading=place, text=_place, min_width=5, shrink_to=22),
        Column(name="place_native", path="place.native"),
        Column(name="place_level", path="place.level", codes="level"),
        Column(
            name="place_region",
            path="place.region",
            heading=pgettext("column", "Region"),
            style="minor",
            drop_order=5,
        ),
        Column(name="place_country", path="place.country"),
        Column(
            name="partner", path="partner.name", heading=partner, text=_partner, min_width=5, shrink_to=22
        ),
        Column(name="partner_native", path="partner.native"),
        Column(name="partner_level", path="partner.level", codes="level"),
        Column(
            name="partner_region",
            path="partner.region",
            heading=pgettext("column", "Region"),
            style="minor",
            drop_order=5,
        ),
        Column(name="partner_country", path="partner.country"),
        Column(name="kind", heading=pgettext("column", "Kind"), codes="kind", drop_order=4),
        Column(
            name="status",
            heading=status_heading,
            text=unusual_status,
            codes="status",
            style="alert",
        ),
        Column(name="years", heading=pgettext("column", "Years"), text=years, align="right", drop_order=1),
        Column(name="next", path="next.date", heading=pgettext("column", "Next"), text=_next, drop_order=3),
        Column(name="next_ordinal", path="next.ordinal"),
        Column(
            name="events", heading=pgettext("column", "Events"), text=_events, align="right", drop_order=2
        ),
        Column(name="last_event", heading=pgettext("column", "Last event"), style="date", drop_order=8),
        Column(
            name="exchanges",
            heading=pgettext("column", "Exchanges"),
            text=_exchanges,
            align="right",
            drop_order=6,
        ),
        Column(
            name="sources", heading=pgettext("column", "Sources"), text=_sources, align="right", drop_order=7
        ),
        Column(name="distance"),
        *place_columns("place"),
        *place_columns("partner"),
    )


def place_columns(side: str) -> tuple[Column, ...]:
    """What a place is joined to other data by, for programs."""
    parts = ("reading", "location.lat", "location.lon")
    paths = (*parts, *(f"identifiers.{scheme}" for scheme in Identifiers.__struct_fields__))
    return tuple(Column(name=f"{side}_{path.rpartition('.')[2]}", path=f"{side}.{path}") for path in paths)
