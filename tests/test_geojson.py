"""GeoJSON: accepted by a reader that is not ours (geojson), longitude first, cut at the antimeridian."""

import csv
import io
import json
from math import copysign
from pathlib import Path
from typing import Any

import geojson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data_strategies import datasets, locations
from helpers import CONTROL, TODAY, call, small
from sisterline.coordinates import Coordinates
from sisterline.formats import geojson as geojson_format
from sisterline.formats.geojson import lines_between
from sisterline.model import Dataset
from sisterline.query.selection import Selection, select
from sisterline.reports.listing import list_report

OVER_THE_SEA = """places:
  chitose: {name: Chitose, country: JP, level: city, location: [42.8, 141.6]}
  anchorage: {name: Anchorage, country: US, level: city, location: [61.2, -149.9]}
  suva: {name: Suva, country: FJ, level: city, location: [-18.1, 178.4]}
  taveuni: {name: Taveuni, country: FJ, level: town, location: [-16.8, 180]}
partnerships:
- {id: anchorage-chitose, between: [anchorage, chitose]}
- {id: suva-anchorage, between: [suva, anchorage]}
- {id: suva-taveuni, between: [suva, taveuni]}
- {id: taveuni-anchorage, between: [taveuni, anchorage]}
"""


def read(text: str) -> Any:
    """A feature collection, after the reader found no fault in it."""
    collection = geojson.loads(text)
    assert isinstance(collection, geojson.FeatureCollection)
    assert collection.is_valid, collection.errors()
    for feature in collection.features:
        assert feature.is_valid, feature.errors()
        for longitude, latitude in geojson.utils.coords(feature):
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
    return collection


def written(*words: str) -> Any:
    """What `list` of the small data set writes as GeoJSON."""
    return read(small("list", *words, "-f", "geojson").out)


def by_record(collection: Any, record: str) -> dict[str, Any]:
    """The features of places or of partnerships by their ids."""
    found = [feature for feature in collection.features if feature.properties["record"] == record]
    features = {feature.id: feature for feature in found}
    assert len(features) == len(found)
    return features


# --- features -------------------------------------------------------------------------------------


def test_there_is_a_line_for_each_pair_and_a_point_for_each_place_with_a_location(world: Dataset) -> None:
    collection = written()
    located = {name for name, place in world.places.items() if place.location}
    pairs = {pair.id for pair in world.partnerships if located.issuperset(pair.between)}
    ends = {end for pair in world.partnerships for end in pair.between}
    assert by_record(collection, "partnership").keys() == pairs
    assert by_record(collection, "place").keys() == located & ends
    assert len(pairs) >= 4
    assert {feature.geometry.type for feature in collection.features} == {"LineString", "Point"}


def test_the_longitude_comes_before_the_latitude() -> None:
    collection = written("--city", "linhai", "--city", "sakae")
    assert by_record(collection, "place")["linhai"].geometry.coordinates == [121.1303, 28.8514]
    line = by_record(collection, "partnership")["linhai-sakae"].geometry
    assert line.coordinates == [[121.1303, 28.8514], [140.245, 35.8312]]


def test_partnerships_without_a_line_are_named_on_standard_error() -> None:
    result = small("list", "--city", "omori", "-f", "geojson")
    assert result.status == 0
    assert result.err == (
        "sisterline: 2 partnerships have no line, because a place has no location: "
        "jinshan-omori, linhai-forest-omori\n"
    )
    one = small("list", "--city", "jinshan", "-f", "geojson").err
    assert one == "sisterline: 1 partnership has no line, because a place has no location: jinshan-omori\n"
    # Their other place has its point.
    assert "omori" in by_record(read(result.out), "place")


def test_a_list_whose_places_are_all_located_has_no_note(bundled: Dataset) -> None:
    result = call("list", "--city", "Beihai", "-f", "geojson")
    assert (result.status, result.err) == (0, "")
    assert len(read(result.out).features) == 3


def test_the_properties_of_a_line_are_the_columns_of_the_list() -> None:
    lines = by_record(written(), "partnership")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(small("list", "-f", "csv").out))}
    for name, feature in lines.items():
        properties = dict(feature.properties)
        assert properties.pop("record") == "partnership"
        assert {key: "" if value is None else str(value) for key, value in properties.items()} == rows[name]


def test_a_point_says_what_the_place_is_and_is_called_elsewhere() -> None:
    assert by_record(written(), "place")["sakae"].properties == {
        "record": "place", "id": "sakae", "name": "Sakae", "native": "栄市", "level": "city",
        "region": "Sakae Prefecture", "country": "JP", "reading": "さかえし", "partnerships": 2,
        "wikidata": "Q900002", "geonames": None, "iso3166_2": None, "jis": "479012", "gbt2260": None,
    }  # fmt: skip


def test_names_are_in_the_language_that_was_asked_for() -> None:
    assert by_record(written("--lang", "zh"), "place")["sakae"].properties["name"] == "荣市"


def test_a_selection_a_limit_and_an_order_hold(world: Dataset) -> None:
    lines = by_record(written("--sort", "distance", "--reverse", "--limit", "2"), "partnership")
    distances = [feature.properties["distance"] for feature in lines.values()]
    assert distances == sorted(distances, reverse=True)
    assert len(distances) == 2


def test_an_empty_list_is_an_empty_collection() -> None:
    result = small("list", "--kind", "partner-city", "-f", "geojson")
    assert result.err == "sisterline: nothing matches --kind partner-city\n"
    assert read(result.out).features == []


def test_every_feature_of_the_bundled_data_is_in_east_asia() -> None:
    collection = read(call("list", "-f", "geojson").out)
    assert len(collection.features) > 900
    for feature in collection.features:
        for longitude, latitude in geojson.utils.coords(feature):
            assert 75 < longitude < 150
            assert 18 < latitude < 54


