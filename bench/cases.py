"""What is compared with what, and by which bar."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from bench import PROGRAMS, TODAY
from bench.maker import KNOWN
from bench.runs import Case, FailedError, Run, Runner, Runs, Spread, in_turn, spread
from bench.table import Bar, Row, mebibytes, seconds
from sisterline.language import ordinal

Clock = Literal["wall", "cpu"]
TINY, SIZES = 8, (4000, 16000, 64000)
ROWS = 26000
PASS, FLOOR = "`python -c pass`", "one line by Typer and Rich"
CITY = KNOWN[0].capitalize()


class Bench(NamedTuple):
    """All that the cases need.

    Attributes:
        runner: who starts programs.
        program: the bin folder of the program's environment.
        plain: that of the libraries' own.
        peers: those of the peers.
        missing: why a peer is not there.
        clock: whether time is the clock's or the processor's.
        data: the folder of the data sets.
    """

    runner: Runner
    program: Path
    plain: Path
    peers: dict[str, Path]
    missing: dict[str, str]
    clock: Clock
    data: Path

    def ours(self, *arguments: str, columns: int = 0, cache: str = "", data: Path | None = None) -> Case:
        """A call of the program; with `cache` by a folder of that name, which is emptied before."""
        more = ("--no-builtin", "--data", str(data)) if data else ()
        argv = (str(self.program / "sisterline"), *arguments, *more, "--today", TODAY)
        if not cache:
            return Case(argv, columns=columns)
        folder = self.runner.folder / cache
        before = _emptied(folder)
        return Case(argv, {"SISTERLINE_CACHE_DIR": str(folder)}, columns, before)

    def script(self, name: str, *arguments: str | Path, plain: bool = False, **env: str) -> Case:
        """A call of one of `bench/programs`."""
        python = (self.plain if plain else self.program) / "python"
        return Case((str(python), str(PROGRAMS / f"{name}.py"), *map(str, arguments)), env)

    def times(self, runs: Sequence[Run]) -> Spread:
        """What runs took, by the clock that was chosen."""
        return spread([run.wall if self.clock == "wall" else run.cpu for run in runs])

    def output(self, *arguments: str, data: Path | None = None) -> str:
        """What the program prints."""
        case = self.ours(*arguments, data=data)
        done = subprocess.run(
            case.argv, capture_output=True, check=True, env=self.runner.environment({}), timeout=300
        )
        return done.stdout.decode()


def _emptied(folder: Path) -> Callable[[], object]:
    return lambda: shutil.rmtree(folder, ignore_errors=True)


def compare(
    bench: Bench, what: str, ours: Sequence[Run], beside: str, theirs: Sequence[Run], bar: Bar | None = None
) -> Row:
    """A row of two programs' times."""
    one, other = bench.times(ours), bench.times(theirs)
    memory = [spread([run.memory for run in runs]).middle for runs in (ours, theirs)]
    runs = f"{len(ours)}" if len(ours) == len(theirs) else f"{len(ours)}, {len(theirs)}"
    return Row(
        what, beside, one.middle / other.middle, bar, seconds(one), seconds(other),
        " / ".join(map(mebibytes, memory)), runs,
    )  # fmt: skip


def alone(bench: Bench, what: str, runs: Sequence[Run]) -> Row:
    """A row of a program that stands for itself."""
    memory = mebibytes(spread([run.memory for run in runs]).middle)
    return Row(what, took=seconds(bench.times(runs)), memory=memory, runs=f"{len(runs)}")


# --- everyday calls over the bundled data ------------------------------------------------------------


