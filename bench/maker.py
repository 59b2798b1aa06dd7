"""Large data in the proportions of the bundled data: the same number makes the same bytes.

    python -m bench.maker 4000 FOLDER                   # with events, exchanges and sources
    python -m bench.maker 26000 FILE --form directory   # no events, one source per partnership
    python -m bench.maker 26111 FILE --form names       # names in one language, one event, no sources

The bundled partnerships are repeated in sets, the last of which may be a part. The first set is the bundled
data itself, so what is found there is found here too. Each other set lies in a pair of countries of its own;
the letters of its names are exchanged for others of the same kind, its days are shifted, and its places lie
elsewhere on the globe. So ties per place, events per tie, sources, levels, precisions and open questions stay
in proportion.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from bench import ROOT
from sisterline.country_codes import CODES
from sisterline.reading.files import bundled_folder, data_files
from sisterline.reading.yaml_text import read

sys.path.insert(0, str(ROOT / "tools"))
from format_data import flow, partnership

KNOWN = ("beihai", "hangzhou")  # in every data set of 7 partnerships and more: one tie, and six
SETS_PER_FILE = 11  # some 4,000 partnerships
SECTIONS = ("countries", "places", "sources", "partnerships")
FORMS = ("history", "directory", "names")
Record = dict[str, Any]

_ALPHABETS = (
    "aeiou",
    "bcdfghjklmnprstvwyz",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノマミムメモラリルレロ",
)
# The part of a name that says what kind of place it is stays as it is.
_KINDS = re.compile(
    r"(Prefecture|City|District|County|Town|Village|Ward|New Area|[市省県县区區町村州都府道]$"
    r"|-(?:prov|pref|city|district|county|town)$)"
)
_DAY = re.compile(r"^(\d{4}-\d{2}-)(\d{2})([~?]?)$")
# An even number of them: one that is used again is that of a country of the same language.
_COUNTRY_CODES = sorted(CODES - {"CN", "JP"})[1:]


class Bundled(NamedTuple):
    """The bundled data as it is written: texts, lists and mappings."""

    countries: dict[str, Record]
    places: dict[str, Record]
    sources: dict[str, Record]
    partnerships: list[Record]
    totals: list[Record]


def bundled_data() -> Bundled:
    """Read the bundled data."""
    root: Record = {}
    for file in data_files(bundled_folder()):
        document, problems = read(file)
        if document is None or problems or not isinstance(document.value, dict):
            raise SystemExit(f"{file}: {problems}")
        root |= document.value
    return Bundled(*(root[name] for name in Bundled._fields))


def make(number: int, path: Path, *, form: str = "history", data: Bundled | None = None) -> None:
    """Write a number of partnerships, with everything that they refer to.

    Args:
        number: how many, from 1.
        path: a folder for files of some 4,000 partnerships each; one file for the other forms.
        form: one of `FORMS`. All there is; a directory, without events, exchanges and open questions, and
            with one source per partnership; or what lists of names have: places with a name in one language
            and a location, partnerships with their founding and the first event, no sources.
        data: the bundled data, if it has been read already.
    """
    data = data or bundled_data()
    if form == "directory":
        data = data._replace(partnerships=[_without_history(each) for each in data.partnerships])
    if form == "names":
        data = _names_only(data)
    sets = list(_sets(data, number))
    if form != "history":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_section(name, sets) for name in SECTIONS), "utf-8")
        return
    path.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(sets), SETS_PER_FILE):
        for name in SECTIONS:
            text = _section(name, sets[start : start + SETS_PER_FILE])
            (path / f"{name}-{start // SETS_PER_FILE + 1:02}.yaml").write_text(text, "utf-8")
    if number >= len(data.partnerships):  # the sources of the totals are there then
        lines = [f"- {flow(total)}\n" for total in data.totals]
        (path / "totals.yaml").write_text("totals:\n" + "".join(lines), "utf-8")


def _without_history(record: Record) -> Record:
    """A partnership as a directory has it."""
    kept = {key: value for key, value in record.items() if key not in ("events", "exchanges", "disputed")}
    if "sources" in kept:
        kept["sources"] = kept["sources"][:1]
    return kept


def _names_only(data: Bundled) -> Bundled:
    """What a list of names has; nothing in it says what kind of place each is."""
    keys = ("name", "country", "location")
    return data._replace(
        places={name: _kept(record, *keys) | {"level": "city"} for name, record in data.places.items()},
        sources={},
        partnerships=[_briefly(record) for record in data.partnerships],
    )


def _briefly(record: Record) -> Record:
    """A partnership with its founding and its first event."""
    events = [_kept(event, "date", "type", "title") for event in record.get("events", ())[:1]]
    brief = _kept(record, "id", "between", "kind", "since", "status")
    return brief | ({"events": events} if events else {})


def _kept(record: Record, *keys: str) -> Record:
    """Some entries of a record, each text in English only."""
    kept = {key: record[key] for key in keys if key in record}
    return {key: value["en"] if isinstance(value, dict) else value for key, value in kept.items()}


Set = Mapping[str, list[str]]  # the lines of each section


def _section(name: str, sets: list[Set]) -> str:
    lines = [line for each in sets for line in each[name]]
    return "".join([f"{name}:\n", *lines]) if lines else ""


def _sets(data: Bundled, number: int) -> Iterator[Set]:
    """Sets of all partnerships, and a last one of those that are left."""
    whole = len(data.partnerships)
    for copy, start in enumerate(range(0, number, whole)):
        chosen = data.partnerships
        if number - start < whole:
            chosen = _some(data.partnerships, number - start)
        part = _referred_to(data, chosen)
        if copy == 0:
            if chosen is data.partnerships:
                part = part._replace(sources=data.sources)
            yield _lines(part)
        else:
            yield _lines(_Renamer(data, copy).renamed(part))


def _some(partnerships: list[Record], number: int) -> list[Record]:
    """Some partnerships in their order: those of the well-known places, and others by chance."""
    random = Random(number).random
    ranks = [(not set(KNOWN) & set(record["between"]), random()) for record in partnerships]
    chosen = sorted(range(len(partnerships)), key=ranks.__getitem__)[:number]
    return [partnerships[at] for at in sorted(chosen)]


def _referred_to(data: Bundled, chosen: list[Record]) -> Bundled:
    """Partnerships with the places and sources that they refer to."""
    places: dict[str, Record] = {}
    for record in chosen:
        for end in record["between"]:
            name: str | None = end
            while name:
                places[name] = data.places[name]
                name = places[name].get("within")
    cited = {*_cited(chosen), *_cited(list(places.values()))}
    sources = {name: data.sources[name] for name in sorted(cited)}
    return Bundled(data.countries, dict(sorted(places.items())), sources, chosen, [])


def _cited(value: Any, key: str = "") -> Iterator[str]:
    """The ids of all sources in a value."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _cited(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _cited(item, key)
    elif key in ("source", "sources"):
        yield value