# --- files ----------------------------------------------------------------------------------------


def test_the_extension_names_the_format_and_an_earlier_output_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pairs.geojson"
    for city in ("linhai", "sakae"):
        assert small("list", "--city", city, "-o", path).status == 0
    assert "linhai-sakae" in by_record(read(path.read_text("utf-8")), "partnership")


def test_geojson_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pairs.geojson"
    theirs = '{"type": "FeatureCollection", "features": []}'
    path.write_text(theirs, "utf-8")
    result = small("list", "-o", path)
    assert result.status == 1
    assert "of JSON that Sisterline did not write" in result.err
    assert path.read_text("utf-8") == theirs


def test_only_a_list_is_written_as_geojson() -> None:
    result = small("timeline", "-f", "geojson")
    assert (result.status, result.out) == (2, "")
    assert "timeline cannot be written as geojson; choose one of table, json" in result.err


def test_a_stream_that_holds_ascii_only_gets_escapes_that_mean_the_same() -> None:
    result = small("list", "-f", "geojson", encoding="ascii")
    assert result.out.isascii()
    assert read(result.out) == written()


def test_no_control_character_of_the_data_is_in_it(world: Dataset) -> None:
    report = list_report(world, select(world, Selection()), TODAY)
    assert not CONTROL.search(geojson_format.text(report))


@settings(max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(datasets(ties=1))
def test_any_list_is_accepted_and_reads_back(data: Dataset) -> None:
    report = list_report(data, select(data, Selection()), TODAY)
    text = geojson_format.text(report)
    assert not CONTROL.search(text)
    lines = by_record(read(text), "partnership")
    for row in report.partnerships:
        assert (row.id in lines) == (row.distance is not None)
        if row.id in lines:
            assert lines[row.id].properties["place"] == row.place.name
    points = by_record(read(text), "place")
    for name, point in points.items():
        location = data.places[name].location
        assert location == Coordinates(point.geometry.coordinates[1], point.geometry.coordinates[0])


# --- the antimeridian -----------------------------------------------------------------------------


def test_a_line_over_the_antimeridian_is_cut_there(tmp_path: Path) -> None:
    path = tmp_path / "sea.yaml"
    path.write_text(OVER_THE_SEA, "utf-8")
    lines = by_record(read(call("list", "--no-builtin", "--data", path, "-f", "geojson").out), "partnership")
    west, east = lines["anchorage-chitose"].geometry.coordinates
    assert lines["anchorage-chitose"].geometry.type == "MultiLineString"
    assert west[0] == [-149.9, 61.2]
    assert west[1][0] == -180
    assert east == [[180, west[1][1]], [141.6, 42.8]]
    # 30.1 of 68.5 degrees of longitude are east of it, and as much of the way to the south is done there.
    assert west[1][1] == pytest.approx(61.2 - 18.4 * 30.1 / 68.5)
    assert lines["suva-anchorage"].geometry.type == "MultiLineString"


def test_a_place_on_the_antimeridian_is_on_the_side_of_its_partner(tmp_path: Path) -> None:
    path = tmp_path / "sea.yaml"
    path.write_text(OVER_THE_SEA, "utf-8")
    lines = by_record(read(call("list", "--no-builtin", "--data", path, "-f", "geojson").out), "partnership")
    assert lines["suva-taveuni"].geometry.coordinates == [[178.4, -18.1], [180, -16.8]]
    assert lines["taveuni-anchorage"].geometry.coordinates == [[-180, -16.8], [-149.9, 61.2]]


longitudes = st.sampled_from((-180.0, 180.0, -179.5, 179.5, 0.0, -0.0, 90.0, -90.0)) | st.floats(-180, 180)
points = locations | st.builds(Coordinates, st.floats(-90, 90), longitudes)


@given(points, points)
def test_a_line_takes_the_shorter_way_and_ends_where_the_places_are(
    one: Coordinates, other: Coordinates
) -> None:
    lines = lines_between(one, other)
    assert len(lines) in (1, 2)
    assert [lines[0][0][1], lines[-1][-1][1]] == [one.lat, other.lat]
    for (longitude, _), place in ((lines[0][0], one), (lines[-1][-1], other)):
        assert longitude == place.lon or {longitude, place.lon} == {180, -180}
    covered = sum(abs(end[0] - start[0]) for start, end in lines)
    apart = abs(one.lon - other.lon)
    assert covered == pytest.approx(min(apart, 360 - apart), abs=1e-9)


@given(points, points)
def test_two_lines_meet_at_the_antimeridian(one: Coordinates, other: Coordinates) -> None:
    lines = lines_between(one, other)
    if len(lines) == 2:
        (_, west), (east, _) = lines
        assert {west[0], east[0]} == {180, -180}
        assert west[1] == east[1]
        assert min(one.lat, other.lat) - 1e-6 <= west[1] <= max(one.lat, other.lat) + 1e-6
        assert [copysign(1, line[0][0]) == copysign(1, line[1][0]) for line in lines] == [True, True]
    assert all(-180 <= longitude <= 180 for line in lines for longitude, _ in line)


@given(points, points)
def test_a_line_is_the_same_from_either_end(one: Coordinates, other: Coordinates) -> None:
    back = [line[::-1] for line in reversed(lines_between(other, one))]
    for line, same in zip(lines_between(one, other), back, strict=True):
        for place, mirrored in zip(line, same, strict=True):
            assert place == pytest.approx(mirrored, abs=2e-6)


def test_it_is_json_for_programs_that_know_no_maps() -> None:
    value = json.loads(small("list", "--city", "linhai", "-f", "geojson").out)
    assert (value["type"], value["report"], value["schema"]) == ("FeatureCollection", "list", 2)
