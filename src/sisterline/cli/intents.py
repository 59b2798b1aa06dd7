"""What somebody probably meant by an option or a command that does not exist.

Other programs call the same things by other names. The tables below say what these are here; a similar
spelling is suggested only where it is really close.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from sisterline.text.matching import closest_match
from sisterline.translation import gettext as _
from sisterline.translation import listed

_LIKENESS = 0.75  # of a word that is suggested for its spelling

# Names of options in other programs, by what they are here. Of several the first that the command has counts.
_MEANT: dict[str, tuple[str, ...]] = {
    "out outfile output-file save write to-file": ("-o",),
    "json": ("-f json",),
    "csv": ("-f csv",),
    "tsv": ("-f tsv",),
    "markdown md": ("-f markdown",),
    "ics ical icalendar": ("-f ics",),
    "xlsx excel xls": ("-f xlsx",),
    "sqlite": ("-f sqlite",),
    "geojson": ("-f geojson",),
    "place places town location municipality in": ("--city",),
    "prefecture province pref state": ("--region",),
    "nation": ("--country",),
    "search grep query find keyword match filter": ("--text",),
    "since after start begin newer": ("--from",),
    "until before end till through older": ("--to",),
    "date dates period when": ("--from",),
    "next days ahead upcoming": ("--within",),
    "active": ("--status active",),
    "suspended": ("--status suspended",),
    "dissolved": ("--status dissolved",),
    "top head max count rows lines": ("--limit",),
    "order order-by orderby sort-by sortby": ("--sort",),
    "desc descending reversed": ("--reverse",),
    "fields field cols select": ("--columns",),
    "language locale": ("--lang",),
    "no-color no-colour plain": ("--color never",),
    "group-by groupby by per": ("--by", "--group"),
    "graph gantt lanes plot draw": ("--chart",),
    "all": ("--every 1",),
    "short summary compact": ("--brief",),
    "details full": ("--records", "--sources full"),
    "refs references citations bibliography": ("--sources",),
    "db database file input": ("--data",),
    "now as-of": ("--today",),
    "nopager": ("--no-pager",),
}
# What counts partnerships, not their events, has another date in mind.
_MEANT_OF_PARTNERSHIPS: dict[str, tuple[str, ...]] = {
    "since after start begin newer until before end till through older date dates period when year": (
        "--founded",
    ),
}
_ABOUT_PARTNERSHIPS = ("list", "stats")
_COMMANDS: dict[str, tuple[str, ...]] = {
    "ls dir pairs partnerships": ("list",),
    "search find grep": ("list --text",),
    "events history log": ("timeline",),
    "chart graph gantt": ("timeline --chart",),
    "info view open place": ("show",),
    "count counts statistics summary report": ("stats",),
    "calendar upcoming birthdays ics": ("anniversaries",),
    "flows visits": ("exchanges",),
    "references refs bibliography": ("sources",),
    "validate lint verify": ("check",),
    "convert": ("import",),
    "compare": ("diff",),
    "settings options": ("config",),
    "new create": ("init",),
    "version": ("--version",),
    "man manual usage": ("help",),
}


def meant_option(name: str, context: Any) -> str:
    """The option of a command that somebody probably meant, as it is typed; empty if none comes to mind.

    Args:
        name: what was typed, such as --since.
        context: of the command.
    """
    word = name.lstrip("-").lower().replace("_", "-")
    flags = {flag: parameter for parameter in context.command.params for flag in parameter.opts}
    candidates = _values(_MEANT, word)
    if context.info_name in _ABOUT_PARTNERSHIPS:
        candidates = [*_values(_MEANT_OF_PARTNERSHIPS, word), *candidates]
    for candidate in candidates:
        flag, _, value = candidate.partition(" ")
        if flag in flags and _takes(flags[flag], value, context):
            return candidate
    return _similar(word, [flag for flag in flags if flag.startswith("--")])


def command_with(flag: str, program: Any, names: Iterable[str]) -> str:
    """The first command that has an option; empty if none has.

    Args:
        flag: the option, such as --chart.
        program: the context of the program.
        names: of its commands.
    """
    for name in names:
        command = program.command.get_command(program, name)
        if any(flag in parameter.opts for parameter in command.params):
            return name
    return ""


def abbreviated(word: str, names: Iterable[str]) -> list[str]:
    """The commands that begin with a word."""
    return [name for name in names if word and name.startswith(word.lower())]


def meant_commands(word: str, names: Sequence[str]) -> str:
    """The commands that somebody probably meant, as text; empty if none comes to mind.

    An abbreviation may mean several.
    """
    lowered = word.lower()
    if begun := abbreviated(word, names):
        return _either(begun)
    if meant := _values(_COMMANDS, lowered):
        return meant[0]
    return closest_match(lowered, names, likeness=_LIKENESS)


def meant_word(word: str, names: Sequence[str], place: str) -> str:
    """The commands or the place that somebody probably meant by the first word of a line; empty if unknown.

    Args:
        word: as it was typed.
        names: of the commands.
        place: the place whose name is the most similar, with its native form in parentheses; may be empty.
    """
    commands = meant_commands(word, names)
    similar = closest_match(word, [re.split(r" \(|（", place)[0]], likeness=_LIKENESS)
    if commands and (abbreviated(word, names) or not similar):
        return commands
    # A name in another script was compared in that script; one in Latin letters may share a letter or two.
    if word.isascii() and not similar:
        place = ""
    return _either([each for each in (commands, place) if each])


def _values(table: dict[str, tuple[str, ...]], word: str) -> list[str]:
    return [value for words, values in table.items() if word in words.split() for value in values]


def _takes(parameter: Any, value: str, context: Any) -> bool:
    """Whether an option takes a value; one without a value is a matter of the person who types it."""
    if not value:
        return True
    try:
        parameter.type.convert(value, parameter, context)
    except typer.BadParameter:
        return False
    return True


def _similar(word: str, flags: Iterable[str]) -> str:
    """The options that a word is an abbreviation of, or the one for which it is a slip of the keyboard."""
    words = {flag.removeprefix("--"): flag for flag in flags}
    begun = [flag for name, flag in words.items() if len(word) > 2 and name.startswith(word)]
    if begun:
        return _either(begun)
    return words.get(closest_match(word, words, likeness=_LIKENESS), "")


def _either(words: Sequence[str]) -> str:
    """Words with commas and `or`."""
    if len(words) < 2:
        return "".join(words)
    return _("{others} or {last}").format(others=listed(words[:-1]), last=words[-1])
