"""A progress bar on the terminal while reading data takes long; nothing anywhere else."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from sisterline.reading import OnProgress

AFTER = 0.5  # seconds before the bar appears
EVERY = 0.1  # seconds from one drawing to the next
_CELLS = 30
_WORDS = "reading data "


@contextmanager
def bar(stream: TextIO | None = None, *, after: float | None = None) -> Iterator[OnProgress | None]:
    """A function that draws a bar once some time has passed; None off a terminal.

    The bar is removed at the end.

    Args:
        stream: where it is drawn; standard error by default.
        after: seconds before it appears; AFTER by default.
    """
    stream = stream or sys.stderr
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    drawn = False
    due = time.monotonic() + (AFTER if after is None else after)

    def draw(done: int, total: int) -> None:
        nonlocal drawn, due
        if (now := time.monotonic()) < due or not total:
            return
        drawn, due = True, now + EVERY
        share = min(done / total, 1)
        # ASCII, because the encoding of the stream may have nothing else. Never in the last column, where
        # some terminals begin a new line.
        room = min(_CELLS, _width(stream) - len(_WORDS) - len("[]  100%") - 1)
        filled = int(share * room)
        cells = f"[{'#' * filled}{'.' * (room - filled)}] " if room > 4 else ""
        stream.write(f"\r{_WORDS}{cells}{share:4.0%}")
        stream.flush()

    try:
        yield draw
    finally:
        if drawn:
            stream.write("\r\x1b[K")
            stream.flush()


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
