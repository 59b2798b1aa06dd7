"""The two lines around the panes: where one is, and which keys there are."""

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from sisterline.explore.keys import Key
from sisterline.explore.lines import CURSOR, Look
from sisterline.text.cells import truncate, width
from sisterline.text.escape import printable
from sisterline.views.style import Glyphs

_GAP = 2  # cells between two keys
_ALWAYS = ("keys", "quit")  # actions that the line offers even where it has little room


class _Line(Widget):
    """A line of its own, drawn with the styles and characters of the explorer."""

    def __init__(self, look: Look, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._look = look
        self._glyphs = glyphs


class KeyLine(_Line):
    """The last line: the keys that fit it, each of which can be clicked, or a message."""

    message = ""
    _keys: Sequence[Key] = ()

    class Clicked(Message):
        """An action was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def offer(self, keys: Iterable[Key]) -> None:
        """Offer some keys instead of those before, and of any message."""
        self._keys = [key for key in keys if key.label]
        self.message = ""
        self.refresh()

    def say(self, message: str) -> None:
        """Show a message instead of the keys."""
        self.message = printable(message)
        self.refresh()

    def _fitting(self) -> list[Key]:
        """The keys that there is room for; the first ones, and those that are always offered."""
        room = self.size.width - sum(_cells(key) for key in self._keys if key.action in _ALWAYS)
        fitting = []
        for key in self._keys:
            if key.action not in _ALWAYS:
                room -= _cells(key)
                if room < 0:
                    continue
            fitting.append(key)
        return fitting

    def render_line(self, y: int) -> Strip:
        """The line."""
        if self.message:
            text = truncate(self.message, self.size.width, self._glyphs.ellipsis)
            return Strip([Segment(text, self._look.of("message"))]).crop_extend(0, self.size.width, None)
        segments = []
        for key in self._fitting():
            segments.append(Segment(f" {key.shown} ", CURSOR))
            segments.append(Segment(f" {key.label}{' ' * _GAP}"))
        return Strip(segments).crop_extend(0, self.size.width, None)

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        end = 0
        for key in self._fitting():
            end += _cells(key)
            if event.x < end:
                self.post_message(self.Clicked(key.action))
                return


def _cells(key: Key) -> int:
    return width(key.shown) + 2 + width(key.label) + 1 + _GAP


class Place(_Line):
    """A remark at the right end of the first line: how many rows there are, and which."""

    text = ""

    def say(self, parts: Iterable[str], room: int) -> None:
        """Show some remarks in at most some cells."""
        text = printable(self._glyphs.between.join(filter(None, parts)))
        self.text = truncate(text, room, self._glyphs.ellipsis)
        self.styles.width = width(self.text) + 1
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        return Strip([Segment(f" {self.text}", self._look.of("minor"))]).crop_extend(0, self.size.width, None)
