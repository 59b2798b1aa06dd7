"""Readings, locations and identifiers of places: read, checked, kept and found by."""

from pathlib import Path

import pytest

from helpers import SMALL, call, small
from sisterline.coordinates import Coordinates, CoordinatesError
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
