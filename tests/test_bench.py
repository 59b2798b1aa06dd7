"""The benchmarks: the data they generate, how commands are measured, the bars and the table."""

import hashlib
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from bench import exports, maker, quick
from bench.cases import per_record
from bench.measure import Case, FailedError, Lab, Timing
from bench.table import (
    BEGIN,
    END,
    HEADINGS,
    Row,
    compare,
    compare_memory,
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


def test_a_command_that_fails_is_named_with_its_message(lab: Lab) -> None:
    with pytest.raises(FailedError, match="exit status 3: alas"):
        lab.run(_python("import sys\nprint('alas', file=sys.stderr)\nsys.exit(3)"))
    with pytest.raises(FailedError, match="no/such"):
        lab.run(Case(("/no/such/program",)))
