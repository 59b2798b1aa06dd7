"""`config`: the user's settings, and where each of them is made."""

from typing import Literal

from msgspec import Struct

from sisterline.errors import Problem
from sisterline.reports.base import Report

Source = Literal["default", "file", "environment"]


class SettingRow(Struct, frozen=True, kw_only=True):
    """A setting with its value.

    Attributes:
        name: as in the settings file; `list.sort` is `sort` in the table `[list]`.
        value: a text, true or false, or a list of paths; empty where there is none.
        source: where it is made.
        place: the file or the variable in which it is made; empty for a default.
        line: of the file, from 1; else 0.
        column: of the file, from 1; else 0.
        variable: the environment variable for it.
    """

    name: str
    value: str | bool | tuple[str, ...]
    source: Source
    place: str = ""
    line: int = 0
    column: int = 0
    variable: str


class ConfigReport(Report, frozen=True, kw_only=True, tag="config"):
    """All settings.

    Attributes:
        path: of the settings file; empty where there can be none.
        exists: whether there is one.
        settings: in a fixed order.
        problems: settings that are not valid, sorted by position.
    """

    path: str
    exists: bool
    settings: tuple[SettingRow, ...]
    problems: tuple[Problem, ...]
