"""Data files put together into one data set, and every problem they have."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from sisterline.dates import Date, DateError
from sisterline.errors import DataError, Problem, SisterlineError
from sisterline.explain import LIST_HINT, At, Typing, kind_of, references
from sisterline.files import bundled, files, shown
from sisterline.model import (
    Country,
    Dataset,
    Exchange,
    Extension,
    Partnership,
    Place,
    Source,
    Total,
    founding_key,
)
from sisterline.progress import OnProgress
from sisterline.reading.yaml_events import gc_paused
from sisterline.reading.yaml_reader import Plain
from sisterline.reading.yaml_text import Document, read
from sisterline.schema import COUNTRY, ID, shape

SECTIONS = ("countries", "places", "sources", "partnerships", "totals")
Where = tuple[str, int, int]  # path, line and column


def load(paths: Sequence[Path], progress: OnProgress | None = None) -> Dataset:
    """Read files and folders into one data set.

    Args:
        paths: the files and folders.
        progress: is told how much of them is read.

    Raises:
        DataError: with every problem of every file.
    """
    dataset, problems = check(paths, progress)
    if problems:
        raise DataError(problems)
    return dataset


def check(paths: Sequence[Path], progress: OnProgress | None = None) -> tuple[Dataset, tuple[Problem, ...]]:
    """Read files and folders, and collect what is wrong with them, sorted by file and place."""
    with gc_paused():
        reading = _read(paths, progress)
        return reading.finish(), reading.problems()


def survey(
    paths: Sequence[Path], progress: OnProgress | None = None
) -> tuple[Dataset, tuple[Problem, ...], dict[str, Where], tuple[Problem, ...]]:
    """The same with where each partnership stands, by its id, and with the warnings about the YAML itself."""
    with gc_paused():
        reading = _read(paths, progress)
        dataset = reading.finish()
        where = dict(reading.seen["partnerships"])
        # What is doubted of an extended partnership is told where it was extended: there it can be mended.
        where |= {extension.extends: at for extension, at in reading.extensions}
        warnings = tuple(warning for document in reading.documents for warning in document.warnings())
        return dataset, reading.problems(), _Places(where), warnings


class _Places(dict[str, Where]):
    """Where each partnership stands, looked up when it is asked for: few are, and each takes some 0.1 ms."""

    def __init__(self, where: dict[str, At]) -> None:
        super().__init__()
        self._where = where

    def __missing__(self, name: str) -> Where:
        self[name] = self._where[name].where()
        return self[name]


def _read(paths: Sequence[Path], progress: OnProgress | None) -> "_Reading":
    """Read files and folders, each file once."""
    reading = _Reading()
    reading.bundled = any(path == bundled() for path in paths)
    found: dict[str, Path] = {}  # by what they really are: one may be named twice, or be a link to another
    for path in paths:
        try:
            for file in files(path):
                found.setdefault(os.path.realpath(file), file)
        except SisterlineError as error:
            reading.unread.append(Problem(shown(path), 0, 0, str(error)))
    sizes = {file: _size(file) if progress else 0 for file in found.values()}
    before, total = 0, sum(sizes.values())
    for file, size in sizes.items():
        document, problems = read(
            file, on_progress=progress and partial(_tell, progress, before, size, total)
        )
        if document is None:
            reading.unread += problems
        else:
            reading.take(document)
        before += size
    return reading


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _tell(progress: OnProgress, before: int, size: int, total: int, done: int, length: int) -> None:
    # To type the records of a file, which follows, takes a third of the time that its text takes.
    progress(before + int(0.75 * size * done / length), total)


class _Reading(Typing):
    """All files of one data set on their way to become it."""

    def __init__(self) -> None:
        super().__init__()
        self.documents: list[Document] = []
        self.unread: list[Problem] = []  # of files that are no documents
        # section -> id -> where, also of records that are bad
        self.seen: dict[str, dict[str, At]] = {section: {} for section in SECTIONS}
        self.countries: dict[str, Country] = {}
        self.places: dict[str, Place] = {}
        self.sources: dict[str, Source] = {}
        self.partnerships: dict[str, Partnership] = {}
        self.extensions: list[tuple[Extension, At]] = []
        self.totals: list[Total] = []
        self.told: set[Where] = set()
        self.bundled = False  # whether the bundled data is among what is read

    def take(self, document: Document) -> None:
        """Read the records of one file."""
        self.documents.append(document)
        at, root = At(document), document.value
        if not isinstance(root, dict):
            listed = isinstance(root, list)
            hint = "put partnerships: above it and indent it" if listed else "begin with partnerships:"
            self.wrong(at, f"the file should be a mapping, not {kind_of(root)}", hint)
            return
        for section, value in root.items():
            here = at.sub(section)
            if section not in SECTIONS:
                self.unknown(section, SECTIONS, at)
            elif value is None:
                continue  # reported as empty
            elif section in ("partnerships", "totals"):
                if isinstance(value, list):
                    for number, item in enumerate(value):
                        self._listed(section, item, here.sub(number))
                else:
                    self.wrong(here, f'"{section}" should be a list, not {kind_of(value)}', LIST_HINT)
            elif isinstance(value, dict):
                for name, item in value.items():
                    self._keyed(section, name, item, here.sub(name))
            else:
                hint = "write id: {...} for each record"
                self.wrong(here, f'"{section}" should be a mapping, not {kind_of(value)}', hint)

    def _keyed(self, section: str, name: str, item: Plain | None, at: At) -> None:
        """A record of countries, places or sources, whose id is its key."""
        self.match(COUNTRY if section == "countries" else ID, name, at)
        new = self._new(section, name, at)
        if section == "countries":
            if (country := self.record(item, Country, at)) and new:
                self.countries[name] = country
        elif section == "places":
            if (place := self.record(item, Place, at, id=name)) and new:
                self.places[name] = place
        elif (source := self.record(item, Source, at, id=name)) and new:
            self.sources[name] = source

    def _listed(self, section: str, item: Plain | None, at: At) -> None:
        """A record of partnerships or totals."""
        if section == "totals":
            if total := self.record(item, Total, at):
                self.totals.append(total)
        elif (
            isinstance(item, dict)
            and not item.keys() & {"id", "extends"}
            and (key := self.nearest("extends", item))
        ):
            self.wrong(at.sub(key), f'unknown key "{key}"', "did you mean extends?", key=True)
        elif isinstance(item, dict) and "extends" in item:
            if extension := self.record(item, Extension, at):
                self.extensions.append((extension, at))
        else:
            name = item.get("id") if isinstance(item, dict) else None
            new = not isinstance(name, str) or self._new(section, name, at.sub("id"))
            if (partnership := self.record(item, Partnership, at)) and new:
                self.partnerships[partnership.id] = partnership

    def _new(self, section: str, name: str, at: At) -> bool:
        first = self.seen[section].setdefault(name, at)
        if first is not at and at.document.problems.at_limit:
            at.document.problems.count_one()  # to look up where it stands already would be for nobody
        elif first is not at:
            hint = "choose another, or use extends:" if section == "partnerships" else "choose another"
            self.wrong(at, f'the id "{name}" is taken: it stands at {first} already', hint, key=True)
        return first is at

    def finish(self) -> Dataset:
        """Check what one record says of another, and put the data set together."""
        self._names()
        for name in circular({name: place.within for name, place in self.places.items()}):
            at = self.seen["places"][name].sub("within")
            self.wrong(at, f'"{name}" lies within itself', "name the next larger place")
        merged = dict(self.partnerships)
        for name, partnership in self.partnerships.items():
            self._partnership(partnership, self.seen["partnerships"][name].up())
        extended: dict[str, list[tuple[Extension, At]]] = {}
        for extension, at in self.extensions:
            extended.setdefault(extension.extends, []).append((extension, at))
        for name, additions in extended.items():
            if (base := merged.get(name)) is not None:
                merged[name] = self._extended(base, additions)
        return Dataset(
            self.countries,
            self.places,
            self.sources,
            tuple(sorted(map(_sorted, merged.values()), key=founding_key)),
            tuple(sorted(self.totals, key=lambda total: total.as_of.key)),
        )

    def problems(self) -> tuple[Problem, ...]:
        """All that was wrong, sorted by file and place."""
        found = [problem for document in self.documents for problem in document.problems.all()]
        return tuple(sorted({*self.unread, *found}))

    def _names(self) -> None:
        """Check that what is named exists."""
        unknown = {section: names - self.seen[section].keys() for section, names in self.named.items()}
        if not any(unknown.values()):
            return
        # What is no id at all was told where it stands, and needs no second word there.
        self.told = {(problem.path, problem.line, problem.column) for problem in self.problems()}
        for value, record, at in self.met:
            for section, name, place in references(value, record, at):
                if name in unknown[section]:
                    self._unknown_id(section, name, place)

    def _unknown_id(self, section: str, name: str, at: At) -> None:
        problems = at.document.problems
        if not problems.at_limit and (at.document.path, *at.document.position_of(*at.steps)) in self.told:
            return
        hint = f"add it under {section}:"
        likeness = 0.6
        if section == "partnerships" and not self.bundled:
            hint, likeness = "name its file too, or use --with-builtin for the bundled data", 0.85
        if not problems.at_limit:
            hint = self.nearest(name, self.seen[section], "did you mean {}?", likeness=likeness) or hint
        self.wrong(at, f'no {section.removesuffix("s")} has the id "{name}"', hint)

    def _partnership(self, partnership: Partnership, at: At) -> None:
        if partnership.between[0] == partnership.between[1]:
            self.wrong(at.sub("between", 1), "a place cannot be its own partner", "name two different places")
        for number, dispute in enumerate(partnership.disputed):
            here = at.sub("disputed", number, "value")
            if dispute.field == "since":
                try:
                    Date.parse(dispute.value)
                except DateError as error:
                    self.wrong(here, str(error), error.hint)
            elif dispute.value not in (choices := shape(Partnership)[dispute.field].choices):
                hint = (
                    self.nearest(dispute.value, choices, "did you mean {}?")
                    or f"choose one of {', '.join(choices)}"
                )
                self.wrong(here, f'"{dispute.value}" is no {dispute.field}', hint)
        self._exchanges([(partnership.exchanges, at)], partnership)

    def _extended(self, base: Partnership, additions: list[tuple[Extension, At]]) -> Partnership:
        """A partnership with what other files add to it."""
        self._exchanges([(extension.exchanges, at) for extension, at in additions], base, base.exchanges)
        return msgspec.structs.replace(
            base,
            events=(*base.events, *(event for extension, _ in additions for event in extension.events)),
            exchanges=(
                *base.exchanges,
                *(each for extension, _ in additions for each in extension.exchanges),
            ),
        )

    def _exchanges(
        self,
        groups: Sequence[tuple[tuple[Exchange, ...], At]],
        base: Partnership,
        earlier: tuple[Exchange, ...] = (),
    ) -> None:
        """Check the exchanges of some records of one partnership; earlier ones were checked before."""
        every = [*earlier, *(exchange for exchanges, _ in groups for exchange in exchanges)]
        wholes = {exchange.id: exchange.part_of for exchange in every if exchange.id}
        circle = set(circular(wholes))
        taken = {exchange.id for exchange in earlier}
        for exchanges, at in groups:
            for number, exchange in enumerate(exchanges):
                here = at.sub("exchanges", number)
                self._direction(exchange, base.between, here)
                if exchange.id and exchange.id in taken:
                    message = f'the id "{exchange.id}" is taken in this partnership'
                    self.wrong(here.sub("id"), message, "choose another")
                taken.add(exchange.id)
                if exchange.part_of and exchange.part_of not in wholes:
                    known = self.nearest(exchange.part_of, wholes, "did you mean {}?")
                    message = f'no exchange here has the id "{exchange.part_of}"'
                    self.wrong(here.sub("part_of"), message, known or "give the whole an id and name that")
                elif exchange.id in circle:
                    message = "an exchange cannot be a part of itself"
                    self.wrong(here.sub("part_of"), message, "name the whole")

    def _direction(self, exchange: Exchange, between: tuple[str, str], at: At) -> None:
        ends = {"from": exchange.origin, "to": exchange.destination}
        given = [key for key, end in ends.items() if end]
        pair = " and ".join(between)
        if exchange.mutual and given:
            self.wrong(at.sub(given[0]), "a mutual exchange has no from or to", "keep one of the two ways")
        elif not exchange.mutual and len(given) < 2:
            hint = f"add from: and to: ({pair}), or mutual: true"
            self.wrong(at, "the exchange does not say which way it goes", hint)
        elif exchange.origin and exchange.origin == exchange.destination:
            self.wrong(at.sub("to"), "an exchange goes from one place to the other", f"use {pair}")
        for key, end in ends.items():
            if end and end not in between:
                self.wrong(at.sub(key), f'"{end}" is no place of this partnership', f"use {pair}")


def circular(links: Mapping[str, str | None]) -> list[str]:
    """The names from which the links lead back to where they began, in a time that is linear."""
    found: list[str] = []
    done: set[str] = set()
    for name in links:
        passed: dict[str, int] = {}
        step: str | None = name
        while step is not None and step in links and step not in done and step not in passed:
            passed[step] = len(passed)
            step = links[step]
        if step is not None and step in passed:
            found += list(passed)[passed[step] :]
        done.update(passed)  # |= would copy all of it each time
    return found


def _sorted(partnership: Partnership) -> Partnership:
    """The same with its events and exchanges in the order of time."""
    if len(partnership.events) < 2 and len(partnership.exchanges) < 2:
        return partnership

    def event_key(event: Any) -> Any:
        return event.date.key

    def exchange_key(exchange: Exchange) -> Any:
        return exchange.period.key

    return msgspec.structs.replace(
        partnership,
        events=tuple(sorted(partnership.events, key=event_key)),
        exchanges=tuple(sorted(partnership.exchanges, key=exchange_key)),
    )
