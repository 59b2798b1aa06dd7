"""A validated data set kept as msgpack, so that the next call need not read YAML.

Reading the bundled data from YAML takes longer than all else that a command does together. An entry is
named by a digest of what it was made from (the bytes of every file, the package's version, the modules that
read files and the table that names are compared by), so a changed byte is always seen: that takes 1.2 ms
for the bundled data, and the time of a change could be set back. An entry begins with a checksum of itself,
so a damaged one is never believed. Only valid data is kept. Whatever goes wrong with a cache changes nothing
but time.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import time
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec
from msgspec import Struct

try:  # hashlib itself loads OpenSSL, which takes 3 ms
    from _blake2 import blake2b
except ImportError:  # pragma: no cover
    from hashlib import blake2b

from sisterline import __version__
from sisterline.atomic import replaced_file
from sisterline.errors import SisterlineError
from sisterline.model import Country, Dataset, Index, Partnership, Place, Source, Total
from sisterline.reading import OnProgress
from sisterline.reading.files import MAX_BYTES, STDIN, data_files
from sisterline.store.index import make_index
from sisterline.store.packed import LazyMapping, LazySequence, RecordOffsets, pack

if TYPE_CHECKING:
    from mmap import mmap

MAX_ENTRIES = 8  # entries; one is some 770 kB for the bundled data
MMAP_FROM = 16 << 20  # bytes; an entry of some 7,000 partnerships
STALE_AFTER = 3600  # seconds after which nobody still writes an entry
_DIGEST = 16  # bytes
_SEAL = 12  # bytes
# The folders of the program whose code decides what an entry holds: a change in them reads the data anew.
_READING = ("", "text", "reading", "store", "query")


def load_cached(paths: Sequence[Path], progress: OnProgress | None = None) -> Dataset:
    """Read files and folders into one data set with its index, from the cache where it has them as they are.

    Raises:
        DataError: with every problem of every file.
    """
    folder = _folder()
    entry = folder and _entry(folder, paths)
    dataset = _read(entry) if entry else None
    if dataset is None:
        from sisterline.reading.dataset import (
            load_dataset,  # with the whole reader: some 12 ms that a warm call need not wait
        )

        dataset = load_dataset(paths, progress)
        dataset = msgspec.structs.replace(dataset, index=make_index(dataset))
        if entry:
            _write(entry, dataset)
    return dataset


def _folder() -> Path | None:
    """Where entries are: the user's cache folder; None where there is none, or none is wanted."""
    if os.environ.get("SISTERLINE_NO_CACHE", "") not in ("", "0"):
        return None
    if own := os.environ.get("SISTERLINE_CACHE_DIR"):
        return Path(own)
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return Path(local or Path.home() / "AppData" / "Local") / "sisterline" / "Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "sisterline"
        # XDG Base Directory Specification: a relative path is to be ignored.
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (given if given.is_absolute() else Path.home() / ".cache") / "sisterline"
    except RuntimeError:  # no home
        return None


def _entry(folder: Path, paths: Sequence[Path]) -> Path | None:
    """The file of an entry; None where the data cannot be read, which the loader will tell better."""
    if STDIN in paths:
        return None  # it can be read once, and is another each time
    digest = blake2b(__version__.encode(), digest_size=_DIGEST)
    try:
        digest.update(_program_state())
        for path in paths:
            for file in data_files(path):
                if not file.is_file() or file.stat().st_size > MAX_BYTES:
                    return None
                data = file.read_bytes()
                digest.update(f"{file} {len(data)}\n".encode("utf-8", "surrogateescape"))
                digest.update(data)
    except (OSError, SisterlineError):
        return None
    return folder / f"{digest.hexdigest()}.msgpack"


def _program_state() -> bytes:
    """Sizes and times of the modules that take part in reading, in a stable order.

    Raises:
        OSError: a folder of the program cannot be read.
    """
    package = Path(__file__).parents[1]
    found = []
    for folder in _READING:
        with os.scandir(package / folder) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".txt")):
                    stat = entry.stat()
                    found.append(f"{folder}/{entry.name} {stat.st_size} {stat.st_mtime_ns}\n")
    return "".join(sorted(found)).encode()


