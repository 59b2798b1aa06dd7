"""Readings, locations and identifiers of places: read, checked, kept and found by."""

import csv
import io
import json
from math import acos, cos, pi, radians, sin
from pathlib import Path

import pytest
from hypothesis import given

from data_strategies import locations
from helpers import SMALL, call, small
from sisterline.coordinates import EARTH_RADIUS, Coordinates, CoordinatesError, distance
from sisterline.errors import UnknownName
from sisterline.model import Dataset, Identifiers
from sisterline.query.places import find_places, find_regions
from sisterline.reading.relations import jis_check_digit
from sisterline.store.cache import load_cached

PLACE = "places:\n  x: {name: 栄区, country: JP, level: ward, %s}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.yaml"


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "おおもりし", "オオモリシ", "ｵｵﾓﾘｼ", "おおもり", "オオモリ", "ｵｵﾓﾘ", "おおもり市", "オオモリ 市",
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_reading_in_any_kana(world: Dataset, typed: str) -> None:
    assert find_places(world, typed) == ("omori",)


def test_a_reading_without_its_suffix_finds_the_places_of_every_level(world: Dataset) -> None:
    assert find_places(world, "さかえ") == ("sakae-pref", "sakae")
    assert find_places(world, "さかえ県") == ("sakae-pref",)
    assert find_regions(world, "サカエケン") == ("sakae-pref",)


@pytest.mark.parametrize("typed", ["さか", "えし", "さかえく", "さかえ町", "さかえしし"])
def test_a_part_of_a_reading_or_another_level_finds_nothing(world: Dataset, typed: str) -> None:
    with pytest.raises(UnknownName):
        find_places(world, typed)


@pytest.mark.parametrize(
    ("level", "reading", "typed"),
    [
        ("town", "おうちょう", "おう"), ("town", "おうまち", "おう"), ("village", "おうそん", "おう"),
        ("village", "おうむら", "おう"), ("ward", "おうく", "おう"), ("prefecture", "おうふ", "オウ"),
        ("district", "おうく", "おうく"), ("city", "かもめわん・ひがしし", "カモメワンヒガシ"),
    ],
)  # fmt: skip
def test_the_suffix_of_a_reading_depends_on_the_level(
    file: Path, level: str, reading: str, typed: str
) -> None:
    file.write_text(f"places:\n  x: {{name: 王, country: JP, level: {level}, reading: {reading}}}\n", "utf-8")
    assert find_places(load_cached([file]), typed) == ("x",)


def test_a_text_search_finds_a_reading() -> None:
    assert small("list", "--text", "ｻｶｴｼ", "-f", "csv", "--columns", "id").out.split() == [
        "id", "linhai-sakae", "alesund-sakae",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "reading", ["ﾔﾂｼﾛ", "Yatsushiro", "八代", "やつしろ市", "・やつしろ", "やつしろ・", "やつ  しろ"]
)
def test_a_reading_is_full_width_kana(file: Path, reading: str) -> None:
    file.write_text(PLACE % f'reading: "{reading}"', "utf-8")
    result = call("check", file)
    assert (result.status, result.err) == (1, "")
    hint = "use full-width hiragana or katakana, as やつしろし"
    assert f'own.yaml:2:52: "{reading}" is not a valid reading; {hint}' in result.out


# --- location -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "lat", "lon"),
    [
        (["90", "180"], 90.0, 180.0), (["-90", "-180.0"], -90.0, -180.0), (["0", "0"], 0.0, 0.0),
        (["21.4835", "109.1155"], 21.4835, 109.1155), (["021.5", "-0.25"], 21.5, -0.25),
    ],
)  # fmt: skip
def test_a_location_is_a_latitude_and_a_longitude(written: list[str], lat: float, lon: float) -> None:
    assert Coordinates.parse(written) == Coordinates(lat, lon)


