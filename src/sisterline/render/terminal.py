"""Reports laid out for people: each becomes lines that fit a width, or its natural width in a pipe."""

from collections.abc import Callable, Iterator, Sequence
from functools import singledispatch

from msgspec import Struct

from sisterline.render.canvas import Line, Marks, Span, View
from sisterline.render.chart import chart_lines
from sisterline.render.grids import Cell, grids
from sisterline.render.table import Column, bars, table
from sisterline.render.text import short, visible, width, wrap
from sisterline.render.timeline import ROOMY, footnotes, pair_name, place_name, timeline_lines
from sisterline.reports.chart import ChartReport
from sisterline.reports.listing import ListReport
from sisterline.reports.parts import PairRef, PlaceRef
from sisterline.reports.show import Flow, PairCard, PlaceCard, ShowReport
from sisterline.reports.stats import Count, Cross, StatsReport
from sisterline.reports.sums import Sum
from sisterline.reports.timeline import TimelineReport
from sisterline.words import ordinal, plural

TOP = 10  # so many rows of a long count are drawn in the overview; `--by` draws all


@singledispatch
def lines(report: Struct, view: View) -> Iterator[Line]:
    """The lines of a report."""
    raise NotImplementedError(type(report).__name__)


def chosen(report: Struct, names: tuple[str, ...], view: View) -> Iterator[Line]:
    """The main grid of a report with the columns that were asked for.

    Raises:
        UsageError: a column has no such name.
    """
    grid = grids(report)[0].only(names)

    def cell(number: int) -> Callable[[tuple[Cell, ...]], str]:
        return lambda row: "" if row[number] is None else str(row[number])

    columns = [
        Column(
            name.replace("_", " ").capitalize(),
            cell(number),
            align="right" if any(isinstance(row[number], int) for row in grid.rows) else "left",
        )
        for number, name in enumerate(grid.columns)
    ]
    return table(columns, grid.rows, view)


@lines.register
def _timeline(report: TimelineReport, view: View) -> Iterator[Line]:
    return timeline_lines(report, view)


@lines.register
def _chart(report: ChartReport, view: View) -> Iterator[Line]:
    return chart_lines(report, view)


# --- list -----------------------------------------------------------------------------------------


@lines.register
def _list(report: ListReport, view: View) -> Iterator[Line]:
    yield from table(_list_columns(report, view.marks), report.partnerships, view)


def _list_columns(report: ListReport, marks: Marks) -> list[Column]:
    def side(of: Callable[[PairRef], PlaceRef], word: str) -> str:
        names = {of(row).country_name for row in report.partnerships}
        return names.pop() if len(names) == 1 else word

    asleep = any(row.status != "active" for row in report.partnerships)
    return [
        Column("Since", lambda row: row.since or marks.dash, "date", least=10),
        Column(side(lambda row: row.place, "Place"), lambda row: place_name(row.place), least=12),
        Column("Region", lambda row: row.place.region, "dim", weight=5),
        Column(side(lambda row: row.partner, "Partner"), lambda row: place_name(row.partner), least=12),
        Column("Region", lambda row: row.partner.region, "dim", weight=5),
        Column("Kind", lambda row: (row.kind or "").replace("-", " "), weight=4),
        Column("Years", lambda row: "" if row.years is None else str(row.years), align="right", weight=1),
        Column(
            "Next", lambda row: f"{ordinal(row.next.ordinal)} {row.next.date}" if row.next else "", weight=3
        ),
        Column(
            "Status", lambda row: "" if row.status == "active" else row.status, "warn", weight=int(not asleep)
        ),
        Column("Events", lambda row: str(row.events or ""), align="right", weight=2),
        Column("Counts", lambda row: str(row.exchanges or ""), align="right", weight=6),
        Column("Sources", lambda row: str(row.sources or ""), align="right", weight=7),
    ]


# --- show -----------------------------------------------------------------------------------------


@lines.register
def _show(report: ShowReport, view: View) -> Iterator[Line]:
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
        listing = ListReport(report.schema, report.today, rows, len(rows))
        yield from table(_list_columns(listing, view.marks), rows, view, indent=2)
        for tie in report.partnerships:
            if tie.notes or tie.disputed:
                yield ()
                yield ((f"  {pair_name(tie.partnership, view.marks)}", "name"),)
                yield from _founding(tie, view, indent=4)
    if report.timeline.items:
        yield ()
        yield from timeline_lines(report.timeline, view, heading=False)
    if report.exchanges:
        yield ()
        yield from _flows(report, view)
    yield from footnotes(report.sources, view)


def _title(pair: PairRef, view: View) -> Iterator[Line]:
    yield ((visible(f"{pair.place.name} {view.marks.pair} {pair.partner.name}"), "head"),)


