"""The map of the page: where places lie on it, and the outlines of land around them.

The projection is equirectangular, true to scale in the middle latitude. The outlines are Natural Earth's
(public domain), land only. The map is cut where no place is for the most degrees of longitude.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

import msgspec

Position = tuple[float, float]  # in outlines longitude and latitude, on the map x and y
Ring = list[Position]

WIDTH = 1000  # of the map; its other numbers are in the same units
_MARGIN = 2.0  # degrees around the places
_NARROWEST = 12.0  # degrees of longitude of the smallest map
_LOWEST, _TALLEST = 0.45, 0.7  # limits of the height, in widths
_POLES = (-60.0, 84.0)  # no map goes beyond: there is land that nobody would look for
_FOLDER = Path(__file__).with_name("land")
# Finer outlines, with the degrees of longitude and latitude that they hold: west, south, east, north.
_NEAR, _NEAR_BOUNDS = "east-asia", (92.0, 15.0, 153.0, 57.0)
_WORLD = "world"
_SEAM = 0.1  # degrees by which the two overlap, so that no gap shows between them


class Window(NamedTuple):
    """A part of the Earth in degrees; its west is from -180 to 180, its east up to 360 degrees further."""

    west: float
    south: float
    east: float
    north: float


class Map(NamedTuple):
    """A map of some places.

    Attributes:
        height: of it; its width is WIDTH.
        points: x and y of each place; None of one without a location.
        land: the outlines of land as data of an SVG path.
    """

    height: int
    points: tuple[tuple[int, int] | None, ...]
    land: str


class Projection:
    """From degrees to the units of a map of a window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._across = WIDTH / (window.east - window.west)
        # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
        self._down = self._across / cos(radians((window.south + window.north) / 2))
        self.height = round((window.north - window.south) * self._down)

    def point(self, lon: float, lat: float) -> Position:
        """Where a point lies; its longitude is taken as it is, also beyond 180 degrees."""
        return (lon - self._window.west) * self._across, (self._window.north - lat) * self._down

    def place(self, lon: float, lat: float) -> tuple[int, int]:
        """Where a place lies that is in the window, to the nearest unit."""
        x, y = self.point(self._window.west + (lon - self._window.west) % 360, lat)
        return round(x), round(y)


def map_of(locations: Sequence[tuple[float, float] | None]) -> Map | None:
    """The map of places by their latitudes and longitudes; None where none has a location."""
    known = [location for location in locations if location is not None]
    if not known:
        return None
    window = window_of(known)
    projection = Projection(window)
    points = tuple(None if at is None else projection.place(at[1], at[0]) for at in locations)
    return Map(projection.height, points, land_path(_outlines(window), projection, window))


def window_of(locations: Iterable[tuple[float, float]]) -> Window:
    """The smallest part of the Earth that holds all of some latitudes and longitudes, with a margin."""
    latitudes, longitudes = zip(*locations, strict=True)
    ordered = sorted({lon % 360 for lon in longitudes})
    gaps = [(after - before, after) for before, after in pairwise([*ordered, ordered[0] + 360])]
    widest, west = max(gaps)
    west = (west + 180) % 360 - 180
    across = _spread(west - _MARGIN, west + 360 - widest + _MARGIN, _NARROWEST)
    south, north = min(latitudes) - _MARGIN, max(latitudes) + _MARGIN
    squeeze = cos(radians((south + north) / 2))
    width = across[1] - across[0]
    south, north = _spread(south, north, width * _LOWEST * squeeze)
    west, east = _spread(*across, min(360.0, (north - south) / _TALLEST / squeeze))
    return Window(west, max(south, _POLES[0]), east, min(north, _POLES[1]))


def land_path(rings: Iterable[Ring], projection: Projection, window: Window) -> str:
    """The outlines that lie in a window or a little beside it, as data of an SVG path."""
    # Pictures of one pair may show more than the window. A map of the world has nothing beside it.
    beyond = 400 if window.east - window.west < 120 else 20
    bounds = (-beyond, -beyond, WIDTH + beyond, projection.height + beyond)
    parts = []
    for ring in filter(None, rings):
        west, east = min(lon for lon, _ in ring), max(lon for lon, _ in ring)
        for turn in (-360, 0, 360):
            left, right = (projection.point(lon + turn, 0)[0] for lon in (west, east))
            if left <= bounds[2] and right >= bounds[0]:
                moved = [projection.point(lon + turn, lat) for lon, lat in ring]
                parts.append(_path(clip(moved, bounds)))
    return "".join(parts)


def clip(ring: Ring, bounds: tuple[float, float, float, float]) -> Ring:
    """A ring cut to a rectangle of least x and y and greatest x and y (Sutherland and Hodgman)."""
    left, top, right, bottom = bounds
    for axis, low, high in ((0, left, right), (1, top, bottom)):
        values = [point[axis] for point in ring]
        # Most rings lie on one side of an edge, which is seen at once.
        if not values or max(values) < low or min(values) > high:
            return []
        if min(values) < low:
            ring = _cut(ring, axis, low, 1)
        if max(values) > high:
            ring = _cut(ring, axis, high, -1)
    return ring


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Ring:
    """A ring without what lies beyond one edge."""
    kept: Ring = []
    for before, point in pairwise([*ring[-1:], *ring]):
        was_inside = (before[axis] - edge) * sign >= 0
        is_inside = (point[axis] - edge) * sign >= 0
        if was_inside != is_inside:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            x = before[0] + (point[0] - before[0]) * share
            y = before[1] + (point[1] - before[1]) * share
            kept.append((x, y))
        if is_inside:
            kept.append(point)
    return kept


def _path(ring: Ring) -> str:
    """A ring as one closed part of a path, in whole units; nothing of one that is smaller than that."""
    points = list(dict.fromkeys((round(x), round(y)) for x, y in ring))
    if len(points) < 3:
        return ""
    steps = [f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(points)]
    return (f"M{points[0][0]} {points[0][1]}l" + " ".join(steps) + "z").replace(" -", "-")


def _outlines(window: Window) -> list[Ring]:
    """The outlines of the world, or finer ones with those of the world around them."""
    west, south, east, north = _NEAR_BOUNDS
    if window.east - window.west > 120 or window.east < west or window.west > east or window.south < south:
        return _read(_WORLD)
    around = (
        (-180.0, -90.0, west + _SEAM, 90.0),
        (east - _SEAM, -90.0, 180.0, 90.0),
        (west, north - _SEAM, east, 90.0),
    )
    world = _read(_WORLD)
    return [*_read(_NEAR), *(clip(ring, bounds) for bounds in around for ring in world)]


def _read(name: str) -> list[Ring]:
    collection = msgspec.json.decode(_FOLDER.joinpath(f"{name}.geojson").read_bytes())
    (feature,) = collection["features"]
    return [
        [(lon, lat) for lon, lat in ring]
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
    ]


def _spread(low: float, high: float, least: float) -> tuple[float, float]:
    """A range, made wider on both sides to a least width."""
    missing = max(0.0, least - (high - low)) / 2
    return low - missing, high + missing