@pytest.mark.parametrize(
    "number", ["90.0001", "-90.1", "1e1", "nan", "inf", "", " 1", "1,5", "+1", "1.", ".5", "1" * 400, "１"]
)
def test_a_latitude_is_a_decimal_number_from_minus_90_to_90(number: str) -> None:
    with pytest.raises(CoordinatesError) as caught:
        Coordinates.parse([number, "0"])
    assert caught.value.item == 0


@pytest.mark.parametrize("value", ["1, 2", ["1"], ["1", "2", "3"], [], {"lat": "1", "lon": "2"}])
def test_a_location_is_a_list_of_two(value: object) -> None:
    with pytest.raises(CoordinatesError, match="latitude and longitude are expected"):
        Coordinates.parse(value)


# --- identifiers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["010006", "011002", "432024", "130001", "281000", "473821"])
def test_the_check_digit_is_that_of_published_codes(code: str) -> None:
    # Hokkaido, Sapporo, Yatsushiro, Tokyo, Kobe, Yonaguni.
    assert jis_check_digit(code[:5]) == code[5]


def test_codes_with_leading_zeros_stay_whole(file: Path) -> None:
    file.write_text(PLACE % "identifiers: {jis: 011002, geonames: 2128295}", "utf-8")
    identifiers = load_cached([file]).places["x"].identifiers
    assert identifiers == Identifiers(jis="011002", geonames="2128295")


def test_an_unknown_identifier_is_an_error_with_the_known_ones(file: Path) -> None:
    file.write_text(PLACE % "identifiers: {osm: 1}", "utf-8")
    hint = "the keys are wikidata, geonames, iso3166-2, jis, gbt2260"
    assert f'own.yaml:2:57: unknown key "osm"; {hint}' in call("check", file).out


def test_own_data_and_the_cache_keep_all_of_it(file: Path) -> None:
    file.write_text(
        PLACE % "reading: さかえく, location: [35.5, 139.55], identifiers: {wikidata: Q1, jis: 141151}",
        "utf-8",
    )
    cold, warm = load_cached([SMALL, file]), load_cached([SMALL, file])
    for dataset in (cold, warm):
        place = dataset.places["x"]
        assert place.reading == "さかえく"
        assert place.location == Coordinates(35.5, 139.55)
        assert place.identifiers == Identifiers(wikidata="Q1", jis="141151")
        assert dataset.places["jinshan"].identifiers is None


# --- distance -------------------------------------------------------------------------------------

HALF_WAY_ROUND = round(pi * EARTH_RADIUS)


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((0, 0), (0, 1), 111), ((90, 0), (-90, 0), HALF_WAY_ROUND), ((0, 180), (0, -180), 0),
        ((0, 179), (0, -179), 222), ((90, 10), (90, -70), 0), ((0, 0), (0, 180), HALF_WAY_ROUND),
        ((51.4700, -0.4543), (40.6413, -73.7781), 5540),  # Heathrow and Kennedy airports
    ],
)  # fmt: skip
def test_a_distance_is_along_a_great_circle_in_whole_kilometres(
    one: tuple[float, float], other: tuple[float, float], kilometres: int
) -> None:
    assert distance(Coordinates(*one), Coordinates(*other)) == kilometres


@given(locations, locations)
def test_a_distance_is_that_of_the_angle_between_two_directions(one: Coordinates, other: Coordinates) -> None:
    def direction(point: Coordinates) -> tuple[float, float, float]:
        lat, lon = radians(point.lat), radians(point.lon)
        return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)

    product = sum(a * b for a, b in zip(direction(one), direction(other), strict=True))
    angle = acos(max(-1.0, min(1.0, product)))
    assert distance(one, other) == pytest.approx(angle * EARTH_RADIUS, abs=0.6)


