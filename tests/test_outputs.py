"""Outputs never destroy: every command in every format with -o onto what it must leave as it is.

As root permission bits do not bind: files are made immutable then, or a child without rights does the work.
"""

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from calls import REPORTS, Words, in_every_format
from helpers import Result, call
from sisterline.cli.app import COMMANDS
from sisterline.errors import SisterlineError
from sisterline.formats import FORMATS
from sisterline.formats.output import Output, open_output
from sisterline.reading.files import bundled_folder

OWN = """places:
  a: {name: Ahausen, country: DE, level: town}
  b: {name: Bourg, country: FR, level: town}
sources: {s: {title: A paper}}
partnerships:
- id: a-b
  between: [a, b]
  since: 2002-01-01
  sources: [s]
  exchanges: [{from: a, to: b, what: pupils, category: students, count: 3, unit: people, period: 2005}]
  events:
  - {date: 2001-05-09, type: gift, title: A clock, source: s}
"""


def _calls() -> Iterator[Words]:
    """Every command that takes -o, in every format that it can write."""
    for words in (REPORTS | {"show": ("show", "a-b"), "check": ("check", "own.yaml")}).values():
        data = () if words[0] == "check" else ("--no-builtin", "--data", "own.yaml")
        yield from in_every_format((*words, "--today", "2026-11-21", *data))
    yield from in_every_format(("diff", "own.yaml", "own.yaml", "--today", "2026-11-21"))
    yield from in_every_format(("config", "--today", "2026-11-21"))
    yield ("schema",)
    yield ("schema", "timeline")


CALLS = list(_calls())
OWN_FILES = {name for name, form in FORMATS.items() if form.own_file}


def _cases() -> Iterator[Any]:
    """All calls; those with a command and a format that were both in an earlier one are slow."""
    met: set[str] = set()
    for words in CALLS:
        traits = {words[0], words[-1]} - met
        met |= traits
        yield pytest.param(words, id=" ".join(words), marks=() if traits else pytest.mark.slow)


every_call = pytest.mark.parametrize("words", list(_cases()))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test runs in a folder that holds one data file."""
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(OWN, encoding="utf-8")


def _contents(folder: Path | str = ".") -> dict[str, bytes | str]:
    """All files of a folder with their bytes, and where its links lead."""
    found: dict[str, bytes | str] = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.is_symlink():
            found[str(path)] = str(path.readlink())
        elif path.is_file():
            found[str(path)] = path.read_bytes()
    return found


def _refused(output: str, *words: str) -> Result:
    """A call that must change nothing, with --force or without, and says so in a line that names the file."""
    before = _contents()
    for force in ([], ["--force"]):
        result = call(*words, "-o", output, *force)
        assert (result.status, result.out) == (1, "")
        assert result.err.startswith(f"sisterline: cannot write {output}: ")
        assert result.err.count("\n") == 1
        assert "; " in result.err  # the way out
        assert _contents() == before
    return result


@contextmanager
def _immutable(path: Path) -> Iterator[None]:
    """A file that not even root can write, or a folder in which not even root can make or move files."""
    if os.geteuid() != 0:
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            yield
        finally:
            path.chmod(mode)
        return
    chattr = shutil.which("chattr")
    if chattr is None or subprocess.run([chattr, "+i", path], capture_output=True, check=False).returncode:
        pytest.skip("root can write everything here: chattr +i is not supported")
    try:
        yield
    finally:
        subprocess.run([chattr, "-i", path], check=True)


def test_the_table_names_every_command_that_writes_a_file() -> None:
    writing = {name for name in COMMANDS if "--output" in call(name, "--help").out}
    # `import` writes data files, which replace nothing at all: test_import.
    assert {words[0] for words in CALLS} == writing - {"import"}
    assert writing == set(COMMANDS) - {"init", "export", "help", "explore"}


# --- what is never replaced -----------------------------------------------------------------------


@every_call
def test_an_input_is_never_replaced(words: tuple[str, ...]) -> None:
    _refused("own.yaml", *words)


@every_call
def test_an_input_is_never_replaced_through_a_link(words: tuple[str, ...]) -> None:
    Path("link.out").symlink_to("own.yaml")
    Path("hard.out").hardlink_to("own.yaml")
    _refused("link.out", *words)
    _refused("hard.out", *words)
    assert Path("hard.out").samefile("own.yaml")


@every_call
def test_the_bundled_data_is_never_replaced(words: tuple[str, ...]) -> None:
    Path("bundled.out").symlink_to(bundled_folder() / "sources.yaml")
    before = (bundled_folder() / "sources.yaml").read_bytes()
    assert "it is part of the bundled data" in _refused("bundled.out", *words).err
    assert (bundled_folder() / "sources.yaml").read_bytes() == before


@every_call
def test_a_data_file_is_never_replaced_although_the_call_does_not_read_it(words: tuple[str, ...]) -> None:
    Path("other.YML").write_text(OWN, encoding="utf-8")
    Path("other.out").write_text(OWN, encoding="utf-8")
    _refused("other.YML", *words)
    _refused("other.out", *words)


@every_call
def test_a_foreign_database_is_never_replaced(words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect("office.out")) as database:
        database.execute("CREATE TABLE visitors (name)")
        database.execute("INSERT INTO visitors VALUES ('Li')")
        database.commit()
    _refused("office.out", *words)


WRITE_AHEAD = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("pragma journal_mode=wal")
c.execute("insert into meta values ('memo', 'x')")
c.commit()
os._exit(0)
"""


