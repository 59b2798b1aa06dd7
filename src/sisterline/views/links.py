"""The view of `check --links`."""

from sisterline.language import plural
from sisterline.reports.links import LinkRow, LinksReport
from sisterline.text.escape import printable
from sisterline.views.blocks import Block, Cell, Column, Heading, Table, View
from sisterline.views.drawings import Diagnostic, ProblemList
from sisterline.views.style import Glyphs

_MOST_RECORDS = 3  # that a message names


def view(report: LinksReport, glyphs: Glyphs) -> View:
    """A line per address that is not as it was, then how many there are of each outcome."""
    rows = [_diagnostic(row) for row in report.rows]
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(report.outcomes.items()))
    parts = [f"{plural(report.addresses, 'address', 'addresses')} checked", counts]
    if report.unlinked:
        parts.append(f"{plural(report.unlinked, 'source')} without an address")
    blocks: list[Block] = [
        ProblemList(tuple(rows)),
        Heading(parts=tuple(filter(None, parts)), separator=f" {glyphs.dot} ", tight=True),
    ]
    return View(blocks=tuple(blocks), main=_table(report))


def _diagnostic(row: LinkRow) -> Diagnostic:
    """A row as a problem: the source as its place, what came of it, and what to do."""
    return Diagnostic(
        level="problem" if row.outcome == "dead" else "warning",
        place=row.source,
        message=f"{row.outcome}: {_what_happened(row)}{_cited_by(row)}",
        hint=_hint(row),
        excerpt="",
        line=0,
        column=0,
    )


def _what_happened(row: LinkRow) -> str:
    answer = row.reason or f"HTTP status {row.status}"
    if row.outcome in ("moved", "redirected"):
        return f"{row.url} leads to {row.target}"
    return f"{row.url}: {answer}"


def _cited_by(row: LinkRow) -> str:
    """The records that rest on it, the first few by name."""
    if not row.records:
        return ""
    named = ", ".join(row.records[:_MOST_RECORDS])
    if len(row.records) > _MOST_RECORDS:
        named += f" and {len(row.records) - _MOST_RECORDS} more"
    return f", cited by {named}"


def _hint(row: LinkRow) -> str:
    if row.outcome == "moved":
        return f"write url: {printable(row.target)} if the page is the same"
    if row.outcome == "dead" and row.archived:
        return f"the archived copy is {row.archived}"
    if row.outcome == "dead":
        return "add the address of an archived copy as archived:"
    return ""


def _records(row: LinkRow) -> Cell:
    return " ".join(row.records)


def _table(report: LinksReport) -> Table:
    return Table(
        name="links",
        columns=(
            Column(name="source", heading="Source"),
            Column(name="outcome", heading="Outcome"),
            Column(name="status", heading="Status", align="right"),
            Column(name="url", heading="Address", wrap=True),
            Column(name="target", heading="Leads to", wrap=True),
            Column(name="reason", heading="Reason", wrap=True),
            Column(name="archived", heading="Archived copy", wrap=True),
            Column(name="records", value=_records, heading="Cited by", wrap=True),
        ),
        rows=report.rows,
    )
