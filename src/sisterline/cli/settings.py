"""The user's settings: which there are, and their values from the environment and the settings file.

An option goes before a variable, a variable before the file, the file before the default. The module of the
file, `settings_file`, is loaded only if there is one: without it a call costs one look for it.
"""

import os
from pathlib import Path
from typing import Literal, cast

from msgspec import Struct

from sisterline.cli.settings_keys import KEYS, Key, SettingValue, check_choice
from sisterline.cli.settings_place import CONFIG_VARIABLE, exists, settings_path
from sisterline.errors import Problem, SisterlineError
from sisterline.formats.options import Color, WriteOptions
from sisterline.reading.files import display_path, environment_paths, named_path, why_unusable
from sisterline.translation import gettext as _

Source = Literal["default", "file", "environment"]

_PAGER_OFF = "cat"
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class Origin(Struct, frozen=True):
    """Where a setting is made.

    Attributes:
        source: what sort of place.
        path: the file, or the name of the variable; empty for a default.
        line: of the file, from 1; else 0.
        column: of the file, from 1; else 0.
    """

    source: Source = "default"
    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.problem("").place

    def problem(self, message: str, hint: str = "") -> Problem:
        """A problem of what is there."""
        return Problem(self.path, self.line, self.column, message, hint)


class Setting(Struct, frozen=True):
    """The value of a setting."""

    key: Key
    value: SettingValue
    origin: Origin = Origin()

    @property
    def texts(self) -> tuple[str, ...]:
        """Its value as texts; true or false of a flag."""
        if isinstance(self.value, bool):
            return (str(self.value).lower(),)
        return self.value

    @property
    def text(self) -> str:
        """Its texts as one, as an option has them."""
        return ",".join(self.texts)


class Settings(Struct, frozen=True, kw_only=True):
    """The settings that the user has made.

    Attributes:
        made: by the names of their keys.
        path: the settings file, whether it exists or not; None if there can be none.
        exists: whether it does.
        problems: of the file and of variables; empty where settings are used.
    """

    made: dict[str, Setting]
    path: Path | None = None
    exists: bool = False
    problems: tuple[Problem, ...] = ()

    def pager(self, *, wanted: bool = True) -> Setting:
        """The pager: of the settings, else of PAGER, else less; without a text where none is wanted."""
        key = KEYS["pager"]
        if not wanted:
            return Setting(key, ("",))
        made = self.made.get("pager")
        if made is None and "PAGER" in os.environ:
            made = Setting(key, (os.environ["PAGER"],), Origin("environment", "PAGER"))
        found = made or Setting(key, key.default)
        text = found.text.strip()
        if text == _PAGER_OFF:
            text = ""
        return Setting(key, (text,), found.origin)

    @property
    def data(self) -> tuple[Path, ...]:
        """The files and folders of the user's own data; nothing checks that they exist."""
        made = self.made.get("data")
        if made is None:
            return ()
        if made.origin.source == "environment":
            return environment_paths()
        return tuple(map(named_path, made.texts))

    def check_data(self) -> None:
        """Check that the user's own data exists, before an error about it seems to be about the command line.

        Raises:
            SettingsError: a file or folder does not exist, or is a folder without data.
        """
        made = self.made.get("data")
        if made is None:
            return
        problems = [
            _unusable(made.origin, display_path(path), reason)
            for path in self.data
            if (reason := why_unusable(path))
        ]
        if problems:
            raise SettingsError(tuple(problems))

    def option(self, key: str, default: str) -> str:
        """The text of a setting, or what to use where it is not made."""
        made = self.made.get(key)
        return default if made is None else made.text

    def write_options(self, *, bom: bool) -> WriteOptions:
        """How commands without options for it write."""
        color, ascii_only = self.option("color", "auto"), self.option("ascii", "false")
        return WriteOptions(color=cast("Color", color), ascii_only=ascii_only == "true", bom=bom)


class SettingsError(SisterlineError):
    """Settings that are not valid: exit status 1.

    Attributes:
        problems: at least one.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        text = str(problems[0])
        if len(problems) > 1:
            message = _("{problem} (and {count} more; `sisterline config` shows them)")
            text = message.format(problem=text, count=len(problems) - 1)
        super().__init__(text)


def load_settings() -> Settings:
    """The settings of the environment and of the file.

    Raises:
        SettingsError: one of them is not valid.
    """
    settings = read_settings()
    if settings.problems:
        raise SettingsError(settings.problems)
    return settings


def read_settings() -> Settings:
    """The settings that are valid, with the problems of the others."""
    path, named = settings_path()
    made: dict[str, Setting] = {}
    problems: list[Problem] = []
    there = path is not None and exists(path)
    if path is not None and there:
        from sisterline.cli.settings_file import read_settings_file

        made, problems = read_settings_file(path)
    elif named and str(path) != os.devnull:
        problems.append(_no_such_file(str(path)))
    for key in KEYS.values():
        text = os.environ.get(key.variable)
        if text is None or (not text and key.name not in ("data", "pager")):
            continue
        origin = Origin("environment", key.variable)
        try:
            made[key.name] = Setting(key, _of_text(key, text), origin)
        except ValueError as error:
            problems.append(origin.problem(*error.args))
    return Settings(made=made, path=path, exists=there, problems=tuple(problems))


def _no_such_file(path: str) -> Problem:
    hint = _("correct or unset the variable; {path} means no settings").format(path=os.devnull)
    return Problem(CONFIG_VARIABLE, 0, 0, _('there is no file "{path}"').format(path=path), hint)


def _unusable(origin: Origin, path: str, reason: str) -> Problem:
    """That a path of the user's own data has no data."""
    if origin.source == "environment":
        fix = _("change or unset the variable, or restore the file")
        return Problem(
            _("{variable} names {path}").format(variable=origin.path, path=path), 0, 0, reason, fix
        )
    return origin.problem(
        _("data names {path}: {reason}").format(path=path, reason=reason),
        _("change the setting, or restore the file"),
    )


def _of_text(key: Key, text: str) -> SettingValue:
    """The value that a variable gives a setting.

    Raises:
        ValueError: it is not valid; with a message and a hint.
    """
    if key.kind == "flag":
        if text.lower() in (*_YES, *_NO):
            return text.lower() in _YES
        raise ValueError(_('"{text}" is neither yes nor no').format(text=text), _("set it to 1 or 0"))
    if key.kind == "option":
        return tuple(part.strip() for part in text.split(","))
    if key.kind == "paths":
        return tuple(part for part in text.split(os.pathsep) if part)
    check_choice(key, text)
    return (text,)
