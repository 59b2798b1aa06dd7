"""Calls as hands expect them: places as arguments, other programs' options, and what would give a result."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer

from helpers import ON_SMALL, call, small
from sisterline import __version__
from sisterline.cli import intents
from sisterline.cli.app import COMMANDS, app

WITH_PLACES = ("list", "timeline", "stats", "anniversaries", "exchanges")


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", WITH_PLACES)
def test_places_as_arguments_are_those_of_city(command: str) -> None:
    options = ("--within", "9y") if command == "anniversaries" else ()
    named = small(command, "栄市", "Omori", *options)
    assert named.status == 0
    assert named == small(command, "--city", "栄市", "--city", "Omori", *options)
    assert named == small(command, "栄市", *options, "--city", "Omori")
    assert named.out != small(command, *options).out


def test_a_place_may_follow_the_options() -> None:
    assert small("list", "--limit", "1", "Omori") == small("list", "Omori", "--limit", "1")


def test_an_unknown_place_is_reported_as_for_city() -> None:
    assert small("list", "Omorri") == small("list", "--city", "Omorri")
    assert small("list", "Omorri").status == 1


def test_a_pair_is_a_place_to_its_own_history() -> None:
    pair = small("timeline", "linhai-sakae")
    assert pair.lines[0].startswith("Linhai")
    assert pair == small("timeline", "Sakae-shi / Linhai") == small("timeline", "--city", "linhai-sakae")
    both = json.loads(small("list", "linhai-sakae", "kita", "-f", "json").out)
    assert [row["id"] for row in both["partnerships"]] == ["linhai-sakae", "yunhe-kita", "jinshan-east-kita"]


def test_a_name_of_two_words_needs_quotes_where_several_names_may_be_given() -> None:
    assert call("list", "Kumamoto", "Prefecture") == (
        1, "", 'sisterline: "Kumamoto Prefecture" is one name; put it in quotes\n'
    )  # fmt: skip
    assert call("list", "Kumamoto Prefecture").status == 0


@pytest.mark.parametrize(
    "words", [("Omori",), ("大森市",), ("linhai-sakae",), ("Linhai Sakae-shi",), ("Linhai", "Sakae-shi")]
)
def test_a_line_that_begins_with_a_name_shows_it(words: tuple[str, ...]) -> None:
    result = call(*words, *ON_SMALL)
    assert result.status == 0
    assert result == small("show", *words)
    assert call(*words, "--brief", *ON_SMALL) == small("show", *words, "--brief")


def test_two_places_without_a_partnership_are_reported_as_such() -> None:
    assert small("show", "Omori Kita") == (
        1, "", "sisterline: Ōmori (大森市) and 北区 have no partnership with each other on record\n"
    )  # fmt: skip


def test_a_place_that_has_the_name_of_a_command_is_shown_by_show(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "places:\n  a: {name: List, country: DE, level: town}\n"
        "  b: {name: Ahausen, country: DE, level: town}\n"
        "partnerships:\n- {id: a-b, between: [a, b]}\n",
        encoding="utf-8",
    )
    data = ("--no-builtin", "--data", own)
    assert call("show", "List", *data).lines[0].startswith("List")
    assert call("List", *data).lines[0].startswith("List")
    assert "Ahausen" in call("list", "List", *data).out


def test_the_version_has_a_short_option() -> None:
    assert call("-V") == call("--version")
    assert __version__ in call("-V").out


def test_short_options_are_those_of_the_field() -> None:
    short = small("list", "-n", "2", "-c", "since,place", "-s", "-since", "-l", "zh")
    assert short.status == 0
    assert short == small(
        "list", "--limit", "2", "--columns", "since,place", "--sort", "-since", "--lang", "zh"
    )


# --- what was meant -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("list", "--json"), "-f json"),
        (("list", "-json"), "-f json"),
        (("show", "Omori", "--csv"), "-f csv"),
        (("timeline", "--ics"), "-f ics"),
        (("timeline", "--since", "2020"), "--from"),
        (("timeline", "--until=2020"), "--to"),
        (("anniversaries", "--since", "2020"), "--from"),
        (("list", "--since", "2020"), "--founded"),
        (("stats", "--before", "2020"), "--founded"),
        (("list", "--place", "Kobe"), "--city"),
        (("list", "--prefecture", "Hyogo"), "--region"),
        (("stats", "--province", "Hebei"), "--region"),
        (("list", "--search", "tea"), "--text"),
        (("list", "--out", "x.csv"), "-o"),
        (("list", "--output-file", "x.csv"), "-o"),
        (("list", "--order-by", "events"), "--sort"),
        (("list", "--top", "5"), "--limit"),
        (("list", "--desc"), "--reverse"),
        (("list", "--suspended"), "--status suspended"),
        (("list", "--no-color"), "--color never"),
        (("timeline", "--graph"), "--chart"),
        (("timeline", "--group-by", "year"), "--group"),
        (("exchanges", "--group-by", "year"), "--by"),
        (("anniversaries", "--all"), "--every 1"),
        (("anniversaries", "--next", "5y"), "--within"),
        (("list", "--staus", "active"), "--status"),
        (("list", "--col", "since"), "--color or --columns"),
        (("list", "--colum", "since"), "--columns"),
    ],
)
def test_a_wrong_option_gets_the_one_that_was_meant(arguments: tuple[str, ...], meant: str) -> None:
    result = call(*arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("sisterline: no such option: -")
    assert f"; did you mean {meant}? (see sisterline {arguments[0]} --help)" in result.err


@pytest.mark.parametrize(
    "option", ["--ics", "--colour-blind", "--html", "--x", "--verbose", "--quiet", "--serious"]
)
def test_what_no_option_means_gets_no_suggestion(option: str) -> None:
    assert (
        call("stats", option).err == f"sisterline: no such option: {option} (see sisterline stats --help)\n"
    )


def test_an_option_of_another_command_is_found_there() -> None:
    assert call("Kobe", "--chart").err == (
        "sisterline: no such option: --chart; timeline has it (see sisterline show --help)\n"
    )
    before = call("--limit", "3", "Kobe").err
    assert "no such option: --limit; write it after the command or the place (see sisterline" in before


def test_every_suggested_option_and_command_exists() -> None:
    flags = {"--version"}
    context: Any = typer.main.get_command(app).make_context("sisterline", [], resilient_parsing=True)
    for name in COMMANDS:
        found: Any = context.command.get_command(context, name)
        flags |= {flag for parameter in found.params for flag in parameter.opts}
    tables = (intents._MEANT, intents._MEANT_OF_PARTNERSHIPS)
    for meant in (meant for table in tables for several in table.values() for meant in several):
        assert meant.partition(" ")[0] in flags, meant
    for (meant,) in intents._COMMANDS.values():
        command, _, flag = meant.partition(" ")
        assert command in (*COMMANDS, "--version")
        assert not flag or flag in flags


def test_no_word_is_in_a_table_twice_or_is_an_option_itself() -> None:
    words = [word for words in intents._MEANT for word in words.split()]
    assert len(words) == len(set(words))
    commands = [word for words in intents._COMMANDS for word in words.split()]
    assert len(commands) == len(set(commands))
    assert not set(commands) & set(COMMANDS)


# --- what would give a result ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (("list", "Omori", "--founded", "1900..1910"), "--founded 1900..1910 alone leaves nothing"),
        (
            ("list", "Kita", "--founded", "1970s"),
            "without --city Kita there are 2; without --founded 1970s there are 2",
        ),
        (("list", "Kita", "--status", "suspended", "--kind", "other"), ""),
        (("list", "--kind", "partner-city"), ""),
        (("stats", "Kita", "--status", "suspended"), "without --city Kita there is 1; without --status"),
        (("exchanges", "Kita", "--category", "goods"), "--city Kita alone leaves nothing"),
        (("timeline", "Sakae-shi", "--to", "1950"), "--to 1950 alone leaves nothing"),
    ],
)
def test_a_note_names_the_option_that_leaves_nothing(arguments: tuple[str, ...], note: str) -> None:
    result = small(*arguments)
    assert (result.status, result.out) == (0, "")
    (line,) = result.err.splitlines()
    typed, _, reason = line.removeprefix("sisterline: nothing matches ").partition("; ")
    assert typed.startswith("--")
    assert reason.startswith(note)
    assert bool(reason) == bool(note)


def test_what_a_note_promises_is_found() -> None:
    line = small("list", "Kita", "--founded", "1970s").err
    assert "without --founded 1970s there are 2" in line
    assert len(json.loads(small("list", "Kita", "-f", "json").out)["partnerships"]) == 2


def test_an_anniversary_that_is_no_multiple_of_five_is_named() -> None:
    missed = call("anniversaries", "--city", "Yatsushiro", "--year", "2027", "--today", "2026-11-21")
    assert (missed.status, missed.out) == (0, "")
    assert missed.err == (
        "sisterline: no multiple of 5 from 2027-01-01 to 2027-12-31; "
        "the 31st of Beihai – Yatsushiro, 2027-03-05: add --every 1\n"
    )
    found = call("anniversaries", "Yatsushiro", "--year", "2027", "--every", "1", "-f", "csv")
    (row,) = csv.DictReader(io.StringIO(found.out))
    assert (row["date"], row["ordinal"]) == ("2027-03-05", "31")


def test_the_name_of_a_place_is_an_argument_of_sources_as_of_list() -> None:
    result = small("sources", "Ålesund")
    assert (result.status, result.err) == (0, "")
    assert "Supports 1 fact" in result.out
