"""The view of `show`: places, partnerships, their history, exchanges and sources."""

from collections.abc import Sequence

from msgspec.structs import replace

from sisterline.reports.refs import PartnershipRef, PlaceRef
from sisterline.reports.show import CountryCard, DisputeNote, PartnershipCard, PlaceCard, ShowReport
from sisterline.translation import gettext as _
from sisterline.translation import listed, pgettext
from sisterline.views.blocks import Block, Column, Fact, Facts, Footnotes, Heading, Table, View
from sisterline.views.brief import counted_exchanges, main_events, place_fact
from sisterline.views.columns import partnership_columns
from sisterline.views.exchange_tables import flows_table, sums_table
from sisterline.views.labels import label
from sisterline.views.moments import moment
from sisterline.views.style import Glyphs
from sisterline.views.timeline import history, items_table, step_note
from sisterline.views.words import (
    SCHEMES,
    colophon,
    disputed_words,
    founding_words,
    in_parentheses,
    language_name,
    level_in,
    next_anniversary_words,
    pair_name,
    partnerships_words,
    people,
    place_name,
    with_native,
    years_words,
)


def view(report: ShowReport, glyphs: Glyphs) -> View:
    """One partnership with its two places, or places with their partnerships."""
    if report.brief:
        return _brief(report, glyphs)
    refs = [card.partnership for card in report.partnerships]
    blocks: list[Block] = []
    if len(report.places) == 2 and len(report.partnerships) == 1:
        card = report.partnerships[0]
        facts = (*_founding(card), *_disputes(card), *_gaps(card))
        blocks.append(Facts(title=_title(card.partnership, glyphs), facts=facts, level=1))
        blocks += [_place(place, glyphs, level=2) for place in report.places]
    else:
        blocks += _places(report, glyphs)
        blocks += _partnerships(report, glyphs)
    log = history(report.items, refs, glyphs, today=report.today, includes_today=report.includes_today)
    if log.entries:
        blocks.append(log)
        blocks += step_note(report)
    tables = [_cards_table(report, glyphs)]
    if report.exchanges:
        flows = flows_table(report.exchanges, refs, report.sources, glyphs, _("Counted exchanges"))
        sums = sums_table(report.sums, glyphs, _("Exchange sums"))
        blocks += [flows, sums]
        tables += [flows, sums]
    blocks.append(Footnotes(report.sources))
    dates = (*(item.date for item in report.items), *(flow.period for flow in report.exchanges))
    blocks.append(colophon(report.today, dates))
    return View(
        blocks=tuple(blocks), main=items_table(report.items, refs, report.sources), tables=tuple(tables)
    )


def _brief(report: ShowReport, glyphs: Glyphs) -> View:
    """A page: facts, the main events, exchanges in sums, each source in one line."""
    cards = _cards_table(report, glyphs)
    blocks: list[Block] = []
    if len(report.places) == 2 and len(report.partnerships) == 1:
        card = report.partnerships[0]
        labels = (pgettext("fact", "place"), pgettext("fact", "partner"))
        places = map(place_fact, labels, report.places)
        facts = (*_founding(card), *places, *_disputes(card))
        blocks.append(Facts(title=_title(card.partnership, glyphs), facts=facts, level=1))
    else:
        blocks += _places(report, glyphs)
        blocks += _partnerships(report, glyphs)
    sums = counted_exchanges(report)
    blocks += [main_events(report, glyphs), sums, Footnotes(report.sources, brief=True)]
    blocks.append(colophon(report.today, (item.date for item in report.items)))
    refs = [card.partnership for card in report.partnerships]
    main = items_table(report.items, refs, report.sources)
    return View(blocks=tuple(blocks), main=main, tables=(cards, sums))


def _title(partnership: PartnershipRef, glyphs: Glyphs) -> str:
    return f"{place_name(partnership.place)} {glyphs.pair} {place_name(partnership.partner)}"


def _places(report: ShowReport, glyphs: Glyphs) -> list[Block]:
    """One place or country under its name, or several places under a title with all their names."""
    if report.country is not None:
        return [_country(report.country, glyphs)]
    if len(report.places) == 1:
        return [_place(report.places[0], glyphs, level=1)]
    names = tuple(place_name(card.place) for card in report.places)
    title = Heading(parts=names, separator=glyphs.between, level=1)
    return [title, *(_place(card, glyphs, level=2) for card in report.places)]


def _place(card: PlaceCard, glyphs: Glyphs, *, level: int) -> Facts:
    place = card.place
    facts = [_names(place.names, glyphs)]
    if card.aliases:
        facts.append(Fact(pgettext("fact", "also"), listed(card.aliases)))
    facts += _joins(place, glyphs)
    if card.population is not None:
        population = people(card.population, card.population_as_of)
        facts.append(Fact(pgettext("fact", "population"), population, card.sources))
    if card.notes:
        facts.append(Fact(pgettext("fact", "notes"), card.notes))
    return Facts(
        title=place_name(place),
        aside=level_in(place, card.within),
        facts=tuple(facts),
        level=level,
    )


