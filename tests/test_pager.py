"""The pager: when there is one, that it gets what the screen would, and that it can do no harm.

Most pagers here are small shell scripts that leave a trace; `less` itself is driven where it is installed.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from helpers import ON_SMALL, SIGN, SMALL
from screen import LINES, on_terminal, resize, warm
from sisterline.cli import pager
from sisterline.formats.terminal import page
from sisterline.formats.terminal.console import StyledLine

pytestmark = pytest.mark.slow

PROGRAM = str(Path(sys.executable).with_name("sisterline"))
ON = ("--today", "2026-11-21")
LONG = ("list", "--limit", "60", *ON)
PATIENCE = 60  # seconds for what takes less than one

needs_less = pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")


@pytest.fixture(scope="module", autouse=True)
def _warm(cache_folder: Path) -> None:
    warm(cache_folder, LONG)


def script(folder: Path, lines: str, name: str = "pager") -> str:
    """A pager: a shell script, whose path has no blanks."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def marked(tmp_path: Path) -> str:
    """A pager that writes a line of its own before the text."""
    return script(tmp_path, "echo PAGED; exec cat")


# --- when -----------------------------------------------------------------------------------------


def test_output_is_paged_from_the_first_row_that_has_no_room(marked: str) -> None:
    # A heading, the rows and their number, and below them the prompt of the shell.
    for rows, expected in ((LINES - 3, False), (LINES - 2, True), (300, True)):
        call = ("list", "--columns", "since", "--limit", str(rows), *ON)
        seen = on_terminal(*call, SISTERLINE_PAGER=marked)
        assert seen.status == 0
        assert seen.written.startswith("PAGED\n") == expected, rows
        assert len(seen.lines) == rows + 2 + expected


def test_a_line_that_the_terminal_breaks_takes_several_rows(marked: str) -> None:
    call = ("list", "--limit", "15", "-f", "csv", *ON)
    lines = on_terminal(*call, "--no-pager").lines
    assert len(lines) == 16
    rows = len(on_terminal(*call, "--no-pager").rows)
    assert rows > LINES
    assert on_terminal(*call, SISTERLINE_PAGER=marked).lines == ["PAGED", *lines]
    wide = on_terminal(*call, columns=1000, SISTERLINE_PAGER=marked)
    assert wide.lines == lines


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "markdown", "ics"])
def test_every_format_is_paged_on_a_terminal_and_none_in_a_pipe(form: str, marked: str) -> None:
    call = ("anniversaries", "--within", "3y", "-f", form, *ON)
    seen = on_terminal(*call, SISTERLINE_PAGER=marked)
    assert seen.lines[0] == "PAGED"
    assert seen.lines[1:] == on_terminal(*call, "--no-pager").lines
    done = subprocess.run(
        [PROGRAM, *call], capture_output=True, check=True, env={**os.environ, "SISTERLINE_PAGER": marked}
    )
    assert b"PAGED" not in done.stdout
    assert len(done.stdout.splitlines()) > LINES


@pytest.mark.parametrize(
    "command",
    [
        *(("list",), ("timeline",), ("timeline", "--chart"), ("show", "kobe"), ("stats",), ("sources",)),
        *(("anniversaries", "--within", "5y"), ("exchanges", "--records"), ("schema",)),
        ("check", "--warnings", str(SMALL.parent / "bad")),
    ],
)
def test_every_command_is_paged(command: tuple[str, ...], marked: str) -> None:
    seen = on_terminal(*command, SISTERLINE_PAGER=marked)
    assert "PAGED" in seen.lines
    plain = on_terminal(*command, "--no-pager", SISTERLINE_PAGER=marked)
    assert "PAGED" not in plain.lines
    # `check` exits with 1 where there are problems, paged or not.
    assert seen.status == plain.status
    assert [line for line in seen.lines if line != "PAGED"] == plain.lines


