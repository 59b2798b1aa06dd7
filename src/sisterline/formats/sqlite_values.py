"""Texts of the data set as cells of a database."""

from collections.abc import Iterator

from sisterline.language import localized
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
