"""Writes what the explorer shows to a file, as the commands do."""

from sisterline.errors import SisterlineError
from sisterline.explore.equivalent import equivalent
from sisterline.explore.exploration import Exploration
from sisterline.formats import FORMATS, formats_for, resolve_format, write
from sisterline.formats.options import WriteOptions
from sisterline.formats.output import Output
from sisterline.reports.archive import archive_report
from sisterline.reports.base import Report
from sisterline.reports.chart import ChartReport, chart_report
from sisterline.reports.listing import ListReport, list_report
from sisterline.reports.page import page_report
from sisterline.text.escape import printable


def listing(exploration: Exploration) -> ListReport:
    """What `list` reports of what is shown, sorted as it is."""
    return list_report(
        exploration.dataset,
        exploration.selected(),
        exploration.asked.today,
        language=exploration.language,
        sort=(exploration.sort,),
    )


def chart(exploration: Exploration) -> ChartReport:
    """What `timeline --chart` reports of what is shown."""
    return chart_report(
        exploration.dataset,
        exploration.selected(),
        exploration.asked.today,
        language=exploration.language,
    )


def suffixes(report: Report) -> str:
    """The extensions that a file of a report can have."""
    return ", ".join(suffix for name in formats_for(report.name) for suffix in FORMATS[name].suffixes)


def _archive(exploration: Exploration, report: Report) -> Report:
    return archive_report(
        exploration.whole,
        exploration.selected(),
        exploration.asked.today,
        selection=_selection(exploration, report),
    )


def _page(exploration: Exploration, report: Report) -> Report:
    return page_report(
        exploration.whole,
        exploration.selected(),
        exploration.asked.today,
        language=exploration.language,
        selection=_selection(exploration, report),
    )


def _selection(exploration: Exploration, report: Report) -> str:
    """The options that select what is shown, as somebody would type them."""
    return " ".join(equivalent(exploration, report.name).words[1:])


_REPORTS = {"archive": _archive, "page": _page}  # what formats hold of every report


def write_file(exploration: Exploration, report: Report, name: str) -> str:
    """Write a report to a file whose extension says in which format; the rules are those of `--output`.

    Returns:
        What is wrong, in one line; nothing once the file is written.
    """
    notes: list[str] = []
    output = Output(path=name, inputs=exploration.asked.paths, notify=notes.append)
    try:
        format_name = resolve_format(None, name, report.name)
        held = FORMATS[format_name].holds
        if held:
            report = _REPORTS[held](exploration, report)
        write(report, format_name, output=output, options=WriteOptions())
    except SisterlineError as error:
        return printable(str(error))
    return ""
