"""The options that commands share, and what they make of them: data, selection, today, output."""

import functools
import importlib
import inspect
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from msgspec import Struct

from sisterline.cli.arguments import decode_argument
from sisterline.dates import DateError, parse_typed
from sisterline.errors import UsageError
from sisterline.formats import FORMATS, formats_for
from sisterline.formats.options import Color
from sisterline.model import Category, EventType, Kind, Level, Status
from sisterline.query.selection import Selection, date_notes, date_range, parse_range
from sisterline.reading.files import STDIN, environment_paths, expand_home
from sisterline.text.matching import closest_match

LANGUAGES = ("en", "zh", "ja")


def one_of(words: Iterable[str]) -> Callable[[str], str]:
    """A parser that takes one of a few words, and tells the nearest one for any other."""
    known = tuple(words)

    def parse(value: str) -> str:
        if value in known:
            return value
        hint = closest_match(value, known, "did you mean {}?") or f"choose one of {', '.join(known)}"
        raise typer.BadParameter(f'"{value}" is not known; {hint}')

    return parse


def whole(least: int) -> Callable[[str], int]:
    """A parser that takes whole numbers from `least` on."""

    def parse(value: str) -> int:
        number = int(value) if str(value).isdecimal() else -1
        if number < least:
            raise typer.BadParameter(f'"{value}" is not a whole number from {least} on')
        return number

    return parse


