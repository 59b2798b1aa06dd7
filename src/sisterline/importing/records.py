"""The rows of a table as records: what is certain is taken, all else is a comment with its address."""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Mapping

from sisterline.importing.cells import CellError, read_count
from sisterline.importing.draft import Block, Draft, Entry, Outcome, Part, Plain
from sisterline.importing.fields import SHAPES
from sisterline.importing.headers import Layout
from sisterline.importing.names import NewPlace, Pair, PlaceFinder
from sisterline.importing.rows import RowReader, read_row_period, read_since, read_term, row_text, usual_unit
from sisterline.importing.tables import Table
from sisterline.importing.terms import CATEGORIES, DIRECTIONS, KINDS, STATUSES, TYPES, UNITS, find_term
from sisterline.language import translations
from sisterline.model import Dataset, Partnership
from sisterline.reading.schema import URL
from sisterline.reading.yaml_reader import MAX_TEXT
from sisterline.translation import gettext as _
from sisterline.translation import listed_and


class RecordMaker:
    """Turns rows into the records of a draft."""

    def __init__(self, dataset: Dataset, finder: PlaceFinder, draft: Draft, cities: tuple[str, ...]) -> None:
        """A maker.

        Args:
            dataset: the known partnerships.
            finder: finds places.
            draft: gets the records.
            cities: the own city for rows that name none, and the partner for those that name none.
        """
        self._dataset = dataset
        self._finder = finder
        self._draft = draft
        self._cities = cities

    def add_table(self, table: Table, layout: Layout) -> Counter[Outcome]:
        """Add the rows below the header of a table, and count what becomes of them."""
        makers: dict[str, Callable[[RowReader], Outcome]] = {
            "partnerships": self._add_partnership,
            "events": self._add_event,
            "exchanges": self._add_exchange,
        }
        add = makers[layout.shape]
        outcomes: Counter[Outcome] = Counter()
        for field in ("type", "category"):
            if field in SHAPES[layout.shape] and field not in layout.columns:
                self._draft.notes.append(
                    _("{name}: no column for {field}; written as other").format(name=table.name, field=field)
                )
        for row in table.rows:
            if row.number < layout.header:
                self._draft.notes.append(
                    _("{place}: above the table: {row}").format(
                        place=table.row_address(row.number), row=row_text(row)
                    )
                )
            elif row.number > layout.header:
                reader = RowReader(table, layout, row)
                outcomes[self._outcome(reader, add)] += 1
        return outcomes

    def _outcome(self, row: RowReader, add: Callable[[RowReader], Outcome]) -> Outcome:
        """Add a row as a record; one that is none stays as a comment."""
        try:
            row.check_lengths(MAX_TEXT)
            return add(row)
        except CellError as error:
            address = row.address(error.field)
            self._draft.notes.append(
                _("{place}: not taken: {reason}: {row}").format(
                    place=address, reason=error, row=row.all_cells()
                )
            )
            return "left"

    # --- the three shapes ---------------------------------------------------------------------------

    def _add_partnership(self, row: RowReader) -> Outcome:
        pair = self._pair(row)
        since = read_since(row)
        if pair.partnership is not None:
            return self._note_known(row, pair.partnership, since)
        block = self._draft.blocks.get(frozenset(pair.places))
        if block is not None:
            raise CellError(_("{place} has the same two places").format(place=block.head.address))
        fields: dict[str, Plain] = {}
        if kind := read_term(row, "kind", KINDS, otherwise="other"):
            fields["kind"] = kind
        if since:
            fields["since"] = since
        if status := read_term(row, "status", STATUSES):
            fields["status"] = status
        if source := row.text("source"):
            fields["sources"] = [self._source(source)]
        if notes := row.text("notes"):
            fields["notes"] = notes
        row.note_unread()
        for place in pair.new:
            self._propose(row, place)
        head = self._new_block(row, pair).head
        head.fields.update(fields)
        head.comments.extend(row.comments)
        return row.outcome

    def _note_known(self, row: RowReader, known: Partnership, since: str) -> Outcome:
        """Compare a row with a partnership that is known, to which only events and exchanges can be added."""
        message = _("known already as {id}").format(id=known.id)
        if since and since != str(known.since or ""):
            message = _("known already as {id}, but since {date}, not {other}").format(
                id=known.id, date=known.since or _("an unknown date"), other=since
            )
            return self._note(row, message, "left")
        return self._note(row, message, "known")

    def _note(self, row: RowReader, message: str, outcome: Outcome) -> Outcome:
        """Keep a row that is no record as a comment."""
        self._draft.notes.append(f"{row.address()}: {message}: {row.all_cells()}")
        return outcome

    def _add_event(self, row: RowReader) -> Outcome:
        pair = self._pair(row)
        fields: dict[str, Plain] = {
            "date": read_row_period(row),
            "type": read_term(row, "type", TYPES, otherwise="other") or "other",
            "title": row.required("title"),
        }
        known = pair.partnership is not None and _has_event(pair.partnership, fields)
        return self._add_part("events", row, pair, fields, known=known)

    def _add_exchange(self, row: RowReader) -> Outcome:
        pair = self._pair(row)
        fields = self._direction(row, pair)
        fields["what"] = row.required("title")
        fields["category"] = read_term(row, "category", CATEGORIES, otherwise="other") or "other"
        found = row.reading("count", read_count)
        fields["count"] = str(found.number)
        fields["unit"] = read_term(row, "unit", UNITS) or found.unit or usual_unit(row)
        fields["period"] = read_row_period(row)
        if found.approximate:
            fields["approximate"] = True
        known = pair.partnership is not None and _has_exchange(pair.partnership, fields)
        return self._add_part("exchanges", row, pair, fields, known=known)

    def _add_part(
        self, part: Part, row: RowReader, pair: Pair, fields: dict[str, Plain], *, known: bool
    ) -> Outcome:
        """Add an event or an exchange to the record of its pair, unless the data has it already."""
        if known and pair.partnership is not None:
            return self._note(row, _("known already in {id}").format(id=pair.partnership.id), "known")
        if source := row.text("source"):
            fields["source"] = self._source(source)
        if notes := row.text("notes"):
            fields["notes"] = notes
        row.note_unread()
        self._block(row, pair).parts[part].append(Entry(fields=fields, comments=row.comments))
        return row.outcome

    # --- who takes part -----------------------------------------------------------------------------

    def _pair(self, row: RowReader) -> Pair:
        """The two places of a row.

        Raises:
            CellError: they are not known for certain.
        """
        own, other = (*self._cities, "", "")[:2]
        names = {"city": row.text("city") or own, "partner": row.text("partner") or other}
        fields = {"city": "city", "partner": "partner"}
        if not names["partner"]:
            fields["partner"] = next((each for each in ("to", "from") if each in row), "partner")
            names["partner"] = row.text(fields["partner"])
            if "from" in row and "to" in row:
                fields["city"], names["city"] = "from", row.text("from")
        if not all(names.values()):
            raise CellError(_("it does not name both places"), fields["partner"])
        try:
            pair = self._finder.pair(**names, country=row.text("country"))
        except CellError as error:
            raise CellError(str(error), fields[error.field]) from None
        row.doubt(fields[pair.role], pair.doubt)
        return pair

    def _direction(self, row: RowReader, pair: Pair) -> dict[str, Plain]:
        """The keys `from` and `to`, or `mutual`.

        Raises:
            CellError: it is unknown.
        """
        first, second = pair.places
        if text := row.text("from"):
            origin = self._side(text, "from", pair)
            destination = first if origin == second else second
            if row.text("to") and self._side(row.text("to"), "to", pair) != destination:
                raise CellError(_("it goes from a place to itself"), "to")
            return {"from": origin, "to": destination}
        if text := row.text("to"):
            destination = self._side(text, "to", pair)
            return {"from": first if destination == second else second, "to": destination}
        direction = find_term(DIRECTIONS, row.text("direction"))
        if direction == "out":
            return {"from": first, "to": second}
        if direction == "in":
            return {"from": second, "to": first}
        if direction == "mutual":
            return {"mutual": True}
        message = _("its direction is unknown; write sent, received or mutual in a column called direction")
        raise CellError(message, "direction")

    def _side(self, text: str, field: str, pair: Pair) -> str:
        """Which of the two places a name means.

        Raises:
            CellError: neither, or both.
        """
        named = {*self._finder.find(text), *(place.id for place in pair.new if place.name == text)}
        found = [place for place in pair.places if place in named]
        if len(found) != 1:
            raise CellError(
                _('"{text}" is not one of {list}').format(text=text, list=listed_and(pair.places)), field
            )
        return found[0]

    # --- the draft ----------------------------------------------------------------------------------

    def _block(self, row: RowReader, pair: Pair) -> Block:
        """What the events and exchanges of a pair are in: an extension, or a partnership that is proposed."""
        for place in pair.new:
            self._propose(row, place)
        block = self._draft.blocks.get(frozenset(pair.places))
        if block is not None:
            return block
        if pair.partnership is None:
            block = self._new_block(row, pair)
            field = "partner" if "partner" in row else "to"
            message = _("no partnership of {list} is known; proposed as new").format(
                list=listed_and(pair.places)
            )
            block.head.comments.append(f"{row.address(field)}: {message}")
            row.doubtful = True
            return block
        head = Entry(fields={"extends": pair.partnership.id}, comments=[])
        return self._draft.add_block(pair.places, head)

    def _new_block(self, row: RowReader, pair: Pair) -> Block:
        """A partnership that is not known."""
        name = "-".join(pair.places)
        taken = {str(block.head.fields.get("id", "")) for block in self._draft.blocks.values()}
        while self._dataset.partnership(name) or name in taken:
            name += "-2"
        head = Entry(fields={"id": name, "between": list(pair.places)}, comments=[], address=row.address())
        return self._draft.add_block(pair.places, head)

    def _propose(self, row: RowReader, place: NewPlace) -> None:
        """Add a place that is not known, or one more row that names it."""
        row.doubtful = True
        field = next((each for each in _PLACE_FIELDS if row.text(each) == place.name), "")
        address = row.address(field)
        entry = self._draft.places.get(place.id)
        if entry is not None:
            entry.also.append(address)
            return
        fields: dict[str, Plain] = {"name": place.name, "country": place.country, "level": place.level}
        self._draft.places[place.id] = Entry(fields=fields, comments=[f"{address}: {place.doubt}"])

    def _source(self, text: str) -> str:
        """The id of a source, which is added: an address, or the title of a document."""
        name = f"source-{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
        fields: dict[str, Plain] = {"title": text}
        if re.search(URL, text):
            host = text.split("/")[2]
            fields = {"title": f"[{host}]", "url": text}
        self._draft.sources.setdefault(name, Entry(fields=fields, comments=[]))
        return name


_PLACE_FIELDS = ("partner", "city", "to", "from")


def _has_event(partnership: Partnership, fields: Mapping[str, Plain]) -> bool:
    """Whether a partnership has an event of the same date and title."""
    return any(
        str(event.date) == fields["date"] and fields["title"] in translations(event.title)
        for event in partnership.events
    )


def _has_exchange(partnership: Partnership, fields: Mapping[str, Plain]) -> bool:
    """Whether a partnership has an exchange of the same period, thing and count."""
    return any(
        str(exchange.period) == fields["period"]
        and str(exchange.count) == fields["count"]
        and fields["what"] in translations(exchange.what)
        for exchange in partnership.exchanges
    )
