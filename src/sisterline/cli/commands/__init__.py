"""The commands: a module each, loaded when it is called. A command is three steps:

the selection, one pure report, one writer. What all of them share is here.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sisterline.cli.options import Asked
from sisterline.cli.progress import bar
from sisterline.formats import FORMATS, resolve_format, write
from sisterline.formats.options import WriteOptions
from sisterline.formats.output import Output
from sisterline.language import language_range, lookup
from sisterline.model import Dataset
from sisterline.query.selection import SelectionResult, select
from sisterline.reading.files import bundled_folder
from sisterline.store.cache import load_cached
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sisterline.reports.base import Report


def notify(text: str) -> None:
    """Tell the person something beside the result: one line on standard error."""
    print(f"sisterline: {printable(text)}", file=sys.stderr)


def data_read(asked: Asked) -> list[Path]:
    """The files and folders that a call reads."""
    return [*([bundled_folder()] if asked.builtin else []), *asked.data]


def load_dataset_of(asked: Asked) -> Dataset:
    """The data set that a call is about.

    Raises:
        DataError: with every problem of every file.
    """
    with bar() as progress:
        return load_cached(data_read(asked), progress)


def language_of(asked: Asked, dataset: Dataset) -> str:
    """The language of names and titles that a call asks for, as the data spells it.

    One that no name has is reported; what there is of it is shown, else English.
    """
    wanted = language_range(asked.language)
    if wanted == "en":
        return wanted
    names = [place.name for place in dataset.places.values() if not isinstance(place.name, str)]
    tags = sorted({tag for name in names for tag in name})
    found = lookup(wanted, tags)
    if found is None:
        known = f"there are {', '.join(tags)}" if tags else "names have no languages"
        notify(f'no name in the data is in the language "{asked.language}"; {known}')
    return found or wanted


def load_selection(asked: Asked) -> tuple[Dataset, SelectionResult]:
    """The data set and what was selected of it; what names were taken for is told."""
    dataset = load_dataset_of(asked)
    return dataset, notify_all(select(dataset, asked.selection))


def notify_all(selected: SelectionResult) -> SelectionResult:
    """Tell how names were understood, and give the selection back."""
    for note in selected.notes:
        notify(note)
    return selected


def write_report(
    asked: Asked,
    report: "Report",
    found: bool,
    words: str = "",
    none: str = "",
    archive: "Callable[[], Report] | None" = None,
) -> None:
    """Write a report, or say what matched nothing.

    Args:
        asked: how to write it.
        report: what to write.
        found: whether there is anything in it.
        words: what was typed in addition to the selection.
        none: what to say instead where there is nothing.
        archive: makes what a format writes that holds a data set instead of a report.
    """
    format_name = resolve_format(asked.format, asked.output, report.name)
    if not found:
        words = f"{asked.words} {words}".strip()
        notify(none or (f"nothing matches {words}" if words else "there is nothing to show"))
        if format_name == "table" and asked.output is None:
            return
    if archive is not None and FORMATS[format_name].holds_dataset:
        report = archive()
    note = write(
        report,
        format_name,
        output=Output(path=asked.output, inputs=tuple(data_read(asked)), force=asked.force, notify=notify),
        options=WriteOptions(columns=asked.columns, color=asked.color, ascii_only=asked.ascii, bom=asked.bom),
    )
    if note:
        notify(note)
