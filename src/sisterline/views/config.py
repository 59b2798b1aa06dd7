"""The view of `config`."""

from sisterline.reports.config import ConfigReport, SettingRow
from sisterline.translation import gettext as _
from sisterline.translation import pgettext
from sisterline.views.blocks import Block, Column, Heading, Paragraph, Table, View
from sisterline.views.drawings import Diagnostic, ProblemList
from sisterline.views.labels import label
from sisterline.views.style import Glyphs
from sisterline.views.words import problems_words


def view(report: ConfigReport, glyphs: Glyphs) -> View:
    """What is not valid, then the settings under the name of their file."""
    table = _table(report)
    blocks: list[Block] = []
    if report.problems:
        problems = [Diagnostic(level="problem", problem=problem) for problem in report.problems]
        blocks.append(ProblemList(tuple(problems)))
        blocks.append(Heading(parts=(problems_words(len(report.problems)),), tight=True))
    blocks += [Paragraph(parts=(_file(report),), indent=0), table]
    return View(blocks=tuple(blocks), main=table)


def _file(report: ConfigReport) -> str:
    if not report.path:
        return _("no settings file: there is no home folder")
    if not report.exists:
        return _("{path} (no such file)").format(path=report.path)
    return report.path


def _value(row: SettingRow) -> str:
    if isinstance(row.value, bool):
        return str(row.value).lower()
    if isinstance(row.value, str):
        return row.value
    return ", ".join(row.value)


def _origin(row: SettingRow) -> str:
    """Where a setting is made, for people, who see the name of the file above."""
    if row.source == "file":
        return _("line {number}").format(number=row.line)
    return row.place or label("origin of a setting", row.source)


def _table(report: ConfigReport) -> Table:
    return Table(
        name="settings",
        columns=(
            Column(name="name", heading=pgettext("column", "Setting"), style="name", min_width=0),
            Column(name="value", value=_value, heading=pgettext("column", "Value"), wrap=True),
            Column(heading=pgettext("origin of a setting", "From"), text=_origin, min_width=0),
            Column(name="source"),
            Column(name="place"),
            Column(name="line"),
            Column(name="column"),
            Column(
                name="variable",
                heading=pgettext("column", "Variable"),
                style="minor",
                drop_order=1,
                min_width=0,
            ),
        ),
        rows=report.settings,
    )
