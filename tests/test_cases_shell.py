"""What shells and pipes get: colours, completion, `python -OO`: the cases of tests/cases and their kinds."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from helpers import ON_SMALL, SIGN, TESTS

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent
CASES = TESTS / "cases"


def program(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program with its output in a pipe."""
    return subprocess.run(
        [BIN / "sisterline", *arguments],
        env=os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- colours --------------------------------------------------------------------------------------

TIMELINE = ("timeline", *ON_SMALL)


@pytest.mark.parametrize("value", ["0", "", "false", "no"])
@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE"])
@pytest.mark.parametrize("command", [TIMELINE, ("--help",), ("list", "--help"), ()], ids=" ".join)
def test_a_variable_that_forces_no_colours_forces_none(
    command: tuple[str, ...], variable: str, value: str
) -> None:
    done = program(*command, **{variable: value})
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "PY_COLORS", "CI"])
@pytest.mark.parametrize("command", [TIMELINE, ("--help",), ("list", "--help"), ()], ids=" ".join)
def test_a_workflow_gets_no_colours_in_a_pipe(command: tuple[str, ...], variable: str) -> None:
    assert "\x1b" not in program(*command, **{variable: "true"}).stdout


@pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "PY_COLORS", "CI"])
def test_a_workflow_gets_the_colours_that_it_asks_for(variable: str) -> None:
    assert "\x1b" in program(*TIMELINE, **{variable: "true", "FORCE_COLOR": "1"}).stdout


@pytest.mark.parametrize(
    "environment",
    [{"FORCE_COLOR": "1"}, {"FORCE_COLOR": "3"}, {"CLICOLOR_FORCE": "1"}, {"TTY_COMPATIBLE": "1"}],
    ids=str,
)
def test_colours_that_are_asked_for_by_the_environment_are_in_a_pipe(environment: dict[str, str]) -> None:
    assert SIGN in program(*TIMELINE, **environment).stdout
    assert SIGN not in program(*TIMELINE, **environment, NO_COLOR="1").stdout
    assert "\x1b" not in program(*TIMELINE, "--color", "never", **environment).stdout


def test_force_color_goes_before_clicolor_force() -> None:
    assert "\x1b" not in program(*TIMELINE, FORCE_COLOR="0", CLICOLOR_FORCE="1").stdout
    assert SIGN in program(*TIMELINE, FORCE_COLOR="1", CLICOLOR_FORCE="0").stdout


@pytest.mark.parametrize("value", ["0", ""])
def test_a_device_that_is_said_to_be_no_terminal_gets_no_colours(value: str) -> None:
    assert "\x1b" not in program(*TIMELINE, TTY_COMPATIBLE=value).stdout


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"])
def test_a_file_gets_colours_by_the_option_only(tmp_path: Path, variable: str) -> None:
    plain, coloured = tmp_path / "timeline.txt", tmp_path / "coloured.txt"
    done = program(*TIMELINE, "-o", plain, **{variable: "1"})
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in plain.read_text(encoding="utf-8")
    program(*TIMELINE, "-o", coloured, "--color", "always")
    assert SIGN in coloured.read_text(encoding="utf-8")
    # A minus is standard output, and no file.
    assert SIGN in program(*TIMELINE, "-o", "-", "-f", "table", **{variable: "1"}).stdout


def test_the_format_of_a_file_does_not_depend_on_the_environment(tmp_path: Path) -> None:
    plain, forced = tmp_path / "plain.txt", tmp_path / "forced.txt"
    assert program(*TIMELINE, "-o", plain).returncode == 0
    assert program(*TIMELINE, "-o", forced, FORCE_COLOR="1", GITHUB_ACTIONS="true").returncode == 0
    assert plain.read_bytes() == forced.read_bytes()


# --- completion -----------------------------------------------------------------------------------

OWN = CASES / "completion-of-own-data" / "input.yaml"


