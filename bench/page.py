"""The page beside pages that others would make of the same data: readiness, search, size, accessibility."""

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from bench.browser import Browser, Facts, Site, browser
from bench.cases import NOT_INSTALLED, WORLD, Bench, not_run
from bench.measure import FailedError, Timing, in_turn
from bench.peers import MissingError
from bench.sites import BARS, SEARCHED, peer_sites
from bench.table import Row, compare, compare_size, kilobytes

LANGUAGES = 3  # of titles and notes in the bundled data
PAGE, LARGE_PAGE = "the page", f"the page of {WORLD:,}"
OWN = re.compile(r"<(style|script)(?![^>]*application/json)[^>]*>(.*?)</\1>", re.DOTALL)


def page(bench: Bench) -> Iterator[Row]:
    """The page alone, then in Chromium beside other pages.

    Raises:
        FailedError: `list -f html` failed.
    """
    files = {
        PAGE: _written(bench, PAGE),
        LARGE_PAGE: _written(bench, LARGE_PAGE, bench.data / f"{WORLD}.yaml"),
    }
    yield from _made(bench)
    yield from sizes(files[PAGE].read_text("utf-8"))
    yield compare_size(f"size of {LARGE_PAGE}", files[LARGE_PAGE].stat().st_size, 12_000_000)
    ours = {name: Site(path.as_uri(), searched=SEARCHED) for name, path in files.items()}
    try:
        with browser() as chromium, peer_sites(bench) as others:
            yield from in_browser(bench, chromium, ours | others)
    except MissingError as error:
        row = Row(what=PAGE, beside="other pages, in Chromium", bar=1)
        yield not_run(row, error)._replace(note=NOT_INSTALLED)


def _written(bench: Bench, name: str, data: Path | None = None) -> Path:
    path = bench.lab.folder / f"{name.replace(' ', '-')}.html"
    path.write_text(bench.output("list", "-f", "html", data=data), "utf-8")
    return path


def _made(bench: Bench) -> Iterator[Row]:
    """What it takes to make the page."""
    cases = {"page": bench.sisterline("list", "-f", "html"), "json": bench.sisterline("list", "-f", "json")}
    took = bench.lab.measure_cpu(cases, turns=5)
    yield compare("`list -f html`, time of the processor", took["page"], "`list -f json`", took["json"], 3.5)


def sizes(text: str) -> Iterator[Row]:
    """The sizes of the page, of its parts, and compressed."""
    whole = text.encode()
    size, compressed = len(whole), len(gzip.compress(whole))
    own = sum(len(part.encode()) for _, part in OWN.findall(text))
    yield compare_size("size of the page, for each of three languages", size / LANGUAGES, 950_000)
    yield compare_size("size of the page, for each, gzipped", compressed / LANGUAGES, 210_000)
    yield compare_size("size of the page in three languages", size, 1_600_000)
    yield compare_size("size of the page in three languages, gzipped", compressed, 450_000)
    yield compare_size("style and script of the page", own, 56_000)


def in_browser(bench: Bench, chromium: Browser, sites: Mapping[str, Site]) -> Iterator[Row]:
    """Our pages beside those of the peers that are there.

    Raises:
        FailedError: one of ours could not be opened.
    """
    opened, failed = in_turn({name: partial(chromium.open, site) for name, site in sites.items()}, turns=4)
    for name in (PAGE, LARGE_PAGE):
        if name in failed:
            raise failed[name]
    ready = {name: Timing(tuple(each.ready for each in found)) for name, found in opened.items()}
    search = {name: Timing(tuple(each.search for each in found)) for name, found in opened.items()}
    yield compare(f"{LARGE_PAGE}, ready", ready[LARGE_PAGE], PAGE, ready[PAGE], 5)
    yield compare(f"{LARGE_PAGE}, search", search[LARGE_PAGE], PAGE, search[PAGE], 2)
    for call, bar in BARS.items():
        row = Row(what=f"{PAGE}, ready", beside=call, bar=bar)
        if call in failed:
            yield not_run(row, failed[call])
        elif call not in opened:
            yield row._replace(note=NOT_INSTALLED)
        else:
            yield compare(row.what, ready[PAGE], call, ready[call], bar)
            if sites[call].searched:
                yield compare(f"{PAGE}, search", search[PAGE], call, search[call], bar)
    yield from _facts(bench, chromium, {name: sites[name] for name in opened if name != LARGE_PAGE})


def _facts(bench: Bench, chromium: Browser, sites: Mapping[str, Site]) -> Iterator[Row]:
    """What the pages load, and what axe-core finds in them."""
    axe = ""
    if folder := bench.peers.get("axe-core"):
        axe = Path(folder, "axe.min.js").read_text("utf-8")
    ours = chromium.inspect(sites[PAGE], axe)
    yield Row(
        what="requests of the page", beside="its file", ratio=ours.requests, bar=1, took=str(ours.requests)
    )
    for call in sites:
        if call == PAGE:
            continue
        row = Row(what=f"{PAGE}: size, requests, axe-core", beside=call)
        try:
            theirs = chromium.inspect(sites[call], axe)
        except FailedError as error:
            yield not_run(row, error)
        else:
            yield row._replace(took=facts_in_words(ours), beside_took=facts_in_words(theirs))


def facts_in_words(facts: Facts) -> str:
    """For people: 1,950 kB, 1 request, 0 violations."""
    found = "not examined" if facts.violations is None else _counted(facts.violations, "violation")
    return f"{kilobytes(facts.size)}, {_counted(facts.requests, 'request')}, {found}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
