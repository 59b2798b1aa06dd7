"""Pages that others would make of the same data, with libraries of npm or by Datasette."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from bench import PROGRAMS
from bench.browser import Site
from bench.cases import Bench

SEARCHED = ("k", "ko", "kobe")
STARTS_WITHIN = 20.0  # seconds


class Peer(NamedTuple):
    """A page that is made of the same data with a library.

    Attributes:
        call: what it is, for the table.
        template: its file in `bench/programs`.
        packages: the packages of npm that it loads.
        searched: the texts that are put into its search box.
        bar: the most that readiness and search of our page may be beside it.
    """

    call: str
    template: str
    packages: tuple[str, ...]
    searched: tuple[str, ...] = ()
    bar: float | None = None


PEERS = (
    Peer("vis-timeline, a group per partnership", "vis-timeline.html", ("vis-timeline",), SEARCHED, 0.5),
    Peer("Observable Plot, a row per partnership", "plot.html", ("d3", "@observablehq/plot"), SEARCHED),
    Peer("TimelineJS, a slide per partnership", "timelinejs.html", ("@knight-lab/timelinejs",)),
)
DATASETTE = "Datasette, the table of partnerships"
BARS = {**{peer.call: peer.bar for peer in PEERS}, DATASETTE: None}


@contextmanager
def peer_sites(bench: Bench) -> Iterator[dict[str, Site]]:
    """The pages of the peers that are installed, by call; Datasette runs for as long as they are used."""
    with _datasette(bench) as served:
        yield _made(bench) | served


def _made(bench: Bench) -> dict[str, Site]:
    """The pages that load packages of npm."""
    lanes = json.loads(bench.output("timeline", "--chart", "-f", "json"))
    data = json.dumps(lanes, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    sites: dict[str, Site] = {}
    for peer in PEERS:
        folders = [bench.peers.get(name) for name in peer.packages]
        if not all(folders):
            continue
        library = Path(str(folders[0]).removesuffix(peer.packages[0])).as_uri()
        template = (PROGRAMS / peer.template).read_text("utf-8")
        path = bench.lab.folder / peer.template
        path.write_text(template.replace("LIBRARY", library).replace("DATA", data), "utf-8")
        sites[peer.call] = Site(path.as_uri(), marked=True, searched=peer.searched)
    return sites


@contextmanager
def _datasette(bench: Bench) -> Iterator[dict[str, Site]]:
    """Datasette, serving the SQLite export on this machine; nothing where it is not installed."""
    program = bench.peers.get("datasette")
    if program is None:
        yield {}
        return
    database = bench.lab.folder / "pairs.sqlite"
    database.unlink(missing_ok=True)
    bench.output("list", "-o", str(database))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "serve", str(database), "--host", "127.0.0.1", "--port", str(port)],
        cwd=bench.lab.home,
        env=bench.lab.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}/pairs/partnerships?_size=max"
        _await_answer(address)
        yield {DATASETTE: Site(address)}
    finally:
        server.kill()
        server.wait()


def _await_answer(address: str) -> None:
    """Wait until a server answers; if it never does, the browser will say so."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with suppress(OSError), urlopen(address, timeout=STARTS_WITHIN):
            return
        time.sleep(0.2)
