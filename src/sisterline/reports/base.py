"""What every report has in common."""

from typing import Literal

from msgspec import Struct

# Of the JSON form of every report: raised when a field is removed or changes its meaning.
SCHEMA_VERSION: Literal[2] = 2


class Report(Struct, frozen=True, kw_only=True, tag_field="report"):
    """A pure value that a command makes and every format writes: codes and numbers, no words of ours.

    Dates are EDTF texts with no digit that the data does not give. Texts of the data (names, titles,
    notes) are in the language that was asked for.

    Attributes:
        schema: version of the JSON form.
        today: the day that ages and anniversaries are counted from, as ISO 8601.
    """

    schema: Literal[2] = SCHEMA_VERSION
    today: str

    @property
    def name(self) -> str:
        """Its tag: what commands, formats and the field `report` of JSON call it: list, timeline ..."""
        return str(type(self).__struct_config__.tag)
