"""The page as a file: what it holds, that it is inert, its size. tests/test_page_browser.py opens it."""

import gzip
import json
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpers import HOSTILE, SMALL, TODAY, call, small
from sisterline.dates import Period
from sisterline.formats.html.content import fill, text_in
from sisterline.formats.html.drawing import era_labels
from sisterline.formats.html.squeeze import squeezed_script, squeezed_style
from sisterline.formats.html.writer import text
from sisterline.model import Dataset, DatasetInfo, Era, NotFound
from sisterline.query.selection import Selection, select
from sisterline.reports.page import PageReport, page_report
from sisterline.text.cells import width
from test_page_columns import unpack

# Elements without content (HTML, 13.1.2).
VOID = {"meta", "input", "br", "img", "link", "hr"}


ERA = Era(period=Period.parse("1986/1995"), label={"en": "thaw"}, source="gazette")


class Parsed(HTMLParser):
    """A page, parsed: its elements, its attributes, and the text of each script and style."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in self.raw:
            self.raw[self._open[-1]][-1] += data

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.raw["script"][0])
        (report,) = unpack(found["report"])
        return found | {"report": report}


def page_of(dataset: Dataset, **options: Any) -> str:
    return text(report_of(dataset, **options))


def report_of(dataset: Dataset, **options: Any) -> PageReport:
    return page_report(dataset, select(dataset, Selection()), TODAY, **options)


@pytest.fixture(scope="module")
def parsed(world: Dataset) -> Parsed:
    return Parsed(page_of(world))


def plain(report: PageReport) -> Any:
    return json.loads(msgspec.json.encode(report))


# --- what it holds --------------------------------------------------------------------------------


def test_the_data_of_the_page_is_the_report(bundled: Dataset) -> None:
    report = report_of(bundled)
    expected = plain(report)
    for place in expected["places"]:
        place.pop("location", None)  # instead of it there are points of the map
    assert Parsed(text(report)).data["report"] == expected


def test_no_text_of_the_template_is_a_python_object(parsed: Parsed, world: Dataset) -> None:
    assert "object at" not in page_of(world)
    assert "built-in" not in page_of(world)


def test_each_language_has_all_words(parsed: Parsed) -> None:
    words = parsed.data["words"]
    assert list(words) == ["en", "zh", "ja"]
    assert words["en"].keys() == words["zh"].keys() == words["ja"].keys()


def test_every_word_is_used_and_every_word_that_is_used_exists(world: Dataset) -> None:
    info = DatasetInfo(title="T", version="1", eras=(ERA,))
    page = Parsed(page_of(msgspec.structs.replace(world, info=info), selection="--city Sakae"))
    script = page.raw["script"][1]
    words = page.data["words"]["en"].keys()
    by_script = set(re.findall(r'\bword\("(\w+)"[,)]', script))
    by_template = {value for _, name, value in page.attributes if name == "data-word"}
    assert by_script | by_template <= words
    # Codes, counts, and names of facets, sorts and figures are put together, or are the keys of objects.
    others = {word for word in words - by_script - by_template if "." not in word}
    stems = {re.sub("_(one|two|few|other)$", "", word) for word in others} - {
        "nth",
        "noscript",
        *NotFound.__struct_fields__,
    }
    counts = {value for _, name, value in page.attributes if name == "data-count"}
    assert [stem for stem in sorted(stems - counts) if not re.search(rf'"{stem}"|\b{stem}:', script)] == []


def test_the_page_opens_in_the_language_that_was_asked_for() -> None:
    page = small("list", "-f", "html", "--lang", "zh").out
    assert '<html lang="zh">' in page
    assert "临海市" in page.partition("<tbody")[2].partition("</tbody")[0]
    assert Parsed(page).data["language"] == "zh"


def test_a_native_name_that_differs_in_the_forms_of_its_characters_only_is_left_out() -> None:
    words = ("list", "-f", "html", "--city", "kobe", "--founded", "1973", "--today", TODAY.isoformat())
    rows = call(*words, "--lang", "zh").out.partition("<tbody")[2]
    assert "神户市" in rows
    assert "神戸市" not in rows.partition("</tbody")[0]
    assert "神戸市" in call(*words).out.partition("<tbody")[2].partition("</tbody")[0]


def test_a_language_that_browsers_do_not_know_becomes_english(world: Dataset) -> None:
    for language in ("klingon", "x", "de-1996-x", ""):
        assert '<html lang="en">' in page_of(world, language=language)
    assert '<html lang="de">' in page_of(world, language="de")


def test_only_the_selection_is_on_the_page() -> None:
    page = Parsed(small("list", "-f", "html", "--city", "Ōmori", "--founded", "1979").out)
    assert [each["id"] for each in page.data["report"]["partnerships"]] == ["jinshan-omori"]
    assert page.data["facts"]["selection"] == "--city Ōmori --founded 1979"


def test_the_limit_and_the_sort_of_a_list_decide_which_are_on_the_page() -> None:
    page = Parsed(small("list", "-f", "html", "--sort", "events", "--reverse", "--limit", "1").out)
    assert [each["id"] for each in page.data["report"]["partnerships"]] == ["linhai-sakae"]


@pytest.mark.parametrize(
    ("words", "view", "opened"),
    [
        (("list",), "list", ""),
        (("timeline", "--chart"), "list", ""),
        (("stats",), "figures", ""),
        (("anniversaries", "--within", "9y"), "anniversaries", ""),
        (("show", "omori"), "list", ""),
        (("show", "linhai-sakae"), "list", "linhai-sakae"),
    ],
)
def test_a_command_opens_the_page_at_its_view(words: tuple[str, ...], view: str, opened: str) -> None:
    report = Parsed(small(*words, "-f", "html").out).data["report"]
    assert (report["view"], report["opened"]) == (view, opened)


def test_other_commands_cannot_be_written_as_a_page() -> None:
    result = small("exchanges", "-f", "html")
    assert result.status == 2
    assert "exchanges cannot be written as html" in result.err


def test_without_scripts_at_most_400_rows_are_there(bundled: Dataset) -> None:
    page = page_of(bundled)
    assert page.count('<tr role="row" data-n="') == 400
    assert page.count("<tr role") == 401


def test_title_description_licence_and_version_come_from_the_data(world: Dataset) -> None:
    info = DatasetInfo(title={"en": "Towns", "ja": "町"}, description="Ours", license="CC0", version="7")
    page = page_of(msgspec.structs.replace(world, info=info), language="ja")
    assert "<title>町</title>" in page
    assert '<p class="lede" id="description">Ours</p>' in page
    assert "町 · 7 · CC0" in page


def test_eras_of_the_data_shade_the_axis(world: Dataset) -> None:
    info = DatasetInfo(title="Towns", eras=(ERA,))
    dataset = msgspec.structs.replace(world, info=info)
    report = report_of(dataset)
    (shown,) = report.eras
    assert (shown.start, shown.end) == (
        report.axis.position(date(1986, 1, 1).toordinal()),
        report.axis.position(date(1996, 1, 1).toordinal()),
    )
    assert report.sources[shown.sources[0]].title == "[Report on the tie, 1998]"
    assert 'data-era="0">thaw</text>' in text(report)


@pytest.mark.parametrize(
    ("language", "day", "years"),
    [
        ("en", "as of 2026-11-21", "1986-03-05 – 1995-12"),
        ("zh", "截至2026年11月21日", "1986年3月5日至1995年12月"),
        ("ja", "2026年11月21日現在", "1986年3月5日～1995年12月"),
    ],
)
def test_dates_in_the_text_of_the_page_are_written_as_in_a_sentence(
    language: str, day: str, years: str, world: Dataset
) -> None:
    era = Era(period=Period.parse("1986-03-05/1995-12"), label={"en": "thaw"}, source="gazette")
    dataset = msgspec.structs.replace(world, info=DatasetInfo(title="Towns", eras=(era,)))
    page = text(report_of(dataset, language=language))
    assert f">{day}</span>" in page
    assert f">{years}</span>" in page


def test_labels_of_eras_that_lie_side_by_side_do_not_touch(world: Dataset) -> None:
    periods = ("1990/1991", "2019/2021", "2022/2023", "2024/2026")
    eras = tuple(
        Era(period=Period.parse(period), label={"en": period}, source="gazette") for period in periods
    )
    report = report_of(msgspec.structs.replace(world, info=DatasetInfo(title="Towns", eras=eras)))
    for labels in (
        ["thaw", "a second long label", "third", "last"],
        ["雪解け", "関係の悪化", "感染症", "再開"],
    ):
        placed = era_labels(report, labels)
        assert [label["label"] for label in placed] == labels
        room = [(each["middle"], width(each["label"]) * 1.25 / 2) for each in placed]
        assert all(after - half >= 0 for after, half in room)
        assert all(middle + half <= 100 for middle, half in room)
        for (left, half), (right, other) in pairwise(room):
            assert left + half < right - other


def test_safari_and_printers_can_draw_the_axis(parsed: Parsed) -> None:
    # WebKit knows no rem in attributes; Firefox prints transparent parts of a gradient as if they were not.
    assert [value for _, _, value in parsed.attributes if re.fullmatch(r"[\d.]+rem", value)] == []
    gradients = re.findall(r"linear-gradient\(var\(--\w+\) 0 0\)", parsed.raw["style"][0])
    assert len(gradients) == parsed.raw["style"][0].count("gradient(") > 5


# --- it is inert ----------------------------------------------------------------------------------


def test_the_policy_allows_this_style_and_this_script_only(parsed: Parsed) -> None:
    policy = next(
        value for _, name, value in parsed.attributes if name == "content" and "default-src" in value
    )
    style, script = parsed.raw["style"][0], parsed.raw["script"][1]

    def digest(source: str) -> str:
        return b64encode(sha256(source.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert len(parsed.raw["style"]) == 1
    assert len(parsed.raw["script"]) == 2


def test_nothing_on_the_page_names_another_file(parsed: Parsed) -> None:
    assert {"link", "img", "iframe", "object", "embed", "base"}.isdisjoint(parsed.elements)
    assert {name for _, name, _ in parsed.attributes if name in ("src", "srcset", "action", "style")} == set()
    addresses = {value for _, name, value in parsed.attributes if name in ("href", "xlink:href")}
    assert all(address.startswith("#") for address in addresses)
    assert "url(" not in parsed.raw["style"][0]
    script = parsed.raw["script"][1]
    known = ("http://www.w3.org/", "https://www.wikidata.org/wiki/", "https://www.geonames.org/")
    assert set(re.findall(r"https?://[\w./]+", script)) <= set(known)
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch(", "import("):
        assert word not in script


def test_hostile_texts_are_texts(world: Dataset) -> None:
    from test_page_browser import HOSTILE as HOSTILE_DATA

    evil = (*HOSTILE, "</script><script>", "<!--<script>", "]]>", "{{7*7}}", "{% raw %}", "&lt;", "\u2028")
    info = DatasetInfo(title=" ".join(evil) or "x", description=HOSTILE_DATA, version="<i>")
    page = Parsed(page_of(msgspec.structs.replace(world, info=info), selection="".join(evil)))
    assert len(page.raw["script"]) == 2
    assert page.elements.count("title") == 1
    assert [name for _, name, _ in page.attributes if name.startswith("on")] == []
    assert {"b", "img"}.isdisjoint(page.elements)
    assert page.data["report"]["title"].rstrip().endswith("&lt;")


def test_no_character_of_the_data_acts(world: Dataset) -> None:
    page = page_of(world)
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", page) == []
    report = Parsed(page).data["report"]
    assert r"\u{202e}" in json.dumps(report, ensure_ascii=False).replace("\\\\", "\\")


def test_an_address_that_is_no_web_address_cannot_be_in_the_data(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('sources: {s: {title: T, url: "javascript:alert(1)"}}\n', "utf-8")
    assert call("check", tmp_path / "a.yaml").status == 1


# --- what it may replace --------------------------------------------------------------------------


def test_a_page_replaces_a_page_of_ours_and_no_other(tmp_path: Path) -> None:
    page, other = tmp_path / "page.html", tmp_path / "other.html"
    other.write_text("<!doctype html><title>Somebody's</title>", "utf-8")
    ours = ("list", "--no-builtin", "--data", SMALL, "-o")
    assert call(*ours, page).status == 0
    assert call(*ours, page).status == 0
    refused = call(*ours, other)
    assert refused.status == 1
    assert "of a page that Sisterline did not make" in refused.err
    assert "Somebody's" in other.read_text("utf-8")


# --- size -----------------------------------------------------------------------------------------


def test_the_page_of_the_bundled_data_is_small_enough(bundled: Dataset) -> None:
    page = page_of(bundled)
    found = Parsed(page)
    own = len("".join((*found.raw["style"], found.raw["script"][1])).encode())
    # For each of the three languages of titles, notes and sources 535 kB, and 148 kB compressed.
    assert len(page.encode()) <= 1_600_000
    assert len(gzip.compress(page.encode())) <= 450_000
    assert own <= 56_000


# --- parts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "language", "expected"),
    [
        ("Köln", "zh", ("Köln", "")),
        ({"en": "Cologne", "de": "Köln"}, "de", ("Köln", "de")),
        ({"en": "Cologne", "de": "Köln"}, "ja", ("Cologne", "en")),
        ({"zh-Hans": "科隆", "en": "Cologne"}, "zh", ("科隆", "zh-Hans")),
        ({"de": "Köln", "fr": "Cologne"}, "ja", ("Köln", "de")),
    ],
)
def test_a_text_is_chosen_by_language(
    given: str | dict[str, str], language: str, expected: tuple[str, str]
) -> None:
    assert text_in(given, language) == expected


def test_placeholders_are_filled() -> None:
    assert fill("{n} of {of}, {other}", {"n": "1", "of": "{n}"}) == "1 of {n}, {other}"


def test_a_squeezed_script_keeps_texts_templates_and_patterns() -> None:
    script = """
    // A comment.
    const a = "b  //  c" + `x  ${ y }  z`;
      if (/[ /]  +/.test(a) && b) {
        call(a, b);
    }
    return -a
    """
    assert squeezed_script(script) == (
        'const a="b  //  c"+`x  ${ y }  z`;if(/[ /]  +/.test(a)&&b){call(a,b)}return-a\n'
    )


def test_constants_that_follow_each_other_are_declared_at_once() -> None:
    script = """
    const a = 0.5;
    const b = x => {
      const c = [10.05, x, ];
      let d = c;
      const e = call(
        c,
        "0.5",
      );
      const f = e;
      return d;
    };
    const g = b;
    """
    assert squeezed_script(script) == (
        'const a=.5,b=x=>{const c=[10.05,x];let d=c;const e=call(c,"0.5");const f=e;return d};const g=b;'
    )


def test_a_squeezed_style_keeps_blanks_that_mean_something() -> None:
    style = "/* c */\na b > c {\n  margin: 0 auto;\n  width: calc(1px + 2px);\n}\n"
    assert squeezed_style(style) == "a b>c{margin:0 auto;width:calc(1px + 2px)}"
