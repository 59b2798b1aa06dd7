"""What a date in another notation means."""

import re
from calendar import monthrange

from msgspec import Struct

from sisterline.translation import gettext as _

EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?[~?]?", re.ASCII)


class Notation(Struct, frozen=True):
    """What a text in another notation means.

    Attributes:
        hint: how to write it.
        edtf: the only date or interval that it can mean; empty if there is not exactly one.
        date_hint: how to write it where an interval is not allowed; empty if that is the same.
    """

    hint: str
    edtf: str = ""
    date_hint: str = ""


def iso(year: int, month: int = 0, day: int = 0) -> str:
    """A year, month or day in EDTF; 0 is no month or day. Empty if there is no such date."""
    if not 1 <= year <= 9999:
        return ""
    if not month:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return ""
    if not day:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def clear(edtf: str, qualifier: str = "") -> Notation | None:
    """A notation with one meaning, a date and a qualifier; None if there is no such date."""
    if not edtf or not iso(*map(int, edtf.split("-"))):
        return None
    return Notation(_("write {date}").format(date=f"{edtf}{qualifier}"), f"{edtf}{qualifier}")


def between(first: str, last: str) -> Notation | None:
    """A notation with one meaning, an interval; None if it ends before it starts."""
    digits = min(len(first.rstrip("~?")), len(last.rstrip("~?")))
    if ".." not in (first, last) and last[:digits] < first[:digits]:
        return None
    meant = f"{first}/{last}"
    return Notation(
        hint=_("write {date}").format(date=meant),
        edtf=meant,
        date_hint=_("write one date within {interval}").format(interval=meant),
    )
