"""The view of `check`."""

from sisterline.reports.check import CheckReport
from sisterline.translation import gettext as _
from sisterline.translation import listed, pgettext
from sisterline.views.blocks import Block, Column, Heading, Table, View
from sisterline.views.drawings import Diagnostic, ProblemList
from sisterline.views.style import Glyphs
from sisterline.views.words import (
    events_words,
    partnerships_words,
    problems_words,
    sources_words,
    warnings_words,
)


def view(report: CheckReport, glyphs: Glyphs) -> View:
    """Each problem and warning in a line, then how many there are and what could be read."""
    rows = [
        Diagnostic(level="problem", problem=problem, excerpt=report.excerpt) for problem in report.problems
    ]
    rows += [Diagnostic(level="warning", problem=warning) for warning in report.warnings]
    blocks: list[Block] = [ProblemList(tuple(rows))]
    counts = [problems_words(len(report.problems))] if report.problems else []
    if report.warnings:
        counts.append(warnings_words(len(report.warnings)))
    if counts:
        blocks.append(Heading(parts=(listed(counts),), tight=True))
    if not report.problems:
        found = listed(
            (
                partnerships_words(report.partnerships),
                events_words(report.events),
                sources_words(report.sources),
            )
        )
        words = _("No problems found: {list}").format(list=found)
        blocks.append(Heading(parts=(words,), tight=True))
    return View(blocks=tuple(blocks), main=_table(rows))


def _table(rows: list[Diagnostic]) -> Table:
    return Table(
        name="problems",
        columns=(
            Column(name="level", heading=pgettext("column of problems", "Level"), codes="severity"),
            Column(name="path", path="problem.path", heading=pgettext("column", "File")),
            Column(name="line", path="problem.line", heading=pgettext("column", "Line"), align="right"),
            Column(name="column", path="problem.column", heading=pgettext("column", "Column"), align="right"),
            Column(name="message", path="problem.message", heading=pgettext("column", "Message"), wrap=True),
            Column(name="hint", path="problem.hint", heading=pgettext("column", "Fix"), wrap=True),
        ),
        rows=rows,
    )
