"""`sisterline sources`."""

from typing import Annotated, NamedTuple, get_args

from sisterline.cli.arguments import decode_argument, decode_arguments
from sisterline.cli.commands import language_of, load_requested, nothing, notify, notify_all, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import argument, option
from sisterline.cli.request import Request
from sisterline.errors import UnknownName, did_you_mean, with_fix
from sisterline.model import Dataset
from sisterline.query.places import find_partnership, find_places, matching_places
from sisterline.query.selection import select
from sisterline.reports.sources import SORT_COLUMNS, sources_report
from sisterline.translation import gettext as _
from sisterline.vocabulary import SourceType


class _Meant(NamedTuple):
    """What the arguments mean.

    Attributes:
        places: names of places and of partnerships.
        text: the id of a source, or words of one.
    """

    places: tuple[str, ...]
    text: str


@takes("sources", places=False, dated=False, sort=SORT_COLUMNS)
def command(
    request: Request,
    names: Annotated[
        list[str] | None,
        argument(
            help="Places on either side, the id of a source, or words in its title, publisher or address.",
            metavar="[NAME]...",
            complete="sources",
        ),
    ] = None,
    type_: Annotated[
        list[str] | None,
        option(
            "--type",
            help="Sources of a type",
            metavar="TYPE",
            values=get_args(SourceType),
            words="source type",
        ),
    ] = None,
    publisher: Annotated[
        str, option("--publisher", help="Words in the name of the publisher.", metavar="WORDS")
    ] = "",
) -> None:
    """List sources, and the facts that one of them supports.

    \b
      sisterline sources Beihai
      sisterline sources clair-1176
      sisterline sources --type official --publisher "Kobe City"
    """
    dataset = load_requested(request)
    meant = _meant(dataset, decode_arguments(names))
    request = request.narrowed_to(meant.places) if meant.places else request
    selected = select(dataset, request.selection)
    notify_all(selected)
    types, publisher = tuple(type_ or ()), decode_argument(publisher)
    report = sources_report(
        dataset,
        selected,
        request.today,
        name=meant.text,
        publisher=publisher,
        types=types,
        everything=not request.words,
        language=language_of(request, dataset),
        sort=request.sort,
        reverse=request.reverse,
        limit=request.limit,
    )
    options = [f"--type {each}" for each in types]
    if publisher:
        options.append(f"--publisher {publisher}")
    words = " ".join([*options, meant.text]).strip()
    none = ""
    if not report.rows and meant.text:
        none = with_fix(nothing(f"{request.words} {words}".strip()), _suggestion(dataset, meant.text))
    write_report(request, report, found=bool(report.rows), words=words, none=none)


def _meant(dataset: Dataset, words: tuple[str, ...]) -> _Meant:
    """Which arguments are places, and which are about the sources themselves.

    All words may be one name, as of Kumamoto Prefecture.
    """
    whole = " ".join(words)
    if whole in dataset.sources:
        if matching_places(dataset, whole):
            fix = _("for the place: {option}").format(option=f"--city {whole}")
            notify(with_fix(_('"{name}" is the id of a source').format(name=whole), fix))
        return _Meant((), whole)
    if whole and matching_places(dataset, whole):
        return _Meant((whole,), "")
    places = tuple(word for word in words if _is_place(dataset, word))
    return _Meant(places, " ".join(word for word in words if word not in places))


def _is_place(dataset: Dataset, word: str) -> bool:
    """Whether a word names a place or a partnership, and is no id of a source, which may look like both."""
    if word in dataset.sources:
        return False
    return bool(matching_places(dataset, word)) or find_partnership(dataset, word) is not None


def _suggestion(dataset: Dataset, text: str) -> str:
    """The place that was probably meant by a word; empty if none is close."""
    if " " in text:  # words of a title
        return ""
    try:
        find_places(dataset, text)
    except UnknownName as error:
        return did_you_mean(error.suggestion)
    return ""
