"""Data files read into validated records."""

from collections.abc import Callable

OnProgress = Callable[[int, int], None]  # called with what is done and the total, in one unit
