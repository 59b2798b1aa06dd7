"""Lanes: where foundings, events and interruptions of a partnership lie on the axis of the page."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from data_strategies import datasets
from helpers import TODAY
from sisterline.dates import Date, Period
from sisterline.model import Dataset, Event, Partnership
from sisterline.query.selection import Selection, select
from sisterline.reports.lanes import LENGTH, Axis, PageLane, Stretch, axis_of, lane_of
from sisterline.reports.page import page_report

AXIS = Axis(1970, 2029)


def event(when: str, kind: Any, *, announced: bool = False) -> Event:
    return Event(date=Period.parse(when), type=kind, title="x", announced=announced)


def lane(*events: Event, since: str | None = "1980", status: Any = "active") -> PageLane:
    founding = None if since is None else Date.parse(since)
    partnership = Partnership(id="a-b", between=("a", "b"), since=founding, status=status, events=events)
    return lane_of(partnership, events, AXIS, TODAY)


def at(when: str) -> int:
    return AXIS.middle(Date.parse(when))


NOW = AXIS.position(TODAY.toordinal())


def test_an_axis_has_its_first_year_at_one_end_and_the_end_of_its_last_at_the_other() -> None:
    assert AXIS.position(date(1970, 1, 1).toordinal()) == 0
    assert AXIS.position(date(2000, 1, 1).toordinal()) == LENGTH // 2
    assert AXIS.position(date(2029, 12, 31).toordinal() + 1) == LENGTH
    assert AXIS.position(date(1900, 1, 1).toordinal()) == 0


def test_a_date_lies_in_the_middle_of_the_days_that_it_may_be() -> None:
    assert at("1975") == round(5.5 / 60 * LENGTH)
    assert at("1975-07") == pytest.approx((5 + 6.5 / 12) / 60 * LENGTH, abs=1)


def test_an_open_era_ends_at_the_edge_of_the_axis() -> None:
    assert AXIS.span(Period.parse("2000/..")) == (LENGTH // 2, LENGTH)
    assert AXIS.span(Period.parse("../1999")) == (0, LENGTH // 2)


def test_the_axis_begins_ten_years_before_the_first_founding_or_with_the_first_event() -> None:
    def axis(*events: Event) -> Axis:
        founded = Partnership(id="a-b", between=("a", "b"), since=Date(1980), events=events)
        return axis_of([founded], TODAY)

    assert axis() == Axis(1980, 2026)
    assert axis(event("1975", "contact")) == Axis(1975, 2026)
    assert axis(event("1950", "contact")) == Axis(1970, 2026)
    assert axis(event("2028", "culture", announced=True)) == Axis(1980, 2028)


def test_without_partnerships_there_is_an_axis_all_the_same() -> None:
    assert axis_of([], TODAY) == Axis(2016, 2026)


def test_an_active_partnership_lasts_from_its_founding_until_today() -> None:
    assert lane().founded == at("1980")
    assert (lane().active, lane().suspended) == ((Stretch(at("1980"), NOW),), ())


def test_a_suspension_begins_a_suspended_stretch_and_a_resumption_ends_it() -> None:
    suspended = lane(event("1990", "suspension"), status="suspended")
    assert suspended.active == (Stretch(at("1980"), at("1990")),)
    assert suspended.suspended == (Stretch(at("1990"), NOW),)
    assert suspended.stops == (at("1990"),)
    resumed = lane(event("1990", "suspension"), event("1995", "resumption"))
    assert resumed.active == (Stretch(at("1980"), at("1990")), Stretch(at("1995"), NOW))
    assert resumed.suspended == (Stretch(at("1990"), at("1995")),)


def test_a_dissolved_partnership_ends_with_its_dissolution_or_has_no_stretch_if_that_is_unknown() -> None:
    dissolved = lane(event("2000", "dissolution"), status="dissolved")
    assert (dissolved.active, dissolved.suspended) == ((Stretch(at("1980"), at("2000")),), ())
    assert lane(status="dissolved").active == ()


def test_without_a_founding_date_there_are_marks_only() -> None:
    found = lane(event("1990", "gift"), since=None)
    assert (found.founded, found.active, found.marks) == (None, (), {"thing": (at("1990"),)})


def test_a_mark_has_the_form_of_its_type_and_the_founding_has_its_own() -> None:
    events = (
        event("1980", "agreement"),
        event("1985", "renewal"),
        event("1990", "aid"),
        event("1995", "youth"),
    )
    assert lane(*events).marks == {"paper": (at("1985"),), "people": (at("1995"),), "thing": (at("1990"),)}


@pytest.mark.parametrize(("count", "form"), [(2, "some"), (3, "some"), (4, "many"), (9, "many")])
def test_the_events_of_one_year_are_one_mark(count: int, form: str) -> None:
    assert lane(*[event("1990-07", "youth")] * count).marks == {form: (at("1990-07"),)}


def test_announced_events_are_marked_as_such() -> None:
    events = (event("2027", "youth", announced=True), event("2027", "gift", announced=True))
    assert lane(*events).marks == {"planned": (at("2027"), at("2027"))}


@settings(max_examples=20)
@given(datasets())
def test_every_data_set_makes_a_page_whose_numbers_name_something(dataset: Dataset) -> None:
    report = page_report(dataset, select(dataset, Selection()), TODAY)
    for place in report.places:
        assert report.countries[place.country].code
        assert place.within is None or report.places[place.within].id
    for partnership in report.partnerships:
        assert tuple(report.places[number].id for number in partnership.places) == next(
            each.between for each in dataset.partnerships if each.id == partnership.id
        )
        cited = [partnership.sources, *(each.sources for each in partnership.events)]
        assert all(0 <= number < len(report.sources) for numbers in cited for number in numbers)
        for stretch in (*partnership.lane.active, *partnership.lane.suspended):
            assert 0 <= stretch.start < stretch.end <= LENGTH
