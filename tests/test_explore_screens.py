"""The screens of the explorer: golden files over tests/small, and what holds for all of them.

`pytest tests/test_explore_screens.py --update-golden` rewrites the files; read the difference.
"""

from typing import Any

import pytest

from explorer import Step, explore, typed, until
from helpers import CONTROL, TESTS
from sisterline.model import Dataset
from sisterline.text.cells import width
from sisterline.views.style import ASCII

GOLDEN = TESTS / "golden_explore"

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
SCREENS: dict[str, tuple[Step, ...]] = {
    "list": (),
    "page": ("enter",),
    "chart": ("c",),
    "events": ("c", "shift+left", "shift+left", "enter"),
    "due": ("a",),
    "figures": ("n",),
}
DIALOGS: dict[str, tuple[Step, ...]] = {
    "search": (typed("linhai"),),
    "nothing": (typed("linhaj"), until("Did you mean")),
    "filter": ("f",),
    "sources": ("o",),
    "keys": ("question_mark",),
    "write": ("w",),
}
Look = dict[str, Any]
LOOKS: dict[str, Look] = {
    "zh": {"language": "zh"},
    "ja": {"language": "ja"},
    "ascii": {"glyphs": ASCII},
}

ALL: dict[str, tuple[tuple[Step, ...], tuple[int, int], Look]] = {
    f"{screen}-{size}": (keys, SIZES[size], {}) for screen, keys in SCREENS.items() for size in SIZES
}
ALL |= {f"{dialog}-80x24": (keys, SIZES["80x24"], {}) for dialog, keys in DIALOGS.items()}
ALL |= {
    f"{screen}-{size}-{look}": (SCREENS[screen], SIZES[size], options)
    for screen, size in (("list", "80x24"), ("list", "120x40"), ("chart", "80x24"), ("list", "200x50"))
    for look, options in LOOKS.items()
}


@pytest.mark.parametrize("name", ALL)
def test_a_screen_of_the_explorer_looks_as_it_did(world: Dataset, name: str, update_golden: bool) -> None:
    keys, size, options = ALL[name]
    seen = explore(world, *keys, size=size, **options)
    golden = GOLDEN / f"{name}.txt"
    if update_golden:
        golden.write_text(f"{seen.text}\n", encoding="utf-8")
    assert f"{seen.text}\n" == golden.read_text(encoding="utf-8")
    assert all(width(line) <= size[0] for line in seen.lines)
    assert not CONTROL.search(seen.text.replace("\n", ""))


def test_every_golden_file_belongs_to_a_screen_of_the_explorer() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(ALL)
