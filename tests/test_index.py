"""The index and the lazy records: they find and give what going through all of them would."""

from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from data_strategies import datasets
from sisterline.errors import SisterlineError
from sisterline.model import Dataset, names_of
from sisterline.query.places import find_partnership, find_places, partnerships_of
from sisterline.store.index import index, make_index, with_prefix
from sisterline.store.packed import LazyMapping, LazySequence, pack
from sisterline.text.matching import fold


def _typed(dataset: Dataset) -> Iterator[str]:
    """What people type: every name and id, in part, and with a suffix."""
    for place_id, place in dataset.places.items():
        for name in (*names_of(place), place_id):
            yield from (name, name.upper(), name[:-1] or name, f"{name}-shi", f"{name}市", f"{name} county")


def _outcome(dataset: Dataset, name: str) -> tuple[str, ...] | str:
    try:
        return find_places(dataset, name)
    except SisterlineError as error:
        return str(error)


class _Everything(str):
    """An index that leaves nothing out, whatever it is asked for: each name is compared."""

    __slots__ = ()

    def find(self, sought: str, *at: object) -> int:
        return super().find("\n", *at)  # type: ignore[arg-type]


@settings(max_examples=20)
@given(datasets())
def test_an_index_finds_the_places_that_comparing_every_name_finds(dataset: Dataset) -> None:
    made = make_index(dataset)
    slow = replace(dataset, index=replace(made, names=_Everything(made.names)))
    quick = replace(dataset, index=made)
    for name in _typed(dataset):
        assert _outcome(quick, name) == _outcome(slow, name) == _outcome(dataset, name)


@settings(max_examples=20)
@given(datasets())
def test_every_partnership_is_found_by_its_id_and_by_its_places(dataset: Dataset) -> None:
    dataset = replace(dataset, index=make_index(dataset))
    for partnership in dataset.partnerships:
        assert find_partnership(dataset, partnership.id) == partnership
        assert partnership in partnerships_of(dataset, partnership.between[:1])
    for place in dataset.places:
        assert partnerships_of(dataset, [place]) == tuple(
            p for p in dataset.partnerships if place in p.between
        )


@given(st.dictionaries(st.text("ab市", min_size=1), st.lists(st.text("abc 市'-", min_size=1)), max_size=6))
def test_the_lines_of_an_index_are_found_by_how_they_begin(places: Mapping[str, list[str]]) -> None:
    lines = index(((place, tuple(names)) for place, names in places.items()), ()).names
    every = [(fold(name), place) for place, names in places.items() for name in names]
    for start in ("", "a", "ab", "市", "b市", "cc"):
        wanted = {line for line in every if line[0].startswith(start)}
        found = list(with_prefix(lines, start))
        assert set(found) == wanted
        assert len(found) == len(wanted)  # no line twice
        assert [place for _, place in found] == sorted(
            (place for _, place in found), key=list(places).index
        )  # in the order of the places


class _Record(Struct, frozen=True):
    text: str


@given(st.dictionaries(st.text(), st.text().map(_Record)))
def test_records_that_are_packed_come_back_by_number_and_by_id(records: dict[str, _Record]) -> None:
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


def test_the_bounds_of_no_records_hold_nothing() -> None:
    packed, data = pack([])
    assert (packed.size, data) == (0, b"")
    assert list(LazySequence(packed, memoryview(data), _Record)) == []