def completed(line: str, shell: str = "bash", **environment: str) -> list[str]:
    """The words that the program offers to complete a line with."""
    words = line.split(" ")
    variables = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_ARGS": line}
    asked = {"_SISTERLINE_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = program(**variables, **asked, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_line_is_completed_from_the_data_that_it_names(shell: str) -> None:
    line = f"sisterline list --no-builtin --data {OWN} --city"
    assert completed(f"{line} Gda", shell) == ["Gdańsk"]
    assert completed(f"{line} Beih", shell) == []
    assert completed(f"sisterline list --data {OWN} --city Beih", shell) == ["Beihai"]
    assert completed(f"sisterline list --data={OWN} --city Gda", shell) == ["Gdańsk"]
    assert completed(f"sisterline show --no-builtin --data {OWN} gda", shell) == ["gda-x", "gda-hub"]
    assert completed("sisterline list --city Gda", shell) == []


def test_a_place_is_completed_in_the_characters_that_were_typed() -> None:
    data = CASES / "names-in-other-characters" / "input.yaml"
    line = f"sisterline list --no-builtin --data {data} --city"
    assert completed(f"{line} 髙") == ["髙崎市"]
    # A shell would drop, or put in the place of what was typed, a name that begins with another character.
    assert completed(f"{line} 高") == []


def test_bash_makes_words_of_the_signs_of_a_line_that_names_its_data() -> None:
    # As bash parts it: at every =, a line feed between the words.
    words = f"sisterline\nlist\n--data\n=\n{OWN}\n--city\n=\nGda"
    asked = {"COMP_WORDS": words, "COMP_CWORD": "7", "_SISTERLINE_COMPLETE": "complete_bash"}
    assert program(**asked).stdout.split() == ["Gdańsk"]


def test_one_bad_own_record_takes_no_completion_away(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("places:\n  aa: {name: Aa}\n", encoding="utf-8")
    (tmp_path / "good.yaml").write_bytes(OWN.read_bytes())
    for bad in (tmp_path / "own.yaml", tmp_path / "missing.yaml", TESTS / "test_cases_shell.py"):
        assert completed("sisterline list --city Kob", SISTERLINE_DATA=str(bad)) == ["Kobe"]
        assert completed(f"sisterline list --data {bad} --city Kob") == ["Kobe"]
    # Valid files next to it are still completed, also in the same folder.
    assert completed("sisterline list --city Gda", SISTERLINE_DATA=str(tmp_path)) == ["Gdańsk"]
    # A command still refuses it.
    assert program("list", "--data", tmp_path / "own.yaml").returncode == 1


def test_no_usable_data_completes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("partnerships: [", encoding="utf-8")
    assert completed(f"sisterline list --no-builtin --data {bad} --city Kob") == []
    assert completed("sisterline list --no-builtin --city Kob") == []


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("sisterline list --data na", 1),
        ("sisterline list --output na", 1),
        ("sisterline check na", 1),
        ("sisterline list --city Qqq", 1),
        ("sisterline list --city Kob", 0),
        ("sisterline list --city=Kob", 0),
        ("sisterline list --data=na", 1),
        ("sisterline tim", 0),
    ],
)
def test_fish_sees_by_the_status_whether_there_is_anything_to_complete(line: str, status: int) -> None:
    asked = {"_SISTERLINE_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    done = program(_TYPER_COMPLETE_ARGS=line, **asked)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")


# --- a real fish ----------------------------------------------------------------------------------


def shell_environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a person's shell, in which the program is found."""
    return {
        "PATH": f"{BIN}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(home),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "SISTERLINE_CACHE_DIR": os.environ["SISTERLINE_CACHE_DIR"],
    } | more


def in_shell(
    shell: str, command: str, home: Path, *options: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell of somebody's."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    return subprocess.run(
        [shell, *options, "-c", command],
        env=shell_environment(home, **more),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def fish_home(tmp_path: Path) -> Path:
    """A home folder in which completion is installed for fish."""
    assert in_shell("fish", "sisterline --install-completion", tmp_path).returncode == 0
    assert (tmp_path / ".config" / "fish" / "completions" / "sisterline.fish").is_file()
    return tmp_path


def fish_offers(line: str, home: Path, **more: str) -> list[str]:
    """What a real fish offers for a line."""
    return in_shell("fish", f'complete -C "{line}"', home, **more).stdout.splitlines()


def test_fish_completes_files_where_a_path_is_asked_for(fish_home: Path) -> None:
    (fish_home / "names.yaml").write_text("places: {}\n", encoding="utf-8")
    for line in ("list --data na", "list -o na", "check na", "list --output na"):
        assert fish_offers(f"sisterline {line}", fish_home) == ["names.yaml"]
    assert fish_offers("sisterline list --data=na", fish_home) == ["--data=names.yaml"]


def test_fish_completes_places_and_no_files_where_a_place_is_asked_for(fish_home: Path) -> None:
    (fish_home / "Kobold.txt").write_text("", encoding="utf-8")
    assert fish_offers("sisterline list --city Kob", fish_home) == ["Kobe"]
    assert fish_offers("sisterline list --city=Kob", fish_home) == ["--city=Kobe"]
    assert fish_offers("sisterline list --city=八代", fish_home) == ["--city=八代市"]
    assert fish_offers("sisterline timeline --type=anni", fish_home) == ["--type=anniversary"]
    assert fish_offers(f"sisterline list --no-builtin --data {OWN} --city Gda", fish_home) == ["Gdańsk"]


def test_fish_finds_the_completion_where_it_keeps_its_settings(tmp_path: Path) -> None:
    place = tmp_path / "settings"
    environment = {"XDG_CONFIG_HOME": str(place)}
    done = in_shell("fish", "sisterline --install-completion", tmp_path, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert (place / "fish" / "completions" / "sisterline.fish").is_file()
    assert not (tmp_path / ".config").exists()
    assert fish_offers("sisterline list --city=Kob", tmp_path, **environment) == ["--city=Kobe"]


# --- a real zsh -----------------------------------------------------------------------------------


def test_zsh_finds_the_completion_where_its_settings_are(tmp_path: Path) -> None:
    own = tmp_path / "zsh"
    own.mkdir()
    (own / ".zshrc").write_text("# mine", encoding="utf-8")
    for _ in range(2):  # a second time changes nothing
        done = in_shell("zsh", "sisterline --install-completion; true", tmp_path, "-i", ZDOTDIR=str(own))
        assert (done.returncode, done.stderr) == (0, "")
        assert f"zsh completion installed in {own}" in done.stdout
    lines = (own / ".zshrc").read_text(encoding="utf-8").splitlines()
    assert (lines[0], len(lines)) == ("# mine", 2)
    assert (own / ".zfunc" / "_sisterline").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"zsh"}


def test_zsh_without_settings_of_its_own_reads_those_of_the_home_folder(tmp_path: Path) -> None:
    done = in_shell("zsh", "sisterline --install-completion; true", tmp_path, "-f", "-i")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / ".zshrc").read_text(encoding="utf-8").startswith("fpath+=~/.zfunc;")
    assert (tmp_path / ".zfunc" / "_sisterline").is_file()


