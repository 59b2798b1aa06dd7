"""English grammar of what people read: counts with their nouns, ordinals."""


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: `1 event`, `1,577 events`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def ordinal(n: int) -> str:
    """A number as an English ordinal: 1st, 12th, 23rd."""
    suffix = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"
