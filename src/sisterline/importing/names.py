"""Places by the names in a table: known ones found, unknown ones proposed."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from sisterline.errors import UnknownName, with_fix
from sisterline.importing.cells import CellError
from sisterline.model import Dataset, Partnership
from sisterline.query.places import enclosing, find_country, matching_places, suffix_levels
from sisterline.text.matching import fold
from sisterline.translation import gettext as _
from sisterline.translation import listed

_SEPARATED = re.compile(r"[\s,，、・·/／()（）]+")
_SEVERAL = re.compile(r"\s*[,，、;；/／\n]\s*")
_LONGEST = 30  # characters of a name that is taken apart, such as 熊本県八代市


class NewPlace(Struct, frozen=True, kw_only=True):
    """A place that no data has, as it is proposed.

    Attributes:
        id: from its name.
        name: as in the table.
        country: the code of its country.
        level: what it is.
        doubt: what somebody should check.
    """

    id: str
    name: str
    country: str
    level: str
    doubt: str


class Pair(Struct, frozen=True, kw_only=True):
    """The two places of a row.

    Attributes:
        places: their ids, in the order of the row.
        partnership: the known one between them; None if there is none.
        new: those of them that are proposed.
        doubt: why this may be another pair; empty if it is certain.
        role: `city` or `partner`, whose name is the reason for the doubt.
    """

    places: tuple[str, str]
    partnership: Partnership | None
    new: tuple[NewPlace, ...] = ()
    doubt: str = ""
    role: str = "partner"


class PlaceFinder:
    """Finds the places of a data set by the names in a table, each name once."""

    def __init__(self, dataset: Dataset, *, country: str = "") -> None:
        """A finder.

        Args:
            dataset: the known places.
            country: the code of the country of new places; empty if it is unknown.
        """
        self._dataset = dataset
        self._country = country
        self._found: dict[str, tuple[str, ...]] = {}
        self._new: dict[str, NewPlace] = {}

    def find(self, name: str) -> tuple[str, ...]:
        """The ids of the known places that a cell may mean: 八代市, 熊本県八代市, "Yatsushiro, Japan"."""
        if name not in self._found:
            self._found[name] = matching_places(self._dataset, name) or self._find_within(name)
        return self._found[name]

    def pair(self, city: str, partner: str, country: str = "") -> Pair:
        """The two places that the cells of a row mean.

        Args:
            city: the name of the first.
            partner: the name of the second.
            country: the cell with the country of a partner that is not known; empty if there is none.

        Raises:
            CellError: a name means several places, or they are one place; its field is `city` or `partner`.
        """
        firsts, seconds = self._candidates(city, "city"), self._candidates(partner, "partner")
        known = [each for each in self._dataset.partnerships_of(firsts) if _joins(each, firsts, seconds)]
        new: list[NewPlace] = []
        doubt, role = "", "partner"
        if len(firsts) > 1 or len(seconds) > 1:
            unclear, choices = partner, seconds
            if len(firsts) > 1:
                unclear, choices, role = city, firsts, "city"
            if len({frozenset(each.between) for each in known}) != 1:
                message = _('"{name}" may be any of {list}; write one of these ids').format(
                    name=unclear, list=listed(choices)
                )
                raise CellError(message, role)
            firsts, seconds = _sides(known[0], firsts, seconds)
            doubt = _('"{name}" has several meanings; taken as the one in {id}').format(
                name=unclear, id=known[0].id
            )
        elif len(known) > 1:
            doubt = _("these two have {count} partnerships; taken as {id}").format(
                count=len(known), id=known[0].id
            )
        if not firsts:
            new.append(self._propose(city, "city", "", seconds))
            firsts = (new[-1].id,)
        if not seconds:
            new.append(self._propose(partner, "partner", country, firsts))
            seconds = (new[-1].id,)
        if firsts == seconds:
            raise CellError(
                _('"{city}" and "{partner}" are one place').format(city=city, partner=partner), "partner"
            )
        return Pair(
            places=(firsts[0], seconds[0]),
            partnership=known[0] if known else None,
            new=tuple(new),
            doubt=doubt,
            role=role,
        )

    # --- known places -------------------------------------------------------------------------------

    def _candidates(self, name: str, role: str) -> tuple[str, ...]:
        """The known places of a name; none for one that is new.

        Raises:
            CellError: the cell names several places.
        """
        found = self.find(name)
        parts = [part for part in _SEVERAL.split(name) if part]
        if not found and len(parts) > 1 and all(map(self.find, parts)):
            raise CellError(
                _('"{name}" names several places; give each a row of its own').format(name=name), role
            )
        return found

    def _find_within(self, name: str) -> tuple[str, ...]:
        """The places of a name that has around it the name of the region or country that they lie in."""
        for inner, outer in _splits(name):
            places = matching_places(self._dataset, inner)
            if places and outer:
                around = self._around(outer)
                fitting = tuple(place for place in places if around & self._surroundings(place))
                if fitting:
                    return fitting
        return ()

    def _around(self, name: str) -> set[str]:
        """The places and the country of a name."""
        found = set(matching_places(self._dataset, name))
        with suppress(UnknownName):
            found.add(find_country(self._dataset, name))
        return found

    def _surroundings(self, place: str) -> set[str]:
        _, *outer = enclosing(self._dataset, place)
        return {*outer, self._dataset.places[place].country}

    # --- new places ---------------------------------------------------------------------------------

    def _propose(self, name: str, role: str, country: str, others: tuple[str, ...]) -> NewPlace:
        """A place of a name that is not known.

        Raises:
            CellError: its country is unknown.
        """
        code, why = self._country_of(name, role, country, others)
        key = f"{code} {fold(name)}"
        if key not in self._new:
            levels = suffix_levels(name)
            level = levels[0] if levels else "city"
            check = _("check its name and its id, country {code} ({why}), level {level}").format(
                code=code, why=why, level=level
            )
            doubt = _('no known place is called "{name}"; proposed as new: {check}').format(
                name=name, check=check
            )
            self._new[key] = NewPlace(
                id=self._new_id(name, code), name=name, country=code, level=level, doubt=doubt
            )
        return self._new[key]

    def _country_of(self, name: str, role: str, country: str, others: tuple[str, ...]) -> tuple[str, str]:
        """The code of a new place's country, and where it is from.

        Raises:
            CellError: it is unknown.
        """
        if country:
            code = self._country_code(country)
            if not code:
                message = _('"{country}" is not a known country; write its code, as JP')
                raise CellError(message.format(country=country), role)
            return code, _('from "{country}"').format(country=country)
        if self._country:
            return self._country, _("from --country")
        usual = self._usual_countries(others)
        if len(usual) == 1:
            return usual.pop(), _("where all known partners of the other place's country are")
        hint = _("give its country with --country, or in a column of its own")
        raise CellError(with_fix(_('no known place is called "{name}"').format(name=name), hint), role)

    def _country_code(self, text: str) -> str:
        with suppress(UnknownName):
            return find_country(self._dataset, text)
        if re.fullmatch("[A-Z]{2}", text):
            return text
        return ""

    def _usual_countries(self, others: tuple[str, ...]) -> set[str]:
        """The countries of all known partners of places in the country of the other place."""
        places = self._dataset.places
        home = {places[place].country for place in others if place in places}
        found: set[str] = set()
        for partnership in self._dataset.partnerships:
            first, second = (places[place].country for place in partnership.between)
            if first in home:
                found.add(second)
            if second in home:
                found.add(first)
        return found

    def _new_id(self, name: str, country: str) -> str:
        """An id from a Latin name, or from the code points of another: the same in every import."""
        plain = unicodedata.normalize("NFKD", name)
        latin = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
        if latin.isascii() and (slug := re.sub(r"[^a-z0-9]+", "-", latin).strip("-")):
            taken = self._dataset.places.keys() | {place.id for place in self._new.values()}
            if slug not in taken:
                return slug
            name = slug
        return f"place-{country.lower()}-{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}"


def _joins(partnership: Partnership, firsts: tuple[str, ...], seconds: tuple[str, ...]) -> bool:
    """Whether a partnership is between one of some places and one of others."""
    one, other = partnership.between
    return (one in firsts and other in seconds) or (one in seconds and other in firsts)


def _sides(
    partnership: Partnership, firsts: tuple[str, ...], seconds: tuple[str, ...]
) -> tuple[tuple[str], tuple[str]]:
    """The two places of a partnership that joins some places, in the order of these."""
    one, other = partnership.between
    if one in firsts and other in seconds:
        return (one,), (other,)
    return (other,), (one,)


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """The ways to take a name apart into that of a place and that of what it lies in."""
    parts = [part for part in _SEPARATED.split(name) if part]
    if len(parts) > 1:
        yield parts[0], parts[-1]
        yield parts[-1], parts[0]
    elif not name.isascii() and len(name) <= _LONGEST:
        for index in range(1, len(name)):
            yield name[index:], name[:index]
