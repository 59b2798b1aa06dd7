"""The screen of `sources`."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.screens.parts import footnotes, pair_name
from sisterline.formats.terminal.table import Column, table
from sisterline.language import plural
from sisterline.reports.sources import Fact, SourcesReport
from sisterline.text.cells import short
from sisterline.text.escape import printable


def lines(report: SourcesReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
    if report.facts:
        yield from _one(report, view)
        return
    yield ((plural(report.matched, "source"), "head"),)
    columns = [
        Column("Facts", lambda row: str(row.facts or ""), "number", "right", least=3),
        Column("Pairs", lambda row: str(row.partnerships or ""), align="right", weight=3),
        Column("Source", lambda row: row.source.id, least=14),
        Column("Publisher", lambda row: row.source.publisher, least=12, weight=1, yields=20),
        Column("Title", lambda row: row.source.title, least=20, yields=30),
        Column("Type", lambda row: row.source.type, "dim", least=8),
        Column("Language", lambda row: row.source.language, "dim", weight=4),
        Column("Address", lambda row: row.source.url, "link", weight=5),
    ]
    yield from table(columns, report.rows, view)


def _one(report: SourcesReport, view: Viewport) -> Iterator[StyledLine]:
    """One source with all that it supports."""
    source = report.rows[0].source
    yield ((printable(source.id), "head"),)
    yield from list(footnotes((source,), view))[1:]
    yield ()
    yield ((f"supports {plural(len(report.facts), 'fact')}", "head"),)
    pairs = {pair.id: pair_name(pair, view.marks) for pair in report.partnerships}

    def subject(fact: Fact) -> str:
        return pairs.get(fact.subject, fact.subject)

    columns = [
        Column("When", lambda fact: short(fact.date), "date", least=10),
        Column("What", lambda fact: fact.kind, "dim", least=6),
        Column("Of", subject, "name", least=12),
        Column("", lambda fact: fact.text, least=24, flows=True),
    ]
    yield from table(columns, report.facts, view, indent=2)
