"""Spreadsheets in: files of foreign writers become YAML whose records `check` accepts, with nothing lost."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import odswriter
import openpyxl
import pytest
import xlwt

from helpers import SMALL, Result, call
from sisterline.importing.fields import FIELDS, SHAPES
from sisterline.importing.tables import column_letters, column_number
from sisterline.model import Dataset, Event, Exchange, Partnership
from sisterline.reading.dataset import load_dataset

Rows = list[list[Any]]
HEADER = ["年月日", "友好都市", "内容"]
COUNTS = re.compile(
    r"(\d+) rows? read: (\d+) taken, (\d+) doubtful,(?: (\d+) known already,)? (\d+) left as comments"
)


class Import(NamedTuple):
    """What an import wrote, after `check` had accepted it beside the small data set."""

    result: Result
    text: str
    dataset: Dataset

    def partnership(self, name: str) -> Partnership:
        found = self.dataset.partnership(name)
        assert found is not None, self.text
        return found

    def events(self, name: str) -> list[Event]:
        """The events of a partnership that the small data set does not have."""
        before = load_dataset([SMALL]).partnership(name)
        known = before.events if before else ()
        return [event for event in self.partnership(name).events if event not in known]

    def exchanges(self, name: str) -> list[Exchange]:
        """The exchanges of a partnership that the small data set does not have."""
        before = load_dataset([SMALL]).partnership(name)
        known = before.exchanges if before else ()
        return [exchange for exchange in self.partnership(name).exchanges if exchange not in known]

    @property
    def counts(self) -> list[int]:
        """The rows that were taken, doubtful, known already and left as comments, of all tables."""
        lines = [
            line for line in self.result.err.splitlines() if "rows read: " in line or "row read: " in line
        ]
        every = [
            [int(group or 0) for group in match.groups()] for match in map(COUNTS.search, lines) if match
        ]
        for read, *parts in every:
            assert read == sum(parts), self.result.err
        _, *last = every[-1]
        return last


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, so that addresses begin with the bare name of a file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def take(*arguments: str, status: int = 0) -> Import:
    """Import over the small data set into own.yaml, and check that."""
    Path("own.yaml").unlink(missing_ok=True)
    result = call("import", *arguments, "--no-builtin", "--data", SMALL, "-o", "own.yaml")
    assert result.status == status, result.err
    assert result.out == ""
    checked = call("check", SMALL, "own.yaml")
    assert checked.status == 0, checked.out
    text = Path("own.yaml").read_text("utf-8")
    return Import(result, text, load_dataset([SMALL, Path("own.yaml")]))


def csv_text(rows: Rows, separator: str = ",") -> str:
    return "".join(separator.join(map(str, row)) + "\r\n" for row in rows)


def write_csv(rows: Rows, name: str = "visits.csv", encoding: str = "utf-8") -> str:
    Path(name).write_bytes(csv_text(rows).encode(encoding))
    return name


def write_xlsx(sheets: dict[str, Rows], name: str = "visits.xlsx", *, mac: bool = False) -> str:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if mac:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(name)
    return name


def write_xls(sheets: dict[str, Rows], name: str = "visits.xls", *, mac: bool = False) -> str:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = mac
    as_date = xlwt.XFStyle()
    as_date.num_format_str = "YYYY-MM-DD"
    plain = xlwt.XFStyle()
    for title, rows in sheets.items():
        sheet = book.add_sheet(title)
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                sheet.write(down, across, value, as_date if isinstance(value, date) else plain)
    book.save(name)
    return name


def write_ods(sheets: dict[str, Rows], name: str = "visits.ods") -> str:
    with Path(name).open("wb") as file, odswriter.writer(file) as book:
        for title, rows in sheets.items():
            book.new_sheet(title).writerows(rows)
    return name


# --- files ----------------------------------------------------------------------------------------

JAPANESE = [HEADER, ["昭和54年5月1日", "臨海市", "友好訪問団が大森市を訪れる"], ["S54.5.2", "臨海", "懇親会"]]
CHINESE = [["日期", "友好城市", "内容"], ["1979年5月1日", "临海市", "代表团访问友好城市并会见市长"]]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
    ],
)
def test_the_encoding_of_a_japanese_table_is_found_and_said(home: Path, encoding: str, said: str) -> None:
    done = take(write_csv(JAPANESE, encoding=encoding), "--city", "栄市")
    assert f"visits.csv ({said}, commas): events below row 1: " in done.result.err
    assert [(str(event.date), event.title) for event in done.events("linhai-sakae")] == [
        ("1979-05-01", "友好訪問団が大森市を訪れる"),
        ("1979-05-02", "懇親会"),
    ]
    assert done.counts == [2, 0, 0, 0]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("gb18030", "GB 18030 (GBK)"), ("gbk", "GB 18030 (GBK)"), ("utf-8", "UTF-8"), ("utf-16", "UTF-16")],
)
def test_the_encoding_of_a_chinese_table_is_found_and_said(home: Path, encoding: str, said: str) -> None:
    done = take(write_csv(CHINESE, encoding=encoding), "--city", "荣市")
    assert f"visits.csv ({said}, commas)" in done.result.err
    assert done.events("linhai-sakae")[0].title == CHINESE[1][2]


def test_a_file_in_no_likely_encoding_is_refused(home: Path) -> None:
    Path("x.csv").write_bytes(b"date,partner,title\n1979,\xff\xfd\xfe,\x81\n")
    result = call("import", "x.csv", "--city", "Kobe")
    assert (result.status, result.out) == (1, "")
    assert result.err == "sisterline: x.csv: the encoding is unknown; save the file as UTF-8\n"


def test_bytes_that_do_not_fit_the_encoding_are_refused_with_their_line(home: Path) -> None:
    data = csv_text(JAPANESE).encode("cp932") * 20 + b"1979,\x81\xff\r\n"
    Path("x.csv").write_bytes(data)
    result = call("import", "x.csv", "--city", "Kobe")
    assert result.status == 1
    assert re.search(
        r"x\.csv:61:1: byte 0x81 at offset \d+ is not Shift_JIS; save the file as UTF-8", result.err
    )


@pytest.mark.parametrize(
    ("separator", "said"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")]
)
def test_the_separator_is_found_and_said(home: Path, separator: str, said: str) -> None:
    rows = [["Visits, 1979"], *JAPANESE]
    Path("visits.csv").write_text(csv_text(rows, separator), encoding="utf-8")
    done = take("visits.csv", "--city", "Sakae-shi")
    assert f"(UTF-8, {said}): events below row 2" in done.result.err
    assert len(done.events("linhai-sakae")) == 2


def test_the_separator_is_said_in_the_language_of_the_program(home: Path) -> None:
    Path("visits.csv").write_text(csv_text(JAPANESE, "|"), encoding="utf-8")
    done = take("visits.csv", "--city", "Sakae-shi", "--lang", "ja")
    assert "visits.csv (UTF-8、縦線)" in done.result.err


def test_cells_in_quotes_may_hold_separators_and_line_breaks(home: Path) -> None:
    text = (
        '年月日,友好都市,内容,備考\r\n1979/5/1,臨海市,"訪問, 懇親会","一行目\r\n""二行目"""\r\n'
        "1979/5/2,臨海市,次,\r\n"
    )
    Path("visits.csv").write_bytes(text.encode("utf-8"))
    done = take("visits.csv", "--city", "栄市")
    first, second = done.events("linhai-sakae")
    assert (first.title, first.notes) == ("訪問, 懇親会", '一行目\r\n"二行目"')
    assert second.title == "次"


