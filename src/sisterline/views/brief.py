"""The view of `show --brief`: a page to hand out."""

from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from sisterline.reports.show import PlaceCard, ShowReport
from sisterline.reports.sums import Sum
from sisterline.translation import gettext as _
from sisterline.translation import listed, pgettext
from sisterline.views.blocks import Column, Fact, Table
from sisterline.views.drawings import Log
from sisterline.views.labels import amount, label
from sisterline.views.style import Glyphs
from sisterline.views.timeline import history
from sisterline.views.words import exact_and_about, level_in, people, place_name


class _Counted(NamedTuple):
    """The sums of one category in words, and the sources of the records behind them."""

    category: str
    counts: str
    sources: tuple[int, ...]


def place_fact(name: str, card: PlaceCard) -> Fact:
    """A place in one line: Beihai 北海市: city in Guangxi, China; 1,850,000 people in 2022."""
    place, level = place_name(card.place), level_in(card.place, card.within)
    if card.population is None:
        return Fact(name, _("{place}: {level}").format(place=place, level=level))
    population = people(card.population, card.population_as_of)
    text = _("{place}: {level}; {population}").format(place=place, level=level, population=population)
    return Fact(name, text, card.sources)


def main_events(report: ShowReport, glyphs: Glyphs) -> Log:
    """The events without headings and gaps: too few for either."""
    refs = [card.partnership for card in report.partnerships]
    log = history(report.items, refs, glyphs, today=report.today, group="none", includes_today=False)
    return replace(log, title=_("Main events"), entries=tuple(replace(each, gap="") for each in log.entries))


def counted_exchanges(report: ShowReport) -> Table:
    """The sums of exchanges, a category per row."""
    counts: dict[str, list[str]] = {}
    for row in report.sums:
        if words := _sum_words(row):
            counts.setdefault(row.key.label, []).append(words)
    rows = [
        _Counted(label("category", name), listed(words), _sources(report, name))
        for name, words in counts.items()
    ]
    return Table(
        name="sums",
        title=_("Counted exchanges"),
        columns=(
            Column(name="category", heading=pgettext("column", "Category")),
            Column(name="counts", heading=pgettext("column", "Counted"), min_width=12, wrap=True),
            Column(heading=pgettext("column", "Source"), cites=attrgetter("sources"), style="minor"),
        ),
        rows=rows,
        indent=2,
    )


def _sum_words(row: Sum) -> str:
    """A sum: 35 people, 13 and about 80 people; empty where all of it is in another count."""
    if not row.records:
        return ""
    return amount(exact_and_about(row.exact, row.approximate) or "0", row.unit)


def _sources(report: ShowReport, category: str) -> tuple[int, ...]:
    cited = (flow.sources for flow in report.exchanges if flow.category == category)
    return tuple(sorted({number for numbers in cited for number in numbers}))
