"""The command line: options make a selection, one report is made of it, one writer writes it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.exceptions import TyperException

from sisterline import __version__
from sisterline.errors import DataError, SisterlineError
from sisterline.options import Asked, one_of, shared, whole

if TYPE_CHECKING:
    from msgspec import Struct

    from sisterline.model import Dataset
    from sisterline.query import Selected

_SORTS = (
    "since", "id", "place", "partner", "next", "years", "events", "exchanges", "sources", "kind", "status",
)  # fmt: skip
_GROUPS = ("decade", "year", "none")
_BYS = ("decade", "year", "country", "region", "level", "kind", "status")

app = typer.Typer(
    name="sisterline",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Explore sister-city partnerships: what was founded when, what happened since, and who says so.

Try `sisterline list`, `sisterline timeline --city Beihai`, `sisterline show kobe` or `sisterline stats`.""",
)


def _version(asked: bool) -> None:
    if asked:
        print(f"sisterline {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _sisterline(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command("list")
@shared()
def list_(
    asked: Asked,
    sort: Annotated[
        str,
        typer.Option(
            help=f"Sort by {', '.join(_SORTS)}.",
            parser=one_of(_SORTS),
            metavar="COLUMN",
            rich_help_panel="Output",
        ),
    ] = "since",
) -> None:
    """List partnerships, one a line.

    `sisterline list --founded 1970s`

    `sisterline list --region Liaoning --sort events --reverse`

    `sisterline list --country Japan -o pairs.csv`
    """
    from sisterline.reports.listing import list_report

    dataset, selected = _selected(asked)
    report = list_report(
        dataset,
        selected,
        asked.today,
        language=asked.language,
        sort=sort,
        reverse=asked.reverse,
        limit=asked.limit,
    )
    _finish(asked, report, bool(report.partnerships))


@app.command()
@shared()
def timeline(
    asked: Asked,
    chart: Annotated[
        bool,
        typer.Option("--chart", help="Draw a lane a partnership on one axis.", rich_help_panel="Timeline"),
    ] = False,
    every: Annotated[
        int,
        typer.Option(
            help="Tell each so-many-th anniversary; 0 for none.",
            parser=whole(0),
            metavar="N",
            rich_help_panel="Timeline",
        ),
    ] = 5,
    group: Annotated[
        str,
        typer.Option(
            help=f"Headings: {', '.join(_GROUPS)}.",
            parser=one_of(_GROUPS),
            metavar="UNIT",
            rich_help_panel="Timeline",
        ),
    ] = "decade",
) -> None:
    """Tell what happened, in order, with the anniversaries between.

    `sisterline timeline --city Beihai`

    `sisterline timeline --city 天津 --from 2020`

    `sisterline timeline --founded 1970s --chart`
    """
    from sisterline.reports.chart import chart_report
    from sisterline.reports.timeline import Group, timeline_report

    dataset, selected = _selected(asked)
    report: Struct
    if chart:
        report = drawn = chart_report(
            dataset, selected, asked.today, language=asked.language, reverse=asked.reverse, limit=asked.limit
        )
        _finish(asked, report, bool(drawn.lanes))
        return
    report = told = timeline_report(
        dataset,
        selected,
        asked.selection,
        asked.today,
        language=asked.language,
        every=every,
        group=cast("Group", group),
        reverse=asked.reverse,
        limit=asked.limit,
    )
    _finish(asked, report, bool(told.items))


@app.command()
@shared(rows=False)
def show(
    asked: Asked,
    name: Annotated[
        str,
        typer.Argument(help="A place in any script, a partnership's id, or two places: Beihai-Yatsushiro."),
    ],
    every: Annotated[
        int,
        typer.Option(
            help="Tell each so-many-th anniversary; 0 for none.",
            parser=whole(0),
            metavar="N",
            rich_help_panel="Timeline",
        ),
    ] = 5,
) -> None:
    """Show all that is known of one place or one partnership.

    `sisterline show kobe`

    `sisterline show beihai-yatsushiro`

    `sisterline show 大连 --lang zh`
    """
    from sisterline.query import find_partnership, resolve
    from sisterline.reports.show import show_report

    dataset = _dataset(asked)
    found = find_partnership(dataset, name)
    places, selected = resolve(dataset, name, found, asked.selection)
    _tell(selected)
    report = show_report(
        dataset, places, selected, asked.selection, asked.today, language=asked.language, every=every
    )
    _finish(asked, report, bool(report.partnerships))


@app.command()
@shared()
def stats(
    asked: Asked,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Count by {', '.join(_BYS)}; twice for a table of both.",
            parser=one_of(_BYS),
            metavar="WHAT",
            rich_help_panel="Statistics",
        ),
    ] = None,
) -> None:
    """Count partnerships and exchanges, beside official totals, and tell how complete the data is.

    `sisterline stats`

    `sisterline stats --by region --country China`

    `sisterline stats --by decade --by level`
    """
    from sisterline.reports.stats import By, stats_report

    if by and len(by) > 2:
        raise typer.BadParameter("at most two can be counted by at once", param_hint="--by")
    dataset, selected = _selected(asked)
    report = stats_report(
        dataset, selected, asked.today, by=cast("tuple[By, ...]", tuple(by or ())), language=asked.language
    )
    _finish(asked, report, bool(selected.partnerships))


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; the bundled data where none is named.")
    ] = None,
) -> None:
    """Check data files, and tell every problem with its place and its mend.

    `sisterline check my-pairs.yaml`
    """
    from sisterline.load import bundled
    from sisterline.load import check as check_files
    from sisterline.words import plural

    dataset, problems = check_files(paths or [bundled()])
    for problem in problems:
        print(problem)
    if problems:
        _say(plural(len(problems), "problem"))
        raise typer.Exit(1)
    events = sum(len(partnership.events) for partnership in dataset.partnerships)
    pairs, sources = len(dataset.partnerships), len(dataset.sources)
    print(
        f"all is well: {plural(pairs, 'partnership')}, {plural(events, 'event')}, {plural(sources, 'source')}"
    )


