"""`make bench-quick`: fail where Sisterline does much more work than when bench/baseline.json was written.

    python -m bench.quick [--update]

Calls of Sisterline's own functions are counted, which is the same in each run, so a quarter more fails.
Times are compared as ratios with a wide margin: twice the stored ratio fails. `--update` stores what it
measures: after a change that is meant to cost more, or that made something faster.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from bench import BUILD, PROGRAMS, TODAY, maker
from bench.measure import Case, FailedError, Lab

BASELINE = Path(__file__).with_name("baseline.json")
CALLS = "calls: "  # begins the name of a count
CALLS_MARGIN, TIME_MARGIN = 1.25, 2.0
LONG, SHORT, READ = 4000, 500, 1500  # partnerships of a long and a short list, and of a file to read
CITY = maker.KNOWN[0].capitalize()
EVERYDAY = ("list", "list -f json", f"timeline --city {CITY}")


class Quick:
    """The short measurements, over generated data."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        data = maker.bundled_data()
        maker.make(SHORT, lab.folder / "history", data=data)
        for size in (LONG, SHORT, READ):
            maker.make(size, lab.folder / f"{size}.yaml", form="directory", data=data)

    def sisterline(self, call: str, data: str, *, counted: bool = False) -> Case:
        """A call of Sisterline by this Python, or one that counts its calls of functions."""
        program = (str(PROGRAMS / "calls.py"),) if counted else ("-m", "sisterline")
        source = ("--no-builtin", "--data", str(self.lab.folder / data), "--today", TODAY)
        return Case((sys.executable, *program, *call.split(), *source), {"PYTHONHASHSEED": "0"})

    def script(self, name: str, *arguments: str, **env: str) -> Case:
        """A program of `bench/programs`."""
        return Case((sys.executable, str(PROGRAMS / f"{name}.py"), *arguments), env)

    def counts(self) -> dict[str, float]:
        """How many of its own functions Sisterline calls, with a warm cache."""
        calls = [(call, "history") for call in (*EVERYDAY, "stats", "timeline --chart")]
        calls.append(("list", f"{LONG}.yaml"))
        found: dict[str, float] = {}
        for call, data in calls:
            self.lab.run(self.sisterline(call, data))  # fills the cache
            done = self.lab.run(self.sisterline(call, data, counted=True))
            found[f"{CALLS}{call}, {data}"] = int(done.stderr.split()[-1])
        return found

    def ratios(self) -> dict[str, float]:
        """The fastest run of each command beside that of what it is compared with."""
        cases = {call: self.sisterline(call, "history") for call in EVERYDAY}
        cases["version"] = Case((sys.executable, "-m", "sisterline", "--version"))
        took = self.lab.measure({"floor": self.script("floor"), **cases}, turns=3, values=2)
        found = {f"{name} / one line": took[name].least / took["floor"].least for name in cases}
        path = str(self.lab.folder / f"{READ}.yaml")
        cases = {
            "read": self.script("reader", path, SISTERLINE_NO_CACHE="1"),
            "load": self.script("loader", path),
            "long": self.sisterline("list", f"{LONG}.yaml"),
            "short": self.sisterline("list", f"{SHORT}.yaml"),
        }
        took = self.lab.measure(cases, turns=3)
        found[f"reading {READ} / CSafeLoader"] = took["read"].least / took["load"].least
        found[f"list of {LONG} / of {SHORT}"] = took["long"].least / took["short"].least
        return found


def worse(measured: Mapping[str, float], stored: Mapping[str, float]) -> list[str]:
    """A line for each measurement that is above the stored one by more than its margin, or is not stored."""
    lines: list[str] = []
    for name, value in measured.items():
        margin = CALLS_MARGIN if name.startswith(CALLS) else TIME_MARGIN
        if name not in stored:
            lines.append(f"{name}: no stored value; run python -m bench.quick --update")
        elif value > stored[name] * margin:
            times = value / stored[name]
            lines.append(f"{name}: {times:.2f} times the stored value; at most {margin:g} times is allowed")
    return lines


def listed(measured: Mapping[str, float], stored: Mapping[str, float]) -> str:
    """All measurements beside the stored ones."""
    width = max(map(len, measured))
    lines = [f"{'':{width}}  {'measured':>10}  {'stored':>10}"]
    for name, value in measured.items():
        lines.append(f"{name:{width}}  {_number(value):>10}  {_number(stored.get(name)):>10}")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.2f}"


def main() -> int:
    """Measure and compare; 1 where a measurement is above its margin."""
    parser = argparse.ArgumentParser(prog="python -m bench.quick", description="Compare with stored values.")
    parser.add_argument("--update", action="store_true", help="store what is measured")
    options = parser.parse_args()
    folder = BUILD / "quick"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        quick = Quick(Lab(folder))
        measured = quick.counts() | quick.ratios()
    except FailedError as error:
        print(f"bench-quick: {error}", file=sys.stderr)
        return 1
    if options.update:
        rounded = {name: float(f"{value:.4g}") for name, value in measured.items()}
        BASELINE.write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")
    stored: dict[str, float] = {}
    if BASELINE.is_file():
        stored = json.loads(BASELINE.read_text("utf-8"))
    print(listed(measured, stored))
    lines = worse(measured, stored)
    for line in lines:
        print(f"bench-quick: {line}", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
