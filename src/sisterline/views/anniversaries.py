"""The view of `anniversaries`."""

from sisterline.language import ordinal, plural
from sisterline.reports.anniversaries import AnniversariesReport, AnniversaryRow, Distance
from sisterline.translation import ngettext
from sisterline.views.blocks import Block, Cell, Column, Footnotes, Heading, Paragraph, Table, View
from sisterline.views.columns import cited_numbers, source_ids_column
from sisterline.views.style import Glyphs
from sisterline.views.words import colophon, place_name, shown_of, spaced, unusual_status, without

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_QUALIFIERS = {"~": "about", "?": "perhaps"}


def view(report: AnniversariesReport, glyphs: Glyphs) -> View:
    """One table, the soonest anniversary first."""
    counted = shown_of(len(report.rows), report.matched, "anniversary", "anniversaries")
    heading = Heading(
        parts=(counted, f"{report.first} {glyphs.dash} {report.last}"),
        separator=glyphs.between,
        level=1,
    )
    table = _table(report, glyphs)
    blocks: list[Block] = [heading, table]
    if report.undated:
        remark = without(report.undated, "partnership", "a founding date", ("has none", "have none"))
        blocks.append(Paragraph(parts=(remark,), indent=0))
    if report.left_out:
        remark = ngettext(
            "left out: {count} anniversary known only by year; --within 1y lists it",
            "left out: {count} anniversaries known only by year; --within 1y lists them",
            report.left_out,
        ).format(count=report.left_out)
        blocks.append(Paragraph(parts=(remark,), indent=0))
    blocks.append(Footnotes(report.sources))
    blocks.append(colophon(report.today, ()))
    return View(blocks=tuple(blocks), main=table)


def _table(report: AnniversariesReport, glyphs: Glyphs) -> Table:
    def mark(_: AnniversaryRow) -> str:
        return glyphs.due

    return Table(
        name="anniversaries",
        columns=(
            Column(name="date", heading="When", text=_when, narrow_text=_date, style="date", min_width=0),
            Column(heading="", document_heading="", text=mark, style="mark", min_width=0),
            Column(
                name="ordinal",
                heading="",
                document_heading="Anniversary",
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
                heading="Place",
                text=_place,
                min_width=5,
                shrink_to=18,
            ),
            Column(name="place_native", path="partnership.place.native"),
            Column(
                name="partner",
                path="partnership.partner.name",
                heading="Partner",
                text=_partner,
                min_width=5,
                shrink_to=18,
            ),
            Column(name="partner_native", path="partnership.partner.native"),
            Column(name="away", value=_away_cell, heading="Away", document_heading="", drop_order=1),
            Column(name="since", path="partnership.since", heading="Since", style="date", drop_order=4),
            Column(
                name="kind", path="partnership.kind", heading="Kind", text=_kind, style="dim", drop_order=3
            ),
            Column(
                name="status",
                path="partnership.status",
                heading="Status",
                text=_status,
                style="warn",
                min_width=0,
            ),
            source_ids_column(report.sources),
            Column(heading="Source", cites=cited_numbers, style="dim", drop_order=2),
        ),
        rows=report.rows,
    )


def date_words(when: str) -> str:
    """A date in words where its day is unknown: `in March 2027`, `about 2027`, `perhaps March 2027`."""
    known = when.rstrip("~?")
    qualifier = _QUALIFIERS.get(when[len(known) :], "")
    words = known
    if len(known) == len("2027-03"):
        words = f"{_MONTHS[int(known[5:]) - 1]} {known[:4]}"
    if not qualifier and len(known) < len("2027-03-01"):
        qualifier = "in"
    return f"{qualifier} {words}".lstrip()


def distance_words(distance: Distance) -> str:
    """How far a date is from today: `in 3 months`, `this year`, `2 days ago`."""
    count, unit = distance.count, distance.unit
    if count == 0:
        return "today" if unit == "day" else f"this {unit}"
    if count > 0:
        return f"in {plural(count, unit)}"
    return f"{plural(-count, unit)} ago"


def _when(row: AnniversaryRow) -> str:
    return date_words(row.date)


def _date(row: AnniversaryRow) -> str:
    return row.date


def _ordinal(row: AnniversaryRow) -> str:
    return ordinal(row.ordinal)


def _place(row: AnniversaryRow) -> str:
    return place_name(row.partnership.place)


def _partner(row: AnniversaryRow) -> str:
    return place_name(row.partnership.partner)


def _away_cell(row: AnniversaryRow) -> Cell:
    return distance_words(row.distance)


def _kind(row: AnniversaryRow) -> str:
    return spaced(row.partnership.kind or "")


def _status(row: AnniversaryRow) -> str:
    return unusual_status(row.partnership)
