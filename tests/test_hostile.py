"""Data is never trusted: whatever a text holds, it stands there as text in every format, and does nothing.

One data set has a partnership for each hostile text, with that text in every field that can hold one. Each
command writes it in each format, and a reader of that format that nobody here wrote tells what arrived.
"""

import contextlib
import csv
import io
import json
import re
import sqlite3
import unicodedata
from contextlib import closing
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar  # noqa: TID253
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from msgspec import structs
from msgspec.structs import replace

from data_strategies import entries, file_of, quoted
from helpers import SMALL, Result, call
from sisterline.cli import complete
from sisterline.country_codes import OFFICIAL, USER_ASSIGNED
from sisterline.dates import Date, Period
from sisterline.errors import Problem
from sisterline.formats import github, ical, write
from sisterline.model import (
    Country,
    Dataset,
    Dispute,
    Event,
    Exchange,
    Partnership,
    Place,
    Population,
    Source,
    Total,
)
from sisterline.reading.dataset import load_dataset
from sisterline.reports.base import Report
from sisterline.reports.check import CheckReport
from sisterline.reports.refs import PartnershipRef, PlaceRef
from sisterline.reports.timeline import Item, TimelineReport
from sisterline.text.cells import width
from sisterline.text.escape import printable

ACUTE = "\u0301"
TEXTS = {
    "window title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x1b\\",
    "hyperlink": "\x1b]8;;https://evil.example\x1b\\Kobe\x1b]8;;\x1b\\",
    "colours and cursor": "\x1b[2J\x1b[1;31mred\x1b[0m\x1b[999D",
    "device": "\x1bP+q544e\x1b\\\x1b[5n\x1b[c",
    "C1": "\x9b31m\x9d0;title\x9c\x90q\x9c\x84\x85x",
    "backspace and bell": "Kobe\x08\x08\x08\x08Evil\x07\x7f",
    "nul": "a\x00b",
    "overrides": "\u202etxt.evil\u202c \u202dx\u202a\u202b",
    "isolates": "\u2066x\u2067y\u2068z\u2069\u061c\u200e\u200f",
    "zero width": "Bei\u200bhai\u2060\ufeff\u00ad\u2063\u180e",
    "joiners": "Bei\u200dhai\u200c\u200c\u200c",
    "fillers": "\u3164\uffa0\u115f\u1160",
    "tags": "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "selectors": "\u263a" + "\ufe01\U000e0101" * 9,
    "zalgo": "Z" + ACUTE * 40 + "algo",
    "stacked Thai": "ก" + "\u0e47" * 30,
    "blank letters": "\u2800\u3000\u00a0\u2003x",
    "private and unassigned": "\ue000\U000f0000\ufdd0\uffff\U0010ffff",
    "separators": "a\u2028b\u2029c\x0bd\x0ce\x1cf",
    "console markup": "[red]x[/] [link=https://evil.example]y[/link] [bold",
    "emoji code": ":smile: :warning:",
    "script": "<script>alert(1)</script>",
    "image that fails": "<img src=x onerror=alert(1)>",
    "comment": "<!-- x --> <![CDATA[y]]> <?php z ?> -->",
    "attribute": "\"' onmouseover=alert(1) x=\"",
    "entities": "&#106;avascript &lt;b&gt; &copy; &amp;amp;",
    "equals": "=1+1",
    "plus": "+1",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "pipe command": "=cmd|' /C calc'!A0",
    "tab formula": "\t=1+1",
    "return formula": "\r=1+1",
    "line formula": "\n=HYPERLINK(1)",
    "space formula": "  =1+1",
    "wide equals": "＝1+1",
    "wide plus": "＋1",
    "wide minus": "－1",
    "wide at": "＠SUM(A1)",
    "quoted formula": "\"=1+1",
    "semicolon formula": "x;=1+1;\"=2\"",
    "comma formula": "x,=1+1,\"=2\"",
    "apostrophe": "'=1",
    "calendar alarm": "x\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1M\r\nEND:VALARM",
    "calendar attachment": "x\nATTACH:https://evil.example/x\nEND:VEVENT\nBEGIN:VEVENT",
    "calendar escapes": "a\\nb\\, c; d, e: \\\\ f\\;g\\N",
    "calendar folding": "北海市" * 20 + "\U0001f600" * 20,
    "calendar parameter": "X;LANGUAGE=en:y^n\"z\"",
    "pipes": "a|b||c\\|d",
    "backticks": "``` x ` y `` z",
    "link": "[x](javascript:alert(1))",
    "reference": "[x]: https://evil.example \"t\"",
    "footnote": "[^1] [^1]: x",
    "image": "![x](https://evil.example/x.png)",
    "autolink": "<javascript:alert(1)> <https://evil.example>",
    "heading": "# x\n\n## y\n---",
    "list": "- x\n* y\n1. z\n> q",
    "table": "x |\n| --- |\n| y",
    "emphasis": "*a* _b_ **c** __d__ ~~e~~ ==f==",
    "mathematics": "$\\href{javascript:alert(1)}{x}$ $$y$$",
    "template": "{{ 7*7 }} {% raw %} ${7*7} {: onclick=x}",
    "backslash": "a\\",
    "under_score": "a_b__c",
    "shell": "$(id) `id` ; rm -rf ~ && x > /dev/null",
    "shell for zsh": "\\$(id)",
    "path": "../../etc/passwd",
    "sql": "'); DROP TABLE places; --",
    "annotation": "::error file=x::y%0A::error::z",
    "old annotation": "##[error]x\n::stop-commands::y",
    "format": "{0} %s %(x)s {x!r} \\u0041",
    "long": "x" * 250,
    "long Chinese": "市" * 150,
    "right to left": "תל אביב ١٢٣ تهران",
    "yaml": "!!python/object/apply:os.system ['id'] &a *a <<: ---",
    "json": "\\u0000\",\"x\":{\"y",
    "not normal": "A\u030angstro\u0308m \ufb01 \u212b",
}  # fmt: skip
# Texts of scripts that need what is hidden elsewhere: they stay as they are.
INNOCENT = (
    "می\u200cخواهم", "क्\u200dष", "❤\ufe0f", "👩\u200d👩\u200d👧", "が", "Ǟ\u0323", "葛\U000e0100城市", "ཧྐྵྨླྺྼྻྂ",
)  # fmt: skip
URLS = (
    "https://example.org/a|b[x](y)", "https://example.org/*_~`'", "https://example.org/?a=1&copy;=2&amp;lt;",
    "https://xn--80ak6aa92e.com/", "https://bücher.example/北海市", "https://example.org/%0D%0AATTACH:x",
    "https://example.org/;,:=+-@", "https://[::1]:8080/x", "https://example.org/#[x]:", "https://=1+1/",
)  # fmt: skip

