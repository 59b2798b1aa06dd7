"""Files and sheets read into one draft, with a summary of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from sisterline.country_codes import CODES
from sisterline.errors import (
    SisterlineError,
    UnknownName,
    UnreadableError,
    UsageError,
    closest_or_all,
    with_fix,
)
from sisterline.importing.delimited import read_delimited
from sisterline.importing.draft import Draft, Outcome
from sisterline.importing.fields import REQUIRED, Shape
from sisterline.importing.headers import Layout, find_layout
from sisterline.importing.names import PlaceFinder
from sisterline.importing.records import RecordMaker
from sisterline.importing.tables import Table
from sisterline.importing.workbooks import is_workbook, read_workbook
from sisterline.model import Dataset
from sisterline.query.places import find_country, find_places
from sisterline.reading.encoding import binary_kind, read_bytes
from sisterline.reading.files import STDIN, STDIN_NAME, display_path, read_stdin
from sisterline.translation import gettext as _
from sisterline.translation import listed, ngettext, pgettext

_ORDER = ("partnerships", "events", "exchanges")  # a new partnership comes before what is in it


class ImportOptions(Struct, frozen=True, kw_only=True):
    """How to read tables.

    Attributes:
        sheets: the names of the only sheets to read; empty for all that are visible.
        maps: for fields the name, the letters or the number of their column.
        shape: what all rows are; None to find it from the columns of each table.
        cities: the own city for rows that name none, and a partner for those that name none.
        country: of new places, by its code or name; empty if it is unknown.
    """

    sheets: tuple[str, ...] = ()
    maps: Mapping[str, str]
    shape: Shape | None = None
    cities: tuple[str, ...] = ()
    country: str = ""


class Imported(Struct, frozen=True, kw_only=True):
    """What an import found.

    Attributes:
        draft: the records.
        summaries: a line for each table, and one for each sheet that was not read.
        total: how many rows of all tables became what.
    """

    draft: Draft
    summaries: tuple[str, ...]
    total: Counter[Outcome]


def import_files(dataset: Dataset, paths: Sequence[Path], options: ImportOptions) -> Imported:
    """Read files into one draft.

    Args:
        dataset: the known places and partnerships.
        paths: text files and workbooks; STDIN is standard input.
        options: how to read them.

    Raises:
        SisterlineError: a file cannot be read, no table in it has columns that are known, or a name of the
            options is unknown.
    """
    for city in options.cities:
        find_places(dataset, city)
    finder = PlaceFinder(dataset, country=_country_code(dataset, options.country))
    tables = _chosen(_read_tables(paths), options.sheets)
    draft = Draft()
    layouts, skipped = _layouts(tables, options)
    maker = RecordMaker(dataset, finder, draft, options.cities)
    total: Counter[Outcome] = Counter()
    summaries = []
    for table, layout in layouts:
        outcomes = maker.add_table(table, layout)
        total += outcomes
        summaries.append(_summary(table, layout, outcomes))
    draft.notes += skipped
    return Imported(draft=draft, summaries=(*summaries, *skipped), total=total)


def _country_code(dataset: Dataset, name: str) -> str:
    """The code of a country, which need not be in the data."""
    try:
        return find_country(dataset, name) if name else ""
    except UnknownName as error:
        if name in CODES:
            return name
        raise UsageError(with_fix(f"--country: {error}", _("or write a code of ISO 3166-1, as JP"))) from None


# --- tables ---------------------------------------------------------------------------------------


def _read_tables(paths: Sequence[Path]) -> list[Table]:
    """The tables of all files, whatever their names end with.

    Raises:
        SisterlineError: a file cannot be read.
    """
    tables = []
    for path in paths:
        try:
            if path == STDIN:
                tables += _tables_of(read_stdin(), STDIN_NAME)
            else:
                name = display_path(path)
                tables += _tables_of(read_bytes(path, name), name)
        except UnreadableError as error:
            raise SisterlineError(str(error)) from None
    return tables


def _tables_of(data: bytes, name: str) -> list[Table]:
    if is_workbook(data):
        return read_workbook(data, name)
    if kind := binary_kind(data):
        hint = _("name a CSV, TSV, XLSX, XLS or ODS file")
        raise UnreadableError(name, _("this is {kind}").format(kind=_(kind)), hint)
    return [read_delimited(data, name)]


def _chosen(tables: list[Table], sheets: tuple[str, ...]) -> list[Table]:
    """The tables to read: of workbooks only those sheets that are named, if any are.

    Raises:
        UsageError: no workbook has a sheet of a name.
    """
    if not sheets:
        return tables
    known = list(dict.fromkeys(table.sheet for table in tables if table.sheet))
    for sheet in sheets:
        if sheet not in known:
            problem = _('--sheet: no sheet is called "{sheet}"').format(sheet=sheet)
            raise UsageError(with_fix(problem, closest_or_all(sheet, known)))
    return [table for table in tables if not table.sheet or table.sheet in sheets]


def _layouts(tables: list[Table], options: ImportOptions) -> tuple[list[tuple[Table, Layout]], list[str]]:
    """The tables that can be read with their layouts, partnerships first, and notes on the others.

    Raises:
        SisterlineError: there is none.
    """
    found: list[tuple[Table, Layout]] = []
    skipped: list[str] = []
    for table in tables:
        try:
            found.append((table, _layout_of(table, options)))
        except SisterlineError as error:
            skipped.append(str(error))
    if not found:
        raise SisterlineError(skipped[0] if skipped else _("there is no sheet"))
    return sorted(found, key=lambda each: _ORDER.index(each[1].shape)), skipped


def _layout_of(table: Table, options: ImportOptions) -> Layout:
    """The layout of a table.

    Raises:
        SisterlineError: the table is hidden or empty, or a column is missing.
    """
    name = table.name
    if table.hidden and not options.sheets:
        message = _("{name}: not read, because it is hidden; read it with --sheet")
        raise SisterlineError(message.format(name=name))
    if not table.rows:
        raise SisterlineError(_("{name}: not read, because it is empty").format(name=name))
    layout = find_layout(table, options.maps, options.shape)
    if layout is None:
        message = _("{name}: not read: no row has names of columns; name them with --map date=B")
        raise SisterlineError(message.format(name=name))
    fields = layout.columns.keys()
    for field in REQUIRED[layout.shape]:
        if field not in fields:
            message = _(
                "{name}: not read: no column for {field}, which {shape} need; name it with --map {field}=B"
            )
            raise SisterlineError(message.format(name=name, field=field, shape=layout.shape))
    problem = hint = ""
    if not fields & {"partner", "from", "to"} and len(options.cities) < 2:
        problem = _("{name}: not read: no column for the partner")
        hint = _("name it with --map partner=B, or both cities with --city twice")
    elif "city" not in fields and not {"from", "to"} <= fields and not options.cities:
        problem = _("{name}: not read: no column for your own city")
        hint = _("say whose list it is with --city, or name the column with --map city=B")
    if problem:
        raise SisterlineError(with_fix(problem.format(name=name), hint))
    return layout


# --- summaries ------------------------------------------------------------------------------------


def _summary(table: Table, layout: Layout, outcomes: Counter[Outcome]) -> str:
    """One line about a table: how it was read, and what became of its rows."""
    name = table.name
    if table.encoding:
        name += f" ({table.encoding})"
    where = _("{shape} below row {number}").format(shape=layout.shape, number=layout.header)
    if not layout.header:
        where = _("{shape} without a header").format(shape=layout.shape)
    text = _("{table}: {where}: {rows}").format(table=name, where=where, rows=count_rows(outcomes))
    unread = [layout.label(column) for column in layout.headers if column not in layout.columns.values()]
    if unread:
        kept = _("columns kept as comments: {list}").format(list=listed(unread))
        text = pgettext("two remarks", "{one}; {other}").format(one=text, other=kept)
    return text


def count_rows(outcomes: Counter[Outcome]) -> str:
    """How many rows were read, and how many of them became what."""
    parts = [
        _("{count} taken").format(count=f"{outcomes['taken']:,}"),
        _("{count} doubtful").format(count=f"{outcomes['doubtful']:,}"),
        _("{count} left as comments").format(count=f"{outcomes['left']:,}"),
    ]
    if outcomes["known"]:
        parts.insert(2, _("{count} known already").format(count=f"{outcomes['known']:,}"))
    read = outcomes.total()
    message = ngettext("{count} row read: {list}", "{count} rows read: {list}", read)
    return message.format(count=f"{read:,}", list=listed(parts))
