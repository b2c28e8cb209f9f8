# Everything from a fresh machine: `make demo` shows the job, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/upstox-browser-login

.PHONY: demo test test-all lint format audit bench soak clean docs browsers

# A container image may say otherwise; then each of the tests' processes would compile it all anew.
unexport PYTHONDONTWRITEBYTECODE

# The demo needs the package and its replica, nothing for development.
demo: .venv/demo.stamp
	@$(RUN) install-browser
	@$(RUN) demo

PYTEST := $(BIN)/python -m pytest -n 4 --dist worksteal

# Something of every kind; of what comes in many variants, some.
test: .venv/dev.stamp browsers
	$(PYTEST) -m "not variant"

# All variants as well.
test-all: .venv/dev.stamp browsers
	$(PYTEST)

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

audit: .venv/dev.stamp
	$(BIN)/python .ci/audit.py

format: .venv/dev.stamp
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# Writes what the documents quote: help texts, settings, a real session's output.
docs: .venv/dev.stamp browsers
	$(BIN)/python docs/generate.py

bench: .venv/dev.stamp browsers
	$(BIN)/python -m benchmarks

# The happy path, 500 times in a row: no failure, and nothing that grows.
soak: .venv/dev.stamp browsers
	$(BIN)/python -m benchmarks.soak

# Both browsers, redis-server and a virtual screen: what the tests drive for real.
browsers: .venv/dev.stamp
	@$(BIN)/python tests/system.py
	@$(RUN) install-browser
	@$(RUN) install-browser --headed

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

.venv/demo.stamp: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[server]'
	@touch $@

.venv/dev.stamp: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[keyring,redis,sdk,server]' --group test --group lint
	@touch $@ .venv/demo.stamp

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
