"""Tables of rows for a terminal: columns that fit the width, Chinese and Japanese lined up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.text.cells import truncate, width, wrap
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.translation import listed
from sisterline.views.blocks import Column, Table, Text, cite, cite_in_text
from sisterline.views.roles import Role
from sisterline.views.style import Glyphs

SPACE = 2  # cells between columns
NARROW = 80  # below this width a column's narrow text is shown


def table_lines(table: Table, viewport: Viewport, cited: set[int]) -> Iterator[StyledLine]:
    """A line of headings and a line per row; columns that are empty in every row are left out.

    The rows are gone through twice, to measure the columns and to lay out the lines one by one as they are
    asked for: of many rows the first are printed long before the last are laid out, and none are kept.

    Args:
        table: what to lay out; nothing where it has no rows.
        viewport: how much room there is.
        cited: takes the numbers of the footnotes that the shown columns cite, as their rows are laid out.
    """
    if not table.rows:
        return
    if table.sentence and viewport.width is not None and viewport.width < table.sentence_below:
        yield from _sentences(table, table.sentence, viewport, cited)
        return
    narrow = viewport.width is not None and viewport.width < NARROW
    measured = [_Measured.of(column, table.rows, narrow=narrow) for column in table.for_people()]
    filled = [column for column in measured if column.widest] or measured
    room = None
    if viewport.width is not None:
        room = viewport.width - table.indent
    shown = fit(filled, room)
    if not table.headless:
        places = [_Place(size, "column", column.right) for column, size in shown]
        headings = [_cell(column.column.heading or "") for column, _ in shown]
        yield _line(table.indent, places, headings, viewport.glyphs)
    yield from _rows(table, shown, viewport.glyphs, cited)
    yield from _dropped_note(filled, shown, table.indent, viewport)


class _Measured(NamedTuple):
    """A column, how its cells are read, the cells that the widest one takes, and the least that it needs."""

    column: Column
    text: Text
    widest: int
    least: int

    @classmethod
    def of(cls, column: Column, rows: Sequence[Any], *, narrow: bool) -> "_Measured":
        """Measure the cells of a column."""
        text = column.text_reader(narrow=narrow)
        widest = _widest(text, rows)
        least = column.min_width or widest
        if column.cites is not None:
            last = max((number for row in rows for number in column.cites(row)), default=0)
            least = width(cite((last,)))
        return cls(column, text, widest, least)

    @property
    def natural(self) -> int:
        """The cells that heading and cells take."""
        return max(self.widest, width(self.column.heading or ""))

    @property
    def right(self) -> bool:
        return self.column.align == "right"


_Sized = tuple[_Measured, int]  # a column and its width in cells
_Cell = tuple[str, int]  # a text and the cells that it takes


class _Place(NamedTuple):
    """How a cell is laid out."""

    size: int
    style: Role
    right: bool


def fit(columns: Sequence[_Measured], room: int | None) -> list[_Sized]:
    """The columns that fit a width, with their widths: some are dropped, then the widest are cut.

    Args:
        columns: those that have something to show.
        room: cells; None for as many as they take.
    """
    if room is None:
        return [(column, column.natural) for column in columns]
    kept = _without_dropped(columns, room)
    sizes = [column.natural for column in kept]
    while _total(sizes) > room:
        slack = [size - column.least for column, size in zip(kept, sizes, strict=True)]
        if max(slack) <= 0:
            break
        sizes[slack.index(max(slack))] -= 1
    while _total(sizes) > room and len(kept) > 1:
        kept.pop()
        sizes.pop()
    if _total(sizes) > room:
        sizes[0] = max(1, room)
    return list(zip(kept, sizes, strict=True))


def _without_dropped(columns: Sequence[_Measured], room: int) -> list[_Measured]:
    """The columns that stay where those that may be cut before others are dropped are cut."""
    kept = list(columns)
    while _total([_firm_width(column) for column in kept]) > room:
        first_to_go = max(column.column.drop_order for column in kept)
        if not first_to_go:
            break
        kept = [column for column in kept if column.column.drop_order != first_to_go]
    return kept


def _firm_width(column: _Measured) -> int:
    return min(column.natural, column.column.shrink_to or column.natural)


def _total(sizes: Sequence[int]) -> int:
    return sum(sizes) + SPACE * (len(sizes) - 1)


def _widest(text_of: Text, rows: Iterable[Any]) -> int:
    """The cells that the widest text of a column takes."""
    most = 0
    for row in rows:
        text = text_of(row)
        # A printable character is at most two cells wide: most texts need no measuring.
        at_most = len(text) if text.isascii() else 2 * len(text)
        if at_most > most or not text.isprintable():
            most = max(most, _cell(text)[1])
    return most


def _cell(text: str) -> _Cell:
    if text.isascii() and text.isprintable():  # most are: nothing to escape, and a cell for each character
        text = text.rstrip()
        return text, len(text)
    text = printable(text).rstrip()
    return text, width(text)


def _rows(table: Table, shown: Sequence[_Sized], glyphs: Glyphs, cited: set[int]) -> Iterator[StyledLine]:
    places = [_Place(size, column.column.style, column.right) for column, size in shown]
    texts = [column.text for column, _ in shown]
    breakers = [_breaker(column.column) for column, _ in shown]
    breakable = [n for n, breaker in enumerate(breakers) if breaker is not None]
    citing = [column.column.cites for column, _ in shown if column.column.cites is not None]
    for row in table.rows:
        for cites in citing:
            cited.update(cites(row))
        cells = [_cell(text(row)) for text in texts]
        if any(cells[n][1] > places[n].size for n in breakable):
            yield from _wrapped(table.indent, places, cells, breakers, glyphs)
        else:
            yield _line(table.indent, places, cells, glyphs)


_Breaker = Callable[[str, int], list[str]]  # a text and its room -> lines


def _breaker(column: Column) -> _Breaker | None:
    """How a cell that is too long is broken into lines; None where it is cut."""
    if column.cites is not None:
        return _break_cites
    return wrap if column.wrap else None


def _break_cites(marks: str, room: int) -> list[str]:
    """Footnote marks in lines, none of them broken."""
    return [line.replace(" ", "") for line in wrap(marks.replace("][", "] ["), room)]


def _line(indent: int, places: Sequence[_Place], cells: Sequence[_Cell], glyphs: Glyphs) -> StyledLine:
    """The cells of a row, cut and filled to their sizes; no blanks at the end, where they would wrap."""
    line: list[StyledText] = []
    blanks = indent
    for (size, style, right), (text, cell_width) in zip(places, cells, strict=True):
        if not text:
            blanks += size + SPACE
            continue
        if cell_width > size:
            text = truncate(text, size, glyphs.ellipsis)
            cell_width = width(text)
        fill = size - cell_width
        if right:
            blanks += fill
            fill = 0
        if blanks:
            line.append((" " * blanks, ""))
        line.append((text, style))
        blanks = fill + SPACE
    return tuple(line)


def _wrapped(
    indent: int,
    places: Sequence[_Place],
    cells: Sequence[_Cell],
    breakers: Sequence[_Breaker | None],
    glyphs: Glyphs,
) -> Iterator[StyledLine]:
    """The lines of a row in which the texts of some columns continue below."""
    columns: list[list[_Cell]] = []
    for place, cell, breaker in zip(places, cells, breakers, strict=True):
        if breaker is None or cell[1] <= place.size:
            columns.append([cell])
        else:
            columns.append([_cell(part) for part in breaker(cell[0], place.size)])
    for line in zip_longest(*columns, fillvalue=("", 0)):
        yield _line(indent, places, line, glyphs)


def _sentences(table: Table, sentence: Text, viewport: Viewport, cited: set[int]) -> Iterator[StyledLine]:
    """A row in words per line, continued below with an indent."""
    citing = [column.cites for column in table.for_people() if column.cites is not None]
    for row in table.rows:
        numbers = [number for cites in citing for number in cites(row)]
        cited.update(numbers)
        text = f"{printable(sentence(row))} {cite_in_text(numbers)}".rstrip()
        room = (viewport.width or len(text)) - table.indent - SPACE
        first, *rest = wrap(text, max(8, room))
        yield ((" " * table.indent, ""), (first, ""))
        yield from (((" " * (table.indent + SPACE), ""), (part, "")) for part in rest)


def _dropped_note(
    filled: Sequence[_Measured], shown: Sequence[_Sized], indent: int, viewport: Viewport
) -> Iterator[StyledLine]:
    """Which columns are left out for want of width."""
    kept = [column for column, _ in shown]
    dropped = [column.column.heading for column in filled if column not in kept]
    names = listed(dict.fromkeys(name for name in dropped if name))
    if names and viewport.width is not None:
        note = _("not shown here: {columns}").format(columns=printable(names))
        for part in wrap(note, max(8, viewport.width - indent)):
            yield ((" " * indent, ""), (part, "minor"))
