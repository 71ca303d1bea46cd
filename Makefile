SHELL := /bin/bash
PYTHON ?= python3
V := .venv
PY := $(V)/bin/python
COMPILE = $(PY) -m uv pip compile -q --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate $(UPGRADE) pyproject.toml
.PHONY: demo demo-reset test check fast browser install lock

# The portal with its story on this machine; with DATABASE_URL and REDIS_URL set, on those servers.
demo: $(V)/.installed
	@exec $(PY) -m portal.demo.run

demo-reset: $(V)/.installed
	@exec $(PY) -m portal.demo.run --reset

install: $(V)/.installed

# Every package is checked against its hash; nothing has to be on the machine but Python.
$(V)/.installed: requirements-dev.lock uv.lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11) and "Meridian needs Python 3.11 or newer: set PYTHON=…")'
	@test -x $(PY) || $(PYTHON) -m venv $(V)
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r uv.lock.txt
	@$(PY) -m uv pip sync -q --require-hashes --python $(PY) requirements-dev.lock uv.lock.txt
	@touch $@

# `make lock` after a change in pyproject.toml; `make lock UPGRADE=--upgrade` for newer indirect packages
lock: $(V)/.installed
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -o requirements-dev.lock
	$(PY) -m uv pip compile -q --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate $(UPGRADE) --group bootstrap -o uv.lock.txt