class Zsh:
    """An interactive zsh whose line can be read back after a tab."""

    def __init__(self, home: Path) -> None:
        self._line = home / "line"
        self.process = pexpect.spawn(
            "zsh",
            ["-i"],
            env=shell_environment(home, ZDOTDIR=str(home)),
            encoding="utf-8",
            timeout=30,
            dimensions=(50, 300),
        )
        # Ctrl-X p writes the line as the editor has it; a tab is never a tab, also while keys are waiting.
        self.run("PS1='$ '; unsetopt beep; zstyle ':completion:*' insert-tab false")
        self.run(f"show() {{ print -r -- \"<<$BUFFER>>\" > {self._line} }}; zle -N show; bindkey '^Xp' show")

    def run(self, command: str) -> None:
        self.process.sendline(f"{command}; echo DO''NE")
        self.process.expect("DONE\r")

    def line(self, keys: str) -> str:
        """The line after some keys were pressed."""
        self._line.unlink(missing_ok=True)
        self.process.send(f"{keys}\x18p")
        until = time.monotonic() + 30
        while time.monotonic() < until:
            text = self._line.read_text(encoding="utf-8") if self._line.exists() else ""
            if text.endswith(">>\n"):
                break
            time.sleep(0.05)
        self.process.send("\x15")  # Ctrl-U: an empty line again
        return text.removeprefix("<<").removesuffix(">>\n")


@pytest.fixture(scope="module")
def zsh(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Iterator[Zsh]:
    """A zsh in which completion was installed as the documents say."""
    home = tmp_path_factory.mktemp("zsh")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SISTERLINE_CACHE_DIR", str(cache_folder))
        (home / ".zshrc").write_text("", encoding="utf-8")
        in_shell("zsh", "sisterline --install-completion; true", home, "-i", ZDOTDIR=str(home))
        (home / "names.yaml").write_text("places: {}\n", encoding="utf-8")
        shell = Zsh(home)
        shell.run(f"cd {home}")
        try:
            yield shell
        finally:
            shell.process.close(force=True)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        # The first is the one at which zsh loads the script.
        ("sisterline tim\t", "sisterline timeline "),
        ("sisterline list --city Beih\t", "sisterline list --city Beihai "),
        ("sisterline list --city=Beih\t", "sisterline list --city=Beihai "),
        ("sisterline list --city=八代\t", "sisterline list --city=八代市 "),
        ("sisterline timeline --type=anni\t", "sisterline timeline --type=anniversary "),
        ("sisterline list --data na\t", "sisterline list --data names.yaml "),
        ("sisterline list --data=na\t", "sisterline list --data=names.yaml "),
        ("sisterline check na\t", "sisterline check names.yaml "),
        ("sisterline list -o na\t", "sisterline list -o names.yaml "),
        (
            f"sisterline list --no-builtin --data {OWN} --city Gda\t",
            f"sisterline list --no-builtin --data {OWN} --city Gdańsk ",
        ),
        ("sisterline list --city=Qqq\t", "sisterline list --city=Qqq"),
    ],
)
def test_a_tab_in_zsh_completes_the_line(zsh: Zsh, keys: str, line: str) -> None:
    assert zsh.line(keys) == line


# --- python -OO -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("timeline", "--city", "omori"), ("timeline", "--chart"), ("show", "omori"), ("stats",),
        ("anniversaries",), ("exchanges",), ("sources",), ("list", "-f", "json"), ("list", "-f", "csv"),
        ("list", "--color", "always"), ("anniversaries", "-f", "ics"), ("list", "--city", "Nowhere"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_python_without_docstrings_and_asserts_gives_the_same(arguments: tuple[str, ...]) -> None:
    command = (*arguments, *ON_SMALL)
    plain, bare = (
        subprocess.run(
            [sys.executable, *flags, "-m", "sisterline", *command],
            capture_output=True,
            timeout=60,
            check=False,
        )
        for flags in ((), ("-OO",))
    )
    assert (bare.returncode, bare.stdout, bare.stderr) == (plain.returncode, plain.stdout, plain.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--help",), ("--version",), ("list", "--help"), ("check", "--help"), ("schema",),
        ("init", "--help"), ("check",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_python_without_docstrings_helps_too(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "sisterline", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()
