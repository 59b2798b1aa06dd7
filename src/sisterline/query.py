"""What is asked of the data set: a selection of partnerships, and of what is dated in them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from sisterline.dates import Date, DateError, Period
from sisterline.errors import SisterlineError, UsageError
from sisterline.model import REGION_LEVELS, Dataset, Event, Exchange, Partnership, Place, Text, say
from sisterline.words import fold, nearest


class Span(NamedTuple):
    """A half-open range of days as ordinals: `first` is in it, `after` is not."""

    first: int
    after: int

    def holds(self, when: Period) -> bool:
        """Whether some day meant may lie in the range."""
        return when.overlaps(self.first, self.after)


ALWAYS = Span(0, date.max.toordinal() + 2)


class Selection(Struct, frozen=True, kw_only=True):
    """Which partnerships, and which of their events and exchanges.

    Values of one field are alternatives, fields narrow each other. Names are as people type them.
    """

    cities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    founded: Span | None = None
    text: tuple[str, ...] = ()
    dated: Span | None = None
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def narrows_dated(self) -> bool:
        """Whether it leaves out some events or exchanges of the partnerships that it chooses."""
        return bool(self.dated or self.types or self.categories)


class Selected(Struct, frozen=True):
    """What a selection chose.

    Attributes:
        partnerships: in the order of their founding, those without a date last; their events and
            exchanges are only those that were asked for.
        notes: what the person should know about how names were understood, one line each.
        histories: all events of those partnerships that have only some of theirs here, by id: a tie was
            suspended also where the suspension itself was not asked for.
    """

    partnerships: tuple[Partnership, ...]
    notes: tuple[str, ...] = ()
    histories: dict[str, tuple[Event, ...]] = {}

    def history(self, partnership: Partnership) -> tuple[Event, ...]:
        """All events of a partnership, also those that were not asked for."""
        return self.histories.get(partnership.id, partnership.events)


def select(dataset: Dataset, selection: Selection) -> Selected:
    """Choose partnerships, and the dated items in them.

    Raises:
        SisterlineError: a name is not in the data set.
    """
    notes: list[str] = []
    chosen: Iterable[Partnership] = dataset.partnerships
    if selection.cities:
        cities = {
            place
            for name in selection.cities
            for place in _noted(find_places(dataset, name), dataset, name, notes)
        }
        chosen = [p for p in chosen if not cities.isdisjoint(p.between)]
    if selection.regions:
        regions = {place for name in selection.regions for place in _regions(dataset, name)}
        chosen = [
            p for p in chosen if any(not regions.isdisjoint(_up(dataset, place)) for place in p.between)
        ]
    if selection.countries:
        codes = {_country(dataset, name) for name in selection.countries}
        chosen = [p for p in chosen if any(dataset.places[place].country in codes for place in p.between)]
    if selection.levels:
        chosen = [
            p for p in chosen if any(dataset.places[place].level in selection.levels for place in p.between)
        ]
    if selection.kinds:
        chosen = [p for p in chosen if p.kind in selection.kinds]
    if selection.statuses:
        chosen = [p for p in chosen if p.status in selection.statuses]
    if span := selection.founded:
        chosen = [p for p in chosen if p.since and span.holds(Period.at(p.since))]
    if selection.text:
        words = [fold(text) for text in selection.text]
        chosen = [p for p in chosen if _says(dataset, p, words)]
    histories: dict[str, tuple[Event, ...]] = {}
    if selection.narrows_dated:
        chosen = list(chosen)
        histories = {p.id: p.events for p in chosen}
        chosen = [_narrow(p, selection) for p in chosen]
        if selection.types or selection.categories:
            chosen = [p for p in chosen if p.events or p.exchanges]
    return Selected(tuple(sorted(chosen, key=founding_key)), tuple(notes), histories)


def resolve(
    dataset: Dataset, name: str, partnership: Partnership | None, selection: Selection
) -> tuple[tuple[str, ...], Selected]:
    """What a name asks to be shown: the ids of places, and partnerships.

    They are those of the partnership, if it is one; else all places of the name, and their partnerships.

    Raises:
        SisterlineError: there is neither.
    """
    if partnership is not None:
        alone = Dataset(dataset.countries, dataset.places, dataset.sources, (partnership,), ())
        return partnership.between, select(alone, selection)
    notes: list[str] = []
    places = _noted(find_places(dataset, name), dataset, name, notes)
    ties = tuple(p for p in dataset.partnerships if not set(places).isdisjoint(p.between))
    if not ties:  # a region without ties of its own: those of what lies in it
        ties = tuple(
            p
            for p in dataset.partnerships
            if any(not set(places).isdisjoint(_up(dataset, end)) for end in p.between)
        )
    alone = Dataset(dataset.countries, dataset.places, dataset.sources, ties, ())
    selected = select(alone, selection)
    return places, Selected(selected.partnerships, (*notes, *selected.notes), selected.histories)


def founding_key(partnership: Partnership) -> tuple[Date, str]:
    """A sort key: by founding, those without a date last, then by id."""
    return partnership.since or _LAST, partnership.id


# --- names ----------------------------------------------------------------------------------------


def find_places(dataset: Dataset, name: str) -> tuple[str, ...]:
    """The ids of all places that a name may mean, in any script, with or without its suffix.

    A suffix that the name has but the place's own lacks must fit the place's level: Kumamoto-shi is the
    city, Kumamoto is the city and the prefecture.

    Raises:
        SisterlineError: there is none; with the names nearest to it.
    """
    asked, bare, levels = _keys(name)
    found = []
    for place_id, place in dataset.places.items():
        # A former name such as Shanghai County is found without its suffix only while it is a county.
        keys = [
            (full, short) if not of or place.level in of else (full, full)
            for full, short, of in map(_keys, names_of(place))
        ]
        if asked in (fold(place_id), *(key for pair in keys for key in pair)) or (
            bare != asked and place.level in levels and any(bare in pair for pair in keys)
        ):
            found.append(place_id)
    if not found:
        known = {other: place for place in dataset.places.values() for other in (*names_of(place), place.id)}

        near = nearest(name, known)
        hint = f"; did you mean {label(dataset, known[near])}?" if near else ""
        if "-" in name and (pair := nearest(name, (p.id for p in dataset.partnerships))):
            hint = f"; did you mean {pair}?"
        raise SisterlineError(f'no place is called "{name}"{hint}')
    return tuple(found)


def find_partnership(dataset: Dataset, name: str) -> Partnership | None:
    """The partnership of an id, or of two place names with a dash, a slash or a comma between them."""
    for partnership in dataset.partnerships:
        if fold(partnership.id) == fold(name):
            return partnership
    for separator in (" – ", " - ", " / ", "–", "—", "⇄", "/", ",", "、", "・", "·", " ", "-"):
        first, found, second = name.partition(separator)
        if not found or not first.strip() or not second.strip():
            continue
        try:
            ends = (set(find_places(dataset, first.strip())), set(find_places(dataset, second.strip())))
        except SisterlineError:
            continue
        for partnership in dataset.partnerships:
            one, other = partnership.between
            if (one in ends[0] and other in ends[1]) or (one in ends[1] and other in ends[0]):
                return partnership
    return None


def names_of(place: Place) -> tuple[str, ...]:
    """All names of a place."""
    return (*_texts(place.name), *place.aliases)


def label(dataset: Dataset, place: Place, language: str = "en") -> str:
    """A place's name with its native one: Beihai (北海市)."""
    name, native = say(place.name, language), native_name(dataset, place)
    return name if native == name else f"{name} ({native})"


