"""The page in a browser: search, address, keys, languages, print; nothing on the console or the network."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser import DESKTOP, PHONE, Tabs, started_browser
from helpers import SMALL, TESTS, call
from sisterline.formats.html.columns import column
from test_page_columns import unpack

pytestmark = pytest.mark.slow

TODAY = ("--today", "2026-11-21")
VIEWS = ("list", "map", "figures", "anniversaries")
HOSTILE = """\
places:
  a: {name: "</script><script>alert(1)</script>", country: DE, level: city, location: [50, 8]}
  b: {name: {en: "<img src=x onerror=alert(2)>", de: "\\u202eevil"}, country: FR, level: city}
sources:
  s: {title: "javascript:alert(3)", publisher: "<b onclick=alert(4)>", url: "https://example.org/?q='onload=alert"}
partnerships:
- id: a-b
  between: [a, b]
  since: 1990-01-02
  sources: [s]
  notes: "\\u2028</title><style>*{display:none}</style>"
  events:
  - {date: 1991, type: gift, title: "{{7*7}} ${alert(5)} <svg/onload=alert(6)>", source: s, notes: "<!--"}
  exchanges:
  - {mutual: true, what: "]]><iframe src=//x>", category: other, count: 3, unit: items, period: 1991}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def made(path: Path, *words: str | Path) -> Path:
    """A page that a call makes; it is made once."""
    if not path.exists():
        result = call(*words, *TODAY, "-o", path)
        assert result.status == 0, result.err
    return path


@pytest.fixture
def bundled_page(folder: Path) -> Path:
    return made(folder / "bundled.html", "list")


@pytest.fixture
def small_page(folder: Path) -> Path:
    return made(folder / "small.html", "list", "--no-builtin", "--data", SMALL)


@pytest.fixture
def tabs(browser: Any) -> Iterator[Tabs]:
    """Tabs of one test, whose pages must have done nothing that a page should not."""
    tabs = Tabs(browser)
    yield tabs
    tabs.close()
    assert tabs.faults.found == []


def rows(page: Any) -> list[str]:
    """The first of the two places of each row that is shown."""
    links: list[str] = page.locator("#rows tr td.place:nth-child(2) a > span:first-child").all_inner_texts()
    return links


def focused(page: Any) -> str:
    """The element that has the focus: its name and its id, or its text."""
    found: str = page.evaluate(
        "(e => e.tagName.toLowerCase() + ' ' + (e.id || e.textContent.trim()))(document.activeElement)"
    )
    return found


# --- search ---------------------------------------------------------------------------------------


def _examples(column: str) -> dict[str, str]:
    with (TESTS / "search_examples.csv").open(encoding="utf-8", newline="") as file:
        return {row["query"]: row[column] for row in csv.DictReader(file)}


def test_the_search_finds_what_the_examples_of_the_terminal_say(tabs: Tabs, small_page: Path) -> None:
    page = tabs.open(small_page)
    script = """queries => queries.map(query => {
        state.q = query;
        select();
        return shown.map(n => pairs[n].id).join(" ");
    })"""
    examples = _examples("expected")
    found = page.evaluate(script, list(examples))
    assert dict(zip(examples, found, strict=True)) == examples


def test_the_search_proposes_what_the_examples_of_the_terminal_say(tabs: Tabs, small_page: Path) -> None:
    page = tabs.open(small_page)
    script = """queries => queries.map(query => {
        search(query);
        return proposals(query).map(place => {
            const [name, native] = html("p", named(place)).children;
            return name.textContent + (native ? " (" + native.textContent + ")" : "");
        }).join(" | ");
    })"""
    examples = _examples("proposals")
    found = page.evaluate(script, list(examples))
    assert dict(zip(examples, found, strict=True)) == examples


@pytest.mark.parametrize("how", ["mouse", "keys"])
def test_a_proposal_is_searched_for(tabs: Tabs, bundled_page: Path, how: str) -> None:
    page = tabs.open(bundled_page)
    page.fill("#find", "yatsushirro")
    assert page.locator("#closest a").all_inner_texts()[0] == "Yatsushiro 八代市"
    if how == "mouse":
        page.click("#closest a >> nth=0")
    else:
        while focused(page) != "a Yatsushiro 八代市":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.wait_for_selector("#rows tr")
    assert page.input_value("#find") == "Yatsushiro"
    assert rows(page) == ["Beihai"]
    assert focused(page) == "main main"
    page.go_back()
    page.wait_for_selector("#closest a")


