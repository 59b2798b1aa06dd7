"""The program on a terminal: its bytes go to pyte, an emulator of one, and are read back as cells.

Nearly all calls fork this process instead of starting another: an interpreter that has Rich loaded already
draws a screen in a tenth of the time. `tests/test_cli.py` starts the program itself.
"""

import contextlib
import math
import os
import signal
import struct
import sys
import termios
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fcntl import ioctl
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import combining

import pyte
import pytest
from pyte.screens import Char
from wcwidth import wcwidth

from helpers import call
from sisterline.cli import progress
from sisterline.cli.app import run

LONGEST = 120  # seconds of one call, on the slowest machine
LINES = 24


def warm(cache_folder: Path, *calls: tuple[str, ...]) -> None:
    """Import and cache what some calls need before this process is forked: it takes a third of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SISTERLINE_CACHE_DIR", str(cache_folder))
        for arguments in calls:
            call(*arguments)


class Row(NamedTuple):
    """One row of a screen, a cell an item; the second cell of a wide character is an empty text."""

    cells: tuple[Char, ...]

    @property
    def text(self) -> str:
        """What stands in it, without the blanks at its end."""
        return "".join(cell.data for cell in self.cells).rstrip()

    def column_of(self, index: int) -> int:
        """The column of the screen in which a character of `text` stands."""
        length = 0
        for at, cell in enumerate(self.cells):
            length += len(cell.data)
            if length > index:
                return at
        raise IndexError(index)

    def column(self, word: str) -> int:
        """The column of the screen in which a word begins."""
        return self.column_of(self.text.index(word))

    def text_from(self, at: int) -> str:
        """What stands in it from a column of the screen on."""
        return "".join(cell.data for cell in self.cells[at:]).rstrip()

    @property
    def first(self) -> int:
        """The first column in which something stands."""
        return next(at for at, cell in enumerate(self.cells) if cell.data != " ")

    @property
    def last(self) -> int:
        """The last column in which something stands."""
        return next(at for at in reversed(range(len(self.cells))) if self.cells[at].data != " ")

    def blank(self, at: int) -> bool:
        """Whether nothing stands in a column of the screen."""
        return not 0 <= at < len(self.cells) or self.cells[at].data == " "


@dataclass(frozen=True)
class Seen:
    """What one call of the program did to a terminal of so many columns."""

    status: int
    sent: str  # as the terminal gets it, each line with a carriage return at its end
    columns: int

    @cached_property
    def written(self) -> str:
        """What the program wrote."""
        return self.sent.replace("\r\n", "\n")

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the screen; to draw them takes much longer than the call."""
        return drawn(self.sent, self.columns)

    @property
    def lines(self) -> list[str]:
        """The lines as they were written: more rows than lines means that the terminal broke some."""
        return self.written.splitlines()

    @property
    def texts(self) -> list[str]:
        return [row.text for row in self.rows]


class _Terminal(pyte.Screen):
    """pyte's screen, which knows no dim (SGR 2): it is read back as blinking, which nothing here is."""

    def draw(self, data: str) -> None:
        # pyte drops the rest of a text after a character without a cell that does not combine in
        # Unicode's sense, as the zero-width joiner.
        if not data.isascii():
            data = "".join(char for char in data if wcwidth(char) > 0 or combining(char))
        super().draw(data)

    def select_graphic_rendition(self, *attrs: int, **options: Any) -> None:
        super().select_graphic_rendition(*(5 if attr == 2 else attr for attr in attrs), **options)


def drawn(written: str, columns: int) -> list[Row]:
    """The rows of a screen that has so many columns and is long enough for all that is written to it."""
    height = sum(1 + len(line) * 2 // columns for line in written.split("\n"))
    screen = _Terminal(columns, height)
    pyte.Stream(screen).feed(written)
    used = screen.cursor.y + (1 if screen.cursor.x else 0)
    return [Row(tuple(screen.buffer[y][x] for x in range(columns))) for y in range(used)]


def on_terminal(
    *arguments: str | Path, columns: int = 80, then: Callable[[int], object] | None = None, **environment: str
) -> Seen:
    """Call the program with all its streams on a terminal.

    Args:
        arguments: of the call.
        columns: of the terminal.
        then: called with the terminal once the program has begun to write, and filled it.
        environment: variables that it gets beside those of this process.
    """
    ours, theirs = os.openpty()
    resize(theirs, columns)
    child = os.fork()
    if child == 0:  # pragma: no cover: another process
        os.close(ours)
        os.login_tty(theirs)
        _call(tuple(map(str, arguments)), environment)
    os.close(theirs)
    written = b""
    if then is not None:
        written = os.read(ours, 1)  # a terminal holds some kilobytes: the program waits for us to read on
        then(ours)
    written += b"".join(_all_of(ours))
    os.close(ours)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    text = written.decode(errors="replace")  # what was cut in the middle of a character
    return Seen(status, text, columns or 80)


def resize(terminal: int, columns: int) -> None:
    """Give a terminal so many columns, as its window does when it is drawn wider."""
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))


def _call(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    """Be the program, in a process that was forked, and never come back."""
    status = 99
    signal.alarm(LONGEST)  # ends this process, whatever it waits for
    # Ctrl-C while coverage holds its lock would leave it locked, and what this process runs is not saved.
    sys.settrace(None)
    try:
        os.environ.update(environment)
        progress.AFTER = (
            math.inf
        )  # on a busy machine a cold cache takes long, and a bar is no part of a screen
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        status = run(list(arguments))
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _all_of(terminal: int) -> Iterator[bytes]:
    # Linux tells the end of a terminal by an input/output error.
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 65536):
            yield part


class Piped(NamedTuple):
    """What one call of the program wrote into two pipes, or into as much of them as was read."""

    status: int
    out: bytes
    err: bytes


def into_pipe(*arguments: str, lines: int) -> Piped:
    """Call the program as in `sisterline ... | head -LINES`: the reader of its output goes away then."""
    out, out_end = os.pipe()
    err, err_end = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover: another process
        os.close(out)
        os.dup2(out_end, 1)
        os.dup2(err_end, 2)
        os.close(out_end)
        _call(arguments, {})
    os.close(out_end)
    os.close(err_end)
    with open(out, "rb") as reader:  # noqa: PTH123
        read = b"".join(reader.readline() for _ in range(lines))
    said = b"".join(_all_of(err))
    os.close(err)
    return Piped(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), read, said)
