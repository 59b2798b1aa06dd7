"""Which files are data files: the bundled ones, and those that a path or SISTERLINE_DATA names."""

import os
import sys
from operator import attrgetter
from pathlib import Path

from sisterline.errors import SisterlineError
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.translation import listed

SUFFIXES = (".yaml", ".yml")  # in any case
STDIN = Path("-")  # a file of that name must be given by its full path
STDIN_NAME = "<stdin>"
MAX_BYTES = 256 << 20  # 64,000 partnerships have 130 MB; reading may take ten times the memory


def bundled_folder() -> Path:
    """The folder of the data set that comes with the program.

    Raises:
        SisterlineError: it is missing from the installation.
    """
    # In a wheel the data is inside the package; in a checkout, and so in an editable install, at its root.
    here = Path(__file__).parents[1]
    for folder in (here / "data", here.parents[1] / "data"):
        if (folder / "partnerships.yaml").is_file():
            return folder
    raise SisterlineError(
        _("the bundled data is missing; install sisterline again, or name your own with --data")
    )


def data_files(path: Path) -> list[Path]:
    """The file itself, or the YAML files directly in a folder, sorted by name.

    Hidden files are not data: editors and macOS keep their own files under names that begin with a dot.

    Raises:
        SisterlineError: the folder cannot be read, or has no YAML files.
    """
    if path == STDIN or not path.is_dir():
        return [path]
    found = [file for file in _visible_files(path) if file.suffix.lower() in SUFFIXES]
    if not found:
        message = _("there is no .yaml file in this folder")
        if ignored := unread_data_files(path):
            message = _("there is no .yaml file in this folder; it has {list}").format(list=listed(ignored))
        raise SisterlineError(message)
    return found


def unread_data_files(path: Path) -> list[str]:
    """The names of files in a folder that look like data but are not read, and of folders with YAML files.

    Such files are copies (own.yaml.bak, own.yaml~, own.yaml.txt) and data in other formats.
    """
    if path == STDIN or not path.is_dir():
        return []
    return [_name_of(file) for file in _visible_files(path) if _looks_like_data(file)]


def _visible_files(folder: Path) -> list[Path]:
    """The files and folders in a folder that are not hidden, sorted by name.

    Raises:
        SisterlineError: the folder cannot be read.
    """
    try:
        found = [file for file in folder.iterdir() if not file.name.startswith(".")]
    except OSError as error:
        raise SisterlineError(_("cannot be read: {reason}").format(reason=error.strerror or error)) from None
    return sorted(found, key=attrgetter("name"))


_OTHER_DATA = (".json", ".csv", ".tsv", ".xls", ".xlsx", ".ods")


def _looks_like_data(file: Path) -> bool:
    name = file.name.lower()
    if file.suffix.lower() in SUFFIXES:
        return False
    if name.endswith(_OTHER_DATA) or ".yaml" in name or ".yml" in name:
        return True
    return _has_data(file)


def _has_data(folder: Path) -> bool:
    """Whether a path is a folder with YAML files directly in it."""
    try:
        return folder.is_dir() and any(file.suffix.lower() in SUFFIXES for file in _visible_files(folder))
    except SisterlineError:
        return False


def _name_of(file: Path) -> str:
    name = display_path(Path(file.name))
    if file.is_dir():
        name += "/"
    return name


# --- paths that users give -------------------------------------------------------------------------


def expand_home(path: Path) -> Path:
    """A path with its leading `~` expanded, which no shell does in quotes or after `=`."""
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such user, or no home folder
        return path


def named_path(text: str) -> Path:
    """The path that a variable or a setting gives: `-` is a file there, not standard input."""
    if text == str(STDIN):
        return Path.cwd() / text
    return expand_home(Path(text))


def environment_paths() -> tuple[Path, ...]:
    """The files and folders that SISTERLINE_DATA names, usable or not."""
    parts = os.environ.get("SISTERLINE_DATA", "").split(os.pathsep)
    return tuple(named_path(part) for part in parts if part)


def why_unusable(path: Path) -> str:
    """Why a path has no data files; empty if it has."""
    try:
        path.stat()
        data_files(path)
    except FileNotFoundError:
        return _("there is no such file")
    except OSError as error:
        return _("cannot be read: {reason}").format(reason=error.strerror or error)
    except (SisterlineError, ValueError) as error:
        return str(error)
    return ""


# --- standard input -------------------------------------------------------------------------------


def read_stdin() -> bytes:
    """All of standard input.

    Raises:
        SisterlineError: it is closed, or larger than a file may be.
    """
    if sys.stdin is None:
        raise SisterlineError(_("standard input is closed"))
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SisterlineError(
            _("there are more than {count} MiB; split it into several files").format(count=MAX_BYTES >> 20)
        )
    return data


def display_path(path: Path) -> str:
    """A path as text for any output: bytes that are not UTF-8 become escapes."""
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        return printable(name)
    return name
