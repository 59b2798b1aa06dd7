"""The search that answers while somebody types: ranks, words, proposals; the page runs the same examples."""

import csv

import pytest
from hypothesis import given, settings

from data_strategies import datasets
from helpers import TESTS
from sisterline.model import Dataset, search_names
from sisterline.query.search import MOST_PROPOSALS, Rank, Search, folded_texts, search_words
from sisterline.text.matching import fold

EXAMPLES = TESTS / "search_examples.csv"


def _examples(column: str) -> list[tuple[str, str]]:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return [(row["query"], row[column]) for row in csv.DictReader(file)]


def _search(dataset: Dataset, *, texts: bool = True) -> Search:
    search = Search(dataset)
    if texts:
        search.texts = folded_texts(dataset.partnerships)
    return search


def _found(dataset: Dataset, typed: str, *, texts: bool = True) -> list[str]:
    return [dataset.partnerships[number].id for number in _search(dataset, texts=texts).ranks(typed)]


@pytest.mark.parametrize(("query", "expected"), _examples("expected"))
def test_a_query_finds_its_partnerships_in_their_order(world: Dataset, query: str, expected: str) -> None:
    assert _found(world, query) == expected.split()


@pytest.mark.parametrize("nothing", ["", "  ", "–", " / ", "\u3000"])
def test_without_a_word_everything_is_found_in_the_order_of_the_data(world: Dataset, nothing: str) -> None:
    assert _found(world, nothing) == [partnership.id for partnership in world.partnerships]


def test_a_name_without_its_suffix_is_a_whole_name(bundled: Dataset) -> None:
    ranks = _search(bundled).ranks("北海")
    found = {bundled.partnerships[number].id: rank for number, rank in ranks.items()}
    assert next(iter(found)) == "beihai-yatsushiro"
    assert found["beihai-yatsushiro"] is Rank.WHOLE
    assert found["heilongjiang-prov-hokkaido-pref"] is Rank.START


def test_what_only_a_title_mentions_comes_after_all_names(bundled: Dataset) -> None:
    assert _found(bundled, "beihai")[0] == "beihai-yatsushiro"
    assert "guangxi-prov-kumamoto-pref" in _found(bundled, "beihai")[1:]


def test_until_the_texts_are_folded_names_alone_are_searched(world: Dataset) -> None:
    assert _found(world, "pupils", texts=False) == []
    assert _found(world, "linhai", texts=False) == _found(world, "linhai")


def test_the_part_of_a_line_that_holds_the_id_is_not_a_name() -> None:
    from sisterline.index import make_index

    index = make_index([("guangxi-prov", ("Guangxi",))], [])
    assert list(index.names_with("guangxi-prov")) == []
    assert list(index.names_with("xi")) == [("guangxi", "guangxi-prov")]


@settings(max_examples=20)
@given(datasets())
def test_every_name_finds_the_partnerships_of_its_place_as_a_whole(dataset: Dataset) -> None:
    search = _search(dataset)
    for place in dataset.partnered_places:
        numbers = dataset.index.numbers[place]
        for name in search_names(dataset.places[place]):
            if search_words(name):  # a name may be a mere sign
                ranks = search.ranks(name)
                assert {ranks.get(number) for number in numbers} == {Rank.WHOLE}, name


@settings(max_examples=20)
@given(datasets())
def test_the_index_finds_the_names_that_a_look_at_each_finds(dataset: Dataset) -> None:
    lines = list(dataset.index.place_names())
    for part in ("a", "市", "shi", *(fold(name)[1:3] for name, _ in lines[:20])):
        if part:
            assert list(dataset.index.names_with(part)) == [line for line in lines if part in line[0]]


# --- proposals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "proposals"), _examples("proposals"))
def test_a_query_proposes_its_names_in_their_order(world: Dataset, query: str, proposals: str) -> None:
    assert " | ".join(_search(world).proposals(query)) == proposals


def test_the_closest_names_are_proposed_for_words_that_find_nothing(bundled: Dataset) -> None:
    search = _search(bundled)
    assert search.proposals("beihia")[0] == "Beihai (北海市)"
    assert search.proposals("beihia", "ja")[0] == "北海市"
    assert search.proposals("yatsuhsiro qobe")[:2] == ("Yatsushiro (八代市)", "Kobe (神戸市)")
    assert len(search.proposals("shanghia")) <= MOST_PROPOSALS


def test_nothing_is_proposed_where_each_word_finds_something_or_nothing_is_close(world: Dataset) -> None:
    search = _search(world)
    assert search.ranks("omori pupils") == {}
    assert search.proposals("omori pupils") == ()
    assert search.proposals("zzzzzzzz") == ()


def test_only_places_that_have_a_partnership_are_proposed(bundled: Dataset) -> None:
    search = _search(bundled)
    names = {
        name for word in ("kumamot", "guangxo", "shanghia", "liaonign") for name in search.proposals(word)
    }
    assert names
    for name in names:
        assert search.ranks(name.partition(" (")[0]), name
