"""Validated data sets kept as msgpack, so that the next call need not read YAML.

Reading the bundled data from YAML takes longer than everything else that a command does. An entry is named
by a digest of what it was made from: the bytes of every file, the package's version, the modules that read
files and the table that names are compared by. So a changed byte is always noticed, which takes 1.2 ms for
the bundled data; modification times could be set back. An entry begins with a checksum of itself, so a
damaged one is never used. Only valid data is kept. A cache that fails costs time and nothing else.
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
from sisterline.index import Index
from sisterline.model import Country, Dataset, DatasetInfo, Place, Source, Total
from sisterline.reading import OnProgress
from sisterline.reading.files import MAX_BYTES, STDIN, data_files
from sisterline.store.packed import LazyMapping, RecordOffsets, StoredPartnerships, pack

if TYPE_CHECKING:
    from mmap import mmap

MAX_ENTRIES = 8  # one takes about 770 kB for the bundled data
MMAP_FROM = 16 << 20  # bytes: an entry of some 7,000 partnerships
STALE_AFTER = 3600  # seconds after which no process still writes an entry
_DIGEST_SIZE = 16  # bytes
_LENGTH_SIZE = 8  # bytes of a length, an unsigned big-endian number
_CHECKSUM_SIZE = _LENGTH_SIZE + 4  # bytes
_BUFFER_SIZE = 1 << 18  # bytes that a digest reads at a time
# The folders of the package whose code decides what an entry holds: after a change there, YAML is read again.
_READING = ("", "text", "reading", "store", "query")


def load_cached(paths: Sequence[Path], progress: OnProgress | None = None) -> Dataset:
    """Read files and folders into one data set, from the cache if it has them as they are now.

    Raises:
        DataError: with every problem of every file.
    """
    entry = _entry_path(paths)
    if entry is not None and (kept := _read(entry)) is not None:
        return kept
    # Imports the whole reader: some 12 ms, which a warm call saves.
    from sisterline.reading.dataset import load_dataset

    dataset = load_dataset(paths, progress)
    if entry is not None:
        _write(entry, dataset)
    return dataset


def _folder() -> Path | None:
    """The folder of all entries, in the user's cache folder; None if there is none, or none is wanted."""
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
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        if given.is_absolute():  # XDG Base Directory Specification: ignore a relative path
            return given / "sisterline"
        return Path.home() / ".cache" / "sisterline"
    except RuntimeError:  # no home folder
        return None


def _entry_path(paths: Sequence[Path]) -> Path | None:
    """The file of an entry; None without a cache, or if the data cannot be read: the loader reports why."""
    folder = _folder()
    if folder is None or STDIN in paths:  # standard input differs from call to call
        return None
    digest = blake2b(__version__.encode(), digest_size=_DIGEST_SIZE)
    try:
        digest.update(_program_state())
        for path in paths:
            for file in data_files(path):
                if not file.is_file() or file.stat().st_size > MAX_BYTES:
                    return None
                size = _digest_file(digest, file)
                digest.update(f"{file} {size}\n".encode("utf-8", "surrogateescape"))
    except (OSError, SisterlineError):
        return None
    return folder / f"{digest.hexdigest()}.msgpack"


def _digest_file(digest: "blake2b", file: Path) -> int:
    """Add the bytes of a file to a digest, and return how many there are.

    One small buffer is read again and again: it stays in the processor's cache, which a whole file does not.
    """
    buffer = memoryview(bytearray(_BUFFER_SIZE))
    size = 0
    with file.open("rb", buffering=0) as stream:
        while count := stream.readinto(buffer):
            digest.update(buffer[:count])
            size += count
    return size


