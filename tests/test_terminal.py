"""Terminals: what a screen shows, read back by an emulator of one; what keys, pipes and closed streams do.

Widths are those of pyte, which counts by wcwidth (UAX #11) and knows nothing of our own measuring. tmux 3.3,
which counts for itself, showed the same rows of these screens when the two were compared by hand, but for
addresses that go on in the next row: it moves a wide character there that pyte cuts in half.
"""

import errno
import functools
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from wcwidth import wcwidth

from data_strategies import datasets
from helpers import CONTROL, ON_SMALL, SIGN, SMALL, TODAY, call, plain, shown, small
from screen import Row, Seen, into_pipe, on_terminal, resize, warm
from sisterline.formats.terminal import page as terminal
from sisterline.formats.terminal.console import Viewport
from sisterline.formats.terminal.log import NARROW
from sisterline.model import Dataset
from sisterline.query.ranges import parse_range
from sisterline.query.selection import Selection, select
from sisterline.reports.anniversaries import anniversaries_report
from sisterline.reports.base import Report
from sisterline.reports.chart import chart_report
from sisterline.reports.exchanges import exchanges_report
from sisterline.reports.listing import list_report
from sisterline.reports.sources import sources_report
from sisterline.reports.stats import stats_report
from sisterline.reports.timeline import timeline_report
from sisterline.text.cells import width
from sisterline.translation import LANGUAGES, pgettext, speaking
from sisterline.views.style import ASCII, UNICODE

PROGRAM = str(Path(sys.executable).with_name("sisterline"))
ON = ("--today", "2026-11-21")
BAD = str(SMALL.parent / "bad" / "unknown-key.yaml")

SCREENS: dict[str, tuple[str, ...]] = {
    "list": ("list", "--limit", "40", *ON),
    "list in Chinese": ("list", "--lang", "zh", "--limit", "40", *ON),
    "records in Chinese": ("exchanges", "--city", "dalian", "--records", "--lang", "zh", *ON),
    "stats in Japanese": ("stats", "--lang", "ja", *ON),
    "sources in Japanese": ("sources", "--limit", "40", "--lang", "ja", *ON),
    "anniversaries in Japanese": ("anniversaries", "--lang", "ja", *ON),
    "list in Japanese": ("list", "--lang", "ja", "--reverse", "--limit", "40", *ON),
    "timeline": ("timeline", "--city", "Beihai", *ON),
    "timeline of several": ("timeline", "--city", "dalian", "--from", "2018", "--lang", "zh", *ON),
    "chart": ("timeline", "--chart", "--lang", "zh", "--limit", "40", *ON),
    "show": ("show", "kobe", *ON),
    "show with a table": ("show", "suzhou", *ON),
    "stats": ("stats", *ON),
    "anniversaries": ("anniversaries", "--within", "3m", *ON),
    "exchanges": ("exchanges", *ON),
    "records": ("exchanges", "--records", "--city", "beihai", *ON),
    "sources": ("sources", "--limit", "40", *ON),
    "check": ("check", BAD),
    "help": ("--help",),
    "help of a command": ("anniversaries", "--help"),
}
WIDTHS = (40, 80, 120, 200)


@pytest.fixture(scope="module", autouse=True)
def _warm(cache_folder: Path) -> None:
    warm(cache_folder, *SCREENS.values(), ("list", "-f", "csv", *ON_SMALL), ("anniversaries", "-f", "ics"))


@functools.cache
def _seen(screen: str, columns: int) -> Seen:
    return on_terminal(*SCREENS[screen], columns=columns)


@pytest.fixture(
    params=[80, *(pytest.param(width, marks=pytest.mark.slow) for width in WIDTHS if width != 80)]
)
def columns(request: pytest.FixtureRequest) -> int:
    return int(request.param)


_SGR = re.compile(r"\x1b\[[\d;]*m")


def _bare(line: str) -> str:
    return _SGR.sub("", line)


def _unbroken(line: str) -> bool:
    """Whether a line is never broken: an address or a command to copy, a problem for an editor to jump to."""
    to_copy = re.fullmatch(r" *https?://\S+| {4}sisterline .*", line) is not None
    return to_copy or line.startswith(f"{BAD}:")


