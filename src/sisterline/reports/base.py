"""What every report has in common."""

from typing import Literal

from msgspec import Struct

SCHEMA_VERSION: Literal[2] = (
    2  # of the JSON form of every report; raised when a field goes or changes its meaning
)


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
        """What commands and formats call this report, and its tag in JSON: list, timeline ..."""
        return type(self).__name__.removesuffix("Report").lower()
