"""Calendars: all-day events that any reader takes, the same ones in the next export, and only text in them.

Two readers look at them: icalendar, and the few rules of RFC 5545 written out below, which know nothing of
it. tests/proofs/calendar.sh shows them to khal and ical.js.
"""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from data_strategies import datasets, quoted
from helpers import CONTROL, HOSTILE, ON_SMALL, SMALL, TODAY, Result, call, small
from sisterline.formats import ical
from sisterline.model import Dataset
from sisterline.query.selection import Selection, select
from sisterline.reports.anniversaries import AnniversariesReport
from sisterline.reports.timeline import timeline_report
from sisterline.text.escape import printable

EVERYTHING = ("--from", "1900", "--to", "2100")

PLACES = """places:
  a: {name: Ahausen, country: DE, level: town}
  b: {name: Bourg, country: FR, level: town}
"""


def _file(folder: Path, events: str, sources: str = "") -> Path:
    path = folder / "x.yaml"
    path.write_text(
        f"{PLACES}{sources}partnerships:\n"
        f"- id: a-b\n  between: [a, b]\n  since: 2000-01-01\n  events:\n{events}",
        encoding="utf-8",
    )
    return path


def _calendar(path: Path, command: str = "timeline", *arguments: str) -> Result:
    result = call(command, "--no-builtin", "--data", path, "--today", "2026-11-21", *arguments, "-f", "ics")
    assert result.status == 0, result.err
    return result


# --- a reader of RFC 5545 -------------------------------------------------------------------------


def _events(text: str) -> list[dict[str, str]]:
    """The events of a calendar: their properties, unfolded, with the escapes of texts taken back.

    Content lines end with CRLF and have at most 75 octets (3.1), components are nested (3.6), names and
    parameters have their letters only (3.1), texts escape with a backslash (3.3.11).
    """
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    physical = text.removesuffix("\r\n").split("\r\n")
    assert max(len(line.encode()) for line in physical) <= 75
    lines = re.sub(r"\r\n[ \t]", "", text.removesuffix("\r\n")).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    events: list[dict[str, str]] = []
    inside = False
    assert "BEGIN:VEVENT" in lines or "BEGIN:VTIMEZONE" in lines  # at least one component (3.6)
    if "BEGIN:VEVENT" not in lines:
        return []
    for line in lines[1:-1]:
        match = re.fullmatch(
            r"([A-Z-]+)((?:;[A-Z-]+=[^\";:,\x00-\x1f]+)*):([^\x00-\x08\x0a-\x1f\x7f]*)", line
        )
        assert match, line
        name, value = match[1], match[3]
        if name in ("BEGIN", "END"):
            assert value == "VEVENT"
            assert inside == (name == "END")
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1], f"{name} stands twice"
            if name in ("SUMMARY", "DESCRIPTION", "CATEGORIES"):
                assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
                value = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
            events[-1][name] = match[2].removeprefix(";") + "=" + value if name[:2] == "DT" else value
    assert not inside
    return events


def _span(event: dict[str, str]) -> tuple[date, date]:
    """The first day of an event, and the day after its last one."""
    days = []
    for name in ("DTSTART", "DTEND"):
        match = re.fullmatch(r"VALUE=DATE=(\d{8})", event[name])
        assert match, event[name]
        days.append(datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=UTC).date())
    return days[0], days[1]


# --- what is in it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("timeline",),
        ("timeline", *EVERYTHING, "--every", "1"),
        ("timeline", "--lang", "zh"),
        ("timeline", "--reverse", "--limit", "5"),
        ("anniversaries", *EVERYTHING, "--every", "1"),
        ("anniversaries", "--within", "3y"),
    ],
)
def test_both_readers_find_the_same_all_day_events(arguments: tuple[str, ...]) -> None:
    from icalendar import Calendar

    result = small(*arguments, "-f", "ics")
    ours = _events(result.out)
    assert ours
    calendar = Calendar.from_ical(result.out)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert not calendar.errors
    theirs = list(calendar.walk("VEVENT"))
    assert [not event.errors for event in theirs] == [True] * len(ours)
    for mine, event in zip(ours, theirs, strict=True):
        assert _span(mine) == (event.decoded("DTSTART"), event.decoded("DTEND"))
        assert type(event.decoded("DTSTART")) is date  # not a time of a day
        assert mine["SUMMARY"] == str(event["SUMMARY"])
        assert mine["DESCRIPTION"] == str(event.get("DESCRIPTION", ""))
        assert mine["UID"] == str(event["UID"])
        assert event.decoded("DTSTAMP").tzinfo is not None
        assert event["TRANSP"] == "TRANSPARENT"
    assert len({mine["UID"] for mine in ours}) == len(ours)


