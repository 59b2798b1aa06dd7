"""Names in the form in which they are compared, and the closest of several."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sisterline.text.matching import closest_folded, closest_match, fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("KOBE", "kobe"),
        ("Kōbe", "kobe"),  # a macron, as one character
        ("Ko\u0304be", "kobe"),  # and as two
        ("ＫＯＢＥ", "kobe"),  # full width
        ("Ürümqi", "urumqi"),
        ("Łódź", "lodz"),  # the stroke of Ł is not a diacritic in Unicode
        ("Straße", "strasse"),
        ("İzmir", "izmir"),
        ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("Shin'yō", "shinyo"),
        ("Kita-Kyushu", "kitakyushu"),
        ("Kita‐Kyushu", "kitakyushu"),  # a Unicode hyphen
        ("St. Gallen", "stgallen"),
        ("  New\u3000York ", "newyork"),  # an ideographic space
        ("マリア・テレジア", "まりあてれじあ"),
        ("八代市", "八代市"),
        ("서울", "서울"),  # decomposed by NFKD and composed again
        ("", ""),
    ],
)
def test_a_name_is_folded_to_what_people_type(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_kana_with_and_without_a_voicing_mark_differ() -> None:
    assert fold("ばば") != fold("はは")
    assert fold("パリ") != fold("バリ")
    # However it is encoded: one character, two characters, half width.
    assert fold("が") == fold("か\u3099")
    assert fold("ガ") == fold("ｶﾞ")


# The same letters, or an apostrophe, a hyphen, a space, in code points that only NFKD reveals.
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


def test_the_closest_word_is_found_whatever_its_case_and_diacritics() -> None:
    assert closest_match("Kobé", ["kyoto", "kobe", "osaka"]) == "kobe"
    assert closest_match("friendship city", ["sister-city", "friendship-city"]) == "friendship-city"


def test_the_closest_word_is_given_as_it_is_spelled() -> None:
    assert closest_match("osaca", ["Ōsaka", "Kobe"]) == "Ōsaka"


def test_of_words_with_the_same_folded_form_the_first_is_the_closest() -> None:
    assert closest_match("kobe", ["Kōbe", "Kobe", "KOBE"]) == "Kōbe"


@pytest.mark.parametrize("known", [[], ["beihai", "yatsushiro"]])
def test_without_a_close_word_the_result_is_empty(known: list[str]) -> None:
    assert closest_match("xyz", known) == ""


def test_the_closest_folded_word_is_given_as_its_value() -> None:
    known = [("kobe", 0), ("osaka", 1)]
    assert closest_folded("kobbe", known) == 0
    assert closest_folded("xyz", known) is None


def test_a_word_has_to_be_as_like_as_is_asked() -> None:
    assert closest_match("kobexx", ["kobe"], likeness=0.6) == "kobe"
    assert closest_match("kobexx", ["kobe"], likeness=0.9) == ""
