"""Validated data sets kept as msgpack, so that YAML is read only after a change."""
