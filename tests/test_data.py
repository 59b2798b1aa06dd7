"""The rules that the bundled data keeps, and the questions that it must answer.

`sisterline check` holds what every data file has to be; this holds what makes ours a curated one.
A rule that fails lists every offender, one a line: the record, the fact, and what is wrong with it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import helpers
from sisterline.dates import Date, Period
from sisterline.model import Dataset, Event, Exchange, Partnership, Place, source_ids
from sisterline.query.places import region_of
from sisterline.query.ranges import DayRange, parse_range
from sisterline.query.selection import Selection, select
from sisterline.reading.dataset import load_dataset, read_dataset
from sisterline.reports.exchanges import by_category
from sisterline.reports.sums import sums, with_counted
from sisterline.vocabulary import REGION_LEVELS, LocalizedText, OneOrMoreIds
from title_rules import is_japanese, is_simplified

DATA = Path(__file__).parents[1] / "data"
TODAY = Date(2026, 11, 22)  # the day up to which the facts were gathered

# Hosts that mirror or cache other people's pages, some of them spam: what was read there is cited as a
# copy without an address.
JUNK = (
    "1.62.100.15", "27.96.41.44", "6chong.cn", "bakusai.com", "baogaosu.com", "cache.yimg.jp",
    "chatlady-b.com", "chinaidiom.com", "ckzpt.com", "cloudfront.net", "cx001.com.cn", "daowen.com",
    "datazoo.jp", "docsplayer.net", "expydoc.com", "fensifuwu.com", "fujipost.com", "golangjump.com",
    "handmsg.com", "happylibus.com", "hbzqbyyxgs.com", "hnhxyygs.com", "jp-home.com", "jxxfw.com",
    "laitimes.com", "lu-xu.com", "lwhongsheng.com", "mimizun.com", "news-pic.com", "paperzz.com",
    "pdfslide.net", "pdfslide.tips", "qiangbosw.com", "saaoao.cn", "sesebaobei.com", "shaliwang.cn",
    "squishnscrub.com", "szmolu.com", "td.fyun.cc", "vistrails.com", "yexian114.com", "yomi.tokyo",
    "youdiankan.cc", "yuegouguoji.com", "zgkjsz.com", "zuizhijiaoyu.com",
)  # fmt: skip


# --- the data, and ways to walk it ----------------------------------------------------------------


@cache
def data() -> Dataset:
    return load_dataset([DATA])


def pairs() -> tuple[Partnership, ...]:
    return tuple(data().partnerships)


@cache
def pair(name: str) -> Partnership:
    return next(p for p in pairs() if p.id == name)


def events() -> Iterator[tuple[Partnership, Event]]:
    return ((p, event) for p in pairs() for event in p.events)


def exchanges() -> Iterator[tuple[Partnership, Exchange]]:
    return ((p, exchange) for p in pairs() for exchange in p.exchanges)


def english(text: LocalizedText | None) -> str:
    return "" if text is None else text if isinstance(text, str) else text.get("en", "")


def tongues(text: LocalizedText | None) -> dict[str, str]:
    return {} if text is None else {"en": text} if isinstance(text, str) else text


def of_event(p: Partnership, event: Event) -> str:
    return f"{p.id}: {event.date} {event.type} {english(event.title)!r}"


def of_exchange(p: Partnership, exchange: Exchange) -> str:
    return f"{p.id}: {exchange.period} {exchange.count} {exchange.unit} {english(exchange.what)!r}"


def texts() -> Iterator[tuple[str, str, str]]:
    """Every text for people: where it stands, its language (empty where none is said), the text."""
    found: list[tuple[str, LocalizedText | None]] = []
    for code, country in data().countries.items():
        found.append((f"{code}: name", country.name))
    for name, place in data().places.items():
        found += [(f"{name}: name", place.name), (f"{name}: notes", place.notes)]
    for p in pairs():
        found += [(f"{p.id}: basis", p.basis), (f"{p.id}: notes", p.notes)]
        found += [(f"{p.id}: disputed", dispute.notes) for dispute in p.disputed]
        for event in p.events:
            found += [(of_event(p, event), event.title), (of_event(p, event) + " notes", event.notes)]
        for exchange in p.exchanges:
            where = of_exchange(p, exchange)
            found += [(where, exchange.what), (where + " notes", exchange.notes)]
    for total in data().totals:
        found += [
            (f"total of {total.as_of}: counts", total.counts),
            (f"total of {total.as_of}: by", total.by),
        ]
    for where, text in found:
        for tongue, words in tongues(text).items():
            yield where, tongue, words
    for name, place in data().places.items():
        yield from ((f"{name}: alias", "", alias) for alias in place.aliases)
    for name, source in data().sources.items():
        yield from ((f"source {name}: title", "", title) for title in tongues(source.title).values())
        if source.publisher is not None:
            yield f"source {name}: publisher", "", english(source.publisher)


def none_of(offenders: Iterable[str]) -> None:
    """Fail with the whole list."""
    if found := list(offenders):
        pytest.fail(f"{len(found)} offenders\n" + "\n".join(found), pytrace=False)


# --- sources --------------------------------------------------------------------------------------


def uses() -> Iterator[tuple[str, OneOrMoreIds]]:
    """Every place in the data where a fact names its source."""
    for name, place in data().places.items():
        if place.population:
            yield f"{name}: population", place.population.source or ()
    for p in pairs():
        yield f"{p.id}: founding", p.sources
        yield from ((f"{p.id}: disputed {d.field} {d.value}", d.source or ()) for d in p.disputed)
    yield from ((of_event(p, event), event.source) for p, event in events())
    yield from ((of_exchange(p, exchange), exchange.source) for p, exchange in exchanges())
    yield from ((f"total of {total.as_of}", total.source) for total in data().totals)
    info = data().info
    assert info is not None
    yield from ((f"era {era.period}", era.source) for era in info.eras)


def test_the_files_are_clean() -> None:
    problems = read_dataset([DATA]).problems
    none_of(str(problem) for problem in problems)


def test_every_fact_has_a_source() -> None:
    none_of(f"{where}: no source" for where, source in uses() if not source_ids(source))


def test_every_source_that_is_named_exists() -> None:
    known = data().sources
    none_of(
        f"{where}: no source {name}"
        for where, source in uses()
        for name in source_ids(source)
        if name not in known
    )


def test_no_fact_names_a_source_twice() -> None:
    none_of(
        f"{where}: {source}"
        for where, source in uses()
        if len(set(source_ids(source))) != len(source_ids(source))
    )


def test_every_source_is_used() -> None:
    used = {name for _, source in uses() for name in source_ids(source)}
    none_of(f"source {name}: not used" for name in data().sources if name not in used)


def test_every_place_is_used_or_holds_one_that_is() -> None:
    used: set[str] = set()
    for p in pairs():
        for name in p.between:
            at: str | None = name
            while at:
                used.add(at)
                at = data().places[at].within
    none_of(f"place {name}: not used" for name in data().places if name not in used)


def test_every_source_has_an_address_or_is_a_copy() -> None:
    none_of(
        f"source {name}" for name, source in data().sources.items() if not (source.type and source.language)
    )
    none_of(
        f"source {name}: type {source.type}, url {source.url}"
        for name, source in data().sources.items()
        if (source.url is None) != (source.type == "copy")
    )


def test_every_address_is_well_formed() -> None:
    def wrong(url: str) -> str:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https"):
            return "neither http nor https"
        if not re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", host):
            return "no host name"
        if parts.port is not None or parts.username is not None or parts.fragment:
            return "a port, a user or a fragment"
        if re.search(r"\s|[\u3000<>\"{}|\\^`]", url):
            return "a character that no address has"
        if re.search(r"[?&](utm_|fbclid|cx_part|gclid)", url):
            return "tracking"
        return ""

    none_of(
        f"source {name}: {reason}: {source.url}"
        for name, source in data().sources.items()
        if source.url and (reason := wrong(source.url))
    )


def test_no_address_leads_to_a_mirror_or_a_cache() -> None:
    def junk(host: str) -> bool:
        return any(host == name or host.endswith("." + name) for name in JUNK)

    none_of(
        f"source {name}: {source.url}"
        for name, source in data().sources.items()
        if source.url and junk(urlsplit(source.url).hostname or "")
    )


def test_no_page_has_two_sources() -> None:
    seen: dict[str, str] = {}
    offenders = []
    for name, source in data().sources.items():
        if source.url:
            page = re.sub(r"^https?://(www\d?\.)?", "", source.url).rstrip("/").lower()
            if seen.setdefault(page, name) != name:
                offenders.append(f"sources {seen[page]} and {name}: {source.url}")
    none_of(offenders)


def test_no_publisher_is_spelt_in_two_ways() -> None:
    spelt: dict[str, set[str]] = {}
    for source in data().sources.values():
        if source.publisher:
            publisher = english(source.publisher)
            spelt.setdefault(re.sub(r"[\W_]", "", publisher).lower(), set()).add(publisher)
    none_of(" / ".join(sorted(ways)) for ways in spelt.values() if len(ways) > 1)


# --- pairs and places -----------------------------------------------------------------------------


def test_the_id_of_a_pair_is_the_ids_of_its_places() -> None:
    none_of(f"{p.id}: between {p.between}" for p in pairs() if p.id != "-".join(p.between))


def test_ids_are_kebab_case() -> None:
    ids = [*data().places, *data().sources, *(p.id for p in pairs())]
    for p in pairs():
        ids += [name for exchange in p.exchanges for name in (exchange.id, exchange.series) if name]
    none_of(name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name))


def test_no_source_has_the_id_of_a_place() -> None:
    # `sources changchun` would show the source, where somebody means the sources of Changchun.
    none_of(sorted(set(data().sources) & set(data().places)))


def test_no_pair_is_recorded_twice_in_either_order() -> None:
    seen: dict[frozenset[str], str] = {}
    none_of(
        f"{p.id}: as {was}" for p in pairs() if (was := seen.setdefault(frozenset(p.between), p.id)) != p.id
    )


def test_every_partnership_is_between_a_chinese_and_a_japanese_place() -> None:
    none_of(p.id for p in pairs() if [data().places[name].country for name in p.between] != ["CN", "JP"])


def test_a_friendship_region_is_between_two_regions() -> None:
    none_of(
        f"{p.id}: {[data().places[name].level for name in p.between]}"
        for p in pairs()
        if p.kind == "friendship-region"
        and any(data().places[name].level not in REGION_LEVELS for name in p.between)
    )


def test_every_place_lies_in_a_region_of_its_country() -> None:
    def wrong(place: Place) -> bool:
        outer = data().places[place.within] if place.within else None
        if outer is None:
            return place.level not in ("province", "prefecture", "municipality")
        return outer.country != place.country

    none_of(f"{name}: within {place.within}" for name, place in data().places.items() if wrong(place))


def test_a_town_of_china_lies_in_a_district_a_county_or_a_city() -> None:
    none_of(
        f"{name}: within {place.within}"
        for name, place in data().places.items()
        if place.country == "CN"
        and place.level == "town"
        and (not place.within or data().places[place.within].level not in ("district", "county", "city"))
    )


def test_the_english_name_of_a_place_below_a_city_says_what_it_is_in_china() -> None:
    words = {"district": ("District", "New Area"), "county": ("County",), "town": ("Town",)}
    none_of(
        f"{name}: {english(place.name)}, a {place.level}"
        for name, place in data().places.items()
        if place.country == "CN" and not english(place.name).endswith(words.get(place.level, ("",)))
    )


SPELLINGS = [
    ("韭崎市", "nirasaki"),
    ("韮崎市", "nirasaki"),
    ("黒竜江省", "heilongjiang-prov"),
    ("新泻市", "niigata"),
    ("新泻县", "niigata-pref"),
    ("枥木市", "tochigi"),
    ("仏山市", "foshan"),
    ("斉斉哈爾市", "qiqihar"),
    ("チャムス市", "jiamusi"),
    ("金ヶ崎町", "kanegasaki"),
    ("浦东", "pudong"),
    ("延边州", "yanbian-pref"),
    ("延辺", "yanbian-pref"),
    ("荊沙市", "jingzhou"),
    ("多良见町", "isahaya"),
    ("福冈町", "takaoka"),
    ("豐台區", "fengtai"),
    ("莊原市", "shobara"),
]


@pytest.mark.parametrize(("typed", "place"), SPELLINGS)
def test_a_place_is_found_by_the_spellings_that_people_type(typed: str, place: str) -> None:
    found = select(data(), Selection(cities=(typed,))).partnerships
    assert found
    assert all(place in p.between for p in found)


def test_every_place_has_a_name_in_three_scripts() -> None:
    def missing(place: Place) -> bool:
        return isinstance(place.name, str) or {"en", "zh", "ja"} - set(place.name) != set()

    none_of(f"{name}: {place.name}" for name, place in data().places.items() if missing(place))


def test_no_name_of_a_place_leads_to_two_places_of_one_region_and_level() -> None:
    seen: dict[tuple[str, str, str | None], str] = {}
    offenders = []
    for name, place in data().places.items():
        key = (english(place.name), place.level, place.within)
        if seen.setdefault(key, name) != name:
            offenders.append(f"{name} and {seen[key]}: {key}")
    none_of(offenders)


# --- dates ----------------------------------------------------------------------------------------


def test_nothing_but_a_plan_lies_in_the_future() -> None:
    dated: list[tuple[str, Date | None]] = [(f"{p.id}: since {p.since}", p.since) for p in pairs()]
    dated += [(of_event(p, event), event.date.latest) for p, event in events() if not event.announced]
    dated += [
        (of_exchange(p, exchange), exchange.period.latest)
        for p, exchange in exchanges()
        if not exchange.announced
    ]
    dated += [(f"total of {total.as_of}", total.as_of.latest) for total in data().totals]
    dated += [
        (f"{name}: population", place.population.as_of)
        for name, place in data().places.items()
        if place.population
    ]
    none_of(where for where, when in dated if when and when.first_day > TODAY.first_day)


def test_a_count_without_a_year_ends_no_later_than_the_facts_were_gathered() -> None:
    none_of(
        of_exchange(p, exchange)
        for p, exchange in exchanges()
        if exchange.period.end
        and exchange.period.end.qualifier == "~"
        and exchange.period.end.day_after > TODAY.day_after
    )


def test_intervals_are_in_order_and_no_longer_than_they_look() -> None:
    periods = [(of_event(p, event), event.date) for p, event in events()]
    periods += [(of_exchange(p, exchange), exchange.period) for p, exchange in exchanges()]
    none_of(
        where
        for where, period in periods
        if period.start
        and period.end
        and period.start != period.end
        and period.end.first_day < period.start.first_day
    )


def test_a_founding_has_a_basis_and_an_undated_one_has_none() -> None:
    none_of(
        f"{p.id}: since {p.since}, basis {p.basis}" for p in pairs() if (p.since is None) != (p.basis is None)
    )


def test_a_computed_founding_date_says_so() -> None:
    none_of(
        f"{p.id}: since {p.since}, basis {english(p.basis)!r}"
        for p in pairs()
        if p.since and p.since.qualifier == "~" and "reckoned" not in english(p.basis)
    )


def founding_type(p: Partnership) -> str:
    """The type of the founding event: a contact where the exchange began without a document on record."""
    began = re.search(r"\b(?:start of|first)\b", english(p.basis))
    return "contact" if began else "agreement"


def foundings(p: Partnership) -> list[Event]:
    """The events of a dated pair that found it: those of the founding's type on the founding date."""
    assert p.since
    day = Period.single(p.since)
    return [event for event in p.events if event.date == day and event.type == founding_type(p)]


