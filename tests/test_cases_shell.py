"""What shells and pipes get: colours, completion, `python -OO`. The cases of tests/cases, and their whole kinds."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import ON_SMALL, TESTS, small

BIN = Path(sys.executable).parent
CASES = TESTS / "cases"


def program(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program with its output in a pipe."""
    return subprocess.run(
        [BIN / "sisterline", *arguments],
        env=os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"} | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- colours --------------------------------------------------------------------------------------

LIST = ("list", *ON_SMALL)


@pytest.mark.parametrize("value", ["0", "", "false", "no"])
@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE"])
@pytest.mark.parametrize("command", [LIST, ("--help",), ("list", "--help"), ()], ids=" ".join)
def test_a_variable_that_forces_no_colours_forces_none(
    command: tuple[str, ...], variable: str, value: str
) -> None:
    done = program(*command, **{variable: value})
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "PY_COLORS", "CI"])
@pytest.mark.parametrize("command", [LIST, ("--help",), ("list", "--help"), ()], ids=" ".join)
def test_a_workflow_gets_no_colours_in_a_pipe(command: tuple[str, ...], variable: str) -> None:
    assert "\x1b" not in program(*command, **{variable: "true"}).stdout
    # Said to be none, it does not take the colours away that are asked for.
    assert "\x1b" in program(*command, **{variable: "true", "FORCE_COLOR": "1"}).stdout


@pytest.mark.parametrize(
    "environment",
    [{"FORCE_COLOR": "1"}, {"FORCE_COLOR": "3"}, {"CLICOLOR_FORCE": "1"}, {"TTY_COMPATIBLE": "1"}],
    ids=str,
)
def test_colours_that_are_asked_for_by_the_environment_are_in_a_pipe(environment: dict[str, str]) -> None:
    assert "\x1b[36m" in program(*LIST, **environment).stdout
    assert "\x1b[36m" not in program(*LIST, **environment, NO_COLOR="1").stdout
    assert "\x1b" not in program(*LIST, "--color", "never", **environment).stdout


def test_a_variable_that_forces_none_wins_over_one_that_forces(tmp_path: Path) -> None:
    # The nearer word: FORCE_COLOR is the name that this program documents.
    assert "\x1b" not in program(*LIST, FORCE_COLOR="0", CLICOLOR_FORCE="1").stdout
    assert "\x1b[36m" in program(*LIST, FORCE_COLOR="1", CLICOLOR_FORCE="0").stdout


@pytest.mark.parametrize("value", ["0", ""])
def test_a_device_that_is_said_to_be_no_terminal_gets_no_colours(value: str) -> None:
    assert "\x1b" not in program(*LIST, TTY_COMPATIBLE=value).stdout


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"])
def test_a_file_gets_colours_by_the_option_only(tmp_path: Path, variable: str) -> None:
    done = program(*LIST, "-o", "list.txt", cwd=tmp_path, **{variable: "1"})
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in (tmp_path / "list.txt").read_text(encoding="utf-8")
    program(*LIST, "-o", "coloured.txt", "--color", "always", cwd=tmp_path)
    assert "\x1b[36m" in (tmp_path / "coloured.txt").read_text(encoding="utf-8")
    # A minus is standard output, and no file.
    assert "\x1b[36m" in program(*LIST, "-o", "-", "-f", "table", **{variable: "1"}).stdout


def test_the_format_of_a_file_does_not_depend_on_the_environment(tmp_path: Path) -> None:
    plain, forced = tmp_path / "plain.txt", tmp_path / "forced.txt"
    assert program(*LIST, "-o", plain).returncode == 0
    assert program(*LIST, "-o", forced, FORCE_COLOR="1", GITHUB_ACTIONS="true").returncode == 0
    assert plain.read_bytes() == forced.read_bytes()
