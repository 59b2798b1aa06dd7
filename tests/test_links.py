"""`check --links`, against a server of this process that plays every fault."""

import csv
import io
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from helpers import Result, call
from sisterline.links import checker, hosts
from sisterline.links.checker import LinkResult, check_links

ROBOTS = """
User-agent: *
Disallow: /everybody-out

User-agent: sisterline
Disallow: /private
"""


class Server(ThreadingHTTPServer):
    """What was asked for, by whom, and how many requests it answered at the same time."""

    def __init__(self, robots: str | None = ROBOTS, robots_status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.robots, self.robots_status = robots, robots_status
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.times: list[float] = []
        self.lock = threading.Lock()
        self.now = self.most = 0
        self.meeting: threading.Barrier | None = None
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server = self.server
        with server.lock:
            server.now += 1
            server.most = max(server.most, server.now)
            server.asked.append(self.path)
            server.agents.add(self.headers["User-Agent"])
            server.times.append(time.monotonic())
        time.sleep(0.01)  # for another request to come meanwhile
        with server.lock:
            server.now -= 1  # before the answer, after which the next request may come at any time
        self._answer()

    def _answer(self) -> None:
        kind, _, rest = self.path.strip("/").partition("/")
        if self.path == "/robots.txt":
            self._send(self.server.robots_status, body=(self.server.robots or "").encode())
        elif kind == "status":
            self._send(int(rest))
        elif kind.isdigit():  # /301/status/200 leads to /status/200
            self._send(int(kind), location=f"/{rest}")
        elif kind == "away":
            self._send(302, location=f"http://{rest}/")
        elif kind == "loop":
            self._send(302, location=self.path)
        elif kind == "file":
            self._send(302, location="file:///etc/passwd")
        elif kind == "silent":
            self.server.closing.wait(60)
        elif kind == "broken":
            self.wfile.write(b"no HTTP at all\r\n\r\n")
        elif kind == "endless":
            self._send(200, length=10**12, body=b"x" * 1000)
            self.server.closing.wait(60)
        elif kind == "meeting" and self.server.meeting is not None:
            self.server.meeting.wait(60)
            self._send(200)
        else:
            self._send(200, body=b"here")

    def _send(self, status: int, *, location: str = "", body: bytes = b"", length: int | None = None) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: standard error is for the program."""


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all private addresses, the server of the test may be asked."""

    def check(host: str) -> None:
        if host != "127.0.0.1":
            hosts.check_host(host)

    monkeypatch.setattr(checker, "check_host", check)


def _running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    yield from _running(Server())


def _asked(server: Server, path: str) -> LinkResult:
    (result,) = check_links([f"{server.address}{path}"])
    return result


@pytest.mark.parametrize(
    ("path", "outcome", "status", "target"),
    [
        ("/page", "ok", 200, ""),
        ("/status/204", "ok", 204, ""),
        ("/status/404", "dead", 404, ""),
        ("/status/410", "dead", 410, ""),
        ("/status/403", "failed", 403, ""),
        ("/status/429", "failed", 429, ""),
        ("/status/500", "failed", 500, ""),
        ("/301/page", "moved", 200, "/page"),
        ("/308/page", "moved", 200, "/page"),
        ("/302/page", "redirected", 200, "/page"),
        ("/307/page", "redirected", 200, "/page"),
        ("/301/302/page", "redirected", 200, "/page"),
        ("/301/status/404", "dead", 404, "/status/404"),
        ("/302/status/500", "failed", 500, "/status/500"),
    ],
)
def test_each_answer_has_its_outcome(
    path: str, outcome: str, status: int, target: str, server: Server
) -> None:
    result = _asked(server, path)
    expected = f"{server.address}{target}" if target else ""
    assert (result.outcome, result.status, result.target) == (outcome, status, expected)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop/", "more than 10 redirects"),
        ("/file/", "Request URL has an unsupported protocol 'file://'."),
        ("/broken/", "illegal status line"),
    ],
)
def test_what_is_no_answer_fails_with_its_reason(path: str, reason: str, server: Server) -> None:
    result = _asked(server, path)
    assert (result.outcome, result.status) == ("failed", None)
    assert reason in result.reason