def test_a_dated_pair_has_exactly_one_founding_event() -> None:
    none_of(
        f"{p.id}: since {p.since}, {len(foundings(p))} events of the type {founding_type(p)} on that date"
        for p in pairs()
        if p.since and len(foundings(p)) != 1
    )


PLAN = re.compile(
    r"\b(?:is|are|was|were) (?:due|planned|expected|scheduled) |\b(?:is|are) to (?!give|help)[a-z]+"
    r"|\bplans (?:a|an|its|to)\b|\bas (?:announced|planned)\b|\bplanned\b(?! visit)"
)


def test_a_plan_is_marked_as_announced_and_worded_like_any_event() -> None:
    found = [(of_event(p, event), english(event.title)) for p, event in events()]
    found += [(of_exchange(p, exchange), english(exchange.what)) for p, exchange in exchanges()]
    none_of(where for where, text in found if PLAN.search(text))


def test_the_plans_that_were_confirmed_are_not_announced() -> None:
    """They were looked up again, and took place."""
    confirmed = {
        "dalian-maizuru": "2024-07-26",
        "shaanxi-prov-ibaraki-pref": "2025-10-19/2025-10-20",
        "guangdong-prov-aichi-pref": "2019-05-16?",
        "shaanxi-prov-kyoto-pref": "2013-11-17/2013-11-21",
        "yueyang-numazu": "2015-10-29",
        "jinzhou-takaoka": "2015-08-25/2015-08-29",
        "wenzhou-ishinomaki": "2024-10-05",
        "liaoning-prov-kanagawa-pref": "2023-10-17",
    }
    for name, date in confirmed.items():
        assert any(str(event.date).startswith(date) and not event.announced for event in pair(name).events), (
            name
        )


