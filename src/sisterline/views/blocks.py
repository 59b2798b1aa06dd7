"""What a view is made of, whatever format it is written in: headings, tables, histories, footnotes.

A view describes a report once. The terminal lays its blocks out, CSV and TSV take its main table,
Markdown takes all blocks as a document.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from sisterline.errors import UsageError, closest_or_all, with_fix
from sisterline.translation import active_language
from sisterline.translation import gettext as _
from sisterline.views.drawings import Bars, Colophon, Lanes, Log, ProblemList
from sisterline.views.labels import label
from sisterline.views.roles import Role

Cell = str | int | float | bool | None
Text = Callable[[Any], str]  # a row or a value -> what people read of it
Align = Literal["left", "right"]


class Column(Struct, frozen=True, kw_only=True):
    """One column of a table, for programs and for people.

    Attributes:
        name: what `--columns` and the formats for programs call it; empty where only people have it.
        path: attributes that lead from a row to the value, joined by dots; the name where it is empty.
            A None on the way is an empty value.
        value: the cell for programs, where no path leads to it.
        heading: above it for people; None where only programs have it.
        document_heading: above it in a document, where that is another; empty for a column that documents
            leave out.
        named_by_heading: whether its heading names it in other languages than English, because the words of
            its name mean another thing in another table.
        show: how people read the value; nothing of a None.
        text: the cell for people of a row, where it is made of more than the value.
        value_where_narrow: whether people read the value itself where there is little room.
        cites: the footnote numbers that a row cites in this column.
        codes: the vocabulary of its values (`labels.label`), whose words people read; empty for none.
        style: its role, which decides how it looks on a terminal.
        align: of its cells and its heading.
        drop_order: columns of the highest number are dropped first where the width does not hold all,
            together if several have the same; those of 0 only where their least widths are too wide.
        min_width: cells that it may be cut to where the columns that stay are still too wide; 0 where its
            cells are never cut, as of dates and numbers, of which a part would be another one. Footnotes
            are never cut: they continue in the lines below.
        shrink_to: cells that it may be cut to before another column is dropped; 0 for its whole width.
        wrap: whether a text that is too long continues in the lines below instead of being cut.
    """

    name: str = ""
    path: str = ""
    value: Callable[[Any], Cell] | None = None
    heading: str | None = None
    document_heading: str | None = None
    named_by_heading: bool = False
    show: Text | None = None
    text: Text | None = None
    value_where_narrow: bool = False
    cites: Callable[[Any], Sequence[int]] | None = None
    codes: str = ""
    style: Role = ""
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

    def text_reader(self, *, narrow: bool = False, in_text: bool = False) -> Text:
        """A function from a row to what people read.

        Args:
            narrow: whether there is little room.
            in_text: whether footnotes are written as in a text.
        """
        if self.cites is not None:
            return _shown(self.cites, cite_in_text if in_text else cite)
        if self.text is not None:
            return self.text
        if self.show is not None and not (narrow and self.value_where_narrow):
            return _shown(self.reader(), self.show)
        if self.codes:
            return self._labels()
        return _shown(self.reader(), str)

    def chosen_reader(self) -> Callable[[Any], Cell]:
        """A function from a row to its cell where people chose the column by its name for programs.

        In English the codes of a vocabulary are words, and are left as options take them.
        """
        if self.codes and active_language() != "en":
            return self._labels()
        return self.reader()

    def _labels(self) -> Text:
        """A function from a row to the words of its code."""
        read, vocabulary = self.reader(), self.codes

        def in_words(row: Any) -> str:
            return label(vocabulary, str(read(row) or ""))

        return in_words


def _shown(read: Callable[[Any], Any], show: Text) -> Text:
    """A function from a row to a value of it as people read it."""

    def shown(row: Any) -> str:
        value = read(row)
        return "" if value is None else show(value)

    return shown


class Heading(Struct, frozen=True, kw_only=True):
    """A line above what follows.

    Attributes:
        parts: remarks between which the line is broken before it is broken inside one.
        separator: between two parts in one line.
        aside: a quiet remark after it.
        level: 1 for the title of the view, 2 for a part.
        tight: whether it follows the block before it without an empty line.
    """

    parts: tuple[str, ...]
    separator: str = " "
    aside: str = ""
    level: int = 2
    tight: bool = False


class Paragraph(Struct, frozen=True, kw_only=True):
    """A text of its own: by default a quiet remark.

    Attributes:
        parts: remarks between which a line is broken before it is broken inside one.
        separator: between two parts in one line.
        style: its role, which decides how it looks on a terminal.
        indent: cells before it.
        hint: an option that shows more, which only a terminal names.
        tight: whether it follows the block before it without an empty line.
        watched_only: whether it is only for somebody who watches a terminal, not for a pipe or a file.
    """

    parts: tuple[str, ...]
    separator: str = "   "
    style: Role = "minor"
    indent: int = 2
    hint: str = ""
    tight: bool = False
    watched_only: bool = False


class Fact(Struct, frozen=True):
    """A label, what it says, and the footnotes that it cites."""

    label: str
    text: str
    cites: tuple[int, ...] = ()


class Facts(Struct, frozen=True, kw_only=True):
    """Labelled facts about one thing.

    Attributes:
        title: what they are about; empty where the heading above says so.
        aside: a remark after the title, in the same line where there is room.
        facts: in order.
        level: of the title: 1 for the title of the view, 2 for a part, 3 for a part of a part.
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
        sentence: a row in words without its footnotes, for widths in which numbers would be cut.
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
                problem = _('--columns: unknown column "{name}"').format(name=name)
                raise UsageError(with_fix(problem, closest_or_all(name, columns)))
        return tuple(columns[name] for name in names) or self.for_programs()

    def for_programs(self) -> tuple[Column, ...]:
        """The columns that programs have."""
        return tuple(column for column in self.columns if column.name)

    def for_people(self) -> tuple[Column, ...]:
        """The columns that people have."""
        return tuple(column for column in self.columns if column.heading is not None)

    def for_documents(self) -> tuple[Column, ...]:
        """The columns that documents have, under their headings there."""
        columns = []
        for column in self.for_people():
            heading = column.document_heading
            if heading:
                column = replace(column, heading=heading)
            if heading != "":
                columns.append(column)
        return tuple(columns)


