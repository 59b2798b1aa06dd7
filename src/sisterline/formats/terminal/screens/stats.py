"""The screen of `stats`."""

from collections.abc import Callable, Iterator

from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.screens.parts import cite, footnotes, heading, note, spoken, sums_table
from sisterline.formats.terminal.table import Column, bars, table
from sisterline.language import plural
from sisterline.reports.stats import Count, Cross, StatsReport
from sisterline.text.cells import short, width

TOP = 10  # so many rows of a long count are drawn in the overview; `--by` draws all


def lines(report: StatsReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
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
    yield from heading(f" {marks.dot} ".join(parts), view)
    if report.cross:
        yield ()
        yield from _cross(report.cross, view)
    for count in report.counts:
        yield ()
        yield from _count(count, view, TOP if report.coverage else None)
    if report.sums:
        yield ()
        yield (("Exchange sums", "head"),)
        yield from sums_table(report.sums[:TOP], view)
        if len(report.sums) > TOP:
            yield from note(f"{marks.ellipsis} {len(report.sums) - TOP} more: sisterline exchanges", view)
    if report.totals:
        yield ()
        yield from _totals(report, view)
    if report.coverage:
        yield ()
        yield from _coverage(report, view)
    yield from footnotes(report.footnotes, view)


def _count(count: Count, view: Viewport, most: int | None) -> Iterator[StyledLine]:
    yield from heading(count.title, view, "a partnership counts in each of its two" if count.overlaps else "")
    yield from bars([(spoken(row.label, view.marks), row.count) for row in count.rows[:most]], view)
    if most is not None and len(count.rows) > most:
        more = len(count.rows) - most
        yield from note(f"{view.marks.ellipsis} {more} more: sisterline stats --by {count.by}", view)


def _cross(cross: Cross, view: Viewport) -> Iterator[StyledLine]:
    """A table of two things, turned over where it then fits better."""
    if view.width is not None and len(cross.columns) > len(cross.rows) and _need(cross) > view.width:
        turned = tuple(zip(*cross.cells, strict=True))
        cross = Cross(
            (cross.by[1], cross.by[0]),
            cross.columns,
            cross.rows,
            turned,
            cross.column_totals,
            cross.row_totals,
            cross.overlaps,
        )

    def cell(number: int) -> Callable[[tuple[str, tuple[int, ...], int]], str]:
        return lambda row: str(row[1][number] or view.marks.dot)

    columns = [Column(" by ".join(cross.by), lambda row: spoken(row[0], view.marks), least=8)]
    columns += [
        Column(
            spoken(label.replace("-", " "), view.marks), cell(number), "number", "right", weight=1 + number
        )
        for number, label in enumerate(cross.columns)
    ]
    columns.append(Column("all", lambda row: str(row[2]), align="right", least=3))
    yield from table(columns, list(zip(cross.rows, cross.cells, cross.row_totals, strict=True)), view)
    if cross.overlaps:
        yield from note("a partnership counts in each of its two, once under all", view)
    if view.width is not None and _need(cross) > view.width:
        yield from note("not all columns fit here: a wider terminal, a pipe or -f csv has them", view)


def _need(cross: Cross) -> int:
    """The cells that a cross-table takes, near enough."""
    return max(map(width, (*cross.rows, " by ".join(cross.by)))) + sum(
        width(c) + 2 for c in (*cross.columns, "all")
    )


def _totals(report: StatsReport, view: Viewport) -> Iterator[StyledLine]:
    yield from heading("Official totals beside this data set", view)
    ours = f"{report.partnerships:,} {'partnership' if report.partnerships == 1 else 'partnerships'} here"
    yield from note(f"{ours}; each body counts by its own rule", view)
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
        Column("What was counted", lambda total: total.counts, least=24, flows=True, yields=24),
        Column("Source", lambda total: cite(total.sources), "dim", least=4),
    ]
    yield from table(columns, report.totals, view, indent=2)


def _coverage(report: StatsReport, view: Viewport) -> Iterator[StyledLine]:
    yield (("Coverage", "head"),)
    columns = [
        Column("", lambda row: row.label, least=12),
        Column("", lambda row: f"{row.count:,}", "number", "right", least=3),
        Column("", lambda row: f"of {row.of:,}", "dim", "right", least=3),
        Column("", lambda row: f"{row.count / row.of:.0%}" if row.of else "", align="right", least=3),
    ]
    yield from list(table(columns, report.coverage, view, indent=2))[1:]