# What nobody should see as such, by the Unicode database: not the list of words.py, so that a slip there
# shows. The signs of Arabic and Syriac numbers and of hieroglyphs are format characters, too, but drawn.
_DRAWN = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001345f"


def _class(*categories: str, but: str = " ") -> str:
    """The characters of some categories as ranges of a class in a pattern."""
    found = [n for n in range(0x110000) if unicodedata.category(chr(n)) in categories]
    found = [n for n in found if not re.match(f"[{but}]", chr(n))]
    starts = [n for before, n in pairwise([-9, *found]) if n != before + 1]
    ends = [n for n, after in pairwise([*found, -9]) if after != n + 1]
    return "".join(f"\\U{one:08x}-\\U{other:08x}" for one, other in zip(starts, ends, strict=True))


_MARKS = _class("Mn", "Me")
_ACTING = _class("Cc", "Cf", "Cs", "Zl", "Zp", but=f"\n\u200c\u200d{_DRAWN}")
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_HARM = re.compile(
    f"[{_ACTING}\u115f\u1160\u3164\uffa0]|(?<![\u0600-\U0010ffff])[\u200c\u200d]"
    f"|(?<=[{_SELECTORS}A-Za-z ])[{_SELECTORS}]|(?<=[\u200c\u200d])[\u200c\u200d]|[{_MARKS}]{{9,}}"
)


def harm(text: str) -> set[str]:
    """What acts, hides or piles up in a page."""
    return set(_HARM.findall(re.sub("[ -~\n]+(?=[ -~\n])", "", text)))  # of plain letters the last is enough


# --- the data set ---------------------------------------------------------------------------------

NUMBERS = {name: number for number, name in enumerate(TEXTS)}
# A country for each text: those for own use, and as many others as it takes.
CODES = sorted([*sorted(USER_ASSIGNED), *sorted(OFFICIAL)][: len(TEXTS)])


def _tongues(text: str) -> dict[str, str]:
    return {"en": text, "zh": text, "ja": text}


