"""The records of several files combined into one data set, with references checked across files."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import msgspec

from sisterline.dates import Date
from sisterline.errors import Problem
from sisterline.model import Country, Dataset, DatasetInfo, Extension, Partnership, Place, Source, Total
from sisterline.reading.diagnose import (
    LIST_HINT,
    Diagnostics,
    Location,
    RecordChecker,
    kind_of,
    references_in,
)
from sisterline.reading.relations import RelationChecker, find_cycles
from sisterline.reading.schema import COUNTRY, ID, RECORDS
from sisterline.reading.yaml_reader import Plain
from sisterline.reading.yaml_text import Document
from sisterline.translation import gettext as _
from sisterline.translation import listed_and, marked, pgettext

# Ends the version of the bundled data where the user's own is added, as a local version does (PEP 440).
OWN_DATA = "+own"
_LISTS = ("partnerships", "totals")
_Keyed = Country | Place | Source
_KEYED: dict[str, type[_Keyed]] = {"countries": Country, "places": Place, "sources": Source}
_OTHER_FILE = marked("name its file too, or use --with-builtin for the bundled data")


class DatasetBuilder:
    """Collects documents, and builds one data set of them.

    Attributes:
        documents: those that were added.
        unreadable: the problems of files that are not documents.
        declared: section -> id -> its location, also of records that are not valid.
        extensions: the extensions with their locations.
    """

    def __init__(self, *, has_bundled: bool = False) -> None:
        self.documents: list[Document] = []
        self.unreadable: list[Problem] = []
        self.declared: dict[str, dict[str, Location]] = {section: {} for section in RECORDS}
        self.extensions: list[tuple[Extension, Location]] = []
        self._has_bundled = has_bundled
        self._diagnostics = Diagnostics()
        self._checker = RecordChecker(self._diagnostics)
        self._relations = RelationChecker(self._diagnostics)
        self._keyed: dict[str, dict[str, Any]] = {section: {} for section in _KEYED}
        self._partnerships: dict[str, Partnership] = {}
        self._totals: list[Total] = []
        self._infos: dict[str, tuple[DatasetInfo, Location]] = {}  # "own" and "bundled", the first of each
        self._has_own = False

    def add(self, document: Document, *, bundled: bool = False) -> None:
        """Add the records of one file, which may be one of the bundled ones."""
        self.documents.append(document)
        self._has_own = self._has_own or not bundled
        location, root = Location(document), document.value
        if not isinstance(root, dict):
            hint = _("begin with partnerships:")
            if isinstance(root, list):
                hint = _("put partnerships: above it and indent it")
            message = _("the file should be a mapping, not {root}").format(root=kind_of(root))
            self._diagnostics.report(location, message, hint)
            return
        for section, value in root.items():
            if section not in RECORDS:
                self._diagnostics.report_unknown_key(section, RECORDS, location)
            elif value is None:
                continue  # reported already
            elif section == "dataset":
                self._add_info(value, location.child(section), bundled=bundled)
            else:
                self._add_section(section, value, location.child(section))

    def build(self) -> Dataset:
        """Check references and relations, and build the data set of all valid records."""
        self._check_references()
        places: dict[str, Place] = self._keyed["places"]
        for name in find_cycles({name: place.within for name, place in places.items()}):
            location = self.declared["places"][name].child("within")
            self._diagnostics.report(
                location, _('"{name}" lies within itself').format(name=name), _("name the next larger place")
            )
        for name, place in places.items():
            self._relations.check_place(place, self.declared["places"][name])
        for name, partnership in self._partnerships.items():
            self._relations.check_partnership(partnership, self.declared["partnerships"][name].parent())
        partnerships = [_in_order(partnership) for partnership in self._extended().values()]
        return Dataset(
            countries=self._keyed["countries"],
            places=places,
            sources=self._keyed["sources"],
            partnerships=tuple(sorted(partnerships, key=founding_key)),
            totals=tuple(sorted(self._totals, key=attrgetter("as_of.sort_key"))),
            info=self._info(),
        )

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, sorted by position."""
        found = [problem for document in self.documents for problem in document.problems.all()]
        return tuple(sorted({*self.unreadable, *found}))

    def warnings(self) -> tuple[Problem, ...]:
        """Valid YAML that probably does not mean what its author wanted, file by file."""
        return tuple(warning for document in self.documents for warning in document.warnings())

    # --- the description of the data set ------------------------------------------------------------

    def _add_info(self, value: Plain, location: Location, *, bundled: bool) -> None:
        """Add a description; several of the user's own data, or of the bundled data, must be equal."""
        info = self._checker.convert(value, DatasetInfo, location)
        if info is None:
            return
        first, described = self._infos.setdefault("bundled" if bundled else "own", (info, location))
        if first != info:
            message = _("the data set is already described, and differently, at {location}").format(
                location=described
            )
            self._diagnostics.report(location, message, _("keep one of the two"), key=True)

    def _info(self) -> DatasetInfo | None:
        """The description of all records: the user's own, or else the bundled one, marked as extended."""
        info, _location = self._infos.get("own") or self._infos.get("bundled") or (None, None)
        if info is None or "own" in self._infos or not self._has_own:
            return info
        return msgspec.structs.replace(
            info,
            version=info.version and f"{info.version}{OWN_DATA}",
            license=info.license and f"{info.license} for the bundled data",
        )

    # --- records ------------------------------------------------------------------------------------

    def _add_section(self, section: str, value: Plain, location: Location) -> None:
        expected, hint = pgettext("what a value is", "a mapping"), _("write id: {...} for each record")
        if section in _LISTS:
            expected, hint = pgettext("what a value is", "a list"), _(LIST_HINT)
        if section in _LISTS and isinstance(value, list):
            for number, item in enumerate(value):
                self._add_listed(section, item, location.child(number))
        elif section not in _LISTS and isinstance(value, dict):
            for name, item in value.items():
                self._add_keyed(section, name, item, location.child(name))
        else:
            message = _('"{section}" should be {expected}, not {value}').format(
                section=section, expected=expected, value=kind_of(value)
            )
            self._diagnostics.report(location, message, hint)

    def _add_keyed(self, section: str, name: str, item: Plain | None, location: Location) -> None:
        """Add a record of countries, places or sources, whose id is its key.

        The same record may be in several files; it is a problem if they differ.
        """
        pattern, given = ID, {"id": name}
        if section == "countries":
            pattern, given = COUNTRY, {}
        self._checker.check_key(pattern, name, location)
        record = self._checker.convert(item, _KEYED[section], location, **given)
        known = self._keyed[section]
        if self.declared[section].setdefault(name, location) is location:
            if record is not None:
                known[name] = record
        elif record is None or record != known.get(name):
            hint = _("choose another")
            if record is not None and name in known:
                fields = _differing(record, known[name])
                hint = _("choose another, or write the same {fields}").format(fields=fields)
            self._report_taken(section, name, location, hint)

    def _add_listed(self, section: str, item: Plain | None, location: Location) -> None:
        """Add a record of partnerships or totals."""
        if section == "totals":
            if total := self._checker.convert(item, Total, location):
                self._totals.append(total)
        elif isinstance(item, dict) and "extends" in item:
            if extension := self._checker.convert(item, Extension, location):
                self.extensions.append((extension, location))
        elif key := self._mistyped_extends(item):
            message = _('unknown key "{key}"').format(key=key)
            self._diagnostics.report(location.child(key), message, _("did you mean extends?"), key=True)
        else:
            self._add_partnership(item, location)

    def _mistyped_extends(self, item: Plain | None) -> str:
        """The key of a record without an id that is probably a mistyped `extends`; empty if there is none."""
        if not isinstance(item, dict) or "id" in item:
            return ""
        return self._diagnostics.closest("extends", item)

    def _add_partnership(self, item: Plain | None, location: Location) -> None:
        is_new = True
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            name, at = item["id"], location.child("id")
            is_new = self.declared["partnerships"].setdefault(name, at) is at
            if not is_new:
                self._report_taken("partnerships", name, at, _("choose another, or use extends:"))
        partnership = self._checker.convert(item, Partnership, location)
        if partnership and is_new:
            self._partnerships[partnership.id] = partnership

    def _report_taken(self, section: str, name: str, location: Location, hint: str) -> None:
        """Report an id that is already defined, with the position of its first definition."""
        if location.document.problems.at_limit:
            location.document.problems.count_one()
            return
        message = _('the id "{name}" is already defined at {declared}').format(
            name=name, declared=self.declared[section][name]
        )
        self._diagnostics.report(location, message, hint, key=True)

    # --- references ---------------------------------------------------------------------------------

    def _check_references(self) -> None:
        """Report the ids that records refer to but no record has.

        A record that could not be read may have any id.
        """
        if any(document.is_partial for document in self.documents):
            return
        references = self._checker.references
        unknown = {section: names - self.declared[section].keys() for section, names in references.items()}
        if not any(unknown.values()):
            return
        # Text that is not an id at all was reported already, at the same position.
        reported = {(problem.path, problem.line, problem.column) for problem in self.problems()}
        for value, record, at in self._checker.records:
            for section, name, location in references_in(value, record, at):
                if name not in unknown[section]:
                    continue
                at_limit = location.document.problems.at_limit
                if at_limit or location.value_position() not in reported:
                    self._report_unknown_id(section, name, location, suggest=not at_limit)

    def _report_unknown_id(self, section: str, name: str, location: Location, *, suggest: bool) -> None:
        hint = _("add it under {section}:").format(section=section)
        likeness = 0.6
        if section == "partnerships" and not self._has_bundled:
            hint, likeness = _(_OTHER_FILE), 0.85
        if suggest:
            hint = self._diagnostics.suggest(name, self.declared[section], likeness=likeness) or hint
        messages = {
            "places": _('no place has the id "{name}"'),
            "sources": _('no source has the id "{name}"'),
            "partnerships": _('no partnership has the id "{name}"'),
        }
        self._diagnostics.report(location, messages[section].format(name=name), hint)

    # --- extensions ---------------------------------------------------------------------------------

    def _extended(self) -> dict[str, Partnership]:
        """The partnerships with their extensions, which are checked."""
        partnerships = dict(self._partnerships)
        additions: dict[str, list[tuple[Extension, Location]]] = {}
        for extension, location in self.extensions:
            additions.setdefault(extension.extends, []).append((extension, location))
        for name, group in additions.items():
            base = partnerships.get(name)
            if base is not None:
                exchanges = [(extension.exchanges, location) for extension, location in group]
                self._relations.check_exchanges(exchanges, base, base.exchanges)
                partnerships[name] = _with_additions(base, [extension for extension, _ in group])
        return partnerships


