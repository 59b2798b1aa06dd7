"""The columns of tidy tables, made from the fields of records: a field that is added gets its columns.

A text that may be given by language has one column in English, or else in its first language, and one for
each other language. A date has its EDTF text, the first and the last day that it may mean, and its precision.
Records in a record become columns of its row; lists of records and of sources become tables of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Any, Literal, NamedTuple

from msgspec import Struct, inspect, structs

from sisterline.coordinates import Coordinates
from sisterline.dates import Date, Period, first_day_text, last_day_text
from sisterline.language import localized
from sisterline.reading.schema import Field, fields_of, without_metadata
from sisterline.vocabulary import LocalizedText

ColumnType = Literal["string", "integer", "number", "boolean", "date", "array"]
Read = Callable[[Any], Any]

PRECISIONS = ("day", "month", "year")
# The dates that rows are about: the columns of their days need no prefix.
_MAIN_DATES = ("since", "date", "period", "as_of")
_UNPREFIXED = ("identifiers", "derived")  # records whose fields are columns under their own names
_UNITS = {"population": "people", "latitude": "degree", "longitude": "degree", "distance": "km"}


class Column(Struct, frozen=True, kw_only=True):
    """A column of a tidy table.

    Attributes:
        name: in the first line of the file.
        type: as Table Schema calls it.
        description: what it holds, in English.
        read: returns its value of a row: None, text, a number, a boolean or a tuple of texts.
        required: whether every row has a value.
        choices: the values that it may have; empty if there is no closed list.
        refers_to: the table whose ids it holds; empty if it holds none.
    """

    name: str
    type: ColumnType
    description: str
    read: Read
    required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str = ""

    @property
    def unit(self) -> str:
        """The unit of its numbers; empty if they have none, or if another column names it."""
        return _UNITS.get(self.name, "")


class _At(NamedTuple):
    """The name of a column, the attributes that lead to its value, and whether that may be absent."""

    name: str
    path: str
    optional: bool = False


def record_columns(
    record: type[Struct], rows: Sequence[Any] = (), *, attribute: str = "record", prefix: str = ""
) -> Iterator[Column]:
    """The columns of all fields of a record.

    Args:
        record: its type.
        rows: those of the table, by whose texts the languages are known.
        attribute: the attribute of a row that is the record, or a path of attributes.
        prefix: begins the names of the columns.
    """
    fields = fields_of(record)
    for each in structs.fields(record):
        at = _At(f"{prefix}{each.name}", f"{attribute}.{each.name}", optional="." in attribute)
        yield from _columns(at, fields[each.encode_name], rows)


def _columns(at: _At, field: Field, rows: Sequence[Any]) -> Iterator[Column]:
    if field.record is not None:
        if not field.many:
            prefix = "" if at.name in _UNPREFIXED else f"{at.name}_"
            for column in record_columns(field.record, rows, attribute=at.path, prefix=prefix):
                # The count of a population is the population.
                yield structs.replace(column, name=column.name.removesuffix("_count"))
        return
    kinds = [without_metadata(kind) for kind in field.types]
    if field.section == "sources" and any(isinstance(kind, inspect.VarTupleType) for kind in kinds):
        return  # each is a row of the citations
    if any(isinstance(kind, inspect.DictType) for kind in kinds):
        yield from _texts(at, field, rows)
    elif isinstance(kinds[0], inspect.StructType):
        yield from _PARSED[kinds[0].cls](at, field)
    elif isinstance(kinds[0], inspect.TupleType):
        yield from _pair(at, field)
    else:
        yield _single(at, field, kinds[0])


_TYPES: dict[type[inspect.Type], ColumnType] = {
    inspect.BoolType: "boolean",
    inspect.IntType: "integer",
    inspect.FloatType: "number",
    inspect.VarTupleType: "array",
}


def _single(at: _At, field: Field, kind: inspect.Type) -> Column:
    found = _TYPES.get(type(kind), "string")
    return Column(
        name=at.name,
        type=found,
        description=field.description,
        read=reader(at.path),
        required=(field.required or found == "boolean") and not at.optional,
        choices=field.choices,
        refers_to=field.section,
    )


def _texts(at: _At, field: Field, rows: Sequence[Any]) -> Iterator[Column]:
    """A text in English or its first language, and in each other language that it is given in."""
    get = reader(at.path)
    given = (get(row) for row in rows)
    tags = sorted({tag for text in given if isinstance(text, dict) for tag in text} - {"en"})
    yield Column(
        name=at.name,
        type="string",
        description=field.description,
        read=_converted(at.path, _main_text),
        required=field.required and not at.optional,
    )
    for tag in tags:
        yield Column(
            name=f"{at.name}_{tag.lower().replace('-', '_')}",
            type="string",
            description=f"{field.description}; in the language {tag}",
            read=_converted(at.path, _in_language(tag)),
        )


def _dates(at: _At, field: Field) -> Iterator[Column]:
    """A date as EDTF, its first and last day, and its precision."""
    prefix = f"{at.name}_"
    if at.name in _MAIN_DATES:
        prefix = ""
    required = field.required and not at.optional
    yield Column(
        name=at.name,
        type="string",
        description=f"{field.description}, in EDTF",
        read=_converted(at.path, str),
        required=required,
    )
    ends: dict[str, tuple[str, Read]] = {
        "first_day": ("first", first_day_text),
        "last_day": ("last", last_day_text),
    }
    for name, (which, convert) in ends.items():
        yield Column(
            name=f"{prefix}{name}",
            type="date",
            description=f"the {which} day that {at.name} may mean; empty if that is open",
            read=_converted(at.path, convert),
        )
    yield Column(
        name=f"{prefix}precision",
        type="string",
        description=f"how exactly {at.name} is known: to the day, the month or the year; "
        "of an interval, its less exact end",
        read=_converted(at.path, _precision),
        required=required,
        choices=PRECISIONS,
    )


def _coordinates(at: _At, _: Field) -> Iterator[Column]:
    for name, attribute in (("latitude", "lat"), ("longitude", "lon")):
        yield Column(
            name=name,
            type="number",
            description=f"{name} in degrees of WGS 84",
            read=reader(f"{at.path}.{attribute}"),
        )


def _pair(at: _At, field: Field) -> Iterator[Column]:
    """The two places or countries that a record is about."""
    names = ("country", "other")
    if field.section == "places":
        names = ("place", "partner")
    for number, name in enumerate(names):
        yield Column(
            name=name,
            type="string",
            description=f"{field.description}: the {('first', 'second')[number]}",
            read=_converted(at.path, itemgetter(number)),
            required=True,
            refers_to=field.section,
        )


_PARSED: dict[type, Callable[[_At, Field], Iterator[Column]]] = {
    Date: _dates,
    Period: _dates,
    Coordinates: _coordinates,
}


# --- values ---------------------------------------------------------------------------------------


def reader(path: str) -> Read:
    """A function that follows a path of attributes; a None on the way is the value."""
    get = attrgetter(path)
    if path.count(".") == 1:  # a field of a row's record, which every row has
        return get

    def read(row: Any) -> Any:
        try:
            return get(row)
        except AttributeError:
            return None

    return read


def _converted(path: str, convert: Read) -> Read:
    """A function that follows a path and converts what it finds, unless that is None."""
    get = reader(path)

    def read(row: Any) -> Any:
        value = get(row)
        if value is None:
            return None
        return convert(value)

    return read


def _main_text(text: LocalizedText) -> str:
    return localized(text, "en")


def _in_language(tag: str) -> Read:
    def read(text: LocalizedText) -> str | None:
        if isinstance(text, str):
            return None
        return text.get(tag)

    return read


def _precision(when: Date | Period) -> str:
    if isinstance(when, Date):
        return when.precision
    known = [end.precision for end in (when.start, when.end) if end is not None]
    return max(known, key=PRECISIONS.index)
