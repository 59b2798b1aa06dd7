"""How much is known of partnerships."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from sisterline.model import Dataset, Partnership
from sisterline.query.history import happened

CoverageCode = Literal[
    "dated",
    "to-the-day",
    "to-the-month",
    "to-the-year",
    "dated-by-official",
    "with-events",
    "with-exchanges",
    "with-official-source",
    "with-two-sources",
]


class Coverage(Struct, frozen=True):
    """How many of some partnerships have something.

    Attributes:
        code: what they have.
        count: how many have it.
        of: of how many.
        part_of: the code of the row that this one is a part of; None where it is of its own.
    """

    code: CoverageCode
    count: int
    of: int
    part_of: CoverageCode | None = None


def coverage_of(
    dataset: Dataset, partnerships: tuple[Partnership, ...], sources: Sequence[set[str]]
) -> tuple[Coverage, ...]:
    """How much is known of the partnerships, whose sources are given in the same order."""
    everything = len(partnerships)
    dated = [p for p in partnerships if p.since]
    precisions = Counter(p.since.precision for p in dated if p.since)

    def official(names: Iterable[str]) -> bool:
        return any(dataset.sources[name].type == "official" for name in names)

    by_official = sum(official(p.sources) for p in dated)
    return (
        Coverage("dated", len(dated), everything),
        Coverage("to-the-day", precisions["day"], everything, "dated"),
        Coverage("to-the-month", precisions["month"], everything, "dated"),
        Coverage("to-the-year", precisions["year"], everything, "dated"),
        Coverage("dated-by-official", by_official, len(dated), "dated"),
        Coverage("with-events", sum(any(happened(p.events)) for p in partnerships), everything),
        Coverage("with-exchanges", sum(bool(p.exchanges) for p in partnerships), everything),
        Coverage("with-official-source", sum(map(official, sources)), everything),
        Coverage("with-two-sources", sum(len(names) > 1 for names in sources), everything),
    )
