"""Views laid out for people: lines that fit a width, or have their natural width in a pipe.

What draws bars, lanes and histories is imported where it draws: a list needs none of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING

from sisterline.errors import with_fix
from sisterline.formats.options import Sources, WriteOptions
from sisterline.formats.terminal.console import (
    StyledLine,
    StyledText,
    Viewport,
    console_of,
    print_lines,
    viewport_of,
)
from sisterline.formats.terminal.problems import problem_lines
from sisterline.formats.terminal.table import table_lines
from sisterline.text.cells import pad, truncate, width, wrap
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.views import view_of
from sisterline.views.blocks import (
    Block,
    Column,
    Fact,
    Facts,
    Footnotes,
    Heading,
    Paragraph,
    Table,
    cite_in_text,
    count_line,
    uncited,
)
from sisterline.views.drawings import Bars, Colophon, Lanes, Log, LogEntry, ProblemList
from sisterline.views.labels import column_label
from sisterline.views.roles import Role
from sisterline.views.words import short_source_words, source_words

if TYPE_CHECKING:
    from sisterline.reports.base import Report
    from sisterline.reports.refs import SourceRef

LABEL = 11  # cells of the label of a fact
LABELS_ABOVE = 40  # below this width a label has a line of its own
SHORTEST = 14  # cells of a publisher or an address: fewer leave nothing to know it by


def write(report: "Report", out: IO[str], options: WriteOptions) -> str:
    """Write a report for people; nothing of it is left out."""
    console = console_of(out, options.color)
    viewport = viewport_of(out, console, ascii_only=options.ascii_only)
    if options.columns:
        laid_out = chosen(report, options.columns, viewport)
    else:
        laid_out = lines(report, viewport, options.sources)
    print_lines(laid_out, out, console)
    return ""


def lines(report: "Report", viewport: Viewport, sources: Sources | None = None) -> Iterator[StyledLine]:
    """The lines of a report."""
    blocks: Iterable[Block] = view_of(report, viewport.glyphs).blocks
    if sources == "none":
        blocks = uncited(blocks)
    return Page(viewport, sources).lines(blocks)


def chosen(report: "Report", names: tuple[str, ...], viewport: Viewport) -> Iterator[StyledLine]:
    """The main table of a report with the columns that were asked for, as programs have them.

    Raises:
        UsageError: a column has no such name.
    """
    view = view_of(report, viewport.glyphs)
    table = view.main
    columns = []
    for column in table.select(names):
        read = column.chosen_reader()
        numeric = any(isinstance(read(row), int | float) for row in table.rows)
        columns.append(
            Column(
                name=column.name,
                value=read,
                heading=column_label(column.name),
                align="right" if numeric else "left",
                min_width=0 if numeric else 8,
                wrap=True,
            )
        )
    blocks: list[Block] = [Table(name=table.name, columns=tuple(columns), rows=table.rows)]
    if view.counted:
        blocks.append(count_line(view.counted))
    return Page(viewport).lines(blocks)


class Page:
    """Lays out the blocks of one view; it remembers what they cite for the footnotes below them.

    Attributes:
        subject: the fact or the entry of a history that the last line shows which was laid out; None for
            other lines, without a meaning for empty ones.
    """

    def __init__(self, viewport: Viewport, sources: Sources | None = None) -> None:
        self.subject: Fact | LogEntry | None = None
        self._viewport = viewport
        self._sources = sources
        self._width = viewport.width
        self._cited: set[int] = set()

    def lines(self, blocks: Iterable[Block]) -> Iterator[StyledLine]:
        """All lines, with an empty one between blocks."""
        started = False
        for block in blocks:
            lines = self._block(block)
            self.subject = None
            first = next(lines, None)
            if first is None:
                continue
            if started and not getattr(block, "tight", False):
                yield ()
            started = True
            yield first
            yield from lines

    def _block(self, block: Block) -> Iterator[StyledLine]:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Facts():
                return self._facts(block)
            case Table():
                return self._table(block)
            case Bars():
                return self._bars(block)
            case Log():
                return self._log(block)
            case Lanes():
                return self._lanes(block)
            case ProblemList():
                return problem_lines(block, self._viewport)
            case Footnotes():
                return self._footnotes(block)
            case Colophon():
                return iter(())

    def _heading(self, heading: Heading) -> Iterator[StyledLine]:
        """A heading, with a remark after it where there is room, else below."""
        *above, last = self._joined(heading.parts, heading.separator, 0)
        yield from (((line, "title"),) for line in above)
        aside = printable(heading.aside)
        if not aside:
            yield ((last, "title"),)
        elif self._width is None or width(last) + 2 + width(aside) <= self._width:
            yield ((last, "title"), (f"  {aside}", "minor"))
        else:
            yield ((last, "title"),)
            yield from self._note(aside)

    def _title(self, title: str, aside: str) -> Iterator[StyledLine]:
        """The heading of a table or of bars; nothing where they have none."""
        if title:
            yield from self._heading(Heading(parts=(title,), aside=aside))

    def _note(self, text: str, indent: int = 2, style: Role = "minor") -> Iterator[StyledLine]:
        """A text of its own, wrapped."""
        for part in self._wrapped(text, indent):
            yield ((" " * indent, ""), (part, style))

    def _wrapped(self, text: str, indent: int) -> list[str]:
        if self._width is None:
            return [text]
        return wrap(text, max(8, self._width - indent))

    def _joined(self, parts: Sequence[str], separator: str, indent: int) -> list[str]:
        """Remarks, as many in a line as there is room for; one is broken only if it has no room alone."""
        lines: list[str] = []
        for part in map(printable, parts):
            longer = f"{lines[-1]}{separator}{part}" if lines else part
            if lines and (self._width is None or indent + width(longer) <= self._width):
                lines[-1] = longer
            else:
                lines += self._wrapped(part, indent)
        return lines

    def _paragraph(self, paragraph: Paragraph) -> Iterator[StyledLine]:
        if paragraph.watched_only and not self._viewport.watched:
            return
        *parts, last = paragraph.parts
        if paragraph.hint:
            last = with_fix(last, paragraph.hint)
        for line in self._joined((*parts, last), paragraph.separator, paragraph.indent):
            yield ((" " * paragraph.indent, ""), (line, paragraph.style))

    def _table(self, table: Table) -> Iterator[StyledLine]:
        if table.rows:
            yield from self._title(table.title, table.aside)
            yield from table_lines(table, self._viewport, self._cited)

    def _bars(self, bars: Bars) -> Iterator[StyledLine]:
        if bars.rows:
            yield from self._title(bars.title, bars.aside)
            from sisterline.formats.terminal.bars import bar_lines

            yield from bar_lines(bars, self._viewport)

    def _log(self, log: Log) -> Iterator[StyledLine]:
        from sisterline.formats.terminal.log import log_lines

        for line, entry in log_lines(log, self._viewport, self._cited):
            self.subject = entry
            yield line

    def _lanes(self, lanes: Lanes) -> Iterator[StyledLine]:
        from sisterline.formats.terminal.lanes import lane_lines, legend_of

        yield from lane_lines(lanes, self._viewport)
        yield ()
        yield from self._paragraph(Paragraph(parts=legend_of(lanes, self._viewport)))

    # --- facts ------------------------------------------------------------------------------------

    def _facts(self, facts: Facts) -> Iterator[StyledLine]:
        if facts.title:
            yield from self._facts_title(facts)
        for fact in facts.facts:
            self.subject = fact
            yield from self._fact(fact, facts.indent)

    def _facts_title(self, facts: Facts) -> Iterator[StyledLine]:
        indent = facts.indent - 2
        title, aside = printable(facts.title), printable(facts.aside)
        after = self._viewport.glyphs.after_title(aside)
        if not aside:
            yield from self._note(title, indent, "title")
        elif self._width is None or indent + width(title) + width(after) <= self._width:
            yield ((" " * indent + title, "title"), (after, ""))
        else:
            yield from self._note(title, indent, "title")
            yield from self._note(aside, facts.indent, "")

    def _fact(self, fact: Fact, indent: int) -> Iterator[StyledLine]:
        """A label and what it says, with footnotes."""
        self._cited.update(fact.cites)
        text = f"{printable(fact.text)} {cite_in_text(fact.cites)}".rstrip()
        if self._width is not None and self._width < LABELS_ABOVE:
            yield ((" " * indent + fact.label, "label"),)
            yield from self._note(text, indent + 2, "")
            return
        head = " " * indent + pad(fact.label, LABEL)
        if self._width is None:
            yield ((head, "label"), (text, ""))
            return
        first, *rest = wrap(text, max(10, self._width - indent - LABEL))
        yield ((head, "label"), (first, ""))
        yield from (((" " * (indent + LABEL) + part, ""),) for part in rest)

    # --- footnotes --------------------------------------------------------------------------------

    def _footnotes(self, footnotes: Footnotes) -> Iterator[StyledLine]:
        """The sources by their numbers: those that the lines above cite."""
        sources = list(footnotes.sources)
        if footnotes.cited_only:
            sources = [source for source in sources if source.number in self._cited]
        if not sources:
            return
        digits = len(str(sources[-1].number)) + 3
        if not self._are_short(footnotes):
            for source in sources:
                yield from self._footnote(source, digits)
            return
        yield from (self._short_footnote(source, digits) for source in sources)
        if self._viewport.watched and self._sources is None:
            yield from self._note(_("--sources full adds titles and whole addresses"), 0)

    def _are_short(self, footnotes: Footnotes) -> bool:
        """Whether each source has one line: by default on a terminal, where they would fill the screen."""
        if not footnotes.cited_only:
            return False
        if self._sources is None:
            return footnotes.brief or self._viewport.watched
        return self._sources == "short"

    def _short_footnote(self, source: "SourceRef", digits: int) -> StyledLine:
        """A source in one line: its words are cut before its address is."""
        head: StyledText = (pad(f"[{source.number}]", digits), "minor")
        words, url = printable(short_source_words(source)), printable(source.url)
        if self._width is not None:
            words, url = self._side_by_side(words, url, self._width - digits)
        return (head, (words, ""), (" " * bool(words and url), ""), (url, "address"))

    def _side_by_side(self, words: str, url: str, room: int) -> tuple[str, str]:
        """Words and an address in one line: the words give way to a whole address, else both are cut."""
        ellipsis = self._viewport.glyphs.ellipsis
        for_words = room - width(f" {url}".rstrip())
        if for_words < min(width(words), SHORTEST):
            for_words = max(room // 2, room - SHORTEST)
            if room < 2 * SHORTEST:
                return truncate(words, room, ellipsis), ""
        words = truncate(words, for_words, ellipsis)
        return words, truncate(url, room - width(f"{words} ".lstrip()), ellipsis)

    def _footnote(self, source: "SourceRef", digits: int) -> Iterator[StyledLine]:
        text, url = printable(source_words(source)), printable(source.url)
        head: StyledText = (pad(f"[{source.number}]", digits), "minor")
        if self._width is None:
            yield (head, (text, ""), (f" {url}".rstrip(), "address"))
            return
        first, *rest = wrap(text, max(12, self._width - digits))
        yield (head, (first, ""))
        yield from (((" " * digits + part, ""),) for part in rest)
        if url:
            # Never broken, so that a terminal still takes it for one link and copies it whole.
            yield ((" " * digits + url, "address"),)