@pytest.fixture(scope="session")
def in_wal_mode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of ours, to which a program that has crashed wrote in WAL mode."""
    folder = tmp_path_factory.mktemp("wal")
    assert call("list", "--limit", "1", "-o", folder / "pairs.db").status == 0
    subprocess.run([sys.executable, "-c", WRITE_AHEAD, folder / "pairs.db"], check=True)
    assert (folder / "pairs.db-wal").stat().st_size
    return folder


@every_call
def test_a_database_in_wal_mode_is_never_replaced(words: tuple[str, ...], in_wal_mode: Path) -> None:
    shutil.copytree(in_wal_mode, ".", dirs_exist_ok=True)
    _refused("pairs.db", *words)
    with closing(sqlite3.connect("pairs.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT value FROM meta WHERE key = 'memo'").fetchone() == ("x",)


@every_call
def test_a_folder_is_never_replaced(words: tuple[str, ...]) -> None:
    Path("folder.out").mkdir()
    Path("folder.out/kept").write_text("kept", encoding="utf-8")
    for name in ("folder.out", "folder.out/", "new.out/"):
        assert "it is a folder" in _refused(name, *words).err
    assert not Path("new.out").exists()


@every_call
def test_a_read_only_file_is_never_replaced(words: tuple[str, ...]) -> None:
    assert call(*words, "-o", "old.out").status == 0
    Path("old.out").chmod(0o444)  # this is seen as root too, whom it does not bind
    assert "it is read-only" in _refused("old.out", *words).err


@every_call
def test_an_immutable_file_is_never_replaced(words: tuple[str, ...]) -> None:
    assert call(*words, "-o", "old.out").status == 0
    with _immutable(Path("old.out")):
        assert "it is read-only" in _refused("old.out", *words).err


@every_call
def test_a_device_is_written_to_and_never_replaced(words: tuple[str, ...]) -> None:
    device = Path(os.devnull)
    if os.geteuid() == 0:  # who could replace the real one
        device = Path("null.out")
        try:
            os.mknod(device, stat.S_IFCHR | 0o666, os.stat(os.devnull).st_rdev)  # noqa: PTH116
            device.open("w").close()
        except OSError as error:
            pytest.skip(f"no device can be made here: {error}")
    before = device.stat()
    result = call(*words, "-o", str(device))
    if OWN_FILES & set(words):
        kind = FORMATS[words[-1]].kind
        reason = f"cannot write {device}: a {kind} needs a file; name one, such as pairs.{words[-1]}"
        assert (result.status, result.err) == (1, f"sisterline: {reason}\n")
    else:
        assert result.status == 0
    after = device.stat()
    assert stat.S_ISCHR(after.st_mode)
    assert (after.st_rdev, after.st_ino) == (before.st_rdev, before.st_ino)


@every_call
def test_a_pipe_is_written_to_and_never_replaced(words: tuple[str, ...]) -> None:
    os.mkfifo("pipe.out")
    if OWN_FILES & set(words):
        assert " needs a file; name one" in _refused("pipe.out", *words).err
        assert Path("pipe.out").is_fifo()
        return
    assert call(*words, "-o", "wanted.out").status == 0
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe.out").read_bytes()))
    reader.start()
    assert call(*words, "-o", "pipe.out").status == 0
    reader.join(timeout=60)
    assert read == [Path("wanted.out").read_bytes()]
    assert Path("pipe.out").is_fifo()


@every_call
def test_a_file_in_a_read_only_folder_is_written_in_place(words: tuple[str, ...]) -> None:
    folder = Path("folder")
    folder.mkdir()
    assert call(*words, "-o", "wanted.out").status == 0
    shutil.copyfile("wanted.out", "folder/old.out")
    inode = Path("folder/old.out").stat().st_ino
    with _immutable(folder):
        result = call(*words, "-o", "folder/old.out")
        new = call(*words, "-o", "folder/new.out")
    assert result.status == 0
    assert "folder/old.out is written in place, because it cannot be replaced: " in result.err
    assert Path("folder/old.out").read_bytes() == Path("wanted.out").read_bytes()
    assert Path("folder/old.out").stat().st_ino == inode
    # A new file cannot be made there, and nothing else is.
    assert new.status == 1
    assert new.err.endswith("; choose a folder that you can write to\n")
    assert _contents(folder).keys() == {"folder/old.out"}


@every_call
def test_an_earlier_output_is_replaced_by_the_same_call(words: tuple[str, ...]) -> None:
    for _ in range(2):
        result = call(*words, "-o", "x.out")
        assert result.status == 0
        assert "in place" not in result.err
    assert _contents().keys() == {"own.yaml", "x.out"}


# --- files of another kind ------------------------------------------------------------------------

KINDS: dict[str, tuple[str, bytes, str]] = {
    "binary as text": ("list -f csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "that is not text"),
    "binary as a table": ("list -f table", b"PK\x03\x04\x14\0\x06\0", "that is not text"),
    "UTF-16 as text": ("list -f tsv", "a\tb\n".encode("utf-16"), "that is not text"),
    "text as JSON": ("list -f json", b"old", "that is not JSON"),
    "a cut JSON file": ("list -f json", b'{"report": "list"', "that is not JSON"),
    "other JSON": ("list -f json", b'{"name": "app"}', "of JSON that Sisterline did not write"),
    "a JSON list": ("schema", b"[1]", "of JSON that Sisterline did not write"),
    "text as a calendar": ("timeline -f ics", b"old", "that is not a calendar"),
    "another calendar": (
        "timeline -f ics", b"BEGIN:VCALENDAR\r\nPRODID:-//Home//EN\r\nEND:VCALENDAR\r\n",
        "of a calendar that Sisterline did not make",
    ),
    "text as a database": ("list -f sqlite", b"old", "that is not a database"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "content", "fault"), KINDS.values(), ids=KINDS)
def test_a_file_of_another_kind_is_replaced_by_force_only(words: str, content: bytes, fault: str) -> None:
    given = [] if words == "schema" else ["--no-builtin", "--data", "own.yaml"]
    Path("x.out").write_bytes(content)
    result = call(*words.split(), *given, "-o", "x.out")
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        f"sisterline: cannot write x.out: it is an existing file {fault}; "
        "choose another name, or add --force to replace it\n"
    )
    assert Path("x.out").read_bytes() == content
    assert call(*words.split(), *given, "-o", "x.out", "--force").status == 0
    assert Path("x.out").read_bytes() != content


@pytest.mark.parametrize(
    "content",
    [b"", b"any text", "\ufeffä,b\n".encode(), "天津市,神户市\n".encode("gb18030"), b"\x1b[1mid\x1b[0m\n"],
)
def test_any_text_may_be_an_earlier_table(content: bytes) -> None:
    Path("x.out").write_bytes(content)
    assert call("list", "--no-builtin", "--data", "own.yaml", "-f", "csv", "-o", "x.out").status == 0


@pytest.mark.parametrize("form", ["json", "ics", "sqlite"])
def test_an_empty_file_may_be_filled(form: str) -> None:
    Path("x.out").touch()
    command = "timeline" if form == "ics" else "list"
    assert call(command, "--no-builtin", "--data", "own.yaml", "-f", form, "-o", "x.out").status == 0


# --- databases ------------------------------------------------------------------------------------

EXPORT = ("list", "--no-builtin", "--data", "own.yaml", "--today", "2026-11-21", "-o", "pairs.db")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE TABLE visitors (name)", 'table "visitors"'),
        ("CREATE VIEW gifts AS SELECT * FROM events", 'view "gifts"'),
        ("CREATE INDEX mine ON events (title)", 'index "mine"'),
        ("CREATE TABLE one (x); CREATE TABLE two (x)", 'table "one" and 1 more'),
    ],
)
def test_a_database_to_which_something_was_added_is_kept(statement: str, what: str) -> None:
    assert call(*EXPORT).status == 0
    with closing(sqlite3.connect("pairs.db")) as database:
        database.executescript(statement)
    assert (
        f"it also holds the {what}, which Sisterline did not make" in _refused("pairs.db", *EXPORT[:-2]).err
    )


def test_what_sqlite_itself_adds_is_no_foreign_table() -> None:
    assert call(*EXPORT).status == 0
    with closing(sqlite3.connect("pairs.db")) as database:
        database.execute("ANALYZE")
    assert call(*EXPORT).status == 0


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_that_another_program_uses_is_kept(mode: str) -> None:
    assert call(*EXPORT).status == 0
    # In WAL mode a connection that does nothing is in the way, too.
    use = {"delete": "begin immediate", "wal": "select 1 from meta"}[mode]
    code = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect('pairs.db', isolation_level=None)\n"
        f"c.execute('pragma journal_mode={mode}')\n"
        f"c.execute('{use}').fetchone()\n"
        "print('ready', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdin is not None
        assert program.stdout.readline() == b"ready\n"
        try:
            assert "another program is using it" in _refused("pairs.db", *EXPORT[:-2]).err
        finally:
            program.stdin.close()
    assert call(*EXPORT).status == 0
    assert _contents().keys() == {"own.yaml", "pairs.db"}


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_what_another_database_left_behind_is_not_applied_to_a_new_one(
    suffix: str, in_wal_mode: Path
) -> None:
    content = (in_wal_mode / "pairs.db-wal").read_bytes()
    if suffix == "-journal":
        content = bytes.fromhex("d9d505f920a163d7") + content
    Path(f"pairs.db{suffix}").write_bytes(content)
    for force in ([], ["--force"]):
        result = call(*EXPORT, *force)
        assert result.status == 1
        assert result.err == (
            f"sisterline: cannot write pairs.db: pairs.db{suffix} beside it belongs to another database; "
            "remove it, or choose another name\n"
        )
    assert _contents().keys() == {"own.yaml", f"pairs.db{suffix}"}
    Path("pairs.db").touch()  # an empty file is no database either
    assert call(*EXPORT).status == 1
    Path(f"pairs.db{suffix}").unlink()
    assert call(*EXPORT).status == 0


def test_a_journal_of_an_unfinished_change_keeps_the_database() -> None:
    assert call(*EXPORT).status == 0
    code = (
        "import os, sqlite3\n"
        "c = sqlite3.connect('pairs.db', isolation_level=None)\n"
        "c.execute('pragma cache_size = 1'); c.execute('begin')\n"
        "c.executemany('insert into meta values (?, ?)', [(str(n), 'x' * 500) for n in range(200)])\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert Path("pairs.db-journal").stat().st_size
    assert "pairs.db-journal beside it holds changes" in _refused("pairs.db", *EXPORT[:-2]).err
    with closing(sqlite3.connect("pairs.db")) as database:  # which rolls the change back
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM meta").fetchone() == (3,)
    assert call(*EXPORT).status == 0


@pytest.mark.parametrize(
    ("suffix", "content"),
    [("-wal", b""), ("-shm", b"\0" * 32768), ("-journal", b""), ("-journal", b"\0" * 512)],
)
def test_companions_that_hold_no_change_go_with_the_old_file(suffix: str, content: bytes) -> None:
    assert call(*EXPORT).status == 0
    Path(f"pairs.db{suffix}").write_bytes(content)
    assert call(*EXPORT) == (0, "", "")
    assert _contents().keys() == {"own.yaml", "pairs.db"}
    with closing(sqlite3.connect("pairs.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_damaged_database_of_ours_is_kept() -> None:
    assert call(*EXPORT).status == 0
    with Path("pairs.db").open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 200)
    assert "it is damaged" in _refused("pairs.db", *EXPORT[:-2]).err


# --- owner, group, mode and name ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.csv", "x.sqlite"])
def test_owner_group_and_mode_of_a_replaced_file_stay(name: str) -> None:
    words = ("list", "--no-builtin", "--data", "own.yaml", "-o", name)
    assert call(*words).status == 0
    owner = (1234, 2345) if os.geteuid() == 0 else (os.getuid(), os.getgid())
    os.chown(name, *owner)
    Path(name).chmod(0o2640)
    inode = Path(name).stat().st_ino
    assert call(*words).err == ""
    found = Path(name).stat()
    assert (found.st_uid, found.st_gid) == owner
    assert stat.S_IMODE(found.st_mode) == 0o2640
    assert found.st_ino != inode  # moved there whole


@pytest.mark.parametrize("name", ["北" * 83 + ".csv", "x" * 250 + ".json", "y" * 248 + ".sqlite"])
def test_a_name_as_long_as_the_file_system_takes_can_be_written(name: str) -> None:
    assert 253 <= len(os.fsencode(name)) <= 255
    for _ in range(2):
        assert call("list", "--no-builtin", "--data", "own.yaml", "-o", name) == (0, "", "")
    assert _contents().keys() == {"own.yaml", name}


def test_a_leading_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert call("schema", "-o", "~/x.json").status == 0
    assert [path.name for path in home.iterdir()] == ["x.json"]
    assert not Path("~").exists()
    assert call("schema", "-o", "./~/x.json").status == 1  # a folder called ~, which is not there


@pytest.mark.parametrize("linked", ["here.csv", "no/there.csv"])
def test_a_link_stays_and_its_target_is_written(linked: str) -> None:
    Path("no").mkdir()
    Path("link.csv").symlink_to(linked)
    for _ in range(2):
        assert call("list", "--no-builtin", "--data", "own.yaml", "-o", "link.csv") == (0, "", "")
        assert str(Path("link.csv").readlink()) == linked
        assert Path(linked).read_bytes().startswith(b"id,since,")


def test_links_in_a_circle_stay() -> None:
    Path("one.csv").symlink_to("two.csv")
    Path("two.csv").symlink_to("one.csv")
    result = call("list", "--no-builtin", "--data", "own.yaml", "-o", "one.csv")
    assert result == (1, "", f"sisterline: cannot write one.csv: {os.strerror(errno.ELOOP)}\n")
    assert Path("one.csv").is_symlink()


# --- descriptors ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_a_descriptor_goes_on_where_the_shell_is(name: str) -> None:
    if not Path("/dev/fd/1").exists():
        pytest.skip("descriptors have no names here")
    program = Path(sys.executable).with_name("sisterline")
    words = [str(program), "list", "--no-builtin", "--data", "own.yaml", "-f", "csv", "-o", name]
    with Path("x.csv").open("w", encoding="utf-8") as out:
        out.write("# before\n")
        out.flush()
        subprocess.run(words, stdout=out, check=True)
        subprocess.run(["echo", "# after"], stdout=out, check=True)
    lines = Path("x.csv").read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[1][:9], lines[-1]) == ("# before", "id,since,", "# after")


# --- in place -------------------------------------------------------------------------------------


class _File(NamedTuple):
    """The permissions of a file of root's, and of its folder."""

    folder: int
    file: int


