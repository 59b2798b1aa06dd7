"""Words, columns and tables that several views have."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sisterline.dates import abbreviate
from sisterline.language import ordinal, plural
from sisterline.reports.exchanges import SEVERAL
from sisterline.text.escape import printable
from sisterline.views.blocks import Cell, Column, Table, cite

if TYPE_CHECKING:
    from sisterline.reports.exchanges import Flow
    from sisterline.reports.refs import GroupKey, PartnershipRef, PlaceRef, SourceRef
    from sisterline.reports.sums import Sum
    from sisterline.views.style import Glyphs

UNKNOWN = "unknown"
SUMS_IN_WORDS = 50  # below this width sums are written in words, as numbers would be cut


# --- names ----------------------------------------------------------------------------------------


def place_name(place: "PlaceRef") -> str:
    """A place's name with its native one: Beihai 北海市."""
    if place.name == place.native:
        return printable(place.name)
    return printable(f"{place.name} {place.native}")


def pair_name(partnership: "PartnershipRef", glyphs: "Glyphs") -> str:
    """A partnership's name: Beihai – Yatsushiro."""
    return printable(f"{partnership.place.name} {glyphs.dash} {partnership.partner.name}")


def spaced(code: str) -> str:
    """A code of a vocabulary as words: friendship city."""
    return code.replace("-", " ")


def founding_words(partnership: "PartnershipRef") -> str:
    """What a partnership is and since when: friendship city since 1996-03-05."""
    kind = spaced(partnership.kind or "partnership")
    if partnership.since is None:
        return f"{kind}, founding date unknown"
    return f"{kind} since {partnership.since}"


def group_label(key: "GroupKey", glyphs: "Glyphs", *, distinct: bool = False) -> str:
    """What a count or a sum is grouped under, in words.

    Args:
        key: of the group.
        glyphs: to draw with.
        distinct: whether the id follows, because several groups have this name.
    """
    if not key.codes:
        return UNKNOWN
    names = key.names or tuple(spaced(code) for code in key.codes)
    if key.direction == "to":
        return " to ".join(names)
    if key.direction == "both" and len(names) == 2:
        return f"{names[0]} and {names[1]}, both ways"
    label = f" {glyphs.dash} ".join(names)
    if distinct:
        label += f" ({', '.join(key.codes)})"
    if key.direction == "both":
        return f"{label}, both ways"
    if key.direction:
        return f"{label} {key.direction}"
    return label


def group_labels(keys: Sequence["GroupKey"], glyphs: "Glyphs") -> dict["GroupKey", str]:
    """The labels of several groups, with the id after a name that several of them have."""
    labels = {key: group_label(key, glyphs) for key in keys}
    taken = Counter(labels.values())
    return {
        key: group_label(key, glyphs, distinct=True) if taken[label] > 1 else label
        for key, label in labels.items()
    }


def distinct_names(keys: Sequence["GroupKey"]) -> dict["GroupKey", str]:
    """What programs call several groups: names or codes, with the id after a name of several things."""
    owners: dict[str, set[tuple[str, ...]]] = {}
    for key in keys:
        owners.setdefault(key.label, set()).add(key.codes)
    return {
        key: f"{key.label} ({', '.join(key.codes)})" if len(owners[key.label]) > 1 else key.label
        for key in keys
    }


# --- columns --------------------------------------------------------------------------------------


def source_ids_column(sources: Sequence["SourceRef"]) -> Column:
    """The sources that a row cites, as ids for programs."""
    ids = {source.number: source.id for source in sources}

    def cited_ids(row: Any) -> Cell:
        return " ".join(ids[number] for number in row.sources)

    return Column(name="sources", value=cited_ids)


def cited_numbers(row: Any) -> tuple[int, ...]:
    """The footnotes of a row."""
    numbers: tuple[int, ...] = row.sources
    return numbers


def text_or_blank(count: int) -> str:
    """A count; nothing where it is 0."""
    return str(count) if count else ""


def grouped_or_blank(count: int) -> str:
    """A count with its thousands grouped; nothing where it is 0."""
    return f"{count:,}" if count else ""


def _kind(row: "PartnershipRef") -> str:
    return spaced(row.kind or "")