def _place(card: PlaceCard, view: View, *, heading: bool) -> Iterator[Line]:
    place = card.place
    where = ", ".join((*card.within, place.country_name))
    yield from _hang(
        [
            (visible(place_name(place)), "head" if heading else "name"),
            (visible(f" {view.marks.dot} {place.level} in {where}"), ""),
        ],
        view,
    )
    names = [f"{tag} {name}".strip() for tag, name in place.names.items()]
    yield from _fact("names", " · ".join(names).replace("·", view.marks.dot), view)
    if card.aliases:
        yield from _fact("also", ", ".join(card.aliases), view)
    if card.population is not None:
        text = f"{card.population:,} people in {card.population_as_of}"
        yield from _fact("population", text, view, card.sources)
    if card.notes:
        yield from _fact("notes", card.notes, view)


def _founding(card: PairCard, view: View, indent: int = 2) -> Iterator[Line]:
    pair = card.partnership
    if indent == 2:
        kind = (pair.kind or "partnership").replace("-", " ")
        since = f"{kind} since {pair.since}" if pair.since else f"{kind}, founding date not known"
        basis = f" ({card.basis})" if card.basis else ""
        yield from _fact("founded", since + basis, view, card.sources, indent)
        if pair.status != "active":
            yield from _fact("status", pair.status, view, indent=indent)
        if pair.years is not None:
            yield from _fact("age", plural(pair.years, "year"), view, indent=indent)
        if pair.next:
            yield from _fact(
                "next", f"{ordinal(pair.next.ordinal)} anniversary {pair.next.date}", view, indent=indent
            )
    for doubt in card.disputed:
        notes = f" ({doubt.notes})" if doubt.notes else ""
        yield from _fact("disputed", f"{doubt.field} {doubt.value}{notes}", view, doubt.sources, indent)
    if card.notes:
        yield from _fact("notes", card.notes, view, indent=indent)


def _fact(word: str, text: str, view: View, sources: Sequence[int] = (), indent: int = 2) -> Iterator[Line]:
    cited = "".join(f" [{number}]" for number in sources)
    head: list[Span] = [(" " * indent + f"{word:<11}", "dim")]
    yield from _hang(head, view, text=visible(text) + cited, indent=indent + 11)


def _hang(head: list[Span], view: View, text: str = "", indent: int = 2) -> Iterator[Line]:
    """Spans and a text, wrapped with the lines below the first indented."""
    if view.width is None:
        yield (*head, (text, ""))
        return
    if text:
        first, *rest = wrap(text, max(10, view.width - indent))
        yield (*head, (first, ""))
        yield from (((" " * indent + line, ""),) for line in rest)
        return
    if sum(width(part) for part, _ in head) <= view.width:
        yield tuple(head)
        return
    name, style = head[0]
    yield ((name, style),)
    yield from (
        ((" " * indent + line, ""),)
        for line in wrap("".join(p for p, _ in head[1:]).strip(" ·-"), view.width - indent)
    )


def _flows(report: ShowReport, view: View) -> Iterator[Line]:
    yield (("Counted exchanges", "head"),)
    many = len({flow.partnership for flow in report.exchanges}) > 1
    pairs = {card.partnership.id: pair_name(card.partnership, view.marks) for card in report.partnerships}
    arrow = "->" if view.marks.arrow == ">" else "→"

    def way(flow: Flow) -> str:
        if flow.origin:
            return f"{flow.origin} {arrow} {flow.destination}"
        return pairs[flow.partnership] if many else "both"

    roomy = view.width is None or view.width >= ROOMY

    def what(flow: Flow) -> str:
        words = flow.what if roomy else f"{way(flow)}: {flow.what}"
        notes = f" ({flow.notes})" if flow.notes else ""
        return words + notes + ("" if flow.counted else " (in another count)")

    columns = [
        Column("When", lambda flow: short(flow.period), "date", least=10),
        Column(
            "Count",
            lambda flow: f"{'~' if flow.approximate else ''}{flow.count:,}",
            "number",
            "right",
            least=3,
        ),
        Column("Unit", lambda flow: flow.unit, least=6),
        Column("Way", way if roomy else lambda flow: ""),
        Column("What", what, least=24, flows=True),
        Column("Category", lambda flow: flow.category, "dim", weight=2),
        Column("Source", lambda flow: "".join(f"[{n}]" for n in flow.sources), "dim", least=4),
    ]
    yield from table(columns, report.exchanges, view, indent=2)
    yield ()
    yield from _sums(report.sums, view)


def _sums(rows: Sequence[Sum], view: View) -> Iterator[Line]:
    yield (("Exchange sums", "head"),)
    columns = [
        Column("Category", lambda row: row.key, least=6),
        Column("Unit", lambda row: row.unit, least=6),
        Column("Exact", lambda row: f"{row.exact:,}" if row.exact else "", "number", "right", least=4),
        Column(
            "About",
            lambda row: f"~{row.approximate:,}" if row.approximate else "",
            "number",
            "right",
            least=4,
        ),
        Column("Records", lambda row: str(row.records or ""), align="right", weight=1),
        Column("Counted elsewhere", lambda row: str(row.left_out or ""), "dim", "right", weight=2),
    ]
    yield from table(columns, rows, view, indent=2)