def _differing(record: _Keyed, other: _Keyed) -> str:
    """The keys in which two records of one type differ."""
    keys = [
        field.encode_name
        for field in msgspec.structs.fields(record)
        if getattr(record, field.name) != getattr(other, field.name)
    ]
    return listed_and(keys)


def founding_key(partnership: Partnership) -> tuple[Date, str]:
    """A sort key: by founding, those without a date last, then by id."""
    return partnership.since or Date(9999, 12, 31, "~"), partnership.id


def _with_additions(base: Partnership, extensions: Sequence[Extension]) -> Partnership:
    events = [event for extension in extensions for event in extension.events]
    exchanges = [exchange for extension in extensions for exchange in extension.exchanges]
    return msgspec.structs.replace(
        base, events=(*base.events, *events), exchanges=(*base.exchanges, *exchanges)
    )


def _in_order(partnership: Partnership) -> Partnership:
    """A partnership with its events and exchanges sorted by date."""
    if len(partnership.events) < 2 and len(partnership.exchanges) < 2:
        return partnership
    return msgspec.structs.replace(
        partnership,
        events=tuple(sorted(partnership.events, key=attrgetter("date.sort_key"))),
        exchanges=tuple(sorted(partnership.exchanges, key=attrgetter("period.sort_key"))),
    )
