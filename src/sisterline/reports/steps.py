"""Every which anniversary of the past a history has if nobody asks: fewer where they would drown the rest."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sisterline.query.selection import Selection, SelectionResult
from sisterline.reports.entries import Entry, timeline_entries
from sisterline.reports.refs import DEFAULT_EVERY

STEPS = (DEFAULT_EVERY, 10, 25, 50, 100)
# Past anniversaries that a history may have however little has happened: they and it fit on a screen.
ALWAYS_SHOWN = 12
# With more partnerships than this, the anniversaries of one year share a line.
CLUSTER_FROM = 12


class History(NamedTuple):
    """Everything dated of some partnerships in the order of time, with every Nth anniversary of the past."""

    entries: list[Entry]
    every: int


def history_of(selected: SelectionResult, selection: Selection, today: date, *, every: int | None) -> History:
    """Everything dated of the selected partnerships; `every` is None for an N that fits it."""
    step = DEFAULT_EVERY if every is None else every
    entries = timeline_entries(selected, selection, today, every=step)
    if every is not None:
        return History(entries, step)
    step = fitting_step(entries, len(selected.partnerships), today)
    return History([entry for entry in entries if is_due(entry, step, today)], step)


def fitting_step(entries: Sequence[Entry], partnerships: int, today: date) -> int:
    """The smallest of STEPS with at most twice as many lines of past anniversaries as of what happened.

    Args:
        entries: a history in order, with all anniversaries that are multiples of DEFAULT_EVERY.
        partnerships: how many it is about.
        today: the last day of the past.
    """
    happened = sum(entry.ordinal is None for entry in entries)
    most = max(2 * happened, ALWAYS_SHOWN)
    shared = partnerships > CLUSTER_FROM
    if shared and _years(entries) <= most:
        return DEFAULT_EVERY
    past = [entry for entry in entries if entry.ordinal and _is_past(entry, today)]
    for step in STEPS[:-1]:
        years = [entry.when.anchor.year for entry in past if is_due(entry, step, today)]
        if len(set(years) if shared else years) <= most:
            return step
    return STEPS[-1]


def is_due(entry: Entry, step: int, today: date) -> bool:
    """Whether an entry belongs to a history with every Nth anniversary of the past, and all to come."""
    return not entry.ordinal or entry.ordinal % step == 0 or not _is_past(entry, today)


def _is_past(entry: Entry, today: date) -> bool:
    """Whether it was before today: one that is known by its year only may still come this year."""
    return entry.when.anchor.day_after <= today.toordinal()


def _years(entries: Sequence[Entry]) -> int:
    """The span of a history."""
    if not entries:
        return 0
    return abs(entries[-1].when.anchor.year - entries[0].when.anchor.year)
