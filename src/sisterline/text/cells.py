"""Text measured, padded, truncated and wrapped in terminal cells.

Widths are terminal cells: Chinese and Japanese characters take two (UAX #11, wide and full-width), ambiguous
ones one, as Rich counts them.
"""

import re
from functools import lru_cache

# A line may break inside a word after a character of Chinese or Japanese, unless the next one must not begin
# a line (UAX #14, classes CL, CP, EX and NS, as far as titles need them).
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_NEVER_FIRST = "、。，．：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_PIECES = rf"[{_WIDE}][{_NEVER_FIRST}]*|[^\s{_WIDE}]+|\s+"


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
    """A text of at most `cells` cells; if it had to be cut, it ends with the ellipsis."""
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

    It breaks at spaces and between characters of Chinese and Japanese, and inside a word only if the word is
    wider than a line.
    """
    lines: list[str] = []
    line, used, room = "", 0, cells if first is None else first
    for piece in re.findall(_PIECES, text):
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
