"""What is compared with what, and the bars."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench import PROGRAMS, TODAY, exports
from bench.maker import KNOWN
from bench.measure import Case, FailedError, Lab, Timing
from bench.table import Row, compare, compare_memory, seconds

TINY, SMALL, LARGE = 8, 4000, 64000  # partnerships with events, exchanges and sources
ROWS = 26000  # partnerships of a directory: one file without events
WORLD = 26111  # partnerships of a list of names: one file, as many as Wikipedia's lists of the world have
NOT_INSTALLED = "not installed"
CITY = KNOWN[0].capitalize()
FLOOR = "one line by Typer and Rich"
LOADER = "`yaml.load` with `CSafeLoader`, unvalidated"


class Bench(NamedTuple):
    """What the cases need.

    Attributes:
        lab: runs and measures commands.
        program: the bin folder with Sisterline.
        peers: paths of the other programs, by name.
        data: the folder of the generated data.
    """

    lab: Lab
    program: Path
    peers: dict[str, str]
    data: Path

    def sisterline(self, *arguments: str, data: Path | None = None) -> Case:
        """A call of Sisterline that counts from a fixed day, over the bundled or over other data."""
        source = ("--no-builtin", "--data", str(data)) if data else ()
        return Case((str(self.program / "sisterline"), *arguments, *source, "--today", TODAY))

    def script(self, name: str, *arguments: str | Path, **env: str) -> Case:
        """A call of a program of `bench/programs`."""
        return Case((str(self.program / "python"), str(PROGRAMS / f"{name}.py"), *map(str, arguments)), env)

    def output(self, *arguments: str, data: Path | None = None) -> str:
        """What Sisterline prints."""
        return self.lab.run(self.sisterline(*arguments, data=data)).stdout


# --- the bundled data -----------------------------------------------------------------------------


def everyday(bench: Bench) -> Iterator[Row]:
    """Everyday calls over the bundled data, beside the smallest program with the same libraries."""
    program = str(bench.program / "sisterline")
    completion = {
        "_SISTERLINE_COMPLETE": "complete_bash",
        "COMP_WORDS": "sisterline list --city Bei",
        "COMP_CWORD": "3",
    }
    cold = bench.lab.folder / "cold"
    first_call = f"rm -rf {cold}; exec {program} list --today {TODAY}"
    cases = {
        "pass": Case((str(bench.program / "python"), "-c", "pass")),
        "floor": bench.script("floor"),
        "list": bench.sisterline("list"),
        "timeline": bench.sisterline("timeline", "--city", CITY),
        "json": bench.sisterline("list", "-f", "json"),
        "version": Case((program, "--version")),
        "help": Case((program, "--help")),
        "list help": Case((program, "list", "--help")),
        "completion": Case((program,), completion),
        "cold": Case(("sh", "-c", first_call), {"SISTERLINE_CACHE_DIR": str(cold)}),
    }
    took = bench.lab.measure(cases, turns=5, values=3)

    def beside_floor(what: str, name: str, bar: float) -> Row:
        return compare(what, took[name], FLOOR, took["floor"], bar)

    yield compare(FLOOR, took["floor"], "`python -c pass`", took["pass"])
    yield beside_floor("`list`, all of the bundled data", "list", 1.2)
    yield beside_floor(f"`timeline --city {CITY}`", "timeline", 1.1)
    yield beside_floor("`list -f json`", "json", 1.15)
    yield beside_floor("`--version`", "version", 1.1)
    yield beside_floor(f"completion of `--city {CITY[:3]}`", "completion", 1.1)
    yield compare("`--help`", took["help"], "`list`", took["list"], 1)
    yield compare("`list --help`", took["list help"], "`list`", took["list"], 1)
    yield beside_floor("`list`, first after an edit", "cold", 4.2)
    yield compare_memory("memory of `list`", took["list"], FLOOR, took["floor"], 1.4)


def terminal(bench: Bench) -> Iterator[Row]:
    """The same on a terminal of 120 columns, where the table has to fit and has colours."""
    cases = {"list": bench.sisterline("list"), "floor": bench.script("floor")}
    for name, case in cases.items():
        cases[name] = Case(("script", "-qec", " ".join(case.argv), os.devnull), {"COLUMNS": "120"})
    took = bench.lab.measure(cases, turns=4, values=3)
    yield compare("`list`, on a terminal", took["list"], f"{FLOOR}, on a terminal", took["floor"], 1.35)


class Peer(NamedTuple):
    """A comparison with another program.

    Attributes:
        program: its name.
        call: what it does, for the table.
        arguments: our call that does the same.
        case: makes its call from its path and the folder for exported data.
        bar: the most that the ratio may be.
    """

    program: str
    call: str
    arguments: tuple[str, ...]
    case: Callable[[Bench, str], Case]
    bar: float | None = None


def not_run(row: Row, error: Exception) -> Row:
    """The row of a program that does not work here; the reason goes to standard error."""
    # It may hold names of folders and hosts, which do not belong in a document.
    print(f"bench: {row.beside}: {error}", file=sys.stderr)
    return row._replace(note="does not run here")


PEERS = (
    Peer("sqlite-utils", "`sqlite-utils rows --table`, the same cells", ("list",), exports.sqlite_rows, 0.9),
    Peer("todoman", "`todo list`, a task per partnership", ("list",), exports.todo_list),
    Peer("jq", "`jq` select on the JSON export", ("list", "--city", CITY), exports.jq_select),
    Peer(
        "hledger",
        "`hledger register`, the same events",
        ("timeline", "--city", CITY),
        exports.hledger_register,
    ),
    Peer("hledger", "`hledger print`, the same events", ("timeline",), exports.hledger_print),
    Peer("visidata", "`vd --batch`, the same CSV to TSV", ("list", "-f", "tsv"), exports.visidata_batch),
)


def peers(bench: Bench) -> Iterator[Row]:
    """Other programs over the same rows."""
    for peer in PEERS:
        what = f"`{' '.join(peer.arguments)}`"
        path = bench.peers.get(peer.program)
        if path is None:
            yield Row(what=what, beside=peer.call, bar=peer.bar, note=NOT_INSTALLED)
            continue
        try:
            cases = {"ours": bench.sisterline(*peer.arguments), "theirs": peer.case(bench, path)}
            took = bench.lab.measure(cases, turns=3, values=3)
        except FailedError as error:
            yield not_run(Row(what=what, beside=peer.call, bar=peer.bar), error)
        else:
            yield compare(what, took["ours"], peer.call, took["theirs"], peer.bar)


# --- a directory of 26,000 partnerships in one file -----------------------------------------------


def reading(bench: Bench) -> Iterator[Row]:
    """Read a large file: whole processes."""
    path = bench.data / f"{ROWS}.yaml"
    cases = {
        "reader": bench.script("reader", path, SISTERLINE_NO_CACHE="1"),
        "loader": bench.script("loader", path),
        "without gc": bench.script("loader", path, "--no-gc"),
    }
    took = bench.lab.measure(cases, turns=3, warm=False)
    took |= bench.lab.measure({"cached": bench.script("reader", path)}, turns=3, values=2)
    what = f"reading {ROWS:,} partnerships from YAML, validated"
    yield compare(what, took["reader"], LOADER, took["loader"], 0.4)
    yield compare(what, took["reader"], "the same without garbage collection", took["without gc"])
    yield compare("the same with the cache", took["cached"], "without it", took["reader"], 1 / 20)


def listing(bench: Bench) -> Iterator[Row]:
    """Print a large list."""
    path = bench.data / f"{ROWS}.yaml"
    cells = bench.lab.folder / "cells.tsv"
    cells.write_text(
        exports.tsv(exports.shown_cells(bench.output("list", "-f", "markdown", data=path))), "utf-8"
    )
    script = Case(
        (sys.executable, str(PROGRAMS / "rows.py")), {"BENCH_DATA": str(path), "BENCH_CELLS": str(cells)}
    )
    rows = bench.lab.measure_script(script, turns=2)
    yield compare(
        f"{ROWS:,} rows in memory, printed by `list`",
        rows["list"],
        "`rich.table.Table`, the same cells",
        rows["rich.table.Table"],
        round(1 / 15, 3),
    )
    whole = bench.sisterline("list", data=path)
    first_screen = f"{' '.join(whole.argv)} | head -n 50"
    cases = {
        "list": whole,
        "first screen": Case(("sh", "-c", first_screen)),
        "load": bench.script("reader", path),
    }
    took = bench.lab.measure(cases, turns=2, values=2)
    yield compare(
        f"first 50 of {ROWS:,} rows, then the pipe is closed",
        took["first screen"],
        "all of them",
        took["list"],
    )
    yield compare_memory(
        f"memory of `list` of {ROWS:,} rows", took["list"], "only loading them", took["load"]
    )


# --- growth ---------------------------------------------------------------------------------------

# The most that a record may cost at 64,000 partnerships beside 4,000. docs/performance.md says why two of
# the bars are wider.
GROWTH_BARS = {
    "list": 1.2,
    "timeline --chart": 1.2,
    "anniversaries": 1.2,
    "stats": 2,
    f"list --city {CITY}": 2,
}


def per_record(whole: float, tiny: float, records: int) -> float:
    """Seconds for each record beyond what a call takes that has next to none; never negative."""
    return max(whole - tiny, 0.0) / records


def growth(bench: Bench) -> Iterator[Row]:
    """What a record costs in small and in large data, and one city among 64,000 partnerships."""
    reads: dict[int, Timing] = {}
    for size in (TINY, SMALL, LARGE):
        data = bench.data / str(size)
        reader = bench.script("reader", data)  # reads YAML and fills the cache
        reads[size] = bench.lab.measure({"read": reader}, turns=1, warm=False)["read"]
    for call, bar in GROWTH_BARS.items():
        cases = {
            str(size): bench.sisterline(*call.split(), data=bench.data / str(size))
            for size in (TINY, SMALL, LARGE)
        }
        took = bench.lab.measure(cases, turns=3, values=1, warm=False)
        yield _growth_row(f"`{call}`", {int(size): timing for size, timing in took.items()}, bar)
    yield _growth_row("reading from YAML", reads, None)
    timeline = ("timeline", "--city", CITY)
    cases = {
        "large": bench.sisterline(*timeline, data=bench.data / str(LARGE)),
        "bundled": bench.sisterline(*timeline),
    }
    answers = {bench.lab.run(case).stdout for case in cases.values()}
    if len(answers) != 1:
        raise FailedError(f"the timeline of {CITY} is not the same among {LARGE:,} partnerships")
    took = bench.lab.measure(cases, turns=4, values=3)
    what = f"`timeline --city {CITY}` among {LARGE:,} partnerships"
    yield compare(what, took["large"], "in the bundled data, the same answer", took["bundled"], 8)


def _growth_row(what: str, took: dict[int, Timing], bar: float | None) -> Row:
    small, large = (per_record(took[size].least, took[TINY].least, size) for size in (SMALL, LARGE))
    return Row(
        what=f"{what}, cost per record at {LARGE:,}",
        beside=f"at {SMALL:,}",
        ratio=large / small if small else None,
        bar=bar,
        took=f"{large * 1e6:.1f} µs; in all {seconds(took[LARGE])}",
        beside_took=f"{small * 1e6:.1f} µs; in all {seconds(took[SMALL])}",
        memory=f"{took[LARGE].memory / 2**20:.0f} / {took[SMALL].memory / 2**20:.0f}",
        runs=str(len(took[LARGE].values)),
    )


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "everyday": everyday,
    "terminal": terminal,
    "peers": peers,
    "reading": reading,
    "listing": listing,
    "growth": growth,
}
