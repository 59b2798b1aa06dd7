"""The view of `sources`."""

from sisterline.dates import abbreviate
from sisterline.reports.sources import CitedFact, SourcesReport
from sisterline.translation import counted, pgettext
from sisterline.translation import gettext as _
from sisterline.views.blocks import Column, Footnotes, Heading, Table, View
from sisterline.views.columns import date_column, number_column
from sisterline.views.labels import LANGUAGE_TAG, amount
from sisterline.views.style import Glyphs
from sisterline.views.words import (
    about,
    announced_text,
    disputed_words,
    estimated,
    pair_name,
    shown_of,
    sources_words,
    text_or_blank,
)

FACTS_IN_WORDS = 50  # below this width facts are written in words, as what they say would be cut


def view(report: SourcesReport, glyphs: Glyphs) -> View:
    """All sources; or the only one that was found, and what it supports."""
    sources = _sources(report)
    if not report.facts:
        title = shown_of(len(report.rows), report.matched, sources_words(report.matched))
        return View(blocks=(Heading(parts=(title,), level=1), sources), main=sources, counted=title)
    source = report.rows[0].source
    facts = _facts(report, glyphs)
    blocks = (Heading(parts=(source.id,), level=1), Footnotes((source,), cited_only=False), facts)
    return View(blocks=blocks, main=facts, tables=(sources,))


def _sources(report: SourcesReport) -> Table:
    return Table(
        name="sources",
        columns=(
            Column(name="id", path="source.id", heading=pgettext("column", "Source"), min_width=14),
            number_column("facts", pgettext("column", "Facts"), show=text_or_blank, style="number"),
            number_column("partnerships", pgettext("column", "Pairs"), show=text_or_blank, drop_order=3),
            Column(
                name="publisher",
                path="source.publisher",
                heading=pgettext("column", "Publisher"),
                min_width=12,
                drop_order=1,
                shrink_to=20,
            ),
            Column(
                name="title",
                path="source.title",
                heading=pgettext("column", "Title"),
                min_width=12,
                shrink_to=24,
            ),
            Column(
                name="type",
                path="source.type",
                heading=pgettext("column", "Type"),
                codes="source type",
                style="minor",
                drop_order=2,
            ),
            Column(
                name="language",
                path="source.language",
                heading=pgettext("column", "Language"),
                codes=LANGUAGE_TAG,
                style="minor",
                drop_order=4,
            ),
            Column(
                name="url",
                path="source.url",
                heading=pgettext("column", "Address"),
                style="address",
                drop_order=5,
            ),
            Column(name="archived", path="source.archived"),
            Column(name="accessed", path="source.accessed"),
        ),
        rows=report.rows,
    )


def fact_text(fact: CitedFact) -> str:
    """What a source says, in words."""
    if fact.announced:
        return announced_text(_stated(fact))
    return _stated(fact)


def _stated(fact: CitedFact) -> str:
    if fact.kind == "founding":
        return fact.text or _("founding")
    if fact.kind == "dispute":
        return disputed_words(fact.field, fact.text)
    if fact.count is None:
        return fact.text
    number = about(fact.count) if fact.approximate else estimated(fact.count, approximate=False)
    counts = amount(number, fact.unit)
    if fact.by:
        counts = _("{counts} by {body}").format(counts=counts, body=fact.by)
    if not fact.text:
        return counts
    return _("{counts}: {what}").format(counts=counts, what=fact.text)


def _facts(report: SourcesReport, glyphs: Glyphs) -> Table:
    names = {partnership.id: pair_name(partnership, glyphs) for partnership in report.partnerships}

    def subject(fact: CitedFact) -> str:
        return names.get(fact.subject, fact.subject)

    def sentence(fact: CitedFact) -> str:
        message = pgettext("a fact", "{date}  {subject}: {text}")
        return message.format(date=abbreviate(fact.date), subject=subject(fact), text=fact_text(fact)).strip()

    return Table(
        name="facts",
        title=counted("Supports {count} fact", "Supports {count} facts", len(report.facts)),
        columns=(
            Column(name="kind", codes="fact kind"),
            date_column("date", pgettext("column", "When"), show=abbreviate),
            Column(
                path="kind",
                heading=pgettext("column", "Kind"),
                codes="fact kind",
                style="minor",
                drop_order=1,
            ),
            Column(
                name="subject",
                heading=pgettext("column of facts", "About"),
                text=subject,
                style="name",
                min_width=8,
                shrink_to=20,
            ),
            Column(
                name="text",
                value=fact_text,
                heading=pgettext("column", "What"),
                min_width=12,
                shrink_to=30,
                wrap=True,
            ),
        ),
        rows=report.facts,
        indent=2,
        sentence=sentence,
        sentence_below=FACTS_IN_WORDS,
    )
