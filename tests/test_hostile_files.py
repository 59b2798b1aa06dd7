"""Files that nobody means well with: a problem with its place, in bounded time and memory, and no traceback.

What is small is in the suite. With HOSTILE=1 (`make hostile`) the same is done with files as large as they
are allowed to be, each in a process of its own whose memory is limited.
"""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from helpers import call
from sisterline.reading import encoding
from sisterline.reading.dataset import read_dataset
from sisterline.reading.yaml_text import read

pytestmark = pytest.mark.usefixtures("here")

PLACE = "places:\n  x: {name: X, country: CN, level: city"
LARGE = os.environ.get("HOSTILE") == "1"
MIB = 1 << 20


def told(data: bytes | str) -> list[str]:
    """What is wrong with a file of these bytes."""
    Path("a.yaml").write_bytes(data.encode() if isinstance(data, str) else data)
    return [str(problem) for problem in read_dataset([Path("a.yaml")]).problems]


class Hostile(NamedTuple):
    """A file that can be made as large as one likes."""

    made: Callable[[int], str]  # of about so many bytes
    says: str  # what is in its first problem; empty where it has none


def _tie(rest: str) -> str:
    return f"partnerships:\n- {{id: a, between: [x, x], {rest}}}\n"


FILES = {
    "records each with a quote that is never closed": Hostile(
        lambda size: "places:\n" + "  x: {name: 'X}\n" * (size // 16) + "  x: [",
        "should continue or close here",
    ),
    "brackets": Hostile(lambda size: "[" * size, "nested deeper than 32 levels"),
    "braces": Hostile(lambda size: "{a: " * (size // 4), "nested deeper than 32 levels"),
    "hyphens": Hostile(lambda size: "- " * (size // 2) + "a", "nested deeper than 32 levels"),
    "keys in keys": Hostile(lambda size: "? " * (size // 2) + "a", "nested deeper than 32 levels"),
    "brackets with a tag": Hostile(lambda size: "[ ! a," + "[" * size, "nested deeper than 32 levels"),
    "steps": Hostile(
        lambda size: "".join(f"{' ' * n}a:\n" for n in range(int(size**0.5))), "nested deeper than 32 levels"
    ),
    "alias bomb": Hostile(
        lambda size: (
            "a0: &a0 [x]\n"
            + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, size // 60))
        ),
        "problems, of which 1,000 are shown",
    ),
    "an alias to itself": Hostile(
        lambda size: f"a: &a [*a]\nb: {'x' * size}\n", "the anchor &a is not allowed"
    ),
    "one text": Hostile(
        lambda size: f"{PLACE}, notes: {'x' * size}}}", "characters, where 100,000 are allowed"
    ),
    "one text in lines": Hostile(
        lambda size: f"{PLACE}, notes: |\n    " + "x\n    " * (size // 6), "this is not YAML"
    ),
    "one key": Hostile(lambda size: f"? {'x' * size}\n: a\n", "characters, where 100,000 are allowed"),
    "one comment": Hostile(lambda size: f"#{'x' * size}", "the file has no data"),
    "nothing but lines": Hostile(lambda size: "\n" * size, "the file is empty"),
    "a date": Hostile(lambda size: _tie(f"since: {'9' * min(size, 99_999)}"), '"since": "999'),
    "a period": Hostile(
        lambda size: _tie(f"events: [{{date: {'9/' * (min(size, 99_999) // 2)}, type: award, title: x}}]"),
        '"date": "9" is not a date',
    ),
    "a number": Hostile(
        lambda size: f"{PLACE}, population: {{count: {'9' * min(size, 99_999)}, as_of: 2000}}}}",
        "is too large",
    ),
    "an id": Hostile(lambda size: _tie(f"sources: [{'a-' * (min(size, 99_999) // 2)}]"), "is not a valid id"),
    "an address": Hostile(
        lambda size: f"sources: {{a: {{title: x, url: 'http://{'x' * (min(size, 99_000))} '}}}}",
        "is not a valid web address",
    ),
    "a tag of a language": Hostile(
        lambda size: f"places:\n  x:\n    name:\n      ? en{'-a' * (min(size, 99_000) // 2)}-\n      : X\n",
        "is not a valid language tag",
    ),
    "a language": Hostile(
        lambda size: f"sources: {{a: {{title: x, language: 'en{'-a' * (min(size, 99_000) // 2)}-'}}}}",
        "is not a valid language tag",
    ),
    "keys of a record": Hostile(
        lambda size: f"{PLACE}" + "".join(f", k{n}: x" for n in range(min(size // 10, 49_000))) + "}",
        'unknown key "k0"',
    ),
    "keys of the file": Hostile(
        lambda size: "".join(f"k{n}: x\n" for n in range(min(size // 9, 49_000))), 'unknown key "k0"'
    ),
    "too many keys": Hostile(
        lambda size: "a: {" + "".join(f"k{n}: x, " for n in range(max(size // 10, 51_000))) + "}",
        "more than 100,000 values in one record",
    ),
    "a million ids": Hostile(
        lambda size: "sources:\n" + "".join(f"  s{n}: {{title: x}}\n" for n in range(size // 22)), ""
    ),
    "empty records": Hostile(
        lambda size: "totals:\n" + "- {}\n" * min(size // 5, 90_000), "problems, of which 1,000 are shown"
    ),
    "the same key": Hostile(
        lambda size: "sources:\n" + "  a: {title: x}\n" * (size // 16), "problems, of which 1,000 are shown"
    ),
    "good data": Hostile(
        lambda size: (
            f"{PLACE}}}\n  y: {{name: Y, country: CN, level: city}}\npartnerships:\n"
            + "".join(
                f"- id: t{n}\n  between: [x, y]\n  since: 1996\n  notes: '{'A short sentence. ' * 12}'\n"
                "  events:\n" + "  - {date: 2001-03, type: award, title: An award for both of them}\n" * 4
                for n in range(size // 600)
            )
        ),
        "",
    ),
    "a way to a circle": Hostile(
        lambda size: (
            "places:\n"
            + "".join(
                f"  p{n}: {{name: X, country: CN, level: city, within: p{max(n - 1, 0)}}}\n"
                for n in range(size // 60)
            )
        ),
        '"p0" lies within itself',
    ),
    "documents": Hostile(lambda size: "--- a\n" * (size // 6), "a second document begins here"),
    "an open quote": Hostile(lambda size: f'a: "{"x " * (size // 2)}', "the quote that opens here is never"),
    "an open bracket": Hostile(
        lambda size: f"a: [{'x, ' * min(size // 3, 90_000)}", "the bracket that opens"
    ),
    "texts with signs": Hostile(
        lambda size: "sources:\n" + "".join(f"  s{n}: {{title: x ! *y* z}}\n" for n in range(size // 30)), ""
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_the_fault_of_a_hostile_file_is_reported(name: str) -> None:
    problems = told(FILES[name].made(110_000))
    assert bool(problems) is bool(FILES[name].says)
    if problems:
        assert any(FILES[name].says in problem for problem in problems)
    assert len(problems) <= 1_001
    assert max(map(len, problems), default=0) < 1_000


@pytest.mark.skipif(not LARGE, reason="make hostile")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_of_many_megabytes_is_refused_in_bounded_time_and_memory(name: str) -> None:
    size = int(os.environ.get("HOSTILE_MIB", "10")) * MIB
    Path("a.yaml").write_text(FILES[name].made(size), "utf-8")
    done = _limited("check", "a.yaml")
    assert FILES[name].says in done.stdout
    assert done.returncode == bool(FILES[name].says), done.stderr
    assert done.stderr == ""


# --- files that are none --------------------------------------------------------------------------


def test_what_is_no_regular_file_is_refused_and_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("folder.yaml").mkdir()
    os.mkfifo("pipe.yaml")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("socket.yaml")
    Path("device.yaml").symlink_to(os.devnull)
    os.mkfifo("pipe")
    Path("link.yaml").symlink_to("pipe")

    def opened(*_: object) -> int:
        raise AssertionError("it was opened")

    monkeypatch.setattr("os.open", opened)
    problems = read_dataset([Path()]).problems
    listening.close()
    names = ["device.yaml", "folder.yaml", "link.yaml", "pipe.yaml", "socket.yaml"]
    assert [problem.path for problem in problems if "not a regular file" in problem.message] == names
    assert len(problems) == 5


def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file.yaml").touch()
    os.mkfifo("pipe.yaml")
    regular = Path("file.yaml").stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: regular)
    assert "not a regular file" in read(Path("pipe.yaml"))[1][0].message


def test_a_file_is_read_as_it_was_when_it_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("a.yaml")
    path.write_text("places:\n", "utf-8")
    fstat = os.fstat

    def grown(handle: int) -> os.stat_result:
        found = fstat(handle)
        with path.open("a") as file:
            file.write("nonsense")
        return found

    monkeypatch.setattr("os.fstat", grown)
    document, _ = read(path)
    assert document is not None
    assert document.value == {"places": None}


def test_a_file_that_is_cut_while_it_is_read_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("a.yaml")
    path.write_text("places: {x: {name: X}}", "utf-8")
    fstat = os.fstat

    def cut(handle: int) -> os.stat_result:
        found = fstat(handle)
        os.truncate(path, 12)
        return found

    monkeypatch.setattr("os.fstat", cut)
    assert "never closed" in read(path)[1][0].message


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("a.yaml").open("wb") as file:
        file.truncate(300 * MIB)  # takes no room on the disk
    (problem,) = read_dataset([Path("a.yaml")]).problems
    assert str(problem) == "a.yaml: the file has 300 MiB, where 256 are allowed; split it into several files"
    monkeypatch.setattr(encoding, "MAX_BYTES", 9)
    assert "are allowed" not in str(told("a: b # cd"[:9]))
    assert "are allowed" in str(told("a: b # cde"))


def test_links_in_a_circle_are_reported_and_a_folder_in_itself_is_not_read_for_ever() -> None:
    Path("a.yaml").symlink_to("b.yaml")
    Path("b.yaml").symlink_to("a.yaml")
    Path("data").mkdir()
    Path("data/data.yaml").symlink_to(Path("data").resolve())
    Path("data/good.yaml").write_text(f"{PLACE}}}\n", "utf-8")
    Path("data/again.yaml").symlink_to("good.yaml")
    loaded = read_dataset([Path(), Path("data")])
    dataset, problems = loaded.dataset, loaded.problems
    loop = "cannot be read: Too many levels of symbolic links"
    assert [(problem.path, problem.message) for problem in problems] == [
        ("a.yaml", loop),
        ("b.yaml", loop),
        (str(Path("data/data.yaml")), "this is not a regular file"),
    ]
    assert set(dataset.places) == {"x"}


@pytest.mark.skipif(os.fsencode("ü") != "ü".encode(), reason="names are no bytes here")
@pytest.mark.parametrize("form", ["table", "json", "csv", "github"])
def test_a_name_that_is_not_utf_8_is_reported_in_every_format(form: str) -> None:
    path = os.fsdecode(b"K\xf6ln.yaml")
    Path(path).write_text("places:\n", "utf-8")
    result = call("check", path, "-f", form)
    assert result.status == 1
    assert "K\\u{dcf6}ln.yaml" in result.out.replace("\\\\", "\\")
    assert "has no value" in result.out


def test_a_folder_of_many_files_is_read() -> None:
    count = 30_000 if LARGE else 500
    Path("data").mkdir()
    for number in range(count):
        Path(f"data/{number}.yaml").write_text(f"sources:\n  s{number}: {{title: X}}\n", "utf-8")
    loaded = read_dataset([Path("data")])
    dataset, problems = loaded.dataset, loaded.problems
    assert (len(dataset.sources), problems) == (count, ())


def _limited(*arguments: str, mib: int = 1_500, seconds: int = 120) -> "subprocess.CompletedProcess[str]":
    """Call the program with so much memory and so much time of the processor, and no more."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (mib * MIB, mib * MIB))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "sisterline", *arguments],
        capture_output=True, text=True, preexec_fn=limit, check=False,
    )  # fmt: skip
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{time.monotonic() - began:.1f} s, {usage.ru_maxrss >> 10} MiB at most so far")
    return done