def test_standard_input_is_a_table_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(csv_text(JAPANESE).encode("cp932"))))
    done = take("-", "--city", "栄市")
    assert "<stdin> (Shift_JIS, commas)" in done.result.err
    assert done.counts == [2, 0, 0, 0]


DATED: Rows = [["Date", "Partner", "Title", "Count"], [date(1979, 5, 2), "臨海市", "A visit", 20]]


@pytest.mark.parametrize("write", [write_xlsx, write_xls, write_ods])
def test_workbooks_of_foreign_writers_are_read(home: Path, write: Any) -> None:
    name = write({"Visits 1979": [["Our visits"], [], *DATED]})
    done = take(name, "--city", "荣市")
    (event,) = done.events("linhai-sakae")
    assert (str(event.date), event.title) == ("1979-05-02", "A visit")
    # The sheet is quoted in addresses as spreadsheets quote it, and rows are counted as they are shown.
    assert f"  # {name}, 'Visits 1979'!D4: \"Count\": 20\n" in done.text
    assert f"# {name}, Visits 1979, row 1: above the table: A1: Our visits\n" in done.text


@pytest.mark.parametrize("write", [write_xlsx, write_xls])
def test_dates_of_the_1904_system_are_the_same_days(home: Path, write: Any) -> None:
    done = take(write({"S": DATED}, mac=True), "--city", "荣市")
    assert [str(event.date) for event in done.events("linhai-sakae")] == ["1979-05-02"]


def test_a_cell_that_stores_a_first_of_the_month_is_doubtful(home: Path) -> None:
    # 1979年5月 typed into a cell is stored as 1979-05-01; only its format says that the day is not meant.
    done = take(write_xlsx({"S": [DATED[0], [date(1979, 5, 1), "臨海市", "A visit"]]}), "--city", "荣市")
    assert str(done.events("linhai-sakae")[0].date) == "1979-05-01"
    assert "visits.xlsx, S!A2: stored as 1979-05-01: if the cell shows only a month" in done.text
    assert done.counts == [0, 1, 0, 0]


def test_a_time_beside_a_date_is_doubtful(home: Path) -> None:
    rows = [DATED[0], [datetime(1979, 5, 2, 14, 30), "臨海市", "A visit"]]
    done = take(write_xlsx({"S": rows}), "--city", "荣市")
    assert "visits.xlsx, S!A2: the time 14:30:00 is left out\n" in done.text


