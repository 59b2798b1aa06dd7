"""An index of the names and partnerships of a data set: one place of many is found without a look at each."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from sisterline.text.matching import fold


class Index(Struct, frozen=True, array_like=True):
    """Where names and partnerships are in a data set.

    Names and ids are texts to search in, not mappings: the cache decodes them in no time.

    Attributes:
        names: a line for each name of each place: the folded name, a tab, the place's id.
        ids: a line for each partnership: its folded id, a tab, its number in the data set.
        numbers: for each place that has any, the numbers of its partnerships, ascending.
        languages: the tags of all names of places, sorted.
    """

    names: str
    ids: str
    numbers: Mapping[str, tuple[int, ...]]
    languages: tuple[str, ...] = ()

    def place_names(self, prefix: str = "") -> Iterator[tuple[str, str]]:
        """The folded names of places that begin with a prefix, each with the place's id, place by place."""
        return _lines_with_prefix(self.names, prefix)

    def names_with(self, part: str) -> Iterator[tuple[str, str]]:
        """The folded names of places that hold a text, which is not empty, each with the place's id."""
        at = self.names.find(part)
        while at >= 0:
            start = self.names.rindex("\n", 0, at) + 1
            end = self.names.index("\n", at)
            name, _, place = self.names[start:end].partition("\t")
            if at < start + len(name):  # else it is in the id
                yield name, place
            at = self.names.find(part, end)

    def partnership_ids(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The folded ids of partnerships that begin with a prefix, each with the partnership's number."""
        for folded, number in _lines_with_prefix(self.ids, prefix):
            yield folded, int(number)


def make_index(
    places: Iterable[tuple[str, tuple[str, ...]]],
    partnerships: Iterable[tuple[str, tuple[str, str]]],
    languages: Iterable[str] = (),
) -> Index:
    """Make an index.

    Args:
        places: ids with all names by which each is found.
        partnerships: ids with the ids of the two places, in the order of the data set.
        languages: the tags of the names of places.
    """
    names = [f"{folded}\t{place}\n" for place, texts in places for folded in dict.fromkeys(map(fold, texts))]
    ids: list[str] = []
    numbers: dict[str, list[int]] = {}
    for number, (name, between) in enumerate(partnerships):
        ids.append(f"{fold(name)}\t{number}\n")
        for place in between:
            numbers.setdefault(place, []).append(number)
    return Index(
        names="".join(["\n", *names]),
        ids="".join(["\n", *ids]),
        numbers={place: tuple(found) for place, found in numbers.items()},
        languages=tuple(sorted(set(languages))),
    )


def _lines_with_prefix(lines: str, prefix: str) -> Iterator[tuple[str, str]]:
    """What is before and after the tab in each line that begins with a prefix."""
    # A search through one long text: 3 ms where 64,000 places have 200,000 names.
    at = lines.find(f"\n{prefix}")
    while 0 <= at < len(lines) - 1:
        end = lines.index("\n", at + 1)
        name, _, key = lines[at + 1 : end].partition("\t")
        yield name, key
        at = lines.find(f"\n{prefix}", end)
