"""`make bench`: measure all, print one table and keep it in docs/performance.md.

    python -m bench [--only GROUP] [--cpu] [--strict]

`--only` measures one group of `cases.GROUPS` and keeps nothing; `--cpu` counts the processor's time instead
of the clock's, for a busy machine, and keeps nothing; `--strict` fails where a bar is not met.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from bench import BUILD, ROOT, maker, peers
from bench.cases import GROUPS, ROWS, SIZES, TINY, Bench
from bench.runs import FailedError, Runner
from bench.table import Row, keep, markdown, summary
from sisterline.reading.files import bundled_folder

DOCUMENT = ROOT / "docs" / "performance.md"


def say(text: str) -> None:
    """Tell how far it is."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def data_folder() -> Path:
    """The data sets, made once for one bundled data set and one way to make them."""
    made_of = [
        Path(maker.__file__),
        ROOT / "tools" / "format_data.py",
        *sorted(bundled_folder().glob("*.yaml")),
    ]
    digest = blake2b(b"".join(path.read_bytes() for path in made_of), digest_size=6).hexdigest()
    folder = BUILD / "data" / digest
    if (folder / "whole").is_file():
        return folder
    data = maker.bundled_data()
    for size in (TINY, *SIZES):
        maker.make(size, folder / str(size), data=data)
    maker.make(ROWS, folder / f"{ROWS}.yaml", directory=True, data=data)
    (folder / "whole").touch()
    return folder


def machine(bench: Bench) -> Iterator[str]:
    """On what it was measured, and of which versions, as a list in Markdown."""
    model = ""
    cpus = Path("/proc/cpuinfo")
    if cpus.is_file():
        names = re.findall(r"^model name\s*: (.*)$", cpus.read_text(), re.MULTILINE)
        model = names[0] if names else ""
    yield f"* machine: {model or platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    system = platform.freedesktop_os_release()["PRETTY_NAME"] if sys.platform == "linux" else ""
    yield f"* system: {system or platform.platform()}, {platform.system()} {platform.release()}"
    found = peers.versions(bench.program)
    libraries = ", ".join(f"{name} {found[name]}" for name in (*peers.LIBRARIES, "msgspec"))
    yield f"* Python {platform.python_version()}; sisterline {found['sisterline']} with {libraries}"
    others = [f"{name} {peers.versions(bin_)[name]}" for name, bin_ in bench.peers.items()]
    others += [_version(name, "--version") for name in ("jq", "hledger")]
    yield f"* beside it: {', '.join(each for each in others if each) or 'nothing'}"
    yield f"* measured on {datetime.now(UTC):%Y-%m-%d}"


def _version(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def environments(runner: Runner, clock: str) -> Bench:
    """Everything that is measured, installed; what cannot be had is told why."""
    program = peers.program()
    plain = peers.plain(program)
    bins: dict[str, Path] = {}
    missing: dict[str, str] = {}
    for name in peers.PEERS:
        try:
            bins[name] = peers.peer(name)
        except peers.MissingError as error:
            missing[name] = "not installed"
            say(f"{name} is not installed: {error}")
    return Bench(runner, program, plain, bins, missing, "cpu" if clock == "cpu" else "wall", data_folder())


def main(arguments: list[str]) -> int:
    """Measure, print and keep; 0 unless something failed, or a bar was not met and that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the program beside others.")
    parser.add_argument("--only", choices=GROUPS, action="append", help="one group; repeatable")
    parser.add_argument("--cpu", action="store_const", const="cpu", default="wall", help="processor's time")
    parser.add_argument("--strict", action="store_true", help="fail where a bar is not met")
    asked = parser.parse_args(arguments)
    start = time.monotonic()
    shutil.rmtree(BUILD / "work", ignore_errors=True)  # with the caches of other versions
    rows: list[Row] = []
    with Runner(BUILD / "work") as runner:
        try:
            say("environments and data")
            bench = environments(runner, asked.cpu)
            for name in asked.only or GROUPS:
                say(f"{name}, after {time.monotonic() - start:.0f} s")
                rows += GROUPS[name](bench)
        except (peers.MissingError, FailedError) as error:
            say(str(error))
            return 1
        text = "\n".join([*machine(bench), f"* {summary(rows)}", "", markdown(rows)])
    print(text)
    say(f"done in {time.monotonic() - start:.0f} s")
    if not asked.only and asked.cpu == "wall":
        keep(text, DOCUMENT)
    return 1 if asked.strict and any(row.missed for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
