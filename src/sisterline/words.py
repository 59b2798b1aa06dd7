"""Words as people type and read them: names folded, the nearest of several, texts made harmless."""

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


def typed(word: str) -> str:
    """A word of the command line, read as UTF-8 where the locale could not read it (as LC_ALL=C)."""
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return word


def nearest(word: str, known: Iterable[str], sentence: str = "{}", *, likeness: float = 0.6) -> str:
    """The known word that is most like the given one, put into a sentence; empty where none is like it."""
    import difflib

    folded = {fold(other): other for other in reversed(list(known))}
    found = difflib.get_close_matches(fold(word), folded, n=1, cutoff=likeness)
    return sentence.format(folded[found[0]]) if found else ""


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: `1 event`, `1,577 events`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def ordinal(n: int) -> str:
    """A number as an English ordinal: 1st, 12th, 23rd."""
    suffix = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


# Control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls and other
# invisible format characters: they can move the cursor, reorder a line or hide text, so they are shown
# as what they are. The joiners of scripts (ZWNJ, ZWJ) and variation selectors stay.
HARMFUL = (
    "(?:[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\ud800-\udfff\U000e0000-\U000e007f])"
)


def visible(text: str) -> str:
    """A text that does nothing but stand there: line breaks and tabs as a space, the rest escaped."""
    if text.isprintable():
        return text
    text = re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)
    return re.sub(HARMFUL, lambda match: f"\\u{{{ord(match[0]):x}}}", text)
