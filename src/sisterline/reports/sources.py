"""`sources`: the bibliography, and what each source supports."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from sisterline.model import Dataset, localized, source_ids
from sisterline.query.selection import SelectionResult
from sisterline.reports.refs import SCHEMA_VERSION, Footnotes, PartnershipRef, RefBuilder, SourceRef
from sisterline.text.matching import fold


class SourceRow(Struct, frozen=True):
    """A source and how much rests on it.

    Attributes:
        source: what it is; its number is its place in the list.
        facts: how many foundings, events, exchanges, populations, totals and disputes name it.
        partnerships: of how many partnerships.
    """

    source: SourceRef
    facts: int
    partnerships: int


class Fact(Struct, frozen=True):
    """A fact that a source supports.

    Attributes:
        kind: founding, event, exchange, dispute, population or total.
        date: when, as EDTF; empty where none is given.
        text: what it says.
        subject: id of the partnership or the place; empty for a total.
    """

    kind: str
    date: str
    text: str
    subject: str


class SourcesReport(Struct, frozen=True, tag_field="report", tag="sources"):
    """Sources, those that support the most facts first.

    Attributes:
        schema: of the JSON form.
        today: the day of the report.
        rows: the sources.
        facts: what the one source supports, where just one was found.
        partnerships: those that the facts are about.
        matched: how many there were before the limit.
    """

    schema: int
    today: str
    rows: tuple[SourceRow, ...]
    facts: tuple[Fact, ...]
    partnerships: tuple[PartnershipRef, ...]
    matched: int


def sources_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    name: str = "",
    types: tuple[str, ...] = (),
    whole: bool = True,
    language: str = "en",
    reverse: bool = False,
    limit: int | None = None,
) -> SourcesReport:
    """The sources of the selected partnerships.

    Args:
        dataset: where they are.
        selected: whose sources.
        today: the day of the report.
        name: an id, or words of an id, a title, a publisher or an address; all where it is empty.
        types: official, press ...; all where none is named.
        whole: whether totals, populations and sources that nothing names belong to it: where nothing
            was selected.
        language: of names and titles.
        reverse: those that support the fewest first.
        limit: the first so many only.
    """
    facts: dict[str, list[Fact]] = {source: [] for source in dataset.sources} if whole else {}
    for source, fact in _facts(dataset, selected, language, whole=whole):
        facts.setdefault(source, []).append(fact)
    found = [source for source in facts if _matches(dataset, source, name, types)]
    if name in found:
        found = [name]
    found.sort(key=lambda source: (-len(facts[source]), source), reverse=reverse)
    notes = Footnotes(dataset, language)
    for source in found:
        notes.numbers([source])
    rows = tuple(
        SourceRow(
            ref,
            len(facts[ref.id]),
            len({fact.subject for fact in facts[ref.id] if fact.kind not in ("population", "total")}),
        )
        for ref in notes.listed()
    )
    told = tuple(facts[found[0]]) if len(found) == 1 else ()
    about = {fact.subject for fact in told}
    refs = RefBuilder(dataset, today, language)
    pairs = tuple(refs.pair(p) for p in selected.partnerships if p.id in about)
    return SourcesReport(SCHEMA_VERSION, today.isoformat(), rows[:limit], told, pairs, len(rows))


def _facts(
    dataset: Dataset, selected: SelectionResult, language: str, *, whole: bool
) -> Iterator[tuple[str, Fact]]:
    for p in selected.partnerships:
        since = str(p.since) if p.since else ""
        for source in p.sources:
            yield source, Fact("founding", since, localized(p.basis, language) or "founding", p.id)
        for dispute in p.disputed:
            if dispute.source:
                text = f"{dispute.field} {dispute.value}"
                yield dispute.source, Fact("dispute", since, text, p.id)
        for event in p.events:
            for source in source_ids(event.source):
                yield source, Fact("event", str(event.date), localized(event.title, language), p.id)
        for exchange in p.exchanges:
            about = "about " if exchange.approximate else ""
            text = f"{about}{exchange.count:,} {exchange.unit}: {localized(exchange.what, language)}"
            for source in source_ids(exchange.source):
                yield source, Fact("exchange", str(exchange.period), text, p.id)
    if not whole:
        return
    for place_id, place in dataset.places.items():
        if place.population and place.population.source:
            text = f"{place.population.count:,} people"
            yield place.population.source, Fact("population", str(place.population.as_of), text, place_id)
    for total in dataset.totals:
        for source in source_ids(total.source):
            text = f"{total.count:,} {total.unit} by {total.by}: {localized(total.counts, language)}"
            yield source, Fact("total", str(total.as_of), text, "")


def _matches(dataset: Dataset, source_id: str, name: str, types: tuple[str, ...]) -> bool:
    source = dataset.sources[source_id]
    if types and source.type not in types:
        return False
    titles = (source.title,) if isinstance(source.title, str) else source.title.values()
    texts = (source_id, *titles, source.publisher or "", source.url or "")
    return not name or any(fold(name) in fold(text) for text in texts)