@cache
def hostile() -> Dataset:
    """A partnership for each text, all of whose fields hold it."""
    countries, places, sources, ties, totals = {}, {}, {}, [], []
    for number, text in enumerate(TEXTS.values()):
        code = CODES[number]
        one, other, region, source = (f"{word}-{number:02}" for word in ("a", "b", "r", "s"))
        tongues = _tongues(text)
        countries[code] = Country(name=tongues, language="zh")
        sources[source] = Source(
            id=source, title=tongues, publisher=text, url=URLS[number % len(URLS)], type="official"
        )
        places[region] = Place(id=region, name=text, country=code, level="province")
        places[one] = Place(
            id=one, name=tongues, country=code, level="city", within=region, aliases=(text,), notes=tongues,
            population=Population(count=1000, as_of=Date(2020), source=source),
        )  # fmt: skip
        places[other] = Place(id=other, name=text, country=code, level="city", notes=text)
        one_way = Exchange(
            id="visit", origin=one, destination=other, what=tongues, category="students", count=5,
            unit="people", period=Period.single(Date(2001)), source=source, notes=tongues,
        )  # fmt: skip
        event = Event(
            date=Period.single(Date(2001, 2, 3)), type="gift", title=tongues, source=source, notes=text
        )
        ties.append(
            Partnership(
                id=f"t-{number:02}", between=(one, other), kind="sister-city", since=Date(1996, 3, 5),
                basis=tongues, sources=(source,), notes=tongues, events=(event,),
                disputed=(Dispute(field="since", value="1996-03", source=source, notes=text),),
                exchanges=(
                    one_way,
                    replace(
                        one_way, id=None, origin=None, destination=None, mutual=True, what=text, series="x",
                        part_of="visit", notes=None,
                    ),
                ),
            )
        )  # fmt: skip
        totals.append(
            Total(
                between=(code, code), count=3, unit="pairs", as_of=Period.single(Date(2020)), by=text,
                counts=tongues, source=source,
            )
        )  # fmt: skip
    return Dataset(
        countries=countries, places=places, sources=sources, partnerships=tuple(ties), totals=tuple(totals)
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set as a file."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.yaml"
    path.write_text(file_of(entries(hostile())), encoding="utf-8")
    return path


def on(data: Path, *arguments: str | Path) -> Result:
    """Call a command over the data set on a fixed day; it does what it is asked."""
    result = call(*arguments, "--no-builtin", "--data", data, "--today", "2026-11-21")
    assert (result.status, result.err) == (0, ""), arguments
    return result


# Each command over all of it, and those that tell more of a single one over each.
ALL: dict[str, tuple[str, ...]] = {
    "list": ("list",),
    "names": ("list", "--columns", "place,partner,place_region"),
    "timeline": ("timeline", "--every", "10"),
    "chart": ("timeline", "--chart"),
    "stats": ("stats",),
    "countries": ("stats", "--by", "country"),
    "cross": ("stats", "--by", "level", "--by", "country"),
    "regions": ("stats", "--by", "region"),
    "anniversaries": ("anniversaries", "--within", "10y"),
    "sums": ("exchanges", "--by", "place"),
    "directions": ("exchanges", "--by", "direction"),
    "partnerships": ("exchanges", "--by", "partnership"),
    "records": ("exchanges", "--records"),
    "sources": ("sources",),
}
ONE: dict[str, tuple[str, ...]] = {
    "show a place": ("show", "a-{}"),
    "show a tie": ("show", "t-{}"),
    "timeline of one": ("timeline", "--city", "a-{}"),
    "stats of one": ("stats", "--city", "a-{}"),
    "source": ("sources", "s-{}"),
}
PAGES = ("json", "csv", "tsv", "markdown", "table")
BOTH = ALL | ONE


def commands(name: str, every: int = 1, after: int = 0) -> list[tuple[str, ...]]:
    """A command of `ALL`, or one of `ONE` for each text, or for one in so many of them."""
    if name in ALL:
        return [ALL[name]]
    if every == 1 and name not in ("show a tie", "stats of one"):  # which between them tell all texts
        every, after = 4, list(ONE).index(name)
    return [
        tuple(word.format(f"{number:02}") for word in ONE[name])
        for number in NUMBERS.values()
        if number % every == after % every
    ]


class Pages:
    """What commands write; each makes its report once, for all formats."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.reports: dict[tuple[str, ...], tuple[Report, dict[str, Any]]] = {}
        self.pages: dict[tuple[tuple[str, ...], str], str] = {}

    def report(self, command: tuple[str, ...]) -> tuple[Report, dict[str, Any]]:
        if command not in self.reports:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("sisterline.cli.commands.write", self._keep)
                patch.setattr("sisterline.cli.commands.load_cached", lambda *_: hostile())
                on(self.data, *command)
            self.reports[command] = self._made
        return self.reports[command]

    def _keep(self, report: Report, _: str, **how: Any) -> str:
        self._made = report, how
        return ""

    def page(self, command: tuple[str, ...], form: str) -> str:
        """What a command writes in a format, into a pipe."""
        if (command, form) not in self.pages:
            self.pages[command, form] = self._written(command, form)
        return self.pages[command, form]

    def screen(self, command: tuple[str, ...], *, ascii_only: bool) -> str:
        """The table of a command in the width that COLUMNS says."""
        return self._written(command, "table", ascii_only=ascii_only)

    def _written(self, command: tuple[str, ...], form: str, *, ascii_only: bool = False) -> str:
        report, how = self.report(command)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            write(report, form, options=structs.replace(how["options"], ascii_only=ascii_only))
        return out.getvalue()


@pytest.fixture(scope="module")
def pages(data: Path) -> Pages:
    return Pages(data)


# --- every format ---------------------------------------------------------------------------------


def test_the_data_set_is_read_as_it_was_meant(data: Path) -> None:
    assert load_dataset([data]) == hostile()
    assert call("check", data, "--warnings").status == 0


@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("name", BOTH)
def test_no_page_holds_what_acts_hides_or_piles_up(name: str, form: str, pages: Pages) -> None:
    if (name, form) == ("names", "json"):
        pytest.skip("JSON has no columns to choose")
    for command in commands(name):
        page = pages.page(command, form)
        assert harm(page.replace("\t", "") if form == "tsv" else page) == set(), command


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("cells", [40, 80, 200])
@pytest.mark.parametrize("name", BOTH)
def test_no_line_is_wider_than_the_terminal_and_none_acts(
    name: str, cells: int, ascii_only: bool, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(cells))
    for command in commands(name, 6, cells // 40 + 3 * ascii_only):
        screen = pages.screen(command, ascii_only=ascii_only)
        assert harm(screen) == set(), command
        # An address is never broken, so that a terminal takes it for one link.
        lines = [line for line in screen.split("\n") if not line.strip().startswith("https://")]
        assert [line for line in lines if width(line) > cells] == [], command


# --- JSON -----------------------------------------------------------------------------------------


def test_json_reads_back_to_the_very_texts(data: Path) -> None:
    listed = json.loads(on(data, "list", "-f", "json").out)["partnerships"]
    assert len(listed) == len(TEXTS)
    for row, text in zip(listed, TEXTS.values(), strict=True):
        assert row["place"]["names"] == _tongues(text)
        assert {row["place"][key] for key in ("name", "native", "region", "country_name")} == {text}
        assert row["partner"]["names"] == {"": text}
    items = json.loads(on(data, "timeline", "-f", "json", "--every", "0").out)["items"]
    told = {item["partnership"]: item for item in items if item["kind"] == "event"}
    texts = list(TEXTS.values())
    assert [(item["title"], item["notes"]) for item in told.values()] == [(text, text) for text in texts]
    assert [item["basis"] for item in items if item["kind"] == "founding"] == texts


@pytest.mark.parametrize("name", TEXTS)
def test_json_of_one_partnership_reads_back_to_the_very_texts(name: str, pages: Pages) -> None:
    number, text = NUMBERS[name], TEXTS[name]
    shown = json.loads(pages.page(("show", f"t-{number:02}"), "json"))
    (card,) = shown["partnerships"]
    assert (card["basis"], card["notes"], card["disputed"][0]["notes"]) == (text, text, text)
    assert shown["places"][0]["aliases"] == shown["places"][0]["within"] == [text]
    assert [(flow["what"], flow["notes"]) for flow in shown["exchanges"]] == [(text, text), (text, "")]
    (source,) = shown["sources"]
    assert (source["title"], source["publisher"]) == (text, text)
    assert source["url"] == URLS[number % len(URLS)]
    (total,) = json.loads(pages.page(("stats", "--city", f"a-{number:02}"), "json"))["totals"]
    assert (total["by"], total["counts"]) == (text, text)


# --- CSV and TSV ----------------------------------------------------------------------------------

_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def _rows(text: str, form: str) -> list[list[str]]:
    dialect = "excel-tab" if form == "tsv" else "excel"
    return list(csv.reader(io.StringIO(text, newline=""), dialect=dialect, strict=True))


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("name", BOTH)
def test_no_cell_of_a_sheet_begins_a_formula(name: str, form: str, pages: Pages) -> None:
    for command in commands(name):
        out = pages.page(command, form)
        rows = _rows(out, form)
        assert {len(row) for row in rows} == {len(rows[0])}, command
        numbers = re.compile(r"-?\d+")
        cells = [cell for row in rows for cell in row if not numbers.fullmatch(cell)]
        assert [cell for cell in cells if cell.lstrip().startswith(_STARTS)] == [], command
        # Where a list separator is a semicolon, a spreadsheet opens the same file in other cells.
        if form == "csv":
            split = [cell.lstrip('" ') for line in out.splitlines() for cell in line.split(";")[1:]]
            assert [cell for cell in split if cell.startswith(_STARTS)] == [], command


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_cell_is_the_text_as_it_can_be_seen(form: str, data: Path) -> None:
    head, *rows = _rows(on(data, "list", "-f", form).out, form)
    for row, text in zip(rows, TEXTS.values(), strict=True):
        cells = dict(zip(head, row, strict=True))
        for column in ("place", "place_native", "place_region", "partner"):
            assert cells[column].replace("'", "") == printable(text).replace("'", "")


def test_the_heading_of_a_column_that_the_data_names_is_no_formula_either(data: Path) -> None:
    head, *_ = _rows(on(data, "stats", "--by", "level", "--by", "country", "-f", "csv").out, "csv")
    assert len(head) == len(set(TEXTS.values())) + 2  # the level, and the count of all
    assert "'=1+1" in head
    assert "::error file=x::y%0A::error::z" in head


# --- Markdown -------------------------------------------------------------------------------------

_READERS = {
    "commonmark": MarkdownIt("commonmark", {"html": False}).enable("table"),
    "html": MarkdownIt("commonmark", {"html": True}).enable("table"),
    "github": MarkdownIt("gfm-like", {"html": True, "linkify": False}),
    "typographic": MarkdownIt("default", {"html": True, "typographer": False}),
}


_BLOCKS = {
    f"{block}_{side}"
    for block in (
        "heading", "paragraph", "bullet_list", "ordered_list", "list_item", "table", "thead", "tbody",
        "tr", "th", "td",
    )
    for side in ("open", "close")
} | {"inline"}  # fmt: skip
_INLINE = {"text", "text_special"} | {
    f"{mark}_{side}" for mark in ("link", "strong", "em") for side in ("open", "close")
}
# What is bold or in italics: labels of facts, dates, types of events, today; never a text of the data.
_OURS = re.compile(r"[A-Z][a-z]+|[a-z]+|[\d/.~-]+|today \d{4}-\d\d-\d\d")


def _set_off(token: Token) -> list[str]:
    """The words of a block that are bold or in italics."""
    words: list[str] = []
    for before, child in pairwise(token.children or []):
        if before.type in ("strong_open", "em_open"):
            words.append("")
        if words and child.level and child.type.startswith("text"):
            words[-1] += child.content
    return words


# One reader reads all; the others, which differ in what they take for markup, read some of each sort.
_READ = [("html", name) for name in BOTH]
_READ += [
    (reader, name)
    for reader in _READERS
    if reader != "html"
    for name in ("names", "cross", "sources", "show a tie")
]


@pytest.mark.parametrize(("reader", "name"), _READ)
def test_markdown_makes_nothing_of_a_text_but_text(name: str, reader: str, pages: Pages) -> None:
    for command in commands(name, len(_READERS), list(_READERS).index(reader)):
        out = pages.page(command, "markdown")
        tokens = _READERS[reader].parse(out)
        assert {token.type for token in tokens} <= _BLOCKS, command
        for before, token in pairwise(tokens):
            for child in token.children or []:
                assert child.type in _INLINE, (command, token.content)
                if child.type == "link_open":
                    assert child.info == "auto"
                    assert str(child.attrs["href"]).startswith("https://"), command
                # Labels, dates, types and today are set off by us, and only they.
                if child.type in ("strong_open", "em_open"):
                    assert before.type == "paragraph_open", command
            assert [words for words in _set_off(token) if not _OURS.fullmatch(words)] == [], command


@pytest.mark.parametrize("name", TEXTS)
def test_markdown_shows_the_text_as_it_can_be_seen(name: str, pages: Pages) -> None:
    out = pages.page(("show", f"t-{NUMBERS[name]:02}"), "markdown")
    seen = set()
    for token in _READERS["html"].parse(out):
        parts = [child.content for child in token.children or [] if child.type.startswith("text")]
        seen.add(re.sub(r"\s+", " ", "".join(parts)).strip())
    text = re.sub(r"\s+", " ", printable(TEXTS[name])).strip()
    assert f"{text} ⇄ {text}" in seen
    assert f"Also: {text}" in seen
    event = f"2001-02-03 gift {printable(TEXTS[name])} ({printable(TEXTS[name])}) [1]"
    assert re.sub(r"\s+", " ", event) in seen
    assert f"Notes: {text}" in seen


@pytest.mark.parametrize("url", URLS)
def test_the_link_of_a_source_leads_where_the_source_is(url: str, pages: Pages) -> None:
    out = pages.page(("sources", f"s-{URLS.index(url):02}"), "markdown")
    links = [
        child.attrs["href"]
        for token in _READERS["commonmark"].parse(out)
        if token.children
        for child in token.children
        if child.type == "link_open"
    ]
    assert links
    for href in map(str, links):
        assert href.replace("%3B", ";") == normalizeLink(url).replace("%3B", ";").replace("|", "%7C")


# --- calendars ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("timeline", "--every", "0"), ("anniversaries", "--within", "10y")])
def test_a_calendar_has_our_events_and_properties_and_no_others(command: tuple[str, ...], data: Path) -> None:
    result = call(*command, "-f", "ics", "--no-builtin", "--data", data, "--today", "2026-11-21")
    assert result.status == 0
    assert harm(result.out.replace("\r\n", "\n")) == set()
    for line in result.out.split("\r\n"):
        assert len(line.encode()) <= 75  # RFC 5545, 3.1, and no character is cut in two
    calendar = Calendar.from_ical(result.out)
    assert [part.name for part in calendar.walk()] == ["VCALENDAR"] + ["VEVENT"] * len(calendar.subcomponents)
    for event in calendar.subcomponents:
        assert set(event) <= {
            "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "DESCRIPTION", "CATEGORIES", "TRANSP", "URL",
        }  # fmt: skip
        for value in event.values():
            assert set(getattr(value, "params", ())) <= {"VALUE"}
    if command[0] == "timeline":
        assert len(calendar.subcomponents) == 2 * len(TEXTS)


def test_a_calendar_reads_back_to_the_texts_as_they_can_be_seen(data: Path) -> None:
    calendar = Calendar.from_ical(on(data, "timeline", "--every", "0", "-f", "ics").out)
    told = [event for event in calendar.subcomponents if "Founded" not in str(event["SUMMARY"])]
    for event, (number, text) in zip(told, enumerate(TEXTS.values()), strict=True):
        seen = printable(text)
        assert event["SUMMARY"] == f"{seen} – {seen}: {seen}"
        url = URLS[number % len(URLS)]
        assert event["DESCRIPTION"] == f"{seen}\nSource: {seen}, {seen}, {url}"
        assert event["URL"] == url


@given(st.text(max_size=200))
def test_any_text_reads_back_from_a_calendar(text: str) -> None:
    place = PlaceRef(
        id="x", name="", native="", names={}, level="city", region="", country="DE", country_name=""
    )
    pair = PartnershipRef(
        id="x-y", place=place, partner=place, kind=None, since=None, status="active", years=None, next=None,
        events=1, last_event=None, exchanges=0, sources=0,
    )  # fmt: skip
    item = Item(
        date="2001-02-03", kind="event", type="gift", title=text, partnership="x-y", sources=(), notes=text,
        gap=0, future=False,
    )  # fmt: skip
    report = TimelineReport(
        today="2026-11-21", partnerships=(pair,), items=(item,), sources=(), matched=1, every=5,
        every_chosen=False, group="decade", reverse=False, chronological=True, includes_today=True,
    )  # fmt: skip
    (event,) = Calendar.from_ical(ical.text(report)).subcomponents
    assert event["SUMMARY"] == f" – : {printable(text)}"
    assert event.get("DESCRIPTION", "") == printable(text)


# --- SQLite ---------------------------------------------------------------------------------------


def test_a_database_holds_the_very_texts_and_no_more_tables(data: Path, tmp_path: Path) -> None:
    on(data, "list", "-o", tmp_path / "x.sqlite")
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:

        def column(query: str) -> list[str]:
            return [text for (text,) in database.execute(query)]

        texts = list(TEXTS.values())
        for query in (
            "SELECT name FROM countries ORDER BY code",
            "SELECT name FROM places WHERE id LIKE 'a-%' ORDER BY id",
            "SELECT native FROM places WHERE id LIKE 'a-%' ORDER BY id",
            "SELECT notes FROM places WHERE id LIKE 'b-%' ORDER BY id",
            "SELECT name FROM names WHERE place LIKE 'a-%' AND language = 'ja' ORDER BY place",
            "SELECT name FROM names WHERE place LIKE 'a-%' AND alias ORDER BY place",
            "SELECT title FROM sources ORDER BY id", "SELECT publisher FROM sources ORDER BY id",
            "SELECT basis FROM partnerships ORDER BY id", "SELECT notes FROM partnerships ORDER BY id",
            "SELECT notes FROM disputed ORDER BY partnership",
            "SELECT title FROM events ORDER BY partnership",
            "SELECT notes FROM events ORDER BY partnership",
            "SELECT what FROM exchanges WHERE mutual ORDER BY partnership",
            "SELECT \"by\" FROM totals ORDER BY country", "SELECT counts FROM totals ORDER BY country",
        ):  # fmt: skip
            assert column(query) == texts, query
        tables = column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        assert tables == [
            "columns", "countries", "disputed", "event_sources", "event_titles", "events", "exchange_sources",
            "exchanges",
            "meta", "names", "partnership_sources", "partnerships", "places", "sources",
            "total_sources", "totals", "translations",
        ]  # fmt: skip
        assert column("PRAGMA integrity_check") == ["ok"]
        assert list(database.execute("PRAGMA foreign_key_check")) == []


# --- annotations ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_problem_is_one_annotation_whatever_it_names(text: str) -> None:
    report = CheckReport(
        problems=(Problem(text, 3, 4, text, text),), warnings=(Problem(text, 0, 0, text),),
        today="2026-11-21",
        excerpt="", partnerships=0, events=0, sources=0,
    )  # fmt: skip
    error, warning = github.text(report).split("\n")[:-1]
    # As the runner reads it (actions/runner, ActionCommand.cs): properties end at the next two colons.
    for line, level, message in (
        (error, "error", f"{printable(text)}; {printable(text)}"),
        (warning, "warning", printable(text)),
    ):
        match = re.fullmatch(r"::(\w+) ((?:[^,=:]+=[^,:]*,?)+)::(.*)", line)
        assert match is not None
        assert match[1] == level
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert set(properties) <= {"file", "line", "col"}
        assert _unescaped(properties["file"]) == printable(text)
        assert _unescaped(match[3]) == message
        assert harm(line) == set()


def _unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


# --- what is refused ------------------------------------------------------------------------------


ADDRESSES = (
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
    "java\tscript:alert(1)", "data:text/html,x",
    "file:///etc/passwd", "vbscript:x", "ftp://example.org", "//example.org", "example.org",
    "http://", "https:///x",
    "https://user:password@example.org/", "https://city.kobe.lg.jp@evil.example/",
    "https://@evil.example/",
    "https://good.example\\@evil.example/", "https://good.example\\.evil.example/",
    "https://example.org/\"onmouseover=\"alert(1)", "https://example.org/<script>",
    "https://example.org/x>y",
    "https://example.org/a b", "https://example.org/\x1b]0;x\x07", "https://example.org/\u202egpj.exe",
    "https://exam\u200bple.org/", "https://example.org/\r\nATTACH:x", "https://exam\u00adple.org/",
    "https://example.org/\u3164", "https://example.org/\u00a0", "https://example.org/\u3000x",
)  # fmt: skip


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "github"])
def test_an_address_that_acts_or_hides_its_host_is_refused(form: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    lines = [f"  s{n}: {{title: x, url: {json.dumps(url)}}}\n" for n, url in enumerate(ADDRESSES)]
    path.write_text("sources:\n" + "".join(lines), encoding="utf-8")
    result = call("check", path, "-f", form)
    assert result.status == 1
    assert result.out.count("is not a valid web address") == len(ADDRESSES)
    assert harm(result.out) == set()


@pytest.mark.parametrize(
    "url", ["https://www.flickr.com/photos/1@N02/", "http://x.cn/1@2.htm", "https://x.org?a@b", *URLS]
)
def test_an_address_that_only_looks_odd_is_taken(url: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"sources:\n  s: {{title: x, url: {json.dumps(url)}}}\n", encoding="utf-8")
    assert call("check", path).status == 0


@pytest.mark.parametrize("text", [text for text in TEXTS.values() if len(text) < 200])
def test_no_id_code_or_tag_is_any_of_them(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    key = quoted(text)
    path.write_text(
        f"places:\n  {key}: {{name: x, country: {key}, level: {key}, within: {key}}}\n"
        f"  x: {{name: {{{key}: x}}, country: DE, level: city}}\n"
        f"sources:\n  {key}: {{title: x, language: {key}, type: {key}}}\n"
        f"partnerships:\n- id: {key}\n  between: [{key}, x]\n  since: {key}\n"
        f"  exchanges:\n  - {{id: {key}, series: {key}, part_of: {key}, count: {key}}}\n",
        encoding="utf-8",
    )  # fmt: skip
    forms = ("table", "csv", "tsv", "markdown", "github")
    form = forms[list(TEXTS.values()).index(text) % len(forms)]
    out = call("check", path, "-f", form).out
    assert harm(out.replace("\t", "") if form == "tsv" else out) == set()
    result = call("check", path, "-f", "json")
    assert result.status == 1
    problems = json.loads(result.out)["problems"]
    assert len(problems) >= 6


# --- arguments and files --------------------------------------------------------------------------

_ARGUMENTS = (
    "\x1b]0;owned\x07\x1b]52;c;eA==\x07", "x\ny\u2028z", "\u202eevil\u200b",
    "\udcff\udc9b31m\x9b31m", "[red]%s{0}[/]",
)  # fmt: skip


@pytest.mark.parametrize("text", _ARGUMENTS)
@pytest.mark.parametrize(
    "command",
    [
        ("{}",), ("list", "{}"), ("list", "--{}"), ("list", "--city", "{}"), ("list", "--region", "{}"),
        ("list", "--country", "{}"), ("list", "--kind", "{}"), ("list", "--founded", "{}"),
        ("list", "--text", "{}"),
        ("list", "--columns", "{}"), ("list", "--sort", "{}"), ("list", "--limit", "{}"), ("list",
        "--lang", "{}"),
        ("list", "-f", "{}"), ("list", "-o", "{}"), ("list", "-o", "no/{}.csv"), ("list", "-o",
        "no/{}.sqlite"),
        ("list", "--today", "{}"), ("list", "--color", "{}"), ("list", "--data", "{}"), ("show",
        "{}"), ("show", "{}-x"),
        ("timeline", "--from", "{}"), ("timeline", "--type", "{}"), ("anniversaries", "--within", "{}"),
        ("anniversaries", "--every", "{}"), ("exchanges", "--by", "{}"), ("sources", "{}"), ("schema", "{}"),
        ("schema", "-o", "no/{}.json"), ("check", "{}"), ("check", "{}", "-f", "json"), ("check",
        "{}", "-f", "csv"),
        ("check", "{}", "-f", "markdown"), ("check", "{}", "-f", "github"), ("init", "no/{}.yaml"),
        ("init", "{}.yaml"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_typed_never_acts_on_the_terminal(
    command: tuple[str, ...], text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SISTERLINE_DATA", str(SMALL))
    own = [] if command[0] in ("check", "init", "schema", "{}") else ["--no-builtin"]
    result = call(*(word.replace("{}", text) for word in command), *own)
    assert result.status in (0, 1, 2)
    assert harm(result.out) == set()
    assert harm(result.err) == set()
    assert result.err.count("\n") <= 3


@pytest.mark.parametrize(
    "name", ["\x1b]0;owned\x07.yaml", "x\ny.yaml", "\u202e.yaml", "\udcff.yaml", "-x.yaml", "[red].yaml"]
)
def test_a_file_of_any_name_is_read_and_its_problems_are_reported(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("places:\n  a: {name: A}\n", encoding="utf-8")
    for form in ("table", "json", "csv", "tsv", "markdown", "github"):
        result = call("check", "-f", form, "--", name)
        assert result.status == 1
        assert harm(result.out.replace("\t", "") if form == "tsv" else result.out) == set()
    problems = json.loads(call("check", "-f", "json", "--", name).out)["problems"]
    assert {problem["path"] for problem in problems} == {name.replace("\udcff", "\\u{dcff}")}
    result = call("list", "--no-builtin", f"--data={name}")
    assert result.status == 1
    assert harm(result.err) == set()


@pytest.mark.parametrize(
    "name", ["\x1b]0;owned\x07.yaml", "x\ny.yaml", "\u202e.yaml", "\udcff.yaml", "a b'c.yaml"]
)
def test_a_starter_file_of_any_name_is_made_and_is_good(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("init", name)
    assert (result.status, result.err) == (0, "")
    assert harm(result.out) == set()
    assert result.out.count("\n") == 1
    assert call("check", name).status == 0


@pytest.mark.parametrize(
    "name",
    ["CON.csv", "nul.csv", "aux.csv", "COM1.csv", "\x1b]0;x\x07.csv", "a\nb.csv", "\udcff.csv", "=1+1.csv"],
)
def test_an_output_of_any_name_is_a_file(
    name: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert on(data, "list", "-o", name).out == ""
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert Path(name).read_text(encoding="utf-8") == on(data, "list", "-f", "csv").out


def test_a_shell_completes_no_name_that_it_would_act_on() -> None:
    # zsh evaluates what Typer gives it, and bash looks for files that fit a pattern.
    finders = (complete.places, complete.countries, complete.regions)
    found = [word for find in finders for word in find(hostile(), "")]
    assert "a-00" in found
    assert "+1" in found
    assert [word for word in found if re.search(r"""[\\$`*?\[\]"<>|&;(){}~\s]""", word) or harm(word)] == []


# --- what stays -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", INNOCENT)
def test_what_a_script_needs_is_left_alone(text: str) -> None:
    assert printable(text) == text


@given(
    st.text(
        st.sampled_from([*"aaa= \u200c\u200d\u0301\u0e47\ufe0f\u3164市\U000e0101\u0338-;\"'"]), max_size=30
    )
    | st.text()
)
def test_any_text_is_visible_once_escaped(text: str) -> None:
    seen = printable(text)
    assert harm(seen) == set()
    assert printable(seen) == seen


def test_no_single_character_is_overlooked() -> None:
    every = "".join(f"a{chr(n)}" for n in (*range(0x3400), *range(0xD7A4, 0x20000), *range(0xE0000, 0xE1000)))
    assert harm(printable(every.replace("\n", ""))) == set()
    # Of what Python takes for printable only letters without a shape go, and what must not stand alone.
    gone = {n for n in range(0x3200) if chr(n).isprintable() and printable(chr(n)) != chr(n)}
    assert gone == {0x115F, 0x1160, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164}
