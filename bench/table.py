"""What was measured as one table of ratios, and where it is kept."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.runs import Spread

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


class Bar(NamedTuple):
    """What a ratio has to be: at most, or at least, a number."""

    value: float
    least: bool = False

    def met(self, ratio: float) -> bool:
        """Whether a ratio is so."""
        return ratio >= self.value if self.least else ratio <= self.value

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.value:g}"


class Row(NamedTuple):
    """One comparison.

    Attributes:
        what: what was measured.
        beside: what it is compared with; empty where it stands for itself.
        ratio: the one by the other; None where there is none, or it could not be measured.
        bar: what the ratio has to be; None for information.
        took: how much it took.
        beside_took: how much the other took.
        memory: peak memory of both, where it says something.
        runs: how often each was run.
        note: why it could not be measured.
    """

    what: str
    beside: str = ""
    ratio: float | None = None
    bar: Bar | None = None
    took: str = ""
    beside_took: str = ""
    memory: str = ""
    runs: str = ""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether there is a bar and it was not met, or could not be measured."""
        return self.bar is not None and (self.ratio is None or not self.bar.met(self.ratio))


HEADS = ("measured", "beside", "ratio", "bar", "met", "took", "beside took", "peak MiB", "runs")


def seconds(values: Spread) -> str:
    """Times for people: 212 ms (201..240)."""
    unit, scale, digits = ("s", 1.0, 2) if values.middle >= 2 else ("ms", 1e3, 0)
    middle, least, most = (f"{value * scale:.{digits}f}" for value in values)
    return f"{middle} {unit} ({least}..{most})"


def mebibytes(size: float) -> str:
    """Memory for people."""
    return f"{size / 2**20:.0f}" if size >= 2**20 * 100 else f"{size / 2**20:.1f}"


def number(ratio: float) -> str:
    """A ratio with as many digits as mean anything."""
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def cells(row: Row) -> tuple[str, ...]:
    """A row as texts, one for each of `HEADS`."""
    verdict = "" if row.bar is None else "**no**" if row.missed else "yes"
    if row.note:
        verdict, took = "", row.note
    else:
        took = row.took
    ratio = "" if row.ratio is None else number(row.ratio)
    return (
        row.what, row.beside, ratio, str(row.bar or ""), verdict, took, row.beside_took, row.memory, row.runs
    )  # fmt: skip


def markdown(rows: Sequence[Row]) -> str:
    """The table in Markdown, lined up so that it can be read as it is."""
    grid = [HEADS, *(cells(row) for row in rows)]
    sizes = [max(_width(line[at]) for line in grid) for at in range(len(HEADS))]
    right = {HEADS.index(name) for name in ("ratio", "bar", "took", "beside took", "peak MiB", "runs")}

    def line(texts: Sequence[str]) -> str:
        filled = (
            " " * (size - _width(text)) + text if at in right else text + " " * (size - _width(text))
            for at, (text, size) in enumerate(zip(texts, sizes, strict=True))
        )
        return f"| {' | '.join(filled)} |"

    rule = [f"{'-' * (size - 1)}{':' if at in right else '-'}" for at, size in enumerate(sizes)]
    return "\n".join([line(grid[0]), f"| {' | '.join(rule)} |", *map(line, grid[1:])])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def summary(rows: Sequence[Row]) -> str:
    """How many bars were met."""
    barred = [row for row in rows if row.bar]
    missed = [row for row in barred if row.missed]
    return f"{len(barred) - len(missed)} of {len(barred)} bars met"


def keep(text: str, path: Path) -> None:
    """Put a text between the markers of a document.

    Raises:
        ValueError: the document has no such markers.
    """
    old = path.read_text("utf-8")
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        raise ValueError(f"{path}: there should be one {BEGIN} and one {END}")
    before, rest = old.split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
