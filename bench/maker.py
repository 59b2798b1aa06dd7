"""Large data in the proportions of the bundled data: the same bytes for the same bundled data and number.

    python -m bench.maker 4000 FOLDER              # with events, exchanges and sources
    python -m bench.maker 26000 FILE --directory   # as in a directory: no events, one source a partnership

The bundled partnerships are repeated, whole sets of them first and then a part. Each set is a pair of
countries of its own, so that there are as many ties a place, events a tie, sources, levels, precisions of
dates and open questions as in the bundled data, and regions and countries grow with it. The first set is the
bundled data itself (whatever is found there is found here too); in all others places and their names are
new, letter for letter of the same kind, and days are others.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from bench import ROOT
from sisterline.reading.files import bundled_folder, data_files
from sisterline.reading.yaml_text import read

sys.path.insert(0, str(ROOT / "tools"))
from format_data import flow, partnership

KNOWN = ("beihai", "hangzhou")  # in every data set of 7 partnerships and more: one tie, and six
SETS = 11  # sets of partnerships in one file: some 4,000
Record = dict[str, Any]
Names = dict[str, str]  # what stands in the bundled data -> what stands in a copy

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvwyz"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノマミムメモラリルレロ"
# What a name says of the kind of its place stays.
_KINDS = re.compile(r"Prefecture|City|District|County|Town|Village|Ward|New Area|[市省県县区區町村州都府道]$")
_SUFFIX = re.compile(r"-(?:prov|pref|city|district|county|town)$")
_DAY = re.compile(r"^(\d{4}-\d{2}-)(\d{2})([~?]?)$")


class Bundled(NamedTuple):
    """The bundled data as it is written, and who needs what."""

    countries: dict[str, Record]
    places: dict[str, Record]
    sources: dict[str, Record]
    partnerships: list[Record]
    totals: list[Record]


def bundled_data() -> Bundled:
    """The bundled data as plain values, which nothing has typed yet."""
    root: Record = {}
    for file in data_files(bundled_folder()):
        document, problems = read(file)
        if document is None or problems or not isinstance(document.value, dict):
            raise SystemExit(f"{file}: {problems}")
        root |= document.value
    return Bundled(*(root[name] for name in Bundled._fields))


def make(number: int, path: Path, *, directory: bool = False, data: Bundled | None = None) -> None:
    """Write a number of partnerships, with all that they name.

    Args:
        number: of partnerships, from 1 on.
        path: a folder for files of some 4,000 partnerships each; for a directory one file.
        directory: no events, exchanges and open questions, and one source a partnership.
        data: the bundled data.
    """
    data = data or bundled_data()
    if directory:
        data = data._replace(partnerships=[_bare(each) for each in data.partnerships])
    copies = list(_copies(data, number))
    if directory:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_sections(copies)), "utf-8")
        return
    path.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(copies), SETS):
        sections = _sections(copies[start : start + SETS])
        for name, text in zip(("countries", "places", "sources", "partnerships"), sections, strict=True):
            (path / f"{name}-{start // SETS + 1:02}.yaml").write_text(text, "utf-8")
    if totals := _cited(data, copies[0]):
        (path / "totals.yaml").write_text(
            "totals:\n" + "".join(f"- {flow(total)}\n" for total in totals), "utf-8"
        )


def _bare(record: Record) -> Record:
    """A partnership as a directory has it."""
    kept = {key: value for key, value in record.items() if key not in ("events", "exchanges", "disputed")}
    return kept | ({"sources": record["sources"][:1]} if "sources" in record else {})


class _Copy(NamedTuple):
    """One set of partnerships: its records, written."""

    countries: list[str]
    places: list[str]
    sources: list[str]
    partnerships: list[str]


def _sections(copies: Iterable[_Copy]) -> Iterator[str]:
    """The text of each section."""
    copies = list(copies)
    for number, name in enumerate(_Copy._fields):
        yield "".join([f"{name}:\n", *(line for copy in copies for line in copy[number])])


def _cited(data: Bundled, copy: _Copy) -> list[Record]:
    """The official totals, where their sources came along."""
    known = {line.split(":", 1)[0].strip() for line in copy.sources}
    return [total for total in data.totals if total["source"] in known]


class _Maker:
    """Makes names that are not taken yet, from random numbers that are the same everywhere."""

    def __init__(self) -> None:
        # Only `random()` of a whole number's seed is promised to stay the same in every Python.
        self.random = Random(19730624).random
        self.taken: set[tuple[str, str]] = set()
        self.ideographs: str = ""

    def below(self, number: int) -> int:
        return int(self.random() * number)

    def pick(self, letters: str) -> str:
        return letters[self.below(len(letters))]

    def unlike(self, name: str, letters: dict[str, str]) -> str:
        """A name of the same shape; `letters` keeps a Chinese character the same in all names of a place."""
        made: list[str] = []
        last = 0
        for kind in (*_KINDS.finditer(name), None):
            end, fixed = (kind.start(), kind.group()) if kind else (len(name), "")
            made += [self._letter(letter, letters) for letter in name[last:end]]
            made.append(fixed)
            last = kind.end() if kind else end
        return "".join(made)

    def _letter(self, letter: str, letters: dict[str, str]) -> str:
        small = letter.lower()
        if "\u4e00" <= letter <= "\u9fff":
            return letters.setdefault(letter, self.pick(self.ideographs))
        if "\u3040" <= letter <= "\u30fa":
            return letters.setdefault(letter, self.pick(_KANA))
        if small in _VOWELS or small in _CONSONANTS:
            new = self.pick(_VOWELS if small in _VOWELS else _CONSONANTS)
            return new if letter == small else new.upper()
        return letter

    def free(self, section: str, wanted: str) -> str:
        """The id itself, or with a number where it is taken in its section."""
        name, number = wanted, 1
        while (section, name) in self.taken:
            number += 1
            name = f"{wanted}-{number}"
        self.taken.add((section, name))
        return name


def _copies(data: Bundled, number: int) -> Iterator[_Copy]:
    """Sets of all partnerships, and a last one of as many as are left."""
    maker = _Maker()
    texts = (text for place in data.places.values() for text in place["name"].values())
    maker.ideographs = "".join(sorted({letter for text in texts for letter in text if letter >= "\u4e00"}))
    for copy in range(-(-number // len(data.partnerships))):
        left = number - copy * len(data.partnerships)
        chosen = data.partnerships if left >= len(data.partnerships) else _some(data, left, maker)
        yield _copied(data, chosen, copy, maker)


def _some(data: Bundled, number: int, maker: _Maker) -> list[Record]:
    """Some partnerships: those of the well-known places, and others by chance."""
    order = sorted(
        range(len(data.partnerships)),
        key=lambda at: (not set(KNOWN) & set(data.partnerships[at]["between"]), maker.random()),
    )
    return [data.partnerships[at] for at in sorted(order[:number])]


def _copied(data: Bundled, chosen: list[Record], copy: int, maker: _Maker) -> _Copy:
    """A set of partnerships with what they name."""
    places = {end: data.places[end] for record in chosen for end in record["between"]}
    for place in list(places.values()):
        while "within" in place:
            places[place["within"]] = place = data.places[place["within"]]
    sources = {name for record in chosen for name in _sources(record)}
    sources |= {place["population"]["source"] for place in places.values() if "population" in place}
    if copy == 0 and len(chosen) == len(data.partnerships):
        sources |= set(data.sources)  # with those of the totals
    codes = {code: _code(code, copy, at) for at, code in enumerate(sorted(data.countries))}
    names = {name: maker.free("sources", name if copy == 0 else f"{name}-{copy}") for name in sorted(sources)}
    ids: Names = {}
    words: dict[str, Names] = {}  # of each place: its names and the new ones
    for name in sorted(places):
        ids[name], words[name] = _renamed(name, places[name], copy, maker)
    return _Copy(
        [
            f"  {codes[code]}: {flow(_country(country, codes[code], copy))}\n"
            for code, country in data.countries.items()
        ],
        [f"  {ids[name]}: {flow(_place(places[name], ids, words[name], codes, names))}\n" for name in places],
        [f"  {names[name]}: {flow(_source(data.sources[name], copy))}\n" for name in sorted(sources)],
        [_partnership(record, ids, words, names, copy, maker) for record in chosen],
    )


def _code(code: str, copy: int, at: int) -> str:
    """Two letters for a country; after 300 sets of two they come again, with more regions in each."""
    if copy == 0:
        return code
    # From AA on, past those of the bundled data.
    number = (copy * 2 + at) % 600
    letters = "ABDEFGHIKLMNOPQRSTUVWXYZ"  # 24, neither C nor J: CN and JP are taken
    return letters[number // 25 % 24] + (letters + "C")[number % 25]


def _country(country: Record, code: str, copy: int) -> Record:
    return country if copy == 0 else country | {"name": dict.fromkeys(country["name"], code)}


def _renamed(name: str, place: Record, copy: int, maker: _Maker) -> tuple[str, Names]:
    """A place's new id, and its new names by the old ones."""
    old = list(dict.fromkeys([*place["name"].values(), *place.get("aliases", [])]))
    if copy == 0:
        return maker.free("places", name), {text: text for text in old}
    suffix = _SUFFIX.search(name)
    while True:
        new: Names = {}
        letters: dict[str, str] = {}
        for text in old:
            new[text] = maker.unlike(text, letters)
        english = new[place["name"]["en"]]
        wanted = re.sub(r"[^a-z0-9]+", "-", _KINDS.sub("", english).lower()).strip("-")
        wanted += suffix.group() if suffix else ""
        # Names of three letters run out: then a number makes the id, and the name, another one.
        if ("places", wanted) not in maker.taken or len(wanted) < 6:
            break
    made = maker.free("places", wanted)
    if made != wanted:
        new[place["name"]["en"]] = f"{english} {made.rsplit('-', 1)[1]}"
    return made, new


