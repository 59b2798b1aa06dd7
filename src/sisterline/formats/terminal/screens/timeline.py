"""The screen of `timeline`: headings, dated lines with marks, gaps, today, footnotes."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sisterline.formats.terminal.console import Glyphs, StyledLine, StyledText, Viewport
from sisterline.formats.terminal.screens.parts import (
    ROOMY,
    cite,
    footnotes,
    heading,
    note,
    pair_name,
    place_name,
)
from sisterline.language import ordinal, plural
from sisterline.reports.refs import PartnershipRef, PlaceRef
from sisterline.reports.timeline import Item, TimelineReport
from sisterline.text.cells import pad, short, truncate, width, wrap
from sisterline.text.escape import printable

NARROW = 46  # below this width a date has a line of its own
CLUSTER = 12  # of more partnerships than these, the anniversaries of one year share a line


def lines(report: TimelineReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
    yield from _heading(report, view)
    yield from log(report, view)
    told = {number for item in report.items if item.kind != "anniversary" for number in item.sources}
    yield from footnotes([source for source in report.sources if source.number in told], view)


def log(report: TimelineReport, view: Viewport) -> Iterator[StyledLine]:
    """The items of a timeline, without the heading above and the footnotes below."""
    marks = view.marks
    pairs = {pair.id: printable(pair_name(pair, marks)) for pair in report.partnerships}
    rows = (
        list(_clustered(report, marks))
        if len(pairs) > CLUSTER
        else [(item, item.title) for item in report.items]
    )
    if not rows:
        return
    page = _Page(rows, pairs if len(pairs) > 1 else {}, view)
    rule = "" if view.width is not None and view.width < NARROW else marks.rule * 2
    today: StyledLine = (("  ", ""), (f"{rule} today {report.today} {rule}".strip(), "warn"))
    whole = report.now and len(report.items) == report.matched
    group = None
    # The line of today stands where the items pass it, or at the end that is nearer to it.
    before = True if report.reverse and report.now else rows[0][0].future
    for item, title in rows:
        if item.future != before:
            yield today
        before = item.future
        if item.gap:
            yield (("  ", ""), (" " * page.dates + f"  {marks.gap} {item.gap} years", "dim"))
        if item.group != group:
            group = item.group
            if group:
                yield ((group, "head"),)
        yield from page.lines(item, title)
    if whole and before is report.reverse:
        yield today


def _heading(report: TimelineReport, view: Viewport) -> Iterator[StyledLine]:
    marks = view.marks
    if len(report.partnerships) == 1:
        pair = report.partnerships[0]
        ends = [_whole_name(place, marks) for place in (pair.place, pair.partner)]
        title = f"{ends[0]}  {marks.pair}  {ends[1]}"
        if view.width is None or width(title) <= view.width:
            yield ((title, "head"),)
        else:
            yield from heading(ends[0], view)
            yield from heading(f"{marks.pair}  {ends[1]}", view)
        yield from note(_standing(pair, marks), view, 0)
    else:
        parts = [plural(len(report.partnerships), "partnership"), plural(report.matched, "item")]
        if report.items:
            years = sorted((report.items[0].date[:4], report.items[-1].date[:4]))
            parts.append(f"{years[0]} {marks.dash} {years[1]}")
        yield from heading(f" {marks.dot} ".join(parts), view)
    if report.items:
        yield ()


def _whole_name(place: PlaceRef, marks: Glyphs) -> str:
    where = ", ".join(part for part in (place.region, place.country_name) if part)
    return printable(f"{place_name(place)} {marks.dot} {where}")


def _standing(pair: PartnershipRef, marks: Glyphs) -> str:
    """A partnership's standing in one line: kind, founding, age, next anniversary."""
    kind = (pair.kind or "partnership").replace("-", " ")
    parts = [f"{kind} since {pair.since}" if pair.since else f"{kind}, founding date not known"]
    if pair.status != "active":
        parts.append(pair.status)
    if pair.years is not None:
        parts.append(plural(pair.years, "year"))
    if pair.next:
        on = "on" if len(pair.next.date) >= 10 else "in"
        parts.append(f"next: {ordinal(pair.next.ordinal)} {on} {pair.next.date}")
    return f" {marks.dot} ".join(parts)


