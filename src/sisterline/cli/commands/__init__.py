"""The commands, one module each, loaded when it is called.

A command has three steps: select, make one report, write it in one format. This module has what they share.
"""

import sys
from contextlib import AbstractContextManager, nullcontext
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sisterline.cli.progress import bar
from sisterline.cli.request import Request, column_names
from sisterline.cli.settings import Setting
from sisterline.errors import SisterlineError, UsageError, there_are, with_fix
from sisterline.formats import FORMATS, resolve_format, write
from sisterline.formats.output import Output
from sisterline.language import language_range, lookup
from sisterline.model import Dataset
from sisterline.query.selection import Selection, SelectionResult, TextlessResult, select
from sisterline.reports.refs import DEFAULT_EVERY
from sisterline.store.cache import load_cached
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sisterline.query.narrowing import Counter
    from sisterline.query.ranges import DayRange
    from sisterline.reports.base import Report
    from sisterline.reports.page import PageView

_MOST_REASONS = 2  # options named in a note: those whose removal changes the least


def notify(text: str) -> None:
    """Print one line on standard error; unsafe characters are escaped."""
    print(f"sisterline: {printable(text)}", file=sys.stderr)


def notify_all(selected: SelectionResult | TextlessResult) -> None:
    """Print the notes of a selection: how names and dates were understood."""
    for note in selected.notes:
        notify(note)


def load_requested(request: Request) -> Dataset:
    """The data set of a call: the bundled data, the user's own, or both.

    Raises:
        DataError: a file has problems; the error has all of them.
    """
    with bar() as progress:
        return load_cached(request.paths, progress)


def load_selection(request: Request) -> tuple[Dataset, SelectionResult]:
    """The data set and what the call selects from it, after printing the notes of the selection.

    Raises:
        DataError: a file has problems.
        UnknownName: no place, region or country has a name of the selection.
    """
    dataset = load_requested(request)
    selected = select(dataset, request.selection)
    notify_all(selected)
    return dataset, selected


def language_of(request: Request, dataset: Dataset) -> str:
    """The language of names and titles, as the data spells its tag (RFC 4647, lookup).

    If no name in the data has the language, a note says so, and names appear in English or in what they have.
    """
    wanted = language_range(request.language)
    if wanted == "en":
        return wanted
    tags = dataset.index.languages
    found = lookup(wanted, tags)
    if found is None:
        problem = _('no name in the data is in the language "{language}"').format(language=request.language)
        notify(with_fix(problem, there_are(tags) if tags else _("names have no languages")))
    return found or wanted


def step_of_anniversaries(request: Request, every: int | None, report: str) -> int | None:
    """The N of every Nth anniversary in a report of a name: as asked for, else None, to fit the history.

    Programs, and tables with columns of their own, get the same anniversaries of every history.
    """
    if every is not None:
        return every
    form = FORMATS[resolve_format(request.format, request.output, report)]
    if form.for_people and not request.writing.columns:
        return None
    return DEFAULT_EVERY


def write_report(
    request: Request,
    report: "Report",
    *,
    found: bool,
    words: str = "",
    none: str = "",
    count: "Counter | None" = None,
    others: "Mapping[str, Callable[[], Report]] | None" = None,
) -> None:
    """Write a report in the format of a call; print a note if it is empty.

    Args:
        request: the format and the file.
        report: what to write.
        found: whether the report has any content.
        words: what was typed in addition to the selection, for the note.
        none: the note about an empty report; by default it repeats what was typed.
        count: how much the report finds by another selection, to note which option leaves nothing.
        others: make the reports of formats that hold another one of the same selection, by its name.

    Raises:
        UsageError: no format has the file's extension, or the format cannot hold the report.
        SisterlineError: the output cannot be written, or would replace a file that it must not.
    """
    format_name = resolve_format(request.format, request.output, report.name)
    if not found:
        notify(none or with_fix(nothing(f"{request.words} {words}".strip()), _reason(request, count)))
        if format_name == "table" and request.output is None:
            return
    held = FORMATS[format_name].holds
    if others is not None and held:
        report = others[held]()
    options = request.writing
    if format_name == "table" and not options.columns:
        options = replace(options, columns=_usual_columns(request, report))
    output = Output(path=request.output, inputs=request.paths, force=request.force, notify=notify)
    with paged(output, request.pager):
        note = write(report, format_name, output=output, options=options)
    if note:
        notify(note)


def page_maker(
    request: Request,
    dataset: Dataset,
    selected: SelectionResult,
    language: str,
    *,
    view: "PageView" = "list",
    opened: str = "",
    days: "DayRange | None" = None,
    every: int = 0,
) -> "Callable[[], Report]":
    """What makes the page of a selection; see `reports.page.page_report`."""

    def page() -> "Report":
        from sisterline.reports.page import page_report

        return page_report(
            dataset,
            selected,
            request.today,
            language=language,
            view=view,
            opened=opened,
            selection=request.words,
            days=days,
            every=every,
        )

    return page


def paged(output: Output, pager: Setting) -> AbstractContextManager[None]:
    """Page what the block writes, if it goes to a terminal that shows less; never if `-o` is given."""
    if output.path is not None or not sys.stdout.isatty():
        return nullcontext()
    from sisterline.cli import pager as module

    return module.paged(pager)


def _usual_columns(request: Request, report: "Report") -> tuple[str, ...]:
    """The columns that the settings have for the table of a report; none where they have none.

    A drawing or another table of the same command has other columns.

    Raises:
        SisterlineError: the report has no such column.
    """
    setting = request.usual_columns
    if setting is None or setting.key.command != report.name:
        return ()
    from sisterline.views import view_of
    from sisterline.views.style import UNICODE

    names = column_names(setting.text)
    try:
        view_of(report, UNICODE).main.select(names)
    except UsageError as error:
        message = str(error).removeprefix("--columns: ")
        raise SisterlineError(f"{setting.origin}: {message}") from None
    return names


def _reason(request: Request, count: "Counter | None") -> str:
    """Which of several options leaves nothing; empty where none is to blame alone."""
    if count is None or len(request.typed) < 2:
        return ""
    from sisterline.query.narrowing import found_without, unmatched

    if alone := unmatched(request.selection, count):
        return _("{option} alone leaves nothing").format(option=request.typed[alone[0]])
    found = found_without(request.selection, count)
    reasons = ""
    for field, number in sorted(found.items(), key=itemgetter(1))[:_MOST_REASONS]:
        message = ngettext("without {option} there is {count}", "without {option} there are {count}", number)
        reason = message.format(option=request.typed[field], count=f"{number:,}")
        reasons = with_fix(reasons, reason) if reasons else reason
    return reasons


def partnership_counter(dataset: Dataset) -> "Counter":
    """What counts the partnerships that a selection chooses."""

    def count(selection: Selection) -> int:
        return len(select(dataset, selection).partnerships)

    return count


def item_counter(dataset: Dataset, field: str) -> "Counter":
    """What counts the events or the exchanges, by the field of a partnership, that a selection chooses."""

    def count(selection: Selection) -> int:
        return sum(len(getattr(p, field)) for p in select(dataset, selection).partnerships)

    return count


def nothing(words: str) -> str:
    """The note about an empty result, with what was typed."""
    if words:
        return _("nothing matches {words}").format(words=words)
    return _("there is nothing to show")
