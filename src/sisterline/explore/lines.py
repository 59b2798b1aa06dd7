"""The one widget that draws lines: it asks for those that are seen, and keeps none of the others."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from sisterline.explore.rows import Rows
from sisterline.formats.terminal.console import StyledLine
from sisterline.text.cells import width
from sisterline.views.roles import Role

WHEEL = 3  # lines that a turn of the mouse's wheel moves


class Look:
    """The styles of a terminal, and the characters at the edges of a pane or a line.

    Args:
        styles: of each role.
        colors: whether there are colours.
        unicode: whether the terminal can show more than ASCII.
    """

    def __init__(self, styles: Mapping[Role, str], *, colors: bool, unicode: bool) -> None:
        self._styles = styles
        self._colors = colors
        self.edge, self.track, self.thumb, self.ellipsis = "|", "|", "#", "..."
        if unicode:
            self.edge, self.track, self.thumb, self.ellipsis = "│", "│", "█", "…"
        self.of = cache(self._of)

    def _of(self, role: Role) -> Style:
        """The style of a role; a plain one for the empty name."""
        if not role:
            return Style()
        style = Style.parse(self._styles[role])
        return style if self._colors else style.without_color


CURSOR = Style(reverse=True)  # of the row that keys act on
RESTING = Style(bold=True, underline=True)  # of the same row while another pane has the keys
NOT_REVERSED = Style(reverse=False, bold=True)


class TextRows:
    """Lines of a text as rows."""

    def __init__(self, lines: Sequence[StyledLine]) -> None:
        self._lines = lines
        self.count = len(lines)

    def head(self, cells: int) -> StyledLine:
        """A text has no head."""
        return ()

    def line(self, row: int, cells: int) -> StyledLine:
        """A line of the text, which was laid out for the pane."""
        return self._lines[row]

    def number(self, row: int) -> int:
        """A line is about nothing but itself."""
        return row


class Lines(Widget, can_focus=True):
    """Rows below a head, one of which has the cursor.

    Args:
        look: how it is drawn.
        rests: whether the row of the cursor is seen while another pane has the keys.
        id: of the widget.

    Attributes:
        edge: whether a line divides it from the pane on its left.
        cursor: the row that keys act on; 0 where there are none.
        top: the first row that is seen.
        marked: finds the cells of the cursor's row, and of the head, that are marked in it: where they begin
            and how many they are; None for none.
    """

    BINDINGS = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding("pagedown,ctrl+f,space", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    class _Event(Message):
        """Something happened in a pane."""

        def __init__(self, lines: "Lines") -> None:
            super().__init__()
            self.lines = lines

    class Moved(_Event):
        """The cursor is on another row."""

    class Chosen(_Event):
        """A row was chosen with the mouse."""

    class Resized(_Event):
        """The pane has another width: a text has to be laid out again."""

    class Pointed(_Event):
        """A cell of a row was clicked."""

        def __init__(self, lines: "Lines", cell: int) -> None:
            super().__init__(lines)
            self.cell = cell

    def __init__(self, look: Look, *, rests: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self._look = look
        self._rests = rests
        self.edge = False
        self._last_width = 1  # of the pane while it was seen: what is under a hidden cursor depends on it
        self._rows: Rows = TextRows(())
        self._has_head = False
        self.cursor = 0
        self.top = 0
        self.marked: Callable[[int], tuple[int, int] | None] | None = None

    # --- what it shows ----------------------------------------------------------------------------

    def show(self, rows: Rows, *, cursor: int = 0) -> None:
        """Show other rows, with the cursor on one of them."""
        self._rows = rows
        self._has_head = bool(rows.head(self.cells))
        self.cursor = max(0, min(cursor, rows.count - 1))
        self._follow()
        self.refresh()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.count

    @property
    def cells(self) -> int:
        """The cells of a line between the edges of the pane."""
        cells = self.size.width or self._last_width
        return max(1, cells - 2 - 2 * self.edge)

    @property
    def seen(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - self._has_head)

    # --- moving -----------------------------------------------------------------------------------

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest one that there is."""
        row = max(0, min(row, self.count - 1))
        if row == self.cursor:
            return
        before, top = self.cursor, self.top
        self.cursor = row
        self._follow()
        if self.top == top:
            self._refresh_rows(before, row)
        else:
            self.refresh()
        self.post_message(self.Moved(self))

    def _follow(self) -> None:
        """Scroll so far that the cursor is seen."""
        last_top = max(0, self.count - self.seen)
        self.top = min(last_top, max(self.cursor - self.seen + 1, min(self.top, self.cursor)))

    def _refresh_rows(self, *rows: int) -> None:
        head = int(self._has_head)
        lines = [row - self.top + head for row in rows]
        if self.marked is not None:
            lines.append(0)
        self.refresh(*(Region(0, line, self.size.width, 1) for line in lines))

    def refresh_cursor(self) -> None:
        """Draw the cursor's row and the head again."""
        self._refresh_rows(self.cursor)

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by some pages."""
        self.move_to(self.cursor + by * max(1, self.seen - 1))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first row, or to the last one."""
        self.move_to(self.count - 1 if end > 0 else 0)

    # --- the mouse --------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        self._scroll(WHEEL)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        self._scroll(-WHEEL)
        event.stop()

    def _scroll(self, by: int) -> None:
        """Scroll by some rows; the cursor stays among those that are seen."""
        self.top = max(0, min(self.top + by, self.count - self.seen))
        cursor = max(self.top, min(self.cursor, self.top + self.seen - 1, self.count - 1))
        self.refresh()
        if cursor != self.cursor:
            self.cursor = cursor
            self.post_message(self.Moved(self))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the click was; a double click chooses the row."""
        row = event.y - self._has_head + self.top
        if event.y < self._has_head or row >= self.count:
            return
        self.move_to(row)
        self.post_message(self.Pointed(self, event.x - 2 * self.edge))
        if event.chain == 2:
            self.post_message(self.Chosen(self))

    # --- drawing ----------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        if not event.size.area:
            return
        self._follow()
        if event.size.width != self._last_width:
            self._last_width = event.size.width
            self.post_message(self.Resized(self))

    def on_focus(self) -> None:
        """Show that keys act here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that keys act elsewhere."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        inner = self._inner(y)
        parts = [inner, Strip([Segment(f" {self._scrollbar(y)}", self._look.of("edge"))])]
        if self.edge:
            parts.insert(0, Strip([Segment(f"{self._look.edge} ", self._look.of("edge"))]))
        return Strip.join(parts).crop_extend(0, self.size.width, Style())

    def _inner(self, y: int) -> Strip:
        if y < self._has_head:
            return self._mark(self._strip(self._rows.head(self.cells)), CURSOR)
        row = y - self._has_head + self.top
        if row >= self.count:
            return Strip.blank(self.cells)
        strip = self._strip(self._rows.line(row, self.cells))
        if row != self.cursor:
            return strip
        if not self.has_focus:
            return strip.apply_style(RESTING) if self._rests else strip
        # Without the colours of its parts, which would become coloured blocks.
        plain = Strip([Segment(strip.text, CURSOR)], strip.cell_length)
        return self._mark(plain, NOT_REVERSED)

    def _strip(self, line: StyledLine) -> Strip:
        segments = [Segment(text, self._look.of(style)) for text, style in line if text]
        cells = sum(width(text) for text, _style in line)
        strip = Strip(segments, cells)
        if cells > self.cells and self.cells > len(self._look.ellipsis):
            kept = strip.crop(0, self.cells - len(self._look.ellipsis))
            strip = Strip.join([kept, Strip([Segment(self._look.ellipsis)])])
        return strip.crop_extend(0, self.cells, Style())

    def _mark(self, strip: Strip, style: Style) -> Strip:
        """A line with the marked cells in another style."""
        found = self.marked(self.cells) if self.marked is not None and self.count else None
        if found is None:
            return strip
        start, length = found
        before, marked, after = strip.divide([start, start + length, self.cells])
        return Strip.join([before, marked.apply_style(style), after])

    def _scrollbar(self, y: int) -> str:
        """The last cell of a line: a part of a bar that shows which rows are seen."""
        if self.count <= self.seen or y < self._has_head:
            return " "
        at = y - self._has_head
        first = self.top * self.seen // self.count
        length = max(1, self.seen * self.seen // self.count)
        if first <= at < first + length or (self.top + self.seen >= self.count and at == self.seen - 1):
            return self._look.thumb
        return self._look.track