def _country(card: CountryCard, glyphs: Glyphs) -> Facts:
    facts = [Fact(pgettext("fact", "ids"), f"ISO 3166-1 {card.code}")]
    if card.names:
        facts.insert(0, _names(card.names, glyphs))
    return Facts(title=with_native(card.name, card.native), aside=_("country"), facts=tuple(facts), level=1)


def _names(names: dict[str, str], glyphs: Glyphs) -> Fact:
    """All names of a place or country, each after its language where the data gives it."""
    message = pgettext("a name and its language", "{language} {name}")
    words = [
        message.format(language=language_name(tag), name=name) if tag else name for tag, name in names.items()
    ]
    return Fact(pgettext("fact", "names"), glyphs.between.join(words))


def _joins(place: PlaceRef, glyphs: Glyphs) -> list[Fact]:
    """What joins a place to maps and to other data."""
    facts = []
    if place.reading:
        facts.append(Fact(pgettext("fact", "reading"), place.reading))
    if place.location:
        facts.append(Fact(pgettext("fact", "location"), str(place.location)))
    if place.identifiers:
        given = ((name, getattr(place.identifiers, scheme)) for scheme, name in SCHEMES.items())
        named = [f"{name} {value}" for name, value in given if value]
        facts.append(Fact(pgettext("fact", "ids"), glyphs.between.join(named)))
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
        facts = tuple(fact for fact in _disputes(card) if not report.brief or fact.cites)
        if facts:
            title = pair_name(card.partnership, glyphs)
            blocks.append(Facts(title=title, facts=facts, level=3, indent=4))
    return blocks


def _cards_table(report: ShowReport, glyphs: Glyphs) -> Table:
    rows = tuple(card.partnership for card in report.partnerships)
    shown_above = {card.place.id for card in report.places}
    columns = [_for_card(column, rows, shown_above) for column in partnership_columns(rows, glyphs)]
    cited = {card.partnership.id: card.sources for card in report.partnerships}

    def founding_sources(row: PartnershipRef) -> tuple[int, ...]:
        return cited[row.id]

    return Table(
        name="partnerships",
        title=partnerships_words(len(rows)),
        columns=(
            *columns,
            Column(heading=pgettext("column", "Cited"), cites=founding_sources, style="minor"),
        ),
        rows=rows,
        indent=2,
    )


def _for_card(column: Column, rows: Sequence[PartnershipRef], shown_above: set[str]) -> Column:
    """A column of partnerships on a page: its side that is the only place above has only values for programs.

    A document leaves out the counts as well: events and exchanges follow, and sources are cited.
    """
    side, _underscore, field = column.name.partition("_")
    if side in ("place", "partner") and field in ("", "region"):
        places = {getattr(row, side).id for row in rows}
        if len(rows) > 1 and len(places) == 1 and places <= shown_above:
            return replace(column, heading=None)
    if column.name in ("events", "last_event", "exchanges", "sources"):
        return replace(column, document_heading="")
    return column


def _founding(card: PartnershipCard) -> tuple[Fact, ...]:
    partnership = card.partnership
    founded = founding_words(partnership, card.basis)
    facts = [Fact(pgettext("fact", "founded"), founded, card.sources)]
    if partnership.status != "active":
        facts.append(Fact(pgettext("fact", "status"), label("status", partnership.status)))
    if partnership.years is not None:
        facts.append(Fact(pgettext("fact", "age"), years_words(partnership.years)))
    if partnership.next:
        facts.append(Fact(pgettext("fact", "next"), next_anniversary_words(partnership.next)))
    if partnership.distance is not None:
        distance = _("{count} km").format(count=f"{partnership.distance:,}")
        facts.append(Fact(pgettext("fact", "distance"), distance))
    return tuple(facts)


def _disputes(card: PartnershipCard) -> tuple[Fact, ...]:
    facts = [
        Fact(pgettext("fact", "disputed"), _dispute(dispute), dispute.sources) for dispute in card.disputed
    ]
    if card.notes:
        facts.append(Fact(pgettext("fact", "notes"), card.notes))
    return tuple(facts)


def _gaps(card: PartnershipCard) -> tuple[Fact, ...]:
    """What was searched for in vain, and when."""
    if not card.not_found:
        return ()
    names = {
        "founding": _("the founding date"),
        "official_source": _("an official source of the founding"),
        "later_events": _("later events"),
    }
    searched = (
        _("{fact} (last searched for on {date})").format(fact=names[fact], date=moment(day))
        for fact, day in card.not_found.items()
    )
    return (Fact(pgettext("fact", "not found"), listed(searched)),)


def _dispute(dispute: DisputeNote) -> str:
    words = disputed_words(dispute.field, dispute.value)
    return f"{words}{in_parentheses(dispute.notes)}"
