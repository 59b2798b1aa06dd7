"""The view of `stats`."""

from typing import Any, NamedTuple

from sisterline.dates import abbreviate
from sisterline.reports.counts import Count, CountBy, CountRow, Cross
from sisterline.reports.coverage import Coverage, CoverageCode
from sisterline.reports.stats import StatsReport, TotalRow
from sisterline.translation import active_language, counted, listed_and, pgettext
from sisterline.translation import gettext as _
from sisterline.views.blocks import Block, Cell, Column, Footnotes, Heading, Paragraph, Table, View
from sisterline.views.columns import date_column, number_column, source_columns
from sisterline.views.drawings import Bars
from sisterline.views.exchange_tables import sums_table
from sisterline.views.groups import distinct_names, group_labels
from sisterline.views.labels import GROUPING, LANGUAGE_TAG, amount, column_key, column_label, label
from sisterline.views.style import Glyphs
from sisterline.views.words import (
    estimated,
    events_words,
    grouped,
    language_name,
    partnerships_words,
    unknown,
)

FIGURES = ("partnerships", "places", "events", "announced", "exchanges", "sources", "first", "last")
TOP = 10  # rows of a long count in the overview; `--by` has all


def view(report: StatsReport, glyphs: Glyphs) -> View:
    """Counts as bars, a cross table, sums, official totals and coverage: what the report has of them."""
    blocks: list[Block] = [Heading(parts=_title(report, glyphs), separator=glyphs.between, level=1)]
    if report.cross:
        cross = _cross_table(report.cross, glyphs)
        blocks.append(cross)
        if report.cross.overlaps:
            remark = _("a partnership of two regions or countries counts in both, and once under all")
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
        tables.append(sums_table(report.sums, glyphs, _("Exchange sums")))
        blocks += _sums_blocks(report, glyphs)
    if report.totals:
        tables.append(_totals_table(report))
        blocks += _totals_blocks(report)
    tables.append(_coverage_table(report))
    blocks += [_coverage_table(report), Footnotes(report.footnotes)]
    return View(blocks=tuple(blocks), main=_whole_table(report), tables=tuple(tables))


def _title(report: StatsReport, glyphs: Glyphs) -> tuple[str, ...]:
    parts = [
        partnerships_words(report.partnerships),
        counted("{count} partner place", "{count} partner places", report.places),
        events_words(report.events),
        _announced_words(report),
        counted("{count} counted exchange", "{count} counted exchanges", report.exchanges),
        counted("{count} source of these facts", "{count} sources of these facts", report.sources),
    ]
    if report.first:
        parts.append(
            _("founded {first} {dash} {last}").format(
                first=report.first[:4], dash=glyphs.dash, last=report.last[:4]
            )
        )
    return tuple(part for part in parts if part)


def _announced_words(report: StatsReport) -> str:
    if not report.announced:
        return ""
    return _("{count} announced").format(count=f"{report.announced:,}")


class _Figure(NamedTuple):
    what: str
    value: Cell


def _whole_table(report: StatsReport) -> Table:
    rows = [_Figure(column_key(name), getattr(report, name)) for name in FIGURES]
    columns = (
        Column(name="what", heading=pgettext("column", "What")),
        Column(name="value", heading=pgettext("column", "Value")),
    )
    return Table(name="dataset", columns=columns, rows=rows)


# --- counts ---------------------------------------------------------------------------------------


def _count_blocks(count: Count, glyphs: Glyphs, *, overview: bool) -> list[Block]:
    labels = group_labels([row.key for row in count.rows], count.by, glyphs)
    rows = count.rows[:TOP] if overview else count.rows
    bars = Bars(
        title=_title_of(count),
        aside=_overlap(count),
        rows=tuple((labels[row.key], row.count) for row in rows),
    )
    more = len(count.rows) - len(rows)
    if not more:
        return [bars]
    return [bars, _more(more, f"sisterline stats --by {count.by}", glyphs)]


def _more(count: int, command: str, glyphs: Glyphs) -> Paragraph:
    """A remark about rows that are left out, and what shows them."""
    remark = _("{ellipsis} {count} more: {command}").format(
        ellipsis=glyphs.ellipsis, count=count, command=command
    )
    return Paragraph(parts=(remark,), tight=True)


def _overlap(count: Count) -> str:
    """A remark where a partnership can be in several rows."""
    if not count.overlaps:
        return ""
    if count.by == "country":
        return _("a partnership of two countries counts in both")
    return _("a partnership of two regions counts in both")


def _title_of(count: Count) -> str:
    if count.countries:  # only regions are counted of some countries
        return _("By region of {countries}").format(countries=listed_and(count.countries))
    titles: dict[CountBy, str] = {
        "decade": _("By decade of founding"),
        "year": _("By year of founding"),
        "country": _("By country"),
        "region": _("By region"),
        "level": _("By level"),
        "kind": _("By kind"),
        "status": _("By status"),
    }
    return titles[count.by]


