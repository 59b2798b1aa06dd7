"""Slips in YAML files that people reported, each with further instances of its kind.

The input of a case is in tests/cases/NAME.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import TESTS, call
from sisterline.reading.files import bundled_folder, data_files
from sisterline.reading.yaml_text import parse

CASES = TESTS / "cases"
PLACES = "places:\n  aa: {name: Aa, country: DE, level: town}\n  bb: {name: Bb, country: FR, level: town}\n"


def problems(text: str | bytes, name: str = "own.yaml") -> list[str]:
    """The problems of a text as YAML, each with its line and column."""
    data = text.encode() if isinstance(text, str) else text
    found = parse(data, name)[1]
    return [str(problem).removeprefix(f"{name}:") for problem in found]


def checked(path: Path, text: str | bytes) -> list[str]:
    """What `check` reports about a file with this text, without the path."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    lines = call("check", path).lines
    return [line.removeprefix(f"{path}:") for line in lines if line.startswith(str(path))]


def values(text: str) -> object:
    """The value of a text without problems."""
    document, found = parse(text.encode(), "own.yaml")
    assert found == []
    assert document is not None
    return document.value


# --- block texts ----------------------------------------------------------------------------------


def test_the_line_break_that_ends_a_block_text_is_no_part_of_it() -> None:
    own = ("--no-builtin", "--data", CASES / "block-scalar-line-break/input.yaml")
    assert call("list", *own, "-f", "csv", "--columns", "place,partner").lines == [
        "place,partner",
        "Köln,Lille",
    ]
    assert '"name": "Köln",' in call("list", *own, "-f", "json").out
    calendar = call("timeline", *own, "--every", "0", "-f", "ics").out
    assert "SUMMARY:Köln – Lille: Pupils visit the town hall\r\n" in calendar
    page = call("show", "aa-bb", *own).out
    assert "A long note in two lines." in page
    assert not re.search(r"(?:Köln|Lille|hall|lines\.) +$", page, re.MULTILINE)


@pytest.mark.parametrize("style", ["|", ">", "|+", ">+", "|2", ">-"])
def test_a_block_text_of_any_style_ends_with_its_last_word(style: str) -> None:
    assert values(f"a: {style}\n  one\n  two \n\n\nb: c\n") == {
        "a": "one\ntwo" if style[0] == "|" else "one two",
        "b": "c",
    }


def test_line_breaks_inside_a_block_text_and_at_the_end_of_a_quoted_one_stay() -> None:
    assert values('a: |\n  one\n\n   two\nb: "three\\n"\n') == {"a": "one\n\n two", "b": "three\n"}