def test_the_calendar_of_all_bundled_data_can_be_read() -> None:
    # Both commands over everything: some thousand events in three scripts.
    items = json.loads(call("timeline", "-f", "json").out)["items"]
    known = [item for item in items if re.fullmatch(r"(\d{4}-\d\d-\d\d[~?]?/?){1,2}", item["date"])]
    result = call("timeline", "-f", "ics")
    events = _events(result.out)
    assert len(events) == len(known) > 1000
    assert len({event["UID"] for event in events}) == len(events)
    left_out = len(items) - len(known)
    assert result.err == f"sisterline: {left_out:,} items without a known day are not in the calendar\n"


@pytest.mark.parametrize(
    ("when", "first", "after"),
    [
        ("2001-05-09", date(2001, 5, 9), date(2001, 5, 10)),
        ("2001-12-31", date(2001, 12, 31), date(2002, 1, 1)),
        ("2004-02-28/2004-02-29", date(2004, 2, 28), date(2004, 3, 1)),
        ("2001-05-09/2001-05-09", date(2001, 5, 9), date(2001, 5, 10)),
        ("2001-12-30/2002-01-02", date(2001, 12, 30), date(2002, 1, 3)),
        ("2001-05-09?", date(2001, 5, 9), date(2001, 5, 10)),
        ("0900-01-01", date(900, 1, 1), date(900, 1, 2)),
        ("9999-12-30", date(9999, 12, 30), date(9999, 12, 31)),
    ],
)
def test_an_event_ends_on_the_day_after_its_last(tmp_path: Path, when: str, first: date, after: date) -> None:
    path = _file(tmp_path, f"  - {{date: {when}, type: gift, title: A clock}}\n")
    (event,) = _events(_calendar(path, "timeline", "--type", "gift").out)
    assert _span(event) == (first, after)


def test_the_last_day_of_the_calendar_is_no_crash(tmp_path: Path) -> None:
    # The day after 9999-12-31 cannot be written.
    path = _file(tmp_path, "  - {date: 9999-12-31, type: gift, title: A clock}\n")
    assert call("timeline", "--no-builtin", "--data", path, "-f", "ics").status in (0, 1)


@pytest.mark.parametrize(
    "when",
    ["2001", "2001-05", "2001-05~", "2001/2003", "2001-05-09/..", "../2001-05-09", "2001-05/2001-06-02"],
)
def test_what_has_no_known_day_is_left_out_and_reported(tmp_path: Path, when: str) -> None:
    path = _file(
        tmp_path,
        f"  - {{date: {when}, type: gift, title: A clock}}\n"
        "  - {date: 2001-05-09, type: gift, title: Another clock}\n",
    )
    result = _calendar(path, "timeline", "--type", "gift")
    assert [event["SUMMARY"] for event in _events(result.out)] == ["Ahausen – Bourg: Another clock"]
    assert result.err == "sisterline: 1 item without a known day is not in the calendar\n"


