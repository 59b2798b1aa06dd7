"""Cases that once failed: how data is named, how dates are written, and how `check` ends.

The inputs are in tests/cases/NAME; each is the subject of one test, and the tests after it cover its kind.
"""

import io
import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers import SMALL, TESTS, call
from sisterline.dates import Date, DateError, Period
from sisterline.notations import interpret
from sisterline.reading.files import bundled_folder, data_files

CASES = TESTS / "cases"
TODAY = ("--today", "2026-11-21")
OWN = (CASES / "tilde-in-a-path" / "input.yaml").read_text("utf-8")
ROWS = ("list", "--no-builtin", *TODAY, "--columns", "id", "-f", "csv")
ONE_ROW = "id\naa-bb\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own home folder."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    return home


def _stdin(monkeypatch: pytest.MonkeyPatch, data: bytes | str) -> None:
    content = data.encode() if isinstance(data, str) else data
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def _write(path: Path, text: str = OWN) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# --- dates in other notations ---------------------------------------------------------------------


def test_case_dates_other_notations() -> None:
    result = call("check", CASES / "dates-other-notations" / "input.yaml")
    assert result.status == 1
    fixes = [line.partition("is not a date; write ")[2] for line in result.lines[:-1]]
    assert len(fixes) == 15
    assert {fix.partition(" ")[0] for fix in fixes[:11]} == {"1979-05-01"}
    assert fixes[10] == "1979-05-01 if this is the day number of a spreadsheet"
    assert fixes[11:14] == ["1989-04", "2023", "1979"]
    assert fixes[14] == "1979-04/1980-03 for a Japanese fiscal year, 1979 for a Chinese one"
    assert call("list", "--from", "昭和54年5月1日", "-f", "csv", *TODAY).err == (
        "sisterline: --from: 昭和54年5月1日 is read as 1979-05-01\n"
    )
    founded = call("list", "--founded", "平成元年", "-f", "csv", *TODAY)
    assert founded.out == call("list", "--founded", "1989", "-f", "csv", *TODAY).out
    assert founded.err == "sisterline: --founded: 平成元年 is read as 1989\n"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("明治45年7月30日", "1912-07-30"),
        ("大正元年7月30日", "1912-07-30"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("昭和64年1月7日", "1989-01-07"),
        ("昭和64年", "1989"),
        ("平成元年1月8日", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("昭和五十四年五月一日", "1979-05-01"),
        ("昭和54.5.1", "1979-05-01"),
        ("㍼54年5月1日", "1979-05-01"),
        ("M45.7.30", "1912-07-30"),
        ("T1.7.30", "1912-07-30"),
        ("s54/5/1", "1979-05-01"),
        ("S.54.5.1", "1979-05-01"),
        ("S54年5月", "1979-05"),
        ("H元.4", "1989-04"),
        ("R5年", "2023"),
        ("中華民國68年5月1日", "1979-05-01"),
        ("一九七九年五月一日", "1979-05-01"),
        ("二〇〇七年十二月二十五日", "2007-12-25"),
        ("1979年5月1号", "1979-05-01"),
        ("1979 年 5 月 1 日", "1979-05-01"),
        ("１９７９", "1979"),
        ("1979－05－01", "1979-05-01"),
        ("1979年5月1日（火）", "1979-05-01"),
        ("1979年5月1日火曜日", "1979-05-01"),
        ("1979年5月1日 星期二", "1979-05-01"),
        ("Tue, 1 May 1979", "1979-05-01"),
        ("1979-05-01 (Tuesday)", "1979-05-01"),
        ("1979/5/1 10:30", "1979-05-01"),
        ("1979-05-01T10:30:00Z", "1979-05-01"),
        ("1979年5月1日 午前10時30分", "1979-05-01"),
        ("13/5/1979", "1979-05-13"),
        ("5/13/1979", "1979-05-13"),
        ("5/5/1979", "1979-05-05"),
        ("5/1979", "1979-05"),
        ("5 March 1996", "1996-03-05"),
        ("March 5th, 1996", "1996-03-05"),
        ("Sept. 1996", "1996-09"),
        ("circa 1996", "1996~"),
        ("約1979年5月", "1979-05~"),
        ("1979年頃", "1979~"),
        ("~1996-03", "1996-03~"),
        ("1996?-03", "1996-03?"),
        ("1996-XX", "1996"),
        ("1996-03-XX", "1996-03"),
        ("1996..1998", "1996/1998"),
        ("1996–1998", "1996/1998"),
        ("1979年5月1日〜3日", "1979-05-01/1979-05-03"),
        ("1979年5月1日～6月3日", "1979-05-01/1979-06-03"),
        ("1979年から1985年", "1979/1985"),
        ("昭和54年/平成元年", "1979/1989"),
        ("昭和54年度", "1979-04/1980-03"),
        ("令和元年度", "2019-04/2020-03"),
    ],
)  # fmt: skip
def test_a_notation_with_one_meaning_gets_that_as_its_fix(text: str, edtf: str) -> None:
    notation = interpret(text)
    assert notation is not None
    assert (notation.edtf, notation.hint) == (edtf, f"write {edtf}")
    assert str(Period.parse(edtf)) == edtf


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5/1/1979", "write 1979-05-01 or 1979-01-05: which number is the month is unclear"),
        ("05.03.1996", "write 1996-05-03 or 1996-03-05: which number is the month is unclear"),
        ("1979年5月1日(水)", "write 1979-05-01 if a Tuesday is meant"),
        ("昭和65年", "write 1990 if that is meant: 昭和 ended on 1989-01-07"),
        ("平成31年5月1日", "write 2019-05-01 if that is meant: 平成 ended on 2019-04-30"),
        ("平成元年1月7日", "write 1989-01-07 if that is meant: 平成 began on 1989-01-08"),
        ("明治5年12月2日", "write the Gregorian date: Japan had another calendar before 1873"),
        ("R5", "write 2023"),
        ("36526.5", "write 2000-01-01 if this is the day number of a spreadsheet"),
        ("294364800", "write 1979-05-01 if this is a Unix time"),
        ("197905", "write 1979-05 if a month is meant"),
        ("1996%", "write 1996~ or 1996?: % for both at once is not supported"),
        ("2004-21", "seasons are not supported: write 2004, or its months as 2004-03/2004-05"),
        ("19XX", "write 1950~ for about then, or 1900/1999 for the whole century"),
        (
            "[1996, 1998]",
            "sets are not supported: write one date followed by ?, or an interval as 1996/1997",
        ),
        ("Y17000", "years go from 0001 to 9999"),
        ("1979年度", "write 1979-04/1980-03 for a Japanese fiscal year, 1979 for a Chinese one"),
    ],
)
def test_a_notation_that_can_mean_several_things_says_which(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        Period.parse(text)
    assert caught.value.hint == hint
    assert caught.value.meant == ""


@pytest.mark.parametrize(
    "text",
    [
        "平成0年",
        "昭和54年13月",
        "1979年2月30日",
        "十十年",
        "S54.2.30",
        "Mayor 1996",
        "5月1日",
        "1998–1996",
        "x" * 100,
    ],
)
def test_what_is_no_date_in_any_notation_gets_no_fix(text: str) -> None:
    assert interpret(text) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1979年度", "write 1979, or one month within 1979-04/1980-03"),
        ("昭和54年度", "write one date within 1979-04/1980-03"),
        ("1990s", "write 1995~ for about then"),
        ("2004-21", "seasons are not supported: write 2004, or one month as 2004-03"),
        ("{1996, 1998}", "sets are not supported: write one date followed by ?"),
    ],
)
def test_an_interval_is_never_the_fix_where_one_date_is_wanted(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        Date.parse(text)
    assert caught.value.hint == hint


@given(
    st.text(st.sampled_from("0123456789-/.~?%X 年月日度元昭和平成令SHR明治頃()火to[]{},:T十五"), max_size=20)
)
@example("昭和元年度")
@example("9999年度")
def test_the_one_meaning_of_any_text_is_a_date_or_an_interval(text: str) -> None:
    notation = interpret(text)
    if notation is not None and notation.edtf:
        assert str(Period.parse(notation.edtf)) in (notation.edtf, notation.edtf.partition("/")[0])


def test_day_numbers_are_those_of_spreadsheets() -> None:
    for number in (10_000, 28_976, 73_050):
        notation = interpret(str(number))
        assert notation is not None
        day = date.fromisoformat(notation.hint.split()[1])
        assert (day - date(1900, 3, 1)).days + 61 == number  # 61 is 1 March 1900 in the 1900 date system


@pytest.mark.parametrize("option", ["--from", "--to", "--founded"])
@pytest.mark.parametrize("text", ["5/1/1979", "28976", "1979年度", "2004-21"])
def test_an_unclear_date_on_the_command_line_is_refused_with_its_fix(option: str, text: str) -> None:
    result = call("list", option, text)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f'sisterline: {option}: "{text}" is not a date')
    assert "write " in result.err


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (("--founded", "昭和54年度"), ("--founded", "1979-04..1980-03")),
        (("--founded", "S54..平成元年"), ("--founded", "1979..1989")),
        (("--to", "１９７９年５月"), ("--to", "1979-05")),
        (("--from", "昭和54年度", "--to", "昭和54年度"), ("--from", "1979-04", "--to", "1980-03")),
    ],
)
def test_a_clear_date_on_the_command_line_is_understood(
    typed: tuple[str, ...], plain: tuple[str, ...]
) -> None:
    if typed[1].startswith("S54.."):  # two characters alone are not clear
        assert call("list", *typed).status == 2
        typed = ("--founded", "昭和54年..平成元年")
    understood = call("list", *typed, "-f", "csv", *TODAY)
    assert understood.out == call("list", *plain, "-f", "csv", *TODAY).out
    assert understood.err.count(" is read as ") == understood.err.count("\n") > 0


