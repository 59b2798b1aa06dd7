"""The words of the closed lists of the data format, and names of columns, in the language of the program.

Their messages are not written here once more: tools/translations.py makes them from the same lists.
"""

import re
from collections.abc import Iterable

from sisterline.text.matching import fold
from sisterline.translation import LANGUAGES, active_language, pgettext, speaking

# What messages mean (the context of gettext) where no call names them, next to the names of vocabularies.
AMOUNT, COLUMN, GROUPING, SHEET, LANGUAGE_TAG = "amount", "column", "grouping", "table", "language tag"


def spaced(code: str) -> str:
    """A code of a vocabulary as words: friendship city."""
    return code.replace("-", " ")


def label(vocabulary: str, code: str) -> str:
    """A code of a vocabulary in words; nothing for no code.

    Args:
        vocabulary: its name, which is the context of its messages; tools/translations.py lists all.
        code: of it.
    """
    if not code:
        return ""
    return pgettext(vocabulary, spaced(code))


def code_of(vocabulary: str, codes: Iterable[str], words: str) -> str:
    """The code that words mean in one of the languages of the program; empty if they mean none.

    Args:
        vocabulary: the context of its words.
        codes: of the vocabulary.
        words: as they were typed, in any of the languages: 友好都市, 友好城市, friendship city.
    """
    wanted = fold(words)
    for language in LANGUAGES:
        with speaking(language):
            for code in codes:
                if wanted in _folded(vocabulary, code):
                    return code
    return ""


def _folded(vocabulary: str, code: str) -> set[str]:
    """What a code is called, folded; each of several names by itself, too."""
    names = {label(vocabulary, code)}
    if vocabulary == "level":
        names |= {level_label(code, country) for country in ("CN", "JP")}
    return {fold(part) for name in names for part in (name, *re.split("[、・]", name))}


def level_label(level: str, country: str) -> str:
    """The level of a place as its country calls it: prefectures of China are not those of Japan."""
    in_country = {
        "CN": {
            "province": pgettext("level in China", "province"),
            "prefecture": pgettext("level in China", "prefecture"),
            "district": pgettext("level in China", "district"),
            "town": pgettext("level in China", "town"),
        },
        "JP": {
            "prefecture": pgettext("level in Japan", "prefecture"),
            "ward": pgettext("level in Japan", "ward"),
            "town": pgettext("level in Japan", "town"),
        },
    }
    return in_country.get(country, {}).get(level) or label("level", level)


def amount(count: str, unit: str) -> str:
    """A count of a unit: 35 people, 口罩390,260只.

    Args:
        count: in digits, with what is said of it.
        unit: of exchanges or of totals.
    """
    return pgettext(AMOUNT, f"{{count}} {unit}").format(count=count)


def column_words(name: str) -> str:
    """The name of a column in English words: `place_native` is Place native."""
    return name.replace("_", " ").capitalize()


def chosen_heading(name: str) -> str:
    """What is above a column that was chosen by its name: in English the words of the name."""
    if active_language() == "en":
        return name.replace("_", " ")
    return column_label(name)


def column_key(name: str) -> str:
    """What workbooks call a column: in English the name that options take, else words."""
    if active_language() == "en":
        return name
    return column_label(name)


def column_label(name: str) -> str:
    """The name of a column in words."""
    return pgettext(COLUMN, column_words(name))