# --- stats ----------------------------------------------------------------------------------------


@lines.register
def _stats(report: StatsReport, view: View) -> Iterator[Line]:
    marks = view.marks
    parts = [
        plural(report.partnerships, "partnership"),
        plural(report.places, "place"),
        plural(report.events, "event"),
        plural(report.exchanges, "counted exchange"),
        plural(report.sources, "source"),
    ]
    if report.first:
        parts.append(f"founded {report.first[:4]} {marks.dash} {report.last[:4]}")
    whole = f" {marks.dot} ".join(parts)
    yield from (((line, "head"),) for line in ([whole] if view.width is None else wrap(whole, view.width)))
    if report.cross:
        yield ()
        yield from _cross(report.cross, view)
    for count in report.counts:
        yield ()
        yield from _count(count, view, TOP if report.coverage else None)
    if report.sums:
        yield ()
        yield from _sums(report.sums[:TOP], view)
        if len(report.sums) > TOP:
            yield (
                (f"  {marks.ellipsis} {len(report.sums) - TOP} more: sisterline stats -f markdown", "dim"),
            )
    if report.totals:
        yield ()
        yield from _totals(report, view)
    if report.coverage:
        yield ()
        yield from _coverage(report, view)
    yield from footnotes(report.footnotes, view)


def _count(count: Count, view: View, most: int | None) -> Iterator[Line]:
    note = "  a partnership counts in each of its two" if count.overlaps else ""
    yield ((count.title, "head"), (note, "dim"))
    yield from bars([(row.label, row.count) for row in count.rows[:most]], view)
    if most is not None and len(count.rows) > most:
        more = len(count.rows) - most
        yield ((f"  {view.marks.ellipsis} {more} more: sisterline stats --by {count.by}", "dim"),)


def _cross(cross: Cross, view: View) -> Iterator[Line]:
    """A table of two things, turned over where it then fits better."""
    if view.width is not None and len(cross.columns) > len(cross.rows) and _need(cross) > view.width:
        turned = tuple(zip(*cross.cells, strict=True))
        cross = Cross((cross.by[1], cross.by[0]), cross.columns, cross.rows, turned)

    def cell(number: int) -> Callable[[tuple[str, tuple[int, ...]]], str]:
        return lambda row: str(row[1][number] or view.marks.dot)

    columns = [Column(" by ".join(cross.by), lambda row: row[0], least=8)]
    columns += [
        Column(label.replace("-", " "), cell(number), "number", "right", weight=1 + number)
        for number, label in enumerate(cross.columns)
    ]
    columns.append(Column("all", lambda row: str(sum(row[1])), align="right", least=3))
    yield from table(columns, list(zip(cross.rows, cross.cells, strict=True)), view)
    if view.width is not None and _need(cross) > view.width:
        yield (("  not all columns fit here: a wider terminal, a pipe or -f csv has them", "dim"),)


def _need(cross: Cross) -> int:
    """The cells that a cross-table takes, near enough."""
    return max(map(width, (*cross.rows, " by ".join(cross.by)))) + sum(
        width(c) + 2 for c in (*cross.columns, "all")
    )


def _totals(report: StatsReport, view: View) -> Iterator[Line]:
    yield (("Official totals beside this data set", "head"),)
    ours = f"{report.partnerships:,} {'partnership' if report.partnerships == 1 else 'partnerships'} here"
    yield ((f"  {ours}; each body counts by its own rule", "dim"),)
    columns = [
        Column("As of", lambda total: short(total.as_of), "date", least=10),
        Column(
            "Count",
            lambda t: f"{'~' if t.approximate else ''}{t.count:,} {t.unit}",
            "number",
            "right",
            least=9,
        ),
        Column("By", lambda total: total.by, least=8),
        Column("What was counted", lambda total: total.counts, least=24, flows=True),
        Column("Source", lambda total: "".join(f"[{n}]" for n in total.sources), "dim", least=4),
    ]
    yield from table(columns, report.totals, view, indent=2)


def _coverage(report: StatsReport, view: View) -> Iterator[Line]:
    yield (("Coverage", "head"),)
    columns = [
        Column("", lambda row: row.label, least=12),
        Column("", lambda row: f"{row.count:,}", "number", "right", least=3),
        Column("", lambda row: f"of {row.of:,}", "dim", "right", least=3),
        Column("", lambda row: f"{row.count / row.of:.0%}" if row.of else "", align="right", least=3),
    ]
    yield from list(table(columns, report.coverage, view, indent=2))[1:]
