"""What a view is made of, whatever format it is written in: headings, tables, histories, footnotes.

A view describes a report once. The terminal lays its blocks out, CSV and TSV take its main table,
Markdown takes all blocks as a document.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Literal

from msgspec import Struct, field

from sisterline.errors import UsageError
from sisterline.text.matching import closest_match

Cell = str | int | bool | None
Text = Callable[[Any], str]  # a row -> what people read of it
Align = Literal["left", "right"]


class Column(Struct, frozen=True, kw_only=True):
    """One column of a table, for programs and for people.

    Attributes:
        name: what `--columns` and the formats for programs call it; empty where only people have it.
        path: attributes that lead from a row to the value, joined by dots; the name where it is empty.
            A None on the way is an empty value.
        value: the cell for programs, where no path leads to it.
        heading: above it for people; None where only programs have it.
        text: the cell for people, where it is not the value.
        narrow_text: the same where there is little room.
        cites: the footnote numbers that a row cites in this column.
        style: a name of a style of the terminal.
        align: of its cells and its heading.
        drop_order: columns of the highest number are dropped first where the width does not hold all;
            0 is never dropped.
        min_width: cells that it may be cut to where the columns that stay are still too wide.
        shrink_to: cells that it may be cut to before another column is dropped; 0 for its whole width.
        wrap: whether a text that is too long continues in the lines below instead of being cut.
    """

    name: str = ""
    path: str = ""
    value: Callable[[Any], Cell] | None = None
    heading: str | None = None
    text: Text | None = None
    narrow_text: Text | None = None
    cites: Callable[[Any], Sequence[int]] | None = None
    style: str = ""
    align: Align = "left"
    drop_order: int = 0
    min_width: int = 8
    shrink_to: int = 0
    wrap: bool = False

    def reader(self) -> Callable[[Any], Cell]:
        """A function from a row to its cell for programs."""
        if self.value is not None:
            return self.value
        get = attrgetter(self.path or self.name)

        def read(row: Any) -> Cell:
            try:
                cell: Cell = get(row)
            except AttributeError:  # a None on the way
                return None
            return cell

        return read

    def text_reader(self, *, narrow: bool = False) -> Text:
        """A function from a row to what people read."""
        if narrow and self.narrow_text is not None:
            return self.narrow_text
        if self.cites is not None:
            cited = self.cites

            def cite_row(row: Any) -> str:
                return cite(cited(row))

            return cite_row
        if self.text is not None:
            return self.text
        read = self.reader()

        def shown(row: Any) -> str:
            cell = read(row)
            return "" if cell is None else str(cell)

        return shown


class Heading(Struct, frozen=True):
    """A line above what follows.

    Attributes:
        text: of it.
        aside: a quiet remark after it.
        level: 1 for the title of the view, 2 for a part.
        tight: whether it follows the block before it without an empty line.
    """

    text: str
    aside: str = ""
    level: int = 2
    tight: bool = False


class Paragraph(Struct, frozen=True, kw_only=True):
    """A text of its own: by default a quiet remark.

    Attributes:
        parts: remarks that are never broken in two, as many in a line as there is room for.
        style: a name of a style of the terminal.
        indent: cells before it.
        tight: whether it follows the block before it without an empty line.
    """

    parts: tuple[str, ...]
    style: str = "dim"
    indent: int = 2
    tight: bool = False


class Fact(Struct, frozen=True):
    """A label, what it says, and the footnotes that it cites."""

    label: str
    text: str
    cites: tuple[int, ...] = ()


class Facts(Struct, frozen=True, kw_only=True):
    """Labelled facts about one thing.

    Attributes:
        title: what they are about; empty where the heading above says so.
        aside: more about it, in the same line.
        facts: in order.
        level: 2 where the title is a heading, 3 where it is a part of a list.
        indent: cells before the facts.
        tight: whether they follow the block before without an empty line.
    """

    title: str = ""
    aside: str = ""
    facts: tuple[Fact, ...] = ()
    level: int = 2
    indent: int = 2
    tight: bool = False


class Table(Struct, frozen=True, kw_only=True):
    """Rows under columns.

    Attributes:
        name: of its rows, for programs and files.
        title: above it for people; empty where a heading is.
        aside: a quiet remark after the title.
        columns: for programs and for people, in order.
        rows: any values that the columns can read.
        indent: cells before it.
        headless: whether people need no line of headings.
        sentence: a row in words, for widths in which numbers would be cut.
        sentence_below: the width below which sentences are written; 0 for never.
        tight: whether it follows the block before it without an empty line.
    """

    name: str
    title: str = ""
    aside: str = ""
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    indent: int = 0
    headless: bool = False
    sentence: Text | None = None
    sentence_below: int = 0
    tight: bool = False

    def select(self, names: tuple[str, ...]) -> tuple[Column, ...]:
        """The columns for programs of some names, in the order given; all where none is named.

        Raises:
            UsageError: a column has no such name.
        """
        columns = {column.name: column for column in self.for_programs()}
        for name in names:
            if name not in columns:
                suggestion = closest_match(name, columns, "did you mean {}?")
                hint = suggestion or f"choose from {', '.join(columns)}"
                raise UsageError(f'--columns: unknown column "{name}"; {hint}')
        return tuple(columns[name] for name in names) or self.for_programs()

    def for_programs(self) -> tuple[Column, ...]:
        """The columns that programs have."""
        return tuple(column for column in self.columns if column.name)

    def for_people(self) -> tuple[Column, ...]:
        """The columns that people have."""
        return tuple(column for column in self.columns if column.heading is not None)


class Bars(Struct, frozen=True, kw_only=True):
    """Labels with counts, drawn as bars in proportion.

    Attributes:
        title: above them.
        aside: a quiet remark after the title.
        rows: label and count.
    """

    title: str
    aside: str = ""
    rows: tuple[tuple[str, int], ...]


class LogEntry(Struct, frozen=True, kw_only=True):
    """One line of a history.

    Attributes:
        date: when, as EDTF, shortened for people.
        group: the heading that it belongs under; empty for none.
        gap: years of silence before it, in words; empty where they are few.
        mark: the sign before it.
        style: of the sign.
        type: what sort of thing happened; empty for what is computed.
        about: the partnership, where there are several.
        text: what happened.
        text_style: of the text.
        cites: footnotes.
        future: whether it lies after today.
    """

    date: str
    group: str = ""
    gap: str = ""
    mark: str
    style: str
    type: str = ""
    about: str = ""
    text: str
    text_style: str = ""
    cites: tuple[int, ...] = ()
    future: bool = False


class Log(Struct, frozen=True, kw_only=True):
    """A history: dated lines under headings, with a line for today.

    Attributes:
        entries: in order.
        today: the line of today, in words.
        today_first: whether what comes first lies after today, so that the line is due only below it.
        today_last: whether the line of today follows the last entry, if it was not due before.
    """

    entries: tuple[LogEntry, ...]
    today: str
    today_first: bool
    today_last: bool


class Lanes(Struct, frozen=True, kw_only=True):
    """A lane per row on one axis of years.

    Attributes:
        first: the first year of the axis.
        last: the last year of it.
        lanes: in order.
        count_heading: above the counts at the end of the lanes.
        legend: what the signs of the lanes mean, for formats that draw them.
    """

    first: int
    last: int
    lanes: "tuple[LaneRow, ...]"
    count_heading: str
    legend: tuple[str, ...]


class LaneRow(Struct, frozen=True, kw_only=True):
    """One lane.

    Attributes:
        label: whose it is.
        founded: the year that the lane begins; None for no lane.
        years: (year, number of events).
        changes: (year, status) where the status becomes another.
        status: the status today.
        count: at the end of the lane.
    """

    label: str
    founded: int | None
    years: tuple[tuple[int, int], ...]
    changes: tuple[tuple[int, str], ...]
    status: str
    count: int


class Diagnostic(Struct, frozen=True, kw_only=True):
    """A problem or a warning of a data file, one line of any length.

    Attributes:
        level: `problem` or `warning`.
        place: path, line and column as editors read them.
        message: what is wrong.
        hint: how to fix it.
        excerpt: the line of the file; empty where it is not shown.
        line: number of the excerpt.
        column: of the problem in the excerpt, from 1.
    """

    level: Literal["problem", "warning"]
    place: str
    message: str
    hint: str = ""
    excerpt: str = ""
    line: int = 0
    column: int = 0


class Diagnostics(Struct, frozen=True):
    """Problems and warnings."""

    rows: tuple[Diagnostic, ...]


class Footnotes(Struct, frozen=True):
    """Sources by their numbers; a format lists those that what it wrote cites.

    Attributes:
        sources: `SourceRef`s.
        cited_only: whether sources that no block cites are left out.
    """

    sources: Sequence[Any]
    cited_only: bool = True


Block = Heading | Paragraph | Facts | Table | Bars | Log | Lanes | Diagnostics | Footnotes


class View(Struct, frozen=True, kw_only=True):
    """A report described for every format.

    Attributes:
        blocks: for people, in order.
        main: the table that programs take.
        tables: further tables for programs.
    """

    blocks: tuple[Block, ...]
    main: Table
    tables: tuple[Table, ...] = field(default_factory=tuple)


def cite(numbers: Sequence[int]) -> str:
    """The footnote marks of sources: [1][3]."""
    return "".join(f"[{number}]" for number in numbers)
