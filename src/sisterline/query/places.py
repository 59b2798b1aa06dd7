"""Places and partnerships by names as people type them: in any script, with or without a suffix, mistyped."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from sisterline.errors import UnknownName
from sisterline.language import localized, translations
from sisterline.model import Dataset, Partnership, Place, names_of
from sisterline.text.matching import closest_folded, closest_match, fold
from sisterline.translation import pgettext
from sisterline.vocabulary import REGION_LEVELS

_BETWEEN_NAMES = (" – ", " - ", " / ", "–", "—", "⇄", "/", ",", "、", "・", "·", " ", "-")


def find_places(dataset: Dataset, name: str, among: Collection[str] | None = None) -> tuple[str, ...]:
    """The ids of all places that a name may mean, in any script, with or without its suffix.

    A suffix that was typed but is not in the place's own name must fit the place's level: Kumamoto-shi is
    the city, Kumamoto is the city and the prefecture.

    Args:
        dataset: the places.
        name: as it was typed.
        among: the ids of the only places to consider; None for all.

    Raises:
        UnknownName: there is none.
    """
    found = matching_places(dataset, name, among)
    if not found:
        raise UnknownName("place", name, _suggestion(dataset, name, among))
    return found


def matching_places(dataset: Dataset, name: str, among: Collection[str] | None = None) -> tuple[str, ...]:
    """The same as `find_places`, but empty if there is none: a suggestion takes longer than the search."""
    typed = _parse_name(name)
    found: dict[str, None] = {}
    # Whatever may match begins with what was typed without its suffix.
    for _, place_id in dataset.index.place_names(typed.stem):
        if place_id in found or (among is not None and place_id not in among):
            continue
        if fold(place_id) == typed.folded or _is_called(dataset.places[place_id], typed):
            found[place_id] = None
    return tuple(found)


def is_called(place: Place, name: str) -> bool:
    """Whether a name that was typed, with or without a suffix, is a name of a place or its reading."""
    return _is_called(place, _parse_name(name))


def suffix_levels(name: str) -> tuple[str, ...]:
    """The levels that the suffix of a name may mean, the likeliest first: 市, -shi, Prefecture."""
    return _parse_name(name).levels


def _is_called(place: Place, typed: "_ParsedName") -> bool:
    """Whether one of a place's names, with or without its suffix, is what was typed."""
    for name in _parsed_names(place):
        forms = {name.folded, name.stem}
        if typed.folded in forms or (place.level in typed.levels and typed.stem in forms):
            return True
    return False


def _parsed_names(place: Place) -> Iterator["_ParsedName"]:
    """The names of a place and its reading; a suffix that does not fit its level is a part of the name.

    So a former name such as Shanghai County is found without its suffix only while the place is a county.
    """
    for name in (*map(_parse_name, names_of(place)), *_parse_reading(place)):
        if not name.levels or place.level in name.levels:
            yield name
        else:
            yield _ParsedName(name.folded, name.folded)


def stems_of(place: Place) -> tuple[str, ...]:
    """The folded names of a place without their suffixes, which are whole names of it, too."""
    return tuple(dict.fromkeys(name.stem for name in _parsed_names(place) if name.stem != name.folded))


def _suggestion(dataset: Dataset, name: str, among: Collection[str] | None) -> str:
    """What was probably meant by an unknown name; empty if nothing is close."""
    folded = fold(name)
    if "-" in name:
        number = closest_folded(folded, dataset.index.partnership_ids())
        if number is not None:
            return dataset.partnerships[number].id
    known = dataset.index.place_names()
    if among is not None:
        known = (entry for entry in known if entry[1] in among)
    closest = closest_folded(folded, known)
    return "" if closest is None else display_name(dataset, dataset.places[closest])


def find_regions(dataset: Dataset, name: str) -> tuple[str, ...]:
    """The ids of places of a name that other places lie in, or that are regions by their level.

    Raises:
        UnknownName: there is none.
    """
    outer = {place.within for place in dataset.places.values() if place.within}
    regions = {i for i, place in dataset.places.items() if i in outer or place.level in REGION_LEVELS}
    try:
        found = find_places(dataset, name, regions)
    except UnknownName as error:
        raise UnknownName("region", error.name, error.suggestion) from None
    # A prefecture-level city holds districts, but a region of the same name is more likely meant.
    return tuple(i for i in found if dataset.places[i].level in REGION_LEVELS) or found


def find_country(dataset: Dataset, name: str) -> str:
    """The code of a country, given the code or a name in any language.

    Raises:
        UnknownName: no place of the data set lies in it.
    """
    if code := known_country(dataset, name):
        return code
    known = _country_names(dataset)
    raise UnknownName("country", name, closest_match(name, known), tuple(sorted(set(known.values()))))


def known_country(dataset: Dataset, name: str) -> str:
    """The same as `find_country`, but empty if there is none."""
    folded = fold(name)
    return next((code for other, code in _country_names(dataset).items() if fold(other) == folded), "")


def _country_names(dataset: Dataset) -> dict[str, str]:
    """The codes of the countries that places lie in, by themselves and by the names of the countries."""
    codes = {place.country for place in dataset.places.values()}
    names = {code: code for code in codes}
    for code in codes & dataset.countries.keys():
        names |= dict.fromkeys(translations(dataset.countries[code].name), code)
    return names


