"""What a shell completes from the data: places, regions, countries, partnerships, sources.

A name with a blank in it cannot be completed in every shell: the id, which finds the same, stands for it.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from sisterline.errors import SisterlineError
from sisterline.model import REGION_LEVELS, Dataset, localized, names_of
from sisterline.reading.files import bundled_folder
from sisterline.store.cache import load_cached
from sisterline.text.escape import printable
from sisterline.text.matching import fold


def places(incomplete: str) -> list[str]:
    """Places of partnerships, by any of their names."""
    dataset = _data()
    used = {end for partnership in dataset.partnerships for end in partnership.between}
    return _places(dataset, (name for name in dataset.places if name in used), incomplete)


def regions(incomplete: str) -> list[str]:
    """Provinces, prefectures and the like."""
    dataset = _data()
    return _places(
        dataset, (name for name, place in dataset.places.items() if place.level in REGION_LEVELS), incomplete
    )


def countries(incomplete: str) -> list[str]:
    """Countries by name and by code."""
    dataset = _data()
    names = [localized(country.name, "en") for country in dataset.countries.values()]
    codes = {place.country for place in dataset.places.values()}
    return _begin([*names, *sorted(codes)], incomplete)


def partnerships(incomplete: str) -> list[str]:
    """Places, and ids of partnerships."""
    return places(incomplete) + _begin((p.id for p in _data().partnerships), incomplete)


def sources(incomplete: str) -> list[str]:
    """Ids of sources."""
    return _begin(_data().sources, incomplete)


def _data() -> Dataset:
    """The bundled data and what the environment lays over it; nothing where that is bad."""
    own = [Path(part) for part in os.environ.get("SISTERLINE_DATA", "").split(os.pathsep) if part]
    try:
        return load_cached([bundled_folder(), *own])
    except SisterlineError:
        return Dataset({}, {}, {}, (), ())


def _begin(words: Iterable[str], incomplete: str) -> list[str]:
    start = fold(incomplete)
    return [word for word in words if _safe(word) and fold(word).startswith(start)]


def _safe(word: str) -> bool:
    """Whether a shell can complete a word: nothing in it that parts it, or acts on a shell or a terminal."""
    # zsh evaluates what Typer gives it, where a backslash undoes Typer's escapes; bash looks for patterns.
    return not re.search(r"""[\s\\$`"*?\[\]<>|&;(){}~!#]""", word) and printable(word) == word


def _places(dataset: Dataset, ids: Iterable[str], incomplete: str) -> list[str]:
    """For each place that is meant the first name, or the id, that begins just as it was typed."""
    start = fold(incomplete)
    found: dict[str, None] = {}
    for place_id in ids:
        names = (*names_of(dataset.places[place_id]), place_id)
        if any(fold(name).startswith(start) for name in names):
            # Shells drop what does not begin with the very letters that were typed.
            typed = (name for name in names if name.startswith(incomplete) and _safe(name))
            found[next(typed, place_id)] = None
    return sorted(found)
