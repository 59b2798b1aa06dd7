"""What several test modules share."""

import contextlib
import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sisterline.cli.app import run
from sisterline.formats.terminal.console import StyledLine
from sisterline.model import Dataset
from sisterline.query.places import find_partnership
from sisterline.query.selection import Selection, SelectionResult, select, select_by_name
from sisterline.reports.show import ShowReport, show_report

TESTS = Path(__file__).parent
SMALL = TESTS / "small"
ON_SMALL = ("--no-builtin", "--data", str(SMALL), "--today", "2026-11-21")
TODAY = date(2026, 11, 21)

# What must never reach a screen, a spreadsheet or a file: characters that move the cursor, reorder a line
# or hide in it. Written out here once more, so that a slip in render/text.py shows.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

HOSTILE = (
    "[red]x[/]", "\x1b[31mred\x1b[0m", "\u202eevil\u202c", "=1+1", "+1", "-1", "@SUM(A1)", "a|b", "`code`",
    "<b>d</b>", "a\\", "\\|", "line\nbreak", "tab\tstop", "\r\n", "*", "_a_", "# head", "~~s~~", "![i](u)",
    "a\x9b31mb", "\u2028", "", " ", "'", '"', "a,b", '","', "https://example.org/a|b", "北京市", "e\u0301",
)  # fmt: skip


class Result(NamedTuple):
    """What one call of the program came to."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def call(*arguments: str | Path, encoding: str = "utf-8") -> Result:
    """Call the program as a shell would, in this process: both streams are no terminals."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run([str(argument) for argument in arguments])
        out.flush()
        err.flush()
    written = [stream.buffer for stream in (out, err)]
    texts = [buffer.getvalue() for buffer in written if isinstance(buffer, io.BytesIO)]
    # Standard output may have become UTF-8 meanwhile, as a calendar has to be.
    return Result(status, texts[0].decode(out.encoding), texts[1].decode(encoding))


SIGN = "\x1b[1;38;5;163m"  # before a sign, in a terminal with 256 colours


def small(command: str, *arguments: str | Path, encoding: str = "utf-8") -> Result:
    """Call a command over the small data set on a fixed day."""
    return call(command, *arguments, *ON_SMALL, encoding=encoding)


def plain(lines: Iterable[StyledLine]) -> list[str]:
    """Lines without their styles."""
    return ["".join(text for text, _ in line) for line in lines]


def ids(selected: SelectionResult) -> list[str]:
    """Which partnerships were selected."""
    return [partnership.id for partnership in selected.partnerships]


def chosen(dataset: Dataset, selection: Selection) -> list[str]:
    """Which partnerships a selection chooses."""
    return ids(select(dataset, selection))


def shown(dataset: Dataset, name: str, today: date = TODAY, language: str = "en") -> ShowReport:
    """The report that `show NAME` writes."""
    everything = Selection()
    named = select_by_name(dataset, name, find_partnership(dataset, name), everything)
    return show_report(dataset, named, everything, today, language=language)
