"""Parameters of the command line: their flags, help, values, and how a shell completes them."""

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer

from sisterline.errors import closest_or_all, with_fix
from sisterline.translation import gettext as _
from sisterline.translation import listed, pgettext


def choice(values: Iterable[str], noun: str = "value", words: str = "") -> Callable[[str], str]:
    """A parser that accepts some values only, and suggests the closest one for any other.

    Args:
        values: the valid ones.
        noun: what one of them is called in the error, such as "level".
        words: the vocabulary (`views.labels`) whose words in any language are accepted for its codes; empty
            for none.
    """
    known = tuple(values)

    def parse(value: str) -> str:
        if value in known:
            return value
        if words and (code := _code(words, known, value)):
            return code
        problem = _('"{value}" is not a valid {noun}').format(value=value, noun=pgettext("value", noun))
        raise typer.BadParameter(with_fix(problem, closest_or_all(value, known)))

    return parse


def _code(vocabulary: str, codes: tuple[str, ...], words: str) -> str:
    """The code that words mean; the catalogues are read only for what is no code itself."""
    from sisterline.cli.arguments import decode_argument
    from sisterline.views.labels import code_of

    return code_of(vocabulary, codes, decode_argument(words))


def int_from(least: int) -> Callable[[str], int]:
    """A parser that accepts whole numbers of at least `least`, which is not negative."""

    def parse(value: str) -> int:
        # Typer also parses the default, which is a number.
        if str(value).isdecimal() and int(value) >= least:
            return int(value)
        raise typer.BadParameter(
            _('"{value}" is not a whole number of at least {least}').format(value=value, least=least)
        )

    return parse


def lazy_completion(name: str) -> Callable[[typer.Context, str], list[str]]:
    """A function of `sisterline.cli.complete`, which is loaded when a shell completes a line.

    It completes from the data that the line names with --data and --no-builtin.
    """

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        module = importlib.import_module("sisterline.cli.complete")
        own = [Path(path) for path in ctx.params.get("data") or ()]
        dataset = module.data_of(own, builtin=not ctx.params.get("no_builtin"))
        found: list[str] = getattr(module, name)(dataset, incomplete)
        return found

    return complete


# What describes a parameter together with the values that it takes, by both as one text.
_DESCRIBED: dict[str, tuple[str, tuple[str, ...]]] = {}


def with_values(help: str, values: Iterable[str]) -> str:
    """The help of a parameter with the values that it takes."""
    listing = tuple(values)
    text = f"{help}: {', '.join(listing)}."
    _DESCRIBED[text] = (help, listing)
    return text


def plain_help(text: str) -> str:
    """The help of a parameter without the values that it takes."""
    return _DESCRIBED.get(text, (text, ()))[0]


def help_words(text: str) -> str:
    """The help of a parameter in the language of the program."""
    if text not in _DESCRIBED:
        return _(text) if text else ""
    help, values = _DESCRIBED[text]
    return _("{help}: {values}.").format(help=_(help), values=listed(values))


def option(
    *flags: str,
    help: str,
    topic: str | None = None,
    metavar: str | None = None,
    noun: str = "",
    values: Iterable[str] = (),
    words: str = "",
    list_values: bool = True,
    parser: Callable[[str], str] | None = None,
    least: int | None = None,
    complete: str = "",
) -> Any:
    """An option of a command.

    Args:
        flags: its names.
        help: what it is for; fixed values are added.
        topic: the one of `sisterline help` that describes it; None where the command's help does.
        metavar: the name of its value in the help.
        noun: what its value is called in the error about one that is not valid; by default the metavar.
        values: the valid values, if these are fixed.
        words: the vocabulary whose words in any language are accepted for its codes, if the values are codes.
        list_values: whether the help lists them.
        parser: checks a value where it is not simply one of them.
        least: the lowest valid number, if the value is a whole number.
        complete: the function of `sisterline.cli.complete` that completes its value.
    """
    known = list(values)
    extra: dict[str, Any] = {}
    if known:
        if list_values:
            help = with_values(help, known)
        extra = {
            "parser": parser or choice(known, noun or (metavar or "value").lower(), words),
            "autocompletion": _listing(known),
        }
    elif least is not None:
        extra = {"parser": int_from(least)}
    elif complete:
        extra = {"autocompletion": lazy_completion(complete)}
    return typer.Option(*flags, help=help, rich_help_panel=topic, metavar=metavar, **extra)


def argument(*, help: str, metavar: str, values: Iterable[str] = (), complete: str = "") -> Any:
    """An argument of a command; its parameters are those of `option`."""
    known = list(values)
    extra: dict[str, Any] = {}
    if known:
        help = with_values(help, known)
        extra = {"parser": choice(known), "autocompletion": _listing(known)}
    elif complete:
        extra = {"autocompletion": lazy_completion(complete)}
    return typer.Argument(help=help, metavar=metavar, **extra)


def _listing(known: list[str]) -> Callable[[], list[str]]:
    """A completion of fixed values, of which Typer offers those that begin as typed."""

    def values() -> list[str]:
        return known

    return values
