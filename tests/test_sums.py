"""Sums of counted exchanges: nothing twice, nothing mixed."""

from collections import Counter
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import shown
from sisterline.dates import Date, Period
from sisterline.model import Dataset, Exchange, Partnership
from sisterline.reports.exchanges import by_category
from sisterline.reports.refs import GroupKey
from sisterline.reports.sums import Sum, sums
from sisterline.vocabulary import Category, Unit


def _flow(
    count: int,
    period: str = "2001",
    *,
    unit: Unit = "people",
    category: Category = "visitors",
    approximate: bool = False,
    series: str | None = None,
    name: str | None = None,
    part_of: str | None = None,
    mutual: bool = False,
    announced: bool = False,
) -> Exchange:
    return Exchange(
        id=name,
        origin=None if mutual else "a",
        destination=None if mutual else "b",
        mutual=mutual,
        what="x",
        category=category,
        count=count,
        unit=unit,
        period=Period.parse(period),
        approximate=approximate,
        announced=announced,
        series=series,
        part_of=part_of,
    )


def _sum(
    key: str, unit: Unit, exact: int, approximate: int, *, records: int, excluded: int, announced: int = 0
) -> Sum:
    return Sum(
        key=GroupKey(codes=(key,)),
        unit=unit,
        exact=exact,
        approximate=approximate,
        records=records,
        excluded=excluded,
        announced=announced,
    )


def _all(*_: object) -> tuple[GroupKey, ...]:
    return (GroupKey(codes=("all",)),)


def _sums(*exchanges: Exchange) -> tuple[Sum, ...]:
    return sums([_tie(*exchanges)], by_category)


def _tie(*exchanges: Exchange, name: str = "a-b") -> Partnership:
    return Partnership(id=name, between=("a", "b"), exchanges=exchanges)


def test_of_a_series_the_latest_counts() -> None:
    earlier, later = _flow(6000, "1990/2009", series="s"), _flow(7600, "1990/2024", series="s")
    assert (
        _sums(earlier, later)
        == _sums(later, earlier)
        == (_sum("visitors", "people", 7600, 0, records=1, excluded=1),)
    )


@pytest.mark.parametrize(
    ("one", "later"),
    [("2009", "2010"), ("2009-03", "2009"), ("2009-03-05", "2009-03"), ("1990/2009", "2010/..")],
)
def test_the_latest_is_what_ends_last(one: str, later: str) -> None:
    if later.endswith(".."):
        # What is still open ends where its start does: it may have been counted then.
        assert Period.parse(later).latest == Date(2010)
    (total,) = _sums(_flow(1, one, series="s"), _flow(2, later, series="s"))
    assert total.exact == 2


def test_a_smaller_later_total_replaces_a_greater_one() -> None:
    # Totals are corrected downwards at times: the latest is right, not the greatest.
    assert _sums(_flow(900, "2009", series="s"), _flow(850, "2012", series="s"))[0].exact == 850


def test_two_series_and_two_partnerships_are_kept_apart() -> None:
    one = _tie(_flow(1, series="s"), _flow(10, series="t"), name="a-b")
    other = _tie(_flow(100, "1999", series="s"), name="a-c")
    assert sums([one, other], _all) == (_sum("all", "people", 111, 0, records=3, excluded=0),)


def test_a_part_is_left_out_and_its_whole_counts() -> None:
    whole, part = _flow(20, name="whole"), _flow(8, part_of="whole")
    assert _sums(whole, part) == (_sum("visitors", "people", 20, 0, records=1, excluded=1),)


def test_a_part_of_another_category_is_left_out_of_its_own_sum() -> None:
    found = _sums(_flow(20, name="whole"), _flow(8, category="students", part_of="whole"))
    assert found == (
        _sum("visitors", "people", 20, 0, records=1, excluded=0),
        _sum("students", "people", 0, 0, records=0, excluded=1),
    )


def test_an_announced_count_is_in_no_sum() -> None:
    assert _sums(_flow(20), _flow(50, announced=True)) == (
        _sum("visitors", "people", 20, 0, records=1, excluded=0, announced=1),
    )


def test_an_announced_count_takes_the_place_of_no_other() -> None:
    running = _flow(600, "2001", series="s"), _flow(900, "2030", series="s", announced=True)
    assert _sums(*running) == (_sum("visitors", "people", 600, 0, records=1, excluded=0, announced=1),)
    whole, part = _flow(50, name="whole", announced=True), _flow(8, part_of="whole")
    assert _sums(whole, part) == (_sum("visitors", "people", 8, 0, records=1, excluded=0, announced=1),)


