"""The reports as values: what is in them, in which order, and that they invent nothing."""

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from helpers import SMALL, TODAY, call, chosen, plain, shown, small
from sisterline.formats import markdown
from sisterline.formats.terminal import page as terminal
from sisterline.formats.terminal.console import Viewport
from sisterline.model import Dataset, Partnership, source_ids
from sisterline.query.ranges import ALL_TIME, DayRange, date_range
from sisterline.query.selection import Selection, select, select_by_name
from sisterline.reading.dataset import load_dataset
from sisterline.reading.files import bundled_folder
from sisterline.reports import order
from sisterline.reports.chart import ChartReport, StatusChange, chart_report
from sisterline.reports.counts import COUNT_BYS, CountBy
from sisterline.reports.listing import SORT_KEYS, ListReport, list_report
from sisterline.reports.order import parse_sort
from sisterline.reports.stats import StatsReport, stats_report
from sisterline.reports.timeline import MIN_GAP_YEARS, Item, TimelineReport, timeline_report
from sisterline.store.cache import load_cached
from sisterline.text.matching import fold
from sisterline.views import view_of
from sisterline.views.drawings import Log
from sisterline.views.style import UNICODE
from sisterline.views.timeline import item_title
from sisterline.vocabulary import LocalizedText

EVERYTHING = Selection()


def _timeline(
    dataset: Dataset, selection: Selection = EVERYTHING, today: date = TODAY, **options: Any
) -> TimelineReport:
    return timeline_report(dataset, select(dataset, selection), selection, today, **options)


def _one(dataset: Dataset, name: str, today: date = TODAY, **options: Any) -> TimelineReport:
    """The timeline of one partnership, with the selection that `options` begins with."""
    alone = _only(dataset, name)
    selection = options.pop("selection", EVERYTHING)
    return timeline_report(alone, select(alone, selection), selection, today, **options)


def _only(dataset: Dataset, *names: str) -> Dataset:
    ties = tuple(p for p in dataset.partnerships if p.id in names)
    assert len(ties) == len(names)
    return Dataset(
        countries=dataset.countries,
        places=dataset.places,
        sources=dataset.sources,
        partnerships=ties,
        totals=dataset.totals,
    )


def _ordinals(report: TimelineReport) -> list[int]:
    return [item.ordinal for item in report.items if item.ordinal is not None]


def _list(dataset: Dataset, selection: Selection = EVERYTHING, **options: Any) -> ListReport:
    return list_report(dataset, select(dataset, selection), TODAY, **options)


# --- timeline -------------------------------------------------------------------------------------


def test_the_founding_is_the_agreement_of_the_same_date(world: Dataset) -> None:
    foundings = [item for item in _one(world, "linhai-sakae").items if item.kind == "founding"]
    (founding,) = foundings
    assert founding.title == "The two mayors sign in Linhai"
    assert founding.type == "agreement"


def test_a_founding_without_an_event_is_computed_with_its_basis_and_sources(world: Dataset) -> None:
    report = _one(world, "haibei-prov-sakae-pref", every=0)
    (founding,) = report.items
    assert (founding.date, founding.kind, founding.title, founding.basis) == (
        "1992-02-29",
        "founding",
        "",
        "memorandum",
    )
    assert [report.sources[n - 1].id for n in founding.sources] == ["sakae-city"]


def test_a_computed_founding_without_a_basis_says_only_that(world: Dataset) -> None:
    (founding,) = _one(world, "yunhe-kita", every=0).items
    assert (founding.date, founding.title, founding.basis, founding.sources) == ("1996~", "", "", ())


def test_one_agreement_is_not_recorded_as_two_foundings(world: Dataset) -> None:
    # The record says 2001-05?, its agreement 2001-05: the same month, told twice.
    told = [item.title for item in _one(world, "alesund-omori", every=0).items]
    assert told == ["Signed at sea", "二十周年の再確認"]


