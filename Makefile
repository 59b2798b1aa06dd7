# `make run` and `make test` need Python 3.11 or newer with pip and venv, and nothing else.
PYTHON ?= python3
ARGS ?= timeline --city Beihai
BIN := .venv/bin

.PHONY: run test everywhere hunt hostile fuzz proofs bench bench-quick lint types coverage audit
.PHONY: advisories docs check-docs format format-data check clean

run: .venv/installed
	@$(BIN)/sisterline $(ARGS)

test: .venv/installed-dev
	$(BIN)/python -m pytest --numprocesses=auto

# The suite on the other Pythons that are here, on the lowest versions of the dependencies.
# WHAT="3.13 lowest" chooses some.
everywhere: .venv/installed-dev
	tools/everywhere.sh $(WHAT)

# Any data set through every command and format: 20 times the examples of the suite, other ones each time.
hunt: .venv/installed-dev
	SISTERLINE_HUNT=20 $(BIN)/python -m pytest tests/test_fuzz.py --hypothesis-show-statistics

# Readers that nobody here wrote: the YAML language server, check-jsonschema, khal, ical.js. Needs node and npm.
proofs: .venv/installed-dev
	bash tests/proofs/editor.sh
	bash tests/proofs/calendar.sh

# Beside what people would use instead, in some ten minutes; writes docs/performance.md. It needs a network once.
bench: ARGS =
bench: .venv/installed
	$(BIN)/python -m bench $(ARGS)

# Against the stored ratios, in less than a minute; fails where something takes half again as much.
bench-quick: .venv/installed
	$(BIN)/python -m bench.quick

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
	$(BIN)/python -m pytest --numprocesses=auto --cov --cov-report=term --cov-fail-under=95

# Patterns that weaken a program, in our own code; each exception has its reason beside it.
audit: .venv/installed-dev
	$(BIN)/bandit --quiet --recursive src

# Known weaknesses of what is installed, by the advisory service of the package index. It needs the network and
# fails where it gets no answer, so CI leaves it out.
advisories: .venv/installed-dev .venv-advisories/bin/pip-audit
	@.venv-advisories/bin/pip-audit --skip-editable --strict --progress-spinner off \
	  --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
	|| { echo "advisories: what is told above is a weakness, or the service gave no answer."; exit 1; }

.venv-advisories/bin/pip-audit:
	$(PYTHON) -m venv .venv-advisories
	.venv-advisories/bin/python -m pip install --quiet "pip-audit>=2.7"

docs: .venv/installed-dev
	$(BIN)/python tools/docs.py

check-docs: .venv/installed-dev
	$(BIN)/python tools/docs.py --check

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

format-data: .venv/installed-dev
	$(BIN)/python tools/format_data.py

check: lint types audit check-docs
	$(BIN)/python tools/format_data.py --check
	$(BIN)/sisterline check

clean:
	rm -rf .venv .venv-* build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

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