@pytest.mark.parametrize(
    ("typed", "first", "count"),
    [
        ("beihai", "Beihai", None),
        ("北海", "Beihai", None),
        ("廣島", "Sichuan", None),
        ("やつしろ", "Beihai", 1),
        ("BEIHAI yatsushiro", "Beihai", 1),
    ],
)
def test_names_are_found_in_every_script(
    tabs: Tabs, bundled_page: Path, typed: str, first: str, count: int | None
) -> None:
    page = tabs.open(bundled_page)
    page.fill("#find", typed)
    assert rows(page)[0] == first
    assert count is None or len(rows(page)) == count
    if first != "Beihai" or count is None:  # readings are not shown
        assert page.locator("#rows mark").count() > 0


def test_what_nothing_matches_says_so(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    everything = page.inner_text("#count")
    page.fill("#find", "zzzz")
    assert page.locator("#none").is_visible()
    assert page.inner_text("#count") == f"0 of {everything}"
    page.click("#clear")
    page.wait_for_selector("#none", state="hidden")
    assert page.inner_text("#count") == everything


def test_a_word_of_a_title_shows_the_event(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, "#q=giraffe")
    assert "giraffe" in page.inner_text("#rows tr:first-child .hit")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_an_event_that_was_found_leaves_the_lane_its_width(
    tabs: Tabs, bundled_page: Path, size: tuple[int, int]
) -> None:
    width = "document.querySelector('#rows td.lane').clientWidth"
    page = tabs.open(bundled_page, "#q=tianjin", size=size)
    expected = page.evaluate(width)
    assert tabs.open(bundled_page, "#q=giraffe", size=size).evaluate(width) > 0.8 * expected > 0


def test_a_letter_draws_what_fills_the_screen_and_a_pause_the_rest(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    at_once = page.evaluate(
        """() => {
          const box = document.getElementById("find");
          box.focus();
          box.value = "k";
          box.dispatchEvent(new Event("input", { bubbles: true }));
          const drawn = [...document.querySelectorAll("#rows tr")];
          return { rows: drawn.length, bottom: drawn.at(-1).getBoundingClientRect().bottom };
        }"""
    )
    assert at_once["bottom"] > DESKTOP[1]
    found = int(page.inner_text("#count").split()[0])
    assert at_once["rows"] < found
    page.locator("#rows tr").nth(found - 1).wait_for()
    assert page.locator("#rows tr").count() == found
    assert page.locator("#more").is_hidden()


def test_the_axis_of_time_stays_where_it_is_while_somebody_types(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    axis = page.locator("th.lane").bounding_box()
    for typed in ("k", "ko", "kobe", "神戸", "giraffe"):
        page.fill("#find", typed)
        assert page.locator("th.lane").bounding_box() == axis, typed


# --- the address ----------------------------------------------------------------------------------


def test_a_link_opens_a_pair_and_back_closes_it(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    page.click("#rows a >> text=Beihai")
    assert page.url.endswith("#beihai-yatsushiro")
    assert page.inner_text("#pair-title") == "Beihai 北海市 – Yatsushiro 八代市"
    assert "Beihai – Yatsushiro" in page.title()
    page.go_back()
    page.wait_for_selector("#pair", state="hidden")
    page.go_forward()
    page.wait_for_selector("#pair", state="visible")


def test_an_address_gives_the_same_view_again(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    page.click("#filters summary")
    page.select_option("#side1", "kumamoto-pref")
    page.wait_for_selector("#filtered >> text=(1)")
    page.select_option("#sort", "events")
    page.click("#views >> text=Map")
    page.wait_for_selector("#map")
    again = tabs.open(bundled_page, page.url.partition("#")[2] and "#" + page.url.partition("#")[2])
    assert again.inner_text("#count") == page.inner_text("#count")
    assert again.locator("#map").is_visible()
    assert again.input_value("#sort") == "events"
    assert again.locator("#filtered").inner_text().strip() == "(1)"


@pytest.mark.parametrize(
    "address", ["#view=__proto__&sort=constructor", "#nobody", "#q=%FF", "#=&&==", "#place=toString&view=map"]
)
def test_a_malformed_address_does_no_harm(tabs: Tabs, bundled_page: Path, address: str) -> None:
    page = tabs.open(bundled_page, address)
    assert page.locator("#count").inner_text()


@pytest.mark.parametrize(
    ("words", "view", "title"),
    [
        (("list",), "list", ""),
        (("timeline",), "list", ""),
        (("stats",), "figures", ""),
        (("anniversaries", "--within", "10y"), "anniversaries", ""),
        (("show", "linhai-sakae"), "list", "Linhai 临海市 – Sakae 栄市"),
    ],
)
def test_each_command_opens_the_page_at_its_view(
    tabs: Tabs, tmp_path: Path, words: tuple[str, ...], view: str, title: str
) -> None:
    page = tabs.open(made(tmp_path / "page.html", *words, "--no-builtin", "--data", SMALL))
    visible = [name for name in VIEWS if page.locator(f"#{name}").is_visible()]
    assert visible == [view]
    assert page.locator("#pair-title").all_inner_texts() == ([title] if title else [])


# --- keys -----------------------------------------------------------------------------------------


def test_keys_alone_search_open_and_close(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    page.keyboard.press("/")
    assert focused(page) == "input find"
    page.keyboard.type("beihai yatsu")
    while focused(page) != "a Beihai 北海市":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pair-title")
    assert focused(page) == "h2 pair-title"
    page.keyboard.press("Escape")
    page.wait_for_selector("#pair", state="hidden")
    page.wait_for_selector("#rows a:focus >> text=Beihai")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    page.wait_for_selector("#find:placeholder-shown")


def test_the_first_key_of_all_leads_past_the_head(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert focused(page) == "main main"


@pytest.mark.parametrize(
    ("address", "chosen", "expected"),
    [
        ("#view=map", "#ties-list a", "#ties-title"),
        ("#view=map&place=tianjin", "#ties-list a", "#ties-title"),
        ("#view=figures", ".matrix a", "#main"),
        ("#beihai-yatsushiro", ".cards a", "#ties-title"),
        ("#beihai-yatsushiro&view=anniversaries", ".walk a", ".months a[href^='#beihai-']"),
        ("", "#more button", "#rows tr:nth-child(401) a"),
    ],
    ids=["place", "all-places", "number-of-a-table", "place-of-a-pair", "close-a-pair", "more-rows"],
)
def test_the_focus_goes_with_what_is_chosen(
    tabs: Tabs, bundled_page: Path, address: str, chosen: str, expected: str
) -> None:
    page = tabs.open(bundled_page, address)
    page.focus(f"{chosen} >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_function("expected => document.activeElement.matches(expected)", arg=expected)


def test_a_footnote_leads_to_its_source(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, "#beihai-yatsushiro")
    page.click(".log .cite >> nth=0")
    page.wait_for_selector(".sources li:focus")


# --- views ----------------------------------------------------------------------------------------


def test_rows_of_the_script_are_those_of_the_writer(tabs: Tabs, small_page: Path) -> None:
    page = tabs.open(small_page)
    compared = page.evaluate(
        "written.map(row => [row.outerHTML, drawRow(Number(row.dataset.n), []).outerHTML])"
    )
    assert len(compared) == 9
    for by_writer, by_script in compared:
        assert by_script == by_writer


def test_the_script_unpacks_the_data_that_the_writer_packed(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page)
    packed = page.evaluate("data.report")
    assert page.evaluate("packed => unpack(packed)", packed) == unpack(packed)
    awkward = ["a", {"b": [{}, {"c": None}], "d": []}, None, "a", [{"b": "a"}], {}, "a", [[1], {}]]
    assert page.evaluate("packed => unpack(packed)", column(awkward)) == awkward


def test_the_article_has_facts_history_exchanges_and_sources(tabs: Tabs, small_page: Path) -> None:
    page = tabs.open(small_page, "#linhai-sakae")
    text = page.inner_text("#pair")
    assert "Friendship city · 24 Jun 1973 · agreement signed" in text
    assert "53 years · 55th anniversary 24 Jun 2028" in text
    assert "1,234,567 inhabitants (2020)" in text
    assert page.inner_text(".log li:first-child p").split() == ["Nov", "1972", "contact"]
    assert "Another source says: Founded Jul 1973" in text
    assert "announced" in page.inner_text(".log .planned")
    assert "about 780" in page.inner_text(".sums")
    assert "counted in another record" in page.inner_text(".tally")
    assert "Sakae City: 友好都市" in page.inner_text(".sources")
    assert page.get_attribute(".sources >> text=友好都市", "lang") == "ja"
    # A title in brackets is ours: the language of the document is not its language.
    assert page.get_attribute(".sources >> text=Report on the tie", "lang") is None
    assert "sisterline show linhai-sakae" in text
    assert page.locator("#pair a[href*='wikidata.org/wiki/Q900001']").count() == 1


def test_a_dot_of_the_map_chooses_the_partnerships_of_its_place(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, "#view=map")
    at = page.evaluate(
        """() => {
          const n = places.findIndex(place => place.id === "dalian"), [x, y] = map.points[n];
          const point = new DOMPoint(x, y).matrixTransform(byId("chart").getScreenCTM());
          return [point.x, point.y];
        }"""
    )
    page.mouse.click(*at)
    page.wait_for_selector("#ties-title >> text=Partnerships of Dalian")
    ties = page.locator("#ties-list li").count()
    assert page.locator("#arcs path").count() == ties > 5
    page.click("#ties-list >> text=All places")
    page.wait_for_selector("#arcs path", state="detached")


def test_the_map_has_the_labels_that_it_has_when_no_pair_was_open_before(
    tabs: Tabs, bundled_page: Path
) -> None:
    expected = tabs.open(bundled_page, "#view=map").locator("#labels text").count()
    page = tabs.open(bundled_page, "#nanjing-nagoya")
    page.click("#views a[data-view=map]")
    page.wait_for_selector("#labels text")
    assert page.locator("#labels text").count() == expected > 10


def test_figures_count_what_is_selected(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, "#view=figures&side1=tokyo")
    some = int(page.evaluate("shown.length"))
    founded = page.locator(".figure >> nth=0")
    assert (
        f"{page.evaluate('shown.filter(n => pairs[n].since).length')} with a known year"
        in founded.inner_text()
    )
    numbers = page.locator(".matrix a").all_inner_texts()
    assert sum(map(int, numbers)) == some
    founded.locator("summary").click()
    assert founded.locator("table tbody tr").count() > 3


def test_a_number_of_the_matrix_opens_its_list(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, "#view=figures")
    first = page.locator(".matrix a >> nth=0")
    number = first.inner_text()
    first.click()
    page.wait_for_selector("#list")
    assert len(rows(page)) == int(number)


def test_anniversaries_are_those_of_the_command(tabs: Tabs, folder: Path) -> None:
    page = tabs.open(made(folder / "due.html", "anniversaries", "--year", "2028", "--every", "10"))
    said = call("anniversaries", "--year", "2028", "--every", "10", *TODAY, "-f", "csv").lines
    assert page.locator("#due-body li").count() == len(said) - 1
    assert page.inner_text("#due-title") == "Anniversaries from 1 Jan 2028 to 31 Dec 2028"


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tag", "name"), [("zh", "北海市"), ("ja", "北海市"), ("en", "Beihai")])
def test_the_language_is_switched_over_everything(
    tabs: Tabs, bundled_page: Path, tag: str, name: str
) -> None:
    page = tabs.open(bundled_page, "#beihai-yatsushiro")
    page.select_option("#language", tag)
    page.wait_for_selector(f"html[lang={tag}]")
    assert page.inner_text("#pair-title").startswith(name)
    assert page.evaluate("document.title").startswith(name)
    for view in VIEWS:
        page.click(f"#views a[data-view={view}]")
        page.wait_for_selector(f"#{view}")


@pytest.mark.parametrize(
    ("tag", "day", "kind"),
    [("en", "Jul 1973", "sister city"), ("zh", "1973年7月", "姐妹城市"), ("ja", "1973年7月", "姉妹都市")],
)
def test_what_another_source_says_is_in_the_words_of_the_language(
    tabs: Tabs, small_page: Path, tag: str, day: str, kind: str
) -> None:
    page = tabs.open(small_page, f"#linhai-sakae&lang={tag}")
    page.wait_for_selector(f"html[lang={tag}]")
    disputes = page.locator("#pair p.warn").all_inner_texts()
    assert [day in disputes[0], kind in disputes[1]] == [True, True]


def test_every_name_is_marked_with_its_language(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, "#lang=zh")
    assert page.locator("#rows td.place span.own[lang=ja]").count() > 5
    assert page.locator("#rows td.place span.own:not([lang])").count() == 0


def test_a_native_name_that_differs_in_the_forms_of_its_characters_only_is_left_out(
    tabs: Tabs, bundled_page: Path
) -> None:
    page = tabs.open(bundled_page, "#lang=zh")
    assert page.inner_text("#rows tr:nth-child(1)").split("\t")[1:3] == ["天津市", "神户市"]
    assert "つくば市" in page.locator("#rows").inner_text()
    english = tabs.open(bundled_page)
    assert english.inner_text("#rows tr:nth-child(1)").split("\t")[1:3] == ["Tianjin 天津市", "Kobe 神戸市"]


# --- for everyone ---------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [(360, 740), PHONE, (768, 1024), DESKTOP])
def test_nothing_is_wider_than_the_screen(
    tabs: Tabs, bundled_page: Path, view: str, size: tuple[int, int]
) -> None:
    page = tabs.open(bundled_page, f"#view={view}", size=size)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.click("#filters summary")
    assert page.evaluate("byId('facets').scrollWidth - byId('facets').clientWidth") <= 0
    assert page.evaluate("byId('facets').getBoundingClientRect().right - innerWidth") <= 0


def test_the_theme_can_be_switched(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, dark=True)
    color = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(color)
    page.click("#theme")
    assert page.evaluate(color) != dark


def test_without_scripts_the_rows_and_a_note_are_there(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, scripts=False)
    assert page.locator("#rows tr").count() == 400
    assert page.locator("#rows tr:first-child td.lane path").count() > 3
    assert "first 400 partnerships" in page.inner_text("noscript")
    assert not page.locator("#controls").is_visible()


def test_a_pair_is_printed_on_two_pages_and_the_list_as_a_table(
    tabs: Tabs, bundled_page: Path, tmp_path: Path
) -> None:
    def pages(address: str) -> int:
        printed: bytes = tabs.open(bundled_page, address).pdf(prefer_css_page_size=True)
        return printed.count(b"/Type /Page\n") or printed.count(b"/Type /Page ")

    assert pages("#beihai-yatsushiro") == 2
    assert pages("#tianjin-kobe") <= 3
    assert pages("#side1=tokyo") <= 2


def test_paper_is_light_and_without_controls(tabs: Tabs, bundled_page: Path) -> None:
    page = tabs.open(bundled_page, "#beihai-yatsushiro", dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert not page.locator("#controls").is_visible()
    assert not page.locator("#list").is_visible()
    assert page.locator("#pair").is_visible()


# --- other data -----------------------------------------------------------------------------------


def test_hostile_texts_stay_texts(tabs: Tabs, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(HOSTILE, encoding="utf-8")
    path = made(tmp_path / "page.html", "list", "--no-builtin", "--data", tmp_path / "own.yaml")
    for view in (*VIEWS, "list&sort=name&q=img", "map&place=a"):
        page = tabs.open(path, f"#a-b&view={view}")
        assert page.evaluate("document.scripts.length") == 2
        assert page.locator("img, iframe, b, body style").count() == 0
        assert (
            page.evaluate(
                "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                ".filter(a => /^on/.test(a.name)).length"
            )
            == 0
        )
        addresses = page.evaluate("[...document.links].map(a => a.protocol)")
        assert set(addresses) <= {"file:", "https:"}
    assert "</script><script>alert(1)</script>" in page.inner_text("#pair-title")
    assert "\\u{202e}" not in page.inner_text("#pair-title")


POOR = "places: {a: {name: A, country: DE, level: city}, b: {name: B, country: DE, level: city}}\n"


@pytest.mark.parametrize(
    "text",
    [f"{POOR}partnerships: [{{id: a-b, between: [a, b]}}]\n", POOR],
    ids=["one-country-no-dates-no-locations", "no-partnerships"],
)
def test_poor_data_makes_a_sensible_page(tabs: Tabs, tmp_path: Path, text: str) -> None:
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    path = made(tmp_path / "page.html", "list", "--no-builtin", "--data", tmp_path / "own.yaml")
    for view in VIEWS:
        page = tabs.open(path, f"#view={view}")
        assert page.inner_text("h1") == "Partnerships"
        assert page.locator("#views a[data-view=map]").count() == 0
    for address in ("#a-b", "#q=a"):
        tabs.open(path, address)
