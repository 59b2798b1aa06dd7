"""What one takes out of the explorer: sources, copies, files, and the command that gives the same."""

from collections.abc import Sequence

from sisterline.explore import output
from sisterline.explore.browser import open_address
from sisterline.explore.choices import source_items
from sisterline.explore.dialogs import Chooser, FileName
from sisterline.explore.equivalent import equivalent, of_partnership
from sisterline.explore.pages import fact_to_copy, partnership_report, row_to_copy
from sisterline.explore.panes import Outcome, Panes, View
from sisterline.explore.rows import DueRows
from sisterline.reports.base import Report
from sisterline.reports.refs import SourceRef
from sisterline.translation import gettext as _
from sisterline.translation import listed, ngettext

COMMANDS: dict[View, tuple[str, ...]] = {
    "list": ("list",),
    "chart": ("timeline", "--chart"),
    "due": ("anniversaries",),
    "figures": ("stats",),
}


class Outlets(Panes):
    """The panes, and what is taken out of them."""

    def action_sources(self) -> None:
        """List the sources of what is read."""
        sources = self._sources()
        if not sources:
            self.key_line.say(_("There is no source to list."))
            return
        title = _("Sources: Enter opens one in the browser, y copies its address, Esc goes back")
        items = source_items(sources)
        chooser = Chooser(self.look, title, lambda: items, copied=self._copy_address)
        self.push_screen(chooser, self._open)

    def _sources(self) -> Sequence[SourceRef]:
        if self.view == "figures" and self.text is not None:
            return self.text.sources
        if self.number is None:
            return ()
        return partnership_report(self.exploration, self.number).sources

    def _open(self, source: SourceRef | None) -> None:
        if source is None:
            return
        self.key_line.say(open_address(source.url, self.suspend))

    def _copy_address(self, source: SourceRef) -> None:
        self.copy_to_clipboard(source.url)

    def action_copy(self) -> None:
        """Copy the row or the fact with its sources."""
        if self.text is not None and (self.has_keys(self.page) or self.view == "figures"):
            pane = self.main if self.view == "figures" else self.page
            copied = fact_to_copy(self.text, pane.cursor)
        elif self.number is not None:
            copied = row_to_copy(self.exploration, self.number)
        else:
            return
        self.copy_to_clipboard(copied)
        self.key_line.say(_("Copied: {text}").format(text=copied.partition("\n")[0]))

    # --- leaving ----------------------------------------------------------------------------------

    def report(self) -> Report:
        """What is in front, as a command reports it."""
        if self.text is not None and (self.reading or self.view == "figures"):
            return self.text.report
        if self.view == "chart":
            return output.chart(self.exploration)
        if isinstance(self.rows, DueRows):
            return self.rows.report
        return output.listing(self.exploration)

    def action_write(self) -> None:
        """Write what is in front to a file."""
        report = self.report()

        def write(name: str, *, replace: bool) -> output.Written:
            return output.write_file(self.exploration, report, name, replace=replace)

        title = _("Write to a file ({suffixes})").format(suffixes=listed(output.suffixes(report)))
        self.push_screen(FileName(title, f"{report.name}.csv", write), self._written)

    def _written(self, said: str | None) -> None:
        if said is not None:
            self.key_line.say(said)

    def action_leave(self) -> None:
        """Leave, with the command line that gives what is in front."""
        if self.reading and self.chart is None and self.number is not None:
            self.exit(Outcome(of_partnership(self.exploration, self.number)))
            return
        found = equivalent(self.exploration, *COMMANDS[self.view])
        shown = len(self.exploration.shown)
        remark = ""
        if found.partnerships != shown:
            remark = ngettext(
                "options cannot say all of it: the command selects {selected} partnership, not {shown}",
                "options cannot say all of it: the command selects {selected} partnerships, not {shown}",
                found.partnerships,
            ).format(selected=f"{found.partnerships:,}", shown=f"{shown:,}")
        self.exit(Outcome(found.words, remark))
