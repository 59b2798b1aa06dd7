"""Own data: laid over the bundled data in every command, or alone with its own countries."""

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from helpers import ON_SMALL, SMALL, TESTS, Result, call, small
from sisterline.model import Dataset
from sisterline.reading.files import bundled_folder

EXAMPLES = TESTS.parent / "docs" / "examples"
VISITS = EXAMPLES / "own-visits.yaml"
TOWNS = EXAMPLES / "twin-towns.yaml"
TODAY = ("--today", "2026-11-21")

# The same as docs/examples/own-visits.yaml, for the small data set, with a source of its own.
OWN = """
places:
  seagull-bay: {name: {en: Seagull Bay, ja: かもめ湾市}, country: JP, level: city}
sources:
  office: {title: Minutes of our office, publisher: Our office, type: official}
partnerships:
- extends: linhai-sakae
  events:
  - date: 2025-04-08/2025-04-10
    type: delegation
    title: Our office prepares the anniversary
    source: office
  - {date: 2025-11, type: youth, title: Two schools meet online}
  - {date: 1975, type: gift, title: A clock from the attic}
  exchanges:
  - from: sakae
    to: linhai
    what: members of the choir
    category: visitors
    count: 24
    unit: people
    period: 2026-03
    source: office
- id: seagull-bay-sakae
  between: [seagull-bay, sakae]
  kind: friendship-exchange
  since: 2024-10-12
  sources: [office]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def _over(own: Path, command: str, *arguments: str) -> Result:
    """A command over the small data with own data laid over it."""
    result = call(command, *arguments, *ON_SMALL, "--data", own)
    assert (result.status, result.err) == (0, "")
    return result


def _json(own: Path, command: str, *arguments: str) -> Any:
    return json.loads(_over(own, command, *arguments, "-f", "json").out)


# --- what an office sees --------------------------------------------------------------------------


def test_a_new_partnership_and_more_events_are_in_the_list(own: Path) -> None:
    before = {row["id"]: row for row in json.loads(small("list", "-f", "json").out)["partnerships"]}
    after = {row["id"]: row for row in _json(own, "list")["partnerships"]}
    assert after.keys() - before.keys() == {"seagull-bay-sakae"}
    assert after["linhai-sakae"]["events"] == before["linhai-sakae"]["events"] + 3
    assert after["linhai-sakae"]["exchanges"] == before["linhai-sakae"]["exchanges"] + 1
    assert after["linhai-sakae"]["sources"] == before["linhai-sakae"]["sources"] + 1
    # All the rest is as it was.
    assert {name: row for name, row in after.items() if name in before and name != "linhai-sakae"} == {
        name: row for name, row in before.items() if name != "linhai-sakae"
    }
    assert "Seagull Bay かもめ湾市" in _over(own, "list").out


def test_own_visits_are_among_the_public_ones_in_date_order(own: Path) -> None:
    items = _json(own, "timeline", "--city", "栄市", "--every", "0")["items"]
    titles = [item["title"] for item in items]
    assert titles.index("The two mayors sign in Linhai") < titles.index("A clock from the attic")
    assert titles.index("A clock from the attic") < titles.index("Pupils write to each other every month")
    assert titles[-3:-1] == ["Our office prepares the anniversary", "Two schools meet online"]
    page = _over(own, "timeline", "--city", "栄市").out
    assert "Our office prepares the anniversary" in page
    assert "Our office, Minutes of our office (official)" in page


def test_show_has_own_records_with_the_public_ones(own: Path) -> None:
    report = _json(own, "show", "linhai-sakae")
    assert "Two schools meet online" in {item["title"] for item in report["items"]}
    assert "members of the choir" in {flow["what"] for flow in report["exchanges"]}
    assert {
        "key": {"codes": ["visitors"], "names": [], "direction": ""},
        "unit": "people",
        "exact": 24,
        "approximate": 0,
        "records": 1,
        "excluded": 0,
        "announced": 0,
    } in (report["sums"])
    assert "Seagull Bay" in _over(own, "show", "かもめ湾").out
    assert len(_json(own, "show", "栄市")["partnerships"]) == 3


def test_stats_count_own_records(own: Path) -> None:
    before, after = json.loads(small("stats", "-f", "json").out), _json(own, "stats")
    counts = ("partnerships", "places", "events", "exchanges", "sources")
    assert [after[name] - before[name] for name in counts] == [1, 1, 3, 1, 1]
    assert after["last"] == "2024-10-12"


def test_anniversaries_include_a_new_partnership(own: Path) -> None:
    assert "seagull-bay-sakae" in {
        row["partnership"]["id"] for row in _json(own, "anniversaries", "--year", "2029")["rows"]
    }


def test_exchanges_sum_own_records(own: Path) -> None:
    sums = {(row["key"]["codes"][0], row["unit"]): row["exact"] for row in _json(own, "exchanges")["sums"]}
    assert sums["visitors", "people"] == 24
    assert "members of the choir" in _over(own, "exchanges", "--records").out


def test_sources_list_own_ones_with_their_facts(own: Path) -> None:
    rows = {row["source"]["id"]: row["facts"] for row in _json(own, "sources")["rows"]}
    assert rows["office"] == 3
    assert {fact["subject"] for fact in _json(own, "sources", "office")["facts"]} == {
        "linhai-sakae", "seagull-bay-sakae",
    }  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "tsv", "md", "json", "txt", "sqlite"])
def test_own_records_are_in_every_file_that_is_written(own: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out.{suffix}"
    assert _over(own, "list", "-o", str(path)).out == ""
    assert b"Seagull Bay" in path.read_bytes()


def test_own_visits_are_in_the_calendar(own: Path) -> None:
    result = call("timeline", "--from", "2025", "--city", "Sakae", *ON_SMALL, "--data", own, "-f", "ics")
    assert "SUMMARY:Linhai – Sakae: Our office prepares the anniversary\r\n" in result.out


def test_check_reads_own_data_with_what_it_extends(own: Path) -> None:
    assert call("check", SMALL, own).out == "No problems found: 10 partnerships, 20 events, 7 sources\n"


# --- extends --------------------------------------------------------------------------------------


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


BASE = """places:
  a: {name: A, country: DE, level: town}
  b: {name: B, country: FR, level: town}