def test_the_note_about_omitted_items_is_not_in_the_calendar(tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    result = small("timeline", "-o", path)
    items = json.loads(small("timeline", "-f", "json").out)["items"]
    events = _events(path.read_bytes().decode())
    assert (result.status, result.out) == (0, "")
    assert result.err == (
        f"sisterline: {len(items) - len(events)} items without a known day are not in the calendar\n"
    )
    assert path.read_bytes().decode() == small("timeline", "-f", "ics").out
    # Where nothing is left out nothing is said.
    assert (
        small("timeline", "--from", "1998-06", "--to", "1998-06", "--type", "anniversary", "-f", "ics").err
        == ""
    )


def test_an_anniversary_is_an_event_of_its_own_and_no_rule() -> None:
    out = small(
        "anniversaries", "--from", "2024", "--to", "2034", "--city", "栄市", "--every", "1", "-f", "ics"
    ).out
    events = _events(out)
    assert [(event["SUMMARY"], _span(event)[0]) for event in events[:2]] == [
        ("51st anniversary of Linhai – Sakae", date(2024, 6, 24)),
        ("52nd anniversary of Linhai – Sakae", date(2025, 6, 24)),
    ]
    assert len(events) == 11
    whole = out + small("timeline", "-f", "ics").out
    assert not re.search(r"RRULE|RDATE|EXDATE", whole)


@pytest.mark.parametrize("command", ["timeline", "anniversaries"])
def test_the_sources_are_in_the_description(command: str) -> None:
    arguments = ("--city", "栄市", "--from", "2027-01", "--to", "2028")
    told = {event["SUMMARY"]: event for event in _events(small(command, *arguments, "-f", "ics").out)}
    due = told["55th anniversary of Linhai – Sakae"]
    assert "friendship city since 1973-06-24" in due["DESCRIPTION"].split("\n")
    # An anniversary rests on the founding, whichever command tells it.
    assert "Source: Linhai City, 国际友城, https://linhai.example/friends?id=1&lang=zh" in due["DESCRIPTION"]
    if command == "timeline":
        event = told["Linhai – Sakae: A joint exhibition"]
        assert event["DESCRIPTION"].split("\n") == [
            "Announced: no source says that it took place.",
            "Source: Sakae City, 友好都市, https://sakae.example/",
        ]
        assert event["URL"] == "https://sakae.example/"
        assert event["CATEGORIES"] == "culture"


def test_notes_are_in_the_description_too() -> None:
    out = small("timeline", "--type", "anniversary", "--from", "1998", "--to", "1998", "-f", "ics").out
    notes = [event["DESCRIPTION"] for event in _events(out) if "delegation" in event["SUMMARY"]]
    assert notes[0].startswith("a visit of five days\nSource: ")


def test_an_empty_selection_makes_an_empty_calendar_and_says_so(tmp_path: Path) -> None:
    result = small("timeline", "--type", "award", "-o", tmp_path / "x.ics")
    assert (result.status, result.err) == (0, "sisterline: nothing matches --type award\n")
    assert _events((tmp_path / "x.ics").read_bytes().decode()) == []


@pytest.mark.parametrize("command", ["list", "stats", "exchanges", "sources", "check"])
def test_what_has_no_dates_is_no_calendar(command: str, tmp_path: Path) -> None:
    arguments = ("--no-builtin", "--data", SMALL) if command != "check" else (SMALL,)
    result = call(command, *arguments, "-o", tmp_path / "x.ics")
    assert (result.status, result.out) == (2, "")
    assert f"{command} cannot be written as ics; choose one of table, json, csv" in result.err
    assert list(tmp_path.iterdir()) == []


# --- the same event in the next export ------------------------------------------------------------


def _uids(text: str) -> dict[str, set[str]]:
    """The UIDs by day."""
    found: dict[str, set[str]] = {}
    for event in _events(text):
        found.setdefault(event["DTSTART"], set()).add(event["UID"])
    return found


def test_an_event_keeps_its_uid_in_any_language_on_any_day_and_in_both_commands() -> None:
    whole = small("timeline", *EVERYTHING, "-f", "ics").out
    for arguments in (("--lang", "zh"), ("--lang", "ja"), ("--group", "year"), ("--reverse",)):
        assert _uids(small("timeline", *EVERYTHING, *arguments, "-f", "ics").out) == _uids(whole)
    later = call(
        "timeline", "--no-builtin", "--data", SMALL, "--today", "2031-01-01", *EVERYTHING, "-f", "ics"
    )
    assert _uids(later.out) == _uids(whole)
    due = _uids(small("anniversaries", *EVERYTHING, "-f", "ics").out)
    assert due
    for key, uids in due.items():
        assert uids <= _uids(whole)[key]


def test_a_part_of_a_timeline_has_the_uids_of_the_whole() -> None:
    whole = {
        event["UID"]: event["SUMMARY"] for event in _events(small("timeline", *EVERYTHING, "-f", "ics").out)
    }
    for arguments in (
        ("--city", "栄市"), ("--type", "agreement"), ("--from", "1998", "--to", "2012"), ("--every", "10"),
        ("--limit", "4"),
    ):  # fmt: skip
        part = _events(small("timeline", *arguments, "-f", "ics").out)
        assert part
        assert {event["UID"]: event["SUMMARY"] for event in part}.items() <= whole.items()


def test_a_corrected_title_or_source_or_note_makes_no_second_event(tmp_path: Path) -> None:
    line = "  - {date: 2001-05-09, type: gift, title: A clokc}\n"
    (before,) = _events(_calendar(_file(tmp_path, line), "timeline", "--type", "gift").out)
    mended = line.replace("A clokc", "{en: A clock, de: Eine Uhr}, notes: of oak, source: s")
    path = _file(tmp_path, mended, "sources: {s: {title: A paper}}\n")
    (after,) = _events(_calendar(path, "timeline", "--type", "gift").out)
    assert after["UID"] == before["UID"]
    assert after["SUMMARY"] == "Ahausen – Bourg: A clock"


@pytest.mark.parametrize("corrected", ["2001-05-10", "2001-06-09", "2004-05-09", "1999-01-01", "2001-05-09~"])
def test_a_corrected_date_makes_no_second_event_and_moves_no_other(corrected: str, tmp_path: Path) -> None:
    lines = (
        "  - {{date: {}, type: gift, title: A clock}}\n"
        "  - {{date: 2005-05-09, type: gift, title: A bell}}\n"
        "  - {{date: 2003-05-09, type: culture, title: A concert}}\n"
    )
    before, after = (
        {event["SUMMARY"]: event["UID"] for event in _events(_calendar(_file(tmp_path, text)).out)}
        for text in (lines.format("2001-05-09"), lines.format(corrected))
    )
    assert len(before) == 3 + 7  # with the founding and the anniversaries
    assert after == before


@pytest.mark.parametrize("vague", ["2001", "2001-05"])
def test_a_date_that_becomes_known_to_the_day_moves_no_other_event(vague: str, tmp_path: Path) -> None:
    lines = (
        "  - {{date: {}, type: gift, title: A clock}}\n  - {{date: 2005-05-09, type: gift, title: A bell}}\n"
    )
    before, after = (
        {event["SUMMARY"]: event["UID"] for event in _events(_calendar(_file(tmp_path, text)).out)}
        for text in (lines.format(vague), lines.format("2001-05-09"))
    )
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_the_founding_keeps_its_uid_when_its_event_is_added_to_the_data(tmp_path: Path) -> None:
    event = "  - {date: 2001-05-09, type: gift, title: A clock}\n"
    founding = "  - {date: 2000-01-01, type: agreement, title: The agreement is signed}\n"
    before, after = (
        {event["DTSTART"]: event["UID"] for event in _events(_calendar(_file(tmp_path, text)).out)}
        for text in (event, founding + event)
    )
    assert after == before


def test_two_events_of_one_type_on_one_day_are_two(tmp_path: Path) -> None:
    line = "  - {{date: 2001-05-09, type: gift, title: {}}}\n"
    path = _file(tmp_path, line.format("One") + line.format("Two"))
    one, two = _events(_calendar(path, "timeline", "--type", "gift").out)
    assert (one["SUMMARY"][-3:], two["SUMMARY"][-3:]) == ("One", "Two")
    assert one["UID"] != two["UID"]


def test_two_agreements_of_the_founding_day_keep_their_uids_in_either_order(
    tmp_path: Path,
) -> None:
    line = "  - {{date: 2000-01-01, type: agreement, title: {}}}\n"
    path = _file(tmp_path, line.format("One") + line.format("Two"))
    first, reverse = (
        {event["SUMMARY"]: event["UID"] for event in _events(_calendar(path, "timeline", *arguments).out)}
        for arguments in ((), ("--reverse",))
    )
    assert first == reverse


# --- hostile text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *filter(None, HOSTILE),  # the reader takes no empty title
        "a;b,c:d\\e\\n",
        "BEGIN:VEVENT",
        "x\nEND:VEVENT\nEND:VCALENDAR",
        "\nRRULE:FREQ=DAILY",
        "\r\nATTACH:file:///etc/passwd",
        "\x0b\x0c\x1c\x85\u2029",
        "北" * 200,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 30,
        "e\u0301" * 100,
        "x" * 5000,
    ],
)
def test_any_text_stays_the_text_of_its_own_event(text: str, tmp_path: Path) -> None:
    told = quoted(text)
    path = _file(
        tmp_path,
        f"  - {{date: 2001-05-09, type: gift, title: {told}, notes: {told}, source: s}}\n",
        f"sources: {{s: {{title: {told}, publisher: {told}}}}}\n",
    )
    result = _calendar(path, "timeline", "--type", "gift")
    (event,) = _events(result.out)
    assert event.keys() == {
        "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "CATEGORIES", "DESCRIPTION", "TRANSP",
    }  # fmt: skip
    # All that can be seen is there as it was, what cannot is told.
    assert event["SUMMARY"].split() == f"Ahausen – Bourg: {printable(text)}".split()
    notes, source = event["DESCRIPTION"].split("\n")
    assert source.startswith("Source: ")
    assert notes.split() == event["SUMMARY"].removeprefix("Ahausen – Bourg: ").split()
    assert not CONTROL.search(result.out.replace("\r\n", ""))


