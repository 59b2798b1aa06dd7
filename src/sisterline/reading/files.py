"""Where data files are: the bundled ones, and those that a path means."""

import os
import sys
from pathlib import Path

from sisterline.errors import SisterlineError
from sisterline.text.escape import printable

SUFFIXES = (".yaml", ".yml")  # in any case
STDIN = Path("-")  # a file of that name in the current folder has to be named by its full path
STDIN_NAME = "<stdin>"
LICENSE = "CC-BY-4.0"  # of the bundled data, by its SPDX identifier; data/LICENSE is its text
MAX_BYTES = 256 << 20  # 64,000 partnerships with their events have 130 MB; in memory it may be ten times that


def bundled_folder() -> Path:
    """The folder of the data set that comes with the program.

    Raises:
        SisterlineError: the installation lost it.
    """
    # In a wheel the data lies inside the package, in a checkout (and so in an editable install) at its root.
    here = Path(__file__).parents[1]
    for folder in (here / "data", here.parents[1] / "data"):
        if (folder / "partnerships.yaml").is_file():
            return folder
    raise SisterlineError(
        "the bundled data is missing; install sisterline again, or name your own with --data"
    )


def data_files(path: Path) -> list[Path]:
    """A file itself, or the YAML files directly in a folder, but for hidden ones.

    Names that begin with a dot are not data, as in the patterns of a shell: locks of editors, companions of
    macOS.

    Raises:
        SisterlineError: the folder cannot be read, or has none.
    """
    if path == STDIN or not path.is_dir():
        return [path]
    found = [file for file in _visible_files(path) if file.suffix.lower() in SUFFIXES]
    if not found:
        left_out = ", ".join(unread_data_files(path))
        reason = "there is no .yaml file in this folder"
        raise SisterlineError(f"{reason}; it has {left_out}" if left_out else reason)
    return found


def unread_data_files(path: Path) -> list[str]:
    """The names of files in a folder that look like data and are not read, and of folders that have some.

    They are copies (own.yaml.bak, own.yaml~, own.yaml.txt) and data in other formats.
    """
    if path == STDIN or not path.is_dir():
        return []
    return [_name_of(file) for file in _visible_files(path) if _looks_like_data(file)]


def _visible_files(folder: Path) -> list[Path]:
    """What is in a folder and not hidden, sorted by name.

    Raises:
        SisterlineError: the folder cannot be read.
    """
    try:
        found = [file for file in folder.iterdir() if not file.name.startswith(".")]
    except OSError as error:
        raise SisterlineError(f"cannot be read: {error.strerror or error}") from None
    return sorted(found, key=lambda file: file.name)


_OTHER_DATA = (".json", ".csv", ".tsv", ".xls", ".xlsx", ".ods")


def _looks_like_data(file: Path) -> bool:
    name = file.name.lower()
    if file.suffix.lower() in SUFFIXES:
        return False
    if name.endswith(_OTHER_DATA) or ".yaml" in name or ".yml" in name:
        return True
    return _has_data(file)


def _has_data(folder: Path) -> bool:
    """Whether this is a folder with YAML files directly in it."""
    try:
        return folder.is_dir() and any(file.suffix.lower() in SUFFIXES for file in _visible_files(folder))
    except SisterlineError:
        return False


def _name_of(file: Path) -> str:
    return f"{display_path(Path(file.name))}/" if file.is_dir() else display_path(Path(file.name))


# --- names that are not typed in full -------------------------------------------------------------


def expand_home(path: Path) -> Path:
    """A path whose leading `~` is the home folder, also where no shell saw it (in quotes, behind `=`)."""
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such user, or no home
        return path


def environment_paths() -> tuple[Path, ...]:
    """The files and folders that SISTERLINE_DATA names.

    Raises:
        SisterlineError: one of them is not there, or is a folder without data.
    """
    paths = unchecked_environment_paths()
    for path in paths:
        if reason := _why_unusable(path):
            fix = "change or unset the variable, or bring it back"
            raise SisterlineError(f"SISTERLINE_DATA names {display_path(path)}: {reason}; {fix}")
    return paths


def unchecked_environment_paths() -> tuple[Path, ...]:
    """The same paths, whether they can be used or not; never standard input, which no variable can name."""
    parts = [part for part in os.environ.get("SISTERLINE_DATA", "").split(os.pathsep) if part]
    return tuple(Path.cwd() / part if part == str(STDIN) else expand_home(Path(part)) for part in parts)


def _why_unusable(path: Path) -> str:
    """Why there are no files at a path; empty where there are."""
    try:
        path.stat()
        data_files(path)
    except FileNotFoundError:
        return "there is no such file"
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    except (SisterlineError, ValueError) as error:
        return str(error)
    return ""


# --- standard input -------------------------------------------------------------------------------


def read_stdin() -> bytes:
    """All of standard input.

    Raises:
        SisterlineError: it is closed, or has more than a file may have.
    """
    if sys.stdin is None:
        raise SisterlineError("standard input is closed")
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SisterlineError(f"there are more than {MAX_BYTES >> 20} MiB; make several files of it")
    return data


def display_path(path: Path) -> str:
    """A path as it can be written in every format: bytes of it that are no UTF-8 as escapes."""
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        return printable(name)
    return name