# --- widths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_a_line_is_a_row_of_the_screen(screen: str, columns: int) -> None:
    seen = _seen(screen, columns)
    assert seen.status == (1 if screen == "check" else 0)
    rows = iter(seen.rows)
    for line in map(_bare, seen.lines):
        row = next(rows)
        shown = row.text
        # A long address or problem is broken by the terminal itself, and is whole again where it is copied.
        # Blanks at a break are no cells of a row, so they do not count then.
        whole = line.rstrip()
        while _unbroken(line) and len(shown.replace(" ", "")) < len(whole.replace(" ", "")):
            assert row.last >= columns - 2
            row = next(rows)
            shown, whole = (shown + row.text).replace(" ", ""), whole.replace(" ", "")
        assert shown == whole
    assert list(rows) == []


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if "help" not in screen])
def test_no_line_ends_in_blanks(screen: str, columns: int) -> None:
    lines = list(map(_bare, _seen(screen, columns).lines))
    assert [line for line in lines if line != line.rstrip()] == []


EVERYTHING = Selection()


def _reports(data: Dataset, language: str) -> Iterator[Report]:
    """One of every screen for a data set, `show` of everything in it."""
    chosen = select(data, EVERYTHING)
    yield list_report(data, chosen, TODAY, language=language)
    yield timeline_report(data, chosen, EVERYTHING, TODAY, language=language)
    yield chart_report(data, chosen, TODAY, language=language)
    yield stats_report(data, chosen, TODAY, language=language)
    yield stats_report(data, chosen, TODAY, by=("level", "kind"), language=language)
    yield exchanges_report(data, chosen, TODAY, records=True, language=language)
    yield anniversaries_report(data, chosen, parse_range("2026..2036", "", TODAY), TODAY, language=language)
    for name in ("", *data.sources):
        yield sources_report(data, chosen, TODAY, name=name, language=language)
    for partnership in data.partnerships:
        yield shown(data, partnership.id, language=language)


@settings(max_examples=15)
@given(datasets(), st.integers(20, 60) | st.integers(20, 500), st.sampled_from([UNICODE, ASCII]))
def test_no_line_of_any_data_is_wider_than_any_screen(data: Dataset, cells: int, marks: object) -> None:
    assert marks in (UNICODE, ASCII)
    view = Viewport(cells, ASCII if marks == ASCII else UNICODE)
    for report in _reports(data, "en"):
        for line in plain(terminal.lines(report, view)):
            assert width(line) <= cells or _unbroken(line), line


def test_no_line_of_the_bundled_data_is_wider_than_any_screen(bundled: Dataset) -> None:
    some = select(bundled, Selection(cities=("Beihai",)))
    reports = (
        list_report(bundled, some, TODAY),
        timeline_report(bundled, some, EVERYTHING, TODAY),
        chart_report(bundled, some, TODAY, language="zh"),
        exchanges_report(bundled, some, TODAY, records=True),
        anniversaries_report(bundled, some, parse_range("2026..2036", "", TODAY), TODAY),
        sources_report(bundled, some, TODAY, everything=False, language="ja"),
        shown(bundled, "beihai"),
    )
    for cells in (*range(20, 120), *range(127, 500, 61), 500):
        for report in reports:
            for line in plain(terminal.lines(report, Viewport(cells))):
                assert width(line) <= cells or _unbroken(line), (cells, line)


