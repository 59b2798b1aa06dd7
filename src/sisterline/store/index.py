"""Where names and ties stand in a data set, so that one place of many is found without a look at each."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from sisterline.text.matching import fold


class Index(Struct, frozen=True, array_like=True):
    """Names and ties of a data set.

    Attributes:
        names: a line for each name of each place: the name folded, a tab, the place's id.
        ids: a line for each partnership: its id folded, a tab, its number in the data set.
        ties: for each place that has any, the numbers of its partnerships.
    """

    names: str
    ids: str
    ties: Mapping[str, tuple[int, ...]]


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
