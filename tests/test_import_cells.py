"""What cells mean, and that any text in them survives the way into YAML and back."""

import csv
import io
import unicodedata
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import HOSTILE, SMALL
from sisterline.dates import Period
from sisterline.importing.cells import CellError, join_period, read_count, read_period
from sisterline.importing.delimited import find_separator, read_delimited
from sisterline.importing.document import comment, quote, write_lines
from sisterline.importing.draft import Draft, Outcome
from sisterline.importing.headers import find_layout
from sisterline.importing.names import PlaceFinder
from sisterline.importing.records import RecordMaker
from sisterline.importing.tables import Cell, Row, Table
from sisterline.importing.terms import CATEGORIES, DIRECTIONS, KINDS, STATUSES, TYPES, UNITS
from sisterline.model import Dataset
from sisterline.reading.dataset import load_dataset
from sisterline.reading.yaml_text import parse

# --- counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "approximate", "unit"),
    [
        ("20", 20, False, ""), ("１２０人", 120, False, "people"), ("1,200", 1200, False, ""),
        ("1 200", 1200, False, ""), ("約50名", 50, True, "people"), ("50余人", 50, True, "people"),
        ("30数名", 30, True, "people"), ("100人以上", 100, True, "people"),
        ("3億円", 3 * 10**8, False, "JPY"),
        ("about 40 people", 40, True, "people"), ("1.5万人", 15000, False, "people"),
        ("1万2000人", 12000, False, "people"),
        ("20.0", 20, False, ""), ("12冊", 12, False, "books"), ("2団", 2, False, "groups"),
        ("~50", 50, True, ""), ("50人ほど", 50, True, "people"), ("0", 0, False, ""),
        ("100人次", 100, False, "people"),
    ],
)  # fmt: skip
def test_counts_are_read_with_separators_counters_and_words_for_about(
    text: str, number: int, approximate: bool, unit: str
) -> None:
    found = read_count(Cell(text))
    assert (found.value.number, found.value.approximate, found.value.unit) == (number, approximate, unit)
    assert found.doubt == ""


@pytest.mark.parametrize(
    ("text", "number", "doubt"),
    [
        ("20匹の犬", 20, '"匹の犬" is not a known unit'),
        ("延べ120人", 120, "延べ counts everybody as often as they came"),
    ],
)
def test_counts_with_more_in_them_are_doubtful(text: str, number: int, doubt: str) -> None:
    found = read_count(Cell(text))
    assert (found.value.number, found.doubt) == (number, doubt)


@pytest.mark.parametrize(
    "text",
    [
        "20.5",
        "1,5",
        "-3",
        "十二",
        "1e+20",
        "20人?",
        "2-3人",
        "1234567890123456",
        "なし",
        "1.23456万",
        "20 30",
    ],
)
def test_what_is_no_whole_number_is_no_count(text: str) -> None:
    with pytest.raises(CellError, match="is not a whole number; write digits only, as 20"):
        read_count(Cell(text))


@given(st.integers(0, 10**15 - 1), st.sampled_from(["{}", "{:,}", "約{}人", "{} 名", "{:,}人"]))
def test_any_number_is_read_in_any_form(number: int, form: str) -> None:
    text = form.format(number)
    wide = "".join(chr(ord(char) + 0xFEE0) if char in "0123456789," else char for char in text)
    assert read_count(Cell(text)).value.number == read_count(Cell(wide)).value.number == number


# --- dates ----------------------------------------------------------------------------------------


@given(st.dates())
def test_a_date_cell_is_its_day(day: object) -> None:
    assert str(read_period(Cell(str(day), "date")).value) == str(day)


@given(st.text(max_size=40), st.sampled_from(["text", "number"]))
def test_any_text_is_a_date_or_an_error_with_the_text(text: str, kind: str) -> None:
    try:
        found = read_period(Cell(text, kind))  # type: ignore[arg-type]
    except CellError as error:
        message = str(error)
    else:
        assert Period.parse(str(found.value)) == found.value
        return
    assert f'"{text}" is not a date' in message


@pytest.mark.parametrize(
    ("start", "end", "both"),
    [
        ("1979", "1981", "1979/1981"),
        ("1979-05-01", "1979-05-01", "1979-05-01"),
        ("1979/1980", "1981", "1979/1981"),
    ],
)
def test_a_start_and_an_end_are_an_interval(start: str, end: str, both: str) -> None:
    assert str(join_period(Period.parse(start), Period.parse(end))) == both


@pytest.mark.parametrize(("start", "end"), [("1981", "1979"), ("../1979", "1980/..")])
def test_an_end_before_its_start_is_an_error(start: str, end: str) -> None:
    with pytest.raises(CellError):
        join_period(Period.parse(start), Period.parse(end))


# --- words ----------------------------------------------------------------------------------------


