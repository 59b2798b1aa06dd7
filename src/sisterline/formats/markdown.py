"""Markdown (GitHub Flavored Markdown): the blocks of a view as a document.

Headings, facts and histories are lists, tables are pipe tables (4.10), sources are a numbered list.
"""

import re
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from sisterline.formats.options import WriteOptions, write_text
from sisterline.text.cells import pad, width
from sisterline.text.escape import printable
from sisterline.views import view_of
from sisterline.views.blocks import (
    Bars,
    Block,
    Cell,
    Column,
    Diagnostics,
    Facts,
    Footnotes,
    Heading,
    Lanes,
    Log,
    LogEntry,
    Paragraph,
    Table,
    cite,
)
from sisterline.views.shared import source_words
from sisterline.views.style import UNICODE

if TYPE_CHECKING:
    from sisterline.reports.base import Report

# Everything that Markdown or HTML gives a meaning inside a line, with the mathematics of GitHub and the
# braces of templates.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#!&${}=^])")
# At the beginning of a line also what would be a list, a quotation or a rule.
_FIRST = re.compile(r"^([-+:]|\d+[.)])")
NARROWEST = 3  # characters of a column of a pipe table


def write(report: "Report", out: IO[str], options: WriteOptions) -> str:
    """Write a report as a document, or its main table with some columns."""
    return write_text(out, text(report, options.columns))


def text(report: "Report", columns: tuple[str, ...] = ()) -> str:
    """A report as a document; the main table alone where columns are chosen.

    Raises:
        UsageError: a column has no such name.
    """
    view = view_of(report, UNICODE)
    if columns:
        return _programs_table(view.main, view.main.select(columns))
    document = _Document()
    parts = [part for block in view.blocks for part in document.parts(block)]
    if not parts:
        return _programs_table(view.main, view.main.for_programs())
    return "\n".join(parts)


class _Document:
    """The blocks of one view as parts, with an empty line between them."""

    def __init__(self) -> None:
        self._cited: set[int] = set()

    def parts(self, block: Block) -> Iterator[str]:
        """The parts of a block, each with a line break at its end."""
        match block:
            case Heading():
                yield from _heading(block.text, block.level)
                yield from _paragraph(block.aside)
            case Paragraph():
                yield from _paragraph(" · ".join(block.parts))
            case Facts():
                yield from self._facts(block)
            case Table():
                yield from self._table(block)
            case Bars():
                yield from self._bars(block)
            case Log():
                yield from self._log(block)
            case Lanes():
                yield _lanes_table(block)
            case Diagnostics():
                if block.rows:
                    yield _diagnostics_table(block)
            case Footnotes():
                yield from self._footnotes(block)

    def _cite(self, numbers: Sequence[int]) -> str:
        self._cited.update(numbers)
        return escape(cite(numbers))

    def _facts(self, facts: Facts) -> Iterator[str]:
        if facts.title:
            yield from _heading(facts.title, min(facts.level, 2))
        yield from _paragraph(facts.aside.lstrip("·- "))
        if facts.facts:
            lines = [
                f"- **{escape(fact.label)}**: {escape(fact.text)} {self._cite(fact.cites)}".rstrip()
                for fact in facts.facts
            ]
            yield "\n".join(lines) + "\n"

    def _table(self, table: Table) -> Iterator[str]:
        yield from _heading(table.title, 2)
        yield from _paragraph(table.aside)
        for column in table.for_people():
            if column.cites is not None:
                self._cited.update(number for row in table.rows for number in column.cites(row))
        yield _people_table(table)

    def _bars(self, bars: Bars) -> Iterator[str]:
        yield from _heading(bars.title, 2)
        yield from _paragraph(bars.aside)
        rows = [[escape(label), f"{count:,}"] for label, count in bars.rows]
        yield pipe_table(["", "Count"], rows, numeric=[False, True])

    def _log(self, log: Log) -> Iterator[str]:
        group = ""
        lines: list[str] = []
        before = log.today_first
        for entry in log.entries:
            if entry.future != before:
                lines.append(f"- *{escape(log.today)}*")
            before = entry.future
            if entry.group != group:
                if lines:
                    yield "\n".join(lines) + "\n"
                lines = []
                group = entry.group
                yield from _heading(group, 3)
            lines.append(self._log_line(entry))
        if log.today_last:
            lines.append(f"- *{escape(log.today)}*")
        yield "\n".join(lines) + "\n"

    def _log_line(self, entry: LogEntry) -> str:
        about = f"{escape(entry.about)}: " if entry.about else ""
        return f"- **{escape(entry.date)}** {about}{escape(entry.text)} {self._cite(entry.cites)}".rstrip()

    def _footnotes(self, footnotes: Footnotes) -> Iterator[str]:
        sources = list(footnotes.sources)
        if footnotes.cited_only:
            sources = [source for source in sources if source.number in self._cited]
        if not sources:
            return
        yield from _heading("Sources" if len(sources) > 1 else "Source", 2)
        lines = []
        for source in sources:
            words = f"{escape(f'[{source.number}]')} {escape(source_words(source))}"
            lines.append(f"- {words} {escape(source.url)}".rstrip())
        yield "\n".join(lines) + "\n"


