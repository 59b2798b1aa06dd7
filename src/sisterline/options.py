"""The options that commands share, and what they make of them: data, selection, today, output."""

import functools
import inspect
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from msgspec import Struct

from sisterline.dates import Date, DateError
from sisterline.errors import UsageError
from sisterline.model import Category, EventType, Kind, Level, Status
from sisterline.query import Selection, between, parse_span
from sisterline.render import FORMATS
from sisterline.words import nearest

LANGUAGES = ("en", "zh", "ja")


def one_of(words: Iterable[str]) -> Callable[[str], str]:
    """A parser that takes one of a few words, and tells the nearest one for any other."""
    known = tuple(words)

    def parse(value: str) -> str:
        if value in known:
            return value
        hint = nearest(value, known, "did you mean {}?") or f"choose one of {', '.join(known)}"
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


def _many(
    flag: str, text: str, words: Iterable[str] = (), panel: str = "Selection", metavar: str = "NAME"
) -> Any:
    choices = tuple(words)
    if not choices:
        return Annotated[
            list[str] | None, typer.Option(flag, help=text, rich_help_panel=panel, metavar=metavar)
        ]
    return Annotated[
        list[str] | None,
        typer.Option(
            flag,
            help=f"{text}: {', '.join(choices)}.",
            rich_help_panel=panel,
            metavar=metavar,
            parser=one_of(choices),
            autocompletion=lambda: list(choices),
        ),
    ]


def _one(flags: tuple[str, ...], text: str, panel: str, metavar: str, words: Iterable[str] = ()) -> Any:
    choices = tuple(words)
    extra: dict[str, Any] = {}
    if choices:
        extra = {"parser": one_of(choices), "autocompletion": lambda: list(choices)}
    return Annotated[
        str | None, typer.Option(*flags, help=text, rich_help_panel=panel, metavar=metavar, **extra)
    ]


_SELECTION: dict[str, Any] = {
    "city": _many(
        "--city", "Place of either side, by any name in any script, with or without 市 or -shi; repeatable."
    ),
    "region": _many("--region", "Province or prefecture of either side; repeatable."),
    "country": _many("--country", "Country of either side, by name or code; repeatable."),
    "level": _many("--level", "Level of either side", get_args(Level), metavar="LEVEL"),
    "kind": _many("--kind", "What the parties call it", get_args(Kind), metavar="KIND"),
    "status": _many("--status", "Standing", get_args(Status), metavar="STATUS"),
    "founded": _one(("--founded",), "Founded in 1973..1979, 1980s, 1996 or 1996-03.", "Selection", "RANGE"),
    "text": _many("--text", "Words in names, titles or notes; repeatable.", metavar="WORDS"),
}
_DATED: dict[str, Any] = {
    "from": _one(("--from",), "Events and exchanges from this date on.", "Selection", "DATE"),
    "to": _one(("--to",), "Events and exchanges up to this date, with it.", "Selection", "DATE"),
    "type": _many("--type", "Events of a type", get_args(EventType), metavar="TYPE"),
    "category": _many("--category", "Exchanges of a category", get_args(Category), metavar="CATEGORY"),
}
_OUTPUT: dict[str, Any] = {
    "format": _one(("--format", "-f"), f"{', '.join(FORMATS)}.", "Output", "FORMAT", FORMATS),
    "output": _one(
        ("--output", "-o"), "File to write, its format from its extension; - is stdout.", "Output", "FILE"
    ),
    "lang": _one(
        ("--lang",), f"Language of names and titles: {', '.join(LANGUAGES)} or another one.", "Output", "LANG"
    ),
    "color": _one(("--color",), "auto, always or never.", "Output", "WHEN", ("auto", "always", "never")),
    "ascii": Annotated[
        bool, typer.Option("--ascii", help="Draw with ASCII characters only.", rich_help_panel="Output")
    ],
    "today": _one(("--today",), "Count years and anniversaries from this day.", "Output", "DATE"),
}
_ROWS: dict[str, Any] = {
    "columns": _one(("--columns",), "Columns, with commas between them.", "Output", "NAMES"),
    "reverse": Annotated[bool, typer.Option("--reverse", help="Last first.", rich_help_panel="Output")],
    "limit": Annotated[
        int | None,
        typer.Option(
            "--limit", help="The first so many.", parser=whole(1), rich_help_panel="Output", metavar="N"
        ),
    ],
}
DATA: dict[str, Any] = {
    "data": Annotated[
        list[Path] | None,
        typer.Option(
            "--data",
            help="Own YAML file or folder, laid over the bundled data; repeatable. Also SISTERLINE_DATA.",
            rich_help_panel="Data",
            metavar="PATH",
        ),
    ],
    "no_builtin": Annotated[
        bool, typer.Option("--no-builtin", help="Leave the bundled data out.", rich_help_panel="Data")
    ],
}
_DEFAULTS = {"ascii": False, "reverse": False, "no_builtin": False}


