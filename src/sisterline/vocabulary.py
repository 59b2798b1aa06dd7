"""The closed lists of the data format, such as kinds and units, and the types of its fields."""

from typing import Annotated, Literal

from msgspec import Meta

from sisterline import country_codes

# --- vocabularies -------------------------------------------------------------------------------

Level = Literal[
    "state", "region", "province", "prefecture", "municipality",
    "county", "district", "city", "ward", "town", "village",
]  # fmt: skip
Kind = Literal[
    "friendship-city", "friendship-region", "sister-city", "twin-town",
    "friendship-exchange", "cooperation", "partner-city", "other",
]  # fmt: skip
Status = Literal["active", "suspended", "dissolved"]
EventType = Literal[
    "agreement", "renewal", "anniversary", "contact", "delegation", "students", "youth", "sister-school",
    "culture", "sports", "economy", "environment", "medical", "port", "aid", "gift", "animals", "monument",
    "award", "suspension", "resumption", "dissolution", "merger", "other",
]  # fmt: skip
Category = Literal[
    "delegations", "visitors", "students", "youth", "trainees", "teachers", "staff", "attendance", "hosts",
    "aid", "goods", "animals", "plants", "money", "events", "other",
]  # fmt: skip
Unit = Literal[
    "people", "groups", "visits", "families", "schools", "companies", "animals", "species", "trees", "books",
    "works", "masks", "items", "boxes", "sets", "vehicles", "tonnes", "hectares", "events", "agreements",
    "JPY", "CNY", "USD", "EUR",
]  # fmt: skip
SourceType = Literal["official", "press", "reference", "copy"]
TotalUnit = Literal["pairs", "places"]
DisputedField = Literal["since", "kind", "status"]

# The levels of places that are regions, for `--region` and `stats --by region`.
REGION_LEVELS: frozenset[str] = frozenset({"state", "region", "province", "prefecture", "municipality"})


def field_doc(description: str, example: str = "", *, names: str = "") -> Meta:
    """The documentation of a field: what it holds, an example, the section of ids that it refers to."""
    return Meta(description=description, examples=[example], extra={"names": names})


# --- field types --------------------------------------------------------------------------------


def _whole(pattern: str, **extra: object) -> Meta:
    """The pattern of a whole text, as metadata that schema.py checks when a file is read.

    As msgspec's own `pattern` it would also be checked whenever the cache is decoded: 6 of 10 ms for all.
    """
    # `$` also matches before a final line break, in Python and in ECMA 262; the look-ahead forbids that.
    return Meta(extra={"pattern": rf"^{pattern}$(?![\s\S])", **extra})


Id = Annotated[str, _whole(r"[a-z0-9]+(-[a-z0-9]+)*")]
CountryCode = Annotated[str, _whole(country_codes.pattern())]
Language = Annotated[str, _whole(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")]
OneOrMoreIds = str | tuple[str, ...]  # no pattern: only ids that exist are valid
# No white space, controls, bidirectional or invisible characters, nothing that ends an HTML attribute, and no
# user before the host: an address must be harmless, and show its host.
_HIDDEN = (
    r"\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r'\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"<>\\'
)
Url = Annotated[str, _whole(rf"https?://[^{_HIDDEN}/?#@]+([/?#][^{_HIDDEN}]*)?")]

# `numbers` are the least and the greatest of the numbers that an editor may read a code as; None: none.
# Kana in full width, with a middle dot or a space between words.
_WORD = r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe]+"
Kana = Annotated[str, _whole(rf"{_WORD}([\u30fb\u3000 ]{_WORD})*", numbers=None)]
WikidataId = Annotated[str, _whole(r"Q[1-9][0-9]*", numbers=None)]
GeonamesId = Annotated[str, _whole(r"[1-9][0-9]*", numbers=(1, 10**12))]
Iso3166Code = Annotated[str, _whole(r"[A-Z]{2}-[A-Z0-9]{1,3}", numbers=None)]
# The number of the prefecture, 01 to 47, three digits and a check digit (`relations.jis_check_digit`).
JisCode = Annotated[str, _whole(r"(0[1-9]|[1-3][0-9]|4[0-7])[0-9]{4}", numbers=(10_000, 479_999))]
GbCode = Annotated[str, _whole(r"[1-9][0-9]{5}", numbers=(100_000, 999_999))]
NonEmptyStr = Annotated[str, Meta(min_length=1)]
LocalizedText = NonEmptyStr | Annotated[dict[Language, NonEmptyStr], Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]
