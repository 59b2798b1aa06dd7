"""Hypothesis strategies: dates, periods, whole data sets; and a writer that puts a data set into YAML.

The data sets reach every field of the model and what is rare in it: the first and the last year, leap days,
intervals that are open, chains of places and of exchanges, countries without a name, hostile texts.

The writer shares nothing with the loader: it knows the keys of the model and JSON's way of quoting,
which YAML's flow style takes.
"""

import calendar
import json
import re
from typing import Any, NamedTuple, get_args

import msgspec
from hypothesis import strategies as st
from msgspec import Struct

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

LOWER = "abcdefghijklmnopqrstuvwxyz"

# --- dates ----------------------------------------------------------------------------------------


@st.composite
def dates(draw: st.DrawFn, first: int = 1, last: int = 9999) -> Date:
    """Valid dates of every precision and mark, from one year to another."""
    year = draw(st.integers(first, last))
    month = draw(st.integers(0, 12))
    day = draw(st.integers(0, calendar.monthrange(year, month)[1])) if month else 0
    return Date(year, month, day, draw(st.sampled_from(get_args(Qualifier))))


@st.composite
def periods(draw: st.DrawFn, first: int = 1, last: int = 9999) -> Period:
    """Valid dates and intervals, also half open ones."""
    start, end = sorted((draw(dates(first, last)), draw(dates(first, last))))
    return draw(_between(start, end))


def _between(start: Date, end: Date) -> st.SearchStrategy[Period]:
    return st.sampled_from((Period(start, start), Period(start, end), Period(start, None), Period(None, end)))


EDGES = tuple(
    map(
        Date.parse,
        ("0001", "0001-01-01", "0004-02-29~", "1996-02-29", "2000-02-29?", "9999", "9999-12", "9999-12-31"),
    )
)
# Most dates of a data set lie where they meet each other; some lie anywhere, or where time ends.
likely_dates = dates(1990, 2030) | dates(1990, 2030) | st.sampled_from(EDGES) | dates()
likely_periods = (
    st.lists(likely_dates, min_size=2, max_size=2).map(sorted).flatmap(lambda ends: _between(*ends))
)


# --- data sets ------------------------------------------------------------------------------------

ids = st.lists(st.text(LOWER + "0123456789", min_size=1, max_size=4), min_size=1, max_size=3).map("-".join)
codes = st.sampled_from(sorted(CODES))
# Any character but a lone surrogate, which no UTF-8 file can hold.
hostile = st.sampled_from([text for text in HOSTILE if text])
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | hostile
languages = st.sampled_from(("en", "zh", "ja", "de", "no", "zh-Hant", "nds"))
texts = words | st.dictionaries(languages, words, min_size=1, max_size=3)
counts = st.integers(0, 10**15 - 1)
urls = st.text(LOWER + "0123456789&*!#?=%~", max_size=10).map("https://example.org/{}".format)


degrees = st.integers(-900_000, 900_000).map(lambda number: number / 10_000)
locations = st.builds(Coordinates, degrees, degrees.map(lambda number: 2 * number))
kana = st.text("あかさたなゟゖがぱアカサタナヴヶーゝヾ".replace("ゟ", ""), min_size=1, max_size=6)
readings = st.lists(kana.map("あ".__add__), min_size=1, max_size=2).map(" ".join)


def _with_check_digit(code: int) -> str:
    return f"{code:05}{jis_check_digit(f'{code:05}')}"


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


digits = st.integers(1, 10**12).map(str)
identifiers = st.builds(
    Identifiers,
    wikidata=_maybe(digits.map("Q{}".format)),
    geonames=_maybe(digits),
    iso3166_2=_maybe(st.tuples(codes, codes).map("-".join)),
    jis=_maybe(st.integers(1000, 47999).map(_with_check_digit)),
    gbt2260=_maybe(st.integers(100_000, 999_999).map(str)),
)


def _cited(sources: list[str]) -> st.SearchStrategy[Any]:
    """What a `source` field may be: nothing, an id, a list of ids."""
    if not sources:
        return st.just(())
    return st.sampled_from(sources) | st.lists(st.sampled_from(sources), max_size=2).map(tuple)


@st.composite
def _exchanges(draw: st.DrawFn, between: tuple[str, str], sources: list[str]) -> tuple[Exchange, ...]:
    exchanges: list[Exchange] = []
    names = draw(st.lists(st.none() | ids, max_size=3, unique_by=lambda name: name or object()))
    for name in names:
        wholes = [other.id for other in exchanges if other.id]
        ends = draw(st.sampled_from((between, between[::-1], (None, None))))
        exchanges.append(
            draw(
                st.builds(
                    Exchange,
                    id=st.just(name),
                    origin=st.just(ends[0]),
                    destination=st.just(ends[1]),
                    mutual=st.just(ends[0] is None),
                    what=texts,
                    category=st.sampled_from(get_args(vocabulary.Category)),
                    count=counts,
                    unit=st.sampled_from(get_args(vocabulary.Unit)[:2])
                    | st.sampled_from(get_args(vocabulary.Unit)),
                    period=likely_periods,
                    approximate=st.booleans(),
                    announced=st.sampled_from((False, False, True)),
                    series=st.sampled_from((None, "a", "a")) | ids,
                    part_of=_maybe(st.sampled_from(wholes)) if wholes else st.none(),
                    source=_cited(sources),
                    notes=_maybe(texts),
                )
            )
        )
    return tuple(exchanges)