class _Page:
    """The columns of a timeline: date, mark and type, pair, title, footnotes."""

    def __init__(self, rows: Sequence[tuple[Item, str]], pairs: dict[str, str], view: Viewport) -> None:
        self.view = view
        self.pairs = pairs
        self.dates = max(10, *(len(short(item.date)) for item, _ in rows))
        self.cites = max(len(_cited(item)) for item, _ in rows)
        if view.width is not None:
            # A few long ones must not take the room of all: they get their own line, or follow the words.
            self.dates = min(self.dates, 16 if view.width >= 80 else 10)
            self.cites = min(self.cites, 8)
        self.types = max((len(item.type) for item, _ in rows if item.ordinal is None), default=0)
        self.column = 0
        if pairs and (view.width is None or view.width >= ROOMY):
            self.column = max(map(width, pairs.values()))
            if view.width is not None:
                self.column = min(self.column, view.width // 4)
        left = (
            2
            + self.dates
            + 4
            + (self.types + 2 if self.types else 0)
            + (self.column + 2 if self.column else 0)
        )
        if view.width is not None and view.width < NARROW:
            left -= self.dates
            self.dates = self.cites = 0
        if view.width is not None and view.width - left - self.cites - 2 < 30:
            left -= self.types + 2 if self.types else 0
            self.types = 0
        self.left = left
        natural = max(width(self._words(item, title)) for item, title in rows)
        self.room = (
            natural
            if view.width is None
            else min(natural, max(8, view.width - left - (self.cites + 2 if self.cites else 0)))
        )

    def _words(self, item: Item, title: str) -> str:
        pair = self.pairs.get(item.partnership, "")
        words = printable(title) if self.column or not pair else f"{pair}: {printable(title)}"
        return f"{words} ({printable(item.notes)})" if item.notes else words

    def lines(self, item: Item, title: str) -> Iterator[StyledLine]:
        """The lines of one item."""
        marks, computed = self.view.marks, item.ordinal is not None
        style = "round" if item.round else "mark"
        mark = marks.due if computed else marks.types.get(item.type, marks.event)
        if item.kind == "founding":
            mark, style = marks.founding, "round"
        elif item.type in ("suspension", "dissolution"):
            style = "warn"
        when = short(item.date)
        if self.view.width is not None and len(when) > self.dates:
            yield from ((("  ", ""), (part, "date")) for part in wrap(when, self.view.width - 2))
            when = ""
        head: list[StyledText] = [
            ("  ", ""),
            (pad(when, self.dates), "date"),
            ("  ", ""),
            (mark, style),
            (" ", ""),
        ]
        words = self._words(item, title)
        words_style = "head" if item.round else "dim" if computed else ""
        if self.types:
            head.append((pad("" if computed else item.type, self.types + 2), "dim"))
        if self.column:
            pair = truncate(self.pairs.get(item.partnership, ""), self.column, marks.ellipsis)
            head.append((pad(pair, self.column + 2), "name"))
        cited = _cited(item)
        if len(cited) > self.cites:
            words, cited = f"{words} {cited}", ""
        first, *rest = [words] if self.view.width is None else wrap(words, self.room)
        # In a pipe the footnotes follow the words: lined up, one long title would push all of them far right.
        space = 2 if self.view.width is None else max(2, self.room - width(first) + 2)
        yield (*head, (first, words_style), *([(" " * space + cited, "dim")] if cited else []))
        yield from (((" " * self.left + line, words_style),) for line in rest)


def _cited(item: Item) -> str:
    """The footnotes of what happened; an anniversary is computed, and its founding cited where it stands."""
    return "" if item.kind == "anniversary" else cite(item.sources)


def _clustered(report: TimelineReport, marks: Glyphs) -> Iterator[tuple[Item, str]]:
    """Items with their titles; the computed anniversaries of one year are told in one."""
    years: dict[tuple[str, bool], dict[int, int]] = {}
    for item in report.items:
        if item.ordinal is not None:
            counts = years.setdefault((item.date[:4], item.future), {})
            counts[item.ordinal] = counts.get(item.ordinal, 0) + 1
    for item in report.items:
        # The line of a year stands where the year begins, as all that is known by its year only.
        if counts := years.pop((item.date[:4], item.future), {}):
            words = f" {marks.dot} ".join(
                f"{ordinal(n)} of {count}" for n, count in sorted(counts.items(), reverse=True)
            )
            yield _summary(item), f"{plural(sum(counts.values()), 'anniversary', 'anniversaries')}: {words}"
            item = replace(item, gap=0)
        if item.ordinal is None:
            yield item, item.title


def _summary(item: Item) -> Item:
    """An item that stands for the anniversaries of its year."""
    return replace(
        item,
        date=item.date[:4],
        kind="anniversary",
        type="anniversary",
        partnership="",
        ordinal=0,
        round=False,
        sources=(),
        notes="",
    )
