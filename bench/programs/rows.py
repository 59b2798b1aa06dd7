"""A pyperf script: print rows that are in memory, as `list` does and by `rich.table.Table`.

BENCH_DATA names the data file, BENCH_CELLS the same rows as tab-separated cells with their headings first.
"""

import gc
import os
from datetime import date
from pathlib import Path

import pyperf
from rich.console import Console
from rich.table import Table

from sisterline.formats import write
from sisterline.formats.output import Output
from sisterline.query.selection import Selection, select
from sisterline.reports.listing import list_report
from sisterline.store.cache import load_cached

gc.disable()  # as sisterline.__main__ does

dataset = load_cached([Path(os.environ["BENCH_DATA"])])
report = list_report(dataset, select(dataset, Selection()), date(2026, 11, 21))
headings, *rows = [
    line.split("\t") for line in Path(os.environ["BENCH_CELLS"]).read_text("utf-8").splitlines()
]
nowhere = Output(path=os.devnull)


def print_list() -> None:
    """Print the rows as `list` does."""
    write(report, "table", output=nowhere)


def print_rich_table() -> None:
    """Print the rows by Rich, without borders and with room for each row on one line."""
    table = Table(*headings, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        Console(file=out, width=1000, markup=False, highlight=False, emoji=False).print(table)


runner = pyperf.Runner(processes=1, values=1, warmups=0, loops=1)
runner.bench_func("list", print_list)
runner.bench_func("rich.table.Table", print_rich_table)
