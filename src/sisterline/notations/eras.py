"""Years counted from an emperor's accession or a republic's founding, and fiscal years.

Japanese eras, by their first and last Gregorian days: the imperial rescripts of 1868-10-23 (Meiji),
1912-07-30 (Taisho) and 1926-12-25 (Showa), and the cabinet orders under the Era Name Act (Act 43 of 1979)
that began Heisei on 1989-01-08 and Reiwa on 2019-05-01. Their initials are those of JIS X 0301. Japan adopted
the Gregorian calendar on 1873-01-01 (Grand Council Proclamation 337 of 1872): months and days of Meiji 1
to 5 are in another calendar. A Japanese fiscal year runs from April to March (Public Finance Act, article
11; Local Autonomy Act, article 208). The years of the Republic of China count from 1912.
"""

import re

from msgspec import Struct

from sisterline.notations.base import Notation, between, clear, iso
from sisterline.translation import gettext as _


class _Era(Struct, frozen=True):
    """An era.

    Attributes:
        names: the first is the full one.
        offset: what to add to a year of the era for the Gregorian one.
        first: its first day, in EDTF; of Meiji the first in the Gregorian calendar.
        last: its last day, in EDTF.
    """

    names: tuple[str, ...]
    offset: int
    first: str
    last: str


_ERAS = (
    _Era(("明治", "明", "M"), 1867, "1873-01-01", "1912-07-30"),
    _Era(("大正", "大", "T"), 1911, "1912-07-30", "1926-12-25"),
    _Era(("昭和", "昭", "S"), 1925, "1926-12-25", "1989-01-07"),
    _Era(("平成", "平", "H"), 1988, "1989-01-08", "2019-04-30"),
    _Era(("令和", "令", "R"), 2018, "2019-05-01", "9999-12-31"),
    _Era(("中華民國", "中华民国", "中華民国", "民國", "民国"), 1911, "1912-01-01", "9999-12-31"),
)
_ERA_OF = {name: era for era in _ERAS for name in era.names}
_ERA_DATE = re.compile(
    rf"({'|'.join(_ERA_OF)})\.? ?(\d{{1,3}}|元) ?(?:[-/.年 ] ?|$)"
    r"(?:(\d{1,2}) ?(?:[-/.月 ] ?|$)(?:(\d{1,2}) ?[日号號]?)?)?",
    re.ASCII | re.IGNORECASE,
)


def era_date(text: str) -> Notation | None:
    """昭和54年5月1日, S54.5.1, 平成元年."""
    match = _ERA_DATE.fullmatch(text)
    if match is None:
        return None
    name = match[1].upper()
    era = _ERA_OF[name]
    year = int(match[2].replace("元", "1"))
    date = iso(era.offset + year, int(match[3] or 0), int(match[4] or 0))
    if not date or not year:
        return None
    if hint := _outside(era, date):
        return Notation(hint)
    if len(name) == 1 and not match[3] and "年" not in text:
        return Notation(_("write {date}").format(date=date))  # R5 alone can mean anything
    return clear(date)


def _outside(era: _Era, date: str) -> str:
    """The hint for a date that is not in an era; empty for one that is."""
    if date > era.last[: len(date)]:
        return _("write {date} if that is meant: {era} ended on {last}").format(
            date=date, era=era.names[0], last=era.last
        )
    if date >= era.first[: len(date)]:
        return ""
    if era is _ERAS[0]:
        return _("write the Gregorian date: Japan had another calendar before 1873")
    return _("write {date} if that is meant: {era} began on {first}").format(
        date=date, era=era.names[0], first=era.first
    )


_YEAR = re.compile(r"(\d{4}) ?年", re.ASCII)


def fiscal_year(text: str) -> Notation | None:
    """1979年度, 昭和54年度."""
    if not text.endswith("年度"):
        return None
    year_text = text.removesuffix("度")
    named = era_date(year_text)
    plain = _YEAR.fullmatch(year_text)
    if named is not None and re.fullmatch(r"\d{4}", named.edtf):
        year = int(named.edtf)
    elif plain is not None:
        year = int(plain[1])
    else:
        return None
    if not 0 < year < 9999:
        return None
    first, last = f"{year:04}-04", f"{year + 1:04}-03"
    if named is not None:
        return between(first, last)
    return Notation(
        hint=_("write {interval} for a Japanese fiscal year, {year} for a Chinese one").format(
            interval=f"{first}/{last}", year=f"{year:04}"
        ),
        date_hint=_("write {year}, or one month within {interval}").format(
            year=f"{year:04}", interval=f"{first}/{last}"
        ),
    )
