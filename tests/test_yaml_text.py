"""YAML text as plain values that know where they stand."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_strategies import datasets, entries, file_of, quoted
from sisterline import errors
from sisterline.errors import Problem
from sisterline.model import Dataset
from sisterline.reading import yaml_reader
from sisterline.reading.positions import Lines
from sisterline.reading.yaml_errors import slip_from_error
from sisterline.reading.yaml_events import MAX_DEPTH, events, loader_is_fast
from sisterline.reading.yaml_reader import Plain
from sisterline.reading.yaml_text import Document, parse, read

VALID = """\
# a comment
places:
  beihai: {name: {en: Beihai, zh: 北海市}, country: CN, level: city}
partnerships:
- id: beihai-yatsushiro
  between: [beihai, yatsushiro]
  notes: "鎮 𠮷 \\u4e2d"
  events:
  - {date: 1996-03, type: agreement, title: 'it''s signed'}
  - date: 2001
    title: >-
      folded
      text
"""


def document(text: str | bytes) -> Document:
    """A document that has no problems."""
    found, problems = parse(text.encode() if isinstance(text, str) else text, "own.yaml")
    assert problems == []
    assert found is not None
    return found


def problems(text: str | bytes) -> list[str]:
    """What is wrong with a text, without its hints."""
    found = parse(text.encode() if isinstance(text, str) else text, "own.yaml")[1]
    return [f"{each.line}:{each.column} {each.message}" for each in found]


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scalar",
    [
        *("NO", "yes", "null", "~", "true", "=", "012", "0x1F", "1e3", ".inf", "1_000", "1:30", "50%"),
        *("1996", "1996-03", "1996-03-05", "2007/..", "北海市"),
    ],
)
def test_a_scalar_stays_the_text_of_the_file(scalar: str) -> None:
    assert document(f"a: {scalar}").value == {"a": scalar}
    assert document(f"{scalar}: [{scalar}]").value == {scalar: [scalar]}


def test_every_style_of_yaml_is_read_as_mappings_lists_and_texts() -> None:
    assert document(VALID).value == {
        "places": {"beihai": {"name": {"en": "Beihai", "zh": "北海市"}, "country": "CN", "level": "city"}},
        "partnerships": [
            {
                "id": "beihai-yatsushiro",
                "between": ["beihai", "yatsushiro"],
                "notes": "鎮 𠮷 中",
                "events": [
                    {"date": "1996-03", "type": "agreement", "title": "it's signed"},
                    {"date": "2001", "title": "folded text"},
                ],
            }
        ],
    }


@pytest.mark.parametrize("text", ['a: ""', "a: ''", "a: |\n", "a: >-\n"])
def test_an_empty_text_that_was_written_out_is_a_value(text: str) -> None:
    assert document(text).value == {"a": ""}


@pytest.mark.parametrize(
    "scalar",
    [
        "https://example.org/a&b/*2/!3#&d",
        "Bed & Breakfast",
        "five * stars *",
        "A*B",
        "Hello World!",
        '"&quoted *alias !tag"',
        "'*'",
        "wow!!",
    ],
)
def test_ampersands_asterisks_and_exclamation_marks_inside_a_text_are_fine(scalar: str) -> None:
    for text in (f"a: {scalar}", f"- {scalar}", f"{{a: [{scalar}]}}"):
        assert scalar.strip("\"'") in str(document(text).value)


@pytest.mark.parametrize(
    "scalar", ["1996-03?", "2007/2009?", "https://example.org/?a=1&b=*2", "why? so", "a ? b"]
)
def test_a_question_mark_is_fine_in_a_text_inside_brackets_too(scalar: str) -> None:
    # PyYAML's own scanner would end a bare text there.
    assert document(f"a: [{scalar}, {{b: {scalar}, c: d}}]").value == {"a": [scalar, {"b": scalar, "c": "d"}]}
    assert document(f"a: {scalar}").value == {"a": scalar}


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "key", "place"),
    [
        ((), False, (2, 1)),
        (("places",), True, (2, 1)),
        (("places",), False, (3, 3)),
        (("places", "beihai"), True, (3, 3)),
        (("places", "beihai"), False, (3, 11)),
        (("places", "beihai", "name", "zh"), True, (3, 31)),
        (("places", "beihai", "name", "zh"), False, (3, 35)),
        # After text in Chinese, and beyond the Basic Multilingual Plane, columns are still characters.
        (("places", "beihai", "country"), True, (3, 41)),
        (("partnerships", 0), False, (5, 3)),
        (("partnerships", 0, "between", 1), False, (6, 21)),
        (("partnerships", 0, "notes"), False, (7, 10)),
        (("partnerships", 0, "events", 0, "title"), False, (9, 45)),
        (("partnerships", 0, "events", 1), False, (10, 5)),
        (("partnerships", 0, "events", 1, "title"), False, (11, 12)),
        # A step that does not exist ends the walk where it had come.
        (("partnerships", 0, "basis"), True, (5, 3)),
        (("partnerships", 7, "events"), False, (5, 1)),
        (("places", "beihai", "country", "name"), False, (3, 50)),
        (("places", "beihai", "country", 0), False, (3, 50)),
        (("sources",), True, (2, 1)),
    ],
)
def test_a_value_is_found_by_the_steps_that_lead_to_it(
    steps: tuple[str | int, ...], key: bool, place: tuple[int, int]
) -> None:
    assert document(VALID).position_of(*steps, key=key) == place


@pytest.mark.parametrize("text", ["- - ", "a: {b: ''}", "a: [b]", "a", "a: b"])
def test_the_way_to_a_value_ends_early_in_a_text(text: str) -> None:
    line, column = document(text).position_of(*("a", "b") if "{" in text else (0, 0), 0, 0)
    assert (line, 1 <= column <= len(text) + 1) == (1, True)


def test_a_problem_is_placed_at_its_value_or_its_key() -> None:
    doc = document(VALID)
    assert doc.problem("wrong", "partnerships", 0, "id", hint="fix it") == Problem(
        "own.yaml", 5, 7, "wrong", "fix it"
    )
    assert str(doc.problem("wrong", "partnerships", 0, "id", key=True)) == "own.yaml:5:3: wrong"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_neither_byte_order_mark_nor_line_ends_move_a_place(mark: bytes, newline: str) -> None:
    doc = document(mark + VALID.replace("\n", newline).encode())
    assert doc.position_of("partnerships", 0, "between", 1) == (6, 21)
    assert doc.value == document(VALID).value


@settings(max_examples=25)
@given(datasets(), st.integers(0, 5))
def test_every_value_of_a_file_is_at_its_reported_position(dataset: Dataset, blocks: int) -> None:
    text = file_of(entries(dataset), blocks)
    lines = text.split("\n")

    def rest(doc: Document, *steps: str | int, key: bool = False) -> str:
        line, column = doc.position_of(*steps, key=key)
        return lines[line - 1][column - 1 :]

    def walk(doc: Document, value: Plain, *steps: str | int) -> None:
        if isinstance(value, dict):
            for name, item in value.items():
                assert rest(doc, *steps, name, key=True).startswith(f"{quoted(name)}:")
                walk(doc, item, *steps, name)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                walk(doc, item, *steps, number)
        else:
            # Dates, numbers and truths are written bare.
            assert rest(doc, *steps).startswith((quoted(value), value))

    doc = document(text)
    walk(doc, doc.value)


def test_a_file_is_read_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = document(VALID)
    monkeypatch.setattr("yaml.__with_libyaml__", False)
    slow = document(VALID)
    assert slow.value == fast.value
    steps = ("partnerships", 0, "events", 1, "title")
    assert slow.position_of(*steps) == fast.position_of(*steps)
    for text in ("a: [b", "a: b: c", "\ta: b", 'a: "\\q"', "a: &x b", "a: \x00", "[" * 50, '"\\UFFFFFFFF"'):
        assert len(problems(text)) == 1


def test_whether_libyaml_is_there_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for there in (True, False):
        monkeypatch.setattr("yaml.__with_libyaml__", there)
        assert loader_is_fast() is there


# --- what YAML allows and a data file may not hold ------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x b\nc: *x", ["1:4 the anchor &x is not allowed", "2:4 the alias *x is not allowed"]),
        ("&x a: b", ["1:1 the anchor &x is not allowed"]),
        ("- &x [a]\n- {b: *x}", ["1:3 the anchor &x is not allowed", "2:7 the alias *x is not allowed"]),
        ("*x", ["1:1 the alias *x is not allowed"]),
        ("a: !!str 1996", ["1:4 the tag !!str is not allowed"]),
        ("a: [!date 1996]", ["1:5 the tag !date is not allowed"]),
        ("a: !<x> b", ["1:4 the tag x is not allowed"]),
        ("!!python/object:os.system a", ["1:1 the tag !!python/object:os.system is not allowed"]),
        ("a: ! b", ["1:4 the tag ! is not allowed"]),
        ("a:\n  <<: {b: c}", ["2:3 the merge key << is not allowed"]),
        ("a: b\nc: d\na: e\na: f", ['3:1 duplicate key "a"', '4:1 duplicate key "a"']),
        ("{1: a, '1': b}", ['1:8 duplicate key "1"']),
        ("[a, b]: c", ["1:1 a key must be text"]),
        ("x: {{a: b}: c}", ["1:5 a key must be text"]),
        ("a:\nb: {c: , d}", ['1:1 "a" has no value', '2:5 "c" has no value', '2:10 "d" has no value']),
        ("a: b\n---\nc: d", ["2:1 a second document begins here"]),
        ("--- a\n--- b\n--- c", ["2:1 a second document begins here"]),
    ],
)
def test_what_makes_yaml_hard_to_read_is_a_problem(text: str, told: list[str]) -> None:
    assert problems(text) == told


def test_the_first_of_duplicate_keys_counts() -> None:
    found, told = parse(b"a: {b: c}\na: d\n", "own.yaml")
    assert found is not None
    assert found.value == {"a": {"b": "c"}}
    assert len(told) == 1


@pytest.mark.parametrize("text", ["--- \na: b\n", "a: b\n...\n", "%YAML 1.1\n---\na: b\n"])
def test_the_marks_of_a_single_document_are_fine(text: str) -> None:
    assert document(text).value == {"a": "b"}


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_nesting_is_allowed_to_a_depth_that_no_data_needs(opening: str, closing: str) -> None:
    inner = "b" if opening != "[" else "[b]"
    levels = MAX_DEPTH - (opening == "[")
    assert document(opening * levels + inner + closing * levels).value
    deeper = opening * (levels + 1) + inner + closing * (levels + 1)
    assert problems(deeper) == [f"1:{len(opening) * MAX_DEPTH + 1} nested deeper than 32 levels"]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_a_file_that_is_nested_as_deep_as_a_well_is_a_problem_and_no_crash(
    opening: str, closing: str
) -> None:
    told = problems(opening * 5_000 + "b" + closing * 5_000)
    assert told == [f"1:{len(opening) * MAX_DEPTH + 1} nested deeper than 32 levels"]


@pytest.mark.parametrize("before", ["", "a: b\nc: ", "- [a, b]\n- {c: [d]}\n- "])
def test_nesting_is_refused_in_our_words_whichever_version_of_libyaml_is_there(before: str) -> None:
    import yaml

    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")  # of the first bracket of the many
    around = 1 if before else 0  # levels: the mapping or the list that begins before them
    expected = [f"{line}:{column + MAX_DEPTH - around} nested deeper than 32 levels"]
    text = before + "[" * 5_000
    assert problems(text) == expected
    # libyaml 0.2.6 (PyYAML 6.0.4) refuses 1,000 levels itself; this is its error, whatever is installed here.
    mark = yaml.Mark("own.yaml", len(text), line - 1, column + 999, "", 0)
    refusal = yaml.scanner.ScannerError(None, None, "exceeded maximum nesting depth", mark)
    slip = slip_from_error(refusal, text)
    line, column = Lines(text).position(slip.offset)
    assert [f"{line}:{column} {slip.message}"] == expected


def test_even_a_hundred_kilobytes_of_hyphens_crash_nothing() -> None:
    # In a process of its own, for a stack overflow in libyaml's binding would take the tests with it.
    program = "from sisterline.reading.yaml_text import parse; parse(b'- ' * 50_000 + b'a', '')"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "largest", "text", "told"),
    [
        ("MAX_TEXT", 3, "a: {b: [xyz]}", "a: {b: [wxyz]}"),
        ("MAX_TEXT", 3, "a: xyz", "a: wxyz"),
        ("MAX_TEXT", 3, "xyz: a", "wxyz: a"),
        ("MAX_RECORD", 9, "a: {b: [1, 2, 3]}", "a: {b: [1, 2, 3, 4, 5]}"),
        ("MAX_RECORD", 9, "a: [1, 2, 3]", "a: [1, 2, 3, 4, 5, 6, 7]"),
        ("MAX_RECORD", 9, "{a: 1, b: 2}", "{a: 1, b: 2, c: 3, d: 4, e: 5}"),
        # One record after the other may hold as many.
        ("MAX_RECORD", 9, "a:\n" + "- [1, 2, 3, 4]\n" * 20, "a: [[1], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]"),
        ("MAX_RECORD", 9, "a: [[1], [2, 3]]\nb: [1, 2]", "[[1], 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"),
        ("MAX_RECORDS", 3, "a: [[1], [2], [3]]", "a: [[1], [2]]\nb: [[3], [4], [5]]"),
        ("MAX_RECORDS", 3, "[[1], [2], [3]]", "[[1], [2], [3], [4], [5]]"),
    ],
)
def test_a_file_may_be_as_large_as_its_limits_and_no_larger(
    monkeypatch: pytest.MonkeyPatch, limit: str, largest: int, text: str, told: str
) -> None:
    monkeypatch.setattr(yaml_reader, limit, largest)
    document(text)
    what = {
        "MAX_TEXT": "a text of 4 characters, where 3 are allowed",
        "MAX_RECORD": "more than 9 values in one record",
        "MAX_RECORDS": "more than 3 records in one file",
    }
    assert [each.split(" ", 1)[1] for each in problems(told)] == [what[limit]]


def test_of_many_problems_the_first_are_shown_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"a: {b: , c: , d: }\ne:\n"
    for limit, count in ((4, 4), (3, 4), (1, 2)):
        monkeypatch.setattr(errors, "MAX_REPORTED", limit)
        told = parse(text, "own.yaml")[1]
        assert len(told) == count
        if limit < 4:
            hint = "fix these and check again"
            assert told[0] == Problem("own.yaml", 0, 0, f"4 problems, of which {limit} are shown", hint)


def test_the_nodes_of_a_record_are_dropped_when_it_ends() -> None:
    """A file takes some ten times its size while it is read, as YAML nodes it would take forty times."""
    program = (
        "import resource, sys; from sisterline.reading.yaml_text import parse\n"
        "text = b'a:\\n' + b'- {b: [c, d, e, f], g: {h: i, j: k}, l: m, n: o}\\n' * int(sys.argv[1])\n"
        "assert parse(text, '')[0]\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(text))"
    )

    def peak(count: int) -> tuple[int, int]:
        done = subprocess.run(
            [sys.executable, "-c", program, str(count)], check=True, capture_output=True, timeout=60
        )
        memory, size = map(int, done.stdout.split())
        return memory * 1024, size

    (base, _), (memory, size) = peak(1), peak(20_000)
    assert memory - base < 30 * size


# --- what is no YAML ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a:\n\tb: c\n", "2:1 a tab cannot indent YAML"),
        ("\ta: b\n", "1:1 a tab cannot indent YAML"),
        ("a:\n  b: c\n\td: e\n", "3:1 a tab cannot indent YAML"),
        ("a: b: c\n", "1:5 a colon is not allowed here"),
        ("title: 北海: a port\n", "1:10 a colon is not allowed here"),
        ('a: "b\nc: d\n', "1:4 the quote that opens here is never closed"),
        ("a:\n  北海: 'b\nc: d\n", "2:7 the quote that opens here is never closed"),
        ("a: [b, c\n", "1:4 the bracket that opens here is never closed"),
        ("a:\n  北海: {b: c,\n", "2:7 the bracket that opens here is never closed"),
        ("places:\n  a: [\n", "2:6 the bracket that opens here is never closed"),
        ("places:\n  a: {b:\n", "2:6 the bracket that opens here is never closed"),
        ("a: [b, c\nd: e\n", "2:2 the bracket that opens at 1:4 should continue or close here"),
        ("- {a: b\n- {c: d}\n", "2:3 the bracket that opens at 1:3 should continue or close here"),
        ("a: {b: c d: e}\n", "1:11 the bracket that opens at 1:4 should continue or close here"),
        ('a: {b: "c" d: e}\n', "1:12 the bracket that opens at 1:4 should continue or close here"),
    ],
)
def test_a_slip_is_reported_with_its_place_and_where_it_began(text: str, told: str) -> None:
    assert problems(text) == [told]


@pytest.mark.parametrize("text", ['a: "x\ty" z\n', "- {t: 'a\tb' x}\n"])
def test_a_tab_inside_a_text_is_not_blamed_for_another_slip(text: str) -> None:
    assert len(problems(text)) == 1
    assert "a tab" not in problems(text)[0]


@pytest.mark.parametrize("escape", ["\\q", "\\xZZ", "\\ud800", "\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_that_means_no_character_is_a_problem(escape: str) -> None:
    assert len(problems(f'a: "{escape}"\n')) == 1


@pytest.mark.parametrize("text", [r"\d", r"x\\\q y", r"\xZZ", r"\u12G4", r"\x0"])
def test_a_wrong_escape_is_reported_at_its_backslash(text: str) -> None:
    column = text.rindex("\\") + 5
    assert problems(f'a: "{text}"\n') == [f"1:{column} unknown escape in double quotes"]


@pytest.mark.parametrize("scalar", ["'\\ud800'", "C:\\ud800", '"\\\\ud800"'])
def test_a_backslash_that_is_no_escape_is_a_text(scalar: str) -> None:
    value = document(f"a: {scalar}").value
    assert isinstance(value, dict)
    assert "\\ud800" in value["a"]


@pytest.mark.parametrize("rest", ["", "\n", "\nc: d\n", "\n- c\n"])
def test_a_key_without_its_colon_is_reported_at_its_place(rest: str) -> None:
    (told,) = problems(f"a: b\nplaces{rest}")
    assert told.startswith("2:")


@pytest.mark.parametrize(
    "text", ["a: @b", "a: `b", "%b", "a: 'it's'", "a: [b]]", "a: - b", "a: |\n  b\n c", ": b"]
)
def test_any_other_slip_is_reported_with_its_place_in_the_words_of_the_loader(text: str) -> None:
    (told,) = problems(text)
    line, rest = told.split(":", 1)
    column, message = rest.split(" ", 1)
    assert message.startswith("this is not YAML: ")
    assert int(line) <= text.count("\n") + 1
    assert int(column) <= len(text) + 1


# --- bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_the_message_for_an_empty_file_says_how_to_begin(data: bytes) -> None:
    assert parse(data, "own.yaml") == (
        None,
        [Problem("own.yaml", 1, 1, "the file is empty", "begin with partnerships: or places:")],
    )


@pytest.mark.parametrize("text", ["# nothing yet", "\n\n# nothing yet\n", "---\n# nothing\n"])
def test_a_file_of_comments_is_no_data(text: str) -> None:
    found, told = parse(text.encode(), "own.yaml")
    if found is None:
        assert [each.message for each in told] == ["the file has no data"]
    else:
        assert found.value == ""  # with --- there is a value, an empty one; the loader says what it should be


@pytest.mark.parametrize(
    ("data", "place", "byte", "offset"),
    [
        (b"\xff", (1, 1), "0xff", 0),
        ("a: 北海 ".encode() + b"\xb1\xb1", (1, 7), "0xb1", 10),  # GBK after two characters in UTF-8
        (b"\xef\xbb\xbfa: \xff", (1, 4), "0xff", 6),
        (b"a: b\r\n\xc0\xaf", (2, 1), "0xc0", 6),  # an overlong form
        ("a: 北".encode()[:-1], (1, 4), "0xe5", 3),  # a file that was cut
        (b"a: \xed\xa0\x80", (1, 4), "0xed", 3),  # a surrogate
    ],
)
def test_a_byte_that_is_not_utf_8_is_named_with_its_place_and_offset(
    data: bytes, place: tuple[int, int], byte: str, offset: int
) -> None:
    message = f"byte {byte} at offset {offset} is not UTF-8"
    assert parse(data, "own.yaml") == (
        None,
        [Problem("own.yaml", *place, message, "save the file as UTF-8")],
    )


@pytest.mark.parametrize(
    ("codec", "text", "name"),
    [
        ("cp932", "a: 北海", "Shift_JIS"),
        ("cp932", "a: 神戸市", "Shift_JIS"),
        ("cp932", "a: ひらがなとカタカナ、、", "Shift_JIS"),
        ("gb18030", "a: 北海市", "GB 18030 (GBK)"),
        ("gb18030", "a: 天津", "GB 18030 (GBK)"),
        ("gb18030", "a: 广西壮族自治区（南宁）", "GB 18030 (GBK)"),
        ("euc_jp", "a: 八代市の友好都市", "EUC-JP"),
        ("big5", "a: 臺北市", "Big5"),
        ("latin-1", "a: Köln", "Windows-1252 (Latin-1)"),
        ("cp1252", "a: Besançon – Neuchâtel", "Windows-1252 (Latin-1)"),
    ],
)
def test_the_likely_encoding_of_a_file_that_is_not_utf_8_is_named(codec: str, text: str, name: str) -> None:
    (problem,) = parse(text.encode(codec), "own.yaml")[1]
    assert problem.line == 1
    assert problem.hint == f"the file looks like {name}: save it as UTF-8"


@pytest.mark.parametrize("codec", ["UTF-16-LE", "UTF-16-BE", "UTF-32-LE", "UTF-32-BE"])
def test_another_encoding_is_called_by_its_name(codec: str) -> None:
    assert problems(("\ufeff" + VALID).encode(codec)) == [f"1:1 the file is {codec[:6]}, not UTF-8"]
    # Without its mark it is a text of many zeros.
    (told,) = problems("a: b".encode(codec))
    assert "U+0000 is not allowed" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b\x00", "1:5 the character U+0000 is not allowed in YAML"),
        ("a: b\r\n北海: \x1b[31m", "2:5 the character U+001B is not allowed in YAML"),
        ('a: "\x7f"', "1:5 the character U+007F is not allowed in YAML"),
        ("a: \ufffe", "1:4 the character U+FFFE is not allowed in YAML"),
    ],
)
def test_a_character_that_yaml_forbids_is_named_with_its_place(text: str, told: str) -> None:
    assert problems(text) == [told]


def test_a_file_that_was_cut_anywhere_is_read_or_its_fault_is_reported() -> None:
    data = VALID.encode()
    for length in range(len(data)):
        found, told = parse(data[:length], "own.yaml")
        assert found is not None or told
        last = data[:length].count(b"\n") + 1
        assert all(1 <= each.line <= last and each.column >= 1 for each in told), data[:length]


SIGNS = "ab:-?,[]{}&*!|>'\"%@`#\\uUxF0 \n\r\t北：，｛［］－“”＃\u3000\u200b\u2028\x85"


@given(
    st.binary(max_size=60)
    | st.text(
        st.sampled_from("ab:-?,[]{}&*!|>'\"%@`#\\uUxF0 \n\r\t北：，｛［］－“”＃\u3000\u200b\u2028\x85"),
        max_size=60,
    ).map(str.encode)
)
@example(b'"\\UFFFFFFFF"')
@settings(max_examples=100)
def test_any_bytes_are_read_or_their_fault_is_reported(data: bytes) -> None:
    found, told = parse(data, "own.yaml")
    assert found is not None or told
    for problem in told:
        str(problem).encode()  # printable: no lone surrogate


# --- files ----------------------------------------------------------------------------------------


def test_a_file_is_named_as_the_user_named_it(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("a: b", "utf-8")
    by_path, by_name = read(path)[0], read(path, "mine")[0]
    assert by_path is not None
    assert by_name is not None
    assert (by_path.path, by_name.path) == (str(path), "mine")


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    gone = tmp_path / "gone.yaml"
    assert read(gone) == (None, [Problem(str(gone), 0, 0, "there is no such file")])
    link = tmp_path / "link.yaml"
    link.symlink_to(gone)
    assert read(link, "link") == (None, [Problem("link", 0, 0, "there is no such file")])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs on Windows")
def test_what_is_no_regular_file_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.yaml"
    os.mkfifo(fifo)
    for path in (tmp_path, fifo, Path(os.devnull)):
        assert read(path, "x") == (
            None,
            [Problem("x", 0, 0, "this is not a regular file", "name a .yaml file or a folder of them")],
        )


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root, or Windows, may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.touch(0o000)
    assert read(path, "x") == (None, [Problem("x", 0, 0, "cannot be read: Permission denied")])


def test_a_path_that_no_file_can_have_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    assert read(path, "x") == (None, [Problem("x", 0, 0, "cannot be read: File name too long")])


# --- the garbage collector ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a: b", "a: [", "a: \x00", "a: &b c", "- " * 2_000])
@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was_found(text: str, enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        parse(text.encode(), "own.yaml")
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


def test_the_garbage_collector_pauses_while_yaml_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def watched(text: str) -> Iterator[Any]:
        seen.append(gc.isenabled())
        return events(text)

    monkeypatch.setattr(yaml_reader, "events", watched)
    assert document("a: b").value == {"a": "b"}
    assert seen == [False]
