"""The page for everyone: axe-core finds no violation of WCAG 2.2 AA or of best practice in any view."""

import os
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from browser import DESKTOP, PHONE, Tabs, started_browser
from helpers import call

pytestmark = pytest.mark.slow

ADDRESSES = {
    "list": "",
    "search": "q=kobe",
    "nothing": "q=zzzz",
    "pair": "nanjing-nagoya",
    "map": "view=map",
    "place": "view=map&place=tianjin",
    "figures": "view=figures",
    "anniversaries": "view=anniversaries",
}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
SETTINGS = [*product(SIZES, (False, True), ("en", "zh", "ja"))]
# All views in all settings take minutes, so `make proofs` asks for that; the suite tries each view in some.
_ALL = bool(os.environ.get("SISTERLINE_ACCESS"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def tabs() -> Iterator[Tabs]:
    with started_browser() as browser:
        tabs = Tabs(browser)
        yield tabs
        tabs.close()
    assert tabs.faults.found == []


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every kind of row, but not hundreds of each."""
    path = tmp_path_factory.mktemp("access") / "page.html"
    chosen = ("--founded", "1973..1979", "--today", "2026-11-21")
    assert call("list", *chosen, "-o", path).status == 0
    return path


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return files(package).joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """The rules that a page breaks, each with the elements that do."""
    found = page.evaluate('tags => axe.run({ runOnly: tags, resultTypes: ["violations"] })', TAGS)
    assert len(found["passes"]) > 20
    return [f"{each['id']}: {[node['target'] for node in each['nodes']][:5]}" for each in found["violations"]]


def _views_in(setting: int) -> list[str]:
    """The views that are tried in a setting: all, or two, so that each is tried three times."""
    if _ALL:
        return list(ADDRESSES)
    return [list(ADDRESSES)[(2 * setting + offset) % len(ADDRESSES)] for offset in range(2)]


@pytest.mark.parametrize(
    "setting", range(len(SETTINGS)), ids=lambda number: "-".join(map(str, SETTINGS[number]))
)
def test_no_view_has_a_violation(tabs: Tabs, page_file: Path, axe: str, setting: int) -> None:
    size, dark, language = SETTINGS[setting]
    page = tabs.open(page_file, f"#lang={language}", size=SIZES[size], dark=dark)
    page.evaluate(f"() => {{ {axe} }}")  # not as a script element, which the policy of the page forbids
    for name in _views_in(setting):
        page.evaluate("address => { location.hash = address; }", f"#{ADDRESSES[name]}&lang={language}")
        page.wait_for_timeout(50)
        assert violations(page) == [], name
