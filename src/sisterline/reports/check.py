"""`check`: what is wrong with data files, and what is valid but deserves a look."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sisterline.dates import Period, years_since
from sisterline.errors import Problem
from sisterline.language import localized, ordinal
from sisterline.model import Dataset, Event, Partnership, names_of
from sisterline.query.history import is_quiet, last_event, number_of_events
from sisterline.reading.dataset import Position
from sisterline.reports.base import Report, data_ref
from sisterline.reports.languages import language_warnings
from sisterline.text.matching import fold
from sisterline.translation import gettext as _
from sisterline.translation import pgettext

SEARCH_YEARS = 5  # years after which events that were searched for in vain should be searched for again
INACTIVE_YEARS = 20  # years without an event after which an active partnership gets a warning

_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)[- ]anniversary\b")


class CheckReport(Report, frozen=True, kw_only=True, tag="check"):
    """The state of data files.

    Attributes:
        problems: everything that is wrong, sorted by place.
        warnings: what deserves a look, sorted by place; empty unless it was asked for.
        excerpt: the line of the only problem; empty where there are more, or none.
        partnerships: how many could be read.
        events: how many they have, without those only announced.
        sources: how many could be read.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    excerpt: str
    partnerships: int
    events: int
    sources: int


def check_report(
    dataset: Dataset,
    problems: tuple[Problem, ...],
    positions: Mapping[str, Position],
    today: date,
    *,
    warnings: bool = False,
    yaml_warnings: tuple[Problem, ...] = (),
    excerpt: str = "",
    unchecked_folder: Path | None = None,
) -> CheckReport:
    """What was found when files were read, and warnings about the data set that they make.

    Args:
        dataset: what could be read.
        problems: what could not.
        positions: where each partnership is, by its id.
        today: the day of the check.
        warnings: whether warnings are asked for.
        yaml_warnings: those about the YAML itself.
        excerpt: the line of the only problem.
        unchecked_folder: a folder about whose files no warnings are given, such as the bundled data.
    """
    found: list[Problem] = []
    if warnings:
        found = sorted([*_warnings(dataset, positions, today), *yaml_warnings])
    if unchecked_folder is not None:
        found = [warning for warning in found if not Path(warning.path).is_relative_to(unchecked_folder)]
    return CheckReport(
        today=today.isoformat(),
        data=data_ref(dataset),
        problems=problems,
        warnings=tuple(found),
        excerpt=excerpt if len(problems) == 1 else "",
        partnerships=len(dataset.partnerships),
        events=sum(number_of_events(partnership.events) for partnership in dataset.partnerships),
        sources=len(dataset.sources),
    )


def _warnings(dataset: Dataset, positions: Mapping[str, Position], today: date) -> Iterator[Problem]:
    for partnership in dataset.partnerships:
        for message, hint in _partnership_warnings(dataset, partnership, today):
            about = pgettext("a record and what is wrong", "{id}: {problem}")
            found = about.format(id=partnership.id, problem=message)
            yield Problem(*positions[partnership.id], found, hint)
    yield from _duplicates(dataset, positions)
    yield from language_warnings(dataset, positions)


def _duplicates(dataset: Dataset, positions: Mapping[str, Position]) -> Iterator[Problem]:
    """Partnerships of the same two places, by id or under names that the places of both share."""
    same = _first_of_each_name(dataset)
    seen: dict[frozenset[str], str] = {}
    for partnership in dataset.partnerships:
        ends = frozenset(same.get(end, end) for end in partnership.between)
        first = seen.setdefault(ends, partnership.id)
        if first != partnership.id:
            position = "{}:{}:{}".format(*positions[first])
            message = _("{id}: connects the same places as {first} at {position}").format(
                id=partnership.id, first=first, position=position
            )
            yield Problem(*positions[partnership.id], message, _("make one record of the two"))


def _first_of_each_name(dataset: Dataset) -> dict[str, str]:
    """For each place the first one that has a name of its own, at the same level in the same place."""
    first_named: dict[tuple[str, str, str | None, str], str] = {}
    same: dict[str, str] = {}
    for place_id, place in dataset.places.items():
        keys = [(place.country, place.level, place.within, fold(name)) for name in names_of(place)]
        first = next((first_named[key] for key in keys if key in first_named), place_id)
        same[place_id] = first
        for key in keys:
            first_named.setdefault(key, first)
    return same


def _partnership_warnings(
    dataset: Dataset, partnership: Partnership, today: date
) -> Iterator[tuple[str, str]]:
    """Messages with their hints."""
    yield from _inactivity(partnership, today)
    for event in partnership.events:
        if event.date.anchor.first_day > today.toordinal() and not event.announced:
            message = _("an event is dated {date}, after today").format(date=event.date)
            yield message, _("correct the date, or mark a plan with announced: true")
    yield from _founding_source(dataset, partnership)
    for event in partnership.events:
        yield from _wrong_anniversary(partnership, event)


def _founding_source(dataset: Dataset, partnership: Partnership) -> Iterator[tuple[str, str]]:
    """A warning about a founding without an official source that nobody has searched for in vain."""
    known = [dataset.sources[name] for name in partnership.sources if name in dataset.sources]
    official = any(source.type == "official" for source in known)
    sought = partnership.not_found is not None and partnership.not_found.official_source is not None
    if official and sought:
        yield _("an official source is among sources:"), _("remove official_source from not_found:")
    if partnership.since and known and not official and not sought:
        hint = _("add one to sources:, or not_found: {official_source: DAY}")
        yield _("no official source for the founding"), hint


def _inactivity(partnership: Partnership, today: date) -> Iterator[tuple[str, str]]:
    """A warning about an active partnership without a recent event that nobody has searched for in vain."""
    if _searched_lately(partnership, today):
        return
    last = last_event(partnership.events)
    if last is None and partnership.since:
        last = Period.single(partnership.since)
    if partnership.status == "active" and last is not None and is_quiet(last, today, INACTIVE_YEARS):
        hint = _("add what happened since, its status, or not_found: {later_events: DAY}")
        yield _("active, with no event since {last}").format(last=last), hint


def _searched_lately(partnership: Partnership, today: date) -> bool:
    """Whether later events of a partnership were searched for in vain within the last `SEARCH_YEARS`."""
    if partnership.not_found is None or partnership.not_found.later_events is None:
        return False
    return years_since(partnership.not_found.later_events, today) < SEARCH_YEARS


def _wrong_anniversary(partnership: Partnership, event: Event) -> Iterator[tuple[str, str]]:
    """A warning about an anniversary whose ordinal and date do not fit the founding."""
    match = _ORDINAL.search(localized(event.title, "en"))
    if partnership.since is None or match is None or event.type != "anniversary" or event.notes is not None:
        return
    number = int(match[1])
    year = partnership.since.year + number
    if event.date.anchor.year != year:
        message = _("the {nth} anniversary is dated {date}, and falls in {year}").format(
            nth=ordinal(number), n=number, date=event.date, year=year
        )
        yield message, _("correct the date, or say in notes: what it counts from")
