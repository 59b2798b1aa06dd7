"""Mappings and sequences whose values are decoded from msgpack when they are asked for.

A call that is about one city of 64,000 pays for the records of that city.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

from msgspec import Raw
from msgspec.msgpack import Decoder

T = TypeVar("T")


class LazyMapping(Mapping[str, T], Generic[T]):
    """Records by their ids, in their order; each is decoded once.

    Args:
        raw: a mapping of ids to records.
        record: what a record is.
    """

    def __init__(self, raw: Raw, record: type[T]) -> None:
        self._raws = Decoder(dict[str, Raw]).decode(raw)
        self._decode = Decoder(record).decode
        self._values: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        value = self._values.get(key)
        if value is None:
            value = self._values[key] = self._decode(self._raws[key])
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._raws)

    def __len__(self) -> int:
        return len(self._raws)

    def __contains__(self, key: object) -> bool:
        return key in self._raws


class LazySequence(Sequence[T], Generic[T]):
    """Records by their numbers, decoded each time they are asked for: most calls go through them once.

    Args:
        raw: an array of records.
        record: what a record is.
    """

    def __init__(self, raw: Raw, record: type[T]) -> None:
        self._raws = Decoder(list[Raw]).decode(raw)
        self._decode = Decoder(record).decode

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self._decode(raw) for raw in self._raws[at]]
        return self._decode(self._raws[at])

    def __iter__(self) -> Iterator[T]:
        return map(self._decode, self._raws)

    def __len__(self) -> int:
        return len(self._raws)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
