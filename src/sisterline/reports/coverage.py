"""How much is known of partnerships."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from sisterline.model import Dataset, Partnership
from sisterline.query.history import happened, is_quiet, last_event
from sisterline.reports.languages import languages_of, title_languages

CoverageCode = Literal[
    "dated",
    "to-the-day",
    "to-the-month",
    "to-the-year",
    "dated-by-official",
    "with-events",
    "quiet-5-years",
    "quiet-10-years",
    "quiet-20-years",
    "with-exchanges",
    "with-official-source",
    "with-two-sources",
    "titles-in-language",
]


class Coverage(Struct, frozen=True):
    """How many of some partnerships, or of their events, have something.

    Attributes:
        code: what they have.
        count: how many have it.
        of: of how many.
        part_of: the code of the row that this one is a part of; None where it is of its own.
        language: of the code `titles-in-language`, which counts titles of events: its tag; empty for others.
    """

    code: CoverageCode
    count: int
    of: int
    part_of: CoverageCode | None = None
    language: str = ""


def coverage_of(
    dataset: Dataset, partnerships: tuple[Partnership, ...], sources: Sequence[set[str]], today: date
) -> tuple[Coverage, ...]:
    """How much is known of the partnerships, whose sources are given in the same order.

    How long ago the last event was is counted of those that still exist, also where no event is on record.
    """
    everything = len(partnerships)
    dated = [p for p in partnerships if p.since]
    precisions = Counter(p.since.precision for p in dated if p.since)

    def official(names: Iterable[str]) -> bool:
        return any(dataset.sources[name].type == "official" for name in names)

    lasting = [last_event(p.events) for p in partnerships if p.status != "dissolved"]

    def quiet(code: CoverageCode, years: int) -> Coverage:
        return Coverage(code, sum(is_quiet(last, today, years) for last in lasting), len(lasting))

    titles = [languages_of(event.title) for p in partnerships for event in p.events]
    by_official = sum(official(p.sources) for p in dated)
    return (
        Coverage("dated", len(dated), everything),
        Coverage("to-the-day", precisions["day"], everything, "dated"),
        Coverage("to-the-month", precisions["month"], everything, "dated"),
        Coverage("to-the-year", precisions["year"], everything, "dated"),
        Coverage("dated-by-official", by_official, len(dated), "dated"),
        Coverage("with-events", sum(any(happened(p.events)) for p in partnerships), everything),
        quiet("quiet-5-years", 5),
        quiet("quiet-10-years", 10),
        quiet("quiet-20-years", 20),
        Coverage("with-exchanges", sum(bool(p.exchanges) for p in partnerships), everything),
        Coverage("with-official-source", sum(map(official, sources)), everything),
        Coverage("with-two-sources", sum(len(names) > 1 for names in sources), everything),
        *(
            Coverage("titles-in-language", sum(tag in tags for tags in titles), len(titles), language=tag)
            for tag in title_languages(dataset)
        ),
    )
