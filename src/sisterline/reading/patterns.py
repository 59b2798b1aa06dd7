"""What a text that does not match the pattern of its field should be, and how to write it."""

from sisterline.country_codes import MISTAKEN, OFFICIAL
from sisterline.reading.schema import (
    COUNTRY,
    GB,
    GEONAMES,
    ID,
    ISO_3166,
    JIS,
    KANA,
    LANGUAGE,
    URL,
    WIKIDATA,
)

# Patterns with the name of what matches them, and how to write one.
PATTERNS = {
    ID: ("id", "use lower-case letters, digits and single hyphens, as beihai-yatsushiro"),
    COUNTRY: ("country code", "use two capital letters, as JP"),
    LANGUAGE: ("language tag", "use a tag such as en, zh, ja or de"),
    URL: ("web address", "begin it with http:// or https://, without spaces, quotes or user@"),
    KANA: ("reading", "use full-width hiragana or katakana, as やつしろし"),
    WIKIDATA: ("Wikidata item", "use Q and digits, as Q210365"),
    GEONAMES: ("GeoNames id", "use digits, as 1816705"),
    ISO_3166: ("ISO 3166-2 code", "use the country code, a hyphen and the region's code, as CN-GX"),
    JIS: (
        "local government code",
        "use six digits that begin with 01 to 47, the last a check digit, as 432024",
    ),
    GB: ("code of GB/T 2260", "use six digits, as 450500"),
}


def mismatch(text: str, pattern: str) -> tuple[str, str]:
    """The message about a text that does not match one of PATTERNS, and the fix."""
    kind, hint = PATTERNS[pattern]
    if pattern == COUNTRY:
        hint = _code_hint(text) or hint
    return f'"{text}" is not a valid {kind}', hint


def _code_hint(text: str) -> str:
    """How to write the code of a country; empty where two capital letters are what is missing."""
    code = text.upper()
    if code in MISTAKEN:
        return f"did you mean {MISTAKEN[code]}?"
    if code in OFFICIAL:
        return f"did you mean {code}?"
    if len(text) == 2 and text.isascii() and text.isalpha():
        return "use a code of ISO 3166-1, as JP, or one of XA to XZ for a country without one"
    return ""