def everyday(bench: Bench) -> Iterator[Row]:
    """Calls over the bundled data, into a pipe."""
    words = "sisterline list --city Bei"
    completion = {
        "_SISTERLINE_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    cases = {
        "pass": Case((str(bench.plain / "python"), "-c", "pass"), silent=True),
        "floor": bench.script("floor", plain=True),
        "version": Case((str(bench.program / "sisterline"), "--version")),
        "completion": Case((str(bench.program / "sisterline"),), completion),
        "list": bench.ours("list"),
        "json": bench.ours("list", "-f", "json"),
        "timeline": bench.ours("timeline", "--city", CITY),
        "city": bench.ours("list", "--city", CITY),
        "cold": bench.ours("list", cache="cold"),
        "help": Case((str(bench.program / "sisterline"), "list", "--help")),
        "csv": bench.ours("list", "-f", "csv"),
    }
    missing = dict(bench.missing)
    for name, make in (
        ("sqlite-utils", _sqlite),
        ("todoman", _todos),
        ("jq", _filter),
        ("hledger", _register),
        ("visidata", _sheet),
    ):
        if name in missing:
            continue
        try:
            case = make(bench)
            bench.runner.run(case)
        except FailedError as error:
            # The reason may name folders and hosts, which have no place in a document.
            missing[name] = "does not run here"
            print(f"bench: {name}: {error}", file=sys.stderr)
        else:
            cases[name] = case
    runs = in_turn(bench.runner, cases, 15)

    def beside_floor(what: str, name: str, bar: float) -> Row:
        return compare(bench, what, runs[name], FLOOR, runs["floor"], Bar(bar))

    def beside_peer(what: str, name: str, beside: str, peer: str, bar: Bar | None = None) -> Row:
        if peer in missing:
            return Row(what, beside, bar=bar, note=missing[peer])
        return compare(bench, what, runs[name], beside, runs[peer], bar)

    yield alone(bench, PASS, runs["pass"])
    yield compare(bench, FLOOR, runs["floor"], PASS, runs["pass"])
    yield beside_floor("`--version`", "version", 1.1)
    yield beside_floor("completion of `--city Bei`", "completion", 1.1)
    yield beside_floor("`list`, all of the bundled data", "list", 1.35)
    yield beside_floor(f"`timeline --city {CITY}`", "timeline", 1.35)
    yield beside_floor("`list -f json`", "json", 0.9)
    yield compare(bench, "`list --help`", runs["help"], "`list`", runs["list"], Bar(1))
    yield compare(bench, "`list`, first after an edit", runs["cold"], "`list`, later", runs["list"], Bar(3.5))
    beside = "`sqlite-utils rows --table`, the same cells"
    yield beside_peer("`list`", "list", beside, "sqlite-utils", Bar(0.9))
    yield beside_peer("`list`", "list", "`todo list` (todoman), as many items", "todoman")
    beside = "`jq` select on the JSON export" if shutil.which("jq") else "Python's json on the JSON export"
    yield beside_peer(f"`list --city {CITY}`", "city", beside, "jq")
    beside = "`hledger register`, the same events as transactions"
    yield beside_peer(f"`timeline --city {CITY}`", "timeline", beside, "hledger")
    yield beside_peer("`list -f csv`", "csv", "`vd --batch` (visidata), the same CSV to TSV", "visidata")
    yield _memory("memory of `list`", runs["list"], FLOOR, runs["floor"], Bar(1.6))


def _memory(
    what: str, ours: Sequence[Run], beside: str, theirs: Sequence[Run], bar: Bar | None = None
) -> Row:
    one, other = (spread([run.memory for run in runs]) for runs in (ours, theirs))
    took, beside_took = (f"{mebibytes(each.middle)} MiB" for each in (one, other))
    runs = f"{len(ours)}" if len(ours) == len(theirs) else f"{len(ours)}, {len(theirs)}"
    return Row(what, beside, one.middle / other.middle, bar, took, beside_took, runs=runs)


