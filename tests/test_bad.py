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
    "there is no .yaml file in this folder; it has .*",
    "the file has .* MiB, where .* are allowed",  # test_hostile_files
    "split it into several files",
    "more than .* values in one record",  # test_yaml_text: the limits
    "more than .* records in one file",
    "a text of .* characters, where .* are allowed",
    "shorten it",
    ".* problems, of which .* are shown",
    "fix these and check again",
    "choose another, or write the same .*",  # test_own_data: two files
    "the encoding is unknown",  # test_import
    "this is a .* file, not YAML",  # test_cases_yaml: a file that is called .csv
    ".* (and .* more problem)",  # test_check
    *('no place is called ".*"', 'no region is called ".*"', 'no country is called ".*"'),  # test_places
    "there are .*",
    # test_cases_yaml, test_import: what a file is instead
    *("UTF-8 with a byte order mark", "an HTML page", "an XML file", "a PDF document", "an RTF document"),
    *("a 7z archive", "a bzip2 archive", "a gzip archive", "an xz archive", "an empty ZIP archive"),
    *("a picture", "an Access database", "a workbook (.xlsx, .ods) or another ZIP archive"),
    "a workbook or document of an old office program (.xls, .doc)",
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
    """The messages and hints of a module, `.*` standing for what is put into them."""
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "marked", "ngettext"):
            message = node.args[0]
            if isinstance(message, ast.Constant) and " " in str(message.value):
                yield re.sub(r"\{\w+\}", ".*", str(message.value))


def _pattern(template: str) -> str:
    return ".*".join(re.escape(part) for part in template.split(".*"))


if __name__ == "__main__":
    for each in NAMES:
        (BAD / f"{each}.txt").write_text(said(each), "utf-8")