def test_approximate_counts_stay_apart() -> None:
    assert _sums(_flow(20), _flow(300, approximate=True)) == (
        _sum("visitors", "people", 20, 300, records=2, excluded=0),
    )


def test_units_are_never_mixed() -> None:
    assert _sums(_flow(20), _flow(3, unit="groups"), _flow(5)) == (
        _sum("visitors", "people", 25, 0, records=2, excluded=0),
        _sum("visitors", "groups", 3, 0, records=1, excluded=0),
    )


def test_a_figure_for_both_ways_counts_once() -> None:
    (total,) = _sums(_flow(45, mutual=True))
    assert (total.exact, total.records) == (45, 1)


def test_equal_records_are_two_records() -> None:
    # Two delegations of twelve people in one year are twenty-four people.
    assert _sums(_flow(12), _flow(12))[0].exact == 24


def test_nothing_sums_to_nothing() -> None:
    assert _sums() == ()


def test_show_says_which_records_a_sum_takes(world: Dataset) -> None:
    report = shown(world, "linhai-sakae")
    assert {flow.what: flow.counted for flow in report.exchanges} == {
        "pupils by 2009": False,
        "pupils by 2019": True,
        "the delegation of 1998": True,
        "its singers": False,
        "visits both ways": True,
        "books": True,
    }
    assert set(report.sums) == {
        _sum("students", "people", 0, 760, records=1, excluded=1),
        _sum("delegations", "people", 20, 0, records=1, excluded=1),
        _sum("delegations", "visits", 45, 0, records=1, excluded=0),
        _sum("goods", "books", 1500, 0, records=1, excluded=0),
    }


# --- beside a count by brute force ----------------------------------------------------------------


@dataclass(frozen=True)
class Flows:
    """The exchanges of one partnership, and what their sums must be."""

    exchanges: tuple[Exchange, ...]
    expected: Counter[tuple[str, str, bool]]
    left_out: int


@st.composite
def _flows(draw: st.DrawFn) -> Flows:
    """Single counts, wholes with parts, and series whose members end in different years."""
    exchanges: list[Exchange] = []
    expected: Counter[tuple[str, str, bool]] = Counter()
    left_out = 0
    units: st.SearchStrategy[Unit] = st.sampled_from(["people", "groups"])
    categories: st.SearchStrategy[Category] = st.sampled_from(["students", "visitors"])
    counts = st.integers(0, 10**9)

    def take(exchange: Exchange) -> None:
        expected[exchange.category, exchange.unit, exchange.approximate] += exchange.count

    for _ in range(draw(st.integers(0, 4))):
        single = _flow(
            draw(counts),
            unit=draw(units),
            category=draw(categories),
            approximate=draw(st.booleans()),
            mutual=draw(st.booleans()),
        )
        exchanges.append(single)
        take(single)
    for number in range(draw(st.integers(0, 2))):
        whole = _flow(draw(counts), unit=draw(units), name=f"whole-{number}")
        parts = [_flow(n, part_of=f"whole-{number}") for n in draw(st.lists(counts, max_size=3))]
        exchanges += [whole, *parts]
        take(whole)
        left_out += len(parts)
    for number in range(draw(st.integers(0, 2))):
        ends = draw(st.lists(st.integers(1980, 2020), min_size=1, max_size=4, unique=True))
        members = [_flow(draw(counts), f"1979/{end}", series=f"series-{number}") for end in ends]
        exchanges += members
        take(members[ends.index(max(ends))])
        left_out += len(members) - 1
    return Flows(tuple(draw(st.permutations(exchanges))), expected, left_out)


@given(_flows())
def test_sums_are_what_a_person_would_count(flows: Flows) -> None:
    found = _sums(*flows.exchanges)
    assert {(s.key.label, s.unit, False): s.exact for s in found if s.exact} | {
        (s.key.label, s.unit, True): s.approximate for s in found if s.approximate
    } == {key: count for key, count in flows.expected.items() if count}
    assert sum(s.excluded for s in found) == flows.left_out
    assert sum(s.records for s in found) + flows.left_out == len(flows.exchanges)


@given(_flows(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(flows: Flows, chance: Random) -> None:
    mixed = list(flows.exchanges)
    chance.shuffle(mixed)
    assert _sums(*mixed) == _sums(*flows.exchanges)
