"""Completions from the data: places, regions, countries, partnerships, sources.

Not every shell can complete a name with a space: the id, which finds the same record, is offered instead.
"""

import contextlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from sisterline.cli.settings import read_settings
from sisterline.errors import DataError, SisterlineError
from sisterline.language import localized
from sisterline.model import Dataset, search_names
from sisterline.reading.files import (
    bundled_folder,
    data_files,
    display_path,
    expand_home,
)
from sisterline.store.cache import load_cached
from sisterline.text.escape import printable
from sisterline.text.matching import fold
from sisterline.vocabulary import REGION_LEVELS


def data_of(own: Iterable[Path] | None, *, builtin: bool = True) -> Dataset:
    """The data for the completions of a command line; files with problems are left out without a message.

    Args:
        own: files and folders that the line names with --data, in addition to those of the settings.
        builtin: whether the bundled data is read.
    """
    paths = [*read_settings().data, *map(expand_home, own or ())]
    base = []
    if builtin:
        with contextlib.suppress(SisterlineError):
            base.append(bundled_folder())
    return _usable(base, [file for path in paths for file in _files(path)])


def places(dataset: Dataset, incomplete: str) -> list[str]:
    """Places that have partnerships, by any of their names."""
    return _places(dataset, dataset.partnered_places, incomplete)


def regions(dataset: Dataset, incomplete: str) -> list[str]:
    """Places of a level that has others in it, such as provinces and prefectures."""
    found = (place_id for place_id, place in dataset.places.items() if place.level in REGION_LEVELS)
    return _places(dataset, found, incomplete)


def countries(dataset: Dataset, incomplete: str) -> list[str]:
    """English names and codes of countries."""
    names = [localized(country.name, "en") for country in dataset.countries.values()]
    codes = {place.country for place in dataset.places.values()}
    return _begin([*names, *sorted(codes)], incomplete)


def partnerships(dataset: Dataset, incomplete: str) -> list[str]:
    """Places that have partnerships, and ids of partnerships."""
    indexed = (number for _, number in dataset.index.partnership_ids(fold(incomplete)))
    return places(dataset, incomplete) + _begin((dataset.partnerships[n].id for n in indexed), incomplete)


def sources(dataset: Dataset, incomplete: str) -> list[str]:
    """Places that have partnerships, and ids of sources."""
    return places(dataset, incomplete) + _begin(dataset.sources, incomplete)


def _files(path: Path) -> list[Path]:
    """A file, or the data files in a folder; none if the folder cannot be read."""
    try:
        return data_files(path)
    except SisterlineError:
        return []


def _usable(base: Sequence[Path], own: Sequence[Path]) -> Dataset:
    """The data of the base and of all own files without problems; no data if the base has problems."""
    try:
        return load_cached([*base, *own])
    except DataError as error:
        wrong = {problem.path for problem in error.problems}
        kept = [file for file in own if display_path(file) not in wrong]
        if len(kept) < len(own):
            return _usable(base, kept)
    except SisterlineError:
        pass
    return Dataset(countries={}, places={}, sources={}, partnerships=(), totals=())


def _begin(words: Iterable[str], incomplete: str) -> list[str]:
    start = fold(incomplete)
    return [word for word in words if _safe(word) and fold(word).startswith(start)]


def _safe(word: str) -> bool:
    """Whether every shell can complete a word: nothing in it is special to a shell or a terminal."""
    # zsh evaluates what Typer prints, where a backslash undoes Typer's escapes; bash expands patterns.
    return not re.search(r"""[\s\\$`"*?\[\]<>|&;(){}~!#]""", word) and printable(word) == word


def _places(dataset: Dataset, ids: Iterable[str], incomplete: str) -> list[str]:
    """The first name, or the id, of each matching place that begins exactly as typed.

    Shells drop completions that do not begin with the letters typed, or replace these with the common prefix
    of all completions. So an id for 榮, a variant of 栄 (Sakae), is offered only if no name begins with 榮.
    """
    start = fold(incomplete)
    exact: dict[str, None] = {}
    alike: dict[str, None] = {}
    if incomplete.isascii():  # else its last character may be folded in another way within a name (ケ)
        indexed = {place_id for _, place_id in dataset.index.place_names(start)}
        ids = filter(indexed.__contains__, ids)
    for place_id in ids:
        names = (*search_names(dataset.places[place_id]), place_id)
        typed = [name for name in names if name.startswith(incomplete)]
        if typed:
            exact[next(filter(_safe, typed), place_id)] = None
        elif any(fold(name).startswith(start) for name in names):
            alike[place_id] = None
    if exact and not incomplete.isascii():
        return sorted(exact)
    return sorted(exact | alike)
