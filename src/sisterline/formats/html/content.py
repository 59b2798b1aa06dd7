"""What the page says: the data for its scripts, and the texts of the template in the language it opens in."""

import re
from typing import Any

import msgspec
from msgspec.structs import replace

from sisterline import __version__
from sisterline.formats.html.columns import column
from sisterline.formats.html.drawing import era_labels, lane_paths, ticks
from sisterline.formats.html.land import Map, map_of
from sisterline.formats.html.words import Words, dated_words, page_words
from sisterline.query.places import name_suffixes
from sisterline.reports.page import PageReport
from sisterline.reports.page_parts import PagePartnership, PagePlace
from sisterline.text.escape import is_plainly_safe, printable
from sisterline.text.variants import variants_for
from sisterline.translation import LANGUAGES, speaking
from sisterline.views.words import differ_in_form_only

ROWS = 400  # partnerships that are in the page also without JavaScript
_OWN_NAMES = {"en": "English", "zh": "中文", "ja": "日本語"}
_VIEWS = ("list", "map", "figures", "anniversaries")

# Tags that every browser takes (a part of BCP 47).
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")

Data = dict[str, Any]


def printable_report(report: PageReport) -> tuple[PageReport, str]:
    """The same report, whose texts are printable, and its JSON, in columns."""
    encoded = _in_columns(report)
    # JSON has escapes for control characters, and for quotes, which are harmless.
    if is_plainly_safe(encoded) and not re.search(r'\\[^"]', encoded):
        return report, encoded
    safe: PageReport = _printable(report)
    return safe, _in_columns(safe)


def _in_columns(report: PageReport) -> str:
    # The map has where places lie.
    places = tuple(replace(place, location=None) for place in report.places)
    plain = msgspec.to_builtins(replace(report, places=places))
    return msgspec.json.encode(column([plain])).decode()


def page_data(report: PageReport, encoded: str) -> Data:
    """What the scripts read: the report, the words, the map, and how names are folded for the search.

    Args:
        report: one of printable texts.
        encoded: its JSON, see `printable_report`.
    """
    return {
        "language": _opening_language(report),
        "report": msgspec.Raw(encoded.encode()),
        "words": {tag: _words(tag, report) for tag in _languages(report)},
        "facts": _facts(report),
        "map": _map(report),
        "folding": {
            "variants": variants_for(encoded),
            "suffixes": list(name_suffixes().items()),
        },
    }


def content_of(report: PageReport, data: Data) -> dict[str, Any]:
    """The values of the template."""
    language: str = data["language"]
    words: Words = data["words"][language]
    facts = {key: _grouped(value) for key, value in data["facts"].items()}

    def filled(key: str) -> str:
        return fill(words[key], facts)

    def counted(key: str, number: int) -> str:
        form = "one" if number == 1 else "other"
        return fill(words[f"{key}_{form}"], {"n": f"{number:,}"})

    title = text_in(report.title, language)[0] or words["untitled"]
    eras = [text_in(era.label, language)[0] for era in report.eras]
    return {
        "language": language,
        "languages": {tag: _OWN_NAMES.get(tag, tag) for tag in data["words"]},
        "title": title,
        "description": text_in(report.description, language)[0],
        "words": words,
        "filled": filled,
        "counted": counted,
        "counts": _counts(report),
        "version": data["facts"]["version"],
        "selection": report.selection,
        "views": [view for view in _VIEWS if view != "map" or data["map"]],
        "sides": _sides(report, words, language),
        "ticks": ticks(report.axis),
        "eras": era_labels(report, eras),
        "rows": [_row(report, partnership, language) for partnership in report.partnerships[:ROWS]],
        "map": data["map"],
        "citation": _citation(report, title),
    }


def text_in(text: str | dict[str, str], language: str) -> tuple[str, str]:
    """A text in a language, else a kindred one (zh-Hans for zh), English, or its first one; and its tag.

    The tag of a text that is not given by language is empty. script/words.js chooses alike.
    """
    if isinstance(text, str):
        return text, ""
    for tag in (language, *(tag for tag in text if tag.startswith(f"{language}-")), "en", *text):
        if tag in text:
            return text[tag], tag
    return "", ""


def fill(message: str, values: dict[str, str]) -> str:
    """A message with its placeholders filled, as script/words.js fills them."""

    def value(match: re.Match[str]) -> str:
        return values.get(match[1], match[0])

    return re.sub(r"{(\w+)}", value, message)


def _citation(report: PageReport, title: str) -> str:
    """How the data is cited: title, version, licence; nothing where no file describes it."""
    if report.data is None:
        return ""
    return " · ".join(filter(None, (title, report.data.version, report.data.license)))


def _languages(report: PageReport) -> tuple[str, ...]:
    """The languages of the page: ours, and that in which it opens."""
    return tuple(dict.fromkeys((*LANGUAGES, _opening_language(report))))


def _opening_language(report: PageReport) -> str:
    """The language that was asked for; English where a browser would not know that it is one."""
    return report.language if _TAG.fullmatch(report.language) else "en"


def _words(tag: str, report: PageReport) -> Words:
    with speaking(tag):
        return page_words() | dated_words(report)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(map(_printable, value))
    if isinstance(value, dict):
        return {printable(key): _printable(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = value.__struct_fields__
        return replace(value, **{name: _printable(getattr(value, name)) for name in fields})
    return value


def _counts(report: PageReport) -> dict[str, int]:
    """How much the page holds, of what it holds at all."""
    found = {
        "events": sum(len(p.events) for p in report.partnerships),
        "exchanges": sum(len(p.exchanges) for p in report.partnerships),
        "sources": len(report.sources),
    }
    return {"partnerships": len(report.partnerships)} | {key: n for key, n in found.items() if n}


def _facts(report: PageReport) -> Data:
    """What fills the placeholders of sentences about the whole page."""
    dated = sum(bool(partnership.since) for partnership in report.partnerships)
    everything = len(report.partnerships)
    return {
        "dated": dated,
        "percent": round(dated / everything * 100) if everything else 0,
        "version": report.data.version if report.data else "",
        "selection": report.selection,
        "program": __version__,
        "rows": min(ROWS, everything),
    }


def _map(report: PageReport) -> Data | None:
    ends = {place for partnership in report.partnerships for place in partnership.places}
    drawn: Map | None = map_of(
        [place.location if number in ends else None for number, place in enumerate(report.places)]
    )
    return drawn and drawn._asdict()


def _sides(report: PageReport, words: Words, language: str) -> list[str]:
    """The heads of the two columns of places."""
    if report.sides is None:
        return [words["place"], words["partner"]]
    return [text_in(report.countries[side].name, language)[0] for side in report.sides]


def _row(report: PageReport, partnership: PagePartnership, language: str) -> Data:
    return {
        "id": partnership.id,
        "since": partnership.since or "–",
        "places": [_named(report, report.places[place], language) for place in partnership.places],
        "lane": list(lane_paths(partnership.lane)),
        "events": len(partnership.events) or "",
    }


def _named(report: PageReport, place: PagePlace, language: str) -> Data:
    """A place by its name and, if that is another one, its name in the language of its country."""
    name, tag = text_in(place.name, language)
    native, native_tag = text_in(place.name, report.countries[place.country].language or "en")
    return {
        "name": name,
        "lang": tag or "en",  # as script/words.js has it
        "native": "" if _same_name(name, native, language) else native,
        "native_lang": native_tag,
    }


def _same_name(name: str, native: str, language: str) -> bool:
    """Whether two names are the same to who reads a language, as script/words.js has it."""
    return name == native or (language != "en" and differ_in_form_only(name, native))


def _grouped(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
