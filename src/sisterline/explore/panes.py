"""The screen of the explorer: its panes, and what they show of an `Exploration`; `app` has the keys."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from sisterline.explore.bars import KeyLine, Place
from sisterline.explore.dialogs import LONGEST, Box
from sisterline.explore.exploration import SORTS, Exploration
from sisterline.explore.keys import box_keys, keys, sort_label
from sisterline.explore.lines import Lines, Look, TextRows
from sisterline.explore.pages import Text, figures_page, partnership_page, years_page
from sisterline.explore.rows import ChartRows, DueRows, ListRows, Rows, chart_years
from sisterline.explore.years import events_in, years_of_cell
from sisterline.formats.terminal.lanes import LaneLayout
from sisterline.reports.chart import Lane
from sisterline.text.escape import printable
from sisterline.translation import counted, ngettext, pgettext
from sisterline.translation import gettext as _
from sisterline.views.roles import styles_of
from sisterline.views.style import ASCII
from sisterline.views.words import partnerships_words, shown_of

if TYPE_CHECKING:
    from textual.timer import Timer

View = Literal["list", "chart", "due", "figures"]

WIDE = 100  # cells from which two panes are beside each other
LEAST_BOX = 16  # cells of the box for the search


class Outcome(NamedTuple):
    """How the explorer was left.

    Attributes:
        command: the command line that gives what was shown, where it was asked for, without the program.
        remark: how that differs from what was shown; empty where it does not.
    """

    command: tuple[str, ...] = ()
    remark: str = ""


class Panes(App[Outcome]):
    """The panes of the explorer.

    Attributes:
        exploration: what is looked at.
        box: for the search.
        where: a remark beside it.
        main: the pane of rows.
        page: the pane of what is known about a row.
        key_line: the last line.
        view: what the main pane shows.
        reading: whether the page has the whole screen.
        beside: whether the chart has the events at its cursor beside it.
        text: what the page shows, or the figures; None for neither.
        year: the cursor of the chart.
        columns: of the terminal.
    """

    CSS = """
    Screen { layout: vertical; background: ansi_default; color: ansi_default; }
    #top, #where, KeyLine, #slash { height: 1; }
    #slash { width: 2; }
    Input, Input:focus {
        height: 1; width: 1fr; border: none; padding: 0; background: ansi_default; color: ansi_default;
    }
    Input > .input--cursor { text-style: reverse; background: ansi_default; color: ansi_default; }
    Input > .input--selection { text-style: reverse; background: ansi_default; color: ansi_default; }
    Input > .input--placeholder, Input > .input--suggestion { text-style: dim; color: ansi_default; }
    #panes { height: 1fr; }
    #main, #page { width: 1fr; height: 1fr; }
    Chooser, FileName { layout: vertical; background: ansi_default; }
    #items { height: 1fr; }
    #title { height: auto; text-style: bold; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, exploration: Exploration) -> None:
        super().__init__()
        self.theme = "ansi-dark"  # the terminal's own colours, on its own background
        self.exploration = exploration
        glyphs = exploration.asked.glyphs
        self.look = Look(
            styles_of(self.console.color_system),
            colors=exploration.asked.colors,
            unicode=glyphs is not ASCII,
        )
        self.box = Box(id="find", compact=True, max_length=LONGEST, select_on_focus=False)
        self.where = Place(self.look, glyphs, id="where")
        self.main = Lines(self.look, id="main")
        self.page = Lines(self.look, rests=False, id="page")
        self.key_line = KeyLine(self.look, glyphs, id="keys")
        self.view: View = "list"
        self.reading = False
        self.beside = False
        self.text: Text | None = None
        self.year = exploration.asked.today.year
        self.columns = 0
        self.rows: Rows = TextRows(())
        self.waiting: Timer | None = None
        self._years: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        """The line of the search, the panes, the line of keys."""
        with Horizontal(id="top"):
            yield Static("/ ", id="slash", markup=False)
            yield self.box
            yield self.where
        with Horizontal(id="panes"):
            yield self.main
            yield self.page
        yield self.key_line

    # --- what they show ---------------------------------------------------------------------------

    @property
    def wide(self) -> bool:
        """Whether there is room for two panes."""
        return self.columns >= WIDE

    @property
    def number(self) -> int | None:
        """The partnership that the cursor is on; None where it is on none."""
        if isinstance(self.rows, TextRows):
            return None
        return self.rows.number(self.main.cursor)

    def show_view(self, *, cursor: int = 0) -> None:
        """Show the rows of the view, with the cursor on one of them, and what goes with them."""
        self.arrange()
        if self.view != "figures":
            self.show_rows(cursor)
        # What is laid out as a whole has to know the room that the panes have now.
        self.call_after_refresh(self.lay_out, cursor)

    def lay_out(self, cursor: int) -> None:
        """Lay out what depends on the room that the panes have."""
        if self.view == "figures":
            self.show_rows(cursor)
        self.say_where()
        self.show_page()

    def arrange(self) -> None:
        """Give the panes their room."""
        beside = self.view in ("list", "due") or (self.view == "chart" and self.beside)
        self.page.display = self.reading or (self.wide and beside)
        self.page.edge = not self.reading
        self.main.display = not self.reading
        if self.reading:
            self.focus_on(self.page)
        elif self.has_keys(self.page) and not self.page.display:
            self.focus_on(self.main)

    def focus_on(self, widget: Widget) -> None:
        """Let a widget have the keys from the next one on."""
        self.screen_stack[0].set_focus(widget)

    def has_keys(self, widget: Widget) -> bool:
        """Whether a widget has the keys: `has_focus` is true only some time later."""
        return self.screen_stack[0].focused is widget

    def show_rows(self, cursor: int = 0) -> None:
        """Show the rows of the view in the room that they have."""
        self.rows = self._rows_of_view()
        self.main.marked = self._cells_of_year if isinstance(self.rows, ChartRows) else None
        self.main.show(self.rows, cursor=cursor)
        self.say_where()
        self.offer_keys()

    def _rows_of_view(self) -> Rows:
        if self.view == "figures":
            self.text = figures_page(self.exploration, self.main.cells)
            return TextRows(self.text.lines)
        if not self.exploration.shown:
            return TextRows([((_("Nothing matches."), ""),)])
        if self.view == "chart":
            if self._years is None:
                self._years = chart_years(self.exploration)
            return ChartRows(self.exploration, self._years)
        if self.view == "list":
            return ListRows(self.exploration)
        due = DueRows(self.exploration)
        if due.count:
            return due
        return TextRows([((_("No anniversary in the next 12 months."), ""),)])

    def show_page(self) -> None:
        """Lay out what is known about the row that the cursor is on, if the page is seen."""
        if self.waiting is not None:
            self.waiting.stop()
            self.waiting = None
        if self.view == "figures" or not self.page.display or not self.page.is_attached:
            return
        self.text = self._page_of_row()
        self.page.show(TextRows(self.text.lines if self.text is not None else ()))

    def _page_of_row(self) -> Text | None:
        if self.number is None:
            return None
        years = self.years_at_cursor()
        if years:
            return years_page(self.exploration, self.number, years, self.page.cells)
        return partnership_page(self.exploration, self.number, self.page.cells)

    def say_where(self) -> None:
        """Say how many rows there are, and what makes them these."""
        exploration = self.exploration
        shown, matched = len(exploration.shown), len(exploration.dataset.partnerships)
        parts = [self._year_said(), shown_of(shown, matched, partnerships_words(matched))]
        if exploration.sort != SORTS[0]:
            parts.append(_("by {order}").format(order=sort_label(exploration.sort.name)))
        filters = sum(map(len, exploration.filters.chosen.values()))
        if filters:
            parts.append(counted("{count} filter", "{count} filters", filters))
        parts.append(exploration.asked.title)
        self.where.say(parts, max(0, self.columns - LEAST_BOX))

    def offer_keys(self) -> None:
        """Offer the keys of the view, or of the box; the one that leads to a view leads back to the list."""
        if self.has_keys(self.box):
            self.key_line.offer(box_keys())
            return
        here = f"view('{self.view}')"
        for_view = (
            key._replace(label=pgettext("key", "List")) if key.action == here else key for key in keys()
        )
        self.key_line.offer(for_view)

    # --- the cursor of the chart ------------------------------------------------------------------

    @property
    def chart(self) -> ChartRows | None:
        """The rows of the chart; None in any other view."""
        return self.rows if isinstance(self.rows, ChartRows) else None

    @property
    def layout_of_lanes(self) -> LaneLayout | None:
        """Where things are in the chart; None in any other view."""
        return self.chart.layout(self.main.cells) if self.chart is not None else None

    def _lane_at_cursor(self) -> tuple[Lane, range] | None:
        """The lane at the cursor of the chart, and the years of it at the cursor; None in any other view."""
        chart, layout = self.chart, self.layout_of_lanes
        if chart is None or layout is None:
            return None
        lane = chart.lane(self.main.cursor)
        return lane, years_of_cell(layout.axis, layout.axis.cell(self.year), lane)

    def years_at_cursor(self) -> range:
        """The years at the cursor of the chart; none where nothing happened in them, or in another view."""
        found = self._lane_at_cursor()
        if found is None or not events_in(*found):
            return range(0)
        return found[1]

    def _cells_of_year(self, cells: int) -> tuple[int, int]:
        """Where the cursor of the chart is in a line of some cells."""
        layout = self.layout_of_lanes
        if layout is None:
            return 0, 0
        return layout.start + layout.axis.cell(self.year), 1

    def _year_said(self) -> str:
        """The years at the cursor of the chart, how many events they have, and the eras that they lie in.

        Empty in another view.
        """
        chart, found = self.chart, self._lane_at_cursor()
        if chart is None or found is None:
            return ""
        lane, years = found
        said = str(self.year)
        if len(years) > 1:
            said = f"{years[0]}{self.exploration.asked.glyphs.dash}{years[-1]}"
        count = events_in(lane, years)
        if count:
            message = ngettext("{years}: {count} event", "{years}: {count} events", count)
            said = message.format(years=said, count=count)
        eras = (printable(era.label) for era in chart.eras if era.first <= self.year <= era.last)
        return self.exploration.asked.glyphs.between.join((said, *eras))
