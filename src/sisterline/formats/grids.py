"""Reports as grids of named columns: what CSV, TSV and Markdown are made of."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sisterline.errors import UsageError
from sisterline.language import plural
from sisterline.text.matching import closest_match

if TYPE_CHECKING:
    from sisterline.reports.anniversaries import AnniversariesReport
    from sisterline.reports.chart import ChartReport
    from sisterline.reports.check import CheckReport
    from sisterline.reports.exchanges import ExchangesReport, Flow
    from sisterline.reports.listing import ListReport
    from sisterline.reports.refs import SourceRef
    from sisterline.reports.show import ShowReport
    from sisterline.reports.sources import SourcesReport
    from sisterline.reports.stats import StatsReport
    from sisterline.reports.timeline import TimelineReport

Cell = str | int | None


class Grid(Struct, frozen=True):
    """Rows of cells under named columns.

    Attributes:
        title: what it is, for a heading above it.
        columns: names, as `--columns` takes them.
        rows: as many cells each as there are columns.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def only(self, columns: tuple[str, ...]) -> "Grid":
        """The same with some of its columns, in the order given; all where none is named.

        Raises:
            UsageError: a column has no such name.
        """
        if not columns:
            return self
        for name in columns:
            if name not in self.columns:
                hint = (
                    closest_match(name, self.columns, "; did you mean {}?")
                    or f"; there are {', '.join(self.columns)}"
                )
                raise UsageError(f'--columns: no column is called "{name}"{hint}')
        at = [self.columns.index(name) for name in columns]
        return Grid(self.title, columns, tuple(tuple(row[n] for n in at) for row in self.rows))


def grids(report: Struct) -> tuple[Grid, ...]:
    """The grids of a report; the first one is its main matter."""
    return _GRIDS[str(report.__struct_config__.tag)](report)


def _grid(title: str, columns: dict[str, Callable[[Any], Cell]], rows: Iterable[Any]) -> Grid:
    return Grid(title, tuple(columns), tuple(tuple(value(row) for value in columns.values()) for row in rows))


_PAIR: dict[str, Callable[[Any], Cell]] = {
    "id": lambda p: p.id,
    "since": lambda p: p.since,
    "place": lambda p: p.place.name,
    "place_native": lambda p: p.place.native,
    "place_level": lambda p: p.place.level,
    "place_region": lambda p: p.place.region,
    "place_country": lambda p: p.place.country,
    "partner": lambda p: p.partner.name,
    "partner_native": lambda p: p.partner.native,
    "partner_level": lambda p: p.partner.level,
    "partner_region": lambda p: p.partner.region,
    "partner_country": lambda p: p.partner.country,
    "kind": lambda p: p.kind,
    "status": lambda p: p.status,
    "years": lambda p: p.years,
    "next": lambda p: p.next.date if p.next else None,
    "next_ordinal": lambda p: p.next.ordinal if p.next else None,
    "events": lambda p: p.events,
    "exchanges": lambda p: p.exchanges,
    "sources": lambda p: p.sources,
}


def _list(report: "ListReport") -> tuple[Grid, ...]:
    return (_grid(plural(len(report.partnerships), "partnership"), _PAIR, report.partnerships),)


def _timeline(report: "TimelineReport") -> tuple[Grid, ...]:
    pairs = {pair.id: pair for pair in report.partnerships}
    ids = {source.number: source.id for source in report.sources}
    main = _grid(
        "Timeline",
        {
            "date": lambda item: item.date,
            "kind": lambda item: item.kind,
            "type": lambda item: item.type,
            "title": lambda item: item.title,
            "partnership": lambda item: item.partnership,
            "place": lambda item: pairs[item.partnership].place.name,
            "partner": lambda item: pairs[item.partnership].partner.name,
            "ordinal": lambda item: item.ordinal,
            "notes": lambda item: item.notes,
            "sources": lambda item: " ".join(ids.get(n, str(n)) for n in item.sources),
        },
        report.items,
    )
    return (main, *_bibliography(report.sources))


def _chart(report: "ChartReport") -> tuple[Grid, ...]:
    rows = [(lane, year, count) for lane in report.lanes for year, count in lane.years]
    grid = _grid(
        "Events by year",
        {
            "partnership": lambda row: row[0].partnership.id,
            "place": lambda row: row[0].partnership.place.name,
            "partner": lambda row: row[0].partnership.partner.name,
            "since": lambda row: row[0].partnership.since,
            "status": lambda row: row[0].partnership.status,
            "year": lambda row: row[1],
            "events": lambda row: row[2],
        },
        rows,
    )
    return (grid,)


