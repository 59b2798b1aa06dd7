"""The one decision about what an output may replace.

A file is replaced only if it is of the kind that Sisterline writes there. Never replaced, not even with
--force: a file that the call reads (under whatever name), a data file, a database that Sisterline did not
make or that somebody else uses or has added to, and a read-only file. --force overrides one check: that
the content of an existing file looks like an earlier output in the same format.
"""

import errno
import os
import re
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from sisterline.errors import OutputRefusedError, SisterlineError
from sisterline.formats.options import FileKind
from sisterline.reading.files import SUFFIXES as DATA_SUFFIXES
from sisterline.reading.files import bundled_folder, data_files, display_path
from sisterline.translation import gettext as _

_SAMPLE = 64 << 10  # bytes of an existing file that are looked at to see what it is
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")  # \x1b: a table that was written with --color always
_BINARY_CONTROLS = bytes(set(range(0x20)) - _TEXT_CONTROLS)
_DATABASE = b"SQLite format 3\0"
_ZIP = b"PK\x03\x04"
_CORE = "docProps/core.xml"
_CREATED = re.compile(rb"<dcterms:created [^>]*>([^<]*)<")
_MODIFIED = re.compile(rb"<dcterms:modified [^>]*>([^<]*)<")
_BOM = b"\xef\xbb\xbf"
# A data file under any name: a top-level key of the format in the first column of a line.
_DATA_KEY = re.compile(rb"^(?:dataset|countries|places|sources|partnerships|totals) *:\s", re.MULTILINE)


def check_target(target: Path, kind: FileKind, *, inputs: Iterable[Path], force: bool | None) -> None:
    """Make sure that nothing is lost when `target` is replaced.

    Args:
        target: where the output goes, with all links followed.
        kind: of what is written there.
        inputs: the files and folders that the call reads.
        force: replace a file whose content is of another kind; None where nobody can ask for that.

    Raises:
        OutputRefusedError: it must not be.
        OSError: it cannot be looked at.
    """
    if target.is_dir():
        raise OutputRefusedError(_("it is a folder; name a file in it"))
    if target.is_symlink():
        # The only link that is left when all are followed is one that leads to itself.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.exists():
        if kind == "yaml":
            raise OutputRefusedError(_("already exists; choose another name"))
        _check_not_read(target, inputs)
        if target.suffix.lower() in DATA_SUFFIXES:
            raise OutputRefusedError(_("it is a YAML file, and no output replaces one; choose another name"))
        if not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK):
            raise OutputRefusedError(_("it is read-only; make it writable or choose another name"))
        if target.stat().st_size:
            _check_kind(target, kind, force=force)
            return
    if kind == "database":
        _check_database(target)  # what another database left beside it would be taken for its own


def _check_not_read(target: Path, inputs: Iterable[Path]) -> None:
    """Refuse what this call reads, and the bundled data whether it is read or not, under whatever name.

    Files are compared by device and inode: so hard links, names in another case and other mounts of
    the same file are found as well.
    """
    found = target.stat()
    for path in inputs:
        for file in _files_of(path):
            if os.path.samestat(found, file.stat()):
                raise OutputRefusedError(
                    _("it is {file}, which this call reads; choose another name").format(
                        file=display_path(file)
                    )
                )
    for file in _bundled_files():
        if os.path.samestat(found, file.stat()):
            raise OutputRefusedError(_("it is part of the bundled data; choose another name"))


def _bundled_files() -> list[Path]:
    """The bundled data files; none where they are missing, which is for the reader to report."""
    try:
        return _files_of(bundled_folder())
    except (OSError, SisterlineError):
        return []


def _files_of(path: Path) -> list[Path]:
    """The data files that a path means, as far as they are there; "-" is standard input."""
    if str(path) == "-":
        path = Path("/dev/stdin")  # a link to the file that the shell reads from, where it is one
    try:
        return [file for file in data_files(path) if file.exists()]
    except (OSError, SisterlineError):
        return []


