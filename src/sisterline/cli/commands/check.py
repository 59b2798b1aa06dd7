"""`sisterline check`."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sisterline.cli.commands import notify, paged
from sisterline.cli.options import BOM, FORCE, LANG, NO_PAGER, OUTPUT_FILE, TODAY
from sisterline.cli.parameters import argument, option
from sisterline.cli.progress import bar
from sisterline.cli.report_options import format_option
from sisterline.cli.request import parse_day, refuse_second_stdin
from sisterline.cli.settings import load_settings
from sisterline.errors import Problem, SisterlineError
from sisterline.formats import is_for_programs, resolve_format, write
from sisterline.formats.options import WriteOptions
from sisterline.formats.output import Output
from sisterline.model import Dataset
from sisterline.reading.dataset import Loaded, read_dataset
from sisterline.reading.files import STDIN_NAME, bundled_folder, display_path, expand_home, unread_data_files
from sisterline.reading.yaml_events import loader_is_fast
from sisterline.reports.check import CheckReport, check_report
from sisterline.translation import activate, some_of
from sisterline.translation import gettext as _

_MOST_NAMES = 5  # of files that were left out


def command(
    *,
    paths: Annotated[
        list[Path] | None,
        argument(
            help="Files and folders, - for standard input; by default the bundled data.", metavar="[PATH]..."
        ),
    ] = None,
    warnings: Annotated[
        bool, option("--warnings", help="Also show what is valid but deserves a look.")
    ] = False,
    strict: Annotated[
        bool, option("--strict", help="Show warnings, and exit with 1 if there are any.")
    ] = False,
    with_builtin: Annotated[
        bool, option("--with-builtin", help="Also read the bundled data; the files may extend it.")
    ] = False,
    links: Annotated[
        bool, option("--links", help="Ask for the address of each source on the network.")
    ] = False,
    format_: format_option("check") = None,  # type: ignore[valid-type]
    output: Annotated[str | None, OUTPUT_FILE] = None,
    force: Annotated[bool, FORCE] = False,
    bom: Annotated[bool, BOM] = False,
    no_pager: Annotated[bool, NO_PAGER] = False,
    today: Annotated[str | None, TODAY] = None,
    lang: Annotated[str | None, LANG] = None,
) -> None:
    """Check data files, and report each problem with its fix.

    \b
      sisterline check my-pairs.yaml
      sisterline check --with-builtin my-visits.yaml
      sisterline check --warnings -f github
      sisterline check --links my-pairs.yaml
    """
    settings = load_settings()
    format_name = resolve_format(format_, output, "links" if links else "check")
    if is_for_programs(format_name, None):
        activate("en")
    own = [expand_home(path) for path in paths or ()]
    refuse_second_stdin(own)
    warnings = warnings or strict
    paths_read = own
    if with_builtin or not own:
        paths_read = [bundled_folder(), *own]
    with bar() as progress:
        loaded = read_dataset(paths_read, progress, with_warnings=warnings)
    day = parse_day(today)
    report = _report_on(loaded, day, warnings=warnings, with_builtin=with_builtin)
    destination = Output(path=output, inputs=tuple(paths_read), force=force, notify=notify)
    options = settings.write_options(bom=bom)
    with paged(destination, settings.pager(wanted=not no_pager)):
        if links and not report.problems:
            _check_links(loaded.dataset, day, format_name, destination, options)
            return
        write(report, format_name, output=destination, options=options)
    if not loader_is_fast():
        notify(_("reading took about ten times as long as usual: PyYAML was installed without libyaml"))
    for path in own:
        _report_left_out(path)
    if report.problems or (strict and report.warnings):
        raise typer.Exit(1)


def _report_on(loaded: Loaded, today: date, *, warnings: bool, with_builtin: bool) -> CheckReport:
    """What was found in files; none of the warnings is about the bundled data that was read beside them."""
    unchecked = None
    if with_builtin:
        unchecked = Path(display_path(bundled_folder()))
    return check_report(
        loaded.dataset,
        loaded.problems,
        loaded.positions,
        today,
        warnings=warnings,
        yaml_warnings=loaded.warnings,
        excerpt=_excerpt(loaded.problems, loaded.stdin),
        unchecked_folder=unchecked,
    )


def _check_links(
    dataset: Dataset, today: date, format_name: str, output: Output, options: WriteOptions
) -> None:
    """Ask for the addresses of the sources, and report those that are not as they were.

    Raises:
        SisterlineError: no host could be reached.
        typer.Exit: an address without an archived copy is dead.
    """
    from sisterline.links.checker import check_links
    from sisterline.reports.links import links_report

    urls = [source.url for source in dataset.sources.values() if source.url is not None]
    with bar(words=_("checking links")) as progress:
        results = check_links(urls, progress)
    if results and all(result.reason == "unknown host" for result in results):
        raise SisterlineError(_("no host of a source could be reached; is this computer online?"))
    report = links_report(dataset, results, today)
    write(report, format_name, output=output, options=options)
    if any(row.outcome == "dead" and not row.archived for row in report.rows):
        raise typer.Exit(1)


def _report_left_out(path: Path) -> None:
    """Report the files of a folder that look like data and were not read."""
    try:
        names = unread_data_files(path)
    except SisterlineError:
        return  # the folder cannot be read, which is a problem already
    if not names:
        return
    message = _("{folder}: not read, because only .yaml and .yml files directly in the folder are: {list}")
    notify(message.format(folder=display_path(path), list=some_of(names, _MOST_NAMES)))


def _excerpt(problems: Sequence[Problem], stdin: bytes) -> str:
    """The line of the only problem; empty where there are several, or the line cannot be read.

    Args:
        problems: all problems.
        stdin: what was read from standard input.
    """
    if len(problems) != 1 or not problems[0].line:
        return ""
    (problem,) = problems
    try:
        content = stdin
        if problem.path != STDIN_NAME:
            content = Path(problem.path).read_bytes()
        # As Problem counts lines: the separators of Unicode do not end one.
        lines = re.split(r"\r\n|\n|\r", content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return ""
    if problem.line > len(lines):
        return ""
    return lines[problem.line - 1]
