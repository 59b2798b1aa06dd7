"""Arguments of the command line as text."""


def decode_argument(word: str) -> str:
    """A word of the command line, read as UTF-8 where the locale could not read it (as LC_ALL=C)."""
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return word
