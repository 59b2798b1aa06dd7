"""The one way in which the program writes files: whole, under a temporary name, then moved into place.

The outputs that people name and the entries of the cache are both written so. A reader never sees half
of a file, and a process that is killed leaves the old file or the new one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX, SUFFIX = ".sisterline-", ".tmp"


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """An empty file that only its owner can read; removed at the end, unless it was moved away.

    Its name is short whatever the destination is called: a name of 255 bytes leaves no room for more.

    Raises:
        OSError: the folder is missing or cannot be written.
    """
    import tempfile  # 4 ms, and most calls write no file

    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A temporary file that takes the place of `path` at the end, unless the block raises.

    Raises:
        OSError: the folder cannot be written, or `path` cannot be replaced.
    """
    with temporary_file(path.parent) as temporary:
        yield temporary
        temporary.replace(path)
