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


class Coverage(Struct, frozen=True, kw_only=True):
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
        return Coverage(
            code=code, count=sum(is_quiet(last, today, years) for last in lasting), of=len(lasting)
        )

    titles = [languages_of(event.title) for p in partnerships for event in p.events]
    by_official = sum(official(p.sources) for p in dated)
    return (
        Coverage(code="dated", count=len(dated), of=everything),
        Coverage(code="to-the-day", count=precisions["day"], of=everything, part_of="dated"),
        Coverage(code="to-the-month", count=precisions["month"], of=everything, part_of="dated"),
        Coverage(code="to-the-year", count=precisions["year"], of=everything, part_of="dated"),
        Coverage(code="dated-by-official", count=by_official, of=len(dated), part_of="dated"),
        Coverage(code="with-events", count=sum(any(happened(p.events)) for p in partnerships), of=everything),
        quiet("quiet-5-years", 5),
        quiet("quiet-10-years", 10),
        quiet("quiet-20-years", 20),
        Coverage(code="with-exchanges", count=sum(bool(p.exchanges) for p in partnerships), of=everything),
        Coverage(code="with-official-source", count=sum(map(official, sources)), of=everything),
        Coverage(code="with-two-sources", count=sum(len(names) > 1 for names in sources), of=everything),
        *(
            Coverage(
                code="titles-in-language",
                count=sum(tag in tags for tags in titles),
                of=len(titles),
                language=tag,
            )
            for tag in title_languages(dataset)
        ),
    )
