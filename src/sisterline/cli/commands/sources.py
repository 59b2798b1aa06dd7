"""`sisterline sources`."""

from typing import Annotated, get_args

from sisterline.cli.arguments import decode_argument
from sisterline.cli.commands import language_of, load_selection, nothing, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import argument, option
from sisterline.cli.request import Request
from sisterline.errors import with_fix
from sisterline.query.places import matching_places
from sisterline.reports.sources import SORT_COLUMNS, sources_report
from sisterline.translation import gettext as _
from sisterline.vocabulary import SourceType


@takes("sources", places=False, dated=False, sort=SORT_COLUMNS)
def command(
    request: Request,
    name: Annotated[
        str,
        argument(
            help="The id of a source, or words in its title, publisher or address.",
            metavar="[NAME]",
            complete="sources",
        ),
    ] = "",
    type_: Annotated[
        list[str] | None,
        option(
            "--type",
            help="Sources of a type",
            panel="Sources",
            metavar="TYPE",
            values=get_args(SourceType),
            words="source type",
        ),
    ] = None,
) -> None:
    """List sources, and the facts that one of them supports.

    \b
      sisterline sources --city Beihai
      sisterline sources clair-1176
      sisterline sources --type official "Kobe City"
    """
    dataset, selected = load_selection(request)
    name = decode_argument(name)
    types = tuple(type_ or ())
    report = sources_report(
        dataset,
        selected,
        request.today,
        name=name,
        types=types,
        everything=not request.words,
        language=language_of(request, dataset),
        sort=request.sort,
        reverse=request.reverse,
        limit=request.limit,
    )
    words = " ".join([*(f"--type {each}" for each in types), name]).strip()
    none = ""
    if not report.rows and name and matching_places(dataset, name):
        hint = _("for the sources of a place: {command}").format(command=f"sources --city {name}")
        none = with_fix(nothing(f"{request.words} {words}".strip()), hint)
    write_report(request, report, found=bool(report.rows), words=words, none=none)