def test_the_caret_of_check_is_below_the_place_at_any_width(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    before = "places:\n  x: {name: 北海市北海市北海市北海市北海市北海市, country: CN, "
    path.write_text(f"{before}knid: 神戸市神戸市神戸市神戸市神戸市神戸市, level: city}}\n", encoding="utf-8")
    for columns in (20, 30, 40, 60, 80, 120):
        *_, line, caret, _ = on_terminal("check", path, columns=columns).rows
        assert line.text.startswith("  2 | ")
        assert line.text_from(caret.column("^"))[:3] == "kni"  # the room for what follows may be less


# --- columns --------------------------------------------------------------------------------------

# Headings whose cells end where they end; a heading may be cut, the cells below it never are.
HAN = re.compile(r"[\u3005\u3400-\u9fff]+")
_RIGHT_ALIGNED = (
    "Years", "Events", "Exchanges", "Sources", "Facts", "Pairs", "Count", "Exact", "About", "Records",
    "Counted elsewhere",
)  # fmt: skip
_FIRST_HEADINGS = ("Since", "When", "Category", "As of", "Source")


def _in_all_languages(words: tuple[str, ...]) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with speaking(language):
            found |= {pgettext("column", word) for word in words}
    return found


_AMBIGUOUS = ("来源", "出典")  # a number of sources on the right, footnotes on the left
_RIGHT = _in_all_languages(_RIGHT_ALIGNED)
_FIRST = _in_all_languages(_FIRST_HEADINGS)


class Table(Struct):
    """A table that was read back: the columns of the screen in which its headings begin and end."""

    headings: list[tuple[str, int, int]]
    rows: list[Row]

    def start(self, heading: str) -> int:
        return next(start for word, start, _ in self.headings if word == heading)


# What follows a table without an empty line: more rows elsewhere, dropped columns, the number of rows.
_AFTER = re.compile(
    r" *(…|not shown here: |此处未显示：|表示していない列：|[\d,]+( of [\d,]+)? partnerships?$|"
    r"[\d,]+(对友城|組))"
)


def _tables(rows: list[Row]) -> Iterator[Table]:
    """The tables of a screen, found by their first heading; a table ends where a row is blank."""
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        words = [
            (match[0], row.column_of(match.start()), row.column_of(match.end() - 1) + width(match[0][-1]) - 1)
            for match in re.finditer(r"\S+(?: \S+)*", row.text)
        ]
        if len(words) < 2 or words[0][0] not in _FIRST:
            continue
        below = at
        while at < len(rows) and rows[at].text and not _AFTER.match(rows[at].text):
            at += 1
        yield Table(words, rows[below:at])


TABLES = (
    "list", "list in Japanese", "show", "show with a table", "stats", "anniversaries", "exchanges", "records",
    "sources", "list in Chinese", "records in Chinese", "stats in Japanese", "sources in Japanese",
    "anniversaries in Japanese",
)  # fmt: skip


@pytest.mark.parametrize("screen", TABLES)
def test_the_cells_of_a_column_begin_under_its_heading(screen: str, columns: int) -> None:
    tables = list(_tables(_seen(screen, columns).rows))
    if screen in ("exchanges", "records", "records in Chinese", "show") and columns == 40:
        assert not tables  # told in words: no column would hold its numbers
        return
    assert tables
    checked = 0
    for table in tables:
        for word, start, end in table.headings:
            if word in _AMBIGUOUS:
                continue
            for row in table.rows:
                if word in _RIGHT:
                    # The last digit stands under the last letter, with blanks after it.
                    assert row.blank(end + 1), row.text
                    assert row.blank(end + 2), row.text
                    empty = row.blank(end) and row.blank(end - 1)
                    assert empty or not row.blank(end), row.text
                else:
                    assert row.blank(start - 1), row.text
                    assert row.blank(start - 2), row.text
                    empty = row.blank(start) and row.blank(start + 1)
                    assert empty or not row.blank(start), row.text
                checked += not empty
    assert checked > 10


@pytest.mark.parametrize(("screen", "language"), [("list", "en"), ("list in Japanese", "ja")])
def test_names_in_three_scripts_line_up_under_their_headings(
    screen: str, language: str, columns: int
) -> None:
    (table,) = _tables(_seen(screen, columns).rows)
    report = json.loads(call(*SCREENS[screen], "-f", "json").out)
    assert len(table.rows) == len(report["partnerships"]) == 40
    sides = {
        "China" if language == "en" else "中国": "place",
        "Japan" if language == "en" else "日本": "partner",
    }
    for row, partnership in zip(table.rows, report["partnerships"], strict=True):
        for heading, side in sides.items():
            place = partnership[side]
            name = place["name"]
            if language == "en" or len(name) != len(place["native"]) or not HAN.fullmatch(place["native"]):
                name = f"{place['name']} {place['native']}"
            cell = row.text_from(table.start(heading)).split("  ")[0]
            assert name.startswith(cell.removesuffix("…").rstrip())
            assert cell == name or cell.endswith("…")


@pytest.mark.parametrize("screen", ["timeline", "timeline of several"])
def test_the_words_of_a_timeline_line_up(screen: str, columns: int) -> None:
    if columns < NARROW:
        pytest.skip("dates have lines of their own")
    rows = _seen(screen, columns).rows
    dated = [row for row in rows if re.match(r"  \d{4}", row.text)]
    assert len(dated) > 20
    marks = {len(row.text) - len(re.sub(r"^  \S+ +", "", row.text)) for row in dated}
    assert len(marks) == 1
    below = [row for row in rows if row.text.startswith(" " * 14) and "┊" not in row.text]
    report = json.loads(call(*SCREENS[screen], "-f", "json").out)
    told = [item["title"] for item in report["items"] if item["ordinal"] is None]
    events = [row for row in dated if "○" not in row.text]
    (start,) = {row.first for row in below} or {events[0].column(told[0])}
    assert not any(row.blank(start) for row in dated)
    assert all(row.blank(start - 1) for row in dated)
    assert len(events) == len(told)
    if columns >= 110 or screen == "timeline":  # else the pair's name is told first
        for row, title in zip(events, told, strict=True):
            assert row.text_from(start).startswith(title[:8])
    cited = {
        row.column_of(row.text.rindex("  [") + 2) for row in dated if re.search(r"  (\[\d+\])+$", row.text)
    }
    assert len(cited) == 1


def test_the_lanes_of_a_chart_share_one_axis(columns: int) -> None:
    rows = _seen("chart", columns).rows
    starts = [at for at, row in enumerate(rows) if row.text.endswith("事件")]
    heads = [rows[at] for at in starts]
    eras = [rows[at - 1] for at in starts]  # the line above the years
    assert {row.text for row in eras} == {eras[0].text}
    assert eras[0].text.strip().startswith("░")
    lanes = rows[: next(at for at, row in enumerate(rows) if not row.text)]
    lanes = [row for row in lanes if row not in heads and row not in eras]
    assert len(lanes) == 40
    assert {row.column("▶") for row in lanes if "▶" in row.text} == {heads[0].last - width(" 事件")}
    assert {row.last for row in lanes} == {heads[0].last}
    for match in re.finditer(r"\d{3}0", heads[0].text):
        # Where nothing happened in that year, the line has a tick below the first digit.
        drawn = {lane.cells[match.start()].data for lane in lanes}
        assert "━" not in drawn
        assert "┿" in drawn or match[0] < "1990"


def test_the_years_of_a_chart_end_before_the_next_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    for year in ("2029", "2030", "2031", "2032"):
        for cells in range(20, 120, 7):
            monkeypatch.setenv("COLUMNS", str(cells))
            head = small("timeline", "--chart", "--today", f"{year}-06-01").lines[0]
            assert width(head) <= cells
            assert head.endswith(" events")


def test_the_counts_of_bars_end_in_one_column(columns: int) -> None:
    blocks: list[list[Row]] = [[]]
    for row in _seen("stats", columns).rows:
        if re.search(r" \d+  █+$", row.text):
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    assert len(blocks) == 6
    for block in blocks[:-1]:
        assert len({row.column("█") for row in block}) == 1


def test_no_number_and_no_date_is_cut(bundled: Dataset) -> None:
    # A cut name is still a name; "630,00…" and "about 20…" are no longer true.
    selected = select(bundled, EVERYTHING)
    reports = (
        exchanges_report(bundled, selected, TODAY),
        exchanges_report(bundled, select(bundled, Selection(cities=("Hefei", "Kobe"))), TODAY, records=True),
        anniversaries_report(bundled, selected, parse_range("2028", "", TODAY), TODAY),
    )
    for cells in (20, 30, 40, 50, 60, 65, 75, 79, 80, 85, 100, 120):
        for report in reports:
            for line in plain(terminal.lines(report, Viewport(cells))):
                assert not re.search(r"(^|\s)~?[\d,/-]+…|(^|\s)(in|about) [\d ]*…", line), (cells, line)


def test_an_anniversary_names_both_places_from_forty_columns_on(bundled: Dataset) -> None:
    report = anniversaries_report(bundled, select(bundled, EVERYTHING), parse_range("2028", "", TODAY), TODAY)
    for cells in range(40, 120):
        lines = plain(terminal.lines(report, Viewport(cells)))
        assert any(re.search("Pl.*  Pa", line) for line in lines[:4]), cells


def test_a_sum_shows_its_numbers_at_any_width(bundled: Dataset) -> None:
    report = exchanges_report(bundled, select(bundled, EVERYTHING), TODAY)
    numbers = [f"{n:,}" for row in report.sums for n in (row.exact, row.approximate) if n]
    for cells in (20, 30, 40, 50, 60, 80, None):
        page = " ".join(plain(terminal.lines(report, Viewport(cells))))
        assert [number for number in numbers if number not in page] == []


def test_a_record_says_what_was_counted_at_any_width(bundled: Dataset) -> None:
    report = exchanges_report(bundled, select(bundled, Selection(cities=("Beihai",))), TODAY, records=True)
    for cells in (20, 30, 40, 45, 50, 55, 60, 70, 80, None):
        page = re.sub(r"\s", "", "".join(plain(terminal.lines(report, Viewport(cells)))))
        for flow in report.records:
            assert flow.what.split()[0] in page
            assert f"{flow.count:,}" in page


# --- scripts --------------------------------------------------------------------------------------

NAMES = {
    "e\u0301 combined": "Be\u0301ziers O\u0304mori",
    "full-width Latin": "ＫＯＢＥ",
    "half-width kana": "ｺｳﾍﾞ",
    "voiced kana in two characters": "か\u3099ふ",
    "Hangul": "부산광역시",
    "Hangul in its parts": "\u1107\u116e\u1109\u1161\u11ab",
    "Chinese beyond the first plane": "𠮷野 𰻝",
    "emoji": "🐼 Panda",
    "Arabic": "القاهرة",
    "Persian with a joiner": "می\u200cخواهم",
    "Hebrew": "חיפה",
    "Thai": "กรุงเทพฯ",
    "ideographic space": "神戸　市",
    "ambiguous": "①±…—·",
}
# Terminals do not agree on these: newer ones draw the whole as one sign of two cells, as Rich 15 counts it,
# and older ones, pyte among them, each character for itself.
CLUSTERS = {
    "a joined emoji": "👩\u200d🔬",
    "a flag": "🇯🇵",
    "a skin tone": "👍🏽",
    "a variation selector": "❤\ufe0f",
}


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Partnerships with a place for each of the names."""
    path = tmp_path_factory.mktemp("scripts") / "scripts.yaml"
    names = list({**NAMES, **CLUSTERS}.values())
    places = [f"  p{n}: {{name: {json.dumps(name, ensure_ascii=False)}, country: FR, level: city}}\n"
              for n, name in enumerate(names)]  # fmt: skip
    ties = [f"- {{id: t{n}, between: [p{n}, home], since: {1980 + n}}}\n" for n in range(len(names))]
    home = "  home: {name: Home, country: DE, level: city}\n"
    path.write_text("".join(["places:\n", *places, home, "partnerships:\n", *ties]), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["list", "chart"])
def test_columns_line_up_behind_names_of_any_script(scripts: Path, command: str) -> None:
    chart = ("--chart",) if command == "chart" else ()
    seen = on_terminal(
        "timeline" if chart else "list", *chart, "--no-builtin", "--data", scripts, *ON, columns=100,
        COLUMNS="90",
    )  # fmt: skip
    assert seen.status == 0
    rows = seen.rows[1 : 1 + len(NAMES) + len(CLUSTERS)]
    mark = "▶" if chart else "Home"
    at = rows[1].column(mark)
    names = [*NAMES.values(), *CLUSTERS.values()]
    for row, name in zip(rows, names, strict=True):
        # What pyte counts for the characters one by one, beyond what was counted for the whole.
        apart = sum(map(wcwidth, name)) - width(name) if name in CLUSTERS.values() else 0
        assert row.column(mark) == at + apart, name


@example(["❤\ufe0f"] * 4, 5)
@example(["1\ufe0f\u20e3"] * 4, 3)
@example(["北", " ", " "], 1)
@given(
    st.lists(st.sampled_from("ab 北市é❤👩🔬🇯🇵👍🏽ｶ\ufe0f\u200d\u0301\u20e31"), max_size=20),
    st.integers(1, 12),
)
def test_signs_of_several_characters_are_cut_to_fit(chars: list[str], cells: int) -> None:
    from sisterline.text.cells import truncate, wrap

    text = "".join(chars)
    assert width(truncate(text, cells)) <= cells
    assert all(width(line) <= max(2, cells) for line in wrap(text, cells))


# --- colours and other sequences ------------------------------------------------------------------


def _sequences(written: str) -> set[str]:
    """The escape sequences of a text, by their kinds: the last letter, or the whole where it is another."""
    found = re.findall(r"\x1b(?:\[[\d;?]*[ -/]*[@-~]|.)|[\x80-\x9f]", written)
    return {each[-1] if each.startswith("\x1b[") and each.endswith("m") else each for each in found}


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_but_styles_is_sent_to_a_terminal(screen: str) -> None:
    written = _seen(screen, 80).written
    assert _sequences(written) == (set() if "help" in screen else {"m"})
    assert not CONTROL.search(_bare(written))
    assert written.endswith("\n")
    # Whatever follows on the screen is not coloured.
    assert "help" in screen or re.findall(_SGR, written)[-1] in ("\x1b[0m", "\x1b[m")


@pytest.mark.parametrize("command", [("list",), ("timeline",), ("show", "evil"), ("sources",), ("stats",)])
def test_data_sends_nothing_to_a_terminal(command: tuple[str, ...]) -> None:
    seen = on_terminal(*command, *ON_SMALL, columns=100)
    assert _sequences(seen.written) <= {"m"}
    assert not CONTROL.search(_bare(seen.written))
    if command in (("list",), ("show", "evil")):
        assert any("\\u{1b}[31mtown" in text or "\\u{1b" in text for text in seen.texts)


FEW_COLORS_SIGN = "\x1b[1;95m"  # before a sign, in a terminal with 8 or 16 colours


def test_a_terminal_shows_the_styles() -> None:
    rows = _seen("list", 120).rows
    assert {cell.underscore for cell in rows[0].cells if cell.data != " "} == {True}
    rows = on_terminal("list", "--status", "suspended", *ON, columns=120).rows
    asleep = next(row for row in rows if "suspended" in row.text)
    assert asleep.cells[asleep.column("suspended")].bold
    assert _seen("timeline", 120).rows[0].cells[0].bold


@pytest.mark.parametrize(
    "command",
    [
        ("list",), ("timeline",), ("timeline", "--chart"), ("show", "omori"), ("show", "omori", "--brief"),
        ("stats",), ("anniversaries", "--within", "10y"), ("exchanges",), ("sources",), ("check", BAD),
        ("config",), ("--help",), ("list", "--help"), ("list", "--city", "Nowhere"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_text_has_the_colour_of_the_terminal_and_only_signs_have_others(command: tuple[str, ...]) -> None:
    bundled = command[0] in ("check", "config", "--help") or "--help" in command
    seen = on_terminal(*command, *(() if bundled else ON_SMALL), columns=100)
    cells = [cell for row in seen.rows for cell in row.cells]
    assert {cell.bg for cell in cells} == {"default"}
    coloured = {cell.data for cell in cells if cell.fg != "default"}
    signs = {" ", "^", UNICODE.bar, UNICODE.shade, UNICODE.line, UNICODE.tick, UNICODE.cut, UNICODE.suspended}
    signs |= {UNICODE.event, UNICODE.due, UNICODE.announced, *UNICODE.types.values(), *"23456789#"}
    assert coloured - signs == set()
    # Dim is as dark as text in one terminal, and too faint to be read in another.
    faint = "".join(cell.data for cell in cells if cell.blink)  # dim, see screen.py
    gaps = re.sub(rf"{UNICODE.gap} \d+ years?", "", faint)
    assert set(gaps) <= set(f" {UNICODE.line}{UNICODE.tick}{UNICODE.suspended}{UNICODE.arrow}")


def _colours(seen: Seen) -> set[str]:
    return {cell.fg for row in seen.rows for cell in row.cells} | {
        cell.bg for row in seen.rows for cell in row.cells
    }


def test_no_color_takes_the_colours_away_and_leaves_the_weights() -> None:
    for command in (("timeline",), ("list",), ("stats",)):
        seen = on_terminal(*command, *ON_SMALL, NO_COLOR="1")
        assert _colours(seen) == {"default"}
    # Set to nothing it says nothing (no-color.org).
    assert _colours(on_terminal("timeline", *ON_SMALL, NO_COLOR="")) != {"default"}


def test_no_color_holds_for_help_too() -> None:
    assert _colours(on_terminal("--help", NO_COLOR="1")) == {"default"}


@pytest.mark.parametrize(
    "command", [("list", *ON_SMALL), ("timeline", *ON_SMALL), ("--help",), ("check", BAD)]
)
def test_a_dumb_terminal_gets_no_escape_at_all(command: tuple[str, ...]) -> None:
    seen = on_terminal(*command, TERM="dumb")
    assert "\x1b" not in seen.written
    assert seen.rows


def test_the_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in on_terminal("list", *ON_SMALL, "--color", "never", FORCE_COLOR="1").written
    forced = ("timeline", *ON_SMALL, "--color", "always")
    assert _colours(on_terminal(*forced, NO_COLOR="1")) != {"default"}
    assert _colours(on_terminal(*forced, TERM="dumb")) != {"default"}
    monkeypatch.setenv("TERM", "dumb")
    assert FEW_COLORS_SIGN in small("timeline", "--color", "always").out


@pytest.mark.parametrize("name", ["xterm", "linux", "screen"])
def test_a_terminal_with_few_colours_gets_those_that_it_has(name: str) -> None:
    written = on_terminal("timeline", *ON_SMALL, TERM=name, COLORTERM="").written
    assert FEW_COLORS_SIGN in written
    assert "38;5;" not in written


def test_force_color_colours_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = small("timeline").out
    assert SIGN in coloured
    assert "\x1b" not in small("list", "--color", "never").out
    monkeypatch.delenv("FORCE_COLOR")
    # Colours add no width, and a pipe keeps its natural one.
    assert _bare(coloured) == small("timeline").out


# --- ASCII ----------------------------------------------------------------------------------------

PAGES = (
    ("list",), ("timeline",), ("timeline", "--chart"), ("show", "omori"), ("show", "linhai-sakae"),
    ("stats",), ("stats", "--by", "kind", "--by", "decade"), ("anniversaries", "--within", "10y"),
    ("exchanges", "--records"), ("exchanges", "--by", "direction"), ("sources",), ("sources", "yearbook"),
)  # fmt: skip


@pytest.fixture(scope="module")
def ascii_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small data set with a letter for every character that is not ASCII: what else is drawn is ours."""
    folder = tmp_path_factory.mktemp("ascii")
    for path in SMALL.glob("*.yaml"):
        text = re.sub("reading: \\w+, ", "", path.read_text("utf-8"))  # has to be kana
        text = re.sub(r"[^\x00-\x7f]", "x", text)
        (folder / path.name).write_text(re.sub(r"\\u202[ec]", "", text), encoding="ascii")
    return folder


@pytest.mark.parametrize("command", PAGES)
def test_an_ascii_screen_adds_nothing_to_the_data_that_is_not_ascii(
    ascii_data: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for cells in ("", "120", "80", "45", "30"):
        monkeypatch.setenv("COLUMNS", cells)
        result = call(*command, "--no-builtin", "--data", ascii_data, *ON, "--ascii")
        assert (result.status, result.err) == (0, "")
        assert {char for char in result.out if not char.isascii()} == set()


def test_marks_are_drawn_where_ascii_is_not_asked_for(ascii_data: Path) -> None:
    pages = "".join(call(*command, "--no-builtin", "--data", ascii_data, *ON).out for command in PAGES)
    drawn = {char for char in pages if not char.isascii()}
    assert set("●○┊┿━▶╳█–·⇄→") <= drawn
    # Which is why --ascii is there: some terminals in East Asia give these two cells (UAX #11, class A).
    assert {unicodedata.east_asian_width(char) for char in drawn} == {"A", "N"}


# --- the room -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nonsense", ["", "0", "-5", "80x", "８０", "²", "99999999999999999999", " 50", "1e2"]
)
def test_nonsense_in_columns_leaves_the_terminal_its_width(nonsense: str) -> None:
    seen = on_terminal("list", *ON_SMALL, columns=70, COLUMNS=nonsense, LINES=nonsense)
    assert seen.status == 0
    assert seen.texts == on_terminal("list", *ON_SMALL, columns=70).texts


def test_columns_is_the_nearer_word_and_lines_says_nothing() -> None:
    seen = on_terminal("list", *ON_SMALL, columns=100, COLUMNS="50", LINES="3")
    assert seen.texts == on_terminal("list", *ON_SMALL, columns=50).texts
    assert on_terminal("--help", columns=100, COLUMNS="50").texts == on_terminal("--help", columns=50).texts


@pytest.mark.parametrize("command", [("list", *ON_SMALL), ("--help",)])
def test_a_terminal_of_unknown_width_has_eighty_columns(command: tuple[str, ...]) -> None:
    # Some have none: in a container, under expect.
    seen = on_terminal(*command, columns=0)
    assert seen.texts == on_terminal(*command, columns=80).texts


def test_a_terminal_narrower_than_any_screen_gets_the_narrowest() -> None:
    seen = on_terminal("list", *ON_SMALL, columns=7)
    assert seen.status == 0
    assert max(map(len, map(_bare, seen.lines))) <= 20


def test_a_terminal_that_is_resized_meanwhile_gets_what_was_begun() -> None:
    seen = on_terminal("timeline", "--city", "dalian", *ON, columns=80, then=lambda tty: resize(tty, 120))
    assert seen.status == 0
    assert seen.written == on_terminal("timeline", "--city", "dalian", *ON, columns=80).written


# --- keys, pipes, closed streams ------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [("timeline",), ("list", "-f", "json"), ("list", "-f", "csv"), ("sources",), ("schema",)]
)
def test_ctrl_c_while_a_screen_is_drawn_ends_with_130_and_no_word(command: tuple[str, ...]) -> None:
    seen = on_terminal(*command, then=lambda tty: os.write(tty, b"\x03"))
    assert seen.status == 130
    assert "Traceback" not in seen.written
    assert "Interrupt" not in seen.written


