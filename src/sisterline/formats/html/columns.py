"""Records column by column: smaller than record by record, and much smaller when it is compressed.

The name of a field is there once, and what is alike lies side by side. `unpack` in script/base.js makes the
records again. A column holds a value for each row, and is one of

* `[...]`: the values as they are;
* `{"of": column, "numbers": [...]}`: each different text once, and for each row the number of its text;
* `{"of": column, "gaps": [...]}`: for a field that some rows lack, the values of the others, and how far the
  row of each is from the one before, the first from row 0;
* `{"of": column, "lengths": [...]}`: lists of records, all records in one column, and how many each row has;
* `{"fields": {name: column}, "rows": n}`: records;
* `{"parts": [column, ...]}`: for values that are not all of one kind, a column for each kind.
"""

from collections.abc import Callable, Sequence
from typing import Any

Column = list[Any] | dict[str, Any]

_ABSENT = object()


def column(values: Sequence[Any]) -> Column:
    """The column of values such as JSON has them, whose records have texts as keys."""
    kinds = _kinds_of(values)
    if len(kinds) > 1:
        return {"parts": [_part(values, kind) for kind in kinds]}
    return kinds[0](values) if kinds else []


def _kinds_of(values: Sequence[Any]) -> list[Callable[[Any], Column]]:
    """What makes the columns of values like these, one for each kind of them."""
    types = dict.fromkeys(map(type, values))
    if list in types or tuple in types:
        return list(dict.fromkeys(map(_kind_of, values)))
    return list(dict.fromkeys(_KINDS.get(each, list) for each in types))


def _kind_of(value: Any) -> Callable[[Any], Column]:
    """What makes the column of values like this one."""
    kind = _KINDS.get(type(value), list)
    if kind is _lists and not (value and all(isinstance(item, dict) for item in value)):
        return list
    return kind


def _part(values: Sequence[Any], kind: Callable[[Any], Column]) -> Column:
    return _with_gaps([value if _kind_of(value) is kind else _ABSENT for value in values])


def _texts(texts: Sequence[str]) -> Column:
    different = list(dict.fromkeys(texts))
    if len(different) * 2 > len(texts):
        return list(texts)
    numbers = {text: number for number, text in enumerate(different)}
    return {"of": different, "numbers": [numbers[text] for text in texts]}


def _records(records: Sequence[dict[str, Any]]) -> Column:
    names = dict.fromkeys(name for record in records for name in record)
    fields = {name: _with_gaps([record.get(name, _ABSENT) for record in records]) for name in names}
    return {"fields": fields, "rows": len(records)}


def _lists(lists: Sequence[Sequence[dict[str, Any]]]) -> Column:
    return {
        "of": column([record for records in lists for record in records]),
        "lengths": list(map(len, lists)),
    }


_KINDS: dict[type, Callable[[Any], Column]] = {str: _texts, dict: _records, list: _lists, tuple: _lists}


def _with_gaps(values: list[Any]) -> Column:
    """The column of values of which some are absent."""
    if _ABSENT not in values:
        return column(values)
    rows = [row for row, value in enumerate(values) if value is not _ABSENT]
    gaps = [row - before for before, row in zip([0, *rows], rows, strict=False)]
    return {"of": column([values[row] for row in rows]), "gaps": gaps}
