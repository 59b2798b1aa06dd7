"""Data files read into one data set, with every problem they have."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from sisterline.errors import DataError, Problem, SisterlineError
from sisterline.model import Dataset
from sisterline.reading import OnProgress
from sisterline.reading.builder import DatasetBuilder
from sisterline.reading.diagnose import Location
from sisterline.reading.files import (
    STDIN,
    STDIN_NAME,
    bundled_folder,
    data_files,
    display_path,
    read_stdin,
)
from sisterline.reading.yaml_events import gc_paused
from sisterline.reading.yaml_text import Document, parse, read

Position = tuple[str, int, int]  # path, line and column

# To convert the records of a file, which follows, takes a third of the time that its text takes.
_SHARE_OF_TEXT = 0.75


class LazyPositions(dict[str, Position]):
    """The position of each partnership by its id, looked up when it is asked for: each takes some 0.1 ms."""

    def __init__(self, locations: Mapping[str, Location]) -> None:
        super().__init__()
        self._locations = locations

    def __missing__(self, name: str) -> Position:
        self[name] = self._locations[name].position()
        return self[name]


class Loaded(Struct, frozen=True, kw_only=True):
    """What files hold.

    Attributes:
        dataset: the records that are valid.
        problems: everything that is wrong, sorted by file and place.
        positions: of partnerships by their ids; of an extended one where it is extended, for there it can
            be fixed.
        warnings: what is valid YAML but probably not meant, file by file; empty unless they were wanted.
        stdin: the bytes of standard input; empty where it was not read.
    """

    dataset: Dataset
    problems: tuple[Problem, ...]
    positions: Mapping[str, Position]
    warnings: tuple[Problem, ...] = ()
    stdin: bytes = b""


def read_dataset(
    paths: Sequence[Path], on_progress: OnProgress | None = None, *, with_warnings: bool = False
) -> Loaded:
    """Read files and folders, each file once, into one data set.

    Args:
        paths: files, folders and STDIN.
        on_progress: called with how much of all is read, and how much there is.
        with_warnings: whether to look for warnings, which takes a fifth of the time more.
    """
    with gc_paused():
        builder = DatasetBuilder(has_bundled=any(path == bundled_folder() for path in paths))
        stdin = _read_files(builder, paths, on_progress)
        dataset = builder.build()
        locations = dict(builder.declared["partnerships"])
        locations |= {extension.extends: location for extension, location in builder.extensions}
        return Loaded(
            dataset=dataset,
            problems=builder.problems(),
            positions=LazyPositions(locations),
            warnings=builder.warnings() if with_warnings else (),
            stdin=stdin,
        )


def load_dataset(paths: Sequence[Path], on_progress: OnProgress | None = None) -> Dataset:
    """Read files and folders without any problem into one data set.

    Raises:
        DataError: with every problem of every file.
    """
    loaded = read_dataset(paths, on_progress)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded.dataset


class _FileProgress(Struct, frozen=True):
    """Reports how much of all files is read while one of them is.

    Attributes:
        on_progress: what to report to.
        before: bytes of the files before this one.
        size: bytes of this one.
        total: bytes of all.
    """

    on_progress: OnProgress
    before: int
    size: int
    total: int

    def report(self, done: int, length: int) -> None:
        """Report how many characters of this file are read, and how many it has."""
        share = _SHARE_OF_TEXT * done / length
        self.on_progress(self.before + int(share * self.size), self.total)


def _read_files(builder: DatasetBuilder, paths: Sequence[Path], on_progress: OnProgress | None) -> bytes:
    """Add all files to a data set, and return the bytes of standard input."""
    files = _distinct_files(builder, paths)
    sizes = [_size(file) for file in files]
    before, total = 0, sum(sizes)
    stdin = b""
    for file, size in zip(files, sizes, strict=True):
        if file == STDIN:
            stdin, document, problems = _read_stdin()
        else:
            report = on_progress and _FileProgress(on_progress, before, size, total).report
            document, problems = read(file, on_progress=report)
        if document is None:
            builder.unreadable += problems
        else:
            builder.add(document)
        before += size
    return stdin


def _distinct_files(builder: DatasetBuilder, paths: Sequence[Path]) -> list[Path]:
    """The files that paths mean, each once: one may be named twice, or be a link to another."""
    found: dict[str, Path] = {}
    for path in paths:
        try:
            for file in data_files(path):
                key = STDIN_NAME if file == STDIN else os.path.realpath(file)
                found.setdefault(key, file)
        except SisterlineError as error:
            builder.unreadable.append(Problem(display_path(path), 0, 0, str(error)))
    return list(found.values())


def _read_stdin() -> tuple[bytes, Document | None, list[Problem]]:
    """The bytes of standard input, its document, and the problems where it is not one."""
    try:
        data = read_stdin()
    except SisterlineError as error:
        return b"", None, [Problem(STDIN_NAME, 0, 0, str(error))]
    return data, *parse(data, STDIN_NAME)


def _size(file: Path) -> int:
    """Bytes of a file; 0 where that cannot be known."""
    if file == STDIN:
        return 0
    try:
        return file.stat().st_size
    except OSError:
        return 0