def _next(row: "PartnershipRef") -> str:
    if row.next is None:
        return ""
    return f"{ordinal(row.next.ordinal)} {row.next.date}"


def _status(row: "PartnershipRef") -> str:
    return "" if row.status == "active" else row.status


def _place(row: "PartnershipRef") -> str:
    return place_name(row.place)


def _partner(row: "PartnershipRef") -> str:
    return place_name(row.partner)


def _events(row: "PartnershipRef") -> str:
    return text_or_blank(row.events)


def _exchanges(row: "PartnershipRef") -> str:
    return text_or_blank(row.exchanges)


def _sources(row: "PartnershipRef") -> str:
    return text_or_blank(row.sources)


def _side_heading(names: set[str], word: str) -> str:
    """The country where all places of a side lie in one, else a word."""
    return names.pop() if len(names) == 1 else word


def partnership_columns(rows: Sequence["PartnershipRef"], glyphs: "Glyphs") -> tuple[Column, ...]:
    """The columns of partnerships, one per row."""
    place = _side_heading({row.place.country_name for row in rows}, "Place")
    partner = _side_heading({row.partner.country_name for row in rows}, "Partner")
    all_active = all(row.status == "active" for row in rows)

    def since(row: "PartnershipRef") -> str:
        return row.since or glyphs.dash

    return (
        Column(name="id"),
        Column(name="since", heading="Since", text=since, style="date", min_width=10),
        Column(name="place", path="place.name", heading=place, text=_place, min_width=5, shrink_to=22),
        Column(name="place_native", path="place.native"),
        Column(name="place_level", path="place.level"),
        Column(name="place_region", path="place.region", heading="Region", style="dim", drop_order=5),
        Column(name="place_country", path="place.country"),
        Column(
            name="partner", path="partner.name", heading=partner, text=_partner, min_width=5, shrink_to=22
        ),
        Column(name="partner_native", path="partner.native"),
        Column(name="partner_level", path="partner.level"),
        Column(name="partner_region", path="partner.region", heading="Region", style="dim", drop_order=5),
        Column(name="partner_country", path="partner.country"),
        Column(name="kind", heading="Kind", text=_kind, drop_order=4),
        Column(
            name="status", heading="Status", text=_status, style="warn", drop_order=1 if all_active else 0
        ),
        Column(name="years", heading="Years", align="right", drop_order=1),
        Column(name="next", path="next.date", heading="Next", text=_next, drop_order=3),
        Column(name="next_ordinal", path="next.ordinal"),
        Column(name="events", heading="Events", text=_events, align="right", drop_order=2),
        Column(name="exchanges", heading="Counts", text=_exchanges, align="right", drop_order=6),
        Column(name="sources", heading="Sources", text=_sources, align="right", drop_order=7),
    )


# --- exchanges ------------------------------------------------------------------------------------


def _flow_when(flow: "Flow") -> str:
    return abbreviate(flow.period)


def flow_count(flow: "Flow") -> str:
    """How many, with a sign where the source does not say exactly."""
    return f"{'~' if flow.approximate else ''}{flow.count:,}"


def flows_table(
    rows: Sequence["Flow"],
    partnerships: Sequence["PartnershipRef"],
    sources: Sequence["SourceRef"],
    glyphs: "Glyphs",
    title: str,
) -> Table:
    """Exchange records of partnerships, one per row."""
    several = len({flow.partnership for flow in rows}) > 1
    names = {partnership.id: pair_name(partnership, glyphs) for partnership in partnerships}

    def way(flow: "Flow") -> str:
        if flow.origin:
            return f"{flow.origin} {glyphs.way} {flow.destination}"
        return names[flow.partnership] if several else "both"

    def what(flow: "Flow") -> str:
        notes = f" ({flow.notes})" if flow.notes else ""
        excluded = "" if flow.counted else " (in another count)"
        return f"{flow.what}{notes}{excluded}"

    def way_and_what(flow: "Flow") -> str:
        return f"{way(flow)}: {what(flow)}"

    def sentence(flow: "Flow") -> str:
        words = (
            f"{_flow_when(flow)}  {flow_count(flow)} {flow.unit}, {way_and_what(flow)} {cite(flow.sources)}"
        )
        return words.rstrip()

    # Dates and numbers are never cut: where they have no room beside each other, a row is a sentence.
    numbers = (_flow_when, flow_count, _unit)
    widths = [max((len(text(flow)) for flow in rows), default=0) for text in numbers]
    return Table(
        name="exchanges",
        title=title,
        columns=(
            Column(
                name="period",
                heading="When",
                text=_flow_when,
                style="date",
                min_width=widths[0],
            ),
            Column(name="from", path="origin"),
            Column(name="to", path="destination"),
            Column(name="what"),
            Column(name="category"),
            Column(
                name="count",
                heading="Count",
                text=flow_count,
                style="number",
                align="right",
                min_width=widths[1],
            ),
            Column(name="unit", heading="Unit", min_width=widths[2]),
            Column(heading="What", text=way_and_what, min_width=24, shrink_to=40, wrap=True),
            Column(heading="Category", text=_category, style="dim", drop_order=2),
            Column(name="approximate"),
            Column(name="counted"),
            Column(name="partnership"),
            Column(name="notes"),
            source_ids_column(sources),
            Column(heading="Source", cites=cited_numbers, style="dim", min_width=8),
        ),
        rows=rows,
        indent=2,
        sentence=sentence,
        sentence_below=sum(widths) + 42,
    )


