"""Settings: what goes before what, how a wrong one is reported, and that nobody pays who has none."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import ON_SMALL, SMALL, Result, call, small
from screen import on_terminal
from sisterline.cli.app import COMMANDS
from sisterline.cli.settings_file import MAX_BYTES, key_positions
from sisterline.cli.settings_keys import KEYS

EMPTY = "places: {}\n"
# One more tie beside those of tests/small, between places of its own.
OWN = """\
places:
  a: {name: Ahausen, country: DE, level: town}
  b: {name: Bourg, country: FR, level: town}
partnerships:
- {id: a-b, between: [a, b], since: 2002-01-01}
"""


class Desk:
    """A user's settings file and own data."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.file = folder / "settings.toml"
        self._patch = monkeypatch
        self.file.touch()
        (folder / "own.yaml").write_text(OWN, encoding="utf-8")
        monkeypatch.setenv("SISTERLINE_CONFIG", str(self.file))

    def write(self, text: str | bytes) -> None:
        """Write the settings file."""
        self.file.write_bytes(text.encode() if isinstance(text, str) else text)

    def set(self, **variables: str) -> None:
        """Set environment variables."""
        for name, value in variables.items():
            self._patch.setenv(name, value)

    def unset(self, *names: str) -> None:
        """Remove environment variables."""
        for name in names:
            self._patch.delenv(name)

    def config(self) -> dict[str, dict[str, object]]:
        """What `config` reports of each setting."""
        result = call("config", "-f", "json")
        assert result.status == 0, result.out
        return {row["name"]: row for row in json.loads(result.out)["settings"]}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.delenv("SISTERLINE_PAGER")
    monkeypatch.delenv("PAGER", raising=False)
    return Desk(tmp_path, monkeypatch)


def failure(result: Result) -> str:
    """The one line of an expected failure."""
    assert (result.status, result.out) == (1, "")
    (line,) = result.lines if result.out else result.err.splitlines()
    return line.removeprefix("sisterline: ")


# --- what goes before what ------------------------------------------------------------------------


def test_an_option_goes_before_a_variable_before_the_file_before_the_default(desk: Desk) -> None:
    desk.write("")
    english = small("list").out
    desk.write('language = "ja"\n')
    japanese = small("list").out
    assert japanese == small("list", "--lang", "ja").out != english
    desk.set(SISTERLINE_LANG="zh")
    assert small("list").out == small("list", "--lang", "zh").out != japanese
    assert small("list", "--lang", "en").out == english
    # Set to nothing it says nothing.
    desk.set(SISTERLINE_LANG="")
    assert small("list").out == japanese


def test_the_default_of_an_option_is_no_value_that_was_typed(desk: Desk) -> None:
    desk.write('[list]\nsort = "events"\n[timeline]\nevery = 1\n')
    assert small("list").out == small("list", "--sort", "events").out
    desk.set(SISTERLINE_LIST_SORT="kind")
    assert small("list").out == small("list", "--sort", "kind").out
    # Typed, it goes before the settings, although it is the default.
    since = small("list", "--sort", "since").out
    desk.write("")
    desk.unset("SISTERLINE_LIST_SORT")
    assert since == small("list").out


def test_a_setting_of_one_command_is_none_of_another(desk: Desk) -> None:
    plain = {name: small(name).out for name in ("timeline", "anniversaries")}
    desk.write("[timeline]\nevery = 1\n")
    assert small("timeline").out == small("timeline", "--every", "1").out != plain["timeline"]
    assert small("anniversaries").out == plain["anniversaries"]