def test_a_server_that_is_silent_fails(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "TIMEOUT", 0.3)
    assert _asked(server, "/silent/").reason == "no answer within 0 seconds"


def test_a_body_is_not_read(server: Server) -> None:
    start = time.monotonic()
    assert _asked(server, "/endless/").outcome == "ok"
    assert time.monotonic() - start < 30  # the server would wait for a minute


def test_an_unknown_host_is_dead() -> None:
    (result,) = check_links(["https://no-such-host.invalid/page"])
    assert (result.outcome, result.reason) == ("dead", "unknown host")


def test_a_port_that_nobody_serves_fails() -> None:
    server = Server()
    address = server.address
    server.server_close()
    (result,) = check_links([f"{address}/page"])
    assert result.outcome == "failed"


# --- what is not asked for ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/private", "/private/page"])
def test_the_rules_of_robots_txt_are_kept(path: str, server: Server) -> None:
    result = _asked(server, path)
    assert (result.outcome, result.reason) == ("refused", "robots.txt")
    assert server.asked == ["/robots.txt"]


def test_rules_for_other_robots_do_not_apply(server: Server) -> None:
    assert _asked(server, "/everybody-out").outcome == "ok"


def test_a_redirect_to_a_forbidden_page_is_not_followed(server: Server) -> None:
    assert _asked(server, "/302/private").outcome == "refused"
    assert "/private" not in server.asked


@pytest.mark.parametrize(("status", "outcome"), [(404, "ok"), (403, "ok"), (500, "refused")])
def test_a_missing_robots_txt_allows_all_and_a_failing_server_nothing(status: int, outcome: str) -> None:
    for server in _running(Server(robots=None, robots_status=status)):
        assert _asked(server, "/page").outcome == outcome


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "0.0.0.0", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]", "[fe80::1]"],
)
def test_no_host_of_the_own_machine_or_network_is_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "check_host", hosts.check_host)
    (result,) = check_links([f"http://{host}:9/page"])
    assert (result.outcome, result.reason) == ("refused", "an address of a private network")


def test_a_redirect_to_the_own_network_is_not_followed(server: Server) -> None:
    assert _asked(server, "/away/169.254.169.254").outcome == "refused"


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2001:4860:4860::8888", True), ("fe80::1%eth0", False), ("100.64.0.1", False)],
)
def test_public_addresses_are_those_of_the_registries(address: str, public: bool) -> None:
    assert hosts.is_public(address) == public


# --- manners --------------------------------------------------------------------------------------


def test_a_host_is_asked_for_one_page_at_a_time(server: Server) -> None:
    pages = [f"{server.address}/page/{number}" for number in range(8)]
    assert [result.outcome for result in check_links(pages)] == ["ok"] * 8
    assert server.most == 1
    assert server.asked.count("/robots.txt") == 1


def test_several_hosts_are_asked_at_the_same_time() -> None:
    for first in _running(Server()):
        for second in _running(Server()):
            first.meeting = second.meeting = threading.Barrier(2)  # neither answers before both are asked
            results = check_links([f"{host.address}/meeting/" for host in (first, second)])
            assert [result.outcome for result in results] == ["ok", "ok"]


def test_an_address_is_asked_for_once(server: Server) -> None:
    page = f"{server.address}/page"
    assert len(check_links([page, page])) == 1
    assert server.asked == ["/robots.txt", "/page"]


def test_the_program_names_itself(server: Server) -> None:
    _asked(server, "/page")
    (agent,) = server.agents
    assert agent.startswith("sisterline/")


