"""Names compared as people type them: folded to one form, and the closest of several."""

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
