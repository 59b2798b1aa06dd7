"""Which titles of events and descriptions of exchanges lack a language that others have."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sisterline.errors import Problem
from sisterline.model import Dataset, Partnership
from sisterline.reading.dataset import Position
from sisterline.translation import gettext as _
from sisterline.translation import ngettext
from sisterline.vocabulary import LocalizedText


def title_languages(dataset: Dataset) -> tuple[str, ...]:
    """The languages in which some titles of events are, without the one that most of them have.

    That one needs no count of its own: others are compared with it.
    """
    counts = Counter(
        tag
        for partnership in dataset.partnerships
        for event in partnership.events
        for tag in languages_of(event.title)
    )
    return tuple(sorted(tag for tag, _count in counts.most_common()[1:]))


def languages_of(text: LocalizedText) -> tuple[str, ...]:
    """The tags of the languages that a text is in; none where the data does not give one."""
    return () if isinstance(text, str) else tuple(text)


def language_warnings(dataset: Dataset, positions: Mapping[str, Position]) -> Iterator[Problem]:
    """One warning for each file and each language that some texts of the file have and others lack."""
    files: dict[str, list[Partnership]] = {}
    for partnership in dataset.partnerships:
        files.setdefault(positions[partnership.id][0], []).append(partnership)
    for partnerships in files.values():
        tags = {tag for each in partnerships for text in _texts(each) for tag in languages_of(text)}
        for tag in sorted(tags):
            yield from _missing(partnerships, tag, positions)


def _texts(partnership: Partnership) -> Iterable[LocalizedText]:
    yield from (event.title for event in partnership.events)
    yield from (exchange.what for exchange in partnership.exchanges)


def _missing(
    partnerships: Iterable[Partnership], tag: str, positions: Mapping[str, Position]
) -> Iterator[Problem]:
    """A warning at the first partnership that has a text without a language, with the number of texts."""
    lacking = Counter(
        each.id for each in partnerships for text in _texts(each) if tag not in languages_of(text)
    )
    if not lacking:
        return
    total = lacking.total()
    message = ngettext(
        "{count} title or description has no {language}, in {id}",
        "{count} titles and descriptions have no {language}, the first in {id}",
        total,
    )
    first = next(iter(lacking))
    found = message.format(count=f"{total:,}", language=tag, id=first)
    hint = _("write such a text as {example}").format(example=f"{{en: ..., {tag}: ...}}")
    yield Problem(*positions[first], found, hint)
