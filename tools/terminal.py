"""A program on a terminal: pexpect types, pyte reads the screen back; for tests and documents."""

import os
import time
from typing import Any

import pexpect
import pyte

PATIENCE = 60  # seconds for what takes less than one
ESC = "\x1b[27u"
SETTLED = 10  # times without a byte, of a twentieth of a second each, after which a screen is complete
# What it does to a terminal, and how that is undone: the screen, the cursor, the mouse, pasting.
DONE_AND_UNDONE = (
    (b"\x1b[?1049h", b"\x1b[?1049l"),
    (b"\x1b[?25l", b"\x1b[?25h"),
    (b"\x1b[?1000h", b"\x1b[?1000l"),
    (b"\x1b[?2004h", b"\x1b[?2004l"),
)


class Terminal:
    """A program on a terminal, and what it shows."""

    def __init__(self, *command: str, columns: int = 80, lines: int = 24, **environment: str | None) -> None:
        variables = {name: value for name, value in (os.environ | environment).items() if value is not None}
        self.process: Any = pexpect.spawn(
            command[0], list(command[1:]), env=variables, dimensions=(lines, columns), timeout=PATIENCE
        )
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""

    @property
    def text(self) -> str:
        """What is on the screen, without the blanks at the ends of lines."""
        # Not pyte's own display, which fails where one half of a wide character was written over.
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        lines = ("".join(self.screen.buffer[y][x].data for x in columns) for y in rows)
        return "\n".join(line.rstrip() for line in lines)

    def read(self) -> bool:
        """Take in what the program has written; False once it has closed the terminal."""
        try:
            part = self.process.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += part
        self._stream.feed(part)
        return True

    def until(self, text: str) -> None:
        """Wait until a text is on the screen; the second cell of a wide character is skipped."""
        end = time.monotonic() + PATIENCE
        while text not in self.text:
            assert time.monotonic() < end, f"{text} is not on the screen:\n{self.text}"
            assert self.read(), f"the program ended without {text}:\n{self.text}"

    def until_gone(self, text: str) -> None:
        """Wait until a text is no longer on the screen."""
        end = time.monotonic() + PATIENCE
        while text in self.text:
            assert time.monotonic() < end, f"{text} is still on the screen:\n{self.text}"
            assert self.read(), f"the program ended with {text}:\n{self.text}"

    def until_written(self, mark: bytes, after: int) -> None:
        """Wait until something is written, after some bytes of all that was."""
        end = time.monotonic() + PATIENCE
        while mark not in self.written[after:]:
            assert time.monotonic() < end, f"{mark!r} is not written:\n{self.text}"
            assert self.read(), f"the program ended without {mark!r}:\n{self.text}"

    def settle(self) -> None:
        """Wait until the program has written nothing for some time."""
        quiet = 0
        while quiet < SETTLED:
            written = len(self.written)
            self.read()
            quiet = quiet + 1 if len(self.written) == written else 0

    def press(self, keys: str) -> None:
        """Type keys; an Esc alone as by the protocol of kitty: what follows at once does not join it."""
        self.process.send(ESC if keys == "\x1b" else keys)

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(lines, columns)
        self.screen.reset()
        self.process.setwinsize(lines, columns)

    def end(self) -> int:
        """Wait until the program has ended; its exit status, or the negative number of a signal."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, f"the program does not end:\n{self.text}"
        self.process.wait()
        if self.process.signalstatus is not None:
            return -int(self.process.signalstatus)
        return int(self.process.exitstatus)

    def is_restored(self, before: bytes = b"") -> bool:
        """Whether the program has taken back all that it did to the terminal, before it wrote something."""
        text = self.written
        if before:
            text = text[: text.index(before)]
        return all(text.rfind(undone) > text.rfind(done) >= 0 for done, undone in DONE_AND_UNDONE)
