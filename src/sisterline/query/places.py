"""Places and partnerships by the names that people type: any script, with or without a suffix, mistyped."""

from collections.abc import Collection, Iterable, Iterator

from sisterline.errors import UnknownName
from sisterline.model import (
    REGION_LEVELS,
    Dataset,
    Index,
    Partnership,
    Place,
    localized,
    names_of,
    translations,
)
from sisterline.store.index import index_of, with_prefix
from sisterline.text.matching import closest_folded, closest_match, fold


def find_places(dataset: Dataset, name: str, among: Collection[str] | None = None) -> tuple[str, ...]:
    """The ids of all places that a name may mean, in any script, with or without its suffix.

    A suffix that the name has but the place's own lacks must fit the place's level: Kumamoto-shi is the
    city, Kumamoto is the city and the prefecture.

    Args:
        dataset: where they are.
        name: as it was typed.
        among: the ids of the only places that may be meant; any may where it is None.

    Raises:
        UnknownName: there is none.
    """
    asked, bare, levels = _without_suffix(name)
    lines = index_of(dataset)
    found: dict[str, None] = {}
    # Each comparison below is with a name that begins with what was typed, the suffix left out.
    for _, place_id in with_prefix(lines.names, bare):
        if place_id in found or (among is not None and place_id not in among):
            continue
        place = dataset.places[place_id]
        # A former name such as Shanghai County is found without its suffix only while it is a county.
        keys = [
            (full, short) if not of or place.level in of else (full, full)
            for full, short, of in map(_without_suffix, names_of(place))
        ]
        if asked in (fold(place_id), *(key for pair in keys for key in pair)) or (
            bare != asked and place.level in levels and any(bare in pair for pair in keys)
        ):
            found[place_id] = None
    if not found:
        raise UnknownName("place", name, _suggestion(dataset, lines, name, among))
    return tuple(found)


def _suggestion(dataset: Dataset, lines: Index, name: str, among: Collection[str] | None) -> str:
    """What may have been meant by a name that nothing has; empty where nothing is close."""
    if "-" in name and (number := closest_folded(fold(name), with_prefix(lines.ids, ""))):
        return dataset.partnerships[int(number)].id
    known = (line for line in with_prefix(lines.names, "") if among is None or line[1] in among)
    if near := closest_folded(fold(name), known):
        return display_name(dataset, dataset.places[near])
    return ""


def find_regions(dataset: Dataset, name: str) -> tuple[str, ...]:
    """The ids of places of a name that others lie in, or that are regions by their level.

    Raises:
        UnknownName: there is none.
    """
    outer = {place.within for place in dataset.places.values() if place.within}
    regions = {i for i, place in dataset.places.items() if i in outer or place.level in REGION_LEVELS}
    try:
        found = find_places(dataset, name, regions)
    except UnknownName as error:
        raise UnknownName("region", error.name, error.suggestion) from None
    # A prefecture-level city holds districts, but a region of its name is meant first.
    return tuple(i for i in found if dataset.places[i].level in REGION_LEVELS) or found


def find_country(dataset: Dataset, name: str) -> str:
    """The code of a country of any name.

    Raises:
        UnknownName: no place of the data set lies in it.
    """
    codes = {place.country for place in dataset.places.values()}
    known = {code: code for code in codes}
    for code, country in dataset.countries.items():
        known |= dict.fromkeys(translations(country.name), code)
    for other, code in known.items():
        if fold(other) == fold(name) and code in codes:
            return code
    raise UnknownName("country", name, closest_match(name, known), tuple(sorted(codes)))


def find_partnership(dataset: Dataset, name: str) -> Partnership | None:
    """The partnership of an id, or of two place names with a dash, a slash or a comma between them."""
    lines, folded = index_of(dataset), fold(name)
    for found, at in with_prefix(lines.ids, folded):
        if found == folded:
            return dataset.partnerships[int(at)]
    for separator in (" – ", " - ", " / ", "–", "—", "⇄", "/", ",", "、", "・", "·", " ", "-"):
        first, there, second = name.partition(separator)
        if not there or not first.strip() or not second.strip():
            continue
        try:
            ends = [find_places(dataset, end.strip()) for end in (first, second)]
        except UnknownName:
            continue
        ties = [{number for place in end for number in lines.ties.get(place, ())} for end in ends]
        for number in sorted(ties[0] & ties[1]):
            one, other = dataset.partnerships[number].between
            if (one in ends[0] and other in ends[1]) or (one in ends[1] and other in ends[0]):
                return dataset.partnerships[number]
    return None


def partnerships_of(dataset: Dataset, places: Iterable[str]) -> tuple[Partnership, ...]:
    """The partnerships of places, in the order of the data set."""
    ties = index_of(dataset).ties
    numbers = {number for place in places for number in ties.get(place, ())}
    return tuple(dataset.partnerships[number] for number in sorted(numbers))


def display_name(dataset: Dataset, place: Place, language: str = "en") -> str:
    """A place's name with its native one: Beihai (北海市)."""
    name, native = localized(place.name, language), native_name(dataset, place)
    return name if native == name else f"{name} ({native})"


def native_name(dataset: Dataset, place: Place) -> str:
    """A place's name in the language of its country."""
    country = dataset.countries.get(place.country)
    return localized(place.name, country.language if country and country.language else "en")


def region_of(dataset: Dataset, place_id: str) -> str | None:
    """The id of the outermost place that one lies in, or it itself, if that is a region."""
    outermost = list(enclosing(dataset, place_id))[-1]
    return outermost if dataset.places[outermost].level in REGION_LEVELS else None


def enclosing(dataset: Dataset, place_id: str) -> Iterator[str]:
    """A place and all that it lies in, outwards."""
    at: str | None = place_id
    while at:
        yield at
        at = dataset.places[at].within


# --- suffixes --------------------------------------------------------------------------------------

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


def _without_suffix(name: str) -> tuple[str, str, tuple[str, ...]]:
    """A name folded, the same without its suffix, and the levels that the suffix names."""
    folded = fold(name)
    if not name.isascii():
        from sisterline.text.variants import drop_ignorable

        name = drop_ignorable(name)  # a variation selector may follow 区, or a space be an ideographic one
    for last in (name[-3:], name[-1:]):
        if not last.isascii() and last in _SUFFIXES and len(name) > len(last):
            return folded, fold(name.removesuffix(last)), _SUFFIXES[last]
    for separator in (" ", "-"):
        stem, found, suffix = name.rpartition(separator)
        if found and stem and suffix.lower() in _SUFFIXES:
            return folded, fold(stem), _SUFFIXES[suffix.lower()]
    return folded, folded, ()
