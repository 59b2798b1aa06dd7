"""Sentences in Chinese and Japanese: marks of full width, dates in words, names instead of ids."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from calls import REPORTS
from helpers import TODAY, call, plain, small
from sisterline.formats.terminal import page
from sisterline.formats.terminal.console import Viewport
from sisterline.model import Dataset
from sisterline.reports.diff import SectionCount, diff_report
from sisterline.text.cells import wrap
from sisterline.translation import speaking

# A half-width mark beside a character of Chinese or Japanese, or after what such a sentence quotes.
HALF_WIDTH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff”」）][:;,!?] |[:;,] [“「（\u3040-\u30ff\u4e00-\u9fff]")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
OTHERS = ("zh", "ja")

MISTAKES = [
    ("list", "--kind", "foo"),
    ("list", "--founded", "foo"),
    ("list", "--from", "1996-13"),
    ("list", "--last-event", "soon"),
    ("list", "--limit", "0"),
    ("list", "--format", "foo"),
    ("list", "Jinshen"),
    ("list", "Sakae", "City"),
    ("list", "--form", "csv"),
    ("sources", "Jinshen"),
    ("stats", "--by", "foo"),
    ("anniversaries", "Jinshan", "--year", "2027"),
    ("anniversaries", "Jinshan", "--within", "1d", "--every", "1"),
    ("timeline", "--text", "nothing has this"),
    ("timeline", "--from", "2020", "--to", "2010"),
]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_message_has_no_mark_of_half_width(words: tuple[str, ...], language: str) -> None:
    result = small(*words, "--lang", language)
    # The language of a call that cannot be read is that of the line all the same.
    message = result.err.removeprefix("sisterline: ")
    assert message
    assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", message), message
    assert not HALF_WIDTH.search(message), message


@pytest.mark.parametrize("language", OTHERS)
def test_a_problem_of_a_data_file_has_no_mark_of_half_width(language: str) -> None:
    bad = sorted((Path(__file__).parent / "bad").glob("date-*.yaml"))
    for line in call("check", *bad, "--lang", language).out.splitlines():
        message = re.sub(r"^\S+:\d+:\d+: ", "", line)
        assert not HALF_WIDTH.search(message), message


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("report", ["timeline", "anniversaries"])
def test_the_heading_of_a_report_has_dates_in_words(report: str, language: str) -> None:
    lines = small(*REPORTS[report], "--lang", language).lines
    assert not ISO_DAY.search(lines[0])
    assert "年" in lines[0]
    if report == "timeline":
        (today,) = (line for line in lines if "──" in line)
        assert "2026年11月21日" in today


@pytest.mark.parametrize(("language", "pair"), [("zh", "金山市 – 大森市"), ("ja", "金山市 – 大森市")])
def test_a_note_names_a_pair_and_writes_its_days_in_words(language: str, pair: str) -> None:
    note = small("anniversaries", "Jinshan", "--year", "2028", "--lang", language).err
    assert pair in note
    assert "jinshan-omori" not in note
    assert "2028年1月1日" in note
    assert not ISO_DAY.search(note)


@pytest.mark.parametrize("language", OTHERS)
def test_the_pair_before_an_event_ends_in_a_colon_of_full_width(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = small("timeline", "--lang", language).lines
    assert any("大森市：" in line for line in lines)
    assert not any("大森市: " in line for line in lines)
    written = small("timeline", "--lang", language, "-f", "markdown").out
    assert "大森市：" in written
    assert "大森市： " not in written


def test_an_ordinal_and_its_count_stay_in_one_line() -> None:
    text = "周年14件：45周年3組・40周年11組・35周年1組"
    for cells in range(14, 44):
        lines = wrap(text, cells)
        assert "".join(lines) == text
        for part in ("45周年3組", "40周年11組", "35周年1組"):
            assert any(part in line for line in lines), lines


def test_the_counts_of_a_difference_have_thousands_apart(world: Dataset) -> None:
    report = diff_report(world, world, TODAY)
    count = SectionCount(section="events", old=1817, new=12011, added=10194, removed=0, changed=1752)
    for language in ("en", *OTHERS):
        with speaking(language):
            lines = plain(page.lines(replace(report, sections=(count,)), Viewport()))
        assert any({"1,817", "12,011", "10,194", "1,752"} <= set(line.split()) for line in lines)
