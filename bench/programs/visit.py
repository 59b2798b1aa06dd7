"""Start a program on a terminal, press keys, and print as JSON what it took.

    python visit.py PLAN PROGRAM ARGUMENT...

PLAN is JSON: `until`, a text of the first row; `calm`, the seconds without a byte after which an answer is
complete; `patience`, the seconds after which the program is ended if something is still missing; `rest`,
seconds to wait before the keys; `steps`, pairs of a name and the keys that are pressed one after the other;
`leave`, the keys that end the program.

The output has `paint`, the seconds from the start of the program until the text was written; `steps`, for
each name a list with the seconds to the first byte, the seconds to the last byte and the number of bytes for
each key; and `memory`, the peak of the largest process in bytes.

It is a process of its own, which holds little: what it starts is a copy of it at first, and counts as large.
"""

import contextlib
import fcntl
import json
import os
import pty
import re
import resource
import select
import signal
import struct
import sys
import termios
import time
from typing import Any

LINES, COLUMNS = 40, 120
CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[ -/]*[0-~])")


class Visited:
    """A program on a terminal of its own."""

    def __init__(self, command: list[str], patience: float) -> None:
        self.patience = patience
        self.start = time.perf_counter()
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.execvp(command[0], command)

    def read(self, seconds: float) -> bytes:
        """What it writes next; nothing if it writes nothing for so long, or has closed the terminal."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        with contextlib.suppress(OSError):  # Linux reports the end of a terminal so
            return os.read(self.terminal, 65536) if ready else b""
        return b""

    def paint(self, text: str) -> float:
        """Seconds from its start until it has written a text."""
        written = b""
        while text.encode() not in CONTROL.sub(b"", written):
            part = self.read(self.patience)
            if not part or time.perf_counter() > self.start + self.patience:
                raise SystemExit(f"{text} is not on the screen")
            written += part
        return time.perf_counter() - self.start

    def settle(self, calm: float) -> tuple[float, int]:
        """Read until nothing is written for so long; when the last byte came, and how many there were."""
        start = last = time.perf_counter()
        size = 0
        while part := self.read(calm):
            last = time.perf_counter()
            size += len(part)
            if last > start + self.patience:
                raise SystemExit("it never stops writing")
        return last, size

    def press(self, key: str, calm: float) -> tuple[float, float, int]:
        """Press a key; seconds to the first byte and to the last byte of the answer, and its size."""
        pressed = time.perf_counter()
        os.write(self.terminal, key.encode())
        part = self.read(self.patience)
        first = time.perf_counter()
        if not part:
            raise SystemExit(f"no answer to {key!r}")
        last, size = self.settle(calm)
        return first - pressed, last - pressed, len(part) + size

    def leave(self, keys: str) -> None:
        """Press the keys that end it, and wait for its end."""
        os.write(self.terminal, keys.encode())
        end = time.perf_counter() + self.patience
        while self.read(self.patience):
            if time.perf_counter() > end:
                raise SystemExit(f"{keys!r} does not end it")
        os.close(self.terminal)
        os.waitpid(self.child, 0)

    def kill(self) -> None:
        """End it and what it has started, which is in the group of the same number."""
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.killpg(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)


def visit(plan: dict[str, Any], command: list[str]) -> dict[str, Any]:
    """Visit a program as the plan says."""
    visited = Visited(command, plan["patience"])
    try:
        paint = visited.paint(plan["until"])
        visited.settle(plan["calm"])
        time.sleep(plan["rest"])
        visited.settle(0)
        steps = {name: [visited.press(key, plan["calm"]) for key in keys] for name, keys in plan["steps"]}
        visited.leave(plan["leave"])
    except BaseException:
        visited.kill()
        raise
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return {"paint": paint, "steps": steps, "memory": memory}


if __name__ == "__main__":
    print(json.dumps(visit(json.loads(sys.argv[1]), sys.argv[2:])))
