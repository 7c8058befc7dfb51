# Polku's commands. Nothing but make and a Python from 3.12 on is needed.
#   make demo    an example to click through (PORT=8123 changes the port)
#   make test    everything that CI runs
.DEFAULT_GOAL := help
.PHONY: help setup kernel demo test bench torture docs lock messages clean
.SUFFIXES:

PORT ?= 8000
VENV ?= .venv
BIN := $(VENV)/bin
QUIET := --quiet --quiet --disable-pip-version-check --no-input
PIP := $(BIN)/python -m pip $(QUIET)
# The first Python that is new enough. A name may exist and still not start (version switchers leave such names).
PYTHON ?= $(shell for p in python3.13 python3.12 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.version_info < (3, 12) and sys.exit(1); print(sys.executable)' 2>/dev/null && break; done)

help:
	@echo "make setup     the environment in $(VENV), nothing else"
	@echo "make demo      an example to click through on 127.0.0.1:$(PORT) (PORT=8123 changes the port)"
	@echo "make test      everything that CI runs"
	@echo "make bench     how fast the pages are on this machine"
	@echo "make torture   kill -9, many writers, live backups, a full disk"
	@echo "make kernel    compile the passes of the event engine (numpy answers without them)"
	@echo "make docs      the documentation as pages in site/"
	@echo "make lock      new locks from pyproject.toml"
	@echo "make messages  collect the texts to translate"

setup: $(VENV)/.run
	@:

kernel: $(VENV)/.kernel
	@:

demo: setup
	@exec $(BIN)/polku demo --port $(PORT)

test: $(VENV)/.dev $(VENV)-scan/.ready $(VENV)-spark/.ready
	@exec $(BIN)/python -m tools.test

bench: $(VENV)/.dev
	@exec $(BIN)/python -m tools.bench

torture: $(VENV)/.dev
	@exec $(BIN)/python -m tools.torture

docs: $(VENV)/.dev
	@$(BIN)/python -m tools.docs_reference
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict --site-dir site
	@echo "The documentation stands in site/index.html"

messages: $(VENV)/.dev
	@exec $(BIN)/python -m tools.messages collect

lock: $(VENV)/.run
	@exec $(BIN)/python -m tools.lock

clean:
	rm -rf $(VENV) $(VENV)-scan $(VENV)-spark site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/polku_mining/*.so

# Semgrep pins much of what it uses, so it stands apart.
$(VENV)-scan/.ready: requirements-scan.lock $(VENV)/.python
	@"$(PYTHON)" -m venv $(VENV)-scan
	@$(VENV)-scan/bin/python -m pip $(QUIET) install --require-hashes -r requirements-scan.lock
	@touch $@

# Spark is large, so it stands apart; all else that its lock names it finds in the first environment.
$(VENV)-spark/.ready: requirements-spark.lock $(VENV)/.dev
	@$(BIN)/python -m venv --clear $(VENV)-spark
	@$(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" \
		> "$$($(VENV)-spark/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/first.pth"
	@$(VENV)-spark/bin/python -m pip $(QUIET) install --require-hashes -r requirements-spark.lock
	@touch $@

# The interpreter alone. Debian keeps a part of venv in a package of its own.
$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Polku needs Python 3.12 or newer, and none was found. Install one, or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(MAKE) --no-print-directory debian-venv && "$(PYTHON)" -m venv $(VENV); }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --default-pip >/dev/null
	@touch $@

.PHONY: debian-venv
debian-venv:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing python3-venv from Debian's packages"; \
		apt-get -qq update && apt-get -qq -y --no-install-recommends install python3-venv >/dev/null; \
	else echo "This Python cannot make an environment. On Debian and Ubuntu: sudo apt-get install python3-venv, then the same command again."; exit 1; fi

# What Polku needs to run; then Polku itself, from this folder, with the setuptools of the lock; then its translations.
$(VENV)/.packages: requirements.lock $(VENV)/.python
	@echo "Setting up the environment in $(VENV) (once)"
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.run: $(VENV)/.packages pyproject.toml setup.py $(VENV)/.messages
	@POLKU_KERNEL=no $(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

# Who clicks through an example does not wait for a compiler. Without one numpy goes on answering.
$(VENV)/.kernel: $(VENV)/.packages setup.py src/polku_mining/compiled.pyx
	@$(BIN)/python setup.py --quiet build_ext --inplace
	@touch $@

$(VENV)/.messages: $(VENV)/.packages $(wildcard src/polku/locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m tools.messages compile
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run $(VENV)/.kernel
	@echo "Adding what the tests need (once)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
