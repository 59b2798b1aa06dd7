"""Names as people type them."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sisterline.language import ordinal, plural
from sisterline.text.escape import escape_unsafe, is_plainly_safe
from sisterline.text.matching import closest_match, fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("KOBE", "kobe"),
        ("Kōbe", "kobe"),  # a macron, as one character
        ("Ko\u0304be", "kobe"),  # and as two
        ("ＫＯＢＥ", "kobe"),  # full width
        ("Ürümqi", "urumqi"),
        ("Łódź", "łodz"),  # the stroke of Ł is no diacritic for Unicode
        ("Straße", "strasse"),
        ("İzmir", "izmir"),
        ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("Shin'yō", "shinyo"),
        ("Kita-Kyushu", "kitakyushu"),
        ("Kita‐Kyushu", "kitakyushu"),  # a Unicode hyphen
        ("St. Gallen", "stgallen"),
        ("  New\u3000York ", "newyork"),  # an ideographic space
        ("マリア・テレジア", "マリアテレジア"),
        ("八代市", "八代市"),
        ("서울", "서울"),  # taken apart by NFKD and put together again
        ("", ""),
    ],
)
def test_a_name_is_folded_to_what_people_type(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_the_voicing_of_kana_is_kept_for_it_tells_names_apart() -> None:
    assert fold("ばば") != fold("はは")
    assert fold("パリ") != fold("バリ")
    # However it is encoded: one character, two characters, half width.
    assert fold("が") == fold("か\u3099")
    assert fold("ガ") == fold("ｶﾞ")


# The same letters, or an apostrophe, a hyphen, a space, in code points that only NFKD brings to light.
@given(st.text())
@example("𝐊𝐨𝐛𝐞")
@example("℡")
@example("か゛")
@example("Xi＇an")
@example("a－b")
def test_a_folded_name_folds_to_itself(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(codec="latin-1")))
def test_case_makes_no_difference(name: str) -> None:
    assert fold(name.upper()) == fold(name.lower())


def test_the_nearest_word_is_found_through_case_and_diacritics() -> None:
    assert closest_match("Kobé", ["kyoto", "kobe", "osaka"]) == "kobe"
    assert closest_match("friendship city", ["sister-city", "friendship-city"]) == "friendship-city"


def test_the_nearest_word_is_given_as_it_is_written_in_a_sentence() -> None:
    assert closest_match("osaca", ["Ōsaka", "Kobe"], "did you mean {}?") == "did you mean Ōsaka?"


def test_of_words_that_fold_alike_the_first_is_the_nearest() -> None:
    assert closest_match("kobe", ["Kōbe", "Kobe", "KOBE"]) == "Kōbe"


@pytest.mark.parametrize("known", [[], ["beihai", "yatsushiro"]])
def test_nothing_is_said_where_no_word_is_near(known: list[str]) -> None:
    assert closest_match("xyz", known, "did you mean {}?") == ""


def test_a_noun_follows_its_count() -> None:
    assert plural(1, "event") == "1 event"
    assert plural(0, "event") == "0 events"
    assert plural(2, "city", "cities") == "2 cities"
    assert plural(1, "city", "cities") == "1 city"
    assert plural(1577, "event") == "1,577 events"


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


def test_what_is_plain_at_a_glance_is_harmless_and_combines_with_nothing() -> None:
    plain = [chr(code) for code in range(0x110000) if is_plainly_safe(chr(code))]
    assert escape_unsafe("".join(plain), "<{}>".format) == "".join(plain)
    assert {unicodedata.category(char) for char in plain} & {
        "Mn",
        "Me",
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    } == set()
    assert is_plainly_safe("Beihai 北海市 – はちおうじ市, Ōmuta, Αθήνα, Москва")


@pytest.mark.parametrize(
    "text", ["a\nb", "\u3164", "か\u3099", "e\u0301", "\u200b", "\ufe0f", "\x7f", "\ud800"]
)
def test_what_may_act_or_hide_is_not_plain(text: str) -> None:
    assert not is_plainly_safe(text)
