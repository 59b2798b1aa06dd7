"""The same answer everywhere: on either side of midnight, in any time zone, twice in a row, by any hash."""

import filecmp
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from calls import REPORTS, SHAPES, in_every_format
from helpers import ON_SMALL, SMALL, call
from sisterline.cli.app import COMMANDS
from sisterline.formats import FORMATS, formats_for

# --- today ----------------------------------------------------------------------------------------

# The oldest tie of tests/small is of 24 June 1973. At the first moment that day has come to Tokyo alone, at
# the second to all the world but America: a program that asks for the day in UTC is wrong at one of the two.
EVENING, NIGHT = datetime(2026, 6, 23, 20, tzinfo=UTC), datetime(2026, 6, 24, 3, tzinfo=UTC)
TOKYO, LOS_ANGELES = "Asia/Tokyo", "America/Los_Angeles"


@pytest.fixture
def _there(request: pytest.FixtureRequest) -> Iterator[None]:
    """This process is at a place and at a moment; the day that it is there is for it to find out."""
    zone, moment = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        # What `date.today()` asks, in CPython's C too; `datetime.now()` would not, and the tests would fail.
        patch.setattr(time, "time", moment.timestamp)
        yield
    time.tzset()


def at(*cases: tuple[str, datetime]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("_there", cases, indirect=True, ids=lambda it: f"{it[0]} {it[1]:%dT%H}Z")


there = pytest.mark.usefixtures("_there")
on_the_day = at((TOKYO, EVENING), (TOKYO, NIGHT))
on_the_eve = at((LOS_ANGELES, EVENING), (LOS_ANGELES, NIGHT))


def now(command: str, *arguments: str) -> str:
    """What a command says of the oldest tie without being told the day."""
    result = call(command, *arguments, "--no-builtin", "--data", SMALL)
    assert result.status == 0
    return result.out


@there
@on_the_day
def test_the_day_has_come_where_it_has_come() -> None:
    assert date.today() == date(2026, 6, 24)
    found = json.loads(now("list", "-f", "json", "--founded", "1973"))
    assert (found["today"], found["partnerships"][0]["years"]) == ("2026-06-24", 53)
    assert "today 2026-06-24" in now("timeline", "--city", "Linhai")
    assert "53 years" in now("show", "linhai-sakae")
    assert " today " in now("anniversaries", "--within", "1d", "--every", "1", "--founded", "1973")
    assert "DTSTAMP:20260624T000000Z" in now("anniversaries", "--every", "1", "-f", "ics")


@there
@on_the_eve
def test_the_day_has_not_come_where_it_has_not_come() -> None:
    assert date.today() == date(2026, 6, 23)
    found = json.loads(now("list", "-f", "json", "--founded", "1973"))
    assert (found["today"], found["partnerships"][0]["years"]) == ("2026-06-23", 52)
    assert "today 2026-06-23" in now("timeline", "--city", "Linhai")
    assert "52 years" in now("show", "linhai-sakae")
    assert " in 1 day " in now("anniversaries", "--within", "1d", "--every", "1", "--founded", "1973")
    assert "DTSTAMP:20260623T000000Z" in now("anniversaries", "--every", "1", "-f", "ics")


# --- the same bytes -------------------------------------------------------------------------------

# Every command in every format that it can write, and what has a shape of its own.
TOWNS = SMALL.parents[1] / "docs" / "examples" / "towns-2026.yaml"
VISITS = SMALL.parents[1] / "docs" / "examples" / "visits.csv"
CHECKS = [("check", "--warnings", str(SMALL)), ("check", str(SMALL.parent / "bad"), str(SMALL))]


def _calls() -> Iterator[list[str]]:
    """Each call but for where its output goes: `-f FORMAT` is the end of those that have formats."""
    reports = [words for name, words in REPORTS.items() if name != "check"]
    for words in (*reports, *(words for _, words in SHAPES.values())):
        yield from map(list, in_every_format((*words, *ON_SMALL)))
    for words in CHECKS:
        yield from map(list, in_every_format((*words, "--today", "2026-11-21")))
    yield from map(list, in_every_format(("diff", str(TOWNS), str(SMALL), "--today", "2026-11-21")))
    yield from map(list, in_every_format(("config", "--today", "2026-11-21")))
    # The bundled data has long lists of sources, where an order that is chance shows.
    for large in (["timeline", "-f", "json"], ["show", "Kobe"], ["list", "-f", "json"], ["stats"]):
        yield [*large, "--today", "2026-11-21"]
    yield from (["schema", what] for what in ("data", *REPORTS))
    yield ["init", "made.yaml"]
    yield ["export", "made", *ON_SMALL]
    yield ["import", str(VISITS), "--city", "Yatsushiro"]
    yield from ([], ["--help"], ["--version"], ["list", "--help"], ["help", "marks"])
    # What goes wrong is told the same too.
    yield from (["show", "Linhei", *ON_SMALL], ["lits"], ["list", "--level", "twon"])


CALLS = list(_calls())

# One fresh process for all calls; what each printed, said and came to lies in the folder in which it runs.
PROGRAM = """
import contextlib, json, sys
from sisterline.cli.app import run
for number, arguments in enumerate(json.load(sys.stdin)):
    with open(f"{number}.out", "w", encoding="utf-8", newline="") as out, open(f"{number}.err", "w") as err:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            if arguments[-1:] in (["sqlite"], ["xlsx"]):
                arguments += ["-o", f"{number}.{arguments[-1]}"]
            print("status", run(arguments), file=err)
"""


def _written(folder: Path, **environment: str) -> Path:
    """A folder with all that the program writes in an environment."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(CALLS),
        text=True,
        check=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | environment,  # nothing of this terminal
        timeout=120,
    )
    return folder


def _files(folder: Path) -> list[str]:
    """The files of a folder and of the folders in it."""
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    folder = tmp_path_factory.mktemp("first") / "run"
    return _written(folder, PYTHONHASHSEED="1", TZ="UTC", SISTERLINE_CACHE_DIR=str(cache))


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [
        # The first run had to read the data; this one has it from the cache.
        pytest.param({"PYTHONHASHSEED": "2", "TZ": TOKYO}, id=TOKYO),
        pytest.param({"PYTHONHASHSEED": "3", "TZ": LOS_ANGELES, "SISTERLINE_NO_CACHE": "1"}, id=LOS_ANGELES),
    ],
)
def test_all_that_is_written_is_written_the_same_again(
    first: Path, cache: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    again = _written(tmp_path / "run", **environment | {"SISTERLINE_CACHE_DIR": str(cache)})
    names = _files(first)
    assert _files(again) == names
    different = [name for name in names if not filecmp.cmp(first / name, again / name, shallow=False)]
    assert [(name, CALLS[int(name.split(".")[0])]) for name in different if name[0].isdigit()] == []
    assert different == []


@pytest.mark.slow
def test_every_call_of_these_did_what_it_is_there_for(first: Path) -> None:
    statuses = [(first / f"{number}.err").read_text().splitlines()[-1] for number in range(len(CALLS))]
    bad = [call_ for call_, status in zip(CALLS, statuses, strict=True) if status != "status 0"]
    assert [call_[0] for call_ in bad] == ["check"] * len(formats_for("check")) + ["show", "lits", "list"]
    assert {call_[0] for call_ in CALLS if call_} >= set(COMMANDS) - {"explore"}  # which needs a terminal
    assert {call_[call_.index("-f") + 1] for call_ in CALLS if "-f" in call_} == set(FORMATS)