partnerships:
- {id: a-b, between: [a, b], since: 1990}
"""
MORE = """partnerships:
- extends: a-b
  events: [{{date: {date}, type: gift, title: {title}}}]
"""


def test_any_file_may_extend_a_partnership_of_any_other(tmp_path: Path) -> None:
    # The extension is read before what it extends, and twice over.
    first = _write(tmp_path, "1.yaml", MORE.format(date=2001, title="One"))
    base = _write(tmp_path, "2.yaml", BASE)
    third = _write(tmp_path, "3.yaml", MORE.format(date=2000, title="Two"))
    files = ("--data", first, "--data", base, "--data", third)
    result = call("timeline", "--no-builtin", *files, "--every", "0", "-f", "json")
    assert [item["title"] for item in json.loads(result.out)["items"]] == ["", "Two", "One"]
    assert call("check", tmp_path).out == "No problems found: 1 partnership, 2 events, 0 sources\n"


def test_a_file_may_extend_its_own_partnership(tmp_path: Path) -> None:
    both = BASE + MORE.format(date=2001, title="One").partition("\n")[2]
    assert call("check", _write(tmp_path, "x.yaml", both)).out.startswith(
        "No problems found: 1 partnership, 1 event"
    )


def test_only_events_and_exchanges_can_be_added(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.yaml", BASE + "- {extends: a-b, status: dissolved}\n")
    result = call("check", path)
    assert result.status == 1
    assert result.lines[0] == f'{path}:6:18: unknown key "status"; the keys are extends, events, exchanges'


def test_own_exchanges_may_be_part_of_public_ones_and_of_each_other(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "x.yaml",
        """partnerships:
- extends: linhai-sakae
  exchanges:
  - {from: linhai, to: sakae, what: dancers, category: delegations, count: 5, unit: people,
     period: 1998-06, part_of: visit-1998}
  - {from: linhai, to: sakae, what: pupils by 2024, category: students, count: 900, unit: people,
     period: 1979/2024, approximate: true, series: pupils}
