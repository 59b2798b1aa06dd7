"""Files read into one data set, with all their problems."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from sisterline.errors import DataError, Problem, SisterlineError
from sisterline.model import Dataset
from sisterline.reading import OnProgress
from sisterline.reading.builder import DatasetBuilder
from sisterline.reading.diagnose import Location
from sisterline.reading.files import STDIN, STDIN_NAME, bundled_folder, data_files, display_path, read_stdin
from sisterline.reading.yaml_events import gc_paused
from sisterline.reading.yaml_text import Document, parse, read

Position = tuple[str, int, int]  # path, line and column

# The share of the time of a file that its text takes; converting its records takes the rest.
_SHARE_OF_TEXT = 0.75


class LazyPositions(dict[str, Position]):
    """The positions of partnerships by id, each looked up when it is needed: that takes about 0.1 ms."""

    def __init__(self, locations: Mapping[str, Location]) -> None:
        super().__init__()
        self._locations = locations

    def __missing__(self, name: str) -> Position:
        self[name] = self._locations[name].position()
        return self[name]


class Loaded(Struct, frozen=True, kw_only=True):
    """The contents of files.

    Attributes:
        dataset: the valid records.
        problems: everything that is wrong, sorted by position.
        positions: of partnerships by id; of an extended one that of its extension, where it can be fixed.
        warnings: valid YAML that is probably not meant, file by file; empty unless it was looked for.
        stdin: the bytes of standard input; empty if it was not read.
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
        on_progress: called with the number of bytes read and of all.
        with_warnings: whether to look for warnings, which takes a fifth more time.
    """
    with gc_paused():
        bundled = next((path for path in paths if path == bundled_folder()), None)
        builder = DatasetBuilder(has_bundled=bundled is not None)
        stdin = _read_files(builder, paths, on_progress, bundled=bundled)
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
    """Read files and folders that have no problems into one data set.

    Raises:
        DataError: with every problem of every file.
    """
    loaded = read_dataset(paths, on_progress)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded.dataset


def _progress_of_file(on_progress: OnProgress, before: int, size: int, total: int) -> OnProgress:
    """What takes the progress of one file, in characters, and reports that of all files, in bytes.

    Args:
        on_progress: called with the number of bytes read and of all.
        before: size in bytes of the files before this one.
        size: of this file.
        total: of all files.
    """

    def report(done: int, length: int) -> None:
        on_progress(before + int(_SHARE_OF_TEXT * done / length * size), total)

    return report


def _read_files(
    builder: DatasetBuilder, paths: Sequence[Path], on_progress: OnProgress | None, *, bundled: Path | None
) -> bytes:
    """Add all files to a data set; returns the bytes of standard input.

    Args:
        builder: of the data set.
        paths: files, folders and STDIN.
        on_progress: called with the number of bytes read and of all.
        bundled: the folder of the bundled data, where it is one of the paths.
    """
    files = _distinct_files(builder, paths)
    sizes = [_size(file) for file in files]
    before, total = 0, sum(sizes)
    stdin = b""
    for file, size in zip(files, sizes, strict=True):
        if file == STDIN:
            stdin, document, problems = _read_stdin()
        else:
            report = on_progress and _progress_of_file(on_progress, before, size, total)
            document, problems = read(file, on_progress=report)
        if document is None:
            builder.unreadable += problems
        else:
            builder.add(document, bundled=file.parent == bundled)
        before += size
    return stdin


def _distinct_files(builder: DatasetBuilder, paths: Sequence[Path]) -> list[Path]:
    """The data files of paths, each once, even if it is named twice or linked to."""
    found: dict[str, Path] = {}
    for path in paths:
        try:
            for file in data_files(path):
                key = os.path.realpath(file)
                if file == STDIN:
                    key = STDIN_NAME
                found.setdefault(key, file)
        except SisterlineError as error:
            builder.unreadable.append(Problem(display_path(path), 0, 0, str(error)))
    return list(found.values())


def _read_stdin() -> tuple[bytes, Document | None, list[Problem]]:
    """The bytes of standard input, and its document and problems as `yaml_text.read` returns them."""
    try:
        data = read_stdin()
    except SisterlineError as error:
        return b"", None, [Problem(STDIN_NAME, 0, 0, str(error))]
    return data, *parse(data, STDIN_NAME)


def _size(file: Path) -> int:
    """The size of a file in bytes; 0 if it is unknown."""
    if file == STDIN:
        return 0
    try:
        return file.stat().st_size
    except OSError:
        return 0
