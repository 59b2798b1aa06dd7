"""Tables of rows for a terminal: columns that fit the width, Chinese and Japanese lined up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from sisterline.formats.terminal.console import Glyphs, StyledLine, StyledText, Viewport
from sisterline.text.cells import pad, truncate, width, wrap
from sisterline.text.escape import printable

Align = Literal["left", "right"]
SPACE = 2  # cells between columns


class Column(Struct, frozen=True):
    """One column of a table.

    Attributes:
        heading: above it.
        cell: the text of a row in it.
        style: of its cells.
        align: of its cells and its heading.
        weight: columns of the highest weight go first where the width does not hold all; 0 never goes.
        least: cells that it may be cut to where the columns that stay are still too wide.
        flows: whether a text that is cut goes on in the lines below instead.
        yields: cells that it may be cut to before another column is dropped; 0 for its whole width.
    """

    heading: str
    cell: Callable[[Any], str]
    style: str = ""
    align: Align = "left"
    weight: int = 0
    least: int = 8
    flows: bool = False
    yields: int = 0


def table(
    columns: Sequence[Column], rows: Sequence[Any], view: Viewport, indent: int = 0
) -> Iterator[StyledLine]:
    """A heading and a line a row; columns that are empty in every row are left out.

    The rows are gone through twice, to measure the columns and to lay out the lines one by one as they are
    asked for: of many rows the first are printed long before the last are laid out, and none are kept.
    """
    widest = [_widest(column.cell, rows) for column in columns]
    kept = [n for n, size in enumerate(widest) if size]
    if rows and not kept:
        kept = list(range(len(columns)))
    sizes = [max(width(column.heading), size) for column, size in zip(columns, widest, strict=True)]
    sizes = _fit(columns, sizes, kept, view, indent)
    columns = [columns[n] for n in kept]
    places = [
        _Place(at, sizes[n], column.style, column.align == "right")
        for at, (n, column) in enumerate(zip(kept, columns, strict=True))
    ]
    heads = [place._replace(style="dim") for place in places]
    yield _line(indent, heads, [_measured(column.heading) for column in columns], view.marks)
    flowing = [place for place in places if columns[place.column].flows]
    texts = [column.cell for column in columns]
    for each in rows:
        row = [_measured(text(each)) for text in texts]
        below = [place for place in flowing if row[place.column][1] > place.size]
        if below:
            yield from _flowing(indent, places, row, below[-1], view.marks)
        else:
            yield _line(indent, places, row, view.marks)


_Cell = tuple[str, int]  # a text and the terminal cells that it takes


class _Place(NamedTuple):
    """Where a column's cells stand in a line."""

    column: int
    size: int
    style: str
    right: bool


def _widest(text_of: Callable[[Any], str], rows: Iterable[Any]) -> int:
    """The cells that the widest text of a column takes."""
    most = 0
    for row in rows:
        text = text_of(row)
        # A printable character is at most two cells wide: most texts need no measuring.
        if (len(text) if text.isascii() else 2 * len(text)) > most or not text.isprintable():
            most = max(most, _measured(text)[1])
    return most


def _measured(text: str) -> _Cell:
    text = printable(text).rstrip()
    return text, width(text)


def _fit(
    columns: Sequence[Column], sizes: list[int], kept: list[int], view: Viewport, indent: int
) -> list[int]:
    """The widths of the columns, some of which are dropped from `kept`, then cut, until they fit."""
    if view.width is None:
        return sizes
    room = view.width - indent

    def need(*, firm: bool = False) -> int:
        cells = (min(sizes[n], columns[n].yields or sizes[n]) if firm else sizes[n] for n in kept)
        return sum(cells) + SPACE * (len(kept) - 1)

    while (
        need(firm=True) > room
        and (heavy := max(kept, key=lambda n: (columns[n].weight, n)))
        and columns[heavy].weight
    ):
        kept.remove(heavy)
    sizes = list(sizes)
    while need() > room:
        widest = max(kept, key=lambda n: sizes[n] - columns[n].least)
        if sizes[widest] <= columns[widest].least:
            break
        sizes[widest] -= 1
    while need() > room and len(kept) > 1:
        kept.pop()
    if need() > room:
        sizes[kept[0]] = max(1, room)
    return sizes


def _line(indent: int, places: Sequence[_Place], row: Sequence[_Cell], marks: Glyphs) -> StyledLine:
    """The cells of a row, cut and filled to their sizes; no blanks at the end, where they would wrap."""
    spans: list[StyledText] = []
    blanks = indent
    for column, size, style, right in places:
        text, cells = row[column]
        if not text:
            blanks += size + SPACE
            continue
        if cells > size:
            text = truncate(text, size, marks.ellipsis)
            cells = width(text)
        fill = size - cells
        if right:
            blanks += fill
            fill = 0
        if blanks:
            spans.append((" " * blanks, ""))
        spans.append((text, style))
        blanks = fill + SPACE
    return tuple(spans)


def _flowing(
    indent: int, places: Sequence[_Place], row: Sequence[_Cell], flowing: _Place, marks: Glyphs
) -> Iterator[StyledLine]:
    """The lines of a row, the text of one column of which goes on below."""
    first, *rest = wrap(row[flowing.column][0], flowing.size)
    cells = list(row)
    cells[flowing.column] = (first, width(first))
    yield _line(indent, places, cells, marks)
    for line in rest:
        cells = [("", 0)] * len(row)
        cells[flowing.column] = (line, width(line))
        yield _line(indent, places, cells, marks)


def bars(rows: Sequence[tuple[str, int]], view: Viewport, indent: int = 2) -> Iterator[StyledLine]:
    """Labels with counts and bars in proportion; the longest bar takes at most 40 cells."""
    if not rows:
        return
    labels = [printable(label) for label, _ in rows]
    wide = max(map(width, labels))
    digits = max(len(f"{count:,}") for _, count in rows)
    room = 40 if view.width is None else min(40, view.width - indent - wide - digits - 2 * SPACE)
    if room < 4 and view.width is not None:
        wide, room = max(4, view.width - indent - digits - SPACE), 0
    most = max(count for _, count in rows) or 1
    for label, (_, count) in zip(labels, rows, strict=True):
        cells = round(count * room / most)
        bar = view.marks.bar * (cells or (1 if count and room else 0))
        yield (
            (" " * indent, ""),
            (pad(truncate(label, wide, view.marks.ellipsis), wide), ""),
            (" " * SPACE + pad(f"{count:,}", digits, "right"), "number"),
            *(((" " * SPACE, ""), (bar, "bar")) if bar else ()),
        )
