"""Processes started and measured: time, memory, and how much they printed."""

import marshal
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, NamedTuple, Self

SCREEN = 50  # lines of a first screen


class Case(NamedTuple):
    """A program to measure.

    Attributes:
        argv: its path and its arguments.
        env: variables beside those that every program gets.
        columns: of a terminal; 0 for a pipe.
        before: what is done before each run, outside its time.
        silent: whether it may print nothing.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] = {}
    columns: int = 0
    before: Callable[[], object] | None = None
    silent: bool = False


class Run(NamedTuple):
    """What one run took.

    Attributes:
        wall: seconds from the start to the end.
        cpu: seconds of the processor.
        memory: bytes at its peak.
        first: seconds until the first screen was there.
        size: bytes printed.
        lines: lines printed.
        told: what it said on standard error.
    """

    wall: float
    cpu: float
    memory: int
    first: float
    size: int
    lines: int
    told: str


class Spread(NamedTuple):
    """A median with the least and the greatest."""

    middle: float
    least: float
    most: float


class FailedError(Exception):
    """A program that should be measured did not work."""


class Runner:
    """Starts programs from a small process of its own (`runner` says why)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("runner.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self.environment({}),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait(timeout=60)

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The same for every program: an empty home, bytecode kept, nothing of the person who measures."""
        return {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": os.environ.get("PATH", os.defpath),
            "SISTERLINE_CACHE_DIR": str(self.folder / "cache"),
            "TERM": "xterm-256color",
            **more,
        }

    def run(self, case: Case) -> Run:
        """Run a program once.

        Raises:
            FailedError: it could not be started, failed, or printed nothing.
        """
        if case.before:
            case.before()
        errors = self.folder / "errors.txt"
        request = {
            "argv": list(case.argv),
            "env": self.environment(case.env),
            "cwd": str(self.home),
            "errors": str(errors),
            "columns": case.columns,
            "screen": SCREEN,
        }
        if not self.process.stdin or not self.process.stdout:
            raise FailedError("the runner has no pipes")
        marshal.dump(request, self.process.stdin)
        self.process.stdin.flush()
        answer: dict[str, Any] = marshal.load(self.process.stdout)
        if "error" in answer:
            raise FailedError(f"{' '.join(case.argv)}: {answer['error']}")
        told = errors.read_text("utf-8", "replace")
        status = answer.pop("status")
        if status or not (answer["size"] or case.silent):
            last = (told.strip().splitlines() or ["it printed nothing"])[-1]
            raise FailedError(f"{' '.join(case.argv)}: exit status {status}: {last}")
        return Run(**answer, told=told)


Runs = dict[str, list[Run]]


def in_turn(runner: Runner, cases: Mapping[str, Case], rounds: int, *, warm: bool = True) -> Runs:
    """Run programs in turn, A B A B, so that a busy minute of the machine meets all of them.

    Args:
        runner: who starts them.
        cases: the programs by name.
        rounds: how often each is run.
        warm: whether each is run once before, uncounted: for its files and its cache to be there.
    """
    if warm:
        for case in cases.values():
            runner.run(case)
    runs: Runs = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            runs[name].append(runner.run(case))
    return runs


def spread(values: Sequence[float]) -> Spread:
    """The median of values, and between what they lie."""
    return Spread(median(values), min(values), max(values))
