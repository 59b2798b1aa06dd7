"""What a call loads, and who imports heavy libraries; import-linter holds the layers (pyproject.toml)."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sisterline
from calls import REPORTS
from helpers import ON_SMALL

SOURCE = Path(sisterline.__file__).parent

# Heavy, or the business of one place: who may import it at all.
OWNERS = {
    "rich": {"formats.terminal.console", "text.cells", "explore.bars", "explore.lines"},
    "textual": {f"explore.{name}" for name in ("app", "bars", "box", "dialogs", "lines", "panes")},
    "yaml": {f"reading.{name}" for name in ("partial", "positions", "slips")}
    | {f"reading.yaml_{name}" for name in ("errors", "events", "reader", "text")},
    "sqlite3": {"formats.sqlite", "formats.sqlite_columns", "formats.database_protection"},
    "python_calamine": {"importing.workbooks"},
    "jinja2": {"formats.html.writer"},
    "markupsafe": {"formats.html.writer"},
}


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {_name(path): path for path in sorted(SOURCE.rglob("*.py")) if _name(path)}


@cache
def _libraries(path: Path) -> frozenset[str]:
    """The packages that a module imports anything from."""
    return frozenset(name.split(".")[0] for name in _imports(path))


def _imports(path: Path) -> Iterator[str]:
    """All that a module imports anywhere in it, also inside functions and for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the order"
            assert node.module
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole.removeprefix("sisterline.") in MODULES else node.module


@pytest.mark.parametrize("library", OWNERS)
def test_a_heavy_library_is_imported_in_its_own_place_only(library: str) -> None:
    users = {name for name, path in MODULES.items() if library in _libraries(path)}
    assert users <= OWNERS[library]


# --- what a call loads ----------------------------------------------------------------------------

HEAVY = (
    "pydantic",
    "asyncio",
    "importlib.metadata",
    "sqlite3",
    "textual",
    "http",
    "email",
    "multiprocessing",
    "icalendar",
    "python_calamine",
    "jinja2",
    "hashlib",
    "logging",
    "unittest",
    "concurrent",
)


def _loaded(*arguments: str, **environment: str) -> set[str]:
    """The modules that a call has loaded when it ends."""
    code = (
        "import sys, json\n"
        "from sisterline.cli.app import run\n"
        "status = run(json.loads(sys.argv[1]))\n"
        "print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(arguments)],
        capture_output=True,
        check=True,
        timeout=60,
        env=os.environ | environment,
    )
    status, modules = json.loads(done.stderr.splitlines()[-1])
    assert status == 0
    return set(modules)


def _of(libraries: tuple[str, ...], loaded: set[str]) -> set[str]:
    return {name for name in loaded if any(name == each or name.startswith(f"{each}.") for each in libraries)}


def test_the_version_loads_next_to_nothing() -> None:
    loaded = _loaded("--version")
    assert _of((*HEAVY, "yaml", "rich"), loaded) == set()
    # Neither the data's types nor anything that works on them is needed for one line.
    heavy = ("model", "reading", "store", "query", "reports", "formats", "cli.options", "cli.commands")
    assert _of(tuple(f"sisterline.{name}" for name in heavy), loaded) == set()


def test_the_list_of_commands_loads_none_of_them() -> None:
    loaded = _loaded("--help")
    heavy = ("model", "reading", "store", "query", "reports", "formats", "cli.options", "cli.commands")
    assert _of((*HEAVY, "yaml", "rich", *(f"sisterline.{name}" for name in heavy)), loaded) == set()


@pytest.mark.parametrize("arguments", [(), ("list",), ("timeline",), ("check",)])
def test_help_loads_nothing_that_draws(arguments: tuple[str, ...]) -> None:
    loaded = _loaded(*arguments, "--help")
    assert _of((*HEAVY, "yaml", "rich", "markdown_it"), loaded) == set()


def test_a_list_loads_no_other_command_and_nothing_heavy() -> None:
    _loaded("list", *ON_SMALL)
    loaded = _loaded("list", *ON_SMALL)
    assert _of((*HEAVY, "yaml", "tempfile", "random"), loaded) == set()
    others = {name for name in loaded if name.startswith("sisterline.cli.commands.")}
    assert others == {"sisterline.cli.commands.list"}
    # A pipe gets plain text: of Rich at most the table of widths, for names beyond kana and ideographs.
    widths = ("rich.cells", "rich._unicode_data", "rich._extension", "rich._cell_widths")
    assert _of(("rich",), loaded) - _of(widths, loaded) <= {"rich"}


def test_a_list_in_colours_loads_no_more_of_rich_than_its_console() -> None:
    from importlib.metadata import version

    loaded = _loaded("list", *ON_SMALL, "--color", "always")
    assert "rich.console" in loaded
    # Rich 14 loads tables and panels with its console, whoever asks; Rich 15 does not.
    own = {"rich.table", "rich.panel"} if version("rich").startswith("14.") else set()
    heavy = ("rich.table", "rich.markdown", "rich.panel", "rich.progress", "rich.syntax")
    assert _of(heavy, loaded) <= own


@pytest.mark.parametrize("words", REPORTS.values(), ids=REPORTS)
def test_no_command_but_the_explorer_loads_what_draws_full_screens(words: tuple[str, ...]) -> None:
    loaded = _loaded(*words, *(ON_SMALL if words[0] != "check" else ()))
    assert _of(("textual", "asyncio", "sisterline.explore"), loaded) == set()


def test_the_help_of_the_explorer_loads_what_draws_no_full_screens() -> None:
    assert _of(("textual", "asyncio", "rich"), _loaded("explore", "--help")) == set()


def test_completion_loads_neither_reports_nor_what_draws_them() -> None:
    asked = {
        "_SISTERLINE_COMPLETE": "complete_bash",
        "COMP_WORDS": "sisterline list --city Bei",
        "COMP_CWORD": "3",
    }
    _loaded(**asked)
    loaded = _loaded(**asked)
    assert (
        _of(
            (*HEAVY, "yaml", "rich", "sisterline.formats.terminal.screens", "sisterline.reading.dataset"),
            loaded,
        )
        == set()
    )


def test_a_list_from_the_cache_reads_no_yaml() -> None:
    _loaded("list", *ON_SMALL)
    assert "yaml" not in _loaded("list", *ON_SMALL)


@pytest.mark.parametrize("form", ["json", "csv", "tsv"])
def test_what_is_not_for_people_needs_no_console(form: str) -> None:
    loaded = _loaded("list", *ON_SMALL, "-f", form)
    assert _of((*HEAVY, "rich"), loaded) == set()