def shown_cells(tsv: str) -> list[tuple[str, ...]]:
    """The cells of the table that `list` prints, made from its TSV: headings first."""
    head, *lines = (line.split("\t") for line in tsv.splitlines())

    def end(row: dict[str, str], name: str) -> str:
        return " ".join(dict.fromkeys(text for text in (row[name], row[f"{name}_native"]) if text))

    rows: list[tuple[str, ...]] = [
        ("Since", "Place", "Region", "Partner", "Partner region", "Kind", "Status", "Years", "Next",
         "Events", "Counts", "Sources"),
    ]  # fmt: skip
    for line in lines:
        row = dict(zip(head, line, strict=True))
        rows.append((
            row["since"] or "–", end(row, "place"), row["place_region"], end(row, "partner"),
            row["partner_region"], row["kind"].replace("-", " "),
            "" if row["status"] == "active" else row["status"], row["years"],
            f"{ordinal(int(row['next_ordinal']))} {row['next']}" if row["next"] else "",
            *("" if row[name] == "0" else row[name] for name in ("events", "exchanges", "sources")),
        ))  # fmt: skip
    return rows


def _sqlite(bench: Bench) -> Case:
    """The program's own database with one more table: the cells that `list` shows."""
    path = bench.runner.folder / "pairs.sqlite"
    path.unlink(missing_ok=True)
    bench.output("list", "-o", str(path))
    head, *rows = shown_cells(bench.output("list", "-f", "tsv"))
    columns = ", ".join(f'"{name}" TEXT' for name in head)
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE listed ({columns})")
        database.executemany(f"INSERT INTO listed VALUES ({', '.join('?' * len(head))})", rows)
    database.close()
    program = bench.peers["sqlite-utils"] / "sqlite-utils"
    return Case((str(program), "rows", str(path), "listed", "--table"))


def _todos(bench: Bench) -> Case:
    """A folder of tasks for todoman, one a partnership, due on its next anniversary."""
    root = bench.runner.folder / "todo"
    shutil.rmtree(root, ignore_errors=True)
    tasks = root / "tasks" / "pairs"
    tasks.mkdir(parents=True)
    partnerships = json.loads(bench.output("list", "-f", "json"))["partnerships"]
    for number, row in enumerate(partnerships):
        due = date.fromisoformat(TODAY) + timedelta(days=number)
        (tasks / f"{row['id']}.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:bench\r\nBEGIN:VTODO\r\n"
            f"UID:{row['id']}\r\nDTSTAMP:20261121T000000Z\r\n"
            f"SUMMARY:{row['place']['name']} {row['place']['native']} - "
            f"{row['partner']['name']} {row['partner']['native']}\r\n"
            f"DUE;VALUE=DATE:{due:%Y%m%d}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
            "utf-8",
        )
    config = root / "config.py"
    config.write_text(f'path = "{root}/tasks/*"\ncache_path = "{root}/cache.sqlite3"\n', "utf-8")
    return Case((str(bench.peers["todoman"] / "todo"), "--config", str(config), "list"))


def _filter(bench: Bench) -> Case:
    """The pairs of a city out of the JSON export, by jq, or by Python where there is none."""
    path = bench.runner.folder / "pairs.json"
    path.write_text(bench.output("list", "-f", "json"), "utf-8")
    if jq := shutil.which("jq"):
        return Case(
            (jq, f'.partnerships[] | select(.place.name == "{CITY}" or .partner.name == "{CITY}")', str(path))
        )
    code = (
        "import json, sys\n"
        "rows = json.load(open(sys.argv[1], encoding='utf-8'))['partnerships']\n"
        "print([row for row in rows if sys.argv[2] in (row['place']['name'], row['partner']['name'])])"
    )
    return Case((sys.executable, "-c", code, str(path), CITY))


def _register(bench: Bench) -> Case:
    """The events of one city out of a journal of all events, by hledger; a partnership is an account."""
    hledger = shutil.which("hledger")
    if hledger is None:
        raise FailedError("hledger is not installed")
    report = json.loads(bench.output("timeline", "--every", "0", "-f", "json"))
    transactions = []
    for item in report["items"]:
        year, month, day = (*item["date"].partition("/")[0].rstrip("~?").split("-"), "01", "01")[:3]
        title = " ".join(item["title"].replace(";", ",").split()) or "founded"
        transactions.append(f"{year}-{month}-{day} {title}\n    {item['partnership']}  1\n    all\n")
    path = bench.runner.folder / "events.journal"
    path.write_text("\n".join(transactions), "utf-8")
    return Case((hledger, "--file", str(path), "register", CITY.lower()))


