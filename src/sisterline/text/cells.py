"""Text measured, padded, truncated and wrapped in terminal cells.

Widths are terminal cells: Chinese and Japanese characters take two (UAX #11, wide and full-width), ambiguous
ones one, as Rich counts them.
"""

import re
from functools import cache, lru_cache

# Where a line may break (JIS X 4051, UAX #14): at spaces, and on both sides of a character of Chinese or
# Japanese; but not after an opening mark, nor before a closing mark or what cannot begin a line (classes OP,
# CL, CP, EX, IN and NS), nor between a number and its counter.
_WIDE = r"\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
NEVER_LAST = "「『（《〈【〔［｛“‘(["
NEVER_FIRST = (
    "、。，．：；？！）」』】〕〉》］｝”’・·…‥％〜～ー々ゝゞヽヾ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
)
_ENDINGS = ")],.!?;:%"  # the same in ASCII, where a character of Chinese or Japanese is before them
_DASHES = "·・–—…"  # with a space before them they do not begin a line either
_COUNTERS = "周年|年代|年度|年間|个月|か月|か国|か所|人次|世纪|世紀|公里|小时|時間"


def _pieces(text: str) -> list[str]:
    """The parts of a text that a line breaks between.

    A text in ASCII breaks at spaces and between footnotes only. The pattern for all others takes 6 ms to
    compile, which many a call saves.
    """
    if text.isascii() and "][" not in text:
        return re.findall(r"\S+|\s+", text)
    return _pattern().findall(text)


@cache
def _pattern() -> re.Pattern[str]:
    """The rules above as one pattern; made when the first text needs it."""
    opening, closing = re.escape(NEVER_LAST), re.escape(NEVER_FIRST)
    endings = re.escape(_ENDINGS)
    wide = rf"(?:(?![{opening}{closing}])[{_WIDE}])"
    letters = rf"(?:[^\s{_WIDE}{opening}]|[{opening}](?=[^\s{_WIDE}{opening}]))+"
    counted = r"(?:\d+周年(?=\d))?"  # 45周年3組
    word = rf"(?:[第约約](?=\d))?{counted}{letters}(?:(?<=\d)(?:{_COUNTERS}|{wide}))?"
    mark = r"\[\d+\](?=\[)"  # of a footnote before another one
    text = rf"{mark}|[{opening}]*(?:{word}|{wide})[{closing}{endings}]*|[{opening}{closing}]+"
    return re.compile(rf"(?:{text})(?:\s+[{_DASHES}](?!\S))*|\s+")


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """The number of cells that a text takes."""
    if text.isascii():
        return len(text)
    if "\u200d" in text or "\ufe0f" in text:  # joined characters, and emoji by a variation selector
        from rich.cells import cell_len

        return cell_len(text)
    return sum(map(_CELLS.__getitem__, text))


class _Cells(dict[str, int]):
    """The width of single characters, looked up in Rich's table once each."""

    def __missing__(self, char: str) -> int:
        # Most names are in these ranges, for which Rich's table (4 ms) need not be loaded. Unassigned
        # ideographs are wide, too (UAX #11, 4.1).
        if "\xae" <= char < "\u0300" or "\u2010" <= char <= "\u2027":
            cells = 1
        elif "\u4e00" <= char <= "\u9fff" or "\u3041" <= char <= "\u3096" or "\u30a0" <= char <= "\u30ff":
            cells = 2
        else:
            from rich.cells import cell_len

            cells = cell_len(char)
        self[char] = cells
        return cells


_CELLS = _Cells((chr(code), 1) for code in range(0x20, 0x7F))


def pad(text: str, cells: int, align: str = "left") -> str:
    """A text filled with spaces to a width; a wider one is returned unchanged."""
    fill = " " * (cells - width(text))
    return fill + text if align == "right" else text + fill


def truncate(text: str, cells: int, ellipsis: str = "…") -> str:
    """A text of at most `cells` cells; if it had to be cut, it ends with the ellipsis.

    Where there is no room at all, which also negative cells say, nothing is left of it.
    """
    cells = max(cells, 0)
    if width(text) <= cells:
        return text
    room = cells - width(ellipsis)
    if room < 0:
        return ellipsis[:cells]
    kept, used = [], 0
    for char in text:
        used += width(char)
        if used > room:
            break
        kept.append(char)
    # A sequence may be wider than its characters one by one (UAX #51: ❤, and ❤️ with a variation selector).
    while width("".join(kept)) > room:
        kept.pop()
    return "".join(kept).rstrip() + ellipsis


def wrap(text: str, cells: int, first: int | None = None) -> list[str]:
    """A text broken into lines of at most `cells` cells, the first of at most `first`.

    It breaks where the rules above allow it, and elsewhere only inside what is wider than a line.
    """
    if first is None and width(text) <= cells:
        return [text.strip()]
    lines: list[str] = []
    line, used, room = "", 0, cells if first is None else first
    for piece in _pieces(text):
        need = width(piece)
        if used + need > room and (line or first is not None) and not piece.isspace():
            lines.append(line.rstrip())
            line, used, room, first = "", 0, cells, None
        if piece.isspace() and not line:
            continue
        while need > room and len(piece) > 1 and not piece.isspace():
            head = truncate(piece, room - used, "") or piece[0]
            lines.append(line + head)
            piece = piece[len(head) :]
            line, used, room, need = "", 0, cells, width(piece)
        line, used = line + piece, used + need
    lines.append(line.rstrip())
    return lines
