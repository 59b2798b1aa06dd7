"""Data files put together into one data set; what is said of each fault stands in tests/bad."""

import errno
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_strategies import Entry, datasets, entries, extended, file_of, plain
from sisterline.dates import Date, Period
from sisterline.errors import DataError, Problem, SisterlineError
from sisterline.model import Country, Dataset, Partnership, Place, Source, source_ids
from sisterline.reading.dataset import load_dataset, read_dataset
from sisterline.reading.files import bundled_folder
from sisterline.reading.relations import find_cycles
from sisterline.reading.yaml_events import events

pytestmark = pytest.mark.usefixtures("here")

PLACES = """\
places:
  beihai: {name: Beihai, country: CN, level: city}
  yatsushiro: {name: Yatsushiro, country: JP, level: city}
"""
TIE = """\
partnerships:
- id: beihai-yatsushiro
  between: [beihai, yatsushiro]
"""
MORE = """\
partnerships:
- extends: beihai-yatsushiro
"""
FLOW = "from: beihai, to: yatsushiro, what: pupils, category: students, count: 20, unit: people, period: 2012"


def told(*texts: str) -> list[str]:
    """All that is wrong with files of these texts, a.yaml, b.yaml …, read together."""
    paths = [Path(f"{name}.yaml") for name, _ in zip("abcdef", texts, strict=False)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    return [str(problem) for problem in read_dataset(paths).problems]


def briefly(problems: list[str]) -> list[str]:
    """The same without hints."""
    return [problem.split("; ")[0] for problem in problems]


def loaded(*texts: str) -> Dataset:
    """The data set of such files, which have no problems."""
    assert told(*texts) == []
    return load_dataset([Path(f"{name}.yaml") for name, _ in zip("abcdef", texts, strict=False)])


# --- values ---------------------------------------------------------------------------------------


def test_a_scalar_is_typed_by_its_field_and_never_by_yaml() -> None:
    dataset = loaded(
        "countries:\n  NO: {name: NO, language: no}\n"
        "places:\n"
        "  012: {name: 1:30, country: NO, level: city}\n"
        "  1e3: {name: yes, country: NO, level: city}\n"
        "sources:\n  null: {title: null}\n"
        "partnerships:\n- id: 1-2\n  between: [012, 1e3]\n  since: 1996-03\n  sources: ['null']\n"
        "  exchanges:\n"
        "  - {from: 012, to: 1e3, what: 1, category: students, count: 012, unit: people, period: 1996}\n"
    )
    (tie,) = dataset.partnerships
    assert dataset.countries == {"NO": Country(name="NO", language="no")}
    assert dataset.places["012"] == Place(id="012", name="1:30", country="NO", level="city")
    assert dataset.places["1e3"].name == "yes"
    assert dataset.sources == {"null": Source(id="null", title="null")}
    assert (tie.id, tie.between, tie.since) == ("1-2", ("012", "1e3"), Date(1996, 3))
    assert (tie.exchanges[0].count, tie.exchanges[0].period) == (12, Period.single(Date(1996)))


def test_a_file_may_hold_any_section_and_ids_cross_files() -> None:
    dataset = loaded(TIE + "  sources: [gazette]\n", "sources:\n  gazette: {title: The Gazette}\n", PLACES)
    assert [tie.id for tie in dataset.partnerships] == ["beihai-yatsushiro"]
    assert (set(dataset.places), set(dataset.sources)) == ({"beihai", "yatsushiro"}, {"gazette"})


def test_what_a_record_leaves_out_has_its_plain_meaning() -> None:
    (tie,) = loaded(PLACES + TIE).partnerships
    assert tie == Partnership(id="beihai-yatsushiro", between=("beihai", "yatsushiro"))
    assert tie.status == "active"


def test_a_source_may_be_one_id_or_a_list_of_them() -> None:
    dataset = loaded(
        PLACES + "sources:\n  x: {title: X}\n  y: {title: Y}\n" + TIE + "  events:\n"
        "  - {date: 2001, type: award, title: one, source: x}\n"
        "  - {date: 2002, type: award, title: two, source: [x, y]}\n"
        "  - {date: 2003, type: award, title: none}\n"
    )
    assert [source_ids(event.source) for event in dataset.partnerships[0].events] == [("x",), ("x", "y"), ()]


def test_events_exchanges_and_totals_are_sorted_by_time() -> None:
    dates = ["2012~", "1979/..", "1996-03-05", "1979", "1996-03", "../1985", "1996", "1979/1981"]
    flow = FLOW.removesuffix("2012")
    total = "between: [CN, JP], count: 1, unit: pairs, by: X, counts: x"
    lines = [PLACES + TIE]
    lines += ["  events:\n", *(f"  - {{date: {when}, type: award, title: x}}\n" for when in dates)]
    lines += ["  exchanges:\n", *(f"  - {{{flow}{when}}}\n" for when in dates)]
    lines += ["totals:\n", *(f"- {{as_of: {when}, {total}}}\n" for when in dates)]
    dataset = loaded("".join(lines))
    # Where periods begin together the shorter comes first, one that is still going on last.
    in_time = ["1979", "1979/1981", "1979/..", "../1985", "1996", "1996-03", "1996-03-05", "2012~"]
    (tie,) = dataset.partnerships
    assert [str(event.date) for event in tie.events] == in_time
    assert [str(exchange.period) for exchange in tie.exchanges] == in_time
    assert [str(total.as_of) for total in dataset.totals] == in_time


# --- whole data sets ------------------------------------------------------------------------------


def normal(dataset: Dataset) -> Dataset:
    """The same without the order that only the order of files and records gave it."""
    ties = (
        msgspec.structs.replace(
            tie, events=tuple(sorted(tie.events, key=repr)), exchanges=tuple(sorted(tie.exchanges, key=repr))
        )
        for tie in dataset.partnerships
    )
    return msgspec.structs.replace(
        dataset,
        partnerships=tuple(sorted(ties, key=lambda tie: tie.id)),
        totals=tuple(sorted(dataset.totals, key=repr)),
    )


@settings(max_examples=30)
@given(datasets(), st.integers(0, 5))
def test_a_data_set_that_is_written_loads_as_itself(dataset: Dataset, blocks: int) -> None:
    assert loaded(file_of(entries(dataset), blocks)) == dataset


@settings(max_examples=30)
@given(datasets(), st.randoms(use_true_random=False), st.integers(1, 3), st.integers(0, 2))
def test_the_order_of_records_and_files_and_the_file_of_a_record_mean_nothing(
    dataset: Dataset, random: Random, files: int, events: int
) -> None:
    records = entries(dataset)
    if dataset.partnerships:
        # Some of what happened between two places stands in a record that extends theirs.
        base, extension = extended(dataset.partnerships[0], events)
        records.remove(Entry("partnerships", "", plain(dataset.partnerships[0])))
        records += [Entry("partnerships", "", plain(base)), Entry("partnerships", "", plain(extension))]
    random.shuffle(records)
    assert normal(loaded(*(file_of(records[number::files]) for number in range(files)))) == normal(dataset)


# --- extends --------------------------------------------------------------------------------------


def test_a_record_that_extends_another_adds_events_and_exchanges_in_date_order() -> None:
    dataset = loaded(
        MORE + f"  events:\n  - {{date: 2001, type: gift, title: ours}}\n  exchanges:\n  - {{{FLOW}}}\n",
        PLACES + TIE + "  since: 1996\n  events:\n"
        "  - {date: 1996, type: agreement, title: theirs}\n  - {date: 2012, type: award, title: theirs}\n",
        MORE + "  events:\n  - {date: 1990, type: contact, title: more}\n",
    )
    (tie,) = dataset.partnerships
    assert [event.title for event in tie.events] == ["more", "theirs", "ours", "theirs"]
    assert (tie.since, len(tie.exchanges)) == (Date(1996), 1)


def test_what_a_record_adds_to_another_is_checked_like_the_rest() -> None:
    own = (
        MORE + "  exchanges:\n"
        f"  - {{id: visit, {FLOW}}}\n"
        f"  - {{part_of: visits, {FLOW}}}\n"
        "  - {from: beihai, to: kobe, what: x, category: students, count: 1, unit: people, period: 2012}\n"
        "  events:\n  - {date: 2012, type: award, title: x, source: gazette}\n"
    )
    public = PLACES + TIE + f"  exchanges:\n  - {{id: visit, {FLOW}}}\n"
    assert told(own, public) == [
        'a.yaml:4:10: the id "visit" is already defined in this partnership; choose another',
        'a.yaml:5:15: no exchange here has the id "visits"; did you mean visit?',
        'a.yaml:6:24: "kobe" is not a place of this partnership; use beihai and yatsushiro',
        'a.yaml:8:49: no source has the id "gazette"; add it under sources:',
    ]


def test_an_added_exchange_may_be_a_part_of_one_in_the_partnership_or_in_another_addition() -> None:
    public = PLACES + TIE + f"  exchanges:\n  - {{id: whole, {FLOW}}}\n"
    one = MORE + f"  exchanges:\n  - {{id: part, part_of: whole, {FLOW}}}\n"
    other = MORE + f"  exchanges:\n  - {{part_of: part, {FLOW}}}\n"
    for texts in ((public, one, other), (other, one, public), (one, other, public)):
        assert len(loaded(*texts).partnerships[0].exchanges) == 3


def test_exchanges_of_different_partnerships_may_share_an_id() -> None:
    tie = TIE + f"  exchanges:\n  - {{id: visit, {FLOW}}}\n"
    assert len(loaded(PLACES + tie, tie.replace("beihai-yatsushiro", "second")).partnerships) == 2


def test_exchanges_that_are_parts_of_each_other_are_reported() -> None:
    assert told(
        PLACES + TIE + "  exchanges:\n"
        f"  - {{id: a, part_of: b, {FLOW}}}\n  - {{id: b, part_of: a, {FLOW}}}\n  - {{part_of: a, {FLOW}}}\n"
    ) == [
        "a.yaml:8:22: an exchange cannot be part of itself; use the id of the whole exchange",
        "a.yaml:9:22: an exchange cannot be part of itself; use the id of the whole exchange",
    ]


# --- ids ------------------------------------------------------------------------------------------


def test_an_id_that_is_defined_in_two_files_is_reported_with_both_places() -> None:
    own = PLACES.replace("beihai:", "kobe:").replace("name: Yatsushiro", "name: Other") + TIE
    taken = 'the id "{}" is already defined at a.yaml:{}; choose another'
    assert told("# mine\n" + PLACES + TIE, own) == [
        "b.yaml:3:3: " + taken.format("yatsushiro", "4:3") + ", or write the same name",
        "b.yaml:5:3: " + taken.format("beihai-yatsushiro", "6:3") + ", or use extends:",
    ]


def test_of_two_records_with_one_id_the_first_is_kept() -> None:
    Path("a.yaml").write_text("sources:\n  x: {title: first}\n", "utf-8")
    Path("b.yaml").write_text("sources:\n  x: {title: second}\n", "utf-8")
    assert read_dataset([Path("a.yaml"), Path("b.yaml")]).dataset.sources["x"].title == "first"


def test_records_of_different_sections_may_share_an_id() -> None:
    dataset = loaded("places:\n  x: {name: X, country: CN, level: city}\nsources:\n  x: {title: X}\n")
    assert set(dataset.places) == set(dataset.sources) == {"x"}


def test_an_unknown_id_is_reported_with_the_nearest_of_its_section() -> None:
    # The place is nearer to the unknown source, but it is no source.
    text = PLACES + "sources:\n  yatsushiro-city: {title: X}\n" + TIE.replace("[beihai", "[behai")
    assert told(text + "  sources: [yatsushiro]\n") == [
        'a.yaml:8:13: no place has the id "behai"; did you mean beihai?',
        'a.yaml:9:13: no source has the id "yatsushiro"; did you mean yatsushiro-city?',
    ]


@pytest.mark.parametrize(
    ("bad", "reported"),
    [
        ("places:\n  beihai: {name: Beihai, country: CN, level: town hall}", "is not a valid level"),
        ("places:\n  beihai: Beihai", "a mapping is expected here"),
        ("places:\n  beihai:", "has no value"),
    ],
)
def test_a_bad_record_still_has_its_id(bad: str, reported: str) -> None:
    (only,) = told(bad, PLACES.replace("  beihai: {name: Beihai, country: CN, level: city}\n", ""), TIE)
    assert reported in only


def test_an_extension_of_a_bad_partnership_is_not_reported_as_unknown() -> None:
    (only,) = told(PLACES + TIE + "  status: asleep\n", MORE)
    assert '"asleep" is not a valid status' in only


@pytest.mark.parametrize("name", ["Beihai", "bei hai", "-beihai", "bei--hai", "北海", '"beihai\\n"', '""'])
def test_an_id_is_of_lower_case_letters_digits_and_single_hyphens(name: str) -> None:
    (only,) = told(f"places:\n  {name}: {{name: Beihai, country: CN, level: city}}\n")
    assert only.startswith("a.yaml:2:3: ")
    assert "is not a valid id" in only


@pytest.mark.parametrize("name", ["Guangxi", "guangxi prov", '""'])
def test_a_name_that_can_be_no_id_is_one_problem_and_not_two(name: str) -> None:
    assert len(told(f"places:\n  beihai: {{name: Beihai, country: CN, level: city, within: {name}}}\n")) == 1


def test_a_web_address_is_of_http_and_has_neither_spaces_nor_line_ends() -> None:
    def sources(urls: list[str]) -> str:
        return "sources:\n" + "".join(f"  s{n}: {{title: X, url: {url}}}\n" for n, url in enumerate(urls))

    bad = ["www.x.cn", "ftp://x.cn", "https://", "https:///x", "https://x.cn/a b", '"https://x.cn/\\n"']
    assert ["is not a valid web address" in problem for problem in told(sources(bad))] == [True] * len(bad)
    loaded(sources(["http://x", "https://x.cn", '"https://x.cn/?a=b&c#d"', "https://例え.jp/姉妹都市"]))


def test_places_may_lie_within_each_other_but_not_in_a_circle() -> None:
    def places(**within: str) -> str:
        place = "name: X, country: CN, level: city"
        lines = (f"  {name}: {{{place}, within: {of}}}\n" for name, of in within.items())
        return f"places:\n  top: {{{place}}}\n" + "".join(lines)

    loaded(places(a="b", b="c", c="top"))
    # `d` lies in places that form a circle, but is not in it itself.
    assert told(places(a="b", b="c", c="a", d="a")) == [
        'a.yaml:3:50: "a" lies within itself; name the next larger place',
        'a.yaml:4:50: "b" lies within itself; name the next larger place',
        'a.yaml:5:50: "c" lies within itself; name the next larger place',
    ]


# --- problems -------------------------------------------------------------------------------------


def test_every_problem_of_every_file_is_found_and_sorted_by_place() -> None:
    first = (
        "places:\n"
        "  beihai: {name: Beihai, country: China, level: citty, within: guangxi}\n"
        "  yatsushiro: {name: Yatsushiro, level: city, population: {count: many, as_of: 2022年}}\n"
        "partnerships:\n"
        "- id: beihai-yatsushiro\n"
        "  between: [beihai, yatsushiro]\n"
        "  since: 1996-02-30\n"
        "  events:\n"
        "  - {date: 1996, type: prize, titel: x}\n"
        "  - {date: soon, type: award, title: ''}\n"
    )
    third = "places:\n  kobe: Kobe\ntown: {}\n"
    assert briefly(told(first, "a: [\n", third)) == [
        'a.yaml:2:35: "China" is not a valid country code',
        'a.yaml:2:49: "citty" is not a valid level',
        'a.yaml:2:64: no place has the id "guangxi"',
        'a.yaml:3:15: "country" is missing',
        'a.yaml:3:67: "count": "many" is not a whole number',
        'a.yaml:3:80: "as_of": "2022年" is not a date',
        'a.yaml:7:10: "since": "1996-02-30" is not a date: 1996-02 has 29 days',
        'a.yaml:9:24: "prize" is not a valid type',
        'a.yaml:9:31: unknown key "titel"',
        'a.yaml:10:12: "date": "soon" is not a date',
        'a.yaml:10:38: "title" is empty',
        "b.yaml:1:4: the bracket that opens here is never closed",
        "c.yaml:2:9: a mapping is expected here, not text",
        'c.yaml:3:1: unknown key "town"',
    ]


def test_one_id_for_a_list_field_gets_the_fix_to_write_a_list() -> None:
    (only,) = briefly(told("sources:\n  x: {title: X}\n" + PLACES + TIE + "  sources: x\n"))
    assert only == 'a.yaml:9:12: "sources" should be a list, not text'


def test_every_bad_item_of_a_list_and_every_bad_tag_is_reported() -> None:
    name, aliases = "{EN: Beihai, Zh: 北海市}", "['', Pakhoi, '']"
    place = f"name: {name}, country: CN, level: city, aliases: {aliases}"
    problems = briefly(told(f"places:\n  beihai: {{{place}}}\n"))
    assert [problem.split(":")[2] for problem in problems] == ["19", "31", "77", "89"]


@pytest.mark.parametrize(
    ("name", "column"),
    [("{en: '', zh: 北海}", 23), ("{en: [Beihai], zh: 北海}", 23), ("{en: , zh: 北海}", 19)],
)
def test_a_bad_name_in_one_language_is_reported_at_its_own_place_only(name: str, column: int) -> None:
    (only,) = told(f"places:\n  beihai: {{name: {name}, country: CN, level: city}}\n")
    assert only.startswith(f"a.yaml:2:{column}: ")


def test_an_item_of_the_wrong_type_is_not_asked_to_be_a_list() -> None:
    (only,) = told("places:\n  beihai: {name: Beihai, country: CN, level: city, aliases: [[Pakhoi]]}\n")
    assert only.startswith("a.yaml:2:62: ")
    assert "a list, not a list" not in only


@pytest.mark.parametrize("count", ["1234567890123456", "１２３", '"1,850,000"', "1_850_000", "20 000"])
def test_a_number_is_not_refused_with_a_hint_that_would_be_refused_again(count: str) -> None:
    def place(count: str) -> str:
        population = f"{{count: {count}, as_of: 2001}}"
        return f"places:\n  x: {{name: X, country: CN, level: city, population: {population}}}\n"

    (only,) = told(place(count))
    proposed = only.rpartition("write ")[2]
    if proposed[0].isdecimal():
        loaded(place(proposed))


def test_the_error_of_a_data_set_is_its_first_problem_and_the_number_of_the_others() -> None:
    Path("a.yaml").write_text("- x\n", "utf-8")
    Path("b.yaml").write_text("town: {}\n", "utf-8")
    a, b, c = Path("a.yaml"), Path("b.yaml"), Path("c.yaml")
    first = "a.yaml:1:1: the file should be a mapping, not a list; put partnerships: above it and indent it"
    for paths, rest in (([a], ""), ([b, a], " (and 1 more problem)"), ([c, b, a], " (and 2 more problems)")):
        with pytest.raises(DataError) as caught:
            load_dataset(paths)
        assert str(caught.value) == first + rest
        assert caught.value.problems == read_dataset(paths).problems
        assert caught.value.exit_code == 1


def test_good_records_are_loaded_beside_bad_ones() -> None:
    Path("a.yaml").write_text(PLACES + "  kobe: Kobe\n" + TIE, "utf-8")
    loaded = read_dataset([Path("a.yaml")])
    dataset, problems = loaded.dataset, loaded.problems
    assert len(problems) == 1
    assert (set(dataset.places), len(dataset.partnerships)) == ({"beihai", "yatsushiro"}, 1)


# --- many problems --------------------------------------------------------------------------------


def _places(count: int, rest: str = "name: X, country: CN, level: city") -> str:
    return "places:\n" + "".join(
        f"  p{n}: {{{rest.format(n=n, next=(n + 1) % count)}}}\n" for n in range(count)
    )


def _ties(count: int, tie: str) -> str:
    return PLACES + "partnerships:\n" + "".join(f"- {{{tie.format(n=n)}}}\n" for n in range(count))


def _flows(count: int, flow: str) -> str:
    lines = (f"  - {{{FLOW}, {flow.format(n=n, next=(n + 1) % count)}}}\n" for n in range(count))
    return PLACES + TIE + "  exchanges:\n" + "".join(lines)


BOTH = "between: [beihai, yatsushiro]"
WRONG: dict[str, Callable[[int], str]] = {
    "key": lambda count: _ties(count, f"id: t{{n}}, kynd{{n}}: other, {BOTH}"),
    "no id": lambda count: _ties(count, BOTH),
    "id": lambda count: _ties(count, f"id: t, {BOTH}"),
    "reference": lambda count: _ties(count, "id: t{n}, between: [beihai, x{n}]"),
    "date": lambda count: _ties(count, f"id: t{{n}}, since: soon, {BOTH}"),
    "text": lambda count: PLACES + "partnerships:\n" + "- x\n" * count,
    "keys of one record": lambda count: _ties(1, ", ".join(f"k{n}: x" for n in range(count))),
    "circle": lambda count: _places(count, "name: X, country: CN, level: city, within: p{next}"),
    "way to a circle": lambda count: _places(
        count, "name: X, country: CN, level: city, within: p{next}"
    ).replace("p0}", "p2}"),
    "parts": lambda count: _flows(count, "id: f{n}, part_of: f{next}"),
    "unknown wholes": lambda count: _flows(count, "id: f{n}, part_of: g{n}"),
    "extensions": lambda count: (
        PLACES + TIE + "".join(f"- {{extends: beihai-yatsushiro, exchanges: [{{{FLOW}, id: f}}]}}\n" * count)
    ),
}


def _steps(text: str) -> tuple[int, int]:
    """How many problems a text has, and how many lines of Python are run to find and place them."""
    Path("a.yaml").write_text(text, "utf-8")
    steps = 0

    def trace(*_: object) -> Any:
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        problems = read_dataset([Path("a.yaml")]).problems
    finally:
        sys.settrace(before)
    return len(problems), steps


@pytest.mark.parametrize("wrong", WRONG)
def test_the_time_grows_as_the_number_of_problems_and_no_faster(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sisterline.reading.diagnose.MAX_COMPARISONS", -1)
    fewer, base = _steps(WRONG[wrong](50))
    assert fewer >= 47
    more, steps = _steps(WRONG[wrong](200))
    assert more >= 197
    assert steps < 5 * base


def test_each_record_is_looked_into_once_however_much_is_wrong_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = WRONG["key"](100).replace("kynd", "since: soon, kynd")
    sizes: list[int] = []

    def watched(record: str) -> Any:
        sizes.append(len(record))
        return events(record)

    monkeypatch.setattr("sisterline.reading.positions.events", watched)
    assert len(told(text)) == 200
    whole, *records = sizes  # all of the file once, to find where its records are
    assert whole == len(text)
    assert 90 < len(records) <= 100
    assert sum(records) < 2 * len(text)


def test_the_search_for_the_word_that_was_meant_ends_where_it_takes_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = _ties(9, "id: t{n}, between: [beihai, yatsushir{n}]")
    assert sum("did you mean yatsushiro?" in each for each in told(text)) == 9
    monkeypatch.setattr(
        "sisterline.reading.diagnose.MAX_COMPARISONS", 5
    )  # two places are looked through each time
    assert sum("did you mean yatsushiro?" in each for each in told(text)) == 3


def test_a_circle_is_reported_for_each_place_in_it_and_for_no_other() -> None:
    links = {"a": "b", "b": "c", "c": "b", "d": "a", "e": "e", "f": None, "g": "f", "h": "x"}
    assert find_cycles(links) == ["b", "c", "e"]


def test_of_many_problems_of_a_file_a_thousand_are_shown_and_all_are_counted() -> None:
    text = _ties(1_100, f"id: t{{n}}, kind: x, {BOTH}")
    problems = told(text)
    assert len(problems) == 1_001
    assert problems[0] == "a.yaml: 1,100 problems, of which 1,000 are shown; fix these and check again"
    assert problems[-1].startswith("a.yaml:1004:")


# --- files and folders ----------------------------------------------------------------------------


def test_a_folder_means_the_yaml_files_in_it() -> None:
    data, deeper = Path("data"), Path("data/deeper")
    deeper.mkdir(parents=True)
    (data / "places.yaml").write_text(PLACES, "utf-8")
    (data / "ties.yml").write_text(TIE, "utf-8")
    # Neither another kind of file nor one further down is looked at.
    (data / "notes.md").write_text("# Notes", "utf-8")
    (deeper / "more.yaml").write_text("nonsense", "utf-8")
    assert [tie.id for tie in load_dataset([data]).partnerships] == ["beihai-yatsushiro"]


def test_problems_in_a_folder_name_the_file_by_the_path_that_was_given() -> None:
    Path("data").mkdir()
    Path("data/own.yaml").write_text("town: {}\n", "utf-8")
    assert [problem.path for problem in read_dataset([Path("data")]).problems] == [str(Path("data/own.yaml"))]


def test_a_missing_file_and_a_folder_without_data_are_problems() -> None:
    Path("empty").mkdir()
    Path("odd/folder.yaml").mkdir(parents=True)
    name, hint = str(Path("odd/folder.yaml")), "name a .yaml file or a folder of them"
    assert read_dataset([Path("odd"), Path("missing.yaml"), Path("empty")]).problems == (
        Problem("empty", 0, 0, "there is no .yaml file in this folder"),
        Problem("missing.yaml", 0, 0, "there is no such file"),
        Problem(name, 0, 0, "this is not a regular file", hint),
    )


def test_a_folder_that_may_not_be_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Root may read everything, so a real folder would not do everywhere.
    monkeypatch.setattr(Path, "iterdir", refuse)
    Path("closed").mkdir()
    assert read_dataset([Path("closed")]).problems == (
        Problem("closed", 0, 0, "cannot be read: Permission denied"),
    )


def test_nothing_to_read_is_an_empty_data_set() -> None:
    assert load_dataset([]) == Dataset(countries={}, places={}, sources={}, partnerships=(), totals=())


def test_the_bundled_data_is_that_of_the_checkout() -> None:
    assert bundled_folder() == Path(__file__).parents[1] / "data"


def test_data_inside_the_package_is_used_first_and_its_absence_is_reported(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a wheel, where it is site-packages/sisterline/data, and in a checkout, where it is data.
    package = here / "src" / "sisterline"
    monkeypatch.setattr("sisterline.reading.files.__file__", str(package / "reading" / "files.py"))
    with pytest.raises(SisterlineError, match="the bundled data is missing; install sisterline again"):
        bundled_folder()
    for folder in (here / "data", package / "data"):
        folder.mkdir(parents=True)
        (folder / "partnerships.yaml").touch()
        assert bundled_folder() == folder