@pytest.mark.parametrize("escape", ["\\e[31m", "\\x7f", "\\u009b", "\\u202e", "\\u2066", "\\0"])
def test_an_address_brings_no_control_characters(escape: str, tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "  - {date: 2001-05-09, type: gift, title: A clock, source: s}\n",
        f'sources: {{s: {{title: T, url: "https://example.org/{escape}x"}}}}\n',
    )
    result = call("timeline", "--no-builtin", "--data", path, "--type", "gift", "-f", "ics")
    # The reader may refuse it, or the calendar may leave it out; it must not pass it on.
    assert not CONTROL.search(result.out.replace("\r\n", ""))
    assert result.status == 1 or len(_events(result.out)) == 1


def test_the_hostile_names_of_the_small_data_do_nothing() -> None:
    result = call("timeline", "--city", "evil", *EVERYTHING, *ON_SMALL, "-f", "ics")
    assert not CONTROL.search(result.out.replace("\r\n", ""))
    assert len(_events(result.out)) == 19  # the founding, and each fifth year up to the 90th


# Shrinking a whole data set takes minutes: a failure is told as it was found.
@settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(datasets(), st.sampled_from(("en", "zh", "ja")))
def test_any_data_makes_a_calendar_of_its_items_with_a_known_day(data: Dataset, language: str) -> None:
    # The end of the calendar has tests of its own.
    assume(not any(tie.since and tie.since.year > 9900 for tie in data.partnerships))
    selection = Selection()
    report = timeline_report(data, select(data, selection), selection, TODAY, language=language)
    day = r"\d{4}-\d\d-\d\d[~?]?"
    known = [item for item in report.items if re.fullmatch(rf"{day}(/{day})?", item.date)]
    assume(not any("9999-12-31" in item.date for item in known))
    events = _events(ical.text(report))
    assert len(events) == len(known)
    assert len({event["UID"] for event in events}) == len(events)


def test_a_calendar_module_needs_no_data_to_say_that_nothing_is_left_out() -> None:
    empty: Any = AnniversariesReport(
        today="2026-11-21", first="2026-11-21", last="2027-11-21", every=5, rows=(), undated=0,
        upcoming=None, sources=(), matched=0, left_out=0,
    )  # fmt: skip
    assert ical.omitted_note(empty) == ""
    assert _events(ical.text(empty)) == []
