"""Tables and bars: whatever the data, no line is wider than the view, and columns line up in cells."""

import io
import tracemalloc
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from helpers import HOSTILE, plain
from sisterline.formats.terminal.console import ASCII, BATCH, SCREEN, StyledLine, Viewport, print_lines
from sisterline.formats.terminal.table import Column, bars, table
from sisterline.text.cells import width

Row = tuple[str, ...]

_CELLS = st.sampled_from([*HOSTILE, "Beihai 北海市", "x" * 50, "Kumamoto Prefecture", "1,234", "八代市" * 9])
_WIDTHS = st.integers(20, 200)


def _columns(count: int, **options: Sequence[int]) -> list[Column]:
    def cell(number: int) -> Column:
        weight = options.get("weights", [0] * count)[number]
        return Column(
            f"Heading {number}",
            lambda row: str(row[number]),
            weight=weight,
            least=4,
            flows=number == count - 1,
        )

    return [cell(number) for number in range(count)]


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[Column], list[Row]]:
    count = draw(st.integers(1, 7))
    weights = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    rows = draw(st.lists(st.tuples(*[_CELLS] * count), max_size=5))
    return _columns(count, weights=weights), rows


@given(_tables(), _WIDTHS, st.sampled_from([0, 2, 4]))
def test_no_line_of_a_table_is_wider_than_the_view(
    made: tuple[list[Column], list[Row]], cells: int, indent: int
) -> None:
    for line in plain(table(*made, Viewport(cells), indent)):
        assert width(line) <= cells, line


@given(_tables())
def test_nothing_is_cut_where_there_is_no_width(made: tuple[list[Column], list[Row]]) -> None:
    columns, rows = made
    lines = plain(table(columns, rows, Viewport()))
    assert len(lines) == len(rows) + 1
    assert not any("…" in line for line in lines)


@given(_tables(), st.none() | _WIDTHS)
def test_no_line_of_a_table_ends_in_blanks(made: tuple[list[Column], list[Row]], cells: int | None) -> None:
    assert all(line == line.rstrip() for line in plain(table(*made, Viewport(cells))))


def _starts(line: str, word: str) -> int:
    """The cell in which a word begins."""
    return width(line[: line.index(word)])


def test_columns_line_up_in_cells_whatever_the_script() -> None:
    columns = [Column("A", lambda row: row[0]), Column("B", lambda row: row[1])]
    lines = plain(
        table(columns, [("Beihai", "one"), ("北海市", "two"), ("Kōbe 神戸市", "three")], Viewport())
    )
    assert {_starts(line, word) for line, word in zip(lines, ("B", "one", "two", "three"), strict=True)} == {
        13
    }


def test_numbers_line_up_on_the_right() -> None:
    columns = [Column("Count", lambda row: row[0], align="right"), Column("Of", lambda row: row[1])]
    assert plain(table(columns, [("1", "x"), ("1,234,567", "y")], Viewport())) == [
        "    Count  Of",
        "        1  x",
        "1,234,567  y",
    ]


def test_a_column_without_anything_in_it_is_left_out() -> None:
    columns = [
        Column("A", lambda row: row[0]),
        Column("Empty", lambda row: ""),
        Column("B", lambda row: row[1]),
    ]
    assert plain(table(columns, [("1", "2")], Viewport())) == ["A  B", "1  2"]


def test_the_heaviest_columns_go_first() -> None:
    columns = [
        Column("Stays", lambda row: "a" * 10),
        Column("Light", lambda row: "b" * 10, weight=1),
        Column("Heavy", lambda row: "c" * 10, weight=2),
    ]

    def headings(cells: int) -> list[str]:
        return plain(table(columns, [()], Viewport(cells)))[0].split()

    assert headings(40) == ["Stays", "Light", "Heavy"]
    assert headings(30) == ["Stays", "Light"]
    assert headings(20) == ["Stays"]


def test_what_is_cut_is_marked_and_what_flows_goes_on_below() -> None:
    columns = [
        Column("Cut", lambda row: row[0], least=6),
        Column("Flows", lambda row: row[1], least=10, flows=True),
    ]
    row = ("a long name of a place", "one two three four")
    lines = plain(table(columns, [row], Viewport(20)))
    assert all(width(line) <= 20 for line in lines)
    assert lines[1].startswith("a l")
    assert "…" in lines[1]
    words = " ".join(line[_starts(lines[0], "Flows") :].strip() for line in lines[1:])
    assert words == "one two three four"
    assert "..." in plain(table(columns, [row], Viewport(20, ASCII)))[1]


def test_a_table_without_rows_has_no_columns() -> None:
    assert plain(table(_columns(3), [], Viewport())) == [""]


@given(st.lists(st.tuples(_CELLS, st.integers(0, 10**6)), max_size=6), _WIDTHS)
def test_no_bar_is_wider_than_the_view(rows: list[tuple[str, int]], cells: int) -> None:
    for line in plain(bars(rows, Viewport(cells))):
        assert width(line) <= cells, line


def test_bars_are_in_proportion_and_a_one_is_seen_beside_a_thousand() -> None:
    lines = plain(bars([("many", 1000), ("half", 500), ("one", 1), ("none", 0)], Viewport()))
    assert [line.count("█") for line in lines] == [40, 20, 1, 0]
    assert {
        _starts(line, word) + len(word) for line, word in zip(lines, ("1,000", "500", "1"), strict=False)
    } == {13}


# --- rows without end -----------------------------------------------------------------------------


class _Rows(Sequence[Row]):
    """Rows that are made when they are asked for, and counted."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.made = 0

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, at: Any) -> Any:
        if at >= self.total:
            raise IndexError
        self.made += 1
        return (f"{at}", f"北海市{at}", "x" * (at % 30))


def test_the_first_lines_are_there_before_the_last_rows_are_laid_out() -> None:
    rows = _Rows(5000)
    lines = table(_columns(3), rows, Viewport(width=80))
    first = list(islice(lines, 51))  # a heading and fifty rows
    measuring = 3 * len(rows)  # each column goes through the rows once
    assert len(first) == 51
    assert rows.made <= measuring + 51
    assert sum(1 for _ in lines) >= len(rows) - 50
    assert rows.made == measuring + len(rows)


def test_three_times_as_many_rows_take_no_more_memory() -> None:
    def peak(count: int) -> int:
        rows = _Rows(count)
        tracemalloc.start()
        for _ in table(_columns(3), rows, Viewport(width=80)):
            pass
        held: int = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    # 6,000 rows fill what remembers widths, some 0.7 MB.
    assert peak(18_000) < 1.5 * peak(6000)


def test_a_screen_is_printed_before_the_next_line_is_asked_for() -> None:
    out = io.StringIO()

    def lines() -> Iterator[StyledLine]:
        for number in range(SCREEN + BATCH + 3):
            written = out.getvalue().count("\n")
            assert written == (
                0 if number < SCREEN else SCREEN if number < SCREEN + BATCH else SCREEN + BATCH
            )
            yield ((f"line {number}", "head"),)

    print_lines(lines(), out)
    assert out.getvalue().splitlines() == [f"line {number}" for number in range(SCREEN + BATCH + 3)]
