"""Checks across fields and records: directions and parts of exchanges, disputed values, codes, cycles."""

from collections.abc import Mapping, Sequence

from sisterline.dates import Date, DateError
from sisterline.errors import choose_one_of
from sisterline.model import Dispute, Exchange, Partnership, Place
from sisterline.reading.diagnose import Diagnostics, Location
from sisterline.reading.schema import fields_of
from sisterline.translation import gettext as _
from sisterline.translation import listed_and

ExchangeGroup = tuple[tuple[Exchange, ...], Location]  # the exchanges and the location of one record


class RelationChecker:
    """Checks the parts of a partnership against each other, and reports what is wrong."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics

    def check_place(self, place: Place, location: Location) -> None:
        """Check the identifiers of a place."""
        jis = place.identifiers.jis if place.identifiers else None
        if jis and jis[5] != (digit := jis_check_digit(jis)):
            message = _('the check digit of "{jis}" should be {digit}').format(jis=jis, digit=digit)
            hint = _("correct a digit, or write {jis}{digit}").format(jis=jis[:5], digit=digit)
            self._diagnostics.report(location.child("identifiers", "jis"), message, hint)

    def check_partnership(self, partnership: Partnership, location: Location) -> None:
        """Check a partnership, without its extensions."""
        first, second = partnership.between
        if first == second:
            message = _("a place cannot be its own partner")
            self._diagnostics.report(location.child("between", 1), message, _("name two different places"))
        for number, dispute in enumerate(partnership.disputed):
            self._check_dispute(dispute, location.child("disputed", number, "value"))
        self.check_exchanges([(partnership.exchanges, location)], partnership)

    def check_exchanges(
        self, groups: Sequence[ExchangeGroup], base: Partnership, earlier: tuple[Exchange, ...] = ()
    ) -> None:
        """Check the exchanges of one partnership.

        Args:
            groups: the exchanges of the partnership, or of each of its extensions.
            base: the partnership.
            earlier: exchanges that are already checked.
        """
        every = [*earlier, *(exchange for exchanges, _ in groups for exchange in exchanges)]
        wholes = {exchange.id: exchange.part_of for exchange in every if exchange.id}
        in_cycle = set(find_cycles(wholes))
        taken = {exchange.id for exchange in earlier}
        for exchanges, location in groups:
            for number, exchange in enumerate(exchanges):
                here = location.child("exchanges", number)
                self._check_direction(exchange, base.between, here)
                if exchange.id and exchange.id in taken:
                    message = _('the id "{id}" is already defined in this partnership').format(id=exchange.id)
                    self._diagnostics.report(here.child("id"), message, _("choose another"))
                taken.add(exchange.id)
                self._check_whole(exchange, wholes, here.child("part_of"), in_cycle=exchange.id in in_cycle)

    def _check_dispute(self, dispute: Dispute, location: Location) -> None:
        if dispute.field == "since":
            try:
                Date.parse(dispute.value)
            except DateError as error:
                self._diagnostics.report(location, str(error), error.hint)
            return
        choices = fields_of(Partnership)[dispute.field].choices
        if dispute.value not in choices:
            hint = self._diagnostics.suggest(dispute.value, choices)
            message = _('"{value}" is not a valid {field}').format(value=dispute.value, field=dispute.field)
            self._diagnostics.report(location, message, hint or choose_one_of(choices))

    def _check_whole(
        self, exchange: Exchange, wholes: Mapping[str, str | None], location: Location, *, in_cycle: bool
    ) -> None:
        """Check `part_of` of an exchange; `wholes` has the same of all by their ids."""
        if exchange.part_of and exchange.part_of not in wholes:
            hint = self._diagnostics.suggest(exchange.part_of, wholes.keys())
            message = _('no exchange here has the id "{part_of}"').format(part_of=exchange.part_of)
            self._diagnostics.report(
                location, message, hint or _("give the whole exchange an id and use that")
            )
        elif in_cycle:
            hint = _("use the id of the whole exchange")
            self._diagnostics.report(location, _("an exchange cannot be part of itself"), hint)

    def _check_direction(self, exchange: Exchange, between: tuple[str, str], location: Location) -> None:
        ends = {"from": exchange.origin, "to": exchange.destination}
        given = [key for key, end in ends.items() if end]
        places = listed_and(between)
        report = self._diagnostics.report
        if exchange.mutual and given:
            message = _("a mutual exchange has no from or to")
            report(location.child(given[0]), message, _("remove them, or mutual"))
        elif not exchange.mutual and len(given) < 2:
            hint = _("add from: and to: ({places}), or mutual: true").format(places=places)
            report(location, _("the exchange has no direction"), hint)
        elif exchange.origin and exchange.origin == exchange.destination:
            message = _("an exchange cannot go from a place to itself")
            report(location.child("to"), message, _("use {places}").format(places=places))
        for key, end in ends.items():
            if end and end not in between:
                report(
                    location.child(key),
                    _('"{end}" is not a place of this partnership').format(end=end),
                    _("use {places}").format(places=places),
                )


def jis_check_digit(code: str) -> str:
    """The sixth digit of a Japanese local government code, worked out from the five before it.

    The rule of the Ministry of Internal Affairs: the digits times 6, 5, 4, 3 and 2, modulus 11.
    """
    weighted = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=False))
    return str((11 - weighted % 11) % 10)


def find_cycles(links: Mapping[str, str | None]) -> list[str]:
    """The names that are on a cycle of links, in linear time."""
    found: list[str] = []
    done: set[str] = set()
    for name in links:
        passed: dict[str, int] = {}  # name -> number of links before it
        step: str | None = name
        while step is not None and step in links and step not in done and step not in passed:
            passed[step] = len(passed)
            step = links[step]
        if step is not None and step in passed:
            found += list(passed)[passed[step] :]
        done.update(passed)  # |= would copy all of `passed`
    return found