@pytest.mark.parametrize(
    ("setting", "typed"),
    [
        ('[stats]\nby = "region"', ("stats", "--by", "region")),
        ('[stats]\nby = ["level", "kind"]', ("stats", "--by", "level", "--by", "kind")),
        ('[exchanges]\nby = "year"', ("exchanges", "--by", "year")),
        ('[timeline]\ngroup = "year"', ("timeline", "--group", "year")),
        ('[show]\nevery = "1"', ("show", "omori", "--every", "1")),
        ('[anniversaries]\nwithin = "20y"', ("anniversaries", "--within", "20y")),
        ('anniversaries = {within = "20y", every = 1}', ("anniversaries", "--within", "20y", "--every", "1")),
        ('anniversaries.every = 1', ("anniversaries", "--every", "1")),
        ("ascii = true", ("list", "--ascii")),
        ('sources = "none"', ("timeline", "--sources", "none")),
        ('[timeline]\nsort = "-date"', ("timeline", "--sort", "-date")),
        ('anniversaries = {within = "9y", sort = "place"}', ("anniversaries", "--within=9y", "-s", "place")),
        ('[exchanges]\nsort = ["-exact", "unit"]', ("exchanges", "--sort", "-exact,unit")),
        ('color = "always"', ("list", "--color", "always")),
    ],
)  # fmt: skip
def test_a_setting_does_what_its_option_does(desk: Desk, setting: str, typed: tuple[str, ...]) -> None:
    arguments = typed[:2] if typed[0] == "show" else typed[:1]
    desk.write("")
    plain = small(*arguments).out
    desk.write(setting)
    assert small(*arguments).out == small(*typed).out != plain


