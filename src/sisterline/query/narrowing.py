"""Which part of a selection is why nothing matches it."""

from collections.abc import Callable

from msgspec.structs import asdict, replace

from sisterline.query.selection import Selection

Counter = Callable[[Selection], int]  # how much a selection finds


def chosen_fields(selection: Selection) -> tuple[str, ...]:
    """The fields of a selection that choose something."""
    return tuple(name for name, value in asdict(selection).items() if value and name != "notes")


def unmatched(selection: Selection, count: Counter) -> tuple[str, ...]:
    """The fields that match nothing even by themselves."""
    alone = {name: Selection(**{name: getattr(selection, name)}) for name in chosen_fields(selection)}
    return tuple(name for name, part in alone.items() if not count(part))


def found_without(selection: Selection, count: Counter) -> dict[str, int]:
    """How much is found without each field, those without which nothing is found left out."""
    nothing = Selection()
    found = {
        name: count(replace(selection, **{name: getattr(nothing, name)})) for name in chosen_fields(selection)
    }
    return {name: number for name, number in found.items() if number}