def completion(name: str) -> Callable[[typer.Context, str], list[str]]:
    """A function of `complete`, loaded when a shell asks for it, over the data that the same line names."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        module = importlib.import_module("sisterline.cli.complete")
        own, no_builtin = (ctx.params.get(_python(option)) for option in ("data", "no_builtin"))
        dataset = module.data_of(own and map(Path, own), builtin=not no_builtin)
        found: list[str] = getattr(module, name)(dataset, incomplete)
        return found

    return complete


def option(
    flags: str,
    text: str,
    panel: str,
    metavar: str | None = None,
    *,
    words: Iterable[str] = (),
    least: int | None = None,
    complete: str = "",
) -> Any:
    """An option of a command.

    Args:
        flags: its names, with blanks between them.
        text: what it is for; the words it takes are added.
        panel: where it stands in the help.
        metavar: what its value is called there.
        words: the few words that it takes, if these are fixed.
        least: the smallest whole number that it takes, if it takes one.
        complete: the function of `complete` that a shell completes it by.
    """
    extra: dict[str, Any] = {"autocompletion": completion(complete)} if complete else {}
    if choices := tuple(words):
        text = f"{text}: {', '.join(choices)}."
        extra = {"parser": one_of(choices), "autocompletion": lambda: list(choices)}
    elif least is not None:
        extra = {"parser": whole(least)}
    return typer.Option(*flags.split(), help=text, rich_help_panel=panel, metavar=metavar, **extra)


_Many = list[str] | None
_One = str | None
_SELECTION: dict[str, Any] = {
    "city": Annotated[
        _Many,
        option(
            "--city",
            "Place of either side, by any name in any script, with or without 市 or -shi; repeatable.",
            "Selection",
            "NAME",
            complete="places",
        ),
    ],
    "region": Annotated[
        _Many,
        option(
            "--region",
            "Province or prefecture of either side; repeatable.",
            "Selection",
            "NAME",
            complete="regions",
        ),
    ],
    "country": Annotated[
        _Many,
        option(
            "--country",
            "Country of either side, by name or code; repeatable.",
            "Selection",
            "NAME",
            complete="countries",
        ),
    ],
    "level": Annotated[
        _Many, option("--level", "Level of either side", "Selection", "LEVEL", words=get_args(Level))
    ],
    "kind": Annotated[
        _Many, option("--kind", "What the parties call it", "Selection", "KIND", words=get_args(Kind))
    ],
    "status": Annotated[_Many, option("--status", "Standing", "Selection", "STATUS", words=get_args(Status))],
    "founded": Annotated[
        _One, option("--founded", "Founded in 1973..1979, 1980s, 1996 or 1996-03.", "Selection", "RANGE")
    ],
    "text": Annotated[
        _Many, option("--text", "Words in names, titles or notes; repeatable.", "Selection", "WORDS")
    ],
}
_DATED: dict[str, Any] = {
    "from": Annotated[_One, option("--from", "Events and exchanges from this date on.", "Selection", "DATE")],
    "to": Annotated[
        _One, option("--to", "Events and exchanges up to this date, with it.", "Selection", "DATE")
    ],
    "type": Annotated[
        _Many, option("--type", "Events of a type", "Selection", "TYPE", words=get_args(EventType))
    ],
    "category": Annotated[
        _Many,
        option("--category", "Exchanges of a category", "Selection", "CATEGORY", words=get_args(Category)),
    ],
}


def format_option(report: str) -> Any:
    """The option of the formats that can hold a report."""
    able = formats_for(report)

    def parse(value: str) -> str:
        if value in FORMATS and value not in able:
            raise typer.BadParameter(
                f"{report} cannot be written as {value}; choose one of {', '.join(able)}"
            )
        return one_of(able)(value)

    kind = typer.Option(
        "--format",
        "-f",
        help=f"Format: {', '.join(able)}.",
        rich_help_panel="Output",
        metavar="FORMAT",
        parser=parse,
        autocompletion=lambda: able,
    )
    return Annotated[str | None, kind]


OUTPUT = Annotated[
    str | None,
    option("--output -o", "File to write, its format from its extension; - is stdout.", "Output", "FILE"),
]
FORCE = Annotated[
    bool,
    option(
        "--force",
        "Replace a FILE whose content is of another kind; never one that is read, a data file, a database "
        "that Sisterline did not make, or a read-only file.",
        "Output",
    ),
]
BOM = Annotated[
    bool,
    option("--bom", "Begin CSV and TSV with a byte order mark, so that Excel reads them as UTF-8.", "Output"),
]
TODAY = Annotated[
    str | None, option("--today", "Count years and anniversaries from this day.", "Output", "DATE")
]
_OUTPUT: dict[str, Any] = {
    "format": None,  # its own for each report
    "output": OUTPUT,
    "force": FORCE,
    "bom": BOM,
    "lang": Annotated[
        _One,
        option(
            "--lang", f"Language of names and titles: {', '.join(LANGUAGES)} or another.", "Output", "LANG"
        ),
    ],
    "color": Annotated[
        str, option("--color", "Colours", "Output", "WHEN", words=("auto", "always", "never"))
    ],
    "ascii": Annotated[bool, option("--ascii", "Draw with ASCII characters only.", "Output")],
    "today": TODAY,
}
_ROWS: dict[str, Any] = {
    "columns": Annotated[_One, option("--columns", "Columns, with commas between them.", "Output", "NAMES")],
    "reverse": Annotated[bool, option("--reverse", "Last first.", "Output")],
    "limit": Annotated[int | None, option("--limit", "The first so many.", "Output", "N", least=1)],
}
_DATA: dict[str, Any] = {
    "data": Annotated[
        list[Path] | None,
        option(
            "--data",
            "Own YAML file or folder, or - for standard input, laid over the bundled data; repeatable. "
            "Also SISTERLINE_DATA.",
            "Data",
            "PATH",
        ),
    ],
    "no_builtin": Annotated[bool, option("--no-builtin", "Leave the bundled data out.", "Data")],
}
_DEFAULTS: dict[str, Any] = {
    "force": False,
    "bom": False,
    "color": "auto",
    "ascii": False,
    "reverse": False,
    "no_builtin": False,
}


class Asked(Struct, frozen=True):
    """What the shared options of one call say.

    Attributes:
        selection: which partnerships and dated items.
        words: the selection as it was typed, to say what matched nothing.
        builtin: whether the bundled data is read.
        data: the files and folders beside it.
        today: the day to count from.
        language: of names and titles.
        format: name of a format; None to tell by the extension.
        output: file to write; None for standard output.
        color: auto, always or never.
        ascii: draw with ASCII only.
        columns: columns asked for; all where there are none.
        reverse: last first.
        limit: the first so many.
        force: replace a file whose content is of another kind.
        bom: begin CSV and TSV with a byte order mark.
    """

    selection: Selection
    words: str
    builtin: bool
    data: tuple[Path, ...]
    today: date
    language: str
    format: str | None
    output: str | None
    color: Color
    ascii: bool
    columns: tuple[str, ...]
    reverse: bool
    limit: int | None
    force: bool = False
    bom: bool = False


_Command = Callable[..., None]


def shared(report: str, *, dated: bool = True, rows: bool = True) -> Callable[[_Command], _Command]:
    """Give a command the shared options; it gets them as `asked`, its first argument.

    Args:
        report: what the command makes, for the formats that can hold it.
        dated: whether events and exchanges can be selected.
        rows: whether columns, order and number of rows can be chosen.
    """
    _OUTPUT["format"] = format_option(report)
    options = _SELECTION | (_DATED if dated else {}) | _OUTPUT | (_ROWS if rows else {}) | _DATA

    def decorate(command: _Command) -> _Command:
        own = list(inspect.signature(command).parameters.values())[1:]
        hints = inspect.get_annotations(command, eval_str=True)
        parameters = [parameter.replace(annotation=hints[parameter.name]) for parameter in own]
        parameters += [
            inspect.Parameter(
                _python(name), inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=_DEFAULTS.get(name)
            )
            for name, kind in options.items()
        ]

        @functools.wraps(command)
        def run(**values: Any) -> None:
            given = {name: values.pop(_python(name)) for name in options}
            command(_asked(given), **values)

        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return decorate


def data_paths(builtin: bool, paths: Iterable[Path] | None) -> tuple[Path, ...]:
    """Which files and folders are read beside the bundled data, or instead of it.

    Raises:
        UsageError: there would be none, or standard input twice.
        SisterlineError: SISTERLINE_DATA names what is not there.
    """
    own = [*environment_paths(), *map(expand_home, paths or ())]
    refuse_second_stdin(own)
    if not builtin and not own:
        raise UsageError("--no-builtin leaves nothing to read; name your own with --data")
    return tuple(own)


def refuse_second_stdin(paths: Sequence[Path]) -> None:
    """Standard input can be read once.

    Raises:
        UsageError: it is named twice.
    """
    if list(paths).count(STDIN) > 1:
        raise UsageError("standard input (-) can be read only once; name it once")


def parse_day(text: str | None) -> date:
    """The day that `--today` names; today itself where it names none.

    Raises:
        UsageError: it is no day.
    """
    if text is None:
        return date.today()
    try:
        day = parse_typed(text).anchor
        if day.precision != "day" or day.qualifier:
            raise DateError(f'"{text}" is not a day', "write it as 2026-11-21")
    except DateError as error:
        raise UsageError(f"--today: {error}; {error.hint}".removesuffix("; ")) from None
    return date.fromordinal(day.first_day)


def _python(name: str) -> str:
    """An option's name as a parameter: `from` is a word of Python."""
    return f"{name}_"