def _lines(data: Bundled) -> Set:
    """The records as YAML."""
    sections = {"countries": data.countries, "places": data.places, "sources": data.sources}
    lines = {
        name: [f"  {key}: {flow(record)}\n" for key, record in records.items()]
        for name, records in sections.items()
    }
    lines["partnerships"] = [f"{line}\n" for record in data.partnerships for line in partnership(record)]
    return lines


class _Renamer:
    """Gives everything in one set another name, letter by letter, and other days."""

    def __init__(self, data: Bundled, copy: int) -> None:
        names = [text for place in data.places.values() for text in _own_names(place)]
        ideographs = "".join(sorted({letter for text in names for letter in text if letter >= "\u4e00"}))
        random = Random(copy).random  # the only method whose numbers are the same in every Python
        self._letters: dict[int, int] = {}
        for alphabet in (*_ALPHABETS, ideographs):
            shuffled = sorted(alphabet, key=lambda _: random())
            self._letters |= str.maketrans(alphabet, "".join(shuffled))
            self._letters |= str.maketrans(alphabet.upper(), "".join(shuffled).upper())
        self._copy = copy
        self._shift = int(random() * 28)
        self._south, self._east = int(random() * 70), int(random() * 360)
        codes = sorted(data.countries)
        first = copy * len(codes)
        self._codes = {
            code: _COUNTRY_CODES[(first + at) % len(_COUNTRY_CODES)] for at, code in enumerate(codes)
        }
        self._names = {text: self._name(text) for place in data.places.values() for text in _names(place)}

    def renamed(self, data: Bundled) -> Bundled:
        """The same records under other names."""
        return Bundled(
            countries={
                self._codes[code]: record | {"name": dict.fromkeys(record["name"], self._codes[code])}
                for code, record in data.countries.items()
            },
            places={self._id(name): self._place(record) for name, record in data.places.items()},
            sources={f"{name}-x{self._copy}": self._source(record) for name, record in data.sources.items()},
            partnerships=[self._partnership(record, data.places) for record in data.partnerships],
            totals=[],
        )

    def _name(self, text: str) -> str:
        parts = _KINDS.split(text)  # every second part is the kind
        return "".join(part if at % 2 else part.translate(self._letters) for at, part in enumerate(parts))

    def _id(self, name: str) -> str:
        return f"{self._name(name)}-x{self._copy}"

    def _source(self, record: Record) -> Record:
        if "url" not in record:
            return record
        return record | {"url": record["url"].replace("://", f"://copy{self._copy}.", 1)}

    def _partnership(self, record: Record, places: Mapping[str, Record]) -> Record:
        """A partnership, with the names of its two places exchanged in all texts."""
        names = {text: self._names[text] for end in record["between"] for text in _names(places[end])}
        longest_first = sorted(names, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)))

        def exchange(text: str) -> str:
            return pattern.sub(lambda found: names[found.group()], text)

        return self._record(record, exchange) | {"id": self._id(record["id"])}

    def _place(self, record: Record) -> Record:
        renamed = self._record(record, lambda text: self._names.get(text, text))
        if "location" in record:
            latitude, longitude = map(float, record["location"])
            east = (longitude + self._east + 180) % 360 - 180
            renamed["location"] = [f"{latitude - self._south:.4f}", f"{east:.4f}"]
        return renamed

    def _record(self, record: Record, exchange: Callable[[str], str]) -> Record:
        """A record with other ids, dates and countries, and with its texts exchanged by a function."""
        conversions: dict[str, Callable[[str], str]] = {
            **dict.fromkeys(("source", "sources"), lambda text: f"{text}-x{self._copy}"),
            **dict.fromkeys(("between", "from", "to", "within"), self._id),
            **dict.fromkeys(("since", "date", "period"), self._date),
            "country": self._codes.__getitem__,
        }
        texts = ("name", "title", "what", "notes", "basis", "aliases", "en", "zh", "ja")
        conversions |= dict.fromkeys(texts, exchange)
        converted: Record = _converted(record, conversions)
        return converted

    def _date(self, text: str) -> str:
        return _DAY.sub(lambda found: f"{found[1]}{self._day(found[2]):02}{found[3]}", text)

    def _day(self, day: str) -> int:
        return (int(day) + self._shift) % 28 + 1


def _names(place: Record) -> list[str]:
    return [*_own_names(place), *place.get("aliases", [])]


def _own_names(place: Record) -> list[str]:
    """Its name in each language, or its only one."""
    name = place["name"]
    return list(name.values()) if isinstance(name, dict) else [name]


def _converted(value: Any, conversions: Mapping[str, Callable[[str], str]], key: str = "") -> Any:
    """A value in which each text is converted by the key that it has."""
    if isinstance(value, dict):
        return {name: _converted(item, conversions, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_converted(item, conversions, key) for item in value]
    if key in conversions:
        return conversions[key](value)
    return value


def main() -> None:
    """Make one data set."""
    parser = argparse.ArgumentParser(prog="python -m bench.maker", description="Make a large data set.")
    parser.add_argument("number", type=int, help="how many partnerships")
    parser.add_argument("path", type=Path, help="a folder; a file for the other forms than history")
    parser.add_argument("--form", choices=FORMS, default=FORMS[0], help="how much there is of each")
    options = parser.parse_args()
    make(options.number, options.path, form=options.form)


if __name__ == "__main__":
    main()