def test_no_founding_is_only_announced() -> None:
    none_of(of_event(p, event) for p in pairs() if p.since for event in foundings(p) if event.announced)


# What makes two places partners in full, as titles put it, and what raises an earlier relation to that.
FULL = re.compile(
    r"\bbecome (?:full )?(?:friendship|sister)\b|\bfriendship-city (?:agreement|tie|relation)"
    r"|\bfull friendship\b|\bfriendship agreement\b|\bfriendship prefecture and province\b"
)
RAISED = re.compile(r"\bformally\b|\bfull friendship\b|\braises?\b")


def test_no_agreement_after_the_founding_is_the_full_one() -> None:
    """A pair is dated by its full agreement; an earlier paper is an event before the founding."""
    none_of(
        f"{of_event(p, event)}: since {p.since}"
        for p, event in events()
        if p.since
        and event.type == "agreement"
        and event.date.anchor.first_day > p.since.first_day
        and event not in foundings(p)
        and not event.notes
        and FULL.search(english(event.title))
    )


def test_a_pair_that_is_dated_by_its_first_document_says_so() -> None:
    """Where the places count from the first paper, the full agreement is a renewal and the notes say it."""

    def says_so(p: Partnership) -> bool:
        official = any(data().sources[name].type == "official" for name in p.sources)
        return official and "count from" in english(p.notes)

    raised = [(p, e) for p, e in events() if e.type == "renewal" and RAISED.search(english(e.title))]
    assert {p.id for p, _ in raised} == {"changning-hirakata", "jiading-yao", "jilin-prov-tottori-pref"}
    none_of(of_event(p, event) for p, event in raised if not says_so(p))


