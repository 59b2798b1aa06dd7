"""What one record says of another: exchanges between the places of a partnership, parts, disputes, cycles."""

from collections.abc import Mapping, Sequence

from sisterline.dates import Date, DateError
from sisterline.model import Dispute, Exchange, Partnership
from sisterline.reading.diagnose import Diagnostics, Location
from sisterline.reading.schema import fields_of

ExchangeGroup = tuple[tuple[Exchange, ...], Location]  # exchanges, and the record that has them


class RelationChecker:
    """Checks what the parts of one partnership say of each other."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics

    def check_partnership(self, partnership: Partnership, location: Location) -> None:
        """Check a partnership without what other records add to it."""
        first, second = partnership.between
        if first == second:
            message = "a place cannot be its own partner"
            self._diagnostics.report(location.child("between", 1), message, "name two different places")
        for number, dispute in enumerate(partnership.disputed):
            self._check_dispute(dispute, location.child("disputed", number, "value"))
        self.check_exchanges([(partnership.exchanges, location)], partnership)

    def check_exchanges(
        self, groups: Sequence[ExchangeGroup], base: Partnership, earlier: tuple[Exchange, ...] = ()
    ) -> None:
        """Check the exchanges of some records of one partnership.

        Args:
            groups: the exchanges with the records that have them.
            base: the partnership.
            earlier: its exchanges that were checked before.
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
                    message = f'the id "{exchange.id}" is already defined in this partnership'
                    self._diagnostics.report(here.child("id"), message, "choose another")
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
            message = f'"{dispute.value}" is not a valid {dispute.field}'
            self._diagnostics.report(location, message, hint or f"choose one of {', '.join(choices)}")

    def _check_whole(
        self, exchange: Exchange, wholes: Mapping[str, str | None], location: Location, *, in_cycle: bool
    ) -> None:
        """Check the exchange that one is a part of."""
        if exchange.part_of and exchange.part_of not in wholes:
            hint = self._diagnostics.suggest(exchange.part_of, wholes.keys())
            message = f'no exchange here has the id "{exchange.part_of}"'
            self._diagnostics.report(location, message, hint or "give the whole an id and name that")
        elif in_cycle:
            self._diagnostics.report(location, "an exchange cannot be a part of itself", "name the whole")

    def _check_direction(self, exchange: Exchange, between: tuple[str, str], location: Location) -> None:
        ends = {"from": exchange.origin, "to": exchange.destination}
        given = [key for key, end in ends.items() if end]
        pair = " and ".join(between)
        report = self._diagnostics.report
        if exchange.mutual and given:
            message = "a mutual exchange has no from or to"
            report(location.child(given[0]), message, "keep one of the two ways")
        elif not exchange.mutual and len(given) < 2:
            hint = f"add from: and to: ({pair}), or mutual: true"
            report(location, "the exchange does not say which way it goes", hint)
        elif exchange.origin and exchange.origin == exchange.destination:
            report(location.child("to"), "an exchange goes from one place to the other", f"use {pair}")
        for key, end in ends.items():
            if end and end not in between:
                report(location.child(key), f'"{end}" is not a place of this partnership', f"use {pair}")


def find_cycles(links: Mapping[str, str | None]) -> list[str]:
    """The names from which the links lead back to where they began, in linear time."""
    found: list[str] = []
    done: set[str] = set()
    for name in links:
        passed: dict[str, int] = {}
        step: str | None = name
        while step is not None and step in links and step not in done and step not in passed:
            passed[step] = len(passed)
            step = links[step]
        if step is not None and step in passed:
            found += list(passed)[passed[step] :]
        done.update(passed)  # |= would copy all of it each time
    return found
