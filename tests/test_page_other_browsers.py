"""The page in Firefox and in WebKitGTK, Safari's engine; each is skipped where it is not installed."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from helpers import call
from webdriver import ENTER, ESCAPE, TAB, Driver, Firefox, WebKit

pytestmark = pytest.mark.slow

# An address, and what is then the only view or the title of the pair.
VIEWS = {
    "": "list",
    "#q=beihai": "list",
    "#view=map&place=tianjin": "map",
    "#view=figures": "figures",
    "#view=anniversaries": "anniversaries",
}
FOCUSED = "(e => e.id || e.textContent.trim())(document.activeElement)"


@pytest.fixture(scope="module", params=["Firefox", "WebKit"])
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """A browser, in which no page may have written to the console."""
    browser = Firefox(tmp_path_factory.mktemp("profile")) if request.param == "Firefox" else WebKit()
    browser.resize(1280, 900)
    yield browser
    messages = browser.messages() if isinstance(browser, Firefox) else []
    browser.close()
    assert messages == []


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    assert call("list", "--today", "2026-11-21", "-o", path).status == 0
    return path.as_uri()


def first_row(driver: Driver) -> str:
    text: str = driver.script("return document.querySelector('#rows tr').innerText")
    return " ".join(text.split())


def type_search(driver: Driver, text: str) -> None:
    driver.script("const box = document.getElementById('find'); box.focus(); box.select()")
    driver.press(*text)
    driver.wait_for(f"location.hash.includes(encodeURIComponent('{text}'))")


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (560, "ja")])
def test_each_view_is_shown_within_the_window(
    driver: Driver, address: str, width: int, language: str
) -> None:
    driver.resize(width, 900)
    for place, view in VIEWS.items():
        driver.open(f"{address}{place or '#view=list'}&lang={language}")
        views = "[...document.querySelectorAll('main > section')].filter(each => !each.hidden)"
        assert driver.script(f"return {views}.map(each => each.id)") == [view]
        assert driver.script("return document.documentElement.scrollWidth - innerWidth") <= 0
        assert driver.script("return performance.getEntriesByType('resource').length") == 0
    driver.resize(1280, 900)


def test_the_search_finds_names_in_every_script(driver: Driver, address: str) -> None:
    driver.open(address)
    for typed in ("beihai", "北海", "やつしろ", "八代"):
        type_search(driver, typed)
        assert first_row(driver).startswith("1996-03-05 Beihai 北海市 Yatsushiro 八代市")


def test_keys_alone_open_a_pair_and_back_opens_it_again(driver: Driver, address: str) -> None:
    driver.open(address)
    driver.press("/", *"beihai yatsu")
    driver.wait_for("document.querySelectorAll('#rows tr').length === 1")
    while driver.script(f"return {FOCUSED}") != "Beihai 北海市":
        driver.press(TAB)
    driver.press(ENTER)
    driver.wait_for(f"{FOCUSED} === 'pair-title'")
    driver.press(ESCAPE)
    driver.wait_for(f"{FOCUSED} === 'Beihai 北海市'")
    driver.back()
    driver.wait_for("!document.getElementById('pair').hidden")


def test_what_has_the_focus_is_not_under_the_head_of_the_table(driver: Driver, address: str) -> None:
    driver.open(address)
    driver.script("document.querySelector('#rows tr:nth-child(60) a').focus()")
    for _ in range(25):
        driver.press(TAB, shift=True)
        places = "[document.activeElement, document.querySelector('.lanes .when')]"
        link, head = driver.script(f"return {places}.map(each => each.getBoundingClientRect())")
        assert link["top"] >= head["bottom"] - 1


def test_years_and_eras_stand_above_the_lanes(driver: Driver, address: str) -> None:
    driver.open(address)
    found = driver.script(
        "const box = each => each.getBoundingClientRect(), [era, year] = ['.era', 'text:not(.era)']"
        ".map(each => box(document.querySelector('th.lane ' + each)));"
        "return [box(document.querySelector('.key')).bottom, era.top, era.bottom, year.top, year.bottom,"
        " box(document.getElementById('rows')).top]"
    )
    assert found == sorted(found)


def test_names_of_regions_stand_upright_above_their_columns(driver: Driver, address: str) -> None:
    driver.open(f"{address}#view=figures")
    heads = "[...document.querySelectorAll('.matrix thead span')]"
    boxes = driver.script(f"return {heads}.map(each => each.getBoundingClientRect())")
    assert len(boxes) > 40
    assert all(box["height"] > box["width"] for box in boxes)
    assert all(box["right"] <= after["left"] for box, after in pairwise(boxes))
