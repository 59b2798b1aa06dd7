"""What the keys and the mouse do in the explorer."""

import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from textual.pilot import Pilot

from explorer import Step, exploration, explore, typed, until, watch
from helpers import CONTROL, SMALL
from sisterline import translation
from sisterline.explore import outlets
from sisterline.explore.app import Explorer
from sisterline.model import Dataset

pytestmark = pytest.mark.slow

WIDE = (120, 30)


def _times(key: str, count: int) -> list[str]:
    return [key] * count


# --- the search -----------------------------------------------------------------------------------


@pytest.mark.parametrize("char", ["L", "1", "北", "É", "x"])
def test_a_character_that_is_no_key_begins_a_search_with_it(world: Dataset, char: str) -> None:
    seen = explore(world, char)
    assert seen.focus == "find"
    assert seen.box == char
    assert seen.exploration.typed == char


def test_a_letter_with_alt_begins_no_search(world: Dataset) -> None:
    def press(pilot: Pilot[Any]) -> None:
        pilot.app.post_message(events.Key("alt+x", "x"))

    seen = explore(world, press)
    assert (seen.focus, seen.box) == ("main", "")


def test_a_search_goes_on_with_the_letters_that_are_keys_elsewhere(world: Dataset) -> None:
    seen = explore(world, *"Oqkj")
    assert seen.box == "Oqkj"
    assert seen.app.return_value is None  # the q did not leave


def test_a_slash_goes_to_the_box(world: Dataset) -> None:
    assert explore(world, "slash").focus == "find"


def test_what_is_typed_narrows_the_rows_at_once(world: Dataset) -> None:
    seen = explore(world, *"Kita")
    assert seen.ids == ["yunhe-kita", "jinshan-east-kita"]
    assert "2 of 9 partnerships" in seen.lines[0]


def test_titles_are_found_as_well(world: Dataset) -> None:
    assert explore(world, typed("pupils")).ids == ["linhai-sakae"]


@pytest.mark.parametrize("key", ["down", "enter", "escape", "tab"])
def test_these_keys_lead_from_the_box_into_the_list(world: Dataset, key: str) -> None:
    seen = explore(world, typed("kita"), key)
    assert seen.focus == "main"
    assert len(seen.ids) == 2


def test_escape_in_the_list_clears_the_search(world: Dataset) -> None:
    seen = explore(world, typed("kita"), "escape", "escape")
    assert seen.box == ""
    assert len(seen.ids) == 9


def test_enter_searches_for_the_name_that_is_proposed(world: Dataset) -> None:
    seen = explore(world, typed("linhaj"), until("Did you mean"), "enter")
    assert seen.box == "Linhai"
    assert "linhai-sakae" in seen.ids


def test_a_text_that_is_pasted_begins_a_search(world: Dataset) -> None:
    def paste(pilot: Pilot[Any]) -> None:
        pilot.app.post_message(events.Paste("  北区\n"))

    seen = explore(world, paste)
    assert seen.box == "北区"
    assert seen.ids == ["yunhe-kita", "jinshan-east-kita"]


def _at_once(*keys: str) -> Step:
    """Keys of which the next comes before the last one has done anything, as a slow connection gives them."""

    def press(pilot: Pilot[Any]) -> None:
        for key in keys:
            pilot.app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else None))

    return press


@pytest.mark.parametrize("key", ["escape", "enter", "down"])
def test_keys_that_come_at_once_do_what_they_do_one_by_one(world: Dataset, key: str) -> None:
    seen = explore(world, _at_once(*"Kita", key, "c"))
    assert (seen.box, seen.view, seen.focus) == ("Kita", "chart", "main")


def test_what_is_typed_at_once_in_a_list_is_what_is_taken(world: Dataset) -> None:
    seen = explore(world, "f", _at_once(*"suspended", "space"), "escape")
    assert seen.ids == ["jinshan-omori"]


def test_the_line_of_keys_offers_no_letter_while_letters_are_typed(world: Dataset) -> None:
    offered = ["Quit" in seen.lines[-1] for seen in watch(world, "slash", "escape")]
    assert offered == [True, False, True]


# --- moving ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["down", "down"], 2),
        (["j", "j", "k"], 1),
        (["down", "down", "up"], 1),
        (["up"], 0),
        (["end"], 8),
        (["end", "down"], 8),
        (["end", "home"], 0),
        (["pagedown"], 4),
        (["space", "space", "pageup"], 4),
    ],
)
def test_the_cursor_moves(world: Dataset, keys: list[str], row: int) -> None:
    seen = explore(world, *keys, size=(80, 8))  # five rows below their head
    assert seen.cursor == row
    assert seen.top <= row < seen.top + 5


