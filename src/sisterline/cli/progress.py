"""A progress bar on a terminal while data is read for longer than half a second."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from sisterline.reading import OnProgress
from sisterline.text.cells import width
from sisterline.translation import gettext as _

AFTER = 0.5  # seconds before the bar appears
EVERY = 0.1  # seconds from one drawing to the next
_CELLS, _LEAST_CELLS = 30, 5  # of the bar; in a smaller space there is only the percentage


@contextmanager
def bar(
    stream: TextIO | None = None, *, after: float | None = None, words: str = ""
) -> Iterator[OnProgress | None]:
    """A function that draws the bar from what is done and its total; None off a terminal.

    The bar appears after some time, is drawn again at most every EVERY seconds, and is removed at the end.

    Args:
        stream: where to draw; by default standard error.
        after: seconds before the bar appears; by default AFTER.
        words: before the bar; by default that data is read.
    """
    stream = stream or sys.stderr
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    if after is None:
        after = AFTER
    words = words or _("reading data")
    drawn = False
    due = time.monotonic() + after

    def draw(done: int, total: int) -> None:
        nonlocal drawn, due
        if (now := time.monotonic()) < due or not total:
            return
        drawn, due = True, now + EVERY
        stream.write("\r" + _bar_line(words, min(done / total, 1), _width(stream)))
        stream.flush()

    try:
        yield draw
    finally:
        if drawn:
            stream.write("\r\x1b[K")
            stream.flush()


def _bar_line(words: str, share: float, columns: int) -> str:
    """The bar as ASCII, which every encoding has; never in the last column, where some terminals wrap."""
    room = min(_CELLS, columns - width(words) - len(" []  100%") - 1)
    if room < _LEAST_CELLS:
        return f"{words} {share:4.0%}"
    filled = int(share * room)
    return f"{words} [{'#' * filled}{'.' * (room - filled)}] {share:4.0%}"


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
