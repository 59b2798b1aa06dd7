"""The view of `stats`."""

from typing import Any, NamedTuple

from sisterline.dates import abbreviate
from sisterline.language import plural
from sisterline.reports.counts import Count, CountBy, CountRow, Cross
from sisterline.reports.coverage import Coverage
from sisterline.reports.stats import StatsReport, TotalRow
from sisterline.views.blocks import (
    Block,
    Cell,
    Column,
    Footnotes,
    Heading,
    Paragraph,
    Table,
    View,
)
from sisterline.views.columns import cited_numbers, source_ids_column
from sisterline.views.drawings import Bars
from sisterline.views.exchange_tables import sums_table
from sisterline.views.style import Glyphs
from sisterline.views.words import UNKNOWN, distinct_names, estimated, group_labels

TOP = 10  # rows of a long count in the overview; `--by` has all
_TITLES: dict[CountBy, str] = {
    "decade": "By decade of founding",
    "year": "By year of founding",
    "country": "By country",
    "region": "By region",
    "level": "By level",
    "kind": "By kind",
    "status": "By status",
}
COVERAGE = {
    "dated": "with a founding date",
    "to-the-day": "known to the day",
    "to-the-month": "known to the month",
    "to-the-year": "known to the year",
    "dated-by-official": "by an official source",
    "with-events": "with events",
    "quiet-5-years": "no event on record for 5 years",
    "quiet-10-years": "no event on record for 10 years",
    "quiet-20-years": "no event on record for 20 years",
    "with-exchanges": "with counted exchanges",
    "with-official-source": "with an official source",
    "with-two-sources": "with two sources or more",
}
_OVERLAPS: dict[CountBy, str] = {
    "country": "a partnership of two countries counts in both",
    "region": "a partnership of two regions counts in both",
}


def view(report: StatsReport, glyphs: Glyphs) -> View:
    """Counts as bars, a cross table, sums, official totals and coverage: what the report has of them."""
    blocks: list[Block] = [Heading(parts=_title(report, glyphs), separator=glyphs.between, level=1)]
    if report.cross:
        cross = _cross_table(report.cross, glyphs)
        blocks.append(cross)
        if report.cross.overlaps:
            remark = "a partnership of two regions or countries counts in both, and once under all"
            blocks.append(Paragraph(parts=(remark,), tight=True))
        return View(blocks=tuple(blocks), main=cross)
    overview = bool(report.coverage)
    for count in report.counts:
        blocks += _count_blocks(count, glyphs, overview=overview)
    counts = tuple(_count_table(count, glyphs) for count in report.counts)
    if not overview:
        return View(blocks=tuple(blocks), main=counts[0])
    tables = list(counts)
    if report.sums:
        tables.append(sums_table(report.sums, glyphs, "Exchange sums"))
        blocks += _sums_blocks(report, glyphs)
    if report.totals:
        tables.append(_totals_table(report))
        blocks += _totals_blocks(report)
    tables.append(_coverage_table(report))
    blocks += [_coverage_table(report), Footnotes(report.footnotes)]
    return View(blocks=tuple(blocks), main=_whole_table(report), tables=tuple(tables))


def _title(report: StatsReport, glyphs: Glyphs) -> tuple[str, ...]:
    parts = [
        plural(report.partnerships, "partnership"),
        plural(report.places, "partner place"),
        plural(report.events, "event"),
        _announced_words(report),
        plural(report.exchanges, "counted exchange"),
        plural(report.sources, "source of these facts", "sources of these facts"),
    ]
    if report.first:
        parts.append(f"founded {report.first[:4]} {glyphs.dash} {report.last[:4]}")
    return tuple(part for part in parts if part)


def _announced_words(report: StatsReport) -> str:
    if not report.announced:
        return ""
    return f"{report.announced:,} announced"


class _Figure(NamedTuple):
    what: str
    value: Cell


def _whole_table(report: StatsReport) -> Table:
    rows = [
        _Figure(name, getattr(report, name))
        for name in ("partnerships", "places", "events", "announced", "exchanges", "sources", "first", "last")
    ]
    columns = (Column(name="what", heading="What"), Column(name="value", heading="Value"))
    return Table(name="dataset", columns=columns, rows=rows)


# --- counts ---------------------------------------------------------------------------------------


def _count_blocks(count: Count, glyphs: Glyphs, *, overview: bool) -> list[Block]:
    labels = group_labels([row.key for row in count.rows], glyphs)
    rows = count.rows[:TOP] if overview else count.rows
    bars = Bars(
        title=_title_of(count),
        aside=_OVERLAPS.get(count.by, "") if count.overlaps else "",
        rows=tuple((labels[row.key], row.count) for row in rows),
    )
    more = len(count.rows) - len(rows)
    if not more:
        return [bars]
    remark = f"{glyphs.ellipsis} {more} more: sisterline stats --by {count.by}"
    return [bars, Paragraph(parts=(remark,), tight=True)]