def test_the_page_follows_the_cursor_also_when_a_key_is_held(world: Dataset) -> None:
    seen = explore(world, "down", size=WIDE)
    assert "Jinshan 金山市 ⇄ Ōmori 大森市" in seen.text
    seen = explore(world, *_times("down", 4), until("云河县 ⇄ 北区"), size=WIDE)
    assert seen.cursor == 4


def test_enter_reads_and_escape_goes_back_to_the_same_row(world: Dataset) -> None:
    for size in ((80, 24), WIDE):
        seen = explore(world, "down", "enter", size=size)
        assert seen.focus == "page"
        assert seen.lines[1].startswith("Jinshan 金山市 ⇄ Ōmori 大森市")
        back = explore(world, "down", "enter", "escape", size=size)
        assert back.focus == "main"
        assert back.row == "jinshan-omori"


def test_a_list_is_where_it_was_when_one_comes_back(world: Dataset) -> None:
    seen = explore(world, "end", "up", "enter", "escape", size=(80, 8))
    assert (seen.cursor, seen.top) == (7, 4)


def test_tab_goes_through_the_panes_and_the_box(world: Dataset) -> None:
    wide = watch(world, "tab", "tab", "tab", size=WIDE)
    assert [seen.focus for seen in wide] == ["main", "page", "find", "main"]
    narrow = watch(world, "tab", "tab")
    assert [seen.focus for seen in narrow] == ["main", "find", "main"]


def test_the_page_scrolls_by_its_own_cursor(world: Dataset) -> None:
    seen = explore(world, "enter", "end")
    assert "sakae.example" in seen.text
    assert seen.cursor == 0  # of the list


# --- views ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "view"), [("c", "chart"), ("a", "due"), ("n", "figures")])
def test_a_key_shows_something_else_and_the_list_again(world: Dataset, key: str, view: str) -> None:
    seen = watch(world, key, key, key, "escape")
    assert [each.view for each in seen] == ["list", view, "list", view, "list"]


def test_the_chart_keeps_the_row_of_the_list(world: Dataset) -> None:
    seen = watch(world, "down", "down", "c", "c")
    assert [each.row for each in seen[2:]] == ["linhai-forest-omori"] * 3


def test_due_shows_each_anniversary_of_the_next_months_with_its_page(world: Dataset) -> None:
    seen = explore(world, "a", "down", size=WIDE)
    assert seen.row == "haibei-prov-sakae-pref"
    assert "Haibei 海北省 ⇄ Sakae Prefecture 栄県" in seen.text


def test_figures_are_those_of_what_is_found(world: Dataset) -> None:
    assert "9 partnerships" in explore(world, "n").lines[1]
    assert "2 partnerships" in explore(world, typed("kita"), "enter", "n").lines[1]


@pytest.mark.parametrize("key", ["c", "a", "n"])
def test_a_view_of_nothing_is_empty_and_breaks_nothing(world: Dataset, key: str) -> None:
    keys: list[Step] = [key, "enter", "y", "o", "left", "shift+left", "down", "end", "escape", "e"]
    seen = explore(world, typed("qqqq"), "enter", *keys)
    assert seen.app.return_code == 0


# --- the chart ------------------------------------------------------------------------------------


def test_left_and_right_move_the_year(world: Dataset) -> None:
    seen = watch(world, "c", "left", "left", "right", "right", "right", "right", size=(200, 20))
    assert [each.year for each in seen[1:]] == [2026, 2025, 2024, 2025, 2026, 2027, 2027]
    assert [each.lines[0].split()[1] for each in seen[1:4]] == ["2026", "2025", "2024"]


def test_a_cell_that_stands_for_several_years_is_passed_at_once(world: Dataset) -> None:
    narrow, roomy = (explore(world, "c", "left", "left", size=(cells, 12)) for cells in (40, 200))
    assert narrow.year < roomy.year == 2024
    assert "–" in narrow.lines[0]


@pytest.mark.parametrize(("earlier", "later"), [("shift+left", "shift+right"), ("comma", "full_stop")])
def test_the_year_jumps_from_event_to_event(world: Dataset, earlier: str, later: str) -> None:
    seen = watch(world, "c", earlier, earlier, later, later, later, size=(200, 20))
    # The last one is announced.
    assert [each.year for each in seen[1:]] == [2026, 2011, 1998, 2011, 2027, 2027]