""",
    )
    sums = {(row["key"]["codes"][0], row["unit"]): row for row in _json(path, "exchanges")["sums"]}
    # Nothing is counted twice across files either.
    assert sums["delegations", "people"]["exact"] == 20
    assert sums["students", "people"]["approximate"] == 900


# --- clashes --------------------------------------------------------------------------------------


def test_a_clash_with_the_bundled_data_names_both_places(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "mine.yaml",
        "places:\n  kobe: {name: Mine, country: JP, level: city}\n"
        "sources:\n  clair-1176: {title: Mine}\n"
        "countries:\n  CN: {name: Mine}\n"
        "partnerships:\n- {id: tianjin-kobe, between: [tianjin, kobe]}\n",
    )
    result = call("list", "--data", path)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f'sisterline: {path}:2:3: the id "kobe" is already defined at ')
    problems = json.loads(call("check", "--with-builtin", path, "-f", "json").out)["problems"]
    found = []
    for problem in problems:
        match = re.fullmatch(r'the id "(.+)" is already defined at (.+):(\d+):\d+', problem["message"])
        assert match, problem
        assert problem["hint"].startswith("choose another")
        first = Path(match[2])
        assert first.parent == bundled_folder()
        # The line named does hold the id.
        assert match[1] in first.read_text("utf-8").splitlines()[int(match[3]) - 1]
        found.append((match[1], problem["line"], problem["column"], first.name))
    assert found == [
        ("kobe", 2, 3, "places.yaml"),
        ("clair-1176", 4, 3, "sources.yaml"),
        ("CN", 6, 3, "places.yaml"),
        ("tianjin-kobe", 8, 4, "partnerships.yaml"),
    ]


def test_one_file_named_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # By the option, by the environment and by its folder: an office sets one up and forgets the other.
    path = _write(tmp_path, "x.yaml", BASE)
    expected = call("list", "--no-builtin", "--data", path)
    assert expected.status == 0
    monkeypatch.setenv("SISTERLINE_DATA", str(tmp_path))
    assert call("list", "--no-builtin", "--data", path, "--data", tmp_path / "." / "x.yaml") == expected


def test_the_same_partnership_in_two_files_clashes(tmp_path: Path) -> None:
    one, other = _write(tmp_path, "x.yaml", BASE), _write(tmp_path, "y.yaml", BASE)
    problems = json.loads(call("check", one, other, "-f", "json").out)["problems"]
    ids = [number for number, line in enumerate(BASE.splitlines(), start=1) if line.startswith("- {id:")]
    assert [(problem["path"], problem["line"]) for problem in problems] == [(str(other), at) for at in ids]
    for problem, at in zip(problems, ids, strict=True):
        assert f"is already defined at {one}:{at}:" in problem["message"]
        assert problem["hint"] == "choose another, or use extends:"


KEYED = """countries:
  JP: {name: {en: Japan, ja: 日本}, language: ja}
places:
  a: {name: A, country: JP, level: city, aliases: [B, C]}
