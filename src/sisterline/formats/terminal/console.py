"""Prints styled lines on a terminal, a pipe or a file; the only module that imports Rich's console.

`page.py` and its neighbours make the lines. Colours, NO_COLOR, TERM=dumb and the encoding of the stream are
handled here and nowhere else.
"""

import os
import shutil
import sys
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from sisterline.formats.options import Color, supports_unicode
from sisterline.views.roles import Role, styles_of
from sisterline.views.style import ASCII, UNICODE, Glyphs

if TYPE_CHECKING:
    from rich.console import Console

StyledText = tuple[str, Role]  # text, and what it is
StyledLine = tuple[StyledText, ...]

NARROWEST = 20  # cells: on a narrower terminal lines are broken by the terminal itself
SCREEN = 64  # lines that are printed as soon as they are laid out: a reader begins there
BATCH = 512  # lines that are printed together from then on


class Viewport(Struct, frozen=True):
    """How much room there is, and what may be drawn.

    Attributes:
        width: cells in a line; None for as many as it takes.
        glyphs: the characters to draw with.
        watched: whether somebody watches a terminal, rather than a pipe or a file that takes the lines.
        colors: whether the lines will have colours.
    """

    width: int | None = None
    glyphs: Glyphs = UNICODE
    watched: bool = False
    colors: bool = False


def viewport_of(out: IO[str], console: "Console | None" = None, *, ascii_only: bool = False) -> Viewport:
    """The viewport of a stream: the width of a terminal or of COLUMNS, none for a pipe or a file.

    Args:
        out: where lines will be printed.
        console: that of the stream, see `console_of`.
        ascii_only: whether to draw with ASCII only, whatever the stream takes.
    """
    columns = os.environ.get("COLUMNS", "")
    width: int | None = None
    if columns.isdecimal() and int(columns) > 0:
        width = int(columns)
    elif out.isatty():
        width = shutil.get_terminal_size().columns
    if width is not None:
        width = max(NARROWEST, width)
    glyphs = UNICODE
    if ascii_only or not supports_unicode(out):
        glyphs = ASCII
    colors = console is not None and not console.no_color
    return Viewport(width, glyphs, watched=out.isatty(), colors=colors)


def print_lines(lines: Iterable[StyledLine], out: IO[str], console: "Console | None" = None) -> None:
    """Print lines as they come, with the styles that the console of the stream has."""
    codes = {} if console is None else _codes(console)
    batch: list[str] = []
    room = SCREEN
    for line in lines:
        if codes:
            batch.append("".join([codes[style][0] + text + codes[style][1] for text, style in line if text]))
        else:
            batch.append("".join([text for text, _ in line]))
        if len(batch) == room:
            out.write("\n".join(batch) + "\n")
            out.flush()
            batch, room = [], BATCH
    if batch:
        out.write("\n".join(batch) + "\n")


def console_of(out: IO[str], color: Color) -> "Console | None":
    """Rich's console for a stream, which says what styles it has; None where the text is plain.

    Whether there are colours, and how many, is Rich's rule (NO_COLOR, FORCE_COLOR, TERM, TTY_COMPATIBLE).
    Rich is loaded only where there may be colours. The variables are about standard output: another file
    gets colours if it is a terminal, or by --color always.
    """
    if color == "never":
        return None
    if color == "auto" and not out.isatty() and not (out is sys.stdout and _environment_asks()):
        return None
    from rich.console import Console

    console = Console(
        file=out,
        force_terminal=True if color == "always" else None,
        no_color=False if color == "always" else None,
        highlight=False,
        legacy_windows=False,
    )
    if console.color_system is None and color == "always":  # as where TERM is dumb
        return Console(file=out, no_color=False, color_system="standard", highlight=False)
    return None if console.color_system is None else console


def _codes(console: "Console") -> dict[Role, tuple[str, str]]:
    """The codes before and after a text of each role."""
    from rich.color import ColorSystem
    from rich.style import Style

    codes: dict[Role, tuple[str, str]] = {"": ("", "")}
    for role, definition in styles_of(console.color_system).items():
        style = Style.parse(definition)
        if console.no_color:
            style = style.without_color
        # The styles name only colours that the terminal has.
        before, _, after = style.render("x", color_system=ColorSystem.EIGHT_BIT).partition("x")
        codes[role] = (before, after)
    return codes


def _environment_asks() -> bool:
    """Whether a variable may make Rich treat a stream that is not a terminal as one."""
    return bool(os.environ.get("FORCE_COLOR")) or os.environ.get("TTY_COMPATIBLE") == "1"
