"""The records that an import makes, each with the comments about its cells."""

from typing import Literal

from msgspec import Struct, field

Plain = str | bool | list[str]
Part = Literal["events", "exchanges"]
# What becomes of a row: a record, one that somebody should check, nothing because the data has it, a comment.
Outcome = Literal["taken", "doubtful", "known", "left"]


class Entry(Struct, frozen=True, kw_only=True):
    """A record, or an event or exchange in one.

    Attributes:
        fields: its keys and values, in order.
        comments: each with the address of a cell.
        address: of the row that it is from, where another row may name it.
        also: addresses of further cells that the comments are about.
    """

    fields: dict[str, Plain]
    comments: list[str]
    address: str = ""
    also: list[str] = field(default_factory=list)


def _no_parts() -> dict[Part, list[Entry]]:
    return {"events": [], "exchanges": []}


class Block(Struct, frozen=True, kw_only=True):
    """A partnership, or an extension of a known one.

    Attributes:
        head: the keys before events and exchanges.
        parts: the events and the exchanges, in the order of the table.
    """

    head: Entry
    parts: dict[Part, list[Entry]] = field(default_factory=_no_parts)


class Draft:
    """All that an import has found so far.

    Attributes:
        places: proposed places by id.
        sources: by id.
        blocks: partnerships and extensions by the ids of the two places.
        notes: comments about tables and about rows that are not records, in the order of the tables.
    """

    def __init__(self) -> None:
        self.places: dict[str, Entry] = {}
        self.sources: dict[str, Entry] = {}
        self.blocks: dict[frozenset[str], Block] = {}
        self.notes: list[str] = []

    def add_block(self, places: tuple[str, str], head: Entry) -> Block:
        """Add a partnership or an extension of two places, without events and exchanges."""
        block = Block(head=head)
        self.blocks[frozenset(places)] = block
        return block
