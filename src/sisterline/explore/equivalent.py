"""The command line that gives what the explorer shows."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from sisterline.errors import SisterlineError
from sisterline.explore.exploration import SORTS, Exploration, Option
from sisterline.query.ranges import parse_range
from sisterline.query.selection import Selection, select
from sisterline.reports.counts import CountBy

_FLAGS: dict[CountBy, str] = {
    "status": "--status",
    "kind": "--kind",
    "level": "--level",
    "region": "--region",
    "decade": "--founded",
}
_DATED = ("--from", "--to", "--type", "--category")


class Equivalent(NamedTuple):
    """A command line.

    Attributes:
        words: the command and its options, without the name of the program.
        partnerships: how many it selects; it gives exactly what is shown where that many are shown.
    """

    words: tuple[str, ...]
    partnerships: int


def equivalent(exploration: Exploration, *command: str) -> Equivalent:
    """The command line that selects what is shown, or else as little more as options can say.

    Args:
        exploration: what is shown.
        command: the name of the command, and the options by which it makes this report.
    """
    shown = {exploration.partnership(number).id for number in exploration.shown}
    best: tuple[int, int] | None = None
    found = Equivalent((), 0)
    for selection, options in _candidates(exploration):
        if command[0] == "anniversaries":  # which has no options for events
            options = [option for option in options if option.flag not in _DATED]
        try:
            selected = {each.id for each in select(exploration.whole, selection).partnerships}
        except SisterlineError:  # what was searched for is the name of no place
            continue
        distance = len(shown - selected), len(selected - shown)
        if best is None or distance < best:
            best = distance
            found = Equivalent(tuple(_words(options)), len(selected))
    words = (*command, *found.words)
    if command[0] == "list":
        words += _sort_words(exploration)
    return found._replace(words=words)


def of_partnership(exploration: Exploration, number: int) -> tuple[str, ...]:
    """The command line that shows the page of a partnership."""
    kept = [option for option in _kept(exploration) if option.flag in _DATED or not _selects(option)]
    return ("show", exploration.partnership(number).id, *_words(kept))


# --- details --------------------------------------------------------------------------------------

_SELECTING = (
    "--city", "--region", "--country", "--level", "--kind", "--status", "--founded", "--last-event", "--text",
    *_DATED,
)  # fmt: skip


def _selects(option: Option) -> bool:
    return option.flag in _SELECTING


def _kept(exploration: Exploration) -> list[Option]:
    """The options of the call, with the language that is shown now."""
    options = list(exploration.asked.options)
    if exploration.language != exploration.asked.language:
        options = [option for option in options if option.flag != "--lang"]
        options.append(Option("--lang", exploration.language))
    return options


def _candidates(exploration: Exploration) -> Iterator[tuple[Selection, list[Option]]]:
    """Selections that may be what is shown, each with the options that make it."""
    selection, options = exploration.asked.selection, _kept(exploration)
    for facet, codes in exploration.filters.chosen.items():
        values = _values(facet, sorted(filter(None, codes)))
        if values:
            flag = _FLAGS[facet]
            selection = _narrowed(selection, facet, values, exploration.asked.today)
            options = [option for option in options if option.flag != flag]
            options += [Option(flag, value) for value in values]
    typed = " ".join(exploration.typed.split())
    if not typed:
        yield selection, options
        return
    city = replace(selection, cities=(*selection.cities, typed))
    yield city, [*options, Option("--city", typed)]
    text = replace(selection, text=(*selection.text, typed))
    yield text, [*options, Option("--text", typed)]
    yield selection, options


def _values(facet: CountBy, codes: list[str]) -> list[str]:
    """What an option takes for the values of a facet: decades become one range, if they are one."""
    if facet != "decade" or len(codes) < 2:
        return codes
    years = [int(code[:-1]) for code in codes]
    if any(after - before != 10 for before, after in pairwise(years)):
        return []
    return [f"{years[0]:04}..{years[-1] + 9:04}"]


def _narrowed(selection: Selection, facet: CountBy, values: list[str], today: date) -> Selection:
    """A selection with the values of one facet."""
    match facet:
        case "status":
            return replace(selection, statuses=tuple(values))
        case "kind":
            return replace(selection, kinds=tuple(values))
        case "level":
            return replace(selection, levels=tuple(values))
        case "region":
            return replace(selection, regions=tuple(values))
        case _:
            return replace(selection, founded=parse_range(values[0], _FLAGS["decade"], today))


def _words(options: list[Option]) -> Iterator[str]:
    for option in options:
        yield option.flag
        if option.value is not None:
            yield option.value


def _sort_words(exploration: Exploration) -> tuple[str, ...]:
    """The options that put a list into the order of the rows."""
    sort = exploration.sort
    if sort == SORTS[0]:
        return ()
    return ("--sort", f"-{sort.name}" if sort.descending else sort.name)
