"""Names, codes and counts in words, in the language of the program."""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from sisterline.language import ordinal
from sisterline.translation import active_language, counted, listed, pgettext
from sisterline.translation import gettext as _
from sisterline.views.drawings import Colophon
from sisterline.views.labels import LANGUAGE_TAG, label, level_label
from sisterline.views.moments import moment

if TYPE_CHECKING:
    from sisterline.reports.base import DataRef
    from sisterline.reports.refs import NextAnniversary, PartnershipRef, PlaceRef, SourceRef
    from sisterline.views.style import Glyphs

# The schemes of identifiers, as the fields of `Identifiers` are called, with their names.
SCHEMES = {
    "wikidata": "Wikidata",
    "geonames": "GeoNames",
    "iso3166_2": "ISO 3166-2",
    "jis": "JIS",
    "gbt2260": "GB/T 2260",
}


def unknown() -> str:
    """What is said of something that the data does not give."""
    return _("unknown")


def place_name(place: "PlaceRef") -> str:
    """A place's name with its native one: Beihai 北海市.

    Who reads Chinese or Japanese needs no second name that differs in the forms of its characters only.
    """
    return with_native(place.name, place.native)


def with_native(name: str, native: str) -> str:
    """A name with the native one, if it has one and it is not the same."""
    if native in ("", name):
        return name
    if active_language() != "en" and differ_in_form_only(name, native):
        return name
    return f"{name} {native}"


def differ_in_form_only(name: str, other: str) -> bool:
    """Whether two names of a place are most likely the same characters: 神户市 and 神戸市."""
    return len(name) == len(other) and all(map(_is_han, name + other))


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" or char in "々〇"


def pair_name(partnership: "PartnershipRef", glyphs: "Glyphs") -> str:
    """A partnership's name: Beihai – Yatsushiro."""
    return f"{partnership.place.name} {glyphs.dash} {partnership.partner.name}"


def where(places: Sequence[str]) -> str:
    """Places that lie in each other, given from the smallest: Guangxi, China."""
    step = pgettext("a place in a larger one", "{inner}, {outer}")

    def widened(inner: str, outer: str) -> str:
        return step.format(inner=inner, outer=outer)

    return reduce(widened, places)


def level_in(place: "PlaceRef", within: Sequence[str]) -> str:
    """What a place is and where: city in Guangxi, China.

    Args:
        place: any.
        within: the names of the places that it lies in, the smallest first, without its country.
    """
    level = level_label(place.level, place.country)
    return _("{level} in {where}").format(level=level, where=where((*within, place.country_name)))


def people(count: int, as_of: str) -> str:
    """A population: 1,850,000 people in 2022."""
    return _("{count} people in {date}").format(count=f"{count:,}", date=moment(as_of))


def kind_words(partnership: "PartnershipRef") -> str:
    """What the parties call a partnership."""
    return label("kind", partnership.kind or "") or pgettext("kind", "partnership")


def founding_words(partnership: "PartnershipRef", basis: str = "") -> str:
    """What a partnership is and since when: friendship city since 1996-03-05 (agreement signed).

    Args:
        partnership: any.
        basis: what the date rests on; left out where it is empty.
    """
    kind = kind_words(partnership)
    if partnership.since is None:
        message = (
            _("{kind}, founding date unknown ({basis})") if basis else _("{kind}, founding date unknown")
        )
        return message.format(kind=kind, basis=basis)
    message = _("{kind} since {date} ({basis})") if basis else _("{kind} since {date}")
    return message.format(kind=kind, date=moment(partnership.since), basis=basis)


def disputed_words(field: str, value: str) -> str:
    """What another source says instead: since 1996-03.

    Args:
        field: since, kind or status.
        value: as the data has it.
    """
    if field == "since":
        return _("since {date}").format(date=moment(value))
    name = pgettext("disputed field", "status") if field == "status" else pgettext("disputed field", "kind")
    return pgettext("a disputed field and its value", "{field} {value}").format(
        field=name, value=label(field, value)
    )


def language_name(tag: str) -> str:
    """The name of a language; its tag where that is another one."""
    names = {
        "en": pgettext("language", "English"),
        "zh": pgettext("language", "Chinese"),
        "ja": pgettext("language", "Japanese"),
        "ko": pgettext("language", "Korean"),
    }
    return names.get(tag, tag)


def years_words(years: int) -> str:
    """An age: 30 years."""
    return counted("{count} year", "{count} years", years)


def ordinal_words(n: int) -> str:
    """Which anniversary: 35th."""
    return pgettext("anniversary", "{nth}").format(nth=ordinal(n), n=n)


def _is_day(date: str) -> bool:
    return len(date) >= len("2031-03-05")


