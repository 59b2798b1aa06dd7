"""Workbooks (-f xlsx), read back with two readers that nobody here wrote."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook  # noqa: TID253
from wcwidth import wcswidth

from helpers import HOSTILE, ON_SMALL, TESTS, TODAY, call, small
from sisterline.formats import xlsx
from sisterline.formats.options import WriteOptions
from sisterline.reports.listing import ListReport
from sisterline.reports.refs import PartnershipRef, PlaceRef
from sisterline.text.escape import printable

COMMANDS = {
    "list": ("list",),
    "timeline": ("timeline",),
    "chart": ("timeline", "--chart"),
    "show": ("show", "linhai-sakae"),
    "stats": ("stats",),
    "cross": ("stats", "--by", "country", "--by", "level"),
    "anniversaries": ("anniversaries", "--within", "10y"),
    "exchanges": ("exchanges",),
    "sources": ("sources",),
    "one source": ("sources", "gazette"),
}


def _made(tmp_path: Path, *words: str) -> Path:
    path = tmp_path / "made.xlsx"
    result = small(*words, "-o", path)
    assert (result.status, result.err, result.out) == (0, "", "")
    return path


def _report(text: str) -> ListReport:
    """A list whose only partnership says a text everywhere."""
    place = PlaceRef(
        id=text, name=text, native=text, names={"en": text}, level="city", region=text, country="CN",
        country_name=text,
    )  # fmt: skip
    row = PartnershipRef(
        id=text, place=place, partner=place, kind=None, since=None, status="active", years=5, next=None,
        events=1, last_event=None, exchanges=2, sources=3,
    )  # fmt: skip
    return ListReport(today=TODAY.isoformat(), partnerships=(row,), matched=1)


def _first_sheet(path: Path) -> list[list[Any]]:
    """The rows of the first sheet as calamine reads them."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("name", COMMANDS)
