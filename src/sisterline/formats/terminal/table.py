"""Tables of rows for a terminal: columns that fit the width, Chinese and Japanese lined up."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.text.cells import pad, truncate, width, wrap
from sisterline.text.escape import printable
from sisterline.views.blocks import Bars, Column, Table, Text
from sisterline.views.style import Glyphs

SPACE = 2  # cells between columns
NARROW = 80  # below this width a column's narrow text is shown
LONGEST_BAR = 40  # cells


def table_lines(table: Table, viewport: Viewport, cited: set[int]) -> Iterator[StyledLine]:
    """A line of headings and a line per row; columns that are empty in every row are left out.

    The rows are gone through twice, to measure the columns and to lay out the lines one by one as they are
    asked for: of many rows the first are printed long before the last are laid out, and none are kept.

    Args:
        table: what to lay out.
        viewport: how much room there is.
        cited: takes the numbers of the footnotes that the shown columns cite.
    """
    if table.sentence and viewport.width is not None and viewport.width < table.sentence_below:
        yield from _sentences(table, table.sentence, viewport, cited)
        return
    narrow = viewport.width is not None and viewport.width < NARROW
    measured = [_Measured.of(column, table.rows, narrow=narrow) for column in table.for_people()]
    filled = [column for column in measured if column.widest]
    if table.rows and not filled:
        filled = measured
    room = None if viewport.width is None else viewport.width - table.indent
    shown = fit(filled, room)
    glyphs = viewport.glyphs
    if not table.headless:
        headings = [_cell(column.column.heading or "") for column, _ in shown]
        yield _line(
            table.indent, [_Place(size, "dim", column.right) for column, size in shown], headings, glyphs
        )
    yield from _rows(table, shown, glyphs)
    for column, _ in shown:
        if column.column.cites:
            cited.update(number for row in table.rows for number in column.column.cites(row))
    yield from _dropped_note(filled, shown, table.indent, viewport)


class _Measured(NamedTuple):
    """A column, how its cells are read, and the cells that the widest one takes."""

    column: Column
    text: Text
    widest: int

    @classmethod
    def of(cls, column: Column, rows: Sequence[Any], *, narrow: bool) -> "_Measured":
        """Measure the cells of a column."""
        text = column.text_reader(narrow=narrow)
        return cls(column, text, _widest(text, rows))

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
    style: str
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
        slack = [size - column.column.min_width for column, size in zip(kept, sizes, strict=True)]
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
        # Of several with the same order the last one goes first.
        first_to_go = max(reversed(kept), key=_drop_order)
        if not first_to_go.column.drop_order:
            break
        kept.remove(first_to_go)
    return kept


def _drop_order(column: _Measured) -> int:
    return column.column.drop_order


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
    text = printable(text).rstrip()
    return text, width(text)


def _rows(table: Table, shown: Sequence[_Sized], glyphs: Glyphs) -> Iterator[StyledLine]:
    places = [_Place(size, column.column.style, column.right) for column, size in shown]
    texts = [column.text for column, _ in shown]
    wrapping = [number for number, (column, _) in enumerate(shown) if column.column.wrap]
    for row in table.rows:
        cells = [_cell(text(row)) for text in texts]
        too_long = [number for number in wrapping if cells[number][1] > places[number].size]
        if too_long:
            yield from _wrapped(table.indent, places, cells, too_long[-1], glyphs)
        else:
            yield _line(table.indent, places, cells, glyphs)


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
    indent: int, places: Sequence[_Place], cells: Sequence[_Cell], number: int, glyphs: Glyphs
) -> Iterator[StyledLine]:
    """The lines of a row, the text of one column of which continues below."""
    first, *rest = wrap(cells[number][0], places[number].size)
    yield _line(indent, places, [*cells[:number], _cell(first), *cells[number + 1 :]], glyphs)
    for part in rest:
        below = [("", 0)] * len(places)
        below[number] = _cell(part)
        yield _line(indent, places, below, glyphs)


def _sentences(table: Table, sentence: Text, viewport: Viewport, cited: set[int]) -> Iterator[StyledLine]:
    """A row in words per line, continued below with an indent."""
    for row in table.rows:
        text = printable(sentence(row))
        room = (viewport.width or len(text)) - table.indent - SPACE
        first, *rest = wrap(text, max(8, room))
        yield ((" " * table.indent, ""), (first, ""))
        yield from (((" " * (table.indent + SPACE), ""), (part, "")) for part in rest)
    for column in table.for_people():
        if column.cites:
            cited.update(number for row in table.rows for number in column.cites(row))


def _dropped_note(
    filled: Sequence[_Measured], shown: Sequence[_Sized], indent: int, viewport: Viewport
) -> Iterator[StyledLine]:
    """Which columns are left out for want of width."""
    kept = {id(column.column) for column, _ in shown}
    dropped = [column.column.heading for column in filled if id(column.column) not in kept]
    names = ", ".join(dict.fromkeys(name for name in dropped if name))
    if names and viewport.width is not None:
        for part in wrap(f"not shown here: {names}", max(8, viewport.width - indent)):
            yield ((" " * indent, ""), (part, "dim"))


def bar_lines(bars: Bars, viewport: Viewport, indent: int = 2) -> Iterator[StyledLine]:
    """Labels with counts and bars in proportion."""
    if not bars.rows:
        return
    labels = [printable(label) for label, _ in bars.rows]
    label_width = max(map(width, labels))
    digits = max(len(f"{count:,}") for _, count in bars.rows)
    bar_room = LONGEST_BAR
    if viewport.width is not None:
        bar_room = min(LONGEST_BAR, viewport.width - indent - label_width - digits - 2 * SPACE)
        if bar_room < 4:
            label_width, bar_room = max(4, viewport.width - indent - digits - SPACE), 0
    most = max(count for _, count in bars.rows) or 1
    glyphs = viewport.glyphs
    for label, (_, count) in zip(labels, bars.rows, strict=True):
        cells = round(count * bar_room / most)
        if not cells and count and bar_room:
            cells = 1
        line = [
            (" " * indent, ""),
            (pad(truncate(label, label_width, glyphs.ellipsis), label_width), ""),
            (" " * SPACE + pad(f"{count:,}", digits, "right"), "number"),
        ]
        if cells:
            line += [(" " * SPACE, ""), (glyphs.bar * cells, "bar")]
        yield tuple(line)
