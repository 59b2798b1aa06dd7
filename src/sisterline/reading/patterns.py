"""What a text that does not match the pattern of its field should be, and how to write it."""

from sisterline.country_codes import MISTAKEN, OFFICIAL
from sisterline.errors import did_you_mean
from sisterline.reading.schema import COUNTRY, GB, GEONAMES, ID, ISO_3166, JIS, KANA, LANGUAGE, URL, WIKIDATA
from sisterline.translation import gettext as _
from sisterline.translation import marked

# Patterns with what is said of a value that does not match, and how to write one that does.
PATTERNS = {
    ID: (
        marked('"{value}" is not a valid id'),
        marked("use lower-case letters, digits and single hyphens, as beihai-yatsushiro"),
    ),
    COUNTRY: (marked('"{value}" is not a valid country code'), marked("use two capital letters, as JP")),
    LANGUAGE: (marked('"{value}" is not a valid language tag'), marked("use a tag such as en, zh, ja or de")),
    URL: (
        marked('"{value}" is not a valid web address'),
        marked("begin it with http:// or https://, without spaces, quotes or user@"),
    ),
    KANA: (
        marked('"{value}" is not a valid reading'),
        marked("use full-width hiragana or katakana, as やつしろし"),
    ),
    WIKIDATA: (marked('"{value}" is not a valid Wikidata item'), marked("use Q and digits, as Q210365")),
    GEONAMES: (marked('"{value}" is not a valid GeoNames id'), marked("use digits, as 1816705")),
    ISO_3166: (
        marked('"{value}" is not a valid ISO 3166-2 code'),
        marked("use the country code, a hyphen and the region's code, as CN-GX"),
    ),
    JIS: (
        marked('"{value}" is not a valid local government code'),
        marked("use six digits that begin with 01 to 47, the last a check digit, as 432024"),
    ),
    GB: (marked('"{value}" is not a valid code of GB/T 2260'), marked("use six digits, as 450500")),
}


def mismatch(text: str, pattern: str) -> tuple[str, str]:
    """The message about a text that does not match one of PATTERNS, and the fix."""
    problem, fix = PATTERNS[pattern]
    hint = _(fix)
    if pattern == COUNTRY:
        hint = _code_hint(text) or hint
    return _(problem).format(value=text), hint


def _code_hint(text: str) -> str:
    """How to write the code of a country; empty where two capital letters are what is missing."""
    code = text.upper()
    if code in MISTAKEN:
        return did_you_mean(MISTAKEN[code])
    if code in OFFICIAL:
        return did_you_mean(code)
    if len(text) == 2 and text.isascii() and text.isalpha():
        return _("use a code of ISO 3166-1, as JP, or one of XA to XZ for a country without one")
    return ""
