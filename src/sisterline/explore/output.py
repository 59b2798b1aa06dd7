"""Writes what the explorer shows to a file, as the commands do."""

import stat
from pathlib import Path
from typing import NamedTuple

from sisterline.errors import SisterlineError, UsageError, with_fix
from sisterline.explore.equivalent import described
from sisterline.explore.exploration import Exploration
from sisterline.formats import FORMATS, formats_for, resolve_format, write
from sisterline.formats.options import WriteOptions
from sisterline.formats.output import Output
from sisterline.reading.files import expand_home
from sisterline.reports.archive import archive_report
from sisterline.reports.base import Report
from sisterline.reports.chart import ChartReport, chart_report
from sisterline.reports.listing import ListReport, list_report
from sisterline.reports.page import page_report
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.translation import listed


class Written(NamedTuple):
    """What came of writing a file, in one line.

    Attributes:
        wrong: why it is not written; empty where it is.
        said: what is said of a file that is written.
        replaces: whether it is not written because there is one already, which it may replace.
    """

    wrong: str = ""
    said: str = ""
    replaces: bool = False


def listing(exploration: Exploration) -> ListReport:
    """What `list` reports of what is shown, sorted as it is."""
    return list_report(*exploration.part_shown(), language=exploration.language, sort=(exploration.sort,))


def chart(exploration: Exploration) -> ChartReport:
    """What `timeline --chart` reports of what is shown."""
    return chart_report(*exploration.part_shown(), language=exploration.language)


def suffixes(report: Report) -> list[str]:
    """The extensions that a file of a report can have."""
    return [suffix for name in formats_for(report.name) for suffix in FORMATS[name].suffixes]


def _archive(exploration: Exploration) -> Report:
    return archive_report(
        exploration.whole, exploration.selected(), exploration.asked.today, selection=described(exploration)
    )


def _page(exploration: Exploration) -> Report:
    return page_report(
        exploration.whole,
        exploration.selected(),
        exploration.asked.today,
        language=exploration.language,
        selection=described(exploration),
    )


_REPORTS = {"archive": _archive, "page": _page}  # what formats hold of every report


def _is_special(name: str) -> bool:
    """Whether there is something of a name that is neither a file nor a folder."""
    mode = _mode(name)
    return mode != 0 and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _mode(name: str) -> int:
    """What sort of file a name means, with its links followed; 0 where there is none."""
    path = expand_home(Path(name)) if name.startswith("~") else Path(name)
    try:
        return path.stat().st_mode
    except (OSError, ValueError):  # writing it says what is wrong
        return 0


def write_file(exploration: Exploration, report: Report, name: str, *, replace: bool = False) -> Written:
    """Write a report to a file whose extension says in which format; the rules are those of `--output`.

    Args:
        exploration: what is shown.
        report: what to write.
        name: of the file, as it was typed.
        replace: write over one that is there already, as far as the rules allow it.
    """
    notes: list[str] = []
    output = Output(path=name, inputs=exploration.asked.paths, force=None, notify=notes.append)
    try:
        format_name = _format_of(name, report)
        if not replace and stat.S_ISREG(_mode(name)):
            return Written(wrong=_("This file is there already; Enter again replaces it."), replaces=True)
        held = FORMATS[format_name].holds
        if held:
            report = _REPORTS[held](exploration)
        write(report, format_name, output=output, options=WriteOptions())
    except SisterlineError as error:
        return Written(wrong=printable(str(error)))
    except UnicodeEncodeError:  # such as a Chinese name where the locale is C
        return Written(wrong=printable(_("the system cannot write the name {file}").format(file=name)))
    return Written(said="; ".join((_("Written: {file}").format(file=name), *notes)))


def _format_of(name: str, report: Report) -> str:
    """The format of a file that is to be written.

    Raises:
        UsageError: the extension belongs to none that can hold the report, or what has the name is no file.
    """
    able = suffixes(report)
    if Path(name).suffix.lower() not in able:
        problem = _('the extension of "{file}" belongs to no format of this view').format(file=name)
        raise UsageError(with_fix(problem, _("use one of {list}").format(list=listed(able))))
    # A device may be this very terminal, and a pipe that nobody reads stops everything.
    if _is_special(name):
        raise UsageError(_("{file} is no file; choose another name").format(file=name))
    return resolve_format(None, name, report.name)
