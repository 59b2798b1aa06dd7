"""Text made safe to print: nothing in it moves a cursor, reorders a line, hides or piles up."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

# Printable characters that stand there and do nothing else, by their bytes in UTF-8: ASCII, and leading bytes
# of Latin, Greek, Cyrillic, punctuation, kana and ideographs (U+0080 to 02FF, 0380 to 047F, 2000 to 9FFF).
_QUIET = bytes(
    [*range(0x20, 0x7F), *range(0x80, 0xC0), *range(0xC2, 0xCC), *range(0xCE, 0xD2), *range(0xE2, 0xEA)]
)

# But for what combines or has no shape among them: by what follows these leading bytes.
_LOUD = (
    (b"\xe2", (b"\x83", b"\xb3", b"\xb5", b"\xb7")),
    (b"\xe3", tuple(char.encode()[1:] for char in "\u302a\u302b\u302c\u302d\u302e\u302f\u3099\u309a\u3164")),
)

_MARKS = 8  # on one letter: the tallest stacks of Tibetan have so many; more run into the lines around


def is_plainly_safe(text: str) -> bool:
    """Whether a text surely stands in one line and does nothing else; of a rare one it is not said.

    Nearly all texts are plain, and a command looks at some thousand: this takes 1 ns a character in long
    ones, where the patterns below take 5 ms to be made and 20 ns a character.
    """
    if text.isascii() or not text.isprintable():
        return text.isprintable()
    encoded = text.encode()
    if encoded.translate(None, _QUIET):
        return False
    for lead, loud in _LOUD:
        if lead in encoded and any(part.startswith(loud) for part in encoded.split(lead)[1:]):
            return False
    return True


def printable(text: str) -> str:
    """A text that does nothing but stand there: line breaks and tabs as a space, what is harmful escaped."""
    if is_plainly_safe(text):
        return text
    text = re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)
    return escape_unsafe(text, lambda char: f"\\u{{{ord(char):x}}}")


class _Patterns(NamedTuple):
    """What to look for in a text that is not plain."""

    pile: re.Pattern[str]
    harmful: re.Pattern[str]
    joiner: re.Pattern[str]
    joined: re.Pattern[str]
    selector: re.Pattern[str]
    selected: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    # What acts or hides: control characters but the line feed, line and paragraph separators, bidirectional
    # controls, and what else Unicode calls default ignorable, or is a letter without a shape (UAX #44).
    acting = (
        "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
        "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
        "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    )
    # Joiners and variation selectors hide text, too, but after some characters a script or an emoji needs
    # them.
    joiners, selectors = "\u200c\u200d", "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
    # Where the combining marks are, with the letters between them.
    stacking = (
        "\u0300-\u036f\u0483-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e"
        "\ufe00-\ufe2f\U000101fd-\U00016fe4\U0001bc9d\U0001bc9e\U0001cf00-\U0001e94a\U000e0100-\U000e01ef"
    )
    return _Patterns(
        re.compile(f"[{stacking}]{{{_MARKS + 1},}}"),
        re.compile(f"[{acting}{joiners}{selectors}]+"),
        re.compile(f"[{joiners}]"),
        re.compile("[\u0600-\u200b\u200e-\U0010ffff]"),
        re.compile(f"[{selectors}]"),
        re.compile(f"[0-9#*\u00a9-\U0010ffff](?<![{joiners}{selectors}])"),
    )


def escape_unsafe(text: str, escape: Callable[[str], str]) -> str:
    """A text in which all is escaped that could move the cursor, reorder a line, hide, or pile up.

    Line feeds stay, and joiners and variation selectors where a script or an emoji needs them.
    """
    patterns = _patterns()

    def shorter(match: re.Match[str]) -> str:
        kept, marks = [], 0
        for char in match[0]:
            marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
            kept.append(escape(char) if marks > _MARKS else char)
        return "".join(kept)

    def seen(match: re.Match[str]) -> str:
        kept, before = [], match.string[max(0, match.start() - 1) : match.start()]
        for char in match[0]:
            joins, selects = patterns.joiner.match(char), patterns.selector.match(char)
            needs = patterns.joined if joins else patterns.selected if selects else None
            needed = needs is not None and needs.match(before)
            before = char if needed else ""
            kept.append(char if needed else escape(char))
        return "".join(kept)

    return patterns.harmful.sub(seen, patterns.pile.sub(shorter, text))
