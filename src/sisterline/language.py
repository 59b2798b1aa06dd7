"""Which language of the data a person asks for: lookup of language tags (RFC 4647, section 3.4)."""

from collections.abc import Iterable


def language_range(text: str) -> str:
    """A language as somebody names it, as a language range (RFC 4647, section 2.1) in lower case.

    Names of locales (POSIX) are taken, too: `zh_CN.UTF-8` is zh-cn. The locales C and POSIX are English.
    """
    locale = text.strip().partition(".")[0].partition("@")[0]
    tag = locale.replace("_", "-").lower()
    return "en" if tag in ("c", "posix") else tag


def lookup(text: str, tags: Iterable[str]) -> str | None:
    """The tag that answers a language range best, spelled as among the tags; None where none does.

    Case does not matter, and subtags are dropped from the end until a tag is found: zh-Hant-TW takes zh-Hant,
    else zh. Where that finds none, the first tag of the same language does (zh-Hans for zh), which is nearer
    than another language.
    """
    known = {tag.lower(): tag for tag in tags}
    wanted = language_range(text)
    language = wanted.partition("-")[0]
    while wanted:
        if wanted in known:
            return known[wanted]
        wanted = wanted.rpartition("-")[0]
    return next((tag for folded, tag in known.items() if folded.partition("-")[0] == language), None)


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: `1 event`, `1,577 events`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def ordinal(n: int) -> str:
    """A number as an English ordinal: 1st, 12th, 23rd."""
    suffix = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"
