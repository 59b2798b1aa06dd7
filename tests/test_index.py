"""The index and the lazy records return what a look at every record would."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from data_strategies import datasets
from sisterline import model
from sisterline.errors import SisterlineError
from sisterline.index import Index, make_index
from sisterline.model import Dataset, names_of
from sisterline.query.places import find_partnership, find_places
from sisterline.query.selection import Selection, select
from sisterline.store.packed import LazyMapping, LazySequence, pack
from sisterline.text.matching import fold


def _typed(dataset: Dataset) -> Iterator[str]:
    """Every name and id as people may type it: in part, and with a suffix."""
    for place_id, place in dataset.places.items():
        for name in (*names_of(place), place_id):
            yield from (name, name.upper(), name[:-1] or name, f"{name}-shi", f"{name}市", f"{name} county")


def _outcome(dataset: Dataset, name: str) -> tuple[str, ...] | str:
    try:
        return find_places(dataset, name)
    except SisterlineError as error:
        return str(error)


class _Everything(str):
    """Index lines that all begin with any prefix, so that every name is compared."""

    __slots__ = ()

    def find(self, sought: str, *at: object) -> int:
        return super().find("\n", *at)  # type: ignore[arg-type]


@settings(max_examples=20)
@given(datasets())
def test_an_index_finds_the_places_that_comparing_every_name_finds(dataset: Dataset) -> None:
    every_name = replace(dataset.index, names=_Everything(dataset.index.names))
    slow = replace(dataset, stored_index=every_name)
    for name in _typed(dataset):
        assert _outcome(dataset, name) == _outcome(slow, name)


@settings(max_examples=20)
@given(datasets())
def test_a_partnership_is_found_by_its_id_and_by_its_places(dataset: Dataset) -> None:
    for partnership in dataset.partnerships:
        assert find_partnership(dataset, partnership.id) == partnership
        assert dataset.partnership(partnership.id.upper()) == partnership
        assert partnership in dataset.partnerships_of(partnership.between[:1])
    for place in dataset.places:
        assert dataset.partnerships_of([place]) == tuple(
            p for p in dataset.partnerships if place in p.between
        )


@given(st.dictionaries(st.text("ab市", min_size=1), st.lists(st.text("abc 市'-", min_size=1)), max_size=6))
def test_names_are_found_by_their_prefix(places: Mapping[str, list[str]]) -> None:
    index = make_index(((place, tuple(names)) for place, names in places.items()), ())
    every = [(fold(name), place) for place, names in places.items() for name in names]
    for start in ("", "a", "ab", "市", "b市", "cc"):
        wanted = {line for line in every if line[0].startswith(start)}
        found = list(index.place_names(start))
        assert set(found) == wanted
        assert len(found) == len(wanted)  # no line twice
        assert [place for _, place in found] == sorted(
            (place for _, place in found), key=list(places).index
        )  # in the order of the places


def test_the_index_of_a_data_set_is_made_once(monkeypatch: pytest.MonkeyPatch, world: Dataset) -> None:
    made = []

    def count(**records: Any) -> Index:
        made.append(1)
        return make_index(**records)

    monkeypatch.setattr(model, "make_index", count)
    dataset = replace(world, stored_index=None)
    for name in ("Linhai", "Kumamoto", "no-such-pair"):
        _outcome(dataset, name)
        find_partnership(dataset, name)
    select(dataset, Selection(cities=("Linhai",)))
    assert made == [1]


def test_a_stored_index_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch, world: Dataset) -> None:
    dataset = replace(world, stored_index=replace(world.index))
    monkeypatch.setattr(model, "make_index", None)
    assert find_places(dataset, "Linhai") == ("linhai", "linhai-forest")


def test_the_index_knows_the_languages_of_names(world: Dataset) -> None:
    tags = {tag for place in world.places.values() if isinstance(place.name, dict) for tag in place.name}
    assert set(world.index.languages) == tags
    assert list(world.index.languages) == sorted(tags)


class _Record(Struct, frozen=True):
    text: str


@given(st.dictionaries(st.text(), st.text().map(_Record)))
def test_packed_records_are_found_by_number_and_by_id(records: dict[str, _Record]) -> None:
    packed, data = pack(records.values(), records)
    assert packed.size == len(data)
    sequence = LazySequence(packed, memoryview(data), _Record)
    mapping = LazyMapping(packed, memoryview(data), _Record)
    values = list(records.values())
    assert (list(sequence), sequence[:], sequence[1:3], sequence[::-1]) == (
        values, values, values[1:3], values[::-1],
    )  # fmt: skip
    assert [sequence[n] for n in range(-len(values), 0)] == values
    assert sequence == values
    assert mapping == records
    assert list(mapping) == list(records)
    assert all(key in mapping for key in records)
    assert "no such id" not in mapping or "no such id" in records


def test_a_record_of_a_mapping_is_decoded_once() -> None:
    packed, data = pack([_Record("a"), _Record("b")], ["x", "y"])
    mapping = LazyMapping(packed, memoryview(data), _Record)
    assert mapping["y"] is mapping["y"]
    assert mapping["x"] is not mapping["y"]


def test_no_records_can_be_packed() -> None:
    packed, data = pack([])
    assert (packed.size, data) == (0, b"")
    assert list(LazySequence(packed, memoryview(data), _Record)) == []