# --- other kinds of files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("pairs.xlsx", b"PK\3\4\x14\0\6\0\xff", "a workbook (.xlsx, .ods) or another ZIP archive"),
        (
            "pairs.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0",
            "a workbook or document of an old office program",
        ),
        ("pairs.sqlite", b"SQLite format 3\0\x10\0", "an SQLite database"),
        ("pairs.yaml", b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        ("page.html", b"<!DOCTYPE html>\n<title>x</title>", "an HTML page"),
        ("visits.csv", b"date,partner,title\n1979-05-01,Kobe,Visit: mayor\n", "a CSV file"),
        ("visits.csv", b'"date";"title"\n"1979";"Visit"\n', "a CSV file"),
        ("visits.tsv", b"date\ttitle\n1979\tVisit: mayor\n", "a TSV file"),
        ("visits.csv", "date,title\n1979,訪問\n".encode("cp932"), "a CSV file"),
        ("visits.txt", "date,title\n1979,訪問\n".encode("cp932"), "a table with commas (CSV)"),
        ("visits.txt", "date\ttitle\n1979\tVisit\n".encode("utf-16"), "a table with tabs (CSV)"),
        ("visits.yaml", b"date,partner,title\n1979-05-01,Kobe,Visit: mayor\n", "a table with commas (CSV)"),
        ("visits.yaml", b"date;partner\n1979;Kobe\n", "a table with semicolons (CSV)"),
        ("visits.yaml", b'date,title\n1979,"Kobe, Tianjin"\n', "a table with commas (CSV)"),
    ],
)
def test_a_file_of_another_kind_is_named_with_the_way_to_yaml(
    tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    (problem,) = checked(tmp_path / name, data)
    assert f"this is {kind}" in problem
    assert problem.endswith("not YAML; sisterline reads YAML files (sisterline init makes one)")
    assert "UTF-8" not in problem
    assert "quote a text" not in problem


@pytest.mark.parametrize(
    "text",
    [
        "- a, b\n- c, d\n",
        "[a, b,\nc, d]\n",
        "title: a, b\nname: c, d\n",
        "# a, b\n# c, d\n",
        "Beihai\nKobe, Tianjin\n",
    ],
)
def test_yaml_with_commas_is_not_taken_for_a_table(text: str) -> None:
    assert "CSV" not in "".join(problems(text))


def test_yaml_may_be_in_a_file_of_any_name() -> None:
    assert problems(PLACES, "own.csv") == []


@pytest.mark.parametrize(
    ("codec", "name"), [("cp932", "Shift_JIS"), ("gb18030", "GB 18030 (GBK)"), ("euc_jp", "EUC-JP")]
)
def test_the_likely_encoding_of_a_file_is_named(tmp_path: Path, codec: str, name: str) -> None:
    text = {
        "cp932": "places:\n  aa: {name: 神戸市, country: JP, level: city}\n",
        "gb18030": "places:\n  aa: {name: 北海市, country: CN, level: city}\n",
        "euc_jp": "places:\n  aa: {name: 神戸市, country: JP, level: city, notes: みなとのまち}\n",
    }[codec]
    (problem,) = checked(tmp_path / "own.yaml", text.encode(codec))
    assert problem.startswith("2:14: byte 0x")
    assert problem.endswith(f"the file looks like {name}: save it as UTF-8")


def test_no_encoding_is_guessed_for_utf_8_that_is_damaged() -> None:
    (problem,) = problems("a: 北海市\nb: ".encode() + b"\x8c\xcb\x8es")
    assert problem.endswith("is not UTF-8; save the file as UTF-8")


# --- texts that are cut at # ----------------------------------------------------------------------


def test_a_text_that_is_cut_at_a_hash_is_a_warning_with_the_place_and_the_fix() -> None:
    path = CASES / "yaml-hash-cuts-a-text/input.yaml"
    result = call("check", "--warnings", "--today", "1981-01-01", path)
    assert result.status == 0
    line = next(line for line in result.lines if line.startswith(str(path)))
    assert line.startswith(
        f'{path}:10:17: warning: the text "Team" ends here: what follows " #" is a comment; '
    )
    assert "quote text that has it" in line
    assert "1 warning" in result.lines


WITH_NOTES = PLACES + "partnerships:\n- id: aa-bb\n  between: [aa, bb]\n  notes: "


def warned(text: str) -> list[tuple[int, int]]:
    """The places of the warnings about the YAML of a text."""
    document, found = parse(text.encode(), "own.yaml")
    assert found == []
    assert document is not None
    return [(warning.line, warning.column) for warning in document.warnings()]


@pytest.mark.parametrize(
    "note",
    ["Team #3", "Team # 3", "Team  #3", "Team #3 of #4", "Bus #7.", "第三队 #3", "a #", "two\n    lines #3"],
)
def test_a_comment_that_is_not_set_off_may_have_cut_a_text(note: str) -> None:
    text = WITH_NOTES + note + "\n"
    index = text.index("#")
    line = text.count("\n", 0, index) + 1
    assert warned(text) == [(line, index - text.rfind("\n", 0, index))]


def test_each_text_that_is_cut_is_reported() -> None:
    assert warned("a: [b, c #d\n  , e]\nf: {g: h #i\n  }\nj: k #l\n") == [(1, 10), (3, 10), (5, 6)]


@pytest.mark.parametrize(
    "note",
    [
        "Team  # the third",
        "Team\t# the third",
        "Team  ## the third",
        "Team  #",
        "Team#3",
        "C#",
        "https://example.org/#3",
        "'Team #3'",
        '"Team #3"',
        "'Team' #3",
        '"Team" # the third',
        "|\n    Team #3",
        ">\n    Team #3",
        "Team\n  # a comment",
        "Team\n#a comment",
    ],
)
def test_a_real_comment_and_a_hash_inside_a_text_are_no_warning(note: str) -> None:
    assert warned(WITH_NOTES + note + "\n") == []


def test_the_comments_of_the_bundled_data_and_of_the_starter_are_no_warnings(tmp_path: Path) -> None:
    assert call("init", tmp_path / "own.yaml").status == 0
    for path in (*data_files(bundled_folder()), tmp_path / "own.yaml"):
        assert warned(path.read_text("utf-8")) == []


def test_a_text_that_begins_with_a_hash_is_to_be_quoted() -> None:
    assert problems("a:\n  title: #3 of a series\n  name: b\n") == [
        '2:3: "title" has no value; quote text that begins with #, or give it a value'
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: {title: Team #3, type: youth}\n", "1:17"),
        ("a: [one, Team #3, three]\nb: c\n", "1:15"),
        ("a: {title: Team #3,\n  type: youth}\n", "1:17"),
        ("a: b\nTeam #3: c\nd: e\n", "2:6"),
    ],
)
def test_a_comment_that_cuts_a_mapping_or_list_is_the_cause(text: str, place: str) -> None:
    hint = 'quote text that has " #" in it'
    assert problems(text) == [f"{place}: a comment begins here and cuts off the text before it; {hint}"]


# --- characters that look like others -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place", "character", "fix"),
    [
        ("colon", "3:9", "U+FF1A (fullwidth colon)", "write : instead"),
        ("space-after-colon", "3:10", "U+3000 (ideographic space)", "write a space (U+0020) instead"),
        ("comma", "2:23", "U+FF0C (fullwidth comma)", "write , instead"),
        ("braces", "2:7", "U+FF5B (fullwidth left curly bracket)", "write { instead"),
        ("indent-ideographic", "2:1", "U+3000 (ideographic space)", "write a space (U+0020) instead"),
        ("indent-nbsp", "2:1", "U+00A0 (no-break space)", "write a space (U+0020) instead"),
    ],
)
def test_a_character_that_looks_like_one_of_yaml_is_named_where_it_is(
    name: str, place: str, character: str, fix: str
) -> None:
    path = CASES / f"yaml-lookalike-characters/{name}.yaml"
    result = call("check", path)
    (line,) = [line for line in result.lines if line.startswith(str(path))]
    assert line.startswith(f"{path}:{place}: the character {character} ")
    assert line.endswith(fix)
    assert "colon and a space" not in line


