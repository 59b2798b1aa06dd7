"""Hypothesis strategies: dates, periods, whole data sets; and a writer that puts a data set into YAML.

The data sets reach every field of the model and what is rare in it: the first and the last year, leap days,
intervals that are open, chains of places and of exchanges, countries without a name, hostile texts.

The writer shares nothing with the loader: it knows the keys of the model and JSON's way of quoting,
which YAML's flow style takes.
"""

import calendar
import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_args

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields, replace

from helpers import HOSTILE
from sisterline import vocabulary
from sisterline.coordinates import Coordinates
from sisterline.country_codes import CODES
from sisterline.dates import Date, Period, Qualifier
from sisterline.model import (
    Country,
    Dataset,
    DatasetInfo,
    Dispute,
    Era,
    Event,
    Exchange,
    Extension,
    Identifiers,
    NotFound,
    Partnership,
    Place,
    Population,
    Source,
    Total,
)
from sisterline.reading.builder import founding_key
from sisterline.reading.relations import jis_check_digit

T = TypeVar("T")
LOWER = "abcdefghijklmnopqrstuvwxyz"

# What is drawn very often is built once: Hypothesis takes longer to build a strategy than to draw from it.


@cache
def _numbers(first: int, last: int) -> st.SearchStrategy[int]:
    return st.integers(first, last)


