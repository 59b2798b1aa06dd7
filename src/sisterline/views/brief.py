"""The view of `show --brief`: a page to hand out."""

from typing import NamedTuple

from msgspec.structs import replace

from sisterline.reports.show import PlaceCard, ShowReport
from sisterline.reports.sums import Sum
from sisterline.views.blocks import Column, Fact, Table
from sisterline.views.drawings import Log
from sisterline.views.style import Glyphs
from sisterline.views.timeline import history
from sisterline.views.words import place_name, spaced


class _Counted(NamedTuple):
    """The sums of one category in words, and the sources of the records behind them."""

    category: str
    counts: str
    sources: tuple[int, ...]


def place_fact(label: str, card: PlaceCard) -> Fact:
    """A place in one line: Beihai 北海市: city in Guangxi, China; 1,850,000 people in 2022."""
    where = ", ".join((*card.within, card.place.country_name))
    text = f"{place_name(card.place)}: {card.place.level} in {where}"
    if card.population is None:
        return Fact(label, text)
    return Fact(label, f"{text}; {card.population:,} people in {card.population_as_of}", card.sources)


def main_events(report: ShowReport, glyphs: Glyphs) -> Log:
    """The events without headings and gaps: too few for either."""
    refs = [card.partnership for card in report.partnerships]
    log = history(report.items, refs, glyphs, today=report.today, group="none", includes_today=False)
    return replace(log, title="Main events", entries=tuple(replace(each, gap="") for each in log.entries))


def counted_exchanges(report: ShowReport) -> Table:
    """The sums of exchanges, a category per row."""
    counts: dict[str, list[str]] = {}
    for row in report.sums:
        if words := _sum_words(row):
            counts.setdefault(row.key.label, []).append(words)
    rows = [
        _Counted(spaced(name), ", ".join(words), _sources(report, name)) for name, words in counts.items()
    ]
    return Table(
        name="sums",
        title="Counted exchanges",
        columns=(
            Column(name="category", heading="Category"),
            Column(name="counts", heading="Counted", min_width=12, wrap=True),
            Column(heading="Source", cites=_cited, style="dim"),
        ),
        rows=rows,
        indent=2,
    )


def _cited(row: _Counted) -> tuple[int, ...]:
    return row.sources


def _sum_words(row: Sum) -> str:
    """A sum: 35 people, 13 and about 80 people; empty where all of it is in another count."""
    if not row.records:
        return ""
    counts = []
    if row.exact or not row.approximate:
        counts.append(f"{row.exact:,}")
    if row.approximate:
        counts.append(f"about {row.approximate:,}")
    return f"{' and '.join(counts)} {row.unit}"


def _sources(report: ShowReport, category: str) -> tuple[int, ...]:
    cited = (flow.sources for flow in report.exchanges if flow.category == category)
    return tuple(sorted({number for numbers in cited for number in numbers}))
