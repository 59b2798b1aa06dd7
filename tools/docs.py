"""Generates parts of README.md and docs/*.md, and the man page (`make docs`, `make check-docs`).

The documents have cog blocks that call the functions below, so that no help text, table of fields, screen or
error message is written by hand.
"""

import contextlib
import inspect
import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from sisterline import model
from sisterline.cli.settings_keys import KEYS
from sisterline.coordinates import Coordinates
from sisterline.language import localized
from sisterline.reading.schema import fields_of

if TYPE_CHECKING:
    from sisterline.reports.stats import StatsReport

ROOT = Path(__file__).parents[1]
FILES = [
    "README.md",
    "README.zh.md",
    "README.ja.md",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")),
]
TODAY = "2026-11-21"  # the day on which the screens were made
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_SETTINGS = {key.variable for key in KEYS.values()}


def shown(
    arguments: str, *, columns: int | None = 80, head: int | None = None, status: int = 0, **variables: str
) -> str:
    """What a command prints, both streams together; `head` lines of it, with some environment variables."""
    import shlex

    from sisterline.cli.app import run

    environment = dict(os.environ)
    os.environ.pop("COLUMNS", None)
    if columns is not None:
        os.environ["COLUMNS"] = str(columns)
    os.environ["TERMINAL_WIDTH"] = "80"  # of Typer's help
    for name in [name for name in os.environ if name in ("PAGER", *_LOCALE) or name in _SETTINGS]:
        del os.environ[name]
    os.environ |= {"SISTERLINE_CONFIG": os.devnull, **variables}
    out = io.StringIO()
    words = shlex.split(arguments)
    if (
        words[0] not in ("check", "diff", "import", "init", "schema", "help", "--help")
        and "--help" not in words
    ):
        words += ["--today", TODAY]
    try:
        with redirect_stdout(out), redirect_stderr(out), contextlib.chdir(ROOT):
            found = run(words)
    finally:
        os.environ.clear()
        os.environ.update(environment)
    if found != status:
        raise SystemExit(f"sisterline {arguments}: exit status {found}, not {status}\n{out.getvalue()}")
    lines = [line.rstrip() for line in out.getvalue().rstrip().splitlines()]
    if head is not None and len(lines) > head:
        lines = [*lines[:head], "..."]
    return "\n".join(lines)


def screen(arguments: str, **options: Any) -> None:
    """A command and what it prints, as a code block."""
    variables = "".join(f"{name}={value} " for name, value in options.items() if name.isupper())
    print(f"```console\n$ {variables}sisterline {arguments}\n{shown(arguments, **options)}\n```")


def explored(*steps: tuple[str, str], columns: int = 80, lines: int = 24, arguments: str = "") -> None:
    """A screen of `sisterline explore`, read back from a terminal.

    Args:
        steps: keys, each with a text that is on the screen once they have acted.
        columns: of the terminal.
        lines: of the terminal.
        arguments: of the call.
    """
    import shlex

    from terminal import Terminal

    environment: dict[str, str | None] = dict.fromkeys(_SETTINGS)
    environment |= {"SISTERLINE_CONFIG": os.devnull, "TERM": "xterm-256color", "NO_COLOR": "1"}
    words = ["-m", "sisterline", "explore", "--today", TODAY, *shlex.split(arguments)]
    terminal = Terminal(sys.executable, *words, columns=columns, lines=lines, **environment)
    terminal.until("Quit")
    for keys, expected in steps:
        terminal.press(keys)
        terminal.until(expected)
    terminal.settle()
    seen = terminal.text
    terminal.press("\x03\x03")
    terminal.end()
    print(f"```text\n{seen}\n```")


def explorer_keys() -> None:
    """The keys of the explorer as a table."""
    from sisterline.explore.keys import keys

    print("| key | what it does |\n| --- | --- |")
    for key in keys():
        print(f"| {key.shown} | {key.help} |")


