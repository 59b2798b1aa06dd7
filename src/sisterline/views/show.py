"""The view of `show`: places, partnerships, their history, exchanges and sources."""

from sisterline.language import ordinal, plural
from sisterline.reports.refs import PartnershipRef, PlaceRef
from sisterline.reports.show import DisputeNote, PartnershipCard, PlaceCard, ShowReport
from sisterline.views.blocks import Block, Column, Fact, Facts, Footnotes, Heading, Table, View
from sisterline.views.columns import partnership_columns
from sisterline.views.exchange_tables import flows_table, sums_table
from sisterline.views.style import Glyphs
from sisterline.views.timeline import history, items_table
from sisterline.views.words import SCHEMES, founding_words, in_parentheses, pair_name, place_name


def view(report: ShowReport, glyphs: Glyphs) -> View:
    """One partnership with its two places, or places with their partnerships."""
    refs = [card.partnership for card in report.partnerships]
    blocks: list[Block] = []
    if len(report.places) == 2 and len(report.partnerships) == 1:
        card = report.partnerships[0]
        facts = (*_founding(card), *_disputes(card))
        blocks.append(Facts(title=_title(card.partnership, glyphs), facts=facts, level=1))
        blocks += [_place(place, glyphs, level=2) for place in report.places]
    else:
        blocks += _places(report, glyphs)
        blocks += _partnerships(report, glyphs)
    log = history(report.items, refs, glyphs, today=report.today, includes_today=report.includes_today)
    if log.entries:
        blocks.append(log)
    tables = [_cards_table(report, glyphs)]
    if report.exchanges:
        flows = flows_table(report.exchanges, refs, report.sources, glyphs, "Counted exchanges")
        sums = sums_table(report.sums, glyphs, "Exchange sums")
        blocks += [flows, sums]
        tables += [flows, sums]
    blocks.append(Footnotes(report.sources))
    return View(
        blocks=tuple(blocks), main=items_table(report.items, refs, report.sources), tables=tuple(tables)
    )


def _title(partnership: PartnershipRef, glyphs: Glyphs) -> str:
    return f"{partnership.place.name} {glyphs.pair} {partnership.partner.name}"


def _places(report: ShowReport, glyphs: Glyphs) -> list[Block]:
    """One place under its name, or several under a title with all their names."""
    if len(report.places) == 1:
        return [_place(report.places[0], glyphs, level=1)]
    names = tuple(place_name(card.place) for card in report.places)
    title = Heading(parts=names, separator=glyphs.between, level=1)
    return [title, *(_place(card, glyphs, level=2) for card in report.places)]


def _place(card: PlaceCard, glyphs: Glyphs, *, level: int) -> Facts:
    place = card.place
    where = ", ".join((*card.within, place.country_name))
    names = [f"{tag} {name}".strip() for tag, name in place.names.items()]
    facts = [Fact("names", f" {glyphs.dot} ".join(names))]
    if card.aliases:
        facts.append(Fact("also", ", ".join(card.aliases)))
    facts += _joins(place, glyphs)
    if card.population is not None:
        population = f"{card.population:,} people in {card.population_as_of}"
        facts.append(Fact("population", population, card.sources))
    if card.notes:
        facts.append(Fact("notes", card.notes))
    return Facts(
        title=place_name(place),
        aside=f"{place.level} in {where}",
        facts=tuple(facts),
        level=level,
    )


def _joins(place: PlaceRef, glyphs: Glyphs) -> list[Fact]:
    """What joins a place to maps and to other data."""
    facts = []
    if place.reading:
        facts.append(Fact("reading", place.reading))
    if place.location:
        facts.append(Fact("location", str(place.location)))
    if place.identifiers:
        given = ((name, getattr(place.identifiers, scheme)) for scheme, name in SCHEMES.items())
        named = [f"{name} {value}" for name, value in given if value]
        facts.append(Fact("ids", f" {glyphs.dot} ".join(named)))
    return facts


def _partnerships(report: ShowReport, glyphs: Glyphs) -> list[Block]:
    """The partnerships of places: the only one with its facts, else a table and what else is known."""
    if not report.partnerships:
        return []
    if len(report.partnerships) == 1:
        card = report.partnerships[0]
        title = _title(card.partnership, glyphs)
        return [Facts(title=title, facts=(*_founding(card), *_disputes(card)), level=2)]
    blocks: list[Block] = [_cards_table(report, glyphs)]
    for card in report.partnerships:
        if facts := _disputes(card):
            title = pair_name(card.partnership, glyphs)
            blocks.append(Facts(title=title, facts=facts, level=3, indent=4))
    return blocks


def _cards_table(report: ShowReport, glyphs: Glyphs) -> Table:
    rows = tuple(card.partnership for card in report.partnerships)
    cited = {card.partnership.id: card.sources for card in report.partnerships}

    def founding_sources(row: PartnershipRef) -> tuple[int, ...]:
        return cited[row.id]

    return Table(
        name="partnerships",
        title=plural(len(rows), "partnership"),
        columns=(
            *partnership_columns(rows, glyphs),
            Column(heading="Cited", cites=founding_sources, style="dim"),
        ),
        rows=rows,
        indent=2,
    )


def _founding(card: PartnershipCard) -> tuple[Fact, ...]:
    partnership = card.partnership
    founded = f"{founding_words(partnership)}{in_parentheses(card.basis)}"
    facts = [Fact("founded", founded, card.sources)]
    if partnership.status != "active":
        facts.append(Fact("status", partnership.status))
    if partnership.years is not None:
        facts.append(Fact("age", plural(partnership.years, "year")))
    if partnership.next:
        next_one = f"{ordinal(partnership.next.ordinal)} anniversary {partnership.next.date}"
        facts.append(Fact("next", next_one))
    if partnership.distance is not None:
        facts.append(Fact("distance", f"{partnership.distance:,} km"))
    return tuple(facts)


def _disputes(card: PartnershipCard) -> tuple[Fact, ...]:
    facts = [Fact("disputed", _dispute(dispute), dispute.sources) for dispute in card.disputed]
    if card.notes:
        facts.append(Fact("notes", card.notes))
    return tuple(facts)


def _dispute(dispute: DisputeNote) -> str:
    return f"{dispute.field} {dispute.value}{in_parentheses(dispute.notes)}"
