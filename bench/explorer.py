"""`sisterline explore` beside `list`, VisiData and fzf: the first row on a terminal, keys, memory."""

import json
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import PROGRAMS
from bench.cases import FLOOR, NOT_INSTALLED, WORLD, Bench, not_run
from bench.exports import csv_file
from bench.measure import Case, FailedError, Lab, Timing, in_turn
from bench.table import Row, compare, compare_memory, compare_size

UP, DOWN, CTRL_C = "\x1b[A", "\x1b[B", "\x03"
WORD = "yatsu"  # in every data set: Beihai's partner is Yatsushiro
LIST = "`list` on a terminal"
MOST_BYTES = 10_000  # sent for a cursor key, over a slow connection too


class Plan(NamedTuple):
    """A visit to a program on a terminal.

    Attributes:
        command: the program and its arguments.
        until: a text of the first row, which is there once that is written.
        cursor: the key that goes to the next row.
        before: the keys after which the next key searches.
        search: the keys that search, each of which is measured.
        leave: the keys that end the program.
        calm: seconds without a byte after which an answer is complete.
        rest: seconds before the first key, in which the program does what it puts off until then.
        patience: seconds without a byte after which the visit has failed.
    """

    command: Sequence[str]
    until: str
    cursor: str = ""
    before: str = ""
    search: Sequence[str] = ()
    leave: str = ""
    calm: float = 0.3
    rest: float = 0.5
    patience: float = 60

    def without_keys(self) -> "Plan":
        """The same without the keys that are measured."""
        return self._replace(cursor="", before="", search=())

    def case(self) -> Case:
        """The call of `programs/visit.py` that follows it."""
        steps = {"cursor": self.cursor and [self.cursor] * 4, "before": self.before, "search": self.search}
        plan = {
            "until": self.until,
            "calm": self.calm,
            "patience": self.patience,
            "rest": self.rest,
            "steps": [(name, list(keys)) for name, keys in steps.items() if keys],
            "leave": self.leave,
        }
        return Case((sys.executable, "-I", "-S", str(PROGRAMS / "visit.py"), json.dumps(plan), *self.command))


class Visited(NamedTuple):
    """What the visits to a program took; of the keys of one visit the median counts.

    Attributes:
        paint: until the first row was written, with the peak memory of the largest process.
        cursor: until the last byte of the answer to a cursor key.
        cursor_first: until the first byte of it.
        search: until the last byte of the answer to a search key.
        sent: bytes of the answer to a cursor key.
    """

    paint: Timing
    cursor: Timing = Timing(())
    cursor_first: Timing = Timing(())
    search: Timing = Timing(())
    sent: float = 0


def visits(
    lab: Lab, plans: Mapping[str, Plan], *, turns: int
) -> tuple[dict[str, Visited], dict[str, FailedError]]:
    """Visit programs in turn, after an unmeasured visit to each; one that fails is not visited again.

    Returns:
        What the visits took, and why programs failed: could not be started, wrote no row, did not answer.
    """
    calls = {name: partial(lab.run, plan.case()) for name, plan in plans.items()}
    done, failed = in_turn(calls, turns)
    return {name: visited([each.stdout for each in found]) for name, found in done.items()}, failed


def visited(outputs: Sequence[str]) -> Visited:
    """What `programs/visit.py` printed in several visits to one program."""
    found = [json.loads(text) for text in outputs]
    memory = max(each["memory"] for each in found)

    def of_keys(name: str, number: int) -> tuple[float, ...]:
        """The median of one of the numbers of each key, a value for each visit."""
        keys = [each["steps"][name] for each in found if name in each["steps"]]
        return tuple(median(key[number] for key in pressed) for pressed in keys)

    return Visited(
        paint=Timing(tuple(each["paint"] for each in found), memory),
        cursor_first=Timing(of_keys("cursor", 0)),
        cursor=Timing(of_keys("cursor", 1)),
        search=Timing(of_keys("search", 1)),
        sent=max(of_keys("cursor", 2), default=0),
    )


def _first_place(bench: Bench, data: Path | None) -> str:
    """The first cell of the first row that is a name."""
    cells = ("list", "--limit", "1", "-f", "tsv", "--columns", "place")
    return bench.output(*cells, data=data).splitlines()[1]


def _list(bench: Bench, data: Path | None = None) -> Plan:
    call = bench.sisterline("list", "--no-pager", data=data)
    return Plan(call.argv, until=_first_place(bench, data))


def _explore(bench: Bench, data: Path | None = None) -> Plan:
    return Plan(
        bench.sisterline("explore", data=data).argv,
        until=_first_place(bench, data),
        cursor=DOWN,
        before="/",
        search=WORD,
        leave=CTRL_C,
        rest=2 if data else 0.5,
    )


