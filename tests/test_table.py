"""Tables and bars: whatever the data, no line is wider than the view, and columns line up in cells."""

import io
import re
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import HOSTILE, plain
from sisterline.formats.terminal.bars import bar_lines
from sisterline.formats.terminal.console import BATCH, SCREEN, StyledLine, Viewport, print_lines
from sisterline.formats.terminal.table import table_lines
from sisterline.text.cells import width
from sisterline.views.blocks import Column, Table
from sisterline.views.drawings import Bars
from sisterline.views.style import ASCII

Row = tuple[str, ...]

_CELLS = st.sampled_from([*HOSTILE, "Beihai 北海市", "x" * 50, "Kumamoto Prefecture", "1,234", "八代市" * 9])
_WIDTHS = st.integers(20, 200)


def cell(number: int) -> Callable[[Any], str]:
    """What reads a cell of a row."""

    def read(row: Any) -> str:
        return str(row[number])

    return read


def always(text: str) -> Callable[[Any], str]:
    """The same cell for every row."""

    def read(_: Any) -> str:
        return text

    return read


def laid_out(table: Table, viewport: Viewport) -> list[str]:
    """The lines of a table without their styles."""
    return plain(table_lines(table, viewport, set()))


def _table(columns: Sequence[Column], rows: Sequence[Any], indent: int = 0) -> Table:
    return Table(name="rows", columns=tuple(columns), rows=rows, indent=indent)


def _columns(count: int, drop_orders: Sequence[int] = ()) -> list[Column]:
    return [
        Column(
            heading=f"Heading {number}",
            text=cell(number),
            drop_order=drop_orders[number] if drop_orders else 0,
            min_width=4,
            wrap=number == count - 1,
        )
        for number in range(count)
    ]


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 7))
    drop_orders = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    rows = draw(st.lists(st.tuples(*[_CELLS] * count), max_size=5))
    return _table(_columns(count, drop_orders), rows, draw(st.sampled_from([0, 2, 4])))


@given(_tables(), _WIDTHS)
def test_no_line_of_a_table_is_wider_than_the_view(table: Table, cells: int) -> None:
    for line in laid_out(table, Viewport(cells)):
        assert width(line) <= cells, line


@given(_tables())
def test_nothing_is_cut_where_there_is_no_width(table: Table) -> None:
    lines = laid_out(table, Viewport())
    assert len(lines) == (len(table.rows) + 1 if table.rows else 0)
    assert not any("…" in line or "not shown" in line for line in lines)


@given(_tables(), st.none() | _WIDTHS)
def test_no_line_of_a_table_ends_in_blanks(table: Table, cells: int | None) -> None:
    assert all(line == line.rstrip() for line in laid_out(table, Viewport(cells)))


@given(_tables(), _WIDTHS)
def test_the_columns_that_are_left_out_are_named_once_and_no_others(table: Table, cells: int) -> None:
    lines = laid_out(table, Viewport(cells))
    note = next((n for n, line in enumerate(lines) if line.lstrip().startswith("not shown")), len(lines))
    named = re.findall(r"Heading (\d)", re.sub(r"\s+", " ", " ".join(lines[note:])))
    filled = [str(n) for n in range(len(table.columns)) if any(row[n].strip() for row in table.rows)]
    if table.rows and not filled:
        filled = [str(n) for n in range(len(table.columns))]
    # A heading that is shown may be cut, but is there: as many as are not named.
    headings = lines[0].split("  ") if lines else []
    shown = [heading for heading in headings if heading.strip()]
    assert len(named) == len(set(named))
    assert set(named) <= set(filled)
    assert len(shown) == len(filled) - len(named)


def _starts(line: str, word: str) -> int:
    """The cell in which a word begins."""
    return width(line[: line.index(word)])


def test_columns_line_up_in_cells_whatever_the_script() -> None:
    columns = [Column(heading="A", text=cell(0)), Column(heading="B", text=cell(1))]
    rows = [("Beihai", "one"), ("北海市", "two"), ("Kōbe 神戸市", "three")]
    lines = laid_out(_table(columns, rows), Viewport())
    assert {_starts(line, word) for line, word in zip(lines, ("B", "one", "two", "three"), strict=True)} == {
        13
    }


def test_numbers_line_up_on_the_right() -> None:
    columns = [Column(heading="Count", text=cell(0), align="right"), Column(heading="Of", text=cell(1))]
    assert laid_out(_table(columns, [("1", "x"), ("1,234,567", "y")]), Viewport()) == [
        "    Count  Of",
        "        1  x",
        "1,234,567  y",
    ]


def test_a_column_without_anything_in_it_is_left_out() -> None:
    columns = [
        Column(heading="A", text=cell(0)),
        Column(heading="Empty", text=always("")),
        Column(heading="B", text=cell(1)),
    ]
    assert laid_out(_table(columns, [("1", "2")]), Viewport()) == ["A  B", "1  2"]


