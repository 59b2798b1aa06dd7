"""The view of `diff`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sisterline.reports.base import DataRef
from sisterline.reports.diff import DiffReport, FieldChange, Part, PartChange, RecordChange, Section
from sisterline.translation import counted, listed, pgettext
from sisterline.translation import gettext as _
from sisterline.views.blocks import Block, Column, Heading, Table, View
from sisterline.views.columns import number_column
from sisterline.views.labels import label
from sisterline.views.style import Glyphs
from sisterline.views.words import events_words, grouped, grouped_or_blank

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_WITH_RECORDS: tuple[Section, ...] = ("dataset", "partnerships", "places", "sources", "totals", "countries")
# The fields that show at a glance what an added or removed record is.
_SUMMARY = {
    "dataset": ("title", "title.en", "version", "license"),
    "partnerships": ("kind", "since", "status"),
    "places": ("name", "name.en", "level", "within"),
    "sources": ("publisher", "publisher.en", "title", "title.en"),
    "totals": ("count", "unit", "counts", "counts.en"),
    "countries": ("name", "name.en"),
}


class _Line(NamedTuple):
    """A line for people: a record or a part of one, and what became of it."""

    record: str
    sign: str
    fact: str
    text: str


class _Row(NamedTuple):
    """A field for programs, with the record and the part that it is of."""

    record: RecordChange
    part: PartChange | None
    change: str
    field: FieldChange


def view(report: DiffReport, glyphs: Glyphs) -> View:
    """Counts, then a table for each section with what differs; programs get every field."""
    blocks: list[Block] = [_heading(report, glyphs), _counts(report)]
    for section in _WITH_RECORDS:
        records = [record for record in report.records if record.section == section]
        lines = tuple(line for record in records for line in _lines(record, glyphs))
        if lines:
            blocks.append(_table(section, lines))
    return View(blocks=tuple(blocks), main=_fields(report))


def _heading(report: DiffReport, glyphs: Glyphs) -> Heading:
    versions = f"{_version(report.old)} {glyphs.way} {_version(report.data)}"
    found = counted("{count} record differs", "{count} records differ", len(report.records))
    if not report.records:
        found = _("no difference")
    return Heading(parts=(versions, found), separator=glyphs.between, level=1)


def _version(data: DataRef | None) -> str:
    if data is None or not data.version:
        return _("unknown version")
    return data.version


def _counts(report: DiffReport) -> Table:
    return Table(
        name="sections",
        columns=(
            Column(path="section", heading="", show=_section_title),
            number_column("old", pgettext("column", "Old"), show=grouped),
            number_column("new", pgettext("column", "New"), show=grouped),
            number_column("added", pgettext("column", "Added"), show=grouped_or_blank),
            number_column("removed", pgettext("column", "Removed"), show=grouped_or_blank),
            number_column("changed", pgettext("column", "Changed"), show=grouped_or_blank),
        ),
        rows=report.sections,
    )


def _section_title(section: Section) -> str:
    """What the records of a section of the data are called."""
    titles: dict[Section, str] = {
        "dataset": pgettext("section of the data", "Data set"),
        "partnerships": pgettext("section of the data", "Partnerships"),
        "events": pgettext("section of the data", "Events"),
        "exchanges": pgettext("section of the data", "Exchanges"),
        "places": pgettext("section of the data", "Places"),
        "sources": pgettext("section of the data", "Sources"),
        "totals": pgettext("section of the data", "Totals"),
        "countries": pgettext("section of the data", "Countries"),
    }
    return titles[section]


def _table(section: Section, lines: tuple[_Line, ...]) -> Table:
    return Table(
        name=section,
        title=_section_title(section),
        columns=(
            Column(
                path="record",
                heading=pgettext("column", "Record"),
                style="name",
                min_width=18,
                shrink_to=18,
                wrap=True,
            ),
            Column(path="sign", heading="", style="sign", min_width=0),
            Column(
                path="fact",
                heading=pgettext("column", "Fact"),
                style="minor",
                min_width=16,
                shrink_to=16,
                wrap=True,
            ),
            Column(
                path="text", heading=pgettext("column", "Difference"), min_width=34, shrink_to=20, wrap=True
            ),
        ),
        rows=lines,
    )


# --- for people -----------------------------------------------------------------------------------


def _lines(record: RecordChange, glyphs: Glyphs) -> Iterator[_Line]:
    """A line for a record that was added or removed; one for each fact of one that was changed."""
    if record.change != "changed":
        yield _Line(record.id, _SIGNS[record.change], "", _summary(record) or glyphs.dash)
        return
    facts = [*_field_lines(record.fields, "", glyphs), *_part_lines(record.parts, glyphs)]
    name = record.id
    for sign, fact, text in facts:
        yield _Line(name, sign, fact, text)
        name = ""  # once is enough


def _summary(record: RecordChange) -> str:
    values = {field.field: field.new or field.old or "" for field in record.fields}
    wanted = _SUMMARY.get(record.section, ())
    words = [values[name] for name in wanted if name in values]
    parts = Counter(part.part for part in record.parts)
    return listed([*words, *(_parts_words(part, count) for part, count in parts.items())])


def _parts_words(part: Part, count: int) -> str:
    words: dict[Part, str] = {
        "event": events_words(count),
        "exchange": counted("{count} exchange", "{count} exchanges", count),
        "dispute": counted("{count} dispute", "{count} disputes", count),
        "era": counted("{count} era", "{count} eras", count),
    }
    return words[part]


_Fact = tuple[str, str, str]  # sign, fact, text


def _field_lines(fields: Iterable[FieldChange], about: str, glyphs: Glyphs) -> Iterator[_Fact]:
    for field in fields:
        name = listed([about, field.field]) if about else field.field
        if field.old is None:
            yield "+", name, field.new or ""
        elif field.new is None:
            yield "-", name, field.old
        else:
            yield "~", name, f"{field.old} {glyphs.way} {field.new}"


def _part_lines(parts: Iterable[PartChange], glyphs: Glyphs) -> Iterator[_Fact]:
    for part in parts:
        vocabulary = "category" if part.part == "exchange" else "event type"
        words = (label("fact kind", part.part), part.date, label(vocabulary, part.type))
        about = " ".join(filter(None, words))
        if part.change == "changed":
            yield from _field_lines(part.fields, about, glyphs)
        else:
            yield _SIGNS[part.change], about, part.title


# --- for programs ---------------------------------------------------------------------------------


def _fields(report: DiffReport) -> Table:
    rows = [row for record in report.records for row in _rows(record)]
    return Table(
        name="fields",
        columns=(
            Column(name="section", path="record.section"),
            Column(name="id", path="record.id"),
            Column(name="change"),
            Column(name="part", path="part.part"),
            Column(name="date", path="part.date"),
            Column(name="type", path="part.type"),
            Column(name="field", path="field.field"),
            Column(name="old", path="field.old"),
            Column(name="new", path="field.new"),
        ),
        rows=rows,
    )


def _rows(record: RecordChange) -> Iterator[_Row]:
    for field in record.fields:
        yield _Row(record, None, record.change, field)
    for part in record.parts:
        for field in part.fields:
            yield _Row(record, part, part.change, field)
