"""The command line that gives what the explorer shows."""

from collections.abc import Callable, Iterable, Iterator
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
# The fields of a selection: of the values of facets, and where what is searched for may be found.
_FIELDS: dict[CountBy, str] = {"status": "statuses", "kind": "kinds", "level": "levels", "region": "regions"}
_SEARCHES = {"cities": "--city", "regions": "--region", "countries": "--country", "text": "--text"}
MOST_NAMED = 200  # partnerships that a command line names: some kilobytes
_DATED = ("--from", "--to", "--type", "--category")


class Equivalent(NamedTuple):
    """A command line.

    Attributes:
        words: the command and its options, without the name of the program.
        partnerships: how many it selects.
        exact: whether those are what is shown.
    """

    words: tuple[str, ...]
    partnerships: int
    exact: bool = False


def equivalent(exploration: Exploration, *command: str) -> Equivalent:
    """The command line that selects what is shown: by options, or else by the ids of the partnerships.

    Where they are too many for a line, options that select as little more as possible.

    Args:
        exploration: what is shown.
        command: the name of the command, and the options by which it makes this report.
    """
    found = _by_options(exploration, dated=command[0] != "anniversaries")  # which has no options for events
    shown = len(exploration.shown)
    if not found.exact and 0 < shown <= MOST_NAMED:
        named = (exploration.partnership(number).id for number in exploration.shown)
        rest = _words(_unselective(exploration, dated=command[0] != "anniversaries"))
        found = Equivalent((*named, *rest), shown, exact=True)
    words = (*command, *found.words)
    if command[0] == "list":
        words += _sort_words(exploration)
    return found._replace(words=words)


def described(exploration: Exploration) -> str:
    """The options that select what is shown, as somebody would type them, and else what was searched for."""
    found = _by_options(exploration, dated=True, kept=_selects)
    if found.exact:
        return " ".join(found.words)
    *_others, (_selection, options) = _candidates(exploration)
    return " ".join((*_words(filter(_selects, options)), *exploration.typed.split()))


def of_partnership(exploration: Exploration, number: int) -> tuple[str, ...]:
    """The command line that shows the page of a partnership."""
    return ("show", exploration.partnership(number).id, *_words(_unselective(exploration, dated=True)))


# --- details --------------------------------------------------------------------------------------

_SELECTING = (
    "--city", "--region", "--country", "--level", "--kind", "--status", "--founded", "--last-event", "--text",
    *_DATED,
)  # fmt: skip


def _selects(option: Option) -> bool:
    return option.flag in _SELECTING


def _unselective(exploration: Exploration, *, dated: bool) -> list[Option]:
    """The options of the call that choose no partnerships, with those that choose events or without."""
    options = _kept(exploration)
    return [option for option in options if not _selects(option) or (dated and option.flag in _DATED)]


def _everything(_option: Option) -> bool:
    return True


def _by_options(
    exploration: Exploration, *, dated: bool, kept: Callable[[Option], bool] = _everything
) -> Equivalent:
    """The options that select what is shown, or else as little more as possible.

    Args:
        exploration: what is shown.
        dated: whether the command has options for events.
        kept: which options to give.
    """
    shown = {exploration.partnership(number).id for number in exploration.shown}
    best: tuple[int, int] | None = None
    found = Equivalent((), 0)
    for selection, options in _candidates(exploration):
        try:
            selected = {each.id for each in select(exploration.whole, selection).partnerships}
        except SisterlineError:  # what was searched for is the name of no place
            continue
        distance = len(shown - selected), len(selected - shown)
        if best is None or distance < best:
            best = distance
            given = [option for option in options if kept(option) and (dated or option.flag not in _DATED)]
            found = Equivalent(tuple(_words(given)), len(selected), exact=distance == (0, 0))
    return found


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
    for field, flag in _SEARCHES.items():
        if not getattr(selection, field):
            yield replace(selection, **{field: (typed,)}), [*options, Option(flag, typed)]
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
    if facet == "decade":
        return replace(selection, founded=parse_range(values[0], _FLAGS[facet], today))
    return replace(selection, **{_FIELDS[facet]: tuple(values)})


def _words(options: Iterable[Option]) -> Iterator[str]:
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
