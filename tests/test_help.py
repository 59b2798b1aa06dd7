"""Help on one screen: of the commands and of the topics, and the man page that is made of both."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import get_args

import pytest

from helpers import TESTS, call, small
from sisterline import __version__
from sisterline.cli.app import COMMANDS
from sisterline.cli.help import TOPICS
from sisterline.cli.topics import DATES, topic
from sisterline.formats import FORMATS
from sisterline.text.cells import width
from sisterline.views.style import ASCII, UNICODE
from sisterline.vocabulary import EventType

ROOT = TESTS.parent
MAN_PAGE = ROOT / "docs" / "sisterline.1"
SCREEN = 23  # lines of a terminal of 24 above the prompt


@pytest.fixture(autouse=True)
def _columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def options_of(command: str) -> set[str]:
    """The long options that the help of a command describes or names."""
    return set(re.findall(r"--[a-z-]+", call(command, "--help").out.partition("Arguments and options")[2]))


# --- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_fits_a_screen(command: str) -> None:
    result = call(command, "--help")
    assert (result.status, result.err) == (0, "")
    assert len(result.lines) <= SCREEN
    assert max(map(width, result.lines)) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_help_command_prints_what_its_option_prints(command: str) -> None:
    assert call("help", command) == call(command, "--help")


def test_help_without_a_name_is_the_overview_of_commands_and_topics() -> None:
    result = call("help")
    assert result == call("--help")
    for name, summary in (COMMANDS | TOPICS).items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", result.out, re.MULTILINE)


def test_the_help_of_a_command_describes_its_own_options_and_names_the_shared_ones() -> None:
    page = call("timeline", "--help").out
    own, _, shared = page.partition("Shared options")
    assert "--chart" in own
    assert not re.search(r"^  --city", own, re.MULTILINE)
    assert re.search(r"^  selection  --city, --region", shared, re.MULTILINE)
    assert re.search(r"^  output     --output", shared, re.MULTILINE)
    assert "sisterline help TOPIC" in shared
    assert "Place on either side" not in page


def test_a_command_without_a_selection_names_no_topic_about_it() -> None:
    shared = call("check", "--help").out.partition("Shared options")[2]
    assert "output " in shared
    assert not re.search("selection|dates|marks", shared)
    shared = call("init", "--help").out.partition("Shared options")[2]
    assert shared.split() == ["and", "topics", "(sisterline", "help", "TOPIC):", "output", "--lang"]


def test_every_option_that_a_help_names_is_described_by_it_or_by_a_topic() -> None:
    described = "".join(call("help", name).out for name in ("selection", "output"))
    for command in COMMANDS:
        own = call(command, "--help").out.partition("Shared options")[0]
        for flag in options_of(command):
            assert re.search(rf"^  (-\w, )?{flag}\b", own + described, re.MULTILINE), (command, flag)


def test_wrong_usage_names_the_help_that_describes_the_option() -> None:
    shared = small("list", "--status", "actve")
    assert shared.err.endswith("did you mean active? (see sisterline help selection)\n")
    own = small("timeline", "--group", "weak")
    assert own.err.endswith("(see sisterline timeline --help)\n")


# --- topics ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_fits_a_screen(name: str) -> None:
    result = call("help", name)
    assert (result.status, result.err) == (0, "")
    assert result.lines[0] == TOPICS[name]
    assert len(result.lines) <= SCREEN
    assert max(map(width, result.lines)) <= 80


@pytest.mark.parametrize("columns", [20, 40, 60, 120, 200])
@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_no_wider_than_the_terminal(
    name: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(width, call("help", name).lines)) <= min(columns, 120)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("selecton", "did you mean selection?"),
        ("timelin", "did you mean timeline?"),
        ("nothing-like-it", f"the topics are {', '.join(TOPICS)}; `sisterline help` lists the commands"),
    ],
)
def test_an_unknown_topic_is_an_error_with_a_suggestion(name: str, hint: str) -> None:
    result = call("help", name)
    assert (result.status, result.out) == (2, "")
    assert result.err == f'sisterline: unknown command or topic "{name}"; {hint}\n'


def test_the_marks_are_those_that_are_drawn_and_every_event_type_has_one() -> None:
    page = call("help", "marks").out
    for sign in UNICODE.types.values():
        assert re.search(rf"^  {re.escape(sign)} ", page, re.MULTILINE)
    for event_type in get_args(EventType):
        assert re.search(rf"(?<![\w-]){event_type}(?=[,.])", page), event_type
    plain = call("help", "marks", encoding="ascii").out
    assert plain.isascii()
    assert f"  {ASCII.types['renewal']} " in plain
    assert "?" not in plain.replace("1996?", "")


def test_the_output_topic_lists_every_format() -> None:
    page = " ".join(call("help", "output").out.split())
    assert f"--format FORMAT {', '.join(FORMATS)};" in page


def test_every_date_of_the_topic_is_accepted() -> None:
    for term, description in DATES:
        for written in term.split(", "):
            option = "--founded"
            command = "list"
            if "--within" in description:
                option, command = "--within", "anniversaries"
            result = small(command, option, written)
            assert result.status == 0, (written, result.err)


def test_a_year_matches_a_range_of_which_it_has_a_day() -> None:
    (example,) = re.findall(r"(\d{4}) by (--from \S+)\.", topic("dates").remark)
    year, option = example
    assert year in small("timeline", *shlex.split(option), "--every", "0").out


# --- the man page ---------------------------------------------------------------------------------


def _need(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def test_the_man_page_describes_every_command_option_topic_and_status() -> None:
    page = MAN_PAGE.read_text("ascii").replace(r"\-", "-")
    for command in COMMANDS:
        assert f".SS sisterline {command}" in page
        for flag in options_of(command):
            assert re.search(rf"^\.B (-\w, )?{flag}\b", page, re.MULTILINE), flag
    assert page.count(".B --city NAME") == 2  # among the shared ones, and that of import
    for heading in ("NAME", "SYNOPSIS", "DATES", "MARKS", "EXIT STATUS", "ENVIRONMENT"):
        assert f"\n.SH {heading}\n" in page
    assert __version__ in page


def test_every_variable_of_the_man_page_is_read_by_the_program() -> None:
    names = set(re.findall(r"\bSISTERLINE_[A-Z_]+", MAN_PAGE.read_text("ascii")))
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert len(names) >= 3
    for name in names:
        assert f'"{name}"' in source, name


@pytest.mark.parametrize(
    "reader",
    [
        ("man", "--warnings", "--local-file"),
        ("groff", "-man", "-Tutf8", "-ww", "-z"),
        ("mandoc", "-T", "lint", "-W", "warning"),
    ],
    ids=lambda reader: reader[0],
)
def test_the_man_page_is_accepted_without_a_warning(reader: tuple[str, ...]) -> None:
    program, *options = reader
    read = subprocess.run(
        [_need(program), *options, str(MAN_PAGE)],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "MANWIDTH": "80"},
        check=False,
    )
    assert (read.returncode, read.stderr) == (0, "")
    if program == "man":
        assert 'sisterline timeline 天津 --from "5 years ago"' in read.stdout
        assert "◆      An event of type monument, gift." in read.stdout
    else:
        assert read.stdout == ""


def test_the_wheel_holds_the_man_page(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        name = f"sisterline-{__version__}.data/data/share/man/man1/sisterline.1"
        assert archive.read(name) == MAN_PAGE.read_bytes()