def example(name: str, *, head: int | None = None) -> None:
    """A file of docs/examples, or its first lines."""
    lines = (ROOT / "docs" / "examples" / name).read_text("utf-8").rstrip().splitlines()
    if head is not None and len(lines) > head:
        lines = [*lines[:head], "# ..."]
    print(f"```{Path(name).suffix[1:]}", *lines, "```", sep="\n")


def usage(command: str = "") -> None:
    """The help of a command."""
    print(f"```\n{shown(f'{command} --help'.strip())}\n```")


def topic(name: str) -> None:
    """A topic of `sisterline help`."""
    print(f"```\n{shown(f'help {name}')}\n```")


def fields(record: type[Struct], *, key: str = "") -> None:
    """The fields of a record as a table."""
    print("| key | | what it holds | example |\n| --- | --- | --- | --- |")
    for name, field in fields_of(record).items():
        if name == key:
            continue
        required = "required" if field.required else ""
        example = f"`{field.example}`" if field.example else ""
        print(f"| `{name}` | {required} | {field.description} | {example} |")


def columns() -> None:
    """The columns of a spreadsheet by their names in three languages, as a table."""
    from sisterline.importing.fields import FIELDS

    print("| field | holds | names of the column |\n| --- | --- | --- |")
    for name, field in FIELDS.items():
        names = dict.fromkeys(", ".join((field.en, field.zh, field.ja)).split(", "))
        print(f"| `{name}` | {field.holds} | {', '.join(names)} |")


def words(name: str) -> None:
    """A vocabulary as a line."""
    print(", ".join(f"`{word}`" for word in get_args(getattr(model, name))) + ".")


def glossary() -> None:
    """The words of the closed lists of the data format in three languages, as a table."""
    from translations import VOCABULARIES

    from sisterline.translation import LANGUAGES, pgettext, speaking
    from sisterline.views.labels import spaced

    print("| meaning | English | Chinese | Japanese |\n| --- | --- | --- | --- |")
    contexts = ("kind", "status", "level", "event type", "category", "unit", "source type", "fact kind")
    for context, vocabulary in VOCABULARIES:
        for code in get_args(vocabulary) if context in contexts else ():
            translated = []
            for language in LANGUAGES:
                with speaking(language):
                    translated.append(pgettext(context, spaced(code)))
            print(f"| {context} | {' | '.join(translated)} |")


def settings() -> None:
    """All settings as a table."""
    print("| setting | variable | what it is for | example |\n| --- | --- | --- | --- |")
    for key in KEYS.values():
        help = key.help
        if key.values:
            help = f"{help.rstrip('.')}: {', '.join(key.values)}."
        table, _, name = key.name.rpartition(".")
        shown_name = f"`{name}` in `[{table}]`" if table else f"`{name}`"
        print(f"| {shown_name} | `{key.variable}` | {help} | `{name} = {key.example}` |")


def errors() -> None:
    """Every file of tests/bad with the problems that `check` reports."""
    for path in sorted((ROOT / "tests" / "bad").glob("*.txt")):
        source = path.with_suffix(".yaml").read_bytes()
        problems = path.read_text("utf-8").rstrip()
        try:
            text = source.decode("utf-8").rstrip()
        except UnicodeDecodeError:
            text = ""
        if (
            not text
            or not all(char.isprintable() or char == "\n" for char in text)
            or len(text) > 700
            or "]]]" in text
        ):
            print(f"```\n{problems}\n```\n")
        else:
            print(f"```yaml\n{text}\n```\n```\n{problems}\n```\n")


def bundled_dataset() -> model.Dataset:
    """The data set that comes with the program."""
    from sisterline.reading.dataset import load_dataset
    from sisterline.reading.files import bundled_folder

    return load_dataset([bundled_folder()])


