"""The keys of the explorer: what each does, in words, and which actions the line of keys offers."""

from typing import NamedTuple

from sisterline.translation import gettext as _
from sisterline.translation import pgettext


class Key(NamedTuple):
    """A key, or several that do the same.

    Attributes:
        names: what Textual calls them, joined by commas.
        action: what they do; empty where a pane handles them itself.
        label: a word for it in the line of keys; empty where the line leaves it out.
        help: what it does, in a sentence.
        written: as they are written for people, where that is not the name.
    """

    names: str = ""
    action: str = ""
    label: str = ""
    help: str = ""
    written: str = ""

    @property
    def shown(self) -> str:
        """As they are written for people."""
        return self.written or self.names


def keys() -> tuple[Key, ...]:
    """All keys, in the language that is spoken now; the most important first."""
    return (
        Key(
            "slash",
            "find",
            pgettext("key", "Search"),
            _("Search names in any script, titles, notes and dates."),
            written="/",
        ),
        Key(
            "enter",
            "read",
            pgettext("key", "Read"),
            _("Read all; in the chart, what is under the cursor."),
            written=_("Enter"),
        ),
        Key(
            "c",
            "view('chart')",
            pgettext("key", "Chart"),
            _("Draw a lane per partnership, or list them again."),
        ),
        Key(
            "a",
            "view('due')",
            pgettext("key", "Anniversaries"),
            _("Show the anniversaries of the next 12 months."),
        ),
        Key("n", "view('figures')", pgettext("key", "Numbers"), _("Show the statistics of what is listed.")),
        Key("f", "filter", pgettext("key", "Filter"), _("Filter by status, kind, level, region and decade.")),
        Key("s", "sort", pgettext("key", "Sort"), _("Sort by founding, next anniversary, events or place.")),
        Key("l", "language", pgettext("key", "Language"), _("Change the language of names and words.")),
        Key(
            "o", "sources", pgettext("key", "Sources"), _("List the sources; Enter opens one in the browser.")
        ),
        Key("y", "copy", pgettext("key", "Copy"), _("Copy the row or the fact with its sources.")),
        Key("w", "write", pgettext("key", "Write"), _("Write what is shown to a file.")),
        Key("e", "leave", pgettext("key", "Command"), _("Leave, and print the command that gives the same.")),
        Key("question_mark", "keys", pgettext("key", "Keys"), _("List the keys."), written="?"),
        Key("q,ctrl+c,ctrl+q", "quit", pgettext("key", "Quit"), _("Leave."), written="q"),
        Key("escape", "back", help=_("Go back one step: page, search, filters, chart."), written="Esc"),
        Key("tab", "switch", help=_("Go to the other pane, or to the search."), written="Tab"),
        Key(
            "left",
            "year(-1)",
            help=_("In the chart: an earlier year; on a page: the row before."),
            written=_("Left arrow"),
        ),
        Key(
            "right",
            "year(1)",
            help=_("In the chart: a later year; on a page: the next row."),
            written=_("Right arrow"),
        ),
        Key(
            "shift+left,comma",
            "event(-1)",
            help=_("In the chart: the event before."),
            written=_("Shift+Left"),
        ),
        Key(
            "shift+right,full_stop",
            "event(1)",
            help=_("In the chart: the next event."),
            written=_("Shift+Right"),
        ),
        Key(help=_("Move by one row; so do k and j."), written=_("Up, Down")),
        Key(help=_("Move by one screen; so does the space bar."), written=_("PgUp, PgDn")),
        Key(help=_("Move to the first row, to the last one."), written=_("Home, End")),
        Key(help=_("Begin a search with it."), written=_("capital, digit, 北")),
        Key(help=_("Select text with the mouse, as without this program."), written=_("Shift+drag")),
        Key("ctrl+z", "suspend_process", help=_("Suspend; fg in the shell comes back."), written="Ctrl+Z"),
    )


def box_keys() -> tuple[Key, ...]:
    """The keys while somebody types a search: letters are letters then."""
    return (
        Key("enter", "read", pgettext("key", "To the list"), written=_("Enter")),
        Key("escape", "back", pgettext("key", "Back"), written="Esc"),
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
