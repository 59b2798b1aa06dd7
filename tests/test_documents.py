"""What the documents name exists: tests, targets, links, files and functions; and a few of their claims."""

import ast
import functools
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import sisterline
from helpers import TESTS

ROOT = TESTS.parent
SOURCE = ROOT / "src" / "sisterline"
PACKAGE = Path(sisterline.__file__).parent  # the same, unless a wheel is installed
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
ARCHITECTURE = ROOT / "docs" / "architecture.md"

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def section(page: Path, heading: str) -> str:
    """The text under a heading of the second level."""
    (found,) = re.findall(
        rf"^## {heading}.*?\n(.*?)(?=^## |\Z)", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return str(found)


# --- tests, targets, links ------------------------------------------------------------------------


def named_tests(page: Path) -> list[tuple[str, str]]:
    """The test files that a page names, each with the test in it, if one is named."""
    return re.findall(r"\b(test_\w+\.py)(?:::(\w+))?", page.read_text("utf-8"))


@functools.cache
def names_of_tests(file: str) -> set[str]:
    """The names of the tests in a file."""
    return set(re.findall(r"^def (test_\w+)", (TESTS / file).read_text("utf-8"), re.MULTILINE))


@every_page
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    for file, test in named_tests(page):
        assert not test or test in names_of_tests(file), f"{file} has no {test}"


@every_page
def test_every_make_target_and_every_link_of_a_page_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for link, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", text):
        target = page.parent / link if link else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), f"{target.name}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_promise_of_the_reliability_page_names_a_test_or_a_target() -> None:
    promises = section(ROOT / "docs" / "reliability.md", "Promises")
    rows = re.findall(r"^\| (?!promise \||---)(.*) \| (.*) \|$", promises, re.MULTILINE)
    assert len(rows) > 40
    for promise, checks in rows:
        assert re.search(r"`test_\w+\.py|`make |tests run in a random order", checks), promise


# --- architecture ---------------------------------------------------------------------------------


def named_code(text: str) -> list[tuple[str, str]]:
    """The files of the package that a text names, each with the name in it, if one is given."""
    return re.findall(r"`((?:\w+/)*\w+\.py)(?:::([\w.]+))?`", text)


def defined_in(file: Path) -> set[str]:
    """The names of functions, classes, methods and variables of a module: `Page.lines` is a method."""
    names: set[str] = set()
    for node in ast.parse(file.read_text("utf-8")).body:
        names |= {target.id for target in assigned(node) if isinstance(target, ast.Name)}
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return names


def assigned(node: ast.stmt) -> list[ast.expr]:
    """The targets of an assignment; none for another statement."""
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.AnnAssign):
        return [node.target]
    return []


def test_every_file_and_every_name_of_the_architecture_page_exists() -> None:
    named = [
        (file, name)
        for file, name in named_code(ARCHITECTURE.read_text("utf-8"))
        if not file.startswith(("tests/", "tools/")) and Path(file).stem != "NAME"
    ]
    assert len(named) > 80
    for file, name in named:
        assert (SOURCE / file).is_file(), file
        assert not name or name in defined_in(SOURCE / file), f"{file} has no {name}"


def test_the_layers_of_the_architecture_page_are_those_that_are_checked() -> None:
    picture = re.findall(r"```text\n(.*?)```", section(ARCHITECTURE, "Packages"), re.DOTALL)[0]
    layers = [re.split(r" {2,}", line)[0] for line in picture.splitlines()]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    assert layers == contract["layers"]


def test_every_block_of_a_view_is_named_by_the_architecture_page() -> None:
    from sisterline.views import blocks

    page = ARCHITECTURE.read_text("utf-8")
    for block in blocks.Block.__args__:
        module = block.__module__.rpartition(".")[2]
        assert f"`views/{module}.py::{block.__name__}`" in page


# Runs the call of the tour and writes the functions that it calls to standard error.
PROFILED = """
import json, os, sys

called = set()

def note(frame, event, _):
    if event == "call":
        called.add((frame.f_code.co_filename, frame.f_code.co_qualname))

def leave(status, leave_at_once=os._exit):
    sys.setprofile(None)
    print(json.dumps(sorted(called)), file=sys.stderr, flush=True)
    leave_at_once(status)

os._exit = leave
sys.argv = ["sisterline", "timeline", "--city", "Beihai"]
from sisterline.__main__ import main
sys.setprofile(note)
main()
"""


def test_the_tour_names_functions_that_such_a_call_does_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path))
    called: set[tuple[str, str]] = set()
    for _ in range(2):  # without a cache entry and with one
        call = subprocess.run(
            [sys.executable, "-c", PROFILED], capture_output=True, check=True, encoding="utf-8"
        )
        assert "Yatsushiro" in call.stdout
        called |= {(file, name) for file, name in json.loads(call.stderr)}
    functions = [
        (file, name)
        for file, name in named_code(section(ARCHITECTURE, "A tour"))
        if name and not name.rpartition(".")[2][:1].isupper()
    ]
    assert len(functions) > 40
    for file, name in functions:
        assert (str(PACKAGE / file), name) in called, f"{file}::{name} is not called"


# --- glossary, citation ---------------------------------------------------------------------------


def glossary() -> list[str]:
    """The terms of the glossary, in order."""
    text = section(ROOT / "docs" / "contributing.md", "Glossary")
    return [
        term for term in re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE) if term not in ("term", "---")
    ]


def test_a_term_has_one_meaning_and_each_table_of_terms_is_sorted() -> None:
    terms = glossary()
    assert len(terms) >= 40
    assert len(set(terms)) == len(terms)
    for table in section(ROOT / "docs" / "contributing.md", "Glossary").split("### ")[1:]:
        own = [term for term in terms if f"| {term} |" in table]
        assert own == sorted(own)


def test_the_citation_is_complete_and_of_this_version() -> None:
    import yaml

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    # The required keys of version 1.2.0 of the Citation File Format.
    assert citation.keys() >= {"cff-version", "message", "title", "authors"}
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    assert citation["version"] == sisterline.__version__
    data = citation["references"][0]
    assert (data["type"], data["version"]) == ("data", sisterline.DATA_VERSION)
    assert data["date-released"].strftime("%Y.%m.%d") == sisterline.DATA_VERSION
    for cited in (citation, data):
        assert all(author.keys() >= {"name"} for author in cited["authors"])


def test_the_readme_says_how_to_call_the_program_and_under_which_licences_it_is() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for needed in (
        ".venv/bin/sisterline",
        "pipx install .",
        "MIT licence",
        "CC BY 4.0",
        "Unicode License v3",
    ):
        assert needed in text


# --- plain English --------------------------------------------------------------------------------


def quoted(text: str) -> Iterator[str]:
    """What a page shows but does not say: code blocks, with screens and data, and code spans."""
    yield from re.findall(r"```.*?```|`[^`\n]*`", text, re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_in_plain_english(page: Path) -> None:
    text = page.read_text("utf-8")
    for part in quoted(text):
        text = text.replace(part, "")
    assert re.findall(r"(?i)\b(?:mends?|tells?|told|so many|stands)\b", text) == []
