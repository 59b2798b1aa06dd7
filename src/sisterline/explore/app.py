"""The full-screen explorer: what its keys and the mouse do."""

import time
from typing import TYPE_CHECKING

from textual import events, work
from textual.binding import Binding
from textual.widgets import Input

from sisterline import translation
from sisterline.explore.bars import KeyLine
from sisterline.explore.choices import filter_items, key_items
from sisterline.explore.dialogs import LONGEST, Chooser
from sisterline.explore.exploration import SORTS
from sisterline.explore.keys import keys, sort_label
from sisterline.explore.lines import Lines, TextRows
from sisterline.explore.outlets import Outlets
from sisterline.explore.panes import Outcome, View
from sisterline.explore.signals import handle_signals
from sisterline.explore.years import event_beside, year_at, year_beside
from sisterline.query.search import folded_texts
from sisterline.reports.counts import CountBy
from sisterline.text.escape import printable
from sisterline.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sisterline.formats.terminal.console import StyledLine

PAUSE = 0.12  # seconds after the last key until the page follows a cursor whose key is held
PROPOSE_AFTER = 0.2  # seconds after the last key until names are proposed where nothing was found
_OUT = ("escape", "enter", "down")  # keys that lead from the box into the list
ENDED = 128  # added to the number of the signal that ended the program, as shells do