def test_all_visible_sheets_are_read_and_hidden_ones_are_named(home: Path) -> None:
    name = write_xlsx({"One": DATED, "Old": DATED, "Words": [["only"], ["words"]], "Empty": []})
    book = openpyxl.load_workbook(name)
    book["Old"].sheet_state = "hidden"
    book.save(name)
    done = take(name, "--city", "荣市")
    assert len(done.events("linhai-sakae")) == 1
    for line in (
        "visits.xlsx, Old: not read, because it is hidden; read it with --sheet",
        "visits.xlsx, Words: not read: no row has names of columns; name them with --map date=B",
        "visits.xlsx, Empty: not read, because it is empty",
    ):
        assert f"sisterline: {line}\n" in done.result.err
        assert f"# {line}\n" in done.text
    done = take(name, "--city", "荣市", "--sheet", "Old", "--sheet", "One")
    assert len(done.events("linhai-sakae")) == 2
    result = call("import", name, "--sheet", "Onee")
    assert (result.status, result.err) == (
        2,
        'sisterline: --sheet: no sheet is called "Onee"; did you mean One?\n',
    )


def test_several_files_are_one_draft_with_a_total(home: Path) -> None:
    names = [write_csv(JAPANESE), write_xlsx({"S": DATED})]
    done = take(*names, "--city", "栄市")
    assert len(done.events("linhai-sakae")) == 3
    assert done.text.count("- extends:") == 1
    assert "sisterline: in all 3 rows read: 3 taken, 0 doubtful, 0 left as comments\n" in done.result.err


def test_merged_cells_have_the_value_of_their_first_one(home: Path) -> None:
    name = write_xlsx({"S": [*DATED, [date(1979, 5, 3), None, "Another"], [date(1979, 5, 4), None, "Third"]]})
    book = openpyxl.load_workbook(name)
    book["S"].merge_cells("B2:B3")
    book.save(name)
    done = take(name, "--city", "荣市")
    assert [event.title for event in done.events("linhai-sakae")] == ["A visit", "Another"]
    assert (
        "visits.xlsx, S!B4: not taken: it does not name both places: A4: 1979-05-04 | C4: Third" in done.text
    )