def test_a_delay_that_robots_txt_asks_for_is_kept() -> None:
    for server in _running(Server(robots="User-agent: *\nCrawl-delay: 1\n")):
        check_links([f"{server.address}/a", f"{server.address}/b"])
        assert server.times[2] - server.times[1] >= 1


def test_progress_counts_addresses(server: Server) -> None:
    reported: list[tuple[int, int]] = []
    check_links([f"{server.address}/a", f"{server.address}/b"], lambda *counts: reported.append(counts))
    assert reported[-1] == (2, 2)


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def data(server: Server, tmp_path: Path) -> Path:
    """A pair of places whose sources have every outcome."""
    path = tmp_path / "own.yaml"
    path.write_text(f"""
places:
  a: {{name: A, country: CN, level: city, population: {{count: 5, as_of: 2020, source: gone}}}}
  b: {{name: B, country: JP, level: city}}
sources:
  fine: {{title: Fine, url: "{server.address}/page"}}
  gone: {{title: Gone, url: "{server.address}/status/404"}}
  kept: {{title: Kept, url: "{server.address}/status/410", archived: "https://archive.example/kept"}}
  moved: {{title: Moved, url: "{server.address}/301/page"}}
  shy: {{title: Shy, url: "{server.address}/private"}}
  paper: {{title: On paper}}
partnerships:
- {{id: a-b, between: [a, b], since: 2001, sources: [gone, moved, paper]}}
""")
    return path


def _checked(path: Path, *arguments: str) -> Result:
    return call("check", "--links", path, "--today", "2026-11-25", *arguments)


def test_the_screen_has_a_line_for_each_address_that_needs_a_look(data: Path, server: Server) -> None:
    result = _checked(data)
    at = server.address
    add = "add the address of an archived copy as archived:"
    write = f"write url: {at}/page if the page is the same"
    assert result.out.splitlines() == [
        f"gone: dead: {at}/status/404: HTTP status 404, cited by a, a-b; {add}",
        f"kept: dead: {at}/status/410: HTTP status 410; the archived copy is https://archive.example/kept",
        f"shy: warning: refused: {at}/private: robots.txt",
        f"moved: warning: moved: {at}/301/page leads to {at}/page, cited by a-b; {write}",
        "5 addresses checked · 2 dead, 1 moved, 1 ok, 1 refused · 1 source without an address",
    ]
    assert (result.status, result.err) == (1, "")


def test_a_dead_address_with_an_archived_copy_is_no_failure(data: Path) -> None:
    text = data.read_text()
    data.write_text(text.replace('/status/404"', '/status/404", archived: "https://archive.example/gone"'))
    assert _checked(data).status == 0


def test_json_and_csv_have_the_same_rows(data: Path) -> None:
    report = json.loads(_checked(data, "-f", "json").out)
    rows = list(csv.DictReader(io.StringIO(_checked(data, "-f", "csv").out)))
    assert [row["source"] for row in report["rows"]] == ["gone", "kept", "shy", "moved"]
    for row, cells in zip(report["rows"], rows, strict=True):
        expected = row | {"records": " ".join(row["records"]), "status": str(row["status"] or "")}
        assert cells == {name: expected[name] for name in cells}
    assert (report["addresses"], report["outcomes"]["dead"], report["unlinked"]) == (5, 2, 1)


def test_problems_of_the_files_come_first_and_nothing_is_asked_for(data: Path, server: Server) -> None:
    data.write_text(data.read_text().replace("since: 2001", "since: soon"))
    result = _checked(data)
    assert (result.status, server.asked) == (1, [])
    assert '"soon"' in result.out


def test_without_a_network_that_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text('sources: {s: {title: S, url: "https://no-such-host.invalid/page"}}')
    result = _checked(path)
    message = "sisterline: no host of a source could be reached; is this computer online?\n"
    assert (result.status, result.out, result.err) == (1, "", message)


def test_a_check_without_the_option_asks_for_nothing(data: Path, server: Server) -> None:
    assert call("check", data).status == 0
    assert server.asked == []
