"""Text in cells: harmless, measured, padded, cut and wrapped."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers import CONTROL, HOSTILE
from sisterline.dates import abbreviate
from sisterline.language import localized, translations
from sisterline.model import Dataset
from sisterline.text.cells import NEVER_FIRST, NEVER_LAST, pad, truncate, width, wrap
from sisterline.text.escape import printable

# Latin, Chinese, Japanese with its small signs, marks that combine, and what no screen should do.
_TEXTS = st.text(
    st.sampled_from("ab é, .-北海市の熊本県、。」ァー々Ｋｺ") | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)
_PLAIN = st.text(st.sampled_from("abcde fgh-,.北海市の熊本県、。「」ァー々ō"), max_size=60)


# --- visible --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Beihai 北海市", "Beihai 北海市"),
        ("\x1b[31mred\x1b[0m", "\\u{1b}[31mred\\u{1b}[0m"),
        ("\x9b31m", "\\u{9b}31m"),  # the same in one byte (C1)
        ("a\nb", "a b"),
        ("a\r\n\tb", "a b"),
        ("a\u2028b\u2029c", "a b c"),
        ("\u202eevil\u202c", "\\u{202e}evil\\u{202c}"),
        ("\u2066x\u2069", "\\u{2066}x\\u{2069}"),
        ("bell\x07", "bell\\u{7}"),
        ("\x00", "\\u{0}"),
        ("soft\u00adhyphen", "soft\\u{ad}hyphen"),
        ("\ufeffmark", "\\u{feff}mark"),
        ("zero\u200bwidth", "zero\\u{200b}width"),
        ("tag\U000e0041", "tag\\u{e0041}"),
        ("\ud800", "\\u{d800}"),
        ("[red]x[/]", "[red]x[/]"),  # no markup here, so nothing to escape
        ("👩\u200d🔬", "👩\u200d🔬"),  # joiners are a part of what they join
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_text_is_shown_as_what_it_is(text: str, seen: str) -> None:
    assert printable(text) == seen


@given(st.text() | st.sampled_from(HOSTILE))
def test_nothing_that_is_shown_controls_a_terminal(text: str) -> None:
    shown = printable(text)
    assert not CONTROL.search(shown)
    assert "\n" not in shown
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]


@given(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_a_text_of_letters_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


# --- width, pad, clip -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("Beihai", 6), ("北海市", 6), ("Beihai 北海市", 13), ("Ōmori", 5), ("O\u0304mori", 5),
     ("ＫＯＢＥ", 8), ("ｺｳﾍﾞ", 4), ("「神戸」", 8), ("…", 1), ("━", 1), ("⇄", 1)],
)  # fmt: skip
def test_chinese_and_japanese_take_two_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@given(_TEXTS, st.integers(0, 60))
def test_a_padded_text_fills_its_cells_on_either_side(text: str, cells: int) -> None:
    text = printable(text)
    for align in ("left", "right"):
        padded = pad(text, cells, align)
        assert width(padded) == max(cells, width(text))
        assert padded.strip() == text.strip()
    assert pad(text, cells, "right").endswith(text)
    assert pad(text, cells).startswith(text)


@given(_TEXTS, st.integers(0, 40), st.sampled_from(["…", "...", ""]))
def test_a_cut_text_fits_and_begins_as_the_whole_one(text: str, cells: int, ellipsis: str) -> None:
    text = printable(text)
    cut = truncate(text, cells, ellipsis)
    assert width(cut) <= cells
    if width(text) <= cells:
        assert cut == text
    elif cells >= width(ellipsis):
        assert cut.endswith(ellipsis)
        assert text.startswith(cut.removesuffix(ellipsis))


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert truncate("北海市", 5) == "北海…"
    assert truncate("北海市", 4) == "北…"
    assert truncate("Bei 北", 5) == "Bei…"  # no blank before the mark
    assert truncate("Beihai", 2, "...") == ".."


@pytest.mark.parametrize("text", ["", "Beihai", "北海"])
def test_nothing_is_left_of_a_text_that_has_no_room(text: str) -> None:
    assert truncate(text, 0, "...") == ""
    assert truncate(text, -1, "...") == ""


# --- wrap -----------------------------------------------------------------------------------------


def test_words_are_kept_whole_and_chinese_breaks_anywhere_but_before_closing_signs() -> None:
    assert wrap("the quick brown fox", 9) == ["the quick", "brown fox"]
    assert wrap("北海市八代市", 6) == ["北海市", "八代市"]
    assert wrap("北海市、八代市", 6) == ["北海", "市、八", "代市"]
    assert wrap("a verylongword b", 6) == ["a", "verylo", "ngword", "b"]


# Phrases as titles have them; a mark is at most one on each side, as one that has no room would be cut.
_OPENING, _CLOSING = "「『（《〈【〔“‘", "、。，；：！？」』）》〉】〕”’・…ー々っゃ"
_phrases = st.one_of(
    st.text(st.sampled_from("北海市八代県友好都市結好年月を訪問するカバつがい"), min_size=1, max_size=12),
    st.builds(
        "{}{}".format, st.integers(0, 99_999), st.sampled_from(["周年", "人", "年", "か月", "个月", "頭"])
    ),
    st.builds("{}{}{}".format, st.sampled_from(_OPENING), st.just("天津"), st.sampled_from(_CLOSING)),
    st.sampled_from(["Seto", "COVID-19", " · ", " – ", "中・日", "f(x)", "1973-06-24", " ", "(中国)"]),
)


@pytest.mark.parametrize("cells", [20, 40, 80, 120])
@given(st.lists(_phrases, min_size=1, max_size=40).map("".join))
def test_no_mark_and_no_counter_is_parted_from_what_it_belongs_to(cells: int, text: str) -> None:
    # What is wider than a line is broken anywhere; a counter and a mark may follow it.
    assume(all(len(word) < cells - 10 for word in re.findall("[!-~]+", text)))
    lines = [line for line in wrap(text, cells) if line]
    for line, following in pairwise(lines):
        assert line[-1] not in NEVER_LAST, lines
        assert following[0] not in NEVER_FIRST, lines
        assert not (line[-1].isdecimal() and re.match("周年|人|年|か月|个月|頭", following)), lines
        assert not re.search(r"\d周$|\dか$|\d个$", line), lines


@pytest.mark.parametrize("cells", [40, 80, 120])
def test_no_text_of_the_bundled_data_is_parted_wrongly(bundled: Dataset, cells: int) -> None:
    texts = {
        text
        for partnership in bundled.partnerships
        for item in (*partnership.events, *partnership.exchanges)
        for field in ("title", "what", "notes")
        for text in translations(getattr(item, field, None))
    }
    assert any(len(wrap(text, cells)) > 1 for text in texts)
    for text in texts:
        for line, following in pairwise(wrap(text, cells)):
            assert line[-1] not in NEVER_LAST, text
            assert following[0] not in NEVER_FIRST, text
            assert not re.search(r"\d$", line) or not re.match("[年月日周人]", following), text


def test_the_first_line_may_have_less_room() -> None:
    assert wrap("one two three", 9, first=3) == ["one", "two three"]
    assert wrap("eleven", 9, first=3) == ["", "eleven"]


@given(_PLAIN, st.integers(1, 30))
def test_wrapping_loses_nothing_but_blanks(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line == line.rstrip() for line in lines)


@given(_PLAIN, st.integers(2, 30))
def test_no_wrapped_line_is_wider_than_its_room(text: str, cells: int) -> None:
    for line in wrap(text, cells):
        assert width(line) <= cells or len(line) == 1, line


@given(_TEXTS, st.integers(2, 30))
def test_wrapping_holds_for_any_characters(text: str, cells: int) -> None:
    text = printable(text)
    lines = wrap(text, cells)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(width(line) <= cells or len(line) == 1 for line in lines)


# --- intervals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("1996", "1996"),
        ("1996-03-05", "1996-03-05"),
        ("1996~", "1996~"),
        ("2007/2023", "2007/2023"),
        ("2018-12-18/2018-12-23", "2018-12-18/23"),
        ("2018-10-29/2018-11-01", "2018-10-29/11-01"),
        ("2018-12-28/2019-01-03", "2018-12-28/2019-01-03"),
        ("2018-10/2018-11", "2018-10/11"),
        ("1979/..", "1979/.."),
        ("../1999", "../1999"),
        ("2018-10-29/2018-11", "2018-10-29/2018-11"),  # not equally exact: nothing to leave out
        ("2018-10-29~/2018-11-01~", "2018-10-29~/2018-11-01~"),
    ],
)
def test_an_interval_leaves_out_what_its_end_repeats(period: str, expected: str) -> None:
    assert abbreviate(period) == expected


def test_the_cells_of_every_character_are_those_of_richs_table() -> None:
    from rich.cells import cell_len

    for code in (*range(0x20, 0x7F), *range(0xA0, 0xA000)):
        assert width(chr(code)) == cell_len(chr(code)), hex(code)


def test_a_text_in_ascii_breaks_as_any_other_does(bundled: Dataset) -> None:
    titles = {
        localized(event.title, "en") for partnership in bundled.partnerships for event in partnership.events
    }
    in_ascii = [title for title in titles if title.isascii()]
    assert len(in_ascii) > 1000
    for title in in_ascii:
        lines = wrap(title, 40)
        # With a Chinese character at its end a text takes the way of all others.
        assert wrap(f"{title} 中", 40)[: len(lines) - 1] == lines[:-1]


def test_blanks_at_the_ends_of_a_text_are_left_out() -> None:
    assert wrap("  北海市 ", 20) == ["北海市"]
    assert wrap("", 20) == [""]