@pytest.mark.parametrize(
    ("every", "ordinals"),
    [(5, [5, 10, 15, 20, 25, 30, 35]), (10, [10, 20, 30, 40]), (25, [25, 50]), (100, [100]), (0, [])],
)
def test_every_nth_anniversary_is_listed_up_to_the_next(
    world: Dataset, every: int, ordinals: list[int]
) -> None:
    # Founded in 1992: the 34th year runs today.
    assert _ordinals(_one(world, "haibei-prov-sakae-pref", every=every)) == ordinals


def test_every_anniversary_can_be_listed(world: Dataset) -> None:
    assert _ordinals(_one(world, "haibei-prov-sakae-pref", every=1)) == list(range(1, 36))


def test_an_anniversary_keeps_the_precision_of_the_founding(world: Dataset) -> None:
    def dates(name: str) -> list[str]:
        return [item.date for item in _one(world, name, every=25).items if item.ordinal]

    assert dates("jinshan-omori") == ["2004-10", "2029-10"]
    assert dates("yunhe-kita") == ["2021~", "2046~"]
    assert dates("linhai-forest-omori") == []  # dissolved before it
    assert dates("haibei-prov-sakae-pref") == ["2017-02-28", "2042-02-28"]  # 29 February in common years
    assert [i.date for i in _one(world, "haibei-prov-sakae-pref", every=4).items][1] == "1996-02-29"


def test_an_anniversary_of_this_month_is_due_until_the_month_ends(world: Dataset) -> None:
    def future(day: date) -> list[int]:
        return [item.ordinal or 0 for item in _one(world, "jinshan-omori", day).items if item.future]

    assert future(date(2029, 9, 30)) == [50]
    # In October it is neither over nor still to come.
    assert future(date(2029, 10, 1)) == future(date(2029, 10, 31)) == []
    assert future(date(2029, 11, 1)) == [55]


def test_inside_a_range_all_its_anniversaries_are_listed_also_future_ones(world: Dataset) -> None:
    report = _one(world, "linhai-sakae", selection=Selection(dated=date_range("2018", "2043-06-23", TODAY)))
    assert _ordinals(report) == [45, 50, 55, 60, 65]
    # The last day of the range is in it.
    report = _one(world, "linhai-sakae", selection=Selection(dated=date_range("2018", "2043-06-24", TODAY)))
    assert _ordinals(report)[-1] == 70


def test_a_range_that_is_open_upwards_ends_with_the_next_anniversary(world: Dataset) -> None:
    report = _one(world, "linhai-sakae", selection=Selection(dated=date_range("2018", None, TODAY)))
    assert _ordinals(report) == [45, 50, 55]


def test_a_range_before_the_founding_has_neither_it_nor_an_anniversary(world: Dataset) -> None:
    report = _one(world, "linhai-sakae", selection=Selection(dated=date_range(None, "1973-06-23", TODAY)))
    assert [item.title for item in report.items] == ["First letters"]


def test_a_dissolved_partnership_has_no_anniversary_after_its_end(world: Dataset) -> None:
    report = _one(world, "linhai-forest-omori")
    assert _ordinals(report) == [5, 10, 15, 20]
    assert report.items[-1].type == "dissolution"


def test_the_anniversaries_of_a_suspended_partnership_say_so_while_it_lasts(world: Dataset) -> None:
    titles = [item_title(item) for item in _one(world, "jinshan-omori").items if item.ordinal]
    assert titles == [
        "5th anniversary",
        "10th anniversary",
        "15th anniversary (suspended)",
        "20th anniversary",
        "25th anniversary",
        "30th anniversary",
        "35th anniversary (suspended)",
        "40th anniversary (suspended)",
        "45th anniversary (suspended)",
        "50th anniversary (suspended)",
    ]


def test_tens_are_round(world: Dataset) -> None:
    rounds = {item.ordinal: item.round for item in _one(world, "jinshan-omori").items if item.ordinal}
    assert {n for n, is_round in rounds.items() if is_round} == {10, 20, 30, 40, 50}
    assert not any(item.round for item in _one(world, "jinshan-omori").items if item.ordinal is None)


