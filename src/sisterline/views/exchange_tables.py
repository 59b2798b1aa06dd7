"""The tables of exchange records and of their sums."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisterline.dates import abbreviate
from sisterline.text.cells import width
from sisterline.translation import gettext as _
from sisterline.translation import pgettext
from sisterline.views.blocks import Cell, Column, Table
from sisterline.views.columns import date_column, number_column, source_columns
from sisterline.views.groups import distinct_names, group_labels
from sisterline.views.labels import amount, column_label, label
from sisterline.views.words import (
    announced_text,
    estimated,
    exact_and_about,
    grouped_or_blank,
    in_parentheses,
    text_or_blank,
)

if TYPE_CHECKING:
    from sisterline.reports.exchanges import Flow
    from sisterline.reports.refs import PartnershipRef, SourceRef
    from sisterline.reports.sums import Sum
    from sisterline.views.style import Glyphs

SUMS_IN_WORDS = 50  # below this width sums are written in words, as numbers would be cut


def _flow_count(flow: "Flow") -> str:
    return estimated(flow.count, approximate=flow.approximate)


def flows_table(
    rows: Sequence["Flow"],
    partnerships: Sequence["PartnershipRef"],
    sources: Sequence["SourceRef"],
    glyphs: "Glyphs",
    title: str,
) -> Table:
    """Exchange records of partnerships, one per row."""
    both_ways = {
        partnership.id: f"{partnership.place.name} {glyphs.pair} {partnership.partner.name}"
        for partnership in partnerships
    }

    def way(flow: "Flow") -> str:
        if flow.origin:
            return f"{flow.origin} {glyphs.way} {flow.destination}"
        return both_ways[flow.partnership]

    def what(flow: "Flow") -> str:
        words = f"{flow.what}{in_parentheses(flow.notes)}"
        if flow.announced:
            return announced_text(words)
        if not flow.counted:
            return _("{text} (in another count)").format(text=words)
        return words

    def way_and_what(flow: "Flow") -> str:
        return pgettext("an exchange", "{way}: {what}").format(way=way(flow), what=what(flow))

    def sentence(flow: "Flow") -> str:
        return pgettext("an exchange", "{date}  {amount}, {way}: {what}").format(
            date=abbreviate(flow.period),
            amount=amount(_flow_count(flow), flow.unit),
            way=way(flow),
            what=what(flow),
        )

    # Dates and numbers are never cut: where they have no room beside each other, a row is a sentence.
    numbers = (
        [abbreviate(flow.period) for flow in rows],
        [_flow_count(flow) for flow in rows],
        [label("unit", flow.unit) for flow in rows],
    )
    widths = [max(map(width, texts), default=0) for texts in numbers]
    return Table(
        name="exchanges",
        title=title,
        columns=(
            date_column("period", pgettext("column", "When"), show=abbreviate),
            Column(name="from", path="origin"),
            Column(name="to", path="destination"),
            Column(name="what"),
            Column(name="category", codes="category"),
            number_column("count", pgettext("column", "Count"), text=_flow_count, style="number"),
            Column(name="unit", heading=pgettext("column", "Unit"), codes="unit", min_width=0),
            Column(
                heading=pgettext("column", "What"), text=way_and_what, min_width=24, shrink_to=40, wrap=True
            ),
            Column(
                path="category",
                heading=pgettext("column", "Category"),
                codes="category",
                style="minor",
                drop_order=2,
            ),
            Column(name="approximate"),
            Column(name="announced"),
            Column(name="counted"),
            Column(name="partnership"),
            Column(name="notes"),
            *source_columns(sources),
        ),
        rows=rows,
        indent=2,
        sentence=sentence,
        sentence_below=sum(widths) + 42,
    )


def sums_table(rows: Sequence["Sum"], glyphs: "Glyphs", title: str, by: str = "category") -> Table:
    """Sums of exchanges, exact and approximate apart."""
    keys = [row.key for row in rows]
    labels, names = group_labels(keys, by, glyphs), distinct_names(keys)
    by_unit = by == "unit"

    def group(row: "Sum") -> str:
        return labels[row.key]

    def sentence(row: "Sum") -> str:
        counts = exact_and_about(row.exact, row.approximate)
        if not counts:
            counts = _("in another count") if row.excluded else pgettext("remark", "announced")
        unit = label("unit", row.unit)
        if by_unit:
            return pgettext("a sum", "{unit}: {counts}").format(unit=unit, counts=counts)
        return pgettext("a sum", "{group}, {unit}: {counts}").format(
            group=group(row), unit=unit, counts=counts
        )

    def name(row: "Sum") -> Cell:
        return names[row.key]

    def direction(row: "Sum") -> Cell:
        return row.key.direction

    key_columns: tuple[Column, ...] = ()
    if not by_unit:
        codes = "category" if by == "category" else ""
        key_columns = (
            Column(name=by, value=name, codes=codes, heading=column_label(by), text=group, min_width=4),
        )
    if any(row.key.direction for row in rows):
        key_columns += (Column(name="direction" if by != "direction" else "way", value=direction),)
    # Announced counts are rare; a table without any has no room for them.
    announced_heading = ""
    if any(row.announced for row in rows):
        announced_heading = pgettext("column", "Announced")
    return Table(
        name="sums",
        title=title,
        columns=(
            *key_columns,
            Column(name="unit", heading=pgettext("column", "Unit"), codes="unit", min_width=0),
            number_column("exact", pgettext("column", "Exact"), show=grouped_or_blank, style="number"),
            number_column("approximate", pgettext("column", "About"), show=_about_or_blank, style="number"),
            number_column("records", pgettext("column", "Records"), show=text_or_blank, drop_order=1),
            number_column(
                "excluded",
                pgettext("column", "Counted elsewhere"),
                show=text_or_blank,
                style="minor",
                drop_order=2,
            ),
            number_column("announced", announced_heading, show=text_or_blank, style="minor", drop_order=3),
        ),
        rows=rows,
        indent=2,
        sentence=sentence,
        sentence_below=SUMS_IN_WORDS,
    )


def _about_or_blank(count: int) -> str:
    return estimated(count, approximate=True) if count else ""