def test_an_agreement_is_a_document_of_the_two_places() -> None:
    """Papers of bureaus, assemblies, associations, ports, trades and schools have the type of their field."""
    others = re.compile(
        r"\b(?:associations?|newspapers?|trades|bureaus?|councillors|council|assembl(?:y|ies)|universit\w+"
        r"|schools?|ports|zoos?|hospitals?)\b",
        re.IGNORECASE,
    )
    none_of(
        of_event(p, event)
        for p, event in events()
        if event.type in ("agreement", "renewal")
        and not (p.since and event in foundings(p))
        and others.search(english(event.title))
    )


def test_no_agreement_contradicts_the_founding() -> None:
    def contradicts(p: Partnership, event: Event) -> bool:
        if p.since is None or event.type not in ("agreement", "renewal") or event.notes:
            return False
        if event.date.anchor.year != p.since.year:
            return False
        # A renewal or a further act later in the year is no second founding.
        agrees = event.date.overlaps(p.since.first_day, p.since.day_after)
        return not agrees and (event.type == "agreement" or event.date.anchor.first_day < p.since.first_day)

    none_of(f"{of_event(p, event)}: since {p.since}" for p, event in events() if contradicts(p, event))


def test_a_disputed_founding_differs() -> None:
    none_of(
        f"{p.id}: since {p.since}, disputed {dispute.value}"
        for p in pairs()
        for dispute in p.disputed
        if dispute.value == str({"since": p.since, "kind": p.kind, "status": p.status}[dispute.field])
    )


NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
}
ORDINALS = {
    word: n
    for n, word in enumerate(
        [
            "zeroth",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ]
    )
}
_N = r"(?P<n>\d+(?:st|nd|rd|th)?|" + "|".join([*NUMBERS, *ORDINALS]) + ")"
ANNIVERSARY = re.compile(rf"\b{_N}[ -]anniversary\b|\banniversary of {_N.replace('?P<n>', '?P<m>')} years\b")
YEARS = re.compile(
    rf"\b{_N} years (?:of (?:the )?(?:tie|ties|exchange|exchanges|friendship)|with|after the tie)\b"
    rf"|\b{_N.replace('?P<n>', '?P<m>')} year of (?:the |its )?(?:tie|exchange)"
    rf"|\b(?:the tie's|its|in the) (?P<k>\d+)(?:st|nd|rd|th) year\b(?! of (?!the tie|exchange))(?! as )"
)


# A title may also look ahead to an anniversary, or back on it, from the next year.
BESIDE = re.compile(r"\b(?:ahead of|prepares?|plan|plans|towards|puts off|projects|after|year after)\b")


def number(text: str) -> int:
    return {**NUMBERS, **ORDINALS}.get(text) or int(re.sub(r"\D", "", text) or -1)


def test_an_anniversary_is_that_of_the_founding() -> None:
    """ "The n-th anniversary" in a title is always that of the tie; what else has one is told otherwise."""

    def wrong(p: Partnership, event: Event) -> str:
        if event.notes:
            return ""
        title = english(event.title)
        first = event.date.start.year if event.date.start else event.date.latest.year
        for pattern, slack in ((ANNIVERSARY, 0), (YEARS, 1)):
            for match in pattern.finditer(title):
                n = number(next(group for group in match.groups() if group))
                if p.since is None:
                    return "the founding is not dated"
                # "In the 30th year" may be the year that ends with the 30th anniversary.
                due, near = p.since.year + n, 1 if BESIDE.search(title) else 0
                if event.date.latest.year < due - max(slack, near) or first > due + near:
                    return f"{p.since.year} + {n} = {due}"
        return ""

    none_of(f"{of_event(p, event)}: {reason}" for p, event in events() if (reason := wrong(p, event)))


def test_a_suspension_cuts_only_a_partnership_that_is_suspended_or_was_resumed() -> None:
    def resumed(p: Partnership) -> bool:
        return p.status == "suspended" or any(event.type == "resumption" for event in p.events)

    none_of(of_event(p, event) for p, event in events() if event.type == "suspension" and not resumed(p))


def test_a_partnership_that_is_not_active_has_the_event_that_ended_it() -> None:
    ending = {"suspended": "suspension", "dissolved": "dissolution"}
    none_of(
        f"{p.id}: {p.status}"
        for p in pairs()
        if p.status != "active" and not any(e.type == ending[p.status] for e in p.events)
    )


def test_a_partnership_without_a_known_successor_is_active_and_its_notes_say_so() -> None:
    unknown = [p for p in pairs() if "carries the tie on" in english(p.notes)]
    assert {p.id for p in unknown} >= {"gusu-isahaya", "pudong-nagayo", "xinle-ayagawa"}
    none_of(
        f"{p.id}: {p.status}"
        for p in unknown
        if p.status != "active" or "No source read says" not in english(p.notes)
    )


def test_a_disputed_kind_names_who_says_so() -> None:
    none_of(
        f"{p.id}: {dispute.value}"
        for p in pairs()
        for dispute in p.disputed
        if dispute.field == "kind" and not (dispute.source and (dispute.notes or p.notes))
    )


# --- texts ----------------------------------------------------------------------------------------


def test_no_text_has_stray_spaces_or_hidden_characters() -> None:
    def wrong(text: str) -> bool:
        odd = any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for c in text)
        return odd or text != text.strip() or bool(re.search(r" {2}|[^\S ]| [,.;:!?)]|\( ", text))

    none_of(f"{where}: {text!r}" for where, _, text in texts() if wrong(text))


def test_every_text_is_in_the_composed_form_without_half_or_full_width_letters() -> None:
    width = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uffdc]")
    none_of(
        f"{where}: {text!r}"
        for where, _, text in texts()
        if width.search(text) or unicodedata.normalize("NFC", text) != text
    )


def test_no_letter_looks_like_another() -> None:
    def script(c: str) -> str:
        return unicodedata.name(c, "").split(" ")[0] if c.isalpha() else ""

    none_of(
        f"{where}: {text!r}"
        for where, _, text in texts()
        if any(script(c) in ("CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN") for c in text)
    )


HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")

# Simplified Chinese is, by and large, what GB 2312 holds; what Japan writes is what JIS X 0213 holds.
JAPANESE_IN_GB2312 = frozenset("浜芸")  # beside 滨 and 艺