def test_every_word_of_the_data_format_is_a_term_for_itself() -> None:
    for terms in (CATEGORIES, DIRECTIONS, KINDS, STATUSES, TYPES, UNITS):
        assert {terms[name] for name in terms} == set(terms.values())
        for word in set(terms.values()):
            assert terms[word.replace("-", "").casefold()] == word


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", ["[a, b]", "[b, a]"])
@pytest.mark.parametrize(
    ("names", "places"),
    [(("Twin", "Old B"), ("a", "b")), (("Old B", "Twin"), ("b", "a")), (("Twin", "Old A"), ("b", "a"))],
)
def test_homonyms_that_are_partners_are_the_two_sides_of_their_pair(
    tmp_path: Path, between: str, names: tuple[str, str], places: tuple[str, str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "places:\n"
        "  b: {name: Twin, country: DE, level: town, aliases: [Old B]}\n"
        "  a: {name: Twin, country: FR, level: town, aliases: [Old A]}\n"
        f"partnerships: [{{id: a-b, between: {between}}}]\n",
        encoding="utf-8",
    )
    pair = PlaceFinder(load_dataset([path])).pair(*names)
    assert pair.places == places
    assert pair.doubt == '"Twin" has several meanings; taken as the one in a-b'


# --- any text -------------------------------------------------------------------------------------


def _value_of(line: str) -> object:
    document, problems = parse(f"places: {{a: {{name: {line}}}}}\n".encode(), "x.yaml")
    assert document is not None, problems
    assert isinstance(document.value, dict)
    return document.value["places"]["a"]["name"]


@given(st.text(min_size=1))
def test_any_text_in_quotes_is_read_back(text: str) -> None:
    assert _value_of(quote(text)) == text


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_a_comment_of_one_line(text: str) -> None:
    document, problems = parse(f"{comment(text)}\nplaces: {{}}\n".encode(), "x.yaml")
    assert problems == []
    assert document is not None
    assert document.value == {"places": {}}


def _imported(rows: list[list[str]], dataset: Dataset) -> tuple[str, list[int]]:
    """The YAML of a table of texts, and its rows that were taken, doubtful and left."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    table = read_delimited(out.getvalue().encode("utf-8"), "x.csv")
    layout = find_layout(table, {}, None)
    assert layout is not None
    draft = Draft()
    outcomes = RecordMaker(dataset, PlaceFinder(dataset), draft, ("荣市",)).add_table(table, layout)
    return "".join(write_lines(draft, [])), [outcomes[each] for each in get_args(Outcome)]


CELL = st.one_of(st.text(max_size=30), st.sampled_from([each for each in HOSTILE if "\ud800" not in each]))


@given(title=CELL, notes=CELL, other=CELL)
def test_any_text_in_the_cells_of_an_event_survives(
    title: str, notes: str, other: str, world: Dataset
) -> None:
    rows = [["date", "partner", "title", "notes", "more"], ["1979", "臨海市", title, notes, other]]
    text, counts = _imported(rows, world)
    document, problems = parse(text.encode("utf-8"), "own.yaml")
    assert (document is not None, problems) == (True, [])
    assert document is not None
    assert isinstance(document.value, dict)
    if not title.strip():
        assert counts == [0, 0, 0, 1]
        assert document.value["partnerships"] == []
        return
    assert counts == [1, 0, 0, 0]
    (event,) = document.value["partnerships"][0]["events"]
    assert event["title"] == title.strip()
    assert event.get("notes", "") == notes.strip()


@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL, CELL), max_size=5))
def test_any_table_becomes_valid_data_whose_rows_add_up(rows: list[tuple[str, ...]], world: Dataset) -> None:
    header = ["date", "partner", "title", "count", "direction", "country"]
    text, counts = _imported([header, *map(list, rows)], world)
    read = [row for row in rows if any(cell.strip() for cell in row)]
    assert sum(counts) == len(read)
    document, problems = parse(text.encode("utf-8"), "own.yaml")
    assert (document is not None, problems) == (True, [])


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["1979", "昭和54年5月1日", "28976", "5/1/1979", "いつか", ""]),
            st.sampled_from(["臨海市", "金山市", "Linhai", "新しい市", "Neu-Stadt", "栄市", ""]),
            st.sampled_from(["20", "約50人", "多数", ""]),
            st.sampled_from(["派遣", "受入", "相互", "?", ""]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_is_taken_passes_the_check(
    rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory, world: Dataset
) -> None:
    table = [["年月日", "友好都市", "人数", "方向", "内容"], *[[*row, "こと"] for row in rows]]
    text, counts = _imported(table, world)
    path = tmp_path_factory.mktemp("import") / "own.yaml"
    path.write_text(text, "utf-8")
    dataset = load_dataset([SMALL, path])  # raises if there is a problem
    taken = sum(len(each.exchanges) for each in dataset.partnerships)
    known = sum(len(each.exchanges) for each in world.partnerships)
    assert taken - known == counts[0] + counts[1]


def test_a_partnership_of_very_many_events_is_several_records(world: Dataset) -> None:
    rows = tuple(
        Row(number, {1: Cell("1979"), 2: Cell("臨海市"), 3: Cell("A")}) for number in range(2, 20_002)
    )
    header = Row(1, {1: Cell("date"), 2: Cell("partner"), 3: Cell("title")})
    table = Table(file="x.csv", rows=(header, *rows))
    layout = find_layout(table, {}, None)
    assert layout is not None
    draft = Draft()
    RecordMaker(world, PlaceFinder(world), draft, ("荣市",)).add_table(table, layout)
    text = "".join(write_lines(draft, []))
    document, problems = parse(text.encode("utf-8"), "own.yaml")
    assert problems == []
    assert document is not None
    assert isinstance(document.value, dict)
    assert sum(len(each["events"]) for each in document.value["partnerships"]) == 20_000


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=2, max_size=4),
        min_size=1,
        max_size=6,
    )
)
def test_cells_of_a_csv_file_are_as_they_were_written(rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(full)
    if "\0" in out.getvalue() or find_separator(out.getvalue()) != ",":
        return
    table = read_delimited(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"), "x.csv")
    expected = {
        (down, across)
        for down, row in enumerate(full, 1)
        for across, text in enumerate(row, 1)
        if text.strip()
    }
    assert {(row.number, column) for row in table.rows for column in row.cells} == expected
    for row in table.rows:
        for column, cell in row.cells.items():
            assert cell.text == full[row.number - 1][column - 1].strip()
            assert unicodedata.normalize("NFC", cell.text) == unicodedata.normalize("NFC", cell.text.strip())