class Footnotes(Struct, frozen=True):
    """Sources by their numbers; a format lists those that what it wrote cites.

    Attributes:
        sources: `SourceRef`s.
        cited_only: whether sources that no block cites are left out.
        brief: whether each has one line unless somebody asks for more.
    """

    sources: Sequence[Any]
    cited_only: bool = True
    brief: bool = False


Block = Heading | Paragraph | Facts | Table | Bars | Log | Lanes | ProblemList | Footnotes | Colophon


class View(Struct, frozen=True, kw_only=True):
    """A report described for every format.

    Attributes:
        blocks: for people, in order.
        main: the table that programs take.
        counted: how many rows the main table has, and of how many; empty where the blocks say more.
        tables: further tables for programs.
    """

    blocks: tuple[Block, ...]
    main: Table
    counted: str = ""
    tables: tuple[Table, ...] = field(default_factory=tuple)


def count_line(counted: str, *, indent: int = 0, tight: bool = True) -> Paragraph:
    """How many rows there are, below them, for somebody who watches."""
    return Paragraph(parts=(counted,), indent=indent, tight=tight, watched_only=True)


def citations(block: Block) -> Iterator[int]:
    """The footnotes that a block cites where all of it is written, in order, some of them repeatedly."""
    match block:
        case Facts():
            for fact in block.facts:
                yield from fact.cites
        case Log():
            for entry in block.entries:
                yield from entry.cites
        case Table():
            for column in block.for_people():
                if column.cites is not None:
                    for row in block.rows:
                        yield from column.cites(row)


def uncited(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks without the marks that cite sources, and without the footnotes that these lead to."""
    for block in blocks:
        match block:
            case Facts():
                yield replace(block, facts=tuple(replace(fact, cites=()) for fact in block.facts))
            case Log():
                yield replace(block, entries=tuple(replace(entry, cites=()) for entry in block.entries))
            case Table():
                yield replace(block, columns=tuple(each for each in block.columns if each.cites is None))
            case Footnotes() if block.cited_only:
                pass
            case _:
                yield block


def cite(numbers: Sequence[int]) -> str:
    """The footnote marks of sources in a column of their own: [1][3]."""
    return "".join(f"[{number}]" for number in numbers)


def cite_in_text(numbers: Sequence[int]) -> str:
    """The footnote marks of sources after a text: [1] [3], in Chinese and Japanese [1][3]."""
    separator = " " if active_language() == "en" else ""
    return separator.join(f"[{number}]" for number in numbers)
