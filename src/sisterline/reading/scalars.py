"""Numbers, truth values, dates and coordinates, read from the texts of a file."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from msgspec import inspect

from sisterline.coordinates import Coordinates
from sisterline.dates import Date, Period
from sisterline.translation import gettext as _

_MAX_CACHED = 10_000  # parsed dates: some 2 MB
_MAX_DIGITS = 15  # of a number: all of these are exact in JSON and in spreadsheets


class ScalarError(ValueError):
    """A text is not a valid number or boolean.

    Attributes:
        hint: how to write it; empty if that is unknown.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def scalar_parser(kind: inspect.Type) -> Callable[[Any], Any] | None:
    """The function that converts a plain value to a type; None for texts, lists, mappings and records."""
    if isinstance(kind, inspect.BoolType):
        return _parse_bool
    if isinstance(kind, inspect.IntType):
        return _parse_int
    if isinstance(kind, inspect.StructType):
        return _PARSERS.get(kind.cls)
    return None


# Files have the same dates again and again.
_PARSERS: dict[type, Callable[[Any], Any]] = {
    Date: lru_cache(_MAX_CACHED)(Date.parse),
    Period: lru_cache(_MAX_CACHED)(Period.parse),
    Coordinates: Coordinates.parse,
}


def _parse_int(text: str) -> int:
    if re.fullmatch(rf"\d{{1,{_MAX_DIGITS}}}", text, re.ASCII):
        return int(text)
    digits = re.sub(r"[,_ ']", "", text)
    if not digits.isdecimal():
        raise ScalarError(
            _('"{text}" is not a whole number').format(text=text), _("write digits only, as 20")
        )
    if len(digits) > _MAX_DIGITS:
        raise ScalarError(_('"{text}" is too large').format(text=text))
    raise ScalarError(
        _('"{text}" is not a whole number').format(text=text), _("write {digits}").format(digits=int(digits))
    )


def _parse_bool(text: str) -> bool:
    if text in ("true", "false"):
        return text == "true"
    raise ScalarError(
        _('"{text}" is neither true nor false').format(text=text), _("write true, or remove the key")
    )