def test_both_readers_find_the_same_cells(name: str, tmp_path: Path) -> None:
    path = _made(tmp_path, *COMMANDS[name])
    book, other = openpyxl.load_workbook(path), CalamineWorkbook.from_path(path)
    assert book.sheetnames == other.sheet_names
    for sheet in book:
        cells = [[_plain(cell) for cell in row] for row in sheet.values]
        rows = other.get_sheet_by_name(sheet.title).to_python()
        assert cells == [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: Any) -> Any:
    """A cell as both readers would give it: calamine has "" for an empty one and floats for numbers."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "one source"])
def test_the_first_sheet_has_the_cells_of_csv(name: str, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_made(tmp_path, *COMMANDS[name])).worksheets[0]
    rows = csv.reader(io.StringIO(small(*COMMANDS[name], "-f", "csv").out))
    assert [[_as_csv(cell) for cell in row] for row in sheet.values] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def _as_csv(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def test_every_other_table_and_the_sources_have_a_sheet(tmp_path: Path) -> None:
    names = openpyxl.load_workbook(_made(tmp_path, "show", "linhai-sakae")).sheetnames
    assert names == ["timeline", "partnerships", "exchanges", "sums", "sources"]


def test_the_heading_of_what_an_official_total_counts_is_not_that_of_exchanges(tmp_path: Path) -> None:
    for language, sheet, heading in (
        ("en", "totals", "counts"), ("zh", "官方统计", "统计对象"), ("ja", "公式統計", "集計対象"),
    ):  # fmt: skip
        path = tmp_path / "stats.xlsx"
        assert call("stats", "--lang", language, "-o", path).status == 0
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
        assert heading in rows[0]
        path.unlink()


def test_the_eras_of_a_chart_have_a_sheet_with_the_ids_of_their_sources(tmp_path: Path) -> None:
    path = _made(tmp_path, "timeline", "--chart", "--data", str(TESTS / "eras"))
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("eras").to_python()
    assert rows[0] == ["period", "label", "sources"]
    assert rows[2] == ["2003-04/2003-07", "epidemic", "gazette sakae-city"]


def test_a_date_is_a_real_one_only_where_its_day_is_known(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_made(tmp_path, "list")).worksheets[0]
    heading, *rows = sheet.values
    cells = {row[0]: row[heading.index("since")] for row in rows}
    written = {row["id"]: row["since"] for row in csv.DictReader(io.StringIO(small("list", "-f", "csv").out))}
    days = {key: cell for key, cell in cells.items() if isinstance(cell, datetime)}
    assert days == {
        key: datetime.fromisoformat(text)
        for key, text in written.items()
        if len(text) == len("1973-06-24") and text.isascii()
    }
    assert 0 < len(days) < len(cells)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1973-06-24", date(1973, 6, 24)),
        ("1900-03-01", date(1900, 3, 1)),
        ("1900-02-28", None),
        ("1973-06-24~", None),
        ("1973-06", None),
        ("1973-02-30", None),
        ("1973-06-24/1973-06-25", None),
        ("１９７３-06-24", None),
    ],
)
def test_a_spreadsheet_counts_days_from_march_1900(text: str, day: date | None) -> None:
    assert xlsx.known_day(text) == day


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_hostile_text_is_a_text_and_no_formula_or_link(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    assert xlsx.write(_report(text), path, WriteOptions()) == ""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (printable(text), "s", None)
    with zipfile.ZipFile(path) as archive:
        content = archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "external" in name.lower()]
    assert b"<f>" not in content
    assert b"<hyperlink" not in content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_reads_back_as_it_can_be_seen(text: str, tmp_path: Path) -> None:
    assume(xlsx.known_day(text) is None)  # a day becomes a real date
    path = tmp_path / "x.xlsx"
    xlsx.write(_report(text), path, WriteOptions())
    assert _first_sheet(path)[1][0] == printable(text)


def test_the_line_of_names_stays_in_view_and_columns_have_room(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_made(tmp_path, "list")).worksheets[0]
    assert sheet.freeze_panes == "A2"
    heading, *rows = sheet.values
    native = heading.index("partner_native")
    letter = openpyxl.utils.get_column_letter(native + 1)
    widest = max(wcswidth(row[native] or "") for row in rows)
    assert sheet.column_dimensions[letter].width > widest


def test_columns_are_chosen_for_the_first_sheet(tmp_path: Path) -> None:
    path = _made(tmp_path, "list", "--columns", "partner,id")
    assert _first_sheet(path)[0] == ["partner", "id"]


def test_the_same_data_makes_the_same_bytes(tmp_path: Path) -> None:
    first = _made(tmp_path, "timeline").read_bytes()
    assert _made(tmp_path, "timeline").read_bytes() == first


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    note = xlsx.write(_report("長" * 40_000), path, WriteOptions())
    assert note == "a cell of xlsx holds 32,767 characters: longer texts are cut"
    text = _first_sheet(path)[1][0]
    assert (len(text), text[-2:]) == (32_767, "長…")


def test_rows_that_a_sheet_cannot_hold_are_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    path = tmp_path / "x.xlsx"
    result = small("list", "-o", path)
    note = "a sheet of xlsx holds 2 rows: the others are left out"
    assert (result.status, result.err) == (0, f"sisterline: {note}\n")
    assert len(_first_sheet(path)) == 3


def test_a_workbook_that_somebody_changed_is_replaced_by_force_only(tmp_path: Path) -> None:
    path = _made(tmp_path, "list")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "our own words"
    book.save(path)
    before = path.read_bytes()
    result = small("list", "-o", path)
    fault = "it is an existing file of a workbook that was changed since Sisterline made it"
    assert result.err == (
        f"sisterline: cannot write {path}: {fault}; choose another name, or add --force to replace it\n"
    )
    assert (result.status, path.read_bytes()) == (1, before)
    assert small("list", "-o", path, "--force").status == 0
    assert _first_sheet(path)[0][0] == "id"


@pytest.mark.parametrize("content", ["workbook", "zip", "encrypted", "text", "damaged"])
def test_a_file_that_is_no_workbook_of_ours_is_replaced_by_force_only(content: str, tmp_path: Path) -> None:
    path = tmp_path / "theirs.xlsx"
    if content == "workbook":
        openpyxl.Workbook().save(path)
    elif content == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("letter.txt", "dear mayor")
    elif content == "encrypted":
        small("list", "-o", path)
        # The flag of each file in the archive says so (APPNOTE.TXT, 4.4.4).
        packed = path.read_bytes().replace(b"PK\x03\x04\x14\0\0", b"PK\x03\x04\x14\0\1")
        path.write_bytes(re.sub(rb"(PK\x01\x02....)\0", rb"\1\1", packed, flags=re.DOTALL))
    elif content == "text":
        path.write_text("a,b\n")
    else:
        path.write_bytes(b"PK\x03\x04 and no more")
    before = path.read_bytes()
    assert small("list", "-o", path).status == 1
    assert path.read_bytes() == before
    assert small("list", "-o", path, "--force").status == 0


def test_a_check_writes_its_problems(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("partnerships: 3\n")
    path = tmp_path / "problems.xlsx"
    assert call("check", bad, "-o", path).status == 1
    assert _first_sheet(path)[0][:3] == ["level", "path", "line"]
    assert len(_first_sheet(path)) == 2


def test_a_report_without_rows_is_a_sheet_of_names_only(tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    assert call("list", *ON_SMALL, "--founded", "1800", "-o", path).status == 0
    assert len(_first_sheet(path)) == 1