def _show(report: "ShowReport") -> tuple[Grid, ...]:
    ids = {source.number: source.id for source in report.sources}

    def cited(numbers: tuple[int, ...]) -> str:
        return " ".join(ids[n] for n in numbers)

    timeline = _timeline(report.timeline)[0]
    at = timeline.columns.index("sources")
    dated = tuple(
        (*row[:at], cited(item.sources), *row[at + 1 :])
        for row, item in zip(timeline.rows, report.timeline.items, strict=True)
    )
    places = _grid(
        "Places",
        {
            "id": lambda card: card.place.id,
            "name": lambda card: card.place.name,
            "native": lambda card: card.place.native,
            "names": lambda card: "; ".join(
                f"{tag} {name}".strip() for tag, name in card.place.names.items()
            ),
            "level": lambda card: card.place.level,
            "within": lambda card: ", ".join(card.within),
            "country": lambda card: card.place.country_name,
            "population": lambda card: card.population,
            "as_of": lambda card: card.population_as_of,
            "notes": lambda card: card.notes,
        },
        report.places,
    )
    pairs = _grid("Partnerships", _PAIR, (card.partnership for card in report.partnerships))
    founding = _grid(
        "Founding",
        {
            "partnership": lambda card: card.partnership.id,
            "since": lambda card: card.partnership.since,
            "basis": lambda card: card.basis,
            "disputed": lambda card: "; ".join(
                f"{doubt.field} {doubt.value} ({cited(doubt.sources)})" for doubt in card.disputed
            ),
            "notes": lambda card: card.notes,
            "sources": lambda card: cited(card.sources),
        },
        report.partnerships,
    )
    flows = _flows("Exchanges", report.exchanges, report.sources)
    main = Grid("Timeline", timeline.columns, dated)
    rest = (places, pairs, founding, flows, _sums(report.sums), *_bibliography(report.sources))
    return tuple(grid for grid in (main, *rest) if grid.rows or grid is main)


def _stats(report: "StatsReport") -> tuple[Grid, ...]:
    if report.cross:
        cross = report.cross
        rows: list[tuple[Cell, ...]] = [
            (label, *cells) for label, cells in zip(cross.rows, cross.cells, strict=True)
        ]
        return (Grid(" by ".join(cross.by), (cross.by[0], *cross.columns), tuple(rows)),)
    whole: dict[str, Cell] = {
        name: getattr(report, name)
        for name in ("partnerships", "places", "events", "exchanges", "sources", "first", "last")
    }
    tables = tuple(
        Grid(count.title, (count.by, "partnerships"), tuple((r.label, r.count) for r in count.rows))
        for count in report.counts
    )
    if len(report.counts) == 1 and not report.coverage:
        return tables
    first = Grid("Data set", ("what", "value"), tuple(whole.items()))
    ids = {source.number: source.id for source in report.footnotes}
    totals = _grid(
        "Official totals",
        {
            "as_of": lambda total: total.as_of,
            "by": lambda total: total.by,
            "count": lambda total: total.count,
            "unit": lambda total: total.unit,
            "approximate": lambda total: "yes" if total.approximate else "",
            "counts": lambda total: total.counts,
            "sources": lambda total: " ".join(ids[n] for n in total.sources),
        },
        report.totals,
    )
    coverage = _grid(
        "Coverage",
        {"what": lambda row: row.label.strip(), "count": lambda row: row.count, "of": lambda row: row.of},
        report.coverage,
    )
    rest = (_sums(report.sums), totals, coverage, *_bibliography(report.footnotes))
    return (first, *tables, *(grid for grid in rest if grid.rows))


