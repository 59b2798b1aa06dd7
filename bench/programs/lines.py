"""Print the rows of a list that is ready in memory; the seconds that took go to standard error."""

import gc
import sys
import time
from datetime import date
from pathlib import Path

gc.disable()  # as sisterline.__main__ does

from sisterline.formats import write  # noqa: E402
from sisterline.query.selection import Selection, select  # noqa: E402
from sisterline.reports.listing import list_report  # noqa: E402
from sisterline.store.cache import load_cached  # noqa: E402

dataset = load_cached([Path(sys.argv[1])])
report = list_report(dataset, select(dataset, Selection()), date.fromisoformat(sys.argv[2]))
rows = len(report.partnerships)
start = time.perf_counter()
write(report, "table")
sys.stdout.flush()
print(time.perf_counter() - start, rows, file=sys.stderr)
