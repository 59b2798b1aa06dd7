"""Text made safe to print."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisterline.text.escape import escape_unsafe, is_plainly_safe


def test_a_plainly_safe_character_is_not_escaped_and_does_not_combine() -> None:
    safe = [chr(code) for code in range(0x110000) if is_plainly_safe(chr(code))]
    assert escape_unsafe("".join(safe), "<{}>".format) == "".join(safe)
    unsafe = {"Mn", "Me", "Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not unsafe & {unicodedata.category(char) for char in safe}
    assert is_plainly_safe("Beihai 北海市 – はちおうじ市, Ōmuta, Αθήνα, Москва")


@pytest.mark.parametrize(
    "text", ["a\nb", "\u3164", "か\u3099", "e\u0301", "\u200b", "\ufe0f", "\x7f", "\ud800"]
)
def test_text_that_may_act_hide_or_combine_is_not_plainly_safe(text: str) -> None:
    assert not is_plainly_safe(text)


@given(st.text())
def test_plainly_safe_text_is_not_changed(text: str) -> None:
    if is_plainly_safe(text):
        assert escape_unsafe(text, "<{}>".format) == text


def _code(char: str) -> str:
    return f"<{ord(char):x}>"


@given(st.text(st.sampled_from("e1\u0301\u0302\u200d\ufe0f\u180b\U0001f469か\u3099")))
def test_text_that_is_escaped_twice_is_the_same_as_escaped_once(text: str) -> None:
    once = escape_unsafe(text, _code)
    assert escape_unsafe(once, _code) == once