def _flows(title: str, rows: "Iterable[Flow]", sources: "Iterable[SourceRef]") -> Grid:
    ids = {source.number: source.id for source in sources}

    def cited(numbers: tuple[int, ...]) -> str:
        return " ".join(ids[n] for n in numbers)

    return _grid(
        title,
        {
            "period": lambda flow: flow.period,
            "from": lambda flow: flow.origin,
            "to": lambda flow: flow.destination,
            "what": lambda flow: flow.what,
            "category": lambda flow: flow.category,
            "count": lambda flow: flow.count,
            "unit": lambda flow: flow.unit,
            "approximate": lambda flow: "yes" if flow.approximate else "",
            "counted": lambda flow: "yes" if flow.counted else "no",
            "partnership": lambda flow: flow.partnership,
            "notes": lambda flow: flow.notes,
            "sources": lambda flow: cited(flow.sources),
        },
        rows,
    )


def _anniversaries(report: "AnniversariesReport") -> tuple[Grid, ...]:
    ids = {source.number: source.id for source in report.sources}
    grid = _grid(
        "Anniversaries",
        {
            "date": lambda row: row.date,
            "ordinal": lambda row: row.ordinal,
            "days": lambda row: row.days,
            "away": lambda row: row.away,
            "partnership": lambda row: row.partnership.id,
            "place": lambda row: row.partnership.place.name,
            "place_native": lambda row: row.partnership.place.native,
            "partner": lambda row: row.partnership.partner.name,
            "partner_native": lambda row: row.partnership.partner.native,
            "since": lambda row: row.partnership.since,
            "kind": lambda row: row.partnership.kind,
            "status": lambda row: row.partnership.status,
            "sources": lambda row: " ".join(ids[n] for n in row.sources),
        },
        report.rows,
    )
    return (grid, *_bibliography(report.sources))


def _exchanges(report: "ExchangesReport") -> tuple[Grid, ...]:
    """The records are the main matter where they were asked for, else the sums."""
    found = _sums(report.sums, report.by)
    if not report.records:
        return (found,)
    return (_flows("Records", report.records, report.sources), found, *_bibliography(report.sources))


def _sources(report: "SourcesReport") -> tuple[Grid, ...]:
    """What one source supports is the main matter where just one was found."""
    grid = _grid(
        "Sources",
        {
            "id": lambda row: row.source.id,
            "facts": lambda row: row.facts,
            "partnerships": lambda row: row.partnerships,
            "title": lambda row: row.source.title,
            "publisher": lambda row: row.source.publisher,
            "type": lambda row: row.source.type,
            "language": lambda row: row.source.language,
            "url": lambda row: row.source.url,
        },
        report.rows,
    )
    facts = _grid(
        "Facts",
        {
            "kind": lambda fact: fact.kind,
            "date": lambda fact: fact.date,
            "text": lambda fact: fact.text,
            "subject": lambda fact: fact.subject,
        },
        report.facts,
    )
    return (facts, grid) if report.facts else (grid,)


def _check(report: "CheckReport") -> tuple[Grid, ...]:
    rows = [("problem", problem) for problem in report.problems]
    rows += [("warning", doubt) for doubt in report.warnings]
    grid = _grid(
        "Problems",
        {
            "level": lambda row: row[0],
            "path": lambda row: row[1].path,
            "line": lambda row: row[1].line,
            "column": lambda row: row[1].column,
            "message": lambda row: row[1].message,
            "hint": lambda row: row[1].hint,
        },
        rows,
    )
    return (grid,)


def _sums(rows: Iterable[Any], by: str = "category") -> Grid:
    return _grid(
        "Exchange sums",
        {
            **({} if by == "unit" else {by: lambda row: row.key}),
            "unit": lambda row: row.unit,
            "exact": lambda row: row.exact,
            "approximate": lambda row: row.approximate,
            "records": lambda row: row.records,
            "left_out": lambda row: row.left_out,
        },
        rows,
    )


def _bibliography(sources: "Iterable[SourceRef]") -> tuple[Grid, ...]:
    rows = tuple(sources)
    grid = _grid(
        "Sources",
        {
            "number": lambda source: source.number,
            "id": lambda source: source.id,
            "title": lambda source: source.title,
            "publisher": lambda source: source.publisher,
            "type": lambda source: source.type,
            "language": lambda source: source.language,
            "url": lambda source: source.url,
        },
        rows,
    )
    return (grid,) if rows else ()


_GRIDS: dict[str, Callable[[Any], tuple[Grid, ...]]] = {
    "list": _list,
    "timeline": _timeline,
    "chart": _chart,
    "show": _show,
    "stats": _stats,
    "anniversaries": _anniversaries,
    "exchanges": _exchanges,
    "sources": _sources,
    "check": _check,
}