def test_a_type_leaves_anniversaries_out_unless_it_is_theirs(world: Dataset) -> None:
    assert _ordinals(_one(world, "linhai-sakae", selection=Selection(types=("aid",)))) == []
    marked = _one(world, "linhai-sakae", selection=Selection(types=("anniversary",)))
    assert _ordinals(marked) == list(range(5, 60, 5))
    assert [i.title for i in marked.items if i.ordinal is None] == [
        "A delegation marks the 25th anniversary in Sakae"
    ]


def test_what_lies_after_today_is_in_the_future(world: Dataset) -> None:
    items = _timeline(world).items
    assert {item.title for item in items if item.future and not item.ordinal} == {"A joint exhibition"}
    # On its own day it is not to come any more.
    (planned,) = [i for i in _timeline(world, today=date(2027, 4, 1)).items if i.announced]
    assert not planned.future


def test_items_are_in_date_order(world: Dataset) -> None:
    dates = [item.date[:4] for item in _timeline(world).items]
    assert dates == sorted(dates)
    assert [item.date for item in _one(world, "jinshan-omori", every=10).items] == [
        "1979-10", "1989-10", "1990", "1995-05", "1999-10", "2009-10", "2012-02-21", "2019-10", "2029-10",
    ]  # fmt: skip


def test_a_gap_is_shown_from_three_years_on_and_never_into_the_future(world: Dataset) -> None:
    items = _timeline(world).items
    for before, item in pairwise(items):
        years = int(item.date[:4]) - int(before.date[:4])
        assert item.gap == (years if years >= MIN_GAP_YEARS and not item.future else 0), item
    assert items[0].gap == 0
    assert any(item.gap for item in items)


def test_headings_are_decades_years_or_none(world: Dataset) -> None:
    def groups(group: str) -> set[str]:
        report = _one(world, "linhai-sakae", group=group)
        (log,) = [block for block in view_of(report, UNICODE).blocks if isinstance(block, Log)]
        return {entry.group for entry in log.entries}

    assert groups("none") == {""}
    assert {"1970s", "2020s"} <= groups("decade")
    assert {"1972", "1973", "2028"} <= groups("year")


def _first_uses(items: tuple[Item, ...]) -> list[int]:
    # What happened first: the foundings that anniversaries are reckoned from are numbered after it.
    seen: list[int] = []
    for item in sorted(items, key=lambda item: item.kind == "anniversary"):
        seen += [number for number in item.sources if number not in seen]
    return seen


@pytest.mark.parametrize("reverse", [False, True])
def test_footnotes_are_numbered_in_the_order_of_their_first_use(world: Dataset, reverse: bool) -> None:
    report = _timeline(world, reverse=reverse)
    uses = _first_uses(report.items)
    assert uses == list(range(1, len(uses) + 1))
    assert [source.number for source in report.sources] == uses


def test_a_footnote_is_the_source_that_the_data_names(world: Dataset) -> None:
    report = _one(world, "linhai-sakae")
    named = {event.title if isinstance(event.title, str) else event.title.get("en", ""): event.source
             for event in _only(world, "linhai-sakae").partnerships[0].events}  # fmt: skip
    for item in report.items:
        if item.ordinal is None and item.title in named:
            assert {report.sources[n - 1].id for n in item.sources} == set(source_ids(named[item.title]))


def test_a_limit_takes_the_first_and_says_how_many_there_were(world: Dataset) -> None:
    whole = _one(world, "linhai-sakae")
    part = _one(world, "linhai-sakae", limit=3)
    assert [item.title for item in part.items] == [item.title for item in whole.items[:3]]
    assert part.matched == len(whole.items)
    # Sources of what was cut are not told; an anniversary among the three rests on the founding's.
    assert {source.id for source in part.sources} <= {"linhai-city", "sakae-city"}
    assert len(part.sources) < len(whole.sources)


def test_reverse_lists_the_same_last_first(world: Dataset) -> None:
    forth, back = _timeline(world), _timeline(world, reverse=True)
    assert [(i.date, i.title) for i in back.items] == [(i.date, i.title) for i in reversed(forth.items)]
    assert [i.date for i in _timeline(world, reverse=True, limit=2).items] == ["2031-05?", "2030-05-05"]