def test_errors_and_formulas_without_a_value_are_doubtful_and_never_taken(home: Path) -> None:
    rows = [*DATED, [date(1979, 5, 3), "臨海市", "=A1&B1", "=1+1"], [date(1979, 5, 4), "臨海市", "Third", 3]]
    name = write_xlsx({"Plain": DATED, "見積": rows})
    book = openpyxl.load_workbook(name)
    book["見積"]["E2"] = "#N/A"
    book["見積"]["E1"] = "remarks"
    book["見積"]["B4"] = "#REF!"
    book.save(name)
    done = take(name, "--city", "荣市")
    assert "# visits.xlsx, 見積!C3: not taken: the cell for title is empty: " in done.text
    assert " | C3: =A1&B1 | D3: =1+1\n" in done.text
    assert "  # visits.xlsx, 見積!E2: an error or a formula without a value is left out: #N/A\n" in done.text
    assert "# visits.xlsx, 見積!B4: not taken: it does not name both places: " in done.text
    assert [event.title for event in done.events("linhai-sakae")] == ["A visit", "A visit"]
    assert done.counts == [1, 1, 0, 2]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 x", "this is a PDF document; name a CSV, TSV, XLSX, XLS or ODS file"),
        (b"SQLite format 3\0", "this is an SQLite database; name a CSV, TSV, XLSX, XLS or ODS file"),
        (b"PK\3\4 and no more", "the workbook cannot be read: Cannot detect file format; open it in a"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the workbook cannot be read: "),
        (b"", "not read, because it is empty"),
        (
            b"only words\nand more words\n",
            "not read: no row has names of columns; name them with --map",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(home: Path, data: bytes, message: str) -> None:
    Path("x.xlsx").write_bytes(data)
    result = call("import", "x.xlsx", "--city", "Kobe", "-o", "own.yaml")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"sisterline: x.xlsx: {message}")
    assert result.err.count("\n") == 1
    assert not Path("own.yaml").exists()


def test_a_sheet_that_would_fill_the_memory_ends_no_process(home: Path) -> None:
    name = write_xlsx({"S": DATED})
    book = openpyxl.load_workbook(name)
    book["S"]["XFD1048576"] = "far away"
    book.save(name)
    result = call("import", name, "--city", "Kobe")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(
        "sisterline: visits.xlsx: the workbook cannot be read: it is damaged, or takes"
    )
    assert result.err.count("\n") == 1


def test_a_missing_file_and_a_folder_are_refused(home: Path) -> None:
    assert call("import", "none.csv").err == "sisterline: none.csv: there is no such file\n"
    assert "this is not a regular file" in call("import", ".").err


# --- columns --------------------------------------------------------------------------------------


def test_no_name_of_a_column_belongs_to_two_fields() -> None:
    seen: dict[str, str] = {}
    for field, columns in FIELDS.items():
        for name in columns.names:
            assert name, field
            assert seen.setdefault(name, field) == field, name


def test_every_shape_has_known_fields() -> None:
    assert frozenset().union(*SHAPES.values()) == FIELDS.keys()


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384), ("bc", 55)])
def test_columns_have_letters_and_numbers(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert column_letters(number) == letters.upper()
    assert column_number(str(number)) == number


@pytest.mark.parametrize("text", ["", "A1", "-1", "ABCD", "列", "123456"])
def test_other_texts_are_no_columns(text: str) -> None:
    assert column_number(text) == 0


@pytest.mark.parametrize(
    "header",
    [
        ["date", "partner", "title"],
        ["Date ", "PARTNER CITY", "Event"],
        ["日期", "友好城市", "事项"],
        ["活动时间", "对方城市", "活动内容"],
        ["年月日", "姉妹都市", "内容"],
        ["実施日（和暦）", "相手先 [都市名]", "事業名"],
        ["ｄａｔｅ", "友好都市名", "行 事"],
    ],
)
def test_headers_are_known_in_three_languages(home: Path, header: list[str]) -> None:
    done = take(write_csv([header, ["1979-05-01", "臨海市", "A visit"]]), "--city", "荣市")
    assert [event.title for event in done.events("linhai-sakae")] == ["A visit"]


def test_the_best_name_of_several_for_one_field_counts(home: Path) -> None:
    header = ["年度", "年月日", "友好都市", "内容"]
    done = take(write_csv([header, ["昭和54年度", "1979/5/1", "臨海市", "訪問"]]), "--city", "栄市")
    assert str(done.events("linhai-sakae")[0].date) == "1979-05-01"
    assert '  # visits.csv, A2: "年度": 昭和54年度\n' in done.text
    assert done.result.err.splitlines()[0].endswith('; columns kept as comments: "年度"')


def test_year_month_and_day_may_be_columns_of_their_own(home: Path) -> None:
    rows = [
        ["年", "月", "日", "友好都市", "内容"],
        ["昭和54", "5", "1", "臨海市", "A"],
        ["1980年", "6月", "", "臨海市", "B"],
    ]
    done = take(write_csv([*rows, ["1981", "", "", "臨海市", "C"]]), "--city", "栄市")
    assert [str(event.date) for event in done.events("linhai-sakae")] == ["1979-05-01", "1980-06", "1981"]


@pytest.mark.parametrize(
    "maps",
    [
        ["date=B", "partner=C", "title=D"],
        ["date=2", "partner=3", "title=d"],
        ["date=wann", "partner=Wer", "title=was"],
    ],
)
def test_columns_are_named_by_letter_number_or_header(home: Path, maps: list[str]) -> None:
    name = write_csv([["nr", "wann", "wer", "was"], ["1", "1979", "臨海市", "A visit"]])
    options = [word for each in maps for word in ("--map", each)]
    done = take(name, "--city", "荣市", *options)
    assert [event.title for event in done.events("linhai-sakae")] == ["A visit"]


def test_a_table_without_a_header_is_read_by_its_letters(home: Path) -> None:
    name = write_csv([["1979", "臨海市", "A visit"], ["1980", "臨海市", "Another"]])
    done = take(name, "--city", "荣市", "--map", "date=A", "--map", "partner=B", "--map", "title=C")
    assert "events without a header: 2 rows read: 2 taken" in done.result.err


def test_a_map_is_stronger_than_the_names(home: Path) -> None:
    rows = [["date", "partner", "title", "subject"], ["1979", "臨海市", "not this", "but this"]]
    done = take(write_csv(rows), "--city", "荣市", "--map", "title=D")
    assert done.events("linhai-sakae")[0].title == "but this"
    assert '# visits.csv, C2: "title": not this\n' in done.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date", '--map: "date" has no column; write it as date=B or date=年月日'),
        ("dat=B", '--map: "dat" is not a field; did you mean date?'),
    ],
)
def test_a_wrong_map_is_wrong_usage(home: Path, text: str, message: str) -> None:
    result = call("import", write_csv(JAPANESE), "--map", text)
    assert (result.status, result.err) == (2, f"sisterline: {message}\n")


# --- shapes ---------------------------------------------------------------------------------------


