"""`sources`: the bibliography, and what each source supports."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec import convert

from helpers import TODAY, call, small
from sisterline.model import Dataset
from sisterline.query.selection import Selection, select
from sisterline.reports.sources import CitedFact, sources_report
from sisterline.views.sources import fact_text


def _asked(*arguments: str) -> dict[str, Any]:
    result = small("sources", *arguments, "-f", "json")
    assert result.status == 0, result.err
    report: dict[str, Any] = json.loads(result.out)
    return report


def _ids(report: dict[str, Any]) -> list[str]:
    return [row["source"]["id"] for row in report["rows"]]


def _named(value: Any) -> Iterator[str]:
    """Every id that stands in a `source` or `sources` field, wherever it is."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("source", "sources") and not isinstance(item, dict):
                yield from [item] if isinstance(item, str) else item or ()
            else:
                yield from _named(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _named(item)


# --- how many facts -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["world", "bundled"])
def test_a_source_supports_as_many_facts_as_name_it(name: str, request: pytest.FixtureRequest) -> None:
    data: Dataset = request.getfixturevalue(name)
    counted = Counter(_named(msgspec.to_builtins([data.partnerships, data.places, data.totals, data.info])))
    report = sources_report(data, select(data, Selection()), TODAY)
    assert {row.source.id: row.facts for row in report.rows} == {key: counted[key] for key in data.sources}
    assert sum(row.facts for row in report.rows) == counted.total() > len(data.sources)


@pytest.mark.parametrize("name", ["world", "bundled"])
def test_a_source_counts_the_partnerships_that_cite_it(name: str, request: pytest.FixtureRequest) -> None:
    data: Dataset = request.getfixturevalue(name)
    telling = Counter(
        source for p in data.partnerships for source in set(_named(msgspec.to_builtins(p)))
    )  # fmt: skip
    report = sources_report(data, select(data, Selection()), TODAY)
    assert {row.source.id: row.partnerships for row in report.rows} == {
        key: telling[key] for key in data.sources
    }


def test_those_that_support_the_most_come_first() -> None:
    report = _asked()
    facts = [row["facts"] for row in report["rows"]]
    assert facts == sorted(facts, reverse=True)
    assert [row["source"]["number"] for row in report["rows"]] == [1, 2, 3, 4, 5, 6]
    assert _asked("--reverse")["rows"][0]["facts"] == min(facts)
    short = _asked("--limit", "2")
    assert _ids(short) == _ids(report)[:2]
    assert short["matched"] == 6


def test_a_source_that_nothing_names_is_listed_with_no_facts(tmp_path: Any) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("sources:\n  lonely: {title: Nobody reads me}\n", encoding="utf-8")
    report = json.loads(call("sources", "--no-builtin", "--data", path, "-f", "json").out)
    assert [(row["source"]["id"], row["facts"]) for row in report["rows"]] == [("lonely", 0)]
    assert "lonely" in call("sources", "--no-builtin", "--data", path).out


# --- one source -----------------------------------------------------------------------------------


def test_one_source_shows_its_facts() -> None:
    report = _asked("sakae-city")
    assert _ids(report) == ["sakae-city"]
    assert [(fact["kind"], fact["date"], fact["subject"]) for fact in report["facts"]] == [
        ("founding", "1973-06-24", "linhai-sakae"),
        ("event", "1979/..", "linhai-sakae"),
        ("event", "1998-06-24/1998-06-28", "linhai-sakae"),
        ("event", "2027-04-01", "linhai-sakae"),
        ("exchange", "1979/2009", "linhai-sakae"),
        ("exchange", "1979/2019", "linhai-sakae"),
        ("founding", "1992-02-29", "haibei-prov-sakae-pref"),
        ("exchange", "1994/1996", "haibei-prov-sakae-pref"),
    ]
    assert report["rows"][0]["facts"] == len(report["facts"])
    texts = [fact_text(convert(fact, CitedFact)) for fact in report["facts"]]
    assert texts[0] == "agreement signed"
    assert "about 600 people: pupils by 2009" in texts
    assert "12 people: trainees" in texts
    assert {pair["id"] for pair in report["partnerships"]} == {"linhai-sakae", "haibei-prov-sakae-pref"}


def test_the_page_of_one_source_has_its_address_and_its_facts() -> None:
    page = small("sources", "sakae-city").out
    assert page.startswith("sakae-city\n\n[1] Sakae City, 友好都市 (official, ja) https://sakae.example/\n")
    assert "Supports 8 facts" in page
    assert "Pupils write to each other every month" in page


def test_populations_totals_and_disputes_are_facts_too() -> None:
    (population,) = _asked("yearbook")["facts"]
    assert (population["kind"], population["date"], population["subject"]) == ("population", "2020", "linhai")
    assert (population["count"], population["unit"]) == (1234567, "people")
    assert fact_text(convert(population, CitedFact)) == "1,234,567 people"
    gazette = {fact["kind"]: fact for fact in _asked("gazette")["facts"]}
    total = fact_text(convert(gazette["total"], CitedFact))
    assert total.startswith("about 9 pairs by An Association: friendship pairs of all levels")
    assert gazette["total"]["subject"] == ""
    assert fact_text(convert(gazette["dispute"], CitedFact)) == "since 1973-07"


def test_the_facts_are_the_main_matter_of_a_spreadsheet_of_one_source() -> None:
    rows = list(csv.DictReader(io.StringIO(small("sources", "sakae-city", "-f", "csv").out)))
    assert len(rows) == 8
    assert rows[0].keys() == {"kind", "date", "text", "subject"}
    rows = list(csv.DictReader(io.StringIO(small("sources", "-f", "csv").out)))
    assert {row["id"] for row in rows} >= {"sakae-city", "yearbook", "bare"}
    assert rows[0].keys() >= {"id", "facts", "partnerships", "title", "publisher", "type", "url"}


# --- how one is found -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("sakae-city", {"sakae-city"}),
        ("YEARBOOK", {"yearbook"}),
        ("city", {"sakae-city", "linhai-city"}),  # of both ids, and of both publishers
        ("友城", {"linhai-city"}),  # a title
        ("海北年鉴", {"yearbook"}),  # a title in one of its languages
        ("report on the tie", {"gazette"}),
        ("gazette.example/a/very", {"gazette"}),  # an address
        ("e", {"yearbook", "linhai-city", "sakae-city", "gazette", "bare", "evil-source"}),
    ],
)
def test_a_source_is_found_by_id_title_publisher_or_address(name: str, ids: set[str]) -> None:
    assert set(_ids(_asked(name))) == ids


