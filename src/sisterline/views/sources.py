"""The view of `sources`."""

from sisterline.dates import abbreviate
from sisterline.language import plural
from sisterline.reports.sources import CitedFact, SourceRow, SourcesReport
from sisterline.views.blocks import Cell, Column, Footnotes, Heading, Table, View
from sisterline.views.style import Glyphs
from sisterline.views.words import pair_name, shown_of, text_or_blank

FACTS_IN_WORDS = 50  # below this width facts are written in words, as what they say would be cut


def view(report: SourcesReport, glyphs: Glyphs) -> View:
    """All sources; or the only one that was found, and what it supports."""
    sources = _sources(report)
    if not report.facts:
        counted = shown_of(len(report.rows), report.matched, "source")
        return View(blocks=(Heading(parts=(counted,), level=1), sources), main=sources, counted=counted)
    source = report.rows[0].source
    facts = _facts(report, glyphs)
    blocks = (Heading(parts=(source.id,), level=1), Footnotes((source,), cited_only=False), facts)
    return View(blocks=blocks, main=facts, tables=(sources,))


def _facts_count(row: SourceRow) -> str:
    return text_or_blank(row.facts)


def _partnerships_count(row: SourceRow) -> str:
    return text_or_blank(row.partnerships)


def _sources(report: SourcesReport) -> Table:
    return Table(
        name="sources",
        columns=(
            Column(name="id", path="source.id", heading="Source", min_width=14),
            Column(
                name="facts", heading="Facts", text=_facts_count, style="number", align="right", min_width=0
            ),
            Column(
                name="partnerships", heading="Pairs", text=_partnerships_count, align="right", drop_order=3
            ),
            Column(
                name="publisher",
                path="source.publisher",
                heading="Publisher",
                min_width=12,
                drop_order=1,
                shrink_to=20,
            ),
            Column(name="title", path="source.title", heading="Title", min_width=12, shrink_to=24),
            Column(name="type", path="source.type", heading="Type", style="dim", drop_order=2),
            Column(name="language", path="source.language", heading="Language", style="dim", drop_order=4),
            Column(name="url", path="source.url", heading="Address", style="link", drop_order=5),
            Column(name="archived", path="source.archived"),
            Column(name="accessed", path="source.accessed"),
        ),
        rows=report.rows,
    )


def fact_text(fact: CitedFact) -> str:
    """What a source says, in words."""
    if fact.announced:
        return f"{_stated(fact)} (announced)"
    return _stated(fact)


def _stated(fact: CitedFact) -> str:
    if fact.kind == "founding":
        return fact.text or "founding"
    if fact.kind == "dispute":
        return f"{fact.field} {fact.text}"
    if fact.count is None:
        return fact.text
    about = "about " if fact.approximate else ""
    counted = f"{about}{fact.count:,} {fact.unit}"
    if fact.by:
        counted += f" by {fact.by}"
    return f"{counted}: {fact.text}" if fact.text else counted


def _date(fact: CitedFact) -> str:
    return abbreviate(fact.date)


def _text(fact: CitedFact) -> Cell:
    return fact_text(fact)


def _facts(report: SourcesReport, glyphs: Glyphs) -> Table:
    names = {partnership.id: pair_name(partnership, glyphs) for partnership in report.partnerships}

    def subject(fact: CitedFact) -> str:
        return names.get(fact.subject, fact.subject)

    def sentence(fact: CitedFact) -> str:
        return f"{_date(fact)}  {subject(fact)}: {fact_text(fact)}".strip()

    return Table(
        name="facts",
        title=f"Supports {plural(len(report.facts), 'fact')}",
        columns=(
            Column(name="kind"),
            Column(name="date", heading="When", text=_date, style="date", min_width=0),
            Column(heading="Kind", text=_kind, style="dim", drop_order=1),
            Column(name="subject", heading="About", text=subject, style="name", min_width=8, shrink_to=20),
            Column(name="text", value=_text, heading="What", min_width=12, shrink_to=30, wrap=True),
        ),
        rows=report.facts,
        indent=2,
        sentence=sentence,
        sentence_below=FACTS_IN_WORDS,
    )


def _kind(fact: CitedFact) -> str:
    return fact.kind
