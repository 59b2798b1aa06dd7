"""Where names and ties stand in a data set, so that one place of many is found without a look at each."""

from collections.abc import Iterable, Iterator

from sisterline.model import Dataset, Index, names_of
from sisterline.text.matching import fold


def index_of(dataset: Dataset) -> Index:
    """The index of a data set; made now where it was not read with it."""
    return dataset.index or make_index(dataset)


def make_index(dataset: Dataset) -> Index:
    """Where the names and the ties of a data set stand."""
    return index(
        ((place_id, (*names_of(place), place_id)) for place_id, place in dataset.places.items()),
        ((partnership.id, partnership.between) for partnership in dataset.partnerships),
    )


def index(
    places: Iterable[tuple[str, tuple[str, ...]]], partnerships: Iterable[tuple[str, tuple[str, str]]]
) -> Index:
    """Make an index.

    Args:
        places: ids with all names by which each is found.
        partnerships: ids with the ids of the two places, in the order of the data set.
    """
    names = [f"{folded}\t{place}\n" for place, texts in places for folded in dict.fromkeys(map(fold, texts))]
    ids: list[str] = []
    ties: dict[str, list[int]] = {}
    for number, (name, between) in enumerate(partnerships):
        ids.append(f"{fold(name)}\t{number}\n")
        for place in between:
            ties.setdefault(place, []).append(number)
    return Index(
        "".join(["\n", *names]), "".join(["\n", *ids]), {place: tuple(found) for place, found in ties.items()}
    )


def with_prefix(lines: str, start: str) -> Iterator[tuple[str, str]]:
    """The lines of an index that begin with a folded name: what is before the tab, and after it."""
    # A search through one long text: 3 ms where 64,000 places have 200,000 names.
    at = lines.find(f"\n{start}")
    while 0 <= at < len(lines) - 1:
        end = lines.index("\n", at + 1)
        name, _, key = lines[at + 1 : end].partition("\t")
        yield name, key
        at = lines.find(f"\n{start}", end)
