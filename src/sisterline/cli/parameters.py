"""What a command line parameter is: its flags, its help, its values, and how a shell completes them."""

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer

from sisterline.text.matching import closest_match


def choice(values: Iterable[str]) -> Callable[[str], str]:
    """A parser that takes one of a few values, and suggests the closest one for any other."""
    known = tuple(values)

    def parse(value: str) -> str:
        if value in known:
            return value
        hint = closest_match(value, known, "did you mean {}?") or f"choose one of {', '.join(known)}"
        raise typer.BadParameter(f'"{value}" is not a valid value; {hint}')

    return parse


def int_from(least: int) -> Callable[[str], int]:
    """A parser that takes whole numbers of at least `least`."""

    def parse(value: str) -> int:
        number = int(value) if str(value).isdecimal() else -1
        if number < least:
            raise typer.BadParameter(f'"{value}" is not a whole number of at least {least}')
        return number

    return parse


def lazy_completion(name: str) -> Callable[[typer.Context, str], list[str]]:
    """A function of `complete`, loaded when a shell asks for it, over the data that the same line names."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        module = importlib.import_module("sisterline.cli.complete")
        own = [Path(path) for path in ctx.params.get("data") or ()]
        dataset = module.data_of(own, builtin=not ctx.params.get("no_builtin"))
        found: list[str] = getattr(module, name)(dataset, incomplete)
        return found

    return complete


def option(
    *flags: str,
    help: str,
    panel: str,
    metavar: str | None = None,
    values: Iterable[str] = (),
    least: int | None = None,
    complete: str = "",
) -> Any:
    """An option of a command.

    Args:
        flags: its names.
        help: what it is for; the values that it takes are added.
        panel: the group of the help that it belongs to.
        metavar: what its value is called there.
        values: the few values that it takes, if these are fixed.
        least: the least whole number that it takes, if it takes one.
        complete: the function of `complete` that completes it.
    """
    known = list(values)
    extra: dict[str, Any] = {}
    if known:
        help = f"{help}: {', '.join(known)}."
        extra = {"parser": choice(known), "autocompletion": _listing(known)}
    elif least is not None:
        extra = {"parser": int_from(least)}
    elif complete:
        extra = {"autocompletion": lazy_completion(complete)}
    return typer.Option(*flags, help=help, rich_help_panel=panel, metavar=metavar, **extra)


def argument(*, help: str, metavar: str, values: Iterable[str] = (), complete: str = "") -> Any:
    """An argument of a command; what `option` says of its parameters holds here, too."""
    known = list(values)
    extra: dict[str, Any] = {}
    if known:
        help = f"{help}: {', '.join(known)}."
        extra = {"parser": choice(known), "autocompletion": _listing(known)}
    elif complete:
        extra = {"autocompletion": lazy_completion(complete)}
    return typer.Argument(help=help, metavar=metavar, **extra)


def _listing(known: list[str]) -> Callable[[], list[str]]:
    def values() -> list[str]:
        return known

    return values