LOOKALIKES = [
    ("partnerships:\n－ id: x\n  between: [a, b]\n", "2:1", "FF0D", "write - instead"),
    ("partnerships:\n– id: x\n  between: [a, b]\n", "2:1", "2013", "write - instead"),
    ("partnerships:\n-\u3000id: x\n  between: [a, b]\n", "2:2", "3000", "write a space"),
    ("partnerships:\n- id: x\n\u3000\u3000between: [a, b]\n", "3:1", "3000", "write a space"),
    ("partnerships:\n- id: x\n  between：[a, b]\n  since: 1996\n", "3:10", "FF1A", "write :"),
    ("a:\n  name:\u00a0Kobe\n  country: JP\n", "2:8", "00A0", "write a space"),
    ("a:\n  name:\u2003Kobe\n  country: JP\n", "2:8", "2003", "write a space"),
    ("a:\n  name:\u200bKobe\n  country: JP\n", "2:8", "200B", "delete it"),
    ("a:\n  na\u200bme: Kobe\n", "2:5", "200B", "delete it"),
    ("a:\n  \ufeffname: Kobe\n", "2:3", "FEFF", "delete it"),
    ("a:\n  name\u00a0: Kobe\n", "2:7", "00A0", "write a space"),
    ("a:\n  name: “Kobe: a port”\n", "2:9", "201C", 'write " instead'),
    ('a:\n  name: "Kobe”\n  country: JP\n', "2:14", "201D", 'write " instead'),
    ("a:\n  name: 'Kobe’\n  country: JP\n", "2:14", "2019", "write ' instead"),
    ("a: {name: Kobe，country: JP}\n", "1:15", "FF0C", "write , instead"),
    ("a: {country: JP, name：Kobe}\n", "1:22", "FF1A", "write : instead"),
    ("a: {name: Kobe｝\nb: {name: B}\n", "1:15", "FF5D", "write } instead"),
    ("a: {name: {en: Kobe｝, country: JP}\nb: c\n", "1:20", "FF5D", "write } instead"),
    ("a: [b, c］\nd: e\n", "1:9", "FF3D", "write ] instead"),
    ("＃ a comment\na: {name: X}\n", "1:1", "FF03", "write # instead"),
    ("a: {name: X}\u2028b: {name: Y}\n", "1:13", "2028", "write a line break"),
    ("a:\n  name: Kobe\u2028country: JP\n", "2:13", "2028", "write a line break"),
    ("a:\n  name: Kobe\u2029  country: JP\n", "2:13", "2029", "write a line break"),
    ("a:\n  name: Kobe\u0085  country: JP\n", "2:13", "0085", "write a line break"),
    ("a:\n  notes: one\u2028    two\n", "2:13", "2028", "write a line break"),
]


@pytest.mark.parametrize(("text", "place", "code", "fix"), LOOKALIKES)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_such_character_is_the_only_problem_and_named_where_it_is(
    text: str, place: str, code: str, fix: str, newline: str
) -> None:
    (problem,) = problems(text.replace("\n", newline))
    assert problem.startswith(f"{place}: the ")
    assert f"character U+{code} (" in problem
    assert problem.split("; ")[1].startswith(fix)