@pytest.mark.parametrize(
    "command",
    [
        ("list",), ("timeline", "--founded", "1970s"), ("timeline", "--chart"), ("show", "kobe"), ("stats",),
        ("anniversaries",), ("exchanges", "--records", "--city", "dalian"), ("sources", "--limit", "400"),
        ("check", str(SMALL), "--warnings"), ("schema",), ("--help",), ("list", "--help"),
        ("list", "-f", "json"), ("sources", "-f", "csv"), ("stats", "-f", "markdown"),
        ("anniversaries", "-f", "ics", "--within", "2y"),
    ],
)  # fmt: skip
def test_head_of_any_command_is_quiet(command: tuple[str, ...]) -> None:
    for lines in (0, 1):
        done = into_pipe(*command, lines=lines)
        # What a calendar cannot hold is told all the same.
        said = re.sub(rb"sisterline: [\d,]+ items? .* not in the calendar\n", b"", done.err)
        assert (done.status, said) == (0, b"")
        assert len(done.out.splitlines()) == lines


def _shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line.replace("sisterline", PROGRAM)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | environment,
    )


_SMALL = " ".join(ON_SMALL)


@pytest.mark.parametrize("command", [f"list {_SMALL}", f"list -f csv {_SMALL}", "--help"])
def test_a_closed_output_is_a_failure_in_one_line(command: str) -> None:
    done = _shell(f"sisterline {command} >&-")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"sisterline: cannot write: {os.strerror(errno.EBADF)}\n"


def test_a_closed_output_is_no_failure_where_a_file_is_written(tmp_path: Path) -> None:
    done = _shell(f"sisterline list {_SMALL} -o {tmp_path}/x.csv <&- >&- 2>&-")
    assert done.returncode == 0
    assert (tmp_path / "x.csv").read_text("utf-8") == small("list", "-f", "csv").out


def test_a_message_for_a_closed_stderr_does_not_go_to_stdout() -> None:
    done = _shell(f"sisterline list --city Linhai {_SMALL} 2>&-")
    assert (done.returncode, done.stdout) == (0, small("list", "--city", "Linhai").out)
    assert (_shell("sisterline list --nope 2>&-").returncode, done.stderr) == (2, "")
    assert _shell(f"sisterline show nowhere {_SMALL} >&- 2>&-").returncode == 1


def test_a_closed_input_is_not_missed() -> None:
    done = _shell(f"sisterline list {_SMALL} <&-")
    assert (done.returncode, done.stdout, done.stderr) == small("list")
