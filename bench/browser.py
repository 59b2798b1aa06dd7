"""Pages in Chromium: when they are ready, how long a search takes, what they request, what axe-core finds."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from bench.measure import FailedError
from bench.peers import MissingError

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 90_000  # milliseconds for what takes less than ten seconds
SIZE = {"width": 1280, "height": 800}
# No name is looked up: a request to anywhere else fails at once, and counts as a request.
OPTIONS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MARKED = "performance.getEntriesByName('ready')[0]?.startTime"
PARSED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
# Milliseconds from a text in the search box, which has had the focus for a while, until the frame with what
# was found is drawn; a page that draws later says when, but it may not draw at all where the same was found
# again.
SEARCH = """async texts => {
  const input = document.getElementById("find");
  input.focus();
  await new Promise(done => setTimeout(done, 500));
  const took = [];
  for (const text of texts) {
    const start = performance.now();
    const settled = window.settled?.();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await Promise.race([settled, new Promise(done => setTimeout(done, 5000))]);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    took.push(performance.now() - start);
  }
  return took;
}"""


class Site(NamedTuple):
    """A page to measure.

    Attributes:
        address: where it is.
        marked: whether it sets the mark `ready` itself, because a library draws it later; else it is ready
            once its scripts have run.
        searched: the texts that are put into its search box; none where it has none.
    """

    address: str
    marked: bool = False
    searched: Sequence[str] = ()


class Opened(NamedTuple):
    """What one opening of a page took, in seconds.

    Attributes:
        ready: until it was ready.
        search: the mean of all keys of a search.
    """

    ready: float
    search: float = 0.0


class Facts(NamedTuple):
    """What a page is.

    Attributes:
        size: the bytes of all that it loads.
        requests: how many files that is, and how many it asked for in vain.
        violations: how many rules of axe-core it breaks; None without axe-core.
    """

    size: int
    requests: int
    violations: int | None


class Browser:
    """Opens pages, each time in a new Chromium with an empty cache."""

    def __init__(self, playwright: Any, path: str) -> None:
        self._playwright = playwright
        self._path = path

    @contextmanager
    def _tab(self) -> Iterator[Any]:
        from playwright.sync_api import Error

        try:
            browser = self._playwright.chromium.launch(executable_path=self._path, args=OPTIONS)
            try:
                page = browser.new_page(viewport=SIZE, locale="en-GB")
                page.set_default_timeout(PATIENCE)
                yield page
            finally:
                browser.close()
        except Error as error:
            raise FailedError(str(error).strip().splitlines()[0]) from None

    def open(self, site: Site) -> Opened:
        """Open a page and search in it.

        Raises:
            FailedError: it could not be opened, or was not ready in time.
        """
        with self._tab() as page:
            page.goto(site.address)
            if site.marked:
                page.wait_for_function(MARKED)
            ready = page.evaluate(MARKED if site.marked else PARSED) / 1000
            if not site.searched:
                return Opened(ready)
            page.wait_for_timeout(500)
            took = page.evaluate(SEARCH, list(site.searched))
            return Opened(ready, fmean(took) / 1000)

    def inspect(self, site: Site, axe: str) -> Facts:
        """Open a page and look at it.

        Args:
            site: the page.
            axe: the script of axe-core, or nothing.

        Raises:
            FailedError: it could not be opened, or was not ready in time.
        """
        with self._tab() as page:
            requests: list[Any] = []
            page.on("request", lambda request: requests.append(request))
            page.goto(site.address)
            if site.marked:
                page.wait_for_function(MARKED)
            page.wait_for_load_state("networkidle")
            requests = [each for each in requests if not each.url.startswith("data:")]
            size, asked = sum(map(_size, requests)), len(requests)
            if not axe:
                return Facts(size, asked, None)
            page.evaluate(f"() => {{ {axe} }}")
            run = "tags => axe.run({ runOnly: tags, resultTypes: ['violations'] })"
            return Facts(size, asked, len(page.evaluate(run, TAGS)["violations"]))


def _size(request: Any) -> int:
    """The bytes of what a page asked for; none where it got no answer."""
    address = urlsplit(request.url)
    if address.scheme == "file":
        path = Path(unquote(address.path))
        return path.stat().st_size if path.is_file() else 0
    response = request.response()
    return len(response.body()) if response else 0


def chromium() -> str | None:
    """The path of the system's Chromium."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """The Chromium of the system, driven by Playwright.

    Raises:
        MissingError: one of the two is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise MissingError("playwright is not installed") from None
    path = chromium()
    if path is None:
        raise MissingError("Chromium is not installed")
    with sync_playwright() as playwright:
        yield Browser(playwright, path)
