"""The contrast of the colours of `sisterline.views.roles` in the palettes of common terminals.

`make docs` prints it into docs/contributing.md, and `tests/test_contrast.py` holds the colours to it.
"""

from typing import NamedTuple

FEWEST = 16  # colours that a theme sets; from the next one on all terminals have the same
_LEVELS = (0, 95, 135, 175, 215, 255)  # of red, green and blue in the 216 colours after those
_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


class Palette(NamedTuple):
    """The colours of a terminal as six hexadecimal digits: the first 16, and its backgrounds."""

    name: str
    colors: tuple[str, ...]
    dark: str
    light: str


def _palette(name: str, colors: str, dark: str = "000000", light: str = "ffffff") -> Palette:
    return Palette(name, tuple(colors.split()), dark, light)


# From the sources of xterm (XTerm-col.ad), GNOME Terminal ("GNOME" in its profiles) and Windows Terminal
# (Campbell in defaults.json), from Wikipedia's table of ANSI colours (macOS Terminal, and the console of
# Linux, which is never white), and from the definition of Solarized.
PALETTES = (
    _palette(
        "xterm",
        "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
        "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    ),
    _palette(
        "GNOME Terminal",
        "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
        "5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff",
        dark="171421",
    ),
    _palette(
        "Windows Terminal",
        "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
        "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
        dark="0c0c0c",
    ),
    _palette(
        "macOS Terminal",
        "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf "
        "666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5",
    ),
    _palette(
        "Solarized",
        "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 "
        "002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3",
        dark="002b36",
        light="fdf6e3",
    ),
)
CONSOLE = _palette(
    "console of Linux",
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
)


def color_of(name: str, palette: Palette) -> str:
    """The hexadecimal digits of a colour that Rich calls by a name: `color(163)`, `bright_red`, `red`."""
    if not name.startswith("color("):
        bright = name.startswith("bright_")
        return palette.colors[_NAMES.index(name.removeprefix("bright_")) + 8 * bright]
    number = int(name.removeprefix("color(").removesuffix(")"))
    if number < FEWEST:
        return palette.colors[number]
    step = number - FEWEST
    levels = (_LEVELS[step // 36], _LEVELS[step // 6 % 6], _LEVELS[step % 6])
    return "".join(f"{level:02x}" for level in levels)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    """The relative luminance of a colour by WCAG 2.2, from 0 to 1."""
    linear = []
    for at in (0, 2, 4):
        value = int(color[at : at + 2], 16) / 255
        linear.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rounded_down(ratio: float) -> str:
    return f"{int(ratio * 10) / 10:.1f}"


def print_table() -> None:
    """The contrast of each colour of the roles, on the dark and on the light background of each palette."""
    from sisterline.views.roles import FEW_COLORS, STYLES

    roles: dict[str, list[str]] = {}
    for role, style in (*STYLES.items(), *FEW_COLORS.items()):
        named = roles.setdefault(_color_in(style), [])
        if role not in named:
            named.append(role)
    del roles[""]  # of text
    print(f"| colour | roles | {' | '.join(palette.name for palette in PALETTES)} |")
    print(f"| --- | --- |{' --- |' * len(PALETTES)}")
    for color, named in roles.items():
        cells = []
        for palette in PALETTES:
            shown = color_of(color, palette)
            ratios = (contrast(shown, background) for background in (palette.dark, palette.light))
            cells.append(" / ".join(map(_rounded_down, ratios)))
        print(f"| `{color}` | {', '.join(named)} | {' | '.join(cells)} |")


def _color_in(style: str) -> str:
    """The colour that a style names; empty for none."""
    words = [word for word in style.split() if word not in ("bold", "dim", "underline")]
    return "".join(words)
