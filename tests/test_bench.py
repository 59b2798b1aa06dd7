"""The benchmarks: the data they make, the arithmetic of their bars, the table, what starts processes."""

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench import maker, quick
from bench.cases import per_record, shown_cells
from bench.runs import Case, FailedError, Run, Runner, in_turn, spread
from bench.table import BEGIN, END, HEADS, Bar, Row, keep, markdown, seconds, summary

from helpers import ON_SMALL, call, chosen
from sisterline.model import Dataset, Partnership, Place
from sisterline.query.selection import Selection
from sisterline.reading.dataset import load_dataset

MANY = 1200  # partnerships: three whole sets of the bundled ones, and a part of one


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
    maker.make(400, path, directory=True, data=data)
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
    assert Bar(1.35).met(1.35)
    assert not Bar(1.35).met(1.36)
    assert Bar(15, least=True).met(15)
    assert not Bar(15, least=True).met(14.9)
    assert [str(Bar(0.9)), str(Bar(15, least=True))] == ["≤ 0.9", "≥ 15"]


def test_what_could_not_be_measured_missed_its_bar() -> None:
    assert Row("list", bar=Bar(0.9), note="not installed").missed
    assert not Row("list", note="not installed").missed
    assert summary([Row("a", ratio=1, bar=Bar(1)), Row("b", bar=Bar(1)), Row("c")]) == "1 of 2 bars met"


def test_a_spread_is_the_median_between_its_ends() -> None:
    assert spread([3, 1, 9]) == (3, 1, 9)
    assert seconds(spread([0.2, 0.1, 0.4])) == "200 ms (100..400)"
    assert seconds(spread([2.5])) == "2.50 s (2.50..2.50)"


def test_a_record_costs_what_is_beyond_a_call_without_any() -> None:
    assert per_record(3.0, 1.0, 4000) == 0.0005
    assert per_record(0.9, 1.0, 4000) == 0


def test_the_table_names_verdicts_and_what_is_missing() -> None:
    rows = [
        Row("`list`", "floor", 1.5, Bar(1.35), "150 ms", "100 ms", "26 / 19", "15"),
        Row("`list`", "`todo list`", bar=Bar(1), note="not installed: no network"),
    ]
    head, rule, first, second = markdown(rows).splitlines()
    assert len({len(line) for line in (head, rule, first, second)}) == 1
    assert [cell.strip() for cell in head.strip("|").split("|")] == list(HEADS)
    assert "| **no** |" in first
    assert "not installed: no network" in second
    assert "**no**" not in second


def test_the_table_is_kept_between_its_marks_only(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    for text in ("new", "newer"):
        keep(text, path)
        assert path.read_text("utf-8") == f"before\n{BEGIN}\n{text}\n{END}\nafter\n"
    path.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="there should be one"):
        keep("new", path)


def test_the_cells_for_the_peers_are_those_that_list_shows() -> None:
    table = call("list", *ON_SMALL).lines
    _, *rows = shown_cells(call("list", *ON_SMALL, "-f", "tsv").out)
    assert len(rows) == len(table) - 1
    for row, line in zip(rows, table[1:], strict=True):
        assert "".join("".join(row).split()) == "".join(line.split())


# --- the quick form --------------------------------------------------------------------------------------


def test_half_again_as_much_is_told_and_less_is_not() -> None:
    stored = {"list / one line": 1.2, "calls: list": 1000.0}
    assert quick.worse({"list / one line": 1.79, "calls: list": 1500.0}, stored) == []
    lines = quick.worse({"list / one line": 1.81, "calls: list": 1501.0, "new": 1.0}, stored)
    assert lines == [
        "list / one line: 1.81 is 1.51 times the stored 1.20",
        "calls: list: 1,501 is 1.50 times the stored 1,000",
        "new: nothing is stored for it; run python -m bench.quick --update",
    ]


# --- processes --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with Runner(tmp_path_factory.mktemp("work")) as started:
        yield started


def _python(code: str, **options: int) -> Case:
    return Case((sys.executable, "-I", "-S", "-c", code), **options)  # type: ignore[arg-type]


def test_memory_is_that_of_the_program_and_not_of_the_one_that_measures(runner: Runner) -> None:
    ballast = bytearray(100 * 2**20)
    ballast[::4096] = b"x" * len(ballast[::4096])  # really there
    small = runner.run(_python("print(1)"))
    large = runner.run(_python("print(len(b'x' * 50 * 2**20))"))
    assert small.memory < 40 * 2**20 < 50 * 2**20 < large.memory < 90 * 2**20


def test_all_output_is_read_and_the_first_screen_is_timed(runner: Runner) -> None:
    code = "import time\nprint('x\\n' * 99, flush=True)\ntime.sleep(0.3)\nprint('y' * 10**6)"
    found = runner.run(_python(code))
    assert (found.lines, found.size) == (101, 99 * 2 + 1 + 10**6 + 1)
    assert found.first < found.wall - 0.25


def test_a_terminal_has_its_columns(runner: Runner) -> None:
    code = "import os, sys\nprint(sys.stdout.isatty() and os.get_terminal_size(1).columns)"
    assert runner.run(_python(code, columns=120)).size == len("120\r\n")
    assert runner.run(_python(code.replace(" and ", " or ").replace(
        "os.get_terminal_size(1).columns", "'pipe'"))).size == len("pipe\n")  # fmt: skip


def test_a_program_that_fails_is_named_with_what_it_said(runner: Runner) -> None:
    with pytest.raises(FailedError, match="exit status 3: alas"):
        runner.run(_python("import sys\nprint('alas', file=sys.stderr)\nsys.exit(3)"))
    with pytest.raises(FailedError, match="no/such"):
        runner.run(Case(("/no/such/program",)))


def test_programs_take_turns(runner: Runner) -> None:
    order: list[str] = []
    cases = {
        name: _python("print(1)")._replace(before=lambda name=name: order.append(name))  # type: ignore[misc]
        for name in "ab"
    }
    runs = in_turn(runner, cases, 2)
    assert order == list("ababab")  # once to warm up, and twice
    assert [len(found) for found in runs.values()] == [2, 2]
    assert all(isinstance(run, Run) for found in runs.values() for run in found)
