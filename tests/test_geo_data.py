"""Locations, identifiers and readings of the bundled places: each is the place's own, and in its region."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import TESTS
from sisterline.coordinates import Coordinates, distance
from sisterline.model import Dataset, Identifiers, Place
from sisterline.query.places import enclosing, find_places, region_of
from sisterline.reading.relations import jis_check_digit

SCHEMES = Identifiers.__struct_fields__
# Three towns of which only an estimate is known, and a county that exists no longer.
WITHOUT_LOCATION = {"malu", "zhenru", "zhuanghang", "wuxian"}
# Places of which no code exists: towns below the level of the codes, and that county.
WITHOUT_CODE = WITHOUT_LOCATION


class Box:
    """What a region lies in, in degrees, rounded outwards to a tenth; remote islands are left out."""

    def __init__(self, row: dict[str, str]) -> None:
        self.south, self.west = float(row["south"]), float(row["west"])
        self.north, self.east = float(row["north"]), float(row["east"])

    def __contains__(self, point: Coordinates) -> bool:
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east


def boxes(path: Path = TESTS / "regions.csv") -> dict[str, Box]:
    """The boxes of regions by their ISO 3166-2 codes."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["iso3166_2"]: Box(row) for row in csv.DictReader(rows)}


def of_scheme(dataset: Dataset, scheme: str) -> Iterator[tuple[str, str]]:
    """The ids of places with their identifiers of one scheme."""
    for name, place in dataset.places.items():
        value = getattr(place.identifiers, scheme) if place.identifiers else None
        if value:
            yield name, value


def region_identifiers(dataset: Dataset, place_id: str) -> Identifiers:
    """The identifiers of the region of a place."""
    region = region_of(dataset, place_id)
    assert region
    identifiers = dataset.places[region].identifiers
    assert identifiers
    return identifiers


# --- coverage -------------------------------------------------------------------------------------


def test_every_place_has_a_location_but_those_that_are_listed(bundled: Dataset) -> None:
    without = {name for name, place in bundled.places.items() if place.location is None}
    assert without == WITHOUT_LOCATION


@pytest.mark.parametrize(("country", "scheme"), [("JP", "jis"), ("CN", "gbt2260")])
def test_every_place_has_the_code_of_its_country_and_no_other(
    bundled: Dataset, country: str, scheme: str
) -> None:
    coded = {name for name, _ in of_scheme(bundled, scheme)}
    expected = {name for name, place in bundled.places.items() if place.country == country}
    assert coded == expected - WITHOUT_CODE


def test_every_region_and_no_other_place_has_an_iso_code(bundled: Dataset) -> None:
    regions = {name for name in bundled.places if region_of(bundled, name) == name}
    assert {name for name, _ in of_scheme(bundled, "iso3166_2")} == regions


def test_every_japanese_place_and_no_other_has_a_reading_in_hiragana(bundled: Dataset) -> None:
    for name, place in bundled.places.items():
        assert (place.reading is not None) == (place.country == "JP"), name
        assert re.fullmatch("[\u3041-\u3096ー]+", place.reading or "あ"), name


# --- identifiers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_identifier_is_given_twice(bundled: Dataset, scheme: str) -> None:
    counted = Counter(value for _, value in of_scheme(bundled, scheme))
    assert counted
    assert [value for value, count in counted.items() if count > 1] == []


def test_the_check_digit_of_every_local_government_code_is_right(bundled: Dataset) -> None:
    for name, code in of_scheme(bundled, "jis"):
        assert code[5] == jis_check_digit(code), name


def test_the_code_of_a_place_begins_with_that_of_its_region(bundled: Dataset) -> None:
    for scheme in ("jis", "gbt2260"):
        for name, code in of_scheme(bundled, scheme):
            region = getattr(region_identifiers(bundled, name), scheme)
            assert code[:2] == region[:2], name
            assert region[2:5] == "000", name


def test_the_iso_code_of_a_prefecture_has_the_number_of_its_local_government_code(bundled: Dataset) -> None:
    codes = dict(of_scheme(bundled, "iso3166_2"))
    prefectures = {name: code for name, code in of_scheme(bundled, "jis") if name in codes}
    assert len(prefectures) == 47
    for name, code in prefectures.items():
        assert codes[name] == f"JP-{code[:2]}"


def test_a_chinese_place_in_a_city_has_a_code_in_that_of_the_city(bundled: Dataset) -> None:
    codes = dict(of_scheme(bundled, "gbt2260"))
    inner = 0
    for name, code in codes.items():
        outer = bundled.places[name].within
        # A city in a province, and a district in a municipality such as Beijing, is numbered in the region.
        if outer in codes and codes[outer][2:] != "0000":
            assert code[:4] == codes[outer][:4], name
            inner += 1
    assert inner > 10


# --- locations ------------------------------------------------------------------------------------


def test_every_location_lies_in_the_box_of_its_region(bundled: Dataset) -> None:
    known = boxes()
    for name, place in bundled.places.items():
        if place.location:
            code = region_identifiers(bundled, name).iso3166_2
            assert code
            assert place.location in known[code], (name, code)


def test_a_place_in_a_city_lies_near_it(bundled: Dataset) -> None:
    far = {"dunhuang": 340, "fangzheng": 180}  # in Jiuquan, which is 700 km wide, and in Harbin
    located = 0
    for name, place in bundled.places.items():
        outer = bundled.places[place.within] if place.within else None
        if outer and outer.level == "city" and outer.location and place.location:
            assert distance(place.location, outer.location) < far.get(name, 120), name
            located += 1
    assert located > 10


def test_no_two_places_have_the_same_location_unless_one_lies_in_the_other(bundled: Dataset) -> None:
    found: dict[Coordinates, str] = {}
    for name, place in bundled.places.items():
        if place.location is None:
            continue
        other = found.setdefault(place.location, name)
        # The point of a region is that of its seat.
        assert other == name or other in enclosing(bundled, name) or name in enclosing(bundled, other)


# --- the questions of the audit -------------------------------------------------------------------


def named(dataset: Dataset, name: str) -> Place:
    """The only place of a name."""
    (found,) = find_places(dataset, name)
    return dataset.places[found]


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [("神戸市", "Tianjin", 1673), ("Beihai", "Yatsushiro", 2449)],
)
def test_the_distance_of_two_cities_is_that_of_an_atlas(
    bundled: Dataset, one: str, other: str, kilometres: int
) -> None:
    ends = [named(bundled, name).location for name in (one, other)]
    assert ends[0]
    assert ends[1]
    assert distance(ends[0], ends[1]) == pytest.approx(kilometres, rel=0.01)


@pytest.mark.parametrize(("name", "item"), [("Beihai", "Q210365"), ("Yatsushiro", "Q734479")])
def test_the_wikidata_item_of_a_city_is_known(bundled: Dataset, name: str, item: str) -> None:
    identifiers = named(bundled, name).identifiers
    assert identifiers
    assert identifiers.wikidata == item


@pytest.mark.parametrize("typed", ["やつしろ", "ヤツシロ", "ﾔﾂｼﾛ", "やつしろし", "やつしろ市"])
def test_yatsushiro_is_found_by_its_reading(bundled: Dataset, typed: str) -> None:
    assert find_places(bundled, typed) == ("yatsushiro",)


def test_every_reading_finds_its_place(bundled: Dataset) -> None:
    for name, place in bundled.places.items():
        if place.reading:
            assert name in find_places(bundled, place.reading), name
