"""The screens, as a reader sees them: golden files over tests/small, and what holds for all of them.

`pytest --update-golden` rewrites the golden files; read the difference before you commit it.
"""

import re
import unicodedata
from collections.abc import Callable

import pytest

from helpers import CONTROL, TESTS, TODAY, plain, shown, small
from sisterline.formats.terminal import page as terminal
from sisterline.formats.terminal.console import Viewport
from sisterline.model import Dataset
from sisterline.query.selection import Selection, date_range, parse_range, select
from sisterline.reports.base import Report
from sisterline.reports.chart import chart_report
from sisterline.reports.listing import list_report
from sisterline.reports.stats import stats_report
from sisterline.reports.timeline import TimelineReport, timeline_report
from sisterline.text.cells import width
from sisterline.views.style import ASCII, UNICODE

GOLDEN = TESTS / "golden"

SCREENS = {
    "list": ("list",),
    "timeline-pair": ("timeline", "--city", "栄市", "--kind", "friendship-city"),
    "timeline-several": ("timeline", "--city", "omori", "--city", "kita"),
    "chart": ("timeline", "--chart"),
    "show-pair": ("show", "linhai-sakae"),
    "show-place": ("show", "omori"),
    "show-hostile": ("show", "evil"),
    "stats": ("stats",),
    "stats-cross": ("stats", "--by", "kind", "--by", "decade"),
    "anniversaries": ("anniversaries", "--within", "10y"),
    "exchanges": ("exchanges",),
    "records": ("exchanges", "--records"),
    "sources": ("sources",),
}
VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "80": ("80", ()),
    "120": ("120", ()),
    "natural": ("", ()),
    "ascii": ("", ("--ascii",)),
    "zh": ("80", ("--lang", "zh")),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_did(
    screen: str, view: str, update_golden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns, options = VIEWS[view]
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    result = small(*SCREENS[screen], *options)
    assert (result.status, result.err) == (0, "")
    golden = GOLDEN / f"{screen}-{view}.txt"
    if update_golden:
        golden.write_text(result.out, encoding="utf-8")
    assert result.out == golden.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_screen() -> None:
    known = {f"{screen}-{view}.txt" for screen in SCREENS for view in VIEWS}
    assert {path.name for path in GOLDEN.iterdir()} == known


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
        _timeline(bundled, Selection(founded=parse_range("1970s", "--founded"))),
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


# --- timeline -------------------------------------------------------------------------------------


def _page(report: Report, cells: int | None = None) -> list[str]:
    return plain(terminal.lines(report, Viewport(cells)))


def _today_at(lines: list[str]) -> list[int]:
    return [number for number, line in enumerate(lines) if "today 2026-11-21" in line]


def test_today_stands_once_between_what_was_and_what_comes(world: Dataset) -> None:
    lines = _page(_timeline(world))
    (at,) = _today_at(lines)
    assert "2026-05?" in lines[at - 1]
    assert "2027-02-28" in lines[at + 1]


def test_today_stands_once_also_when_the_last_comes_first(world: Dataset) -> None:
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


def test_the_anniversaries_of_a_year_share_a_line_where_there_are_many_ties(bundled: Dataset) -> None:
    report = _timeline(bundled, Selection(founded=parse_range("1970s", "--founded")))
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


def test_an_empty_timeline_of_one_tie_tells_its_standing(world: Dataset) -> None:
    selection = Selection(cities=("yunhe",), dated=date_range("1900", "1901"))
    lines = _page(_timeline(world, selection))
    assert lines == ["云河县 · Haibei, China  ⇄  北区 · Sakae Prefecture, Japan",
                     "friendship exchange since 1996~ · 30 years · next: 30th in 2026~"]  # fmt: skip


# --- chart ----------------------------------------------------------------------------------------


def test_a_lane_begins_at_its_founding_and_breaks_where_the_tie_was_cut(world: Dataset) -> None:
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


def test_a_chart_says_how_many_ties_it_cannot_draw(world: Dataset) -> None:
    assert _page(REPORTS["chart"](world))[-1].strip() == (
        "1 partnership without a date or an event is not drawn"
    )