def _asked(given: dict[str, Any]) -> Asked:
    def many(name: str) -> tuple[str, ...]:
        return tuple(map(decode_argument, given.get(name) or ()))

    founded = given["founded"]
    dates = [(name, given.get(name)) for name in ("founded", "from", "to")]
    selection = Selection(
        cities=many("city"),
        regions=many("region"),
        countries=many("country"),
        levels=many("level"),
        kinds=many("kind"),
        statuses=many("status"),
        founded=parse_range(founded, "--founded") if founded is not None else None,
        text=many("text"),
        dated=date_range(given.get("from"), given.get("to")),
        types=many("type"),
        categories=many("category"),
        notes=tuple(note for name, text in dates if text for note in date_notes(f"--{name}", text)),
    )
    words = " ".join(
        f"--{name} {value}"
        for name in (*_SELECTION, *_DATED)
        for value in ([given[name]] if isinstance(given.get(name), str) else many(name))
    )
    return Asked(
        selection,
        words,
        not given["no_builtin"],
        data_paths(not given["no_builtin"], given["data"]),
        parse_day(given["today"]),
        given["lang"] or "en",
        given["format"],
        given["output"],
        given["color"],
        given["ascii"],
        tuple(name.strip() for name in (given.get("columns") or "").split(",") if name.strip()),
        given.get("reverse", False),
        given.get("limit"),
        force=given["force"],
        bom=given["bom"],
    )
