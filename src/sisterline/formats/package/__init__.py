"""A data set as tidy tables in CSV, and a description of every column: a Data Package (2.0)."""
