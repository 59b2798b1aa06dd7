"""The rows of panes with a cursor: partnerships, lanes, anniversaries, each laid out when it is seen."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sisterline.explore.exploration import Exploration
from sisterline.formats.terminal.console import StyledLine, StyledText, Viewport
from sisterline.formats.terminal.lanes import LEAST_DIGITS, LaneLayout, lane_layout
from sisterline.query.ranges import planning_range
from sisterline.reports.anniversaries import AnniversariesReport, anniversaries_report
from sisterline.reports.chart import Lane, axis_of, eras_between, lane_of
from sisterline.reports.refs import Citations, RefBuilder
from sisterline.text.cells import pad, truncate
from sisterline.text.escape import printable
from sisterline.translation import pgettext
from sisterline.views.moments import distance_words
from sisterline.views.roles import Role
from sisterline.views.style import Glyphs
from sisterline.views.words import next_words, ordinal_words, place_name, text_or_blank, unusual_status

LABEL = 40  # cells of the names of a lane, at most
DUE_WITHIN = "12m"  # the anniversaries that are shown, as `anniversaries` has them by default


class Rows(Protocol):
    """Rows under a head, of which a pane asks for those that it shows.

    Attributes:
        count: how many there are.
    """

    count: int

    def head(self, cells: int) -> StyledLine:
        """The line above the rows in a pane of some cells."""
        ...

    def line(self, row: int, cells: int) -> StyledLine:
        """A row, counted from 0."""
        ...

    def number(self, row: int) -> int:
        """The number of the partnership that a row is about."""
        ...


class _Column(NamedTuple):
    """How the texts of a column are laid out.

    Attributes:
        size: cells; 0 for a share of what the others leave.
        style: of its texts.
        right: whether they are aligned to the right.
        least: cells of a pane below which the column is left out.
    """

    size: int = 0
    style: Role = ""
    right: bool = False
    least: int = 0


_LIST = (
    _Column(11, "date"),
    _Column(),
    _Column(),
    _Column(10, "alert", least=64),
    _Column(19, least=92),
    _Column(6, "number", right=True),
)
_DUE = (
    _Column(11, "date"),
    _Column(6, "round", right=True),
    _Column(),
    _Column(),
    _Column(12, "minor", least=64),
)


class ListRows:
    """A partnership a row."""

    def __init__(self, exploration: Exploration) -> None:
        self._exploration = exploration
        self._glyphs = exploration.asked.glyphs
        self.count = len(exploration.shown)

    def head(self, cells: int) -> StyledLine:
        """The names of the columns."""
        names = (
            pgettext("column", "Since"),
            pgettext("column", "Place"),
            pgettext("column", "Partner"),
            pgettext("column", "Status"),
            pgettext("column", "Next"),
            pgettext("column", "Events"),
        )
        return _as_head(_laid_out(_LIST, names, cells, self._glyphs))

    def line(self, row: int, cells: int) -> StyledLine:
        """A partnership."""
        ref = self._exploration.ref(self.number(row))
        texts = (
            ref.since or self._glyphs.dash,
            place_name(ref.place),
            place_name(ref.partner),
            unusual_status(ref.status),
            next_words(ref.next) if ref.next else "",
            text_or_blank(ref.events),
        )
        return _laid_out(_LIST, texts, cells, self._glyphs)

    def number(self, row: int) -> int:
        """The partnership of a row."""
        return self._exploration.shown[row]


class ChartRows:
    """A lane a row, all on one axis of years.

    Attributes:
        years: the first and the last of the axis.
        eras: what is shaded behind the lanes.
    """

    def __init__(self, exploration: Exploration, years: tuple[int, int]) -> None:
        self._exploration = exploration
        self._glyphs = exploration.asked.glyphs
        self._refs = RefBuilder(exploration.dataset, exploration.asked.today, exploration.language)
        self.years = years
        cited = Citations(exploration.dataset, exploration.language)
        self.eras = tuple(eras_between(exploration.dataset, *years, exploration.language, cited))
        self.count = len(exploration.shown)

    def head(self, cells: int) -> StyledLine:
        """The axis."""
        return self.layout(cells).head(pgettext("above numbers of events", "events"))

    def line(self, row: int, cells: int) -> StyledLine:
        """A lane."""
        return self.layout(cells).line(self.lane(row))

    def number(self, row: int) -> int:
        """The partnership of a row."""
        return self._exploration.shown[row]

    def lane(self, row: int) -> Lane:
        """The lane of a row."""
        selected = self._exploration.selected((self.number(row),))
        partnership = selected.partnerships[0]
        return lane_of(self._refs, partnership, selected.history(partnership))

    def layout(self, cells: int) -> LaneLayout:
        """Where things are in a pane of some cells."""
        viewport = Viewport(cells, self._glyphs, colors=self._exploration.asked.colors)
        return lane_layout(self.years, viewport, label=LABEL, digits=LEAST_DIGITS, eras=self.eras)


class DueRows:
    """An anniversary a row, the soonest first.

    Attributes:
        report: what `anniversaries` reports of the partnerships that are shown.
    """

    def __init__(self, exploration: Exploration) -> None:
        self._glyphs = exploration.asked.glyphs
        self._numbers = {exploration.partnership(number).id: number for number in exploration.shown}
        self.report = due_report(exploration)
        self.count = len(self.report.rows)

    def head(self, cells: int) -> StyledLine:
        """The names of the columns."""
        names = (
            pgettext("column", "When"),
            "",
            pgettext("column", "Place"),
            pgettext("column", "Partner"),
            pgettext("column", "Away"),
        )
        return _as_head(_laid_out(_DUE, names, cells, self._glyphs))

    def line(self, row: int, cells: int) -> StyledLine:
        """An anniversary."""
        due = self.report.rows[row]
        ref = due.partnership
        texts = (
            due.date,
            ordinal_words(due.ordinal),
            place_name(ref.place),
            place_name(ref.partner),
            distance_words(due.distance),
        )
        return _laid_out(_DUE, texts, cells, self._glyphs)

    def number(self, row: int) -> int:
        """The partnership of a row."""
        return self._numbers[self.report.rows[row].partnership.id]


def chart_years(exploration: Exploration) -> tuple[int, int]:
    """The first and the last year of all that the call selected: the axis stays while somebody searches."""
    return axis_of(exploration.dataset.textless, exploration.asked.today)


def due_report(exploration: Exploration) -> AnniversariesReport:
    """The anniversaries of the partnerships that are shown, in the months to come."""
    today = exploration.asked.today
    days = planning_range(today, within=DUE_WITHIN, year=None, first=None, last=None)
    return anniversaries_report(
        exploration.dataset, exploration.selected(), days, today, language=exploration.language
    )


def _laid_out(columns: Sequence[_Column], texts: Sequence[str], cells: int, glyphs: Glyphs) -> StyledLine:
    """Texts in their columns, with a space between two."""
    kept = [(column, text) for column, text in zip(columns, texts, strict=True) if not cells < column.least]
    fixed = sum(column.size for column, _text in kept) + len(kept) - 1
    sharing = [column for column, _text in kept if not column.size]
    share = max(4, (cells - fixed) // max(1, len(sharing)))
    line: list[StyledText] = []
    for column, text in kept:
        size = column.size or share
        text = truncate(printable(text), size, glyphs.ellipsis)
        if column.right:
            text = pad(text, size, "right")
        line.append((pad(text, size), column.style))
        line.append((" ", ""))
    return tuple(line[:-1])


def _as_head(line: StyledLine) -> StyledLine:
    """A line of headings; the blanks between them are not underlined."""
    head: list[StyledText] = []
    for text, _role in line:
        word = text.strip()
        before, _, after = text.partition(word) if word else (text, "", "")
        head += [(before, ""), (word, "column"), (after, "")]
    return tuple(head)
