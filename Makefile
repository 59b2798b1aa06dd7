# `make run` and `make test` need Python 3.11 or newer with pip and venv, and nothing else.
PYTHON ?= python3
ARGS ?= timeline Beihai

# What is installed is locked in lock/, with hashes. NEWEST=1 installs the newest versions that pyproject.toml
# allows instead, into an environment of its own: make test NEWEST=1
VENV := .venv$(if $(NEWEST),-newest)
BIN := $(VENV)/bin
PIP := -m pip install --quiet
# A lock has all that is needed. Without --no-deps, pip looks at other versions too, and a new release of a package
# that another needs with an extra, as coverage[toml], makes it refuse the lock.
LOCKED := --no-deps --require-hashes --requirement
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The tests start Python thousands of times: none should compile again what another has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-slow everywhere hunt hostile fuzz proofs bench bench-quick lint types coverage
.PHONY: translations compile-translations check-translations advisories docs check-docs page pictures
.PHONY: terminal-pictures
.PHONY: data-changelog format format-data check lock clean

help:  ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

CATALOGUES := $(wildcard src/sisterline/locale/*/LC_MESSAGES/sisterline.po)

run: $(VENV)/installed  ## Run the program: make run ARGS="list --limit 3"
	@$(BIN)/sisterline $(ARGS)

test: $(VENV)/installed-dev  ## Run the suite; NEWEST=1 with the newest versions instead of the locked ones
	$(BIN)/python -m pytest --numprocesses=auto -m "not slow"

# These wait for other programs more than they compute.
PROCESSES_OF_SLOW = $$($(BIN)/python -c "import os; print(2 * os.cpu_count())")

test-slow: $(VENV)/installed-dev  ## Run the tests that take longer: a browser, terminals, shells, all combinations
	$(BIN)/python -m pytest --numprocesses=$(PROCESSES_OF_SLOW) -m slow

everywhere: $(VENV)/installed-dev  ## Run the sessions of noxfile.py; WHAT="yaml lowest" runs some
	$(BIN)/nox $(if $(WHAT),--session $(WHAT))

coverage: $(VENV)/installed-dev  ## Run both and report the lines that none of them reaches
	$(BIN)/python -m pytest --numprocesses=auto --cov --cov-report=term --cov-fail-under=95

check: lint types check-docs check-translations  ## Run all checks that are not tests
	$(BIN)/python tools/format_data.py --check
	$(BIN)/sisterline check

lint: $(VENV)/installed-dev  ## Check style, format, insecure patterns, spelling and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/lint-imports

types: $(VENV)/installed-dev  ## Check types
	$(BIN)/mypy

format: $(VENV)/installed-dev  ## Fix style and format of the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

format-data: $(VENV)/installed-dev  ## Sort and format the data files
	$(BIN)/python tools/format_data.py

data-changelog: $(VENV)/installed-dev  ## Write data/CHANGELOG.md; SINCE=REVISION compares with that one
	$(BIN)/python tools/data_changelog.py $(SINCE)

translations: $(VENV)/installed-dev  ## Find the messages in the code, update the catalogues and compile them
	$(BIN)/python tools/translations.py

compile-translations: $(VENV)/installed-dev  ## Compile the catalogues, as building the package does
	$(BIN)/python tools/translations.py --compile

check-translations: $(VENV)/installed-dev  ## Check that the catalogues have all messages, translated
	$(BIN)/python tools/translations.py --check

docs: $(VENV)/installed-dev  ## Write the generated parts of the documents
	$(BIN)/python tools/docs.py

check-docs: $(VENV)/installed-dev  ## Check that the generated parts of the documents are current
	$(BIN)/python tools/docs.py --check

# Fails where a call makes 1.25 times as many calls of functions as stored, or takes twice the stored ratio of time.
bench-quick: $(VENV)/installed-dev  ## Check in less than a minute that nothing became slower
	$(BIN)/python -m bench.quick

# Takes about twenty minutes, and needs the network once: other programs are installed into build/bench. The rows
# of the page need Chromium, those of other pages npm as well.
bench: ARGS =
bench: $(VENV)/installed-dev  ## Compare with other programs and write docs/performance.md
	$(BIN)/python -m bench $(ARGS)

page: $(VENV)/installed  ## Write build/sisterline.html, the page of the bundled data
	@mkdir -p build
	$(BIN)/sisterline list --no-pager -o build/sisterline.html

pictures: $(VENV)/installed-dev page  ## Take the pictures of docs/page.md; needs Chromium
	$(BIN)/python tools/pictures.py

terminal-pictures: $(VENV)/installed-dev  ## Take the pictures of docs/explore.md; needs xterm and Xvfb
	$(BIN)/python tools/terminal_pictures.py

hunt: $(VENV)/installed-dev  ## Generate 20 times as many random data sets as the suite does
	SISTERLINE_HUNT=20 $(BIN)/python -m pytest tests/test_fuzz.py --hypothesis-show-statistics

# Each file has HOSTILE_MIB MiB and is read within limits of memory and time.
hostile: $(VENV)/installed-dev  ## Read large hostile files
	HOSTILE=1 $(BIN)/python -m pytest tests/test_hostile_files.py

# A coverage-guided fuzzer runs for FUZZ_SECONDS. Inputs that break the program are kept in build/fuzz;
# `make fuzz INPUT=build/fuzz/crash-...` runs one again.
fuzz: build/fuzz/installed  ## Fuzz the reader
	build/fuzz/bin/python tools/fuzz.py $(INPUT)

build/fuzz/installed: pyproject.toml lock/run.txt $(CATALOGUES)
	$(PYTHON) -m venv build/fuzz
	build/fuzz/bin/python $(PIP) $(LOCKED) lock/run.txt
	build/fuzz/bin/python $(PIP) --no-deps --no-build-isolation --editable .
	build/fuzz/bin/python $(PIP) atheris
	@touch $@

# The YAML language server, check-jsonschema, khal, ical.js; axe-core on every view. Needs node, npm and Chromium.
proofs: $(VENV)/installed-dev  ## Read schemas, calendars and pages with programs that are not ours
	bash tests/proofs/editor.sh
	bash tests/proofs/calendar.sh
	SISTERLINE_BROWSER=1 SISTERLINE_ACCESS=1 $(BIN)/python -m pytest tests/test_page_access.py

# Asks the advisory service of the package index. It fails without a network, so CI does not run it.
advisories: $(VENV)/installed-dev .venv-advisories/bin/pip-audit  ## Look for known vulnerabilities in what is installed
	@.venv-advisories/bin/pip-audit --skip-editable --strict --progress-spinner off \
	  --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
	|| { echo "advisories: a vulnerability is listed above, or the service did not answer."; exit 1; }

.venv-advisories/bin/pip-audit:
	$(PYTHON) -m venv .venv-advisories
	.venv-advisories/bin/python $(PIP) "pip-audit>=2.7"

# One resolution for all supported Pythons and systems: run.txt is a subset of dev.txt. lowest.txt has the lowest
# versions of our own dependencies that pyproject.toml allows, and the tools of dev.txt beside them.
# `make lock UPGRADE=` keeps the locked versions and adds what pyproject.toml newly asks for.
UPGRADE ?= --upgrade
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --custom-compile-command "make lock" --no-annotate pyproject.toml

lock: .venv-lock/bin/uv  ## Lock the newest versions that pyproject.toml allows
	$(COMPILE) $(UPGRADE) --group dev --output-file lock/dev.txt
	$(COMPILE) --upgrade --group build --constraint lock/dev.txt --output-file lock/run.txt
	$(COMPILE) --upgrade --resolution lowest-direct --output-file .venv-lock/lowest.txt
	$(COMPILE) --upgrade --group dev --constraint .venv-lock/lowest.txt --output-file lock/lowest.txt

.venv-lock/bin/uv:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(PIP) "uv>=0.13,<0.14"

clean:  ## Remove environments, caches and builds
	rm -rf .venv .venv-* build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/bin/python .venv-newest/bin/python:
	$(PYTHON) -m venv $(@:/bin/python=)

# The editable install compiles the catalogues.
.venv/installed: pyproject.toml lock/run.txt $(CATALOGUES) | .venv/bin/python
	.venv/bin/python $(PIP) $(LOCKED) lock/run.txt
	.venv/bin/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: lock/dev.txt .venv/installed
	.venv/bin/python $(PIP) $(LOCKED) lock/dev.txt
	@touch $@

.venv-newest/installed: pyproject.toml $(CATALOGUES) | .venv-newest/bin/python
	.venv-newest/bin/python $(PIP) --upgrade pip
	.venv-newest/bin/python $(PIP) --upgrade --upgrade-strategy eager --editable .
	@touch $@

# pip installs dependency groups (PEP 735) from version 25.1 on; the rule above installed a newer one.
.venv-newest/installed-dev: .venv-newest/installed
	.venv-newest/bin/python $(PIP) --upgrade --upgrade-strategy eager --group dev
	@touch $@
