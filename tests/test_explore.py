"""What the explorer knows without a screen: filters, order, equivalent commands, years, files."""

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from explorer import exploration, explore, typed
from helpers import ON_SMALL, TESTS, TODAY, call
from sisterline import translation
from sisterline.explore import output
from sisterline.explore.browser import open_address
from sisterline.explore.choices import key_items
from sisterline.explore.equivalent import described, equivalent
from sisterline.explore.exploration import SORTS, Exploration, Option
from sisterline.explore.filters import FACETS
from sisterline.explore.rows import ChartRows, DueRows, ListRows, chart_years
from sisterline.explore.years import event_beside, events_in, year_at, year_beside, years_of_cell
from sisterline.formats import FORMATS, formats_for
from sisterline.formats.terminal.lanes import Axis
from sisterline.model import Dataset, Partnership
from sisterline.query.ranges import parse_range
from sisterline.query.search import folded_texts
from sisterline.query.selection import Selection
from sisterline.reports.counts import COUNT_BYS
from sisterline.text.cells import width


def _ids(explored: Exploration) -> list[str]:
    return [explored.partnership(number).id for number in explored.shown]


def _found(explored: Exploration, text: str) -> Exploration:
    explored.search.texts = folded_texts(explored.dataset.partnerships)
    explored.typed = text
    explored.update()
    return explored


# --- selection, filters, order --------------------------------------------------------------------


def test_the_options_of_the_call_narrow_what_is_explored(world: Dataset) -> None:
    narrow = exploration(world, selection=Selection(cities=("linhai",)), title="--city linhai")
    assert _ids(narrow) == ["linhai-sakae", "linhai-forest-omori", "evil-linhai"]
    assert _ids(_found(narrow, "omori")) == ["linhai-forest-omori"]
    seen = explore(exploration(world, selection=Selection(cities=("linhai",)), title="--city linhai"))
    assert "3 partnerships · --city linhai" in seen.lines[0]


def test_events_that_the_call_leaves_out_are_neither_shown_nor_found(world: Dataset) -> None:
    some = Selection(dated=parse_range("1998", "--from", TODAY))
    assert _ids(_found(exploration(world, selection=some), "first letters")) == []
    assert "First letters" not in explore(exploration(world, selection=some), "enter", size=(80, 99)).text


def test_every_facet_counts_what_the_others_leave(world: Dataset) -> None:
    explored = exploration(world)
    assert set(FACETS) <= set(COUNT_BYS)
    counts = {(each.facet, each.code): each.count for each in explored.filters.choices(explored.found)}
    for facet in FACETS:
        for (name, code), count in counts.items():
            if name == facet:
                explored.filters.toggle(facet, code)
                explored.update()
                assert len(explored.shown) == count, (facet, code)
                explored.filters.clear()
    explored.filters.toggle("status", "suspended")
    explored.update()
    narrowed = {(each.facet, each.code): each.count for each in explored.filters.choices(explored.found)}
    assert narrowed["status", "active"] == counts["status", "active"]
    assert narrowed["kind", "friendship-city"] == 1
    assert ("kind", "sister-city") not in narrowed


def test_a_chosen_value_stays_among_the_choices_when_nothing_has_it(world: Dataset) -> None:
    explored = exploration(world)
    explored.filters.toggle("region", "haibei-prov")
    explored = _found(explored, "kita ōmori")
    (choice,) = [each for each in explored.filters.choices([]) if each.chosen]
    assert (choice.key.names, choice.count) == (("Haibei",), 0)


def test_every_order_keeps_all_rows(world: Dataset) -> None:
    explored = exploration(world)
    everything = set(_ids(explored))
    for sort in SORTS:
        explored.sort = sort
        explored.update()
        assert set(_ids(explored)) == everything


# --- the equivalent command -----------------------------------------------------------------------


def _given(words: tuple[str, ...]) -> set[str]:
    """The partnerships that a command line of `list` prints."""
    result = call(*words, *ON_SMALL, "-f", "json")
    assert result.status == 0, result.err
    return {row["id"] for row in json.loads(result.out)["partnerships"]}


