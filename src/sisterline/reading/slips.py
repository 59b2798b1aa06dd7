"""Typing slips in YAML: characters that look like its syntax but are not, and missing spaces.

PyYAML reports most of these after the place where they are, or not at all: `name：Kobe` is text that
continues in the next line. So the cause is looked for in the text before the error.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from sisterline.reading.positions import line_end, line_start
from sisterline.reading.schema import all_keys
from sisterline.reading.yaml_events import events
from sisterline.translation import gettext as _


class Slip(NamedTuple):
    """Something wrong in a text.

    Attributes:
        offset: index of the character.
        message: what is wrong.
        hint: the fix; empty if the message says it.
    """

    offset: int
    message: str
    hint: str = ""


_COLONS = "：﹕︓∶꞉"
_COMMAS = "，﹐､、"
_OPENING = "｛［﹛"
_CLOSING = "｝］﹜"
_QUOTES = "“”„‟‘’‚＂＇″′"
_HYPHENS = "－﹣‐‑‒–—―−"
_HASHES = "＃﹟"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LINE_SEPARATORS = "\u0085\u2028\u2029"

_SIGNS = {
    **dict.fromkeys(_COLONS, ":"),
    **dict.fromkeys(_COMMAS, ","),
    **dict(zip(_OPENING, "{[{", strict=True)),
    **dict(zip(_CLOSING, "}]}", strict=True)),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys("‘’‚＇′", "'"),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_HASHES, "#"),
}
_BLANK = re.compile(f"[{_SPACES}]")
_SEPARATOR = re.compile(f"[{_LINE_SEPARATORS}]")
_LOOKALIKE_BLANK = re.compile(f"[{_SPACES}{_INVISIBLE}]")
# A hyphen in a key joins two parts of an id, or should begin a record.
_IN_KEY = re.compile(
    f"[{_COLONS}{_SPACES}{_INVISIBLE}{_LINE_SEPARATORS}]|^[{_OPENING}{_QUOTES}{_HASHES}]"
    f"|(?<![^A-Za-z0-9])[{_HYPHENS}](?=[A-Za-z0-9 ]|$)"
)

_KEY = "[A-Za-z_][A-Za-z0-9_-]*"  # all keys of data files are of these characters
_LINE_START = r"(?:^|(?<=\r))[ ]*"
_LINE_END = r"(?=[\r\n]|\Z)"
_LEAD = f"{_LINE_START}(?:-[ ]+)*"  # what may be before a key in its line
_OPENS_VALUE = ("{", "[", '"', "'")
_NEAR = 200  # characters before a value that are looked at
_BEFORE_VALUE = rf"(?:{_LEAD}|:[ ]+|[,\[{{][ ]*)"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.MULTILINE)


# In these, group 1 is the slip.
_IN_BLOCKS = (
    _pattern(f"([{_LINE_SEPARATORS}])"),
    _pattern(f"{_LEAD}{_KEY}[ ]*([{_COLONS}])"),
    _pattern(f"{_LEAD}{_KEY}:([{_SPACES}{_INVISIBLE}])"),
    _pattern(f"{_LINE_START}([{_SPACES}{_INVISIBLE}])[ {_SPACES}{_INVISIBLE}]*(?:-[ ]|{_KEY}[:{_COLONS}])"),
    _pattern(f"{_LINE_START}-([{_SPACES}{_INVISIBLE}])"),
    _pattern(f"{_LINE_START}([{_HYPHENS}])[ {_SPACES}]"),
    _pattern(f"{_BEFORE_VALUE}([{_OPENING}])"),
    _pattern(f"{_BEFORE_VALUE}([{_QUOTES}])"),
    _pattern(f"{_LINE_START}([{_HASHES}])"),
)
_IN_FLOW = (
    _pattern(rf"([{_COMMAS}])[ {_SPACES}]*(?:{_KEY}[ ]*[:{_COLONS}]|[{{\[\"'])"),
    _pattern(rf"[,{{][ ]*{_KEY}[ ]*([{_COLONS}])"),
    _pattern(rf"[,{{][ ]*{_KEY}:([{_SPACES}{_INVISIBLE}])"),
)
# Without an opening one before it: 甲［乙］ is text.
_UNPAIRED_CLOSING = _pattern(
    rf"[:,\[{{][^{_OPENING}:,\[\]{{}}\"'\r\n]*([{_CLOSING}])[ ]*(?:{_LINE_END}|[,\]}}{_CLOSING}{_COMMAS}])"
)
_CLOSING_QUOTES = {
    '"': _pattern(rf"([“”„‟＂″])[ ]*(?:{_LINE_END}|[,\]}}])"),
    "'": _pattern(rf"([‘’‚＇′])[ ]*(?:{_LINE_END}|[,\]}}])"),
}
_NO_BLANK_IN_BLOCK = _pattern(rf"{_LEAD}({_KEY}):(?!//)([^\s:][^\r\n]*)")
_NO_BLANK_IN_FLOW = _pattern(rf"[,{{][ ]*({_KEY}):(?!//)([^\s:,}}\]]+)")
_NO_BLANK_AFTER_HYPHEN = _pattern(rf"{_LINE_START}-(?=[A-Za-z\"'\[{{])(.*){_LINE_END}")
# A comment that cuts off the rest of a mapping or list in brackets, or a colon.
_CUT_COMMENT = _pattern(rf"[ ]*#[^\r\n{_LINE_SEPARATORS}]*([{_LINE_SEPARATORS}])")
_COMMENT_IN_FLOW = _pattern(r"[^\s,:\[\]{}\"'][ \t]+(#)[^\r\n]*[,\]}]")
_COMMENT_IN_KEY = _pattern(rf"{_LEAD}[^\s#\"'\[{{][^#\r\n]*[ ](#)[^\r\n]*:(?:\s|\Z)")


def lookalike(text: str, index: int) -> Slip:
    """The slip of a character that looks like another, or is invisible."""
    char = text[index]
    name = unicodedata.name(char, "next line").lower()
    called = f"U+{ord(char):04X} ({name})"  # the character itself may not be visible
    if sign := _SIGNS.get(char):
        return Slip(
            index,
            _("the character {called} is not YAML syntax").format(called=called),
            _("write {sign} instead").format(sign=sign),
        )
    if _BLANK.match(char):
        return Slip(
            index,
            _("the character {called} is not a space in YAML").format(called=called),
            _("write a space (U+0020) instead"),
        )
    if _SEPARATOR.match(char):
        hint = _("write a line break or a space instead, or quote the text")
        return Slip(index, _("the character {called} ends a line in YAML").format(called=called), hint)
    return Slip(
        index, _("the invisible character {called} is not allowed here").format(called=called), _("delete it")
    )


def in_key(text: str, start: int, end: int) -> Slip | None:
    """The first slip in a key without quotes at [start, end) that a colon follows."""
    key = text[start:end]
    if not re.match(r"\s*:", text[end : end + 80]):
        return None
    if found := _IN_KEY.search(key):
        return lookalike(text, start + found.start())
    if key[:1] == "-" and (key[1:] in all_keys() or key[1:2] in _OPENS_VALUE):
        return _no_blank_after_hyphen(start, text[start + 1 : line_end(text, end)])
    return None


def in_unknown_key(text: str, start: int, key: str) -> Slip | None:
    """The slip in an unknown key that begins at an index: it may be a known key and its value."""
    found = _NO_BLANK_IN_BLOCK.match(key)
    if found and found[1] in all_keys() and text.startswith(key, start):
        return _no_blank_after_colon(text, found, start)
    return None


def in_key_without_value(text: str, start: int, end: int) -> Slip | None:
    """The slip because of which a key in brackets, at [start, end), has no value."""
    key = text[start:end]
    if found := re.match(rf"{_KEY}[ ]*([{_COLONS}])", key):
        return lookalike(text, start + found.start(1))
    found = re.match(rf"({_KEY}):(?!//)(\S.*)", key)
    return _no_blank_after_colon(text, found, start) if found else None


def comment_follows(text: str, index: int) -> bool:
    """Whether a comment is next in the line of an index."""
    return re.match(r"[ \t]+#", text[index : index + 80]) is not None


def in_value(text: str, start: int, end: int) -> Slip | None:
    """The slip that explains why text without quotes, at [start, end), is not valid; None if none does."""
    value = text[start:end].rstrip("\r\n ")
    for pattern in _in_values():
        if found := pattern.search(value):
            return lookalike(text, start + found.start(1))
    if found := re.match(r"-([A-Za-z\[{\"'].*)", value):
        return _no_blank_after_hyphen(start, found[1])
    if (found := _NO_BLANK_IN_BLOCK.match(value)) and found[1] in all_keys():
        return _no_blank_after_colon(text, found, start)
    return None


def line_separators(text: str) -> Iterator[Slip]:
    """The line separators of valid YAML, where PyYAML breaks lines at them: not in quotes or block text."""
    if not any(char in text for char in _LINE_SEPARATORS):
        return
    found = [match.start() for match in _SEPARATOR.finditer(text)]
    allowed = [(start, end) for start, end, style in scalar_spans(text) if style]
    allowed += [match.span() for match in re.finditer(r"^[ \t]*#[^\r\n]*", text, re.MULTILINE)]
    allowed.sort()
    starts = [start for start, _ in allowed]
    for index in found:
        before = bisect_right(starts, index)
        if not before or allowed[before - 1][1] <= index:
            yield lookalike(text, index)


def find_cause(text: str, start: int, stop: int, bracket: int | None) -> Slip | None:
    """The first slip that explains why text is not YAML; None if none does.

    Args:
        text: all of it.
        start: index at which the last event before the error begins.
        stop: index at which the parser stopped; the rest of that line is looked at, too.
        bracket: index of the innermost bracket that is open there; None if there is none.
    """
    region = _Region(text, start, line_end(text, stop))
    patterns = _IN_BLOCKS if bracket is None else (*_IN_BLOCKS, *_IN_FLOW)
    found = [lookalike(text, match.start(1)) for each in patterns if (match := region.search(each))]
    found += _missing_blanks(region, in_flow=bracket is not None)
    if match := _CUT_COMMENT.match(text, line_start(text, start)):
        found.append(lookalike(text, match.start(1)))
    comment = region.search(_COMMENT_IN_KEY)
    if bracket is not None:
        comment = region.search(_COMMENT_IN_FLOW)
        if match := _UNPAIRED_CLOSING.search(text, bracket, region.end):
            found.append(lookalike(text, match.start(1)))
    if comment:
        message = _("a comment begins here and cuts off the text before it")
        found.append(Slip(comment.start(1), message, _('quote text that has " #" in it')))
    return min(found, default=None)


def find_closing_quote(text: str, start: int) -> Slip | None:
    """A character in the same line that looks like the closing quote of the one at an index."""
    found = _CLOSING_QUOTES[text[start]].search(text, start + 1, line_end(text, start))
    return lookalike(text, found.start(1)) if found else None


def scalar_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and style of each scalar of valid YAML; without quotes the style is empty."""
    import yaml

    for event in events(text):
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            yield start.index, end.index, event.style or ""


