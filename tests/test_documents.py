"""What the documents name is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import TESTS

ROOT = TESTS.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def _named(page: Path) -> Iterator[tuple[str, str]]:
    """The test files that a page names, each with the test in it, if one is named."""
    return ((file, test or "") for file, test in re.findall(
        r"`(?:tests/)?(test_\w+\.py)(?:::(\w+))?`", page.read_text("utf-8")
    ))  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    for file, test in _named(page):
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not test or test in tests, f"{file} has no {test}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_and_every_link_of_a_page_is_there(page: Path) -> None:
    text, makefile = page.read_text("utf-8"), (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make ([a-z-]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / link).exists(), link


def test_the_reliability_page_names_tests() -> None:
    assert len(list(_named(ROOT / "docs" / "reliability.md"))) > 30