def test_an_id_is_meant_before_the_words_of_others(tmp_path: Any) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "sources:\n  kobe: {title: One}\n  kobe-2: {title: Two}\n  other: {title: Of Kobe}\n",
        encoding="utf-8",
    )
    report = json.loads(call("sources", "kobe", "--no-builtin", "--data", path, "-f", "json").out)
    assert _ids(report) == ["kobe"]


@pytest.mark.parametrize(
    "words",
    [("Jinshan",), ("金山市",), ("jinshan-omori",), ("Jinshan", "云河"), ("Kita", "Yunhe"), ("Sakae", "City"),
     ("Sakae Prefecture",), ("Sakae", "Prefecture")],
)  # fmt: skip
def test_names_of_places_and_partnerships_select_their_sources_as_options_do(words: tuple[str, ...]) -> None:
    name = " ".join(words)
    if name.startswith("Sakae "):  # several words of one name
        options: tuple[str, ...] = ("--city", name)
    else:
        options = tuple(part for word in words for part in ("--city", word))
    named, selected = _asked(*words), _asked(*options)
    assert named["rows"]
    assert named == selected


def test_places_and_words_of_sources_narrow_each_other() -> None:
    assert _ids(_asked("Linhai", "友城")) == ["linhai-city"]
    assert _ids(_asked("Jinshan", "友城")) == []
    assert _ids(_asked("Jinshan", "--city", "Linhai")) == _ids(_asked("Jinshan", "Linhai"))


