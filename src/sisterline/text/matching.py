"""Names compared as people type them: folded to one form, and the closest of several found."""

import re
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

_DROPPED = re.compile(r"[\s\-'`.]+")


def fold(name: str) -> str:
    """The form of a name in which names are compared: one for Kōbe, KOBE and kobe, for 廣島 and 広島.

    Case, diacritics, spaces, hyphens, apostrophes and invisible characters do not matter, nor the form of a
    letter, a kana or a kanji (`variants.fold_characters`).
    """
    if name.isascii():
        return _DROPPED.sub("", name.lower())
    from sisterline.text.variants import fold_characters

    return fold_characters(name)


def closest_match(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """The known word that is closest to a word; empty if none is close.

    Args:
        word: what was typed.
        known: words that it may have meant.
        likeness: how close is close enough, from 0 to 1: `difflib.SequenceMatcher.ratio`.
    """
    found = closest_folded(fold(word), ((fold(other), other) for other in known), likeness=likeness)
    return found or ""


def closest_folded(folded: str, known: Iterable[tuple[str, T]], *, likeness: float = 0.6) -> T | None:
    """The value of the known folded word that is closest to a folded word; None if none is close.

    Of equal words the first counts.
    """
    import difflib

    words = dict(reversed(list(known)))
    found = difflib.get_close_matches(folded, words, n=1, cutoff=likeness)
    return words[found[0]] if found else None
