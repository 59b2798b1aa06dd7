"""The view of `check --links`."""

from sisterline.errors import Problem
from sisterline.reports.links import LinkRow, LinksReport
from sisterline.text.escape import printable
from sisterline.translation import counted, listed, pgettext, some_of
from sisterline.translation import gettext as _
from sisterline.views.blocks import Block, Cell, Column, Heading, Table, View
from sisterline.views.drawings import Diagnostic, ProblemList
from sisterline.views.labels import label
from sisterline.views.style import Glyphs

_MOST_RECORDS = 3  # that a message names


def view(report: LinksReport, glyphs: Glyphs) -> View:
    """A line per address that is not as it was, then how many there are of each outcome."""
    rows = [_diagnostic(row) for row in report.rows]
    outcome_words = pgettext("an outcome and how often", "{count} {outcome}")
    counts = listed(
        outcome_words.format(count=f"{count:,}", outcome=label("outcome", outcome))
        for outcome, count in sorted(report.outcomes.items())
    )
    parts = [counted("{count} address checked", "{count} addresses checked", report.addresses), counts]
    if report.unlinked:
        parts.append(
            counted(
                "{count} source without an address", "{count} sources without an address", report.unlinked
            )
        )
    blocks: list[Block] = [
        ProblemList(tuple(rows)),
        Heading(parts=tuple(filter(None, parts)), separator=glyphs.between, tight=True),
    ]
    return View(blocks=tuple(blocks), main=_table(report))


def _diagnostic(row: LinkRow) -> Diagnostic:
    """A row as a problem: the source as its place, what came of it, and what to do."""
    return Diagnostic(
        level="problem" if row.outcome == "dead" else "warning",
        problem=Problem(row.source, 0, 0, _message(row), _hint(row)),
    )


def _message(row: LinkRow) -> str:
    """What came of an address, and which records rest on it."""
    outcome, happened, records = (
        label("outcome", row.outcome),
        _what_happened(row),
        some_of(row.records, _MOST_RECORDS),
    )
    if records:
        return _("{outcome}: {happened}, cited by {records}").format(
            outcome=outcome, happened=happened, records=records
        )
    return pgettext("an outcome", "{outcome}: {happened}").format(outcome=outcome, happened=happened)


def _what_happened(row: LinkRow) -> str:
    if row.outcome in ("moved", "redirected"):
        return _("{url} leads to {target}").format(url=row.url, target=row.target)
    answer = row.reason or _("HTTP status {status}").format(status=row.status)
    return pgettext("an address and its answer", "{url}: {answer}").format(url=row.url, answer=answer)


def _hint(row: LinkRow) -> str:
    if row.outcome == "moved":
        return _("write url: {target} if the page is the same").format(target=printable(row.target))
    if row.outcome == "dead" and row.archived:
        return _("the archived copy is {address}").format(address=row.archived)
    if row.outcome == "dead":
        return _("add the address of an archived copy as archived:")
    return ""


def _records(row: LinkRow) -> Cell:
    return " ".join(row.records)


def _table(report: LinksReport) -> Table:
    return Table(
        name="links",
        columns=(
            Column(name="source", heading=pgettext("column", "Source")),
            Column(name="outcome", heading=pgettext("column", "Outcome"), codes="outcome"),
            Column(name="status", heading=pgettext("column", "Status"), align="right"),
            Column(name="url", heading=pgettext("column", "Address"), wrap=True),
            Column(name="target", heading=pgettext("column", "Leads to"), wrap=True),
            Column(name="reason", heading=pgettext("column", "Reason"), wrap=True),
            Column(name="archived", heading=pgettext("column", "Archived copy"), wrap=True),
            Column(name="records", value=_records, heading=pgettext("column", "Cited by"), wrap=True),
        ),
        rows=report.rows,
    )
