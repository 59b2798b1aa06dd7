"""The words of the page, in the language that is active; the page carries them in each of its languages.

`{name}` is filled in by the page. A message that counts is there twice: `_one` for one thing, `_other` for
more, as English needs it.
"""

from typing import TYPE_CHECKING, Any, get_args

from sisterline.translation import gettext as _
from sisterline.translation import ngettext
from sisterline.views.labels import amount, label
from sisterline.views.moments import moment
from sisterline.vocabulary import EventType, Kind, Status, Unit

if TYPE_CHECKING:
    from sisterline.reports.page import PageReport

Words = dict[str, str]

_VOCABULARIES: dict[str, Any] = {"kind": Kind, "status": Status, "event type": EventType}


def page_words() -> Words:
    """All words, by the keys that the template and the scripts use."""
    return {
        **_frame(),
        **_controls(),
        **_list(),
        **_pair(),
        **_map(),
        **_figures(),
        **_anniversaries(),
        **_counts(),
        **_codes(),
    }


def dated_words(report: "PageReport") -> Words:
    """The words with dates of a page, written as in a sentence: its day, and when each era was."""
    words = {"as_of": _("as of {date}").format(date=moment(report.today))}
    for number, era in enumerate(report.eras):
        words[f"era_{number}"] = moment(era.period).replace("/", " – ")
    return words


def _frame() -> Words:
    return {
        "untitled": _("Partnerships"),
        "skip": _("Skip to the content"),
        "views": _("Views"),
        "list": _("Timeline"),
        "map": _("Map"),
        "figures": _("Figures"),
        "anniversaries": _("Anniversaries"),
        "language": _("Language"),
        "theme": _("Light or dark"),
        "dated": _("founding date known for {dated} ({percent} %)"),
        "version": _("version {version}"),
        "selection": _("Selection: {selection}"),
        "about": _("About this page"),
        "about_text": _("One file that works offline. It sends and loads nothing."),
        "made_by": _("Made with sisterline {program}."),
        "credits": _(
            "Coastlines: Natural Earth. Coordinates: GeoNames (CC BY 4.0) and local government lists."
        ),
        "cite": _("How to cite"),
        "noscript": _(
            "Without JavaScript this page shows the first {rows} partnerships. "
            "Open it in a browser with JavaScript to search, and to read histories and sources."
        ),
        "english_only": _("What is not translated is shown in the language of the data."),
    }


def _controls() -> Words:
    return {
        "search": _("Search"),
        "hint": _("Place, region or event"),
        "filters": _("Filters"),
        "all": _("All"),
        "clear": _("Clear all"),
        "sort": _("Sort by"),
        "since": _("Founded"),
        "next": _("Next anniversary"),
        "events": _("Events"),
        "name": _("Name"),
        "status": _("Status"),
        "kind": _("Kind"),
        "level": _("Level"),
        "decade": _("Founded in"),
        "decade_of": _("{n}s"),
        "unknown": _("unknown"),
        "local": _("cities, towns and districts"),
        "regional": _("provinces, prefectures and other regions"),
        "none": _("No partnership matches."),
        "closest": _("Did you mean one of these?"),
        "none_help": _("Try fewer letters or another script: names are found in every language of the data."),
        "shown": _("{n} of {of}"),
        "more": _("Show {n} more"),
    }


def _list() -> Words:
    return {
        "place": _("Place"),
        "partner": _("Partner"),
        "time": _("Time"),
        "key_founded": _("founded"),
        "key_people": _("visits and exchange"),
        "key_paper": _("agreements, anniversaries"),
        "key_thing": _("gifts, monuments, aid"),
        "key_many": _("several in a year"),
        "key_planned": _("announced"),
        "key_suspended": _("suspended"),
        "shaded": _("Shaded:"),
    }


