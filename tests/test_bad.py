"""One minimal bad file per message: tests/bad/NAME.yaml, and in NAME.txt what `check` reports about it.

After a message was changed on purpose, `python tests/test_bad.py` writes every NAME.txt anew; read the
difference before it is committed, for it is what people will see.
"""

import ast
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sisterline import coordinates, dates, errors
from sisterline.reading import (
    builder,
    diagnose,
    encoding,
    files,
    relations,
    scalars,
    slips,
    yaml_errors,
    yaml_reader,
    yaml_text,
)
from sisterline.reading.dataset import read_dataset
from sisterline.reading.yaml_events import loader_is_fast

BAD = Path(__file__).parent / "bad"
MODULES = (
    *(coordinates, dates, errors, scalars, diagnose, files, builder, relations),
    *(encoding, slips, yaml_errors, yaml_reader, yaml_text),
)
NAMES = sorted(file.stem for file in BAD.glob("*.yaml"))

# What makes a problem or an error of its arguments, and the names that messages have before that.
REPORTS = {
    *("Problem", "Slip", "DateError", "CoordinatesError", "ScalarError", "SisterlineError"),
    "YamlRefusedError",
    *("report", "_report", "_forbid", "_problem"),
}
MESSAGES = {"message", "hint", "size", "reason", "fix"}

# libyaml and the pure-Python loader word this one differently; the text is libyaml's.
LIBYAML_ONLY = {"not-yaml"}

# Reported where no YAML file can show it, each with the test that does.
ELSEWHERE = {
    "this is not a regular file",  # test_yaml_text: a folder, a FIFO
    "name a .yaml file or a folder of them",
    "there is no such file",  # test_yaml_text
    "cannot be read: .*",  # test_yaml_text, test_load
    "there is no .yaml file in this folder",  # test_load
    "the data set is already described, and differently, at .*",  # test_dataset_section
    "keep one of the two",
    "the bundled data is missing; install sisterline again, or name your own with --data",  # test_load
    "this escape is not a character",  # test_yaml_text: only PyYAML's own scanner lets it pass
    "write the character itself",
    "standard input is closed",  # test_cases_data
    "there are more than .* MiB; split it into several files",
    "; it has .*",
    "the file has .* MiB, where .* are allowed",  # test_hostile_files
    "split it into several files",
    "more than .* values in one record",  # test_yaml_text: the limits
    "more than .* records in one file",
    "a text of .* characters, where .* are allowed",
    "shorten it",
    ".* problems, of which .* are shown",
    "fix these and check again",
    ", or write the same .*",  # test_own_data: two files
    "the encoding is unknown",  # test_import
    "this is a .* file, not YAML",  # test_cases_yaml: a file that is called .csv
}


def said(name: str) -> str:
    """What `check` reports about a bad file, the path being its bare name."""
    with contextlib.chdir(BAD):
        problems = read_dataset([Path(f"{name}.yaml")]).problems
    return "".join(f"{problem}\n" for problem in problems)


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_file_is_reported_with_place_fault_and_fix(name: str) -> None:
    if name in LIBYAML_ONLY and not loader_is_fast():
        pytest.skip("worded otherwise by the pure-Python loader")
    assert said(name) == (BAD / f"{name}.txt").read_text("utf-8")


def test_every_expected_text_has_its_file() -> None:
    assert sorted(file.stem for file in BAD.glob("*.txt")) == NAMES


def test_every_message_is_shown_by_a_bad_file() -> None:
    shown = "".join((BAD / f"{name}.txt").read_text("utf-8") for name in NAMES)
    templates = {template for module in MODULES for template in _messages(module)}
    missing = {template for template in templates if not re.search(_pattern(template), shown)}
    assert missing - ELSEWHERE == set()


def test_the_list_of_messages_that_are_not_shown_is_up_to_date() -> None:
    templates = {template for module in MODULES for template in _messages(module)}
    assert ELSEWHERE - templates == set()


def test_messages_are_found_in_the_modules_that_report_them() -> None:
    counts = {module.__name__: len(set(_messages(module))) for module in MODULES}
    assert all(counts.values()), counts
    assert sum(counts.values()) > 100


def _messages(module: ModuleType) -> Iterator[str]:
    """The messages and hints of a module, `.*` standing for what is put into them.

    These are the texts with a space among the arguments of what reports, and among the values of variables
    and constants that are named as messages are.
    """
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in REPORTS:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _texts(argument)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(_holds_messages(target) for target in targets):
                yield from _texts(node.value)


def _called(call: ast.Call) -> str:
    """The name of what is called, without what it is an attribute of."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _holds_messages(target: ast.expr) -> bool:
    names = {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
    return bool(names & MESSAGES) or any(name.endswith(("_HINT", "_ESCAPE", "_DEEP")) for name in names)


def _texts(node: ast.expr) -> Iterator[str]:
    """The literal texts with a space in an expression; those inside an f-string are part of it."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else ".*" for part in node.values)
        text = "".join(str(part) for part in parts)
        if " " in text.replace(".*", "").strip():
            yield text
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and " " in node.value:
            yield node.value.replace("{}", ".*")
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _texts(child)


def _pattern(template: str) -> str:
    return ".*".join(re.escape(part) for part in template.split(".*"))


if __name__ == "__main__":
    for each in NAMES:
        (BAD / f"{each}.txt").write_text(said(each), "utf-8")
