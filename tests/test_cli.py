"""The program as a shell meets it: exit statuses, streams, messages, environment, own data."""

import contextlib
import json
import os
import pty
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from helpers import ON_SMALL, SIGN, SMALL, Result, call, small
from sisterline import DATA_VERSION, __version__
from sisterline.cli import commands
from sisterline.cli.app import COMMANDS
from sisterline.cli.help import definition_lines
from sisterline.text.cells import width
from sisterline.vocabulary import EventType, Kind

PROGRAM = str(Path(sys.executable).with_name("sisterline"))


def _shell(*arguments: str, **environment: str) -> Result:
    """Call the installed program in a process of its own."""
    done = subprocess.run(
        [PROGRAM, *arguments], capture_output=True, env=os.environ | environment, timeout=60
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def _terminal(*arguments: str, **environment: str) -> str:
    """What the program writes to a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [PROGRAM, *arguments], stdout=theirs, stderr=theirs, env=os.environ | environment
    ) as process:
        os.close(theirs)
        written = b""
        # Linux reports the end of a terminal as an input/output error.
        with contextlib.suppress(OSError):
            while part := os.read(ours, 65536):
                written += part
        os.close(ours)
        assert process.wait(60) == 0
    return written.decode().replace("\r\n", "\n")


# --- exit statuses and streams --------------------------------------------------------------------


def test_a_result_goes_to_standard_output_and_nothing_else_does() -> None:
    result = small("list")
    assert (result.status, result.err) == (0, "")
    assert len(result.lines) == 10


def test_notes_about_a_result_go_to_standard_error() -> None:
    result = small("list", "--city", "Linhai")
    assert result.status == 0
    assert "may be 2 places" not in result.out
    assert result.err.startswith('sisterline: "Linhai" may be 2 places, all are shown: ')


def test_an_empty_selection_is_no_failure_and_a_note_repeats_it() -> None:
    result = small("list", "--kind", "partner-city", "--city", "栄市", "--founded", "1970s")
    assert (result.status, result.out) == (0, "")
    assert result.err == (
        "sisterline: nothing matches --city 栄市 --kind partner-city --founded 1970s; "
        "--kind partner-city alone leaves nothing\n"
    )
    assert small("timeline", "--type", "award").err == "sisterline: nothing matches --type award\n"
    assert small("timeline", "--chart", "--city", "栄市", "--kind", "cooperation").status == 0
    assert small("stats", "--from", "1999", "--type", "award").err == (
        "sisterline: nothing matches --from 1999 --type award; --type award alone leaves nothing\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("list", "--city", "Omorri"), 'no place is called "Omorri"; did you mean Ōmori (大森市)?'),
        (("list", "--region", "Haibai"), 'no region is called "Haibai"; did you mean Haibei (海北省)?'),
        (("list", "--country", "Chinna"), 'no country is called "Chinna"; did you mean China?'),
        (("show", "Sakai"), 'no place is called "Sakai"; did you mean Sakae (栄市)?'),
        (("show", "qqqqqq"), 'no place is called "qqqqqq"'),
    ],
)
def test_an_unknown_name_fails_in_one_line_with_the_closest_match(
    arguments: tuple[str, ...], message: str
) -> None:
    assert small(*arguments) == (1, "", f"sisterline: {message}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("lst",), '"lst" is neither a command nor a place; did you mean list?'),
        (("anniv",), '"anniv" is neither a command nor a place; did you mean anniversaries?'),
        (("s",), "did you mean show, stats, sources or schema?"),
        (("List",), "did you mean list?"),
        (("timelines", "--chart"), 'unknown command "timelines"; did you mean timeline? (see sisterline'),
        (("Kobee",), '"Kobee" is neither a command nor a place; did you mean Kobe (神戸市)?'),
        (("qqqqqq",), '"qqqqqq" is neither a command nor a place; `sisterline --help` lists'),
        (("foo",), '"foo" is neither a command nor a place; `sisterline --help` lists'),
        (("--nope",), "no such option: --nope (see sisterline --help)"),
        (("timelin",), "did you mean timeline?"),
        (("list", "--staus", "active"), "no such option: --staus; did you mean --status?"),
        (("list", "--status", "activ"), '--status: "activ" is not a valid status; did you mean active?'),
        (("list", "--kind", "friendship"), "did you mean friendship-city?"),
        (
            ("list", "--level", "zzz"),
            '--level: "zzz" is not a valid level; choose one of state, region',
        ),
        (("list", "-f", "ics"), "--format: list cannot be written as ics; choose one of table, json, csv"),
        (("list", "-f", "cvs"), '--format: "cvs" is not a valid format; did you mean csv?'),
        (("timeline", "--type", "agrement"), "did you mean agreement?"),
        (("timeline", "--category", "student"), "did you mean students?"),
        (("timeline", "--group", "decades"), "did you mean decade?"),
        (("timeline", "--every", "-1"), '"-1" is not a whole number of at least 0'),
        (("list", "--sort", "sinc"), "did you mean since?"),
        (("list", "--limit", "0"), '"0" is not a whole number of at least 1'),
        (("list", "--limit", "x"), '"x" is not a whole number of at least 1'),
        (("list", "--limit", "²"), '"²" is not a whole number of at least 1'),
        (("list", "--color", "alwys"), "did you mean always?"),
        (("list", "--founded", "then"), '--founded: "then" is not a date; try --founded 1973..1979'),
        (("list", "--from", "2020", "--to", "2019"), "--from 2020 lies after --to 2019"),
        (("list", "--today", "2026"), '--today: "2026" is not a day; write it as 2026-11-21'),
        (("list", "--today", "2026-02-30"), "2026-02 has 28 days"),
        (("stats", "--by", "kin"), "did you mean kind?"),
        (("stats", "--by", "kind", "--by", "level", "--by", "year"), "at most twice"),
        (("list", "--city"), "option '--city' requires an argument (see sisterline list --help)"),
        (("list", "--sort", "nope,since"), '--sort: "nope" is not a valid column; choose one of id, since'),
        (
            ("timeline", "--chart", "--sort", "date"),
            'no column "date" here; choose one of partnership',
        ),
        (("stats", "--sort", "partnerships"), "--sort: add --by, whose rows it sorts"),
        (("list", "--from", "2020.."), "give one date here: --from and --to together make a range"),
        (("show",), "missing argument 'NAME'"),
    ],
)
def test_wrong_usage_is_reported_in_one_line(arguments: tuple[str, ...], message: str) -> None:
    # Options first, so that one without its value is the last.
    result = call(arguments[0], *ON_SMALL, *arguments[1:]) if len(arguments) > 1 else call(*arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("sisterline: ")
    assert result.err.count("\n") == 1
    assert message.lower() in result.err.lower()


def test_an_argument_that_is_not_valid_is_named_as_in_the_help() -> None:
    result = call("schema", "lists")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith('sisterline: WHAT: "lists" is not a valid value; did you mean list? (see')


def test_nothing_to_read_is_wrong_usage() -> None:
    result = call("list", "--no-builtin")
    assert result == (
        2, "", "sisterline: --no-builtin leaves nothing to read; add your own with --data\n"
    )  # fmt: skip


def test_bad_data_names_its_first_problem_and_points_to_check(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("partnerships:\n- id: a-b\n  between: [a, b]\n  knid: other\n", encoding="utf-8")
    result = call("list", "--no-builtin", "--data", bad)
    assert (result.status, result.out) == (1, "")
    first, second = result.err.splitlines()
    assert re.fullmatch(rf"sisterline: {bad}:\d+:\d+: .+ \(and 2 more problems\)", first)
    assert "sisterline check" in second

    result = call("check", bad)
    assert result.status == 1
    assert f'{bad}:4:3: unknown key "knid"; did you mean kind?' in result.lines
    assert sum(line.startswith(f"{bad}:") for line in result.lines) == 3
    assert "3 problems" in result.out + result.err


def test_a_missing_file_is_reported_in_one_line() -> None:
    result = call("list", "--data", "/no/such/file.yaml")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("sisterline: /no/such/file.yaml: there is no such file")
    assert call("check", "/no/such/file.yaml").status == 1


def test_check_reports_that_there_are_no_problems() -> None:
    result = call("check", SMALL)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("No problems found: 9 partnerships, 17 events, 6 sources")


def test_a_hostile_name_does_nothing_in_a_message() -> None:
    result = small("list", "--city", "\x1b[31mred\u202e")
    assert (result.status, result.err) == (
        1, 'sisterline: no place is called "\\u{1b}[31mred\\u{202e}"\n'
    )  # fmt: skip
    result = small("\x1b[31m")
    assert result.status == 2
    assert "\x1b" not in result.err


def test_an_unexpected_failure_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(commands, "load_cached", broken)
    with pytest.raises(ZeroDivisionError):
        small("list")


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "load_cached", interrupted)
    assert small("list") == (130, "", "")


# --- the whole program, in processes of its own ---------------------------------------------------


def test_the_program_ends_with_the_status_of_what_happened() -> None:
    assert _shell("list", *ON_SMALL) == small("list")
    assert _shell("list", "--city", "nowhere", *ON_SMALL).status == 1
    failed = _shell("list", "--nope")
    assert failed.status == 2
    assert "Traceback" not in failed.err


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_closed_pipe_is_quiet(form: str) -> None:
    # As in `sisterline list | head -1`: more is written than a pipe holds.
    with subprocess.Popen(
        [PROGRAM, "timeline", "-f", form], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_pipe_that_was_closed_before_anything_came_is_quiet_too() -> None:
    with subprocess.Popen(
        [PROGRAM, "list", *ON_SMALL], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_ctrl_c_while_it_writes_is_quiet() -> None:
    with subprocess.Popen(
        [PROGRAM, "timeline", "-f", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        # Once the first byte is here it waits for us to read on: a pipe holds 64 kB of over a million.
        assert process.stdout.read(1) == b"{"
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
        assert process.wait(60) == 130


def test_a_terminal_gets_colours_and_its_width() -> None:
    page = _terminal("timeline", *ON_SMALL, COLUMNS="50")
    assert SIGN in page
    bare = re.sub(r"\x1b\[[\d;]*m", "", page)
    assert max(len(line) for line in bare.splitlines()) <= 50
    assert "\x1b[31m" not in bare
    assert "\\u{1b}[31m" in re.sub(r"\x1b\[[\d;]*m", "", _terminal("show", "evil", *ON_SMALL))


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_without_colours_gets_none(variable: str, value: str) -> None:
    page = _terminal("timeline", *ON_SMALL, **{variable: value})
    # NO_COLOR speaks of colours: bold and dim may stay.
    assert not re.search(r"\x1b\[(?:\d+;)*[349]\d", page)
    assert "Sakae" in page


def test_colours_can_be_forbidden_on_a_terminal() -> None:
    assert "\x1b" not in _terminal("list", *ON_SMALL, "--color", "never")


def test_a_stream_that_knows_only_ascii_gets_ascii_marks() -> None:
    result = _shell("timeline", "--city", "omori", *ON_SMALL, PYTHONIOENCODING="ascii")
    assert (result.status, result.err) == (0, "")
    assert result.out.isascii()
    assert "-- today 2026-11-21 --" in result.out
    assert "Linhai - Omori" in result.out  # the letter that is nearest, not a crash


def test_the_program_gives_its_version_and_that_of_its_data_set() -> None:
    expected = f"sisterline {__version__}\ndata set {DATA_VERSION}\n"
    assert _shell("--version") == (0, expected, "")


# --- colours and widths off a terminal ------------------------------------------------------------


def test_a_pipe_gets_colours_only_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in small("list").out
    assert "\x1b" not in small("list", "--color", "never").out
    colored = small("timeline", "--color", "always").out
    assert SIGN in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == small("timeline").out
    # The option is the nearer word of the two.
    monkeypatch.setenv("NO_COLOR", "1")
    assert SIGN in small("timeline", "--color", "always").out


def test_a_pipe_gets_the_natural_width_unless_columns_says_another(monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(len, small("list").lines)) > 140
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, small("list").lines)) <= 60


@pytest.mark.parametrize("nonsense", ["0", "-5", "wide", "²", ""])
def test_a_width_that_is_not_valid_is_ignored(nonsense: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = small("list")
    monkeypatch.setenv("COLUMNS", nonsense)
    assert small("list") == expected


# --- help -----------------------------------------------------------------------------------------


def test_no_command_at_all_prints_the_help() -> None:
    result = call()
    assert (result.status, result.err) == (0, "")
    assert result.out == call("--help").out == call("-h").out
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", result.out, re.MULTILINE)


def _examples(command: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", "200")
    result = call(command, "--help")
    assert result.status == 0
    lines = [line.strip() for line in result.lines]
    return [line for line in lines if line.startswith(f"sisterline {command}")]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_begins_with_examples(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _examples(command, monkeypatch)
    page = call(command, "--help").out
    assert page.index(f"    sisterline {command}") < page.index("Arguments and options:")


# The explorer needs a terminal: tests/test_explore_terminal.py runs its examples on one.
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "explore"])
def test_every_example_works(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    examples = _examples(command, monkeypatch)
    monkeypatch.delenv("COLUMNS")
    monkeypatch.chdir(tmp_path)
    for example in examples:
        _, name, *arguments = shlex.split(example)
        if name == "check":
            for file in arguments:
                if file.endswith(".yaml"):
                    Path(file).write_text("totals: []\n", encoding="utf-8")
        elif name == "import":
            table = "Date,Partner,Title,Sent or received,Number,People\n2024,Yatsushiro,Choir,sent,8,20\n"
            Path(arguments[0]).write_text(table, encoding="utf-8")
        elif name == "diff":
            for version in arguments[:2]:
                Path(version).write_text("totals: []\n", encoding="utf-8")
        result = call(name, *arguments)
        assert result.status == 0, (example, result.err)
        # It prints something, or makes the file that it names; annotations are only of what is wrong.
        assert result.out or Path(arguments[-1]).is_file() or arguments[-1] == "github", example


@pytest.mark.parametrize("command", COMMANDS)
def test_the_summary_of_a_command_is_the_first_line_of_its_help(command: str) -> None:
    assert call(command, "--help").lines[2].strip() == COMMANDS[command]


@pytest.mark.parametrize("columns", [20, 30, 40, 80, 100, 120, 200])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_no_wider_than_the_terminal(
    command: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = call(*command.split(), "--help").lines
    # Examples stay whole: people copy them. Typer indents the usage by the length of the command.
    lines = [line for line in lines if not line.lstrip().startswith(("sisterline ", "Usage:", "[", "{"))]
    assert [line for line in lines if width(line) > min(columns, 120)] == []


@pytest.mark.parametrize("columns", ["40", "60", "80", "120"])
def test_help_never_breaks_a_value_at_its_hyphen(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = call("help", "selection").out + call("help", "marks").out
    for value in (*get_args(Kind), *get_args(EventType)):
        assert re.search(rf"(?<![\w-]){value}(?=[,.\s])", page), value
    assert not re.search(r"\w-$", page, re.MULTILINE)


def test_long_descriptions_line_up_beside_their_terms() -> None:
    rows = [("--kind KIND", "one of friendship-city, sister-city"), ("-h", "help")]
    assert definition_lines(rows, 40) == [
        "--kind KIND  one of friendship-city,",
        "             sister-city",
        "-h           help",
    ]


def test_descriptions_are_below_their_terms_where_there_is_no_space_beside_them() -> None:
    rows = [("--kind KIND", "one of friendship-city, sister-city"), ("-h", "help")]
    assert definition_lines(rows, 24) == [
        "--kind KIND", "  one of", "  friendship-city,", "  sister-city", "-h", "  help",
    ]  # fmt: skip


# --- own data -------------------------------------------------------------------------------------

OVERLAY = """
partnerships:
- extends: linhai-sakae
  events:
  - {date: 2025-10-09, type: delegation, title: Our own visit}
- id: my-tie
  between: [yunhe, sakae]
  since: 2020
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    return path


def test_own_data_is_laid_over_other_data(own: Path) -> None:
    result = call("list", *ON_SMALL, "--data", own, "-f", "json")
    rows = {row["id"]: row for row in json.loads(result.out)["partnerships"]}
    assert len(rows) == 10
    assert rows["linhai-sakae"]["events"] == 7
    assert rows["my-tie"]["since"] == "2020"
    shown = call("timeline", *ON_SMALL, "--data", own, "--from", "2025-10-09", "--to", "2025-10-09")
    assert "Our own visit" in shown.out


def test_own_data_can_extend_the_bundled_data(tmp_path: Path) -> None:
    path = tmp_path / "visits.yaml"
    path.write_text(
        "partnerships:\n- extends: tianjin-kobe\n"
        "  events: [{date: 2025-10-09, type: delegation, title: Our own visit}]\n",
        encoding="utf-8",
    )
    result = call("timeline", "--city", "kobe", "--from", "2025-10", "--to", "2025-10", "--data", path)
    assert result.status == 0
    assert "Our own visit" in result.out


def test_a_folder_and_several_files_can_be_named_in_the_environment(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SISTERLINE_DATA", os.pathsep.join([str(SMALL), "", str(own)]))
    assert "my-tie" in call("list", "--no-builtin", "--columns", "id").lines
    # The option comes on top of it.
    monkeypatch.setenv("SISTERLINE_DATA", str(SMALL))
    assert "my-tie" in call("list", "--no-builtin", "--columns", "id", "--data", own).lines


def test_without_the_bundled_data_only_own_data_is_there() -> None:
    rows = small("list", "--columns", "id").lines
    assert "linhai-sakae" in rows
    assert "tianjin-kobe" not in rows


def test_a_duplicate_id_is_reported_with_both_positions(tmp_path: Path) -> None:
    shutil.copy(SMALL / "partnerships.yaml", tmp_path / "again.yaml")
    result = call("check", SMALL, tmp_path / "again.yaml")
    assert result.status == 1
    taken = [line for line in result.lines if " is already defined at " in line]
    assert len(taken) == 9
    again, first = re.escape(f"{tmp_path}/again.yaml"), re.escape(f"{SMALL}/partnerships.yaml")
    assert re.match(rf'{again}:3:\d: the id "linhai-sakae" is already defined at {first}:3:\d', taken[0])


def test_an_extension_of_an_unknown_partnership_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("partnerships:\n- extends: linhai-sakea\n  events: []\n", encoding="utf-8")
    result = call("check", SMALL, path)
    assert result.status == 1
    assert result.lines[0] == (
        f'{path}:2:12: no partnership has the id "linhai-sakea"; did you mean linhai-sakae?'
    )


# --- the cache ------------------------------------------------------------------------------------


def test_a_changed_file_is_seen_at_once(own: Path) -> None:
    assert "Our own visit" in call("timeline", *ON_SMALL, "--data", own).out
    own.write_text(OVERLAY.replace("Our own visit", "Another title"), encoding="utf-8")
    out = call("timeline", *ON_SMALL, "--data", own).out
    assert "Another title" in out
    assert "Our own visit" not in out


def test_a_damaged_cache_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path / "cache"))
    first = small("list")
    (entry,) = (tmp_path / "cache").iterdir()
    for damage in (b"", b"junk", entry.read_bytes()[:-1], entry.read_bytes() + b"x"):
        entry.write_bytes(damage)
        assert small("list") == first


