"""`timeline --chart`: a lane per partnership on one axis of years."""

from datetime import date

from msgspec import Struct

from sisterline.model import Dataset, Event, Partnership
from sisterline.query.selection import SelectionResult
from sisterline.reports.refs import SCHEMA_VERSION, PartnershipRef, RefBuilder

# What takes the line of a lane away and what brings it back.
_CUTS = {"suspension": "suspended", "dissolution": "dissolved"}
YEARS_BEFORE_FIRST = (
    12  # years that the axis has before the first founding; what was earlier stands at its edge
)
_RESUMPTIONS = frozenset({"resumption", "renewal"})


class StatusChange(Struct, frozen=True):
    """A year in which a tie was cut, or taken up again.

    Attributes:
        year: when.
        status: `suspended` or `dissolved`; `active` where it was taken up again.
    """

    year: int
    status: str


class Lane(Struct, frozen=True):
    """One partnership on the axis.

    Attributes:
        partnership: whose lane it is.
        founded: the year; None where no source says.
        years: (year, number of events that began in it), in order, only where there are any.
        turns: cuts and their ends, in order.
        events: how many events there are in all.
    """

    partnership: PartnershipRef
    founded: int | None
    years: tuple[tuple[int, int], ...]
    turns: tuple[StatusChange, ...]
    events: int


class ChartReport(Struct, frozen=True, tag_field="report", tag="chart"):
    """Lanes on one axis of years.

    Attributes:
        schema: of the JSON form.
        today: where the axis ends.
        first: the first year of the axis; earlier events are in `years` all the same.
        last: the last year of it.
        lanes: in the order of founding; those without a date last.
        empty: how many selected partnerships have neither a date nor an event, and so no lane.
    """

    schema: int
    today: str
    first: int
    last: int
    lanes: tuple[Lane, ...]
    empty: int


def chart_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    language: str = "en",
    reverse: bool = False,
    limit: int | None = None,
) -> ChartReport:
    """Lanes for the selected partnerships."""
    drawn = [p for p in selected.partnerships if p.since or p.events]
    refs = RefBuilder(dataset, today, language)
    lanes = [_lane(refs, p, selected.history(p)) for p in drawn]
    if reverse:
        lanes.reverse()
    lanes = lanes[:limit]
    years = [year for lane in lanes for year, _ in lane.years]
    founded = [lane.founded for lane in lanes if lane.founded is not None]
    first = min([*years, *founded], default=today.year)
    if founded:
        first = max(first, min(founded) - YEARS_BEFORE_FIRST)
    last = max([today.year, *years, *founded])
    return ChartReport(
        SCHEMA_VERSION, today.isoformat(), first, last, tuple(lanes), len(selected.partnerships) - len(drawn)
    )


def _lane(refs: RefBuilder, partnership: Partnership, history: tuple[Event, ...]) -> Lane:
    counts: dict[int, int] = {}
    for event in partnership.events:
        year = event.date.anchor.year
        counts[year] = counts.get(year, 0) + 1
    return Lane(
        refs.pair(partnership),
        partnership.since.year if partnership.since else None,
        tuple(sorted(counts.items())),
        _turns(history),
        len(partnership.events),
    )


def _turns(events: tuple[Event, ...]) -> tuple[StatusChange, ...]:
    turns: list[StatusChange] = []
    for event in events:
        status = _CUTS.get(event.type)
        if status:
            turns.append(StatusChange(event.date.anchor.year, status))
        elif event.type in _RESUMPTIONS and turns and turns[-1].status == "suspended":
            turns.append(StatusChange(event.date.anchor.year, "active"))
    return tuple(turns)
