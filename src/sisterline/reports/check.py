"""`check`: what is wrong with data files, and what is legal but doubtful."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from sisterline.errors import Problem
from sisterline.language import ordinal
from sisterline.model import Dataset, Partnership, localized, names_of
from sisterline.reading.dataset import Position
from sisterline.reports.refs import SCHEMA_VERSION
from sisterline.text.matching import fold

INACTIVE_YEARS = 20  # years without an event after which an active tie is doubted

_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)[- ]anniversary\b")


class CheckReport(Struct, frozen=True, tag_field="report", tag="check"):
    """The state of data files.

    Attributes:
        schema: of the JSON form.
        problems: all that is wrong, sorted by place.
        warnings: what is doubtful, sorted by place; empty unless it was asked for.
        excerpt: the line of the only problem, for a look at it; empty where there are more, or none.
        partnerships: how many could be read.
        events: how many they have.
        sources: how many could be read.
    """

    schema: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    excerpt: str
    partnerships: int
    events: int
    sources: int


def check_report(
    dataset: Dataset,
    problems: tuple[Problem, ...],
    where: Mapping[str, Position],
    today: date,
    *,
    warnings: bool = False,
    yaml_warnings: tuple[Problem, ...] = (),
    excerpt: str = "",
    unchecked_folder: Path | None = None,
) -> CheckReport:
    """What was found when files were read, and what is doubtful in the data set they make.

    Args:
        dataset: what could be read.
        problems: what could not.
        where: the place of each partnership.
        today: the day of the check.
        warnings: whether doubts are asked for.
        yaml_warnings: those about the YAML itself.
        excerpt: the line of the only problem.
        unchecked_folder: a folder about whose files no warnings are given, such as the bundled data.
    """
    doubts = sorted([*_warnings(dataset, where, today), *yaml_warnings]) if warnings else []
    if unchecked_folder is not None:
        doubts = [doubt for doubt in doubts if not Path(doubt.path).is_relative_to(unchecked_folder)]
    return CheckReport(
        SCHEMA_VERSION,
        tuple(problems),
        tuple(doubts),
        excerpt if len(problems) == 1 else "",
        len(dataset.partnerships),
        sum(len(partnership.events) for partnership in dataset.partnerships),
        len(dataset.sources),
    )


def _warnings(dataset: Dataset, where: Mapping[str, Position], today: date) -> Iterator[Problem]:
    for partnership in dataset.partnerships:
        for message, hint in _of_one(dataset, partnership, today):
            yield Problem(*where[partnership.id], f"{partnership.id}: {message}", hint)
    yield from _duplicates(dataset, where)


def _duplicates(dataset: Dataset, where: Mapping[str, Position]) -> Iterator[Problem]:
    """Records that tie the same two places, by id or under names that both records' places share."""
    one_of: dict[
        tuple[str, str, str | None, str], str
    ] = {}  # a name at its level and place -> the first so called
    same: dict[str, str] = {}
    for name, place in dataset.places.items():
        keys = [(place.country, place.level, place.within, fold(each)) for each in names_of(place)]
        first = next((one_of[key] for key in keys if key in one_of), name)
        same[name] = first
        for key in keys:
            one_of.setdefault(key, first)
    seen: dict[frozenset[str], str] = {}
    for partnership in dataset.partnerships:
        ends = frozenset(same.get(end, end) for end in partnership.between)
        first = seen.setdefault(ends, partnership.id)
        if first != partnership.id:
            at = "{}:{}:{}".format(*where[first])
            message = f"{partnership.id}: ties the same places as {first} at {at}"
            yield Problem(*where[partnership.id], message, "make one record of the two")


def _of_one(dataset: Dataset, partnership: Partnership, today: date) -> Iterator[tuple[str, str]]:
    since = partnership.since
    dates = [event.date.latest for event in partnership.events] + ([since] if since else [])
    goes_on = any(event.date.end is None for event in partnership.events)
    if partnership.status == "active" and dates and not goes_on:
        latest = max(dates)
        doubted = today.replace(year=max(1, today.year - INACTIVE_YEARS), day=min(today.day, 28))
        if latest.day_after <= doubted.toordinal():
            hint = "add what happened since, or its status"
            yield f"active, with no event since {latest}", hint
    for event in partnership.events:
        if event.date.anchor.first_day > today.toordinal():
            yield f"an event is dated {event.date}, after today", "correct the date, or wait"
    known = [dataset.sources[name] for name in partnership.sources if name in dataset.sources]
    if since and known and not any(source.type == "official" for source in known):
        yield "no official source for the founding", "add one to sources: if there is one"
    for event in partnership.events:
        match = _ORDINAL.search(localized(event.title, "en"))
        if since and match and event.type == "anniversary" and event.notes is None:
            year = since.year + int(match[1])
            if event.date.anchor.year != year:
                message = (
                    f"the {ordinal(int(match[1]))} anniversary is told in {event.date}, and falls in {year}"
                )
                yield message, "correct the date, or say in notes: what it counts from"
