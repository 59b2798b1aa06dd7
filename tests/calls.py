"""The calls that several test modules go through: one table of every command and every format."""

from collections.abc import Iterator

from sisterline.formats import formats_for

Words = tuple[str, ...]

# One call for each report, on the data of tests/small or on any other with a place of this name.
REPORTS: dict[str, Words] = {
    "list": ("list",),
    "timeline": ("timeline",),
    "chart": ("timeline", "--chart"),
    "show": ("show", "Ōmori"),
    "stats": ("stats",),
    "anniversaries": ("anniversaries", "--within", "10y"),
    "exchanges": ("exchanges", "--records"),
    "sources": ("sources",),
    "check": ("check",),
}

# Reports that options give another shape, each by a name for golden files.
SHAPES: dict[str, tuple[str, Words]] = {
    "timeline-pair": ("timeline", ("timeline", "--city", "栄市", "--kind", "friendship-city")),
    "timeline-several": ("timeline", ("timeline", "--city", "omori", "--city", "kita")),
    "show-pair": ("show", ("show", "linhai-sakae")),
    "show-place": ("show", ("show", "omori")),
    "show-hostile": ("show", ("show", "evil")),
    "show-brief": ("show", ("show", "linhai-sakae", "--brief")),
    "show-brief-place": ("show", ("show", "omori", "--brief")),
    "stats-by-kind": ("stats", ("stats", "--by", "kind")),
    "stats-cross": ("stats", ("stats", "--by", "kind", "--by", "decade")),
    "exchanges": ("exchanges", ("exchanges",)),
}


def report_of(words: Words) -> str:
    """The name of the report that a call makes."""
    return "chart" if "--chart" in words else words[0]


def in_every_format(words: Words) -> Iterator[Words]:
    """A call in every format that can hold its report; `-f FORMAT` is at its end."""
    for name in formats_for(report_of(words)):
        yield (*words, "-f", name)