def test_names_and_titles_follow_the_language(world: Dataset) -> None:
    report = _one(world, "linhai-sakae", language="zh")
    assert report.partnerships[0].place.name == "临海市"
    assert "两市市长在临海签约" in [item.title for item in report.items]
    assert "First letters" in [item.title for item in report.items]  # said in one language only


def test_a_future_partnership_has_no_age(world: Dataset) -> None:
    report = _one(world, "linhai-sakae", date(1970, 1, 1))
    assert report.partnerships[0].years is None
    assert report.partnerships[0].next is None
    assert all(item.future for item in report.items)


# --- what is not known is not invented ------------------------------------------------------------


def test_undated_partnerships_have_no_founding_no_age_and_no_anniversary(world: Dataset) -> None:
    (item,) = _one(world, "jinshan-east-kita").items
    assert item.title == "A stand at the fair"
    pair = _one(world, "jinshan-east-kita").partnerships[0]
    assert (pair.since, pair.years, pair.next, pair.kind) == (None, None, None, None)
    assert _one(world, "alesund-sakae").items == ()


def test_no_date_has_more_digits_than_its_founding(bundled: Dataset) -> None:
    coarse = [p for p in bundled.partnerships if p.since and p.since.precision != "day"]
    assert coarse
    alone = Dataset(
        countries=bundled.countries,
        places=bundled.places,
        sources=bundled.sources,
        partnerships=tuple(coarse),
        totals=(),
    )
    since = {p.id: str(p.since) for p in coarse}
    for item in _timeline(alone).items:
        if item.ordinal is not None or (item.kind == "founding" and not item.title):
            assert len(item.date) == len(since[item.partnership]), item
            assert item.date[4:] == since[item.partnership][4:], item
    for row in _list(alone).partnerships:
        if row.next:
            assert row.since
            assert row.next.date[4:] == row.since[4:]


def test_an_age_is_whole_years_in_the_precision_of_the_founding(world: Dataset) -> None:
    years = {row.id: row.years for row in _list(world).partnerships}
    assert years == {
        "linhai-sakae": 53,
        "jinshan-omori": 47,
        "linhai-forest-omori": None,  # dissolved
        "haibei-prov-sakae-pref": 34,
        "yunhe-kita": 30,
        "alesund-omori": 25,
        "evil-linhai": 16,
        "alesund-sakae": None,
        "jinshan-east-kita": None,
    }


# --- list -----------------------------------------------------------------------------------------


