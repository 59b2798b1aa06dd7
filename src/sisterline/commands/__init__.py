"""The commands: a module each, loaded when it is called. A command is three steps:

the selection, one pure report, one writer. What all of them share is here.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sisterline.cache import load_cached
from sisterline.files import bundled
from sisterline.language import language_range, lookup
from sisterline.model import Dataset
from sisterline.options import Asked
from sisterline.progress import bar
from sisterline.query import Selected, select
from sisterline.render import pick_format, write
from sisterline.render.output import Output
from sisterline.words import visible

if TYPE_CHECKING:
    from msgspec import Struct


def say(text: str) -> None:
    """Tell the person something beside the result: one line on standard error."""
    print(f"sisterline: {visible(text)}", file=sys.stderr)


def data_read(asked: Asked) -> list[Path]:
    """The files and folders that a call reads."""
    return [*([bundled()] if asked.builtin else []), *asked.data]


def read(asked: Asked) -> Dataset:
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
        say(f'no name in the data is in the language "{asked.language}"; {known}')
    return found or wanted


def choose(asked: Asked) -> tuple[Dataset, Selected]:
    """The data set and what was selected of it; what names were taken for is told."""
    dataset = read(asked)
    return dataset, tell(select(dataset, asked.selection))


def tell(selected: Selected) -> Selected:
    """Tell how names were understood, and give the selection back."""
    for note in selected.notes:
        say(note)
    return selected


def finish(asked: Asked, report: "Struct", found: bool, words: str = "", none: str = "") -> None:
    """Write a report, or say what matched nothing.

    Args:
        asked: how to write it.
        report: what to write.
        found: whether there is anything in it.
        words: what was typed beside the selection.
        none: what to say instead where there is nothing.
    """
    format_name = pick_format(asked.format, asked.output, str(report.__struct_config__.tag))
    if not found:
        words = f"{asked.words} {words}".strip()
        say(none or (f"nothing matches {words}" if words else "there is nothing to show"))
        if format_name == "table" and asked.output is None:
            return
    untold = write(
        report,
        format_name,
        output=Output(path=asked.output, inputs=tuple(data_read(asked)), force=asked.force, notify=say),
        columns=asked.columns,
        color=asked.color,
        ascii_only=asked.ascii,
        bom=asked.bom,
    )
    if untold:
        say(untold)
