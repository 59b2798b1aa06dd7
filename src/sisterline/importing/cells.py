"""What the text of a cell means: a date, a count, a source. What is not certain is said."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Generic, TypeVar

from msgspec import Struct

from sisterline.dates import Date, DateError, Period
from sisterline.errors import with_fix
from sisterline.importing.tables import Cell
from sisterline.importing.terms import UNITS, find_term
from sisterline.notations import interpret
from sisterline.translation import gettext as _
from sisterline.translation import listed_or

T = TypeVar("T")


class CellError(ValueError):
    """A row cannot be taken; the message says why, and how to write it.

    Attributes:
        field: whose cell is the reason; empty if it is the row.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Reading(Struct, Generic[T], frozen=True):
    """What a cell means.

    Attributes:
        value: its meaning.
        doubt: what somebody should check; empty if it is certain.
    """

    value: T
    doubt: str = ""


# --- dates --------------------------------------------------------------------------------------

_DAY_NUMBER = re.compile(r"[1-7]\d{4}(?:\.\d+)?", re.ASCII)
_DAY_ZERO = date(1899, 12, 30)  # of the 1900 date system, since March 1900
_DAYS_1904 = 1462  # days from the first day of the 1900 date system to that of 1904


def read_period(cell: Cell) -> Reading[Period]:
    """The date or interval of a cell, in any notation with exactly one meaning.

    Raises:
        CellError: it has none, or several.
    """
    if cell.kind == "date":
        return _read_date_cell(cell.text)
    try:
        return Reading(Period.parse(cell.text))
    except DateError as error:
        if _DAY_NUMBER.fullmatch(cell.text):
            return _read_day_number(cell.text)
        notation = interpret(cell.text)
        if notation is not None and notation.edtf:
            return Reading(Period.parse(notation.edtf))
        message = _('"{text}" is not a date').format(text=cell.text)
        raise CellError(with_fix(message, error.hint)) from None


def _read_date_cell(text: str) -> Reading[Period]:
    """A date as a workbook stores it: always a day, even where the cell shows the month or the year only."""
    day, _mark, time = text.partition("T")
    period = Period.parse(day)
    left_out = shorter = ""
    if time:
        left_out = _("the time {time} is left out").format(time=time)
    if day.endswith("-01"):
        message = _("stored as {day}: if the cell shows only a month or a year, write {shorter}")
        shorter = message.format(day=day, shorter=listed_or((day[:7], day[:4])))
    return Reading(period, with_fix(left_out, shorter) if left_out else shorter)


def _read_day_number(text: str) -> Reading[Period]:
    """The day number of a spreadsheet (ISO/IEC 29500-1, 18.17.4.1), which counts from 1900 or from 1904."""
    number = int(float(text))
    day, other = (Date.from_date(_day_of(number + shift)) for shift in (0, _DAYS_1904))
    return Reading(
        Period.single(day),
        _("{text} is taken for a day number: {day}, or {other} if days count from 1904").format(
            text=text, day=day, other=other
        ),
    )


def _day_of(number: int) -> date:
    return _DAY_ZERO + timedelta(days=number)


def join_date(year: str, month: str, day: str) -> str:
    """A date whose parts are in columns of their own, as one text: 昭和54年5月1日."""
    text = f"{year.removesuffix('年')}年"
    if month:
        text += f"{month.removesuffix('月')}月"
    if month and day:
        text += f"{day.removesuffix('日')}日"
    return text


def join_period(start: Period, end: Period) -> Period:
    """The interval from a start to an end.

    Raises:
        CellError: the end is before the start, or one of them is open.
    """
    if start == end:
        return start
    try:
        return Period.parse(f"{start.start or '..'}/{end.end or '..'}")
    except DateError as error:
        raise CellError(str(error)) from None


# --- counts -------------------------------------------------------------------------------------


class Count(Struct, frozen=True):
    """A number, with what its cell says of it.

    Attributes:
        number: as in the cell, without separators.
        approximate: whether the cell says about, over or nearly.
        unit: of the data format, by its counter; empty if there is none, or an unknown one.
    """

    number: int
    approximate: bool = False
    unit: str = ""


_COUNT = re.compile(
    r"(?P<about>約|约|およそ|ほぼ|近|延べ?|about|approx(?:\.|imately)?|around|over|nearly|circa|ca\.|~)? ?"
    r"(?P<number>\d{1,3}(?:[, ']\d{3})+|\d+)(?:\.(?P<part>\d+))?(?P<myriad>[万萬億亿])?(?P<rest>\d{1,4})?"
    r" ?(?P<more>[余餘]り?|多|数)? ?(?P<counter>[^\d\s,.+~()?]*?)"
    r" ?(?P<after>以上|余り?|餘り?|多|強|弱|ほど|程度|前後|左右|上下|or more|\+|~)?",
    re.IGNORECASE,
)
_MYRIADS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8}
_MAX_DIGITS = 15


def read_count(cell: Cell) -> Reading[Count]:
    """The whole number of a cell: 1,200, １２０人, 約50名, 1.5万人.

    Raises:
        CellError: it is not one.
    """
    plain = " ".join(unicodedata.normalize("NFKC", cell.text).split())
    match = _COUNT.fullmatch(plain)
    number = _number(match) if match else None
    if match is None or number is None or len(str(number)) > _MAX_DIGITS:
        raise CellError(_('"{text}" is not a whole number; write digits only, as 20').format(text=cell.text))
    counter = match["counter"]
    unit = find_term(UNITS, counter)
    about = match["about"] or ""
    doubt = ""
    if counter and not unit:
        doubt = _('"{counter}" is not a known unit').format(counter=counter)
    approximate = bool((about and not about.startswith("延")) or match["more"] or match["after"])
    if about.startswith("延"):
        doubt = _("{unit} counts everybody as often as they came").format(unit=about)
    return Reading(Count(number, approximate, unit), doubt)


def _number(match: re.Match[str]) -> int | None:
    """The whole number of a match; None if it is not whole."""
    digits = re.sub(r"\D", "", match["number"])
    part, rest = match["part"] or "", match["rest"] or ""
    if not match["myriad"]:
        if part.strip("0") or rest:
            return None
        return int(digits)
    myriad = _MYRIADS[match["myriad"]]
    power = len(str(myriad)) - 1
    if len(part) > power or (part and rest):
        return None
    fraction = int(part.ljust(power, "0")) if part else 0
    return int(digits) * myriad + fraction + int(rest or 0)
