"""Problems of data files on a terminal, each with the line that it is in where there is only one."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.text.cells import truncate, width
from sisterline.text.escape import printable
from sisterline.translation import pgettext
from sisterline.views.drawings import Diagnostic, ProblemList

EXCERPT_BEFORE = 50  # characters of a long line shown before the place of a problem
EXCERPT_AFTER = 30


def problem_lines(problems: ProblemList, viewport: Viewport) -> Iterator[StyledLine]:
    """Each problem is one line of any length, so that editors can jump to it."""
    for row in problems.rows:
        problem, hint = row.problem, ""
        if problem.hint:
            hint = pgettext("before the fix of a problem", "; {fix}").format(fix=problem.hint)
        yield (
            (printable(problem.place), "date"),
            (": ", ""),
            _message(row),
            (printable(hint), ""),
        )
        if row.excerpt:
            yield from _excerpt(row, viewport)


def _message(row: Diagnostic) -> StyledText:
    """What is wrong; a word says so where it only deserves a look."""
    message = printable(row.problem.message)
    if row.level == "warning":
        return pgettext("a problem", "warning: {message}").format(message=message), ""
    return message, "alert"


def _excerpt(row: Diagnostic, viewport: Viewport) -> Iterator[StyledLine]:
    """The line of a problem with a caret below its column."""
    ellipsis = viewport.glyphs.ellipsis
    at = row.problem.column - 1
    start = max(0, at - EXCERPT_BEFORE)
    left = printable(row.excerpt[start:at])
    if start:
        left = ellipsis + left
    right = printable(row.excerpt[at : at + EXCERPT_AFTER])
    if at + EXCERPT_AFTER < len(row.excerpt):
        right += ellipsis
    number = str(row.problem.line)
    if viewport.width is not None:
        room = viewport.width - len(f"  {number} | ")
        left, right = _shortened(left, right, room, ellipsis)
    yield ((f"  {number} | ", "minor"), (left + right, ""))
    yield ((f"  {' ' * len(number)} | ", "minor"), (" " * width(left) + "^", "caret"))


def _shortened(left: str, right: str, room: int, ellipsis: str) -> tuple[str, str]:
    """What is shown on both sides of the place: broken by the terminal, the caret would be elsewhere."""
    after = max(1, min(width(right), max(room // 3, room - width(left))))
    right = truncate(right, after, ellipsis)
    if width(left) > room - after:
        while left and width(left) > room - after - width(ellipsis):
            left = left[1:]
        left = ellipsis + left
    return left, right
