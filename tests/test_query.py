"""The selection: names in three scripts, ranges of time, and how options work together."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import TODAY, chosen, ids
from sisterline.dates import Date, Period
from sisterline.errors import SisterlineError, UnknownName, UsageError
from sisterline.model import Dataset, names_of
from sisterline.query.places import (
    display_name,
    find_partnership,
    find_places,
    find_regions,
    native_name,
    region_of,
)
from sisterline.query.ranges import ALL_TIME, DayRange, date_range, parse_range
from sisterline.query.selection import Selection, select, select_by_name
from sisterline.reading.builder import founding_key

# --- places by name -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Beihai", "beihai", "BEIHAI", " Beihai ", "Bei-hai", "Beihai-shi", "Beihai City", "beihai city",
        "北海市", "北海", "ＢＥＩＨＡＩ",
    ],
)  # fmt: skip
def test_a_city_is_found_by_any_of_its_names(bundled: Dataset, name: str) -> None:
    assert find_places(bundled, name) == ("beihai",)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("神戸", "kobe"),
        ("神戸市", "kobe"),
        ("神户市", "kobe"),  # as China writes it
        ("神戶市", "kobe"),  # as Taiwan writes it: an alias
        ("神戶", "kobe"),
        ("Kōbe", "kobe"),
        ("KŌBE-SHI", "kobe"),
        ("大連", "dalian"),
        ("Dairen", "dalian"),
        ("Luda", "dalian"),  # the alias is written Lüda
        ("Xian", "xian"),
        ("Xi’an", "xian"),
        ("天津", "tianjin"),
        ("Tientsin", "tianjin"),
    ],
)
def test_spellings_of_other_scripts_and_times_are_known(bundled: Dataset, name: str, place: str) -> None:
    assert find_places(bundled, name) == (place,)


@pytest.mark.parametrize("name", ["Kumamoto Prefecture", "Kumamoto-ken", "熊本県", "熊本县", "kumamoto-pref"])
def test_the_suffix_of_a_prefecture_leaves_the_city_out(bundled: Dataset, name: str) -> None:
    assert find_places(bundled, name) == ("kumamoto-pref",)


@pytest.mark.parametrize("name", ["Kumamoto City", "Kumamoto-shi", "熊本市"])
def test_the_suffix_of_a_city_leaves_the_prefecture_out(bundled: Dataset, name: str) -> None:
    assert find_places(bundled, name) == ("kumamoto",)


@pytest.mark.parametrize("name", ["Kumamoto", "熊本"])
def test_a_name_without_its_suffix_may_be_the_city_or_the_prefecture(bundled: Dataset, name: str) -> None:
    selected = select(bundled, Selection(cities=(name,)))
    ends = {end for partnership in selected.partnerships for end in partnership.between}
    assert {"kumamoto", "kumamoto-pref"} <= ends
    (note,) = selected.notes
    assert note.startswith(f'"{name}" may be 2 places')
    assert "= kumamoto-pref" in note
    assert note.endswith("= kumamoto")


def test_homonyms_are_both_shown_with_their_native_names(world: Dataset) -> None:
    selected = select(world, Selection(cities=("Linhai",)))
    assert {"linhai-sakae", "linhai-forest-omori"} <= set(ids(selected))
    assert selected.notes == (
        '"Linhai" may be 2 places, all are shown: Linhai (临海市) = linhai, Linhai (林海市) = linhai-forest',
    )
    assert chosen(world, Selection(cities=("林海",))) == ["linhai-forest-omori"]
    assert chosen(world, Selection(cities=("linhai-forest",))) == ["linhai-forest-omori"]


def test_a_place_without_partnerships_makes_no_name_ambiguous(world: Dataset) -> None:
    alone = tuple(p for p in world.partnerships if "linhai-forest" not in p.between)
    without = Dataset(
        countries=world.countries, places=world.places, sources=world.sources, partnerships=alone, totals=()
    )
    assert select(without, Selection(cities=("Linhai",))).notes == ()


def test_a_suffix_must_fit_the_level(world: Dataset) -> None:
    # Sakae is a city and a prefecture, and no ward.
    assert set(find_places(world, "Sakae")) == {"sakae", "sakae-pref"}
    assert find_places(world, "Sakae-shi") == ("sakae",)
    assert find_places(world, "栄県") == ("sakae-pref",)
    assert find_places(world, "榮縣") == ("sakae-pref",)
    with pytest.raises(SisterlineError, match="no place is called"):
        find_places(world, "Sakae-ku")


def test_a_suffix_counts_only_as_a_word_of_its_own(world: Dataset) -> None:
    # Omorishi is no Omori, as Yatsushi is no Yatsu.
    with pytest.raises(SisterlineError, match="did you mean Ōmori"):
        find_places(world, "Omorishi")


@pytest.mark.parametrize("name", ["Omori", "ŌMORI", "Oomori", "大森", "Ōmori City"])
def test_a_name_with_a_macron_is_found_without_it(world: Dataset, name: str) -> None:
    assert find_places(world, name) == ("omori",)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Behai", 'no place is called "Behai"; did you mean Beihai (北海市)?'),
        ("Yatsushirro", 'no place is called "Yatsushirro"; did you mean Yatsushiro (八代市)?'),
        ("qqqqqq", 'no place is called "qqqqqq"'),
    ],
)
def test_an_unknown_city_gives_the_nearest(bundled: Dataset, name: str, message: str) -> None:
    with pytest.raises(SisterlineError) as caught:
        find_places(bundled, name)
    assert str(caught.value) == message


def test_unknown_regions_and_countries_give_the_nearest_too(bundled: Dataset) -> None:
    with pytest.raises(SisterlineError) as caught:
        select(bundled, Selection(regions=("Liaonin",)))
    assert str(caught.value) == 'no region is called "Liaonin"; did you mean Liaoning (辽宁省)?'
    with pytest.raises(SisterlineError) as caught:
        select(bundled, Selection(countries=("Jpan",)))
    assert str(caught.value) == 'no country is called "Jpan"; did you mean Japan?'
    with pytest.raises(SisterlineError, match='no country is called "zzzz"; there are CN, JP'):
        select(bundled, Selection(countries=("zzzz",)))


def test_an_unknown_name_keeps_what_was_looked_for_and_what_was_meant(world: Dataset) -> None:
    with pytest.raises(UnknownName) as caught:
        find_regions(world, "Haibai")
    error = caught.value
    assert (error.kind, error.name, error.suggestion) == ("region", "Haibai", "Haibei (海北省)")


def test_a_name_in_one_language_serves_for_all(world: Dataset) -> None:
    assert find_places(world, "北区") == ("kita",)
    assert display_name(world, world.places["kita"]) == "北区"
    assert display_name(world, world.places["omori"]) == "Ōmori (大森市)"
    assert native_name(world, world.places["alesund"]) == "Ålesund"
    assert find_places(world, "Alesund") == ("alesund",)


@given(st.data())
@settings(max_examples=30)
def test_a_name_finds_the_same_places_however_it_is_typed(bundled: Dataset, data: st.DataObject) -> None:
    place = bundled.places[data.draw(st.sampled_from(sorted(bundled.places)))]
    name = data.draw(st.sampled_from(sorted(names_of(place))))
    typed = data.draw(st.sampled_from([name, name.upper(), name.lower(), name.swapcase()]))
    # Long vowels in the ways that keyboards write them, composed or not.
    at = data.draw(st.integers(0, len(typed)))
    if at and typed[at - 1] in "aeiouAEIOU":
        typed = typed[:at] + "\u0304" + typed[at:]
    typed = unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), typed)
    assert find_places(bundled, typed) == find_places(bundled, name)
    assert place.id in find_places(bundled, name)


# --- regions, countries, levels -------------------------------------------------------------------


def test_a_region_takes_its_places_at_any_depth_and_its_own_partnerships(world: Dataset) -> None:
    haibei = chosen(world, Selection(regions=("Haibei",)))
    assert "linhai-sakae" in haibei  # a city in it
    assert "yunhe-kita" in haibei  # a county in a city in it
    assert "haibei-prov-sakae-pref" in haibei  # its own
    assert "jinshan-omori" not in haibei


def test_a_municipality_is_a_region_with_its_districts(world: Dataset, bundled: Dataset) -> None:
    assert chosen(world, Selection(regions=("金山",))) == ["jinshan-omori", "jinshan-east-kita"]
    shanghai = set(chosen(bundled, Selection(regions=("Shanghai",))))
    assert set(chosen(bundled, Selection(cities=("Shanghai",)))) < shanghai


def test_a_region_of_the_name_is_meant_before_a_city_that_holds_places(world: Dataset) -> None:
    # Ōmori holds a ward, so it is a region where no region has its name.
    assert chosen(world, Selection(regions=("Omori",))) == chosen(world, Selection(cities=("Omori", "北区")))
    assert region_of(world, "kita") == "sakae-pref"
    assert region_of(world, "alesund") is None


def test_a_city_that_holds_nothing_is_no_region(world: Dataset) -> None:
    with pytest.raises(SisterlineError, match="no region is called"):
        select(world, Selection(regions=("linhai-forest",)))


@pytest.mark.parametrize("name", ["CN", "cn", "China", "中国"])
def test_a_country_has_a_code_and_names(world: Dataset, name: str) -> None:
    found = chosen(world, Selection(countries=(name,)))
    assert "linhai-sakae" in found
    assert "alesund-omori" not in found


def test_a_country_that_nobody_describes_is_found_by_its_code(world: Dataset) -> None:
    assert chosen(world, Selection(countries=("no",))) == ["alesund-omori", "evil-linhai", "alesund-sakae"]


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(levels=("province",)), ["haibei-prov-sakae-pref"]),
        (Selection(levels=("ward",)), ["yunhe-kita", "jinshan-east-kita"]),
        (Selection(levels=("ward", "town")), ["yunhe-kita", "evil-linhai", "jinshan-east-kita"]),
        (Selection(kinds=("twin-town",)), ["alesund-omori"]),
        (Selection(kinds=("other", "cooperation")), ["evil-linhai", "alesund-sakae"]),
        (Selection(statuses=("suspended", "dissolved")), ["jinshan-omori", "linhai-forest-omori"]),
        (Selection(text=("ratification",)), []),  # what other sources say is no note of the tie
        (Selection(text=("oldest tie",)), ["linhai-sakae"]),
        (Selection(text=("OLDEST  TIE", "友谊碑")), ["linhai-sakae"]),
        (Selection(text=("memorandum",)), ["haibei-prov-sakae-pref"]),
        (Selection(text=("stand at the fair", "they write again")), ["jinshan-omori", "jinshan-east-kita"]),
        (Selection(text=("trainees",)), ["haibei-prov-sakae-pref"]),
        (Selection(text=("二十周年",)), ["alesund-omori"]),
        (Selection(text=("oomori",), kinds=("sister-city",)), ["linhai-forest-omori"]),
    ],
)
def test_options_choose_what_they_say(world: Dataset, selection: Selection, found: list[str]) -> None:
    assert chosen(world, selection) == found


# --- ranges of time -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("range_", "found"),
    [
        ("1970s", ["linhai-sakae", "jinshan-omori"]),
        ("1973..1979", ["linhai-sakae", "jinshan-omori"]),
        ("1973-06-24..1973-06-24", ["linhai-sakae"]),
        ("1973-06-25..1979-09", []),
        ("..1975", ["linhai-sakae"]),
        ("2005..", ["evil-linhai"]),
        ("1992", ["haibei-prov-sakae-pref"]),
        ("1992-02", ["haibei-prov-sakae-pref"]),
        ("1992-02-29", ["haibei-prov-sakae-pref"]),
        ("1992-03", []),
        # What is known by its year or month only may lie in any part of it.
        ("1984-07", ["linhai-forest-omori"]),
        ("1984-07-14", ["linhai-forest-omori"]),
        ("1979-10-31..1980", ["jinshan-omori"]),
        ("1996-03", ["yunhe-kita"]),
        ("2001-05-31", ["alesund-omori"]),
        ("2001-06", []),
    ],
)
def test_a_range_holds_all_foundings_that_may_lie_in_it(
    world: Dataset, range_: str, found: list[str]
) -> None:
    assert chosen(world, Selection(founded=parse_range(range_, "--founded", TODAY))) == found


def test_the_first_of_all_pairs_is_tianjin_and_kobe(bundled: Dataset) -> None:
    assert chosen(bundled, Selection())[0] == "tianjin-kobe"
    assert chosen(bundled, Selection(founded=parse_range("..1973-10", "--founded", TODAY))) == [
        "tianjin-kobe"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("foo", '--founded: "foo" is not a date; try --founded 1973..1979, 1980s or 1996-03'),
        ("..", '--founded: ".." has neither a start nor an end; try --founded 1973..1979, 1980s or 1996-03'),
        ("1980..1975", '--founded: "1980..1975" ends before it starts; try --founded 1975..1980'),
        ("1996-13", "there is no month 13"),
        ("1996..2000..2004", "is not a date"),
        ("0000s", "--founded: "),
        ("", "is not a date"),
    ],
)
def test_a_range_that_is_none_says_how_to_write_one(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_range(text, "--founded", TODAY)
    assert message in str(caught.value)


def test_decades_and_years_are_the_same_ranges_however_written() -> None:
    assert parse_range("1980s", "--founded", TODAY) == parse_range("1980..1989", "--founded", TODAY)
    assert parse_range("1996", "--founded", TODAY) == parse_range(
        "1996-01-01..1996-12-31", "--founded", TODAY
    )
    assert parse_range("..1975", "--founded", TODAY).first == ALL_TIME.first
    assert parse_range("2020..", "--founded", TODAY).after == ALL_TIME.after


def test_from_and_to_are_both_in_the_range() -> None:
    assert date_range(None, None, TODAY) is None
    assert date_range("2020", "2020", TODAY) == DayRange(Date(2020).first_day, Date(2021).first_day)
    assert date_range("2020-02-29", None, TODAY) == DayRange(Date(2020, 2, 29).first_day, ALL_TIME.after)
    assert date_range(None, "2020-02", TODAY) == DayRange(ALL_TIME.first, Date(2020, 3).first_day)


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("2021", "2020", "--from 2021 lies after --to 2020"),
        ("2020-03", "2020-02-29", "--from 2020-03 lies after --to 2020-02-29"),
        ("x", None, '--from: "x" is not a date; write 1996, 1996-03'),
        ("2020", "202003", '--to: "202003" is not a date; write 2020-03 if a month is meant'),
        (None, "2020-00", '--to: "2020-00" is not a date: there is no month 00'),
    ],
)
def test_from_and_to_say_which_of_them_is_wrong(first: str | None, last: str | None, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        date_range(first, last, TODAY)
    assert message in str(caught.value)


# --- what is dated --------------------------------------------------------------------------------


def _titles(dataset: Dataset, selection: Selection) -> list[str]:
    return [
        title if isinstance(title, str) else next(iter(title.values()))
        for partnership in select(dataset, selection).partnerships
        for title in [event.title for event in partnership.events]
    ]


def test_a_range_of_time_takes_what_may_lie_in_it(world: Dataset) -> None:
    narrowed = select(
        world, Selection(cities=("sakae",), dated=date_range("1998-06-26", "1998-06-26", TODAY))
    )
    (first, *_) = narrowed.partnerships
    # The visit of 24 to 28 June, and the letters that began in 1979 and go on.
    assert [str(event.date) for event in first.events] == ["1979/..", "1998-06-24/1998-06-28"]
    assert {str(exchange.period) for exchange in first.exchanges} == {
        "1979/2009", "1979/2019", "1998-06", "1973/2003",
    }  # fmt: skip


def test_a_date_range_keeps_all_partnerships(world: Dataset) -> None:
    assert chosen(world, Selection(dated=date_range("1900", "1901", TODAY))) == chosen(world, Selection())


def test_types_choose_events_and_leave_out_partnerships_without_one(world: Dataset) -> None:
    suspended = select(world, Selection(types=("suspension",)))
    assert ids(suspended) == ["jinshan-omori"]
    assert [str(event.date) for event in suspended.partnerships[0].events] == ["1990", "2012-02-21"]
    assert suspended.partnerships[0].exchanges == ()


def test_categories_choose_exchanges_and_leave_out_events(world: Dataset) -> None:
    students = select(world, Selection(categories=("students", "trainees")))
    assert ids(students) == ["linhai-sakae", "haibei-prov-sakae-pref"]
    assert all(not partnership.events for partnership in students.partnerships)
    assert {e.category for p in students.partnerships for e in p.exchanges} == {"students", "trainees"}


def test_types_and_categories_together_are_alternatives(world: Dataset) -> None:
    both = select(world, Selection(types=("gift",), categories=("goods",)))
    assert ids(both) == ["linhai-sakae", "evil-linhai"]
    assert both.partnerships[0].events == ()
    assert len(both.partnerships[0].exchanges) == 1


def test_types_and_time_narrow_each_other(world: Dataset) -> None:
    selection = Selection(types=("suspension",), dated=date_range("2000", None, TODAY))
    assert _titles(world, selection) == ["Official contacts are suspended"]


# --- how options work together --------------------------------------------------------------------


def test_values_of_one_option_are_alternatives_and_options_narrow_each_other(world: Dataset) -> None:
    sakae = chosen(world, Selection(cities=("sakae",)))
    omori = chosen(world, Selection(cities=("omori",)))
    assert set(chosen(world, Selection(cities=("sakae", "omori")))) == {*sakae, *omori}
    assert chosen(world, Selection(cities=("sakae", "omori"), statuses=("suspended",))) == ["jinshan-omori"]
    assert chosen(world, Selection(cities=("sakae",), countries=("NO",))) == ["alesund-sakae"]


_SELECTIONS = st.builds(
    Selection,
    cities=st.lists(st.sampled_from(["Linhai", "栄", "omori", "kita"]), max_size=2).map(tuple),
    regions=st.lists(st.sampled_from(["Haibei", "金山", "sakae-pref"]), max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(["China", "日本", "NO"]), max_size=2).map(tuple),
    levels=st.lists(st.sampled_from(["city", "ward", "town"]), max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from(["friendship-city", "other"]), max_size=2).map(tuple),
    statuses=st.lists(st.sampled_from(["active", "suspended"]), max_size=2).map(tuple),
    founded=st.none()
    | st.sampled_from(["1970s", "..1992", "1996..2005"]).map(
        lambda text: parse_range(text, "--founded", TODAY)
    ),
    text=st.lists(st.sampled_from(["tie", "the", "x"]), max_size=2).map(tuple),
    dated=st.none()
    | st.sampled_from([date_range("1990", "2012", TODAY), date_range(None, "2001-05", TODAY)]),
    types=st.lists(st.sampled_from(["agreement", "suspension"]), max_size=2).map(tuple),
    categories=st.lists(st.sampled_from(["students", "goods"]), max_size=2).map(tuple),
)


@given(_SELECTIONS)
def test_any_selection_is_a_part_of_the_data_in_the_order_of_founding(
    world: Dataset, selection: Selection
) -> None:
    whole = {partnership.id: partnership for partnership in world.partnerships}
    selected = select(world, selection).partnerships
    assert list(selected) == sorted(selected, key=founding_key)
    assert len({partnership.id for partnership in selected}) == len(selected)
    for partnership in selected:
        assert set(map(repr, partnership.events)) <= set(map(repr, whole[partnership.id].events))
        assert set(map(repr, partnership.exchanges)) <= set(map(repr, whole[partnership.id].exchanges))


@given(_SELECTIONS)
def test_selecting_once_more_changes_nothing(world: Dataset, selection: Selection) -> None:
    # Words may stand in what was left out, so the search for them is not repeated.
    once = select(world, selection)
    again = Selection(dated=selection.dated, types=selection.types, categories=selection.categories)
    rest = Dataset(
        countries=world.countries,
        places=world.places,
        sources=world.sources,
        partnerships=once.partnerships,
        totals=(),
    )
    assert select(rest, again).partnerships == once.partnerships


@given(_SELECTIONS, _SELECTIONS)
def test_a_further_option_only_takes_away(world: Dataset, one: Selection, other: Selection) -> None:
    both = Selection(
        cities=one.cities,
        regions=one.regions,
        kinds=other.kinds,
        statuses=other.statuses,
        founded=one.founded,
    )
    only = Selection(cities=one.cities, regions=one.regions, founded=one.founded)
    assert set(chosen(world, both)) <= set(chosen(world, only))


# --- one partnership or place by its name ---------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "beihai-yatsushiro", "Beihai-Yatsushiro", "Beihai – Yatsushiro", "Yatsushiro / Beihai",
        "北海-八代", "北海市、八代市", "beihai, yatsushiro", "Beihai Yatsushiro", "Beihai⇄Yatsushiro",
    ],
)  # fmt: skip
def test_a_partnership_is_found_by_its_id_or_its_two_places(bundled: Dataset, name: str) -> None:
    found = find_partnership(bundled, name)
    assert found is not None
    assert found.id == "beihai-yatsushiro"


@pytest.mark.parametrize("name", ["kobe", "Beihai-Kobe", "-", "Beihai-", " / "])
def test_what_is_no_pair_is_no_partnership(bundled: Dataset, name: str) -> None:
    assert find_partnership(bundled, name) is None


def test_a_place_is_shown_with_all_its_partnerships(world: Dataset) -> None:
    named = select_by_name(world, "omori", None, Selection())
    assert named.places == ("omori",)
    assert ids(named.selected) == ["jinshan-omori", "linhai-forest-omori", "alesund-omori"]


def test_a_partnership_is_shown_with_its_two_places(world: Dataset) -> None:
    partnership = next(p for p in world.partnerships if p.id == "linhai-sakae")
    named = select_by_name(world, "whatever", partnership, Selection())
    assert named.places == ("linhai", "sakae")
    assert ids(named.selected) == ["linhai-sakae"]


def test_a_region_is_shown_with_the_partnerships_of_the_places_in_it(bundled: Dataset) -> None:
    named = select_by_name(bundled, "guangxi", None, Selection())
    assert named.places == ("guangxi-prov",)
    assert {"guilin-kumamoto", "beihai-yatsushiro"} <= set(ids(named.selected))
    assert ids(named.selected) == ids(select(bundled, Selection(regions=("guangxi",))))


def test_a_name_of_a_city_and_its_region_shows_their_own_partnerships_only(
    bundled: Dataset,
) -> None:
    named = select_by_name(bundled, "Nagasaki", None, Selection())
    assert len(named.places) == 2
    for partnership in named.selected.partnerships:
        assert set(named.places) & set(partnership.between)
    region = select_by_name(bundled, "Nagasaki Prefecture", None, Selection())
    assert len(region.selected.partnerships) > len(named.selected.partnerships)


@pytest.mark.parametrize("name", ["Japan", "日本", "jp"])
def test_a_country_is_shown_with_the_partnerships_of_the_places_in_it(bundled: Dataset, name: str) -> None:
    named = select_by_name(bundled, name, None, Selection(kinds=("sister-city",)))
    assert (named.country, named.places) == ("JP", ())
    assert ids(named.selected) == ids(select(bundled, Selection(countries=("JP",), kinds=("sister-city",))))


def test_what_is_neither_a_place_nor_a_country_is_called_an_unknown_place(bundled: Dataset) -> None:
    with pytest.raises(UnknownName, match='no place is called "Japann"'):
        select_by_name(bundled, "Japann", None, Selection())


def test_a_span_holds_an_open_period_from_its_start_on() -> None:
    span = DayRange(Date(2000).first_day, Date(2001).first_day)
    assert span.overlaps(Period.parse("1990/.."))
    assert span.overlaps(Period.parse("../2000-01-01"))
    assert not span.overlaps(Period.parse("2001/.."))
    assert not span.overlaps(Period.parse("../1999"))
