"""The benchmarks: the data they generate, how commands are measured, the bars and the table."""

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from bench import exports, maker, page, peers, quick
from bench.browser import Browser, Facts, Opened, Site, browser
from bench.cases import Bench, per_record
from bench.explorer import Plan, visited, visits
from bench.measure import Case, FailedError, Lab, Timing, in_turn
from bench.sites import PEERS, peer_sites
from bench.table import (
    BEGIN,
    END,
    HEADINGS,
    Row,
    compare,
    compare_memory,
    compare_size,
    markdown,
    replace_between_markers,
    seconds,
    summary,
)

from helpers import ON_SMALL, call, chosen
from sisterline.model import Dataset, Partnership, Place
from sisterline.query.selection import Selection
from sisterline.reading.dataset import load_dataset

MANY = 1300  # partnerships: three whole sets of the bundled ones, and a part of one


@pytest.fixture(scope="module")
def data() -> maker.Bundled:
    return maker.bundled_data()


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory, data: maker.Bundled) -> Path:
    folder = tmp_path_factory.mktemp("made") / "200"
    maker.make(200, folder, data=data)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, data: maker.Bundled) -> Dataset:
    folder = tmp_path_factory.mktemp("made") / "many"
    maker.make(MANY, folder, data=data)
    return load_dataset([folder])


# --- the data -----------------------------------------------------------------------------------------


def _names(place: Place) -> dict[str, str]:
    assert isinstance(place.name, dict)
    return place.name


def _digest(folder: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(folder.iterdir()))).hexdigest()


def test_the_same_number_makes_the_same_bytes(tmp_path: Path, some: Path, data: maker.Bundled) -> None:
    maker.make(200, tmp_path, data=data)
    assert _digest(tmp_path) == _digest(some)


def test_made_data_checks_clean(some: Path) -> None:
    result = call("check", some)
    assert result.status == 0
    assert result.out.startswith("No problems found: 200 partnerships, ")


@pytest.mark.parametrize("number", [1, 8])
def test_few_partnerships_check_clean_too(number: int, tmp_path: Path, data: maker.Bundled) -> None:
    maker.make(number, tmp_path / "made", data=data)
    assert len(load_dataset([tmp_path / "made"]).partnerships) == number


def test_a_directory_is_one_file_without_events(tmp_path: Path, data: maker.Bundled) -> None:
    path = tmp_path / "directory.yaml"
    maker.make(400, path, form="directory", data=data)
    dataset = load_dataset([path])
    assert len(dataset.partnerships) == 400
    assert not any(each.events or each.exchanges for each in dataset.partnerships)
    assert max(len(each.sources) for each in dataset.partnerships) == 1


def test_a_list_of_names_has_names_locations_and_at_most_one_event(
    tmp_path: Path, data: maker.Bundled
) -> None:
    path = tmp_path / "names.yaml"
    maker.make(900, path, form="names", data=data)
    dataset = load_dataset([path])
    assert len(dataset.partnerships) == 900
    assert max(len(each.events) for each in dataset.partnerships) == 1
    assert not dataset.sources
    assert not any(each.exchanges for each in dataset.partnerships)
    assert all(isinstance(place.name, str) for place in dataset.places.values())
    assert {place.level for place in dataset.places.values()} == {"city"}
    # The sets lie apart from each other: a map of them is no heap of dots.
    located = [place.location for place in dataset.places.values() if place.location]
    assert len(set(located)) > 0.95 * len(located) > 0.9 * len(dataset.places)


def test_what_is_well_known_is_found_as_in_the_bundled_data(made: Dataset, bundled: Dataset) -> None:
    for name in maker.KNOWN:
        selection = Selection(cities=(name,))
        assert chosen(made, selection) == chosen(bundled, selection) != []


def test_the_first_set_is_the_bundled_data(made: Dataset, bundled: Dataset) -> None:
    assert [p for p in made.partnerships if p in bundled.partnerships] == list(bundled.partnerships)


def test_other_sets_have_places_and_names_of_their_own(made: Dataset, bundled: Dataset) -> None:
    new = [place for name, place in made.places.items() if name not in bundled.places]
    names = {text for place in bundled.places.values() for text in _names(place).values()}
    english = [_names(place)["en"] for place in made.places.values()]
    assert len(new) > 2 * len(bundled.places)
    same = [place.id for place in new if _names(place)["zh"] in names or _names(place)["en"] in names]
    assert len(same) < len(new) / 50  # by chance: short names
    # Names of the bundled data are not all different themselves (Suzhou 苏州 and 宿州).
    assert len(set(english)) > 0.98 * len(english)


