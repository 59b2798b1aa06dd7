"""What a date in another notation comes to, and how it is written."""

import re
from calendar import monthrange

from msgspec import Struct

EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?[~?]?", re.ASCII)


class Notation(Struct, frozen=True):
    """What a text in another notation means.

    Attributes:
        hint: how to write it.
        edtf: the only date or interval that it can mean; empty where several are possible.
        date_hint: how to write it where one date is wanted, if that is another way.
    """

    hint: str
    edtf: str = ""
    date_hint: str = ""


def iso(year: int, month: int = 0, day: int = 0) -> str:
    """A date in EDTF; empty where no calendar has it."""
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


def clear(edtf: str, mark: str = "") -> Notation | None:
    """A notation with one meaning; None where that does not exist."""
    if not edtf or not iso(*map(int, edtf.split("-"))):
        return None
    return Notation(f"write {edtf}{mark}", f"{edtf}{mark}")


def between(first: str, last: str) -> Notation | None:
    """An interval with one meaning; None where it ends before it starts."""
    digits = min(len(first.rstrip("~?")), len(last.rstrip("~?")))
    if ".." not in (first, last) and last[:digits] < first[:digits]:
        return None
    meant = f"{first}/{last}"
    return Notation(hint=f"write {meant}", edtf=meant, date_hint=f"write one date within {meant}")