def bundled_figures() -> "tuple[model.Dataset, StatsReport]":
    """The data set that comes with the program, and what `stats` reports of all of it."""
    from sisterline.query.selection import Selection, select
    from sisterline.reports.stats import stats_report

    dataset = bundled_dataset()
    return dataset, stats_report(dataset, select(dataset, Selection()), date.fromisoformat(TODAY))


def size() -> None:
    """How much the bundled data set holds, as a sentence."""
    dataset, report = bundled_figures()
    print(
        f"The data set has **{report.partnerships:,} partnerships** of {report.places:,} places, with "
        f"{report.events:,} events that took place, {report.announced:,} that are only announced and "
        f"{report.exchanges:,} counted exchanges, from {report.sources:,} sources; "
        f"{len(dataset.sources) - report.sources:,} further sources are those of official totals and eras."
    )


def marks() -> None:
    """The marks of a timeline as a table."""
    from sisterline.cli.topics import mark_rows
    from sisterline.views.style import UNICODE

    print("| mark | meaning |\n| --- | --- |")
    for marks, meaning in mark_rows(UNICODE):
        print(f"| {' '.join(f'`{mark}`' for mark in marks.split())} | {meaning} |".replace(",`", "`"))


def contrast() -> None:
    """The contrast of the colours of the terminal as a table."""
    from contrast import print_table

    print_table()


def reports() -> None:
    """The fields of every report and of the values in it, by their docstrings."""
    from sisterline.reports import MODULES, report_class

    seen: set[type[Struct]] = set()
    for name in MODULES:
        report = report_class(name)
        print(f"### `{name}`\n")
        print_fields(report, seen)
    print("## Values in reports\n")
    for struct in sorted(seen, key=lambda each: each.__name__):
        if not struct.__name__.endswith("Report"):
            print(f"### {struct.__name__}\n")
            print_fields(struct, set())


def print_fields(struct: type[Struct], seen: set[type[Struct]]) -> None:
    """A struct's first sentence and its fields as a table; `seen` takes the structs that it is made of."""
    text = inspect.getdoc(struct) or ""
    print(f"{text.split(chr(10) * 2)[0]}\n\n| field | type | what it is |\n| --- | --- | --- |")
    config = struct.__struct_config__
    if config.tag_field:
        print(f"| `{config.tag_field}` | `{json.dumps(config.tag)}` | which report this is. |")
    meanings = field_meanings(struct)
    for field in msgspec.structs.fields(struct):
        seen.update(structs_in(field.type))
        meaning = re.sub(r"\bNone\b", "null", meanings[field.name])
        print(f"| `{field.encode_name}` | {type_words(field.type)} | {meaning} |")
    print()


def field_meanings(struct: type[Struct]) -> dict[str, str]:
    """What the `Attributes:` of a docstring, and of those of its bases, say of each field."""
    meanings: dict[str, str] = {}
    for base in reversed(struct.__mro__):
        lines = (inspect.getdoc(base) or "").partition("Attributes:\n")[2].splitlines()
        name = ""
        for line in lines:
            if match := re.match(r"    ([a-z_, ]+): (.*)", line):
                for name in match[1].split(", "):
                    meanings[name] = match[2]
            elif name and line.strip():
                meanings[name] += " " + line.strip()
    return meanings


# Values of the data that reports have as they are, in the terms of JSON.
DATA_TYPES: dict[Any, str] = {
    Coordinates: "list of two numbers",
    model.Identifiers: "[identifiers](data-format.md#places)",
}


def structs_in(hint: Any) -> set[type[Struct]]:
    """The structs that a type is made of, but for those of the data."""
    if hint in DATA_TYPES:
        return set()
    if isinstance(hint, type) and issubclass(hint, Struct):
        found = {hint}
        for field in msgspec.structs.fields(hint):
            found |= structs_in(field.type)
        return found
    return {each for argument in get_args(hint) for each in structs_in(argument)}


