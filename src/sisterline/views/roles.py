"""What each part of a screen is, and how that looks on a terminal; nobody else names a colour.

The background of a terminal is black or white, and a program does not know which. Text needs a contrast of
4.5 against it and signs one of 3 (WCAG 2). Hardly a colour has 4.5 on both, so text has the terminal's own
colour, in bold or underlined where that helps. Signs have colours with 3 on both, and a colour only repeats
what the shape of the sign or a word says. Some terminals draw dim text as dark as other text, some too faint
to read: only lines are dim. `tools/contrast.py` computes the contrast in the palettes of common terminals.
"""

from collections.abc import Mapping
from typing import Literal

Role = Literal[
    "",  # text that is nothing of the following
    "title",  # of a screen or a part of it
    "name",  # of what a line is about
    "column",  # the heading of a column
    "label",  # of a fact
    "minor",  # text that adds to the rest: remarks, numbers of footnotes, years of an axis
    "date",
    "number",
    "address",
    "round",  # an anniversary that many celebrate
    "founding",  # its sign
    "today",  # the line between past and future
    "alert",  # text about what is wrong, or has ended
    "message",  # an answer to a key
    "sign",  # of an event or a change
    "ended",  # the sign of an end
    "caret",  # below the place of a problem
    "bar",
    "lane",  # the line of a partnership
    "gap",  # years without an event
    "edge",  # of a pane
    "era",  # the shade of an era
]

# Styles in the notation of Rich. The numbers are of the colours that all terminals with 256 colours share:
# themes change the first 16 only.
STYLES: Mapping[Role, str] = {
    "title": "bold",
    "name": "bold",
    "column": "underline",
    "label": "",
    "minor": "",
    "date": "",
    "number": "",
    "address": "underline",
    "round": "bold",
    "founding": "bold",
    "today": "bold",
    "alert": "bold",
    "message": "bold",
    "sign": "bold color(163)",
    "ended": "bold color(196)",
    "caret": "bold color(196)",
    "bar": "color(31)",
    "lane": "dim",
    "gap": "dim",
    "edge": "dim",
    "era": "color(31)",
}
# Where a terminal has 8 or 16 colours, as the console of Linux, which is black.
FEW_COLORS: Mapping[Role, str] = {
    **STYLES,
    "sign": "bold bright_magenta",
    "ended": "bold bright_red",
    "caret": "bold bright_red",
    "bar": "",
    "era": "bright_blue",
}


def styles_of(color_system: str | None) -> Mapping[Role, str]:
    """The style of each role in a terminal with as many colours as Rich's name of its system says."""
    return STYLES if color_system in ("256", "truecolor") else FEW_COLORS
