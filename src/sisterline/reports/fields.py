"""The fields of a record as text, whatever its type: a field that is added is among them."""

from functools import cache
from typing import Any

from msgspec import Struct, structs

from sisterline.coordinates import Coordinates
from sisterline.dates import Date, Period

Fields = dict[str, str]  # paths such as `name.ja` or `population.count`, with their values as text


def fields_as_text(record: Any) -> Fields:
    """The values of a record by their paths; no ids, no lists of records, nothing that is a default."""
    found: Fields = {}
    if record is None:
        return found
    kind: type[Struct] = type(record)
    for field in _fields(kind):
        value = getattr(record, field.name)
        if field.name != "id" and value != field.default:
            found |= _as_text(field.encode_name, value)
    return found


@cache
def _fields(record: type[Struct]) -> tuple[structs.FieldInfo, ...]:
    """The fields of a type, whose annotations take longer to look at than all else here."""
    return structs.fields(record)


def _as_text(path: str, value: Any) -> Fields:
    if isinstance(value, dict):
        return {f"{path}.{tag}": text for tag, text in value.items()}
    if isinstance(value, Date | Period | Coordinates):
        return {path: str(value)}
    if isinstance(value, Struct):
        return {f"{path}.{inner}": text for inner, text in fields_as_text(value).items()}
    if isinstance(value, tuple):
        if value and isinstance(value[0], Struct):
            return {}  # a part
        return {path: ", ".join(value)}
    if isinstance(value, bool):
        return {path: "true" if value else "false"}
    return {path: str(value)}