def _ties(dataset: Dataset) -> Counter[int]:
    """How many places have so many ties."""
    return Counter(Counter(end for each in dataset.partnerships for end in each.between).values())


MEASURES: dict[str, Callable[[Dataset], float]] = {
    "places": lambda data: len(data.places),
    "sources": lambda data: len(data.sources),
    "events": lambda data: sum(len(each.events) for each in data.partnerships),
    "exchanges": lambda data: sum(len(each.exchanges) for each in data.partnerships),
    "sources of foundings": lambda data: sum(len(each.sources) for each in data.partnerships),
    "without events": lambda data: sum(not each.events for each in data.partnerships),
    "with ten events or more": lambda data: sum(len(each.events) >= 10 for each in data.partnerships),
    "with five exchanges or more": lambda data: sum(len(each.exchanges) >= 5 for each in data.partnerships),
    "known to the day": lambda data: sum(_precision(each) == "day" for each in data.partnerships),
    "undated": lambda data: sum(_precision(each) == "" for each in data.partnerships),
    "friendship cities": lambda data: sum(each.kind == "friendship-city" for each in data.partnerships),
    "of the 1980s": lambda data: sum(str(each.since).startswith("198") for each in data.partnerships),
    "places with one tie": lambda data: _ties(data)[1],
    "places with three ties or more": lambda data: sum(n for ties, n in _ties(data).items() if ties >= 3),
    "letters of Chinese names": lambda data: sum(len(_names(place)["zh"]) for place in data.places.values()),
}


def _precision(partnership: Partnership) -> str:
    return partnership.since.precision if partnership.since else ""


@pytest.mark.parametrize("measure", MEASURES)
def test_proportions_are_those_of_the_bundled_data(measure: str, made: Dataset, bundled: Dataset) -> None:
    """Within a tenth: the last set is a part, in which fewer ties meet in one place."""
    wanted = MEASURES[measure](bundled) / len(bundled.partnerships)
    found = MEASURES[measure](made) / len(made.partnerships)
    assert found == pytest.approx(wanted, rel=0.1)


# --- bars and the table -------------------------------------------------------------------------------


def test_a_bar_is_met_up_to_its_value() -> None:
    assert not Row(what="list", ratio=1.35, bar=1.35).missed
    assert Row(what="list", ratio=1.36, bar=1.35).missed
    assert not Row(what="list", ratio=9.0).missed


def test_what_could_not_be_measured_missed_its_bar() -> None:
    assert Row(what="list", bar=0.9, note="not installed").missed
    assert not Row(what="list", note="not installed").missed
    rows = [Row(what="a", ratio=1, bar=1), Row(what="b", bar=1), Row(what="c")]
    assert summary(rows) == "1 of 2 bars met"


def test_a_ratio_is_that_of_the_fastest_runs() -> None:
    ours, theirs = Timing(values=(3.0, 1.0, 9.0), memory=2**20), Timing(values=(2.0, 8.0), memory=2**22)
    row = compare("ours", ours, "theirs", theirs, 0.6)
    assert (row.ratio, row.missed, row.memory, row.runs) == (0.5, False, "1 / 4", "3, 2")
    assert (row.took, row.beside_took) == ("1000 ms (median 3000)", "2.00 s (median 5.00)")
    assert compare_memory("ours", ours, "theirs", theirs).ratio == 0.25
    assert seconds(Timing(values=(0.2,))) == "200 ms (median 200)"


def test_the_bar_of_a_size_is_one() -> None:
    row = compare_size("page", 1_950_077, 1_600_000)
    assert row.ratio == pytest.approx(1.22, abs=0.01)
    assert (row.bar, row.missed, row.took, row.beside_took) == (1, True, "1,950 kB", "1,600 kB")
    small = compare_size("key", 3900, 10_000)
    assert (small.missed, small.took) == (False, "3.9 kB")


def test_memory_is_shown_where_that_of_both_was_measured() -> None:
    measured, unknown = Timing((1.0,), 2**21), Timing((1.0,))
    assert compare("a", measured, "b", measured).memory == "2 / 2"
    assert compare("a", measured, "b", unknown).memory == ""