def test_the_id_of_a_source_that_is_the_name_of_a_place_is_noted(tmp_path: Any) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "places:\n  kobe: {name: Kobe, country: JP, level: city}\nsources:\n  kobe: {title: One}\n",
        encoding="utf-8",
    )
    result = call("sources", "kobe", "--no-builtin", "--data", path)
    assert result.out.splitlines()[0] == "1 source"
    assert result.err == 'sisterline: "kobe" is the id of a source; for the place: --city kobe\n'


def test_a_publisher_is_found_by_words_of_its_name_though_they_name_a_place() -> None:
    assert _ids(_asked("--publisher", "sakae city")) == ["sakae-city"]
    assert set(_ids(_asked("--publisher", "City"))) == {"sakae-city", "linhai-city"}
    assert set(_ids(_asked("Linhai", "--publisher", "Sakae"))) == {"sakae-city"}
    missed = small("sources", "--publisher", "nobody")
    assert (missed.status, missed.out) == (0, "")
    assert missed.err == "sisterline: nothing matches --publisher nobody\n"


def test_a_mistyped_place_gets_the_one_that_was_probably_meant() -> None:
    result = small("sources", "Jinshen")
    assert result.err == "sisterline: nothing matches Jinshen; did you mean Jinshan (金山市)?\n"


def test_a_text_that_no_source_has_says_so() -> None:
    result = small("sources", "no such thing")
    assert (result.status, result.out) == (0, "")
    assert result.err.count("\n") == 1
    # "there is nothing to show" would leave a mistyped id unseen.
    assert "no such thing" in result.err


# --- what narrows ---------------------------------------------------------------------------------


def test_the_type_narrows_and_may_be_given_twice() -> None:
    assert set(_ids(_asked("--type", "official"))) == {"sakae-city", "linhai-city"}
    assert set(_ids(_asked("--type", "official", "--type", "press"))) == {
        "sakae-city", "linhai-city", "gazette",
    }  # fmt: skip
    assert _ids(_asked("--type", "official", "city")) == ["sakae-city", "linhai-city"]
    assert _ids(_asked("--type", "official", "友城")) == ["linhai-city"]
    assert _ids(_asked("--type", "copy")) == []
    result = small("sources", "--type", "offical")
    assert (result.status, result.out) == (2, "")
    assert "did you mean official?" in result.err


def test_the_selection_narrows_sources_and_facts() -> None:
    report = _asked("--city", "Jinshan")
    assert [(row["source"]["id"], row["facts"]) for row in report["rows"]] == [("gazette", 3)]
    # Just one is left, so its facts are told: those of this partnership, no total and no dispute.
    assert {(fact["kind"], fact["subject"]) for fact in report["facts"]} == {
        ("founding", "jinshan-omori"), ("event", "jinshan-omori"),
    }  # fmt: skip
    assert "bare" not in _ids(_asked("--city", "Sakae"))


def test_the_sources_of_a_selection_are_those_that_its_partnerships_count(world: Dataset) -> None:
    counts = {
        row["id"]: row["sources"] for row in json.loads(small("list", "-f", "json").out)["partnerships"]
    }
    for partnership in world.partnerships:
        chosen = select(world, Selection(text=(partnership.id,)))
        alone = msgspec.structs.replace(chosen, partnerships=(partnership,))
        report = sources_report(world, alone, TODAY, everything=False)
        assert report.matched == counts[partnership.id]


def test_titles_are_in_the_language_that_was_asked_for() -> None:
    titles = {row["source"]["id"]: row["source"]["title"] for row in _asked("--lang", "zh")["rows"]}
    assert titles["yearbook"] == "海北年鉴"
    assert titles["sakae-city"] == "友好都市"
