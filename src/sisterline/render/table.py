"""Tables of rows for a terminal: columns that fit the width, Chinese and Japanese lined up."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from sisterline.render.canvas import Line, Marks, Span, View
from sisterline.render.text import clip, pad, width, wrap
from sisterline.words import visible

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


def table(columns: Sequence[Column], rows: Sequence[Any], view: View, indent: int = 0) -> Iterator[Line]:
    """A heading and a line a row; columns that are empty in every row are left out."""
    # Each text is measured once: with some thousand rows that is most of the time.
    cells = [[_measured(column.cell(row)) for row in rows] for column in columns]
    kept = [n for n, column in enumerate(cells) if any(size for _, size in column)]
    if rows and not kept:
        kept = list(range(len(columns)))
    sizes = [
        max(width(column.heading), max((size for _, size in found), default=0))
        for column, found in zip(columns, cells, strict=True)
    ]
    sizes = _fit(columns, sizes, kept, view, indent)
    chosen = [columns[n] for n in kept]
    sizes = [sizes[n] for n in kept]
    heads = [Column(column.heading, column.cell, "dim", column.align) for column in chosen]
    yield _line(indent, heads, sizes, [_measured(column.heading) for column in chosen], view.marks)
    flowing = [n for n, column in enumerate(chosen) if column.flows]
    for row in zip(*(cells[n] for n in kept), strict=True):
        if any(row[n][1] > sizes[n] for n in flowing):
            yield from _flowing(indent, chosen, sizes, row, view.marks)
        else:
            yield _line(indent, chosen, sizes, row, view.marks)


_Cell = tuple[str, int]  # a text and the terminal cells that it takes


def _measured(text: str) -> _Cell:
    text = visible(text).rstrip()
    return text, width(text)


def _fit(columns: Sequence[Column], sizes: list[int], kept: list[int], view: View, indent: int) -> list[int]:
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


def _line(
    indent: int, columns: Sequence[Column], sizes: Sequence[int], row: Sequence[_Cell], marks: Marks
) -> Line:
    """The cells of a row, cut and filled to their sizes; no blanks at the end, where they would wrap."""
    spans: list[Span] = []
    blank = " " * indent
    for column, size, (text, cells) in zip(columns, sizes, row, strict=True):
        if cells > size:
            text = clip(text, size, marks.ellipsis)
            cells = width(text)
        fill = " " * (size - cells)
        if text:
            before = blank + fill if column.align == "right" else blank
            if before:
                spans.append((before, ""))
            spans.append((text, column.style))
            blank = " " * SPACE if column.align == "right" else fill + " " * SPACE
        else:
            blank += fill + " " * SPACE
    return tuple(spans)


def _flowing(
    indent: int, columns: Sequence[Column], sizes: Sequence[int], row: Sequence[_Cell], marks: Marks
) -> Iterator[Line]:
    """The lines of a row one text of which goes on below."""
    first = list(row)
    below: list[tuple[int, str]] = []
    for at, (column, size) in enumerate(zip(columns, sizes, strict=True)):
        if column.flows and row[at][1] > size:
            head, *rest = wrap(row[at][0], size)
            first[at] = (head, width(head))
            below = [(at, line) for line in rest]
    yield _line(indent, columns, sizes, first, marks)
    for at, line in below:
        cells: list[_Cell] = [("", 0)] * len(columns)
        cells[at] = (line, width(line))
        yield _line(indent, columns, sizes, cells, marks)


def bars(rows: Sequence[tuple[str, int]], view: View, indent: int = 2) -> Iterator[Line]:
    """Labels with counts and bars in proportion; the longest bar takes at most 40 cells."""
    if not rows:
        return
    labels = [visible(label) for label, _ in rows]
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
            (pad(clip(label, wide, view.marks.ellipsis), wide), ""),
            (" " * SPACE + pad(f"{count:,}", digits, "right"), "number"),
            *(((" " * SPACE, ""), (bar, "bar")) if bar else ()),
        )
