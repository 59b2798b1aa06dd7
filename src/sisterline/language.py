"""Language tags and their lookup (RFC 4647, section 3.4), and English ordinals."""

from collections.abc import Iterable

Text = str | dict[str, str]  # a text, or texts by language tag


def language_range(text: str) -> str:
    """A language as people name it, as a language range (RFC 4647, section 2.1) in lower case.

    It may also be the name of a POSIX locale: `zh_CN.UTF-8` is zh-cn. The locales C and POSIX are English.
    """
    locale = text.strip().partition(".")[0].partition("@")[0]
    tag = locale.replace("_", "-").lower()
    return "en" if tag in ("c", "posix") else tag


def lookup(text: str, tags: Iterable[str]) -> str | None:
    """The tag that matches a language range best, spelled as in `tags`; None if none does.

    Case does not matter, and subtags are dropped from the end until a tag matches: zh-Hant-TW matches
    zh-Hant, else zh. If none does, the first tag of the same language is taken (zh-Hans for zh).
    """
    known = {tag.lower(): tag for tag in tags}
    wanted = language_range(text)
    language = wanted.partition("-")[0]
    while wanted:
        if wanted in known:
            return known[wanted]
        wanted = wanted.rpartition("-")[0]
    return next((tag for folded, tag in known.items() if folded.partition("-")[0] == language), None)


def localized(text: Text | None, language: str) -> str:
    """A text in a language, else in a broader one (zh for zh-Hant), in English, or in its first language.

    The language is a tag spelled as in the data; `lookup` finds it for what people type.
    """
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    tag = language
    while tag:
        if tag in text:
            return text[tag]
        tag = tag.rpartition("-")[0]
    if "en" in text:
        return text["en"]
    return next(iter(text.values()))


def translations(text: Text | None) -> tuple[str, ...]:
    """A text in all its languages; none for None."""
    if text is None:
        return ()
    if isinstance(text, str):
        return (text,)
    return tuple(text.values())


def by_language(text: Text) -> dict[str, str]:
    """A text in each of its languages, by their tags; the tag is empty where the language is not given."""
    return {"": text} if isinstance(text, str) else text


def ordinal(n: int) -> str:
    """A number as an English ordinal: 1st, 12th, 23rd."""
    if 10 < n % 100 < 14:
        return f"{n}th"
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"
