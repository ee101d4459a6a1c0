# Everything is set up in $(VENV) on first use. `make help` lists the targets.
VENV ?= .venv
PY := $(VENV)/bin/python
CHECKED := taxengine providers tests examples benchmarks

# The first Python that is new enough and can make environments.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)

# Pins hold for what is installed and for the build backend alike (older and newer pip name the latter differently).
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
PIP := $(PY) -m pip --quiet --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help venv demo format lint types contracts tests coverage test test-all pythons chromium bench campaign clean

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

# ---- environments ----

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer that can make environments was found (Debian: apt install python3-venv), or name one: make PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/.cli: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing the command line"
	@$(PIP) install --editable '.[cli]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing what the checks, tests and benchmarks need"
	@$(PIP) install pip
	@$(PIP) install --editable '.[all]' --group dev
	@touch $(VENV)/.cli $@

venv: $(VENV)/.dev ## set up everything for development

# ---- the main job ----

demo: $(VENV)/.cli ## real invoices, taxed, and each cent explained
	@$(PY) examples/demo.py

# ---- checks and tests ----

format: $(VENV)/.dev ## rewrite the code in the house format
	@$(PY) -m ruff check --quiet --fix-only $(wildcard $(CHECKED))
	@$(PY) -m ruff format $(wildcard $(CHECKED))

lint: $(VENV)/.dev ## format and lint, changing nothing
	@echo "== format and lint"
	@$(PY) -m ruff format --check $(wildcard $(CHECKED))
	@$(PY) -m ruff check $(wildcard $(CHECKED))

types: $(VENV)/.dev ## mypy strict, then pyright
	@echo "== types"
	@$(PY) -m mypy
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(PY) -m pyright --pythonpath $(PY)

contracts: $(VENV)/.dev ## who may import whom
	@echo "== import contracts"
	@$(VENV)/bin/lint-imports --no-cache --no-logo

# `--gate N` fails a run that skips a test, or in which fewer than N pass: raise N as tests are added.
FLOOR ?= 7000
WORKERS ?= logical
tests: $(VENV)/.dev ## tests, doctests and the examples of the docs, measuring coverage
	@echo "== tests, doctests, docs"
	@$(PY) -m pytest --gate $(FLOOR) --numprocesses $(WORKERS) --dist loadgroup --cov --cov-report= -m 'not slow and not needs_chromium'

coverage: $(VENV)/.dev ## the two gates over what `make tests` measured
	@echo "== coverage: the core whole, the rest at least 95 %"
	@$(PY) -m coverage report --fail-under=100 --include='taxengine/core/*'
	@$(PY) -m coverage report --fail-under=95

test: lint types contracts tests coverage ## all of the above: before every commit

test-all: $(VENV)/.dev pythons chromium ## what needs more: other Pythons, python -O, a browser, long tests
	@echo "== long tests and the browser"
	@$(PY) -m pytest --gate 1 -m 'slow or needs_chromium' tests

pythons: $(VENV)/.dev ## the tests under the other Pythons that are installed, and with python -O
	@$(PY) tests/house/other_pythons.py --numprocesses $(WORKERS)

chromium: ## see that there is a Chromium for the test of the html page
	@.ci/chromium

# ---- figures ----

bench: $(VENV)/.dev ## the figures of the documents, measured again
	@$(PY) benchmarks/run.py $(ARGS)

campaign: $(VENV)/.dev ## the long proofs: oracle, refunds, sealed results, the report
	@$(PY) tests/campaign.py $(ARGS)

clean: ## remove what was built and set up
	@rm -rf .venv .venv-3.* build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find taxengine providers tests -name __pycache__ -type d -prune -exec rm -rf {} +
