"""Partnerships without their texts, as reports read them that show names of places, dates and numbers only.

Titles and notes in several languages are most of a data set. A stored partnership is decoded as one of these
in a third of the time (`model.Dataset.textless`): what it has besides is passed over.
"""

from msgspec import Struct

from sisterline.dates import Date, Period
from sisterline.vocabulary import EventType, Kind, OneOrMoreIds, Status


class TextlessEvent(Struct, frozen=True, kw_only=True, gc=False):
    """What `model.Event` has, without texts."""

    date: Period
    type: EventType
    announced: bool = False
    source: OneOrMoreIds = ()


class TextlessExchange(Struct, frozen=True, kw_only=True, gc=False):
    """What lists need of `model.Exchange`."""

    source: OneOrMoreIds = ()


class TextlessDispute(Struct, frozen=True, kw_only=True, gc=False):
    """What lists need of `model.Dispute`."""

    source: str | None = None


class TextlessPartnership(Struct, frozen=True, kw_only=True, gc=False):
    """What lists need of `model.Partnership`."""

    id: str
    between: tuple[str, str]
    kind: Kind | None = None
    since: Date | None = None
    status: Status = "active"
    sources: tuple[str, ...] = ()
    disputed: tuple[TextlessDispute, ...] = ()
    events: tuple[TextlessEvent, ...] = ()
    exchanges: tuple[TextlessExchange, ...] = ()
