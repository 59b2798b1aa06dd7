"""Cases of tests/cases that are about outputs: what the call in cmd.txt does, as expected.txt wants it."""

import codecs
import csv
import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from calls import REPORTS
from helpers import ON_SMALL, SMALL, TESTS, Result, call

CASES = TESTS / "cases"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls of cmd.txt run in an empty folder with an empty home."""
    (tmp_path / "home").mkdir()
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "run")


def _contents() -> dict[str, bytes]:
    """What is in the folder."""
    return {path.name: path.read_bytes() for path in sorted(Path().iterdir())}


# --- output-over-its-input ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    ["list --no-builtin --data own.yaml -f json", "check own.yaml -f json", "schema"],
)
def test_output_over_its_input_is_refused_and_the_file_stays(arguments: str) -> None:
    own = Path("own.yaml")
    shutil.copyfile(CASES / "output-over-its-input" / "input.yaml", own)
    before = own.read_bytes()
    result = call(*arguments.split(), "-o", own)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("sisterline: cannot write own.yaml: it is ")
    assert result.err.endswith("; choose another name\n")
    assert own.read_bytes() == before
    assert list(_contents()) == ["own.yaml"]


@pytest.mark.parametrize("option", [("--data", "{}"), ("--data", "folder"), ()])
@pytest.mark.parametrize(
    "output", ["folder/own.yaml", "../run/folder/own.yaml", "link.json", "hard.json", "to-folder/own.yaml"]
)
def test_an_input_is_known_under_any_of_its_names(
    output: str, option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path("folder/own.yaml")
    own.parent.mkdir()
    shutil.copyfile(CASES / "output-over-its-input" / "input.yaml", own)
    Path("link.json").symlink_to(own)
    Path("hard.json").hardlink_to(own)
    Path("to-folder").symlink_to("folder")
    if not option:
        monkeypatch.setenv("SISTERLINE_DATA", str(own))
    before = own.read_bytes()
    data = [part.format(own) for part in option]
    for force in ([], ["--force"]):
        result = call("list", "--no-builtin", *data, "-f", "json", "-o", output, *force)
        assert (result.status, result.out) == (1, "")
        reason = "it is folder/own.yaml, which this call reads"
        assert result.err == f"sisterline: cannot write {output}: {reason}; choose another name\n"
    assert own.read_bytes() == before
    assert Path("link.json").is_symlink()
    assert own.stat().st_nlink == 2


# --- output-where-nothing-can-be-moved ------------------------------------------------------------


@contextmanager
def _mounted(source: Path, target: Path) -> Iterator[None]:
    """A single file mounted over another one, as containers do it."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount")
    done = subprocess.run(["mount", "--bind", source, target], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", target], check=True)


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.sqlite"])
def test_output_where_nothing_can_be_moved_is_written_in_place(name: str) -> None:
    source, target = Path(f"src-{name}"), Path(name)
    arguments = ("list", "--limit", "1", "--today", "2026-11-21")
    assert call(*arguments, "-o", f"wanted-{name}").status == 0
    assert call(*arguments, "--reverse", "-o", source).status == 0
    target.touch()
    with _mounted(source, target):
        result = call(*arguments, "-o", target)
    assert (result.status, result.out) == (0, "")
    assert result.err == (
        f"sisterline: {name} is written in place, because it cannot be replaced: {os.strerror(errno.EBUSY)}\n"
    )
    assert source.read_bytes() == Path(f"wanted-{name}").read_bytes()


# --- sqlite-over-a-database-in-wal-mode -----------------------------------------------------------

WRITE_AHEAD = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("pragma journal_mode=wal")
c.execute("create table memo(t)")
c.executemany("insert into memo values (?)", [("x" * 500,)] * 200)
c.commit()
os._exit(0)
"""


def test_sqlite_over_a_database_in_wal_mode_leaves_it_whole() -> None:
    assert call("list", "--city", "Beihai", "-o", "pairs.db").status == 0
    subprocess.run([sys.executable, "-c", WRITE_AHEAD, "pairs.db"], check=True)
    before = _contents()
    assert "pairs.db-wal" in before
    result = call("list", "-o", "pairs.db")
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        "sisterline: cannot write pairs.db: pairs.db-wal beside it holds changes that are not in it yet; "
        "close the program that uses it or run "
        'sqlite3 pairs.db "PRAGMA journal_mode=DELETE", or choose another name\n'
    )
    assert _contents() == before
    with closing(sqlite3.connect("pairs.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM memo").fetchone() == (200,)
        # The fix that the message names, and what it shows then.
        database.execute("PRAGMA journal_mode=DELETE")
    assert (
        'it also holds the table "memo", which Sisterline did not make' in call("list", "-o", "pairs.db").err
    )
    with closing(sqlite3.connect("pairs.db")) as database:
        database.execute("DROP TABLE memo")
        database.commit()
    assert call("list", "-o", "pairs.db").status == 0


# --- calendar-without-events ----------------------------------------------------------------------


def test_calendar_without_events_still_has_a_component() -> None:
    arguments = ("anniversaries", "--city", "Beihai", "--today", "2026-11-21", "--within", "1d")
    result = call(*arguments, "-o", "due.ics")
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("sisterline: no anniversary from 2026-11-21 to 2026-11-22; the next")
    text = Path("due.ics").read_bytes().decode()
    # RFC 5545, 3.6: at least one component; 3.6.5: a time zone has one or more rules.
    assert re.findall("BEGIN:(.*)\r\n", text) == ["VCALENDAR", "VTIMEZONE", "STANDARD"]
    from icalendar import Calendar

    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]
    assert call(*arguments, "-f", "ics").out == text


# --- csv-for-excel --------------------------------------------------------------------------------


def _help(command: str) -> str:
    return " ".join(re.sub("[│╭╮╰╯─]", " ", call(command, "--help").out).split())


def test_csv_for_excel_is_an_option_that_help_names() -> None:
    result = call("list", "--limit", "1", "--bom", "-o", "pairs.csv")
    assert result == (0, "", "")
    content = Path("pairs.csv").read_bytes()
    assert content.startswith(codecs.BOM_UTF8)
    assert "天津市" in content.decode("utf-8-sig")
    # Without it as before: the mark is in the way of most other readers.
    assert call("list", "--limit", "1", "-o", "plain.csv").status == 0
    assert Path("plain.csv").read_bytes() == content.removeprefix(codecs.BOM_UTF8)
    assert "--bom" in _help("list")
    assert "Excel" in call("help", "output").out


@pytest.mark.parametrize("command", REPORTS)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_every_command_writes_the_mark_once_and_in_front(command: str, form: str) -> None:
    words = ("check", SMALL, "--warnings") if command == "check" else (*REPORTS[command], *ON_SMALL)
    marked: Result = call(*words, "-f", form, "--bom")
    assert marked.status == 0
    assert marked.out == "\ufeff" + call(*words, "-f", form).out


def test_the_mark_makes_standard_output_utf_8_whatever_the_locale() -> None:
    marked = call("list", "--limit", "1", "-f", "csv", "--bom", encoding="gb18030")
    assert marked.status == 0
    assert [row[0] for row in csv.reader([marked.out.splitlines()[0]])] == ["\ufeffid"]
    assert "天津市" in marked.out


@pytest.mark.parametrize("form", ["json", "markdown", "table", "sqlite"])
def test_a_format_that_has_no_mark_refuses_it(form: str) -> None:
    result = call("list", "-f", form, "--bom", "-o", "x")
    assert result == (
        2, "", f"sisterline: --bom is for csv and tsv; {form} has no byte order mark\n"
    )  # fmt: skip
    assert _contents() == {}