def _program_state() -> bytes:
    """Sizes and modification times of the modules that take part in reading, in a stable order.

    Raises:
        OSError: a folder of the package cannot be read.
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
    """The beginning of an entry; the places, the sources and the partnerships follow."""

    countries: dict[str, Country]
    totals: tuple[Total, ...]
    info: DatasetInfo | None
    index: Index
    places: RecordOffsets
    sources: RecordOffsets
    partnerships: RecordOffsets


def _read(entry: Path) -> Dataset | None:
    try:
        if not entry.is_file():  # reading a pipe would never end
            return None
        return _decode(_bytes(entry))
    except (OSError, ValueError):
        return None


def _bytes(entry: Path) -> "bytes | mmap":
    """All of an entry. A large one is mapped: copying 130 MB takes a fifth of a call about one city.

    An entry never changes in place: it is moved there whole.
    """
    with entry.open("rb") as file:
        if os.fstat(file.fileno()).st_size < MMAP_FROM:
            return file.read()
        from mmap import ACCESS_READ, mmap

        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _decode(data: "bytes | mmap") -> Dataset | None:
    """The data set of an entry; None if the entry is damaged, or is not one."""
    checksum, body = data[:_CHECKSUM_SIZE], memoryview(data)[_CHECKSUM_SIZE:]
    if checksum != _checksum([body]):
        return None
    try:
        records = _LENGTH_SIZE + int.from_bytes(body[:_LENGTH_SIZE], "big")
        header = msgspec.msgpack.decode(body[_LENGTH_SIZE:records], type=_Header)
        partnerships = len(body) - header.partnerships.size
        sources = partnerships - header.sources.size
        places = sources - header.places.size
        if places != records:
            return None
        return Dataset(
            countries=header.countries,
            places=LazyMapping(header.places, body[places:sources], Place),
            sources=LazyMapping(header.sources, body[sources:partnerships], Source),
            partnerships=StoredPartnerships(header.partnerships, body[partnerships:]),
            totals=header.totals,
            info=header.info,
            stored_index=header.index,
        )
    except (msgspec.DecodeError, ValueError, IndexError, RecursionError):
        return None


def _encode(dataset: Dataset) -> list[bytes]:
    """The parts of an entry: checksum, length of the header, header, places, sources, partnerships."""
    place_offsets, places = pack(dataset.places.values(), dataset.places)
    source_offsets, sources = pack(dataset.sources.values(), dataset.sources)
    partnership_offsets, partnerships = pack(dataset.partnerships)
    header = _Header(
        countries=dataset.countries,
        totals=dataset.totals,
        info=dataset.info,
        index=dataset.index,
        places=place_offsets,
        sources=source_offsets,
        partnerships=partnership_offsets,
    )
    encoded = msgspec.msgpack.encode(header)
    length = len(encoded).to_bytes(_LENGTH_SIZE, "big")
    parts = [length, encoded, places, sources, partnerships]
    return [_checksum(parts), *parts]


def _checksum(parts: Iterable[bytes | memoryview]) -> bytes:
    """Length and CRC-32 (ISO 3309), which detects every changed byte, at 3 GB/s where blake2b runs at 0.7."""
    length = checksum = 0
    for part in parts:
        length += len(part)
        checksum = crc32(part, checksum)
    return length.to_bytes(_LENGTH_SIZE, "big") + checksum.to_bytes(4, "big")


def _write(entry: Path, dataset: Dataset) -> None:
    """Keep a data set, in one step, so that no reader sees half of it."""
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with replaced_file(entry) as temporary, temporary.open("wb") as out:
            out.writelines(_encode(dataset))
        _clean(entry.parent)
    except OSError:
        pass  # the next call reads YAML again


def _clean(folder: Path) -> None:
    """Remove all but the newest entries, and the temporary files of processes that were killed."""
    entries = sorted(folder.glob("*.msgpack"), key=_modified, reverse=True)
    before = (time() - STALE_AFTER) * 1e9
    stale = [path for path in folder.glob(".*.tmp") if _modified(path) < before]
    for old in (*entries[MAX_ENTRIES:], *stale):
        old.unlink(missing_ok=True)


def _modified(path: Path) -> int:
    """When a file was changed, in nanoseconds."""
    return path.stat().st_mtime_ns