def native_name(dataset: Dataset, place: Place) -> str:
    """A place's name in the language of its country."""
    country = dataset.countries.get(place.country)
    return say(place.name, country.language if country and country.language else "en")


def region_of(dataset: Dataset, place_id: str) -> str | None:
    """The id of the outermost place that one lies in, or it itself, if that is a region."""
    outermost = list(_up(dataset, place_id))[-1]
    return outermost if dataset.places[outermost].level in REGION_LEVELS else None


# --- ranges of time -------------------------------------------------------------------------------


def parse_span(text: str, option: str) -> Span:
    """Read `1973..1979`, `1973..`, `..1979`, `1970s`, `1996` or `1996-03` as a range of days.

    Raises:
        UsageError: it is none, or upside down.
    """
    example = f"; try {option} 1973..1979, 1980s or 1996-03"
    first, dots, last = text.partition("..")
    try:
        if not dots:
            if text[3:] == "0s" and text[:3].isdecimal():
                return Span(Date(int(text[:3]) * 10).first, Date(int(text[:3]) * 10 + 9).after)
            at = Date.parse(text)
            return Span(at.first, at.after)
        span = Span(Date.parse(first).first if first else 0, Date.parse(last).after if last else ALWAYS.after)
    except (DateError, ValueError) as error:
        raise UsageError(f"{option}: {error}{example}") from None
    if not first and not last:
        raise UsageError(f'{option}: ".." has neither a start nor an end{example}')
    if span.after <= span.first:
        raise UsageError(f'{option}: "{text}" ends before it starts; try {option} {last}..{first}')
    return span


def between(first: str | None, last: str | None) -> Span | None:
    """The range that `--from` and `--to` give, both of them included.

    Raises:
        UsageError: one is no date, or they are upside down.
    """
    if first is None and last is None:
        return None
    try:
        option = "--from"
        start = Date.parse(first).first if first is not None else 0
        option = "--to"
        after = Date.parse(last).after if last is not None else ALWAYS.after
    except DateError as error:
        raise UsageError(f"{option}: {error}; {error.hint}".removesuffix("; ")) from None
    if after <= start:
        raise UsageError(f"--from {first} lies after --to {last}")
    return Span(start, after)


# --- details --------------------------------------------------------------------------------------

_LAST = Date(9999, 12, 31, "~")