def test_enter_shows_the_events_under_the_cursor(world: Dataset) -> None:
    seen = explore(world, "c", "shift+left", "shift+left", "enter", size=WIDE)
    assert "A delegation marks the 25th" in seen.text
    assert "First letters" not in seen.text
    assert seen.focus == "main"
    earlier = explore(world, "c", "shift+left", "shift+left", "enter", "shift+left", size=WIDE)
    assert "友谊碑落成" in earlier.text  # the pane follows the cursor


def test_enter_shows_the_page_where_nothing_is_under_the_cursor(world: Dataset) -> None:
    assert "Linhai 临海市 ⇄ Sakae 栄市" in explore(world, "c", "enter").text


def test_the_first_column_has_what_was_before_the_axis(world: Dataset) -> None:
    seen = explore(world, "c", *_times("shift+left", 6), "enter", size=(80, 24))
    assert "First letters" in seen.text


def test_escape_closes_the_events_before_the_chart(world: Dataset) -> None:
    seen = watch(world, "c", "enter", "enter", "escape", "escape", "escape", size=WIDE)
    assert [(each.view, each.reading, "founded" in each.text) for each in seen[1:]] == [
        ("chart", False, False), ("chart", False, True), ("chart", True, True),
        ("chart", False, True), ("chart", False, False), ("list", False, True),
    ]  # fmt: skip


def test_the_history_of_a_pair_comes_before_the_facts_of_its_places(world: Dataset) -> None:
    text = explore(world, "enter", size=(80, 99)).text
    parts = ["founded", "First letters", "Counted exchanges", "city in Haibei", "[1] Linhai City"]
    assert sorted(parts, key=text.index) == parts


# --- order, language, filters ---------------------------------------------------------------------


def test_s_sorts_by_one_thing_after_the_other(world: Dataset) -> None:
    seen = watch(world, "s", "s", "s", "s", "down")
    first = [each.ids[0] for each in seen[:5]]
    assert first == ["linhai-sakae", "yunhe-kita", "linhai-sakae", "evil-linhai", "linhai-sakae"]
    assert "by next anniversary" in seen[1].lines[0]
    assert "Sorted by next anniversary" in seen[1].lines[-1]
    assert "Quit" in seen[5].lines[-1]  # a message gives way to the keys


def test_l_changes_the_language_of_names_and_words(world: Dataset) -> None:
    seen = explore(world, "l")
    assert seen.exploration.language == "zh"
    assert "临海市" in seen.lines[2]
    assert "Linhai" not in seen.lines[2]
    assert "栄県" in explore(world, "l", "l").text
    assert explore(world, "l", "l", "l").lines[2:] == explore(world).lines[2:]
    assert translation.active_language() == "en"  # of the tests: the explorer's own is its own


def test_a_further_language_of_the_call_comes_around_again(world: Dataset) -> None:
    assert explore(world, *_times("l", 4), language="de").exploration.language == "de"


def test_the_row_stays_when_the_language_changes(world: Dataset) -> None:
    assert explore(world, "down", "l").row == "jinshan-omori"


def test_a_filter_narrows_the_rows_and_says_so(world: Dataset) -> None:
    seen = explore(world, "f", *"suspended", "enter", "escape")
    assert seen.ids == ["jinshan-omori"]
    assert "1 of 9 partnerships · 1 filter" in seen.lines[0]
    box = explore(world, "f", *"suspended", "enter")
    assert any("[x] suspended  1" in line for line in box.lines)
    assert explore(world, "f", *"suspended", "enter", "enter", "escape").ids == explore(world).ids


def test_a_space_chooses_a_filter_and_escape_in_the_list_takes_all_away(world: Dataset) -> None:
    seen = watch(world, "f", *"suspended", "space", "escape", "escape")
    assert [len(each.ids) for each in seen[-3:]] == [1, 1, 9]
    assert "filter" not in seen[-1].lines[0]