class _Region(NamedTuple):
    """The part of a text to look for a slip in; patterns also see the beginning of its first line."""

    text: str
    start: int
    end: int

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match whose group 1 begins in the region."""
        # A line may be as long as the file, but what is before a value is short.
        first = max(line_start(self.text, self.start), self.start - _NEAR)
        for match in pattern.finditer(self.text, first, self.end):
            if match.start(1) >= self.start:
                return match
        return None


def _missing_blanks(region: _Region, *, in_flow: bool) -> Iterator[Slip]:
    if match := region.search(_NO_BLANK_IN_FLOW if in_flow else _NO_BLANK_IN_BLOCK):
        yield _no_blank_after_colon(region.text, match)
    if match := region.search(_NO_BLANK_AFTER_HYPHEN):
        yield _no_blank_after_hyphen(match.start(1) - 1, match[1])


def _no_blank_after_colon(text: str, match: re.Match[str], offset: int = 0) -> Slip:
    index = offset + match.start(2)
    if _LOOKALIKE_BLANK.match(text, index):
        return lookalike(text, index)
    value = match[2].split(" #")[0].strip()
    return Slip(
        index,
        _('a space is missing after the colon of "{match}"').format(match=match[1]),
        _("write {match}: {value}").format(match=match[1], value=value),
    )


def _no_blank_after_hyphen(index: int, rest: str) -> Slip:
    return Slip(
        index + 1, _("a space is missing after the hyphen"), _("write - {strip}").format(strip=rest.strip())
    )


@cache
def _in_values() -> tuple[re.Pattern[str], ...]:
    """Patterns of slips in values that are not valid; group 1 is the slip."""
    return tuple(
        re.compile(source)
        for source in (
            f"([{_INVISIBLE}])",
            f"^([{_SPACES}])",
            f"([{_SPACES}])[ {_SPACES}]*$",
            f"^{_KEY}[ ]*([{_COLONS}])",
            f"^{_KEY}:([{_SPACES}])",
            f"^([{_OPENING}{_QUOTES}])",
            f"^([{_HYPHENS}])[ {_SPACES}]",
            f"^[a-z0-9-]+([{_COMMAS}])",
        )
    )
