"""Measurements of the program beside what people would use instead: `make bench`, `make bench-quick`.

`maker` makes the data, `peers` the environments, `runs` starts and measures processes, `cases` says what is
compared with what and by which bar, `table` writes the result, `quick` is the short form for CI.
"""

from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "bench"
PROGRAMS = Path(__file__).parent / "programs"
TODAY = "2026-11-21"  # the day that all measured calls count from
