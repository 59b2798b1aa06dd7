"""Ask for the address of each source once, as a polite robot does, and say what came of it."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Literal
from urllib.robotparser import RobotFileParser

from msgspec import Struct

from sisterline import __version__
from sisterline.links.hosts import PrivateHostError, UnknownHostError, check_host

if TYPE_CHECKING:
    import httpx

AGENT = "sisterline"  # the name that robots.txt may give rules for
USER_AGENT = f"{AGENT}/{__version__} (checks the links of a data set, one request at a time per host)"
WORKERS = 8  # hosts that are asked at the same time
TIMEOUT = 20.0  # seconds for connecting, and for each wait for an answer
MAX_REDIRECTS = 10
MAX_DELAY = 10.0  # seconds between two requests to a host, where its robots.txt asks for more
MAX_ROBOTS = 512_000  # bytes of a robots.txt that are read (RFC 9309, 2.5: at least 500 KiB)

_PERMANENT = frozenset({301, 308})
_GONE = frozenset({404, 410})

Outcome = Literal["ok", "moved", "redirected", "dead", "failed", "refused"]
OnChecked = Callable[[int, int], None]  # how many addresses were checked, of how many


class LinkResult(Struct, frozen=True, kw_only=True):
    """What came of asking for an address.

    Attributes:
        url: the address that was asked for.
        outcome: `ok`; `moved`: for good, to `target`; `redirected`: for now, to `target`; `dead`: the page or
            the host is not there; `failed`: an error that may pass; `refused`: the address was not asked for.
        status: the last HTTP status; None where there was none.
        target: where redirects led; empty where there were none.
        reason: why it failed or was refused; empty where the status says it.
    """

    url: str
    outcome: Outcome
    status: int | None = None
    target: str = ""
    reason: str = ""


def check_links(urls: Iterable[str], on_checked: OnChecked | None = None) -> list[LinkResult]:
    """Ask for http and https addresses: several hosts at the same time, each host for one at a time.

    Proxies of the environment are not used: behind one, nobody could know which host is asked.

    Returns:
        A result per address, in the order of the addresses; each is asked for once.
    """
    import httpx

    wanted = list(dict.fromkeys(urls))
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in wanted:
        by_host[url.split("/")[2]].append(url)
    results: dict[str, LinkResult] = {}
    with httpx.Client(headers={"User-Agent": USER_AGENT}, timeout=TIMEOUT, trust_env=False) as client:
        checker = _Checker(client)
        executor = ThreadPoolExecutor(WORKERS)
        try:
            waiting = [executor.submit(checker.check_all, group, results) for group in by_host.values()]
            for future in as_completed(waiting):
                future.result()
                if on_checked is not None:
                    on_checked(len(results), len(wanted))
        finally:
            # Not waited for: whoever presses Ctrl-C does not want to wait for slow hosts.
            executor.shutdown(wait=False, cancel_futures=True)
    return [results[url] for url in wanted]


class _Host:
    """A host: whose turn it is, when it was last asked, and its rules for robots."""

    def __init__(self) -> None:
        self.turn = Lock()
        self.free_at = 0.0  # on the monotonic clock
        self.delay = 0.0  # seconds between two requests
        self.robots: RobotFileParser | None = None


class _Checker:
    """Asks for addresses; used by several threads.

    Args:
        client: sends the requests, and follows no redirects.
    """

    def __init__(self, client: "httpx.Client") -> None:
        self._client = client
        self._hosts: dict[str, _Host] = defaultdict(_Host)

    def check_all(self, urls: Iterable[str], results: dict[str, LinkResult]) -> None:
        """Ask for the addresses of one host one after the other."""
        for url in urls:
            results[url] = self._check(url)

    def _check(self, url: str) -> LinkResult:
        import httpx

        try:
            return self._follow(url)
        except PrivateHostError:
            return LinkResult(url=url, outcome="refused", reason="an address of a private network")
        except UnknownHostError:
            return LinkResult(url=url, outcome="dead", reason="unknown host")
        except httpx.TimeoutException:
            return LinkResult(url=url, outcome="failed", reason=f"no answer within {TIMEOUT:.0f} seconds")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return LinkResult(url=url, outcome="failed", reason=str(error) or type(error).__name__)

    def _follow(self, url: str) -> LinkResult:
        import httpx

        target = httpx.URL(url)
        permanent = True
        for _ in range(MAX_REDIRECTS + 1):
            if not self._may_ask(target):
                return LinkResult(url=url, outcome="refused", target=_other(target, url), reason="robots.txt")
            with self._request(target) as response:
                following = response.next_request
                status = response.status_code
            if following is None:
                return _result(url, status, _other(target, url), permanent=permanent)
            permanent = permanent and status in _PERMANENT
            target = following.url
        return LinkResult(url=url, outcome="failed", reason=f"more than {MAX_REDIRECTS} redirects")

    @contextmanager
    def _request(self, url: "httpx.URL") -> "Iterator[httpx.Response]":
        """An answer whose body is not read, in the turn of its host."""
        check_host(url.host)
        host = self._hosts[url.netloc.decode()]
        with host.turn:
            time.sleep(max(0.0, host.free_at - time.monotonic()))
            try:
                with self._client.stream("GET", url) as response:
                    yield response
            finally:
                host.free_at = time.monotonic() + host.delay

    def _may_ask(self, url: "httpx.URL") -> bool:
        """Whether the rules of a host allow an address (RFC 9309)."""
        host = self._hosts[url.netloc.decode()]
        if host.robots is None:
            robots = RobotFileParser()
            robots.parse(self._robots_lines(url.join("/robots.txt")))
            host.delay = min(float(robots.crawl_delay(AGENT) or 0), MAX_DELAY)
            host.robots = robots
        return host.robots.can_fetch(AGENT, str(url))

    def _robots_lines(self, url: "httpx.URL") -> list[str]:
        """The lines of a robots.txt: none where it is missing, all is forbidden where the server fails."""
        import httpx

        content = b""
        try:
            for _ in range(MAX_REDIRECTS + 1):
                with self._request(url) as response:
                    following = response.next_request
                    if response.is_server_error:
                        return ["User-agent: *", "Disallow: /"]
                    if response.is_success:
                        content = _beginning(response)
                if following is None:
                    break
                url = following.url
        except httpx.HTTPError:
            return []  # the address itself fails in the same way, and its result says how
        return content.decode("utf-8", "replace").splitlines()


def _beginning(response: "httpx.Response") -> bytes:
    content = b""
    for part in response.iter_bytes():
        content += part
        if len(content) >= MAX_ROBOTS:
            break
    return content[:MAX_ROBOTS]


def _other(target: "httpx.URL", url: str) -> str:
    """Where redirects led; empty where that is the address itself."""
    import httpx

    return "" if target == httpx.URL(url) else str(target)


def _result(url: str, status: int, target: str, *, permanent: bool) -> LinkResult:
    """The result of an answer that is no redirect."""
    outcome: Outcome = "ok"
    if status in _GONE:
        outcome = "dead"
    elif not 200 <= status < 300:
        outcome = "failed"
    elif target:
        outcome = "moved" if permanent else "redirected"
    return LinkResult(url=url, outcome=outcome, status=status, target=target)
