"""The settings file: TOML, read and checked; each problem with its line and column."""

import re
import tomllib
from pathlib import Path
from typing import Any

from sisterline.cli.settings import Origin, Setting
from sisterline.cli.settings_keys import KEYS, Key, SettingValue, check_choice
from sisterline.errors import Problem, closest_or_known
from sisterline.reading.files import display_path, expand_home
from sisterline.translation import gettext as _
from sisterline.translation import marked

MAX_BYTES = 16 << 10
MOST_LINES = 100  # of one value
# What the last line of a value of several lines has in it.
_END = re.compile(r"[\]}]|\"\"\"|'''")
_Position = tuple[int, int]  # line and column, from 1
_Path = tuple[str, ...]  # the keys that lead to a value
_TABLES = {key.command for key in KEYS.values() if key.command}
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# What tomllib calls mistakes that are easily made, in plainer words with their fix.
_MISTAKES = {
    "Invalid value": (marked("a value is expected here"), marked('write text in quotes: language = "zh"')),
    "Cannot overwrite a value": (marked("duplicate key"), marked("remove one of the two")),
    "Expected '=' after a key in a key/value pair": (
        marked("a key needs = and a value"),
        marked('as in language = "zh"'),
    ),
}


def read_settings_file(path: Path) -> tuple[dict[str, Setting], list[Problem]]:
    """The settings of a file by their names, and the problems of all that is not valid in it."""
    shown = display_path(path)
    try:
        text = _text(path)
        table = tomllib.loads(text)
    except OSError as error:
        message = _("cannot be read: {reason}").format(reason=error.strerror or error)
        problem = Problem(shown, 0, 0, message, _("correct or remove it"))
    except UnicodeDecodeError as error:
        message = _("byte {number} is not UTF-8").format(number=error.start + 1)
        problem = Problem(shown, 0, 0, message, _("save the file as UTF-8"))
    except RecursionError:
        message, hint = _("the nesting is too deep"), _("settings are at most tables of lists")
        problem = Problem(shown, 0, 0, message, hint)
    except ValueError as error:
        problem = _syntax_problem(shown, str(error))
    else:
        return _settings(path, table, key_positions(text))
    return {}, [problem]


def _text(path: Path) -> str:
    """All of a file.

    Raises:
        OSError: it cannot be read, or is no regular file, or larger than settings can be.
        UnicodeDecodeError: it is not UTF-8.
    """
    if not path.is_file():
        raise OSError(_("it is not a file"))
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise OSError(_("it has more than {count} KiB").format(count=MAX_BYTES >> 10))
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def _syntax_problem(shown: str, message: str) -> Problem:
    """A mistake in TOML, whose message ends with its place."""
    line = column = 0
    if (place := _PLACE.search(message)) is not None:
        message = message[: place.start()]
        line, column = int(place[1] or 0), int(place[2] or 0)
    if message in _MISTAKES:
        plain, hint = _MISTAKES[message]
        return Problem(shown, line, column, _(plain), _(hint))
    other = _("not valid TOML: {message}").format(message=f"{message[:1].lower()}{message[1:]}")
    return Problem(shown, line, column, other, _("see toml.io"))


def _settings(
    path: Path, table: dict[str, Any], positions: dict[_Path, _Position]
) -> tuple[dict[str, Setting], list[Problem]]:
    made: dict[str, Setting] = {}
    problems: list[Problem] = []
    for keys, value in _leaves(table):
        origin = Origin("file", display_path(path), *positions.get(keys, (0, 0)))
        key = KEYS.get(".".join(keys))
        if key is None:
            problems.append(origin.problem(*_unknown(keys)))
            continue
        try:
            found = _value(key, value)
        except ValueError as error:
            problems.append(origin.problem(*error.args))
            continue
        if key.kind == "paths" and isinstance(found, tuple):
            found = tuple(str(path.parent / expand_home(Path(part))) for part in found)
        made[key.name] = Setting(key, found, origin)
    return made, problems


