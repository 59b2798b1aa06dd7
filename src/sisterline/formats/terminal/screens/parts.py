"""What several screens are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sisterline.formats.terminal.table import SPACE, Column, table
from sisterline.language import ordinal
from sisterline.text.cells import pad, short, width, wrap
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sisterline.formats.terminal.console import Glyphs, StyledLine, StyledText, Viewport
    from sisterline.reports.exchanges import Flow
    from sisterline.reports.refs import PartnershipRef, PlaceRef, SourceRef
    from sisterline.reports.sums import Sum

ROOMY = 110  # from this width on, long rows have all their columns
TOLD_SUMS = 50  # below this width sums are told in words, as numbers would be cut


def place_name(place: PlaceRef) -> str:
    """A place's name with its native one: Beihai 北海市."""
    return printable(place.name if place.name == place.native else f"{place.name} {place.native}")


def pair_name(pair: PartnershipRef, marks: Glyphs) -> str:
    """A partnership's name: Beihai – Yatsushiro."""
    return printable(f"{pair.place.name} {marks.dash} {pair.partner.name}")


def cite(numbers: Sequence[int]) -> str:
    """The footnote marks of sources: [1][3]."""
    return "".join(f"[{number}]" for number in numbers)


def footnotes(sources: Sequence[SourceRef], view: Viewport) -> Iterator[StyledLine]:
    """The sources by their numbers."""
    if not sources:
        return
    yield ()
    digits = len(str(sources[-1].number)) + 3
    for source in sources:
        title = source.title
        what = ", ".join(part for part in (source.publisher, title) if part)
        about = ", ".join(part for part in (source.type, source.language) if part)
        text = printable(f"{what} ({about})" if about else what)
        head: StyledText = (pad(f"[{source.number}]", digits), "dim")
        url = printable(source.url)
        if view.width is None:
            yield (head, (text, ""), (f" {url}" if url else "", "link"))
            continue
        first, *rest = wrap(text, max(12, view.width - digits))
        yield (head, (first, ""))
        yield from (((" " * digits + line, ""),) for line in rest)
        if url:
            # Never broken, so that a terminal still takes it for one link and copies it whole.
            yield ((" " * digits + url, "link"),)


def fact(
    word: str, text: str, view: Viewport, sources: Sequence[int] = (), indent: int = 2
) -> Iterator[StyledLine]:
    """A word and what is to be said under it, with footnotes."""
    cited = "".join(f" [{number}]" for number in sources)
    if view.width is not None and view.width < 40:
        yield ((" " * indent + word, "dim"),)
        yield from note(printable(text) + cited, view, indent + 2, "")
        return
    head: list[StyledText] = [(" " * indent + f"{word:<11}", "dim")]
    yield from hang(head, view, text=printable(text) + cited, indent=indent + 11)


def hang(head: list[StyledText], view: Viewport, text: str = "", indent: int = 2) -> Iterator[StyledLine]:
    """Spans and a text, wrapped with the lines below the first indented."""
    if view.width is None:
        yield (*head, (text, ""))
        return
    if text:
        first, *rest = wrap(text, max(10, view.width - indent))
        yield (*head, (first, ""))
        yield from (((" " * indent + line, ""),) for line in rest)
        return
    if sum(width(part) for part, _ in head) <= view.width:
        yield tuple(head)
        return
    name, style = head[0]
    yield from (((line, style),) for line in wrap(name, view.width))
    yield from (
        ((" " * indent + line, ""),)
        for line in wrap("".join(p for p, _ in head[1:]).strip(" ·-"), view.width - indent)
    )


def note(text: str, view: Viewport, indent: int = 2, style: str = "dim") -> Iterator[StyledLine]:
    """A text of its own, wrapped; a remark in a quiet voice."""
    lines = [text] if view.width is None else wrap(text, view.width - indent)
    return (((" " * indent, ""), (line, style)) for line in lines)


def listed(parts: Sequence[str], view: Viewport, indent: int = 2) -> Iterator[StyledLine]:
    """Short remarks, as many in a line as there is room for, none of them broken in two."""
    line = ""
    for part in parts:
        longer = f"{line}   {part}" if line else part
        if line and view.width is not None and indent + width(longer) > view.width:
            yield from note(line, view, indent)
            longer = part
        line = longer
    yield from note(line, view, indent)


def heading(text: str, view: Viewport, aside: str = "") -> Iterator[StyledLine]:
    """A heading, wrapped, with a remark after it where there is room, else below."""
    lines = [text] if view.width is None else wrap(text, view.width)
    yield from (((line, "head"),) for line in lines[:-1])
    if aside and (view.width is None or width(lines[-1]) + 2 + width(aside) <= view.width):
        yield ((lines[-1], "head"), (f"  {aside}", "dim"))
        return
    yield ((lines[-1], "head"),)
    if aside:
        yield from note(aside, view)


def spoken(text: str, marks: Glyphs) -> str:
    """A label of a report with the dash that may be drawn."""
    return text.replace("–", marks.dash)


