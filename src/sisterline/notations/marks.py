"""Qualifiers and other marks of EDTF that are not supported, or not at the end of a date."""

import re

from sisterline.notations.base import EDTF, Notation, between, clear
from sisterline.translation import gettext as _

_BOTH_MARKS = re.compile(r"(\d{4}(?:-\d\d){0,2})%", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(?:2[1-9]|3\d|4[01])[~?%]?", re.ASCII)
_UNKNOWN_DAY = re.compile(r"(\d{4}(?:-\d\d)?)(?:-XX){1,2}", re.ASCII | re.IGNORECASE)
_MARK_INSIDE = re.compile(r"(?=.*[~?])[~?]?\d{4}[~?]?(?:-[~?]?\d\d[~?]?){0,2}", re.ASCII)
_DOTS = re.compile(r"[\[{]?(\d{4}(?:-\d\d){0,2})\.\.(\d{4}(?:-\d\d){0,2})[\]}]?", re.ASCII)
_SET = re.compile(r"[\[{].*[\]}]")
_FAR_YEAR = re.compile(r"-\d{4}(?:-\d\d){0,2}|Y-?\d{5,}|[+-]?\d{5,}-\d\d(?:-\d\d)?", re.ASCII)


def unsupported(text: str) -> Notation | None:
    """EDTF with a feature that is not supported, or with a qualifier that is not at the end."""
    if match := _BOTH_MARKS.fullmatch(text):
        return Notation(
            _("write {date}~ or {date}?: % for both at once is not supported").format(date=match[1])
        )
    if match := _SEASON.fullmatch(text):
        year = match[1]
        return Notation(
            hint=_("seasons are not supported: write {year}, or its months as {year}-03/{year}-05").format(
                year=year
            ),
            date_hint=_("seasons are not supported: write {year}, or one month as {year}-03").format(
                year=year
            ),
        )
    if match := _UNKNOWN_DAY.fullmatch(text):
        return clear(match[1])
    if match := _DOTS.fullmatch(text):
        return between(match[1], match[2])
    if _SET.fullmatch(text):
        return Notation(
            hint=_("sets are not supported: write one date followed by ?, or an interval as 1996/1997"),
            date_hint=_("sets are not supported: write one date followed by ?"),
        )
    if _FAR_YEAR.fullmatch(text):
        return Notation(_("years go from 0001 to 9999"))
    if _MARK_INSIDE.fullmatch(text) and not EDTF.fullmatch(text):
        return clear(re.sub("[~?]", "", text), "?" if "?" in text else "~")
    return None


_DECADE = re.compile(r"(\d{3})(?:0s|X|0年代)", re.ASCII | re.IGNORECASE)
_CENTURY = re.compile(r"(\d\d)XX", re.ASCII | re.IGNORECASE)


def decade(text: str) -> Notation | None:
    """A decade or a century: 1990s, 199X, 19XX."""
    if match := _CENTURY.fullmatch(text):
        about, interval = f"{match[1]}50~", f"{match[1]}00/{match[1]}99"
        message = _("write {date} for about then, or {interval} for the whole century")
    elif match := _DECADE.fullmatch(text):
        about, interval = f"{match[1]}5~", f"{match[1]}0/{match[1]}9"
        message = _("write {date} for about then, or {interval} for the whole decade")
    else:
        return None
    return Notation(
        hint=message.format(date=about, interval=interval),
        date_hint=_("write {date} for about then").format(date=about),
    )