@cache
def _unique_ids(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(ids, min_size=least, max_size=most, unique=True)


def _one_of(draw: st.DrawFn, items: Sequence[T]) -> T:
    return items[draw(_numbers(0, len(items) - 1))]


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


# --- dates ----------------------------------------------------------------------------------------

QUALIFIERS = get_args(Qualifier)


@st.composite
def dates(draw: st.DrawFn, first: int = 1, last: int = 9999) -> Date:
    """Valid dates of every precision and mark, from one year to another."""
    year = draw(_numbers(first, last))
    month = draw(_numbers(0, 12))
    day = draw(_numbers(0, calendar.monthrange(year, month)[1])) if month else 0
    return Date(year, month, day, _one_of(draw, QUALIFIERS))


any_date = dates()


@st.composite
def periods(draw: st.DrawFn, ends: st.SearchStrategy[Date] = any_date) -> Period:
    """Valid dates and intervals, also half open ones, which begin and end at some dates."""
    start, end = sorted((draw(ends), draw(ends)))
    shapes = (Period(start, start), Period(start, end), Period(start, None), Period(None, end))
    return _one_of(draw, shapes)


EDGES = tuple(
    map(
        Date.parse,
        ("0001", "0001-01-01", "0004-02-29~", "1996-02-29", "2000-02-29?", "9999", "9999-12", "9999-12-31"),
    )
)
# Most dates of a data set lie where they meet each other; some lie anywhere, or where time ends.
likely_dates = dates(1990, 2030) | dates(1990, 2030) | st.sampled_from(EDGES) | any_date
likely_periods = periods(likely_dates)


# --- what records are made of ---------------------------------------------------------------------

ids = st.lists(st.text(LOWER + "0123456789", min_size=1, max_size=4), min_size=1, max_size=3).map("-".join)
codes = st.sampled_from(sorted(CODES))
# Any character but a lone surrogate, which no UTF-8 file can hold.
hostile = st.sampled_from([text for text in HOSTILE if text])
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | hostile
languages = st.sampled_from(("en", "zh", "ja", "de", "no", "zh-Hant", "nds"))
texts = words | st.dictionaries(languages, words, min_size=1, max_size=3)
notes = _maybe(texts)
counts = st.integers(0, 10**15 - 1)
urls = st.text(LOWER + "0123456789&*!#?=%~", max_size=10).map("https://example.org/{}".format)
rarely = st.sampled_from((False, False, True))

degrees = st.integers(-900_000, 900_000).map(lambda number: number / 10_000)
locations = st.builds(Coordinates, degrees, degrees.map(lambda number: 2 * number))
kana = st.text("あかさたなゖがぱアカサタナヴヶーゝヾ", min_size=1, max_size=6)
readings = st.lists(kana.map("あ".__add__), min_size=1, max_size=2).map(" ".join)


def _with_check_digit(code: int) -> str:
    return f"{code:05}{jis_check_digit(f'{code:05}')}"


digits = st.integers(1, 10**12).map(str)
identifiers = st.builds(
    Identifiers,
    wikidata=_maybe(digits.map("Q{}".format)),
    geonames=_maybe(digits),
    iso3166_2=_maybe(st.tuples(codes, codes).map("-".join)),
    jis=_maybe(st.integers(1000, 47999).map(_with_check_digit)),
    gbt2260=_maybe(st.integers(100_000, 999_999).map(str)),
)

# Fields that refer to no other record; those that do are filled in by the functions below.
_countries = st.builds(Country, name=texts, language=_maybe(languages))
_sources = st.builds(
    Source,
    id=st.just(""),
    title=texts,
    publisher=_maybe(texts),
    url=_maybe(urls),
    archived=_maybe(urls),
    accessed=_maybe(dates(1000, 2100)),
    language=_maybe(languages),
    type=_maybe(st.sampled_from(get_args(vocabulary.SourceType))),
)
_places = st.builds(
    Place,
    id=st.just(""),
    name=texts,
    country=st.just(""),
    level=st.sampled_from(get_args(vocabulary.Level)),
    aliases=st.lists(words, max_size=2).map(tuple),
    reading=_maybe(readings),
    location=_maybe(locations),
    identifiers=_maybe(identifiers),
    population=_maybe(st.builds(Population, count=counts, as_of=likely_dates)),
    notes=notes,
)
_events = st.builds(
    Event,
    date=likely_periods,
    type=st.sampled_from(get_args(vocabulary.EventType)),
    title=texts,
    announced=rarely,
    notes=notes,
)
_exchanges = st.builds(
    Exchange,
    what=texts,
    category=st.sampled_from(get_args(vocabulary.Category)),
    count=counts,
    unit=st.sampled_from(get_args(vocabulary.Unit)[:2]) | st.sampled_from(get_args(vocabulary.Unit)),
    period=likely_periods,
    approximate=st.booleans(),
    announced=rarely,
    series=st.sampled_from((None, "a", "a")) | ids,
    notes=notes,
)
_disputes = st.one_of(
    st.builds(Dispute, field=st.just("since"), value=likely_dates.map(str), notes=notes),
    st.builds(Dispute, field=st.just("status"), value=st.sampled_from(get_args(vocabulary.Status))),
    st.builds(Dispute, field=st.just("kind"), value=st.sampled_from(get_args(vocabulary.Kind))),
)
_partnerships = st.builds(
    Partnership,
    id=st.just(""),
    between=st.just(("", "")),
    kind=_maybe(st.sampled_from(get_args(vocabulary.Kind))),
    since=_maybe(likely_dates),
    basis=_maybe(texts),
    status=st.sampled_from(get_args(vocabulary.Status)),
    disputed=st.lists(_disputes, max_size=1).map(tuple),
    not_found=_maybe(st.builds(NotFound, founding=_maybe(likely_dates), later_events=likely_dates)),
    notes=notes,
    events=st.lists(_events, max_size=3).map(tuple),
)
_totals = st.builds(
    Total,
    between=st.just(("", "")),
    count=counts,
    unit=st.sampled_from(get_args(vocabulary.TotalUnit)),
    as_of=likely_periods,
    by=words,
    counts=texts,
    approximate=st.booleans(),
)
_infos = st.builds(
    DatasetInfo,
    title=texts,
    description=_maybe(texts),
    license=_maybe(words),
    version=_maybe(words),
    eras=st.lists(st.builds(Era, period=likely_periods, label=texts), max_size=2).map(tuple),
)
_several_codes = st.lists(codes, min_size=1, max_size=3, unique=True)
_several_totals = st.lists(_totals, max_size=2)
_names_of_exchanges = st.lists(st.none() | ids, max_size=3, unique_by=lambda name: name or object())


# --- data sets ------------------------------------------------------------------------------------


@st.composite
def datasets(draw: st.DrawFn, *, ties: int = 0) -> Dataset:
    """Valid data sets with their events, exchanges and totals in the order that the loader promises.

    Args:
        draw: given by Hypothesis.
        ties: how many partnerships there are at least; where there are some, there are sources too.
    """
    # Few, so that places share one; some of them are described, or none.
    used = draw(_several_codes)
    countries = {code: draw(_countries) for code in used if draw(st.booleans())}
    sources = {name: replace(draw(_sources), id=name) for name in draw(_unique_ids(min(ties, 2), 3))}
    cited = tuple(sources)
    places: dict[str, Place] = {}
    for name in draw(_unique_ids(2, 5)):
        places[name] = _place(draw, name, tuple(places), used, cited)
    partnerships = [
        _partnership(draw, name, tuple(places), cited) for name in draw(_unique_ids(ties, 3 + ties))
    ]
    totals = [
        replace(
            total,
            between=(_one_of(draw, used), _one_of(draw, used)),
            region=_one_of(draw, (None, *places)),
            source=_citation(draw, cited),
        )
        for total in draw(_several_totals)
    ]
    info = draw(_maybe(_infos))
    if info:
        eras = tuple(replace(era, source=_citation(draw, cited)) for era in info.eras)
        info = replace(info, eras=eras)
    return Dataset(
        countries=countries,
        places=places,
        sources=sources,
        partnerships=tuple(sorted(partnerships, key=founding_key)),
        totals=tuple(sorted(totals, key=lambda total: total.as_of.sort_key)),
        info=info,
    )


def _citation(draw: st.DrawFn, sources: Sequence[str]) -> str | tuple[str, ...]:
    """What a `source` field may be: nothing, an id, a list of ids."""
    if not sources:
        return ()
    cited = _several(draw, sources)
    if len(cited) == 1 and draw(st.booleans()):
        return cited[0]
    return cited


def _several(draw: st.DrawFn, sources: Sequence[str]) -> tuple[str, ...]:
    if not sources:
        return ()
    return tuple(_one_of(draw, sources) for _ in range(draw(_numbers(0, 2))))


def _place(
    draw: st.DrawFn, name: str, others: Sequence[str], countries: Sequence[str], sources: Sequence[str]
) -> Place:
    """A place that may lie in one of others, in one of some countries."""
    place = draw(_places)
    if place.population:
        population = replace(place.population, source=_one_of(draw, (None, *sources)))
        place = replace(place, population=population)
    return replace(place, id=name, country=_one_of(draw, countries), within=_one_of(draw, (None, *others)))


def _partnership(draw: st.DrawFn, name: str, places: Sequence[str], sources: Sequence[str]) -> Partnership:
    """A partnership between two of some places."""
    first = _one_of(draw, places)
    second = _one_of(draw, [place for place in places if place != first])
    partnership = draw(_partnerships)
    disputed = tuple(_dispute(draw, dispute, sources) for dispute in partnership.disputed)
    events = tuple(replace(event, source=_citation(draw, sources)) for event in partnership.events)
    return in_time(
        replace(
            partnership,
            id=name,
            between=(first, second),
            sources=_several(draw, sources),
            disputed=disputed,
            events=events,
            exchanges=_exchanges_between(draw, (first, second), sources),
        )
    )


def _dispute(draw: st.DrawFn, dispute: Dispute, sources: Sequence[str]) -> Dispute:
    if dispute.field != "since":
        return dispute
    return replace(dispute, source=_one_of(draw, (None, *sources)))


def _exchanges_between(
    draw: st.DrawFn, between: tuple[str, str], sources: Sequence[str]
) -> tuple[Exchange, ...]:
    """Exchanges in either direction or in none, of which some are parts of earlier ones."""
    exchanges: list[Exchange] = []
    for name in draw(_names_of_exchanges):
        wholes = [other.id for other in exchanges if other.id]
        origin, destination = _one_of(draw, (between, between[::-1], (None, None)))
        exchanges.append(
            replace(
                draw(_exchanges),
                id=name,
                origin=origin,
                destination=destination,
                mutual=origin is None,
                part_of=_one_of(draw, (None, *wholes)),
                source=_citation(draw, sources),
            )
        )
    return tuple(exchanges)


def in_time(partnership: Partnership) -> Partnership:
    """The same with its events and exchanges sorted by their dates, as the loader promises."""
    return replace(
        partnership,
        events=tuple(sorted(partnership.events, key=lambda event: event.date.sort_key)),
        exchanges=tuple(sorted(partnership.exchanges, key=lambda exchange: exchange.period.sort_key)),
    )


# --- data sets as files ---------------------------------------------------------------------------


class Bare(str):
    """A text that is written without quotes."""


class Entry(NamedTuple):
    """One record as it is written in a file."""

    section: str
    key: str  # empty in sections that are lists, and in `dataset`
    value: Any


def entries(dataset: Dataset) -> list[Entry]:
    """The records of a data set."""
    return [
        *([Entry("dataset", "", plain(dataset.info))] if dataset.info else []),
        *(Entry("countries", code, plain(country)) for code, country in dataset.countries.items()),
        *(Entry("places", name, plain(place)) for name, place in dataset.places.items()),
        *(Entry("sources", name, plain(source)) for name, source in dataset.sources.items()),
        *(Entry("partnerships", "", plain(partnership)) for partnership in dataset.partnerships),
        *(Entry("totals", "", plain(total)) for total in dataset.totals),
    ]


def plain(value: Any) -> Any:
    """A value of the model as mappings, lists and texts."""
    if isinstance(value, Date | Period | int):
        return Bare(str(value).lower())  # true and false, as YAML writes them
    if isinstance(value, Coordinates):
        return [Bare(str(number)) for number in (value.lat, value.lon)]
    if isinstance(value, Struct):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        # A place's and a source's id is the key of the record.
        keyed = isinstance(value, Place | Source)
        return {
            field.encode_name: plain(item)
            for field, item in pairs
            if item != field.default and not (keyed and field.name == "id")
        }
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def extended(partnership: Partnership, events: int) -> tuple[Partnership, Extension]:
    """A partnership without its last events and nameless exchanges, and the record that adds them."""
    named = tuple(exchange for exchange in partnership.exchanges if exchange.id)
    nameless = tuple(exchange for exchange in partnership.exchanges if not exchange.id)
    return (
        replace(partnership, events=partnership.events[:events], exchanges=named),
        Extension(extends=partnership.id, events=partnership.events[events:], exchanges=nameless),
    )


def file_of(records: list[Entry], blocks: int = 2) -> str:
    """Records as the text of one file, the outer levels in block style, the inner ones in flow style."""
    return written(sections_of(records), blocks).lstrip() + "\n"


def sections_of(records: list[Entry]) -> dict[str, Any]:
    """Records as the mapping that a file is."""
    sections: dict[str, Any] = {}
    for section, key, value in records:
        if key:
            sections.setdefault(section, {})[key] = value
        elif section == "dataset":
            sections[section] = value
        else:
            sections.setdefault(section, []).append(value)
    return sections


def written(value: Any, blocks: int, indent: int = 0) -> str:
    """A value as YAML that follows a key, a hyphen or nothing."""
    pad = "\n" + " " * indent
    if value and blocks > 0 and isinstance(value, dict):
        return "".join(
            f"{pad}{quoted(key)}:{written(item, blocks - 1, indent + 2)}" for key, item in value.items()
        )
    if value and blocks > 0 and isinstance(value, list):
        return "".join(f"{pad}-{written(item, blocks - 1, indent + 2)}" for item in value)
    return " " + flow(value)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return str(value) if isinstance(value, Bare) else quoted(value)


def quoted(text: str) -> str:
    """A text in quotes, as in JSON; what YAML would not take or would fold is escaped."""
    return re.sub(
        "[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]",
        lambda match: f"\\u{ord(match[0]):04x}",
        json.dumps(text, ensure_ascii=False),
    )
