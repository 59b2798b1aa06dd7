"""One form for the variants of a character in names: old and new kanji, katakana and hiragana, diacritics.

The table (variants.txt) is derived from Unicode data; its first lines name the sources and their licence. It
is loaded for characters that Unicode does not decompose, not for ASCII or Latin letters with diacritics.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_SEPARATORS = frozenset("-‐‑–—'’‘ʼʻ′`·・.")
_KANA_VOICING = frozenset("\u3099\u309a")  # combining, but ば and は are different
_KANA = str.maketrans(
    {
        **{chr(code): chr(code - 0x60) for code in (*range(0x30A1, 0x30F5), 0x30FD, 0x30FE)},
        # A small ke or ka in a name is an abbreviated 箇, read "ga": 茅ヶ崎 is 茅が崎.
        **dict.fromkeys("ヵヶゕゖ", "か\u3099"),
    }
)
# So is a large one after a kanji or hiragana and before a kanji or the end (龍ケ崎), but not in a word of
# katakana (ミルウォーキー, ケルン).
_LARGE_KE = re.compile("(?<=[^\u30a1-\u30ff])ケ(?![\u3041-\u30ff])")


def fold_characters(name: str) -> str:
    """A name without case, diacritics, separators and invisible characters, in one form of each character.

    Compatibility forms (NFKD, UAX #15) are one, and so are letters that Unicode does not decompose and their
    ASCII equivalents (CLDR Latin-ASCII), old, new, simplified and variant kanji (Unihan, UAX #38), hiragana
    and katakana. Default ignorable characters (UAX #44), variation selectors among them, are dropped; the
    voicing marks of kana stay. Folding a folded name changes nothing.
    """
    if "ケ" in name or "ｹ" in name:
        joined = "".join(char for char in unicodedata.normalize("NFKC", name) if not _separates(char))
        name = _LARGE_KE.sub("が", joined)
    return unicodedata.normalize("NFC", name.translate(_FOLDED))


def drop_ignorable(name: str) -> str:
    """A name in its compatibility composition (NFKC) without characters that are default ignorable."""
    return unicodedata.normalize("NFKC", name).translate(_ignorable())


def variants_for(text: str) -> dict[str, str]:
    """The characters that are folded to others which Unicode does not decompose them to, and to what.

    Only those that are folded to what is in a text, folded: whoever searches it needs no others.
    """
    # Most of a long text is ASCII, of which any character may be in it.
    beyond_ascii = re.sub(r"[\0-\x7f]+", "", text)
    used = set(fold_characters("".join(sorted(set(beyond_ascii))))) | set(map(chr, range(128)))
    return {chr(code): to for code, to in _table().items() if used.issuperset(to)}


class _Folded(dict[int, str]):
    """Code points with what they are folded to, computed at the first look-up."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if code < 0x10000:  # else a hostile text could fill the memory
            self[code] = folded
        return folded


_FOLDED = _Folded()


def _fold_character(char: str) -> str:
    # Case folding can undo a decomposition and vice versa (Unicode 3.13, D145), so both are done twice.
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold()).casefold()
    kept = "".join(part for part in parts if not _separates(part) and not _is_diacritic(part))
    if kept.isascii():
        return kept
    return kept.translate(_ignorable()).translate(_table()).translate(_KANA)


def _separates(char: str) -> bool:
    return char.isspace() or char in _SEPARATORS


def _is_diacritic(char: str) -> bool:
    return unicodedata.combining(char) != 0 and char not in _KANA_VOICING


@cache
def _table() -> dict[int, str]:
    """Code points of letters and kanji with what they are folded to."""
    letters, _, groups = _sections()
    latin = {ord(line[0]): line[2:] for line in letters}
    return latin | {ord(char): group[0] for group in groups for char in group[1:]}


@cache
def _ignorable() -> dict[int, None]:
    """Default ignorable characters, as a table for `str.translate` that drops them."""
    _, ranges, _ = _sections()
    ignorable: dict[int, None] = {}
    for line in ranges:
        first, _, last = line.partition(" ")
        ignorable |= dict.fromkeys(range(int(first, 16), int(last, 16) + 1))
    return ignorable


@cache
def _sections() -> tuple[list[str], list[str], list[str]]:
    """The lines of variants.txt under [letters], [ignored] and [kanji]."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    _, _, text = text.partition("\n[letters]\n")
    letters, _, text = text.partition("\n[ignored]\n")
    ignored, _, kanji = text.partition("\n[kanji]\n")
    return letters.splitlines(), ignored.splitlines(), kanji.splitlines()
