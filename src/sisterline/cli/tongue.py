"""Which language the program speaks to people, and in which language it shows names and titles.

`--lang` goes before the setting (SISTERLINE_LANG before the file), the setting before the locale. The locale
decides only what people read: what programs read must be the same on every computer.
"""

import os
from collections.abc import Sequence
from itertools import pairwise

from sisterline.cli.settings_place import exists, settings_path
from sisterline.language import lookup
from sisterline.translation import LANGUAGES

_FLAG, _SHORT = "--lang", "-l"


def spoken_language(arguments: Sequence[str]) -> str:
    """The language of words for a command line: one of `LANGUAGES`, English where it asks for another one."""
    asked = _typed(arguments) or os.environ.get("SISTERLINE_LANG") or _of_file()
    if asked:
        return lookup(asked, LANGUAGES) or "en"
    return locale_language()


def locale_language() -> str:
    """The language of the locale that POSIX has for messages, where the program speaks it; else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := os.environ.get(variable):
            return lookup(locale, LANGUAGES) or "en"
    return "en"


def _of_file() -> str:
    """The language of the settings file; empty where it has none or there is no such file."""
    path, _ = settings_path()
    if path is None or not exists(path):
        return ""
    from sisterline.cli.settings_file import read_settings_file

    made, _ = read_settings_file(path)
    setting = made.get("language")
    return "" if setting is None else setting.text


def _typed(arguments: Sequence[str]) -> str:
    """What a command line gives `--lang`, before Typer reads it: its errors are in that language, too."""
    found = ""
    for word, following in pairwise((*arguments, "")):
        if word == "--":
            break
        if word in (_FLAG, _SHORT):
            found = following
        elif word.startswith(f"{_FLAG}="):
            found = word.partition("=")[2]
        elif word.startswith(_SHORT):
            found = word.removeprefix(_SHORT)
    return found