def _sheet(bench: Bench) -> Case:
    """The CSV export through VisiData without its screen."""
    path = bench.runner.folder / "pairs.csv"
    path.write_text(bench.output("list", "-f", "csv"), "utf-8")
    program = bench.peers["visidata"] / "vd"
    return Case((str(program), "--batch", str(path), "--output", "-", "--save-filetype", "tsv"))


def terminal(bench: Bench) -> Iterator[Row]:
    """The same on a terminal of 120 columns, where the table has to fit and has colours."""
    cases = {
        "floor": bench.script("floor", plain=True)._replace(columns=120),
        "list": bench.ours("list", columns=120),
    }
    runs = in_turn(bench.runner, cases, 11)
    yield compare(
        bench, "`list`, on a terminal", runs["list"], f"{FLOOR}, on a terminal", runs["floor"], Bar(1.35)
    )


# --- a directory of 26,000 pairs in one file ------------------------------------------------------------


def reading(bench: Bench) -> Iterator[Row]:
    """Reading a file of 26,000 partnerships, whole processes."""
    path = bench.data / f"{ROWS}.yaml"
    cases = {
        "yaml": bench.script("reader", path, SISTERLINE_NO_CACHE="1"),
        "loader": bench.script("loader", path, plain=True),
        "calm": bench.script("loader", path, "--calm", plain=True),
    }
    runs = in_turn(bench.runner, cases, 3, warm=False)
    runs |= in_turn(bench.runner, {"cache": bench.script("reader", path)}, 7)
    what = f"reading {ROWS:,} partnerships from YAML, validated"
    loader = "`yaml.load` with `CSafeLoader`, unvalidated"
    yield compare(bench, what, runs["yaml"], loader, runs["loader"], Bar(0.4))
    yield compare(bench, what, runs["yaml"], "the same with the collector off", runs["calm"])
    yield compare(bench, "the same with the cache", runs["cache"], "without it", runs["yaml"], Bar(1 / 20))


def listing(bench: Bench) -> Iterator[Row]:
    """Printing 26,000 rows into a pipe."""
    path = bench.data / f"{ROWS}.yaml"
    rows = bench.runner.folder / "rows.tsv"
    cells = shown_cells(bench.output("list", "-f", "tsv", data=path))
    rows.write_text("".join("\t".join(row) + "\n" for row in cells), "utf-8")
    wide = max(len(line) for line in bench.output("list", data=path).splitlines())
    cases = {
        "lines": bench.script("lines", path, TODAY),
        "rich": bench.script("richtable", rows, str(wide * 2), plain=True),
    }
    runs = in_turn(bench.runner, cases, 2, warm=False)
    # What they took for the rows alone, by their own clock.
    one, other = (spread([float(run.told.split()[0]) for run in runs[name]]) for name in cases)
    yield Row(
        f"listing {ROWS:,} rows that are in memory: times as fast", "`rich.table.Table`, the same cells",
        other.middle / one.middle, Bar(15, least=True), seconds(one), seconds(other), runs="2",
    )  # fmt: skip
    whole = in_turn(
        bench.runner, {"list": bench.ours("list", data=path), "load": bench.script("reader", path)}, 5
    )
    yield compare(
        bench, f"`list` of {ROWS:,} rows, the whole process", whole["list"],
        "the process with `rich.table.Table`", runs["rich"],
    )  # fmt: skip
    first, last = (spread([value(run) for run in whole["list"]]) for value in (_first, _wall))
    yield Row(
        f"first screen of {ROWS:,} rows", "all of them", first.middle / last.middle, None, seconds(first),
        seconds(last), runs="5",
    )  # fmt: skip
    yield _memory(f"memory of `list` of {ROWS:,} rows", whole["list"], "only loading them", whole["load"])


def _first(run: Run) -> float:
    return run.first


def _wall(run: Run) -> float:
    return run.wall


