"""`diff`: what two versions of a data set differ in, record by record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from sisterline.language import localized
from sisterline.model import Dataset
from sisterline.reports.base import DataRef, Report, data_ref
from sisterline.reports.fields import fields_as_text

Change = Literal["added", "removed", "changed"]
Section = Literal[
    "dataset", "partnerships", "events", "exchanges", "places", "sources", "totals", "countries"
]
Part = Literal["event", "exchange", "dispute", "era"]


class FieldChange(Struct, frozen=True):
    """A field that differs.

    Attributes:
        field: its name; `name.ja` is the name in Japanese, `population.count` a field of a record in it.
        old: its value as a data file has it; None where there was none.
        new: likewise; None where there is none any more.
    """

    field: str
    old: str | None
    new: str | None


class PartChange(Struct, frozen=True, kw_only=True):
    """An event, an exchange, a dispute or an era that differs.

    Attributes:
        part: which of these.
        change: what became of it.
        date: when it was, as EDTF; empty for a dispute.
        type: of the event, the category of the exchange, or the field in dispute; empty for an era.
        title: what happened, what was counted, the other value, or what the era was.
        fields: that differ; all of one that was added or removed.
    """

    part: Part
    change: Change
    date: str
    type: str
    title: str
    fields: tuple[FieldChange, ...]


class RecordChange(Struct, frozen=True, kw_only=True):
    """A record that differs.

    Attributes:
        section: where it is.
        id: its id; of a total the day and who counted, of the description of the data set nothing.
        change: what became of it.
        fields: that differ; all of one that was added or removed.
        parts: of a partnership, its events, exchanges and disputes that differ, in that order.
    """

    section: Section
    id: str
    change: Change
    fields: tuple[FieldChange, ...]
    parts: tuple[PartChange, ...] = ()


class SectionCount(Struct, frozen=True, kw_only=True):
    """How many records of a section there are, and how many differ.

    Attributes:
        section: which one; events and exchanges are those of all partnerships.
        old: records in the old version.
        new: records in the new version.
        added: records that only the new version has.
        removed: records that only the old version has.
        changed: records of both that differ.
    """

    section: Section
    old: int
    new: int
    added: int
    removed: int
    changed: int


class DiffReport(Report, frozen=True, kw_only=True, tag="diff"):
    """What two versions of a data set differ in. `data` describes the new one.

    Attributes:
        old: the old version; None where no data file describes it.
        sections: the counts of each section.
        records: those that differ, by section, in the order of the new version, removed ones last.
    """

    old: DataRef | None
    sections: tuple[SectionCount, ...]
    records: tuple[RecordChange, ...]


def diff_report(old: Dataset, new: Dataset, today: date) -> DiffReport:
    """Compare two versions of a data set.

    A record is known by its id. Events, exchanges, disputes and totals, which have none, are known by what a
    correction leaves alone: an event by all fields, else by date and type, by title, or by date.
    """
    records = [
        *_changed_info(old, new),
        *_changed_records("partnerships", _by_id(old.partnerships), _by_id(new.partnerships)),
        *_changed_records("places", old.places, new.places),
        *_changed_records("sources", old.sources, new.sources),
        *_changed_totals(old, new),
        *_changed_records("countries", old.countries, new.countries),
    ]
    return DiffReport(
        today=today.isoformat(),
        data=data_ref(new),
        old=data_ref(old),
        sections=tuple(_counts(old, new, records)),
        records=tuple(records),
    )


# --- records --------------------------------------------------------------------------------------


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {record.id: record for record in records}


def _changed_info(old: Dataset, new: Dataset) -> Iterable[RecordChange]:
    if old.info != new.info:
        yield _record_change("dataset", "", old.info, new.info)


def _changed_records(
    section: Section, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterable[RecordChange]:
    pairs = [(name, old.get(name), record) for name, record in new.items()]
    pairs += [(name, record, None) for name, record in old.items() if name not in new]
    for name, before, after in pairs:
        if before != after:
            yield _record_change(section, name, before, after)


def _changed_totals(old: Dataset, new: Dataset) -> Iterable[RecordChange]:
    for before, after in _matched(old.totals, new.totals, _TOTAL_KEYS):
        if before != after:
            total = after or before
            name = f"{total.as_of} {localized(total.by, 'en')}"
            yield _record_change("totals", name, before, after)


def _record_change(section: Section, name: str, before: Any, after: Any) -> RecordChange:
    return RecordChange(
        section=section,
        id=name,
        change=_change(before, after),
        fields=_field_changes(before, after),
        parts=tuple(_part_changes(before, after)),
    )


def _change(before: Any, after: Any) -> Change:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "changed"


# --- fields ---------------------------------------------------------------------------------------


def _field_changes(before: Any, after: Any) -> tuple[FieldChange, ...]:
    old, new = fields_as_text(before), fields_as_text(after)
    paths = dict.fromkeys([*new, *old])
    return tuple(
        FieldChange(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path)
    )


# --- events, exchanges, disputes, totals ----------------------------------------------------------

Key = tuple[str, ...]  # the fields of which two versions of a record have the same

_ALL: Key = ()
_TOTAL_KEYS: tuple[Key, ...] = (
    _ALL,
    ("between", "as_of", "by", "unit"),
    ("as_of", "by"),
    ("counts", "count"),
)


class _Kind(NamedTuple):
    """A kind of part.

    Attributes:
        part: what a report calls it.
        attribute: of the partnership that has them.
        when: its field with the date; empty if it has none.
        type: its field with the type.
        title: its field that says what it is.
        keys: by which two versions are known to be the same, the surest first.
    """

    part: Part
    attribute: str
    when: str
    type: str
    title: str
    keys: tuple[Key, ...]


_KINDS = (
    _Kind(
        part="event",
        attribute="events",
        when="date",
        type="type",
        title="title",
        keys=(_ALL, ("date", "type"), ("title",), ("date",)),
    ),
    _Kind(
        part="exchange",
        attribute="exchanges",
        when="period",
        type="category",
        title="what",
        keys=(
            _ALL,
            ("period", "category", "unit", "what"),
            ("category", "unit", "what"),
            ("period", "category", "unit"),
        ),
    ),
    _Kind(
        part="dispute",
        attribute="disputed",
        when="",
        type="field",
        title="value",
        keys=(_ALL, ("field", "source"), ("field",)),
    ),
    _Kind(
        part="era",
        attribute="eras",
        when="period",
        type="",
        title="label",
        keys=(_ALL, ("period",), ("label",)),
    ),
)


def _part_changes(before: Any, after: Any) -> Iterable[PartChange]:
    for kind in _KINDS:
        old = getattr(before, kind.attribute, ())
        new = getattr(after, kind.attribute, ())
        if old == new:
            continue
        for one, other in _matched(old, new, kind.keys):
            if one != other:
                yield _part_change(kind, one, other)


def _part_change(kind: _Kind, before: Any, after: Any) -> PartChange:
    part = after or before
    return PartChange(
        part=kind.part,
        change=_change(before, after),
        date=str(getattr(part, kind.when, "")),
        type=getattr(part, kind.type, ""),
        title=localized(getattr(part, kind.title), "en"),
        fields=_field_changes(before, after),
    )


def _matched(old: Sequence[Any], new: Sequence[Any], keys: Iterable[Key]) -> list[tuple[Any, Any]]:
    """The old and the new version of each record; None where one has none. In the new order, then the old."""
    partners: dict[int, Any] = {}
    rest_old, rest_new = list(old), list(enumerate(new))
    for key in keys:
        key_of = _key_reader(key)
        waiting: dict[Any, list[Any]] = {}
        for record in rest_old:
            waiting.setdefault(key_of(record), []).append(record)
        for number, record in rest_new:
            if same := waiting.get(key_of(record)):
                partners[number] = same.pop(0)
        rest_old = [record for records in waiting.values() for record in records]
        rest_new = [pair for pair in rest_new if pair[0] not in partners]
    pairs = [(partners.get(number), record) for number, record in enumerate(new)]
    return [*pairs, *((record, None) for record in rest_old)]


def _key_reader(key: Key) -> Callable[[Any], object]:
    def read(record: Any) -> object:
        fields = fields_as_text(record)
        return tuple(
            (path, text) for path, text in fields.items() if not key or path.partition(".")[0] in key
        )

    return read


# --- counts ---------------------------------------------------------------------------------------


def _counts(old: Dataset, new: Dataset, records: Sequence[RecordChange]) -> Iterable[SectionCount]:
    changes: dict[str, list[Change]] = {}
    for record in records:
        changes.setdefault(record.section, []).append(record.change)
        for part in record.parts:
            changes.setdefault(f"{part.part}s", []).append(part.change)
    before, after = _sizes(old), _sizes(new)
    for section in before:
        found = changes.get(section, [])
        yield SectionCount(
            section=section,
            old=before[section],
            new=after[section],
            added=found.count("added"),
            removed=found.count("removed"),
            changed=found.count("changed"),
        )


def _sizes(dataset: Dataset) -> dict[Section, int]:
    return {
        "partnerships": len(dataset.partnerships),
        "events": sum(len(partnership.events) for partnership in dataset.partnerships),
        "exchanges": sum(len(partnership.exchanges) for partnership in dataset.partnerships),
        "places": len(dataset.places),
        "sources": len(dataset.sources),
        "totals": len(dataset.totals),
        "countries": len(dataset.countries),
    }