@st.composite
def datasets(draw: st.DrawFn, *, ties: int = 0) -> Dataset:
    """Valid data sets with their events, exchanges and totals in the order that the loader promises.

    Args:
        draw: given by Hypothesis.
        ties: how many partnerships there are at least; where there are some, there are sources too.
    """
    # Few, so that places share one; some of them are described, or none.
    used = st.sampled_from(draw(st.lists(codes, min_size=1, max_size=3, unique=True)))
    countries = draw(
        st.dictionaries(used, st.builds(Country, name=texts, language=_maybe(languages)), max_size=2)
    )
    sources = {
        name: draw(
            st.builds(
                Source,
                id=st.just(name),
                title=texts,
                publisher=_maybe(texts),
                url=_maybe(urls),
                archived=_maybe(urls),
                accessed=_maybe(dates(1000, 2100)),
                language=_maybe(languages),
                type=_maybe(st.sampled_from(get_args(vocabulary.SourceType))),
            )
        )
        for name in draw(st.lists(ids, min_size=min(ties, 2), max_size=3, unique=True))
    }
    cited = _cited(list(sources))
    one_cited = _maybe(st.sampled_from(list(sources))) if sources else st.none()
    places: dict[str, Place] = {}
    for name in draw(st.lists(ids, min_size=2, max_size=5, unique=True)):
        places[name] = draw(
            st.builds(
                Place,
                id=st.just(name),
                name=texts,
                country=used,
                level=st.sampled_from(get_args(vocabulary.Level)),
                within=_maybe(st.sampled_from(list(places))) if places else st.none(),
                aliases=st.lists(words, max_size=2).map(tuple),
                reading=_maybe(readings),
                location=_maybe(locations),
                identifiers=_maybe(identifiers),
                population=_maybe(st.builds(Population, count=counts, as_of=likely_dates, source=one_cited)),
                notes=_maybe(texts),
            )
        )
    partnerships = []
    for name in draw(st.lists(ids, min_size=ties, max_size=3 + ties, unique=True)):
        one, other = draw(st.lists(st.sampled_from(list(places)), min_size=2, max_size=2, unique=True))
        disputes = st.one_of(
            st.builds(
                Dispute,
                field=st.just("since"),
                value=likely_dates.map(str),
                source=one_cited,
                notes=_maybe(texts),
            ),
            st.builds(Dispute, field=st.just("status"), value=st.sampled_from(get_args(vocabulary.Status))),
            st.builds(Dispute, field=st.just("kind"), value=st.sampled_from(get_args(vocabulary.Kind))),
        )
        events = st.builds(
            Event,
            date=likely_periods,
            type=st.sampled_from(get_args(vocabulary.EventType)),
            title=texts,
            announced=st.sampled_from((False, False, True)),
            source=cited,
            notes=_maybe(texts),
        )
        partnership = draw(
            st.builds(
                Partnership,
                id=st.just(name),
                between=st.just((one, other)),
                kind=_maybe(st.sampled_from(get_args(vocabulary.Kind))),
                since=_maybe(likely_dates),
                basis=_maybe(texts),
                status=st.sampled_from(get_args(vocabulary.Status)),
                sources=st.lists(st.sampled_from(list(sources)), max_size=2).map(tuple)
                if sources
                else st.just(()),
                disputed=st.lists(disputes, max_size=1).map(tuple),
                not_found=_maybe(
                    st.builds(NotFound, founding=_maybe(likely_dates), later_events=likely_dates)
                ),
                notes=_maybe(texts),
                events=st.lists(events, max_size=3).map(tuple),
                exchanges=_exchanges((one, other), list(sources)),
            )
        )
        partnerships.append(in_time(partnership))
    totals = draw(
        st.lists(
            st.builds(
                Total,
                between=st.tuples(used, used),
                region=_maybe(st.sampled_from(list(places))),
                count=counts,
                unit=st.sampled_from(get_args(vocabulary.TotalUnit)),
                as_of=likely_periods,
                by=words,
                counts=texts,
                approximate=st.booleans(),
                source=cited,
            ),
            max_size=2,
        )
    )
    totals.sort(key=lambda total: total.as_of.sort_key)
    return Dataset(
        countries=countries,
        places=places,
        sources=sources,
        partnerships=tuple(sorted(partnerships, key=founding_key)),
        totals=tuple(totals),
        info=draw(
            _maybe(
                st.builds(
                    DatasetInfo,
                    title=texts,
                    description=_maybe(texts),
                    license=_maybe(words),
                    version=_maybe(words),
                    eras=st.lists(
                        st.builds(Era, period=likely_periods, label=texts, source=cited), max_size=2
                    ).map(tuple),
                )
            )
        ),
    )


def in_time(partnership: Partnership) -> Partnership:
    """The same with its events and exchanges sorted by their dates, as the loader promises."""
    return msgspec.structs.replace(
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
        pairs = ((field, getattr(value, field.name)) for field in msgspec.structs.fields(value))
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
        msgspec.structs.replace(partnership, events=partnership.events[:events], exchanges=named),
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