def test_today_may_be_a_day_of_an_era() -> None:
    assert (
        call("list", "--today", "令和8年11月21日", "-f", "csv").out == call("list", *TODAY, "-f", "csv").out
    )
    assert call("list", "--today", "令和8年11月").status == 2


# --- what the environment names -------------------------------------------------------------------


def test_case_environment_names_a_lost_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SISTERLINE_DATA", "/gone/visits.yaml")
    result = call("list", "--limit", "1")
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        "sisterline: SISTERLINE_DATA names /gone/visits.yaml: there is no such file; "
        "change or unset the variable, or restore the file\n"
    )


def test_any_other_reason_why_there_is_no_data_names_the_variable_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (str(tmp_path), str(tmp_path / ("x" * 300))):
        monkeypatch.setenv("SISTERLINE_DATA", name)
        result = call("list")
        assert result.status == 1
        assert result.err.startswith(f"sisterline: SISTERLINE_DATA names {name}: ")


def test_the_environment_never_names_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SISTERLINE_DATA", "-")
    _stdin(monkeypatch, OWN)
    assert "SISTERLINE_DATA names" in call("list", "--no-builtin").err


# --- folders --------------------------------------------------------------------------------------


def test_case_folder_with_hidden_files(tmp_path: Path) -> None:
    shutil.copy(CASES / "folder-with-hidden-files" / "input.yaml", tmp_path / "visits.yaml")
    (tmp_path / ".#visits.yaml").symlink_to("user@host.1:2")
    assert call(*ROWS, "--data", tmp_path) == (0, ONE_ROW, "")
    (tmp_path / ".#visits.yaml").unlink()
    (tmp_path / "._visits.yaml").write_bytes(b"\0\5\26\7\377")
    assert call(*ROWS, "--data", tmp_path) == (0, ONE_ROW, "")
    assert call("check", tmp_path) == (0, "No problems found: 1 partnership, 0 events, 0 sources\n", "")


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    assert call(*ROWS, "--data", _write(tmp_path / ".own.yaml")).out == ONE_ROW


