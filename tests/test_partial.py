"""A file with a syntax error: the records that can still be read are checked, and nothing is guessed."""

from pathlib import Path

import pytest

from helpers import SMALL
from sisterline.errors import DataError
from sisterline.reading import partial
from sisterline.reading.dataset import load_dataset, read_dataset
from sisterline.reading.yaml_text import parse

pytestmark = pytest.mark.usefixtures("here")

PLACES = """\
places:
  # the first
  kobe: {name: Kobe, country: JP, level: city}
  nara: {name: "Nara, country: JP, level: city}
  otsu: {name: Otsu, country: JP, level: cty}
"""
TIES = """\
partnerships:
- id: a
  between: [kobe, nara]
  since: 1973-13
- id: b
  between: [kobe, otsu
  since: 1980
- id: c
  between: [kobe, otsu]
  kind: sister
"""


def problems(text: str, *others: str) -> list[str]:
    """What is wrong with files of these texts, without the fixes."""
    paths = []
    for number, each in enumerate((text, *others)):
        path = Path(f"{'abc'[number]}.yaml")
        path.write_text(each, encoding="utf-8", newline="")
        paths.append(path)
    found = read_dataset(paths).problems
    return [f"{problem.place}: {problem.message}" for problem in found]


def test_a_syntax_error_does_not_hide_the_other_problems_of_the_file() -> None:
    assert problems(PLACES + TIES) == [
        "a.yaml:4:16: the quote that opens here is never closed",
        'a.yaml:5:42: "cty" is not a valid level',
        'a.yaml:9:10: "since": "1973-13" is not a date: there is no month 13',
        "a.yaml:12:8: the bracket that opens at 11:12 should continue or close here",
        'a.yaml:15:9: "sister" is not a valid kind',
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_lines_and_columns_are_those_of_the_file(line_break: str) -> None:
    text = "places:\n  a: [\n\n  # 北海 [\n  北: {name: 北海, country: CN, level: city}\n"
    assert problems(text.replace("\n", line_break))[1:] == ['a.yaml:5:3: "北" is not a valid id']


def test_a_reference_to_a_record_that_cannot_be_read_is_no_problem() -> None:
    text = "partnerships:\n- {id: a, between: [kobe, nara]}\n"
    for parts in ((PLACES + text,), (PLACES, text)):
        found = problems(*parts)
        assert [line for line in found if "has the id" in line] == []
        assert len(found) == 2


def test_a_file_with_a_syntax_error_is_not_used() -> None:
    Path("a.yaml").write_text(PLACES, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_dataset([Path("a.yaml")])
    assert len(raised.value.problems) == 2


def test_records_without_an_indent_and_sections_in_braces_are_read() -> None:
    text = "sources: {a: {title: [}}\nplaces: {x: {name: X}}\ntotals:\n- {by: [}\n- {by: X, count: many}\n"
    found = problems(text)
    lines = [line.split(":")[1] for line in found]
    assert lines == ["1", "2", "2", "4", *"55555"]


def test_a_line_that_is_no_key_leaves_the_sections_around_it_readable() -> None:
    text = "places:\n  a: {name: A, country: CN, level: x}\nand now the ties\npartnerships:\n- {id: A}\n"
    assert [line.split(":")[1] for line in problems(text)] == ["2", "3", "5", "5"]


def test_where_no_record_can_be_read_the_syntax_error_is_the_only_problem() -> None:
    for text in ("places:\n  a: [\n", "- a\n- [\n", "a: b: c\n", "places:\n\ta: {}\n", "'\n"):
        assert len(problems(text)) == 1, text


def test_a_file_that_is_refused_is_not_read_in_parts() -> None:
    deep = "places:\n  a: {}\n  b: " + "[" * 40
    assert [line.split(": ")[1] for line in problems(deep)] == ["nested deeper than 32 levels"]
    second = "places:\n  a: {}\n---\nplaces:\n  b: [\n"
    assert [line.split(": ")[1] for line in problems(second)] == ["a second document begins here"]


def test_what_is_forbidden_in_the_rest_of_the_file_is_reported_with_the_syntax_error() -> None:
    found = problems("places:\n  a: ]\n  b: &b {name: B}\n")
    assert [line.split(": ")[1] for line in found][1:] == ["the anchor &b is not allowed"]


@pytest.mark.parametrize("path", sorted(SMALL.glob("*.yaml")), ids=lambda path: path.stem)
def test_in_valid_data_a_broken_record_is_the_only_problem(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    tried = 0
    for number, line in enumerate(lines):
        if ": " not in line:
            continue
        key, value = line.split(": ", 1)
        for broken in (f"{key}: '{value}", f"{key}: [{value}", f"{key}: {{{value}", f"{key}: a: {value}"):
            changed = "".join((*lines[:number], broken, *lines[number + 1 :])).encode()
            document, found = parse(changed, "a.yaml")
            if document is not None and document.is_partial:
                tried += 1
                assert len(found) == 1, f"{broken}{found}"
    assert tried or len(lines) < 10


def test_of_many_records_several_are_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partial, "MAX_PIECES", 2)
    text = "places:\n  a: {name: X}\n  b: [\n  c: {name: X}\n  d: {name: X}\n"
    # a and b are one piece, c and d the other.
    assert [line.split(":")[1] for line in problems(text)] == ["4", "4", "5", "5", "5"]


def test_of_many_syntax_errors_the_first_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partial, "MAX_SLIPS", 2)
    text = "places:\n  ok: {name: X, country: CN, level: city}\n" + "  a: ]\n" * 9
    assert [line.split(":")[1] for line in problems(text)] == ["3", "4", "5"]
    monkeypatch.setattr(partial, "MAX_SECTIONS", 1)
    assert len(problems(f"{text}totals:\n- x\n")) == 1
