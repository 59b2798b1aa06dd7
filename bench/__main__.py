"""`make bench`: measure everything, print the table and write it into docs/performance.md."""

import argparse
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from pyperf import __version__ as pyperf_version

from bench import BUILD, ROOT, cases, maker, peers
from bench.browser import chromium
from bench.cases import LARGE, ROWS, SMALL, TINY, WORLD, Bench
from bench.explorer import explorer
from bench.measure import FailedError, Lab
from bench.page import page
from bench.table import Row, markdown, replace_between_markers, summary
from sisterline.reading.files import bundled_folder

GROUPS = {**cases.GROUPS, "explorer": explorer, "page": page}
DOCUMENT = ROOT / "docs" / "performance.md"


def say(text: str) -> None:
    """Report progress."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def data_folder() -> Path:
    """The generated data; it is kept until the bundled data or the code that generates it changes."""
    sources = [
        Path(maker.__file__),
        ROOT / "tools" / "format_data.py",
        *sorted(bundled_folder().glob("*.yaml")),
    ]
    digest = blake2b(b"".join(path.read_bytes() for path in sources), digest_size=6).hexdigest()
    folder = BUILD / "data" / digest
    if not (folder / "complete").is_file():
        data = maker.bundled_data()
        for size in (TINY, SMALL, LARGE):
            maker.make(size, folder / str(size), data=data)
        maker.make(ROWS, folder / f"{ROWS}.yaml", form="directory", data=data)
        maker.make(WORLD, folder / f"{WORLD}.yaml", form="names", data=data)
        (folder / "complete").touch()
    return folder


def installed_peers() -> dict[str, str]:
    """The paths of the other programs that could be installed."""
    found: dict[str, str] = {}
    commands = {name: name for name in peers.PEERS} | {"todoman": "todo", "visidata": "vd"}
    installers: dict[str, Callable[[str], str]] = {
        **dict.fromkeys(commands, lambda name: str(peers.python_program(name) / commands[name])),
        **dict.fromkeys(("jq", "hledger", "fzf"), peers.debian_program),
        **dict.fromkeys(peers.NODE_PACKAGES, peers.node_package),
    }
    for name, install in installers.items():
        try:
            found[name] = install(name)
        except peers.MissingError as error:
            say(f"{name} is not installed: {error}")
    return found


def description(bench: Bench) -> Iterator[str]:
    """The machine and the versions, as a list in Markdown."""
    cpu = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        models = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].partition(": ")[2] if models else cpu
    yield f"* machine: {cpu}, {os.cpu_count()} cores"
    yield f"* system: {platform.platform()}"
    found = peers.versions(bench.program)
    libraries = ", ".join(f"{name} {found[name]}" for name in ("typer", "rich", "pyyaml", "msgspec"))
    yield f"* Python {platform.python_version()}; sisterline {found['sisterline']} with {libraries}"
    programs = bench.peers | ({"chromium": path} if (path := chromium()) else {})
    yield f"* beside it: {'; '.join(sorted(_versions(programs))) or 'nothing'}"
    yield f"* measured by pyperf {pyperf_version} on {datetime.now(UTC):%Y-%m-%d}"


def _versions(programs: dict[str, str]) -> Iterator[str]:
    """The versions of other programs, of those that say it."""
    for name, path in programs.items():
        try:
            yield peers.version(name, path)
        except peers.MissingError as error:
            say(f"{name} has no version: {error}")


def main() -> int:
    """Measure and print; 0 unless a command failed, or with `--strict` a bar was not met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Compare Sisterline with others.")
    parser.add_argument("--only", choices=GROUPS, action="append", help="one group, printed only; repeatable")
    parser.add_argument("--strict", action="store_true", help="fail where a bar is not met")
    options = parser.parse_args()
    start = time.monotonic()
    shutil.rmtree(BUILD / "work", ignore_errors=True)  # with the caches of other versions
    lab = Lab(BUILD / "work")
    rows: list[Row] = []
    try:
        say("programs and data")
        bench = Bench(lab=lab, program=peers.sisterline(), peers=installed_peers(), data=data_folder())
        for name in options.only or GROUPS:
            say(f"{name}, after {time.monotonic() - start:.0f} s")
            for row in GROUPS[name](bench):
                rows.append(row)
                say(" | ".join(row.cells()))  # what a run that is stopped has measured
        text = "\n".join([*description(bench), f"* {summary(rows)}", "", markdown(rows)])
    except (peers.MissingError, FailedError) as error:
        say(str(error))
        return 1
    print(text)
    say(f"done in {time.monotonic() - start:.0f} s")
    if not options.only:
        replace_between_markers(text, DOCUMENT)
    if options.strict and any(row.missed for row in rows):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