def _title_of(count: Count) -> str:
    title = _TITLES[count.by]
    if count.countries:
        title += f" of {' and '.join(count.countries)}"
    return title


def _count_table(count: Count, glyphs: Glyphs) -> Table:
    labels = group_labels([row.key for row in count.rows], glyphs)

    def label(row: CountRow) -> Cell:
        return labels[row.key]

    columns = (
        Column(name=count.by, value=label, heading=count.by.capitalize()),
        Column(name="partnerships", path="count", heading="Partnerships", align="right"),
    )
    return Table(name=f"by-{count.by}", title=_title_of(count), columns=columns, rows=count.rows)


class _CrossRow(NamedTuple):
    label: str
    cells: tuple[int, ...]
    total: int


def _cross_table(cross: Cross, glyphs: Glyphs) -> Table:
    row_labels = group_labels(cross.rows, glyphs)
    rows = [
        _CrossRow(row_labels[key], cells, total)
        for key, cells, total in zip(cross.rows, cross.cells, cross.row_totals, strict=True)
    ]
    labels, names = group_labels(cross.columns, glyphs), distinct_names(cross.columns)
    columns = [
        Column(name=cross.by[0], path="label", heading=" by ".join(cross.by), min_width=8),
        *(
            _cross_column(number, names[key] or UNKNOWN, labels[key], glyphs)
            for number, key in enumerate(cross.columns)
        ),
        Column(name="all", path="total", heading="all", align="right", min_width=0),
    ]
    return Table(name="cross", columns=tuple(columns), rows=rows)


def _cross_column(number: int, name: str, label: str, glyphs: Glyphs) -> Column:
    def value(row: Any) -> Cell:
        count: int = row.cells[number]
        return count

    def text(row: Any) -> str:
        return str(row.cells[number] or glyphs.dot)

    return Column(
        name=name,
        value=value,
        heading=label,
        text=text,
        style="number",
        align="right",
        drop_order=1 + number,
    )


# --- sums, totals, coverage -----------------------------------------------------------------------


def _sums_blocks(report: StatsReport, glyphs: Glyphs) -> list[Block]:
    table = sums_table(report.sums[:TOP], glyphs, "Exchange sums")
    more = len(report.sums) - TOP
    if more <= 0:
        return [table]
    remark = f"{glyphs.ellipsis} {more} more: sisterline exchanges"
    return [table, Paragraph(parts=(remark,), tight=True)]


def _totals_blocks(report: StatsReport) -> list[Block]:
    ours = f"{plural(report.partnerships, 'partnership')} here; each body counts by its own rule"
    return [
        Heading(parts=("Official totals next to this data set",)),
        Paragraph(parts=(ours,), tight=True),
        _totals_table(report),
    ]


def _as_of(total: TotalRow) -> str:
    return abbreviate(total.as_of)


def _count(total: TotalRow) -> str:
    return f"{estimated(total.count, approximate=total.approximate)} {total.unit}"


def _totals_table(report: StatsReport) -> Table:
    region_heading = ""
    if any(total.region for total in report.totals):
        region_heading = "Region"
    return Table(
        name="totals",
        columns=(
            Column(name="as_of", heading="As of", text=_as_of, style="date", min_width=0),
            Column(name="count", heading="Count", text=_count, style="number", align="right", min_width=0),
            Column(name="unit"),
            Column(name="approximate"),
            Column(name="region", heading=region_heading, min_width=8),
            Column(name="by", heading="By", min_width=8),
            Column(name="counts", heading="What was counted", min_width=24, wrap=True, shrink_to=24),
            source_ids_column(report.footnotes),
            Column(heading="Source", cites=cited_numbers, style="dim"),
        ),
        rows=report.totals,
        indent=2,
        tight=True,
    )


def _coverage_label(row: Coverage) -> str:
    label = COVERAGE[row.code]
    if row.part_of:
        return f"  {label}"
    return label


def _coverage_count(row: Coverage) -> str:
    return f"{row.count:,}"


def _coverage_of(row: Coverage) -> str:
    return f"of {row.of:,}"


def _coverage_share(row: Coverage) -> str:
    if not row.of:
        return ""
    return f"{row.count / row.of:.0%}"


def _coverage_table(report: StatsReport) -> Table:
    return Table(
        name="coverage",
        title="Coverage",
        columns=(
            Column(name="what", path="code", heading="", text=_coverage_label, min_width=12),
            Column(
                name="count", heading="", text=_coverage_count, style="number", align="right", min_width=0
            ),
            Column(name="of", heading="", text=_coverage_of, style="dim", align="right", min_width=0),
            Column(heading="", text=_coverage_share, align="right", min_width=0),
        ),
        rows=report.coverage,
        indent=2,
        headless=True,
    )