def test_left_and_right_turn_pages(world: Dataset) -> None:
    seen = watch(world, "enter", "right", "right", "left", "escape")
    assert [each.row for each in seen[1:]] == [
        "linhai-sakae", "jinshan-omori", "linhai-forest-omori", "jinshan-omori", "jinshan-omori",
    ]  # fmt: skip
    assert seen[2].lines[1].startswith("Jinshan 金山市 ⇄ Ōmori 大森市")
    assert seen[-1].focus == "main"


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(world: Dataset) -> None:
    asked = exploration(world)
    asked.filters.toggle("status", "suspended")
    asked.filters.toggle("status", "dissolved")
    seen = explore(asked, "f", *"1980s", "enter", "escape")
    assert seen.ids == ["linhai-forest-omori"]


def test_tab_and_escape_work_in_a_list_to_choose_from(world: Dataset) -> None:
    seen = watch(world, "f", "tab", "down", "tab", "tab", "s", "u", "backspace", "escape")
    focus = [each.focus for each in seen[1:]]
    assert focus == ["items", "sought", "items", "sought", "items", "items", "items", "items", "main"]
    assert [each.lines[1] for each in seen[6:9]] == ["s", "su", "s"]


# --- the list of keys -----------------------------------------------------------------------------


def test_the_list_of_keys_can_be_searched_and_does_what_a_key_does(world: Dataset) -> None:
    seen = watch(world, "question_mark", "escape", "question_mark", *"lane", "enter")
    assert [each.focus for each in seen[1:4]] == ["items", "main", "items"]
    assert sum("lane" in line for line in seen[7].lines[2:]) == 1
    assert seen[8].view == "chart"


def test_every_key_of_the_line_is_in_the_list_of_keys(world: Dataset) -> None:
    from sisterline.explore.keys import keys

    named = {key.names for key in keys() if key.action}
    assert len(named) == len([key for key in keys() if key.action])
    text = explore(world, "question_mark", size=(120, 40)).text
    for key in keys():
        assert key.help in text


# --- sources, copies ------------------------------------------------------------------------------


def test_a_source_is_opened_and_its_address_copied(world: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_it(address: str, suspended: object) -> str:
        opened.append(address)
        return "Opened"

    monkeypatch.setattr(outlets, "open_address", open_it)
    seen = explore(world, "o", "down", "enter")
    assert opened == ["https://sakae.example/"]
    assert seen.lines[-1].strip() == "Opened"
    assert explore(world, "o", "y").app.clipboard == "https://linhai.example/friends?id=1&lang=zh"
    assert len(opened) == 1


def test_a_source_is_listed_with_its_title_before_its_address_and_a_cut_is_seen(world: Dataset) -> None:
    lines = explore(world, "o").lines
    assert lines[3] == "[2] Sakae City, 友好都市 (official, ja) https://sakae.example/"
    assert lines[2].startswith("[1] Linhai City, 国际友城 (official, zh, read 2026-11-20) https://linhai")
    assert lines[2].endswith("…")


def test_a_list_in_which_nothing_is_found_says_so(world: Dataset) -> None:
    seen = explore(world, "f", *"qqq")
    assert seen.lines[2] == "Nothing matches."
    assert explore(world, "f", *"qqq", "enter", "escape").ids == explore(world).ids


def test_where_there_is_no_source_a_message_says_so(world: Dataset) -> None:
    assert "no source" in explore(world, "end", "up", "o").lines[-1]


def test_the_sources_of_the_figures_are_those_of_the_totals(bundled: Dataset) -> None:
    assert explore(bundled, "n", "o").lines[2].startswith("[1] ")


def test_y_copies_a_row_with_the_sources_of_its_founding(world: Dataset) -> None:
    seen = explore(world, "y")
    assert seen.app.clipboard == (
        "Linhai 临海市 – Sakae 栄市, friendship city since 1973-06-24\n"
        "Linhai City, 国际友城 (official, zh, read 2026-11-20) "
        "https://linhai.example/friends?id=1&lang=zh\n"
        "Sakae City, 友好都市 (official, ja) https://sakae.example/"
    )
    assert seen.lines[-1].startswith("Copied: Linhai")


def test_y_copies_the_fact_under_the_cursor_with_its_sources(world: Dataset) -> None:
    fact = explore(world, "enter", *_times("down", 5), "y").app.clipboard
    assert fact.startswith("disputed: since 1973-07 (the month of the ratification)\nThe Gazette, ")
    seen = explore(world, "c", "shift+left", "shift+left", "enter", *_times("down", 6), "y")
    assert seen.app.clipboard.startswith(
        "1998-06-24/28 A delegation marks the 25th anniversary in Sakae (a visit of five days)\nThe Gazette, "
    )


def test_a_line_without_a_fact_is_copied_as_it_stands(world: Dataset) -> None:
    assert explore(world, "n", "y").app.clipboard.startswith("9 partnerships")


def test_nothing_that_is_copied_acts_on_where_it_is_pasted(world: Dataset) -> None:
    copied: list[str] = []

    def keep(pilot: Pilot[Any]) -> None:
        copied.append(pilot.app.clipboard)

    steps: list[Step] = ["y", keep, "enter"]
    for _ in range(14):
        steps += ["y", keep, "down"]
    explore(world, typed("evil"), "enter", *steps, "end", "y", keep)
    assert len(set(copied)) > 10
    assert not CONTROL.search("".join(copied).replace("\n", ""))


ACTING = "\x1b[31mred\u202eX\x9b31m\u2066"  # what would act on a terminal


def _pasted(text: str) -> Step:
    def paste(pilot: Pilot[Any]) -> None:
        pilot.app.post_message(events.Paste(text))

    return paste


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    "steps",
    [
        (),
        ("enter",),
        ("c",),
        ("c", "enter"),
        ("a",),
        ("n",),
        ("f",),
        ("f", *"evil"),
        ("f", _pasted(ACTING)),
        ("o",),
        ("w",),
        ("question_mark",),
        ("y",),
        ("slash", _pasted(ACTING)),
        (_pasted(ACTING),),
        ("w", _pasted(ACTING), "enter"),
        (typed("[red]evul[/] town"), until("Did you mean")),
        (typed("[red]evul[/] town"), until("Did you mean"), "enter"),
    ],
)
def test_hostile_texts_stay_text_in_every_pane_and_dialog(
    world: Dataset, steps: tuple[Step, ...], size: tuple[int, int]
) -> None:
    places = dict(world.places)
    places["evil"] = replace(places["evil"], level="province")  # a region is a filter as well
    places["linhai"] = replace(places["linhai"], within="evil")
    hostile = replace(world, places=places, stored_index=None)
    asked = exploration(hostile, title=f"--text {ACTING}")
    number = [each.id for each in hostile.partnerships].index("evil-linhai")
    explored = explore(asked, *["down"] * number, *steps, size=size)
    assert not CONTROL.search(explored.text.replace("\n", ""))
    assert not CONTROL.search(explored.box)


