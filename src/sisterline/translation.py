"""The words of the program in the language that is active (GNU gettext).

Every word that a person reads is written in English in the code and passes one of these functions when it
is needed, never while a module is imported. What programs read (keys and codes of JSON, CSV and SQLite, ids,
names of options) passes none.

English needs no catalogue. Others are `locale/TAG/LC_MESSAGES/sisterline.mo` beside this module.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from gettext import NullTranslations
from pathlib import Path

LANGUAGES = ("en", "zh", "ja")
_LOCALE = Path(__file__).with_name("locale")
_ENGLISH = NullTranslations()
_active: NullTranslations = _ENGLISH
_active_tag = "en"


def activate(tag: str) -> None:
    """Let the program speak a language from now on; English where it has no catalogue of that tag."""
    global _active, _active_tag
    _active, _active_tag = _ENGLISH, "en"
    if tag in LANGUAGES and tag != "en":
        _active, _active_tag = _catalogue(tag), tag


def active_language() -> str:
    """The tag of the language that the program speaks: one of `LANGUAGES`."""
    return _active_tag


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Let the program speak a language in a block, and the one of before after it."""
    before = _active_tag
    activate(tag)
    try:
        yield
    finally:
        activate(before)


def gettext(message: str) -> str:
    """A message in the active language; the message itself where the catalogue lacks it."""
    return _active.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """A message whose words depend on a count."""
    return _active.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """A message that means something else elsewhere; the context says what it means here."""
    return _active.pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, count: int) -> str:
    """A message whose words depend on a count and on what it means here."""
    return _active.npgettext(context, singular, plural, count)


def counted(singular: str, plural: str, count: int) -> str:
    """A message with a placeholder `{count}` for a number whose thousands are grouped."""
    return ngettext(singular, plural, count).format(count=f"{count:,}")


def marked(message: str) -> str:
    """A message of a table, marked for `make translations`; `gettext` translates it where it is needed."""
    return message


def listed(items: Iterable[str]) -> str:
    """The items of a list in a line: 1996, 2006, 2016."""
    return pgettext("between the items of a list", ", ").join(items)


def some_of(items: Sequence[str], most: int) -> str:
    """The first items of a list, and how many more there are."""
    if len(items) <= most:
        return listed(items)
    return gettext("{list} and {count} more").format(list=listed(items[:most]), count=len(items) - most)


def listed_and(items: Iterable[str]) -> str:
    """Two or more items in a sentence: China and Japan."""
    return pgettext("between the items of a list in a sentence", " and ").join(items)


def listed_or(items: Iterable[str]) -> str:
    """Alternatives in a sentence: text or a list."""
    return pgettext("between alternatives in a sentence", " or ").join(items)


def _catalogue(tag: str) -> NullTranslations:
    from sisterline.catalogue import Catalogue

    path = _LOCALE / tag / "LC_MESSAGES" / "sisterline.mo"
    try:
        return Catalogue(path.read_bytes())
    except FileNotFoundError:
        return _ENGLISH
