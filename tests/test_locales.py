"""Locales and encodings: whatever a stream can hold, what is printed is true, and files are UTF-8."""

import codecs
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from calls import REPORTS
from helpers import ON_SMALL, call, small
from sisterline.cli.streams import ERROR_HANDLER
from sisterline.text.cells import width

COMMANDS = {name: words for name, words in REPORTS.items() if name != "check"}
CALENDARS = ("timeline", "anniversaries")
# ASCII and Latin; the consoles of Chinese and Japanese Windows; a Japanese set that has our marks and not
# all Chinese letters.
NARROW = ("ascii", "latin-1", "gbk", "shift_jis", "euc_jis_2004")


def _in(encoding: str, text: str) -> str:
    """A text as a stream of an encoding has it, and back."""
    return text.encode(encoding, ERROR_HANDLER).decode(encoding)


# --- streams that cannot hold everything ----------------------------------------------------------


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_screen_is_the_ascii_one_where_the_stream_does_not_take_all(command: str, encoding: str) -> None:
    result = small(*COMMANDS[command], encoding=encoding)
    assert (result.status, result.err) == (0, "")
    assert result.out == _in(encoding, small(*COMMANDS[command], "--ascii").out)


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "euc_jis_2004"])
@pytest.mark.parametrize("command", COMMANDS)
def test_json_holds_all_of_it_in_any_encoding(command: str, encoding: str) -> None:
    result = small(*COMMANDS[command], "-f", "json", encoding=encoding)
    assert (result.status, result.err) == (0, "")
    assert json.loads(result.out) == json.loads(small(*COMMANDS[command], "-f", "json").out)


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("form", ["csv", "tsv", "markdown"])
@pytest.mark.parametrize("command", ["list", "timeline"])
def test_data_that_loses_characters_says_so(command: str, form: str, encoding: str) -> None:
    whole = small(*COMMANDS[command], "-f", form).out
    result = small(*COMMANDS[command], "-f", form, encoding=encoding)
    assert (result.status, result.out) == (0, _in(encoding, whole))
    said = f"sisterline: not all characters can be written as {encoding}: -o FILE writes UTF-8\n"
    assert result.err == ("" if result.out == whole else said)


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-16"])
@pytest.mark.parametrize("command", CALENDARS)
def test_a_calendar_is_utf_8_whatever_the_stream_is(command: str, encoding: str) -> None:
    expected = small(command, "-f", "ics")
    assert "北海" in expected.out or "市" in expected.out
    result = small(command, "-f", "ics", encoding=encoding)
    assert (result.status, result.out) == (0, expected.out)


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("suffix", ["txt", "json", "csv", "tsv", "md", "ics"])
def test_a_file_is_utf_8_whatever_the_stream_is(tmp_path: Path, suffix: str, encoding: str) -> None:
    files = [tmp_path / f"one.{suffix}", tmp_path / f"other.{suffix}"]
    assert small("timeline", "-o", files[0]).status == 0
    assert small("timeline", "-o", files[1], encoding=encoding).status == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert not files[0].read_text("utf-8").isascii()


def test_gb_18030_holds_everything_as_utf_8_does() -> None:
    for command in COMMANDS.values():
        assert small(*command, encoding="gb18030") == small(*command)
        assert small(*command, "-f", "csv", encoding="gb18030") == small(*command, "-f", "csv")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "shift_jis"])
def test_columns_stay_where_they_are_when_characters_are_not_to_be_had(encoding: str) -> None:
    lines = small("list", encoding=encoding).lines
    assert any("??" in line for line in lines)  # two for a character of two cells
    assert list(map(width, lines)) == list(map(width, small("list", "--ascii").lines))


@pytest.mark.parametrize(
    ("text", "ascii_"),
    [
        ("Ōmori", "Omori"),
        ("Xī’ān – Kōbe", "Xi'an - Kobe"),
        ("北海市", "??????"),
        ("ＫＯＢＥ", "????????"),  # two cells each
        ("ｺｳﾍﾞ", "????"),
        ("e\u0301", "e"),  # combined: without a cell of its own
        ("“a” × b · c", '"a" x b - c'),
        ("…", "?"),
        ("ß ø", "? ?"),
        ("\udce5", "?"),
    ],
)
def test_a_substitute_takes_as_many_cells(text: str, ascii_: str) -> None:
    small("list", "--limit", "1")  # the codecs learn of it with the first call
    assert text.encode("ascii", ERROR_HANDLER).decode() == ascii_
    if text.isprintable():
        assert width(ascii_) == width(text)


def test_only_what_cannot_be_written_is_substituted() -> None:
    small("list", "--limit", "1")
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", ERROR_HANDLER)


@pytest.mark.parametrize("encoding", NARROW)
def test_messages_hold_in_any_encoding_too(encoding: str) -> None:
    for arguments in (
        ("show", "栄市村"),
        ("list", "--city", "大森市村"),
        ("大森村",),
        ("list", "--kind", "栄"),
    ):
        expected = small(*arguments)
        result = small(*arguments, encoding=encoding)
        assert (result.status, result.out) == (expected.status, "")
        assert result.err == _in(encoding, expected.err)
    assert small("show", "栄市村", encoding="ascii").err == (
        'sisterline: no place is called "??????"; did you mean Sakae (????)?\n'
    )


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "github"])
def test_problems_hold_in_any_encoding(tmp_path: Path, encoding: str, form: str) -> None:
    path = tmp_path / "北海.yaml"
    path.write_text("places:\n  x: {name: 北海, country: CN, level: 市}\n", encoding="utf-8")
    whole = call("check", path, "-f", form)
    result = call("check", path, "-f", form, encoding=encoding)
    assert result.status == whole.status == 1
    if form == "json":
        assert json.loads(result.out) == json.loads(whole.out)
    else:
        assert result.out == _in(encoding, whole.out)


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_help_is_readable_in_any_encoding(encoding: str) -> None:
    for arguments in ((), ("list", "--help"), ("timeline", "--help")):
        result = call(*arguments, encoding=encoding)
        assert (result.status, result.err) == (0, "")
        assert "Usage: sisterline" in result.out
        assert not set(result.out) & set("╭╰│") or encoding == "gbk"


