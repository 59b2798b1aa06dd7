"""The view of `timeline`: a history with headings, gaps, today and footnotes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sisterline.dates import abbreviate
from sisterline.language import ordinal
from sisterline.reports.refs import DEFAULT_EVERY, PartnershipRef, PlaceRef, SourceRef
from sisterline.reports.show import ShowReport
from sisterline.reports.steps import CLUSTER_FROM
from sisterline.reports.timeline import Grouping, Item, TimelineReport
from sisterline.translation import counted, ngettext, pgettext
from sisterline.translation import gettext as _
from sisterline.views.blocks import (
    Block,
    Cell,
    Column,
    Footnotes,
    Heading,
    Paragraph,
    Table,
    View,
    count_line,
)
from sisterline.views.columns import source_ids_column
from sisterline.views.drawings import Log, LogEntry
from sisterline.views.groups import decade_label, year_label
from sisterline.views.labels import label
from sisterline.views.moments import moment
from sisterline.views.roles import Role
from sisterline.views.style import Glyphs
from sisterline.views.words import (
    announced_text,
    colophon,
    founding_words,
    in_parentheses,
    next_words,
    pair_name,
    partnerships_words,
    place_name,
    shown_of,
    where,
    years_words,
)


def view(report: TimelineReport, glyphs: Glyphs) -> View:
    """A title, the history and the sources that it cites."""
    blocks = _headings(report, glyphs)
    log = history(
        report.items,
        report.partnerships,
        glyphs,
        today=report.today,
        group=report.group,
        reverse=report.reverse,
        includes_today=report.includes_today,
        chronological=report.chronological,
        complete=len(report.items) == report.matched,
    )
    shown = _items_shown(report)
    if log.entries:
        blocks.append(log)
        if len(report.partnerships) == 1:  # the heading of several says it
            blocks.append(count_line(shown, indent=2, tight=False))
        blocks += step_note(report)
    blocks.append(Footnotes(report.sources))
    blocks.append(colophon(report.today, (item.date for item in report.items)))
    main = items_table(report.items, report.partnerships, report.sources)
    return View(blocks=tuple(blocks), main=main, counted=shown)


def step_note(report: TimelineReport | ShowReport) -> list[Block]:
    """That a history has fewer anniversaries than usual, where nobody asked for fewer."""
    if not report.every_chosen or report.every == DEFAULT_EVERY:
        return []
    note = _("every {nth} past anniversary").format(nth=ordinal(report.every), n=report.every)
    return [Paragraph(parts=(note,), hint=_("--every 1 for all"))]


def _items_shown(report: TimelineReport) -> str:
    everything = counted("{count} item", "{count} items", report.matched)
    return shown_of(len(report.items), report.matched, everything)


def items_table(
    items: Sequence[Item], partnerships: Sequence[PartnershipRef], sources: Sequence[SourceRef]
) -> Table:
    """The items of a history for programs."""
    by_id = {partnership.id: partnership for partnership in partnerships}

    def title(item: Item) -> Cell:
        return item_title(item)

    def place(item: Item) -> Cell:
        return by_id[item.partnership].place.name

    def partner(item: Item) -> Cell:
        return by_id[item.partnership].partner.name

    return Table(
        name="timeline",
        title=_("Timeline"),
        columns=(
            Column(name="date", heading=pgettext("column", "Date")),
            Column(name="kind", heading=pgettext("column", "Kind"), codes="item kind"),
            Column(name="type", heading=pgettext("column", "Type"), codes="event type"),
            Column(name="title", value=title, heading=pgettext("column", "Title"), wrap=True),
            Column(name="partnership", heading=pgettext("column", "Partnership")),
            Column(name="place", value=place, heading=pgettext("column", "Place")),
            Column(name="partner", value=partner, heading=pgettext("column", "Partner")),
            Column(name="ordinal", heading=pgettext("column", "Ordinal"), align="right"),
            Column(name="announced"),
            Column(name="notes", heading=pgettext("column", "Notes"), wrap=True),
            source_ids_column(sources),
        ),
        rows=items,
    )


def item_title(item: Item) -> str:
    """What an item of a history says."""
    if item.ordinal is not None:
        message = _("{nth} anniversary")
        if item.suspended:
            message = _("{nth} anniversary (suspended)")
        return message.format(nth=ordinal(item.ordinal), n=item.ordinal)
    if item.title or item.kind == "event":
        return item.title
    if item.basis:
        return _("Founded ({basis})").format(basis=item.basis)
    return _("Founded")


# --- headings -------------------------------------------------------------------------------------


def _headings(report: TimelineReport, glyphs: Glyphs) -> list[Block]:
    if len(report.partnerships) == 1:
        partnership = report.partnerships[0]
        place = _place_and_region(partnership.place, glyphs)
        partner = _place_and_region(partnership.partner, glyphs)
        return [
            Heading(parts=(place, f"{glyphs.pair}  {partner}"), separator="  ", level=1),
            Paragraph(parts=_standing(partnership), separator=glyphs.between, indent=0, tight=True),
        ]
    parts = [partnerships_words(len(report.partnerships)), _items_shown(report)]
    if report.items:
        years = [item.date.removeprefix("../")[:4] for item in report.items]
        parts.append(_years(min(years), max(years), glyphs))
    return [Heading(parts=tuple(parts), separator=glyphs.between, level=1)]


def _years(first: str, last: str, glyphs: Glyphs) -> str:
    if first == last:
        return year_label(first)
    message = pgettext("years of a history", "{first} {dash} {last}")
    return message.format(first=first, dash=glyphs.dash, last=last)


def _place_and_region(place: PlaceRef, glyphs: Glyphs) -> str:
    around = where(tuple(filter(None, (place.region, place.country_name))))
    message = _("{place} · {where}").replace("·", glyphs.dot)
    return message.format(place=place_name(place), where=around)


def _standing(partnership: PartnershipRef) -> tuple[str, ...]:
    """Kind and founding, status, age and next anniversary."""
    parts = [founding_words(partnership)]
    if partnership.status != "active":
        parts.append(label("status", partnership.status))
    if partnership.years is not None:
        parts.append(years_words(partnership.years))
    if partnership.next:
        parts.append(next_words(partnership.next))
    return tuple(parts)


# --- the history ----------------------------------------------------------------------------------


class _Line(NamedTuple):
    """An item with its title, or a summary of several anniversaries."""

    item: Item
    title: str
    date: str
    gap: int
    about: str
    summary: bool = False


def history(
    items: Sequence[Item],
    partnerships: Sequence[PartnershipRef],
    glyphs: Glyphs,
    *,
    today: str,
    group: Grouping = "decade",
    reverse: bool = False,
    includes_today: bool = True,
    chronological: bool = True,
    complete: bool = True,
) -> Log:
    """The lines of a history.

    Args:
        items: in order.
        partnerships: those that the items are about.
        glyphs: to draw with.
        today: as ISO 8601.
        group: what the lines are grouped by.
        reverse: whether the newest come first.
        includes_today: whether the range of time that was asked for includes today.
        chronological: whether the items are in the order of time: only there anniversaries share a line, and
            today has one.
        complete: whether no item was left out at the end.
    """
    names = {partnership.id: pair_name(partnership, glyphs) for partnership in partnerships}
    lines = _single(items, names)
    if len(names) > CLUSTER_FROM and chronological:
        lines = _clustered(items, names, glyphs)
    entries = tuple(_entry(line, group, glyphs, several=len(names) > 1) for line in lines)
    if not chronological:
        entries = tuple(replace(entry, future=False) for entry in entries)
    first_is_future = bool(entries) and entries[0].future
    above = reverse and includes_today
    last_is_future = bool(entries) and entries[-1].future
    return Log(
        title=_("History"),
        entries=entries,
        today=_("today {date}").format(date=moment(today)),
        today_first=above or first_is_future,
        today_last=includes_today and complete and last_is_future is reverse,
    )


def _single(items: Sequence[Item], names: dict[str, str]) -> Iterator[_Line]:
    for item in items:
        yield _Line(item, item_title(item), abbreviate(item.date), item.gap, names[item.partnership])


def _clustered(items: Sequence[Item], names: dict[str, str], glyphs: Glyphs) -> Iterator[_Line]:
    """Lines in which the computed anniversaries of one year are one."""
    years: dict[tuple[str, bool], dict[int, int]] = {}
    for item in items:
        if item.ordinal is not None:
            counts = years.setdefault(_year(item), {})
            counts[item.ordinal] = counts.get(item.ordinal, 0) + 1
    for item in items:
        # The line of a year is where the year begins, as everything that is known by its year only.
        gap = item.gap
        if counts := years.pop(_year(item), {}):
            yield _Line(item, _summary(counts, glyphs), item.date[:4], gap, "", summary=True)
            gap = 0
        if item.ordinal is None:
            yield _Line(item, item_title(item), abbreviate(item.date), gap, names[item.partnership])


def _year(item: Item) -> tuple[str, bool]:
    return item.date[:4], item.future


def _summary(counts: dict[int, int], glyphs: Glyphs) -> str:
    """How many anniversaries of each ordinal a year has."""
    part = _("{nth} of {count}")
    parts = [
        part.format(nth=ordinal(number), n=number, count=count)
        for number, count in sorted(counts.items(), reverse=True)
    ]
    total = sum(counts.values())
    message = ngettext("{count} anniversary: {list}", "{count} anniversaries: {list}", total)
    return message.format(count=f"{total:,}", list=glyphs.between.join(parts))


def _group(date: str, group: Grouping) -> str:
    if group == "year":
        return year_label(date[:4])
    if group == "decade":
        return decade_label(f"{date[:3]}0")
    return ""


def _entry(line: _Line, group: Grouping, glyphs: Glyphs, *, several: bool) -> LogEntry:
    item = line.item
    # A computed anniversary cites nothing: its founding is cited where it is.
    text, event_type = line.title, ""
    text_style: Role = "minor"
    cites: tuple[int, ...] = ()
    computed = line.summary or item.ordinal is not None
    if not computed:
        if item.announced:
            text = announced_text(text)
        text += in_parentheses(item.notes)
        event_type, cites, text_style = label("event type", item.type), item.sources, ""
    mark, style = _mark(item, glyphs, computed=computed)
    if item.round and not line.summary:
        style, text_style = "founding", "round"
    gap = about = ""
    if line.gap:
        gap = f"{glyphs.gap} {years_words(line.gap)}"
    if several:
        about = line.about
    return LogEntry(
        date=line.date,
        group=_group(item.date.removeprefix("../"), group),
        gap=gap,
        mark=mark,
        style=style,
        type=event_type,
        about=about,
        text=text,
        text_style=text_style,
        cites=cites,
        future=item.future,
    )


def _mark(item: Item, glyphs: Glyphs, *, computed: bool) -> tuple[str, Role]:
    """The sign of an item, and its role."""
    if computed:
        return glyphs.due, "sign"
    if item.announced:
        return glyphs.announced, "sign"
    if item.kind == "founding":
        return glyphs.founding, "founding"
    mark = glyphs.types.get(item.type, glyphs.event)
    if item.type in ("suspension", "dissolution"):
        return mark, "ended"
    return mark, "sign"