sources:
  s: {title: T, url: https://example.org/}
"""


def test_the_same_countries_places_and_sources_in_two_files_are_no_clash(tmp_path: Path) -> None:
    # Written in another way, with the keys in another order.
    again = """
sources: {s: {url: "https://example.org/", title: "T"}}
places:
  a:
    level: city
    country: "JP"
    name: A
    aliases:
    - B
    - C
countries: {JP: {language: ja, name: {ja: 日本, en: Japan}}}
"""
    one, other = _write(tmp_path, "x.yaml", KEYED), _write(tmp_path, "y.yaml", again)
    result = call("check", one, other)
    assert (result.status, result.err) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "name", "line", "fields"),
    [
        ("language: ja", "language: en", "JP", 2, "language"),
        ("level: city", "level: town", "a", 4, "level"),
        ("name: A, country: JP", "name: B, country: CN", "a", 4, "name and country"),
        (", aliases: [B, C]", "", "a", 4, "aliases"),
        ("title: T", "title: U", "s", 6, "title"),
    ],
)
def test_differing_records_of_one_id_are_reported_with_both_places_and_the_fields(
    tmp_path: Path, old: str, new: str, name: str, line: int, fields: str
) -> None:
    one = _write(tmp_path, "x.yaml", KEYED)
    other = _write(tmp_path, "y.yaml", KEYED.replace(old, new))
    result = call("check", one, other)
    assert result.status == 1
    assert result.lines[0] == (
        f'{other}:{line}:3: the id "{name}" is already defined at {one}:{line}:3; '
        f"choose another, or write the same {fields}"
    )


def test_a_place_that_is_not_valid_clashes_with_another_of_its_id(tmp_path: Path) -> None:
    one = _write(tmp_path, "x.yaml", KEYED)
    other = _write(tmp_path, "y.yaml", KEYED.replace("level: city", "level: cty"))
    result = call("check", one, other)
    assert result.status == 1
    assert f'{other}:4:3: the id "a" is already defined at {one}:4:3; choose another' in result.out
    assert f'{other}:4:36: "cty" is not a valid level' in result.out


# --- where own data is ----------------------------------------------------------------------------


def test_the_environment_names_files_and_folders(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(own, folder / "own.yml")
    (folder / "readme.txt").write_text("not data", encoding="utf-8")
    commands = (
        ("list",), ("timeline",), ("show", "Sakae"), ("stats",), ("sources",), ("exchanges", "--by", "place"),
    )  # fmt: skip
    expected = [call(*command, *ON_SMALL, "--data", own) for command in commands]
    assert "Seagull Bay" in expected[0].out
    monkeypatch.setenv("SISTERLINE_DATA", os.pathsep.join([str(SMALL), str(folder)]))
    assert [call(*command, "--no-builtin", *TODAY) for command in commands] == expected


def test_the_environment_is_laid_over_the_bundled_data(
    own: Path, tmp_path: Path, bundled: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SISTERLINE_DATA", str(_write(tmp_path, "base.yaml", BASE)))
    rows = call("list", "--columns", "id", "-f", "csv").lines
    assert len(rows) == len(bundled.partnerships) + 2  # the head, and the new tie
    assert {"a-b", "tianjin-kobe"} <= set(rows)
    assert len(call("list", "--no-builtin", "--columns", "id", "-f", "csv").lines) == 2


def test_a_missing_file_that_the_environment_names_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SISTERLINE_DATA", "/no/such/file.yaml")
    result = call("list", "--no-builtin")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(
        "sisterline: SISTERLINE_DATA names /no/such/file.yaml: there is no such file"
    )


def test_nothing_is_left_to_read_without_the_bundled_data() -> None:
    for command in ("list", "timeline", "stats", "anniversaries", "exchanges", "sources"):
        assert call(command, "--no-builtin").status == 2
    assert call("show", "Kobe", "--no-builtin").status == 2


# --- the walk-through of docs/own-data.md ---------------------------------------------------------


def test_the_visits_of_the_documents_are_seen_over_the_bundled_data(bundled: Dataset) -> None:
    public = next(p for p in bundled.partnerships if p.id == "beihai-yatsushiro")

    def told(command: str, *arguments: str) -> Any:
        return json.loads(call(command, *arguments, *TODAY, "--data", VISITS, "-f", "json").out)

    rows = {row["id"]: row for row in told("list", "--city", "八代市")["partnerships"]}
    assert rows["beihai-yatsushiro"]["events"] == len(public.events) + 3
    assert rows["seagull-bay-yatsushiro"]["since"] == "2024-10-12"
    titles = {item["title"] for item in told("timeline", "--city", "Yatsushiro")["items"]}
    assert "Yatsushiro's choir sings at the 30th anniversary in Beihai" in titles
    shown = told("show", "beihai-yatsushiro")
    assert "members of the choir" in {flow["what"] for flow in shown["exchanges"]}
    counts = told("stats", "--city", "Yatsushiro")
    assert (counts["partnerships"], counts["events"]) == (2, len(public.events) + 3)
    due = told("anniversaries", "--year", "2029", "--city", "Yatsushiro")["rows"]
    assert [(row["partnership"]["id"], row["date"]) for row in due] == [
        ("seagull-bay-yatsushiro", "2029-10-12")
    ]
    flows = told("exchanges", "--city", "Yatsushiro", "--from", "2026", "--records")["records"]
    assert [(flow["origin"], flow["count"]) for flow in flows] == [("Yatsushiro", 24)]
    assert told("sources", "--city", "Seagull Bay")["rows"] == []


def _towns(command: str, *arguments: str) -> Result:
    return call(command, "--no-builtin", "--data", TOWNS, *TODAY, *arguments)


def test_a_file_alone_has_its_own_countries_as_headings() -> None:
    # Words of the same table over two languages, and not a word of the bundled data.
    for language, heads in (("en", ("Germany", "France")), ("de", ("Deutschland", "Frankreich"))):
        head = _towns("list", "--lang", language).lines[0]
        assert re.search(rf"\b{heads[0]}\b.*\b{heads[1]}\b", head)
    page = "".join(_towns(command).out for command in ("list", "timeline", "stats", "sources", "exchanges"))
    assert not re.search("China|Japan|Kobe|中国", page)


def test_a_file_alone_is_all_that_there_is() -> None:
    assert len(json.loads(_towns("list", "-f", "json").out)["partnerships"]) == 10
    assert _towns("list", "--city", "Kobe").status == 1
    assert _towns("list", "--country", "Japan").err == (
        'sisterline: no country is called "Japan"; there are DE, FR\n'
    )
    assert _towns("stats", "--by", "country", "-f", "csv").lines == [
        "country,partnerships", "France,10", "Germany,10",
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(_towns("anniversaries", "--year", "2027", "-f", "csv").out)))
    assert [(row["place"], row["date"]) for row in rows][:2] == [
        ("Rotenfels", "2027-06-03"), ("Waldheim", "2027-10"),
    ]  # fmt: skip
    assert _towns("show", "gruental").out.startswith("Grüntal")
    assert "Les deux maires signent la charte" in _towns("timeline", "--lang", "fr").out
    assert _towns("exchanges").err == "sisterline: there is nothing to show\n"
    assert call("check", TOWNS).out.startswith("No problems found: 10 partnerships")


def test_countries_without_a_name_are_shown_by_code(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.yaml", BASE)
    head = call("list", "--no-builtin", "--data", path).lines[0]
    assert re.search(r"\bDE\b.*\bFR\b", head)
    assert call("list", "--no-builtin", "--data", path, "--country", "fr").status == 0