def test_the_sort_key_of_a_row_is_made_once(world: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    # To fold a name takes longer than all else in sorting.
    folded: list[str] = []

    def fold_and_count(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr(order, "fold", fold_and_count)
    rows = _list(world, sort=parse_sort(["partner"])).partnerships
    assert sorted(folded) == sorted(row.partner.name for row in rows)


@pytest.mark.parametrize("sort", SORT_KEYS)
def test_a_list_is_sorted_by_what_was_asked_and_reversed_is_the_other_way_round(
    world: Dataset, sort: str
) -> None:
    key = SORT_KEYS[sort]
    forth = [key(row) for row in _list(world, sort=parse_sort([sort])).partnerships]
    back = [key(row) for row in _list(world, sort=parse_sort([sort]), reverse=True).partnerships]
    known = [value for value in forth if value is not None]
    # What is not known stands last, whichever way the rest is sorted: the newest tie is never an undated one.
    unknown = [None] * (len(forth) - len(known))
    assert forth == sorted(known) + unknown
    assert back == list(reversed(known)) + unknown


def test_of_equal_rows_the_older_partnership_comes_first(world: Dataset) -> None:
    rows = [row.id for row in _list(world, sort=parse_sort(["status"])).partnerships]
    active = [row for row in rows if row not in ("jinshan-omori", "linhai-forest-omori")]
    assert active == [row for row in chosen(world, EVERYTHING) if row in active]


def test_a_limited_list_knows_how_many_there_were(world: Dataset) -> None:
    report = _list(world, limit=2)
    assert [row.id for row in report.partnerships] == ["linhai-sakae", "jinshan-omori"]
    assert report.matched == 9


def test_places_are_shown_with_region_and_country(world: Dataset) -> None:
    rows = {row.id: row for row in _list(world).partnerships}
    assert rows["linhai-sakae"].place.region == "Haibei"
    assert rows["linhai-sakae"].partner.country_name == "Japan"
    assert rows["alesund-omori"].place.country_name == "NO"  # nobody says its name
    assert rows["alesund-omori"].place.region == ""
    assert rows["haibei-prov-sakae-pref"].place.region == ""  # it is one itself
    assert rows["yunhe-kita"].place.name == "云河县"  # it has no other name


# --- chart ----------------------------------------------------------------------------------------


def _chart(dataset: Dataset, selection: Selection = EVERYTHING, **options: Any) -> ChartReport:
    return chart_report(dataset, select(dataset, selection), TODAY, **options)


def test_a_chart_has_a_lane_for_all_that_has_a_date_or_an_event(world: Dataset) -> None:
    chart = _chart(world)
    assert chart.empty == 1
    assert [lane.partnership.id for lane in chart.lanes] == [
        *chosen(world, EVERYTHING)[:7], "jinshan-east-kita",
    ]  # fmt: skip
    assert (chart.first, chart.last) == (1972, 2027)


def test_a_lane_counts_its_events_by_the_years_in_which_they_began(world: Dataset) -> None:
    lane = _chart(world).lanes[0]
    assert lane.founded == 1973
    assert lane.years == ((1972, 1), (1973, 1), (1979, 1), (1985, 1), (1998, 1), (2011, 1))
    assert lane.announced == ((2027, 1),)
    assert sum(count for _, count in lane.years) == lane.events


def test_a_lane_changes_where_the_partnership_was_cut_and_taken_up_again(world: Dataset) -> None:
    turns = {lane.partnership.id: lane.changes for lane in _chart(world).lanes}
    assert turns["jinshan-omori"] == (
        StatusChange(1990, "suspended"),
        StatusChange(1995, "active"),
        StatusChange(2012, "suspended"),
    )
    assert turns["linhai-forest-omori"] == (StatusChange(2005, "dissolved"),)
    assert turns["alesund-omori"] == ()  # a renewal changes nothing where nothing was interrupted


def test_lanes_can_be_limited_and_reversed(world: Dataset) -> None:
    whole = [lane.partnership.id for lane in _chart(world).lanes]
    assert [lane.partnership.id for lane in _chart(world, limit=2, reverse=True).lanes] == whole[:-3:-1]


def test_a_chart_of_nothing_is_empty(world: Dataset) -> None:
    chart = _chart(world, Selection(cities=("sakae",), kinds=("cooperation",)))
    assert (chart.lanes, chart.empty) == ((), 1)
    assert plain(terminal.lines(chart, Viewport())) == []


# --- show -----------------------------------------------------------------------------------------


def test_a_place_is_shown_with_what_it_lies_in_and_its_people(world: Dataset) -> None:
    report = shown(world, "yunhe")
    (card,) = report.places
    assert card.within == ("Linhai", "Haibei")
    assert card.population is None
    (card,) = shown(world, "临海市").places
    assert (card.population, card.population_as_of) == (1234567, "2020")
    assert card.aliases == ("臨海", "Lin-hai Hsien")
    assert card.notes == "A port on the Gulf."
    assert [shown(world, "临海市").sources[n - 1].id for n in card.sources] == ["yearbook"]


def test_a_partnership_is_shown_with_both_places_and_its_doubts(world: Dataset) -> None:
    report = shown(world, "linhai-sakae")
    assert [card.place.id for card in report.places] == ["linhai", "sakae"]
    (card,) = report.partnerships
    assert [(doubt.field, doubt.value) for doubt in card.disputed] == [
        ("since", "1973-07"),
        ("kind", "sister-city"),
    ]
    assert [report.sources[n - 1].id for n in card.disputed[0].sources] == ["gazette"]
    assert card.basis == "agreement signed"
    assert card.notes == "The oldest tie of both."


def test_the_footnotes_of_a_show_hold_every_source_once(world: Dataset) -> None:
    report = shown(world, "linhai-sakae")
    numbers = [source.number for source in report.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {source.id for source in report.sources} == {"yearbook", "linhai-city", "sakae-city", "gazette"}
    cited = {number for item in report.items for number in item.sources}
    assert cited <= set(numbers)


def _texts(text: LocalizedText | None) -> list[str]:
    return (
        []
        if text is None
        else [text]
        if isinstance(text, str)
        else [text.get("en", next(iter(text.values())))]
    )


def _facts(dataset: Dataset, partnership: Partnership, comma: str) -> dict[str, list[str]]:
    """All that a reader of a partnership must find, in the words of the data."""
    sources = {*partnership.sources, *(d.source for d in partnership.disputed if d.source)}
    for source in [e.source for e in partnership.events] + [e.source for e in partnership.exchanges]:
        sources |= set(source_ids(source))
    urls = [dataset.sources[name].url for name in sources]
    return {
        "events": [text for event in partnership.events for text in _texts(event.title)],
        "event notes": [text for event in partnership.events for text in _texts(event.notes)],
        "exchanges": [text for exchange in partnership.exchanges for text in _texts(exchange.what)],
        "counts": [f"{exchange.count:{comma}}" for exchange in partnership.exchanges],
        "sources": [url for url in urls if url],
        "notes": _texts(partnership.notes) + _texts(partnership.basis),
        "names": [n for end in partnership.between for n in _names(dataset, end)],
        "disputed": [dispute.value for dispute in partnership.disputed],
        "founding": [str(partnership.since)],
    }


def _names(dataset: Dataset, place: str) -> list[str]:
    name = dataset.places[place].name
    return [name] if isinstance(name, str) else list(name.values())


@pytest.mark.parametrize("name", ["tianjin-kobe", "beihai-yatsushiro"])
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_show_hides_no_fact_of_a_record(bundled: Dataset, name: str, form: str) -> None:
    partnership = next(p for p in bundled.partnerships if p.id == name)
    report = shown(bundled, name)
    if form == "table":
        page = "\n".join(plain(terminal.lines(report, Viewport())))
    else:
        page = re.sub(r"\\([\\`*_\[\]<>|~#!])", r"\1", markdown.text(report))
    facts = _facts(bundled, partnership, ",")
    assert len(facts["events"]) > 5
    assert len(facts["sources"]) > 5
    for kind, texts in facts.items():
        missing = [text for text in texts if text not in page]
        assert not missing, kind
    # A count is a word of its own, not a part of another number.
    for count in facts["counts"]:
        assert re.search(rf"(?<!\d){count}(?!\d)", page), count


# --- stats ----------------------------------------------------------------------------------------


def _stats(dataset: Dataset, selection: Selection = EVERYTHING, *by: CountBy) -> StatsReport:
    return stats_report(dataset, select(dataset, selection), TODAY, by=by)


def test_an_overview_counts_what_is_there(world: Dataset) -> None:
    stats = _stats(world)
    assert (stats.partnerships, stats.places, stats.events, stats.exchanges) == (9, 12, 17, 9)
    assert stats.announced == 1
    assert stats.sources == 5
    assert (stats.first, stats.last) == ("1973-06-24", "2010-05-05")
    assert [count.by for count in stats.counts] == ["decade", "region", "level", "kind", "status"]


@pytest.mark.parametrize("by", COUNT_BYS)
def test_a_count_holds_every_partnership(world: Dataset, by: CountBy) -> None:
    (count,) = _stats(world, EVERYTHING, by).counts
    assert count.by == by
    total = sum(row.count for row in count.rows)
    assert total == 9 if not count.overlaps else total >= 9
    assert len({row.key.label for row in count.rows}) == len(count.rows)


def test_decades_are_in_order_and_unknown_ones_last(world: Dataset) -> None:
    (count,) = _stats(world, EVERYTHING, "decade").counts
    assert [(row.key.label, row.count) for row in count.rows] == [
        ("1970s", 2), ("1980s", 1), ("1990s", 2), ("2000s", 1), ("2010s", 1), ("", 2),
    ]  # fmt: skip


def test_the_unknown_comes_last_however_much_it_is(world: Dataset) -> None:
    undated = _only(world, "alesund-sakae", "jinshan-east-kita", "yunhe-kita")
    (count,) = _stats(undated, EVERYTHING, "year").counts
    assert [(row.key.label, row.count) for row in count.rows] == [("1996", 1), ("", 2)]


def test_a_count_by_country_counts_both_ends(world: Dataset) -> None:
    (count,) = _stats(world, EVERYTHING, "country").counts
    assert {row.key.label: row.count for row in count.rows} == {"China": 7, "Japan": 8, "NO": 3}
    assert count.overlaps


@pytest.mark.parametrize("rows", [by for by in COUNT_BYS if by not in ("region", "country")])
@pytest.mark.parametrize("columns", [by for by in COUNT_BYS if by not in ("region", "country")])
def test_the_margins_of_a_cross_table_are_the_single_counts(
    world: Dataset, rows: CountBy, columns: CountBy
) -> None:
    cross = _stats(world, EVERYTHING, rows, columns).cross
    assert cross is not None
    across = dict(zip(cross.rows, (sum(line) for line in cross.cells), strict=True))
    down = dict(zip(cross.columns, (sum(cells) for cells in zip(*cross.cells, strict=True)), strict=True))
    for by, margin in ((rows, across), (columns, down)):
        (count,) = _stats(world, EVERYTHING, by).counts
        assert margin == {row.key: row.count for row in count.rows}


def test_a_cross_table_counts_a_partnership_in_the_regions_of_both_ends(world: Dataset) -> None:
    cross = _stats(_only(world, "linhai-sakae", "alesund-sakae"), EVERYTHING, "region", "decade").cross
    assert cross is not None
    assert [key.label for key in cross.rows] == ["Sakae Prefecture", "Haibei", ""]
    assert [key.label for key in cross.columns] == ["1970s", ""]
    assert cross.cells == ((1, 1), (1, 0), (0, 1))


def test_official_totals_are_shown_where_the_selection_connects_just_their_two_countries(
    world: Dataset,
) -> None:
    stats = _stats(_only(world, "linhai-sakae", "jinshan-omori"))
    assert [(total.as_of, total.count, total.unit) for total in stats.totals] == [
        ("1999-05", 5, "places"),
        ("2010/2011", 9, "pairs"),
    ]
    assert [source.id for source in stats.footnotes] == ["gazette"]
    assert stats.totals[1].approximate
    assert _stats(world).totals == ()  # it ties three countries


def test_totals_of_a_region_stand_where_it_is_selected_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        """
totals:
- {between: [CN, JP], region: haibei-prov, count: 3, unit: pairs, as_of: 2011, by: Haibei, counts: its own}
- {between: [JP, CN], region: sakae-pref, count: 4, unit: pairs, as_of: 2012, by: Sakae, counts: its own}
""",
        "utf-8",
    )
    data = ("--data", path, "--kind", "friendship-region")

    def totals(*arguments: str) -> list[tuple[str, int]]:
        report = json.loads(small("stats", *data, *arguments, "-f", "json").out)
        return [(total["region"], total["count"]) for total in report["totals"]]

    assert totals("--region", "Haibei") == [("Haibei", 3)]
    assert totals("--region", "Haibei", "--region", "Sakae-ken") == [("Haibei", 3), ("Sakae Prefecture", 4)]
    assert "Region" in small("stats", *data, "--region", "Haibei").out
    assert totals() == [("", 5), ("", 9)]


def test_coverage_says_of_how_many_each_is_a_part(world: Dataset) -> None:
    coverage = {row.code: (row.count, row.of) for row in _stats(world).coverage}
    assert coverage["dated"] == (7, 9)
    assert coverage["to-the-day"] == (3, 9)
    assert coverage["to-the-month"] == (2, 9)
    assert coverage["to-the-year"] == (2, 9)
    assert coverage["dated-by-official"] == (2, 7)
    assert coverage["with-exchanges"] == (3, 9)
    assert all(0 <= count <= of for count, of in coverage.values())


def test_statistics_of_the_bundled_data_hang_together(bundled: Dataset) -> None:
    stats = _stats(bundled)
    assert stats.first == "1973-06-24"
    assert stats.partnerships == len(bundled.partnerships)
    for count in stats.counts:
        assert sum(row.count for row in count.rows) >= stats.partnerships
    official = {(total.as_of, total.count) for total in stats.totals}
    assert ("1973/1978", 6) in official


# --- every report ---------------------------------------------------------------------------------


def test_reports_of_an_empty_data_set_are_empty(world: Dataset) -> None:
    nothing = Dataset(
        countries=world.countries, places=world.places, sources=world.sources, partnerships=(), totals=()
    )
    assert _list(nothing).partnerships == ()
    assert _timeline(nothing).items == ()
    assert _chart(nothing).lanes == ()
    stats = _stats(nothing)
    assert (stats.partnerships, stats.first, stats.last) == (0, "", "")
    for report in (_list(nothing), _timeline(nothing), _chart(nothing), stats):
        list(terminal.lines(report, Viewport(width=40)))


def test_the_same_data_in_another_file_order_makes_the_same_reports(world: Dataset) -> None:
    backwards = Dataset(
        countries=world.countries,
        places=dict(reversed(list(world.places.items()))),
        sources=world.sources,
        partnerships=world.partnerships,  # whose order the data set promises
        totals=world.totals,
    )
    assert _list(backwards) == _list(world)
    assert _stats(backwards) == _stats(world)
    assert _chart(backwards) == _chart(world)


def test_events_and_exchanges_of_an_overlay_join_the_others(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "partnerships:\n- extends: yunhe-kita\n"
        "  events:\n  - {date: 2024-05, type: delegation, title: Our visit}\n"
        "  exchanges:\n"
        "  - {mutual: true, what: guests, category: visitors, count: 4, unit: people, period: 2024}\n",
        encoding="utf-8",
    )
    dataset = load_dataset([SMALL, own])
    report = shown(dataset, "yunhe-kita")
    assert "Our visit" in [item.title for item in report.items]
    assert [flow.count for flow in report.exchanges] == [4]
    assert call("show", "yunhe-kita", "--no-builtin", "--data", SMALL, "--data", own).status == 0


def test_a_partnership_is_suspended_also_where_the_suspension_is_not_selected(world: Dataset) -> None:
    events = [event for p in world.partnerships if p.id == "jinshan-omori" for event in p.events]
    turn = [event.date.anchor for event in events if event.type == "suspension"][-1]
    later = Selection(cities=("Jinshan",), dated=DayRange(turn.day_after, ALL_TIME.after))
    selected = select(world, later)
    assert all(event.type != "suspension" for p in selected.partnerships for event in p.events)
    chart = chart_report(world, selected, TODAY)
    assert any(each.status == "suspended" for lane in chart.lanes for each in lane.changes)
    items = timeline_report(world, selected, later, TODAY, every=1).items
    suspended = [item.suspended for item in items if item.partnership == "jinshan-omori" and item.ordinal]
    assert suspended
    assert all(suspended)


def test_a_region_without_partnerships_of_its_own_shows_those_of_what_lies_in_it() -> None:
    dataset = load_cached([bundled_folder()])
    named = select_by_name(dataset, "Inner Mongolia", None, Selection())
    assert named.places == ("inner-mongolia-prov",)
    assert {p.id for p in named.selected.partnerships} >= {"hohhot-okazaki", "chifeng-inazawa"}


def test_a_partnership_counts_once_under_all_of_a_cross_table(world: Dataset) -> None:
    selected = select(world, Selection())
    cross = stats_report(world, selected, TODAY, by=("decade", "region")).cross
    assert cross is not None
    assert cross.overlaps
    assert sum(cross.row_totals) == len(selected.partnerships)
