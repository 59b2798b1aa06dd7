"""The sources below a report, as --sources asks for them: full, short, none."""

import re

import pytest

from calls import SHAPES
from helpers import ON_SMALL, call, small
from screen import on_terminal
from sisterline.text.cells import width

MARK = re.compile(r"\[\d+\]")
CITING = [SHAPES[name][1] for name in ("timeline-pair", "timeline-several", "show-pair", "show-place")]
CITING.append(("exchanges", "--records"))
every_shape = pytest.mark.parametrize("words", CITING, ids=" ".join)


def footnotes(text: str) -> list[str]:
    """The lines of a screen from the first source on."""
    return text[text.index("\n[1] ") + 1 :].splitlines()


@every_shape
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_off_a_terminal_sources_are_full(words: tuple[str, ...], form: str) -> None:
    assert small(*words, "-f", form) == small(*words, "-f", form, "--sources", "full")


def test_on_a_terminal_a_source_is_one_line_and_a_hint_names_the_rest() -> None:
    words = SHAPES["timeline-pair"][1]
    shown = [line for line in on_terminal(*words, *ON_SMALL).texts if line]
    hint = shown.pop()
    assert hint == "--sources full adds titles and whole addresses"
    first = next(n for n, line in enumerate(shown) if line.startswith("[1] "))
    assert all(line.startswith(f"[{n}]") for n, line in enumerate(shown[first:], 1))
    full = [line for line in on_terminal(*words, *ON_SMALL, "--sources", "full").texts if line]
    assert len(full) > len(shown)
    assert hint not in full
    asked = [line for line in on_terminal(*words, *ON_SMALL, "--sources", "short").texts if line]
    assert asked == shown


@pytest.mark.parametrize("columns", [20, 30, 40, 60, 80, 120])
def test_a_short_source_fits_its_line(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in (("timeline", "--city", "Beihai"), ("show", "kobe")):
        lines = footnotes(call(*words, "--sources", "short").out)
        assert len(lines) > 10
        assert [line for line in lines if width(line) > columns] == []


def test_a_short_source_has_publisher_and_address_or_else_its_title() -> None:
    page = call("timeline", "--city", "Beihai", "--sources", "short").out
    lines = [MARK.sub("", line).strip() for line in footnotes(page)]
    assert "Yatsushiro City https://www.city.yatsushiro.lg.jp/kiji003848/index.html" in lines
    assert any(line.startswith("Yatsushiro City, まちのわだい") for line in lines)
    document = call("timeline", "--city", "Beihai", "--sources", "short", "-f", "markdown").out
    assert re.search(r"^\d+\. Yatsushiro City <https://\S+>$", document, re.MULTILINE)


@every_shape
@pytest.mark.parametrize("columns", ["", "30", "80"])
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_without_sources_nothing_cites_one(
    words: tuple[str, ...], columns: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = small(*words, "-f", form).out.replace("\\", "")
    assert MARK.search(page)
    bare = small(*words, "-f", form, "--sources", "none")
    assert bare.err == ""
    assert not MARK.search(bare.out.replace("\\", ""))
    assert not re.search(r"^(## Sources|Cited|Source)$", bare.out, re.MULTILINE)


def test_a_source_that_was_asked_for_is_always_shown_whole() -> None:
    name = small("sources", "-f", "csv", "--columns", "id", "--limit", "1").lines[1]
    whole = small("sources", name)
    assert whole.out.count("[1] ") == 1
    for detail in ("short", "none"):
        assert small("sources", name, "--sources", detail) == whole


def test_json_holds_the_sources_whatever_a_page_shows() -> None:
    assert small("timeline", "-f", "json", "--sources", "none") == small("timeline", "-f", "json")


def test_another_value_is_an_error_that_lists_the_values() -> None:
    result = small("timeline", "--sources", "ful")
    assert result.err == (
        'sisterline: --sources: "ful" is not a valid value; did you mean full? (see sisterline help output)\n'
    )
