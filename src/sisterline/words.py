"""Names as people type them: folding, and the nearest of several."""

import re
import unicodedata
from collections.abc import Iterable

_DROPPED = re.compile(r"[\s\-‐‑–'’ʼ`·・.]+")
_KANA_VOICING = frozenset("\u3099\u309a")  # combining, but they tell ば from は


def fold(name: str) -> str:
    """A name without case, diacritics, spaces, hyphens and apostrophes, to compare names by.

    Kōbe, KOBE and kobe are one; so are Xi'an and Xian. Compatibility forms (NFKD, UAX #15) are one too,
    as full-width ＫＯＢＥ; the voicing marks of kana stay.
    """
    if name.isascii():
        return _DROPPED.sub("", name.lower())
    # Case folding can undo a decomposition and the other way round (Unicode 3.13, D145): once more each.
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).casefold()
    kept = "".join(char for char in parts if not unicodedata.combining(char) or char in _KANA_VOICING)
    return unicodedata.normalize("NFC", _DROPPED.sub("", kept))


def nearest(word: str, known: Iterable[str], sentence: str = "{}") -> str:
    """The known word that is most like the given one, put into a sentence; empty where none is like it."""
    import difflib

    folded = {fold(other): other for other in reversed(list(known))}
    found = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.6)
    return sentence.format(folded[found[0]]) if found else ""


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: `1 event`, `1,577 events`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def ordinal(n: int) -> str:
    """A number as an English ordinal: 1st, 12th, 23rd."""
    suffix = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"
