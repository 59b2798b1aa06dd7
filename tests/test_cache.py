"""The cache: it saves time, and changes nothing else whatever happens to it."""

import errno
import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpers import ON_SMALL, SMALL, call, small
from sisterline.dates import Date
from sisterline.errors import DataError, Problem
from sisterline.index import make_index
from sisterline.model import Dataset
from sisterline.reading.dataset import load_dataset
from sisterline.store import cache
from sisterline.store.cache import MAX_ENTRIES, load_cached
from sisterline.store.packed import RecordOffsets

PROGRAM = Path(sys.executable).with_name("sisterline")

TEXT = """places:
  a: {name: Ahausen, country: DE, level: town}
  b: {name: Bourg, country: FR, level: town}
partnerships:
- {id: a-b, between: [a, b], since: 1990}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of the test's own, not yet made."""
    path = tmp_path / "cache"
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(path))
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small data set that may be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "data"))


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, reading a YAML file fails the test: what is wanted is in the cache."""

    def forbid() -> None:
        def fail(*_: object) -> Dataset:
            pytest.fail("a file was read although the cache has it")

        monkeypatch.setattr("sisterline.reading.dataset.load_dataset", fail)

    return forbid


def cached(paths: list[Path]) -> Dataset:
    """What the cache returns, without its index."""
    return msgspec.structs.replace(load_cached(paths), stored_index=None)


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.msgpack")) if folder.exists() else []


# --- a hit ----------------------------------------------------------------------------------------


def test_a_hit_gives_an_equal_data_set_without_reading(
    folder: Path, world: Dataset, no_reading: Callable[[], None]
) -> None:
    assert cached([SMALL]) == world
    (entry,) = _entries(folder)
    no_reading()
    again = cached([SMALL])
    assert again == world
    assert list(again.places) == list(world.places)  # the order is kept as well
    assert again.partnerships[0].since == world.partnerships[0].since
    assert type(again.partnerships[0].events[0].date) is type(world.partnerships[0].events[0].date)
    assert _entries(folder) == [entry]


def test_the_bundled_data_comes_back_equal(
    folder: Path, bundled: Dataset, no_reading: Callable[[], None]
) -> None:
    from sisterline.reading.files import bundled_folder

    load_cached([bundled_folder()])
    no_reading()
    assert cached([bundled_folder()]) == bundled


@pytest.mark.parametrize("command", [("list",), ("show", "sakae"), ("exchanges", "--records"), ("sources",)])
def test_a_command_prints_the_same_cold_and_warm(folder: Path, command: tuple[str, ...]) -> None:
    cold = small(*command)
    assert _entries(folder)
    assert small(*command) == cold


def test_an_entry_is_for_its_files_in_their_order(tmp_path: Path, folder: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(TEXT, encoding="utf-8")
    other.write_text(
        "places: {c: {name: C, country: IT, level: town}}\n"
        "partnerships: [{extends: a-b, events: [{date: 1999, type: gift, title: T}]}]\n",
        encoding="utf-8",
    )
    for paths in ([one], [one, other], [other, one]):
        for _ in range(2):
            assert cached(paths) == load_dataset(paths)
            assert list(load_cached(paths).places) == list(load_dataset(paths).places)
    assert len(_entries(folder)) == 3


def _outcome(read: Callable[[list[Path]], Dataset], path: Path) -> Dataset | tuple[Problem, ...]:
    """The data set that comes of reading, or all that is wrong."""
    try:
        return read([path])
    except DataError as error:
        return error.problems


# --- what changed ---------------------------------------------------------------------------------


def test_any_changed_byte_of_any_file_is_seen(folder: Path, data: Path) -> None:
    dice = random.Random(20261121)
    load_cached([data])
    changed = 0
    for file in sorted(data.iterdir()):
        good = file.read_bytes()
        stat = file.stat()
        for at in [0, len(good) - 1, *dice.sample(range(len(good)), 8)]:
            bad = good[:at] + bytes([good[at] ^ (1 << dice.randrange(7))]) + good[at + 1 :]
            file.write_bytes(bad)
            # Neither the size nor the time tells: only the bytes do.
            os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
            assert _outcome(cached, data) == _outcome(load_dataset, data)
            changed += 1
        file.write_bytes(good)
    assert changed == 10 * 4


def test_a_file_that_comes_or_goes_or_moves_is_seen(folder: Path, data: Path, tmp_path: Path) -> None:
    load_cached([data])
    (data / "more.yaml").write_text(
        "partnerships: [{id: more, between: [yunhe, omori]}]\n", encoding="utf-8"
    )  # fmt: skip
    assert len(load_cached([data]).partnerships) == 10
    (data / "more.yaml").rename(data / "more.txt")
    assert len(load_cached([data]).partnerships) == 9
    (data / "totals.yaml").unlink()
    assert load_cached([data]).totals == ()
    (data / "places.yaml").unlink()
    with pytest.raises(DataError):
        load_cached([data])


def test_a_new_version_of_the_program_reads_the_files_again(
    folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_cached([data])
    monkeypatch.setattr(cache, "__version__", "999.0")
    load_cached([data])
    assert len(_entries(folder)) == 2


def test_a_changed_reader_reads_the_files_again(
    folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A developer changes the model and runs the program again: the old entry has other fields.
    package = tmp_path / "sisterline"
    shutil.copytree(Path(cache.__file__).parents[1], package)
    monkeypatch.setattr(cache, "__file__", str(package / "store" / "cache.py"))
    load_cached([data])
    assert len(_entries(folder)) == 1
    for name in (
        "model.py",
        "dates.py",
        "text/matching.py",
        "text/variants.txt",
        "reading/__init__.py",
        "index.py",
    ):
        os.utime(package / name, ns=(1, 1))
        before = set(_entries(folder))
        load_cached([data])
        assert set(_entries(folder)) - before, name


def test_a_changed_writer_keeps_what_was_read(
    folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "sisterline"
    shutil.copytree(Path(cache.__file__).parents[1], package)
    monkeypatch.setattr(cache, "__file__", str(package / "store" / "cache.py"))
    load_cached([data])
    os.utime(package / "formats" / "markdown.py", ns=(1, 1))
    load_cached([data])
    assert len(_entries(folder)) == 1


def test_a_large_entry_gives_the_same_as_a_small_one(
    folder: Path, world: Dataset, monkeypatch: pytest.MonkeyPatch, no_reading: Callable[[], None]
) -> None:
    load_cached([SMALL])
    (entry,) = _entries(folder)
    whole = entry.read_bytes()
    monkeypatch.setattr(cache, "MMAP_FROM", 100)
    for damage in (b"", whole[:-1], whole[:-1] + b"?"):
        entry.write_bytes(damage)
        assert cached([SMALL]) == world
    no_reading()
    assert type(cache._bytes(entry)).__name__ == "mmap"
    assert cached([SMALL]) == world


# --- damage ---------------------------------------------------------------------------------------


def test_an_entry_that_was_cut_is_not_believed(folder: Path, world: Dataset) -> None:
    load_cached([SMALL])
    (entry,) = _entries(folder)
    whole = entry.read_bytes()
    for length in [*range(40), *range(40, len(whole), 499), len(whole) - 1]:
        entry.write_bytes(whole[:length])
        assert cached([SMALL]) == world
        # It was mended on the way.
        assert entry.read_bytes() == whole


def test_an_entry_with_any_flipped_byte_is_not_believed(folder: Path, world: Dataset) -> None:
    dice = random.Random(4)
    load_cached([SMALL])
    (entry,) = _entries(folder)
    whole = entry.read_bytes()
    for at in [*range(20), *dice.sample(range(20, len(whole)), 30)]:
        entry.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :])
        assert cached([SMALL]) == world


def test_an_entry_with_a_right_checksum_and_wrong_contents_is_not_used(folder: Path, world: Dataset) -> None:
    load_cached([SMALL])
    (entry,) = _entries(folder)
    bodies: list[Any] = [None, 1, [], {}, {"places": {}}, "x" * 10_000, [[[[]]]]]
    heads = [*map(msgspec.msgpack.encode, bodies), b"", b"\xc1", b"\x91" * 100_000]
    # Headers like ours whose offsets are wrong.
    for bounds in (b"", b"1", b"\xff" * 16, (7).to_bytes(8, "little") * 2):
        rows = RecordOffsets([], bounds)
        heads.append(msgspec.msgpack.encode([{}, [], make_index((), ()), rows, rows, rows]))
    for head in heads:
        body = len(head).to_bytes(8, "big") + head
        entry.write_bytes(cache._checksum([body]) + body)
        assert cached([SMALL]) == world


def test_wrong_records_under_a_right_checksum_are_one_line_of_error(folder: Path) -> None:
    small("list")
    (entry,) = _entries(folder)
    body = entry.read_bytes()[cache._CHECKSUM_SIZE :]
    body = body[:-5000] + b"\xc1" * 5000
    entry.write_bytes(cache._checksum([body]) + body)
    told = "sisterline: the cache has data that Sisterline did not write; empty its folder"
    result = small("list")
    assert (result.status, result.out, result.err.partition(",")[0]) == (1, "", told)


@pytest.mark.parametrize("kind", ["folder", "link to nowhere", "link to itself"])
def test_an_entry_that_is_no_file_changes_nothing(folder: Path, world: Dataset, kind: str) -> None:
    load_cached([SMALL])
    (entry,) = _entries(folder)
    entry.unlink()
    if kind == "folder":
        entry.mkdir()
    else:
        entry.symlink_to(entry if kind == "link to itself" else folder / "nowhere")
    assert cached([SMALL]) == world


# --- a folder that does not do --------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EXDEV])
@pytest.mark.parametrize("name", ["os.replace", "os.rename", "os.open", "os.fdopen", "os.mkdir", "os.stat"])
def test_a_folder_that_is_full_or_read_only_changes_nothing(
    folder: Path, world: Dataset, name: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As root no rights can be taken away, so the system calls refuse.
    real = getattr(os, name.removeprefix("os."))

    def refuse(*arguments: Any, **options: Any) -> Any:
        if any(str(folder) in str(argument) for argument in arguments) or name == "os.fdopen":
            raise OSError(number, os.strerror(number))
        return real(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(name, refuse)
        assert cached([SMALL]) == world
    assert not list(folder.glob(".*")) if folder.exists() else True  # nothing half written is left
    assert cached([SMALL]) == world


def test_a_disk_that_is_full_changes_nothing_and_leaves_nothing(folder: Path, world: Dataset) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        assert cached([SMALL]) == world
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null/cache", "file", "file/cache"])
def test_a_folder_that_cannot_be_made_changes_nothing(
    place: str, tmp_path: Path, world: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path / place))
    for _ in range(2):
        assert cached([SMALL]) == world
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


# --- where it is ----------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, and no variable that says where caches are."""
    for name in ("SISTERLINE_CACHE_DIR", "SISTERLINE_NO_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "home"
    path.mkdir()
    monkeypatch.setenv("HOME", str(path))
    monkeypatch.setattr(sys, "platform", "linux")
    return path


def _kept(*folders: Path) -> list[bool]:
    return [bool(_entries(folder)) for folder in folders]


def test_entries_are_in_the_cache_folder_of_the_home(home: Path) -> None:
    assert small("list").status == 0
    assert _kept(home / ".cache" / "sisterline") == [True]


def test_xdg_says_where_caches_are(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert small("list").status == 0
    assert _kept(tmp_path / "xdg" / "sisterline", home / ".cache" / "sisterline") == [True, False]


@pytest.mark.parametrize("relative", ["", ".", "caches", "./caches", "~/caches"])
def test_a_relative_xdg_folder_is_ignored(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relative: str
) -> None:
    # XDG Base Directory Specification: "If an implementation encounters a relative path [...] it should
    # consider the path invalid and ignore it."
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CACHE_HOME", relative)
    assert small("list").status == 0
    assert _kept(home / ".cache" / "sisterline") == [True]
    assert list(here.iterdir()) == []


def test_the_own_variable_goes_before_xdg(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path / "own" / "deep"))
    assert small("list").status == 0
    assert _kept(tmp_path / "own" / "deep") == [True]
    assert not (tmp_path / "xdg").exists()
    assert list(home.iterdir()) == []


def test_without_a_home_there_is_no_cache_and_no_harm(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: Dataset
) -> None:
    def homeless(_: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", classmethod(homeless))
    assert cached([SMALL]) == world
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cached([SMALL]) == world
    assert _kept(tmp_path / "xdg" / "sisterline") == [True]  # XDG needs no home


@pytest.mark.parametrize(("value", "kept"), [("1", False), ("yes", False), ("0", True), ("", True)])
def test_a_cache_that_is_not_wanted_is_neither_written_nor_read(
    folder: Path, world: Dataset, monkeypatch: pytest.MonkeyPatch, value: str, kept: bool
) -> None:
    monkeypatch.setenv("SISTERLINE_NO_CACHE", value)
    assert cached([SMALL]) == world
    assert bool(_entries(folder)) == kept
    monkeypatch.delenv("SISTERLINE_NO_CACHE")
    load_cached([SMALL])
    read: list[object] = []
    monkeypatch.setattr(cache, "_read", lambda entry: read.append(entry))
    monkeypatch.setenv("SISTERLINE_NO_CACHE", value)
    assert cached([SMALL]) == world
    assert bool(read) == kept


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("darwin", {}, "home/Library/Caches/sisterline"),
        ("darwin", {"XDG_CACHE_HOME": "/xdg"}, "home/Library/Caches/sisterline"),
        ("win32", {}, "home/AppData/Local/sisterline/Cache"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/sisterline/Cache"),
        ("freebsd14", {}, "home/.cache/sisterline"),
    ],
)
def test_other_systems_have_other_folders(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], place: str
) -> None:
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache._folder() == home.parent / place