# Vocabularies of the data: the heading of docs/data-format.md under which their words are.
VOCABULARIES = {
    "Level": "places",
    "SourceType": "sources",
    "Kind": "partnerships",
    "Status": "partnerships",
    "EventType": "events",
    "Category": "exchanges",
    "Unit": "exchanges",
    "TotalUnit": "totals",
}


def type_words(hint: Any) -> str:
    """A type in the terms of JSON."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in DATA_TYPES:
        return DATA_TYPES[hint]
    for name, heading in VOCABULARIES.items():
        if hint == getattr(model, name):
            return f"[{name}](data-format.md#{heading})"
    if origin is Literal:
        return ", ".join(f"`{json.dumps(each)}`" for each in arguments)
    if origin is tuple:
        members = dict.fromkeys(type_words(each) for each in arguments if each is not ...)
        return f"list of {' and '.join(members)}"
    if origin is dict:
        return f"mapping of {type_words(arguments[1])} by language tag"
    if arguments:
        return " or ".join(type_words(each) for each in arguments)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    names = {str: "text", int: "number", bool: "boolean", type(None): "null"}
    return names[hint]


def coverage() -> None:
    """The coverage of the data set as a table."""
    from sisterline.views.stats import coverage_words

    _, report = bundled_figures()
    print("| partnerships | count | of | |\n| --- | ---: | ---: | ---: |")
    for row in report.coverage:
        label = f"{'&emsp;' if row.part_of else ''}{coverage_words(row)}"
        print(f"| {label} | {row.count} | {row.of} | {row.count / row.of:.0%} |")


def totals() -> None:
    """The official totals and the count of this data set as a table."""
    dataset = bundled_dataset()
    print("| as of | count | by | what was counted |\n| --- | ---: | --- | --- |")
    for total in dataset.totals:
        if total.region:
            continue
        about = "about " if total.approximate else ""
        what = localized(total.counts, "en")
        by = localized(total.by, "en")
        print(f"| {total.as_of} | {about}{total.count} {total.unit} | {by} | {what} |")
    ours = len(dataset.partnerships)
    print(f"| {TODAY} | {ours} pairs | this data set | every partnership of two places on record |")


def regional_totals() -> None:
    """The official totals of one province or prefecture as a table, each with the count of this data set."""
    from sisterline.query.selection import Selection, select

    dataset = bundled_dataset()
    print(
        "| region | as of | count | here | by | what was counted |\n| --- | --- | ---: | ---: | --- | --- |"
    )
    for total in sorted(dataset.totals, key=lambda total: total.region or ""):
        if total.region is None:
            continue
        ours = len(select(dataset, Selection(regions=(total.region,))).partnerships)
        region = localized(dataset.places[total.region].name, "en")
        what = localized(total.counts, "en")
        counted = f"{total.count} {total.unit}"
        print(f"| {region} | {total.as_of} | {counted} | {ours} | {localized(total.by, 'en')} | {what} |")


def schema(*, check: bool) -> int:
    """Write data/schema.json, which each data file names in its first line for editors; or compare it."""
    return whole_file("data/schema.json", shown("schema") + "\n", check=check)


def manual(*, check: bool) -> int:
    """Write docs/sisterline.1, the man page in the wheel; or compare it."""
    from manpage import man_page

    return whole_file("docs/sisterline.1", man_page(TODAY), check=check)


def whole_file(name: str, text: str, *, check: bool) -> int:
    """Write a file of which all is generated, or compare it; the exit status."""
    path = ROOT / name
    if check and path.read_text("utf-8") != text:
        print(f"{name} is not up to date: run make docs")
        return 1
    if not check:
        path.write_text(text, "utf-8")
    return 0


def main(arguments: list[str]) -> int:
    """Write the generated parts of all files, or with --check report those that are not up to date."""
    check = "--check" in arguments
    if status := schema(check=check) or manual(check=check):
        return status
    options = ["--check", "--diff"] if check else ["-r"]
    command = [sys.executable, "-m", "cogapp", "-P", *options, "-I", str(ROOT / "tools"), *FILES]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