def test_chinese_names_are_written_in_simplified_characters() -> None:
    def foreign(text: str) -> str:
        kana = re.findall("[\u3040-\u30ff]", text)
        han = HAN.findall(text)
        return "".join([*kana, *(c for c in han if c in JAPANESE_IN_GB2312 or not is_simplified(c))])

    none_of(
        f"{where}: {text!r} has {odd}"
        for where, tongue, text in texts()
        if tongue == "zh" and (odd := foreign(text))
    )


def test_japanese_names_are_written_in_japanese_characters() -> None:
    none_of(
        f"{where}: {text!r} has {odd}"
        for where, tongue, text in texts()
        if tongue == "ja" and (odd := "".join(c for c in HAN.findall(text) if not is_japanese(c)))
    )


def test_english_texts_are_in_latin_letters_and_straight_quotes() -> None:
    odd = re.compile(r"[^\x20-\x7e\u00c0-\u024f]")
    none_of(
        f"{where}: {text!r} has {''.join(odd.findall(text))}"
        for where, tongue, text in texts()
        if tongue == "en" and odd.search(text)
    )


def test_a_title_is_one_short_sentence_without_a_final_stop() -> None:
    def wrong(title: str) -> str:
        if len(title) > 140:
            return f"{len(title)} characters"
        if title.endswith((".", ",", ";", ":")) or re.search(r"[a-z]{3}\. [A-Z]", title):
            return "a stop"
        if not title[:1].isupper() and not title[:1].isdigit():
            return "a small first letter"
        if re.search(r"\((?:until|to|from)? ?\d{1,2}(?:-\d{1,2})? [A-Z]|\(\d{1,2}-\d{1,2}\)", title):
            return "the dates belong into the date"
        return ""

    none_of(f"{of_event(p, e)}: {reason}" for p, e in events() if (reason := wrong(english(e.title))))


# Past forms that are no participles, and what makes another one a passive or a part of a sentence.
PAST = re.compile(
    r"\b(?:went|came|took|gave|began|became|wrote|flew|saw|drew|chose|spoke|grew|sang|ran|fell|rose|did)\b"
)
OPENING_PAST = re.compile(
    r"^(?:[A-Z][\w'-]*(?: of | and |'s | ))+"
    r"(?:visited|signed|held|sent|received|opened|donated|presented|attended|marked|celebrated|agreed|met)\b"
    r"(?! by| in | at | with| on | into)"
)


def test_titles_are_in_the_present_tense() -> None:
    none_of(
        of_event(p, event)
        for p, event in events()
        if PAST.search(english(event.title)) or OPENING_PAST.search(english(event.title))
    )


# How a word is written, and what is written in its place now and then.
HOUSE = {
    "Vice-Mayor X, a vice-mayor": r"\b[Vv]ice[ -](?:mayor|governor) [A-Z][a-z]|\bVice[ -](?:mayor|governor)"
    r"|\bvice (?:mayor|governor)|\b[Dd]eputy[ -](?:[Mm]ayor|[Gg]overnor)",
    "Mayor X": r"\b(?:mayor|governor) [A-Z][a-z]+ [A-Z]",
    "Party Secretary X": r"\bparty secretary [A-Z]",
    "deputy head": r"\b[Vv]ice-[Hh]ead",
    "People's Congress": r"\bpeople's congress",
    "friendship city, friendship-city tie": r"\bfriendship-(?:city|cities)(?:$|,|;| of | and | with | in )",
    "cooperation": r"\b[Cc]o-operat",
    "COVID-19": r"\bCovid|\bcovid|COVID(?!-19)",
    "5th anniversary": r"\b(?:first|second|third|fourth|fifth|tenth)[ -]anniversary",
    "30th-anniversary mission": r"\d[a-z]{2} anniversary (?:mission|ceremony|delegation|party|visit|event)",
    "homestay": r"\bhome[- ]stay",
}


@pytest.mark.parametrize("right", HOUSE)
def test_words_are_written_one_way(right: str) -> None:
    wrong = re.compile(HOUSE[right])
    none_of(
        f"{where}: {right!r}: {text!r}"
        for where, tongue, text in texts()
        if (tongue == "en" or (text.startswith("[") and where.startswith("source "))) and wrong.search(text)
    )


def test_the_two_central_records_are_in_three_languages() -> None:
    def missing(text: LocalizedText) -> bool:
        return isinstance(text, str) or set(text) != {"en", "zh", "ja"}

    heart = (pair("tianjin-kobe"), pair("beihai-yatsushiro"))
    none_of(of_event(p, event) for p in heart for event in p.events if missing(event.title))
    none_of(of_exchange(p, each) for p in heart for each in p.exchanges if missing(each.what))


def test_no_event_is_recorded_twice() -> None:
    none_of(
        of_event(p, event)
        for p in pairs()
        for n, event in enumerate(p.events)
        if any(event.date == other.date and event.title == other.title for other in p.events[:n])
    )


# --- counted exchanges ----------------------------------------------------------------------------


def within(part: Period, whole: Period) -> bool:
    """Whether all the days that one period may mean lie in the other."""
    starts = whole.start is None or (part.start is not None and part.start.first_day >= whole.start.first_day)
    ends = whole.end is None or (part.end is not None and part.end.day_after <= whole.end.day_after)
    return starts and ends


