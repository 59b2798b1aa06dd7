"""The user's settings: which there are, and their values from the environment and the settings file.

An option goes before a variable, a variable before the file, the file before the default. The module of the
file, `settings_file`, is loaded only if there is one: without it a call costs one look for it.
"""

import os
import sys
from pathlib import Path
from typing import Literal, cast

from msgspec import Struct

from sisterline.cli.settings_keys import KEYS, Key, check_choice
from sisterline.errors import Problem, SisterlineError
from sisterline.formats.options import Color, WriteOptions
from sisterline.reading.files import check_usable, environment_paths, expand_home

CONFIG_VARIABLE = "SISTERLINE_CONFIG"
DEFAULT_PAGER = "less"
_PAGER_OFF = "cat"
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

SettingValue = bool | tuple[str, ...]
Source = Literal["default", "file", "environment"]


class Setting(Struct, frozen=True):
    """The value of a setting that the user has made.

    Attributes:
        key: which.
        value: a flag, or texts: one, or several of a setting that takes several.
        source: where it was made.
        place: the same for messages: a variable, or the file with line and column.
    """

    key: Key
    value: SettingValue
    source: Source
    place: str

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


class PagerCommand(Struct, frozen=True):
    """A pager.

    Attributes:
        text: the program and its arguments; empty for no pager.
        origin: where it is named, for messages; empty where it is the default.
        source: the same as a `Source`.
    """

    text: str
    origin: str = ""
    source: Source = "default"


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

    @property
    def pager(self) -> PagerCommand:
        """The pager: of the settings, else of PAGER, else less."""
        found = PagerCommand(DEFAULT_PAGER)
        if made := self.made.get("pager"):
            found = PagerCommand(made.text, made.place, made.source)
        elif "PAGER" in os.environ:
            found = PagerCommand(os.environ["PAGER"], "PAGER", "environment")
        text = found.text.strip()
        if text == _PAGER_OFF:
            text = ""
        return PagerCommand(text, found.origin, found.source)

    def chosen_pager(self, *, no_pager: bool) -> PagerCommand:
        """The pager, or none for --no-pager."""
        if no_pager:
            return PagerCommand("")
        return self.pager

    @property
    def data(self) -> tuple[Path, ...]:
        """The files and folders of the user's own data; nothing checks that they exist."""
        made = self.made.get("data")
        if made is None:
            return ()
        if made.source == "environment":
            return environment_paths()
        return tuple(map(Path, made.texts))

    def check_data(self) -> None:
        """Check that the user's own data exists.

        Raises:
            SisterlineError: a file or folder does not exist, or is a folder without data.
        """
        made = self.made.get("data")
        if made is None:
            return
        named_by, fix = f"{made.place}: data names", "change the setting, or restore the file"
        if made.source == "environment":
            named_by, fix = f"{made.place} names", "change or unset the variable, or restore the file"
        check_usable(self.data, named_by, fix)

    def option(self, key: str, default: str) -> str:
        """The text of a setting, or what to use where it is not made."""
        made = self.made.get(key)
        return default if made is None else made.text

    def write_options(self, *, bom: bool) -> WriteOptions:
        """How commands without options for it write."""
        color, ascii_only = self.option("color", "auto"), self.option("ascii", "false")
        return WriteOptions(color=cast("Color", color), ascii_only=ascii_only == "true", bom=bom)


class SettingsError(SisterlineError):
    """Settings that are not valid: exit status 1."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        text = str(problems[0])
        if len(problems) > 1:
            text += f" (and {len(problems) - 1} more; `sisterline config` shows them)"
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
    exists = path is not None and _exists(path)
    if path is not None and exists:
        from sisterline.cli.settings_file import read_settings_file

        made, problems = read_settings_file(path)
    elif named and str(path) != os.devnull:
        problems.append(_no_such_file(str(path)))
    for key in KEYS.values():
        text = os.environ.get(key.variable)
        if text is None or (not text and key.name not in ("data", "pager")):
            continue
        try:
            made[key.name] = Setting(key, _of_text(key, text), "environment", key.variable)
        except ValueError as error:
            message, hint = error.args
            problems.append(Problem(key.variable, 0, 0, message, hint))
    return Settings(made=made, path=path, exists=exists, problems=tuple(problems))


def settings_path() -> tuple[Path | None, bool]:
    """The settings file, None if there can be none, and whether SISTERLINE_CONFIG names it.

    The file is the user's own: nothing is ever read from the current folder, which may be somebody else's.
    """
    if named := os.environ.get(CONFIG_VARIABLE):
        return expand_home(Path(named)), True
    try:
        return _config_folder() / "sisterline" / "config.toml", False
    except RuntimeError:  # no home folder
        return None, False


def _config_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    given = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    if given.is_absolute():  # XDG Base Directory Specification: ignore a relative path
        return given
    return Path.home() / ".config"


def _exists(path: Path) -> bool:
    """Whether there is something to read; the null device has no settings."""
    if str(path) == os.devnull:
        return False
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def _no_such_file(path: str) -> Problem:
    hint = f"correct or unset the variable; {os.devnull} means no settings"
    return Problem(CONFIG_VARIABLE, 0, 0, f'there is no file "{path}"', hint)


def _of_text(key: Key, text: str) -> SettingValue:
    """The value that a variable gives a setting.

    Raises:
        ValueError: it is not valid; with a message and a hint.
    """
    if key.kind == "flag":
        if text.lower() in (*_YES, *_NO):
            return text.lower() in _YES
        raise ValueError(f'"{text}" is neither yes nor no', "set it to 1 or 0")
    if key.kind == "option":
        return tuple(part.strip() for part in text.split(","))
    if key.kind == "paths":
        return tuple(part for part in text.split(os.pathsep) if part)
    check_choice(key, text)
    return (text,)
