"""Updates and checks the catalogues of translations (`make translations`, `make check-translations`).

Babel finds the messages in the code. Those that the code makes from a vocabulary or another table are added
from there (`messages_from_tables`), so that none is written twice.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any, Literal, NamedTuple, get_args

import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from catalogues import compile_catalogues, po_files

from sisterline.cli.app import COMMANDS, app
from sisterline.cli.parameters import plain_help
from sisterline.formats.options import FileKind
from sisterline.links.checker import Outcome
from sisterline.reports.config import Source as SettingSource
from sisterline.reports.counts import CountBy
from sisterline.reports.entries import ItemKind
from sisterline.reports.exchanges import SumBy
from sisterline.reports.sources import FactKind
from sisterline.views.columns import place_columns
from sisterline.views.labels import AMOUNT, COLUMN, GROUPING, LANGUAGE_TAG, SHEET, column_words, spaced
from sisterline.views.stats import FIGURES
from sisterline.vocabulary import Category, EventType, Kind, Level, SourceType, Status, TotalUnit, Unit

# The contexts of the messages that `labels.label` makes of the codes of vocabularies.
VOCABULARIES: tuple[tuple[str, Any], ...] = (
    ("level", Level),
    ("kind", Kind),
    ("status", Status),
    ("event type", EventType),
    ("category", Category),
    ("unit", Unit),
    ("unit", TotalUnit),
    ("source type", SourceType),
    (LANGUAGE_TAG, Literal["en", "zh", "ja", "ko", "es", "fr", "de", "ru"]),
    ("item kind", ItemKind),
    ("fact kind", FactKind),
    ("outcome", Outcome),
    ("kind of file", FileKind),
    ("severity", Literal["problem", "warning"]),
    ("origin of a setting", SettingSource),
    (GROUPING, CountBy),
    (GROUPING, SumBy),
)
ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "sisterline"
WIDTH = 110
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "marked": None,
    "counted": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_HEADER = """\
# Translations of Sisterline. docs/translating.md says how they are made.
# `make translations` updates this file.
#"""


class Words(NamedTuple):
    """A message that a table of the code makes."""

    context: str
    text: str
    place: str


def template() -> Catalog:
    """All messages of the program."""
    catalogue = Catalog(project="Sisterline", charset="utf-8")
    for name, _, message, comments, context in extract_from_dir(
        SOURCE, keywords=_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        place = str((SOURCE / name).relative_to(ROOT))
        catalogue.add(message, None, [(place, 0)], context=context, auto_comments=comments)
    for words in messages_from_tables():
        catalogue.add(words.text, None, [(words.place, 0)], context=words.context or None)
    return catalogue


def messages_from_tables() -> Iterator[Words]:
    """The messages that no call in the code names: words of vocabularies, names of columns and of tables."""
    for context, vocabulary in VOCABULARIES:
        for code in get_args(vocabulary):
            yield Words(context, spaced(code), "vocabularies")
    for unit in (*get_args(Unit), *get_args(TotalUnit)):
        yield Words(AMOUNT, f"{{count}} {unit}", "vocabularies")
    names = [*get_args(CountBy), *get_args(SumBy), "way", *FIGURES]
    names += [column.name for side in ("place", "partner") for column in place_columns(side)]
    for name in names:
        yield Words(COLUMN, column_words(name), "vocabularies")
    yield from _messages_of_commands()
    for by in get_args(CountBy):
        yield Words(SHEET, f"by {by}", "vocabularies")
    for path in sorted((SOURCE / "views").glob("*.py")):
        place = str(path.relative_to(ROOT))
        yield from (Words(COLUMN, column_words(name), place) for name in _names(path, r"Column|\w+_column"))
        yield from (Words(SHEET, spaced(name), place) for name in _names(path, "Table"))


def _messages_of_commands() -> Iterator[Words]:
    """What the help of the program and of its commands says, and what their values are called in errors."""
    program: Any = typer.main.get_command(app)
    context = program.make_context("sisterline", [], resilient_parsing=True)
    commands = [program, *(program.get_command(context, name) for name in COMMANDS)]
    place = "src/sisterline/cli/commands"
    for noun in ("value", "format"):
        yield Words("value", noun, place)
    for command in commands:
        for paragraph in inspect.cleandoc(command.help).split("\n\n"):
            if not paragraph.startswith("\b"):  # as examples do
                yield Words("", " ".join(paragraph.splitlines()), place)
        for parameter in command.params:
            if parameter.help and parameter.name != "help":
                yield Words("", plain_help(parameter.help), place)
            if parameter.metavar:
                yield Words("value", parameter.metavar.strip("[].").lower(), place)


def _names(path: Path, makers: str) -> Iterator[str]:
    """The names that a module gives to columns or tables, as `name` or first, to what a pattern matches."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and re.fullmatch(makers, getattr(node.func, "id", "")):
            named = [keyword.value for keyword in node.keywords if keyword.arg == "name"]
            for value in (*node.args[:1], *named):
                if isinstance(value, ast.Constant):
                    yield str(value.value)


def read_catalogue(path: Path) -> Catalog:
    """A catalogue as it is on the disk."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def updated(path: Path, messages: Catalog) -> bytes:
    """A catalogue with the messages of the code: new ones are empty, those that are gone are dropped."""
    catalogue = read_catalogue(path)
    stored, stored_date = catalogue.header_comment, catalogue.creation_date
    # No guesses: a similar message is seldom the same.
    catalogue.update(messages, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.header_comment = stored or _HEADER
    catalogue.creation_date = stored_date
    out = BytesIO()
    write_po(out, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True, sort_by_file=True)
    return out.getvalue()


def problems(path: Path, messages: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, a line each."""
    catalogue = read_catalogue(path)
    if _keys(catalogue) != _keys(messages):
        yield f"{path.relative_to(ROOT)} does not have the messages of the code: run `make translations`"
    for message in catalogue:
        if message.id:
            yield from (f"{path.relative_to(ROOT)}: {message.id!r}: {wrong}" for wrong in _faults(message))


def _keys(catalogue: Catalog) -> set[Any]:
    return {(message.context, message.id) for message in catalogue}


def _faults(message: Message) -> Iterator[str]:
    texts = _forms(message.string)
    if not all(texts):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    expected = placeholders(_forms(message.id)[-1])
    for text in texts:
        if placeholders(text) != expected:
            yield f"other placeholders: {text!r}"


def _forms(texts: Any) -> tuple[str, ...]:
    """A text, or the forms of one that depends on a count."""
    if isinstance(texts, str):
        return (texts,)
    return tuple(texts or ("",))


def placeholders(text: str) -> set[str]:
    """The names in braces; an ordinal `{nth}` may be the number `{n}` in another language."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # text with a brace that is never formatted
        return set()
    return {"n" if name == "nth" else name for name in names}


def main(arguments: list[str]) -> int:
    """Update all catalogues and compile them; or only --check or --compile them."""
    if arguments == ["--compile"]:
        compile_catalogues(ROOT)
        return 0
    messages = template()
    if arguments == ["--check"]:
        found = [problem for path in po_files(ROOT) for problem in problems(path, messages)]
        print(*found, sep="\n", end="\n" * bool(found))
        return bool(found)
    for path in po_files(ROOT):
        path.write_bytes(updated(path, messages))
    compile_catalogues(ROOT)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