def _visidata(bench: Bench, program: str, data: Path | None = None) -> Plan:
    """VisiData reads the CSV; its search goes to the next row that has a word once that is entered."""
    return Plan(
        (program, str(csv_file(bench, data))),
        until=_first_place(bench, data),
        cursor="j",
        before=f"/{WORD}",
        search="\r",
        leave="gq",
    )


def _fzf(bench: Bench, program: str, data: Path | None = None) -> Plan:
    """The recipe of docs/explore.md, with the page of the row as preview."""
    columns = ("--columns", "id,since,place,place_native,partner,partner_native", "-f", "tsv")
    rows = shlex.join(bench.sisterline("list", *columns, data=data).argv)
    page = shlex.join(bench.sisterline("show", data=data).argv)
    options = r"--header-lines=1 --delimiter='\t' --with-nth=2.. "
    preview = shlex.quote(f"COLUMNS=$FZF_PREVIEW_COLUMNS {page} {{1}}")
    return Plan(
        ("sh", "-c", f"{rows} | {program} {options} --preview={preview}"),
        until=_first_place(bench, data),
        cursor=UP,
        search=WORD,
        leave=CTRL_C,
        calm=0.6,  # the preview comes after the rows
    )


PEERS = {
    "visidata": ("VisiData on the CSV of `list`", _visidata),
    "fzf": ("fzf on `list`, with `show` as preview", _fzf),
}


def explorer(bench: Bench) -> Iterator[Row]:
    """The explorer beside `list` on a terminal, and beside other programs over the same rows.

    Raises:
        FailedError: `list` or `explore` failed.
    """
    world = bench.data / f"{WORLD}.yaml"
    floor = Plan(bench.script("floor").argv, until="one line")
    few = {"floor": floor, "list": _list(bench), "explore": _explore(bench)}
    many = {"list": _list(bench, world), "explore": _explore(bench, world)}
    for name, (_, plan) in PEERS.items():
        if path := bench.peers.get(name):
            few[name] = plan(bench, path)
            many[name] = plan(bench, path, world).without_keys()
    took, failed = visits(bench.lab, few, turns=5)
    large, failed_large = visits(bench.lab, many, turns=3)
    failed |= failed_large
    for name in ("floor", "list", "explore"):
        if name in failed:
            raise failed[name]
    yield from _beside_list(took, large)
    for name, (call, _) in PEERS.items():
        row = Row(what="`explore`", beside=call)
        if name in failed:
            yield not_run(row, failed[name])
        elif name in took:
            yield from _beside_peer(call, name, took, large)
        else:
            yield row._replace(note=NOT_INSTALLED)


def _beside_list(took: Mapping[str, Visited], large: Mapping[str, Visited]) -> Iterator[Row]:
    ours, listed = took["explore"], took["list"].paint

    def beside_list(what: str, timing: Timing, bar: float) -> Row:
        return compare(f"`explore`, {what}", timing, f"{LIST}, first row", listed, bar)

    yield beside_list("first row", ours.paint, 2.5)
    paint, listed_paint = large["explore"].paint, large["list"].paint
    yield compare(f"`explore`, first row of {WORLD:,}", paint, f"{LIST}, the same", listed_paint, 0.8)
    yield compare_memory("memory of `explore`", ours.paint, FLOOR, took["floor"].paint, 2.7)
    yield beside_list("cursor key, first byte", ours.cursor_first, 0.15)
    yield beside_list("cursor key, last byte", ours.cursor, 0.6)
    yield compare_size("`explore`, cursor key, bytes sent", ours.sent, MOST_BYTES)
    yield beside_list("search key", ours.search, 0.8)
    yield beside_list(f"search key among {WORLD:,}", large["explore"].search, 1.2)


def _beside_peer(
    call: str, name: str, took: Mapping[str, Visited], large: Mapping[str, Visited]
) -> Iterator[Row]:
    ours, theirs = took["explore"], took[name]
    yield compare("`explore`, first row", ours.paint, call, theirs.paint)
    yield compare(f"`explore`, first row of {WORLD:,}", large["explore"].paint, call, large[name].paint)
    yield compare("`explore`, cursor key, first byte", ours.cursor_first, call, theirs.cursor_first)
    yield compare("`explore`, cursor key, last byte", ours.cursor, call, theirs.cursor)
    yield compare("`explore`, search key", ours.search, call, theirs.search)
    yield compare_memory("memory of `explore`", ours.paint, call, theirs.paint)