@pytest.mark.parametrize(
    ("text", "filters", "selection", "options"),
    [
        ("", {}, None, ()),
        ("kita", {}, None, ()),
        ("pupils", {}, None, ()),
        ("", {"status": ["suspended"]}, None, ()),
        ("", {"status": ["suspended", "dissolved"], "level": ["city"]}, None, ()),
        ("", {"region": ["haibei-prov"]}, None, ()),
        ("", {"decade": ["1970s"]}, None, ()),
        ("", {"decade": ["1970s", "1980s"]}, None, ()),
        ("", {"kind": ["friendship-city", "twin-town"]}, None, ()),
        ("", {"kind": [""]}, None, ()),
        ("", {"decade": [""], "level": ["city"]}, None, ()),
        ("", {"decade": ["1970s", "1990s"]}, None, ()),
        ("haibei", {}, None, ()),
        ("CHINA", {}, None, ()),
        ("hai", {}, None, ()),
        ("海", {"status": ["active"], "level": ["city", "prefecture"]}, None, ()),
        ("linhai sakae", {}, None, ()),
        ("write omori", {}, None, ()),
        ("1979", {"status": ["suspended"]}, None, ()),
        ('=HYPERLINK("x")', {}, None, ()),
        ("$(id) `code` 'x", {"status": ["active"]}, None, ()),
        ("kita", {}, Selection(cities=("yunhe",)), (Option("--city", "yunhe"),)),
        ("2011", {}, Selection(types=("aid", "gift")), (Option("--type", "aid"), Option("--type", "gift"))),
        ("", {}, Selection(cities=("linhai",)), (Option("--city", "linhai"),)),
        ("omori", {}, Selection(levels=("city",)), (Option("--level", "city"),)),
        (
            "",
            {"status": ["dissolved"]},
            Selection(statuses=("dissolved", "suspended")),
            (Option("--status", "dissolved"), Option("--status", "suspended")),
        ),
    ],
)
def test_the_command_gives_exactly_what_is_shown(
    world: Dataset, text: str, filters: dict[Any, list[str]], selection: Selection | None, options: Any
) -> None:
    explored = exploration(world, selection=selection, options=options)
    for facet, codes in filters.items():
        for code in codes:
            explored.filters.toggle(facet, code)
    explored = _found(explored, text)
    found = equivalent(explored, "list")
    line = shlex.join(found.words)
    assert _given(tuple(shlex.split(line))) == set(_ids(explored))
    assert found.partnerships == len(explored.shown)


