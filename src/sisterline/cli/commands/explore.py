"""`sisterline explore`."""

import os
import shlex
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from sisterline.cli.commands import language_of, load_requested, notify, notify_all
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.errors import UsageError
from sisterline.explore.exploration import Asked, Exploration, Option
from sisterline.formats.options import supports_unicode
from sisterline.query.selection import Selection, select
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.views.style import ASCII, UNICODE

_OWN = ("--no-mouse", "--color")  # options that a command printed for a pipe does not need
_HOLDS_ESC = "STY"  # set by GNU screen, which keeps an Esc until the next key while there is a mouse
_CANNOT = ("", "dumb", "unknown")  # values of TERM: the cursor cannot be moved


@takes(None, rows=False, screen=True)
def command(
    request: Request,
    no_mouse: Annotated[
        bool, option("--no-mouse", help="Leave the mouse to the terminal, which selects text with it.")
    ] = False,
) -> None:
    """Explore everything on a full screen: search, chart, pages.

    \b
      sisterline explore
      sisterline explore --region Guangxi
      sisterline explore --lang ja --data visits.yaml

    Type to search, Enter reads, ? lists the keys, q leaves.
    """
    _refuse_without_terminal()
    exploration = _exploration(request)
    from sisterline.explore.app import Explorer

    explorer = Explorer(exploration)
    outcome = explorer.run(mouse=not no_mouse and _HOLDS_ESC not in os.environ)
    if explorer.return_code:
        raise typer.Exit(explorer.return_code)
    if outcome is None or not outcome.command:
        return
    if outcome.remark:
        notify(outcome.remark)
    print(printable(shlex.join(("sisterline", *outcome.command))))


def _refuse_without_terminal() -> None:
    """Check that all streams are a terminal that can move the cursor: without one, Textual would never end.

    Raises:
        UsageError: they are not.
    """
    streams = {
        _("standard input"): sys.stdin,
        _("standard output"): sys.stdout,
        _("standard error"): sys.stderr,
    }
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            message = _("explore needs a terminal, and {name} is none; use list, timeline or show instead")
            raise UsageError(message.format(name=name))
    terminal = os.environ.get("TERM", "")
    if terminal in _CANNOT:
        message = _(
            "explore needs a terminal that can move its cursor, and TERM is {terminal}; "
            "use list, timeline or show instead"
        )
        raise UsageError(message.format(terminal=terminal or _("not set")))


def _exploration(request: Request) -> Exploration:
    """What there is to explore.

    Raises:
        DataError: a file has problems.
        UnknownName: no place, region or country has a name of the selection.
    """
    dataset = load_requested(request)
    selected = None
    if request.selection != Selection(notes=request.selection.notes):
        selected = select(dataset, request.selection)
        notify_all(selected)
    language = language_of(request, dataset)
    glyphs = UNICODE
    if request.writing.ascii_only or not supports_unicode(sys.stderr):  # which Textual draws on
        glyphs = ASCII
    asked = Asked(
        selection=request.selection,
        options=tuple(_options(request)),
        title=request.words,
        paths=request.paths,
        today=request.today,
        language=language,
        glyphs=glyphs,
        colors=_has_colors(request),
    )
    return Exploration(dataset, selected, asked)


def _options(request: Request) -> Iterator[Option]:
    """The options of the call that other commands have as well; its arguments are places, as of --city."""
    cities = [value for flag, value in request.arguments if flag == "--city"]
    for place in request.selection.cities[: len(request.selection.cities) - len(cities)]:
        yield Option("--city", place)
    for flag, value in request.arguments:
        if flag not in _OWN:
            yield Option(flag, value)


def _has_colors(request: Request) -> bool:
    """Whether there are colours; NO_COLOR is removed: Textual would make greys, and write them as colours."""
    unwanted = bool(os.environ.pop("NO_COLOR", ""))
    if request.writing.color == "auto":
        return not unwanted
    return request.writing.color == "always"