def _unit(flow: "Flow") -> str:
    return flow.unit


def _category(flow: "Flow") -> str:
    return flow.category


def sums_table(rows: Sequence["Sum"], glyphs: "Glyphs", title: str, by: str = "category") -> Table:
    """Sums of exchanges, exact and approximate apart."""
    keys = [row.key for row in rows]
    labels, names = group_labels(keys, glyphs), distinct_names(keys)
    by_unit = by == "unit"

    def label(row: "Sum") -> str:
        if row.key.codes == (SEVERAL,):
            return f"several {by}s"
        return labels[row.key]

    def sentence(row: "Sum") -> str:
        counts = [f"{row.exact:,}"] if row.exact else []
        if row.approximate:
            counts.append(f"about {row.approximate:,}")
        subject = row.unit if by_unit else f"{label(row)}, {row.unit}"
        return f"{subject}: {' and '.join(counts) or 'in another count'}"

    def name(row: "Sum") -> Cell:
        return names[row.key]

    def direction(row: "Sum") -> Cell:
        return row.key.direction

    key_columns: tuple[Column, ...] = ()
    if not by_unit:
        key_columns = (Column(name=by, value=name, heading=spaced(by).capitalize(), text=label, min_width=4),)
    if any(row.key.direction for row in rows):
        key_columns += (Column(name="direction" if by != "direction" else "way", value=direction),)
    return Table(
        name="sums",
        title=title,
        columns=(
            *key_columns,
            Column(name="unit", heading="Unit", min_width=4),
            Column(name="exact", heading="Exact", text=_exact, style="number", align="right", min_width=13),
            Column(
                name="approximate",
                heading="About",
                text=_approximate,
                style="number",
                align="right",
                min_width=13,
            ),
            Column(name="records", heading="Records", text=_records, align="right", drop_order=1),
            Column(
                name="excluded",
                heading="Counted elsewhere",
                text=_excluded,
                style="dim",
                align="right",
                drop_order=2,
            ),
        ),
        rows=rows,
        indent=2,
        sentence=sentence,
        sentence_below=SUMS_IN_WORDS,
    )


def _exact(row: "Sum") -> str:
    return grouped_or_blank(row.exact)


def _approximate(row: "Sum") -> str:
    return f"~{row.approximate:,}" if row.approximate else ""


def _records(row: "Sum") -> str:
    return text_or_blank(row.records)


def _excluded(row: "Sum") -> str:
    return text_or_blank(row.excluded)


# --- remarks --------------------------------------------------------------------------------------


def without(count: int, noun: str, missing: str, verb_phrases: tuple[str, str]) -> str:
    """A remark about what is missing: 2 partnerships without a founding date have none."""
    return f"{plural(count, noun)} without {missing} {verb_phrases[0] if count == 1 else verb_phrases[1]}"


def source_words(source: "SourceRef") -> str:
    """A source in words: publisher, title (type, language)."""
    what = ", ".join(part for part in (source.publisher, source.title) if part)
    about = ", ".join(part for part in (source.type, source.language) if part)
    return f"{what} ({about})" if about else what
