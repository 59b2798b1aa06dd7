"""The commands: a module each, loaded when it is called.

A command is three steps: the selection, one pure report, one format. What all of them share is here.
"""

import sys
from typing import TYPE_CHECKING

from sisterline.cli.progress import bar
from sisterline.cli.request import Request
from sisterline.formats import FORMATS, resolve_format, write
from sisterline.formats.output import Output
from sisterline.language import language_range, lookup
from sisterline.model import Dataset
from sisterline.query.selection import SelectionResult, select
from sisterline.store.cache import load_cached
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sisterline.reports.base import Report


def notify(text: str) -> None:
    """Print one line on standard error, apart from the result."""
    print(f"sisterline: {printable(text)}", file=sys.stderr)


def notify_all(selected: SelectionResult) -> None:
    """Report how names and dates were understood."""
    for note in selected.notes:
        notify(note)


def load_dataset(request: Request) -> Dataset:
    """The data set that a call is about.

    Raises:
        DataError: with every problem of every file.
    """
    with bar() as progress:
        return load_cached(request.paths, progress)


def load_selection(request: Request) -> tuple[Dataset, SelectionResult]:
    """The data set and what is selected of it; reports how names were understood."""
    dataset = load_dataset(request)
    selected = select(dataset, request.selection)
    notify_all(selected)
    return dataset, selected


def language_of(request: Request, dataset: Dataset) -> str:
    """The language of names and titles that a call asks for, as the data spells it.

    One that no name has is reported; names then are in English, or in the language they have.
    """
    wanted = language_range(request.language)
    if wanted == "en":
        return wanted
    names = [place.name for place in dataset.places.values() if not isinstance(place.name, str)]
    tags = sorted({tag for name in names for tag in name})
    found = lookup(wanted, tags)
    if found is None:
        known = f"there are {', '.join(tags)}" if tags else "names have no languages"
        notify(f'no name in the data is in the language "{request.language}"; {known}')
    return found or wanted


def write_report(
    request: Request,
    report: "Report",
    *,
    found: bool,
    words: str = "",
    none: str = "",
    archive: "Callable[[], Report] | None" = None,
) -> None:
    """Write a report, or say that nothing matched.

    Args:
        request: how to write it.
        report: what to write.
        found: whether there is anything in it.
        words: what was typed in addition to the selection.
        none: the message where there is nothing; made from the words where it is empty.
        archive: makes what a format writes that holds a data set instead of a report.
    """
    format_name = resolve_format(request.format, request.output, report.name)
    if not found:
        notify(none or _nothing(f"{request.words} {words}".strip()))
        if format_name == "table" and request.output is None:
            return
    if archive is not None and FORMATS[format_name].holds_dataset:
        report = archive()
    output = Output(path=request.output, inputs=request.paths, force=request.force, notify=notify)
    note = write(report, format_name, output=output, options=request.writing)
    if note:
        notify(note)


def _nothing(words: str) -> str:
    return f"nothing matches {words}" if words else "there is nothing to show"
