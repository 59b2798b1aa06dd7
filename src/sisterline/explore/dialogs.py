"""The box to type into, and the screens over the panes: a list to choose from, and the name of a file."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from sisterline.explore.choices import Item
from sisterline.explore.lines import Lines, Look, TextRows
from sisterline.explore.output import Written
from sisterline.text.escape import escape_unsafe
from sisterline.text.matching import fold
from sisterline.translation import gettext as _
from sisterline.translation import pgettext

LONGEST = 200  # characters that can be searched for
LONGEST_PATH = 1000  # characters of the name of a file


class Box(Input):
    """A line of text that somebody types or pastes, without characters that would act on the terminal."""

    def validate_value(self, value: str) -> str:
        """Textual calls this with every new text of the box."""
        return escape_unsafe(" ".join(value.splitlines()), _nothing)


def _nothing(_char: str) -> str:
    return ""


class Chooser(ModalScreen[Any]):
    """A list to choose from, with a box to search it.

    Enter takes an item: it closes the list and returns the value, or calls `taken` and shows the list anew. A
    space does so as well where the list stays.

    Args:
        look: how it is drawn.
        title: what is chosen.
        items: makes the items.
        taken: is called with the value of an item instead of closing the list.
        copied: is called with the value of an item that is to be copied; None where nothing can be copied.
    """

    BINDINGS = [
        Binding("escape", "close", show=False),
        Binding("ctrl+c", "close", show=False),
        Binding("enter", "take", show=False),
        Binding("tab", "switch", show=False),
    ]

    def __init__(
        self,
        look: Look,
        title: str,
        items: Callable[[], Sequence[Item]],
        *,
        taken: Callable[[Any], None] | None = None,
        copied: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._items = items
        self._taken = taken
        self._copied = copied
        self._shown: Sequence[Item] = ()
        self._sought = ""  # what they were found by

    def compose(self) -> ComposeResult:
        """The title, the box, the list."""
        yield Static(self._title, id="title", markup=False)
        yield Box(
            placeholder=pgettext("key", "Search"),
            id="sought",
            compact=True,
            max_length=LONGEST,
            select_on_focus=False,
        )
        yield Lines(self._look, id="items")

    def on_mount(self) -> None:
        """Begin in the list: what is typed there goes to the box."""
        self.list.focus()
        self.call_after_refresh(self._fill)

    @property
    def list(self) -> Lines:
        """The list."""
        return self.query_one("#items", Lines)

    @property
    def box(self) -> Input:
        """The box to search it."""
        return self.query_one("#sought", Input)

    def _fill(self) -> None:
        self._sought = self.box.value
        words = [fold(word) for word in self._sought.split()]
        self._shown = [item for item in self._items() if all(word in item.folded for word in words)]
        lines = [item.line for item in self._shown] or [((_("Nothing matches."), ""),)]
        self.list.show(TextRows(lines), cursor=self.list.cursor)

    def on_input_changed(self) -> None:
        """Show what the words are found in."""
        if self.box.value != self._sought:
            self._fill()

    def on_resize(self) -> None:
        """Draw it in the new size."""
        self.call_after_refresh(self._fill)

    def on_key(self, event: events.Key) -> None:
        """Type into the box from wherever one is; go from it down into the list."""
        if self.box.has_focus:
            if event.key == "down":
                self.list.focus()
            return
        if event.key == "y" and self._copied is not None and self._shown:
            self._copied(self._shown[self.list.cursor].value)
            event.stop()
        elif event.key == "space" and self._taken is not None:
            self.action_take()
            event.stop()
        elif event.key == "backspace":
            self.box.value = self.box.value[:-1]
            event.stop()
        elif event.character is not None and event.is_printable and event.key != "space":
            self.box.value += event.character
            event.stop()

    def on_input_submitted(self) -> None:
        """Take the first item that was found."""
        self.action_take()

    def on_lines_chosen(self) -> None:
        """Take what was double clicked."""
        self.action_take()

    def action_take(self) -> None:
        """Take the item with the cursor, of those that are found by all that was typed."""
        if self.box.value != self._sought:
            self._fill()
        if not self._shown:
            return
        value = self._shown[self.list.cursor].value
        if self._taken is None:
            self.dismiss(value)
            return
        self._taken(value)
        self._fill()

    def action_switch(self) -> None:
        """Go from the box to the list, or back."""
        if self.box.has_focus:
            self.list.focus()
        else:
            self.box.focus()

    def action_close(self) -> None:
        """Close the list without a choice."""
        self.dismiss(None)


class FileName(ModalScreen[str]):
    """Asks for the name of a file.

    Args:
        title: what it is for.
        name: proposes one.
        write: is called with the name and with `replace`, whether it may replace a file; returns what
            came of it.
    """

    BINDINGS = [Binding("escape,ctrl+c", "close", show=False)]

    def __init__(self, title: str, name: str, write: Callable[..., Written]) -> None:
        super().__init__()
        self._title = title
        self._proposed = name
        self._write = write
        self._known = ""  # the name of a file that the next Enter replaces

    def compose(self) -> ComposeResult:
        """The title, the box, what is wrong."""
        yield Static(self._title, id="title", markup=False)
        yield Box(self._proposed, id="name", compact=True, max_length=LONGEST_PATH)
        yield Static("", id="wrong", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file, or say what is wrong; ask before one that is there is replaced."""
        name = event.value.strip()
        if not name:
            return
        written = self._write(name, replace=name == self._known)
        self._known = name if written.replaces else ""
        if written.wrong:
            self.query_one("#wrong", Static).update(written.wrong)
        else:
            self.dismiss(written.said)

    def action_close(self) -> None:
        """Write nothing."""
        self.dismiss(None)
