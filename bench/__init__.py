"""Benchmarks of Sisterline beside what people would use instead: `make bench` and `make bench-quick`.

`maker` generates data, `peers` installs what is measured, `measure` times commands with pyperf and `browser`
pages in Chromium. `cases`, `explorer` and `page` hold the comparisons and their bars, `exports` and `sites`
the same data for others. `table` writes the result, `quick` is the short check for CI.
"""

from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "bench"
PROGRAMS = Path(__file__).parent / "programs"
TODAY = "2026-11-21"  # all measured calls count from this day
