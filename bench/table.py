"""The measurements as one Markdown table, and the document that holds it."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.measure import Timing

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEADINGS = ("measured", "beside", "ratio", "bar", "met", "took", "beside took", "peak MiB", "runs")
ALIGNED_RIGHT = {"ratio", "bar", "took", "beside took", "peak MiB", "runs"}


class Row(NamedTuple):
    """One comparison.

    Attributes:
        what: what was measured.
        beside: what it is compared with; empty where it is compared with nothing.
        ratio: what the first took divided by what the second took; None where there is none.
        bar: the most that the ratio may be; None for a row without a bar.
        took: what the first took.
        beside_took: what the second took.
        memory: peak memory of both.
        runs: how often each ran.
        note: why there is no measurement.
    """

    what: str
    beside: str = ""
    ratio: float | None = None
    bar: float | None = None
    took: str = ""
    beside_took: str = ""
    memory: str = ""
    runs: str = ""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether there is a bar that was not met, or could not be measured."""
        return self.bar is not None and (self.ratio is None or self.ratio > self.bar)

    def cells(self) -> tuple[str, ...]:
        """The cells under `HEADINGS`."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        bar = "" if self.bar is None else f"≤ {self.bar:g}"
        return (
            self.what, self.beside, ratio, bar, self._verdict(), self.note or self.took, self.beside_took,
            self.memory, self.runs,
        )  # fmt: skip

    def _verdict(self) -> str:
        if self.bar is None or self.note:
            return ""
        return "**no**" if self.missed else "yes"


def compare(what: str, ours: Timing, beside: str, theirs: Timing, bar: float | None = None) -> Row:
    """A row of two times: the ratio is that of the fastest runs."""
    runs = dict.fromkeys((str(len(ours.values)), str(len(theirs.values))))
    memory = ""
    if ours.memory and theirs.memory:
        memory = f"{mebibytes(ours.memory)} / {mebibytes(theirs.memory)}"
    return Row(
        what=what,
        beside=beside,
        ratio=ours.least / theirs.least,
        bar=bar,
        took=seconds(ours),
        beside_took=seconds(theirs),
        memory=memory,
        runs=", ".join(runs),
    )


def compare_memory(what: str, ours: Timing, beside: str, theirs: Timing, bar: float | None = None) -> Row:
    """A row of the peak memory of two commands."""
    return Row(
        what=what,
        beside=beside,
        ratio=ours.memory / theirs.memory,
        bar=bar,
        took=f"{mebibytes(ours.memory)} MiB",
        beside_took=f"{mebibytes(theirs.memory)} MiB",
    )


def compare_size(what: str, size: float, most: float) -> Row:
    """A row of a number of bytes beside the most that it may be, so that the bar is 1."""
    return Row(
        what=what,
        beside="at most",
        ratio=size / most,
        bar=1,
        took=kilobytes(size),
        beside_took=kilobytes(most),
    )


def seconds(timing: Timing) -> str:
    """A time for people, the fastest run and the median: 212 ms (median 240)."""
    if timing.least >= 2:
        return f"{timing.least:.2f} s (median {timing.middle:.2f})"
    return f"{timing.least * 1000:.0f} ms (median {timing.middle * 1000:.0f})"


def mebibytes(size: float) -> str:
    """An amount of memory for people."""
    return f"{size / 2**20:.0f}"


def kilobytes(size: float) -> str:
    """A number of bytes for people: 8.7 kB, 874 kB, 1,950 kB."""
    digits = 1 if size < 100_000 else 0
    return f"{size / 1000:,.{digits}f} kB"


def markdown(rows: Sequence[Row]) -> str:
    """The table, aligned so that the source reads well too."""
    grid = [HEADINGS, *(row.cells() for row in rows)]
    columns = []
    for heading, *texts in zip(*grid, strict=True):
        width = max(map(_width, (heading, *texts)))
        right = heading in ALIGNED_RIGHT
        rule = "-" * (width - 1) + (":" if right else "-")
        columns.append([_padded(heading, width, right=right), rule])
        columns[-1] += [_padded(text, width, right=right) for text in texts]
    return "\n".join(f"| {' | '.join(line)} |" for line in zip(*columns, strict=True))


def _padded(text: str, width: int, *, right: bool) -> str:
    padding = " " * (width - _width(text))
    return padding + text if right else text + padding


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def summary(rows: Sequence[Row]) -> str:
    """How many bars were met."""
    with_bar = [row for row in rows if row.bar is not None]
    met = [row for row in with_bar if not row.missed]
    return f"{len(met)} of {len(with_bar)} bars met"


def replace_between_markers(text: str, path: Path) -> None:
    """Replace what a document holds between its two markers.

    Raises:
        ValueError: it does not hold each of them once.
    """
    old = path.read_text("utf-8")
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        raise ValueError(f"{path} must hold {BEGIN} and {END} once each")
    before, rest = old.split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