def test_a_record_costs_what_is_beyond_a_call_without_any() -> None:
    assert per_record(3.0, 1.0, 4000) == 0.0005
    assert per_record(0.9, 1.0, 4000) == 0


def test_the_table_shows_verdicts_and_what_is_missing() -> None:
    rows = [
        Row(what="`list`", beside="floor", ratio=1.5, bar=1.35, took="150 ms", runs="15"),
        Row(what="`list`", beside="`todo list`", bar=1, note="not installed"),
    ]
    head, rule, first, second = markdown(rows).splitlines()
    assert len({len(line) for line in (head, rule, first, second)}) == 1
    assert [cell.strip() for cell in head.strip("|").split("|")] == list(HEADINGS)
    assert "| **no** |" in first
    assert "not installed" in second
    assert "**no**" not in second


def test_the_table_replaces_only_what_is_between_the_markers(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    for text in ("new", "newer"):
        replace_between_markers(text, path)
        assert path.read_text("utf-8") == f"before\n{BEGIN}\n{text}\n{END}\nafter\n"
    path.write_text("no markers", "utf-8")
    with pytest.raises(ValueError, match="once each"):
        replace_between_markers("new", path)


# --- the same rows for other programs --------------------------------------------------------------------


def test_other_programs_get_the_cells_that_list_shows() -> None:
    table = call("list", *ON_SMALL).lines
    headings, *rows = exports.shown_cells(call("list", *ON_SMALL, "-f", "markdown").out)
    assert "".join("".join(headings).split()) == "".join(table[0].split())
    assert len(rows) == len(table) - 1
    for row, line in zip(rows, table[1:], strict=True):
        assert "".join("".join(row).split()) == "".join(line.split())


def test_empty_cells_at_both_ends_are_kept() -> None:
    table = "text\n\n| A | B  | C |\n| - | -- | - |\n|   | \\[b |   |\n"
    assert exports.shown_cells(table) == [["A", "B", "C"], ["", "[b", ""]]


def test_a_journal_has_a_transaction_for_each_event() -> None:
    events = "date\tpartnership\ttitle\n2001~\ta-b\tA; B\n2002-03-04/2002-04\ta-b\tC\n"
    assert exports.journal(events) == (
        "2001-01-01 A, B\n    a-b  1\n    all\n\n2002-03-04 C\n    a-b  1\n    all\n"
    )


# --- the quick form --------------------------------------------------------------------------------------


def test_more_than_the_margin_fails_and_less_does_not() -> None:
    stored = {"list / one line": 1.2, "calls: list": 1000.0}
    assert quick.worse({"list / one line": 2.4, "calls: list": 1250.0}, stored) == []
    lines = quick.worse({"list / one line": 2.5, "calls: list": 1260.0, "new": 1.0}, stored)
    assert lines == [
        "list / one line: 2.08 times the stored value; at most 2 times is allowed",
        "calls: list: 1.26 times the stored value; at most 1.25 times is allowed",
        "new: no stored value; run python -m bench.quick --update",
    ]


# --- measuring -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(tmp_path_factory.mktemp("work"))


def _python(code: str) -> Case:
    return Case((sys.executable, "-I", "-S", "-c", code))


def test_time_and_memory_are_those_of_the_command(lab: Lab) -> None:
    cases = {
        "small": _python("pass"),
        "large": _python("import time; time.sleep(0.3); len(b'x' * 50 * 2**20)"),
    }
    took = lab.measure(cases, turns=1, values=2, warm=False)
    assert [len(timing.values) for timing in took.values()] == [2, 2]
    assert took["small"].memory < 40 * 2**20 < 50 * 2**20 < took["large"].memory < 90 * 2**20
    assert took["large"].least >= 0.3


def test_commands_take_turns(lab: Lab, tmp_path: Path) -> None:
    log = tmp_path / "log"
    cases = {name: _python(f"print('{name}', end='', file=open({str(log)!r}, 'a'))") for name in "ab"}
    took = lab.measure(cases, turns=2)
    assert log.read_text() == "ababab"  # once to warm up, and twice
    assert list(took) == ["a", "b"]


def test_what_fails_loses_its_turn_and_the_others_do_not() -> None:
    called: list[str] = []

    def call_of(name: str) -> str:
        called.append(name)
        if called.count("b") == 2 and name == "b":
            raise FailedError("alas")
        return name

    found, failed = in_turn({name: partial(call_of, name) for name in "abc"}, turns=2)
    assert called == ["a", "b", "c", "a", "b", "c", "a", "c"]  # the first turn is for nothing
    assert found == {"a": ["a", "a"], "c": ["c", "c"]}
    assert [str(error) for error in failed.values()] == ["alas"]


@pytest.mark.slow
def test_time_of_the_processor_is_not_that_of_the_clock(lab: Lab) -> None:
    cases = {
        "asleep": _python("import time; time.sleep(0.5)"),
        "busy": _python("import time\nwhile time.process_time() < 0.3: pass"),
    }
    took = lab.measure_cpu(cases, turns=1)
    assert took["asleep"].least < 0.3 <= took["busy"].least


def test_a_command_that_fails_is_named_with_its_message(lab: Lab) -> None:
    with pytest.raises(FailedError, match="exit status 3: alas"):
        lab.run(_python("import sys\nprint('alas', file=sys.stderr)\nsys.exit(3)"))
    with pytest.raises(FailedError, match="no/such"):
        lab.run(Case(("/no/such/program",)))


# --- on a terminal ---------------------------------------------------------------------------------------

# Writes a row with colours, answers x in two parts and anything else in one, and ends at q.
ANSWERS = """
import os, sys, termios, time, tty
tty.setraw(0)
os.write(1, b"\\x1b[32mTian\\x1b[0mjin")
while (key := os.read(0, 1)) != b"q":
    os.write(1, key * 10)
    if key == b"x":
        time.sleep(0.15)
        os.write(1, b"more")
"""


@pytest.mark.slow
def test_a_visit_measures_the_first_row_and_the_answers_to_keys(lab: Lab) -> None:
    plan = Plan(_python(ANSWERS).argv, "Tianjin", cursor="x", before="/", search="ab", leave="q", rest=0)
    took, failed = visits(lab, {"answers": plan, "again": plan}, turns=2)
    assert failed == {}
    found = took["answers"]
    assert (len(found.paint.values), len(found.search.values), found.sent) == (2, 2, 14)
    assert 2**20 < found.paint.memory < 60 * 2**20
    assert found.cursor_first.least < 0.15 <= found.cursor.least < found.cursor_first.least + 0.3
    assert found.search.least < 0.15


def test_of_the_keys_of_one_visit_the_median_counts() -> None:
    keys = "[[0.1, 0.4, 10], [0.2, 0.9, 30], [0.3, 0.5, 20]]"
    output = '{"paint": 0.2, "memory": %d, "steps": {"cursor": %s}}'
    found = visited([output % (100, keys), output % (300, keys)])
    assert found.paint == Timing((0.2, 0.2), 300)
    assert (found.cursor_first.values, found.cursor.values, found.sent) == ((0.2, 0.2), (0.5, 0.5), 20)
    assert found.search.values == ()


@pytest.mark.slow
def test_a_program_that_shows_nothing_is_ended(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "pid"
    silent = _python(f"import os, time; open({str(path)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    plan = Plan(silent.argv, "Tianjin", patience=1)
    took, failed = visits(lab, {"silent": plan}, turns=1)
    assert took == {}
    assert "Tianjin is not on the screen" in str(failed["silent"])
    with pytest.raises(ProcessLookupError):
        os.kill(int(path.read_text()), 0)


# --- in a browser ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            started = stack.enter_context(browser())
        except peers.MissingError as error:
            pytest.skip(str(error))
        yield started


PAGE = """<!doctype html><html lang="en"><title>A page</title><link rel="stylesheet" href="style.css">
<main><h1>A page</h1><label>Search <input id="find"></label><p>Text</p></main><img src="none.png" alt="">
<script>setTimeout(() => performance.mark("ready"), 400);
document.getElementById("find").addEventListener("input", () => {
  const end = performance.now() + 200;
  while (performance.now() < end);
});</script></html>
"""


@pytest.mark.slow
def test_a_page_is_ready_when_it_says_so_and_a_search_takes_until_it_is_drawn(
    chromium: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    marked = chromium.open(Site(path.as_uri(), marked=True, searched=("a", "b")))
    assert marked.ready >= 0.4
    assert marked.search >= 0.2
    parsed = chromium.open(Site(path.as_uri()))
    assert (parsed.ready > 0, parsed.search) == (True, 0.0)


@pytest.mark.slow
def test_what_a_page_loads_and_asks_for_in_vain_is_counted(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    (tmp_path / "style.css").write_text("p { color: #000 }", "utf-8")
    facts = chromium.inspect(Site(path.as_uri(), marked=True), axe="")
    assert facts == Facts(len(PAGE.encode()) + 17, 3, None)
    assert page.facts_in_words(facts) == "0.4 kB, 3 requests, not examined"
    assert page.facts_in_words(Facts(1_950_000, 1, 0)) == "1,950 kB, 1 request, 0 violations"


@pytest.mark.slow
def test_what_breaks_in_the_browser_is_a_failure_of_that_page(chromium: Browser, tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="ERR_FILE_NOT_FOUND"):
        chromium.open(Site((tmp_path / "none.html").as_uri()))


def test_without_chromium_it_is_reported_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(peers.MissingError, match="is not installed"), browser():
        pass


class _Broken(Browser):
    """A browser in which one page breaks, another cannot be examined, and all others take as long as ours."""

    def __init__(self) -> None:
        super().__init__(None, "")

    def open(self, site: Site) -> Opened:
        if "timelinejs" in site.address:
            raise FailedError("it breaks")
        return Opened(ready=0.1, search=0.02)

    def inspect(self, site: Site, axe: str) -> Facts:
        if "plot" in site.address:
            raise FailedError("it breaks")
        return Facts(1000, 1, 0)


def test_a_page_that_breaks_or_is_missing_has_a_row_that_says_so(lab: Lab) -> None:
    bench = Bench(lab=lab, program=Path(), peers={}, data=Path())
    sites = {name: Site("file:///ours") for name in (page.PAGE, page.LARGE_PAGE)}
    sites |= {peer.call: Site(f"file:///{peer.template}", searched=peer.searched) for peer in PEERS}
    rows = list(page.in_browser(bench, _Broken(), sites))
    assert [(row.what, row.beside.partition(",")[0], row.ratio, row.note) for row in rows] == [
        ("the page of 26,111, ready", "the page", 1, ""),
        ("the page of 26,111, search", "the page", 1, ""),
        ("the page, ready", "vis-timeline", 1, ""),
        ("the page, search", "vis-timeline", 1, ""),
        ("the page, ready", "Observable Plot", 1, ""),
        ("the page, search", "Observable Plot", 1, ""),
        ("the page, ready", "TimelineJS", None, "does not run here"),
        ("the page, ready", "Datasette", None, "not installed"),
        ("requests of the page", "its file", 1, ""),
        ("the page: size, requests, axe-core", "vis-timeline", None, ""),
        ("the page: size, requests, axe-core", "Observable Plot", None, "does not run here"),
    ]


def test_the_sizes_of_the_page_are_those_of_its_parts() -> None:
    text = '<style>12345</style><script type="application/json">{}</script><script>é</script>' + "x" * 9911
    rows = list(page.sizes(text))
    assert [row.took for row in rows] == ["3.3 kB", "0.0 kB", "10.0 kB", "0.1 kB", "0.0 kB"]
    assert [row.beside_took for row in rows] == ["950 kB", "210 kB", "1,600 kB", "450 kB", "56.0 kB"]


@pytest.mark.slow
def test_pages_of_others_hold_our_export_and_know_where_their_library_is(tmp_path: Path) -> None:
    program = Path(sys.executable).parent
    folders = {name: str(tmp_path / "node_modules" / name) for each in PEERS for name in each.packages}
    bench = Bench(lab=Lab(tmp_path / "work"), program=program, peers=folders, data=tmp_path)
    with peer_sites(bench) as sites:
        assert list(sites) == [peer.call for peer in PEERS]
    for peer in PEERS:
        text = (bench.lab.folder / peer.template).read_text("utf-8")
        assert '"report":"chart"' in text
        assert f'src="{(tmp_path / "node_modules").as_uri()}/{peer.packages[0]}/' in text
        assert "LIBRARY" not in text
    with peer_sites(bench._replace(peers={})) as sites:
        assert sites == {}


def test_a_version_has_the_name_of_what_it_is_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package.json").write_text('{"version": "7.9.2"}', "utf-8")
    assert peers.version("d3", str(tmp_path)) == "d3 7.9.2"
    for said, expected in (("0.38.0 (debian)", "fzf 0.38.0 (debian)"), ("jq-1.6", "jq-1.6")):
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\necho '{said}'\n", "utf-8")
        program.chmod(0o755)
        assert peers.version("fzf", str(program)) == expected
