"""The parts of a page: places, partnerships and what belongs to them, with texts in all their languages."""

from functools import cache
from typing import Any, Literal, TypeVar

from msgspec import Struct

from sisterline.dates import Date, Period
from sisterline.reports.lanes import Form, PageLane
from sisterline.vocabulary import (
    Category,
    DisputedField,
    EventType,
    Kind,
    Level,
    LocalizedText,
    Status,
    TotalUnit,
    Unit,
)


class _Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a page; a field that has its default is left out of the file.

    `place` and `source` fields are numbers of the places and the sources of the page, counted from 0.
    """


P = TypeVar("P", bound=_Part)
_DATES = (Date, Period)


def part_of(part: type[P], record: Struct, **others: Any) -> P:
    """A part of a page, made of a record of the data set.

    Args:
        part: its type.
        record: whose fields it takes that have the same name: dates as EDTF, what the data does not give as
            its default.
        others: the fields that are worked out, and those that are something else than in the record.
    """
    for name in _shared_fields(part, type(record)):
        value = getattr(record, name)
        if value is not None and name not in others:
            others[name] = str(value) if isinstance(value, _DATES) else value
    return part(**others)


@cache
def _shared_fields(part: type[Struct], record: type[Struct]) -> tuple[str, ...]:
    return tuple(name for name in part.__struct_fields__ if name in record.__struct_fields__)


class PageEra(_Part, frozen=True, kw_only=True):
    """A time that the axis shades, with its ends in units of the axis."""

    period: str
    label: LocalizedText
    start: int
    end: int
    sources: tuple[int, ...] = ()


class PageCountry(_Part, frozen=True, kw_only=True):
    """A country of places."""

    code: str
    name: LocalizedText
    language: str = ""


class PagePlace(_Part, frozen=True, kw_only=True):
    """A place; `within` is the next larger one, `region` the outermost if that is a region.

    `stems` are its folded names without their suffixes: whoever types one means the place.
    """

    id: str
    name: LocalizedText
    country: int
    level: Level
    aliases: tuple[str, ...] = ()
    reading: str = ""
    stems: tuple[str, ...] = ()
    within: int | None = None
    region: int | None = None
    location: tuple[float, float] | None = None
    wikidata: str = ""
    geonames: str = ""
    population: int | None = None
    population_as_of: str = ""
    population_sources: tuple[int, ...] = ()
    notes: LocalizedText = ""


class PageEvent(_Part, frozen=True, kw_only=True):
    """An event; `form` is how it is marked."""

    date: str
    type: EventType
    title: LocalizedText
    form: Form | Literal["founded", "stop"] = "people"
    announced: bool = False
    sources: tuple[int, ...] = ()
    notes: LocalizedText = ""


class PageExchange(_Part, frozen=True, kw_only=True):
    """A counted flow; `origin` is 0 or 1, the place of the pair that it came from, or None for both ways.

    `excluded` is whether another record counts the same, so that sums leave it out.
    """

    period: str
    what: LocalizedText
    count: int
    unit: Unit
    category: Category
    origin: int | None = None
    approximate: bool = False
    announced: bool = False
    excluded: bool = False
    sources: tuple[int, ...] = ()
    notes: LocalizedText = ""


class PageSum(_Part, frozen=True, kw_only=True):
    """A sum of exchanges of one unit in one direction, each counted once; `origin` as for an exchange."""

    unit: Unit
    origin: int | None = None
    exact: int = 0
    approximate: int = 0


class PageDispute(_Part, frozen=True, kw_only=True):
    """What another source says instead."""

    field: DisputedField
    value: str
    notes: LocalizedText = ""
    sources: tuple[int, ...] = ()


class PageAnniversary(Struct, frozen=True, array_like=True):
    """An anniversary: which one, and when as EDTF."""

    ordinal: int
    date: str


class PagePartnership(_Part, frozen=True, kw_only=True):
    """A partnership, with all that the page says about it.

    Attributes:
        years: whole years since the founding; None as in other reports.
        anniversaries: those in the range of the page.
        not_found: what was searched for in vain, with the day as EDTF.
        next: the next anniversary; None as in other reports, and where it is the first of these.
    """

    id: str
    places: tuple[int, int]
    status: Status = "active"
    kind: Kind | None = None
    since: str = ""
    years: int | None = None
    next: PageAnniversary | None = None
    anniversaries: tuple[PageAnniversary, ...] = ()
    distance: int | None = None
    basis: LocalizedText = ""
    notes: LocalizedText = ""
    disputed: tuple[PageDispute, ...] = ()
    not_found: dict[str, str] = {}
    sources: tuple[int, ...] = ()
    events: tuple[PageEvent, ...] = ()
    exchanges: tuple[PageExchange, ...] = ()
    sums: tuple[PageSum, ...] = ()
    lane: PageLane


class PageSource(_Part, frozen=True, kw_only=True):
    """A source."""

    title: LocalizedText
    publisher: LocalizedText = ""
    url: str = ""
    archived: str = ""
    language: str = ""


class PageTotal(_Part, frozen=True, kw_only=True):
    """An official body's own count; `region` is the place whose partnerships were counted."""

    as_of: str
    count: int
    unit: TotalUnit
    by: LocalizedText
    counts: LocalizedText
    region: int | None = None
    approximate: bool = False
    sources: tuple[int, ...] = ()
