"""The filters of the explorer: what partnerships can be narrowed by, with the count of each choice."""

from collections.abc import Iterable, Sequence, Set

from msgspec import Struct

from sisterline.model import Dataset
from sisterline.reports.counts import CountBy, CountKeys, tally
from sisterline.reports.refs import GroupKey

FACETS: tuple[CountBy, ...] = ("status", "kind", "level", "region", "decade")


class Choice(Struct, frozen=True):
    """A value that one can filter by.

    Attributes:
        facet: what it is a value of.
        key: its code, with its name where the data has one.
        count: how many partnerships have it, of those that the other facets leave.
        chosen: whether it is filtered by.
    """

    facet: CountBy
    key: GroupKey
    count: int
    chosen: bool

    @property
    def code(self) -> str:
        """The code of the value; empty where it is unknown."""
        return _code(self.key)


class Filters:
    """The values that are filtered by: those of one facet are alternatives, each facet narrows the others.

    Args:
        dataset: what is filtered.

    Attributes:
        chosen: the codes of the values by their facets; no facet without one.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.chosen: dict[CountBy, frozenset[str]] = {}
        self.speak("en")

    def speak(self, language: str) -> None:
        """Take the names of regions in a language from now on."""
        self._keys = CountKeys(self._dataset, language, frozenset())
        self._found: dict[CountBy, list[tuple[GroupKey, ...]]] = {}

    def toggle(self, facet: CountBy, code: str) -> None:
        """Filter by a value, or no longer."""
        codes = self.chosen.get(facet, frozenset()) ^ {code}
        self.chosen = {name: each for name, each in (self.chosen | {facet: codes}).items() if each}

    def clear(self) -> None:
        """Filter by nothing."""
        self.chosen = {}

    def passing(self, numbers: Iterable[int], *, but: CountBy | None = None) -> list[int]:
        """The numbers of partnerships that the filters leave, without those of one facet."""
        kept = list(numbers)
        for facet, codes in self.chosen.items():
            if facet != but:
                found = self._values(facet)
                kept = [number for number in kept if any(_code(key) in codes for key in found[number])]
        return kept

    def choices(self, numbers: Sequence[int]) -> list[Choice]:
        """All values of all facets that some partnerships have, or that are chosen."""
        choices: list[Choice] = []
        for facet in FACETS:
            codes = self.chosen.get(facet, frozenset())
            found = self._values(facet)
            counted = tally([found[number] for number in self.passing(numbers, but=facet)], facet)
            counted += [(key, 0) for key in self._lacking(facet, {key for key, _ in counted})]
            choices += [Choice(facet, key, count, _code(key) in codes) for key, count in counted]
        return choices

    def _lacking(self, facet: CountBy, counted: Set[GroupKey]) -> list[GroupKey]:
        """The values that are filtered by and are not among some others."""
        known = {_code(key): key for keys in self._values(facet) for key in keys}
        chosen = (known[code] for code in sorted(self.chosen.get(facet, ())))
        return [key for key in chosen if key not in counted]

    def _values(self, facet: CountBy) -> list[tuple[GroupKey, ...]]:
        """The values of a facet for each partnership of the data set."""
        if facet not in self._found:
            keys = self._keys.of(facet)
            self._found[facet] = [_single(keys(each)) for each in self._dataset.textless]
        return self._found[facet]


def _single(keys: tuple[GroupKey, ...]) -> tuple[GroupKey, ...]:
    """Keys of one code each: a partnership of a city and a ward has both levels."""
    if all(len(key.codes) < 2 for key in keys):
        return keys
    return tuple(dict.fromkeys(GroupKey(codes=(code,)) for key in keys for code in key.codes))


def _code(key: GroupKey) -> str:
    return "".join(key.codes)
