"""Sisterline: a timeline explorer of sister-city partnerships."""

__version__ = "0.1.0"  # a literal: importlib.metadata costs 64 ms at start-up
DATA_VERSION = "2026.11.26"  # of data/dataset.yaml: `--version` reads no file; a test compares them
