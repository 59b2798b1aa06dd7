"""Print rows, ready in memory, as a table of Rich; the seconds that took go to standard error."""

import gc
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

gc.disable()  # as the program that it is measured beside
head, *rows = [line.split("\t") for line in Path(sys.argv[1]).read_text("utf-8").split("\n") if line]
start = time.perf_counter()
table = Table(box=None, pad_edge=False)
for name in head:
    table.add_column(name)
for row in rows:
    table.add_row(*row)
Console(width=int(sys.argv[2]), markup=False, highlight=False, emoji=False).print(table)
sys.stdout.flush()
print(time.perf_counter() - start, len(rows), file=sys.stderr)
