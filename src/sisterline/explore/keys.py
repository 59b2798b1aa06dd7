"""The keys of the explorer: what each does, in words, and which actions the line of keys offers."""

from typing import NamedTuple

from sisterline.translation import gettext as _
from sisterline.translation import pgettext


class Key(NamedTuple):
    """A key, or several that do the same.

    Attributes:
        names: what Textual calls them, joined by commas.
        shown: as they are written for people.
        action: what they do; empty where a pane handles them itself.
        label: a word for it in the line of keys; empty where the line leaves it out.
        help: what it does, in a sentence.
    """

    names: str
    shown: str
    action: str
    label: str
    help: str


def keys() -> tuple[Key, ...]:
    """All keys, in the language that is spoken now; the most important first."""
    return (
        Key(
            "slash",
            "/",
            "find",
            pgettext("key", "Search"),
            _("Search names in any script, titles, notes and dates."),
        ),
        Key(
            "enter",
            _("Enter"),
            "read",
            pgettext("key", "Read"),
            _("Read all; in the chart, what is under the cursor."),
        ),
        Key(
            "c",
            "c",
            "view('chart')",
            pgettext("key", "Chart"),
            _("Draw a lane per partnership, or list them again."),
        ),
        Key(
            "a",
            "a",
            "view('due')",
            pgettext("key", "Anniversaries"),
            _("Show the anniversaries of the next 12 months."),
        ),
        Key(
            "n",
            "n",
            "view('figures')",
            pgettext("key", "Numbers"),
            _("Show the statistics of what is listed."),
        ),
        Key(
            "f",
            "f",
            "filter",
            pgettext("key", "Filter"),
            _("Filter by status, kind, level, region and decade."),
        ),
        Key(
            "s",
            "s",
            "sort",
            pgettext("key", "Sort"),
            _("Sort by founding, next anniversary, events or place."),
        ),
        Key("l", "l", "language", pgettext("key", "Language"), _("Change the language of names and words.")),
        Key(
            "o",
            "o",
            "sources",
            pgettext("key", "Sources"),
            _("List the sources; Enter opens one in the browser."),
        ),
        Key("y", "y", "copy", pgettext("key", "Copy"), _("Copy the row or the fact with its sources.")),
        Key("w", "w", "write", pgettext("key", "Write"), _("Write what is shown to a file.")),
        Key(
            "e",
            "e",
            "leave",
            pgettext("key", "Command"),
            _("Leave, and print the command that gives the same."),
        ),
        Key("question_mark", "?", "keys", pgettext("key", "Keys"), _("List the keys.")),
        Key("q,ctrl+c,ctrl+q", "q", "quit", pgettext("key", "Quit"), _("Leave.")),
        Key("escape", "Esc", "back", "", _("Go back one step: page, search, filters, chart.")),
        Key("tab", "Tab", "switch", "", _("Go to the other pane, or to the search.")),
        Key(
            "left",
            _("Left arrow"),
            "year(-1)",
            "",
            _("In the chart: an earlier year; on a page: the row before."),
        ),
        Key(
            "right",
            _("Right arrow"),
            "year(1)",
            "",
            _("In the chart: a later year; on a page: the next row."),
        ),
        Key("shift+left,comma", _("Shift+Left"), "event(-1)", "", _("In the chart: the event before.")),
        Key("shift+right,full_stop", _("Shift+Right"), "event(1)", "", _("In the chart: the next event.")),
        Key("", _("Up, Down"), "", "", _("Move by one row; so do k and j.")),
        Key("", _("PgUp, PgDn"), "", "", _("Move by one screen; so does the space bar.")),
        Key("", _("Home, End"), "", "", _("Move to the first row, to the last one.")),
        Key("", _("capital, digit, 北"), "", "", _("Begin a search with it.")),
        Key("", _("Shift+drag"), "", "", _("Select text with the mouse, as without this program.")),
        Key("ctrl+z", "Ctrl+Z", "suspend_process", "", _("Suspend; fg in the shell comes back.")),
    )


def box_keys() -> tuple[Key, ...]:
    """The keys while somebody types a search: letters are letters then."""
    return (
        Key("enter", _("Enter"), "read", pgettext("key", "To the list"), ""),
        Key("escape", "Esc", "back", pgettext("key", "Back"), ""),
    )


def sort_label(key: str) -> str:
    """What the rows are sorted by, in a word."""
    labels = {
        "since": pgettext("order of rows", "founding"),
        "next": pgettext("order of rows", "next anniversary"),
        "events": pgettext("order of rows", "events"),
        "place": pgettext("order of rows", "place"),
    }
    return labels[key]


def facet_label(facet: str) -> str:
    """What can be filtered by, in a word."""
    labels = {
        "status": pgettext("column", "Status"),
        "kind": pgettext("column", "Kind"),
        "level": pgettext("column", "Level"),
        "region": pgettext("column", "Region"),
        "decade": pgettext("column", "Decade"),
    }
    return labels[facet]
