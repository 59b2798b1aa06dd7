"""Shell completion: what the functions find, and what a real bash makes of it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pexpect
import pytest

from sisterline.cli import complete
from sisterline.cli.app import COMMANDS
from sisterline.model import Dataset, Partnership, Place, search_names
from sisterline.query.selection import Selection, select
from sisterline.vocabulary import EventType, Kind

BIN = Path(sys.executable).parent
BASH = shutil.which("bash")


# --- the functions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Jin", ["Jinshan", "jinshan-east"]),  # a name with a blank cannot be completed, the id is offered
        ("jin", ["jinshan", "jinshan-east"]),  # the letters that were typed stay
        ("JIN", ["jinshan", "jinshan-east"]),
        ("金", ["金山市"]),
        ("Om", ["omori"]),  # Ōmori does not begin with the very letters
        ("Ō", ["Ōmori"]),
        ("Oom", ["Oomori"]),  # an alias
        ("临海", ["临海市"]),
        ("榮", ["榮縣"]),  # and not Sakae, 栄町
        ("Lin-h", ["linhai", "linhai-forest"]),  # the alias has a blank
        ("Lin", ["Linhai"]),  # two places of one name are one word
        ("x", []),
    ],
)
def test_a_place_is_completed_by_any_of_its_names(world: Dataset, typed: str, found: list[str]) -> None:
    assert complete.places(world, typed) == found


def test_every_beginning_of_a_name_completes_its_place(world: Dataset) -> None:
    for place_id in world.partnered_places:
        for name in (*search_names(world.places[place_id]), place_id):
            if " " not in name:
                for length in range(1, len(name) + 1):
                    found = complete.places(world, name[:length])
                    assert any(each == place_id or each.startswith(name[:length]) for each in found)


def test_a_beginning_is_completed_although_it_is_folded_in_another_way_alone() -> None:
    # ケ after a kanji is が, but け where katakana follow.
    places = {
        "end": Place(id="end", name="小ケール", country="JP", level="city"),
        "far": Place(id="far", name="Far", country="CN", level="city"),
    }
    pair = Partnership(id="end-far", between=("end", "far"))
    data = Dataset(countries={}, places=places, sources={}, partnerships=(pair,), totals=())
    assert complete.places(data, "小ケ") == ["小ケール"]


def test_what_is_completed_is_found_by_the_program(world: Dataset) -> None:
    for completed in (complete.places, complete.regions, complete.countries):
        words = completed(world, "")
        assert words
        for word in words:
            assert " " not in word
            # An unknown name would raise.
            if completed is complete.places:
                select(world, Selection(cities=(word,)))
            elif completed is complete.regions:
                select(world, Selection(regions=(word,)))
            else:
                select(world, Selection(countries=(word,)))


def test_only_places_that_have_partners_are_completed(world: Dataset) -> None:
    used = {end for partnership in world.partnerships for end in partnership.between}
    assert "haibei-prov" in used
    assert len(complete.places(world, "")) <= len(used)
    regions = {name for name in complete.regions(world, "") if name.isascii()}
    assert {"Haibei", "Jinshan"} <= regions
    assert "Linhai" not in regions


def test_countries_ids_and_sources_are_completed(world: Dataset) -> None:
    assert set(complete.countries(world, "")) == {"China", "Japan", "CN", "JP", "NO"}
    assert complete.countries(world, "ch") == ["China"]
    assert complete.partnerships(world, "linhai-s") == ["linhai-sakae"]
    assert {"Sakae", "linhai-sakae", "alesund-sakae"} <= set(complete.partnerships(world, ""))
    assert complete.sources(world, "sakae-c") == ["sakae-city"]
    assert complete.sources(world, "gaz") == ["gazette"]
    assert complete.sources(world, "") == [*complete.places(world, ""), *world.sources]


def test_nothing_that_acts_on_a_terminal_is_completed(world: Dataset) -> None:
    for words in (
        complete.places(world, ""),
        complete.regions(world, ""),
        complete.partnerships(world, ""),
        complete.sources(world, ""),
    ):
        assert not [word for word in words if not word.isprintable()]


def test_the_environment_adds_own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "places:\n  seagull-bay: {name: Seagull-Bay, country: JP, level: city}\n"
        "partnerships:\n- {id: seagull-bay-kobe, between: [seagull-bay, kobe]}\n",
        encoding="utf-8",
    )
    assert complete.partnerships(complete.data_of(()), "seagull-bay-k") == []
    monkeypatch.setenv("SISTERLINE_DATA", str(own))
    assert complete.partnerships(complete.data_of(()), "seagull-bay-k") == ["seagull-bay-kobe"]
    assert complete.places(complete.data_of(()), "Seag") == ["Seagull-Bay"]
    assert complete.partnerships(complete.data_of(()), "tianjin-k") == ["tianjin-kobe"]


@pytest.mark.parametrize("text", ["partnerships: ["])
def test_bad_own_data_is_quiet_and_completes_nothing_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    for path in (bad, tmp_path / "missing.yaml"):
        monkeypatch.setenv("SISTERLINE_DATA", str(path))
        # The command itself will report what is wrong.
        assert complete.places(complete.data_of(()), "Beih") == ["Beihai"]
    assert capsys.readouterr() == ("", "")


# --- the shells -----------------------------------------------------------------------------------


def _asked(shell: str, words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Ask the program for completions as the script of a shell does."""
    count = len(words.split(" ")) - 1
    variables = {
        "bash": {"COMP_WORDS": words, "COMP_CWORD": str(count)},
        "zsh": {"_TYPER_COMPLETE_ARGS": words},
        "fish": {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    return subprocess.run(
        [BIN / "sisterline"],
        env=os.environ | variables | {"_SISTERLINE_COMPLETE": f"complete_{shell}"} | environment,
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script_and_gets_answers(shell: str) -> None:
    done = subprocess.run(
        [BIN / "sisterline"],
        env=os.environ | {"_SISTERLINE_COMPLETE": f"source_{shell}"},
        capture_output=True,
        timeout=60,
        check=True,
        text=True,
    )
    assert f"complete_{shell}" in done.stdout
    answer = _asked(shell, "sisterline show beihai-y")
    assert "beihai-yatsushiro" in answer.stdout
    assert answer.stderr == ""


# --- a real bash ----------------------------------------------------------------------------------


class Bash:
    """An interactive bash whose line can be read back after a tab."""

    def __init__(self, home: Path, cache: Path) -> None:
        assert BASH is not None
        environment = {
            "PATH": f"{BIN}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(home),
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
            "SISTERLINE_CACHE_DIR": str(cache),
            "INPUTRC": "/dev/null",
        }
        self.process = pexpect.spawn(
            BASH,
            ["--norc", "--noprofile", "-i"],
            env=environment,
            encoding="utf-8",
            timeout=20,
            dimensions=(50, 300),
        )
        # Ctrl-X p prints the line as readline has it.
        self.run("bind 'set enable-bracketed-paste off'; bind 'set bell-style none'; PS1='$ '")
        self.run("""bind -x '"\\C-xp": printf "\\n<<%s>>\\n" "$READLINE_LINE"'""")

    def run(self, command: str) -> str:
        """Run a command and return what it and the echo printed."""
        self.process.sendline(f"{command}; echo DO''NE $?")
        self.process.expect(r"DONE (\d+)")
        assert isinstance(self.process.match, re.Match)
        return f"{self.process.before}{self.process.match[1]}"

    def line(self, keys: str) -> str:
        """The line after some keys were pressed."""
        self.process.send(f"{keys}\x18p")
        self.process.expect(r"<<([^>]*)>>")
        assert isinstance(self.process.match, re.Match)
        found = str(self.process.match[1])
        self.process.send("\x15")  # Ctrl-U: an empty line again
        return found

    def close(self) -> None:
        self.process.close(force=True)


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bash]:
    """A bash in which completion was installed as the documents say."""
    if BASH is None:
        pytest.skip("no bash here")
    home = tmp_path_factory.mktemp("home")
    shell = Bash(home, tmp_path_factory.mktemp("completion-cache"))
    try:
        printed = shell.run("sisterline --install-completion")
        assert printed.endswith("0"), printed
        assert (home / ".bashrc").is_file()
        shell.run("source ~/.bashrc")
        yield shell
    finally:
        shell.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("sisterline tim\t", "sisterline timeline "),
        ("sisterline list --city Beih\t", "sisterline list --city Beihai "),
        ("sisterline list Kobe Beih\t", "sisterline list Kobe Beihai "),
        ("sisterline timeline --chart 八代\t", "sisterline timeline --chart 八代市 "),
        ("sisterline Beih\t", "sisterline Beihai "),
        ("sisterline 八代\t", "sisterline 八代市 "),
        ("sisterline list --sort last\t", "sisterline list --sort last_event "),
        ("sisterline list --city 八代\t", "sisterline list --city 八代市 "),
        ("sisterline list --region Guangx\t", "sisterline list --region Guangxi "),
        ("sisterline show beihai-y\t", "sisterline show beihai-yatsushiro "),
        ("sisterline timeline --type anni\t", "sisterline timeline --type anniversary "),
        ("sisterline sources yatsushiro-high\t", "sisterline sources yatsushiro-high-school-beihai "),
        ("sisterline list --city Qqq\t", "sisterline list --city Qqq"),
        ("sisterline list --city=Beih\t", "sisterline list --city=Beihai "),
        ("sisterline list --city=八代\t", "sisterline list --city=八代市 "),
        ("sisterline list --lang=zh --city=Beih\t", "sisterline list --lang=zh --city=Beihai "),
        ("sisterline timeline --type=anni\t", "sisterline timeline --type=anniversary "),
        ("sisterline timeline --color=\talw\t", "sisterline timeline --color=always "),
        ("sisterline list --city=Qqq\t", "sisterline list --city=Qqq"),
    ],
)
def test_a_tab_completes_the_line(bash: Bash, typed: str, line: str) -> None:
    assert bash.line(typed) == line


