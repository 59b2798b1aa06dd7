"""One date in another notation, with what people write around a date: a time, a weekday, circa."""

import re
from datetime import date

from sisterline.notations.base import EDTF, Notation, clear, iso
from sisterline.notations.eras import era_date, fiscal_year
from sisterline.translation import gettext as _
from sisterline.translation import pgettext

_TIME = re.compile(
    r"(?:[T ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?)?"
    r"| ?(?:午前|午後|上午|下午)? ?\d{1,2}[時时点](?:\d{1,2}分)?)$",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"(?: ?\(([月火水木金土日])(?:曜日?)?\)"
    r"| ?([月火水木金土日])曜日?"
    r"| ?\(?(?:周|星期|礼拜|禮拜)([一二三四五六日天])\)?"
    r"|[ ,(]+(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\)?)$",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE)
_WEEKDAYS = ("月一mon", "火二tue", "水三wed", "木四thu", "金五fri", "土六sat", "日天sun")
_CIRCA_BEFORE = re.compile(r"^(?:circa|ca\.?|c\.|about|around|approx\.?|約|约) ?", re.IGNORECASE)
_CIRCA_AFTER = re.compile(r" ?(?:頃|ころ|ごろ|顷|左右|前後|前后)$")


def single_date(text: str) -> Notation | None:
    """A day, a month or a year, perhaps with a time, a weekday or a word for circa."""
    certain = _CIRCA_AFTER.sub("", _CIRCA_BEFORE.sub("", text))
    bare, weekday = _without_weekday(certain)
    bare = _TIME.sub("", bare)
    if weekday is None:
        bare, weekday = _without_weekday(bare)
    found = _bare_date(bare)
    if found is None:
        return None
    if certain != text and re.fullmatch(r"[\d-]+", found.edtf):
        return clear(found.edtf, "~")
    if weekday is not None and found.edtf:
        return _on_weekday(found, weekday)
    return found


def _bare_date(text: str) -> Notation | None:
    for recognize in (plain_edtf, _year_first, era_date, fiscal_year, _year_last, _english):
        found = recognize(text)
        if found is not None:
            return found
    return None


def _without_weekday(text: str) -> tuple[str, int | None]:
    """A text without the weekday at either end, and that weekday, Monday being 0; None if there is none."""
    match = _WEEKDAY.search(text) or _WEEKDAY_BEFORE.search(text)
    if match is None:
        return text, None
    name = next(group for group in match.groups() if group).lower()
    number = next(number for number, names in enumerate(_WEEKDAYS) if name in names)
    return text.replace(match[0], "", 1), number


def _on_weekday(notation: Notation, weekday: int) -> Notation:
    """A notation, without its one meaning if it is a day that was not this weekday."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", notation.edtf):
        return notation
    actual = date.fromisoformat(notation.edtf).weekday()
    if actual == weekday:
        return notation
    return Notation(
        _("write {date} if a {weekday} is meant").format(date=notation.edtf, weekday=_weekday_name(actual))
    )


def _weekday_name(weekday: int) -> str:
    names = (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )
    return names[weekday]


def plain_edtf(text: str) -> Notation | None:
    """EDTF itself, which had something around it."""
    if not EDTF.fullmatch(text):
        return None
    return clear(text.rstrip("~?"), text[len(text.rstrip("~?")) :])


_YEAR_FIRST = re.compile(
    r"(\d{4}) ?[-/.年 ] ?(?:(\d{1,2}) ?(?:[-/.月 ] ?(?:(\d{1,2}) ?[日号號]?)?)?)?", re.ASCII
)
_YEAR_ALONE = re.compile(r"(\d{4}) ?年", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)


def _year_first(text: str) -> Notation | None:
    """1979/5/1, 1979.5, 1979年5月1日, 1979年, 19790501."""
    if match := _YEAR_ALONE.fullmatch(text):
        return clear(iso(int(match[1])))
    match = _COMPACT.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if match is None or match[2] is None:
        return None
    return clear(iso(*(int(group or 0) for group in match.groups())))


_YEAR_LAST = re.compile(r"(\d{1,2})(?:\. |[-/. ])(\d{1,2})(?:\. |[-/. ])(\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)


def _year_last(text: str) -> Notation | None:
    """13/5/1979, 5/1979; 5/1/1979 has two meanings."""
    if match := _MONTH_YEAR.fullmatch(text):
        return clear(iso(int(match[2]), int(match[1])))
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second, year = (int(group) for group in match.groups())
    meanings = [iso for iso in (iso(year, first, second), iso(year, second, first)) if iso]
    if not meanings:
        return None
    if len(set(meanings)) == 1:
        return clear(meanings[0])
    return Notation(
        _("write {first} or {second}: which number is the month is unclear").format(
            first=meanings[0], second=meanings[1]
        )
    )


_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ENGLISH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,? (?:of )?)?([a-z]{3,9})\.?,? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})",
    re.ASCII | re.IGNORECASE,
)


def _english(text: str) -> Notation | None:
    """5 March 1996, March 5, 1996, Mar 1996."""
    match = _ENGLISH.fullmatch(text)
    if match is None or (match[1] and match[3]):
        return None
    name = match[2].lower()
    numbers = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:4])]
    if name == "sept":
        numbers = [9]
    if len(numbers) != 1:
        return None
    return clear(iso(int(match[4]), numbers[0], int(match[1] or match[3] or 0)))
