"""Names compared as people type them: folded to one form, and the closest of several."""

import re
from collections.abc import Iterable

_DROPPED = re.compile(r"[\s\-'`.]+")


def fold(name: str) -> str:
    """A name as names are compared: Kōbe, KOBE and kobe are one; so are Xi'an and Xian, 廣島 and 広島.

    Case, diacritics, spaces, hyphens, apostrophes and invisible characters do not matter, nor in which form
    a letter, a kana or a kanji is written (`variants.fold_characters`).
    """
    if name.isascii():
        return _DROPPED.sub("", name.lower())
    from sisterline.text.variants import fold_characters

    return fold_characters(name)


def closest_match(word: str, known: Iterable[str], sentence: str = "{}", *, likeness: float = 0.6) -> str:
    """The known word that is most like the given one, put into a sentence; empty where none is like it."""
    found = closest_folded(fold(word), ((fold(other), other) for other in known), likeness=likeness)
    return sentence.format(found) if found else ""


def closest_folded(folded: str, known: Iterable[tuple[str, str]], *, likeness: float = 0.6) -> str:
    """The same of words that are folded already, each with what it stands for."""
    import difflib

    words = dict(reversed(list(known)))
    found = difflib.get_close_matches(folded, words, n=1, cutoff=likeness)
    return words[found[0]] if found else ""
