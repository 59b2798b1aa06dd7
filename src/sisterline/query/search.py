"""The search that answers while somebody types: ranked, in all languages and scripts at once.

All words are required, each of them anywhere. A partnership ranks by where its worst word is found: it is
the name of one of the two places, begins one, is inside one, or is only in a title or a note. Several words
may be one name: New York ranks as if it had been typed without the space.

The page has the same search in JavaScript; both follow the examples in tests/search_examples.csv.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from enum import IntEnum
from itertools import zip_longest
from operator import itemgetter

from sisterline.language import translations
from sisterline.model import Dataset, Partnership
from sisterline.query.places import (
    display_name,
    enclosing,
    folded_suffixes,
    is_called,
    matching_places,
    suffix_levels,
)
from sisterline.query.selection import texts_of
from sisterline.text.matching import close_folded, fold

_BETWEEN_WORDS = re.compile(r"[\s,;/、，；]+")
MOST_PROPOSALS = 3


class Rank(IntEnum):
    """Where a word is found, the best first."""

    WHOLE = 0  # a name of one of the places, with or without its suffix, its reading or its id
    START = 1  # the beginning of one, or of the id of the partnership
    INSIDE = 2  # inside one; in a name of a place that one lies in; the whole name of its country
    TEXT = 3  # a title, a note or the date of the founding


class Search:
    """Searches one data set, of which it keeps what every search needs.

    Args:
        dataset: what to search.

    Attributes:
        texts: what titles and notes are searched in, as `folded_texts` makes it; without it names only are
            searched. Making it takes longer than many searches, so somebody may set it later.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._inside: dict[str, list[int]] | None = None
        self.texts: tuple[str, ...] = ()

    def ranks(self, typed: str) -> dict[int, Rank]:
        """The numbers of the partnerships that have all words, each with its rank, the best first.

        Those of one rank are in the order of the data set. Without a word all are found.
        """
        words = search_words(typed)
        if not words:
            return dict.fromkeys(range(len(self._dataset.partnerships)), Rank.WHOLE)
        found = self._ranks_of_word(words[0])
        for word in words[1:]:
            also = self._ranks_of_word(word)
            found = {number: max(rank, also[number]) for number, rank in found.items() if number in also}
        if words != [typed]:
            for number, rank in self._ranks_of_word(typed).items():
                found[number] = min(rank, found.get(number, rank))
        return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))

    def _ranks_of_word(self, word: str) -> dict[int, Rank]:
        """Where one word, or several taken for one name, are found."""
        folded = fold(word)
        found: dict[int, Rank] = {}
        for place, rank in place_ranks(self._dataset, word).items():
            _keep_best(found, self._dataset.index.numbers.get(place, ()), rank)
            _keep_best(found, self._numbers_inside.get(place, ()), Rank.INSIDE)
        for name, number in self._dataset.index.partnership_ids(folded):
            _keep_best(found, (number,), Rank.WHOLE if name == folded else Rank.START)
        for code, country in self._dataset.countries.items():
            if folded in map(fold, translations(country.name)):
                _keep_best(found, self._numbers_inside.get(code, ()), Rank.INSIDE)
        with_text = (number for number, text in enumerate(self.texts) if folded in text)
        _keep_best(found, with_text, Rank.TEXT)
        return found

    @property
    def _numbers_inside(self) -> Mapping[str, Collection[int]]:
        """The numbers of the partnerships of the places in a place (by its id) or a country (by its code)."""
        if self._inside is None:
            self._inside = {}
            for place, numbers in self._dataset.index.numbers.items():
                _, *outer = enclosing(self._dataset, place)
                for name in (*outer, self._dataset.places[place].country):
                    self._inside.setdefault(name, []).extend(numbers)
        return self._inside

    def proposals(self, typed: str, language: str = "en") -> tuple[str, ...]:
        """The names of partnered places that are closest to what finds nothing, the closest first.

        They are at most MOST_PROPOSALS; none where each word finds something, but all of them do not.
        """
        words = search_words(typed)
        unknown = [word for word in words if not self._ranks_of_word(word)]
        if not unknown:
            return ()
        dataset = self._dataset
        partnered = dataset.partnered_places
        known = [(name, place) for name, place in dataset.index.place_names() if place in partnered]
        known.sort(key=itemgetter(1))  # places of the same name are always in the same order
        # Two words may be one name: "new yrok".
        sought = dict.fromkeys([*unknown, typed])
        close = [close_folded(fold(word), known, most=2 * MOST_PROPOSALS) for word in sought]
        closest_first = (place for places in zip_longest(*close) for place in places if place is not None)
        names = [display_name(dataset, dataset.places[place], language) for place in closest_first]
        return tuple(dict.fromkeys(names))[:MOST_PROPOSALS]


def search_words(typed: str) -> list[str]:
    """The words of what was typed: what is between spaces, commas and slashes; a dash is no word."""
    return [word for word in _BETWEEN_WORDS.split(typed) if any(map(str.isalnum, word))]


def place_ranks(dataset: Dataset, word: str) -> dict[str, Rank]:
    """The ids of the places with a name that holds a word, each with its best rank."""
    folded = fold(word)
    suffixes = folded_suffixes()
    ranks: dict[str, Rank] = {}
    for name, place in dataset.index.names_with(folded):
        rank = Rank.INSIDE
        if name.startswith(folded):
            rest = name[len(folded) :]
            rank = Rank.START
            if not rest or (rest in suffixes and is_called(dataset.places[place], word)):
                rank = Rank.WHOLE
        ranks[place] = min(rank, ranks.get(place, rank))
    if suffix_levels(word):  # Kobe-shi is Kobe
        ranks |= dict.fromkeys(matching_places(dataset, word), Rank.WHOLE)
    return ranks


def folded_texts(partnerships: Iterable[Partnership]) -> tuple[str, ...]:
    """The titles, the notes and the founding date of each partnership, folded, one per line."""
    return tuple(map(_folded_texts_of, partnerships))


def _folded_texts_of(partnership: Partnership) -> str:
    texts = [*texts_of(partnership)]
    if partnership.since is not None:
        texts.append(str(partnership.since))
    return "\n".join(map(fold, texts))


def _keep_best(found: dict[int, Rank], numbers: Iterable[int], rank: Rank) -> None:
    """Note where partnerships are found, unless they are found better already."""
    for number in numbers:
        found[number] = min(rank, found.get(number, rank))
