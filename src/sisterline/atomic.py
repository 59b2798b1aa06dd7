"""Atomic writes: a file is written under a temporary name and then moved into place.

Outputs and cache entries are both written so. A reader never sees half a file, and a process that is killed
leaves either the old file or the new one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX, SUFFIX = ".sisterline-", ".tmp"


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """An empty file that only its owner can read; removed at the end, unless it was moved.

    Its name does not depend on the destination's, which may already have the 255 bytes that a name may have.

    Raises:
        OSError: the folder is missing or not writable.
    """
    import tempfile  # takes 4 ms, and most calls write no file

    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A temporary file that replaces `path` at the end, unless the block raises.

    Raises:
        OSError: the folder is not writable, or `path` cannot be replaced.
    """
    with temporary_file(path.parent) as temporary:
        yield temporary
        temporary.replace(path)
