"""The map of the page: its window, where places lie, and what land is drawn."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisterline.formats.html.land import WIDTH, Projection, Window, clip, land_path, map_of, window_of

BERLIN, PARIS, TOKYO, HONOLULU, AUCKLAND, LIMA = (
    (52.52, 13.405), (48.85, 2.35), (35.69, 139.69), (21.3, -157.86), (-36.85, 174.76), (-12.05, -77.04),
)  # fmt: skip
latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


def test_the_map_is_cut_where_no_place_is_for_the_most_degrees() -> None:
    pacific = window_of([TOKYO, HONOLULU, AUCKLAND])
    assert pacific.west < 139.69
    assert pacific.east > 360 - 157.86
    assert pacific.east - pacific.west < 120
    atlantic = window_of([BERLIN, LIMA])
    assert atlantic.west < -77.04 < 13.405 < atlantic.east


def test_a_map_of_one_place_shows_what_is_around_it() -> None:
    window = window_of([BERLIN])
    assert window.east - window.west >= 12
    assert window.west < 13.405 < window.east
    assert window.south < 52.52 < window.north


def test_neither_a_high_nor_a_flat_map_is_drawn() -> None:
    for places in ([BERLIN, (-33.9, 18.4)], [PARIS, TOKYO], [BERLIN]):
        found = map_of(places)
        assert found is not None
        assert 0.44 * WIDTH <= found.height <= 0.71 * WIDTH


def test_without_locations_there_is_no_map() -> None:
    assert map_of([]) is None
    assert map_of([None, None]) is None


def test_a_place_without_a_location_has_no_point() -> None:
    found = map_of([BERLIN, None, PARIS])
    assert found is not None
    assert found.points[1] is None
    assert found.points[0] is not None


def test_one_degree_of_latitude_is_longer_than_one_of_longitude_away_from_the_equator() -> None:
    projection = Projection(Window(0, 50, 20, 70))
    assert projection.point(0, 70) == (0, 0)
    assert projection.point(20, 70) == (WIDTH, 0)
    assert projection.point(0, 69)[1] == pytest.approx(2 * projection.point(1, 70)[0])


@given(st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=8))
def test_every_place_between_the_polar_circles_lies_on_its_map(places: list[tuple[float, float]]) -> None:
    found = map_of(places)
    assert found is not None
    for (lat, _), point in zip(places, found.points, strict=True):
        assert point is not None
        assert 0 <= point[0] <= WIDTH
        if -58 < lat < 82:
            assert 0 <= point[1] <= found.height


def test_a_ring_is_cut_at_the_edges_of_a_rectangle() -> None:
    ring = [(-5.0, -5.0), (15.0, -5.0), (15.0, 5.0), (-5.0, 5.0)]
    assert sorted(clip(ring, (0, 0, 10, 10))) == [(0, 0), (0, 5), (10, 0), (10, 5)]
    assert clip(ring, (20, 20, 30, 30)) == []
    assert clip(ring, (-9, -9, 19, 19)) == ring


def test_land_on_the_other_side_of_the_antimeridian_is_drawn() -> None:
    window = Window(170, -10, 190, 10)
    ring = [(-175.0, -5.0), (-172.0, -5.0), (-172.0, 5.0)]
    path = land_path([ring], Projection(window), window)
    assert path.startswith("M750 ")


def test_land_is_small_and_whole_numbers() -> None:
    found = map_of([(39.1, 117.2), (34.7, 135.2), (26.2, 127.7)])
    assert found is not None
    assert 2_000 < len(found.land) < 12_000
    assert re.fullmatch(r"(M-?\d+ ?-?\d+l[-\d ]+z)+", found.land)
    world = map_of([BERLIN, TOKYO, LIMA, AUCKLAND, HONOLULU])
    assert world is not None
    assert 5_000 < len(world.land) < 25_000