@pytest.mark.parametrize("command", ["", "cat", " cat ", " "])
def test_an_empty_pager_and_cat_are_none(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    script(folder, "echo PAGED", "cat")
    script(folder, "echo PAGED", "less")
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    for environment in ({"SISTERLINE_PAGER": command}, {"PAGER": command}):
        seen = _in_environment({"PATH": path, **environment}, *LONG)
        assert "PAGED" not in seen
        assert len(seen.splitlines()) > LINES


def test_an_output_that_is_named_is_not_paged(marked: str, tmp_path: Path) -> None:
    for name in ("-", "/dev/stdout"):
        seen = on_terminal(*LONG, "-f", "csv", "-o", name, SISTERLINE_PAGER=marked)
        assert len(seen.lines) == 61
        assert "PAGED" not in seen.written
    assert on_terminal(*LONG, "-o", tmp_path / "x.txt", SISTERLINE_PAGER=marked).written == ""


def test_a_dumb_terminal_and_one_without_a_size_have_no_pager(marked: str) -> None:
    assert "PAGED" not in on_terminal(*LONG, TERM="dumb", SISTERLINE_PAGER=marked).written
    seen = on_terminal(*LONG, columns=0, SISTERLINE_PAGER=marked)  # nobody may be there to quit it
    assert "PAGED" not in seen.written
    assert len(seen.lines) > LINES


def test_a_pipe_starts_no_pager_and_loads_none(marked: str) -> None:
    code = (
        "import sys; from sisterline.cli.app import run; run(sys.argv[1:]); sys.stdout.flush()\n"
        "print([name for name in sys.modules if name in "
        "('sisterline.cli.pager', 'sisterline.cli.settings_file', 'tomllib')], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *LONG],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SISTERLINE_PAGER": marked},
    )
    assert done.stderr == "[]\n"
    assert "PAGED" not in done.stdout


# --- which ----------------------------------------------------------------------------------------


def _in_environment(environment: dict[str, str], *arguments: str, keep: tuple[str, ...] = ()) -> str:
    """What a call writes to a terminal when nothing but these variables names a pager."""
    mine = {name: value for name, value in os.environ.items() if name not in ("SISTERLINE_PAGER", "PAGER")}
    process = pexpect.spawn(
        PROGRAM,
        list(arguments),
        env={**mine, **environment},
        dimensions=(LINES, 80),
        encoding="utf-8",
        timeout=PATIENCE,
    )
    text = str(process.read()).replace("\r\n", "\n")
    process.close()
    assert process.exitstatus == 0, text
    return text


def test_the_nearest_name_of_a_pager_counts(tmp_path: Path) -> None:
    names = ("own", "setting", "general", "less")
    pagers = {name: script(tmp_path, f"echo {name}; exec cat", name) for name in names}
    config = tmp_path / "config.toml"
    config.write_text(f"pager = '{pagers['setting']}'\n", encoding="utf-8")
    environment = {
        "SISTERLINE_PAGER": pagers["own"],
        "SISTERLINE_CONFIG": str(config),
        "PAGER": pagers["general"],
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    }
    for name, variable in zip(names, ("SISTERLINE_PAGER", "SISTERLINE_CONFIG", "PAGER", ""), strict=True):
        assert _in_environment(environment, *LONG).splitlines()[0] == name
        if variable:
            environment[variable] = ""
            del environment[variable]
            environment.setdefault("SISTERLINE_CONFIG", os.devnull)


def test_the_words_of_a_pager_are_split_and_no_shell_reads_them(tmp_path: Path) -> None:
    words = script(tmp_path, 'for word in "$@"; do echo "<$word>"; done; exec cat')
    canary = tmp_path / "canary"
    seen = on_terminal(
        *LONG,
        SISTERLINE_PAGER=f"{words} -a 'two words' ; touch {canary} $(touch {canary}) `x` > {canary} | y",
    )
    named = re.findall(r"<(.*)>", seen.written)
    expected = [
        "-a",
        "two words",
        ";",
        "touch",
        str(canary),
        "$(touch",
        f"{canary})",
        "`x`",
        ">",
        str(canary),
    ]
    assert named == [*expected, "|", "y"]
    assert not canary.exists()


