"""The screen of `check`."""

from collections.abc import Iterator

from sisterline.errors import Problem
from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.language import plural
from sisterline.reports.check import CheckReport
from sisterline.text.cells import truncate, width
from sisterline.text.escape import printable

_BEFORE = 50  # characters of a long line shown before the place
_AFTER = 30


def lines(report: CheckReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it: each problem is one line of any length, so that editors can jump to it."""
    for problem in report.problems:
        yield _told(problem, "warn")
    if report.excerpt:
        yield from _excerpt(report.problems[0], report.excerpt, view)
    for doubt in report.warnings:
        yield _told(doubt, "mark")
    if report.problems or report.warnings:
        counts = [plural(len(report.problems), "problem")] if report.problems else []
        counts += [plural(len(report.warnings), "warning")] if report.warnings else []
        yield ((", ".join(counts), "head"),)
    if not report.problems:
        counts = [plural(report.partnerships, "partnership"), plural(report.events, "event")]
        yield ((f"all is well: {', '.join(counts)}, {plural(report.sources, 'source')}", "head"),)


def _told(problem: Problem, style: str) -> StyledLine:
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    hint = f"; {problem.hint}" if problem.hint else ""
    return (
        (printable(place), "date"),
        (": ", ""),
        (printable(problem.message), style),
        (printable(hint), ""),
    )


def _excerpt(problem: Problem, text: str, view: Viewport) -> Iterator[StyledLine]:
    """The line of a problem with a caret below its column."""
    at = problem.column - 1
    start = max(0, at - _BEFORE)
    left = (view.marks.ellipsis if start else "") + printable(text[start:at])
    right = printable(text[at : at + _AFTER]) + (view.marks.ellipsis if at + _AFTER < len(text) else "")
    number = str(problem.line)
    if view.width is not None:
        # Broken by the terminal, the line would leave the caret below another place: a part of it is shown.
        room = view.width - len(f"  {number} | ")
        after = max(1, min(width(right), max(room // 3, room - width(left))))
        right = truncate(right, after, view.marks.ellipsis)
        if width(left) > room - after:
            while left and width(left) > room - after - width(view.marks.ellipsis):
                left = left[1:]
            left = view.marks.ellipsis + left
    yield ((f"  {number} | ", "dim"), (left + right, ""))
    yield ((f"  {' ' * len(number)} | ", "dim"), (" " * width(left) + "^", "warn"))