def test_a_list_of_partnerships_becomes_new_ones_and_compares_known_ones(home: Path) -> None:
    rows = [
        ["自治体", "提携先", "提携年月日", "提携区分", "状態", "備考", "URL"],
        ["栄市", "金山市", "平成元年5月1日", "友好都市", "休止", "市長が署名", "https://example.org/a?b=1"],
        ["栄市", "臨海市", "1973/5/1", "友好都市", "", "", ""],
        ["栄市", "臨海市", "1999", "友好都市", "", "", ""],
        ["栄市", "金山市", "1990", "", "", "", ""],
    ]
    known = load_dataset([SMALL]).partnership("linhai-sakae")
    assert known is not None
    rows[2][2] = str(known.since)
    done = take(write_csv(rows))
    new = done.partnership("sakae-jinshan")
    assert (str(new.since), new.kind, new.status, new.notes) == (
        "1989-05-01",
        "friendship-city",
        "suspended",
        "市長が署名",
    )
    source = done.dataset.sources[new.sources[0]]
    assert (source.title, source.url) == ("[example.org]", "https://example.org/a?b=1")
    assert "# visits.csv, row 3: known already as linhai-sakae: A3: 栄市 | B3: 臨海市" in done.text
    assert f"row 4: known already as linhai-sakae, but since {known.since}, not 1999: A4: 栄市" in done.text
    assert "row 5: not taken: visits.csv, row 2 has the same two places: A5: 栄市 | B5: 金山市" in done.text
    assert done.counts == [1, 0, 1, 2]


def test_events_of_a_known_partnership_extend_it(home: Path) -> None:
    rows = [
        ["date", "end date", "partner", "event", "type", "source", "notes"],
        ["1979-05-01", "1979-05-03", "臨海市", "A visit", "Delegation", '"City News, May 1979"', "cold"],
        ["1980", "later", "臨海市", "A fair", "fun fair", "", ""],
    ]
    done = take(write_csv(rows), "--city", "荣市")
    first, second = done.events("linhai-sakae")
    assert (str(first.date), first.type, first.notes) == ("1979-05-01/1979-05-03", "delegation", "cold")
    assert done.dataset.sources[str(first.source)].title == "City News, May 1979"
    assert (str(second.date), second.type) == ("1980", "other")
    assert done.text.count("- extends: linhai-sakae\n") == 1
    assert '  # visits.csv, E3: "fun fair" is not a known type; written as other\n' in done.text
    assert '  # visits.csv, B3: "later" is not a date; ' in done.text
    assert done.counts == [1, 1, 0, 0]


EXCHANGES = [
    ["年月日", "友好都市", "内容", "人数", "派遣・受入", "対象"],
    ["2010/8", "臨海市", "中学生の訪問", "１２０人", "派遣", "中学生"],
    ["2011/8", "臨海市", "市民の翼", "約50名", "受入", "市民"],
    ["2012/8", "臨海市", "図書", "1,200冊", "相互", "本"],
    ["2013/8", "臨海市", "何か", "30", "", ""],
]


def test_exchanges_have_a_direction_a_count_and_a_unit(home: Path) -> None:
    done = take(
        write_csv([["、".join("一二")], *[[f'"{cell}"' for cell in row] for row in EXCHANGES]]),
        "--city",
        "栄市",
    )
    sent, received, both = done.exchanges("linhai-sakae")
    assert (sent.origin, sent.destination, sent.count, sent.unit) == ("sakae", "linhai", 120, "people")
    assert (sent.category, str(sent.period), sent.what) == ("students", "2010-08", "中学生の訪問")
    assert (received.origin, received.destination, received.count) == ("linhai", "sakae", 50)
    assert (received.approximate, received.category) == (True, "visitors")
    assert (both.mutual, both.count, both.unit, both.category) == (True, 1200, "books", "other")
    assert '# visits.csv, F5: "本" is not a known category; written as other\n' in done.text
    assert "# visits.csv, E6: not taken: its direction is unknown; " in done.text
    assert done.counts == [2, 1, 0, 1]


def test_a_direction_may_be_two_columns_and_names_the_pair(home: Path) -> None:
    rows = [
        ["period", "from", "to", "what", "number"],
        ["2010/2012", "Sakae-shi", "Linhai", "pupils", "20"],
        ["2011", "Linhai", "Sakae-shi", "teachers", "3"],
        ["2011", "Linhai", "Linhai", "nobody", "3"],
    ]
    done = take(write_csv(rows))
    pupils, teachers = done.exchanges("linhai-sakae")
    assert (pupils.origin, pupils.destination, str(pupils.period)) == ("sakae", "linhai", "2010/2012")
    assert (teachers.origin, teachers.destination) == ("linhai", "sakae")
    # "number" is no count of people by its name.
    assert "# visits.csv, E2: it has no unit; written as people\n" in done.text
    assert done.counts == [0, 2, 0, 1]


def test_a_destination_alone_says_where_the_own_city_sends(home: Path) -> None:
    rows = [["年月日", "派遣先", "内容", "派遣人数"], ["2010", "臨海市", "中学生", "20"]]
    done = take(write_csv(rows), "--city", "栄市")
    (sent,) = done.exchanges("linhai-sakae")
    assert (sent.origin, sent.destination, sent.unit) == ("sakae", "linhai", "people")