def _pair() -> Words:
    return {
        "back": _("All partnerships"),
        "before": _("Previous"),
        "after": _("Next"),
        "no_date": _("founding date unknown"),
        "partnership": _("partnership"),
        "history": _("History"),
        "no_events": _("No event is on record for this partnership yet."),
        "exchanges": _("Counted exchanges"),
        "sources": _("Sources"),
        "source": _("Source {n}"),
        "archived": _("archived copy"),
        "disputed": _("Another source says: {what}"),
        "searched": _("{fact} (last searched for on {day})"),
        "founding": _("the founding date"),
        "official_source": _("an official source of the founding"),
        "later_events": _("later events"),
        "not_found": _("not found"),
        "announced": _("announced"),
        "population": _("{n} inhabitants ({date})"),
        "distance": _("{n} km apart"),
        "both": _("both ways"),
        "direction": _("{a} → {b}"),
        "sums_note": _("Each counted once."),
        "approximately": _("about {n}"),
        "excluded": _("counted in another record"),
        "people_sum": _("People"),
        "terminal": _("The same in a terminal"),
    }


def _map() -> Words:
    return {
        "map_label": _("Map of the places with partnerships; the list beside it holds the same"),
        "map_help": _(
            "A dot is a place, larger with more partnerships. Choose one to see them. "
            "Land only; no borders are drawn."
        ),
        "of_place": _("Partnerships of {name}"),
        "by_number": _("Places by number of partnerships"),
        "all_places": _("All places"),
    }


def _figures() -> Words:
    return {
        "founded_figure": _("Partnerships founded each year"),
        "founded_note": _("{n} with a known year, by what the parties call them."),
        "regions_figure": _("Which regions are connected"),
        "regions_note": _(
            "Number of partnerships between the places of two regions. A number opens its list."
        ),
        "people_figure": _("People counted in exchanges each year"),
        "people_note": _(
            "Records of a single year that count people, without audiences, each counted once. "
            "Most visits were never counted."
        ),
        "coverage_figure": _("How complete this is"),
        "coverage_note": _("Partnerships by what is known of them."),
        "totals_figure": _("Official totals"),
        "numbers": _("The numbers as a table"),
        "year": _("Year"),
        "number": _("Number"),
        "counted_by": _("Counted by"),
        "what": _("What was counted"),
        "others": _("other or unknown"),
        "to_the_day": _("founding known to the day"),
        "to_the_month": _("founding known to the month"),
        "to_the_year": _("founding known to the year"),
        "with_events": _("with events beyond the founding"),
        "with_exchanges": _("with counted exchanges"),
        "with_two_sources": _("with two sources or more"),
    }


def _anniversaries() -> Words:
    return {
        "due_title": _("Anniversaries from {first} to {last}"),
        "no_month": _("Month unknown"),
        "nth_one": _("{n}st anniversary"),
        "nth_two": _("{n}nd anniversary"),
        "nth_few": _("{n}rd anniversary"),
        "nth_other": _("{n}th anniversary"),
    }


def _counts() -> Words:
    found: Words = {}
    for number, form in ((1, "one"), (2, "other")):
        found |= {
            f"partnerships_{form}": ngettext("{n} partnership", "{n} partnerships", number),
            f"events_{form}": ngettext("{n} event", "{n} events", number),
            f"exchanges_{form}": ngettext("{n} counted exchange", "{n} counted exchanges", number),
            f"sources_{form}": ngettext("{n} source", "{n} sources", number),
            f"years_{form}": ngettext("{n} year", "{n} years", number),
            f"due_{form}": ngettext("{n} anniversary", "{n} anniversaries", number),
        }
    return found


def _codes() -> Words:
    """The codes of the data format in words, as `kind.sister-city`; units with their count."""
    found: Words = {}
    for vocabulary, codes in _VOCABULARIES.items():
        found |= {f"{vocabulary}.{code}": label(vocabulary, code) for code in get_args(codes)}
    found["kind.unknown"] = _("unknown")
    found |= {f"unit.{unit}": amount("{count}", unit) for unit in get_args(Unit)}
    return found
