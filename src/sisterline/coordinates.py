"""Points on the Earth in WGS 84, the latitude first, and the distance between two of them."""

import re
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct

from sisterline.translation import gettext as _

EARTH_RADIUS = 6371.0088  # km: the mean radius of the WGS 84 ellipsoid (IUGG, R1)
EXAMPLE = "[21.4835, 109.1155]"

_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)
_LIMITS = (("latitude", 90), ("longitude", 180))


class CoordinatesError(ValueError):
    """A value is not a pair of coordinates.

    Attributes:
        hint: how to write it.
        item: the index of the number that is wrong; None where it is the whole value.
    """

    def __init__(self, message: str, hint: str, *, item: int | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        self.item = item


class Coordinates(Struct, frozen=True, array_like=True):
    """A point in decimal degrees: latitude from -90 to 90, longitude from -180 to 180, as in WGS 84."""

    lat: float
    lon: float

    @classmethod
    def parse(cls, value: object) -> "Coordinates":
        """Read a list of two texts.

        Raises:
            CoordinatesError: it is no such list, or one of them is not a number of degrees in its range.
        """
        if not isinstance(value, list) or len(value) != 2:
            raise CoordinatesError(
                _("latitude and longitude are expected"), _("write {example}").format(example=EXAMPLE)
            )
        degrees = [_degrees(item, text) for item, text in enumerate(value)]
        for item, (name, limit) in enumerate(_LIMITS):
            if abs(degrees[item]) > limit:
                message = _("the longitude {value} is not between {least} and {limit}")
                if name == "latitude":
                    message = _("the latitude {value} is not between {least} and {limit}")
                message = message.format(value=value[item], least=-limit, limit=limit)
                raise CoordinatesError(message, _order_hint(value, degrees), item=item)
        return cls(*degrees)

    def __str__(self) -> str:
        return f"{self.lat}, {self.lon}"


def distance(one: Coordinates, other: Coordinates) -> int:
    """The great-circle distance of two points in whole kilometres, on a sphere of the mean radius.

    By the haversine formula; the ellipsoid differs by at most 0.6 %.
    """
    lat, other_lat = radians(one.lat), radians(other.lat)
    across = sin((other_lat - lat) / 2) ** 2
    along = sin(radians(other.lon - one.lon) / 2) ** 2
    # Rounding may lead beyond 1 where the points are opposite.
    chord = min(1.0, across + cos(lat) * cos(other_lat) * along)
    return round(2 * EARTH_RADIUS * asin(sqrt(chord)))


def _degrees(item: int, text: object) -> float:
    if not isinstance(text, str) or not _DEGREES.fullmatch(text):
        message = _("a list or a mapping is not a number of degrees")
        if isinstance(text, str):
            message = _('"{text}" is not a number of degrees').format(text=text)
        raise CoordinatesError(
            message, _("write decimal degrees, as {example}").format(example=EXAMPLE), item=item
        )
    return float(text)


def _order_hint(value: list[str], degrees: list[float]) -> str:
    """How to write two numbers of which one is out of its range."""
    if abs(degrees[1]) <= 90 < abs(degrees[0]) <= 180:
        return _("write the latitude first: [{value}, {value2}]").format(value=value[1], value2=value[0])
    return _("write decimal degrees, as {example}").format(example=EXAMPLE)
