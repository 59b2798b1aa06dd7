"""Dates in other notations than EDTF, and how to write them in EDTF; imported only for a date that is not."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from sisterline.notations.base import EDTF, Notation, between, iso
from sisterline.notations.marks import decade, unsupported
from sisterline.notations.single import plain_edtf, single_date
from sisterline.translation import active_language
from sisterline.translation import gettext as _

_MAX_LENGTH = 60  # characters of a date
_MAX_CACHED = 1_000  # texts: a file often has the same mistake many times


def interpret(text: str) -> Notation | None:
    """What a text that is not EDTF means as a date; None if that is unknown."""
    return _interpret(text, active_language())


@lru_cache(_MAX_CACHED)
def _interpret(text: str, _language: str) -> Notation | None:
    """The same; its hint is in the active language."""
    if len(text) > _MAX_LENGTH:
        return None
    plain = _normalize(text)
    for recognize in (unsupported, decade, single_date, _number, _years, _interval):
        found = recognize(plain)
        if found is not None and found.edtf != text:  # such EDTF was rejected for another reason
            return found
    return None


# --- normalization --------------------------------------------------------------------------------

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u30fc", "-"),
        **dict.fromkeys("\u301c\uff5e", " to "),
    }
)
_KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日号號])")


def _normalize(text: str) -> str:
    """A text with ASCII digits and hyphens, single spaces, and the first year of an era as 1年."""
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    plain = " ".join(plain.split()).replace("元年", "1年")
    return _KANJI_NUMBER.sub(_arabic, plain)


def _arabic(match: re.Match[str]) -> str:
    """A number in kanji, digit by digit (一九七九) or with tens (二十四)."""
    kanji = match[0].replace("零", "〇")
    tens, ten, units = kanji.partition("十")
    if not ten:
        return "".join(str(_KANJI_DIGITS.index(digit)) for digit in kanji)
    if len(tens) > 1 or len(units) > 1 or "十" in units:
        return match[0]
    # An absent digit is a 1 before 十 and a 0 after it.
    return str(10 * _KANJI_DIGITS.index(tens or "一") + _KANJI_DIGITS.index(units or "〇"))


# --- numbers --------------------------------------------------------------------------------------

_DAY_NUMBER = re.compile(r"([1-7]\d{4})(?:\.\d+)?", re.ASCII)
_UNIX_TIME = re.compile(r"(\d{9,10})(?:\d{3}|\.\d+)?", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"([12]\d{3})(\d\d)", re.ASCII)
_DAY_ZERO = date(1899, 12, 30)  # of the 1900 date system (ISO/IEC 29500-1, 18.17.4.1), since March 1900


def _number(text: str) -> Notation | None:
    """A number that a program writes for a date: a day number, 199603, a Unix time."""
    if match := _DAY_NUMBER.fullmatch(text):
        day = _DAY_ZERO + timedelta(days=int(match[1]))
        return Notation(_("write {day} if this is the day number of a spreadsheet").format(day=day))
    if match := _YEAR_AND_MONTH.fullmatch(text):
        month = iso(int(match[1]), int(match[2]))
        return Notation(_("write {month} if a month is meant").format(month=month)) if month else None
    if match := _UNIX_TIME.fullmatch(text):
        day = datetime.fromtimestamp(int(match[1]), UTC).date()
        return Notation(_("write {day} if this is a Unix time").format(day=day))
    return None


# --- intervals ------------------------------------------------------------------------------------

_YEARS = re.compile(r"(\d{4}) ?(?:-|to) ?(\d{4})", re.ASCII)
_SEPARATORS = (" to ", "から", "至", "~", " - ", "/")
_REST_OF_DAY = re.compile(r"(?:(\d{1,2}) ?[月./] ?)?(\d{1,2}) ?日?", re.ASCII)


def _years(text: str) -> Notation | None:
    match = _YEARS.fullmatch(text)
    return between(match[1], match[2]) if match else None


def _interval(text: str) -> Notation | None:
    """Two dates with a separator; the second may leave out its year and month."""
    for separator in _SEPARATORS:
        first, found, last = (part.strip() for part in text.partition(separator))
        if not first or not last:
            continue
        start = _end_of_interval(first)
        end = _end_of_interval(last) or _completed(last, start)
        meant = f"{start}/{end}"
        if found and start and end and meant != "../..":
            return between(start, end)
    return None


def _end_of_interval(text: str) -> str:
    """One end of an interval in EDTF; empty if it does not have exactly one meaning."""
    if text == ".." or (EDTF.fullmatch(text) and plain_edtf(text)):
        return text
    found = single_date(text)
    if found is None or "/" in found.edtf:
        return ""
    return found.edtf


def _completed(text: str, start: str) -> str:
    """A day in the year of the start, as in 1979年5月1日〜3日 or 1979.4.30~5.2; empty if it is not one."""
    match = _REST_OF_DAY.fullmatch(text)
    if match is None or len(start) != len("1979-05-01"):
        return ""
    return iso(int(start[:4]), int(match[1] or start[5:7]), int(match[2]))
