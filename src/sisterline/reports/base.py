"""What every report has in common."""

from typing import Literal

from msgspec import Struct

from sisterline.language import localized
from sisterline.model import Dataset, Era

# Of the JSON form of every report: raised when a field is removed or changes its meaning.
SCHEMA_VERSION: Literal[2] = 2


class DataRef(Struct, frozen=True):
    """The data set that a report was made from, as it is cited.

    Attributes:
        title: in the language that was asked for.
        version: empty where the data does not give one.
        license: its SPDX identifier, or what the data says instead; empty likewise.
    """

    title: str
    version: str
    license: str


class Report(Struct, frozen=True, kw_only=True, tag_field="report"):
    """A pure value that a command makes and every format writes: codes and numbers, no words of ours.

    Dates are EDTF texts with no digit that the data does not give. Texts of the data (names, titles,
    notes) are in the language that was asked for.

    Attributes:
        schema: version of the JSON form.
        today: the day that ages and anniversaries are counted from, as ISO 8601.
        data: the data set that it was made from; None where no data file describes it.
    """

    schema: Literal[2] = SCHEMA_VERSION
    today: str
    data: DataRef | None = None

    @property
    def name(self) -> str:
        """Its tag: what commands, formats and the field `report` of JSON call it: list, timeline ..."""
        return str(type(self).__struct_config__.tag)


def data_ref(dataset: Dataset, language: str = "en") -> DataRef | None:
    """How a data set is cited; None where no data file describes it."""
    info = dataset.info
    if info is None:
        return None
    return DataRef(localized(info.title, language), info.version or "", info.license or "")


def eras_of(dataset: Dataset) -> tuple[Era, ...]:
    """The eras that the data set describes; none where no data file describes it."""
    return dataset.info.eras if dataset.info else ()