def test_a_unit_may_be_in_the_header(home: Path) -> None:
    rows = [["年月日", "派遣先", "内容", "数量（冊）"], ["2010", "臨海市", "図書", "20"]]
    done = take(write_csv(rows), "--city", "栄市")
    assert done.exchanges("linhai-sakae")[0].unit == "books"


def test_the_shape_may_be_given(home: Path) -> None:
    rows = [["年月日", "友好都市", "内容", "人数"], ["2010", "臨海市", "訪問", "20"]]
    done = take(write_csv(rows), "--city", "栄市")
    assert "events below row 1" in done.result.err
    assert '# visits.csv, D2: "人数": 20\n' in done.text
    done = take(write_csv(rows), "--city", "栄市", "--as", "exchanges", status=1)
    assert "exchanges below row 1: 1 row read: 0 taken, 0 doubtful, 1 left as comments" in done.result.err
    assert done.result.err.endswith("sisterline: no row was taken; the comments say why\n")
    assert "partnerships: []\n" in done.text


@pytest.mark.parametrize(
    ("header", "options", "message"),
    [
        (["date", "partner", "title"], [], "no column for your own city; say whose list it is with --city"),
        (["date", "title"], ["--city", "荣市"], "no column for the partner; name it with --map partner=B"),
        (
            ["date", "partner"],
            ["--as", "events"],
            "no column for title, which events need; name it with --map",
        ),
    ],
)
def test_a_column_that_is_missing_is_named(
    home: Path, header: list[str], options: list[str], message: str
) -> None:
    name = write_csv([header, ["1979"] * len(header)])
    result = call("import", name, "--no-builtin", "--data", SMALL, *options)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"sisterline: visits.csv: not read: {message}")


def test_two_cities_are_the_pair_of_a_table_that_names_none(home: Path) -> None:
    name = write_csv([["date", "title"], ["1979", "A visit"]])
    done = take(name, "--city", "栄市", "--city", "臨海市")
    assert done.events("linhai-sakae")[0].title == "A visit"


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "临海市",
        "臨海市",
        "临海",
        "Lin-hai Hsien",
        "海北省临海市",
        "中国临海市",
        "臨海市（中国）",
        "Lin-hai Hsien, China",
        "linhai",
    ],
)
def test_places_are_found_by_every_name_and_what_they_lie_in(home: Path, name: str) -> None:
    done = take(write_csv([["date", "partner", "title"], ["1979", f'"{name}"', "A"]]), "--city", "栄市")
    assert len(done.events("linhai-sakae")) == 1
    assert "\nplaces:" not in done.text


def test_a_name_of_several_places_is_the_one_of_the_only_partnership_and_doubtful(home: Path) -> None:
    rows = [
        ["date", "city", "partner", "title"],
        ["1979", "Sakae", "Linhai-shi", "A"],
        ["1980", "栄市", "Linhai-shi", "B"],
    ]
    done = take(write_csv(rows))
    # Sakae is a city and a prefecture, Linhai two cities: three pairs of them have no partnership.
    assert [event.title for event in done.events("linhai-sakae")] == ["A", "B"]
    assert '# visits.csv, B2: "Sakae" has several meanings; taken as the one in linhai-sakae\n' in done.text
    assert done.counts == [0, 2, 0, 0]


def test_a_name_that_stays_ambiguous_leaves_its_row_as_a_comment(home: Path) -> None:
    rows = [["date", "city", "partner", "title"], ["1979", "金山市", "Linhai-shi", "A"]]
    done = take(write_csv(rows), status=1)
    assert (
        '# visits.csv, C2: not taken: "Linhai-shi" may be any of linhai, linhai-forest; '
        "write one of these ids: A2: 1979 | B2: 金山市 | C2: Linhai-shi | D2: A\n"
    ) in done.text
    assert done.counts == [0, 0, 0, 1]


def test_a_cell_with_several_places_leaves_its_row_as_a_comment(home: Path) -> None:
    done = take(write_csv([HEADER, ["1979", "临海市、金山市", "A"]]), "--city", "栄市", status=1)
    assert '"临海市、金山市" names several places; give each a row of its own' in done.text


def test_a_row_of_one_place_with_itself_stays_as_a_comment(home: Path) -> None:
    done = take(write_csv([HEADER, ["1979", "栄市", "A"]]), "--city", "荣市", status=1)
    assert '"荣市" and "栄市" are one place' in done.text


def test_an_unknown_place_is_proposed_once_with_every_cell_that_names_it(home: Path) -> None:
    rows = [
        ["日期", "友好城市", "国家", "内容"],
        ["1979", "かもめ町", "日本", "A"],
        ["1980", "かもめ町", "日本", "B"],
    ]
    done = take(write_csv([*rows, ["1981", "Grünau", "JP", "C"]]), "--city", "临海市")
    new = [place for name, place in done.dataset.places.items() if name not in load_dataset([SMALL]).places]
    assert [(place.name, place.country, place.level) for place in new] == [
        ("かもめ町", "JP", "town"),
        ("Grünau", "JP", "city"),
    ]
    assert new[1].id == "grunau"
    assert (
        '# visits.csv, B2: no known place is called "かもめ町"; proposed as new: check its name' in done.text
    )
    assert "# also visits.csv, B3\n" in done.text
    assert 'country JP (from "日本")' in done.text
    assert f"linhai-{new[0].id}" in {each.id for each in done.dataset.partnerships}
    assert done.counts == [0, 3, 0, 0]
    # The same table makes the same ids, so that two imports do not clash.
    text = done.text
    assert take("visits.csv", "--city", "临海市").text == text


