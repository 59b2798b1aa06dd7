"""`check --links`: what came of asking for the addresses of sources, and the records that rest on them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from sisterline.language import localized
from sisterline.links.checker import LinkResult, Outcome
from sisterline.model import Dataset, population_sources, source_ids
from sisterline.reports.base import Report, data_ref
from sisterline.reports.refs import sources_of


class LinkRow(Struct, frozen=True, kw_only=True):
    """A source whose address needs a look.

    Attributes:
        source: its id.
        title: its title.
        url: its address.
        outcome: what came of asking for it.
        status: the last HTTP status; None where there was none.
        target: where redirects led; empty where there were none.
        reason: why it failed or was not asked for; empty where the status says it.
        archived: the address of an archived copy; empty where the data has none.
        records: ids of the partnerships and places that cite it.
    """

    source: str
    title: str
    url: str
    outcome: Outcome
    status: int | None
    target: str
    reason: str
    archived: str
    records: tuple[str, ...]


class LinksReport(Report, frozen=True, kw_only=True, tag="links"):
    """The state of the addresses of sources.

    Attributes:
        rows: sources whose address is not as it was, the worst first.
        addresses: how many were checked.
        outcomes: how many addresses had each outcome.
        unlinked: how many sources have no address.
    """

    rows: tuple[LinkRow, ...]
    addresses: int
    outcomes: dict[Outcome, int]
    unlinked: int


# The order of rows.
_ORDER: tuple[Outcome, ...] = ("dead", "failed", "refused", "moved", "redirected")


def links_report(dataset: Dataset, results: Iterable[LinkResult], today: date) -> LinksReport:
    """What came of asking for the addresses of all sources."""
    by_url = {result.url: result for result in results}
    records = _citing_records(dataset)
    rows = []
    for source_id, source in dataset.sources.items():
        if source.url is None or by_url[source.url].outcome == "ok":
            continue
        result = by_url[source.url]
        rows.append(
            LinkRow(
                source=source_id,
                title=localized(source.title, "en"),
                url=source.url,
                outcome=result.outcome,
                status=result.status,
                target=result.target,
                reason=result.reason,
                archived=source.archived or "",
                records=tuple(sorted(records[source_id])),
            )
        )
    rows.sort(key=_order)
    return LinksReport(
        today=today.isoformat(),
        data=data_ref(dataset),
        rows=tuple(rows),
        addresses=len(by_url),
        outcomes=dict(Counter(result.outcome for result in by_url.values())),
        unlinked=sum(source.url is None for source in dataset.sources.values()),
    )


def _order(row: LinkRow) -> tuple[int, str]:
    return _ORDER.index(row.outcome), row.source


def _citing_records(dataset: Dataset) -> dict[str, set[str]]:
    """The ids of the partnerships and places that cite each source; a total has no id."""
    records: dict[str, set[str]] = defaultdict(set)
    for partnership in dataset.partnerships:
        for source in sources_of(partnership):
            records[source].add(partnership.id)
    for place_id, place in dataset.places.items():
        for source in population_sources(place):
            records[source].add(place_id)
    for total in dataset.totals:
        for source in source_ids(total.source):
            records[source].add(f"total {total.as_of}")
    return records
