"""Where styled lines go: a terminal, a pipe or a file; the only module that imports Rich's console.

Layouts (`terminal.py` and its neighbours) make lines of spans, this module prints them: colours, NO_COLOR,
TERM=dumb and the encoding of the stream are its matter, and nobody else's.
"""

import os
import shutil
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

Span = tuple[str, str]  # text, and the name of a style of `STYLES` or ""
Line = tuple[Span, ...]
Color = Literal["auto", "always", "never"]

# Few and calm: the eight colours that every terminal theme keeps readable.
STYLES = {
    "head": "bold",
    "name": "bold",
    "native": "",
    "dim": "dim",
    "date": "cyan",
    "mark": "yellow",
    "round": "bold yellow",
    "warn": "red",
    "bar": "cyan",
    "link": "blue",
    "number": "green",
}


class Marks(Struct, frozen=True):
    """The characters that layouts draw with."""

    pair: str
    dash: str
    dot: str
    ellipsis: str
    gap: str
    rule: str
    line: str
    tick: str
    cut: str
    arrow: str
    asleep: str
    bar: str
    founding: str
    due: str
    event: str
    types: dict[str, str]


UNICODE = Marks(
    pair="⇄", dash="–", dot="·", ellipsis="…", gap="┊", rule="─", line="━", tick="┿", cut="╳", arrow="▶",
    asleep="┄", bar="█", founding="●", due="○", event="•",
    types={
        "agreement": "●", "renewal": "↻", "resumption": "↻", "suspension": "╳", "dissolution": "╳",
        "merger": "◇", "monument": "◆", "gift": "◆", "aid": "+", "award": "★", "anniversary": "◎",
    },
)  # fmt: skip
ASCII = Marks(
    pair="<->", dash="-", dot="-", ellipsis="...", gap=":", rule="-", line="=", tick="+", cut="X", arrow=">",
    asleep=".", bar="#", founding="O", due="o", event="*",
    types={
        "agreement": "O", "renewal": "@", "resumption": "@", "suspension": "X", "dissolution": "X",
        "merger": "^", "monument": "#", "gift": "#", "aid": "+", "award": "!", "anniversary": "0",
    },
)  # fmt: skip


class View(Struct, frozen=True):
    """How much room there is, and what may be drawn.

    Attributes:
        width: cells in a line; None for as many as it takes.
        marks: the characters to draw with.
    """

    width: int | None = None
    marks: Marks = UNICODE


def view_of(out: IO[str], *, ascii_only: bool = False) -> View:
    """The view of a stream: the width of a terminal or of COLUMNS, none for a pipe or a file."""
    columns = os.environ.get("COLUMNS", "")
    width: int | None = None
    if columns.isdecimal() and int(columns) > 0:
        width = int(columns)
    elif out.isatty():
        width = shutil.get_terminal_size().columns
    plain = ascii_only or not takes_unicode(out)
    return View(width and max(20, width), ASCII if plain else UNICODE)


def print_lines(lines: Iterable[Line], out: IO[str], color: Color = "auto") -> None:
    """Print lines as they come; styles only where the stream is a terminal or colours are asked for."""
    console = _console(out, color)
    console.print(_Lines(lines), crop=False, no_wrap=True, overflow="ignore", soft_wrap=True, end="")


def takes_unicode(out: IO[str]) -> bool:
    """Whether a stream can hold any character, as UTF-8 and GB 18030 can and other national sets cannot."""
    try:
        "⇄┿━\U00020bb7".encode(getattr(out, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


class _Lines:
    """Lines as Rich takes them, without the wrapping and measuring that it does for texts."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = lines

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.segment import Segment

        styles = {name: console.get_style(style or "none") for name, style in STYLES.items()}
        end = Segment.line()
        for line in self.lines:
            for text, style in line:
                if text:
                    yield Segment(text, styles[style] if style else None)
            yield end


def _console(out: IO[str], color: Color) -> "Console":
    from rich.console import Console

    return Console(
        file=out,
        force_terminal={"auto": None, "always": True, "never": False}[color],
        no_color=True if color == "never" else False if color == "always" else None,
        # Asked for, colours are there even where TERM is dumb; more than eight are never used.
        color_system={"auto": "auto", "always": "standard", "never": None}[color],
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
