"""`check`: what is wrong with data files, and what is legal but doubtful."""

import re
from collections.abc import Iterator
from datetime import date

from sisterline.errors import Problem
from sisterline.language import ordinal
from sisterline.load import Where
from sisterline.model import Dataset, Partnership, localized, names_of
from sisterline.reports.base import Report
from sisterline.text.matching import fold

INACTIVE_YEARS = 20  # years without an event after which an active tie is doubted

_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)[- ]anniversary\b")


class CheckReport(Report, frozen=True, kw_only=True, tag="check"):
    """The state of data files.

    Attributes:
        problems: all that is wrong, sorted by place.
        warnings: what is doubtful, sorted by place; empty unless it was asked for.
        excerpt: the line of the only problem, for a look at it; empty where there are more, or none.
        partnerships: how many could be read.
        events: how many they have.
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
    where: dict[str, Where],
    today: date,
    *,
    warnings: bool = False,
    excerpt: str = "",
    silent: str = "",
) -> CheckReport:
    """What was found when files were read, and what is doubtful in the data set they make.

    Args:
        dataset: what could be read.
        problems: what could not.
        where: the place of each partnership.
        today: the day of the check.
        warnings: whether doubts are asked for.
        excerpt: the line of the only problem.
        silent: a folder of whose files no doubts are told: the bundled ones, when own ones are checked.
    """
    doubts = sorted(_warnings(dataset, where, today)) if warnings else []
    if silent:
        doubts = [doubt for doubt in doubts if not doubt.path.startswith(silent)]
    return CheckReport(
        today=today.isoformat(),
        problems=tuple(problems),
        warnings=tuple(doubts),
        excerpt=excerpt if len(problems) == 1 else "",
        partnerships=len(dataset.partnerships),
        events=sum(len(partnership.events) for partnership in dataset.partnerships),
        sources=len(dataset.sources),
    )


def _warnings(dataset: Dataset, where: dict[str, Where], today: date) -> Iterator[Problem]:
    for partnership in dataset.partnerships:
        for message, hint in _of_one(dataset, partnership, today):
            yield Problem(*where[partnership.id], f"{partnership.id}: {message}", hint)
    yield from _duplicates(dataset, where)


def _duplicates(dataset: Dataset, where: dict[str, Where]) -> Iterator[Problem]:
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
        if latest.after <= doubted.toordinal():
            hint = "add what happened since, or its status"
            yield f"active, with no event since {latest}", hint
    for event in partnership.events:
        if event.date.anchor.first > today.toordinal():
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
