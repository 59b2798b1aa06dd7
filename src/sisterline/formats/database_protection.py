"""Whether an SQLite database may be replaced by a new one.

Only a database that Sisterline made, that nobody has added tables to, and that no other program is at
work on. Nothing is repaired here: a journal or a write-ahead log beside a database may hold the only
copy of what another program has written, so the person is asked to let that program finish.
"""

import os
import sqlite3
from pathlib import Path

from sisterline.errors import with_fix
from sisterline.formats.sqlite_schema import APPLICATION_ID, OBJECTS
from sisterline.translation import gettext as _

_ID_AT = 68  # the offset of the application id, a big-endian integer (SQLite, "Database File Format", 1.3)
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")  # the first bytes of a journal that is in force (3.)


def reason_to_keep(path: Path) -> str:
    """Why a database must not be replaced, with the way out; empty where it may be, or is not there."""
    fault = _companion_fault(path)
    if fault or not _is_database(path):
        return fault
    return _owner_fault(path) or _use_fault(path)


def remove_empty_companions(path: Path) -> None:
    """Remove files beside a database that hold no change: SQLite would take them for the new one's.

    Raises:
        OSError: one cannot be removed.
    """
    for beside in _companions(path):
        beside.unlink()


def _companions(path: Path) -> list[Path]:
    """The files that SQLite would take for parts of a database ("Temporary Files Used By SQLite", 2)."""
    names = (f"{path.name}{suffix}" for suffix in ("-journal", "-wal", "-shm"))
    # os.path.exists: a name that is too long for the file system is one that is not there.
    return [path.with_name(name) for name in names if os.path.exists(path.with_name(name))]  # noqa: PTH110


def _companion_fault(path: Path) -> str:
    """Refuse what another program has written and not merged yet."""
    for beside in _companions(path):
        if not _holds_changes(beside):
            continue
        if not path.exists() or not path.stat().st_size:
            return _(
                "{name} beside it belongs to another database; remove it, or choose another name"
            ).format(name=beside.name)
        return _(
            "{name} beside it holds changes that are not in it yet; close the program that uses it "
            "or run {command}, or choose another name"
        ).format(name=beside.name, command=f'sqlite3 {path.name} "PRAGMA journal_mode=DELETE"')
    return ""


def _holds_changes(beside: Path) -> bool:
    """Whether a companion holds what is not in the database.

    A journal whose head is blank belongs to a change that was finished; a -shm file is an index of the log.
    """
    if beside.name.endswith("-shm"):
        return False
    if beside.name.endswith("-wal"):
        return beside.stat().st_size > 0
    with beside.open("rb") as file:
        return file.read(len(_JOURNAL_MAGIC)) == _JOURNAL_MAGIC


def _is_database(path: Path) -> bool:
    """Whether a database is there; anything else is for the caller to judge."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _owner_fault(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_ID_AT + 4)
    if int.from_bytes(head[_ID_AT:], "big") != APPLICATION_ID:
        return with_fix(_("it is a database that Sisterline did not make"), _other_name())
    return ""


def _use_fault(path: Path) -> str:
    """Refuse a database that is in use, or that holds more than Sisterline put there."""
    database = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)
    try:
        # Of a database in WAL mode this asks for all of it: any other connection is in the way.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        found = database.execute(
            "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        foreign = sorted(f'{kind} "{name}"' for kind, name in found if name not in OBJECTS)
        database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return _("another program is using it; close that program, or choose another name")
        return with_fix(_("it cannot be looked at ({error})").format(error=error), _other_name())
    except sqlite3.DatabaseError as error:
        return with_fix(_("it is damaged ({error})").format(error=error), _other_name())
    finally:
        database.close()
    if not foreign:
        return ""
    message = _("it also holds the {object}, which Sisterline did not make")
    if len(foreign) > 1:
        message = _("it also holds the {object} and {count} more, which Sisterline did not make")
    return with_fix(message.format(object=foreign[0], count=len(foreign) - 1), _other_name())


def _other_name() -> str:
    return _("choose another name, or remove it first")
