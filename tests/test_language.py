"""English counts and ordinals, and the lookup of language tags."""

import pytest

from sisterline.language import language_range, lookup, ordinal


@pytest.mark.parametrize(
    ("suffix", "numbers"),
    [
        ("st", (1, 21, 101, 1001)),
        ("nd", (2, 22, 102)),
        ("rd", (3, 23, 103)),
        ("th", (0, 4, 10, 11, 12, 13, 14, 20, 50, 100, 111, 112, 113, 211)),
    ],
)
def test_an_ordinal_has_its_english_suffix(suffix: str, numbers: tuple[int, ...]) -> None:
    assert [ordinal(n) for n in numbers] == [f"{n}{suffix}" for n in numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zh", "zh"),
        ("zh_CN.UTF-8", "zh-cn"),
        ("ja_JP@cjk", "ja-jp"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("", ""),
    ],
)
def test_a_language_may_be_a_tag_or_a_locale(text: str, expected: str) -> None:
    assert language_range(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ZH-HANT-TW", "zh-Hant"),  # subtags are dropped from the end (RFC 4647, 3.4)
        ("zh", "zh"),
        ("pt", "pt-BR"),  # the first of the same language
        ("de", None),
        ("", None),
    ],
)
def test_a_language_is_looked_up_among_tags(text: str, expected: str | None) -> None:
    assert lookup(text, ["en", "zh", "zh-Hant", "pt-BR", "pt-PT"]) == expected
