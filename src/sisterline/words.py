"""Words as people type and read them: names folded, the nearest of several, texts made harmless."""

import re
import unicodedata
from collections.abc import Callable, Iterable

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


# What acts or hides: control characters but the line feed, line and paragraph separators, bidirectional
# controls, and the rest that Unicode calls default ignorable, or that is a letter without a shape (UAX #44).
_ACTING = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# Joiners and variation selectors hide text, too, but after these characters a script or an emoji needs them.
_JOINERS, _SELECTORS = "\u200c\u200d", "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SELECTOR = re.compile(f"[{_SELECTORS}]")
_JOINED = re.compile("[\u0600-\u200b\u200e-\U0010ffff]")
_SELECTED = re.compile(f"[0-9#*\u00a9-\U0010ffff](?<![{_JOINERS}{_SELECTORS}])")
# Where the combining marks are, with the letters between them.
_STACKING = (
    "\u0300-\u036f\u0483-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e\ufe00-\ufe2f"
    "\U000101fd-\U00016fe4\U0001bc9d\U0001bc9e\U0001cf00-\U0001e94a\U000e0100-\U000e01ef"
)
_HARMFUL = re.compile(f"[{_ACTING}{_JOINERS}{_SELECTORS}]+")
# Latin, Greek, Cyrillic, Chinese and Japanese without any of these: of such texts a list has some thousand.
_PLAIN = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0370-\u0377\u037a-\u0482\u2010-\u2027\u2030-\u205e\u2100-\u27ff"
    "\u3001-\u3029\u3030-\u3096\u309b-\u30ff\u3400-\u9fff\uff01-\uff9f]*"
)
_MARKS = 8  # on one letter: the tallest stacks of Tibetan have so many; more run into the lines around
_PILE = re.compile(f"[{_STACKING}]{{{_MARKS + 1},}}")


def visible(text: str) -> str:
    """A text that does nothing but stand there: line breaks and tabs as a space, what is harmful escaped."""
    if text.isprintable() if text.isascii() else _PLAIN.fullmatch(text):
        return text
    text = re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)
    return harmless(text, lambda char: f"\\u{{{ord(char):x}}}")


def harmless(text: str, escape: Callable[[str], str]) -> str:
    """A text in which all is escaped that could move the cursor, reorder a line, hide, or pile up.

    Line feeds stay, and joiners and variation selectors where a script or an emoji needs them.
    """

    def shorter(match: re.Match[str]) -> str:
        kept, marks = [], 0
        for char in match[0]:
            marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
            kept.append(escape(char) if marks > _MARKS else char)
        return "".join(kept)

    def seen(match: re.Match[str]) -> str:
        kept, before = [], match.string[max(0, match.start() - 1) : match.start()]
        for char in match[0]:
            needs = _JOINED if char in _JOINERS else _SELECTED if _SELECTOR.match(char) else None
            needed = needs is not None and needs.match(before)
            before = char if needed else ""
            kept.append(char if needed else escape(char))
        return "".join(kept)

    return _HARMFUL.sub(seen, _PILE.sub(shorter, text))