def _count_table(count: Count, glyphs: Glyphs) -> Table:
    labels = group_labels([row.key for row in count.rows], count.by, glyphs)

    def label(row: CountRow) -> Cell:
        return labels[row.key]

    columns = (
        Column(name=count.by, value=label, heading=column_label(count.by)),
        Column(name="partnerships", path="count", heading=pgettext("column", "Partnerships"), align="right"),
    )
    return Table(name=f"by-{count.by}", title=_title_of(count), columns=columns, rows=count.rows)


class _CrossRow(NamedTuple):
    label: str
    cells: tuple[int, ...]
    total: int


def _cross_table(cross: Cross, glyphs: Glyphs) -> Table:
    row_labels = group_labels(cross.rows, cross.by[0], glyphs)
    rows = [
        _CrossRow(row_labels[key], cells, total)
        for key, cells, total in zip(cross.rows, cross.cells, cross.row_totals, strict=True)
    ]
    labels, names = group_labels(cross.columns, cross.by[1], glyphs), distinct_names(cross.columns)
    down, across = (label(GROUPING, by) for by in cross.by)
    heading = _("{rows} by {columns}").format(rows=down, columns=across)
    columns = [
        Column(name=cross.by[0], path="label", heading=heading, min_width=8),
        *(
            _cross_column(number, names[key] or unknown(), labels[key], glyphs)
            for number, key in enumerate(cross.columns)
        ),
        Column(name="all", path="total", heading=pgettext("column", "all"), align="right", min_width=0),
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
    table = sums_table(report.sums[:TOP], glyphs, _("Exchange sums"))
    more = len(report.sums) - TOP
    if more <= 0:
        return [table]
    return [table, _more(more, "sisterline exchanges", glyphs)]


def _totals_blocks(report: StatsReport) -> list[Block]:
    ours = counted(
        "{count} partnership here; each body counts by its own rule",
        "{count} partnerships here; each body counts by its own rule",
        report.partnerships,
    )
    return [
        Heading(parts=(_("Official totals next to this data set"),)),
        Paragraph(parts=(ours,), tight=True),
        _totals_table(report),
    ]


def _count(total: TotalRow) -> str:
    return amount(estimated(total.count, approximate=total.approximate), total.unit)


def _totals_table(report: StatsReport) -> Table:
    region_heading = ""
    if any(total.region for total in report.totals):
        region_heading = pgettext("column", "Region")
    return Table(
        name="totals",
        columns=(
            date_column("as_of", pgettext("column", "As of"), show=abbreviate),
            number_column("count", pgettext("column", "Count"), text=_count, style="number"),
            Column(name="unit", codes="unit"),
            Column(name="approximate"),
            Column(name="region", heading=region_heading, min_width=8),
            Column(name="by", heading=pgettext("column", "By"), min_width=8),
            Column(
                name="counts",
                heading=pgettext("column", "What was counted"),
                named_by_heading=True,
                min_width=24,
                wrap=True,
                shrink_to=24,
            ),
            *source_columns(report.footnotes),
        ),
        rows=report.totals,
        indent=2,
        tight=True,
    )


def coverage_words(row: Coverage) -> str:
    """What a row of the coverage counts."""
    if row.language:
        return _("titles of events in {language}").format(language=language_name(row.language))
    words: dict[CoverageCode, str] = {
        "dated": _("with a founding date"),
        "to-the-day": _("known to the day"),
        "to-the-month": _("known to the month"),
        "to-the-year": _("known to the year"),
        "dated-by-official": _("by an official source"),
        "with-events": _("with events"),
        "quiet-5-years": _("no event on record for 5 years"),
        "quiet-10-years": _("no event on record for 10 years"),
        "quiet-20-years": _("no event on record for 20 years"),
        "with-exchanges": _("with counted exchanges"),
        "with-official-source": _("with an official source"),
        "with-two-sources": _("with two sources or more"),
    }
    return words[row.code]


def _coverage_cell(row: Coverage) -> Cell:
    if active_language() == "en":
        return row.code
    return coverage_words(row)


def _coverage_label(row: Coverage) -> str:
    words = coverage_words(row)
    if row.part_of:
        return f"  {words}"
    return words


def _of(count: int) -> str:
    return _("of {count}").format(count=grouped(count))


def _coverage_share(row: Coverage) -> str:
    if not row.of:
        return ""
    return f"{row.count / row.of:.0%}"


def _coverage_table(report: StatsReport) -> Table:
    return Table(
        name="coverage",
        title=_("Coverage"),
        columns=(
            Column(name="what", value=_coverage_cell, heading="", text=_coverage_label, min_width=12),
            number_column("count", "", show=grouped, style="number"),
            Column(name="language", codes=LANGUAGE_TAG),
            number_column("of", "", show=_of, style="minor"),
            Column(heading="", text=_coverage_share, align="right", min_width=0),
        ),
        rows=report.coverage,
        indent=2,
        headless=True,
    )
