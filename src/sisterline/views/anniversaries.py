"""The view of `anniversaries`."""

from sisterline.reports.anniversaries import AnniversariesReport, AnniversaryRow
from sisterline.translation import counted, pgettext
from sisterline.views.blocks import Block, Cell, Column, Footnotes, Heading, Paragraph, Table, View
from sisterline.views.columns import cited_numbers, source_ids_column
from sisterline.views.moments import distance_words, due_words, moment
from sisterline.views.style import Glyphs
from sisterline.views.words import colophon, ordinal_words, place_name, shown_of, unusual_status


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
            Column(
                name="date",
                heading=pgettext("column", "When"),
                text=_when,
                narrow_text=_date,
                style="date",
                min_width=0,
            ),
            Column(heading="", document_heading="", text=mark, style="sign", min_width=0),
            Column(
                name="ordinal",
                heading="",
                document_heading=pgettext("column", "Anniversary"),
                text=_ordinal,
                style="round",
                align="right",
                min_width=0,
            ),
            Column(name="days"),
            Column(name="partnership", path="partnership.id"),
            Column(
                name="place",
                path="partnership.place.name",
                heading=pgettext("column", "Place"),
                text=_place,
                min_width=5,
                shrink_to=18,
            ),
            Column(name="place_native", path="partnership.place.native"),
            Column(
                name="partner",
                path="partnership.partner.name",
                heading=pgettext("column", "Partner"),
                text=_partner,
                min_width=5,
                shrink_to=18,
            ),
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
                text=_status,
                codes="status",
                style="alert",
                min_width=0,
            ),
            source_ids_column(report.sources),
            Column(heading=pgettext("column", "Source"), cites=cited_numbers, style="minor", drop_order=2),
        ),
        rows=report.rows,
    )


def _when(row: AnniversaryRow) -> str:
    return due_words(row.date)


def _date(row: AnniversaryRow) -> str:
    return row.date


def _ordinal(row: AnniversaryRow) -> str:
    return ordinal_words(row.ordinal)


def _place(row: AnniversaryRow) -> str:
    return place_name(row.partnership.place)


def _partner(row: AnniversaryRow) -> str:
    return place_name(row.partnership.partner)


def _away_cell(row: AnniversaryRow) -> Cell:
    return distance_words(row.distance)


def _status(row: AnniversaryRow) -> str:
    return unusual_status(row.partnership)
