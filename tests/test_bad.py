"""One minimal bad file per message: tests/bad/NAME.yaml, and in NAME.txt what `check` says of it.

After a message was changed on purpose, `python tests/test_bad.py` writes every NAME.txt anew; read the
difference before it is committed, for it is what people will see.
"""

import ast
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sisterline import compose, dates, syntax, yamlsource
from sisterline.reading import builder, diagnose, files, relations, schema
from sisterline.reading.dataset import read_dataset

BAD = Path(__file__).parent / "bad"
MODULES = (dates, compose, syntax, yamlsource, schema, diagnose, files, builder, relations)
NAMES = sorted(file.stem for file in BAD.glob("*.yaml"))

# libyaml and the pure-Python loader word this one differently; the text is libyaml's.
LIBYAML_ONLY = {"not-yaml"}

# Said where no YAML file can show it, each with the test that does.
ELSEWHERE = {
    "this is not a regular file",  # test_yamlsource: a folder, a FIFO
    "name a .yaml file or a folder of them",
    "there is no such file",  # test_yamlsource
    "cannot be read: .*",  # test_yamlsource, test_load
    "there is no .yaml file in this folder",  # test_load
    "the bundled data is missing; install sisterline again, or name your own with --data",  # test_load
    "an escape here means no character",  # test_yamlsource: only PyYAML's own scanner lets it pass
    "write the character itself",
    "standard input is closed",  # test_cases_data
    "there are more than .* MiB; make several files of it",
    "SISTERLINE_DATA names .*: .*; .*",
    "change or unset the variable, or bring it back",
    ".*; it has .*",
    "the file has .* MiB, where .* are allowed",  # test_hostile_files
    "make several files of it",
    "more than .* values in one record",  # test_yamlsource: the limits
    "more than .* records in one file",
    "a text of .* characters, where .* are allowed",
    "shorten it",
    ".* problems, of which .* are told",
    "mend these and check again",
    "the year .* cannot be written",  # test_dates: an anniversary, which no file asks for
}

# Not said to anybody.
INTERNAL = {
    "simple key",  # parts of libyaml's messages
    "single document",  # parts of libyaml's messages
    "another document",
    "mapping values are not allowed",
    " .*",  # libyaml's context, put after its problem
    "a control character",  # only should libyaml refuse a character that we know no reason to refuse
    "this is not YAML",  # only should libyaml give no reason at all
    "[,_ ']",
}


def said(name: str) -> str:
    """What `check` says of a bad file, the path being its bare name."""
    with contextlib.chdir(BAD):
        problems = read_dataset([Path(f"{name}.yaml")]).problems
    return "".join(f"{problem}\n" for problem in problems)


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_file_is_told_its_place_its_fault_and_its_mend(name: str) -> None:
    if name in LIBYAML_ONLY and not yamlsource.loader_is_fast():
        pytest.skip("worded otherwise by the pure-Python loader")
    assert said(name) == (BAD / f"{name}.txt").read_text("utf-8")


def test_every_expected_text_has_its_file() -> None:
    assert sorted(file.stem for file in BAD.glob("*.txt")) == NAMES


def test_every_message_of_the_sources_is_shown_by_a_bad_file() -> None:
    """All sentences of the modules count as messages, but for those listed above with a reason."""
    shown = "".join((BAD / f"{name}.txt").read_text("utf-8") for name in NAMES)
    templates = {template for module in MODULES for template in _sentences(module)}
    missing = {template for template in templates if not re.search(_pattern(template), shown)}
    assert missing - ELSEWHERE - INTERNAL == set()


def test_the_lists_of_messages_that_are_not_shown_are_up_to_date() -> None:
    templates = {template for module in MODULES for template in _sentences(module)}
    assert (ELSEWHERE | INTERNAL) - templates == set()


def _sentences(module: object) -> Iterator[str]:
    """The string literals of a module that hold a space, `.*` standing for what is put into them."""
    tree = ast.parse(Path(str(vars(module)["__file__"])).read_text("utf-8"))
    # Docstrings stand alone; the rest of what is left out here are the parts of f-strings, and types.
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else ".*" for part in node.values)
            text = "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.replace("{}", ".*")
        else:
            continue
        if " " in text:
            yield text


def _pattern(template: str) -> str:
    return ".*".join(re.escape(part) for part in template.split(".*"))


if __name__ == "__main__":
    for each in NAMES:
        (BAD / f"{each}.txt").write_text(said(each), "utf-8")