@pytest.mark.parametrize("arguments", [("check", str(SMALL)), ("config",), ("diff", str(SMALL), str(SMALL))])
def test_commands_without_options_for_colours_have_those_of_the_settings(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    desk.write('color = "always"')
    assert "\x1b[" in call(*arguments).out
    desk.write('color = "never"')
    assert "\x1b[" not in call(*arguments).out


def test_every_setting_has_a_variable_that_does_the_same(desk: Desk) -> None:
    examples = {"language": "zh", "color": "never", "ascii": "yes", "pager": "less -R", "data": "own.yaml"}
    for key in KEYS.values():
        desk.write("")
        text = examples.get(key.name)
        if text is None:
            desk.write(_toml(key.name, key.example))
            text = str(desk.config()[key.name]["value"])
            desk.write("")
        desk.set(**{key.variable: text})
        row = desk.config()[key.name] if key.name != "data" else _data_row(desk)
        assert (row["source"], row["place"]) == ("environment", key.variable)
        assert row["value"] == {"ascii": True, "data": ["own.yaml"]}.get(key.name, text)
        desk.unset(key.variable)


def _data_row(desk: Desk) -> dict[str, object]:
    """The data is looked for from the current folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.folder)
        return desk.config()["data"]


def _toml(name: str, value: str) -> str:
    table, _, key = name.rpartition(".")
    return f"[{table}]\n{key} = {value}\n" if table else f"{key} = {value}\n"


def test_the_example_of_every_setting_is_valid(desk: Desk) -> None:
    (desk.folder / "visits.yaml").write_text(OWN, encoding="utf-8")
    general = "".join(_toml(key.name, key.example) for key in KEYS.values() if not key.command)
    tables = "".join(f"{key.name} = {key.example}\n" for key in KEYS.values() if key.command)
    desk.write(tables + general)
    rows = desk.config()
    assert {row["source"] for row in rows.values()} == {"file"}


def test_every_setting_of_a_command_is_an_option_of_it() -> None:
    for key in KEYS.values():
        if key.command:
            assert key.command in COMMANDS
            assert re.search(rf"{key.option}\b", call(key.command, "--help").out), key.name
    assert "today" not in KEYS


# --- columns --------------------------------------------------------------------------------------


def test_the_columns_are_those_of_the_table_and_programs_get_all(desk: Desk) -> None:
    csv, as_json = small("list", "-f", "csv").out, small("list", "-f", "json").out
    desk.write('[list]\ncolumns = ["since", "place", "partner"]\n')
    table = small("list").out
    assert table == small("list", "--columns", "since,place,partner").out
    assert table.splitlines()[0].split() == ["Since", "Place", "Partner"]
    assert small("list", "-f", "csv").out == csv
    assert small("list", "-f", "json").out == as_json
    assert small("list", "--columns", "id").lines[0] == "Id"
    assert small("list", "-o", desk.folder / "x.sqlite").status == 0


def test_the_columns_of_a_history_leave_its_chart_alone(desk: Desk) -> None:
    chart = small("timeline", "--chart").out
    desk.write('[timeline]\ncolumns = "date,title"\n')
    assert small("timeline", "--chart").out == chart
    assert small("timeline").lines[0].split() == ["Date", "Title"]


def test_a_column_that_there_is_not_is_reported_with_its_place(desk: Desk) -> None:
    desk.write('[list]\n\ncolumns = "date,plcae"\n')
    assert failure(small("list")).startswith(f'{desk.file}:3:1: unknown column "date"; ')
    desk.set(SISTERLINE_LIST_COLUMNS="plcae")
    assert failure(small("list")) == 'SISTERLINE_LIST_COLUMNS: unknown column "plcae"; did you mean place?'


def test_the_order_of_one_table_leaves_the_others_of_a_command_alone(desk: Desk) -> None:
    others = (("timeline", "--chart"), ("exchanges", "--records"), ("exchanges", "--by", "year"))
    plain = [small(*arguments) for arguments in others]
    desk.write('[timeline]\nsort = "-date"\n[exchanges]\nsort = "category"\n')
    assert [small(*arguments) for arguments in others] == plain


def test_a_span_of_the_settings_gives_way_to_a_year(desk: Desk) -> None:
    desk.write('[anniversaries]\nwithin = "30y"\n')
    for options in (("--year", "2028"), ("--from", "2027"), ("--to", "2030")):
        result = small("anniversaries", *options)
        assert result.status == 0
        desk.write("")
        assert small("anniversaries", *options) == result
        desk.write('[anniversaries]\nwithin = "30y"\n')


# --- own data -------------------------------------------------------------------------------------


def _ties(*arguments: str) -> list[str]:
    result = call("list", "-f", "json", "--today", "2026-11-21", *arguments)
    assert result.status == 0, result.err
    return [row["id"] for row in json.loads(result.out)["partnerships"]]


def test_own_data_is_named_from_the_folder_of_the_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write('data = ["own.yaml"]\n')
    monkeypatch.chdir("/")
    assert _ties("--no-builtin") == ["a-b"]
    assert "tianjin-kobe" in _ties()
    # --data adds more; the variable replaces it, with nothing too.
    assert "a-b" in _ties("--no-builtin", "--data", str(SMALL))
    desk.set(SISTERLINE_DATA=str(SMALL))
    assert "a-b" not in _ties("--no-builtin")
    desk.set(SISTERLINE_DATA="")
    assert "a-b" not in _ties()


def test_own_data_may_be_one_path_in_the_home_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(desk.folder))
    desk.write('data = "~/own.yaml"\n')
    assert _ties("--no-builtin") == ["a-b"]


def test_a_hyphen_is_a_file_and_no_standard_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    desk.write('data = "-"\n')
    desk.set(SISTERLINE_CONFIG="settings.toml")
    assert f"data names {desk.folder}/-: there is no such file" in failure(call("list"))


def test_own_data_that_is_gone_is_reported_with_the_place_of_the_setting(desk: Desk) -> None:
    desk.write('# mine\ndata = ["own.yaml",\n  "gone.yaml"]\n')
    expected = (
        f"{desk.file}:2:1: data names {desk.folder}/gone.yaml: there is no such file; "
        "change the setting, or restore the file"
    )
    assert failure(call("list")) == expected
    assert expected in call("config").out
    desk.set(SISTERLINE_DATA=f"{desk.folder}/no.yaml")
    assert failure(call("list")).startswith(
        f"SISTERLINE_DATA names {desk.folder}/no.yaml: there is no such file"
    )


def test_completion_knows_own_data_and_is_quiet_about_wrong_settings(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMP_WORDS", "sisterline list --city Ahau")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("_SISTERLINE_COMPLETE", "complete_bash")
    desk.write('data = "own.yaml"\n')
    assert call().lines == ["Ahausen"]
    desk.write('data = "gone.yaml"\nlanguag = 3\n')
    result = call()
    assert (result.status, result.out.strip(), result.err) == (0, "", "")


# --- where the file is ----------------------------------------------------------------------------


def _path_of_file() -> str:
    return str(json.loads(call("config", "-f", "json").out)["path"])


def test_the_file_is_in_the_folder_for_settings(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.unset("SISTERLINE_CONFIG")
    monkeypatch.setenv("HOME", str(desk.folder / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(desk.folder / "xdg"))
    assert _path_of_file() == str(desk.folder / "xdg/sisterline/config.toml")
    for ignored in ("", "relative", "./x"):  # XDG Base Directory Specification
        monkeypatch.setenv("XDG_CONFIG_HOME", ignored)
        assert _path_of_file() == str(desk.folder / "home/.config/sisterline/config.toml")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert _path_of_file() == str(desk.folder / "home/Library/Application Support/sisterline/config.toml")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(desk.folder / "roaming"))
    assert _path_of_file() == str(desk.folder / "roaming/sisterline/config.toml")


def test_a_file_there_is_read_and_another_may_be_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.folder / "xdg" / "sisterline"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('language = "zh"\n', encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder.parent))
    desk.write('language = "ja"\n')
    assert desk.config()["language"]["value"] == "ja"
    desk.set(SISTERLINE_CONFIG="")
    assert desk.config()["language"]["value"] == "zh"
    desk.set(SISTERLINE_CONFIG=os.devnull)
    assert desk.config()["language"]["value"] == "en"
    desk.set(SISTERLINE_CONFIG="~/settings.toml", HOME=str(desk.folder))
    assert desk.config()["language"]["value"] == "ja"


def test_a_named_file_that_does_not_exist_is_reported(desk: Desk) -> None:
    desk.file.unlink()
    expected = f'SISTERLINE_CONFIG: there is no file "{desk.file}"; correct or unset the variable; '
    assert failure(call("list")).startswith(expected)
    assert call("config").status == 1


def test_without_a_home_folder_there_are_no_settings(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError

    desk.unset("SISTERLINE_CONFIG")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert small("list").status == 0
    result = call("config")
    assert result.lines[0] == "no settings file: there is no home folder"


# --- config ---------------------------------------------------------------------------------------


def test_config_shows_each_value_and_where_it_is_made(desk: Desk) -> None:
    desk.write('language = "zh"\n\n[list]\n  sort = "events"  # busy ones first\n')
    desk.set(SISTERLINE_ASCII="1", PAGER="less -S")
    result = call("config")
    assert (result.status, result.err) == (0, "")
    rows = {line.split()[0]: line.split() for line in result.lines[3:]}
    assert result.lines[0] == str(desk.file)
    assert rows["language"] == ["language", "zh", "第1行", "SISTERLINE_LANG"]
    assert rows["list.sort"] == ["list.sort", "events", "第4行", "SISTERLINE_LIST_SORT"]
    assert rows["ascii"] == ["ascii", "true", "SISTERLINE_ASCII", "SISTERLINE_ASCII"]
    assert rows["pager"] == ["pager", "less", "-S", "PAGER", "SISTERLINE_PAGER"]
    assert rows["color"] == ["color", "auto", "默认值", "SISTERLINE_COLOR"]
    assert rows["anniversaries.every"][:3] == ["anniversaries.every", "5", "默认值"]
    assert list(rows) == list(KEYS)
    report = json.loads(call("config", "-f", "json").out)
    assert (report["path"], report["exists"], report["problems"]) == (str(desk.file), True, [])
    (sort,) = [row for row in report["settings"] if row["name"] == "list.sort"]
    assert sort == {
        "name": "list.sort", "value": "events", "source": "file", "place": str(desk.file), "line": 4,
        "column": 3, "variable": "SISTERLINE_LIST_SORT",
    }  # fmt: skip


def test_config_has_a_line_for_each_setting_on_a_narrow_screen(desk: Desk) -> None:
    desk.write('data = ["own.yaml"]\n')
    seen = on_terminal("config", "--no-pager")
    assert len(seen.rows) <= len(KEYS) + 6
    assert max(len(row.text) for row in seen.rows) <= 80


def test_config_shows_every_problem_and_exits_with_1(desk: Desk) -> None:
    desk.write('langauge = "zh"\ncolor = "sometimes"\n[list]\nsort = "evnts"\n[nope]\nx = 1\n')
    desk.set(SISTERLINE_ASCII="perhaps")
    result = call("config")
    assert result.status == 1
    there_are = (
        "language, data, color, ascii, sources, pager, anniversaries, exchanges, list, show, stats, timeline"
    )
    # Sorted by place: this folder begins with a slash.
    assert result.lines[:6] == [
        f'{desk.file}:1:1: unknown setting "langauge"; did you mean language?',
        f'{desk.file}:2:1: "sometimes" is not a valid color; choose one of auto, always, never',
        f'{desk.file}:4:1: "evnts" is not a valid column; did you mean events?',
        f'{desk.file}:5:1: unknown setting "nope"; there are {there_are}',
        'SISTERLINE_ASCII: "perhaps" is neither yes nor no; set it to 1 or 0',
        "5 problems",
    ]
    assert len(json.loads(call("config", "-f", "json").out)["problems"]) == 5
    # Any other command names the first, and where the others are shown.
    assert failure(small("list")).endswith(
        "did you mean language? (and 3 more; `sisterline config` shows them)"
    )


def test_help_and_the_version_need_no_valid_settings(desk: Desk) -> None:
    desk.write("= nonsense")
    for arguments in (("--version",), ("--help",), ("list", "--help"), ("config", "--help")):
        assert call(*arguments).status == 0
    assert small("list").status == 1


# --- what is not valid ----------------------------------------------------------------------------

WRONG = {
    "language = zh": '1:12: a value is expected here; write text in quotes: language = "zh"',
    'language "zh"': '1:10: a key needs = and a value; as in language = "zh"',
    'language = "zh"\nlanguage = "ja"\n': "2:16: duplicate key; remove one of the two",
    "language = 3": '1:1: language has a value of another type; write it as language = "zh"',
    "ascii = 1": "1:1: ascii must be true or false; write it as ascii = true",
    'ascii = "yes"': "1:1: ascii must be true or false; write it as ascii = true",
    'color = "Never"': '1:1: "Never" is not a valid color; did you mean never?',
    "data = [1]": '1:1: data has a value of another type; write it as data = ["visits.yaml"]',
    "data = {a = 1}": '1:1: data has a value of another type; write it as data = ["visits.yaml"]',
    'pager = ["less"]': '1:1: pager has a value of another type; write it as pager = "less -RS"',
    'today = "2026-01-01"': '1:1: unknown setting "today"; there are ',
    'lang = "zh"': '1:1: unknown setting "lang"; did you mean language?',
    '\n\n[list]\nsrot = "events"': '4:1: unknown setting "srot" in [list]; did you mean sort?',
    '[list]\ncity = ["Kobe"]': '2:1: unknown setting "city" in [list]; there are columns, sort',
    "[list]\nlimit = 10": '2:1: unknown setting "limit" in [list]; there are columns, sort',
    "list = 3": '1:1: "list" is a table of settings; write [list] in a line of its own',
    "[[list]]\nsort = 'kind'": '1:1: "list" is a table of settings; write [list] in a line of its own',
    "[list.sort]\nx = 1": '1:1: list.sort has a value of another type; write it as sort = "-events"',
    '[list]\nsort = ["kind", "kidn"]': '2:1: "kidn" is not a valid column; did you mean kind?',
    "[timeline]\nevery = -1": '2:1: "-1" is not a whole number of at least 0',
    "[timeline]\nevery = true": "2:1: timeline.every has a value of another type; write it as every = 10",
    "[timeline]\nevery = 2026-01-01": "2:1: timeline.every has a value of another type",
    '[timeline]\ngroup = """\nyear"""\nevry = 3': '4:1: unknown setting "evry" in [timeline]; did you mean',
    'data = [\n  "own.yaml",\n]\n "colour" = "never"': '4:2: unknown setting "colour"; did you mean color?',
    "x.y.z = 1": '1:1: unknown setting "x"; ',
    "[a.b]\nc = 1": '1:1: unknown setting "a"; ',
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_is_not_valid_is_reported_with_line_column_and_fix(desk: Desk, text: str) -> None:
    desk.write(text)
    command = "timeline" if "[timeline]" in text else "list"
    expected = WRONG[text]
    assert failure(small(command)).startswith(f"{desk.file}:{expected}")
    # The byte order mark and the line ends of Windows change no position.
    desk.write(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert failure(small(command)).startswith(f"{desk.file}:{expected}")


HOSTILE = {
    "not UTF-8": b"language = \"\xff\"",
    "a database": b"SQLite format 3\x00" + bytes(100),
    "deep": b"a = " + b"[" * 4000 + b"]" * 4000,
    "deep tables": b"[" + b".".join([b"a"] * 2000) + b"]",
    "a long number": b"ascii = " + b"9" * 9000,
    "too large": b"#" * (MAX_BYTES + 1),
    "control characters": b'"\\u001b[31m\\u202e" = 1',
    "a null": b'pager = "a\\u0000b"\nx = 1',
    "many lines": b"x = \"\"\"" + b"]\n" * 5000 + b'"""',
    "many keys": b"".join(b"k%d = 1\n" % number for number in range(1500)),
    "an array of tables": b"[[x]]\n[[x]]\n" * 500,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_line_and_no_traceback(desk: Desk, name: str) -> None:
    desk.write(HOSTILE[name])
    line = failure(small("list"))
    assert line.startswith(f"{desk.file}")
    assert line.isprintable()
    assert len(line) < 1500
    assert call("config").status == 1


def test_what_is_no_file_is_reported_and_a_pipe_is_not_waited_for(desk: Desk) -> None:
    desk.file.unlink()
    os.mkfifo(desk.file)
    assert failure(small("list")) == f"{desk.file}: cannot be read: it is not a file; correct or remove it"
    desk.set(SISTERLINE_CONFIG=str(desk.folder))
    assert failure(small("list")) == f"{desk.folder}: cannot be read: it is not a file; correct or remove it"


def test_a_value_is_no_markup_and_starts_nothing(desk: Desk) -> None:
    canary = desk.folder / "canary"
    desk.write(
        f"pager = '''touch {canary}; $(touch {canary}) `touch {canary}` [red]\u202e\x1f'''\n".replace(
            "\x1f", ""
        )
    )
    result = call("config")
    assert result.status == 0
    assert "\u202e" not in result.out
    assert not canary.exists()


# --- what it costs --------------------------------------------------------------------------------

_COUNTING = """
import json, os, sys
asked = []

def note(event, arguments):
    if event == "open" and str(arguments[0]).endswith("config.toml"):
        asked.append((event, str(arguments[0])))
    if event == "import" and arguments[0] in ("tomllib", "sisterline.cli.settings_file"):
        asked.append((event, arguments[0]))

looks = 0
plain_stat = os.stat

def stat(path, *arguments, **options):
    global looks
    looks += str(path).endswith("config.toml")
    return plain_stat(path, *arguments, **options)

os.stat = stat
sys.addaudithook(note)
from sisterline.cli.app import run
run(json.loads(sys.argv[1]))
print(json.dumps([looks, asked]), file=sys.stderr)
"""


def _cost(folder: Path, *arguments: str) -> tuple[int, list[list[str]]]:
    """How often a call looks for the settings file, and what it opens and loads for it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SISTERLINE_CO")}
    done = subprocess.run(
        [sys.executable, "-c", _COUNTING, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "XDG_CONFIG_HOME": str(folder)},
    )
    looks, asked = json.loads(done.stderr.splitlines()[-1])
    return looks, asked


def test_without_a_file_a_call_costs_one_look_and_loads_nothing(tmp_path: Path) -> None:
    for command in ("list", "timeline", "stats"):
        assert _cost(tmp_path, command, *ON_SMALL) == (1, [])
    for arguments in (("--version",), ("--help",), ("list", "--help")):
        assert _cost(tmp_path, *arguments) == (1, [])  # for the language of the help


def test_with_a_file_the_measure_would_see_it(tmp_path: Path) -> None:
    (tmp_path / "sisterline").mkdir()
    (tmp_path / "sisterline" / "config.toml").write_text("ascii = true\n", encoding="utf-8")
    looks, asked = _cost(tmp_path, "list", *ON_SMALL)
    assert looks >= 1
    assert {event for event, _ in asked} == {"open", "import"}


# --- positions ------------------------------------------------------------------------------------


def test_the_position_of_a_key_is_found_in_any_notation() -> None:
    text = """\
# a comment
language = "zh"

data = [
  "a.yaml", # ] = "
  "b.yaml",
]
list.sort = "kind"
show = {every = 3}
  "pager" = '''
[timeline]
every = 3
'''
[ timeline ]   # settings
every=10

 group = "year"
"""
    assert key_positions(text) == {
        ("language",): (2, 1),
        ("data",): (4, 1),
        ("list",): (8, 1),
        ("list", "sort"): (8, 1),
        ("show",): (9, 1),
        ("show", "every"): (9, 1),
        ("pager",): (10, 3),
        ("timeline",): (14, 1),
        ("timeline", "every"): (15, 1),
        ("timeline", "group"): (17, 2),
    }