class _Header(Struct, frozen=True, array_like=True, kw_only=True):
    """What an entry begins with; the places, the sources and the partnerships follow."""

    countries: dict[str, Country]
    totals: tuple[Total, ...]
    index: Index
    places: RecordOffsets
    sources: RecordOffsets
    partnerships: RecordOffsets


def _read(entry: Path) -> Dataset | None:
    try:
        return _decode(_bytes(entry)) if entry.is_file() else None  # a pipe there would never end
    except (OSError, ValueError):
        return None


def _bytes(entry: Path) -> "bytes | mmap":
    """All of an entry. A large one is mapped: a copy of 130 MB takes a fifth of a call about one city.

    Nobody changes an entry in its place: it is moved there whole.
    """
    with entry.open("rb") as file:
        if os.fstat(file.fileno()).st_size < MMAP_FROM:
            return file.read()
        from mmap import ACCESS_READ, mmap

        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _decode(data: "bytes | mmap") -> Dataset | None:
    """The data set of an entry; None where the entry is damaged, or none of ours."""
    seal, body = data[:_SEAL], memoryview(data)[_SEAL:]
    if seal != _checksum([body]):
        return None
    try:
        records = 8 + int.from_bytes(body[:8], "big")
        head = msgspec.msgpack.decode(body[8:records], type=_Header)
        partnerships = len(body) - head.partnerships.size
        sources = partnerships - head.sources.size
        places = sources - head.places.size
        if places != records:
            return None
        return Dataset(
            countries=head.countries,
            places=LazyMapping(head.places, body[places:sources], Place),
            sources=LazyMapping(head.sources, body[sources:partnerships], Source),
            partnerships=LazySequence(head.partnerships, body[partnerships:], Partnership),
            totals=head.totals,
            index=head.index,
        )
    except (msgspec.DecodeError, ValueError, IndexError, RecursionError):
        return None


def _encode(dataset: Dataset) -> list[bytes]:
    """The parts of an entry: seal, size of the head, head, places, sources, partnerships."""
    places = pack(dataset.places.values(), dataset.places)
    sources = pack(dataset.sources.values(), dataset.sources)
    partnerships = pack(dataset.partnerships)
    head = msgspec.msgpack.encode(
        _Header(
            countries=dataset.countries,
            totals=dataset.totals,
            index=dataset.index or make_index(dataset),
            places=places[0],
            sources=sources[0],
            partnerships=partnerships[0],
        )
    )
    parts = [len(head).to_bytes(8, "big"), head, places[1], sources[1], partnerships[1]]
    return [_checksum(parts), *parts]


def _checksum(parts: Iterable[bytes | memoryview]) -> bytes:
    """Length and checksum: CRC-32 (ISO 3309) sees each changed byte, at 3 GB/s where blake2b runs at 0.7."""
    size = checksum = 0
    for part in parts:
        size, checksum = size + len(part), crc32(part, checksum)
    return size.to_bytes(8, "big") + checksum.to_bytes(4, "big")


def _write(entry: Path, dataset: Dataset) -> None:
    """Keep a data set: written beside its place and moved there, so that no reader meets half of it."""
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with replaced_file(entry) as temporary, temporary.open("wb") as out:
            out.writelines(_encode(dataset))
        _clean(entry.parent)
    except OSError:
        pass  # the next call reads YAML again


def _clean(folder: Path) -> None:
    """Remove all but the newest entries, and what processes that were killed left half written."""
    entries = sorted(folder.glob("*.msgpack"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    left = [path for path in folder.glob(".*.tmp") if time() - path.stat().st_mtime > STALE_AFTER]
    for old in (*entries[MAX_ENTRIES:], *left):
        old.unlink(missing_ok=True)
