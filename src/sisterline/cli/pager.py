"""Standard output through a pager, as soon as it is longer than the screen.

What is written is held back until it no longer fits the screen. Then the pager is started, and everything
goes to it as it comes; what fits is written to the terminal at the end. A pager is named by the environment
or by the user's settings, never by data, and is run without a shell. One that cannot be run, or that fails,
costs a warning: the output is then written to the terminal.
"""

import io
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from sisterline.cli.commands import notify
from sisterline.cli.settings import Setting
from sisterline.text.cells import width
from sisterline.translation import gettext as _

KEPT = 1 << 20  # bytes that are written again if the pager fails; one that has taken more does work
# As git sets them where the user has not: less ends by itself if the screen has grown enough, shows colours
# and leaves the text on the screen; lv shows colours.
_DEFAULTS = {"LESS": "FRX", "LV": "-c"}
_CHARSETS = ("LESSCHARSET", "LESSCHARDEF")
_STYLE = re.compile(r"\x1b\[[\d;]*m")


@contextmanager
def paged(command: Setting) -> Iterator[None]:
    """Page what the block writes to standard output, a terminal, if it is longer than the screen.

    Args:
        command: the pager and where it is named; without a text nothing is paged.

    Raises:
        BrokenPipeError: the pager was quit before it had everything.
        KeyboardInterrupt: Ctrl-C ended the pager.
    """
    size = _terminal_size()
    if size is None or not command.text or os.environ.get("TERM", "dumb") == "dumb":
        yield
        return
    terminal = sys.stdout
    screen = _Screen(terminal, size, command)
    # Another newline would be translated a second time.
    sys.stdout = io.TextIOWrapper(screen, terminal.encoding, terminal.errors, newline="")
    try:
        yield
    finally:
        paged_stream, sys.stdout = sys.stdout, terminal
        try:
            paged_stream.flush()
        finally:
            screen.finish()


def _terminal_size() -> os.terminal_size | None:
    """The size of the terminal; None if it has none, as in a container or under a script that drives it.

    Windows has none for us: it would look for a pager in the current folder as well, which may have come with
    somebody's data.
    """
    if sys.platform == "win32":
        return None
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return None
    if size.lines and size.columns:
        return size
    return None