def test_each_key_with_such_a_character_is_reported() -> None:
    text = "places:\n\u3000\u3000aa: {name: A}\n\u00a0 bb: {name: B}\n  cc: {name: C}\n"
    assert [problem.split(" (")[0] for problem in problems(text)] == [
        "2:1: the character U+3000",
        "3:1: the character U+00A0",
    ]


@pytest.mark.parametrize(
    ("field", "place", "code"),
    [
        ("country: JP\u3000", "2:31", "3000"),
        ("country: \u00a0JP", "2:29", "00A0"),
        ("country: J\u200bP", "2:30", "200B"),
        ("country: JP, level: “city”", "2:40", "201C"),
        ("country: JP, aliases: ［Kobe", "2:42", "FF3B"),
    ],
)
def test_a_refused_value_is_explained_by_such_a_character(
    tmp_path: Path, field: str, place: str, code: str
) -> None:
    level = "" if "level" in field else ", level: city"
    (problem,) = checked(tmp_path / "own.yaml", f"places:\n  aa: {{name: Kobe, {field}{level}}}\n")
    assert problem.startswith(f"{place}: the ")
    assert f"U+{code} (" in problem


def test_a_list_with_hyphens_that_are_none_is_explained(tmp_path: Path) -> None:
    text = PLACES + "partnerships:\n- id: aa-bb\n  between:\n  － aa\n  － bb\n"
    (problem,) = checked(tmp_path / "own.yaml", text)
    assert problem.startswith("7:3: the character U+FF0D (fullwidth hyphen-minus)")


@pytest.mark.parametrize(
    "text",
    [
        "神戸：天津、上海，北海｛一｝［二］",
        "“Best” city – the ‘first’ one",
        "訪問（１９７９年）：市長",
        "one\u00a0two\u3000three\u200bfour",
        "‐‑–—−－ ＃ ＂＇",
        "甲［乙］",
    ],
)
@pytest.mark.parametrize(
    "form", ["a: {}\nb: c\n", "a:\n- {}\n", "a: '{}'\n", 'a: {{b: "{}", c: d}}\n', "a: [{}, c]\n"]
)
def test_such_characters_are_fine_inside_a_text(form: str, text: str) -> None:
    value = values(form.format(text))
    while not isinstance(value, str):
        assert isinstance(value, dict | list)
        value = next(iter(value.values() if isinstance(value, dict) else value))
    assert value == text


@pytest.mark.parametrize(
    "text",
    [
        'a: "one\u2028two"\n',
        "a: 'one\u2029 two'\n",
        "# one\u2028# two\na: b\n",
        'a: {b: "c\u0085d"}\n',
        "a: |\n  b\u2028  c\n",
    ],
)
def test_line_separators_are_fine_in_quotes_in_block_texts_and_between_comments(text: str) -> None:
    assert problems(text) == []


def test_a_comment_that_a_line_separator_ends_is_the_cause() -> None:
    (problem,) = problems("a: b\n# one\u2028two\nc: d\n")
    assert problem.startswith("2:6: the character U+2028 (line separator) ends a line in YAML")


def test_a_line_separator_in_quotes_moves_no_later_line() -> None:
    document = parse('a: "one\u2028\u2029\u0085two"\nb: [c, d]\n'.encode(), "own.yaml")[0]
    assert document is not None
    assert document.position_of("b", 1) == (2, 8)
    assert problems('a: "one\u2028two"\nb: c: d\n') == [
        "2:5: a colon is not allowed here; quote text that has a colon and a space in it"
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: Meeting：agenda: x\n", "1:22"),
        ("title: 神戸，Kobe: a port\n", "1:15"),
        ("title: 北海 – a: b\n", "1:14"),
        ("title: The “best” city: x\n", "1:23"),
    ],
)
def test_a_colon_in_a_text_is_the_cause_also_beside_such_characters(text: str, place: str) -> None:
    hint = "quote text that has a colon and a space in it"
    assert problems(text) == [f"{place}: a colon is not allowed here; {hint}"]


@given(st.text(st.sampled_from("：，｛｝［］“”－＃\u3000\u00a0\u200b北aB1 "), min_size=1, max_size=12))
def test_a_quoted_text_of_such_characters_is_never_a_problem(text: str) -> None:
    assert values(f'a: "{text}"\n') == {"a": text}


# --- missing spaces -------------------------------------------------------------------------------


