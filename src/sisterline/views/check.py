"""The view of `check`."""

from typing import NamedTuple

from sisterline.errors import Problem
from sisterline.language import plural
from sisterline.reports.check import CheckReport
from sisterline.views.blocks import Block, Column, Heading, Table, View
from sisterline.views.drawings import Diagnostic, ProblemList
from sisterline.views.style import Glyphs


class _Row(NamedTuple):
    level: str
    problem: Problem


def view(report: CheckReport, glyphs: Glyphs) -> View:
    """Each problem and warning in a line, then how many there are and what could be read."""
    rows = [_Row("problem", problem) for problem in report.problems]
    rows += [_Row("warning", warning) for warning in report.warnings]
    diagnostics = [_diagnostic(report.excerpt, problem) for problem in report.problems]
    diagnostics += [_diagnostic("", warning, warning=True) for warning in report.warnings]
    blocks: list[Block] = [ProblemList(tuple(diagnostics))]
    counts = [plural(len(report.problems), "problem")] if report.problems else []
    if report.warnings:
        counts.append(plural(len(report.warnings), "warning"))
    if counts:
        blocks.append(Heading(parts=(", ".join(counts),), tight=True))
    if not report.problems:
        found = ", ".join(
            (
                plural(report.partnerships, "partnership"),
                plural(report.events, "event"),
                plural(report.sources, "source"),
            )
        )
        blocks.append(Heading(parts=(f"No problems found: {found}",), tight=True))
    return View(blocks=tuple(blocks), main=_table(rows))


def _diagnostic(excerpt: str, problem: Problem, *, warning: bool = False) -> Diagnostic:
    return Diagnostic(
        level="warning" if warning else "problem",
        place=problem.place,
        message=problem.message,
        hint=problem.hint,
        excerpt=excerpt,
        line=problem.line,
        column=problem.column,
    )


def _table(rows: list[_Row]) -> Table:
    return Table(
        name="problems",
        columns=(
            Column(name="level", heading="Level"),
            Column(name="path", path="problem.path", heading="File"),
            Column(name="line", path="problem.line", heading="Line", align="right"),
            Column(name="column", path="problem.column", heading="Column", align="right"),
            Column(name="message", path="problem.message", heading="Message", wrap=True),
            Column(name="hint", path="problem.hint", heading="Fix", wrap=True),
        ),
        rows=rows,
    )