# --- steps that commands share --------------------------------------------------------------------


def _dataset(asked: Asked) -> "Dataset":
    from sisterline.load import bundled, load

    return load([*([bundled()] if asked.builtin else []), *asked.data])


def _selected(asked: Asked) -> "tuple[Dataset, Selected]":
    from sisterline.query import select

    dataset = _dataset(asked)
    selected = select(dataset, asked.selection)
    _tell(selected)
    return dataset, selected


def _tell(selected: "Selected") -> None:
    for note in selected.notes:
        _say(note)


def _finish(asked: Asked, report: "Struct", found: bool) -> None:
    """Write a report, or say what matched nothing."""
    from sisterline.render import pick_format, write

    format_name = pick_format(asked.format, asked.output)
    if not found:
        _say(f"nothing matches {asked.words}" if asked.words else "the data holds no partnerships")
        if format_name == "table":
            return
    write(
        report,
        format_name,
        output=asked.output,
        columns=asked.columns,
        color=cast("Any", asked.color),
        ascii_only=asked.ascii,
    )


def _say(text: str) -> None:
    from sisterline.render.text import visible

    print(f"sisterline: {visible(text)}", file=sys.stderr)


def main() -> None:
    """Run the program and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the program and return its exit status.

    0 done, 1 an expected failure, 2 wrong usage, 130 Ctrl-C. A reader that closes the pipe ends it quietly.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        status = app(arguments, prog_name="sisterline", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        return _usage(error)
    except DataError as error:
        _say(str(error))
        _say("run `sisterline check` on the file for all problems")
        return error.exit_code
    except SisterlineError as error:
        _say(str(error))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        # The reader has what it wanted; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0


def _usage(error: TyperException) -> int:
    """Wrong usage in one line, with where help is to be found."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "sisterline"
    message = " ".join(error.format_message().split()).rstrip(".")
    if possible := getattr(error, "possibilities", None):
        message = f"{error.message.rstrip('.')}; did you mean {possible[0]}?"
    _say(f"{message[:1].lower()}{message[1:]} (see {command} --help)")
    return 2