class Explorer(Outlets):
    """The explorer."""

    BINDINGS = [Binding(key.names, key.action, show=False) for key in keys() if key.names and key.action]

    _moved = 0.0  # when the cursor was moved last

    def on_mount(self) -> None:
        """Show the list, and fold titles and notes for the search once it is seen."""
        handle_signals(self._end)
        self.columns = self.size.width
        self.focus_on(self.main)
        self.show_view()
        self.call_after_refresh(self.call_later, self._fold_texts)

    def _end(self, number: int) -> None:
        """Leave the terminal as it was found."""
        self.exit(return_code=ENDED + number)

    @work(thread=True)
    def _fold_texts(self) -> None:
        self.exploration.search.texts = folded_texts(self.exploration.dataset.partnerships)
        self.call_from_thread(self._search_texts)

    def _search_texts(self) -> None:
        """Show what titles and notes add to what was found in names alone."""
        if self.exploration.typed:
            self._find(self.exploration.typed)

    # --- the search -------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Let a key that leads into the box or out of it act before the next is read: people type fast."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._begins_search(event):
                self.action_find()
                if event.key != "slash":
                    self._type(event.character or "")
                return
            if event.key in _OUT and len(self.screen_stack) == 1 and self.has_keys(self.box):
                if event.key == "enter":
                    await self.box.action_submit()
                self.focus_on(self.main)
                return
        await super().on_event(event)

    def _begins_search(self, event: events.Key) -> bool:
        """Whether a key is a slash, or one that means nothing else in the panes and can be searched for."""
        if len(self.screen_stack) > 1 or self.has_keys(self.box):
            return False
        if event.key == "slash":
            return True
        if event.key.startswith("alt+"):  # an Esc and a letter in one go, as slow connections give them
            return False
        return event.is_printable and event.key not in self.screen.active_bindings

    def action_find(self) -> None:
        """Go to the box for the search."""
        if self.view == "figures" or self.reading:
            if self.view == "figures":
                self.view = "list"
            self.reading = False
            self.show_view()
        self.focus_on(self.box)

    def on_paste(self, event: events.Paste) -> None:
        """Begin a search with what is pasted, as input methods do with what they composed."""
        if len(self.screen_stack) == 1 and not self.has_keys(self.box):
            self.action_find()
            self._type(" ".join(event.text.split())[:LONGEST])

    def _type(self, text: str) -> None:
        """Put a text into the box instead of what was there."""
        self.box.value = text
        self.box.cursor_position = len(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is in the box now."""
        if event.input is self.box and event.value != self.exploration.typed:
            self._find(event.value)

    def _find(self, typed: str) -> None:
        self.exploration.typed = typed
        self.exploration.update()
        self.show_rows()
        self.show_page()
        if not self.exploration.shown:
            self.set_timer(PROPOSE_AFTER, self._propose)

    def _propose(self) -> None:
        """Propose names where nothing was found."""
        exploration = self.exploration
        if exploration.shown or not exploration.typed or self.view == "figures" or not self.main.is_attached:
            return
        lines: list[StyledLine] = [((_("Nothing matches."), ""),)]
        names = exploration.search.proposals(exploration.typed, exploration.language)
        if names:
            lines.append(((_("Did you mean one of these? Enter searches for the first."), "minor"),))
            lines += [((f"  {printable(name)}", "name"),) for name in names]
        self.main.show(TextRows(lines))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search for the first of the names that are proposed, if nothing was found."""
        if event.input is not self.box:
            return
        names: Sequence[str] = ()
        if not self.exploration.shown:
            names = self.exploration.search.proposals(self.exploration.typed)
        if names:
            self.box.value = names[0].partition(" (")[0]

    def on_descendant_focus(self) -> None:
        """Offer the keys of the pane or the box that has the keys now."""
        if len(self.screen_stack) == 1:
            self.offer_keys()

    # --- moving -----------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Lay out everything in the new size."""
        self.columns = event.size.width
        self.show_view(cursor=self.main.cursor)

    def on_lines_resized(self, event: Lines.Resized) -> None:
        """Lay out texts for the width that a pane has now."""
        if event.lines in (self.main, self.page):
            self.lay_out(self.main.cursor)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Let the page follow the cursor: at once, but not for each row that a held key passes."""
        if self.key_line.message:
            self.offer_keys()
        if event.lines is not self.main:
            return
        now = time.monotonic()
        held = now - self._moved < PAUSE
        self._moved = now
        if self.waiting is not None:
            self.waiting.stop()
        if held:
            self.waiting = self.set_timer(PAUSE, self.show_page)
        else:
            self.show_page()
        if self.chart is not None:
            self.say_where()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Read what was double clicked."""
        if event.lines is self.main:
            self.action_read()

    def on_lines_pointed(self, event: Lines.Pointed) -> None:
        """Put the cursor of the chart where the click was."""
        layout = self.layout_of_lanes
        if event.lines is self.main and layout is not None:
            year = year_at(layout.axis, event.cell - layout.start)
            if year is not None:
                self._go_to_year(year)

    async def on_key_line_clicked(self, event: KeyLine.Clicked) -> None:
        """Do what was clicked."""
        await self.run_action(event.action)

    def action_year(self, by: int) -> None:
        """Move the cursor of the chart by a year, or by as many as share a cell; turn pages elsewhere."""
        layout = self.layout_of_lanes
        if self.reading:
            self.main.move_to(self.main.cursor + by)
        elif layout is not None:
            self._go_to_year(year_beside(layout.axis, self.year, by))

    def action_event(self, by: int) -> None:
        """Move the cursor of the chart to the next event of the lane."""
        chart, layout = self.chart, self.layout_of_lanes
        if chart is not None and layout is not None:
            self._go_to_year(event_beside(layout.axis, chart.lane(self.main.cursor), self.year, by))

    def _go_to_year(self, year: int) -> None:
        self.year = year
        self.main.refresh_cursor()
        self.say_where()
        self.show_page()

    def action_read(self) -> None:
        """Show the page alone; in a wide chart, first beside it."""
        if self.has_keys(self.box) or self.number is None:
            self.focus_on(self.main)
            return
        if self.chart is not None and self.wide and not self.beside:
            self.beside = True
        else:
            self.reading = True
        self.show_view(cursor=self.main.cursor)

    async def action_back(self) -> None:
        """Go back one step: from the page, the box, what was found, what was filtered, the view."""
        if self.reading:
            self.reading = False
            self.focus_on(self.main)
        elif self.has_keys(self.box):
            self.focus_on(self.main)
            return
        elif self.chart is not None and self.beside:
            self.beside = False
        elif self.exploration.typed:
            self.box.value = ""
            return
        elif self.exploration.filters.chosen:
            self.exploration.filters.clear()
            self.exploration.update()
        elif self.view != "list":
            self.action_view("list")
            return
        self.show_view(cursor=self.main.cursor)

    def action_switch(self) -> None:
        """Go to the next of the list, the page beside it, and the box."""
        panes = [self.main, self.page, self.box]
        seen = [pane for pane in panes if pane.display]
        focused = [self.has_keys(pane) for pane in seen]
        at = focused.index(True) if any(focused) else -1
        self.focus_on(seen[(at + 1) % len(seen)])

    # --- what is shown ----------------------------------------------------------------------------

    def action_view(self, view: View) -> None:
        """Show something else in the main pane; the list again where it shows that already."""
        number = self.number
        self.view = "list" if self.view == view else view
        self.reading = self.beside = False
        self.focus_on(self.main)
        cursor = 0
        if number is not None and self.view in ("list", "chart"):
            cursor = list(self.exploration.shown).index(number)
        self.show_view(cursor=cursor)

    def action_sort(self) -> None:
        """Sort by the next thing there is to sort by."""
        exploration = self.exploration
        exploration.sort = SORTS[(SORTS.index(exploration.sort) + 1) % len(SORTS)]
        exploration.update()
        self.show_rows()
        self.show_page()
        self.key_line.say(_("Sorted by {order}.").format(order=sort_label(exploration.sort.name)))

    def action_language(self) -> None:
        """Show names and words in the next language."""
        asked, now = self.exploration.asked.language, self.exploration.language
        languages = list(dict.fromkeys((asked, *translation.LANGUAGES)))
        language = languages[(languages.index(now) + 1) % len(languages)]
        translation.activate(language)
        self.exploration.speak(language)
        self.show_view(cursor=self.main.cursor)

    def action_filter(self) -> None:
        """Choose what to filter by."""

        def take(value: tuple[CountBy, str]) -> None:
            self.exploration.filters.toggle(*value)
            self.exploration.update()
            self.show_rows()
            self.show_page()

        title = _("Filter: Enter or space chooses, Esc goes back")
        self.push_screen(Chooser(self.look, title, lambda: filter_items(self.exploration), taken=take))

    def action_keys(self) -> None:
        """List the keys."""
        title = _("Keys: type to search, Enter does what a key does, Esc goes back")
        self.push_screen(Chooser(self.look, title, key_items), self._run)

    async def _run(self, action: str | None) -> None:
        if action:
            await self.run_action(action)

    async def action_quit(self) -> None:
        """Leave."""
        self.exit(Outcome())
