"""Every which anniversary of the past a history has if nobody asks: fewer where they would drown the rest."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sisterline.reports.refs import DEFAULT_EVERY

if TYPE_CHECKING:
    from sisterline.reports.timeline import Entry

STEPS = (DEFAULT_EVERY, 10, 25, 50, 100)
# Past anniversaries that a history may have however little has happened: they and it fit on a screen.
ALWAYS_SHOWN = 12
# With more partnerships than this, the anniversaries of one year share a line.
CLUSTER_FROM = 12


def fitting_step(entries: Sequence["Entry"], partnerships: int, today: date) -> int:
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


def is_due(entry: "Entry", step: int, today: date) -> bool:
    """Whether an entry belongs to a history with every Nth anniversary of the past, and all to come."""
    return not entry.ordinal or entry.ordinal % step == 0 or not _is_past(entry, today)


def _is_past(entry: "Entry", today: date) -> bool:
    """Whether it was before today: one that is known by its year only may still come this year."""
    return entry.when.anchor.day_after <= today.toordinal()


def _years(entries: Sequence["Entry"]) -> int:
    """The span of a history."""
    if not entries:
        return 0
    return abs(entries[-1].when.anchor.year - entries[0].when.anchor.year)