def next_words(upcoming: "NextAnniversary") -> str:
    """When the next anniversary is: next: 35th on 2031-03-05, next: 20th in 2027."""
    message = _("next: {nth} in {date}")
    if _is_day(upcoming.date):
        message = _("next: {nth} on {date}")
    return message.format(nth=ordinal(upcoming.ordinal), n=upcoming.ordinal, date=moment(upcoming.date))


def next_anniversary_words(upcoming: "NextAnniversary") -> str:
    """Which anniversary is next, and when: 35th anniversary on 2031-03-05."""
    message = _("{nth} anniversary in {date}")
    if _is_day(upcoming.date):
        message = _("{nth} anniversary on {date}")
    return message.format(nth=ordinal(upcoming.ordinal), n=upcoming.ordinal, date=moment(upcoming.date))


def colophon(today: str, dates: Iterable[str]) -> Colophon:
    """The last line of a document with these dates."""
    written = "".join(dates)
    signs = {"/": _("/ to"), "~": _("~ about"), "?": _("? uncertain")}
    return Colophon(today=today, signs=tuple(words for sign, words in signs.items() if sign in written))


def in_parentheses(text: str) -> str:
    """A text in parentheses to put after another one; nothing where there is none."""
    if not text:
        return ""
    return pgettext("a remark after a text", " ({remark})").format(remark=text)


def announced_text(text: str) -> str:
    """What no source says took place."""
    return _("{text} (announced)").format(text=text)


def estimated(count: int, *, approximate: bool) -> str:
    """A count, with a sign where the source does not say exactly: `1,500`, `~600`."""
    if approximate:
        return f"~{count:,}"
    return f"{count:,}"


def about(count: int) -> str:
    """A count that the source does not give exactly, in a sentence: about 600."""
    return _("about {count}").format(count=f"{count:,}")


def exact_and_about(exact: int, approximate: int) -> str:
    """A sum in a sentence: 13, about 80, 13 and about 80; nothing for neither."""
    if exact and approximate:
        return _("{exact} and about {approximate}").format(exact=f"{exact:,}", approximate=f"{approximate:,}")
    if approximate:
        return about(approximate)
    return grouped_or_blank(exact)


def unusual_status(status: str) -> str:
    """The status of a partnership in words; nothing for an active one, as most are."""
    if status == "active":
        return ""
    return label("status", status)


def text_or_blank(count: int) -> str:
    """A count; nothing where it is 0."""
    if not count:
        return ""
    return str(count)


def grouped(count: int) -> str:
    """A count with its thousands grouped."""
    return f"{count:,}"


def grouped_or_blank(count: int) -> str:
    """A count with its thousands grouped; nothing where it is 0."""
    if not count:
        return ""
    return grouped(count)


def partnerships_words(count: int) -> str:
    """How many partnerships: 1,577 partnerships."""
    return counted("{count} partnership", "{count} partnerships", count)


def events_words(count: int) -> str:
    """How many events."""
    return counted("{count} event", "{count} events", count)


def sources_words(count: int) -> str:
    """How many sources."""
    return counted("{count} source", "{count} sources", count)


def problems_words(count: int) -> str:
    """How many problems."""
    return counted("{count} problem", "{count} problems", count)


def warnings_words(count: int) -> str:
    """How many warnings."""
    return counted("{count} warning", "{count} warnings", count)


def shown_of(shown: int, matched: int, everything: str) -> str:
    """How many there are, and how many of them are shown: `885 sources`, `5 of 885 sources`.

    Args:
        shown: how many are shown.
        matched: how many there are.
        everything: these in words.
    """
    if shown == matched:
        return everything
    return _("{shown} of {everything}").format(shown=f"{shown:,}", everything=everything)


def data_words(data: "DataRef") -> str:
    """A data set as it is cited: title, version 2026.11.25 (CC-BY-4.0)."""
    title = data.title
    if data.version:
        title = _("{title}, version {version}").format(title=data.title, version=data.version)
    return f"{title}{in_parentheses(data.license)}"


def short_source_words(source: "SourceRef") -> str:
    """A source in a few words: its publisher, and its title where it has no address or no publisher."""
    if source.publisher and source.url:
        return source.publisher
    return _published(source)


def source_words(source: "SourceRef") -> str:
    """A source in words: publisher, title (type, language, when it was read)."""
    read = _("read {date}").format(date=moment(source.accessed)) if source.accessed else ""
    what_sort = (label("source type", source.type), label(LANGUAGE_TAG, source.language), read)
    return f"{_published(source)}{in_parentheses(listed(filter(None, what_sort)))}"


def _published(source: "SourceRef") -> str:
    return pgettext("between publisher and title", ", ").join(filter(None, (source.publisher, source.title)))