@pytest.mark.slow
def test_files_are_completed_where_a_file_is_asked_for(bash: Bash, tmp_path: Path) -> None:
    (tmp_path / "our-visits.yaml").write_text("places: {}\n", encoding="utf-8")
    bash.run(f"cd {tmp_path}")
    for command in ("check ", "list --data ", "list --data=", "list -o ", "list --output="):
        assert bash.line(f"sisterline {command}our-v\t") == f"sisterline {command}our-visits.yaml "


@pytest.mark.slow
def test_two_tabs_show_the_choices(bash: Bash) -> None:
    bash.process.send("sisterline show beihai\t\t")
    bash.process.expect("beihai-yatsushiro")
    assert bash.line("").startswith("sisterline show beihai")


@pytest.mark.slow
def test_bad_own_data_does_not_break_the_line(bash: Bash, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("partnerships: [", encoding="utf-8")
    bash.run(f"export SISTERLINE_DATA={tmp_path}/bad.yaml")
    try:
        assert bash.line("sisterline tim\t") == "sisterline timeline "
        assert bash.line("sisterline timeline --type anni\t") == "sisterline timeline --type anniversary "
        assert bash.line("sisterline list --city Beih\t") == "sisterline list --city Beihai "
        # Nothing was printed between the line and its echo, such as a traceback.
        assert "Traceback" not in str(bash.process.before)
    finally:
        bash.run("unset SISTERLINE_DATA")


def test_every_command_and_word_is_completed() -> None:
    words = _asked("bash", "sisterline ").stdout.split()
    assert words == list(COMMANDS)
    for option, choices in (("--type", get_args(EventType)), ("--kind", get_args(Kind))):
        found = _asked("bash", f"sisterline timeline {option} ").stdout.split()
        assert sorted(found) == sorted(choices)
    assert _asked("bash", "sisterline help s").stdout.split() == [
        "show",
        "stats",
        "sources",
        "schema",
        "selection",
    ]
    flags = set(_asked("bash", "sisterline list --").stdout.split())
    help_page = subprocess.run(
        [BIN / "sisterline", "list", "--help"], capture_output=True, timeout=60, check=True, text=True
    ).stdout
    assert flags == {"--help", *re.findall(r"(?<=[│ ])--[a-z-]+(?=[ ,\n])", help_page)}