def test_the_columns_of_the_highest_number_are_dropped_first() -> None:
    columns = [
        Column(heading="Stays", text=always("a" * 10)),
        Column(heading="Light", text=always("b" * 10), drop_order=1),
        Column(heading="Heavy", text=always("c" * 10), drop_order=2),
    ]

    def headings(cells: int) -> list[str]:
        return laid_out(_table(columns, [()]), Viewport(cells))[0].split()

    assert headings(40) == ["Stays", "Light", "Heavy"]
    assert headings(30) == ["Stays", "Light"]
    assert headings(20) == ["Stays"]


def test_what_is_cut_is_marked_and_what_flows_goes_on_below() -> None:
    columns = [
        Column(heading="Cut", text=cell(0), min_width=6),
        Column(heading="Flows", text=cell(1), min_width=10, wrap=True),
    ]
    row = ("a long name of a place", "one two three four")
    lines = laid_out(_table(columns, [row]), Viewport(20))
    assert all(width(line) <= 20 for line in lines)
    assert lines[1].startswith("a l")
    assert "…" in lines[1]
    words = " ".join(line[_starts(lines[0], "Flows") :].strip() for line in lines[1:])
    assert words == "one two three four"
    assert "..." in laid_out(_table(columns, [row]), Viewport(20, ASCII))[1]


def test_a_table_without_rows_has_no_headings_either() -> None:
    assert laid_out(_table(_columns(3), []), Viewport()) == []


@given(st.lists(st.tuples(_CELLS, st.integers(0, 10**6)), max_size=6), _WIDTHS)
def test_no_bar_is_wider_than_the_view(rows: list[tuple[str, int]], cells: int) -> None:
    for line in plain(bar_lines(Bars(title="", rows=tuple(rows)), Viewport(cells))):
        assert width(line) <= cells, line


def test_bars_are_in_proportion_and_a_one_is_seen_beside_a_thousand() -> None:
    bars = Bars(title="", rows=(("many", 1000), ("half", 500), ("one", 1), ("none", 0)))
    lines = plain(bar_lines(bars, Viewport()))
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
    lines = table_lines(_table(_columns(3), rows), Viewport(80), set())
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
        for _ in table_lines(_table(_columns(3), rows), Viewport(80), set()):
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
            yield ((f"line {number}", "title"),)

    print_lines(lines(), out)
    assert out.getvalue().splitlines() == [f"line {number}" for number in range(SCREEN + BATCH + 3)]


# --- footnotes ------------------------------------------------------------------------------------


def _marks(row: Any) -> Sequence[int]:
    numbers: Sequence[int] = row
    return numbers


_CITED = st.lists(st.lists(st.integers(1, 120), max_size=12).map(tuple), min_size=1, max_size=6)


@given(_CITED, _WIDTHS)
def test_no_footnote_mark_is_cut_and_what_is_shown_is_what_is_cited(
    rows: list[tuple[int, ...]], cells: int
) -> None:
    columns = [
        Column(heading="Name", text=always("八代市" * 9), min_width=5),
        Column(heading="Source", cites=_marks, drop_order=1),
        Column(heading="Also cited", cites=_marks, drop_order=2),
    ]
    cited: set[int] = set()
    lines = plain(table_lines(_table(columns, rows), Viewport(cells), cited))
    assert all(width(line) <= cells for line in lines)
    page = "\n".join(lines)
    shown = {int(number) for number in re.findall(r"\[(\d+)\]", page)}
    assert shown == cited
    assert shown in (set(), {number for row in rows for number in row})
    assert page.count("[") == page.count("]") == len(re.findall(r"\[\d+\]", page))


def test_footnotes_are_counted_as_their_rows_are_laid_out() -> None:
    cited: set[int] = set()
    table = _table([Column(heading="Source", cites=_marks)], [(1,), (2,), (3,)])
    lines = table_lines(table, Viewport(80), cited)
    next(lines), next(lines)
    assert cited == {1}
    assert len(list(lines)) == 2
    assert cited == {1, 2, 3}


def test_columns_of_the_same_number_are_dropped_together() -> None:
    columns = [
        Column(heading="Stays", text=always("a" * 10)),
        Column(heading="Region", text=always("b" * 8), drop_order=1),
        Column(heading="Region", text=always("c" * 8), drop_order=1),
    ]
    assert laid_out(_table(columns, [()]), Viewport(29)) == ["Stays", "a" * 10, "not shown here: Region"]


@pytest.mark.parametrize("cells", [20, 24, 30, 60])
def test_a_column_that_is_never_cut_is_whole_or_dropped(cells: int) -> None:
    columns = [
        Column(heading="Name", text=always("八代市" * 5), min_width=4),
        Column(heading="Date", text=always("2018-12-18/2018-12-23"), min_width=0),
    ]
    page = "\n".join(laid_out(_table(columns, [()]), Viewport(cells)))
    assert ("2018-12-18/2018-12-23" in page) != ("not shown here: Date" in page)
