"""The screen of `show`."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.screens.parts import (
    cite,
    fact,
    flows_table,
    footnotes,
    hang,
    heading,
    note,
    pair_columns,
    pair_name,
    place_name,
    sums_table,
)
from sisterline.formats.terminal.screens.timeline import log
from sisterline.formats.terminal.table import Column, table
from sisterline.language import ordinal, plural
from sisterline.reports.refs import PartnershipRef
from sisterline.reports.show import PairCard, PlaceCard, ShowReport
from sisterline.text.escape import printable


def lines(report: ShowReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
    asked_place = len(report.places) != 2 or len(report.partnerships) != 1
    single = report.partnerships[0] if len(report.partnerships) == 1 else None
    if single and not asked_place:
        yield from _title(single.partnership, view)
    for number, card in enumerate(report.places):
        yield from ((),) if number or not asked_place else ()
        yield from _place(card, view, heading=asked_place)
    if single:
        yield ()
        if asked_place:
            yield from _title(single.partnership, view)
        yield from _founding(single, view)
    elif report.partnerships:
        yield ()
        yield ((plural(len(report.partnerships), "partnership"), "head"),)
        rows = tuple(card.partnership for card in report.partnerships)
        cited = {card.partnership.id: cite(card.sources) for card in report.partnerships}
        founding = Column("Cited", lambda row: cited[row.id], "dim", least=4)
        yield from table([*pair_columns(rows, view.marks), founding], rows, view, indent=2)
        for tie in report.partnerships:
            if tie.notes or tie.disputed:
                yield ()
                yield from note(pair_name(tie.partnership, view.marks), view, 2, "name")
                yield from _founding(tie, view, indent=4)
    if report.timeline.items:
        yield ()
        yield from log(report.timeline, view)
    if report.exchanges:
        yield ()
        pairs = [card.partnership for card in report.partnerships]
        yield (("Counted exchanges", "head"),)
        yield from flows_table(report.exchanges, pairs, view)
        yield ()
        yield (("Exchange sums", "head"),)
        yield from sums_table(report.sums, view)
    yield from footnotes(report.sources, view)


def _title(pair: PartnershipRef, view: Viewport) -> Iterator[StyledLine]:
    yield from heading(printable(f"{pair.place.name} {view.marks.pair} {pair.partner.name}"), view)


def _place(card: PlaceCard, view: Viewport, *, heading: bool) -> Iterator[StyledLine]:
    place = card.place
    where = ", ".join((*card.within, place.country_name))
    yield from hang(
        [
            (printable(place_name(place)), "head" if heading else "name"),
            (printable(f" {view.marks.dot} {place.level} in {where}"), ""),
        ],
        view,
    )
    names = [f"{tag} {name}".strip() for tag, name in place.names.items()]
    yield from fact("names", " · ".join(names).replace("·", view.marks.dot), view)
    if card.aliases:
        yield from fact("also", ", ".join(card.aliases), view)
    if card.population is not None:
        text = f"{card.population:,} people in {card.population_as_of}"
        yield from fact("population", text, view, card.sources)
    if card.notes:
        yield from fact("notes", card.notes, view)


def _founding(card: PairCard, view: Viewport, indent: int = 2) -> Iterator[StyledLine]:
    pair = card.partnership
    if indent == 2:
        kind = (pair.kind or "partnership").replace("-", " ")
        since = f"{kind} since {pair.since}" if pair.since else f"{kind}, founding date not known"
        basis = f" ({card.basis})" if card.basis else ""
        yield from fact("founded", since + basis, view, card.sources, indent)
        if pair.status != "active":
            yield from fact("status", pair.status, view, indent=indent)
        if pair.years is not None:
            yield from fact("age", plural(pair.years, "year"), view, indent=indent)
        if pair.next:
            yield from fact(
                "next", f"{ordinal(pair.next.ordinal)} anniversary {pair.next.date}", view, indent=indent
            )
    for doubt in card.disputed:
        notes = f" ({doubt.notes})" if doubt.notes else ""
        yield from fact("disputed", f"{doubt.field} {doubt.value}{notes}", view, doubt.sources, indent)
    if card.notes:
        yield from fact("notes", card.notes, view, indent=indent)