def find_partnership(dataset: Dataset, name: str) -> Partnership | None:
    """The partnership of an id, or of two place names with a dash, slash, comma or space between them.

    Of several between places of these names it is the first of the data set; None if there is none.
    """
    if partnership := dataset.partnership(name):
        return partnership
    for firsts, seconds in _pairs_of_places(dataset, name):
        for partnership in dataset.partnerships_of(firsts):
            one, other = partnership.between
            if (one in firsts and other in seconds) or (one in seconds and other in firsts):
                return partnership
    return None


def names_of_pair(dataset: Dataset, name: str) -> tuple[str, str] | None:
    """The names of two places that are typed as one name, as for `find_partnership`; None if they are not."""
    for firsts, seconds in _pairs_of_places(dataset, name):
        place, partner = dataset.places[firsts[0]], dataset.places[seconds[0]]
        return display_name(dataset, place), display_name(dataset, partner)
    return None


def _pairs_of_places(dataset: Dataset, name: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The ids of the places that the two parts of a name may mean, for each separator that there may be."""
    for separator in _BETWEEN_NAMES:
        first, _, second = (part.strip() for part in name.partition(separator))
        if not first or not second:
            continue
        firsts, seconds = matching_places(dataset, first), matching_places(dataset, second)
        if firsts and seconds:
            yield firsts, seconds


def name_of_partnership(dataset: Dataset, partnership_id: str, language: str) -> str:
    """The names of the two places of a partnership of the data set: Beihai – Yatsushiro; else the id."""
    partnership = dataset.partnership(partnership_id)
    if partnership is None:
        return partnership_id
    return " – ".join(localized(dataset.places[end].name, language) for end in partnership.between)


def display_name(dataset: Dataset, place: Place, language: str = "en") -> str:
    """A place's name, followed by its native one if that differs: Beihai (北海市)."""
    name, native = localized(place.name, language), native_name(dataset, place)
    if native == name:
        return name
    return pgettext("a name with the native one", "{name} ({native})").format(name=name, native=native)


def native_name(dataset: Dataset, place: Place) -> str:
    """A place's name in the language of its country."""
    country = dataset.countries.get(place.country)
    language = (country and country.language) or "en"
    return localized(place.name, language)


def region_of(dataset: Dataset, place_id: str) -> str | None:
    """The id of the outermost place that a place lies in, or is; None if that is not a region."""
    *_, outermost = enclosing(dataset, place_id)
    return outermost if dataset.places[outermost].level in REGION_LEVELS else None


def enclosing(dataset: Dataset, place_id: str) -> Iterator[str]:
    """The ids of a place and of all places that it lies in, outwards."""
    at: str | None = place_id
    while at:
        yield at
        at = dataset.places[at].within


# --- suffixes --------------------------------------------------------------------------------------

# Suffixes with the levels that they name. Latin ones count only after a space or a hyphen: Yatsushi is not a
# city called Yatsu.
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


def name_suffixes() -> dict[str, tuple[str, ...]]:
    """The suffixes of names with the levels that they name; Latin ones count after a space or a hyphen."""
    return dict(_SUFFIXES)


@cache
def folded_suffixes() -> frozenset[str]:
    """What a name or a reading may end in without being another name, folded."""
    suffixes = {*_SUFFIXES, *(suffix for each in _READING_SUFFIXES.values() for suffix in each)}
    return frozenset(map(fold, suffixes))


class _ParsedName(NamedTuple):
    """A name, folded, with what its suffix says.

    Attributes:
        folded: all of it.
        stem: without its suffix; the same as `folded` if it has none.
        levels: that the suffix names.
    """

    folded: str
    stem: str
    levels: tuple[str, ...] = ()


# What the reading of a name ends in, by the level of the place.
_READING_SUFFIXES: dict[str, tuple[str, ...]] = {
    "prefecture": ("けん", "ふ", "と"), "city": ("し",), "ward": ("く",),
    "town": ("ちょう", "まち"), "village": ("むら", "そん"),
}  # fmt: skip


def _parse_reading(place: Place) -> Iterator["_ParsedName"]:
    """The reading of a place's name, if any, with the suffix of its level: やつしろし is also やつしろ市."""
    if place.reading:
        folded = fold(place.reading)
        for suffix in _READING_SUFFIXES.get(place.level, ()):
            if folded.endswith(suffix):
                yield _ParsedName(folded, folded.removesuffix(suffix), (place.level,))
                return
        yield _ParsedName(folded, folded)


def _parse_name(name: str) -> _ParsedName:
    folded = fold(name)
    if not name.isascii():
        from sisterline.text.variants import drop_ignorable

        name = drop_ignorable(name)  # a variation selector may follow 区, or a space be an ideographic one
    for last in (name[-3:], name[-1:]):
        if not last.isascii() and last in _SUFFIXES and len(name) > len(last):
            return _ParsedName(folded, fold(name.removesuffix(last)), _SUFFIXES[last])
    for separator in (" ", "-"):
        stem, found, suffix = name.rpartition(separator)
        if found and stem and suffix.lower() in _SUFFIXES:
            return _ParsedName(folded, fold(stem), _SUFFIXES[suffix.lower()])
    return _ParsedName(folded, folded)