@pytest.mark.parametrize("name", ["OWN.YAML", "own.YML", "own.Yaml"])
def test_extensions_in_upper_case_are_read(name: str, tmp_path: Path) -> None:
    path = _write(tmp_path / name)
    assert data_files(tmp_path) == [path]
    assert call(*ROWS, "--data", tmp_path) == (0, ONE_ROW, "")


def test_check_names_the_files_that_look_like_data_and_are_not_read(tmp_path: Path) -> None:
    _write(tmp_path / "own.yaml")
    for name in ("own.yaml.bak", "own.yaml~", "visits.JSON", "notes.txt", ".own.yaml.swp"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "2025").mkdir()
    _write(tmp_path / "2025" / "more.yaml")
    (tmp_path / "photos").mkdir()
    result = call("check", tmp_path)
    assert (result.status, result.out.count("\n")) == (0, 1)
    assert result.err == (
        f"sisterline: {tmp_path}: not read, because only .yaml and .yml directly in the folder are: "
        "2025/, own.yaml.bak, own.yaml~, visits.JSON\n"
    )


def test_a_folder_without_data_names_what_looks_like_it(tmp_path: Path) -> None:
    (tmp_path / "own.yaml.txt").write_text("", encoding="utf-8")
    result = call("list", "--data", tmp_path)
    assert result.status == 1
    assert "there is no .yaml file in this folder; it has own.yaml.txt" in result.err


# --- a leading tilde ------------------------------------------------------------------------------


