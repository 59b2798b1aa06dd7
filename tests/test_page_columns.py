"""The columns that the page holds its data in; tests/test_page_browser.py unpacks them with its script."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisterline.formats.html.columns import column

# What is in no column: a row without a value.
HOLE = object()

PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=4)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=20,
)


def unpack(packed: Any) -> list[Any]:
    """The values of a column, as the docstring of `columns` describes it."""
    if isinstance(packed, list):
        return packed
    if "fields" in packed:
        return _records(packed)
    if "parts" in packed:
        return _merged([unpack(part) for part in packed["parts"]])
    values = iter(unpack(packed["of"]))
    if "lengths" in packed:
        return [[next(values) for _ in range(length)] for length in packed["lengths"]]
    if "numbers" in packed:
        texts = list(values)
        return [texts[number] for number in packed["numbers"]]
    found: list[Any] = []
    at = 0
    for gap, value in zip(packed["gaps"], values, strict=True):
        at += gap
        found += [HOLE] * (at - len(found)) + [value]
    return found


def _records(packed: Any) -> list[Any]:
    records: list[dict[str, Any]] = [{} for _ in range(packed["rows"])]
    for name, values in packed["fields"].items():
        for record, value in zip(records, unpack(values), strict=False):
            if value is not HOLE:
                record[name] = value
    return records


def _merged(parts: list[list[Any]]) -> list[Any]:
    merged = [HOLE] * max(map(len, parts))
    for part in parts:
        for row, value in enumerate(part):
            if value is not HOLE:
                merged[row] = value
    return merged


@given(st.lists(VALUES, max_size=8))
def test_what_is_packed_comes_out_again(values: list[Any]) -> None:
    assert unpack(json.loads(json.dumps(column(values)))) == values


@pytest.mark.parametrize(
    ("values", "packed"),
    [
        ([], []),
        ([1, None, True, [2]], [1, None, True, [2]]),
        (["a", "b"], ["a", "b"]),
        (["a", "b", "b", "a"], {"of": ["a", "b"], "numbers": [0, 1, 1, 0]}),
        (
            [{"a": 1}, {}, {"a": 2, "b": 3}],
            {"fields": {"a": {"of": [1, 2], "gaps": [0, 2]}, "b": {"of": [3], "gaps": [2]}}, "rows": 3},
        ),
        (
            [[{"a": 1}, {"a": 2}], [{"a": 3}]],
            {"of": {"fields": {"a": [1, 2, 3]}, "rows": 3}, "lengths": [2, 1]},
        ),
        (
            ["a", {"b": 1}],
            {
                "parts": [
                    {"of": ["a"], "gaps": [0]},
                    {"of": {"fields": {"b": [1]}, "rows": 1}, "gaps": [1]},
                ]
            },
        ),
    ],
)
def test_each_kind_of_value_has_its_column(values: list[Any], packed: Any) -> None:
    assert column(values) == packed