FILES = {
    "a folder that is not writable": _File(0o755, 0o666),
    "a sticky folder": _File(0o1777, 0o666),
    "a file of somebody else": _File(0o777, 0o666),
}


@pytest.mark.parametrize("name", ["x.csv", "x.sqlite"])
@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_somebody_else_keeps_its_owner(kind: str, name: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make a file of somebody else's")
    words = ("list", "--no-builtin", "--data", "own.yaml", "-o", name)
    assert call(*words).status == 0  # loads all modules: the child may not read them
    fresh = Path(name).read_bytes()
    given = FILES[kind]

    def write_over(folder: Path) -> None:
        result = call(*words)
        assert result.status == 0, result.err
        assert f"{name} is written in place, because it cannot be replaced: " in result.err
        assert Path(name).read_bytes() == fresh
        assert Path(name).stat().st_uid == 0
        assert {path.name for path in folder.iterdir()} == {"own.yaml", name}

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copyfile("own.yaml", folder / "own.yaml")
        (folder / "own.yaml").chmod(0o644)
        shutil.copyfile(name, folder / name)
        (folder / name).chmod(given.file)
        folder.chmod(given.folder)
        _in_child(folder, write_over)
        folder.chmod(0o755)


def _in_child(folder: Path, action: Callable[[Path], None]) -> None:
    """Do something in a folder, in a child without root's rights."""
    child = os.fork()
    if not child:  # pragma: no cover  # in the child
        status = 1
        try:
            os.chdir(folder)
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            action(folder)
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_failure_in_place_puts_the_old_content_back() -> None:
    resource = pytest.importorskip("resource")
    folder = Path("folder")
    folder.mkdir()
    target = folder / "x.csv"
    target.write_text("old\n", encoding="utf-8")
    output = Output(path=str(target))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill() -> None:
        with open_output(output, "text") as out:
            out.write("new\n" * 100_000)
            out.flush()
            # From here on the kernel writes at most N bytes of a file, as on a full disk.
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))

    with _immutable(folder):
        try:
            with pytest.raises(SisterlineError, match=os.strerror(errno.EFBIG)):
                fill()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_text(encoding="utf-8") == "old\n"


def test_what_cannot_be_produced_leaves_a_file_that_would_be_written_in_place() -> None:
    folder = Path("folder")
    folder.mkdir()
    target = folder / "x.csv"
    target.write_text("old\n", encoding="utf-8")
    with _immutable(folder):
        assert call("list", "--no-builtin", "--data", "own.yaml", "--columns", "no", "-o", target).status == 2
    assert target.read_text(encoding="utf-8") == "old\n"
