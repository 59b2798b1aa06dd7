"""Where a result goes: standard output, a device, or a file that is whole or not there at all.

What a file may replace is decided in `protection`. A file keeps the owner, the group and the permissions
of the one that it replaces. Where the finished file cannot be moved into place, as in a folder without
write permission or over a single file that is mounted into a container, the old file is written over,
and put back if that fails.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from sisterline.atomic import temporary_file
from sisterline.errors import OutputRefusedError, SisterlineError, with_fix
from sisterline.formats.options import FileKind
from sisterline.reading.files import expand_home
from sisterline.translation import gettext as _
from sisterline.translation import pgettext

_DESCRIPTOR = re.compile(r"/dev/(?:stdout|stderr|fd/\d+)|/proc/self/fd/\d+")
# Where a file cannot be replaced although it may be writable: a folder without write permission, a sticky
# folder, a single file mounted into a container, a read-only file system around such a file.
_IMMOVABLE = frozenset((errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV, errno.EROFS))


def _silent(_: str) -> None:
    """Report to nobody."""


class Output(Struct, frozen=True, kw_only=True):
    """Where a call writes its result, and what it must leave alone.

    Attributes:
        path: the file as it was typed; None or "-" for standard output.
        inputs: the files and folders that the call reads.
        force: replace an existing file whose content is of another kind; None where nobody can ask for that.
        notify: reports in one line that a file is written in place.
    """

    path: str | None = None
    inputs: tuple[Path, ...] = ()
    force: bool | None = False
    notify: Callable[[str], None] = _silent

    @property
    def is_stdout(self) -> bool:
        """Whether the result goes to standard output."""
        return self.path is None or self.path == "-"


@contextmanager
def open_output(output: Output, kind: FileKind) -> Iterator[IO[str]]:
    """Standard output, or a file of UTF-8 text that takes its place once all of it is written.

    A device, a pipe or a descriptor (`/dev/stdout`) is written to as it is.

    Raises:
        SisterlineError: the file must not be replaced, or cannot be written.
    """
    if output.is_stdout:
        yield sys.stdout
        return
    with write_errors(output):
        stream = _open_stream(output)
        if stream is not None:
            with stream:
                yield stream
            return
        with (
            _staged(output, kind) as temporary,
            temporary.open("w", encoding="utf-8", newline="") as out,
        ):
            yield out


@contextmanager
def output_path(output: Output, kind: FileKind, suffix: str) -> Iterator[Path]:
    """An empty temporary file, for a writer that needs a file of its own, such as SQLite.

    Args:
        output: where the finished file goes.
        kind: of the finished file.
        suffix: of the example in the message where the output can be no file.

    Raises:
        SisterlineError: the file must not be replaced, or cannot be written.
    """
    with write_errors(output):
        if _DESCRIPTOR.fullmatch(str(output.path)) or _is_special(target_of(output)):
            raise OutputRefusedError(
                _("a {kind} needs a file; name one, such as {example}").format(
                    kind=pgettext("kind of file", kind), example=f"pairs{suffix}"
                )
            )
        with _staged(output, kind) as temporary:
            yield temporary


@contextmanager
def write_errors(output: Output) -> Iterator[None]:
    """Failures as one line that names the file as it was typed."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of a pipe has what it wanted
    except OutputRefusedError as refusal:
        raise SisterlineError(
            _("cannot write {path}: {reason}").format(path=output.path, reason=refusal)
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise SisterlineError(
            with_fix(
                _("cannot write {path}: {reason}").format(path=output.path, reason=reason), _way_out(error)
            )
        ) from None


def _way_out(error: OSError) -> str:
    """What to do about an error of the operating system, where that is known."""
    if error.errno == errno.ENOENT:
        return _("make its folder first")
    if error.errno in _IMMOVABLE:
        return _("choose a folder that you can write to")
    return ""


def target_of(output: Output) -> Path:
    """The file that is meant: a leading ~/ is the home folder, a link leads to what it names."""
    path = str(output.path)
    if path.endswith(("/", os.sep)):
        raise OutputRefusedError(_("it is a folder; name a file in it"))
    # Not Path.resolve, which fails in its own way for links in a circle: opening the file reports them.
    if path.startswith("~"):  # not "./~", which means a folder of that name
        path = str(expand_home(Path(path)))
    return Path(os.path.realpath(path))


def _is_special(target: Path) -> bool:
    """Whether something is there that is neither a file nor a folder."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _open_stream(output: Output) -> IO[str] | None:
    """A device, a pipe or a descriptor, opened to be written to; None for what is a file."""
    path = str(output.path)
    if _DESCRIPTOR.fullmatch(path):
        sys.stdout.flush()
        name = path.rpartition("/")[2]
        number = {"stdout": 1, "stderr": 2}.get(name) or int(name)
        # A copy of it goes on where the shell is: opening the path would cut off what is there.
        return open(os.dup(number), "w", encoding="utf-8", newline="")  # noqa: PTH123
    target = target_of(output)
    if _is_special(target):
        return target.open("w", encoding="utf-8", newline="")
    return None


@contextmanager
def _staged(output: Output, kind: FileKind) -> Iterator[Path]:
    """A temporary file that becomes the output once the block has filled it."""
    from sisterline.formats.protection import check_target  # standard output needs none

    target = target_of(output)
    check_target(target, kind, inputs=output.inputs, force=output.force)
    with ExitStack() as stack:
        immovable: OSError | None = None
        try:
            temporary = stack.enter_context(temporary_file(target.parent))
        except OSError as error:
            if error.errno not in _IMMOVABLE or not target.is_file():
                raise
            temporary = stack.enter_context(temporary_file(_temporary_folder()))
            immovable = error
        yield temporary
        if kind == "database":
            from sisterline.formats.database_protection import remove_empty_companions

            remove_empty_companions(target)
        if not target.exists():
            _move_new(temporary, target)
            return
        if immovable is None:
            immovable = _move_over(temporary, target)
        if immovable is not None:
            reason = immovable.strerror or immovable
            output.notify(
                _("{path} is written in place, because it cannot be replaced: {reason}").format(
                    path=output.path, reason=reason
                )
            )
            _overwrite(target, temporary.read_bytes())


def _temporary_folder() -> Path:
    import tempfile

    return Path(tempfile.gettempdir())


def _move_new(temporary: Path, target: Path) -> None:
    """Move a finished file to where there is none, with the permissions that a new file gets."""
    temporary.chmod(default_permissions(0o666))
    temporary.replace(target)


def default_permissions(most: int) -> int:
    """The permissions that a new file or folder gets, of those that it may have at most."""
    mask = os.umask(0)
    os.umask(mask)
    return most & ~mask


def _move_over(temporary: Path, target: Path) -> OSError | None:
    """Move a finished file over another one, whose owner, group and permissions it takes.

    Returns:
        Why that is impossible; None once it is done.
    """
    old, new = target.stat(), temporary.stat()
    try:
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            os.chown(temporary, old.st_uid, old.st_gid)
        temporary.chmod(stat.S_IMODE(old.st_mode))
        with temporary.open("rb") as file:
            os.fsync(file.fileno())  # the old content goes only when the new one is on the disk
        temporary.replace(target)
    except OSError as error:
        if error.errno in _IMMOVABLE:
            return error
        raise
    return None


def _overwrite(target: Path, content: bytes) -> None:
    """Write over a file without replacing it; where that fails its old content is put back.

    Raises:
        OSError: it cannot be written.
    """
    old = target.read_bytes()
    # Neither created nor cut off first: a sticky folder forbids the one, a full disk makes the other a loss.
    descriptor = os.open(target, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        try:
            _write_all(descriptor, content)
        except OSError:
            _write_all(descriptor, old)
            raise
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.ftruncate(descriptor, len(content))
    os.fsync(descriptor)
