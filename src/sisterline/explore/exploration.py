"""What somebody looks at: a part of a data set that a search and filters narrow, its order, its language."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sisterline.explore.filters import Filters
from sisterline.model import Dataset, Partnership
from sisterline.query.search import Search
from sisterline.query.selection import Selection, SelectionResult
from sisterline.reports.listing import SORT_KEYS
from sisterline.reports.order import SortColumn, in_order
from sisterline.reports.refs import PartnershipRef, RefBuilder
from sisterline.views.style import UNICODE, Glyphs

KEPT_ROWS = 512  # references of partnerships that are kept: those of some screens


class Option(Struct, frozen=True):
    """An option of the command line: its flag, and its value; a flag alone has none."""

    flag: str
    value: str | None = None


class Asked(Struct, frozen=True, kw_only=True):
    """What the call of the explorer asked for.

    Attributes:
        selection: which partnerships, events and exchanges.
        options: those of the call that other commands have as well, as typed.
        title: the selection in a few words; empty where it is everything.
        paths: the files and folders that were read, which no output may replace.
        today: the day from which years and anniversaries are counted.
        language: of names and titles.
        glyphs: the characters to draw with.
        colors: whether there are colours.
    """

    selection: Selection = Selection()
    options: tuple[Option, ...] = ()
    title: str = ""
    paths: tuple[Path, ...] = ()
    today: date
    language: str = "en"
    glyphs: Glyphs = UNICODE
    colors: bool = True


SORTS = (SortColumn("since"), SortColumn("next"), SortColumn("events", descending=True), SortColumn("place"))
_FOUNDING = SORTS[0]  # the order of the data set


class Exploration:
    """What is looked at.

    Args:
        dataset: all of the data.
        selected: what the call selected of it; None for everything, of which then no record is read yet.
        asked: the call.

    Attributes:
        whole: all of the data.
        dataset: the part that the call selected.
        asked: the call.
        language: of names and titles.
        search: of the part that the call selected.
        filters: what its rows are filtered by.
        typed: what is searched for.
        sort: the order of the rows.
        found: the numbers of the partnerships that the search finds, the best first.
        shown: those that the filters leave, in order.
    """

    def __init__(self, dataset: Dataset, selected: SelectionResult | None, asked: Asked) -> None:
        self.whole = dataset
        self.dataset = dataset
        self._histories = {}
        if selected is not None:
            self.dataset = replace(dataset, partnerships=selected.partnerships, stored_index=None)
            self._histories = selected.histories
        self.asked = asked
        self.search = Search(self.dataset)
        self.filters = Filters(self.dataset)
        self.typed = ""
        self.sort = _FOUNDING
        self.found: Sequence[int] = ()
        self.shown: Sequence[int] = ()
        self.speak(asked.language)

    def speak(self, language: str) -> None:
        """Take names and titles in a language from now on."""
        self.language = language
        self._refs = RefBuilder(self.dataset, self.asked.today, language)
        self.ref = lru_cache(maxsize=KEPT_ROWS)(self._ref)
        self.filters.speak(language)
        self.update()

    def update(self) -> None:
        """Find again what search and filters leave, and sort it."""
        numbers: Sequence[int] = range(len(self.dataset.partnerships))
        if self.typed:
            numbers = list(self.search.ranks(self.typed))
        self.found = numbers
        if self.filters.chosen:
            numbers = self.filters.passing(numbers)
        if self.sort != _FOUNDING:
            numbers = self._sorted(numbers)
        self.shown = numbers

    def _sorted(self, numbers: Sequence[int]) -> list[int]:
        rows = [self._refs.partnership(self.dataset.textless[number]) for number in numbers]
        number_of = {row.id: number for row, number in zip(rows, numbers, strict=True)}
        return [number_of[row.id] for row in in_order(rows, (self.sort,), SORT_KEYS)]

    def _ref(self, number: int) -> PartnershipRef:
        return self._refs.partnership(self.dataset.textless[number])

    def partnership(self, number: int) -> Partnership:
        """A partnership by its number in the data set."""
        return self.dataset.partnerships[number]

    def selected(self, numbers: Sequence[int] | None = None) -> SelectionResult:
        """Partnerships with their histories: those of some numbers, by default what is shown."""
        if numbers is None:
            numbers = self.shown
        return SelectionResult(tuple(map(self.partnership, numbers)), (), self._histories)

    def part_shown(self) -> tuple[Dataset, SelectionResult, date]:
        """What most reports are made of: the data set, what is shown of it, and the day."""
        return self.dataset, self.selected(), self.asked.today
