"""Markdown (GitHub Flavored Markdown): the blocks of a view as a document.

Facts and histories are lists, tables are pipe tables (4.10), sources are a numbered list (5.3) whose numbers
are those of the footnotes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from sisterline.formats.options import Sources, WriteOptions, write_text
from sisterline.text.cells import pad, width
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.translation import listed, ngettext, pgettext
from sisterline.views import view_of
from sisterline.views.blocks import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Footnotes,
    Heading,
    Paragraph,
    Table,
    citations,
    cite_in_text,
    uncited,
)
from sisterline.views.drawings import Bars, Colophon, Lanes, Log, LogEntry, ProblemList
from sisterline.views.labels import chosen_heading, label
from sisterline.views.moments import moment
from sisterline.views.style import UNICODE
from sisterline.views.words import data_words, pair_name, short_source_words, source_words

if TYPE_CHECKING:
    from sisterline.reports.base import Report

# Everything that Markdown or HTML gives a meaning inside a line, with the mathematics of GitHub and the
# braces of templates.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#!&${}=^])")
# At the beginning of a line also what would be a list, a quotation or a rule.
_FIRST = re.compile(r"^([-+:]|\d+[.)])")
_PLAIN = WriteOptions()
PAGE = 80  # characters of a line of a page of paper
MARGIN = 2  # characters that the margins of a cell take on paper
NARROWEST, WIDEST = 3, 60  # cells that a column of a pipe table is filled to; wider texts are not cut


def write(report: "Report", out: IO[str], options: WriteOptions) -> str:
    """Write a report as a document, or its main table with some columns."""
    return write_text(out, text(report, options))


def text(report: "Report", options: WriteOptions = _PLAIN) -> str:
    """A report as a document; the main table alone where columns are chosen.

    Raises:
        UsageError: a column has no such name.
    """
    view = view_of(report, UNICODE)
    if options.columns:
        return _programs_table(view.main, view.main.select(options.columns))
    blocks: Iterable[Block] = view.blocks
    if options.sources == "none":
        blocks = tuple(uncited(blocks))
    cited = {number for block in blocks for number in citations(block)}
    parts = [part for block in blocks for part in _parts(block, cited, options)]
    if not parts:
        parts = [_programs_table(view.main, view.main.for_programs())]
    if report.data is not None:
        parts += _paragraph(_("Data: {data}").format(data=data_words(report.data)))
    return "\n".join(parts)


def _parts(block: Block, cited: set[int], options: WriteOptions) -> Iterator[str]:
    """The parts of a block, each with a line break at its end and an empty line before the next."""
    match block:
        case Heading():
            # Markdown shows several spaces as one.
            yield from _heading(re.sub(" {2,}", " ", block.separator.join(block.parts)), block.level)
            yield from _paragraph(block.aside)
        case Paragraph() if not block.watched_only:
            yield from _paragraph(_capitalized(UNICODE.between.join(block.parts)))
        case Facts():
            yield from _facts(block)
        case Table() if block.rows:
            yield from _heading(block.title, 2)
            yield from _paragraph(block.aside)
            yield _people_table(block)
        case Bars() if block.rows:
            yield from _heading(block.title, 2)
            yield from _paragraph(block.aside)
            rows = [[escape(label), f"{count:,}"] for label, count in block.rows]
            yield pipe_table(["", pgettext("column", "Count")], rows, numeric=[False, True])
        case Log() if block.entries:
            yield from _log(block)
        case Lanes():
            yield _lanes_table(block)
        case ProblemList() if block.rows:
            yield _diagnostics_table(block)
        case Footnotes():
            yield from _footnotes(block, cited, options.sources)
        case Colophon():
            yield _colophon(block)


def _facts(facts: Facts) -> Iterator[str]:
    yield from _heading(facts.title, facts.level)
    yield from _paragraph(_capitalized(facts.aside))
    if facts.facts:
        yield _list(map(_fact_line, facts.facts))


def _fact_line(fact: Fact) -> str:
    # A mark ends the emphasis also before a Chinese or Japanese character (CommonMark, 6.2).
    message = pgettext("a label in bold", "**{label}**: {text}")
    line = message.format(label=escape(_capitalized(fact.label)), text=escape(fact.text))
    return f"{line} {escape(cite_in_text(fact.cites))}"


def _log(log: Log) -> Iterator[str]:
    """The history under its title, a list for each group and one for what is to come."""
    yield from _heading(log.title, 2)
    group = ""
    lines: list[str] = []
    for entry in log.entries:
        own = entry.group
        if entry.future:
            own = _("To come")
        if own != group:
            if lines:
                yield _list(lines)
            lines = []
            group = own
            yield from _heading(group or _("Up to today"), 3)
        lines.append(_log_line(entry))
    yield _list(lines)


def _log_line(entry: LogEntry) -> str:
    line = f"**{escape(entry.date)}**"
    if entry.type:
        line += f" *{escape(entry.type)}*"
    text = escape(entry.text)
    if entry.about:
        message = pgettext("an event of a partnership", "{pair}: {title}")
        text = message.format(pair=escape(entry.about), title=text)
    return f"{line} {text} {escape(cite_in_text(entry.cites))}"


def _list(lines: Iterable[str]) -> str:
    return "".join(f"- {line.rstrip()}\n" for line in lines)


def _footnotes(footnotes: Footnotes, cited: set[int], detail: Sources | None) -> Iterator[str]:
    """Sources as a numbered list; the numbers of what is cited have no gaps, which a list could not show."""
    sources = [source for source in footnotes.sources if source.number in cited or not footnotes.cited_only]
    if not sources:
        return
    title = ngettext("Source", "Sources", len(sources))
    yield from _heading(title, 2)
    words = source_words
    if detail == "short" or (detail is None and footnotes.brief):
        words = short_source_words
    lines = [f"{source.number}. {escape(words(source))} {escape(source.url)}".rstrip() for source in sources]
    yield "\n".join(lines) + "\n"


def _colophon(block: Colophon) -> str:
    """What the dates of a document count from and mean."""
    words = _("As of {date}.").format(date=moment(block.today))
    if block.signs:
        words = _("As of {date}. In dates: {signs}.").format(
            date=moment(block.today), signs=listed(block.signs)
        )
    return escape(words) + "\n"


def _heading(text: str, level: int) -> Iterator[str]:
    if text:
        yield f"{'#' * level} {escape(text)}\n"


def _paragraph(text: str) -> Iterator[str]:
    if text:
        yield f"{_FIRST.sub(_escape_first, escape(text))}\n"


def _capitalized(text: str) -> str:
    """A remark as a sentence of a document."""
    return text[:1].upper() + text[1:]


def _escape_first(match: re.Match[str]) -> str:
    """A sign escaped, or the sign after a number."""
    return f"{match[0][:-1]}\\{match[0][-1]}"


# --- tables ---------------------------------------------------------------------------------------


def _programs_table(table: Table, columns: Sequence[Column]) -> str:
    """A table as programs have it: names of columns, and their values."""
    readers = [column.chosen_reader() for column in columns]
    values = [[read(row) for read in readers] for row in table.rows]
    numeric = [
        bool(values) and all(isinstance(row[n], int | float | None) for row in values)
        for n in range(len(columns))
    ]
    head = [chosen_heading(column.name) for column in columns]
    return pipe_table(head, [[escape_cell(cell) for cell in row] for row in values], numeric=numeric)


def _people_table(table: Table) -> str:
    """A table as people have it; columns that are empty in every row are left out."""
    columns = table.for_documents()
    readers = [column.text_reader(in_text=True) for column in columns]
    rows: list[list[str]] = [[escape(read(row).strip()) for read in readers] for row in table.rows]
    kept = [n for n in range(len(columns)) if any(row[n] for row in rows)] or list(range(len(columns)))
    head = ["" if table.headless else escape(columns[n].heading or "") for n in kept]
    numeric = [columns[n].align == "right" for n in kept]
    return pipe_table(head, [[row[n] for n in kept] for row in rows], numeric=numeric)


def _lanes_table(lanes: Lanes) -> str:
    rows = [
        [
            escape(pair_name(lane.partnership, UNICODE)),
            escape_cell(lane.founded),
            escape(label("status", lane.partnership.status)),
            str(lane.events),
        ]
        for lane in lanes.lanes
    ]
    head = [
        pgettext("column", "Partnership"),
        pgettext("column", "Founded"),
        pgettext("column", "Status"),
        _capitalized(lanes.count_heading),
    ]
    numeric = [False, True, False, True]
    announced = [sum(count for _, count in lane.announced) for lane in lanes.lanes]
    if any(announced):
        head.append(pgettext("column", "Announced"))
        numeric.append(True)
        rows = [[*row, str(count)] for row, count in zip(rows, announced, strict=True)]
    return pipe_table(head, rows, numeric=numeric)


def _diagnostics_table(diagnostics: ProblemList) -> str:
    rows = [
        [
            label("severity", row.level),
            *map(escape, (row.problem.place, row.problem.message, row.problem.hint)),
        ]
        for row in diagnostics.rows
    ]
    head = [
        pgettext("column of problems", "Level"),
        pgettext("column of problems", "Place"),
        pgettext("column", "Message"),
        pgettext("column", "Fix"),
    ]
    return pipe_table(head, rows, numeric=[False] * 4)


def pipe_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Sequence[bool]) -> str:
    """A pipe table whose source lines up.

    Args:
        head: the line of headings, escaped.
        rows: as many cells each, escaped.
        numeric: which columns are aligned to the right.
    """
    widths = [
        min(WIDEST, max([NARROWEST, width(heading), *(width(row[n]) for row in rows)]))
        for n, heading in enumerate(head)
    ]
    least = [
        max(NARROWEST, _longest_word([heading, *(row[n] for row in rows)])) for n, heading in enumerate(head)
    ]
    rule = [
        pad("-" * (dashes - right) + ":" * right, size)
        for dashes, size, right in zip(_dashes(widths, least), widths, numeric, strict=True)
    ]
    lines = [_aligned(head, widths, numeric), rule, *(_aligned(row, widths, numeric) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _dashes(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """The dashes below each heading: pandoc gives the columns of a wide table widths in their proportion.

    The widest columns get fewer until the table fits a page, but none fewer than its longest word takes.
    """
    sizes = list(widths)
    while sum(sizes) + MARGIN * len(sizes) > PAGE:
        widest = max(
            (n for n in range(len(sizes)) if sizes[n] > least[n]), key=sizes.__getitem__, default=None
        )
        if widest is None:
            break
        sizes[widest] -= 1
    return sizes


def _longest_word(cells: Iterable[str]) -> int:
    """The cells that the longest word of a column takes on paper."""
    words = (word for cell in cells for word in cell.replace("\\", "").split())
    return max(map(width, words), default=0)


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
    return str(cell) if isinstance(cell, int | float) else escape(cell)


def escape(text: Any) -> str:
    """A text in which nothing is markup; an address as an automatic link."""
    text = printable(text)
    if re.fullmatch(r"https?://\S+", text):
        return f"<{text.replace('|', '%7C').replace('<', '%3C').replace('>', '%3E')}>"
    return _SPECIAL.sub(r"\\\1", text)