def test_the_country_of_an_unknown_place_may_be_an_option(home: Path) -> None:
    name = write_csv([HEADER, ["1979", "Neustadt", "A"]])
    done = take(name, "--city", "临海市", "--country", "DE")
    assert done.dataset.places["neustadt"].country == "DE"
    assert "country DE (from --country)" in done.text
    result = call(
        "import", name, "--city", "临海市", "--country", "Atlantis", "--no-builtin", "--data", SMALL
    )
    assert result.status == 2
    assert 'no country is called "Atlantis"' in result.err


def test_without_a_country_a_row_with_an_unknown_place_stays_as_a_comment(home: Path) -> None:
    # Partners of Japanese places in the small data set are in China and in Norway.
    done = take(write_csv([HEADER, ["1979", "Neustadt", "A"]]), "--city", "栄市", status=1)
    assert 'B2: not taken: no known place is called "Neustadt"; give its country with --country' in done.text


def test_an_unknown_own_city_is_an_error_with_a_suggestion(home: Path) -> None:
    result = call("import", write_csv(JAPANESE), "--city", "Omorri", "--no-builtin", "--data", SMALL)
    assert result.status == 1
    assert 'no place is called "Omorri"; did you mean Ōmori' in result.err


def test_a_pair_without_a_partnership_is_proposed_as_one(home: Path) -> None:
    done = take(write_csv([HEADER, ["1979", "金山市", "A"], ["1980", "金山市", "B"]]), "--city", "栄市")
    assert len(done.partnership("sakae-jinshan").events) == 2
    assert "# visits.csv, B2: no partnership of sakae and jinshan is known; proposed as new\n" in done.text
    assert done.counts == [1, 1, 0, 0]


# --- doubtful cells -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1979/5/1", "1979-05-01"), ("昭和54年", "1979"), ("昭和五十四年五月一日", "1979-05-01"),
        ("S54.5.1", "1979-05-01"), ("1979年5月1日〜3日", "1979-05-01/1979-05-03"),
        ("昭和54年度", "1979-04/1980-03"), ("R6.5.10～5.14", "2024-05-10/2024-05-14"),
        ("1979/4/30~5/2", "1979-04-30/1979-05-02"), ("1979.5.1~3", "1979-05-01/1979-05-03"),
        ("5 March 1996", "1996-03-05"), ("19790501", "1979-05-01"), ("1979年5月頃", "1979-05~"),
        ("1979?", "1979?"), ("1979/..", "1979/.."), ("令和元年", "2019"), ("2012-9-13(木)", "2012-09-13"),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_notation_with_one_meaning(home: Path, text: str, edtf: str) -> None:
    done = take(write_csv([HEADER, [text, "臨海市", "A"]]), "--city", "栄市")
    assert [str(event.date) for event in done.events("linhai-sakae")] == [edtf]
    assert done.counts == [1, 0, 0, 0]


def test_a_day_number_is_doubtful_in_both_date_systems(home: Path) -> None:
    for name in (
        write_csv([HEADER, ["28976", "臨海市", "A"]]),
        write_xlsx({"S": [HEADER, [28976, "臨海市", "A"]]}),
    ):
        done = take(name, "--city", "栄市")
        assert str(done.events("linhai-sakae")[0].date) == "1979-05-01"
        assert (
            "A2: 28976 is taken for a day number: 1979-05-01, or 1983-05-02 if days count from" in done.text
        )
        assert done.counts == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5/1/1979", "write 1979-05-01 or 1979-01-05: which number is the month is unclear"),
        ("1979年度", "write 1979-04/1980-03 for a Japanese fiscal year, 1979 for a Chinese one"),
        ("平成31年5月1日", "write 2019-05-01 if that is meant"),
        ("未定", "write 1996, 1996-03 or 1996-03-05"),
        ("", "the cell for date is empty"),
    ],
)
def test_a_date_that_is_not_certain_leaves_its_row_as_a_comment(home: Path, text: str, hint: str) -> None:
    done = take(write_csv([HEADER, [text, "臨海市", "A"], ["1980", "臨海市", "B"]]), "--city", "栄市")
    assert [event.title for event in done.events("linhai-sakae")] == ["B"]
    (line,) = [line for line in done.text.splitlines() if line.startswith("# visits.csv, A2: not taken: ")]
    assert hint in line
    assert line.endswith(" | C2: A") or text == ""
    assert done.counts == [1, 0, 0, 1]


