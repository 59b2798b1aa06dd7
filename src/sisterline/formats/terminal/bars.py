"""Bars for a terminal: labels with counts, and bars in proportion to the largest."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.text.cells import pad, truncate, width
from sisterline.text.escape import printable
from sisterline.views.drawings import Bars

SPACE = 2  # cells between label, count and bar
INDENT = 2
LONGEST = 40  # cells of the longest bar
SHORTEST = 4  # with less room for the longest there are no bars
LEAST_LABEL = 4


def bar_lines(bars: Bars, viewport: Viewport) -> Iterator[StyledLine]:
    """A line per label; its bar has at least one cell if its count is not 0."""
    if not bars.rows:
        return
    glyphs = viewport.glyphs
    labels = [printable(label) for label, _ in bars.rows]
    digits = max(len(f"{count:,}") for _, count in bars.rows)
    label_width, room = _widths(max(map(width, labels)), digits, viewport)
    most = max(count for _, count in bars.rows) or 1
    for label, (_, count) in zip(labels, bars.rows, strict=True):
        line: list[StyledText] = [
            (" " * INDENT, ""),
            (pad(truncate(label, label_width, glyphs.ellipsis), label_width), ""),
            (" " * SPACE + pad(f"{count:,}", digits, "right"), "number"),
        ]
        if count and room:
            cells = max(1, round(count * room / most))
            line += [(" " * SPACE, ""), (glyphs.bar * cells, "bar")]
        yield tuple(line)


def _widths(label: int, digits: int, viewport: Viewport) -> tuple[int, int]:
    """The cells of the labels and of the longest bar."""
    if viewport.width is None:
        return label, LONGEST
    room = min(LONGEST, viewport.width - INDENT - label - digits - 2 * SPACE)
    if room >= SHORTEST:
        return label, room
    return min(label, max(LEAST_LABEL, viewport.width - INDENT - digits - SPACE)), 0
