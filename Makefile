# Everything from a fresh machine: `make demo` shows the job, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/upstox-browser-login
# pip would compile every file, one after the other; a start compiles what it needs.
PIP := $(BIN)/python -m pip install --quiet --no-compile

.PHONY: demo test test-all test-lowest lint format audit bench drift soak clean docs browsers \
  recordings

# All use one `.venv`.
.NOTPARALLEL:

# A container image may say otherwise; then each of the tests' processes would compile it all anew.
unexport PYTHONDONTWRITEBYTECODE

# This needs the package and its replica, nothing for development.
demo: .venv/demo.stamp
	@$(RUN) install-browser
	@$(RUN) demo

PYTEST := $(BIN)/python -m pytest -n 4 --dist worksteal

# Something of every kind; of what comes in many variants, some.
test: browsers
	$(PYTEST) -m "not variant"

# All variants as well, and wild inputs in larger numbers.
test-all: .venv/all.stamp browsers
	$(PYTEST) --hypothesis-profile thorough

lint: .venv/lint.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

audit: .venv/lint.stamp
	$(BIN)/python .ci/audit.py

format: .venv/lint.stamp
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# Writes what the documents quote: help texts, settings, a real session's output.
docs: browsers
	$(BIN)/python docs/generate.py

# The recordings that the tests replay, made anew from the replica. docs/recordings.md says how to
# make one from the real page.
recordings: browsers
	$(BIN)/python -m tests.recordings.make

bench: browsers
	$(BIN)/python -m benchmarks

# The login against pages that were changed in many ways, alone and together.
drift: browsers
	$(BIN)/python -m benchmarks.drift

# The happy path, 500 times in a row: no failure, and nothing that grows.
soak: browsers
	$(BIN)/python -m benchmarks.soak

# Both browsers, redis-server and a virtual screen: what the tests drive for real.
browsers: .venv/test.stamp
	@$(BIN)/python tests/system.py
	@$(RUN) install-browser
	@$(RUN) install-browser --headed

# Groups of dependencies need a newer pip than Python may bring. The pip that is here can install one
# at once; where there is none, Python's own comes first.
.venv/pip.stamp:
	test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-compile 'pip>=25.1' 2>/dev/null \
	  || { $(BIN)/python -m ensurepip --default-pip >/dev/null && $(PIP) --upgrade 'pip>=25.1'; }
	@touch $@

.venv/demo.stamp: pyproject.toml | .venv/pip.stamp
	$(PIP) --editable '.[server]'
	@touch $@

.venv/test.stamp: pyproject.toml | .venv/pip.stamp
	$(PIP) --editable '.[keyring,notify,redis,replay,sdk,server]' --group test
	@# On all processors. What cannot be compiled is for another Python, and nothing imports it.
	@$(BIN)/python -m compileall -qq -j 0 .venv/lib || true
	@# pytest keeps the files as it has compiled them, and Hypothesis its tables of characters, which it
	@# makes for the one test that is run here. Otherwise each of the tests' processes would do all that.
	@for half in '[a-o]' '[p-z]'; do \
	  $(BIN)/python -m pytest -qq -k any_reply_is_a_token tests/$$half* >/dev/null & done; wait
	@touch $@ .venv/demo.stamp

# The non-browser tests with the lowest versions that pyproject.toml allows, in a .venv of their own.
LOWEST := .venv-lowest/bin/python
test-lowest:
	test -x $(LOWEST) || $(PYTHON) -m venv .venv-lowest
	$(LOWEST) -m pip install --quiet --upgrade 'pip>=25.1'
	$(LOWEST) .ci/lowest.py >.venv-lowest/lowest.txt
	$(LOWEST) -m pip install --quiet --editable '.[keyring,notify,redis,replay,sdk,server]' --group test \
	  --constraint .venv-lowest/lowest.txt
	$(LOWEST) -m upstox_browser_login.cli install-browser
	$(LOWEST) -m pytest -n 2 --dist worksteal -m "not variant" --ignore tests/browser \
	  --ignore tests/concurrency --ignore tests/matrix

.venv/all.stamp: .venv/test.stamp
	$(PIP) --group notebook
	@touch $@

.venv/lint.stamp: .venv/test.stamp
	$(PIP) --group lint
	@touch $@

clean:
	rm -rf .venv .venv-lowest .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
