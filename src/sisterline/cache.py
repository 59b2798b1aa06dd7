"""A validated data set kept as msgpack, so that the next call need not read YAML.

Reading the bundled data from YAML takes longer than all else that a command does together. An entry is
named by a digest of what it was made from (the bytes of every file, the package's version and the modules
that read files), so a changed byte is always seen. It begins with a digest of itself, so a damaged one
is never believed. Only valid data is kept. Whatever goes wrong with a cache changes nothing but time.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

try:  # hashlib itself loads OpenSSL, which takes 3 ms
    from _blake2 import blake2b
except ImportError:  # pragma: no cover
    from hashlib import blake2b

from sisterline import __version__
from sisterline.errors import SisterlineError
from sisterline.files import files
from sisterline.model import Dataset
from sisterline.progress import Progress

KEPT = 8  # entries; one is some 700 kB for the bundled data
_DIGEST = 16  # bytes
_READERS = ("dates", "model", "compose", "syntax", "yamlsource", "schema", "explain", "load", "files")


def load_cached(paths: Sequence[Path], progress: Progress | None = None) -> Dataset:
    """Read files and folders into one data set, from the cache where it has them as they are now.

    Raises:
        DataError: with every problem of every file.
    """
    folder = _folder()
    entry = folder and _entry(folder, paths)
    dataset = _read(entry) if entry else None
    if dataset is None:
        from sisterline.load import load  # with the whole reader: some 12 ms that a warm call need not wait

        dataset = load(paths, progress)
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
    digest = blake2b(__version__.encode(), digest_size=_DIGEST)
    here = Path(__file__).parent
    try:
        for module in _READERS:
            stat = (here / f"{module}.py").stat()
            digest.update(f"{module} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        for path in paths:
            for file in files(path):
                if not file.is_file():
                    return None
                data = file.read_bytes()
                digest.update(f"{file} {len(data)}\n".encode("utf-8", "surrogateescape"))
                digest.update(data)
    except (OSError, SisterlineError):
        return None
    return folder / f"{digest.hexdigest()}.msgpack"


def _read(entry: Path) -> Dataset | None:
    try:
        data = entry.read_bytes() if entry.is_file() else b""  # a pipe in its place would never end
    except OSError:
        return None
    seal, body = data[:_DIGEST], data[_DIGEST:]
    if blake2b(body, digest_size=_DIGEST).digest() != seal:
        return None
    try:
        return msgspec.msgpack.decode(body, type=Dataset)
    except (msgspec.DecodeError, RecursionError):
        return None


def _write(entry: Path, dataset: Dataset) -> None:
    """Keep a data set: written beside its place and moved there, so that no reader meets half of it."""
    import tempfile

    temporary = ""
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        body = msgspec.msgpack.encode(dataset)
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=entry.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(blake2b(body, digest_size=_DIGEST).digest())
            out.write(body)
        Path(temporary).replace(entry)
        _clean(entry.parent)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _clean(folder: Path) -> None:
    """Remove all but the newest entries."""
    entries = sorted(folder.glob("*.msgpack"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in entries[KEPT:]:
        old.unlink(missing_ok=True)
