"""The records that an import makes, each with the comments about its cells."""

from typing import Literal

from msgspec import Struct, field

Plain = str | bool | list[str]
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


class Block(Struct, frozen=True, kw_only=True):
    """A partnership, or an extension of a known one.

    Attributes:
        head: the keys before events and exchanges.
        events: in the order of the table.
        exchanges: in the order of the table.
    """

    head: Entry
    events: list[Entry] = field(default_factory=list)
    exchanges: list[Entry] = field(default_factory=list)


class Tally(Struct, frozen=True, kw_only=True):
    """The rows of a table, counted; all that were read are in one of the four.

    Attributes:
        taken: became a record, without a doubt.
        doubtful: became a record that somebody should check.
        known: say what the data has already.
        left: stay as comments.
    """

    taken: int = 0
    doubtful: int = 0
    known: int = 0
    left: int = 0

    @property
    def read(self) -> int:
        """All rows."""
        return self.taken + self.doubtful + self.known + self.left

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            taken=self.taken + other.taken,
            doubtful=self.doubtful + other.doubtful,
            known=self.known + other.known,
            left=self.left + other.left,
        )


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
