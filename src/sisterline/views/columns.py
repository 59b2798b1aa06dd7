"""Columns that several views have."""

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sisterline.model import Identifiers
from sisterline.translation import pgettext
from sisterline.views.blocks import Cell, Column, Text
from sisterline.views.roles import Role
from sisterline.views.words import ordinal_words, place_name, text_or_blank, unusual_status

if TYPE_CHECKING:
    from sisterline.reports.refs import PartnershipRef, SourceRef
    from sisterline.views.style import Glyphs


def date_column(
    name: str, heading: str, *, show: Text | None = None, value_where_narrow: bool = False
) -> Column:
    """A column of dates, which are never cut."""
    return Column(
        name=name,
        heading=heading,
        show=show,
        value_where_narrow=value_where_narrow,
        style="date",
        min_width=0,
    )


def number_column(
    name: str,
    heading: str,
    *,
    show: Text | None = None,
    text: Text | None = None,
    style: Role = "",
    drop_order: int = 0,
) -> Column:
    """A column of numbers, which are never cut."""
    return Column(
        name=name,
        heading=heading,
        show=show,
        text=text,
        style=style,
        align="right",
        drop_order=drop_order,
        min_width=0,
    )


def place_column(side: str, heading: str, *, of: str = "", shrink_to: int) -> Column:
    """One place of a partnership: its name for programs, with the native one for people.

    Args:
        side: `place` or `partner`.
        heading: above it.
        of: the attribute of a row that is the partnership; empty where the row is it.
        shrink_to: cells that it may be cut to before another column is dropped.
    """
    path = f"{of}.{side}".removeprefix(".")
    place_of = attrgetter(path)

    def text(row: Any) -> str:
        return place_name(place_of(row))

    return Column(
        name=side, path=f"{path}.name", heading=heading, text=text, min_width=5, shrink_to=shrink_to
    )


def source_columns(sources: Sequence["SourceRef"], *, drop_order: int = 0) -> tuple[Column, Column]:
    """The sources that a row cites: for programs by their ids, for people by their footnotes."""
    heading = pgettext("column", "Source")
    return (
        source_ids_column(sources),
        Column(heading=heading, cites=attrgetter("sources"), style="minor", drop_order=drop_order),
    )


def source_ids_column(sources: Sequence["SourceRef"]) -> Column:
    """The sources that a row cites, as ids for programs."""
    ids = {source.number: source.id for source in sources}

    def cited_ids(row: Any) -> Cell:
        return " ".join(ids[number] for number in row.sources)

    return Column(name="sources", value=cited_ids)


def _next(row: "PartnershipRef") -> str:
    if row.next is None:
        return ""
    return f"{ordinal_words(row.next.ordinal)} {row.next.date}"


def _years_or_status(row: "PartnershipRef") -> str:
    if row.status != "active":
        return unusual_status(row.status)
    return "" if row.years is None else str(row.years)


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
    years: Text | None = _years_or_status
    status_heading = None
    if rows and all(row.status != "active" for row in rows):
        years, status_heading = None, pgettext("column", "Status")

    def since(row: "PartnershipRef") -> str:
        return row.since or glyphs.dash

    return (
        Column(name="id"),
        Column(name="since", heading=pgettext("column", "Since"), text=since, style="date", min_width=0),
        place_column("place", place, shrink_to=22),
        Column(name="place_native", path="place.native"),
        Column(name="place_level", path="place.level", codes="level"),
        _region_column("place_region"),
        Column(name="place_country", path="place.country"),
        place_column("partner", partner, shrink_to=22),
        Column(name="partner_native", path="partner.native"),
        Column(name="partner_level", path="partner.level", codes="level"),
        _region_column("partner_region"),
        Column(name="partner_country", path="partner.country"),
        Column(name="kind", heading=pgettext("column", "Kind"), codes="kind", drop_order=4),
        Column(name="status", heading=status_heading, show=unusual_status, codes="status", style="alert"),
        Column(name="years", heading=pgettext("column", "Years"), text=years, align="right", drop_order=1),
        Column(name="next", path="next.date", heading=pgettext("column", "Next"), text=_next, drop_order=3),
        Column(name="next_ordinal", path="next.ordinal"),
        _count_column("events", pgettext("column", "Events"), drop_order=2),
        Column(name="last_event", heading=pgettext("column", "Last event"), style="date", drop_order=8),
        _count_column("exchanges", pgettext("column", "Exchanges"), drop_order=6),
        _count_column("sources", pgettext("column", "Sources"), drop_order=7),
        Column(name="distance"),
        *place_columns("place"),
        *place_columns("partner"),
    )


def _region_column(name: str) -> Column:
    heading, path = pgettext("column", "Region"), name.replace("_", ".")
    return Column(name=name, path=path, heading=heading, style="minor", drop_order=5)


def _count_column(name: str, heading: str, *, drop_order: int) -> Column:
    return number_column(name, heading, show=text_or_blank, drop_order=drop_order)


def place_columns(side: str) -> tuple[Column, ...]:
    """What a place is joined to other data by, for programs."""
    parts = ("reading", "location.lat", "location.lon")
    paths = (*parts, *(f"identifiers.{scheme}" for scheme in Identifiers.__struct_fields__))
    return tuple(Column(name=f"{side}_{path.rpartition('.')[2]}", path=f"{side}.{path}") for path in paths)
