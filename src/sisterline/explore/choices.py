"""What can be chosen from a list: filters, sources, keys."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sisterline.explore.exploration import Exploration
from sisterline.explore.keys import facet_label, keys
from sisterline.formats.terminal.console import StyledLine, StyledText
from sisterline.reports.refs import SourceRef
from sisterline.text.cells import pad, width
from sisterline.text.escape import printable
from sisterline.text.matching import fold
from sisterline.views.groups import group_label
from sisterline.views.words import short_source_words, source_words


class Item(NamedTuple):
    """Something to choose.

    Attributes:
        line: how it is shown.
        value: what it means.
    """

    line: StyledLine
    value: Any

    @property
    def folded(self) -> str:
        """What it is found by."""
        return fold("".join(text for text, _style in self.line))


def filter_items(exploration: Exploration) -> list[Item]:
    """The values that one can filter by, as boxes with counts; a value is a facet and a code."""
    choices = exploration.filters.choices(exploration.found)
    heads = [facet_label(choice.facet) for choice in choices]
    column = max(map(width, heads), default=0)
    items = []
    for head, choice in zip(heads, choices, strict=True):
        box = "[x]" if choice.chosen else "[ ]"
        label = printable(group_label(choice.key, choice.facet, exploration.asked.glyphs))
        line: StyledLine = (
            (f"{pad(head, column)}  ", "minor"),
            (f"{box} ", "sign"),
            (f"{label}  ", "name" if choice.chosen else ""),
            (f"{choice.count:,}", "number"),
        )
        items.append(Item(line, (choice.facet, choice.code)))
    return items


def source_items(sources: Iterable[SourceRef]) -> list[Item]:
    """Sources with their numbers and addresses; a value is a source."""
    return [Item(tuple(_source_line(source)), source) for source in sources]


def _source_line(source: SourceRef) -> Iterator[StyledText]:
    """The number, the words and the address of a source: an address says less, and can be cut."""
    words, head = source_words(source), short_source_words(source)
    yield f"[{source.number}] ", "minor"
    yield printable(head), "name"
    yield printable(words.removeprefix(head)), ""
    if source.url:
        yield " ", ""
        yield printable(source.url), "address"


def key_items() -> list[Item]:
    """All keys; a value is the action of one, or empty where the panes handle it."""
    rows = keys()
    column = max(width(key.shown) for key in rows)
    return [Item(((f"{pad(key.shown, column)}  ", "name"), (key.help, "")), key.action) for key in rows]