def _check_kind(target: Path, kind: FileKind, *, force: bool | None) -> None:
    """Refuse a file whose content is no earlier output of this kind."""
    with target.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith(_DATABASE):
        if kind != "database":
            raise OutputRefusedError(_("it is a database; choose another name"))
        _check_database(target)
        return
    if _is_text(sample) and _DATA_KEY.search(sample.removeprefix(_BOM)):
        raise OutputRefusedError(_("it holds data in YAML; choose another name"))
    if not force:
        fault = _FAULTS[kind](target, sample)
        if fault and force is None:
            raise OutputRefusedError(
                _("it is an existing file {fault}; choose another name").format(fault=fault)
            )
        if fault:
            raise OutputRefusedError(
                _("it is an existing file {fault}; choose another name, or add --force to replace it").format(
                    fault=fault
                )
            )
    if kind == "database":
        _check_database(target)


def _is_text(sample: bytes) -> bool:
    """Whether bytes are text in some encoding: whoever opened a CSV file elsewhere may have changed that."""
    return sample.translate(None, _BINARY_CONTROLS) == sample


def _text_fault(_target: Path, sample: bytes) -> str:
    return "" if _is_text(sample) else _("that is not text")


def _json_fault(target: Path, _sample: bytes) -> str:
    """Reports in JSON name themselves, and schemas their dialect: other JSON is somebody else's."""
    try:
        found = msgspec.json.decode(target.read_bytes().removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _("that is not JSON")
    if isinstance(found, dict) and found.keys() & {"report", "$schema"}:
        return ""
    return _("of JSON that Sisterline did not write")


def _calendar_fault(_target: Path, sample: bytes) -> str:
    """Calendars name the program that made them (RFC 5545, 3.7.3)."""
    if not sample.removeprefix(_BOM).startswith(b"BEGIN:VCALENDAR"):
        return _("that is not a calendar")
    if b"PRODID:-//Sisterline//" in sample:
        return ""
    return _("of a calendar that Sisterline did not make")


def _workbook_fault(target: Path, sample: bytes) -> str:
    """Workbooks name who made them, and since when they are as they are (ISO/IEC 29500, core properties)."""
    if not sample.startswith(_ZIP):
        return _("that is not a workbook")
    properties = _core_properties(target)
    made = _CREATED.search(properties)
    changed = _MODIFIED.search(properties)
    if b"<dc:creator>Sisterline</dc:creator>" not in properties:
        return _("of a workbook that Sisterline did not make")
    if made is None or changed is None or made[1] != changed[1]:
        return _("of a workbook that was changed since Sisterline made it")
    return ""


def _core_properties(target: Path) -> bytes:
    """The core properties of an Office Open XML file; nothing where there are none of a usual size."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(target) as archive:
            if archive.getinfo(_CORE).file_size > _SAMPLE:
                return b""
            return archive.read(_CORE)
    # What ZipFile raises for a damaged, an encrypted and an unusually packed file.
    except (BadZipFile, EOFError, KeyError, RuntimeError, ValueError, zlib.error):
        return b""


def _page_fault(_target: Path, sample: bytes) -> str:
    """Pages name the program that made them (HTML, 4.2.5.1)."""
    if b'<meta name="generator" content="Sisterline">' in sample:
        return ""
    return _("of a page that Sisterline did not make")


def _no_database_fault(_target: Path, _sample: bytes) -> str:
    return _("that is not a database")


_FAULTS: dict[FileKind, Callable[[Path, bytes], str]] = {
    "text": _text_fault,
    "yaml": _text_fault,
    "json": _json_fault,
    "calendar": _calendar_fault,
    "database": _no_database_fault,
    "workbook": _workbook_fault,
    "page": _page_fault,
}


def _check_database(target: Path) -> None:
    from sisterline.formats.database_protection import reason_to_keep

    if reason := reason_to_keep(target):
        raise OutputRefusedError(reason)
