"""What a Chinese and a Japanese title keep of the English one. The rules find slips, not errors of meaning.

docs/translating.md has the style that they are a part of.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

CJK = r"[\u3040-\u30ff\u4e00-\u9fff]"
# Characters of names and of a bird that Chinese writes so, though they are not in GB 2312.
BEYOND_GB2312 = "潟栃橿槻榛畑込辻笹篠埼堺韮萩塚镕鹮祐"
LONGEST = 60  # characters
ENGLISH_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "both": 2, "pair": 2, "twin": 2, "dozen": 12, "decade": 10,
    "once": 1, "twice": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "one": 1, "first": 1, "alternate": 2, "a": 1, "sixteen": 16,
    "twenty": 20, "hundred": 100, "centenary": 100, "decades": 10, "others": 1,
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
LARGE_NUMBERS = {" million": 1_000_000, "万": 10_000}
HAN_NUMBERS = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十四": 14,
    "两": 2, "両": 2, "首": 1, "初": 1, "双": 2,
}  # fmt: skip
ENDINGS = (
    r"(市|区|县|省|都|府|镇|町|村|県|鎮|郡|新区|自治州|自治县|自治県"
    r"|(壮族|チワン族|回族|维吾尔|ウイグル)?自治区)$"
)


class Remark(NamedTuple):
    """A rule that a title breaks, and how."""

    language: str
    rule: str
    detail: str


def remarks(titles: Mapping[str, str], places: Mapping[str, Mapping[str, str]]) -> Iterator[Remark]:
    """What is wrong with a title in Chinese and in Japanese.

    Args:
        titles: the title by language: en, zh and ja.
        places: the names of the two places of its partnership by their English names.
    """
    english = titles["en"]
    for language in ("zh", "ja"):
        text = titles[language]
        for rule, detail in (
            *_numbers(english, text),
            *_marks(text),
            *_latin(english, text),
            *_places(english, text, language, places),
        ):
            yield Remark(language, rule, detail)
    for rule, detail in _chinese(titles["zh"]):
        yield Remark("zh", rule, detail)
    for rule, detail in _japanese(titles["ja"]):
        yield Remark("ja", rule, detail)


def _numbers(english: str, text: str) -> Iterator[tuple[str, str]]:
    """Every number of the English title, and no other; a number in words may be a word in any of them."""
    written = _digits(english)
    spelled = _spelled(english)
    found = _digits(text)
    in_han = {number for word, number in HAN_NUMBERS.items() if word in text}
    for number in sorted(written - found - in_han):
        yield "number missing", str(number)
    for number in sorted(found - written - spelled):
        yield "number added", str(number)


def _spelled(english: str) -> set[int]:
    """The numbers that words of the English title may stand for."""
    words = re.findall(r"[a-z]+", english.lower())
    found = {ENGLISH_NUMBERS[word] for word in words if word in ENGLISH_NUMBERS}
    if "decades" in words:
        found |= {10 * number for number in found}
    millions = re.findall(r"\b([a-z]+) million", english.lower())
    found |= {ENGLISH_NUMBERS[word] * 1_000_000 for word in millions if word in ENGLISH_NUMBERS}
    return found | {number for number, month in enumerate(MONTHS, start=1) if month in english}


def _digits(text: str) -> set[int]:
    plain = re.sub(r"(\d)[,，](?=\d{3})", r"\1", text.replace("COVID-19", ""))
    plain = re.sub(r"20世纪(\d)0年代", r"19\g<1>0", plain)
    for amount, word in re.findall(r"(\d+(?:\.\d+)?)( million|万)", plain):
        plain = plain.replace(f"{amount}{word}", f" {float(amount) * LARGE_NUMBERS[word]:.0f} ")
    return {int(number) for number in re.findall(r"\d+", plain)}


def _marks(text: str) -> Iterator[tuple[str, str]]:
    if re.search(r"[。．.]$", text):
        yield "final stop", text[-1]
    for marked in re.findall(rf"{CJK}[,;:!?()]|[,;:!?()]{CJK}", text):
        yield "half-width mark", marked
    if match := re.search(r"[０-９Ａ-Ｚａ-ｚ]", text):
        yield "full-width letter or digit", match[0]
    if match := re.search(rf"{CJK}\s|\s{CJK}", text):
        yield "space", match[0]
    if len(text) > LONGEST:
        yield "long", str(len(text))


def _latin(english: str, text: str) -> Iterator[tuple[str, str]]:
    """Latin words that the English title does not have: only names whose characters are unknown stay so."""
    for word in re.findall(r"[A-Za-zĀ-ž]{2,}", text):
        if word not in english:
            yield "Latin word", word


def _places(
    english: str, text: str, language: str, places: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """A place of the partnership that the English title names is named here."""
    for name, names in places.items():
        stem = re.sub(r"( Prefecture| District| County| City| Town| New Area| Province)$", "", name)
        if re.search(rf"\b{re.escape(stem)}\b", english):
            wanted = re.sub(ENDINGS, "", names[language])
            if wanted not in text:
                yield "place not named", wanted


def _chinese(text: str) -> Iterator[tuple[str, str]]:
    simplified = _simplifier().convert(text)
    for sign, simple in zip(text, simplified, strict=False):
        if not is_simplified(sign) or (sign != simple and sign not in BEYOND_GB2312):
            yield "not simplified", sign
    if match := re.search(r"[\u3040-\u309f\u30a1-\u30fa]", text):
        yield "kana", match[0]
    if match := re.search(r"[「」『』]", text):
        yield "Japanese quotes", match[0]


def _japanese(text: str) -> Iterator[tuple[str, str]]:
    if match := re.search(r"[“”‘《》]|’(?!\d)", text):
        yield "Chinese quotes", match[0]
    for sign in text:
        if not is_japanese(sign):
            yield "not in JIS X 0213", sign


def is_simplified(sign: str) -> bool:
    """Whether simplified Chinese has a character: GB 2312, and some more; true for all that are not Han."""
    return sign in BEYOND_GB2312 or _in_charset(sign, "gb2312")


def is_japanese(sign: str) -> bool:
    """Whether Japanese has a character: JIS X 0213; true for all that are not Han."""
    return _in_charset(sign, "euc_jis_2004")


def _in_charset(sign: str, encoding: str) -> bool:
    """Whether a Han character is in the character set of an encoding; true for all others."""
    if not "\u4e00" <= sign <= "\u9fff":
        return True
    try:
        sign.encode(encoding)
    except UnicodeError:
        return False
    return True


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