def test_case_tilde_in_a_path(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(CASES / "tilde-in-a-path" / "input.yaml", home / "own.yaml")
    assert call(*ROWS, "--data=~/own.yaml") == (0, ONE_ROW, "")
    assert call("check", "~/own.yaml") == (0, "No problems found: 1 partnership, 0 events, 0 sources\n", "")
    monkeypatch.setenv("SISTERLINE_DATA", "~/own.yaml")
    assert call(*ROWS) == (0, ONE_ROW, "")


def test_a_tilde_in_each_part_of_the_environment_is_the_home_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(home / "own.yaml")
    monkeypatch.setenv("SISTERLINE_DATA", os.pathsep.join([str(SMALL), "~/own.yaml"]))
    assert "aa-bb" in call(*ROWS).out


def test_a_tilde_that_is_part_of_a_name_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    for name in ("own~.yaml", "~no-such-user-here"):
        _write(home / name)
        assert call(*ROWS, "--data", name).out == ONE_ROW


# --- standard input -------------------------------------------------------------------------------


def test_case_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (CASES / "standard-input" / "input.yaml").read_text("utf-8")
    _stdin(monkeypatch, text)
    assert call("check", "-") == (0, "No problems found: 1 partnership, 0 events, 0 sources\n", "")
    _stdin(monkeypatch, text)
    assert call(*ROWS, "--data", "-") == (0, ONE_ROW, "")


def test_problems_of_standard_input_have_a_line_a_column_and_an_excerpt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _stdin(monkeypatch, OWN.replace("level: town}", "level: twon}", 1))
    result = call("check", "-")
    assert result.status == 1
    assert result.lines[0].startswith("<stdin>:2:38: ")
    assert "level: twon" in result.lines[1]
    assert result.lines[2].endswith("^")
    _stdin(monkeypatch, "places: [")
    assert call("list", "--no-builtin", "--data", "-").err.startswith("sisterline: <stdin>:1:")


def test_standard_input_lies_over_other_data(monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, OWN)
    rows = call("list", "--data", "-", "--data", SMALL, "--no-builtin", "--columns", "id", "-f", "csv").lines
    assert len(rows) == 11
    _stdin(monkeypatch, OWN)
    assert call("check", "--with-builtin", "-").status == 0


def test_standard_input_named_twice_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (("check", "-", "-"), ("list", "--data", "-", "--data", "-")):
        _stdin(monkeypatch, OWN)
        result = call(*arguments)
        assert (result.status, result.out) == (2, "")
        assert result.err == "sisterline: standard input (-) can be read only once; name it once\n"


def test_standard_input_is_never_taken_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    _write(tmp_path / "-", "a file of that name has nothing to do with it")
    for name in ("aa-bb", "other-id"):
        _stdin(monkeypatch, OWN.replace("aa-bb", name))
        assert call(*ROWS, "--data", "-").out == f"id\n{name}\n"
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "<stdin>:1:1: the file is empty"),
        (b"\xff\xfea\0", "<stdin>:1:1: the file is UTF-16, not UTF-8"),
        (b"places:\n  \xff", "<stdin>:2:3: byte 0xff"),
    ],
)
def test_bad_standard_input_is_reported_as_a_bad_file_is(
    data: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stdin(monkeypatch, data)
    result = call("check", "-")
    assert result.status == 1
    assert result.out.startswith(message)


def test_standard_input_that_is_closed_or_too_long_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert call("check", "-").lines[0] == "<stdin>: standard input is closed"
    monkeypatch.setattr("sisterline.reading.files.MAX_BYTES", 10)
    _stdin(monkeypatch, OWN)
    assert call("check", "-").lines[0].startswith("<stdin>: there are more than 0 MiB")


# --- check in a pipeline --------------------------------------------------------------------------


def test_case_check_warnings_in_a_pipeline() -> None:
    path = CASES / "check-warnings-in-a-pipeline" / "input.yaml"
    assert call("check", path, *TODAY).status == 0
    warned = call("check", "--warnings", path, *TODAY)
    assert (warned.status, warned.err) == (0, "")
    assert "1 warning" in warned.lines
    for options in (("--warnings", "--strict"), ("--strict",)):
        assert call("check", *options, path, *TODAY) == (1, warned.out, "")


def test_strict_fails_only_where_a_warning_is_shown(tmp_path: Path) -> None:
    quiet = _write(tmp_path / "quiet.yaml", OWN.replace("1980-05-01", "2020"))
    assert call("check", "--strict", quiet, *TODAY).status == 0
    # Nothing is warned of in the bundled files when own ones are checked.
    assert call("check", "--strict", "--with-builtin", quiet, *TODAY).status == 0
    for form in ("json", "csv", "github"):
        path = CASES / "check-warnings-in-a-pipeline" / "input.yaml"
        assert call("check", "--strict", path, *TODAY, "-f", form).status == 1


def test_own_files_in_a_folder_whose_name_begins_as_the_bundled_one_keep_their_warnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "data"
    shutil.copytree(bundled_folder(), bundled)
    own = tmp_path / "data-own"
    own.mkdir()
    shutil.copy(CASES / "check-warnings-in-a-pipeline" / "input.yaml", own / "own.yaml")
    monkeypatch.setattr("sisterline.cli.commands.check.bundled_folder", lambda: bundled)
    report = json.loads(call("check", "--with-builtin", "--strict", own, *TODAY, "-f", "json").out)
    assert [warning["path"] for warning in report["warnings"]] == [str(own / "own.yaml")]
