# `make run` and `make test` need Python 3.11 or newer with pip and venv, and nothing else.
PYTHON ?= python3
ARGS ?= timeline --city Beihai
BIN := .venv/bin

.PHONY: run test proofs hostile fuzz lint types coverage docs check-docs format format-data check clean

run: .venv/installed
	@$(BIN)/sisterline $(ARGS)

test: .venv/installed-dev
	$(BIN)/python -m pytest

# Readers that nobody here wrote: the YAML language server, check-jsonschema, khal, ical.js. Needs node and npm.
proofs: .venv/installed-dev
	bash tests/proofs/editor.sh
	bash tests/proofs/calendar.sh

# Files that nobody means well with, of HOSTILE_MIB each, read within limits of memory and time.
hostile: .venv/installed-dev
	HOSTILE=1 $(BIN)/python -m pytest tests/test_hostile_files.py

# Bytes that nobody wrote, for FUZZ_SECONDS, by a fuzzer that sees which lines they reach. What breaks the
# program stays in build/fuzz; `make fuzz INPUT=build/fuzz/crash-...` runs it again.
fuzz: build/fuzz/installed
	build/fuzz/bin/python tools/fuzz.py $(INPUT)

build/fuzz/installed: pyproject.toml
	$(PYTHON) -m venv build/fuzz
	build/fuzz/bin/python -m pip install --quiet atheris --editable .
	@touch $@

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed-dev
	$(BIN)/mypy

coverage: .venv/installed-dev
	$(BIN)/python -m pytest --cov --cov-report=term --cov-fail-under=95

docs: .venv/installed-dev
	$(BIN)/python tools/docs.py

check-docs: .venv/installed-dev
	$(BIN)/python tools/docs.py --check

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

format-data: .venv/installed-dev
	$(BIN)/python tools/format_data.py

check: lint types coverage check-docs
	$(BIN)/python tools/format_data.py --check
	$(BIN)/sisterline check

clean:
	rm -rf .venv build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# pip reads dependency groups (PEP 735) from version 25.1 on, which the line above has brought.
.venv/installed-dev: pyproject.toml | .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@
