"""Values of the data set as cells of a database: texts by language, and the days that a date may mean."""

from collections.abc import Iterator
from datetime import date

from sisterline.dates import Date, Period
from sisterline.model import localized
from sisterline.vocabulary import LocalizedText


def text_of(text: LocalizedText | None) -> str | None:
    """A text in English, else in its first language; None where there is none."""
    return localized(text, "en") or None


def by_language(text: LocalizedText) -> Iterator[tuple[str | None, str]]:
    """Language tags with the text in each; no tag where the language is not given."""
    if isinstance(text, str):
        yield None, text
    else:
        yield from text.items()


def days_of(when: Date | Period | None) -> tuple[str | None, str | None]:
    """The first and the last day that a date may mean, as ISO 8601; None where an end is open."""
    if when is None:
        return None, None
    period = Period.single(when) if isinstance(when, Date) else when
    first = last = None
    if period.start:
        first = date.fromordinal(period.start.first_day).isoformat()
    if period.end:
        last = date.fromordinal(period.end.day_after - 1).isoformat()
    return first, last
