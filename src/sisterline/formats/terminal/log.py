"""Histories for a terminal: dated lines under headings, with gaps and today."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.text.cells import pad, truncate, width, wrap
from sisterline.text.escape import printable
from sisterline.translation import pgettext
from sisterline.views.blocks import cite, cite_in_text
from sisterline.views.drawings import Log, LogEntry

NARROW = 46  # below this width a date has a line of its own
COMFORTABLE = 80  # from this width on dates may take 16 cells instead of 10
ROOMY = 110  # from this width on partnerships have a column of their own
LEAST_TEXT = 30  # cells that the text needs; the column of types goes before it has fewer
MAX_CITES = 8  # cells of the column of footnotes; longer ones follow the text
INDENT = 2


def log_lines(log: Log, viewport: Viewport, cited: set[int]) -> Iterator[tuple[StyledLine, LogEntry | None]]:
    """The lines of a history, each with the entry that it shows; None for a heading, a gap and today.

    Args:
        log: what to lay out.
        viewport: how much room there is.
        cited: takes the numbers of the footnotes that it cites.
    """
    if not log.entries:
        return
    layout = _Layout(log, viewport)
    narrow = viewport.width is not None and viewport.width < NARROW
    today_text = log.today
    if not narrow:
        rule = viewport.glyphs.rule * 2
        today_text = f"{rule} {log.today} {rule}"
    today: StyledLine = (("  ", ""), (today_text, "today"))
    group = ""
    before = log.today_first
    for entry in log.entries:
        if entry.future != before:
            yield today, None
        before = entry.future
        if entry.gap:
            yield (("  ", ""), (" " * layout.dates + f"  {entry.gap}", "gap")), None
        if entry.group != group:
            group = entry.group
            yield ((group, "title"),), None
        yield from ((line, entry) for line in layout.lines(entry))
        cited.update(entry.cites)
    if log.today_last:
        yield today, None


class _Layout:
    """The widths of the columns of a history: date, sign, type, partnership, text, footnotes."""

    def __init__(self, log: Log, viewport: Viewport) -> None:
        self._viewport = viewport
        entries = log.entries
        self.dates = max(10, *(len(entry.date) for entry in entries))
        self.cites = max(len(cite(entry.cites)) for entry in entries)
        self.types = max(width(entry.type) for entry in entries)
        self.about = 0
        if viewport.width is None or viewport.width >= ROOMY:
            self.about = max(width(printable(entry.about)) for entry in entries)
        if viewport.width is not None:
            self._fit_columns(viewport.width)
        self.room = max(width(self._text(entry)) for entry in entries)
        if viewport.width is not None:
            right = self.cites + 2 if self.cites else 0
            self.room = min(self.room, max(8, viewport.width - self.left - right))

    def _fit_columns(self, room: int) -> None:
        """Narrow the columns beside the text to a width in cells, or drop them."""
        # A few long ones must not take the room of all: they get a line of their own, or follow the text.
        self.dates = min(self.dates, 16 if room >= COMFORTABLE else 10)
        self.cites = min(self.cites, MAX_CITES)
        self.about = min(self.about, room // 4)
        if room < NARROW:
            self.dates = self.cites = 0
        if room - self.left - self.cites - 2 < LEAST_TEXT:
            self.types = 0

    @property
    def left(self) -> int:
        """The cells before the text."""
        left = INDENT + self.dates + 4 if self.dates else INDENT + 4
        if self.types:
            left += self.types + 2
        if self.about:
            left += self.about + 2
        return left

    def lines(self, entry: LogEntry) -> Iterator[StyledLine]:
        """The lines of one entry."""
        glyphs = self._viewport.glyphs
        date = entry.date
        if self._viewport.width is not None and len(date) > self.dates:
            for part in wrap(date, self._viewport.width - INDENT):
                yield ((" " * INDENT, ""), (part, "date"))
            date = ""
        line: list[StyledText] = [
            (" " * INDENT, ""),
            (pad(date, self.dates), "date"),
            ("  ", ""),
            (entry.mark, entry.style),
            (" ", ""),
        ]
        if self.types:
            line.append((pad(entry.type, self.types + 2), "minor"))
        if self.about:
            about = truncate(printable(entry.about), self.about, glyphs.ellipsis)
            line.append((pad(about, self.about + 2), "name"))
        text, cites = self._text(entry), cite(entry.cites)
        if len(cites) > self.cites:
            text, cites = f"{text} {cite_in_text(entry.cites)}", ""
        first, *rest = [text] if self._viewport.width is None else wrap(text, self.room)
        line.append((first, entry.text_style))
        if cites:
            line.append((" " * self._space(first) + cites, "minor"))
        yield tuple(line)
        for part in rest:
            yield ((" " * self.left + part, entry.text_style),)

    def _space(self, text: str) -> int:
        """The cells between a text and its footnotes."""
        # In a pipe the footnotes follow the text: lined up, one long title would push all of them far right.
        if self._viewport.width is None:
            return 2
        return max(2, self.room - width(text) + 2)

    def _text(self, entry: LogEntry) -> str:
        text = printable(entry.text)
        if self.about or not entry.about:
            return text
        message = pgettext("an event of a partnership", "{pair}: {title}")
        return message.format(pair=printable(entry.about), title=text)