# --- the locale of a process ----------------------------------------------------------------------

# Calls given as JSON, one process for all: their outputs come after each other, with a form feed between.
_DRIVER = """
import json, os, sys
from sisterline.cli.app import run
for arguments in json.loads(os.environ["CALLS"]):
    status = run([os.fsdecode(bytes.fromhex(argument)) for argument in arguments])
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        stream.buffer.write(b"%d\\f" % status)
        stream.flush()
"""
_C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LOCALES: dict[str, tuple[str, dict[str, str]]] = {
    # Python makes these UTF-8 by itself (PEP 538 and 540).
    "LANG=C": ("utf-8", {"LANG": "C"}),
    "LC_ALL=POSIX": ("utf-8", {"LC_ALL": "POSIX"}),
    "C, and nothing made of it": ("ascii", _C),
    "C with a Chinese console": ("gbk", {**_C, "PYTHONIOENCODING": "gbk"}),
    "a Latin stream": ("latin-1", {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "latin-1"}),
}


def _calls(environment: dict[str, str], calls: list[tuple[str, ...]]) -> list[tuple[int, bytes, bytes]]:
    """What calls of the program come to in a process of a locale; warned of a file without an encoding."""
    given = [[os.fsencode(argument).hex() for argument in arguments] for arguments in calls]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "warn_default_encoding",
            "-W",
            "error::EncodingWarning:sisterline",
            "-c",
            _DRIVER,
        ],
        env=clean | environment | {"CALLS": json.dumps(given)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outs, errs = (stream.split(b"\f")[:-1] for stream in (done.stdout, done.stderr))
    return [(int(out.decode("latin-1")[-1]), out[:-1], err[:-1]) for out, err in zip(outs, errs, strict=True)]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_call_does_in_a_locale_what_it_does_in_another(locale: str, tmp_path: Path) -> None:
    encoding, environment = LOCALES[locale]
    encoding = codecs.lookup(encoding).name
    target = tmp_path / "北海.csv"
    bad = tmp_path / "悪い.yaml"
    bad.write_text("places:\n  x: {name: 北海, country: CN, level: 市}\n", encoding="utf-8")
    # Names, words and paths in UTF-8, as a keyboard gives them whatever the locale.
    calls: list[tuple[str, ...]] = [
        *((*command, *ON_SMALL) for command in COMMANDS.values()),
        *(("list", "-f", form, *ON_SMALL) for form in ("json", "csv", "tsv", "markdown")),
        ("list", "--city", "栄市", "--text", "大森", "-f", "json", *ON_SMALL),
        ("show", "大森市", "-f", "json", *ON_SMALL),
        ("show", "栄市村", *ON_SMALL),
        ("list", "--region", "海北省", "-o", str(target), *ON_SMALL),
        ("check", str(bad)),
        ("sources", "ホームページ", *ON_SMALL),
        ("list", "--help"),
        ("--version",),
        ("timeline", "-f", "ics", *ON_SMALL),  # last: it makes the stream UTF-8
    ]
    for arguments, (status, out, err) in zip(calls, _calls(environment, calls), strict=True):
        expected = call(*arguments, encoding=encoding)
        assert status == expected.status, arguments
        if "check" not in arguments:  # in its lines the path, which such a locale cannot read
            used = "utf-8" if "ics" in arguments else encoding
            assert out.decode(used) == expected.out, arguments
            assert err.decode(encoding) == expected.err, arguments
        else:
            assert b"did you mean" in out or b"choose one of" in out
        assert b"Traceback" not in err
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))
    assert rows
    assert {row["place_native"] for row in rows} >= {"临海市"}


# --- paths that are not Unicode -------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_a_path_that_is_not_unicode_works_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"own\xff.yaml")
    made = call("init", path)
    assert (made.status, made.err) == (0, "")
    assert made.out.startswith(f"created {tmp_path}/own\\u{{dcff}}.yaml; show it with: ")
    assert "own\\u{dcff}.yaml" in path.read_text("utf-8")
    assert call("check", path).status == 0
    path.write_text("places: 1\n", encoding="utf-8")
    for form in ("table", "json", "csv", "tsv", "markdown", "github"):
        result = call("check", path, "-f", form)
        assert (result.status, result.err) == (1, "")
        assert "own" in result.out
    (problem,) = json.loads(call("check", path, "-f", "json").out)["problems"]
    assert problem["path"].endswith("own\\u{dcff}.yaml")
    for form in ("json", "csv"):
        assert small("list", "-f", form, "-o", tmp_path / os.fsdecode(b"out\xff")).status == 0


def test_a_path_cannot_write_a_line_of_the_starter_file(tmp_path: Path) -> None:
    path = tmp_path / "a\nplaces: 1\n.yaml"
    assert call("init", path).status == 0
    assert call("check", path).status == 0
    assert all(line.startswith("#") for line in path.read_text("utf-8").splitlines()[:2])