def parts() -> Iterator[tuple[Partnership, Exchange, Exchange]]:
    for p in pairs():
        wholes = {exchange.id: exchange for exchange in p.exchanges if exchange.id}
        for exchange in p.exchanges:
            if exchange.part_of:
                yield p, exchange, wholes[exchange.part_of]


def test_a_part_lies_in_its_whole() -> None:
    none_of(
        f"{of_exchange(p, part)}: part of {whole.count} in {whole.period}"
        for p, part, whole in parts()
        if not part.notes and not within(part.period, whole.period)
    )


def test_the_parts_of_a_count_are_not_more_than_the_whole() -> None:
    table: dict[tuple[str, str | None], tuple[Exchange, int]] = {}
    for p, part, whole in parts():
        if part.unit == whole.unit:
            key = (p.id, whole.id)
            table[key] = (whole, table.get(key, (whole, 0))[1] + part.count)
    none_of(
        f"{name}: parts of {whole_id} are {total}, the whole {whole.count}"
        for (name, whole_id), (whole, total) in table.items()
        if total > whole.count
    )


def test_a_part_in_another_unit_contains_or_carries_the_whole() -> None:
    """Boxes of masks: the goods are counted once, by the piece."""
    none_of(
        f"{of_exchange(p, part)}: part of {whole.count} {whole.unit}"
        for p, part, whole in parts()
        if part.unit != whole.unit and part.unit not in ("boxes", "groups", "sets")
    )


def test_the_counts_of_a_series_share_unit_and_direction_and_never_fall() -> None:
    series: dict[tuple[str, str], list[Exchange]] = {}
    for p, exchange in exchanges():
        if exchange.series:
            series.setdefault((p.id, exchange.series), []).append(exchange)
    offenders = []
    for key, members in series.items():
        ordered = sorted(members, key=lambda each: each.period.latest.day_after)
        if len({(each.unit, each.origin, each.destination, each.mutual) for each in members}) > 1:
            offenders.append(f"{key}: unlike units or directions")
        if len(members) < 2 or [each.count for each in ordered] != sorted(each.count for each in members):
            offenders.append(f"{key}: {[each.count for each in ordered]}")
    none_of(offenders)


def test_a_count_goes_between_the_two_places_or_both_ways() -> None:
    none_of(
        of_exchange(p, exchange)
        for p, exchange in exchanges()
        if not exchange.mutual and {exchange.origin, exchange.destination} != set(p.between)
    )


def test_people_on_the_spot_have_no_direction() -> None:
    none_of(
        of_exchange(p, exchange)
        for p, exchange in exchanges()
        if exchange.category in ("attendance", "hosts") and not exchange.mutual
    )


def test_no_count_is_in_two_records_of_one_partnership() -> None:
    none_of(
        of_exchange(p, exchange)
        for p in pairs()
        for n, exchange in enumerate(p.exchanges)
        if any(
            (exchange.count, exchange.unit, exchange.period, exchange.origin, exchange.what)
            == (other.count, other.unit, other.period, other.origin, other.what)
            for other in p.exchanges[:n]
        )
    )


def test_no_party_is_counted_under_two_pairs() -> None:
    """A mission of a city and its prefecture stands in one record only, or a sum over both is wrong."""

    def regions(p: Partnership) -> set[str]:
        return {region for name in p.between if (region := region_of(data(), name))}

    seen: dict[tuple[int, str], Partnership] = {}
    offenders = []
    for p, exchange in exchanges():
        when = exchange.period.anchor
        if exchange.unit == "people" and exchange.count > 20 and when.month:
            other = seen.setdefault((exchange.count, f"{when.year}-{when.month}"), p)
            if other is not p and regions(p) & regions(other):
                offenders.append(f"{of_exchange(p, exchange)}: also in {other.id}")
    none_of(offenders)


def test_a_total_of_a_region_is_of_one_of_the_two_countries() -> None:
    none_of(
        f"total of {total.as_of}: {total.region}"
        for total in data().totals
        if total.region
        and (
            data().places[total.region].level not in REGION_LEVELS
            or data().places[total.region].country not in total.between
        )
    )


# --- how much there is ----------------------------------------------------------------------------


def test_the_data_set_is_as_large_as_was_promised() -> None:
    assert len(pairs()) >= 400
    assert sum(len(p.events) for p in pairs()) >= 1810
    assert sum(len(p.exchanges) for p in pairs()) >= 500


def test_seven_foundings_in_ten_rest_on_an_official_source() -> None:
    dated = [p for p in pairs() if p.since]
    official = [p for p in dated if any(data().sources[name].type == "official" for name in p.sources)]
    assert len(official) >= 0.7 * len(dated)


# --- the questions that it must answer ------------------------------------------------------------


def test_which_pairs_were_founded_before_1979() -> None:
    before = DayRange(0, Date(1979).first_day)
    found = select(data(), Selection(founded=before)).partnerships
    assert [(p.id, str(p.since)) for p in found] == [
        ("tianjin-kobe", "1973-06-24"),
        ("shanghai-yokohama", "1973-11-30"),
        ("xian-nara", "1974-02-01"),
        ("shanghai-osaka", "1974-04-18"),
        ("xian-kyoto", "1974-05-10"),
        ("nanjing-nagoya", "1978-12-21"),
    ]


