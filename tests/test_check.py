"""`check`: every problem with its place and its mend, what is doubtful, and how both are written."""

import csv
import io
import json
import re
import shutil
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from helpers import CONTROL, SMALL, TESTS, Result, call
from sisterline.model import Dataset
from sisterline.query.history import number_of_events
from sisterline.reading.dataset import read_dataset
from sisterline.reading.files import bundled_folder
from sisterline.reading.yaml_events import loader_is_fast

BAD = TESTS / "bad"
TODAY = ("--today", "2026-11-21")

PLACES = """places:
  a: {name: Ahausen, country: DE, level: town}
  b: {name: Bourg, country: FR, level: town}
"""
# Three problems, one of them in a line after a Chinese name.
THREE = """places:
  beihai: {name: {en: Beihai, zh: 北海市}, country: CN, level: citty}
  yatsushiro: {name: Yatsushiro, contry: JP, level: city}
"""


def _file(folder: Path, text: str, name: str = "x.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _json(*arguments: str | Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(call("check", *arguments, "-f", "json").out)
    return report


# --- problems -------------------------------------------------------------------------------------


def test_every_problem_is_one_line_with_place_and_fix_and_they_are_counted(tmp_path: Path) -> None:
    path = _file(tmp_path, THREE)
    assert call("check", path) == Result(
        1,
        f'{path}:2:61: "citty" is not a valid level; did you mean city?\n'
        f'{path}:3:34: unknown key "contry"; did you mean country?\n'
        "2 problems\n",
        "",
    )


@pytest.mark.parametrize("file", sorted(BAD.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_bad_file_fails_with_the_same_problems_in_all_formats(file: Path) -> None:
    problems = read_dataset([file]).problems
    assert problems
    table = call("check", file)
    assert (table.status, table.err) == (1, "")
    report = _json(file)
    told = [tuple(problem.values()) for problem in report["problems"]]
    assert told == [(p.path, p.line, p.column, p.message, p.hint) for p in problems]
    rows = list(csv.DictReader(io.StringIO(call("check", file, "-f", "csv").out)))
    assert [(row["level"], row["line"], row["column"]) for row in rows] == [
        ("problem", str(p.line), str(p.column)) for p in problems
    ]
    commands = [_command(line) for line in call("check", file, "-f", "github").lines]
    assert [(c.level, c.properties["file"]) for c in commands] == [("error", p.path) for p in problems]
    assert len([line for line in table.lines if line.startswith(f"{file}:")]) == len(problems)
    assert table.lines[-1] == ("1 problem" if len(problems) == 1 else f"{len(problems)} problems")


def test_problems_of_several_files_are_all_reported_and_good_files_are_not(tmp_path: Path) -> None:
    one, other = _file(tmp_path, THREE, "one.yaml"), _file(tmp_path, "placs: {}\n", "other.yaml")
    missing = tmp_path / "missing.yaml"
    (tmp_path / "empty").mkdir()
    result = call("check", SMALL, other, missing, one, tmp_path / "empty")
    assert result.status == 1
    assert [line.partition(": ")[0] for line in result.lines] == [
        str(tmp_path / "empty"), str(missing), f"{one}:2:61", f"{one}:3:34", f"{other}:1:1", "5 problems",
    ]  # fmt: skip


def test_all_is_well_where_nothing_is_wrong() -> None:
    assert call("check", SMALL) == (
        0, "No problems found: 9 partnerships, 17 events, 6 sources\n", ""
    )  # fmt: skip
    report = _json(SMALL)
    assert report == {
        "report": "check", "schema": 2, "today": date.today().isoformat(),
        "data": None,
        "problems": [], "warnings": [], "excerpt": "", "partnerships": 9, "events": 17, "sources": 6,
    }  # fmt: skip
    assert call("check", SMALL, "-f", "github") == (0, "", "")


def test_the_bundled_data_is_checked_where_no_path_is_given(bundled: Dataset) -> None:
    result = call("check")
    events = sum(number_of_events(partnership.events) for partnership in bundled.partnerships)
    assert result == (
        0,
        (
            f"No problems found: {len(bundled.partnerships)} partnerships, {events:,} events, "
            f"{len(bundled.sources):,} sources\n"
        ),
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 0),
        (("bad.yaml",), 1),
        (("bad.yaml", "-f", "json"), 1),
        (("bad.yaml", "-f", "github"), 1),
        (("bad.yaml", "-o", "out.json"), 1),
        (("good.yaml",), 0),
        (("good.yaml", "--warnings"), 0),  # what is doubtful is legal
        (("good.yaml", "bad.yaml"), 1),
        (("nowhere.yaml",), 1),
        (("good.yaml", "-f", "ics"), 2),
        (("good.yaml", "-f", "sqlite"), 2),
        (("good.yaml", "-f", "gitlab"), 2),
        (("good.yaml", "-o", "out.xyz"), 2),
        (("good.yaml", "--today", "soon"), 2),
        (("good.yaml", "--warning-s"), 2),
        (("good.yaml", "-o", "no/folder/x.json"), 1),
    ],
)
def test_the_exit_status_says_what_happened(
    arguments: tuple[str, ...], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, THREE, "bad.yaml")
    _file(tmp_path, PLACES + "partnerships:\n- {id: a-b, between: [a, b], since: 1950}\n", "good.yaml")
    result = call("check", *arguments)
    assert result.status == status
    assert bool(result.err) == (status == 2 or "no/folder/x.json" in arguments)


def test_a_report_in_a_file_is_complete_and_the_exit_status_is_kept(tmp_path: Path) -> None:
    path = _file(tmp_path, THREE)
    result = call("check", path, "-o", tmp_path / "report.json")
    assert result == (1, "", "")
    assert len(json.loads((tmp_path / "report.json").read_text("utf-8"))["problems"]) == 2


def test_a_format_that_check_cannot_write_names_those_that_it_can() -> None:
    result = call("check", SMALL, "-f", "ics")
    assert result.status == 2
    assert (
        "check cannot be written as ics; choose one of table, json, csv, tsv, markdown, xlsx, github"
        in result.err
    )


# --- the excerpt ----------------------------------------------------------------------------------


def _cells(text: str) -> int:
    """The cells of a terminal by the Unicode tables alone, without Rich."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)


def _at_caret(result: Result) -> str:
    """What stands above the caret and right of it."""
    caret = next(line for line in result.lines if line.strip("0123456789 |") == "^")
    excerpt = result.lines[result.lines.index(caret) - 1]
    before = _cells(caret[: caret.index("^")])
    cut = next(n for n in range(len(excerpt) + 1) if _cells(excerpt[:n]) == before)
    # A combining mark belongs to the character before it.
    while cut < len(excerpt) and unicodedata.combining(excerpt[cut]):
        cut += 1
    return excerpt[cut:]


@pytest.mark.parametrize(
    "name",
    [
        "Beihai",
        "{zh: 北海市}",
        "{en: Beihai, zh: 北海市, ja: 北海市（ほっかいし）}",
        "ＢＥＩＨＡＩ",
        "Be\u0301ihai",  # an accent of its own
        "한국 テスト 北",
        "北" * 60,  # a long line is cut before the place
        "a" * 300,
        '"a\tb\t\tc"',
        "Bei\u202ehai\u202c",  # shown as an escape, which takes more cells
        '"\\e[31m"',
    ],
)
def test_the_caret_is_below_the_fault(tmp_path: Path, name: str) -> None:
    path = _file(tmp_path, f"places:\n  a: {{name: {name}, country: CN, level: citty, notes: x}}\n")
    result = call("check", path)
    assert _at_caret(result).startswith("citty, notes: x}")
    assert not CONTROL.search(result.out)
    assert result.lines[-1] == "1 problem"


def test_a_long_line_is_cut_on_both_sides(tmp_path: Path) -> None:
    path = _file(
        tmp_path, f"places:\n  a: {{name: {'x' * 200}, country: CN, level: citty, notes: {'y' * 200}}}\n"
    )
    excerpt = call("check", path).lines[1]
    assert excerpt.startswith("  2 | …")
    assert excerpt.endswith("y…")
    assert len(excerpt) < 100


def test_the_line_is_shown_for_a_single_problem_only(tmp_path: Path) -> None:
    one = _file(tmp_path, THREE.replace("contry", "country"))
    assert _json(one)["excerpt"] == THREE.splitlines()[1]
    assert _json(_file(tmp_path, THREE))["excerpt"] == ""
    assert "^" not in call("check", tmp_path / "x.yaml").out
    # No line can be shown of a file that is not there, or is no text.
    assert _json(tmp_path / "no.yaml")["excerpt"] == ""
    assert len(call("check", BAD / "not-utf-8.yaml").lines) == 2


def test_the_line_is_the_right_one_whatever_ends_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    for end in ("\n", "\r\n", "\r"):
        path.write_bytes(b"\xef\xbb\xbf" + THREE.replace("contry", "country").replace("\n", end).encode())
        result = call("check", path)
        assert result.lines[0].startswith(f"{path}:2:61: ")
        assert _at_caret(result).startswith("citty}")


# --- annotations of a workflow --------------------------------------------------------------------


class Command(NamedTuple):
    """A workflow command as GitHub's runner understands it."""

    level: str
    properties: dict[str, str]
    message: str


def _command(line: str) -> Command:
    """Read a command as actions/runner does (ActionCommand.TryParseV2): unescape, `%25` last."""
    match = re.fullmatch(r"::([^ :]+)(?: (.*?))?::(.*)", line)
    assert match, line

    def plain(text: str, codes: str) -> str:
        for code in codes.split():
            text = text.replace(f"%{code}", chr(int(code, 16)))
        return text

    pairs = [part.partition("=") for part in (match[2] or "").split(",")]
    properties = {key.strip(): plain(value, "0D 0A 3A 2C 25") for key, _, value in pairs}
    return Command(match[1], properties, plain(match[3], "0D 0A 25"))


def test_annotations_have_file_line_and_column(tmp_path: Path) -> None:
    path = _file(tmp_path, THREE)
    result = call("check", path, "-f", "github")
    assert (result.status, result.err) == (1, "")
    assert [_command(line) for line in result.lines] == [
        Command(
            "error",
            {"file": str(path), "line": "2", "col": "61"},
            '"citty" is not a valid level; did you mean city?',
        ),
        Command(
            "error",
            {"file": str(path), "line": "3", "col": "34"},
            'unknown key "contry"; did you mean country?',
        ),
    ]


def test_a_problem_of_a_whole_file_has_no_line(tmp_path: Path) -> None:
    (line,) = call("check", tmp_path / "no.yaml", "-f", "github").lines
    assert _command(line) == Command("error", {"file": str(tmp_path / "no.yaml")}, "there is no such file")


@pytest.mark.parametrize("name", ["a,b.yaml", "a:b.yaml", "a::b.yaml", "100%.yaml", "%2C.yaml", "a=b c.yaml"])
def test_any_name_of_a_file_survives_an_annotation(tmp_path: Path, name: str) -> None:
    path = _file(tmp_path, THREE, name)
    commands = [_command(line) for line in call("check", path, "-f", "github").lines]
    assert {command.properties["file"] for command in commands} == {str(path)}


@pytest.mark.parametrize("key", ["100%", "%0A", "a::error::b", "a,b=c", "line\\nbreak", "\\r\\n::error::x"])
def test_any_text_survives_an_annotation_in_one_line(tmp_path: Path, key: str) -> None:
    path = _file(tmp_path, PLACES + f'  c: {{name: C, country: FR, level: town, "{key}": x}}\n')
    (line,) = call("check", path, "-f", "github").lines
    command = _command(line)
    assert command.properties["line"] == "4"
    (problem,) = _json(path)["problems"]
    # Line breaks may come as they are or as what `visible` makes of them, but nothing else may change.
    assert command.message.split() == f"{problem['message']}; {problem['hint']}".split()


@pytest.mark.parametrize("char", ["\\e[31m", "\\u009b31m", "\\u202e", "\\u2028"])
def test_no_control_character_reaches_the_log_of_a_workflow(tmp_path: Path, char: str) -> None:
    path = _file(tmp_path, PLACES + f'  c: {{name: C, country: FR, level: town, "{char}": x}}\n')
    for form in ("github", "table", "csv", "tsv", "markdown", "json"):
        out = call("check", path, "-f", form).out
        assert not CONTROL.search(out.replace("\t", "") if form == "tsv" else out), form


# --- warnings -------------------------------------------------------------------------------------


def _doubts(folder: Path, records: str, *arguments: str, places: str = PLACES) -> list[str]:
    """The warnings about partnerships, without their places."""
    path = _file(folder, f"{places}partnerships:\n{records}")
    report = _json(path, "--warnings", *TODAY, *arguments)
    assert report["problems"] == []
    return [warning["message"] for warning in report["warnings"]]


def test_warnings_are_shown_only_on_request(tmp_path: Path) -> None:
    path = _file(tmp_path, f"{PLACES}partnerships:\n- {{id: a-b, between: [a, b], since: 1950}}\n")
    assert call("check", path, *TODAY).out == "No problems found: 1 partnership, 0 events, 0 sources\n"
    assert call("check", path, "--warnings", *TODAY) == (
        0,
        (
            f"{path}:5:4: warning: a-b: active, with no event since 1950; add what happened since, "
            "its status, or not_found: {later_events: DAY}\n"
            "1 warning\n"
            "No problems found: 1 partnership, 0 events, 0 sources\n"
        ),
        "",
    )
    (line,) = call("check", path, "--warnings", "-f", "github", *TODAY).lines
    assert _command(line)[:2] == ("warning", {"file": str(path), "line": "5", "col": "4"})


@pytest.mark.parametrize(
    ("record", "doubted"),
    [
        ("since: 1950", "a-b: active, with no event since 1950"),
        ("since: 2006-11-20", "a-b: active, with no event since 2006-11-20"),
        ("since: 2006-11-21", ""),  # twenty years ago today
        ("since: 2006", ""),  # may have been in December
        ("since: 2005", "a-b: active, with no event since 2005"),
        ("since: 1950, status: suspended", ""),
        ("since: 1950, status: dissolved", ""),
        ("since: 1950, events: [{date: 2010, type: gift, title: T}]", ""),
        ("since: 1950, events: [{date: 1990/2010, type: gift, title: T}]", ""),
        ("since: 1950, events: [{date: ../2010, type: gift, title: T}]", ""),
        ("events: [{date: 1990, type: gift, title: T}]", "a-b: active, with no event since 1990"),
        ("kind: other", ""),  # nothing is dated, so nothing is known to be old
        ("since: 1950, not_found: {later_events: 2022}", ""),
        ("since: 1950, not_found: {later_events: 2021}", "a-b: active, with no event since 1950"),
        ("since: 1950, not_found: {official_source: 2026}", "a-b: active, with no event since 1950"),
        # What goes on is no silence.
        ("since: 1950, events: [{date: 1979/.., type: students, title: Pupils write each month}]", ""),
    ],
)
def test_an_active_partnership_without_an_event_for_twenty_years_gets_a_warning(
    tmp_path: Path, record: str, doubted: str
) -> None:
    found = _doubts(tmp_path, f"- {{id: a-b, between: [a, b], {record}}}\n")
    assert found == ([doubted] if doubted else [])


SOURCES = """sources:
  hall: {title: Town hall, type: official}
  paper: {title: A paper, type: press}
  blog: {title: A blog}
"""


def test_an_official_source_that_was_searched_for_in_vain_is_not_asked_for_again(tmp_path: Path) -> None:
    keys = "since: 2020, sources: [paper], not_found: {official_source: 2026-11}"
    record = f"- {{id: a-b, between: [a, b], {keys}}}\n"
    assert _doubts(tmp_path, record, places=SOURCES + PLACES) == []
    found = _doubts(tmp_path, record.replace("[paper]", "[paper, hall]"), places=SOURCES + PLACES)
    assert found == ["a-b: an official source is among sources:"]


@pytest.mark.parametrize(
    ("sources", "doubted"),
    [
        ("[paper]", True),
        ("[paper, blog]", True),
        ("[blog]", True),
        ("[hall]", False),
        ("[paper, hall]", False),
    ],
)
def test_a_founding_without_an_official_source_gets_a_warning(
    tmp_path: Path, sources: str, doubted: bool
) -> None:
    record = f"- {{id: a-b, between: [a, b], since: 2020, sources: {sources}}}\n"
    found = _doubts(tmp_path, record, places=SOURCES + PLACES)
    assert found == (["a-b: no official source for the founding"] if doubted else [])
    # Without a date there is no founding to doubt.
    assert _doubts(tmp_path, record.replace("since: 2020, ", ""), places=SOURCES + PLACES) == []


@pytest.mark.parametrize(
    ("event", "doubted"),
    [
        ("{date: 2021-05, type: anniversary, title: Both mark the 20th anniversary}", "falls in 2020"),
        ("{date: 2020-05, type: anniversary, title: Both mark the 20th anniversary}", ""),
        ("{date: 2021, type: anniversary, title: The 21st-anniversary concert}", ""),
        ("{date: 2021, type: anniversary, title: {en: Their 22nd anniversary, zh: 22周年}}", "falls in 2022"),
        ("{date: 2021, type: anniversary, title: The 23rd anniversary, notes: counted from 1998}", ""),
        ("{date: 2021, type: culture, title: For the 50th anniversary of the theatre}", ""),
        ("{date: 2021, type: anniversary, title: A concert}", ""),
    ],
)
def test_an_anniversary_event_in_another_year_gets_a_warning(
    tmp_path: Path, event: str, doubted: str
) -> None:
    found = _doubts(tmp_path, f"- {{id: a-b, between: [a, b], since: 2000, events: [{event}]}}\n")
    assert len(found) == bool(doubted)
    assert all(text.startswith("a-b: the 2") and text.endswith(doubted) for text in found)


TWINS = """places:
  a: {name: Ahausen, country: DE, level: town}
  b: {name: Bourg, country: FR, level: town}
  a2: {name: {de: AHAUSEN}, country: DE, level: town}
  b2: {name: Bourg-sur-Mer, country: FR, level: town, aliases: [Boürg]}
  a3: {name: Ahausen, country: DE, level: district}
  a4: {name: Ahausen, country: AT, level: town}
  a5: {name: Ahausen, country: DE, level: town, within: land}
  land: {name: Land, country: DE, level: state}
"""


@pytest.mark.parametrize(
    ("between", "doubted"),
    [
        ("[a, b]", True),  # the same two
        ("[b, a]", True),
        ("[a2, b]", True),  # one under another id
        ("[a, b2]", True),  # by another name
        ("[b2, a2]", True),
        ("[a3, b]", False),  # a homonym of another level
        ("[a4, b]", False),  # of another country
        ("[a5, b]", False),  # in another region
        ("[a, a2]", False),
        ("[land, b]", False),
    ],
)
def test_a_pair_under_two_ids_gets_a_warning(tmp_path: Path, between: str, doubted: bool) -> None:
    records = f"- {{id: one, between: [a, b]}}\n- {{id: two, between: {between}}}\n"
    found = _doubts(tmp_path, records, places=TWINS)
    path = tmp_path / "x.yaml"
    assert found == ([f"two: connects the same places as one at {path}:11:4"] if doubted else [])


def test_warnings_come_after_the_problems_and_in_the_order_of_their_places(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        PLACES
        + "partnerships:\n- {id: old, between: [a, b], since: 1950}\n"
        + "- {id: older, between: [b, a], since: 1940}\n"
        + "totals: [{between: [DE, FR]}]\n",
    )
    result = call("check", path, "--warnings", *TODAY)
    assert result.status == 1
    assert result.lines[-1] == "5 problems, 3 warnings"
    report = _json(path, "--warnings", *TODAY)
    assert (len(report["problems"]), len(report["warnings"])) == (5, 3)
    for one, other in pairwise((w["path"], w["line"], w["column"]) for w in report["warnings"]):
        assert one <= other


@pytest.mark.parametrize("name", sorted(file.stem for file in BAD.glob("*.yaml")))
def test_warnings_can_be_requested_whatever_is_wrong(name: str, tmp_path: Path) -> None:
    # A second pair beside the bad record, so that duplicates are looked for too.
    shutil.copy(BAD / f"{name}.yaml", tmp_path)
    other = _file(
        tmp_path,
        "places:\n  kobe: {name: Kobe, country: JP, level: city}\n"
        "partnerships:\n- {id: kobe-beihai, between: [kobe, beihai], since: 1950}\n",
        "other.yaml",
    )
    result = call("check", tmp_path / f"{name}.yaml", other, "--warnings", *TODAY)
    assert result.status == 1


def test_the_bundled_data_gets_neither_problems_nor_warnings() -> None:
    report = _json("--warnings", "--today", "2026-11-26")
    assert (report["problems"], report["warnings"]) == ([], [])


# --- beside the bundled data ----------------------------------------------------------------------

VISIT = """partnerships:
- extends: tianjin-kobe
  events: [{date: 2026-10-12, type: delegation, title: Our mayor visits Tianjin}]
"""


def test_a_file_that_extends_the_bundled_data_is_checked_with_it(tmp_path: Path, bundled: Dataset) -> None:
    path = _file(tmp_path, VISIT)
    assert call("check", path).status == 1
    report = _json("--with-builtin", path)
    assert report["problems"] == []
    assert report["partnerships"] == len(bundled.partnerships)
    assert report["events"] == sum(number_of_events(p.events) for p in bundled.partnerships) + 1


def test_a_clash_with_the_bundled_data_names_both_places(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        PLACES + "  kobe: {name: Kobe, country: JP, level: city}\n"
        "partnerships:\n- {id: tianjin-kobe, between: [a, b]}\n",
    )
    problems = _json("--with-builtin", path)["problems"]
    assert len(problems) == 2
    for problem, file, (line, column) in zip(
        problems, ("places.yaml", "partnerships.yaml"), ((4, 3), (6, 4)), strict=True
    ):
        assert (problem["path"], problem["line"], problem["column"]) == (str(path), line, column)
        other = re.search(r"is already defined at (.+):\d+:\d+", problem["message"])
        assert other
        assert Path(other[1]) == bundled_folder() / file


def test_check_says_that_the_fast_reader_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "x.yaml"
    data.write_text("places:\n  beihai: {name: Beihai, country: CN, level: city}\n", encoding="utf-8")
    monkeypatch.setattr("sisterline.cli.commands.check.loader_is_fast", loader_is_fast)
    for there in (loader_is_fast(), False):
        monkeypatch.setattr("yaml.__with_libyaml__", there)
        result = call("check", data)
        assert (result.status, "installed without libyaml" in result.err) == (0, not there)


def test_texts_that_lack_a_language_of_their_file_are_one_warning_for_each_language(tmp_path: Path) -> None:
    record = """- id: a-b
  between: [a, b]
  since: 2020
  events:
  - {date: 2024, type: delegation, title: {en: One, zh: 一}}
  - {date: 2025, type: delegation, title: {en: Two, zh: 二, ja: 二つ}}
  - {date: 2026, type: delegation, title: {en: Three}}
"""
    assert _doubts(tmp_path, record) == [
        "1 title or description has no zh, in a-b",
        "2 titles and descriptions have no ja, the first in a-b",
    ]


def test_texts_in_one_language_lack_none(tmp_path: Path) -> None:
    record = """- id: a-b
  between: [a, b]
  since: 2020
  events:
  - {date: 2024, type: delegation, title: One}
  - {date: 2025, type: delegation, title: Two}
"""
    assert _doubts(tmp_path, record) == []