def _heading(text: str, level: int) -> Iterator[str]:
    if text:
        yield f"{'#' * level} {escape(text)}\n"


def _paragraph(text: str) -> Iterator[str]:
    if text:
        yield f"{_FIRST.sub(_escape_first, escape(text))}\n"


def _escape_first(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if not match[0][0].isdigit() else f"{match[0][:-1]}\\{match[0][-1]}"


# --- tables ---------------------------------------------------------------------------------------


def _programs_table(table: Table, columns: Sequence[Column]) -> str:
    """A table as programs have it: names of columns, and their values."""
    readers = [column.reader() for column in columns]
    values = [[read(row) for read in readers] for row in table.rows]
    numeric = [
        bool(values) and all(isinstance(row[n], int | None) for row in values) for n in range(len(columns))
    ]
    head = [column.name.replace("_", " ") for column in columns]
    return pipe_table(head, [[escape_cell(cell) for cell in row] for row in values], numeric=numeric)


def _people_table(table: Table) -> str:
    """A table as people have it; columns that are empty in every row are left out."""
    columns = table.for_people()
    readers = [column.text_reader() for column in columns]
    rows: list[list[str]] = [[escape(read(row).strip()) for read in readers] for row in table.rows]
    kept = [n for n in range(len(columns)) if any(row[n] for row in rows)] or list(range(len(columns)))
    head = ["" if table.headless else escape(columns[n].heading or "") for n in kept]
    numeric = [columns[n].align == "right" for n in kept]
    return pipe_table(head, [[row[n] for n in kept] for row in rows], numeric=numeric)


def _lanes_table(lanes: Lanes) -> str:
    rows = [
        [escape(lane.label), escape_cell(lane.founded), escape(lane.status), str(lane.count)]
        for lane in lanes.lanes
    ]
    head = ["Partnership", "Founded", "Status", lanes.count_heading.capitalize()]
    return pipe_table(head, rows, numeric=[False, True, False, True])


def _diagnostics_table(diagnostics: Diagnostics) -> str:
    rows = [[row.level, escape(row.place), escape(row.message), escape(row.hint)] for row in diagnostics.rows]
    return pipe_table(["Level", "Place", "Message", "Fix"], rows, numeric=[False] * 4)


def pipe_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Sequence[bool]) -> str:
    """A pipe table whose source lines up.

    Args:
        head: the line of headings, escaped.
        rows: as many cells each, escaped.
        numeric: which columns are aligned to the right.
    """
    widths = [
        max([NARROWEST, width(heading), *(width(row[n]) for row in rows)]) for n, heading in enumerate(head)
    ]
    rule = [
        "-" * (size - 1) + ":" if right else "-" * size for size, right in zip(widths, numeric, strict=True)
    ]
    lines = [_aligned(head, widths, numeric), rule, *(_aligned(row, widths, numeric) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _rule(size: int, *, right: bool) -> str:
    return "-" * (size - 1) + ":" if right else "-" * size


def _aligned(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    return [
        pad(cell, size, "right" if right else "left")
        for cell, size, right in zip(cells, widths, numeric, strict=True)
    ]


def escape_cell(cell: Cell) -> str:
    """A value as the text of a cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell) if isinstance(cell, int) else escape(cell)


def escape(text: Any) -> str:
    """A text in which nothing is markup; an address as an automatic link."""
    text = printable(text)
    if re.fullmatch(r"https?://\S+", text):
        return f"<{text.replace('|', '%7C').replace('<', '%3C').replace('>', '%3E')}>"
    return _SPECIAL.sub(r"\\\1", text)
