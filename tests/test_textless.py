"""Partnerships without their texts: everything else is what the whole records have."""

import pytest
from msgspec.structs import fields

from helpers import SMALL, TODAY
from sisterline.model import AnyPartnership, Dataset, Dispute, Event, Exchange, Partnership
from sisterline.query.ranges import DayRange
from sisterline.query.selection import Selection, select, select_textless
from sisterline.reports.refs import RefBuilder
from sisterline.store.cache import load_cached
from sisterline.textless import TextlessDispute, TextlessEvent, TextlessExchange, TextlessPartnership

SELECTIONS = (
    Selection(),
    Selection(cities=("Linhai",)),
    Selection(countries=("JP",)),
    Selection(levels=("city",)),
    Selection(kinds=("friendship-city",)),
    Selection(statuses=("suspended",)),
    Selection(founded=DayRange(720_000, 730_000)),
    Selection(last_event=DayRange(720_000, 740_000)),
    Selection(text=("statue",)),
    Selection(types=("aid",)),
    Selection(categories=("students",)),
)


@pytest.fixture
def stored() -> Dataset:
    """The small data set from the cache."""
    load_cached([SMALL])
    return load_cached([SMALL])


def _refs(dataset: Dataset, partnerships: tuple[AnyPartnership, ...]) -> list[object]:
    refs = RefBuilder(dataset, TODAY, "en")
    return [refs.partnership(partnership) for partnership in partnerships]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_a_list_shows_the_same_with_and_without_texts(stored: Dataset, selection: Selection) -> None:
    whole, textless = select(stored, selection), select_textless(stored, selection)
    assert _refs(stored, textless.partnerships) == _refs(stored, whole.partnerships)
    assert textless.notes == whole.notes


def test_what_is_stored_is_decoded_without_its_texts(stored: Dataset) -> None:
    found = select_textless(stored, Selection()).partnerships
    assert {type(partnership) for partnership in found} == {TextlessPartnership}


def test_what_was_read_from_yaml_has_its_texts_already(world: Dataset) -> None:
    assert select_textless(world, Selection()).partnerships == tuple(world.partnerships)


@pytest.mark.parametrize(
    ("textless", "whole"),
    [
        (TextlessPartnership, Partnership),
        (TextlessEvent, Event),
        (TextlessExchange, Exchange),
        (TextlessDispute, Dispute),
    ],
)
def test_a_field_without_texts_has_the_name_and_the_default_of_the_whole_record(
    textless: type, whole: type
) -> None:
    defaults = {field.encode_name: field.default for field in fields(whole)}
    for field in fields(textless):
        assert defaults[field.encode_name] == field.default