@given(locations, locations, locations)
def test_distances_are_those_of_a_map(one: Coordinates, other: Coordinates, third: Coordinates) -> None:
    assert distance(one, one) == 0
    assert distance(one, other) == distance(other, one)
    assert 0 <= distance(one, other) <= HALF_WAY_ROUND
    # The detour is at least as long; each of the three may be rounded by half a kilometre.
    assert distance(one, third) <= distance(one, other) + distance(other, third) + 1


# --- columns and facts ----------------------------------------------------------------------------


def rows(*words: str) -> list[dict[str, str]]:
    """The rows of `list` of the small data set as CSV."""
    return list(csv.DictReader(io.StringIO(small("list", *words, "-f", "csv").out)))


def test_a_list_has_columns_for_what_joins_both_places_to_other_data() -> None:
    (row,) = [row for row in rows() if row["id"] == "linhai-sakae"]
    joins = {name: row[name] for name in row if name.split("_", 1)[-1] in (*JOINS, "lat", "lon", "reading")}
    assert joins == {
        "place_reading": "", "place_lat": "28.8514", "place_lon": "121.1303", "place_wikidata": "Q900001",
        "place_geonames": "900001", "place_iso3166_2": "", "place_jis": "", "place_gbt2260": "999901",
        "partner_reading": "さかえし", "partner_lat": "35.8312", "partner_lon": "140.245",
        "partner_wikidata": "Q900002", "partner_geonames": "", "partner_iso3166_2": "",
        "partner_jis": "479012", "partner_gbt2260": "",
    }  # fmt: skip
    assert row["distance"] == "1952"


JOINS = Identifiers.__struct_fields__


def test_a_southern_latitude_is_a_number_in_csv_and_not_a_formula() -> None:
    assert {row["partner_lat"] for row in rows("--city", "omori", "--kind", "twin-town")} == {"-35.25"}


def test_columns_of_places_are_chosen_by_name() -> None:
    found = small("list", "--columns", "distance,partner_jis", "-f", "tsv", "--city", "sakae").out
    assert found == "distance\tpartner_jis\n1952\t479012\n1946\t470007\n8342\t479012\n"


def test_a_list_is_sorted_by_distance_with_the_unknown_last() -> None:
    distances = [row["distance"] for row in rows("--sort", "distance")]
    known = [int(value) for value in distances if value]
    assert distances == [*map(str, sorted(known)), *[""] * (len(distances) - len(known))]
    assert "" in distances
    back = [row["distance"] for row in rows("--sort", "distance", "--reverse")]
    assert back == [*map(str, sorted(known, reverse=True)), *[""] * (len(distances) - len(known))]


def test_json_has_what_the_data_has_of_a_place() -> None:
    (pair,) = json.loads(small("list", "--city", "栄市", "--kind", "friendship-city", "-f", "json").out)[
        "partnerships"
    ]
    assert pair["distance"] == 1952
    assert pair["place"]["location"] == [28.8514, 121.1303]
    assert pair["place"]["identifiers"] == {"wikidata": "Q900001", "geonames": "900001", "gbt2260": "999901"}
    assert (pair["place"]["reading"], pair["partner"]["reading"]) == ("", "さかえし")
    region = json.loads(small("show", "haibei-prov", "-f", "json").out)["places"][0]["place"]
    assert region["identifiers"] == {"iso3166-2": "CN-HB"}
    nothing = json.loads(small("show", "jinshan", "-f", "json").out)["places"][0]["place"]
    assert (nothing["location"], nothing["identifiers"]) == (None, None)


def test_a_page_shows_reading_location_and_identifiers() -> None:
    text = small("show", "栄市").out
    assert "\n  reading    さかえし\n" in text
    assert "\n  location   35.8312, 140.245\n" in text
    assert "\n  ids        Wikidata Q900002 · JIS 479012\n" in text
    assert "reading" not in small("show", "jinshan").out


def test_a_page_of_a_pair_shows_the_distance_where_both_are_located() -> None:
    assert "\n  distance   1,952 km\n" in small("show", "linhai-sakae").out
    assert "distance" not in small("show", "jinshan-omori").out