def pair_columns(rows: Sequence[PartnershipRef], marks: Glyphs) -> list[Column]:
    """The columns of partnerships, one a row."""

    def side(of: Callable[[PartnershipRef], PlaceRef], word: str) -> str:
        names = {of(row).country_name for row in rows}
        return names.pop() if len(names) == 1 else word

    place = side(lambda row: row.place, "Place")
    partner = side(lambda row: row.partner, "Partner")
    asleep = any(row.status != "active" for row in rows)
    return [
        Column("Since", lambda row: row.since or marks.dash, "date", least=10),
        Column(place, lambda row: place_name(row.place), least=5, yields=22),
        Column("Region", lambda row: row.place.region, "dim", weight=5),
        Column(partner, lambda row: place_name(row.partner), least=5, yields=22),
        Column("Region", lambda row: row.partner.region, "dim", weight=5),
        Column("Kind", lambda row: (row.kind or "").replace("-", " "), weight=4),
        Column("Years", lambda row: "" if row.years is None else str(row.years), align="right", weight=1),
        Column(
            "Next", lambda row: f"{ordinal(row.next.ordinal)} {row.next.date}" if row.next else "", weight=3
        ),
        Column(
            "Status", lambda row: "" if row.status == "active" else row.status, "warn", weight=int(not asleep)
        ),
        Column("Events", lambda row: str(row.events or ""), align="right", weight=2),
        Column("Counts", lambda row: str(row.exchanges or ""), align="right", weight=6),
        Column("Sources", lambda row: str(row.sources or ""), align="right", weight=7),
    ]


def flows_table(
    rows: Sequence[Flow], partnerships: Sequence[PartnershipRef], view: Viewport
) -> Iterator[StyledLine]:
    """Exchange records of partnerships, one a row."""
    many = len({flow.partnership for flow in rows}) > 1
    pairs = {pair.id: pair_name(pair, view.marks) for pair in partnerships}
    arrow = "->" if view.marks.arrow == ">" else "→"

    def way(flow: Flow) -> str:
        if flow.origin:
            return f"{flow.origin} {arrow} {flow.destination}"
        return pairs[flow.partnership] if many else "both"

    roomy = view.width is None or view.width >= ROOMY

    def what(flow: Flow) -> str:
        words = flow.what if roomy else f"{way(flow)}: {flow.what}"
        notes = f" ({flow.notes})" if flow.notes else ""
        return words + notes + ("" if flow.counted else " (in another count)")

    def count(flow: Flow) -> str:
        return f"{'~' if flow.approximate else ''}{flow.count:,}"

    # Dates, numbers and what was counted are never cut: where they have no room beside each other, they
    # stand below.
    sizes = [
        max((len(text(flow)) for flow in rows), default=0)
        for text in (lambda flow: short(flow.period), count, lambda flow: flow.unit)
    ]
    if view.width is not None and view.width < sum(sizes) + 24 + 8 + 5 * SPACE:
        for flow in rows:
            yield from note(short(flow.period), view, style="date")
            words = f"{count(flow)} {flow.unit}, {what(flow)} {cite(flow.sources)}"
            yield from note(printable(words).rstrip(), view, 4, "")
        return
    columns = [
        Column("When", lambda flow: short(flow.period), "date", least=sizes[0]),
        Column("Count", count, "number", "right", least=sizes[1]),
        Column("Unit", lambda flow: flow.unit, least=sizes[2]),
        Column("Way", way if roomy else lambda flow: ""),
        Column("What", what, least=24, flows=True, yields=40),
        Column("Category", lambda flow: flow.category, "dim", weight=2),
        Column("Source", lambda flow: cite(flow.sources), "dim", least=8),
    ]
    yield from table(columns, rows, view, indent=2)


def sums_table(rows: Sequence[Sum], view: Viewport, by: str = "category") -> Iterator[StyledLine]:
    """Sums of exchanges, exact and approximate apart; words are cut before a number is, which would lie."""
    if view.width is not None and view.width < TOLD_SUMS:
        for row in rows:
            told = [f"{row.exact:,}"] if row.exact else []
            told += [f"about {row.approximate:,}"] if row.approximate else []
            key = "" if by == "unit" else f"{spoken(row.key, view.marks)}, "
            yield from note(
                printable(f"{key}{row.unit}: {' and '.join(told) or 'in another count'}"), view, style=""
            )
        return
    columns = [
        Column(by.capitalize(), lambda row: "" if by == "unit" else spoken(row.key, view.marks), least=4),
        Column("Unit", lambda row: row.unit, least=4),
        Column("Exact", lambda row: f"{row.exact:,}" if row.exact else "", "number", "right", least=13),
        Column(
            "About",
            lambda row: f"~{row.approximate:,}" if row.approximate else "",
            "number",
            "right",
            least=13,
        ),
        Column("Records", lambda row: str(row.records or ""), align="right", weight=1),
        Column("Counted elsewhere", lambda row: str(row.left_out or ""), "dim", "right", weight=2),
    ]
    yield from table(columns, rows, view, indent=2)
