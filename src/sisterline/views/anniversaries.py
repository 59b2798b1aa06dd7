"""The view of `anniversaries`."""

from sisterline.reports.anniversaries import AnniversariesReport, AnniversaryRow
from sisterline.translation import counted, pgettext
from sisterline.views.blocks import Block, Cell, Column, Footnotes, Heading, Paragraph, Table, View
from sisterline.views.columns import date_column, place_column, source_columns
from sisterline.views.moments import distance_words, due_words, moment
from sisterline.views.style import Glyphs
from sisterline.views.words import colophon, ordinal_words, shown_of, unusual_status


def view(report: AnniversariesReport, glyphs: Glyphs) -> View:
    """One table, the soonest anniversary first."""
    everything = counted("{count} anniversary", "{count} anniversaries", report.matched)
    shown = shown_of(len(report.rows), report.matched, everything)
    days = pgettext("days of a report", "{first} {dash} {last}").format(
        first=moment(report.first), dash=glyphs.dash, last=moment(report.last)
    )
    heading = Heading(parts=(shown, days), separator=glyphs.between, level=1)
    table = _table(report, glyphs)
    blocks: list[Block] = [heading, table]
    if report.undated:
        remark = counted(
            "{count} partnership without a founding date has none",
            "{count} partnerships without a founding date have none",
            report.undated,
        )
        blocks.append(Paragraph(parts=(remark,), indent=0))
    if report.left_out:
        remark = counted(
            "left out: {count} anniversary known only by year; --within 1y lists it",
            "left out: {count} anniversaries known only by year; --within 1y lists them",
            report.left_out,
        )
        blocks.append(Paragraph(parts=(remark,), indent=0))
    blocks.append(Footnotes(report.sources))
    blocks.append(colophon(report.today, ()))
    return View(blocks=tuple(blocks), main=table, counted=shown)


def _table(report: AnniversariesReport, glyphs: Glyphs) -> Table:
    def mark(_: AnniversaryRow) -> str:
        return glyphs.due

    return Table(
        name="anniversaries",
        columns=(
            date_column("date", pgettext("column", "When"), show=due_words, value_where_narrow=True),
            Column(heading="", document_heading="", text=mark, style="sign", min_width=0),
            Column(
                name="ordinal",
                heading="",
                document_heading=pgettext("column", "Anniversary"),
                show=ordinal_words,
                style="round",
                align="right",
                min_width=0,
            ),
            Column(name="days"),
            Column(name="partnership", path="partnership.id"),
            place_column("place", pgettext("column", "Place"), of="partnership", shrink_to=18),
            Column(name="place_native", path="partnership.place.native"),
            place_column("partner", pgettext("column", "Partner"), of="partnership", shrink_to=18),
            Column(name="partner_native", path="partnership.partner.native"),
            Column(
                name="away",
                value=_away_cell,
                heading=pgettext("column", "Away"),
                document_heading="",
                drop_order=1,
            ),
            Column(
                name="since",
                path="partnership.since",
                heading=pgettext("column", "Since"),
                style="date",
                drop_order=4,
            ),
            Column(
                name="kind",
                path="partnership.kind",
                heading=pgettext("column", "Kind"),
                codes="kind",
                style="minor",
                drop_order=3,
            ),
            Column(
                name="status",
                path="partnership.status",
                heading=pgettext("column", "Status"),
                show=unusual_status,
                codes="status",
                style="alert",
                min_width=0,
            ),
            *source_columns(report.sources, drop_order=2),
        ),
        rows=report.rows,
    )


def _away_cell(row: AnniversaryRow) -> Cell:
    return distance_words(row.distance)