class _Screen(io.RawIOBase):
    """A stream that writes to the terminal what fits its screen, and to a pager what does not."""

    def __init__(self, terminal: TextIO, size: os.terminal_size, command: Setting) -> None:
        self._terminal = terminal
        self._size = size
        self._command = command
        self._held: bytearray | None = bytearray()  # None once it is decided where the output goes
        self._pager: _Pager | None = None
        self._quit = False

    def writable(self) -> bool:
        """Whether it can be written to, which `io.TextIOWrapper` asks."""
        return True

    def isatty(self) -> bool:
        """Whether somebody watches: colours and the width are those of the terminal."""
        return True

    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]
        """Write all of the bytes.

        Raises:
            BrokenPipeError: the pager has been quit; what is written later is dropped.
            KeyboardInterrupt: Ctrl-C ended it.
        """
        if self._held is not None:
            self._held += data
            if not self._fits(self._held):
                self._start()
        elif self._pager is not None:
            self._page(self._pager, bytes(data))
        elif not self._quit:
            self._show(bytes(data))
        return len(data)

    def finish(self) -> None:
        """Show what is still held back, or wait until the pager is quit."""
        if self._held is not None:
            self._show(bytes(self._held))
            self._held = None
        elif self._pager is not None:
            self._end(self._pager)

    def _fits(self, text: bytearray) -> bool:
        """Whether the screen has room for a text and the line of the prompt below it."""
        if text.count(b"\n") >= self._size.lines:
            return False
        rows = 0
        for line in _STYLE.sub("", text.decode(self._terminal.encoding, "replace")).split("\n"):
            rows += max(1, -(-width(line) // self._size.columns))
        return rows <= self._size.lines

    def _start(self) -> None:
        held, self._held = bytes(self._held or b""), None
        try:
            self._pager = _Pager(self._command.text, self._terminal.encoding)
        except (OSError, ValueError) as error:
            if self._command.origin.source != "default":  # nobody has asked for less
                reason = getattr(error, "strerror", None) or error
                notify(
                    _("the pager {command} cannot be run: {reason}").format(
                        command=self._named(), reason=reason
                    )
                )
            self._show(held)
        else:
            self._page(self._pager, held)

    def _show(self, data: bytes) -> None:
        self._terminal.buffer.write(data)
        self._terminal.flush()

    def _page(self, pager: "_Pager", data: bytes) -> None:
        try:
            pager.write(data)
        except BrokenPipeError:
            if self._end(pager):
                return
            self._quit = True
            raise

    def _end(self, pager: "_Pager") -> bool:
        """Wait for the pager to be quit.

        Returns:
            Whether it has failed, and what it got is on the terminal instead.

        Raises:
            KeyboardInterrupt: Ctrl-C ended it.
        """
        self._pager = None
        status = pager.wait()
        if status == 0:
            return False
        if pager.interrupted:
            self._quit = True
            raise KeyboardInterrupt
        notify(
            _("the pager {command} failed with status {status}").format(command=self._named(), status=status)
        )
        if pager.taken is None:
            return False
        self._show(bytes(pager.taken))
        return True

    def _named(self) -> str:
        """The command of the pager in quotes, and where it is set."""
        named = f'"{self._command.text}"'
        if origin := str(self._command.origin):
            return f"{named} ({origin})"
        return named


class _Pager:
    """A running pager.

    Attributes:
        interrupted: whether Ctrl-C was pressed while it ran, which is the pager's business: less stops a
            search by it.
        taken: what was written to it, to be written elsewhere if it fails; None once it is more than KEPT.
    """

    def __init__(self, command: str, encoding: str) -> None:
        """Start it.

        Raises:
            OSError: it cannot be run.
            ValueError: the command has a quote that is not closed, or a null character.
        """
        self.interrupted = False
        self.taken: bytearray | None = bytearray()
        program, *arguments = shlex.split(command)
        read_end, write_end = os.pipe()
        self._input = open(write_end, "wb")  # noqa: PTH123, SIM115 - a descriptor; `wait` closes it
        # A handler, unlike SIG_IGN, is not inherited: the pager gets Ctrl-C as any program does.
        self._handler = signal.signal(signal.SIGINT, self._interrupt)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the user's own pager, without a shell
                [os.path.expanduser(program), *arguments],  # noqa: PTH111 - a name to look up in PATH, too
                stdin=read_end,
                env=_environment(encoding),
            )
        except BaseException:
            signal.signal(signal.SIGINT, self._handler)
            self._input.close()
            raise
        finally:
            os.close(read_end)

    def write(self, data: bytes) -> None:
        """Give it bytes, waiting as long as it does not want them.

        Raises:
            BrokenPipeError: it has ended, or wants no more.
        """
        if self.taken is not None:
            self.taken += data
            if len(self.taken) > KEPT:
                self.taken = None
        self._input.write(data)
        self._input.flush()

    def wait(self) -> int:
        """End its input and wait for it; returns its exit status."""
        with suppress(BrokenPipeError):
            self._input.close()
        status = self._process.wait()
        signal.signal(signal.SIGINT, self._handler)
        return status

    def _interrupt(self, *_: object) -> None:
        self.interrupted = True


def _environment(encoding: str) -> dict[str, str]:
    """The environment of the pager: the user's own, and what it needs to show colours and all scripts."""
    environment = _DEFAULTS | os.environ
    # less goes by the locale, which may be C where Python writes UTF-8 nevertheless.
    if encoding.lower() == "utf-8" and not any(name in environment for name in _CHARSETS):
        environment["LESSCHARSET"] = "utf-8"
    return environment
