"""The closed lists of the data format, such as kinds and units, and the types of its fields."""

from typing import Annotated, Literal

from msgspec import Meta

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

# --- field types --------------------------------------------------------------------------------

# Patterns are metadata that schema.py checks when a file is read. As msgspec's own `pattern` they would also
# be checked whenever the cache is decoded, which takes 6 of 10 ms.
# `$` also matches before a final line break, in Python and in ECMA 262; the look-ahead forbids that.
Id = Annotated[str, Meta(extra={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$(?![\s\S])"})]
CountryCode = Annotated[str, Meta(extra={"pattern": r"^[A-Z]{2}$(?![\s\S])"})]
Language = Annotated[str, Meta(extra={"pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$(?![\s\S])"})]
OneOrMoreIds = str | tuple[str, ...]  # no pattern: only ids that exist are valid
# No white space, controls, bidirectional or invisible characters, nothing that ends an HTML attribute, and no
# user before the host: an address must be harmless, and show its host.
_HIDDEN = (
    r"\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r'\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"<>\\'
)
Url = Annotated[str, Meta(extra={"pattern": rf"^https?://[^{_HIDDEN}/?#@]+([/?#][^{_HIDDEN}]*)?$(?![\s\S])"})]
NonEmptyStr = Annotated[str, Meta(min_length=1)]
LocalizedText = NonEmptyStr | Annotated[dict[Language, NonEmptyStr], Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]