def _leaves(table: dict[str, Any]) -> list[tuple[_Path, Any]]:
    """The values of a file with their keys; of the tables only those of commands are gone into."""
    found: list[tuple[_Path, Any]] = []
    for name, value in table.items():
        if name in _TABLES and isinstance(value, dict):
            found += [((name, inner), each) for inner, each in value.items()]
        else:
            found.append(((name,), value))
    return found


def _unknown(keys: _Path) -> tuple[str, str]:
    """The message and the hint about a key that is no setting."""
    *table, name = keys
    if table:
        known = [key.name.removeprefix(f"{table[0]}.") for key in KEYS.values() if key.command == table[0]]
        hint = closest_or_known(name, known)
        return _('unknown setting "{name}" in [{table}]').format(name=name, table=table[0]), hint
    if name in _TABLES:
        message = _('"{name}" is a table of settings').format(name=name)
        return message, _("write [{name}] in a line of its own").format(name=name)
    known = [*(key.name for key in KEYS.values() if not key.command), *sorted(_TABLES)]
    hint = closest_or_known(name, known)
    return _('unknown setting "{name}"').format(name=name), hint


def _value(key: Key, value: Any) -> SettingValue:
    """The value of a setting as the file has it.

    Raises:
        ValueError: it is not valid; with a message and a hint.
    """
    as_in = _("write it as {example}").format(example=f"{key.name.rpartition('.')[2]} = {key.example}")
    if key.kind == "flag":
        if isinstance(value, bool):
            return value
        raise ValueError(_("{name} must be true or false").format(name=key.name), as_in)
    several = key.kind in ("paths", "option")
    values = value if several and isinstance(value, list) else [value]
    texts = [_scalar(key, each) for each in values]
    if None in texts:
        raise ValueError(_("{name} has a value of another type").format(name=key.name), as_in)
    found = tuple(text for text in texts if text is not None)
    for text in found:
        check_choice(key, text)
    return found


def _scalar(key: Key, value: object) -> str | None:
    """A text, or the number of an option, as text; None for anything else."""
    if isinstance(value, str):
        return value
    if key.kind == "option" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None


def key_positions(text: str) -> dict[_Path, _Position]:
    """Line and column of each key of a valid file, which tomllib does not give.

    The file is taken apart into statements, of which each is valid alone. A table header applies to the
    statements below it; one inside a value of several lines is part of a statement that is not complete yet.
    A statement is parsed again with each line, so a value of more than `MOST_LINES` lines, and what is below
    it, has no position.
    """
    positions: dict[_Path, _Position] = {}
    header: _Path = ()
    statement: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not statement:
            start = number
        statement.append(line)
        if len(statement) > MOST_LINES:
            break
        if len(statement) > 1 and not _END.search(line):
            continue
        try:
            found = tomllib.loads("\n".join(statement))
        except ValueError:
            continue
        first = statement[0]
        position = (start, len(first) - len(first.lstrip()) + 1)
        statement = []
        if first.lstrip().startswith("["):
            header = _first_path(found)
            positions.setdefault(header[:1], position)
            positions.setdefault(header[:2], position)
            continue
        for keys in _paths(found):
            positions.setdefault((*header, *keys)[:2], position)
            positions.setdefault((*header, *keys)[:1], position)
    return positions


def _first_path(table: Any) -> _Path:
    """The keys of a table header, whose table is empty or a list of one empty table."""
    keys: list[str] = []
    while isinstance(table, dict) and table:
        (name, table), *_ = table.items()
        keys.append(name)
    return tuple(keys)


def _paths(table: dict[str, Any]) -> list[_Path]:
    """The keys of a statement, one or two levels of them."""
    found: list[_Path] = []
    for name, value in table.items():
        if isinstance(value, dict) and value:
            found += [(name, inner) for inner in value]
        else:
            found.append((name,))
    return found
