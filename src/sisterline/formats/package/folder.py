"""The folder of an export: new, empty, or with nothing but an unchanged earlier export in it.

All files are written in a temporary folder first. A new folder then appears whole; in an existing one the
files take their place one after the other, `datapackage.json` last. Its hashes show whether all of them did.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from sisterline.atomic import PREFIX, SUFFIX
from sisterline.errors import OutputRefusedError, with_fix
from sisterline.formats.output import Output, default_permissions, target_of, write_errors
from sisterline.translation import gettext as _

DESCRIPTOR = "datapackage.json"
MARK = "sisterline"  # the key of a description that names the program which wrote it
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")  # what systems leave in folders that somebody looked at


@contextmanager
def staged_folder(output: Output) -> Iterator[Path]:
    """A temporary folder, whose files become those of the export once the block has filled it.

    Raises:
        SisterlineError: the folder holds anything but an earlier export, or cannot be written.
    """
    import tempfile  # takes 4 ms

    with write_errors(output):
        target = target_of(output)
        if target.exists() and not target.is_dir():
            raise OutputRefusedError(_("it is a file; name a folder"))
        earlier: list[Path] = []
        parent = target.parent
        if target.exists():
            earlier = _earlier_files(target)
            parent = target
        temporary = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX, dir=parent))
        try:
            yield temporary
            if target.exists():
                _replace(temporary, target, earlier)
            else:
                _move_new(temporary, target)
        finally:
            _remove(temporary)


def with_digest(descriptor: dict[str, Any]) -> dict[str, Any]:
    """A description with a digest of itself, by which a change of it is noticed."""
    marked = {**descriptor[MARK], "digest": _digest(descriptor)}
    return {**descriptor, MARK: marked}


def _digest(descriptor: dict[str, Any]) -> str:
    """The SHA-256 of a description without its digest."""
    marked = {key: value for key, value in descriptor[MARK].items() if key != "digest"}
    text = json.dumps({**descriptor, MARK: marked}, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _move_new(temporary: Path, target: Path) -> None:
    """Move a finished folder to where there is none, with the permissions that a new folder gets."""
    temporary.chmod(default_permissions(0o777))
    temporary.rename(target)


def _replace(temporary: Path, target: Path, earlier: list[Path]) -> None:
    """Move finished files into a folder, and remove those of the earlier export that have no successor."""
    names = sorted((file.name for file in temporary.iterdir()), key=_descriptor_last)
    for name in names:
        (temporary / name).replace(target / name)
    for file in earlier:
        if file.name not in names:
            file.unlink(missing_ok=True)


def _remove(temporary: Path) -> None:
    """Remove what is left of a temporary folder, which has only files in it."""
    if temporary.is_dir():
        for file in temporary.iterdir():
            file.unlink()
        temporary.rmdir()


def _descriptor_last(name: str) -> tuple[bool, str]:
    return name == DESCRIPTOR, name


def _earlier_files(folder: Path) -> list[Path]:
    """The files of an earlier export, which is all that the folder holds; none if it is empty.

    Raises:
        OutputRefusedError: it holds something else, or a file was changed.
    """
    found = sorted(file for file in folder.iterdir() if not _is_ignored(file))
    if not found:
        return []
    expected = _expected_hashes(folder / DESCRIPTOR, found[0])
    for file in found:
        if file.name not in expected:
            raise _refusal(_("it holds {name}, which is no part of an export").format(name=file.name))
        if file.is_symlink() or not file.is_file() or _hash(file) != (expected[file.name] or _hash(file)):
            raise _refusal(_("{name} in it was changed since it was exported").format(name=file.name))
        if not file.stat().st_mode & 0o222:
            raise OutputRefusedError(
                _("{name} in it is read-only; make it writable, or choose a new or an empty folder").format(
                    name=file.name
                )
            )
    return found


def _refusal(problem: str) -> OutputRefusedError:
    return OutputRefusedError(with_fix(problem, _("choose a new or an empty folder")))


def _is_ignored(file: Path) -> bool:
    """Whether a file does not matter: what a system or a call of ours that was killed has left there."""
    return file.name in _LITTER or (file.name.startswith(PREFIX) and file.name.endswith(SUFFIX))


def _expected_hashes(descriptor: Path, first: Path) -> dict[str, str]:
    """The files of an earlier export with their hashes; its description has none, as it was checked.

    Args:
        descriptor: its description, if it is one.
        first: a file of the folder, to name if there is no description.

    Raises:
        OutputRefusedError: there is no description by Sisterline, or it was changed.
    """
    if not descriptor.is_file():
        raise _refusal(_("it holds {name}, which is no part of an export").format(name=first.name))
    try:
        found = json.loads(descriptor.read_bytes())
        unchanged = found[MARK]["digest"] == _digest(found)
        hashes = {resource["path"]: resource["hash"] for resource in found["resources"]}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise _refusal(_("its {name} is not one of Sisterline's").format(name=DESCRIPTOR)) from None
    if not unchanged:
        raise _refusal(_("{name} in it was changed since it was exported").format(name=DESCRIPTOR))
    return {**hashes, DESCRIPTOR: ""}


def _hash(file: Path) -> str:
    return f"sha256:{sha256(file.read_bytes()).hexdigest()}"