def _place(place: Record, ids: Names, words: Names, codes: Names, names: Names) -> Record:
    new = place | {"name": {tag: words[text] for tag, text in place["name"].items()}}
    new["country"] = codes[place["country"]]
    if "aliases" in place:
        new["aliases"] = [words[text] for text in place["aliases"]]
    if "within" in place:
        new["within"] = ids[place["within"]]
    if "population" in place:
        new["population"] = place["population"] | {"source": names[place["population"]["source"]]}
    return new


def _source(source: Record, copy: int) -> Record:
    if copy == 0 or "url" not in source:
        return source
    return source | {"url": source["url"].replace("://", f"://copy{copy}.", 1)}


def _sources(record: Record) -> Iterator[str]:
    """The ids of all sources that a partnership names."""
    yield from record.get("sources", [])
    for key in ("disputed", "events", "exchanges"):
        for item in record.get(key, []):
            source = item.get("source", [])
            yield from [source] if isinstance(source, str) else source


def _partnership(
    record: Record, ids: Names, words: dict[str, Names], names: Names, copy: int, maker: _Maker
) -> str:
    """The text of a copy of a partnership."""
    if copy == 0:
        maker.free("partnerships", record["id"])
        return "".join(f"{line}\n" for line in partnership(record))
    ends = record["between"]
    known = {old: new for end in ends for old, new in words[end].items()}
    pattern = re.compile("|".join(re.escape(old) for old in sorted(known, key=len, reverse=True)))
    turn = maker.below(28)

    def value(key: str, item: Any) -> Any:
        if isinstance(item, dict):
            return {name: value(name, inner) for name, inner in item.items()}
        if isinstance(item, list):
            return [value(key, inner) for inner in item]
        if key in ("source", "sources"):
            return names[item]
        if key in ("between", "from", "to"):
            return ids[item]
        if key in ("since", "date", "period"):
            return _DAY.sub(lambda day: f"{day[1]}{(int(day[2]) + turn) % 28 + 1:02}{day[3]}", item)
        if key in ("title", "what", "notes", "basis", "en", "zh", "ja"):
            return pattern.sub(lambda found: known[found.group()], item)
        return item

    new: Record = {key: value(key, item) for key, item in record.items()}
    new["id"] = maker.free("partnerships", "-".join(new["between"]))
    return "".join(f"{line}\n" for line in partnership(new))


def main(arguments: list[str]) -> int:
    """Make one data set."""
    if (
        len(arguments) not in (2, 3)
        or not arguments[0].isdecimal()
        or arguments[2:] not in ([], ["--directory"])
    ):
        print("usage: python -m bench.maker NUMBER PATH [--directory]", file=sys.stderr)
        return 2
    make(int(arguments[0]), Path(arguments[1]), directory=len(arguments) == 3)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
