"""Eras in the chart of the terminal and of the explorer: which years are shaded, and how they are named."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from explorer import explore
from helpers import ON_SMALL, TESTS, TODAY, call, plain, small
from screen import on_terminal
from sisterline.dates import Period
from sisterline.formats.terminal import page as terminal
from sisterline.formats.terminal.console import Viewport
from sisterline.model import Dataset, DatasetInfo, Era
from sisterline.query.selection import Selection, select
from sisterline.reports.chart import ChartReport, chart_report
from sisterline.text.cells import width
from sisterline.views.style import ASCII, UNICODE

CHART = ("timeline", "--chart")
WITH_ERAS = ("--data", str(TESTS / "eras"))


def with_eras(world: Dataset, *eras: tuple[str, str]) -> Dataset:
    """The small data set with some eras, each a period and a label."""
    made = tuple(Era(period=Period.parse(period), label=label, source="gazette") for period, label in eras)
    return replace(world, info=DatasetInfo(title="Towns", eras=made))


def chart(dataset: Dataset) -> ChartReport:
    return chart_report(dataset, select(dataset, Selection()), TODAY)


def lines(dataset: Dataset, viewport: Viewport) -> list[str]:
    return plain(terminal.lines(chart(dataset), viewport))


def test_an_era_is_reported_with_its_years_on_the_axis_and_its_sources(world: Dataset) -> None:
    report = chart(
        with_eras(world, ("2012/2014-11-10", "strained"), ("../1978-10", "early"), ("2020/..", "now"))
    )
    years = [(era.label, era.first, era.last) for era in report.eras]
    assert years == [("strained", 2012, 2014), ("early", report.first, 1978), ("now", 2020, report.last)]
    assert {era.sources for era in report.eras} == {(1,)}
    assert [source.id for source in report.sources] == ["gazette"]


def test_an_era_outside_the_axis_is_not_reported(world: Dataset) -> None:
    report = chart(with_eras(world, ("1900/1950", "before"), ("2300/..", "after")))
    assert (report.eras, report.sources) == ((), ())


@pytest.mark.parametrize("cells", [20, 40, 80, 120, 200, None])
def test_without_eras_a_chart_is_what_it_was_in_colour_and_without(world: Dataset, cells: int | None) -> None:
    plainly = lines(world, Viewport(cells))
    assert plainly == lines(world, Viewport(cells, colors=True))
    assert UNICODE.shade not in "".join(plainly)
    assert lines(with_eras(world, ("1900/1950", "before")), Viewport(cells)) == plainly


@pytest.mark.parametrize("cells", [20, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("colors", [True, False])
def test_no_line_of_a_chart_with_eras_is_wider_than_the_screen(
    world: Dataset, cells: int, colors: bool
) -> None:
    eras = [(f"{year}/{year + 3}", f"the years from {year} on") for year in range(1974, 2026, 4)]
    eras += [("1999/2009", "another one across them"), ("2026", "the last year")]
    found = lines(with_eras(world, *eras), Viewport(cells, colors=colors))
    assert [line for line in found if width(line) > cells and "http" not in line] == []


def test_the_line_of_eras_marks_the_cells_of_their_years(world: Dataset) -> None:
    above, axis, *lanes = lines(with_eras(world, ("1980/1989", "eighties")), Viewport())
    band = range(above.index(UNICODE.shade), above.rindex(UNICODE.shade) + 1)
    assert (band.start, band.stop) == (axis.index("1980"), axis.index("1990"))
    assert above[band.stop :] == " eighties"
    assert UNICODE.shade not in "".join(line for line in lanes if "era" not in line)


def test_in_colour_what_is_empty_is_shaded_and_what_is_drawn_stays(world: Dataset) -> None:
    shaded = with_eras(world, ("1980/1989", "eighties"))
    plainly, colored = lines(shaded, Viewport()), lines(shaded, Viewport(colors=True))
    band = slice(plainly[1].index("1980"), plainly[1].index("1990"))
    ended = plainly.index("")
    for before, after in zip(plainly[2:ended], colored[2:ended], strict=True):
        assert after.replace(UNICODE.shade, " ") == before
        if width(before) == len(before):  # elsewhere a cell has another place in the text
            assert after[band] == before[band].replace(" ", UNICODE.shade)


def test_a_name_without_room_beside_its_era_is_left_to_the_list_below(world: Dataset) -> None:
    eras = (("2010/2012", "a rather long name for three years"), ("2013/2015", "and another one as long"))
    above, *rest = lines(with_eras(world, *eras), Viewport(50))
    assert "rather long" not in above
    assert "rather long" in " ".join(rest)


def test_eras_that_overlap_are_drawn_as_one_after_the_other(world: Dataset) -> None:
    above = lines(with_eras(world, ("1990/1999", "nineties"), ("1995/2004", "across")), Viewport())[0]
    assert above.split() == ["nineties", UNICODE.shade * 30, "across"]


def test_without_colours_the_lanes_are_not_shaded(monkeypatch: pytest.MonkeyPatch) -> None:
    shaded = on_terminal(*CHART, *ON_SMALL, *WITH_ERAS, columns=100).texts
    monkeypatch.setenv("NO_COLOR", "1")
    bare = on_terminal(*CHART, *ON_SMALL, *WITH_ERAS, columns=100).texts
    assert bare[0] == shaded[0]
    assert [line.count(UNICODE.shade) for line in bare[2:9]] == [0] * 7
    assert [line.replace(UNICODE.shade, " ").rstrip() for line in shaded[2:9]] == bare[2:9]


def test_ascii_names_eras_in_ascii(world: Dataset) -> None:
    found = lines(with_eras(world, ("1980/1989", "eighties")), Viewport(80, ASCII, colors=True))
    assert found[0].strip().startswith(ASCII.shade * 2)
    assert UNICODE.shade not in "".join(found)


def test_eras_cite_their_sources_and_none_without_sources() -> None:
    assert "[1] " in small(*CHART, *WITH_ERAS).out
    bare = small(*CHART, *WITH_ERAS, "--sources", "none").out
    assert "[1]" not in bare
    assert "strained relations" in bare


def test_the_bundled_chart_names_the_eras_of_the_data() -> None:
    out = call(*CHART, "Beihai").out
    assert out.splitlines()[0].count(UNICODE.shade) > 0
    assert "pandemic" in out


def test_the_explorer_shades_its_lanes_and_names_the_era_at_the_cursor(world: Dataset) -> None:
    shaded = with_eras(world, ("2020/..", "pandemic"))
    assert UNICODE.shade in explore(shaded, "c").text
    assert "pandemic" in explore(shaded, "c").text
    assert UNICODE.shade not in explore(shaded, "c", colors=False).text


def test_a_chart_leaves_out_an_end_that_is_later_than_its_axis(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "places:\n"
        "  aa: {name: Aa, country: DE, level: town}\n"
        "  bb: {name: Bb, country: FR, level: town}\n"
        "partnerships:\n"
        "- id: aa-bb\n"
        "  between: [aa, bb]\n"
        "  since: 1990\n"
        "  events:\n"
        "  - {date: 2000, type: students, title: Pupils of Aa visit Bb}\n"
        "  - {date: 9999, type: dissolution, title: Aa and Bb part}\n",
        encoding="utf-8",
    )
    result = call(*CHART, "--no-builtin", "--data", path, "--type", "students", "--today", "2026-11-21")
    assert result.status == 0
    assert "Aa – Bb" in result.out
    assert "╳" not in result.out.splitlines()[1]