def test_a_missing_space_after_a_colon_is_reported_in_its_line() -> None:
    path = CASES / "yaml-no-space-after-colon/input.yaml"
    found = [line for line in call("check", path).lines if line.startswith(str(path))]
    assert found == [f'{path}:3:10: a space is missing after the colon of "name"; write name: Kobe']


@pytest.mark.parametrize(
    ("text", "place", "where", "fix"),
    [
        ("a:\n  since:1996\n  b: c\n", "2:9", 'the colon of "since"', "since: 1996"),
        ("a:\n  b: c\n  name:Kobe\n", "3:8", 'the colon of "name"', "name: Kobe"),
        ("a:\n  b: c\n  name:Kobe", "3:8", 'the colon of "name"', "name: Kobe"),
        ('a:\n  name:"Kobe"\n  b: c\n', "2:8", 'the colon of "name"', 'name: "Kobe"'),
        ("- id:x\n  b: c\n", "1:6", 'the colon of "id"', "id: x"),
        ("a: {name:Kobe}\n", "1:10", 'the colon of "name"', "name: Kobe"),
        ("a: {name:Kobe, b: c}\n", "1:10", 'the colon of "name"', "name: Kobe"),
        ("a: {b: c, zh:神戸}\n", "1:14", 'the colon of "zh"', "zh: 神戸"),
        ("a:\n  between:[a, b]\n  c: d\n", "2:11", 'the colon of "between"', "between: [a, b]"),
        ("x:\n-id: a\n  b: c\n", "2:2", "the hyphen", "- id: a"),
        ("-id: a\n", "1:2", "the hyphen", "- id: a"),
        ("x:\n  -kobe\n  -b: c\n", "2:4", "the hyphen", "- kobe"),
        ("x:\n  -{a: b}\n", "2:4", "the hyphen", "- {a: b}"),
    ],
)
def test_a_missing_space_anywhere_is_reported_where_it_is_missing(
    text: str, place: str, where: str, fix: str
) -> None:
    assert problems(text) == [f"{place}: a space is missing after {where}; write {fix}"]


def test_each_missing_space_in_brackets_is_reported() -> None:
    assert [each.split(": ", 1)[0] for each in problems("a: {name:Kobe, country:JP}\n")] == ["1:10", "1:24"]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ("name:Kobe", '2:11: a space is missing after the colon of "name"; write name: Kobe'),
        (
            "{name: A, country: JP, level:city within: b}",
            '2:35: a space is missing after the colon of "level"; write level: city within',
        ),
        (
            "{name: A, country: JP, level: city, population: count:5}",
            '2:60: a space is missing after the colon of "count"; write count: 5',
        ),
    ],
)
def test_a_text_where_a_record_should_be_has_lost_a_space(tmp_path: Path, record: str, found: str) -> None:
    assert checked(tmp_path / "own.yaml", f"places:\n  a: {record}\n")[-1] == found


def test_items_that_have_lost_their_spaces_are_reported_where_the_first_is(tmp_path: Path) -> None:
    text = PLACES + "partnerships:\n- id: aa-bb\n  between:\n    -aa\n    -bb\n"
    assert checked(tmp_path / "own.yaml", text) == ["7:6: a space is missing after the hyphen; write - aa"]


@pytest.mark.parametrize(
    "text",
    [
        "a: https://example.org\n",
        "a: 12:30\n",
        "a: x:y\n",
        "a: -5\n",
        "a: b-c\n",
        "a: --\n",
        "a: [x:y, -z]\n",
    ],
)
def test_colons_and_hyphens_inside_a_text_are_fine(text: str) -> None:
    assert problems(text) == []


# --- the parser's position is only the symptom ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a:\n  name Kobe\n  b: c\n", "2:3: this key has no colon; write key: value"),
        (
            "a:\n  b: c\n    d: e\n",
            "3:5: a key is not allowed inside text; indent it like the key above, or quote the text",
        ),
        ("a: b: c\n", "1:5: a colon is not allowed here; quote text that has a colon and a space in it"),
        (
            "a:\n  one\n  two three: c\n",
            "3:12: a colon is not allowed here; quote text that has a colon and a space in it",
        ),
    ],
)
def test_a_colon_in_a_later_line_is_not_blamed_for_what_is_wrong_above(text: str, found: str) -> None:
    assert problems(text) == [found]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: ", "- - "])
@pytest.mark.parametrize("count", [40, 300, 3_000, 100_000])
def test_deep_nesting_is_reported_in_our_words_by_every_pyyaml(opening: str, count: int) -> None:
    (problem,) = problems(opening * count)
    assert re.fullmatch(r"1:\d+: nested deeper than 32 levels", problem)
