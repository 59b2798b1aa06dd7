"""Times and peak memory of whole commands, measured by pyperf."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

import pyperf

T = TypeVar("T")


class Case(NamedTuple):
    """A command to measure.

    Attributes:
        argv: the program and its arguments.
        env: variables in addition to those that every command gets.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] = {}


class Timing(NamedTuple):
    """What the runs of one command took.

    Attributes:
        values: seconds of each run, by the clock.
        memory: peak memory of the largest run in bytes.
    """

    values: tuple[float, ...]
    memory: int = 0

    @property
    def least(self) -> float:
        """The fastest run: other programs on the machine only ever add to a time."""
        return min(self.values)

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)


class FailedError(Exception):
    """A command that should be measured does not work."""


def in_turn(
    calls: Mapping[str, Callable[[], T]], turns: int
) -> tuple[dict[str, list[T]], dict[str, FailedError]]:
    """Call all in turn (A B A B), after once for nothing; one that fails is not called again.

    Returns:
        The results of those that did not fail, and why the others did.
    """
    found: dict[str, list[T]] = {name: [] for name in calls}
    failed: dict[str, FailedError] = {}
    for turn in range(turns + 1):
        for name in [each for each in calls if each in found]:
            try:
                result = calls[name]()
            except FailedError as error:
                failed[name] = error
                del found[name]
            else:
                found[name] += [result] if turn else []
    return found, failed


class Lab:
    """Runs commands in one folder, with an empty home and none of the caller's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        self.env = {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": os.environ.get("PATH", os.defpath),
            "SISTERLINE_CACHE_DIR": str(folder / "cache"),
            "TERM": "xterm-256color",
        }
        self._results = folder / "pyperf.json"
        self._options = (f"--append={self._results}", "--copy-env", "--quiet")

    def run(self, case: Case) -> subprocess.CompletedProcess[str]:
        """Run a command once, unmeasured, and return what it printed.

        Raises:
            FailedError: it could not be started, or failed.
        """
        command = " ".join(case.argv)
        try:
            done = subprocess.run(
                case.argv,
                capture_output=True,
                check=False,
                cwd=self.home,
                encoding="utf-8",
                env={**self.env, **case.env},
                stdin=subprocess.DEVNULL,
            )
        except OSError as error:
            raise FailedError(f"{command}: {error.strerror}") from None
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["no message"]
            raise FailedError(f"{command}: exit status {done.returncode}: {lines[-1]}")
        return done

    def measure(
        self, cases: Mapping[str, Case], *, turns: int, values: int = 1, warm: bool = True
    ) -> dict[str, Timing]:
        """Measure commands in turn (A B A B), so that a busy minute of the machine affects all of them.

        Args:
            cases: the commands by name.
            turns: how often it is each command's turn.
            values: how often a command runs in each turn.
            warm: whether each runs once before, which compiles bytecode and fills caches.

        Raises:
            FailedError: a command could not be started, or failed.
        """
        if warm:
            for case in cases.values():
                self.run(case)
        pyperf_command = (
            sys.executable, "-m", "pyperf", "command", *self._options,
            f"--values={values}", "--processes=1", "--warmups=0", "--loops=1",
        )  # fmt: skip
        turn = [
            Case((*pyperf_command, f"--name={name}", "--", *case.argv), case.env)
            for name, case in cases.items()
        ]
        return self._measured(turn, turns)

    def measure_cpu(self, cases: Mapping[str, Case], *, turns: int) -> dict[str, Timing]:
        """Measure the processor's seconds of commands and of what they start, in turn, once they are warm.

        Raises:
            FailedError: a command could not be started, or failed.
        """

        def cpu(case: Case) -> float:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.run(case)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        found, failed = in_turn({name: partial(cpu, case) for name, case in cases.items()}, turns)
        for error in failed.values():
            raise error
        return {name: Timing(tuple(values)) for name, values in found.items()}

    def measure_script(self, script: Case, *, turns: int) -> dict[str, Timing]:
        """Run a pyperf script several times and return what it measured, by name."""
        return self._measured([Case((*script.argv, *self._options), script.env)], turns)

    def _measured(self, turn: list[Case], turns: int) -> dict[str, Timing]:
        self._results.unlink(missing_ok=True)
        for _ in range(turns):
            for case in turn:
                self.run(case)
        suite = pyperf.BenchmarkSuite.load(str(self._results))
        return {benchmark.get_name(): _timing(benchmark) for benchmark in suite}


def _timing(benchmark: pyperf.Benchmark) -> Timing:
    """What pyperf measured."""
    memory = [int(run.get_metadata().get("command_max_rss", 0)) for run in benchmark.get_runs()]
    return Timing(values=tuple(benchmark.get_values()), memory=max(memory))