def test_a_cache_that_cannot_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = small("list")
    # A file where the folder should be: no rights are taken away, for root has them all the same.
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "cache"):
        monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(folder))
        assert small("list") == expected


def test_no_cache_is_kept_if_it_is_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SISTERLINE_NO_CACHE", "1")
    assert small("list").status == 0
    assert not (tmp_path / "cache").exists()


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    # As root a file moved over /dev/stdout or /dev/null would take the device away from everybody.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        assert small("list", "-f", "csv", "-o", str(pipe)).status == 0
        assert reader.stdout is not None
        assert reader.stdout.read().startswith(b"id,since,")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    assert small("list", "-o", str(link)).status == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("id,since,")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no such device here")
@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_full_disk_is_one_line_and_no_traceback(form: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROGRAM, "list", "-f", form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (1, "sisterline: cannot write: No space left on device\n")


def test_the_newest_partnership_is_found_and_no_undated_one() -> None:
    shown = small("list", "--reverse", "--limit", "1", "-f", "csv", "--columns", "since").out.split()
    assert shown == ["since", "2010-05-05"]


def test_a_language_that_no_name_has_is_reported() -> None:
    result = small("list", "--lang", "jp")
    assert 'no name in the data is in the language "jp"; there are' in result.err


def test_two_names_are_a_pair() -> None:
    assert small("show", "Jinshan", "Ōmori").out == small("show", "jinshan-omori").out


def test_a_mistyped_partnership_gets_the_closest_match() -> None:
    assert "did you mean jinshan-omori?" in small("show", "jinshan-omory").err
