"""Tables of rows for a terminal: columns that fit the width, Chinese and Japanese lined up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from sisterline.render.canvas import Line, Marks, Span, View
from sisterline.render.text import clip, pad, visible, width, wrap

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
    texts = [[visible(column.cell(row)) for row in rows] for column in columns]
    sizes = [
        max([width(column.heading), *map(width, cells)]) for column, cells in zip(columns, texts, strict=True)
    ]
    kept = [n for n, cells in enumerate(texts) if any(cells)]
    sizes = _fit(columns, sizes, kept, view, indent)
    yield _line(indent, ((columns[n].heading, "dim", sizes[n], columns[n].align) for n in kept), view.marks)
    for number in range(len(rows)):
        cells = [(texts[n][number], columns[n].style, sizes[n], columns[n].align) for n in kept]
        below: list[tuple[int, str]] = []
        for at, n in enumerate(kept):
            text, style, size, align = cells[at]
            if columns[n].flows and width(text) > size:
                first, *rest = wrap(text, size)
                cells[at] = (first, style, size, align)
                below = [(at, line) for line in rest]
        yield _line(indent, cells, view.marks)
        for at, line in below:
            blank = [("", style, size, align) for _, style, size, align in cells]
            blank[at] = (line, *cells[at][1:])
            yield _line(indent, blank, view.marks)


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
    while (over := need() - room) > 0:
        widest = max(kept, key=lambda n: sizes[n] - columns[n].least)
        if sizes[widest] <= columns[widest].least:
            break
        others = sorted((sizes[n] for n in kept if n != widest), reverse=True)
        floor = max(columns[widest].least, others[0] if others and others[0] < sizes[widest] else 0)
        sizes[widest] -= max(1, min(over, sizes[widest] - floor))
    while need() > room and len(kept) > 1:
        kept.pop()
    if need() > room:
        sizes[kept[0]] = max(1, room)
    return sizes


def _line(indent: int, cells: Iterable[tuple[str, str, int, Align]], marks: Marks) -> Line:
    spans: list[Span] = [(" " * indent, "")] if indent else []
    for text, style, size, align in cells:
        if len(spans) > bool(indent):
            spans.append((" " * SPACE, ""))
        cut = clip(text, size, marks.ellipsis)
        filled = pad(cut, size, align)
        spans.append((filled, style))
    # No blanks at the end of a line: they wrap in narrow terminals and show in diffs.
    while spans and not spans[-1][0].strip():
        spans.pop()
    if spans:
        spans[-1] = (spans[-1][0].rstrip(), spans[-1][1])
    return tuple(spans)


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
