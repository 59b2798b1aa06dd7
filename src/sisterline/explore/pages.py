"""The texts of the explorer: the page of a partnership, the events of some years, the figures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sisterline.dates import Date
from sisterline.explore.exploration import Exploration
from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.page import Page
from sisterline.query.ranges import DayRange
from sisterline.query.selection import NamedSelection, Selection, SelectionResult
from sisterline.reports.base import Report
from sisterline.reports.refs import SourceRef
from sisterline.reports.show import ShowReport, show_report
from sisterline.reports.stats import StatsReport, stats_report
from sisterline.reports.timeline import TimelineReport, timeline_report
from sisterline.text.escape import printable
from sisterline.views import view_of
from sisterline.views.blocks import Block, Fact, Facts, Footnotes
from sisterline.views.drawings import LogEntry
from sisterline.views.style import Glyphs
from sisterline.views.words import founding_words, place_name, source_words

_CITED = re.compile(r"\[(\d+)\]")


class Text(NamedTuple):
    """A report laid out for a pane.

    Attributes:
        report: what it shows.
        lines: of it.
        subjects: the fact or the entry of a history that each line shows, or None.
        sources: the footnotes.
    """

    report: Report
    lines: Sequence[StyledLine]
    subjects: Sequence[Fact | LogEntry | None]
    sources: tuple[SourceRef, ...]


def partnership_report(exploration: Exploration, number: int) -> ShowReport:
    """What `show` reports of a partnership."""
    selected = exploration.selected((number,))
    return show_report(
        exploration.dataset,
        NamedSelection(places=selected.partnerships[0].between, selected=selected),
        exploration.asked.selection,
        exploration.asked.today,
        language=exploration.language,
    )


def partnership_page(exploration: Exploration, number: int, cells: int) -> Text:
    """The page of a partnership, for a pane of some cells."""
    report = partnership_report(exploration, number)
    blocks = view_of(report, exploration.asked.glyphs).blocks
    return _laid_out(report, _history_first(blocks), report.sources, cells, exploration.asked.glyphs)


def _history_first(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks of a page with the facts of its two places below the history, which people came for."""
    places = [block for block in blocks if isinstance(block, Facts) and block.level > 1]
    for block in blocks:
        if isinstance(block, Footnotes):
            yield from places
        if block not in places:
            yield block


def years_page(exploration: Exploration, number: int, years: range, cells: int) -> Text:
    """The events of a partnership that began in some years: what a sign of its lane means."""
    selected = exploration.selected((number,))
    partnership = selected.partnerships[0]
    events = tuple(event for event in partnership.events if event.date.anchor.year in years)
    part = replace(partnership, events=events)
    report: TimelineReport = timeline_report(
        exploration.dataset,
        SelectionResult((part,), (), {partnership.id: selected.history(partnership)}),
        Selection(dated=DayRange(Date(years[0]).first_day, Date(years[-1]).day_after)),
        exploration.asked.today,
        language=exploration.language,
        every=0,
        group="year",
    )
    blocks = view_of(report, exploration.asked.glyphs).blocks
    return _laid_out(report, blocks, report.sources, cells, exploration.asked.glyphs)


def figures_report(exploration: Exploration) -> StatsReport:
    """What `stats` reports of the partnerships that are shown."""
    return stats_report(*exploration.part_shown(), language=exploration.language)


def figures_page(exploration: Exploration, cells: int) -> Text:
    """The figures of the partnerships that are shown, for a pane of some cells."""
    report = figures_report(exploration)
    blocks = view_of(report, exploration.asked.glyphs).blocks
    return _laid_out(report, blocks, report.footnotes, cells, exploration.asked.glyphs)


def _laid_out(
    report: Report, blocks: Iterable[Block], sources: tuple[SourceRef, ...], cells: int, glyphs: Glyphs
) -> Text:
    page = Page(Viewport(cells, glyphs), "short")
    lines: list[StyledLine] = []
    subjects: list[Fact | LogEntry | None] = []
    for line in page.lines(blocks):
        lines.append(line)
        subjects.append(page.subject if line else None)
    return Text(report, lines, subjects, sources)


# --- what is copied -------------------------------------------------------------------------------


def fact_to_copy(text: Text, line: int) -> str:
    """The fact that a line shows, with the sources that it cites, or the line itself."""
    subject = text.subjects[line]
    if isinstance(subject, Fact):
        said, cites = f"{subject.label}: {subject.text}", subject.cites
    elif isinstance(subject, LogEntry):
        said, cites = f"{subject.date} {subject.text}", subject.cites
    else:
        said = "".join(part for part, _style in text.lines[line]).strip()
        cites = tuple(int(number) for number in _CITED.findall(said))
    return _with_sources(said, (source for source in text.sources if source.number in cites))


def row_to_copy(exploration: Exploration, number: int) -> str:
    """A partnership in words, with the sources of its founding."""
    ref = exploration.ref(number)
    report = partnership_report(exploration, number)
    dash = exploration.asked.glyphs.dash
    said = f"{place_name(ref.place)} {dash} {place_name(ref.partner)}, {founding_words(ref)}"
    cites = report.partnerships[0].sources
    return _with_sources(said, (source for source in report.sources if source.number in cites))


def _with_sources(said: str, sources: Iterable[SourceRef]) -> str:
    """Words with their sources, one per line; nothing in them acts on what they are pasted into."""
    named = (f"{source_words(source)} {source.url}".rstrip() for source in sources)
    return "\n".join(map(printable, (said, *named)))
