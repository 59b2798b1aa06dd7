"""Words of the command line as text."""

from collections.abc import Iterable


def decode_argument(word: str) -> str:
    """A word of the command line as text: bytes that the locale could not decode (LC_ALL=C) are UTF-8.

    Python passes such bytes as lone surrogates (PEP 383). A word that is not UTF-8 either keeps them.
    """
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return word


def decode_arguments(words: Iterable[str] | None) -> tuple[str, ...]:
    """Words of the command line as texts; none for None."""
    return tuple(map(decode_argument, words or ()))
