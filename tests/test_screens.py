"""The screens, as a reader sees them: golden files over tests/small, and what holds for all of them.

`pytest --update-golden` rewrites the golden files; read the difference before you commit it.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from calls import REPORTS as CALLS
from calls import SHAPES
from helpers import CONTROL, ON_SMALL, SMALL, TESTS, TODAY, plain, shown, small
from screen import on_terminal
from sisterline.formats.terminal import page as terminal
from sisterline.formats.terminal.console import Viewport
from sisterline.model import Dataset
from sisterline.query.ranges import date_range, parse_range
from sisterline.query.selection import Selection, select
from sisterline.reading.dataset import load_dataset
from sisterline.reports.anniversaries import anniversaries_report
from sisterline.reports.base import Report
from sisterline.reports.chart import chart_report
from sisterline.reports.exchanges import exchanges_report
from sisterline.reports.listing import list_report
from sisterline.reports.sources import sources_report
from sisterline.reports.stats import stats_report
from sisterline.reports.timeline import TimelineReport, timeline_report
from sisterline.text.cells import width
from sisterline.views import view_of
from sisterline.views.blocks import Heading, Table
from sisterline.views.style import ASCII, UNICODE

GOLDEN = TESTS / "golden"

# The reports in one shape, and those that have others in each of these: a name for each golden file.
IN_SHAPES = {"timeline", "show", "exchanges", "check"}
SCREENS = {name: words for name, words in CALLS.items() if name not in IN_SHAPES}
SCREENS |= {name: words for name, (_, words) in SHAPES.items() if name != "stats-by-kind"}
SCREENS["records"] = CALLS["exchanges"]
SCREENS["chart-eras"] = (*CALLS["chart"], "--data", str(TESTS / "eras"))
VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "80": ("80", ()),
    "120": ("120", ()),
    "natural": ("", ()),
    "ascii": ("", ("--ascii",)),
    "zh-80": ("80", ("--lang", "zh")),
    "zh-120": ("120", ("--lang", "zh")),
    "ja-80": ("80", ("--lang", "ja")),
    "ja-120": ("120", ("--lang", "ja")),
}
WIDE_VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "200": ("200", ()),
    "zh-200": ("200", ("--lang", "zh")),
    "ja-200": ("200", ("--lang", "ja")),
    "color": ("80", ("--color", "always")),
}
GOLDEN_FILES = {f"{screen}-{view}": (screen, *VIEWS[view]) for screen in SCREENS for view in VIEWS}
# Eras have more room for their names the wider a chart is, and shade the lanes only in colour.
GOLDEN_FILES |= {f"chart-eras-{view}": ("chart-eras", *look) for view, look in WIDE_VIEWS.items()}


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_a_screen_looks_as_it_did(name: str, update_golden: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, columns, options = GOLDEN_FILES[name]
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    result = small(*SCREENS[screen], *options)
    assert (result.status, result.err) == (0, "")
    golden = GOLDEN / f"{name}.txt"
    if update_golden:
        golden.write_text(result.out, encoding="utf-8")
    assert result.out == golden.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_screen() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(GOLDEN_FILES)


# --- what holds for every screen ------------------------------------------------------------------

EVERYTHING = Selection()


def _timeline(
    dataset: Dataset, selection: Selection = EVERYTHING, *, reverse: bool = False
) -> TimelineReport:
    return timeline_report(dataset, select(dataset, selection), selection, TODAY, reverse=reverse)


REPORTS: dict[str, Callable[[Dataset], Report]] = {
    "list": lambda data: list_report(data, select(data, EVERYTHING), TODAY),
    "timeline of one": lambda data: _timeline(data, Selection(cities=("sakae",), countries=("CN",))),
    "timeline of all": _timeline,
    "hostile timeline": lambda data: _timeline(data, Selection(cities=("evil",))),
    "chart": lambda data: chart_report(data, select(data, EVERYTHING), TODAY),
    "show pair": lambda data: shown(data, "linhai-sakae"),
    "show place": lambda data: shown(data, "Omori"),
    "show hostile": lambda data: shown(data, "evil"),
    "show in Chinese": lambda data: shown(data, "Linhai", language="zh"),
    "stats": lambda data: stats_report(data, select(data, EVERYTHING), TODAY),
    "stats with totals": lambda data: stats_report(
        data, select(data, Selection(cities=("sakae",), countries=("CN",))), TODAY
    ),
    "cross table": lambda data: stats_report(data, select(data, EVERYTHING), TODAY, by=("level", "kind")),
    "wide cross table": lambda data: stats_report(data, select(data, EVERYTHING), TODAY, by=("kind", "year")),
}


def _page(report: Report, cells: int | None = None) -> list[str]:
    return plain(terminal.lines(report, Viewport(cells)))


def _is_url(line: str) -> bool:
    return re.fullmatch(r"\s*https?://\S+", line) is not None


def _too_wide(lines: list[str], cells: int) -> list[tuple[int, str]]:
    """Lines that a terminal would break, each with the width that it is too wide for."""
    return [(cells, line) for line in lines if width(line) > cells and not _is_url(line)]


@pytest.mark.parametrize("cells", [60, 80, 100, 110, 120, 160, 200])
@pytest.mark.parametrize("name", REPORTS)
def test_no_line_is_wider_than_the_screen_but_a_url(world: Dataset, name: str, cells: int) -> None:
    lines = plain(terminal.lines(REPORTS[name](world), Viewport(cells)))
    assert lines
    assert _too_wide(lines, cells) == []


@pytest.mark.parametrize("name", REPORTS)
def test_no_line_is_wider_than_a_narrow_screen_either(world: Dataset, name: str) -> None:
    # A pane beside an editor, a telephone; 20 is the least that a view has.
    found = [
        line
        for cells in (50, 40, 30, 20)
        for line in _too_wide(plain(terminal.lines(REPORTS[name](world), Viewport(cells))), cells)
    ]
    assert found == []


@pytest.mark.parametrize("screen", SCREENS)
def test_no_line_that_is_printed_is_wider_than_the_terminal(
    screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cells in (120, 80, 60):
        monkeypatch.setenv("COLUMNS", str(cells))
        lines = small(*SCREENS[screen]).lines
        assert lines
        assert _too_wide(lines, cells) == []


@pytest.mark.parametrize("cells", [60, 80, 120])
def test_no_line_of_the_bundled_data_is_wider_than_the_screen(bundled: Dataset, cells: int) -> None:
    reports = (
        list_report(bundled, select(bundled, EVERYTHING), TODAY),
        chart_report(bundled, select(bundled, EVERYTHING), TODAY),
        stats_report(bundled, select(bundled, EVERYTHING), TODAY),
        _timeline(bundled, Selection(founded=parse_range("1970s", "--founded", TODAY))),
        _timeline(bundled, Selection(cities=("Beihai",))),
        shown(bundled, "tianjin-kobe"),
    )
    for report in reports:
        lines = plain(terminal.lines(report, Viewport(cells)))
        assert _too_wide(lines, cells) == []


@pytest.mark.parametrize("name", REPORTS)
def test_no_screen_controls_the_terminal(world: Dataset, name: str) -> None:
    for view in (Viewport(), Viewport(50), Viewport(120, ASCII)):
        for line in plain(terminal.lines(REPORTS[name](world), view)):
            assert not CONTROL.search(line)
            assert "\n" not in line


@pytest.mark.parametrize("name", REPORTS)
def test_an_ascii_screen_draws_with_ascii_only(world: Dataset, name: str) -> None:
    for cells in (None, 60, 120):
        page = "\n".join(plain(terminal.lines(REPORTS[name](world), Viewport(cells, ASCII))))
        # What is left beyond ASCII are the letters of names and titles.
        odd = {char for char in page if not char.isascii() and unicodedata.category(char)[0] not in "LM"}
        assert not odd


def test_the_marks_of_ascii_are_ascii_and_those_of_unicode_take_one_cell() -> None:
    for name in ASCII.__struct_fields__:
        mark = getattr(ASCII, name)
        assert all(char.isascii() for char in ("".join(mark.values()) if name == "types" else mark))
    singles = [*UNICODE.types.values(), *ASCII.types.values()]
    singles += [UNICODE.line, UNICODE.tick, UNICODE.cut, UNICODE.arrow, UNICODE.event, UNICODE.due]
    assert {width(mark) for mark in singles} == {1}
    assert UNICODE.types.keys() == ASCII.types.keys()


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_cut_where_there_is_no_width(world: Dataset, name: str) -> None:
    assert "…" not in "\n".join(plain(terminal.lines(REPORTS[name](world), Viewport())))


# --- headings, footnotes, columns, empty lines ----------------------------------------------------

WIDTHS = (*range(20, 100), *range(100, 201, 5), None)

MORE_REPORTS: dict[str, Callable[[Dataset], Report]] = REPORTS | {
    "timeline backwards": lambda data: _timeline(data, reverse=True),
    "show several": lambda data: shown(data, "Kita"),
    "anniversaries": lambda data: anniversaries_report(
        data, select(data, EVERYTHING), parse_range("2026..2036", "", TODAY), TODAY
    ),
    "sums": lambda data: exchanges_report(data, select(data, EVERYTHING), TODAY),
    "records": lambda data: exchanges_report(data, select(data, EVERYTHING), TODAY, records=True),
    "sources": lambda data: sources_report(data, select(data, EVERYTHING), TODAY),
    "source": lambda data: sources_report(data, select(data, EVERYTHING), TODAY, name="gazette"),
}
_LISTED = re.compile(r"\[(\d+)\] {1,4}\S")


@cache
def _pages(name: str) -> list[tuple[int | None, list[str]]]:
    """What a report of the small data set looks like at each width, the widest last."""
    report = MORE_REPORTS[name](load_dataset([SMALL]))
    return [(cells, _page(report, cells)) for cells in WIDTHS]


def _cited_and_listed(lines: list[str]) -> tuple[set[int], list[int]]:
    """The footnotes that a screen cites, and those that it lists below."""
    listed = [n for n, line in enumerate(lines) if _LISTED.match(line)]
    first = listed[0] if listed else len(lines)
    cited = {int(number) for line in lines[:first] for number in re.findall(r"\[(\d+)\]", line)}
    return cited, [int(match[1]) for n in listed if (match := _LISTED.match(lines[n]))]


@pytest.mark.parametrize("name", MORE_REPORTS)
def test_what_a_screen_cites_is_listed_below_and_nothing_else_at_any_width(name: str) -> None:
    for cells, page in _pages(name):
        cited, listed = _cited_and_listed(page)
        if name == "source":  # which is about the only one that it lists
            assert (cited, listed) == (set(), [1])
        else:
            assert sorted(cited) == listed, cells


def test_what_the_bundled_data_cites_is_listed_below_at_any_width(bundled: Dataset) -> None:
    some = select(bundled, Selection(cities=("Dalian",)))
    everything = select(bundled, EVERYTHING)
    reports = (
        anniversaries_report(bundled, everything, parse_range("2026..2036", "", TODAY), TODAY),
        exchanges_report(bundled, some, TODAY, records=True),
        timeline_report(bundled, some, EVERYTHING, TODAY),
        stats_report(bundled, everything, TODAY),
        shown(bundled, "suzhou"),
        shown(bundled, "beihai-yatsushiro"),
    )
    for cells in (*range(20, 201, 9), None):
        for report in reports:
            cited, listed = _cited_and_listed(_page(report, cells))
            assert sorted(cited) == listed, (report.name, cells)


@pytest.mark.parametrize("name", MORE_REPORTS)
def test_empty_lines_are_between_blocks_never_doubled_and_never_at_an_end(name: str) -> None:
    for cells, lines in _pages(name):
        assert lines[0] != ""
        assert lines[-1] != ""
        assert ("", "") not in pairwise(lines)
        for before, line in pairwise(lines):
            if line.startswith(("[1]", "Records", "By ", "Coverage", "Exchange sums", "Counted exchanges")):
                assert before == "" or line.startswith("By ") or _LISTED.match(before), (cells, line)


@pytest.mark.parametrize("name", MORE_REPORTS)
def test_the_columns_that_are_not_shown_are_named_once_for_each_table(world: Dataset, name: str) -> None:
    report = MORE_REPORTS[name](world)
    view = view_of(report, UNICODE)
    headings = {
        column.heading for block in view.blocks if isinstance(block, Table) for column in block.for_people()
    }
    *narrow, (_, widest) = _pages(name)
    for cells, lines in narrow:
        text = "\n".join(lines)
        for note in re.findall(r"not shown\s+here:\s+((?:.+)(?:\n.+)*)", text):
            names = re.sub(r"\s+", " ", note).split(" [1]")[0].split(", ")
            assert len(names) == len(set(names))
            assert set(names) <= headings, cells
    assert "not shown" not in "\n".join(widest)


def test_an_empty_report_prints_no_heading_of_a_table() -> None:
    nothing = Dataset(countries={}, places={}, sources={}, partnerships=(), totals=())
    chosen = select(nothing, EVERYTHING)
    assert _page(list_report(nothing, chosen, TODAY), 80) == []
    assert _page(sources_report(nothing, chosen, TODAY), 80) == ["0 sources"]
    assert _page(exchanges_report(nothing, chosen, TODAY, records=True), 80) == [
        "0 exchange records summed by category"
    ]
    stats = _page(stats_report(nothing, chosen, TODAY, by=("level", "kind")), 80)
    assert len(stats) <= 2


@pytest.mark.parametrize("name", ["stats", "anniversaries", "timeline of all", "timeline of one"])
def test_a_heading_breaks_between_its_remarks_and_never_inside_years(world: Dataset, name: str) -> None:
    report = MORE_REPORTS[name](world)
    blocks = view_of(report, UNICODE).blocks
    heading = blocks[0]
    assert isinstance(heading, Heading)
    for cells in range(25, 201):
        lines = _page(report, cells)
        above = lines[: lines.index("")] if "" in lines else lines
        if any(width(part) > cells for part in heading.parts):
            continue
        rest = list(heading.parts)
        for line in above:
            # Each line is one remark, or some of them in their order.
            while rest and line.startswith(rest[0]):
                line = line[len(rest.pop(0)) :].removeprefix(heading.separator)
            assert line == "" or not rest
        assert rest == []


@pytest.mark.parametrize(
    ("arguments", "count"),
    [((), "9 partnerships"), (("--limit", "4"), "4 of 9 partnerships"), (("--limit", "9"), "9 partnerships")],
)
def test_a_list_ends_with_its_count_on_a_terminal_and_not_in_a_pipe(
    arguments: tuple[str, ...], count: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for columns in (60, 80, 200):
        seen = on_terminal("list", *ON_SMALL, *arguments, columns=columns)
        assert seen.texts[-1] == count
    assert count not in small("list", *arguments).out
    monkeypatch.setenv("COLUMNS", "80")
    assert count not in small("list", *arguments).out
    assert small("list", *arguments, "-o", tmp_path / "x.txt").status == 0
    assert count not in (tmp_path / "x.txt").read_text("utf-8")
    assert count not in small("list", *arguments, "-f", "markdown").out


@pytest.mark.parametrize(
    ("command", "heading"),
    [
        (("sources", "--limit", "2"), "2 of 6 sources"),
        (
            ("anniversaries", "--within", "10y", "--limit", "2"),
            "2 of 13 anniversaries · 2026-11-21 – 2036-11-21",
        ),
        (("timeline", "--limit", "2"), "9 partnerships · 2 of 69 items · 1972 – 1973"),
    ],
)
def test_a_limited_report_says_how_many_it_shows_of_how_many(command: tuple[str, ...], heading: str) -> None:
    assert small(*command).lines[0] == heading


# --- timeline -------------------------------------------------------------------------------------


def _today_at(lines: list[str]) -> list[int]:
    return [number for number, line in enumerate(lines) if "today 2026-11-21" in line]


def test_today_is_shown_once_between_past_and_future(world: Dataset) -> None:
    lines = _page(_timeline(world))
    (at,) = _today_at(lines)
    assert "2026-05?" in lines[at - 1]
    assert "2027-02-28" in lines[at + 1]


def test_today_is_shown_once_also_in_reverse_order(world: Dataset) -> None:
    lines = _page(_timeline(world, reverse=True))
    (at,) = _today_at(lines)
    assert "2027-02-28" in lines[at - 1]


def test_today_is_the_end_where_nothing_is_to_come(world: Dataset) -> None:
    lines = _page(_timeline(world, Selection(cities=("linhai-forest",))))
    (at,) = _today_at(lines)
    assert "ends the tie" in lines[at - 2] or "ends the tie" in lines[at - 1]


def test_today_is_the_beginning_where_nothing_is_to_come_and_the_last_comes_first(world: Dataset) -> None:
    lines = _page(_timeline(world, Selection(cities=("linhai-forest",)), reverse=True))
    (at,) = _today_at(lines)
    assert at < next(number for number, line in enumerate(lines) if "ends the tie" in line)


def test_the_anniversaries_of_a_year_share_a_line_where_there_are_many_partnerships(bundled: Dataset) -> None:
    report = _timeline(bundled, Selection(founded=parse_range("1970s", "--founded", TODAY)))
    assert len(report.partnerships) > 12
    lines = _page(report)
    told = [line for line in lines if re.search(r"\d+ anniversar(y|ies): ", line)]
    years = [line.split()[0] for line in told]
    assert sorted(set(years)) == sorted({i.date[:4] for i in report.items if i.ordinal})
    counted = sum(int(re.findall(r"(\d+) anniversar", line)[0]) for line in told)
    assert counted == sum(item.ordinal is not None for item in report.items)
    parts = sum(int(n) for line in told for n in re.findall(r"\d+(?:st|nd|rd|th) of (\d+)", line))
    assert parts == counted


def test_every_item_of_a_timeline_is_on_its_screen_at_any_width(world: Dataset) -> None:
    report = _timeline(world, Selection(cities=("Linhai", "sakae")))
    for cells in (40, 80, 120, None):
        page = re.sub(r"\s", "", "".join(_page(report, cells)))
        for item in report.items:
            first = re.sub(r"\s", "", item.title)[:5]
            assert first in page, (cells, item.title)


def test_an_empty_timeline_of_one_partnership_shows_its_status(world: Dataset) -> None:
    selection = Selection(cities=("yunhe",), dated=date_range("1900", "1901", TODAY))
    lines = _page(_timeline(world, selection))
    assert lines == ["云河县 · Haibei, China  ⇄  北区 · Sakae Prefecture, Japan",
                     "friendship exchange since 1996~ · 30 years · next: 30th in 2026~"]  # fmt: skip


# --- chart ----------------------------------------------------------------------------------------


def test_a_lane_begins_at_its_founding_and_breaks_where_the_partnership_was_cut(world: Dataset) -> None:
    lines = _page(REPORTS["chart"](world))
    lane = next(line for line in lines if line.startswith("Jinshan"))
    drawn = lane[len("Jinshan – Ōmori") :].strip()
    assert drawn.startswith("●━")
    assert re.search(r"━╳┄+•━", drawn)  # suspended in 1990, taken up again in 1995
    assert "▶" not in drawn  # and suspended since 2012
    ended = next(line for line in lines if line.startswith("Linhai – Ōmori"))
    assert re.search(r"━╳\s+1$", ended)


def test_all_lanes_of_a_chart_end_in_one_column(world: Dataset) -> None:
    for cells in (60, 80, 120, None):
        lines = _page(REPORTS["chart"](world), cells)
        lanes = lines[1 : lines.index("")]
        assert {width(line) for line in lanes} == {width(lanes[0])}
        arrows = {width(line[: line.index("▶")]) for line in lanes if "▶" in line}
        assert len(arrows) == 1


def test_a_chart_says_how_many_partnerships_it_cannot_draw(world: Dataset) -> None:
    assert _page(REPORTS["chart"](world))[-1].strip() == (
        "1 partnership without a date or an event is not drawn"
    )
