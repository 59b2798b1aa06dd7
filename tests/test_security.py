"""What the program never does: run what data says, reach a network, start a program, open other files."""

import ast
import json
import os
import subprocess
import sys
import sysconfig
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import sisterline
from helpers import SMALL
from sisterline.cli.app import COMMANDS, _Commands
from sisterline.errors import UnreadableError
from sisterline.formats import FORMATS
from sisterline.importing.workbooks import read_workbook
from sisterline.reading.files import bundled_folder

SOURCE = Path(sisterline.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
VISITS = SMALL.parents[1] / "docs" / "examples" / "visits.csv"

# --- what the sources hold ------------------------------------------------------------------------

# Modules that run code or programs, reach a network, or read formats through which data can act.
FORBIDDEN_MODULES = (
    *(
        "asyncio",
        "code",
        "codeop",
        "concurrent",
        "multiprocessing",
        "pty",
        "runpy",
        "subprocess",
        "zipimport",
    ),
    *(
        "_ctypes",
        "cffi",
        "ctypes",
        "_pickle",
        "dill",
        "marshal",
        "pickle",
        "shelve",
        "plistlib",
        "xml",
        "xmlrpc",
    ),
    *("_socket", "_ssl", "socket", "socketserver", "ssl", "ftplib", "http", "imaplib", "poplib", "smtplib"),
    *("telnetlib", "urllib.request", "webbrowser", "wsgiref", "httpx", "requests", "urllib3"),
)
# One module starts Python again, to read a workbook within a limit of memory. The explorer opens the address
# of a source where somebody asks for it, and runs in an event loop, which knows about signals.
ALLOWED = {
    ("workbooks.py", "subprocess"),
    ("browser.py", "webbrowser"),
    ("signals.py", "asyncio"),
}
# What the package that asks for links needs; httpx is imported inside functions.
LINKS_MAY = (
    *(" import socket", " import httpx"),
    *(" import concurrent.futures.ThreadPoolExecutor", " import concurrent.futures.as_completed"),
)
FORBIDDEN_NAMES = ("eval", "exec", "compile", "__import__", "breakpoint", "input")
# Of any object, or imported from any module.
FORBIDDEN_ATTRIBUTES = (
    *("system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "startfile", "mktemp"),
    *("execl", "execle", "execlp", "execlpe", "execv", "execve", "execvp", "execvpe"),
    *("spawnl", "spawnle", "spawnlp", "spawnlpe", "spawnv", "spawnve", "spawnvp", "spawnvpe"),
    *(
        "load_extension",
        "enable_load_extension",
        "exec_module",
        "load_module",
        "__subclasses__",
        "__globals__",
    ),
    *("load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all"),
    *("Loader", "CLoader", "FullLoader", "CFullLoader", "UnsafeLoader", "CUnsafeLoader"),
)


def faults(source: str, name: str = "x.py") -> Iterator[str]:
    """What a module holds that the package promises not to."""
    for node in ast.walk(ast.parse(source)):
        where = f"{name}:{getattr(node, 'lineno', 0)}:"
        if isinstance(node, ast.Import):
            imported = [each.name for each in node.names if (name, each.name) not in ALLOWED]
            yield from (f"{where} import {each}" for each in imported if _forbidden(each))
        elif isinstance(node, ast.ImportFrom):
            whole = [f"{node.module}.{each.name}" for each in node.names]
            yield from (f"{where} import {each}" for each in whole if _forbidden(each) or each == "yaml.load")
            wrong = [each.name for each in node.names if each.name in FORBIDDEN_ATTRIBUTES]
            yield from (f"{where} import {node.module}.{each}" for each in wrong)
        elif isinstance(node, ast.Name) and node.id in FORBIDDEN_NAMES:
            yield f"{where} {node.id}"
        elif isinstance(node, ast.Attribute):
            if node.attr in FORBIDDEN_ATTRIBUTES or ast.unparse(node) == "yaml.load":
                yield f"{where} {ast.unparse(node)}"
        elif isinstance(node, ast.Call):
            if ast.unparse(node.func).endswith("import_module") and not _our_own(node.args):
                yield f"{where} {ast.unparse(node)}"
            # eval_str evaluates annotations: in options.py those of the commands, which are ours.
            words = {"shell"} if name == "options.py" else {"shell", "eval_str"}
            yield from (f"{where} {word.arg}=" for word in node.keywords if word.arg in words)


def _forbidden(module: str) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in FORBIDDEN_MODULES)


def _our_own(arguments: list[ast.expr]) -> bool:
    """Whether a name of a module begins with our package, whatever is put behind it."""
    if len(arguments) != 1:
        return False
    (name,) = arguments
    first = name.values[0] if isinstance(name, ast.JoinedStr) and name.values else name
    return isinstance(first, ast.Constant) and str(first.value).startswith("sisterline.")


def _faults_of(module: Path) -> list[str]:
    """What a module of the program could do and may not."""
    found = list(faults(module.read_text("utf-8"), module.name))
    if module.parent == SOURCE / "links":
        found = [fault for fault in found if not fault.endswith(LINKS_MAY)]
    return [fault.partition(" ")[2] for fault in found]


def test_no_module_can_run_what_data_says_or_reach_a_network() -> None:
    found = {str(module.relative_to(SOURCE)): _faults_of(module) for module in MODULES}
    # The pager is the only one that starts a program: the user's, without a shell.
    assert {name: each for name, each in found.items() if each} == {"cli/pager.py": ["import subprocess"]}


def test_only_check_uses_the_network_and_only_when_it_is_asked_to() -> None:
    importers = {
        path.relative_to(SOURCE).as_posix(): [
            node.col_offset
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sisterline.links")
        ]
        for path in MODULES
        if path.parent != SOURCE / "links"
    }
    importing = {name: columns for name, columns in importers.items() if columns}
    assert importing.keys() == {"cli/commands/check.py", "reports/links.py"}
    assert 0 not in importing["cli/commands/check.py"]  # imported inside a function


def test_the_process_that_reads_workbooks_is_our_own_python(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr("sisterline.importing.workbooks.subprocess.run", run)
    with pytest.raises(UnreadableError):
        read_workbook(b"PK\3\4; rm -rf $HOME", "--help; `id`.xlsx")
    # -P: no module of the working directory is imported.
    assert started == [[sys.executable, "-P", "-m", "sisterline.importing.workbooks"]]


@pytest.mark.parametrize(
    "line",
    [
        *("eval(text)", "exec(text)", "run = compile", "__import__(name)", "breakpoint()"),
        *(
            "import pickle",
            "from pickle import loads",
            "import marshal",
            "import shelve, re",
            "import socket",
        ),
        *("import subprocess", "from subprocess import run", "os.system(text)", "os.popen(text)"),
        *(
            "from os import system",
            "os.execv(a, b)",
            "import ctypes.util",
            "import http.client",
            "import ssl",
        ),
        *("import urllib.request", "from urllib import request", "import ftplib", "import multiprocessing"),
        *("import xml.etree.ElementTree as E", "from xml.dom import minidom", "tempfile.mktemp()"),
        *("yaml.load(text, Loader=x)", "from yaml import load", "yaml.unsafe_load(text)", "yaml.FullLoader"),
        *("import_module(name)", "import_module(f'{name}.x')", "importlib.import_module('os')"),
        *("import_module('.x', package)", "run(text, shell=True)", "get_annotations(x, eval_str=True)"),
        *("database.enable_load_extension(True)", "def f():\n    import socket", "x.__subclasses__()"),
    ],
)
def test_a_module_with_the_import_is_reported(line: str) -> None:
    assert list(faults(line)) != []


@pytest.mark.parametrize(
    "line",
    [
        *("re.compile(text)", "import urllib.parse", "msgspec.json.decode(text)", "path.load()"),
        *("import_module('sisterline.cli.complete')", "import_module(f'sisterline.cli.commands.{name}')"),
        *(
            "yaml.compose(text)",
            "from sisterline.reading.dataset import load_dataset",
            "evaluate(text)",
            "import hashlib",
        ),
    ],
)
def test_a_module_without_the_import_is_not_reported(line: str) -> None:
    assert list(faults(line)) == []


@pytest.mark.parametrize("name", ["os", "__init__", "list.x", "..cli", "list\n", "antigravity", "", "SHOW"])
def test_no_word_of_the_command_line_names_a_module_that_is_no_command(name: str) -> None:
    before = set(sys.modules)
    assert name not in COMMANDS
    assert _Commands().get_command(None, name) is None
    assert set(sys.modules) == before


# --- what the program does ------------------------------------------------------------------------

# A text that would leave a trace wherever it was run as Python, by a shell or as a template.
CANARY = '__import__("os").system("canary"); $(canary) `canary` {{canary}} %{canary}'
DATA = """\
places:
  canary: {name: {en: CANARY, zh: CANARY}, country: ZZ, level: city}
  other: {name: Other, country: XY, level: city, aliases: [CANARY], notes: CANARY}
sources:
  canary: {title: CANARY, publisher: CANARY, url: "https://example.org/canary"}
partnerships:
- id: canary-other
  between: [canary, other]
  since: 1990-01-02
  basis: CANARY
  notes: CANARY
  sources: [canary]
  events:
  - {date: 1991-02-03, type: award, title: CANARY, notes: CANARY, source: canary}
  exchanges:
  - {mutual: true, what: CANARY, category: students, count: 3, unit: people, period: 2001, notes: CANARY}
totals:
- {between: [ZZ, XY], count: 1, unit: pairs, as_of: 2020, by: CANARY, counts: CANARY}
""".replace("CANARY", json.dumps(CANARY))
BAD = "places: !!python/object/apply:os.system [canary]\n"

# One process that notes what the interpreter tells of itself (PEP 578) while it runs calls, or some Python.
WATCHED = """
import json, sys

noted, busy = {}, False

def note(event, arguments):
    global busy
    if not busy:
        busy = True  # what noting takes is not noted
        told = [getattr(each, "co_filename", each) for each in arguments]
        told = [each.decode(errors="replace") if isinstance(each, bytes) else each for each in told]
        noted[event, tuple(each if isinstance(each, int | str | None) else str(each) for each in told)] = 0
        busy = False

calls = json.load(sys.stdin)
sys.addaudithook(note)
if isinstance(calls, str):
    exec(calls)
else:
    from sisterline.cli.app import run
    for call in calls:
        run(call)
busy = True
print(json.dumps(list(noted)), file=sys.stderr)
"""

# The first words of what must never be told; `sqlite3.connect` is the one database that is written.
NEVER = (
    *("socket", "ssl", "subprocess", "pty", "ftplib", "http", "imaplib", "poplib", "smtplib", "urllib"),
    *(
        "webbrowser",
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
    ),
    *("os.kill", "os.link", "os.symlink", "os.chown", "os.putenv", "os.unsetenv", "shutil", "pickle", "mmap"),
    *("sqlite3.enable_load_extension", "sqlite3.load_extension", "ctypes", "cpython.run_command", "signal"),
)
LOOKS = ("os.listdir", "os.scandir", "pathlib.Path.glob", "glob.glob", "os.walk")
CHANGES = (
    *("os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "os.utime"),
    *("tempfile.mkstemp", "tempfile.mkdtemp", "sqlite3.connect"),
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PYTHON = {
    Path(each).resolve()
    for each in (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *zoneinfo.TZPATH, os.devnull)
} | {SOURCE.resolve()}


class Watched(NamedTuple):
    """A process that was watched."""

    events: list[tuple[str, list[str | int | None]]]
    folder: Path  # in which it ran
    own: set[Path]  # where it may read and write
    given: set[Path]  # where it may read

    def faults(self) -> Iterator[str]:
        """What it did and may not."""
        for event, arguments in self.events:
            told = f"{event} {arguments}"
            paths = [self.folder / each for each in arguments[:2] if isinstance(each, str)]
            if event.startswith(NEVER) and (event, arguments) != ("ctypes.dlopen", [None]):
                yield told  # `import ctypes`, which the uuid of icalendar does, opens Python itself by None
            elif event in ("compile", "import") and "canary" in told:
                yield told
            elif event == "exec":
                name = str(
                    arguments[0]
                )  # that of generated code is in <>: what it was made from is told by compile
                if not name.startswith("<") and not _within(Path(name), PYTHON):
                    yield told
            elif event == "open":
                writing = isinstance(arguments[2], int) and arguments[2] & WRITING
                if not all(
                    _within(path, self.own if writing else self.own | self.given) for path in paths[:1]
                ):
                    yield told
            elif (event in CHANGES and not all(_within(path, self.own) for path in paths)) or (
                event in LOOKS and not all(_within(path, self.own | self.given) for path in paths[:1])
            ):
                yield told


def _within(path: Path, folders: set[Path]) -> bool:
    whole = path.resolve()
    return not folders.isdisjoint((whole, *whole.parents))


def watched(folder: Path, calls: list[list[str]] | str) -> Watched:
    """Run calls, or a line of Python, in a folder of their own, watched."""
    for name in ("data", "run", "cache", "home"):
        (folder / name).mkdir()
    (folder / "data" / "own.yaml").write_text(DATA, encoding="utf-8")
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCHED],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder / "run",
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SISTERLINE_CACHE_DIR": str(folder / "cache"),
        },
        timeout=120,
    )
    given = {bundled_folder(), SMALL, VISITS, folder / "data", folder / "bad.yaml"} | PYTHON
    own = {folder / "run", folder / "cache"}
    events = json.loads(done.stderr.splitlines()[-1])
    resolved = ({path.resolve() for path in paths} for paths in (own, given))
    return Watched(events, (folder / "run").resolve(), *resolved)


def _calls() -> Iterator[list[str]]:
    """Every command in every format, to standard output and to a file."""
    given = ["--no-builtin", "--data", "../data"]
    for report in ("list", "timeline", "show", "stats", "anniversaries", "exchanges", "sources"):
        name = ["canary-other"] if report == "show" else []
        for form, format_ in FORMATS.items():
            if not format_.reports or report in format_.reports:
                if form != "sqlite":
                    yield [report, *name, *given, "-f", form]
                if report in ("list", "timeline"):
                    yield [report, *name, *given, "-f", form, "-o", f"{report}.{form}"]
    yield ["timeline", "--chart", *given]
    yield ["exchanges", "--records", *given, "--lang", "zh"]
    yield from (["check", "../data", "--warnings", "-f", form] for form in ("table", "json", "github"))
    yield from (
        ["check", "../bad.yaml"],
        ["check"],
        ["list", "--data", "../data"],
        ["list"],
        ["show", "Kobe"],
    )
    yield from (["diff", "../data", "../data", "-f", form] for form in ("table", "json", "csv", "markdown"))
    yield ["export", "made", *given]
    yield from (["explore", *given], ["explore", "--help"])  # which is refused: there is no terminal
    yield from (["config", "-f", form] for form in ("table", "json", "csv"))
    yield from (["schema"], ["schema", "list"], ["init", "made.yaml"], ["--version"], ["--help"], ["lits"])
    yield from (["list", "--help"], ["help", "list"], ["help", "dates"])
    yield ["import", str(VISITS), "--city", "Yatsushiro", "-o", "imported.yaml"]


def test_no_command_acts_on_what_data_says_or_opens_what_it_was_not_given(tmp_path: Path) -> None:
    calls = list(_calls())
    assert {call[0] for call in calls} >= set(COMMANDS)
    seen = watched(tmp_path, calls)
    assert list(seen.faults()) == []
    # The watch was awake: files were written, data was read, code was loaded.
    told = {event for event, _ in seen.events}
    assert told >= {"open", "exec", "compile", "import", "os.rename", "tempfile.mkstemp", "sqlite3.connect"}
    assert any("own.yaml" in str(arguments[0]) for event, arguments in seen.events if event == "open")
    # And nothing lies where nothing should.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "cache", "data", "home", "run"]
    assert list((tmp_path / "home").iterdir()) == []
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["own.yaml"]
    assert not [path for path in (tmp_path / "run").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    "line",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 1)",
        "import urllib.request; urllib.request.Request('file:///x'); urllib.request.urlopen('file:///')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork() or os._exit(0)",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import pickle; pickle.loads(b'cos\\nsystem\\n.')",
        "import ctypes; ctypes.CDLL('libc.so.6')",
        "eval('1 or can' 'ary')",
        "exec('can' 'ary = 1')",
        "__import__('can' 'ary')",
        "exec(compile('x = 1', '/somewhere/else.py', 'exec'))",
        "open('/etc/hostname')",
        "open('../data/own.yaml', 'a')",
        "import os; os.open('../x', os.O_CREAT | os.O_WRONLY)",
        "import os; os.listdir('..')",
        "import os; os.rename('../bad.yaml', 'good.yaml')",
        "import os; os.remove('../bad.yaml')",
        "import sqlite3; sqlite3.connect('../x.sqlite')",
    ],
)
def test_what_a_command_may_not_do_would_be_seen(tmp_path: Path, line: str) -> None:
    faults = watched(tmp_path, f"try:\n    {line}\nexcept (OSError, ImportError): pass").faults()
    assert list(faults) != []


def test_what_a_command_may_do_is_no_fault(tmp_path: Path) -> None:
    line = "open('../data/own.yaml'); open('x', 'w'); import os, json; os.listdir('../data'); eval('1')"
    assert list(watched(tmp_path, line).faults()) == []
