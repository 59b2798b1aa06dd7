"""`sisterline import`."""

import io
import shlex
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from sisterline.cli.arguments import decode_argument, decode_arguments
from sisterline.cli.commands import notify
from sisterline.cli.help import OUTPUT
from sisterline.cli.options import DATA_PATHS, LANG, NO_BUILTIN
from sisterline.cli.parameters import argument, option
from sisterline.cli.progress import bar
from sisterline.cli.request import data_paths, refuse_second_stdin
from sisterline.cli.settings import load_settings
from sisterline.formats.output import Output, open_output
from sisterline.importing.document import write_lines
from sisterline.importing.fields import FIELDS, Shape
from sisterline.importing.files import Imported, ImportOptions, count_rows, import_files
from sisterline.importing.headers import parse_maps
from sisterline.reading.files import bundled_folder, expand_home
from sisterline.store.cache import load_cached
from sisterline.translation import gettext as _


def command(
    *,
    paths: Annotated[
        list[Path],
        argument(help="CSV, TSV, XLSX, XLS and ODS files, or - for standard input.", metavar="FILE..."),
    ],
    output: Annotated[
        str | None,
        option(
            "--output",
            "-o",
            help="YAML file to write, or - for stdout; an existing file is not replaced.",
            topic=OUTPUT,
            metavar="FILE",
        ),
    ] = None,
    as_: Annotated[
        str | None,
        option(
            "--as",
            help="What the rows are, if the columns do not show it",
            metavar="WHAT",
            values=get_args(Shape),
        ),
    ] = None,
    city: Annotated[
        list[str] | None,
        option(
            "--city",
            help="Whose list it is, where no column says so; a second one is the partner.",
            metavar="NAME",
            complete="places",
        ),
    ] = None,
    country: Annotated[
        str | None,
        option(
            "--country",
            help="Country of places that are new, by name or code.",
            metavar="NAME",
            complete="countries",
        ),
    ] = None,
    map_: Annotated[
        list[str] | None,
        option(
            "--map",
            help=f"Column of a field, by its letter, number or name: date=B; repeatable. "
            f"The fields are {', '.join(FIELDS)}.",
            metavar="FIELD=COLUMN",
        ),
    ] = None,
    sheet: Annotated[
        list[str] | None,
        option("--sheet", help="Sheet to read; repeatable. By default all visible ones.", metavar="NAME"),
    ] = None,
    data: Annotated[list[Path] | None, DATA_PATHS] = None,
    no_builtin: Annotated[bool, NO_BUILTIN] = False,
    lang: Annotated[str | None, LANG] = None,
) -> None:
    """Turn spreadsheets into a data file for review.

    \b
      sisterline import visits.xlsx --city Beihai -o own.yaml
      sisterline import guests.csv --city Beihai --as exchanges --map count=E
    """
    files = [expand_home(path) for path in paths]
    refuse_second_stdin([*files, *(data or ())])
    known = data_paths(data, load_settings(), builtin=not no_builtin)
    if not no_builtin:
        known = (bundled_folder(), *known)
    options = ImportOptions(
        sheets=decode_arguments(sheet),
        maps=parse_maps(decode_arguments(map_)),
        shape=cast("Shape | None", as_),
        cities=decode_arguments(city),
        country=decode_argument(country or ""),
    )
    with bar() as progress:
        dataset = load_cached(known, progress)
    imported = import_files(dataset, files, options)
    destination = Output(path=output, inputs=(*known, *files), notify=notify)
    with open_output(destination, "yaml") as out:
        if isinstance(out, io.TextIOWrapper):
            out.reconfigure(encoding="utf-8", newline="")
        out.writelines(write_lines(imported.draft, _introduction(imported)))
    for line in imported.summaries:
        notify(line)
    _finish(imported, destination, no_builtin=no_builtin, data=data or [])


def _introduction(imported: Imported) -> list[str]:
    return [
        _("Imported by sisterline for review. A comment that begins with the address of a cell is about the"),
        _("line below it; what is doubtful is to be checked, what is wrong to be corrected."),
        *imported.summaries,
    ]


def _finish(imported: Imported, output: Output, *, no_builtin: bool, data: list[Path]) -> None:
    """Print what to do next; exit with 1 if no row was taken."""
    total = imported.total
    if len(imported.summaries) > 1:
        notify(_("in all {rows}").format(rows=count_rows(total)))
    if total and total["left"] == total.total():
        notify(_("no row was taken; the comments say why"))
        raise typer.Exit(1)
    if not output.is_stdout:
        base = [] if no_builtin else ["--with-builtin"]
        words = ["sisterline", "check", *base, *map(str, data), str(output.path)]
        notify(_("check it with: {command}").format(command=shlex.join(words)))