def test_a_founding_date_that_is_not_certain_is_left_out_with_a_comment(home: Path) -> None:
    rows = [
        ["城市", "友好城市", "结好日期"],
        ["金山市", "栄市", "1979/5/1-80年"],
        ["金山市", "荣县", "1979/1981"],
    ]
    done = take(write_csv(rows))
    assert done.partnership("jinshan-sakae").since is None
    assert done.partnership("jinshan-sakae-pref").since is None
    assert '# visits.csv, C2: "1979/5/1-80年" is not a date; ' in done.text
    assert "# visits.csv, C3: 1979/1981 is not one date; it is left out\n" in done.text
    assert done.counts == [0, 2, 0, 0]


# --- output ---------------------------------------------------------------------------------------


def test_without_an_output_the_yaml_is_printed(home: Path) -> None:
    name = write_csv(JAPANESE)
    done = take(name, "--city", "栄市")
    result = call("import", name, "--city", "栄市", "--no-builtin", "--data", SMALL)
    assert (result.status, result.out) == (0, done.text)
    assert call("import", name, "--city", "栄市", "--no-builtin", "--data", SMALL, "-o", "-").out == done.text
    ascii_only = call("import", name, "--city", "栄市", "--no-builtin", "--data", SMALL, encoding="ascii")
    assert ascii_only.out == done.text


def test_an_existing_file_is_never_replaced(home: Path) -> None:
    name = write_csv(JAPANESE)
    for target in ("own.yaml", name, "own.txt"):
        before = Path(name).read_bytes()
        Path(target).touch()
        result = call("import", name, "--city", "栄市", "--no-builtin", "--data", SMALL, "-o", target)
        assert result.status == 1
        assert f"cannot write {target}: " in result.err
        assert Path(name).read_bytes() == before


@pytest.mark.parametrize("rows", [JAPANESE, EXCHANGES[:4]])
def test_a_table_that_grew_is_imported_again_without_what_is_known_already(home: Path, rows: Rows) -> None:
    quoted = [[f'"{cell}"' for cell in row] for row in rows]
    take(write_csv(quoted[:-1]), "--city", "栄市")
    Path("own.yaml").rename("before.yaml")
    done = take(write_csv(quoted), "--city", "栄市", "--data", "before.yaml")
    assert done.counts[2] == len(rows) - 2
    assert sum(done.counts) == len(rows) - 1
    assert "# visits.csv, row 2: known already in linhai-sakae: A2: " in done.text
    assert len(done.events("linhai-sakae")) + len(done.exchanges("linhai-sakae")) == 1


@pytest.mark.parametrize("write", [write_xlsx, write_xls, write_ods])
def test_a_damaged_workbook_is_read_or_refused_in_one_line(home: Path, write: Any) -> None:
    data = Path(write({"S": DATED})).read_bytes()
    for number in range(1, 6):
        damaged = bytearray(data)
        for step in range(1, 6):
            damaged[(number * 977 + step * 3571) % len(data)] ^= 0xFF
        Path("x").write_bytes(bytes(damaged if number % 2 else data[: len(data) * number // 6]))
        result = call("import", "x", "--city", "荣市", "--no-builtin", "--data", SMALL)
        assert result.status in (0, 1)
        assert "Traceback" not in result.err
        assert result.status == 0 or result.err.startswith("sisterline: ")


def test_the_last_line_is_the_command_that_checks_the_file(home: Path) -> None:
    name = write_csv([HEADER, ["1979", "北海市", "A"]])
    result = call("import", name, "--city", "八代市", "-o", "own file.yaml")
    assert result.status == 0
    last = result.err.splitlines()[-1]
    assert last == "sisterline: check it with: sisterline check --with-builtin 'own file.yaml'"
    assert call("check", "--with-builtin", "own file.yaml").status == 0
    assert take(write_csv(JAPANESE), "--city", "栄市").result.err.splitlines()[-1] == (
        f"sisterline: check it with: sisterline check {SMALL} own.yaml"
    )


def _texts(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield from (str(cell) for cell in row if cell)


def test_no_cell_is_dropped(home: Path) -> None:
    rows = [
        ["令和6年度の実績"], ["担当課", "国際課"],
        ["年月日", "友好都市", "内容", "担当", "人数", "備考"],
        ["1979", "臨海市", "だいいち", "田中", "七人", "びこういち"],
        ["1980頃か", "臨海市", "だいに", "佐藤", "八人", "びこうに"],
        ["1981", "知らない市", "だいさん", "鈴木", "九人", "びこうさん"],
        ["1982", "臨海市", "", "高橋", "十人", "びこうよん"],
        ["以上", "", "", "", "", ""],
    ]  # fmt: skip
    done = take(write_csv(rows), "--city", "栄市")
    for text in _texts(rows):
        if text not in rows[2] and not text.isdecimal() and text != "臨海市":
            assert text in done.text, text
    assert done.counts == [1, 0, 0, 4]
