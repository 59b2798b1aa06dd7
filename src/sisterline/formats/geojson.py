"""GeoJSON (RFC 7946): a line for each partnership, a point for each place, for maps.

Positions are longitude and latitude, in this order. A line is straight in these, as the RFC has it, and takes
the shorter way; one over the antimeridian is cut there in two (3.1.9). The collection names the report and
the day as foreign members (6.1), by which a later output knows an earlier one.
"""

from collections import Counter
from collections.abc import Iterator
from math import copysign
from typing import IO, Any

import msgspec

from sisterline.coordinates import Coordinates
from sisterline.formats.json import escaped
from sisterline.formats.options import WriteOptions, supports_unicode, write_text
from sisterline.model import Identifiers
from sisterline.reports.listing import ListReport
from sisterline.reports.refs import PlaceRef
from sisterline.translation import ngettext, some_of, speaking
from sisterline.views import view_of
from sisterline.views.style import UNICODE

Position = tuple[float, float]  # longitude, latitude
Line = list[Position]
Feature = dict[str, Any]

_MAX_NAMED = 10  # partnerships without a line that the note names


def write(report: ListReport, out: IO[str], _: WriteOptions) -> str:
    """Write a list; the note names the partnerships that have no line."""
    written = text(report, ascii_only=not supports_unicode(out))
    return write_text(out, written) or omitted_note(report)


def text(report: ListReport, *, ascii_only: bool = False) -> str:
    """A feature collection, one feature per line: lines, then points."""
    with speaking("en"):  # programs read it
        features = [*_line_features(report), *_point_features(report)]
    lines = [escaped(msgspec.json.encode(feature).decode(), ascii_only=ascii_only) for feature in features]
    head = {
        "type": "FeatureCollection",
        "report": report.name,
        "schema": report.schema,
        "today": report.today,
    }
    opened = msgspec.json.encode(head).decode().removesuffix("}")
    return f'{opened},"features":[\n' + ",\n".join(lines) + "\n]}\n"


def omitted_note(report: ListReport) -> str:
    """Which partnerships have no line, because a place has no location; empty where all have one."""
    missing = [row.id for row in report.partnerships if row.distance is None]
    if not missing:
        return ""
    names = some_of(missing, _MAX_NAMED)
    message = ngettext(
        "{count} partnership has no line, because a place has no location: {list}",
        "{count} partnerships have no line, because a place has no location: {list}",
        len(missing),
    )
    return message.format(count=f"{len(missing):,}", list=names)


def _line_features(report: ListReport) -> Iterator[Feature]:
    """The partnerships whose places both have a location, with their columns as properties."""
    columns = view_of(report, UNICODE).main.for_programs()
    readers = {column.name: column.reader() for column in columns}
    for row in report.partnerships:
        if row.place.location is None or row.partner.location is None:
            continue
        lines = lines_between(row.place.location, row.partner.location)
        if len(lines) == 1:
            geometry: Feature = {"type": "LineString", "coordinates": lines[0]}
        else:
            geometry = {"type": "MultiLineString", "coordinates": lines}
        properties = {"record": "partnership"} | {name: read(row) for name, read in readers.items()}
        yield {"type": "Feature", "id": row.id, "geometry": geometry, "properties": properties}


def _point_features(report: ListReport) -> Iterator[Feature]:
    """The places that have a location, each once, in the order in which the list names them."""
    counts: Counter[str] = Counter()
    places: dict[str, PlaceRef] = {}
    for row in report.partnerships:
        for place in (row.place, row.partner):
            places[place.id] = place
            counts[place.id] += 1
    for name, place in places.items():
        if place.location is not None:
            yield {
                "type": "Feature",
                "id": name,
                "geometry": {"type": "Point", "coordinates": _position(place.location)},
                "properties": _place_properties(place, counts[name]),
            }


def _place_properties(place: PlaceRef, partnerships: int) -> Feature:
    identifiers = place.identifiers or Identifiers()
    return {
        "record": "place",
        "id": place.id,
        "name": place.name,
        "native": place.native,
        "level": place.level,
        "region": place.region,
        "country": place.country,
        "reading": place.reading,
        "partnerships": partnerships,
        **{scheme: getattr(identifiers, scheme) for scheme in Identifiers.__struct_fields__},
    }


def lines_between(one: Coordinates, other: Coordinates) -> list[Line]:
    """The shorter straight line between two points, in two where it crosses the antimeridian."""
    start, end = _position(one), _position(other)
    # The antimeridian is 180 as well as -180: a point on it is on the side of the other one.
    if abs(start[0]) == abs(end[0]) == 180:
        return [[(180.0, start[1]), (180.0, end[1])]]
    if abs(start[0]) == 180:
        start = (copysign(180, end[0]), start[1])
    elif abs(end[0]) == 180:
        end = (copysign(180, start[0]), end[1])
    if abs(end[0] - start[0]) <= 180:
        return [[start, end]]
    edge = copysign(180, start[0])
    share = (edge - start[0]) / (end[0] + 2 * edge - start[0])
    crossing = round(start[1] + share * (end[1] - start[1]), 6)
    return [[start, (edge, crossing)], [(-edge, crossing), end]]


def _position(point: Coordinates) -> Position:
    return point.lon, point.lat
