"""Checked data sets kept as msgpack, and found again."""
