"""The colours of the terminal: read on black and on white, and named in one place only."""

import re
import sys

import pytest
from rich.style import Style  # noqa: TID253

from helpers import TESTS
from sisterline.explore.lines import Look
from sisterline.views.roles import FEW_COLORS, STYLES, Role, styles_of

sys.path.insert(0, str(TESTS.parent / "tools"))

from contrast import CONSOLE, PALETTES, Palette, color_of, contrast

SIGNS: tuple[Role, ...] = ("sign", "ended", "caret", "bar", "era")
LINES: tuple[Role, ...] = ("lane", "gap", "edge")
TEXTS: tuple[Role, ...] = tuple(role for role in STYLES if role not in (*SIGNS, *LINES))
FOR_SIGNS = 3.0  # WCAG 2.2, 1.4.11


def _name(role: Role) -> str:
    color = Style.parse(STYLES[role]).color
    assert color is not None
    return color.name


@pytest.mark.parametrize("styles", [STYLES, FEW_COLORS], ids=["many", "few"])
def test_text_has_the_colour_of_the_terminal_itself_and_is_never_dim(styles: dict[Role, str]) -> None:
    for role in TEXTS:
        style = Style.parse(styles[role])
        assert (style.color, style.bgcolor, style.dim) == (None, None, None), role


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("role", SIGNS)
def test_signs_are_seen_on_the_dark_and_the_light_background_of_a_terminal(
    role: Role, palette: Palette
) -> None:
    for background in (palette.dark, palette.light, "000000", "ffffff"):
        assert contrast(color_of(_name(role), palette), background) >= FOR_SIGNS


def test_the_sign_of_an_event_can_be_a_digit_and_is_read_on_black_and_on_white() -> None:
    for background in ("000000", "ffffff"):
        assert contrast(color_of(_name("sign"), PALETTES[0]), background) >= 4.5


@pytest.mark.parametrize("role", ["sign", "ended", "caret", "era"])
def test_signs_are_seen_where_a_terminal_has_16_colours(role: Role) -> None:
    color = Style.parse(FEW_COLORS[role]).color
    assert color is not None
    assert contrast(color_of(color.name, CONSOLE), CONSOLE.dark) >= FOR_SIGNS
    if role != "era":  # which the line above the lanes names, and the list below them
        for palette in PALETTES:
            for background in (palette.dark, palette.light):
                assert contrast(color_of(color.name, palette), background) >= FOR_SIGNS


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("000000", "ffffff", 21.0),
        ("ffffff", "ffffff", 1.0),
        ("777777", "ffffff", 4.48),
        ("ff0000", "ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


def test_the_colours_of_a_terminal_are_numbered_as_in_xterm() -> None:
    xterm = PALETTES[0]
    assert [color_of(f"color({number})", xterm) for number in (9, 16, 31, 163, 196, 231)] == [
        "ff0000", "000000", "0087af", "d700af", "ff0000", "ffffff",
    ]  # fmt: skip
    assert color_of("bright_magenta", xterm) == "ff00ff"


def test_every_role_has_a_style_in_each_terminal() -> None:
    assert styles_of("truecolor") == styles_of("256") == STYLES
    assert styles_of("standard") == styles_of(None) == FEW_COLORS
    assert set(STYLES) == set(FEW_COLORS)
    look = Look(STYLES, colors=False, unicode=True)
    assert {look.of(role).color for role in STYLES} == {None}


def test_only_one_module_names_a_colour() -> None:
    named = re.compile(
        r"[\"'](?:[\w ]* )?(?:bright_)?(?:red|green|yellow|blue|magenta|cyan|color\(\d+\))[\"']"
    )
    source = TESTS.parent / "src" / "sisterline"
    found = {path.name for path in source.rglob("*.py") if named.search(path.read_text("utf-8"))}
    assert found == {"roles.py"}
