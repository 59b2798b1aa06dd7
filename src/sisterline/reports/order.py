"""The order of rows, by the columns that `--sort` names."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from msgspec import Struct

from sisterline.errors import UsageError, choose_one_of, with_fix
from sisterline.language import localized
from sisterline.model import Dataset
from sisterline.query.places import native_name
from sisterline.text.matching import fold
from sisterline.translation import gettext as _

T = TypeVar("T")

# What a row is sorted by in one column; None where it is unknown.
SortKey = Callable[[Any], Any]


class SortColumn(Struct, frozen=True):
    """A column to sort by.

    Attributes:
        name: what programs call the column.
        descending: whether the highest value is first.
    """

    name: str
    descending: bool = False


Sort = tuple[SortColumn, ...]  # the most important column first


def parse_sort(texts: Iterable[str]) -> Sort:
    """The columns of some lists with commas; a hyphen before a name means descending: `-events,since`."""
    names = [name.strip() for text in texts for name in text.split(",")]
    return tuple(SortColumn(name.lstrip("-"), name.startswith("-")) for name in names if name)


def in_order(
    rows: Iterable[T],
    sort: Sort,
    keys: Mapping[str, SortKey],
    *,
    usual: Sort = (),
    reverse: bool = False,
) -> list[T]:
    """Rows in the order of some columns; equal ones stay in their usual order.

    Rows that have no value in a column come after those that have one, whichever way it is sorted.

    Args:
        rows: to sort.
        sort: the columns; none for the usual order.
        keys: the columns that there are.
        usual: the columns of the usual order; none if the rows are in it.
        reverse: whether each column, or else the usual order, is the other way round.

    Raises:
        UsageError: there is no such column.
    """
    found = list(rows)
    if sort:
        found = _sorted(found, usual, keys, reverse=False)
        return _sorted(found, sort, keys, reverse=reverse)
    if usual:
        return _sorted(found, usual, keys, reverse=reverse)
    return found[::-1] if reverse else found


def _sorted(rows: list[T], sort: Sort, keys: Mapping[str, SortKey], *, reverse: bool) -> list[T]:
    for column in reversed(sort):
        if column.name not in keys:
            problem = _('--sort: no column "{name}" here').format(name=column.name)
            raise UsageError(with_fix(problem, choose_one_of(keys)))
        keyed = [(keys[column.name](row), row) for row in rows]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=column.descending != reverse)
        rows = [row for _, row in known] + [row for key, row in keyed if key is None]
    return rows


def value_of(path: str) -> SortKey:
    """The value that a path of attributes leads to; nothing and an empty text are unknown."""
    get = attrgetter(path)

    def key(row: Any) -> Any:
        try:
            value = get(row)
        except AttributeError:  # a None on the way
            return None
        return None if value in ("", ()) else value

    return key


def name_of(path: str) -> SortKey:
    """A name as names are compared, in any case and with any accents."""
    get = value_of(path)

    def key(row: Any) -> str | None:
        name = get(row)
        return fold(name) if name else None

    return key


def time_of(path: str) -> SortKey:
    """A date or an interval of EDTF in the order of time."""
    get = value_of(path)

    def key(row: Any) -> tuple[str, str] | None:
        return time_key(get(row))

    return key


def time_key(when: str | None) -> tuple[str, str] | None:
    """A sort key of EDTF in the order of `Date`: by its digits first, so that 1996~ is before 1996-03."""
    if not when:
        return None
    return when.rstrip("~?"), when


def end_of(dataset: Dataset, side: int, language: str) -> SortKey:
    """The name of a place, in one language, of rows that have the record of their partnership.

    Args:
        dataset: where the places are.
        side: 0 for the place, 1 for the partner.
        language: of the names; empty for the native ones.
    """

    def key(row: Any) -> str:
        place = dataset.places[row.partnership.between[side]]
        if not language:
            return fold(native_name(dataset, place))
        return fold(localized(place.name, language))

    return key