# --- writing, leaving -----------------------------------------------------------------------------


def _named(name: str) -> Step:
    def name_it(pilot: Pilot[Any]) -> None:
        pilot.app.screen.query_one("#name").value = name  # type: ignore[attr-defined]

    return name_it


def test_w_writes_what_is_shown(world: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    seen = explore(world, typed("kita"), "enter", "w", _named(str(path)), "enter")
    assert seen.lines[-1].startswith("Written: ")
    ids = [line.split(",")[0] for line in path.read_text("utf-8").splitlines()]
    assert ids == ["id", "yunhe-kita", "jinshan-east-kita"]


def test_w_writes_the_page_that_is_read(world: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    explore(world, "enter", "w", _named(str(path)), "enter")
    assert path.read_text("utf-8").startswith("# Linhai 临海市 ⇄ Sakae 栄市")


def test_a_name_that_cannot_be_written_says_why_and_can_be_changed(world: Dataset, tmp_path: Path) -> None:
    foreign = tmp_path / "letter.docx"
    foreign.write_bytes(b"PK\x03\x04")
    seen = explore(world, "w", _named(str(foreign)), "enter")
    assert "belongs to no format" in " ".join(seen.text.split())
    taken = tmp_path / "notes.csv"
    taken.write_bytes(b"\x00\x01")
    seen = explore(world, "w", _named(str(taken)), "enter", "enter", size=(200, 20))
    assert "cannot write" in seen.text
    assert taken.read_bytes() == b"\x00\x01"
    assert "--" not in seen.text  # there are no options here
    assert explore(world, "w", _named(" "), "enter").focus == "name"
    assert explore(world, "w", "escape").focus == "main"


def test_a_file_that_is_there_is_replaced_by_a_second_enter_only(world: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("id\nmine\n", encoding="utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for name in (path, link):
        asked = explore(world, "w", _named(str(name)), "enter", size=(200, 20))
        assert "is there already" in asked.text
        assert path.read_text("utf-8") == "id\nmine\n"
    explore(world, "w", _named(str(link)), "enter", "enter")
    assert path.read_text("utf-8").startswith("id,since")
    assert link.is_symlink()


@pytest.mark.parametrize(
    "name",
    [
        "-", "/dev/tty", "no/such/folder.csv", "folder.csv", "loop.csv", "pipe.csv", "noext", ".csv", "..",
        f"{'x' * 300}.csv", "~nobody-of-that-name/a.csv", "plain.csv/a.csv", "read-only.csv",
    ],
)  # fmt: skip
def test_a_name_that_leads_to_no_file_is_a_message_and_no_crash(
    world: Dataset, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "plain.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "read-only.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "read-only.csv").chmod(0o444)
    os.mkfifo(tmp_path / "pipe.csv")
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.iterdir()}
    seen = explore(world, "w", _named(name), "enter", "enter", size=(100, 20))
    assert seen.focus == "name"
    assert seen.lines[2]
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.iterdir()} == before


def test_no_file_that_was_read_is_written_over(world: Dataset) -> None:
    path = SMALL / "places.yaml"
    before = path.read_bytes()
    asked = exploration(world, paths=(SMALL,))
    seen = explore(asked, "w", _named(str(path.with_suffix(".csv").parent / "places.yaml")), "enter")
    assert path.read_bytes() == before
    assert "Written" not in seen.text


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
def test_these_keys_leave(world: Dataset, key: str) -> None:
    seen = explore(world, key)
    assert seen.app.return_value == ((), "")
    assert seen.app.return_code == 0


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("e",), ("list",)),
        (("c", "e"), ("timeline", "--chart")),
        (("a", "e"), ("anniversaries",)),
        (("n", "e"), ("stats",)),
        (("enter", "e"), ("show", "linhai-sakae")),
        (("s", "e"), ("list", "--sort", "next")),
        (("s", "s", "e"), ("list", "--sort", "-events")),
        (("l", "e"), ("list", "--lang", "zh")),
    ],
)
def test_e_leaves_with_the_command_that_gives_the_same(
    world: Dataset, keys: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert explore(world, *keys).app.return_value == (words, "")


# --- the mouse, the size --------------------------------------------------------------------------


def _click(widget: str, x: int, y: int, times: int = 1) -> Step:
    async def click(pilot: Pilot[Any]) -> None:
        await pilot.click(widget, offset=(x, y), times=times)

    return click


def test_a_click_puts_the_cursor_on_a_row_and_a_double_click_reads_it(world: Dataset) -> None:
    assert explore(world, _click("#main", 5, 3)).row == "linhai-forest-omori"
    assert explore(world, _click("#main", 5, 3, 2)).reading
    assert explore(world, _click("#main", 5, 0)).cursor == 0
    assert explore(world, _click("#main", 5, 15)).cursor == 0


def test_a_click_on_the_line_of_keys_does_what_the_key_does(world: Dataset) -> None:
    at = explore(world).lines[-1].index("Chart")
    assert explore(world, _click("#keys", at, 0)).view == "chart"


def test_a_click_on_a_lane_puts_the_year_there(world: Dataset) -> None:
    founded = explore(world, "c").lines[2].index("●")
    seen = explore(world, "c", _click("#main", founded, 1))
    assert 1970 <= seen.year <= 1974
    assert explore(world, "c", _click("#main", 2, 1)).year == 2026


def test_the_wheel_scrolls_and_the_cursor_stays_in_sight(world: Dataset) -> None:
    def turn(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, Explorer)
        at = {"widget": app.main, "x": 1, "y": 1, "delta_x": 0, "delta_y": 0, "button": 0}
        app.main.post_message(
            events.MouseScrollDown(**at, shift=False, meta=False, ctrl=False)  # type: ignore[arg-type]
        )

    seen = explore(world, turn, size=(80, 8))
    assert seen.top == 3
    assert seen.cursor == 3


def test_the_screen_follows_the_size_of_the_terminal(world: Dataset) -> None:
    def resized(*size: int) -> Step:
        async def resize(pilot: Pilot[Any]) -> None:
            await pilot.resize_terminal(*size)

        return resize

    for keys in ((), ("c",), ("n",), ("enter",), ("f",)):
        narrow, wide = explore(world, *keys, size=(40, 10)), explore(world, *keys, size=WIDE)
        seen = watch(world, *keys, resized(40, 10), resized(20, 3), resized(*WIDE), size=WIDE)
        assert seen[-3].text == narrow.text, keys
        assert len(seen[-2].lines) == 3
        assert seen[-1].text == wide.text, keys
