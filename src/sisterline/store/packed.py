"""Records as msgpack, each decoded when it is looked up: a call about one city of 64,000 decodes few."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Generic, TypeVar, overload

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from sisterline.model import Partnership
from sisterline.textless import TextlessPartnership

T = TypeVar("T")


class RecordOffsets(Struct, frozen=True, array_like=True):
    """Where each record is in the bytes of all.

    Attributes:
        ids: of the records, in their order; empty for a sequence.
        offsets: where the first begins and where each ends, as unsigned 64-bit numbers in native byte order.
    """

    ids: list[str]
    offsets: bytes

    @property
    def size(self) -> int:
        """Length of all records in bytes."""
        return array("Q", self.offsets)[-1]


def pack(records: Iterable[Any], ids: Iterable[str] = ()) -> tuple[RecordOffsets, bytes]:
    """Encode records, one after the other: where each is, and the bytes of all."""
    encode = Encoder().encode
    offsets, parts = array("Q", [0]), []
    for record in records:
        parts.append(encode(record))
        offsets.append(offsets[-1] + len(parts[-1]))
    return RecordOffsets(list(ids), offsets.tobytes()), b"".join(parts)


class LazySequence(Sequence[T], Generic[T]):
    """Records by number, decoded each time they are looked up: most calls go through them once.

    Args:
        packed: where each record is.
        data: the bytes of all records.
        record: the type of a record.
    """

    def __init__(self, packed: RecordOffsets, data: memoryview, record: type[T]) -> None:
        self._offsets = array("Q", packed.offsets)
        self._data = data
        self._record = record

    @cached_property
    def _decode(self) -> Callable[[memoryview], T]:
        """Decodes a record; made when the first one is looked up, because most calls read some types only."""
        return Decoder(self._record).decode

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        numbers = range(len(self))[at]
        if isinstance(numbers, range):
            return [self.record(number) for number in numbers]
        return self.record(numbers)

    def record(self, number: int) -> T:
        """The record of a number from 0 to that of the last one."""
        return self._decode(self._data[self._offsets[number] : self._offsets[number + 1]])

    def __iter__(self) -> Iterator[T]:
        decode, data = self._decode, self._data
        return (decode(data[start:end]) for start, end in pairwise(self._offsets))

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class StoredPartnerships(LazySequence[Partnership]):
    """The partnerships of a data set.

    Attributes:
        textless: the same without their texts.
    """

    def __init__(self, packed: RecordOffsets, data: memoryview) -> None:
        super().__init__(packed, data, Partnership)
        self.textless = LazySequence(packed, data, TextlessPartnership)


class LazyMapping(Mapping[str, T], Generic[T]):
    """Records by id, in their order, each decoded once.

    Args:
        packed: the ids, and where each record is.
        data: the bytes of all records.
        record: the type of a record.
    """

    def __init__(self, packed: RecordOffsets, data: memoryview, record: type[T]) -> None:
        self._ids = packed.ids
        self._records = LazySequence(packed, data, record)
        self._numbers: dict[str, int] = {}
        self._values: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        value = self._values.get(key)
        if value is None:
            value = self._values[key] = self._records.record(self._number_of()[key])
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, key: object) -> bool:
        return key in self._number_of()

    def _number_of(self) -> dict[str, int]:
        if not self._numbers:
            self._numbers = {key: number for number, key in enumerate(self._ids)}
        return self._numbers
