"""`sources`: the bibliography, and the facts that rest on each source."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Literal

from msgspec import Struct

from sisterline.language import localized, translations
from sisterline.model import Dataset, Partnership, population_sources, source_ids
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref, eras_of
from sisterline.reports.order import Sort, SortColumn, SortKey, in_order
from sisterline.reports.refs import Citations, PartnershipRef, RefBuilder, SourceRef
from sisterline.text.matching import fold
from sisterline.vocabulary import DisputedField, TotalUnit, Unit

FactKind = Literal["founding", "event", "exchange", "dispute", "population", "total", "era"]


class SourceRow(Struct, frozen=True):
    """A source and how much rests on it.

    Attributes:
        source: what it is; its number is its place in the list.
        facts: how many foundings, events, exchanges, populations, totals, eras and disputes cite it.
        partnerships: of how many partnerships.
    """

    source: SourceRef
    facts: int
    partnerships: int


class CitedFact(Struct, frozen=True, kw_only=True):
    """A fact that a source supports.

    Attributes:
        kind: what sort of fact.
        date: when, as EDTF; empty where none is given.
        subject: id of the partnership or the place; for a total that of its region; empty where it has none.
        text: the data's own words for it: a title, a basis, what was counted; may be empty.
        count: how many, of an exchange, a population or a total; else None.
        unit: of what, likewise; else empty.
        approximate: whether the source says about, over or nearly.
        announced: whether it is a plan of which no source says that it took place.
        field: of a dispute, which field it is about; else empty.
        by: of a total, who counted; else empty.
    """

    kind: FactKind
    date: str
    subject: str
    text: str = ""
    count: int | None = None
    unit: Unit | TotalUnit | Literal[""] = ""
    approximate: bool = False
    announced: bool = False
    field: DisputedField | Literal[""] = ""
    by: str = ""


class SourcesReport(Report, frozen=True, kw_only=True, tag="sources"):
    """Sources, those that support the most facts first.

    Attributes:
        rows: the sources.
        facts: what the one source supports, where just one was found.
        partnerships: those that the facts are about.
        matched: how many there were before the limit.
    """

    rows: tuple[SourceRow, ...]
    facts: tuple[CitedFact, ...]
    partnerships: tuple[PartnershipRef, ...]
    matched: int


def sources_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    name: str = "",
    publisher: str = "",
    types: tuple[str, ...] = (),
    everything: bool = True,
    language: str = "en",
    sort: Sort = (),
    reverse: bool = False,
    limit: int | None = None,
) -> SourcesReport:
    """The sources of the selected partnerships.

    Args:
        dataset: where they are.
        selected: whose sources.
        today: the day of the report.
        name: an id, or words of an id, a title, a publisher or an address; all where it is empty.
        publisher: words of the name of the publisher; any where it is empty.
        types: official, press ...; all where none is named.
        everything: whether totals, populations, eras and sources that nothing cites belong to it: where
            nothing was selected.
        language: of names and titles.
        sort: columns of SORT_COLUMNS; those that support the most first where none is named.
        reverse: the other way round.
        limit: at most this many sources.

    Raises:
        UsageError: there is no such column.
    """
    facts: dict[str, list[CitedFact]] = {}
    if everything:
        facts = {source: [] for source in dataset.sources}
    for sources, fact in _facts(dataset, selected, language, everything=everything):
        for source in sources:
            facts.setdefault(source, []).append(fact)
    found = [
        source
        for source in facts
        if _matches(dataset, source, name, types) and _is_of(dataset, source, publisher)
    ]
    if name in found:
        found = [name]

    keys = _sort_keys(dataset, facts, language)
    found = in_order(found, sort, keys, usual=_BY_FACTS, reverse=reverse)
    citations = Citations(dataset, language)
    citations.numbers(found)
    rows = tuple(_row(ref, facts[ref.id]) for ref in citations.all())
    supported = tuple(facts[found[0]]) if len(found) == 1 else ()
    subjects = {fact.subject for fact in supported}
    refs = RefBuilder(dataset, today, language)
    return SourcesReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        rows=rows[:limit],
        facts=supported,
        partnerships=tuple(refs.partnership(p) for p in selected.partnerships if p.id in subjects),
        matched=len(rows),
    )


def _partnerships_of(facts: list[CitedFact]) -> set[str]:
    """The ids of the partnerships that some facts are about."""
    return {fact.subject for fact in facts if fact.kind not in ("population", "total", "era")}


# The columns of the table that programs have.
SORT_COLUMNS = (
    "id", "facts", "partnerships", "publisher", "title", "type", "language", "url", "archived", "accessed",
)  # fmt: skip
_BY_FACTS = (SortColumn("facts", descending=True), SortColumn("id"))


def _sort_keys(dataset: Dataset, facts: dict[str, list[CitedFact]], language: str) -> dict[str, SortKey]:
    """The keys of the ids of sources by SORT_COLUMNS, with titles in one language."""

    def count_facts(source: str) -> int:
        return len(facts[source])

    def count_partnerships(source: str) -> int:
        return len(_partnerships_of(facts[source]))

    def title(source: str) -> str:
        return fold(localized(dataset.sources[source].title, language))

    def publisher(source: str) -> str | None:
        return fold(localized(dataset.sources[source].publisher, language)) or None

    def field(source: str, name: str) -> str | None:
        value = getattr(dataset.sources[source], name)
        return None if value is None else str(value)

    keys: dict[str, SortKey] = {"id": str, "facts": count_facts, "partnerships": count_partnerships}
    keys |= {"publisher": publisher, "title": title}
    return {name: keys.get(name, partial(field, name=name)) for name in SORT_COLUMNS}


def _row(source: SourceRef, facts: list[CitedFact]) -> SourceRow:
    return SourceRow(source, len(facts), len(_partnerships_of(facts)))


def _facts(
    dataset: Dataset, selected: SelectionResult, language: str, *, everything: bool
) -> Iterator[tuple[tuple[str, ...], CitedFact]]:
    """Facts, each after the ids of the sources that it rests on."""
    for partnership in selected.partnerships:
        yield from _partnership_facts(partnership, language)
    if everything:
        yield from _shared_facts(dataset, language)


def _partnership_facts(
    partnership: Partnership, language: str
) -> Iterator[tuple[tuple[str, ...], CitedFact]]:
    subject = partnership.id
    since = str(partnership.since) if partnership.since else ""
    basis = localized(partnership.basis, language)
    yield partnership.sources, CitedFact(kind="founding", date=since, subject=subject, text=basis)
    for dispute in partnership.disputed:
        yield (
            source_ids(dispute.source),
            CitedFact(kind="dispute", date=since, subject=subject, text=dispute.value, field=dispute.field),
        )
    for event in partnership.events:
        yield (
            source_ids(event.source),
            CitedFact(
                kind="event",
                date=str(event.date),
                subject=subject,
                text=localized(event.title, language),
                announced=event.announced,
            ),
        )
    for exchange in partnership.exchanges:
        yield (
            source_ids(exchange.source),
            CitedFact(
                kind="exchange",
                date=str(exchange.period),
                subject=subject,
                text=localized(exchange.what, language),
                count=exchange.count,
                unit=exchange.unit,
                approximate=exchange.approximate,
                announced=exchange.announced,
            ),
        )


def _shared_facts(dataset: Dataset, language: str) -> Iterator[tuple[tuple[str, ...], CitedFact]]:
    """The facts that are about no partnership."""
    for place_id, place in dataset.places.items():
        if population := place.population:
            yield (
                population_sources(place),
                CitedFact(
                    kind="population",
                    date=str(population.as_of),
                    subject=place_id,
                    count=population.count,
                    unit="people",
                ),
            )
    for total in dataset.totals:
        yield (
            source_ids(total.source),
            CitedFact(
                kind="total",
                date=str(total.as_of),
                subject=total.region or "",
                text=localized(total.counts, language),
                count=total.count,
                unit=total.unit,
                approximate=total.approximate,
                by=localized(total.by, language),
            ),
        )
    for era in eras_of(dataset):
        yield (
            source_ids(era.source),
            CitedFact(kind="era", date=str(era.period), subject="", text=localized(era.label, language)),
        )


def _matches(dataset: Dataset, source_id: str, name: str, types: tuple[str, ...]) -> bool:
    source = dataset.sources[source_id]
    if types and source.type not in types:
        return False
    texts = (source_id, *translations(source.title), *translations(source.publisher), source.url or "")
    folded = fold(name)
    return not name or any(folded in fold(text) for text in texts)


def _is_of(dataset: Dataset, source_id: str, publisher: str) -> bool:
    """Whether a source is of a publisher whose name in any language has some words."""
    folded = fold(publisher)
    names = translations(dataset.sources[source_id].publisher)
    return not publisher or any(folded in fold(name) for name in names)