# --- what is kept ---------------------------------------------------------------------------------


def test_bad_data_is_never_kept(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    for text in ("", "placs: {}\n", TEXT + "  knid: x\n", "[", TEXT.replace("[a, b]", "[a, c]")):
        path.write_text(text, encoding="utf-8")
        for _ in range(2):
            assert call("list", "--no-builtin", "--data", path).status == 1
    for missing in (tmp_path / "missing.yaml", tmp_path / "empty"):
        assert call("list", "--no-builtin", "--data", missing).status == 1
    assert _entries(folder) == []
    # Neither does what was kept of the good file hide that it is bad now.
    path.write_text(TEXT, encoding="utf-8")
    assert call("list", "--no-builtin", "--data", path).status == 0
    path.write_text(TEXT + "x", encoding="utf-8")
    assert call("list", "--no-builtin", "--data", path).status == 1


def test_check_reads_the_files_themselves(folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_cached([data])
    monkeypatch.setattr(cache, "_read", lambda _: pytest.fail("check must not trust a cache"))
    assert call("check", data).status == 0


def test_old_entries_are_cleaned_up(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    for n in range(MAX_ENTRIES + 5):
        path.write_text(TEXT.replace("1990", str(1990 + n)), encoding="utf-8")
        load_cached([path])
        newest = max(_entries(folder), key=lambda entry: entry.stat().st_mtime_ns)
        # Entries of one tick of the clock would have no order.
        os.utime(newest, ns=(n, 10**18 + n * 10**9))
    entries = _entries(folder)
    assert len(entries) == MAX_ENTRIES
    assert sorted(folder.iterdir()) == entries  # nothing else is left lying about
    (partnership,) = load_cached([path]).partnerships
    assert partnership.since == Date(1990 + MAX_ENTRIES + 4)


def test_the_newest_entry_outlives_the_cleaning(
    folder: Path, tmp_path: Path, no_reading: Callable[[], None]
) -> None:
    folder.mkdir()
    for n in range(MAX_ENTRIES + 20):
        (folder / f"{n}.msgpack").write_bytes(b"old")
        os.utime(folder / f"{n}.msgpack", ns=(n, n))
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    load_cached([SMALL])
    assert len(_entries(folder)) == MAX_ENTRIES
    assert (folder / "notes.txt").read_text("utf-8") == "mine"
    no_reading()
    load_cached([SMALL])


# --- several at once ------------------------------------------------------------------------------


@pytest.mark.slow
def test_several_processes_at_once_all_get_it_right(folder: Path) -> None:
    expected = small("list", "-f", "csv").out
    shutil.rmtree(folder)
    running = [
        subprocess.Popen(
            [PROGRAM, "list", "-f", "csv", *ON_SMALL],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(20)
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, expected, "")
    assert len(_entries(folder)) == 1
    assert len(list(folder.iterdir())) == 1


def test_readers_never_meet_half_an_entry(folder: Path, world: Dataset) -> None:
    # One thread writes the entry again and again, others read it: each sees it whole or not at all.
    load_cached([SMALL])
    (entry,) = _entries(folder)
    whole = entry.read_bytes()
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            cache._write(entry, world)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(300):
            assert entry.read_bytes() == whole
    finally:
        stop.set()
        writer.join()


def test_no_test_of_this_suite_uses_the_developers_own_cache(cache_folder: Path) -> None:
    assert os.environ["SISTERLINE_CACHE_DIR"] == str(cache_folder)