@pytest.mark.parametrize("text", ["hai", "linhai sakae", "write omori"])
def test_what_only_too_many_names_could_say_gives_no_less_than_is_shown_and_how_many(
    world: Dataset, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sisterline.explore.equivalent.MOST_NAMED", 0)
    explored = _found(exploration(world), text)
    found = equivalent(explored, "list")
    given = _given(found.words)
    assert given >= set(_ids(explored))
    assert found.partnerships == len(given)
    assert explore(world, typed(text), "enter", "e").app.return_value is not None


def test_decades_with_a_gap_are_no_range(world: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sisterline.explore.equivalent.MOST_NAMED", 0)
    explored = exploration(world)
    for code in ("1970s", "1990s"):
        explored.filters.toggle("decade", code)
    explored.update()
    found = equivalent(explored, "list")
    assert found.words == ("list",)
    assert found.partnerships == 9 != len(explored.shown)
    seen = explore(explored, "e")
    assert seen.app.return_value is not None
    assert "selects 9 partnerships, not 4" in seen.app.return_value.remark


@pytest.mark.parametrize(
    ("text", "filters", "words"),
    [
        ("", {}, ""),
        ("kita", {}, "--city kita"),
        ("hai", {"status": ["active"]}, "--status active hai"),
        ("", {"decade": ["1970s"]}, "--founded 1970s"),
    ],
)
def test_a_file_says_what_was_selected_and_searched_for(
    world: Dataset, text: str, filters: dict[Any, list[str]], words: str
) -> None:
    explored = exploration(world, options=(Option("--lang", "ja"),), language="ja")
    for facet, codes in filters.items():
        for code in codes:
            explored.filters.toggle(facet, code)
    assert described(_found(explored, text)) == words


def test_options_that_are_not_about_the_selection_are_kept(world: Dataset) -> None:
    options = (
        Option("--lang", "ja"),
        Option("--ascii"),
        Option("--from", "1990"),
        Option("--data", "x y.yaml"),
    )
    explored = exploration(world, options=options, language="ja")
    words = equivalent(explored, "list").words
    assert words == ("list", "--lang", "ja", "--ascii", "--from", "1990", "--data", "x y.yaml")
    assert "--from" not in equivalent(explored, "anniversaries").words  # which has no events
    explored.speak("zh")
    assert equivalent(explored, "list").words.count("--lang") == 1


# --- the years of the chart -----------------------------------------------------------------------


@pytest.mark.parametrize("cells", [1, 4, 10, 39, 66, 67, 150])
def test_every_year_is_in_one_cell_and_can_be_reached(cells: int) -> None:
    axis = Axis(1961, 2027, cells)
    lane = explore_lane()
    seen: list[int] = []
    for cell in range(axis.cells):
        seen += years_of_cell(axis, cell, lane)
    assert [year for year in seen if year >= 1961] == list(range(1961, 2028))
    year, passed = 1961, [axis.cell(1961)]
    while (beside := year_beside(axis, year, 1)) != year:
        year = beside
        passed.append(axis.cell(year))
    assert passed == sorted({axis.cell(each) for each in range(1961, 2028)})
    assert year_beside(axis, 1961, -1) == 1961
    assert all(year_at(axis, axis.cell(each)) is not None for each in range(1961, 2028))
    assert year_at(axis, cells + 5) is None


def explore_lane() -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(years=((1950, 1), (1975, 2), (2011, 1)), announced=((2027, 1),))


def test_events_before_the_axis_belong_to_its_first_cell() -> None:
    axis, lane = Axis(1961, 2027, 67), explore_lane()
    assert years_of_cell(axis, 0, lane) == range(1950, 1962)
    assert events_in(lane, years_of_cell(axis, 0, lane)) == 1
    assert [event_beside(axis, lane, 2000, by) for by in (-1, 1)] == [1975, 2011]
    assert event_beside(axis, lane, 1975, -1) == 1961
    assert event_beside(axis, lane, 1961, -1) == 1961
    assert event_beside(axis, lane, 2027, 1) == 2027


# --- files, addresses -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in FORMATS if name in formats_for("list")])
def test_what_is_shown_can_be_written_in_every_format_of_a_list(
    world: Dataset, name: str, tmp_path: Path
) -> None:
    explored = _found(exploration(world), "kita")
    for suffix in FORMATS[name].suffixes:
        path = tmp_path / f"kita{suffix}"
        assert output.write_file(explored, output.listing(explored), str(path)).wrong == ""
        assert path.stat().st_size > 0


def test_a_name_that_the_system_cannot_write_is_a_message(world: Dataset) -> None:
    explored = exploration(world)
    written = output.write_file(explored, output.listing(explored), "a\ud800.csv")
    assert "cannot write the name" in written.wrong


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x"]
)
def test_only_addresses_of_the_web_are_opened(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.get", lambda: pytest.fail("it was opened"))
    assert address in open_address(address, lambda: pytest.fail("it was opened"))
    assert "no address" in open_address("", lambda: pytest.fail("it was opened"))


def test_an_address_is_given_to_the_browser_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import contextlib
    import webbrowser

    script, trace = tmp_path / "browser", tmp_path / "trace"
    script.write_text(f'#!/bin/sh\necho "$1" >{trace}\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr("webbrowser.get", lambda: webbrowser.GenericBrowser([str(script), "%s"]))
    suspended: list[bool] = []

    @contextlib.contextmanager
    def suspend() -> Any:
        suspended.append(True)
        yield

    assert "Opened" in open_address("https://sakae.example/", suspend)
    assert trace.read_text("utf-8") == "https://sakae.example/\n"
    assert suspended == [True]  # the terminal is lent to a browser that runs in it


def test_without_a_browser_the_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr("webbrowser.get", none)
    assert "https://sakae.example/" in open_address("https://sakae.example/", lambda: pytest.fail("opened"))


# --- a large data set -----------------------------------------------------------------------------

MANY = 5_000


@pytest.fixture(scope="module")
def many(world: Dataset) -> Dataset:
    """More partnerships than a hundred screens show; `make bench` explores 26,111 and measures it."""
    first = world.partnerships[0]

    def made(number: int) -> Partnership:
        return replace(first, id=f"pair-{number}", events=first.events[number % 3 :])

    return replace(world, partnerships=tuple(map(made, range(MANY))), stored_index=None)


@pytest.mark.parametrize("keys", [("end",), ("c", "end"), ("pagedown", "pagedown", "home", "end", "up")])
def test_of_many_rows_no_more_than_some_screens_are_laid_out(
    many: Dataset, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[int] = []
    for rows in (ListRows, ChartRows):
        line = rows.line

        def counted(self: Any, row: int, cells: int, line: Any = line) -> Any:
            laid_out.append(row)
            return line(self, row, cells)

        monkeypatch.setattr(rows, "line", counted)
    seen = explore(exploration(many), *keys, size=(120, 40))
    assert seen.ids[-1] == f"pair-{MANY - 1}"
    assert MANY - 1 in laid_out
    screens = {("end",): 3, ("c", "end"): 5}.get(keys, 6)
    assert len(laid_out) <= screens * 37


def test_every_row_of_every_pane_can_be_laid_out_at_any_width(world: Dataset) -> None:
    explored = exploration(world)
    rows = (ListRows(explored), ChartRows(explored, chart_years(explored)), DueRows(explored))
    for cells in (20, 40, 79, 120, 200):
        for pane in rows:
            assert pane.head(cells)
            for row in range(pane.count):
                assert pane.line(row, cells)
                assert 0 <= pane.number(row) < 9


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_every_key_is_explained_in_a_line_of_80_cells(language: str) -> None:
    before = translation.active_language()
    translation.activate(language)
    try:
        lines = ["".join(text for text, _style in item.line) for item in key_items()]
    finally:
        translation.activate(before)
    assert [line for line in lines if width(line) > 78] == []


def test_days_are_counted_from_the_day_of_the_call(world: Dataset) -> None:
    explored = exploration(world)
    later = Exploration(world, None, replace(explored.asked, today=date(2030, 1, 1)))
    assert DueRows(later).report.today == "2030-01-01"
    assert explored.asked.today == TODAY


# --- the recipe for fzf ---------------------------------------------------------------------------


def test_the_commands_of_the_recipe_for_fzf_work() -> None:
    document = (TESTS.parent / "docs" / "explore.md").read_text(encoding="utf-8")
    recipe = re.search(r"```sh\n(sisterline list .*?) \|\n\s*fzf (.*?)\n```", document, re.DOTALL)
    assert recipe is not None
    listed = call(*shlex.split(recipe[1])[1:])
    header, *rows = listed.lines
    assert header.split("\t")[0] == "id"  # {1} of fzf
    assert all(len(row.split("\t")) == len(header.split("\t")) for row in rows)
    row = next(row for row in rows if "北海市" in row)
    options = shlex.split(recipe[2].replace("\\\n", " "))
    (preview,) = [option.removeprefix("--preview=") for option in options if option.startswith("--preview=")]
    columns, *words = shlex.split(preview.replace("{1}", row.split("\t")[0]))
    assert columns == "COLUMNS=$FZF_PREVIEW_COLUMNS"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "58")
        shown = call(*words[1:])
    assert shown.status == 0
    plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in shown.lines]
    assert plain[0].startswith("Beihai 北海市 ⇄")
    assert max(width(line) for line in plain if "://" not in line) <= 58  # addresses are never cut
