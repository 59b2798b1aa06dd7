"""The explorer on a real terminal: pexpect types, pyte reads the screen back."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import termios
from pathlib import Path
from typing import NamedTuple

import pytest
from terminal import PATIENCE, Terminal

from helpers import ON_SMALL, call
from screen import warm
from sisterline.cli.app import run

pytestmark = pytest.mark.slow

PROGRAM = str(Path(sys.executable).with_name("sisterline"))


@pytest.fixture(scope="module", autouse=True)
def _warm(cache_folder: Path) -> None:
    warm(cache_folder, ("list", "--limit", "1", "-f", "json"))


def explorer(*arguments: str, **options: object) -> Terminal:
    return Terminal(PROGRAM, "explore", *ON_SMALL, *arguments, **options)  # type: ignore[arg-type]


# --- a whole visit --------------------------------------------------------------------------------


def test_a_visit_from_the_first_screen_to_the_last_key() -> None:
    terminal = Terminal(PROGRAM, "explore", "--today", "2026-11-21")
    terminal.until("Tianjin")
    terminal.until("Quit")
    terminal.press("北海")
    terminal.until("Events\n1996-03-05  Beihai 北海市")  # first of all
    terminal.press("\r")
    terminal.until("Quit")
    terminal.press("\r")
    terminal.until("friendship city since 1996-03-05")
    terminal.press("c")
    terminal.until("Beihai – Yatsushiro")
    terminal.until("●━")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.is_restored()
    assert not re.search(rb"Traceback", terminal.written)


def test_the_command_that_gives_the_same_is_printed_when_one_leaves_with_it() -> None:
    terminal = explorer("--kind", "friendship-city")
    terminal.until("Quit")
    terminal.press("Linhai\r")
    terminal.until("1 of 2 partnerships")
    terminal.until("Quit")
    terminal.press("e")
    assert terminal.end() == 0
    printed = terminal.written.decode().splitlines()[-1]
    words = shlex.split(printed[printed.index("sisterline") :])
    assert words[:2] == ["sisterline", "list"]
    assert words[-2:] == ["--city", "Linhai"]
    assert run([*words[1:], "-f", "json"]) == 0


# --- refusals -------------------------------------------------------------------------------------


# Says what a call cost, and what it loaded, in a file.
MEASURED = """
import json, os, sys, time
from pathlib import Path
from sisterline.cli.app import run
status = run(sys.argv[1:])
loaded = [name for name in sys.modules if name.partition(".")[0] == "textual"]
Path(os.environ["MEASURED"]).write_text(json.dumps([time.process_time(), loaded]))
sys.exit(status)
"""
AT_ONCE = 1.0  # seconds of a processor, however busy the machine is: the whole call takes a tenth of it


class Refusal(NamedTuple):
    """What became of a call that was refused."""

    status: int
    errors: bytes
    screen: bytes
    seconds: float
    loaded: list[str]
    same_modes: bool


def _refused(folder: Path, *, term: str | None = "xterm", **streams: int) -> Refusal:
    """The explorer with some of its streams elsewhere than on a terminal."""
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)
    before = termios.tcgetattr(theirs)
    all_streams = {"stdin": theirs, "stdout": theirs} | streams
    variables = os.environ | {"MEASURED": str(folder / "measured")} | ({"TERM": term} if term else {})
    if term is None:
        variables.pop("TERM", None)
    done = subprocess.run(  # type: ignore[call-overload]
        [sys.executable, "-c", MEASURED, "explore", *ON_SMALL],
        stderr=all_streams.pop("stderr", theirs),
        timeout=PATIENCE,
        check=False,
        env=variables,
        **all_streams,
    )
    same_modes = termios.tcgetattr(theirs) == before
    try:
        screen = os.read(ours, 65536)
    except BlockingIOError:
        screen = b""
    os.close(theirs)
    os.close(ours)
    seconds, loaded = json.loads((folder / "measured").read_text())
    return Refusal(done.returncode, done.stderr or b"", screen, seconds, loaded, same_modes)


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_without_a_terminal_it_ends_at_once_and_names_what_to_use_instead(
    stream: str, tmp_path: Path
) -> None:
    streams = {stream: subprocess.DEVNULL, "stderr": subprocess.PIPE}
    refusal = _refused(tmp_path, term="xterm", **streams)
    assert refusal.status == 2
    assert b"explore needs a terminal" in refusal.errors
    assert b"use list, timeline or show instead" in refusal.errors
    assert refusal.errors.count(b"\n") == 1
    assert refusal.screen == b""
    assert refusal.same_modes
    assert refusal.loaded == []
    assert refusal.seconds < AT_ONCE


@pytest.mark.parametrize("term", ["dumb", "unknown", None])
def test_a_terminal_that_cannot_move_its_cursor_is_refused_at_once(term: str | None, tmp_path: Path) -> None:
    refusal = _refused(tmp_path, term=term)
    assert refusal.status == 2
    assert b"use list, timeline or show instead" in b" ".join(refusal.screen.split())
    assert b"\x1b" not in refusal.screen
    assert refusal.same_modes
    assert refusal.loaded == []
    assert refusal.seconds < AT_ONCE


def test_data_with_problems_gives_the_message_of_check_and_no_screen(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("partnerships:\n- {id: a-b, between: [a, b], kind: freindship-city}\n", encoding="utf-8")
    terminal = Terminal(PROGRAM, "explore", "--data", str(path), columns=200)
    assert terminal.end() == 1
    assert b"own.yaml:2:" in terminal.written
    assert b"sisterline check" in terminal.written
    assert b"\x1b[?1049h" not in terminal.written


def test_an_unknown_place_is_an_error_and_no_screen() -> None:
    terminal = explorer("--city", "Nowhere")
    assert terminal.end() == 1
    assert b'no place is called "Nowhere"' in terminal.written
    assert b"\x1b[?1049h" not in terminal.written


# --- what happens to a terminal -------------------------------------------------------------------


def test_the_screen_follows_the_window_down_and_up_again() -> None:
    terminal = explorer(columns=120, lines=40)
    terminal.until("founded")
    terminal.resize(40, 10)
    terminal.until("Quit")
    terminal.until("Linhai")
    assert "founded" not in terminal.text
    terminal.resize(120, 40)
    terminal.until("founded")
    terminal.press("q")
    assert terminal.end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(number: signal.Signals) -> None:
    terminal = explorer()
    terminal.until("Quit")
    os.kill(terminal.process.pid, number)
    assert terminal.end() == 128 + number
    assert terminal.is_restored()


def test_a_mistake_in_the_program_leaves_the_terminal_as_it_was() -> None:
    code = (
        "import sys; from sisterline.explore.rows import ListRows\n"
        "def line(*_): raise RuntimeError('a mistake')\n"
        "ListRows.line = line\n"
        "from sisterline.cli.app import run\n"
        "sys.exit(run(sys.argv[1:]))"
    )
    terminal = Terminal(sys.executable, "-c", code, "explore", *ON_SMALL)
    assert terminal.end() == 1
    assert terminal.is_restored()
    assert b"a mistake" in terminal.written


def test_one_can_leave_while_titles_are_still_read() -> None:
    terminal = Terminal(PROGRAM, "explore", "--today", "2026-11-21")
    terminal.until("Quit")
    terminal.press("q")
    assert terminal.end() == 0
    assert b"Traceback" not in terminal.written


def test_ctrl_c_leaves_as_q_does() -> None:
    terminal = explorer()
    terminal.until("Quit")
    terminal.press("\x03")
    assert terminal.end() == 0
    assert terminal.is_restored()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_it_can_be_suspended_and_comes_back() -> None:
    shell = Terminal("bash", "--norc", "--noprofile", "-i", PS1="shell> ", HISTFILE=os.devnull)
    shell.until("shell>")
    shell.press(shlex.join([PROGRAM, "explore", *ON_SMALL]) + "\r")
    shell.until("Quit")
    shell.press("\x1a")
    shell.until("Stopped")
    assert shell.is_restored(before=b"Stopped")
    written = len(shell.written)  # what was drawn before is still on the screen
    shell.press("fg\r")
    shell.until_written(b"Linhai", written)
    shell.settle()
    written = len(shell.written)
    shell.press("q")
    shell.until_written(b"shell> ", written)
    shell.press("echo left $?\r")
    shell.until("left 0")
    shell.press("exit\r")
    shell.end()


# --- what a terminal can do -----------------------------------------------------------------------

COLOR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-7]|38|4[0-7]|48|9\d)(?:;\d+)*m")


def test_without_colours_nothing_is_coloured() -> None:
    plain = explorer(columns=120, NO_COLOR="1")
    plain.until("founded")
    plain.press("c")
    plain.until("●━")
    plain.press("?")
    plain.until("Keys:")
    plain.press("\x1b")
    plain.until("●━")
    plain.press("q")
    plain.end()
    assert not COLOR.search(plain.written)
    never = explorer("--color", "never")
    never.until("Quit")
    never.press("q")
    never.end()
    assert not COLOR.search(never.written)
    coloured = explorer()
    coloured.until("Quit")
    coloured.press("c")
    coloured.until("●━")
    coloured.press("q")
    coloured.end()
    assert COLOR.search(coloured.written)
    assert not re.search(
        rb"\x1b\[[\d;]*(48|[34]8;2);", coloured.written
    )  # no colour behind text, none of ours


def test_a_terminal_without_utf_8_gets_ascii_and_columns_that_line_up() -> None:
    terminal = explorer(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", columns=120)
    terminal.until("founded")
    assert "Omori ???" in terminal.text  # Ōmori 大森市, in as many cells
    lines = terminal.text.splitlines()
    assert lines[2].index("Sakae") == lines[3].index("Omori")
    terminal.press("q")
    assert terminal.end() == 0
    assert all(byte < 128 for byte in terminal.written)


def test_ascii_can_be_asked_for() -> None:
    terminal = explorer("--ascii")
    terminal.until("Quit")
    terminal.press("c")
    terminal.until("O===")
    assert not {"●", "━", "│", "█"} & set(terminal.text)
    terminal.press("q")
    terminal.end()


def test_the_mouse_can_be_left_to_the_terminal() -> None:
    terminal = explorer("--no-mouse")
    terminal.until("Quit")
    terminal.press("q")
    assert terminal.end() == 0
    assert b"\x1b[?1000h" not in terminal.written


def test_in_gnu_screen_the_mouse_is_left_to_it_because_an_esc_would_wait_for_the_next_key() -> None:
    terminal = explorer(STY="1.pts-0.here", TERM="screen")
    terminal.until("Quit")
    terminal.press("q")
    assert terminal.end() == 0
    assert b"\x1b[?1000h" not in terminal.written


def test_hostile_texts_reach_the_terminal_as_text_in_every_pane() -> None:
    terminal = explorer()
    terminal.until("Quit")
    terminal.press("Evil\r")
    terminal.until("1 of 9")
    terminal.until("Quit")
    before = "Quit"
    for keys, expected in (
        ("\r", "b[/bold]"), ("\x1b", "Since"), ("c", "events"), ("\r", "b[/bold]"), ("\x1b", "events"),
        ("n", "Coverage"), ("a", "No anniversary"), ("c", "events"), ("o", "Sources:"), ("\x1b", "events"),
        ("w", "Write to"), ("\x1b", "events"), ("f", "Filter:"), ("\x1b", "events"), ("y", "Copied"),
    ):  # fmt: skip
        terminal.press(keys)
        if keys == "\x1b":
            terminal.until_gone(before)
        terminal.until(expected)
        before = expected
    terminal.press("q")
    assert terminal.end() == 0
    for harm in (b"\x1b[31mred", b"\x1b]0;title", b"\x9b31m", "\u202e".encode(), "\u2066".encode()):
        assert harm not in terminal.written


def test_an_esc_of_a_terminal_without_the_protocol_of_kitty_goes_back() -> None:
    terminal = explorer()
    terminal.until("Quit")
    terminal.press("c")
    terminal.until("●━")
    terminal.process.send("\x1b")
    terminal.until_gone("●━")
    terminal.until("Since")
    terminal.press("q")
    assert terminal.end() == 0


# --- its help -------------------------------------------------------------------------------------


def test_every_example_of_its_help_opens_a_screen(tmp_path: Path) -> None:
    result = call("explore", "--help")
    assert result.status == 0
    examples = [line.split() for line in result.lines if line.startswith("    sisterline explore")]
    assert len(examples) == 3
    (tmp_path / "visits.yaml").write_text("totals: []\n", encoding="utf-8")
    for _, *words in examples:
        terminal = Terminal("env", "-C", str(tmp_path), PROGRAM, *words)
        terminal.until(" q ")  # in the line of keys, in any language
        terminal.press("q")
        assert terminal.end() == 0