# Suffixes by the levels that they name. The Latin ones count only after a space or a hyphen: Yatsushi
# is no city called Yatsu.
_SUFFIXES = {
    "自治区": ("province",), "自治區": ("province",),
    "市": ("city", "municipality"), "区": ("district", "ward"), "區": ("district", "ward"),
    "县": ("county", "prefecture"), "縣": ("county", "prefecture"), "県": ("prefecture", "county"),
    "町": ("town",), "镇": ("town",), "鎮": ("town",), "村": ("village",), "省": ("province",),
    "府": ("prefecture",), "都": ("prefecture",),
    "shi": ("city", "municipality"), "city": ("city", "municipality"),
    "municipality": ("municipality", "city"),
    "ku": ("ward", "district"), "qu": ("district",), "ward": ("ward",), "district": ("district",),
    "xian": ("county",), "county": ("county",), "ken": ("prefecture",), "fu": ("prefecture",),
    "to": ("prefecture",), "prefecture": ("prefecture",), "pref": ("prefecture",), "sheng": ("province",),
    "province": ("province",), "prov": ("province",), "cho": ("town",), "machi": ("town",), "town": ("town",),
    "mura": ("village",), "son": ("village",), "village": ("village",),
}  # fmt: skip


def _keys(name: str) -> tuple[str, str, tuple[str, ...]]:
    """A name folded, the same without its suffix, and the levels that the suffix names."""
    folded = fold(name)
    for last in (name[-3:], name[-1:]):
        if not last.isascii() and last in _SUFFIXES and len(name) > len(last):
            return folded, fold(name.removesuffix(last)), _SUFFIXES[last]
    for separator in (" ", "-"):
        stem, found, suffix = name.rpartition(separator)
        if found and stem and suffix.lower() in _SUFFIXES:
            return folded, fold(stem), _SUFFIXES[suffix.lower()]
    return folded, folded, ()


def _noted(found: tuple[str, ...], dataset: Dataset, name: str, notes: list[str]) -> tuple[str, ...]:
    """Tell that a name means several places."""
    used = {end for p in dataset.partnerships for end in p.between}
    kept = tuple(place for place in found if place in used)
    if len(kept) > 1:
        places = ", ".join(f"{label(dataset, dataset.places[place])} = {place}" for place in kept)
        notes.append(f'"{name}" may be {len(kept)} places, all are shown: {places}')
    return kept or found


def _regions(dataset: Dataset, name: str) -> tuple[str, ...]:
    """The places of a name that others lie in, or that are regions by their level."""
    outer = {place.within for place in dataset.places.values() if place.within}
    regions = {i: p for i, p in dataset.places.items() if i in outer or p.level in REGION_LEVELS}
    smaller = Dataset(dataset.countries, regions, {}, (), ())
    try:
        found = find_places(smaller, name)
    except SisterlineError as error:
        raise SisterlineError(str(error).replace("no place", "no region", 1)) from None
    # A prefecture-level city holds districts, but a region of its name is meant first.
    return tuple(i for i in found if regions[i].level in REGION_LEVELS) or found


def _country(dataset: Dataset, name: str) -> str:
    """The code of a country of any name.

    Raises:
        SisterlineError: no place of the data set lies in it.
    """
    codes = {place.country for place in dataset.places.values()}
    known = {code: code for code in codes}
    for code, country in dataset.countries.items():
        known |= dict.fromkeys(_texts(country.name), code)
    for other, code in known.items():
        if fold(other) == fold(name) and code in codes:
            return code
    near = nearest(name, known)
    names = ", ".join(sorted(codes))
    hint = f"did you mean {near}?" if near else f"there are {names}"
    raise SisterlineError(f'no country is called "{name}"; {hint}')


def _up(dataset: Dataset, place_id: str) -> Iterator[str]:
    """A place and all that it lies in, outwards."""
    at: str | None = place_id
    while at:
        yield at
        at = dataset.places[at].within


def _texts(text: Text | None) -> tuple[str, ...]:
    return () if text is None else (text,) if isinstance(text, str) else tuple(text.values())


def _says(dataset: Dataset, partnership: Partnership, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a name, a title or a note."""
    texts = [partnership.notes, partnership.basis]
    texts += [part for event in partnership.events for part in (event.title, event.notes)]
    texts += [part for exchange in partnership.exchanges for part in (exchange.what, exchange.notes)]
    names = [name for place in partnership.between for name in names_of(dataset.places[place])]
    heap = "\n".join(fold(text) for text in (*names, *(each for text in texts for each in _texts(text))))
    return any(word in heap for word in words)


def _narrow(partnership: Partnership, selection: Selection) -> Partnership:
    """The same with only the events and exchanges that were asked for."""
    from msgspec.structs import replace

    span = selection.dated or ALWAYS

    def wanted(item: Event | Exchange) -> bool:
        if isinstance(item, Event):
            return span.holds(item.date) and (
                item.type in selection.types or not (selection.types or selection.categories)
            )
        return span.holds(item.period) and (
            item.category in selection.categories or not (selection.types or selection.categories)
        )

    return replace(
        partnership,
        events=tuple(filter(wanted, partnership.events)),
        exchanges=tuple(filter(wanted, partnership.exchanges)),
    )
