"""`make bench-quick`: ratios and counts beside those that were stored; fails where one is half again as much.

    python -m bench.quick [--update]

Times are the least of many runs by the processor's clock, in turn with a program of Typer and Rich that
prints one line: they move by some per cent on a busy machine, the margin is 50. Counts of the program's own
calls do not move at all. `--update` stores what it measures in bench/baseline.json: after a change that is
meant to cost more, or has made something faster.
"""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from bench import BUILD, PROGRAMS, TODAY, maker
from bench.runs import Case, FailedError, Runner, in_turn

BASELINE = Path(__file__).with_name("baseline.json")
MARGIN = 1.5
MANY, FEW, SIZE = 4000, 500, 1500  # rows of a long list, of a short one; partnerships of a file to read
CITY = maker.KNOWN[0].capitalize()
COMMANDS: dict[str, tuple[str, ...]] = {
    "list": ("list",),
    "list -f json": ("list", "-f", "json"),
    "timeline of a city": ("timeline", "--city", CITY),
}


class Quick:
    """The short measurements, over made data in a folder of their own."""

    def __init__(self, runner: Runner, folder: Path) -> None:
        self.runner = runner
        self.folder = folder
        # Bytecode is kept here: the environment of a checkout may forbid it, and its folders stay clean.
        self.env = {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONHASHSEED": "0"}
        data = maker.bundled_data()
        maker.make(FEW, folder / "few", data=data)
        maker.make(MANY, folder / "many.yaml", directory=True, data=data)
        maker.make(SIZE, folder / "read.yaml", directory=True, data=data)
        maker.make(FEW, folder / "short.yaml", directory=True, data=data)

    def python(self, *arguments: str | Path, **env: str) -> Case:
        """A call of Python as it runs this."""
        return Case((sys.executable, *map(str, arguments)), self.env | env)

    def ours(self, *arguments: str, data: str = "few") -> Case:
        """A call of the program over made data."""
        more = ("--no-builtin", "--data", str(self.folder / data), "--today", TODAY)
        return self.python("-m", "sisterline", *arguments, *more)

    def least(self, cases: Mapping[str, Case], rounds: int) -> dict[str, float]:
        """The processor's seconds of each, the least of some runs in turn."""
        runs = in_turn(self.runner, cases, rounds)
        return {name: min(run.cpu for run in found) for name, found in runs.items()}

    def ratios(self) -> dict[str, float]:
        """What each takes beside what it is compared with."""
        cases = {name: self.ours(*arguments) for name, arguments in COMMANDS.items()}
        cases |= {
            "--version": self.python("-m", "sisterline", "--version"),
            "floor": self.python(PROGRAMS / "floor.py"),
        }
        took = self.least(cases, 8)
        found = {f"{name} / one line": took[name] / took["floor"] for name in cases if name != "floor"}
        path = self.folder / "read.yaml"
        took = self.least(
            {
                "reader": self.python(PROGRAMS / "reader.py", path, SISTERLINE_NO_CACHE="1"),
                "loader": self.python(PROGRAMS / "loader.py", path),
                "many": self.ours("list", data="many.yaml"),
                "short": self.ours("list", data="short.yaml"),
            },
            3,
        )
        found[f"reading {SIZE} / CSafeLoader"] = took["reader"] / took["loader"]
        found[f"list of {MANY} rows / of {FEW}"] = took["many"] / took["short"]
        return found

    def counts(self) -> dict[str, float]:
        """How many of its own functions the program calls."""
        cases = {name: self.ours(*arguments) for name, arguments in COMMANDS.items()}
        cases |= {
            f"list of {MANY} rows": self.ours("list", data="many.yaml"),
            f"stats of {FEW}": self.ours("stats"),
            f"timeline --chart of {FEW}": self.ours("timeline", "--chart"),
        }
        for data in ("few", "many.yaml"):
            self.runner.run(self.ours("list", "--limit", "1", data=data))  # fills the cache
        found: dict[str, float] = {}
        for name, case in cases.items():
            arguments = case.argv[case.argv.index("sisterline") + 1 :]
            counting = self.python(PROGRAMS / "calls.py", *arguments)
            found[f"calls: {name}"] = int(self.runner.run(counting).told.split()[-1])
        return found


def worse(measured: Mapping[str, float], stored: Mapping[str, float]) -> list[str]:
    """A line for each measurement that is half again as much as the stored one, or is not stored."""
    lines: list[str] = []
    for name, value in measured.items():
        if name not in stored:
            lines.append(f"{name}: nothing is stored for it; run python -m bench.quick --update")
        elif value > stored[name] * MARGIN:
            times = value / stored[name]
            lines.append(f"{name}: {number(value)} is {times:.2f} times the stored {number(stored[name])}")
    return lines


def number(value: float) -> str:
    """A ratio, or a count."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.2f}"


def shown(measured: Mapping[str, float], stored: Mapping[str, float]) -> str:
    """All measurements beside what is stored."""
    wide = max(map(len, measured))
    return "\n".join(
        f"{name:{wide}}  {number(value):>9}  stored {number(stored[name]) if name in stored else '-':>9}"
        for name, value in measured.items()
    )


def main(arguments: list[str]) -> int:
    """Measure and compare: 1 where something is half again as much as it was."""
    if arguments not in ([], ["--update"]):
        print("usage: python -m bench.quick [--update]", file=sys.stderr)
        return 2
    folder = BUILD / f"quick-{os.getpid()}"
    try:
        with Runner(folder) as runner:
            quick = Quick(runner, folder)
            measured = quick.counts() | quick.ratios()
    except FailedError as error:
        print(f"bench-quick: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    stored: dict[str, float] = {}
    if arguments:
        text = json.dumps({name: float(f"{value:.4g}") for name, value in measured.items()}, indent=2)
        BASELINE.write_text(text + "\n", "utf-8")
    if BASELINE.is_file():
        stored = json.loads(BASELINE.read_text("utf-8"))
    print(shown(measured, stored))
    lines = worse(measured, stored)
    for line in lines:
        print(f"bench-quick: {line}; at most {MARGIN:g} times is let pass", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
