"""Text made safe to print: nothing in it moves the cursor, reorders a line, hides or covers other lines.

Unsafe are default ignorable characters (UAX #44), bidirectional controls (UAX #9), other controls, and more
combining marks on one letter than any language writes.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

# Characters that str.isprintable allows and that may combine, join or hide; nearly all texts have none.
_SUSPECT = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\u3164"
    "\ua66f-\uabed\ufb1e\ufe00-\ufe2f\uffa0\U00010000-\U0010ffff]"
)
_MAX_MARKS = 8  # combining marks on one letter: the tallest stacks of Tibetan


def is_plainly_safe(text: str) -> bool:
    """Whether a text is certainly one line that `escape_unsafe` would not change; False for some that are.

    Nearly all texts are, and a command checks thousands: compiling the patterns below takes 5 ms.
    """
    return text.isprintable() and (text.isascii() or _SUSPECT.search(text) is None)


def printable(text: str) -> str:
    """A text as one safe line: line breaks and tabs become a space, unsafe characters an escape."""
    if is_plainly_safe(text):
        return text
    return escape_unsafe(re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text), _code_point)


def escape_unsafe(text: str, escape: Callable[[str], str]) -> str:
    """A text whose unsafe characters are escaped.

    Line feeds stay, and so do joiners and variation selectors where a script or an emoji needs them.

    Args:
        text: any text.
        escape: returns what to write for a character.
    """
    patterns = _patterns()
    text = patterns.stacked.sub(partial(_escape_stacked, escape), text)
    return patterns.unsafe.sub(partial(_escape_unneeded, escape), text)


def _code_point(char: str) -> str:
    return f"\\u{{{ord(char):x}}}"


class _Patterns(NamedTuple):
    """What to look for in a text that is not plainly safe.

    Attributes:
        stacked: characters in a row of which more than _MAX_MARKS may be combining marks.
        unsafe: characters that act or hide, joiners and selectors among them.
        needs: pairs of what may be needed, and of what must be before it then.
    """

    stacked: re.Pattern[str]
    unsafe: re.Pattern[str]
    needs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@cache
def _patterns() -> _Patterns:
    # Control characters but the line feed, line and paragraph separators, bidirectional controls, and the
    # other characters that are default ignorable, or letters without a shape (UAX #44).
    acting = (
        "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
        "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
        "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    )
    # These hide text, too, but a script or an emoji needs them after some characters.
    joiners, selectors = "\u200c\u200d", "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
    # The ranges that combining marks are in, with the letters between them.
    marks = (
        "\u0300-\u036f\u0483-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e"
        "\ufe00-\ufe2f\U000101fd-\U00016fe4\U0001bc9d\U0001bc9e\U0001cf00-\U0001e94a\U000e0100-\U000e01ef"
    )
    return _Patterns(
        stacked=re.compile(f"[{marks}]{{{_MAX_MARKS + 1},}}"),
        unsafe=re.compile(f"[{acting}{joiners}{selectors}]+"),
        needs=(
            (re.compile(f"[{joiners}]"), re.compile("[\u0600-\u200b\u200e-\U0010ffff]")),
            (
                re.compile(f"[{selectors}]"),
                re.compile(f"[0-9#*\u00a9-\U0010ffff](?<![{joiners}{selectors}])"),
            ),
        ),
    )


def _escape_stacked(escape: Callable[[str], str], match: re.Match[str]) -> str:
    """The characters of a match, with the marks escaped that come after _MAX_MARKS others."""
    kept, marks = [], 0
    for char in match[0]:
        if unicodedata.category(char) not in ("Mn", "Me"):
            marks = 0
        elif marks < _MAX_MARKS:
            marks += 1
        else:
            char = escape(char)
        kept.append(char)
    return "".join(kept)


def _escape_unneeded(escape: Callable[[str], str], match: re.Match[str]) -> str:
    """The characters of a match, escaped unless what is before them needs them."""
    kept = []
    before = match.string[max(0, match.start() - 1) : match.start()]
    for char in match[0]:
        if any(kind.match(char) and needy.match(before) for kind, needy in _patterns().needs):
            kept.append(char)
            before = char
        else:
            kept.append(escape(char))
            before = ""
    return "".join(kept)