@pytest.mark.parametrize("name", ["Dalian", "大连", "大連市"])
def test_who_the_partners_of_dalian_are(name: str) -> None:
    found = select(data(), Selection(cities=(name,))).partnerships
    assert [p.id for p in found] == [
        "dalian-kitakyushu",
        "dalian-maizuru",
        "dalian-niigata-pref",
        "dalian-aomori-pref",
        "dalian-aomori",
        "dalian-kanazawa",
        "dalian-iwate-pref",
        "dalian-imari",
        "dalian-ota-tokyo",
        "dalian-akita-pref",
        "dalian-kurobe",
        "dalian-ehime-pref",
        "dalian-fukuoka-pref",
    ]


def test_which_partnerships_have_had_no_event_since_2015() -> None:
    days = parse_range("..2015", "", helpers.TODAY)
    found = {p.id for p in select(data(), Selection(last_event=days)).partnerships}
    after = Date(2016).first_day

    def is_later(event: Event) -> bool:
        end = event.date.end
        return not event.announced and (end is None or end.day_after > after)

    assert found == {p.id for p in pairs() if not any(is_later(event) for event in p.events)}
    assert 100 < len(found) < len(pairs())
    assert {"tianjin-kobe", "beihai-yatsushiro", "nanjing-nagoya"}.isdisjoint(found)


def test_what_was_put_off_in_november_2025() -> None:
    month = DayRange(Date(2025, 11).first_day, Date(2025, 11).day_after)
    put_off = re.compile(r"\bput(?:s)? off\b|\bcancel")
    found = {
        p.id
        for p in select(data(), Selection(dated=month)).partnerships
        for event in p.events
        if put_off.search(english(event.title))
    }
    assert found >= {
        "jiangsu-prov-aichi-pref",
        "jiangsu-prov-fukuoka-pref",
        "jiangsu-prov-ishikawa-pref",
        "jiangsu-prov-kagoshima-pref",
        "jiangsu-prov-osaka-pref",
        "nanchang-takamatsu",
        "shaanxi-prov-kagawa-pref",
        "shandong-prov-yamaguchi-pref",
        "xuzhou-handa",
    }


def test_what_happened_between_nanjing_and_nagoya() -> None:
    tie = pair("nanjing-nagoya")
    assert tie.status == "suspended"
    [suspension] = [event for event in tie.events if event.type == "suspension"]
    assert str(suspension.date) == "2012-02-21"
    later = {str(event.date) for event in tie.events if event.date.anchor > Date(2012, 2, 27)}
    assert {"2013-07-28", "2018-06", "2018-09-03", "2022-09-13", "2025-08-04"} <= later


def test_how_many_students_the_universities_of_kobe_and_tianjin_exchanged() -> None:
    [sent, received] = [
        each
        for each in pair("tianjin-kobe").exchanges
        if "Kobe City University of Foreign Studies" in english(each.what)
    ]
    assert (sent.count, sent.origin, str(sent.period)) == (12, "kobe", "2007/2023")
    assert "undergraduates" in english(sent.what)
    assert (received.count, received.origin, str(received.period)) == (16, "tianjin", "2007/2023")
    assert "graduate students" in english(received.what)


def test_what_yatsushiro_gave_in_2020() -> None:
    year = DayRange(Date(2020).first_day, Date(2020).day_after)
    [tie] = select(data(), Selection(cities=("八代",), dated=year, types=("aid",))).partnerships
    [gift] = tie.events
    assert english(gift.title).startswith(
        "Yatsushiro decides to give Beihai half of its emergency stock of face masks"
    )


def test_the_sums_count_nobody_twice() -> None:
    delegation = [
        each for each in pair("beihai-yatsushiro").exchanges if str(each.period.start)[:7] == "2018-10"
    ]
    assert sum(each.count for each in delegation if each.unit == "people") == 15 + 9
    counted = [each for each, counts in with_counted(pair("beihai-yatsushiro")) if counts]
    taken = [each for each in counted if each in delegation]
    assert sum(each.count for each in taken if each.unit == "people") == 15
    [visitors] = [
        row
        for row in sums([pair("sichuan-prov-hiroshima-pref")], by_category)
        if (row.key.label, row.unit) == ("visitors", "people")
    ]
    assert (visitors.exact, visitors.approximate) == (0, 7600)


def test_the_files_can_be_read_by_others_without_libyaml() -> None:
    # Our reader mends PyYAML's own scanner, which ends a bare text at a question mark inside braces; others
    # who read the files in Python have it as it is.
    import yaml

    for file in (DATA / "sources.yaml", DATA / "totals.yaml"):
        yaml.compose(file.read_text("utf-8"), yaml.SafeLoader)
    # The large file in parts, for it takes PyYAML some ten seconds as a whole.
    text = (DATA / "partnerships.yaml").read_text("utf-8")
    head, *records = text.split("\n\n- ")
    doubtful = [record for record in records if "?" in record]
    assert doubtful
    part = "\n- ".join(doubtful[:60])
    yaml.compose(f"{head}\n\n- {part}\n", yaml.SafeLoader)