def test_a_pager_in_the_home_folder_may_be_named_by_its_tilde(
    tmp_path: Path, marked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert on_terminal(*LONG, SISTERLINE_PAGER=f"~/{Path(marked).name}").lines[0] == "PAGED"


def test_nothing_beside_the_data_or_in_the_current_folder_names_a_pager(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = tmp_path / "canary"
    evil = script(tmp_path, f"touch {canary}; exec cat", "evil")
    script(tmp_path, f"touch {canary}; exec cat", "less")
    for path in SMALL.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    settings = f"pager = '{evil}'\n"
    for name in ("config.toml", ".sisterline.toml", "sisterline.toml", "pyproject.toml", ".env"):
        (tmp_path / name).write_text(settings, encoding="utf-8")
    for folder in (tmp_path / "sisterline", tmp_path / ".config" / "sisterline"):
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SISTERLINE_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", ".config")  # relative, so that it does not count
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    mine = script(tmp_path, "echo MINE; exec cat")
    seen = on_terminal("timeline", "--no-builtin", "--data", ".", *ON, SISTERLINE_PAGER=mine)
    assert seen.lines[0] == "MINE"
    plain = on_terminal("timeline", "--no-builtin", "--data", ".", *ON)
    assert plain.lines == seen.lines[1:]
    assert not canary.exists()


# --- what it gets ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [LONG, ("timeline", "--lang", "ja", *ON), ("show", "kobe", *ON)])
def test_a_pager_gets_every_byte_of_the_screen_with_colours_and_names_in_any_script(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    seen = on_terminal(*command, columns=100, SISTERLINE_PAGER=script(tmp_path, f"cat > {taken}"))
    assert (seen.status, seen.written) == (0, "")
    plain = on_terminal(*command, "--no-pager", columns=100).written
    assert taken.read_text("utf-8") == plain
    assert "\x1b[1m" in plain or "\x1b[4m" in plain
    assert re.search("[神京]", plain)


def test_less_gets_its_options_and_its_character_set_where_the_user_has_set_none(tmp_path: Path) -> None:
    shows = script(tmp_path, 'echo "$LESS,$LESSCHARSET,$LV"; exec cat')
    assert on_terminal(*LONG, SISTERLINE_PAGER=shows).lines[0] == "FRX,utf-8,-c"
    own = on_terminal(*LONG, SISTERLINE_PAGER=shows, LESS="-S", LESSCHARSET="latin1", LV="-x")
    assert own.lines[0] == "-S,latin1,-x"
    assert on_terminal(*LONG, SISTERLINE_PAGER=shows, LESS="", LESSCHARDEF="8bcccb").lines[0] == ",,-c"


def test_the_first_screen_is_with_the_pager_while_the_rest_is_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first"
    reader = script(tmp_path, f"read line; echo $line > {first}; exec cat")

    def lines(*_: object) -> Iterator[StyledLine]:
        for number in range(200):
            yield ((f"line {number}", ""),)
        deadline = time.monotonic() + PATIENCE
        while not (first.exists() and first.read_text("utf-8")):
            assert time.monotonic() < deadline, "the pager has nothing yet"
            time.sleep(0.01)
        for number in range(200, 2000):
            yield ((f"line {number}", ""),)

    monkeypatch.setattr(page, "lines", lines)
    seen = on_terminal("list", *ON_SMALL, SISTERLINE_PAGER=reader)
    assert seen.status == 0
    assert seen.lines == [f"line {number}" for number in range(1, 2000)]


def test_a_note_about_the_output_comes_when_the_pager_has_been_quit(marked: str) -> None:
    seen = on_terminal("timeline", "-f", "ics", *ON, SISTERLINE_PAGER=marked)
    assert seen.lines[0] == "PAGED"
    assert seen.lines[-2] == "END:VCALENDAR"
    assert seen.lines[-1].startswith("sisterline: ")


# --- a pager that does not work -------------------------------------------------------------------


def _warned(seen: list[str], plain: list[str]) -> str:
    """The one warning in an output that is otherwise the same."""
    (warning,) = [line for line in seen if line.startswith("sisterline: ")]
    assert [line for line in seen if line != warning] == plain
    return warning


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("/no/such/pager -R", "cannot be run: No such file or directory"),
        ("no-such-pager", "cannot be run: No such file or directory"),
        ("{folder}", "cannot be run: Permission denied"),
        ("{folder}/empty", "cannot be run: Exec format error"),
        ("less 'x", "cannot be run: No closing quotation"),
        ("''", "cannot be run: "),
        ("false", "failed with status 1"),
        ("{folder}/tries", "failed with status 3"),
        ("{folder}/reads", "failed with status 4"),
        ("{folder}/dies", "failed with status -9"),
    ],
)
def test_a_pager_that_cannot_be_run_or_fails_costs_a_warning_and_nothing_else(
    command: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "empty").write_bytes(b"\0\0\0\0")
    (tmp_path / "empty").chmod(0o755)
    script(tmp_path, "read line; exit 3", "tries")
    script(tmp_path, "cat > /dev/null; exit 4", "reads")
    script(tmp_path, "read line; kill -9 $$", "dies")
    command = command.format(folder=tmp_path)
    for arguments in (LONG, ("sources", *ON)):  # less than a pipe holds, and more
        plain = on_terminal(*arguments, "--no-pager")
        seen = on_terminal(*arguments, SISTERLINE_PAGER=command)
        assert seen.status == 0
        warning = _warned(seen.lines, plain.lines)
        assert warning.startswith(f'sisterline: the pager "{command}" (SISTERLINE_PAGER) {reason}')


def test_the_warning_says_where_the_pager_is_named(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("# mine\n  pager = 'no-such-pager'\n", encoding="utf-8")
    for environment, origin in (
        ({"SISTERLINE_CONFIG": str(config)}, f"{config}:2:3"),
        ({"PAGER": "no-such-pager"}, "PAGER"),
    ):
        text = _in_environment(environment, *LONG)
        assert f'sisterline: the pager "no-such-pager" ({origin}) cannot be run' in text
        assert len(text.splitlines()) > 60


def test_where_there_is_no_less_nothing_is_paged_and_nothing_reported(tmp_path: Path) -> None:
    text = _in_environment({"PATH": str(tmp_path)}, *LONG)
    assert "sisterline: " not in text
    assert text.splitlines() == on_terminal(*LONG, "--no-pager").lines


def test_a_pager_that_fails_late_has_had_its_text_and_gets_it_no_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pager, "KEPT", 1000)
    seen = on_terminal(*LONG, SISTERLINE_PAGER=script(tmp_path, "cat; exit 5"))
    assert seen.status == 0
    assert "failed with status 5" in _warned(seen.lines, on_terminal(*LONG, "--no-pager").lines)


def test_a_text_that_is_not_for_a_terminal_is_harmless_in_the_warning() -> None:
    seen = on_terminal(*LONG, SISTERLINE_PAGER="\x1b[31mred\u202e")
    assert "\x1b[31mred" not in seen.written
    assert "\u202e" not in seen.written
    assert "cannot be run" in seen.written


# --- quitting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [LONG, ("sources", *ON), ("list", "-f", "json", *ON), ("schema",)])
def test_to_quit_a_pager_early_is_quiet(arguments: tuple[str, ...], tmp_path: Path) -> None:
    seen = on_terminal(*arguments, SISTERLINE_PAGER=script(tmp_path, "exec head -n 3"))
    assert seen.status == 0
    assert seen.lines == on_terminal(*arguments, "--no-pager").lines[:3]


def test_the_program_waits_for_the_pager(tmp_path: Path) -> None:
    later = script(tmp_path, "exec < /dev/null; sleep 1; echo LAST")
    assert on_terminal(*LONG, SISTERLINE_PAGER=later).lines == ["LAST"]


# Each says when it is there and waits for a sign that Ctrl-C has come, at most some seconds.
_TAKES_CTRL_C = "trap 'echo TAKEN' INT; echo READY; sleep 5; cat; exit 0"
_DIES_OF_IT = "echo READY; sleep 20; cat"


def test_ctrl_c_is_the_business_of_a_pager_that_takes_it(tmp_path: Path) -> None:
    taking = script(tmp_path, _TAKES_CTRL_C)
    seen = on_terminal(*LONG, SISTERLINE_PAGER=taking, then=lambda tty: os.write(tty, b"\x03"))
    assert seen.status == 0
    lines = [line.removeprefix("^C") for line in seen.lines]
    assert lines == ["READY", "TAKEN", *on_terminal(*LONG, "--no-pager").lines]


@pytest.mark.parametrize("arguments", [LONG, ("sources", *ON)])
def test_ctrl_c_that_ends_the_pager_ends_the_program_with_130_and_no_word(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    dying = script(tmp_path, _DIES_OF_IT)
    seen = on_terminal(*arguments, SISTERLINE_PAGER=dying, then=lambda tty: os.write(tty, b"\x03"))
    assert seen.status == 130
    assert [line for line in seen.lines if line not in ("", "^C")] == ["READY"]


# --- less itself ----------------------------------------------------------------------------------


class Less:
    """The program in a window with less."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("LESS", "PAGER"))}
        del mine["SISTERLINE_PAGER"]
        self.process = pexpect.spawn(
            PROGRAM,
            list(arguments),
            env={**mine, **environment},
            dimensions=(LINES, 80),
            encoding="utf-8",
            timeout=PATIENCE,
        )

    def until(self, text: str) -> str:
        """What is shown up to a text."""
        self.process.expect_exact(text)
        return str(self.process.before)

    def quit(self) -> int | None:
        """Leave less, and return the exit status of the program."""
        self.process.send("q")
        self.process.expect(pexpect.EOF)
        self.process.close()
        return self.process.exitstatus


@needs_less
def test_less_shows_the_first_screen_in_colours_and_is_quit_with_status_0() -> None:
    less = Less("timeline", "--lang", "ja", *ON)
    shown = less.until("\r\n:")
    assert SIGN in shown
    assert "昆明市" in shown
    assert "ESC" not in shown
    assert len(shown.removeprefix("\x1b[?1h\x1b=\r").splitlines()) == LINES - 1
    assert less.quit() == 0


@needs_less
def test_less_shows_names_in_any_script_where_the_locale_is_c() -> None:
    less = Less("list", "--lang", "zh", *ON, LC_ALL="C", LANG="C", PYTHONUTF8="1")
    assert "天津市" in less.until("\r\n:")
    assert less.quit() == 0


@needs_less
def test_a_window_that_is_resized_is_drawn_again_and_the_rest_comes() -> None:
    less = Less("list", *ON)
    less.until("\r\n:")
    less.process.setwinsize(LINES + 6, 100)
    less.until("\r\n:")
    less.process.send("G")
    less.until("(END)")
    assert less.quit() == 0


@needs_less
def test_ctrl_c_in_less_is_no_end() -> None:
    less = Less("list", *ON)
    less.until("\r\n:")
    less.process.sendintr()
    less.process.send("G")
    assert " partnerships" in less.until("(END)")
    assert less.quit() == 0


@needs_less
def test_what_fits_needs_no_key() -> None:
    less = Less("list", "--limit", "5", *ON)
    less.process.expect(pexpect.EOF)
    less.process.close()
    assert less.process.exitstatus == 0


def test_a_terminal_that_grows_while_a_pager_runs_does_no_harm(tmp_path: Path) -> None:
    waiting = script(tmp_path, "echo READY; sleep 1; exec cat")
    seen = on_terminal(*LONG, SISTERLINE_PAGER=waiting, then=lambda tty: resize(tty, 120))
    assert seen.status == 0
    assert seen.lines == ["READY", *on_terminal(*LONG, "--no-pager").lines]