class Asked(Struct, frozen=True):
    """What the shared options of one call say.

    Attributes:
        selection: which partnerships and dated items.
        words: the selection as it was typed, to say what matched nothing.
        paths: the files of the data set.
        today: the day to count from.
        language: of names and titles.
        format: name of a format; None to tell by the extension.
        output: file to write; None for standard output.
        color: auto, always or never.
        ascii: draw with ASCII only.
        columns: columns asked for; all where there are none.
        reverse: last first.
        limit: the first so many.
    """

    selection: Selection
    words: str
    builtin: bool
    data: tuple[Path, ...]
    today: date
    language: str
    format: str | None
    output: str | None
    color: str
    ascii: bool
    columns: tuple[str, ...]
    reverse: bool
    limit: int | None


def shared(*, dated: bool = True, rows: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options; it gets them as `asked`, its first argument."""
    options = _SELECTION | (_DATED if dated else {}) | _OUTPUT | (_ROWS if rows else {}) | DATA

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
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


def data_paths(builtin: bool, paths: Iterable[Path] | None) -> tuple[bool, tuple[Path, ...]]:
    """Whether the bundled data is read, and which files and folders beside it."""
    own = [Path(part) for part in os.environ.get("SISTERLINE_DATA", "").split(os.pathsep) if part]
    own += paths or []
    if not builtin and not own:
        raise UsageError("--no-builtin leaves nothing to read; name your own with --data")
    return builtin, tuple(own)


def parse_day(text: str | None) -> date:
    """The day that `--today` names; today itself where it names none.

    Raises:
        UsageError: it is no day.
    """
    if text is None:
        return date.today()
    try:
        day = Date.parse(text)
        if day.precision != "day" or day.mark:
            raise DateError(f'"{text}" is not a day', "write it as 2026-11-21")
    except DateError as error:
        raise UsageError(f"--today: {error}; {error.hint}".removesuffix("; ")) from None
    return date.fromordinal(day.first)


def _python(name: str) -> str:
    """An option's name as a parameter: `from` is a word of Python."""
    return f"{name}_"


def _asked(given: dict[str, Any]) -> Asked:
    def many(name: str) -> tuple[str, ...]:
        return tuple(given.get(name) or ())

    founded = given["founded"]
    selection = Selection(
        cities=many("city"),
        regions=many("region"),
        countries=many("country"),
        levels=many("level"),
        kinds=many("kind"),
        statuses=many("status"),
        founded=parse_span(founded, "--founded") if founded is not None else None,
        text=many("text"),
        dated=between(given.get("from"), given.get("to")),
        types=many("type"),
        categories=many("category"),
    )
    words = " ".join(
        f"--{name} {value}"
        for name in (*_SELECTION, *_DATED)
        for value in ([given[name]] if isinstance(given.get(name), str) else given.get(name) or [])
    )
    builtin, data = data_paths(not given["no_builtin"], given["data"])
    return Asked(
        selection,
        words,
        builtin,
        data,
        parse_day(given["today"]),
        given["lang"] or "en",
        given["format"],
        given["output"],
        given["color"] or "auto",
        given["ascii"],
        tuple(name.strip() for name in (given.get("columns") or "").split(",") if name.strip()),
        given.get("reverse", False),
        given.get("limit"),
    )