# --- growth --------------------------------------------------------------------------------------------

GROWING: dict[str, tuple[str, ...]] = {
    "`list`": ("list",),
    f"`list --city {CITY}`": ("list", "--city", CITY),
    "`stats`": ("stats",),
    "`timeline --chart`": ("timeline", "--chart"),
    "`anniversaries`": ("anniversaries",),
}


def per_record(whole: float, tiny: float, records: int) -> float:
    """What each record costs beyond what a call costs that has next to none; never less than nothing."""
    return max(whole - tiny, 0.0) / records


def growth(bench: Bench) -> Iterator[Row]:
    """What a record costs in small and in large data, with events, exchanges and sources.

    By the processor's time: these runs are the longest, and a neighbour's work falls into some of them.
    """
    first: Runs = {}
    cases = {
        "timeline": bench.ours("timeline", "--city", CITY),
        "timeline large": bench.ours("timeline", "--city", CITY, data=bench.data / str(SIZES[-1])),
    }
    for size in (TINY, *SIZES):
        data = bench.data / str(size)
        first[str(size)] = [bench.runner.run(bench.script("reader", data))]  # which fills the cache
        bench.runner.run(bench.ours("list", "--limit", "1", data=data))
        for name, arguments in GROWING.items():
            cases[f"{name} {size}"] = bench.ours(*arguments, data=data)
    large = {name: case for name, case in cases.items() if name.endswith(("large", "16000", "64000"))}
    small = {name: case for name, case in cases.items() if name not in large}
    runs: Runs = {name: [] for name in cases}
    for _ in range(3):
        for part, rounds in ((small, 3), (large, 1)):
            for name, found in in_turn(bench.runner, part, rounds, warm=False).items():
                runs[name] += found
    by_processor = bench._replace(clock="cpu")
    for name in GROWING:
        yield _growth(by_processor, name, runs)
    yield _reading_growth(by_processor, first)
    yield compare(
        bench, f"`timeline --city {CITY}` among {SIZES[-1]:,}", runs["timeline large"],
        "in the bundled data, the same answer", runs["timeline"], Bar(6),
    )  # fmt: skip
    if {run.size for run in runs["timeline"]} != {run.size for run in runs["timeline large"]}:
        raise FailedError(f"the timeline of {CITY} is not the same among {SIZES[-1]:,} partnerships")


def _growth(bench: Bench, name: str, runs: Runs) -> Row:
    """A row of what a record costs at the greatest size beside the least."""
    tiny = bench.times(runs[f"{name} {TINY}"]).middle
    small, middle, large = (
        per_record(bench.times(runs[f"{name} {size}"]).middle, tiny, size) for size in SIZES
    )
    last = runs[f"{name} {SIZES[-1]}"]
    memory = mebibytes(spread([run.memory for run in last]).middle)
    return Row(
        f"{name}, cost of a record at {SIZES[-1]:,}", f"at {SIZES[0]:,}", large / small if small else None,
        Bar(1.2), f"{large * 1e6:.1f} µs (whole {seconds(bench.times(last))})",
        f"{small * 1e6:.1f} µs (at {SIZES[1]:,}: {middle * 1e6:.1f})", memory, f"{len(last)}",
    )  # fmt: skip


def _reading_growth(bench: Bench, first: Runs) -> Row:
    small, middle, large = (bench.times(first[str(size)]).middle / size for size in SIZES)
    last = first[str(SIZES[-1])]
    return Row(
        f"reading from YAML, cost of a record at {SIZES[-1]:,}",
        f"at {SIZES[0]:,}",
        large / small,
        took=f"{large * 1e6:.0f} µs (whole {seconds(bench.times(last))})",
        beside_took=f"{small * 1e6:.0f} µs (at {SIZES[1]:,}: {middle * 1e6:.0f})",
        memory=mebibytes(last[0].memory),
        runs="1",
    )


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "everyday": everyday,
    "terminal": terminal,
    "reading": reading,
    "listing": listing,
    "growth": growth,
}
